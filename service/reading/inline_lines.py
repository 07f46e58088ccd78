"""Line questions that are answered in the middle of a line: "Posters are up. Private: Tomas is tired".

The private one matters: without a line of its own it would be read by the team.
"""

import re
from collections.abc import Iterator, Sequence

from service.domain.question import Effect, Question
from service.reading.authorship import Own

_LINES = frozenset({Effect.NEED, Effect.OFFER, Effect.PRIVATE_NOTE})


def with_own_lines(own: Sequence[Own], questions: Sequence[Question]) -> list[Own]:
    """Each of these answers on a line of its own: where its word stands behind a stop, or in brackets."""
    prefixes = [re.escape(one.prefix) for one in questions if one.prefix and one.effect in _LINES]
    if not prefixes:
        return list(own)
    begins = re.compile(rf"(?:[.;!?…]\s{{1,3}}|\()(?=(?:{'|'.join(prefixes)})\s?[:：])", re.IGNORECASE)
    return [part for line in own for part in _parts(line, begins)]


def _parts(line: Own, begins: re.Pattern[str]) -> Iterator[Own]:
    at, bracket = 0, False
    for found in begins.finditer(line.text):
        before = line.text[at : found.start() + (found[0][0] not in "(;")].rstrip()
        if before:
            yield line._replace(text=before)
        at, bracket = found.end(), found[0][0] == "("
    rest = line.text[at:]
    yield line._replace(text=rest.rstrip().removesuffix(")") if bracket else rest)
