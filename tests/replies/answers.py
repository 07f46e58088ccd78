"""Replies as busy people write them: ``answers/THEME.toml``, many to a file, each with what a careful
assistant would store.

Each ``[[reply]]`` has a ``case`` (its name), a ``prompt`` (``prompts.names()``, or "welcome"), and what was
typed: ``words`` above the quote, or ``under`` questions by key. Further, as far as they apply: ``author``
(a resident), ``client`` (else one by turns, which may send no quote), ``written`` (a day, else the day after
the prompt), ``locale``, ``people`` (more names on the roster). What must be read: ``answers``, ``asked``,
``not_stored``, ``note``, ``command``, ``argument`` as in ``corpus``, and ``allowed`` (values that may be
stored, or asked, or kept as a note), ``any_note`` (a note is neither wanted nor wrong), ``gone`` (words that
need not be kept: greetings, sign-offs, labels of one's own).
"""

import re
import tomllib
from binascii import crc32
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from service.domain.question import QuestionType
from service.domain.reading import Asked, Reading
from service.message import parse
from service.reading import Circumstances, sent_texts
from tests.replies import corpus, prompts
from tests.replies.clients import CLIENTS
from tests.replies.corpus import Fixture
from tests.replies.envelope import finished, fitting
from tests.replies.paper import Client, Original, Written, received
from tests.replies.prompts import Sent
from tests.replies.town import RESIDENTS, ROSTER, Resident

FOLDER = Path(__file__).parent / "answers"
GOLDEN = Path(__file__).parents[1] / "golden"
_TURNS = ("gmail web", "outlook web", "ios mail", "gmail android", "apple mail", "nothing quoted")
_INSIDE = ("gmail web", "thunderbird", "apple mail", "outlook desktop")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Case:
    """One reply and its expectation. ``fixture`` is the mail as its author's program sends it."""

    name: str
    table: Mapping[str, Any]
    fixture: Fixture

    def read(self) -> Reading:
        return self.fixture.read()


@cache
def tables() -> Mapping[str, Mapping[str, Any]]:
    """Every reply of the folder by its theme and name."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        common = tomllib.loads(path.read_text("utf-8"))
        for one in common.pop("reply"):
            name = f"{path.stem}: {one['case']}"
            if name in found:
                raise ValueError(f"{name} stands there twice")
            found[name] = {**common, **one}
    return found


def load(name: str) -> Case:
    """The reply called ``name``, as a mail."""
    table = tables()[name]
    author = next(one for one in RESIDENTS if one.name == table.get("author", RESIDENTS[0].name))
    sent = _sent(str(table["prompt"]), author)
    written = date.fromisoformat(str(table.get("written", (sent.at + timedelta(days=1)).date())))
    at = datetime.combine(written, time(15, 4), UTC)
    locale, people = str(table.get("locale", author.locale)), tuple(table.get("people", ()))
    circumstances = Circumstances(written, locale, (*ROSTER, *people), author.name)
    raw = _mail(sent, author, table, _client(name, table), at)
    expected = {**table, "answers": {**table.get("answers", {}), **table.get("allowed", {})}}
    return Case(name, table, Fixture(name, parse(raw), sent.asked, circumstances, expected))


def _client(name: str, table: Mapping[str, Any]) -> Client:
    turns = _INSIDE if table.get("under") else _TURNS
    key = table.get("client", turns[crc32(name.encode()) % len(turns)])
    return next(client for client in CLIENTS if client.key == key)


@cache
def _sent(prompt: str, author: Resident) -> Sent:
    return prompts.sent(prompt, author) if prompt != "welcome" else _welcome()


def _welcome() -> Sent:
    """A mail of ours that asks nothing."""
    raw = (GOLDEN / "welcome.0.eml").read_bytes()
    message = parse(raw)
    like = prompts.sent("check-in 0")
    return replace(
        like,
        name="welcome",
        raw=raw,
        text=message.text,
        html=message.html.replace("<td", " <td"),  # programs keep cells apart
        subject=message.subject,
        message_id=message.message_id,
        asked=Asked(sent_texts(message), ()),
    )


def _mail(sent: Sent, author: Resident, table: Mapping[str, Any], client: Client, at: datetime) -> bytes:
    original: Original = received(sent, author)
    written = Written(above=str(table.get("words", "")).strip("\n"), under=dict(table.get("under", {})))
    body = client.write(original, written)
    charset = fitting(body.text + body.html, client.charsets)
    return finished(
        *(body, author, original.reply_to, f"Re: {sent.subject}", at, sent.message_id),
        *(client.fields, charset, client.encodings[0]),
    )


def faults(case: Case, reading: Reading) -> Iterator[str]:
    """How ``reading`` differs from what must be read, and words of the author that it lost."""
    optional = case.table.get("allowed", {})
    for fault in corpus.faults(case.fixture, reading):
        key = fault.partition(" is ")[0]
        if key in optional and " is missing" in fault:
            continue
        if key in optional and _as_written(case, key, reading):
            continue
        if case.table.get("any_note") and fault.startswith("there is a note"):
            continue
        yield fault
    yield from (f"{word!r} is lost" for word in _lost(case, reading))


def _as_written(case: Case, key: str, reading: Reading) -> bool:
    """People may always be told in the author's words: that names nobody wrongly."""
    kinds = {one.key: one.type for one in case.fixture.asked.questions}
    answer = next((one for one in reading.answers if one.question == key), None)
    return answer is not None and kinds[key] is QuestionType.PEOPLE and answer.value == answer.text


def _lost(case: Case, reading: Reading) -> Iterator[str]:
    """Words that stand nowhere; those of labels and commands may be gone."""
    typed = [str(case.table.get("words", "")), *map(str, case.table.get("under", {}).values())]
    kept = [*(answer.text for answer in reading.answers), *reading.unread_text.values(), reading.note]
    labels = [f"{one.label} {one.prefix}" for one in case.fixture.asked.questions]
    gone = [*kept, *labels, str(case.table.get("gone", "")), reading.command or "", reading.command_argument]
    yield from (_counted(typed) - _counted(gone)).elements()


def _counted(texts: list[str]) -> Counter[str]:
    return Counter(word.lower() for text in texts for word in _WORD.findall(text))
