"""What was found in one mail file, as JSON and as a picture for people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from service.cli.terminal import shown
from service.domain.mail import Kind
from service.domain.reading import Asked, Reading
from service.inbound import kind_of
from service.message import parse
from service.reading import Circumstances, read, visible_text


@dataclass(frozen=True, slots=True)
class Finding:
    """The kind of one file, and what was read in it."""

    file: str
    kind: str
    reading: Reading

    def as_json(self) -> dict[str, Any]:
        """The fields of ``read --json``; their names and order are stable."""
        answers = (
            {
                "question": answer.question,
                "value": answer.value,
                "text": answer.text,
                "confidence": answer.confidence,
            }
            for answer in self.reading.answers
        )
        return {
            "file": self.file,
            "kind": self.kind,
            "text": self.reading.text,
            "answers": list(answers),
            "unread": list(self.reading.unread),
            "missing": list(self.reading.missing),
            "note": self.reading.note,
        }

    def as_picture(self) -> RenderableType:
        """The same for a terminal."""
        lines = [(f"{self.file}: ", "bold"), (self.kind, "cyan")]
        if not self.reading.answers:
            return Group(Text.assemble(*lines), Text(shown(self.reading.text)), "")
        table = Table("question", "value", "text", "sure", box=None, pad_edge=False)
        for answer in self.reading.answers:
            words = (answer.question, str(answer.value), answer.text, f"{answer.confidence:.0%}")
            table.add_row(*(Text(shown(word)) for word in words))
        return Group(Text.assemble(*lines), table, *self._rest(), "")

    def _rest(self) -> list[Text]:
        rest = {
            "asked again": ", ".join(self.reading.unread),
            "not answered": ", ".join(self.reading.missing),
            "fits no question": self.reading.note,
        }
        return [Text(shown(f"{name}: {words}")) for name, words in rest.items() if words]


def find(file: str, raw: bytes, asked: Asked | None, today: date) -> Finding:
    """Read one mail. ``today`` counts where the mail has no date. Raises TooLarge (IN-13)."""
    kind, message = kind_of(raw), parse(raw)
    if asked is None or kind != Kind.HUMAN:
        missing = tuple(question.key for question in asked.questions) if asked else ()
        return Finding(file, kind, Reading(visible_text(raw), missing=missing))
    day = message.date.date() if message.date else today
    return Finding(file, kind, read(message, asked, Circumstances(day, "en-US", ())))
