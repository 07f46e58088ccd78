"""Recurring times as people write them."""

from datetime import time

import pytest

from service.domain.cadence import Cadence, parse_cadence


@pytest.mark.parametrize(
    ("words", "cadence"),
    [
        ("mon 09:00", Cadence(0, time(9))),
        ("Friday 15:30", Cadence(4, time(15, 30))),
        ("fri 10:00 every 6 weeks", Cadence(4, time(10), every=6)),
        ("first mon 09:00", Cadence(0, time(9), nth=1)),
        ("Last Friday 8:05", Cadence(4, time(8, 5), nth=-1)),
    ],
)
def test_a_time_is_read_as_it_is_written(words, cadence):
    assert parse_cadence(words) == cadence
    assert parse_cadence(str(cadence)) == cadence


@pytest.mark.parametrize(
    "words",
    [
        "", "mon", "mon 9", "mon 9:0", "mon 25:00", "moon 09:00", "mon 09:00 every week",
        "mon 09:00 every 1 weeks",
        "mon 09:00 every 53 weeks", "mon 09:00 every four weeks", "first 09:00", "fifth mon 09:00",
        "first mon 09:00 every 2 weeks", "mon 09:00 sharp",
    ],
)  # fmt: skip
def test_anything_else_is_refused(words):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever its words, it is no time
        parse_cadence(words)
