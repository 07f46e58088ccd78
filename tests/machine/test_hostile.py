"""Texts that are meant to be slow end with a kind and without a date (IN-10, IN-13)."""

from dataclasses import replace

import pytest

from service.inbound import kind_of
from service.inbound.away import back_on
from service.message import parse
from tests.machine.samples import SENT, human

LONG = 64 * 1024
HOSTILE = {
    "no blank": "a" * LONG,
    "one word": "away " * (LONG // 5),
    "clauses": "out of office, " * (LONG // 15),
    "paragraphs": "I am on leave.\n\n" * (LONG // 16),
    "dates": "until 11.12. " * (LONG // 13),
    "months": "december " * (LONG // 9),
    "weekdays": "until friday " * (LONG // 13),
    "figures": "11" * LONG,
    "dots": "1." * LONG,
    "slashes": "12/" * LONG,
    "dashes": "- " * LONG,
    "fillers": "until " + "the " * LONG + "11 December",
    "brackets": "(" * LONG,
    "sign-offs": "Best,\n" * LONG,
    "quotes": ">" * LONG,
    "introductions": "On 30 November:\n\n" * (LONG // 17),
    "capitals": "Grace Linus " * (LONG // 12),
    "wide marks": "、。（）" * (LONG // 4),
    "syllables": "ですが" * (LONG // 3),
    "affixes": "但" * LONG,
    "combining": "a\u0301" * LONG,
    "casefolding": "ﬃİß" * (LONG // 3),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_a_persons_and_has_no_date(name: str) -> None:
    message = parse(replace(human()[0], text=HOSTILE[name]).raw())

    assert back_on(message, SENT, "en-US") is None
    assert kind_of(replace(human()[0], text=HOSTILE[name]).raw()) == "human"


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "subject", ["[" * 900, "[a]" * 300, "auto:" * 150, "-" * 900, "Re: " * 200, ":" * 900]
)
def test_a_hostile_subject_is_a_persons(subject: str) -> None:
    assert kind_of(replace(human()[0], subject=subject).raw(threaded=False)) == "human"
