"""Corpora that lie outside of the repository, each with a scorer of its own, which is run as it is."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.replies.compare.readers import Reader

ROOT = Path(__file__).parents[3]
_FIGURE = re.compile(r"(\w+) +(-?\d+(?:\.\d+)?)$")
_CORPUS = re.compile(r"  (\w+) +(\d+) +(\d+\.\d)$")
_WANTED: Mapping[str, str] = {
    "target": "target, %",
    "f1": "f1, %",
    "loss": "loss, %",
    "leak": "leak, %",
    "assert": "assert, %",
    "header_i18n": "header_i18n, %",
    "html_only": "html_only, %",
    "not_english": "not_english, %",
    "errors": "errors",
}
_MACHINE: Mapping[str, str] = {
    "human_lost": "human mails taken for a machine's",
    "human": "human, %",
    "bounce": "bounce, %",
    "auto_reply": "auto_reply, %",
    "complaint": "complaint, %",
}


def on_replies(folder: Path, reader: Reader) -> dict[str, str]:
    """What ``score_replies.py`` of ``folder`` says of a reader."""
    return reply_figures(_scored(folder, "score_replies.py", reader.path))


def reply_figures(report: list[str]) -> dict[str, str]:
    """The figures in a report of ``score_replies.py``, and the share on target of each corpus in it."""
    corpora = [found for found in map(_CORPUS.match, report) if found]
    return _named(report, _WANTED) | {f"target of {one[1]} ({one[2]}), %": one[3] for one in corpora}


def on_machine_mail(folder: Path, function: str) -> dict[str, str]:
    """What ``score_machine_mail.py`` of ``folder`` says of ``MODULE:FUNCTION``."""
    return _named(_scored(folder, "score_machine_mail.py", function), _MACHINE)


def _scored(folder: Path, script: str, function: str) -> list[str]:
    command = [sys.executable, "-W", "ignore", str(folder.resolve() / "scoring" / script), function]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def _named(lines: list[str], names: Mapping[str, str]) -> dict[str, str]:
    said = {found[1]: found[2] for found in map(_FIGURE.match, lines) if found}
    return {title: said[name] for name, title in names.items() if name in said}
