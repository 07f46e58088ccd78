"""Signs of a date, a time and an address in one line (IN-10)."""

import pytest

from service.reading.evidence import has_address, has_date, has_time


@pytest.mark.parametrize(
    "text",
    [
        "12/5/2026",
        "2026-12-05",
        "Dne 5. 12. 2026 v 9:00",
        "on 5 December 2026",
        "2026年11月23日(月)",
        "11月23日、今年",
    ],
)
def test_a_day_with_its_year_is_a_date(text: str) -> None:
    assert has_date(text)


@pytest.mark.parametrize(
    "text", ["since 2019", "room 12019, the 5th", "来年", "5月", "5 December", "call 555 0100"]
)
def test_a_year_a_month_or_a_number_alone_is_no_date(text: str) -> None:
    assert not has_date(text)


@pytest.mark.parametrize("text", ["at 9:00", "9 am", "9 P.M.", "10h30", "kl 9.30"])
def test_a_time_of_day_is_known_in_many_spellings(text: str) -> None:
    assert has_time(text)


@pytest.mark.parametrize("text", ["5.12.2026", "9 ambulances", "room 19"])
def test_a_day_or_a_number_is_no_time(text: str) -> None:
    assert not has_time(text)


def test_an_address_has_somebody_and_a_place() -> None:
    assert has_address("write to ada@town.example")
    assert not has_address("meet @ noon")
    assert not has_address("ada at town.example")
