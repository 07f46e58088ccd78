"""Somebody writes: which mail they answer, what stands above its quote, and off it goes."""

from zoneinfo import ZoneInfo

from service.message import parse
from service.sandbox.house import House
from service.sandbox.layout import Style, lay_out
from service.sandbox.mailers import Author, Words, new_mail, received, reply
from service.sandbox.programs import PROGRAMS
from service.sandbox.story import Write
from service.store import chronicle

ASKS = "X-Common-Thread-Asked"
"""The header of our mails that ask something (outbound.headers)."""
SUBJECT = "Please read"


async def write(letter: Write, house: House) -> str:
    """Send it, and say so in a few words."""
    who, program = house.town.name(letter.who), PROGRAMS[letter.program]
    answered = await _answered(letter, house)
    if answered is None and letter.to:
        return f"{who} has no mail to answer"
    author = _author(letter, house)
    raw = _reply(letter, answered, author, house) if answered else _new(letter, author, house)
    await house.post(letter, raw, "" if program.automatic else letter.who, parse(raw).recipients[0])
    signed = "" if letter.signs == letter.who else f", as {author.name}"
    return f"{who} writes with {program.name}{signed}"


async def _answered(letter: Write, house: House) -> bytes | None:
    """The mail in somebody's mailbox that is answered."""
    kinds = {one.message_id: one.instrument for one in await chronicle.departures()}
    for raw in reversed(house.mail.all_mail(letter.forwarded_by or letter.who)):
        if kinds.get(parse(raw).message_id) == letter.to and letter.to_week in (0, _week(raw, house)):
            return raw
    return None


def _week(raw: bytes, house: House) -> int:
    at = parse(raw).date
    return house.town.week(at) if at else 0


def _author(letter: Write, house: House) -> Author:
    name = f"{letter.who.partition('@')[0]}-{len(house.posted) + 1}"
    at = house.clock().astimezone(ZoneInfo(house.town.zone(letter.who)))
    return Author(house.town.name(letter.signs), letter.signs, at, name)


def _reply(letter: Write, answered: bytes, author: Author, house: House) -> bytes:
    original = received(answered, house.town.zone(letter.who))
    under = letter.answers if letter.style is Style.INLINE else {}
    return reply(PROGRAMS[letter.program], original, Words(_above(letter, original.text), under), author)


def _new(letter: Write, author: Author, house: House) -> bytes:
    return new_mail(PROGRAMS[letter.program], author, house.town.mailbox, SUBJECT, _above(letter, ""))


def _above(letter: Write, sent: str) -> str:
    """What stands above the quote."""
    answers = {} if letter.style is Style.INLINE else {**letter.answers, **letter.unclear}
    parts = (letter.hello, letter.words, lay_out(letter.style, answers, sent), letter.bye)
    return "\n\n".join(part for part in parts if part)
