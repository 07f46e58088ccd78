"""The sandbox plays its week over real sockets, and says truly what came about."""

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from service.domain.mail import Outcome
from service.message import parse
from service.sandbox.finding import Finding
from service.sandbox.folder import Folder, clean_folder
from service.sandbox.performance import load_town, perform
from service.sandbox.story import Town, Write
from service.sandbox.week import Played

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
Week = tuple[Folder, Sequence[Finding], list[Played]]


def played(town: Town, root: Path) -> Week:
    folder, steps = clean_folder(root), []
    findings = asyncio.run(perform(town, folder, steps.append, lambda: NOW))
    return folder, findings, steps


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    return played(load_town(), tmp_path_factory.mktemp("town"))


def without(town: Town, *outcomes: Outcome, who: str = "") -> Town:
    """The town in which nobody writes mail of these outcomes, and ``who`` writes once."""
    kept, seen = [], set()
    for step in town.steps:
        if isinstance(step, Write) and (step.outcome in outcomes or (step.who == who and who in seen)):
            continue
        seen |= {step.who} if isinstance(step, Write) else set()
        kept.append(step)
    return replace(town, steps=tuple(kept))


def test_all_of_the_week_comes_about(week: Week) -> None:
    _, findings, steps = week

    assert [finding for finding in findings if not finding.came_about] == []
    assert len(steps) == len(load_town().steps)
    facts = {finding.expected: finding.fact for finding in findings}
    assert facts["Who takes part and has a mailbox is asked"].startswith("9 check-ins accepted")
    assert facts["PAUSE takes effect"] == "Grace Fielding's mail is paused until December 7"


def test_every_mail_lies_in_its_persons_folder(week: Week) -> None:
    folder, _, _ = week

    subjects = {
        person.name: [parse(file.read_bytes()).subject for file in sorted(person.iterdir())]
        for person in folder.mail.iterdir()
    }

    assert subjects["helen"] == subjects["june"] == []
    assert subjects["mallory"][0] == "Please read"
    assert len(subjects["mallory"]) == 3
    assert [subject.partition("]")[2] for subject in subjects["ruth"]] == [
        " Welcome, Ruth",
        " How did it go?",
        " How did it go?",
        " How did it go?",
    ]
    assert "Undelivered Mail Returned to Sender" in subjects["thread"]
    assert "Please read" in subjects["thread"]


class Links(HTMLParser):
    """Where a page reaches out, and its frames."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.frames: list[dict[str, str | None]] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.targets += [value or "" for name, value in attrs if name in ("href", "src")]
        self.anchors |= {values["id"] or ""} if "id" in values else set()
        if tag == "iframe":
            self.frames.append(values)


def test_the_page_needs_nothing_but_itself(week: Week) -> None:
    folder, _, _ = week
    page = Links()

    page.feed(folder.gallery.read_text("utf-8"))

    inside = {target[1:] for target in page.targets if target.startswith("#")}
    files = [target for target in page.targets if not target.startswith("#")]
    assert inside <= page.anchors
    assert files
    assert all((folder.root / file).is_file() for file in files)
    assert page.frames
    assert all(frame["sandbox"] is None for frame in page.frames)  # without any permission


def test_the_page_shows_words_of_people_as_words(
    week: Week,
) -> None:
    folder, _, _ = week
    text = folder.gallery.read_text("utf-8")

    assert "twenty graded readers, slightly used" in text
    assert "Parks &amp; Recreation" in text
    assert "Parks & Recreation" not in text


def test_what_does_not_come_about_is_said(tmp_path: Path) -> None:
    town = without(load_town(), Outcome.HELD, Outcome.REFUSED, who="priya@alderfalls.example")
    grace = next(step for step in town.letters if step.pause_days)
    steps = tuple(replace(step, words="Not today") if step is grace else step for step in town.steps)

    _, findings, _ = played(replace(town, steps=steps), tmp_path)

    assert {finding.expected for finding in findings if not finding.came_about} >= {
        "What is unclear is asked once more",
        "PAUSE takes effect",
        "A stranger changes and learns nothing",
    }


def sandbox(root: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "import sys; from service.cli import main; sys.exit(main())",
        "sandbox",
        str(root),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)


def test_the_command_shows_its_progress_and_ends_well(tmp_path: Path) -> None:
    result = sandbox(tmp_path / "town")

    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    assert "Ada Merriweather writes with Gmail" in result.stdout
    assert "✘" not in result.stdout
    assert str(tmp_path / "town" / "index.html") in result.stdout
    assert "commonthread init" in result.stdout
    assert (tmp_path / "town" / "worker.log").read_text("utf-8")


def test_somebody_elses_folder_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("precious")

    result = sandbox(tmp_path)

    assert result.returncode == 2
    assert "not empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
