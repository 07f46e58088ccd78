"""The sandbox plays its six weeks over real sockets, and says truly what came about."""

import asyncio
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from service.domain.mail import Outcome
from service.message import parse
from service.sandbox import house
from service.sandbox.finding import Finding
from service.sandbox.folder import Folder, clean_folder
from service.sandbox.performance import load_town, perform
from service.sandbox.play import Played
from service.sandbox.shelf import whole
from service.sandbox.story import Town, Write

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
LARGEST_PAGE = 6 * 1024 * 1024
Story = tuple[Folder, Sequence[Finding], list[Played]]


def played(town: Town, root: Path) -> Story:
    folder, steps = clean_folder(root), []
    findings = asyncio.run(perform(town, folder, steps.append))
    return folder, findings, steps


def town() -> Town:
    return load_town(lambda: NOW)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return played(town(), tmp_path_factory.mktemp("town"))


def test_all_of_the_six_weeks_comes_about(story: Story) -> None:
    _, findings, steps = story

    assert [finding for finding in findings if not finding.came_about] == []
    moments = [step.at for step in steps]
    assert moments == sorted(moments)
    assert {town().week(moment) for moment in moments} == set(range(1, 7))
    facts = {finding.expected: finding.fact for finding in findings}
    assert facts["PAUSE takes effect"] == "Grace Fielding had peace until November 2"


def test_every_mail_lies_in_its_persons_folder(story: Story) -> None:
    folder, _, _ = story

    subjects = {
        person.name: [parse(file.read_bytes()).subject for file in sorted(person.iterdir())]
        for person in folder.mail.iterdir()
    }

    assert subjects["june"] == []
    assert subjects["mallory"][0] == "Please read"
    assert len(subjects["mallory"]) == 3
    assert len(subjects["nora"]) == 5  # one digest a week, none in the quiet one
    assert Counter(subject.partition("]")[2] for subject in subjects["ruth"])[" Welcome, Ruth"] == 1
    assert "Undelivered Mail Returned to Sender" in subjects["thread"]


class Page(HTMLParser):
    """Where a page reaches out, its frames, and its data."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.frames: list[dict[str, str | None]] = []
        self.anchors: set[str] = set()
        self.feed(text)
        data = re.search(r'<script type="application/json" id="shelf">(.*?)</script>', text, re.DOTALL)
        assert data
        self.shelf = json.loads(data[1])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.targets += [value or "" for name, value in attrs if name in ("href", "src")]
        self.anchors |= {values[name] or "" for name in ("id", "data-name") if name in values}
        if tag == "iframe":
            self.frames.append(values)


def test_the_page_needs_nothing_but_itself(story: Story) -> None:
    folder, _, _ = story
    page = Page(folder.gallery.read_text("utf-8"))

    inside = {target[1:] for target in page.targets if target.startswith("#")}
    files = [target for target in page.targets if not target.startswith("#")]
    assert inside <= page.anchors
    assert files
    assert all((folder.root / file).is_file() for file in files)
    assert folder.gallery.stat().st_size < LARGEST_PAGE


def test_mail_in_the_page_runs_nothing_and_loads_nothing(story: Story) -> None:
    folder, _, _ = story
    page = Page(folder.gallery.read_text("utf-8"))

    shown = [whole(at, **page.shelf) for at in range(len(page.shelf["bodies"]))]

    assert page.frames
    assert all(frame["sandbox"] == "allow-same-origin" for frame in page.frames)  # no scripts, no forms
    assert {int(frame["data-body"] or "") for frame in page.frames} == set(range(len(shown)))
    assert not any(re.search(r"(src|href)=.(cid:|https?:)", body) for body in shown)


def test_the_page_shows_words_of_people_as_words(story: Story) -> None:
    folder, _, _ = story
    text = folder.gallery.read_text("utf-8")

    assert "twenty graded readers, slightly used" in text
    assert "Parks &amp; Recreation" in text
    assert "Parks & Recreation" not in text.partition('id="shelf"')[0]


def test_what_does_not_come_about_is_said(tmp_path: Path) -> None:
    """A town where nobody forges mail, corrects or clears anything up, and Grace does not pause."""
    whole_town = town()
    kept = [
        replace(step, words="Not today", outcome=Outcome.RECORDED)
        if isinstance(step, Write) and step.until
        else step
        for step in whole_town.steps
        if step.at.week < 3 and not (isinstance(step, Write) and _is_special(step))
    ]

    _, findings, _ = played(replace(whole_town, steps=tuple(kept)), tmp_path)

    assert {finding.expected for finding in findings if not finding.came_about} >= {
        "What is unclear is asked once more",
        "A correction is just another reply",
        "PAUSE takes effect",
        "A stranger changes and learns nothing",
    }


def _is_special(letter: Write) -> bool:
    forged = letter.outcome in (Outcome.HELD, Outcome.REFUSED)
    return forged or bool(letter.replaces) or letter.to == "receipt"


def test_a_story_that_gets_stuck_is_summed_up_as_far_as_it_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "PATIENCE", 0.0)

    folder, findings, steps = played(town(), tmp_path)

    assert steps[-1].words.startswith("Not settled after")
    assert not all(finding.came_about for finding in findings)
    assert folder.gallery.is_file()


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
    assert "Weekly digest to 1" in result.stdout
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
