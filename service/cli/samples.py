"""Sample mails, and the files that show them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from service.cli.book import PICTURES, book_text
from service.cli.chromium import open_chromium
from service.cli.picture import Screen, take_picture
from service.domain.mail import Mail
from service.domain.question import Question
from service.message import parse, with_inline_images
from service.outbound.accessibility import Finding, findings
from service.outbound.render import load_templates
from service.outbound.sample import sample_composer, sample_letter
from service.playbook.instruments import Instrument

_PAGE = Screen(width=600)
"""What fits beside the text of a page."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One instrument's sample mail. ``html`` shows its pictures wherever it is opened."""

    instrument: Instrument
    questions: tuple[Question, ...]
    mail: Mail
    html: str
    barriers: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """The fields of ``preview --json``; their names and order are stable."""
        message = parse(self.mail.raw)
        return {
            "key": self.instrument.key,
            "title": self.instrument.title,
            "subject": message.subject,
            "text": message.text,
            "html": message.html,
            "questions": [_question(question) for question in self.questions],
            "headers": {field.name: field.value for field in message.fields},
            "accessibility": [asdict(barrier) for barrier in self.barriers],
        }


def make_samples(templates: Path, instruments: Iterable[Instrument]) -> list[Sample]:
    """The first mail of each of ``instruments``, written with the emails in ``templates``."""
    composer = sample_composer(load_templates(templates / "emails"))
    samples = []
    for instrument in instruments:
        letter = sample_letter(instrument)
        mail = composer.compose(instrument, letter)
        html = with_inline_images(mail.raw)
        samples.append(Sample(instrument, letter.questions, mail, html, findings(html)))
    return samples


def write_samples(samples: Sequence[Sample], folder: Path, screen: Screen) -> None:
    """``KEY.txt``, ``KEY.html`` and ``KEY.png`` of each.

    The pictures come last: without a Chromium, Misconfigured is raised and all else is there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for sample in samples:
        (folder / f"{sample.instrument.key}.txt").write_text(sample.mail.text, "utf-8")
        (folder / f"{sample.instrument.key}.html").write_text(sample.html, "utf-8")
    write_pictures(samples, _named(samples, folder), screen)


def write_book(samples: Sequence[Sample], book: Path) -> None:
    """The book and, in a folder beside it, its pictures; these come last here too."""
    pictures = book.parent / PICTURES
    pictures.mkdir(parents=True, exist_ok=True)
    book.write_text(book_text(sample.instrument for sample in samples), "utf-8")
    write_pictures(samples, _named(samples, pictures), _PAGE)


def write_pictures(samples: Sequence[Sample], files: Sequence[Path], screen: Screen) -> None:
    """Each of ``samples`` as a PNG in its file. Raises Misconfigured where there is no Chromium."""
    with open_chromium() as chromium:
        for sample, file in zip(samples, files, strict=True):
            file.write_bytes(take_picture(chromium, sample.html, screen))


def _named(samples: Sequence[Sample], folder: Path) -> list[Path]:
    return [folder / f"{sample.instrument.key}.png" for sample in samples]


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "text": question.text,
        "type": question.type,
        "label": question.label,
        "options": [{"key": option.key, "label": option.label} for option in question.options],
    }
