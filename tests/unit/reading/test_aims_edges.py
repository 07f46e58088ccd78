"""Words aimed at nobody, at several questions, or at few ears: stored, asked or noted (IN-9, IN-12)."""

from dataclasses import replace

from tests.unit.reading.prompts import MOVED, NEXT, PACE, reading_of, values

SECRET = "Just between us, the budget is gone"


def test_what_is_confided_is_a_note_where_there_is_a_private_line_and_other_answers_stay() -> None:
    reading = reading_of(f"1: {SECRET}\n2: paint")

    assert (values(reading), reading.note, reading.unread) == ({"next": "paint"}, SECRET, ())


def test_without_a_private_line_there_is_no_better_place_for_it() -> None:
    assert values(reading_of(f"1: {SECRET}\n2: paint", MOVED, NEXT)) == {"moved": SECRET, "next": "paint"}


def test_as_many_figures_as_scales_are_answers_in_order_and_a_reason_may_stand_behind_one() -> None:
    second = replace(PACE, key="load", label="Load")

    assert values(reading_of("4\n3", PACE, second)) == {"pace": 4, "load": 3}
    assert values(reading_of("4 because we like it\n3", PACE, second)) == {"pace": 4, "load": 3}
    assert values(reading_of("4\n3\n2", PACE, second)) == {}


def test_a_line_in_brackets_loses_them_and_other_brackets_stay() -> None:
    reading = reading_of("1: Posters are up (private: Tomas is tired)\n2: a tent (big)")

    assert values(reading) == {"moved": "Posters are up", "private": "Tomas is tired", "next": "a tent (big)"}
