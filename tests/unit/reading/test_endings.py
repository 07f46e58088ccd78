"""What somebody ends every mail with: found, and left out where it is known (IN-9)."""

from dataclasses import replace
from unittest.mock import Mock

import pytest

from service.domain.ending import LONGEST, Ending
from service.domain.mail_providers import is_provider
from service.domain.reading import Reading
from service.reading import endings
from service.reading.reader import read_parts
from tests.unit.reading.clients import ON
from tests.unit.reading.prompts import (
    CHECK_IN,
    CIRCUMSTANCES,
    PACE,
    asked,
    quoted,
    sent_text,
    values,
)

GRACE = replace(CIRCUMSTANCES, author="Grace Murray")
CARD = "Grace\nSenior Center, second floor\nWhere stories live"
PHONE = "Senior Center\n12 Mill Road\nTel. 555 0100 200"
RECORDS = (
    "All mail to and from this address belongs to the Town of Milton, may be read under the state law on"
    " records, and does not bind the town unless a clerk has signed it."
)
SAME_IN_WELSH = (
    "Mae pob neges i'r cyfeiriad hwn yn eiddo i'r dref, gellir ei darllen dan gyfraith y wladwriaeth ar"
    " gofnodion, ac nid yw'n rhwymo'r dref oni bai bod clerc wedi ei llofnodi."
)


def reading(words: str, *known: str, questions=CHECK_IN, **changes: str) -> Reading:
    circumstances = replace(GRACE, endings=tuple(Ending(text) for text in known), **changes)
    body = f"{words}\n\n{ON}\n{quoted(sent_text(questions))}\n"
    return read_parts(body, "", "", asked(*questions), circumstances)


def ends_of(words: str, **changes: str) -> list[str]:
    return [closing.text for closing in reading(words, **changes).closings]


@pytest.mark.parametrize(
    "block",
    [
        CARD,
        PHONE,
        "GRACE MURRAY\nLibrary",
        "Grace Murray | Director\nLibrary",
        f"{CARD}.",
        f"{CARD}\n\n{RECORDS}",
    ],
)
def test_a_block_that_says_whose_it_is_may_be_an_ending(block: str) -> None:
    found = reading(f"We found a room.\n\n{block}").closings

    assert (block, "we found a room", True) in [(one.text, one.above, one.signed) for one in found]


@pytest.mark.parametrize(
    "block",
    [
        "All good here.",
        "All good here.\nGrace",
        "All good here.\nNothing in the way.",
        "Grace\nAll good here.",
        "Grace\n\nAll good here.",
        "Best,\nGrace\nSenior Center\n\nNothing is\nin the way!",
        "Nothing new\nNothing in the way\nNo help needed",
        "Grace",
        "The minutes:\nhttps://town.example/minutes",
        "https://town.example/minutes",
        "Grace Murray, all is well here\nNothing new",
        "Call Ada before noon\nTel. 555 0100 200",
    ],
)
def test_what_may_be_an_answer_each_week_is_no_ending_of_one_person(block: str) -> None:
    assert ends_of(f"We found a room.\n\n{block}") == []


@pytest.mark.parametrize("line", ["Next: the map", "5: 4", "need: a van", "4", "P.S. The bus is late."])
def test_a_block_that_speaks_to_a_question_is_no_ending(line: str) -> None:
    block = f"Grace Murray\nSenior Center\n{line}"

    assert ends_of(f"1: We found a room.\n\n{block}") == []


def test_a_block_that_a_label_announces_is_no_ending_and_is_not_left_out() -> None:
    words = f"1: A room.\n\nThanks to:\n\n{CARD.replace('Grace', 'Grace Murray')}"

    assert ends_of(words) == []
    assert reading(words, words.rpartition(":\n\n")[2]).endings == ()


def test_a_mail_that_is_nothing_but_a_block_teaches_nothing() -> None:
    assert ends_of(CARD) == []


def test_an_answer_under_the_last_question_is_no_ending() -> None:
    inline = quoted(sent_text(CHECK_IN)).replace("> need:", f"{CARD}\n> need:")

    found = read_parts(f"{ON}\n{inline}\n", "", "", asked(), GRACE)

    assert found.closings == ()


def test_words_without_an_author_on_the_roster_teach_nothing() -> None:
    assert ends_of(f"We found a room.\n\n{CARD}", author="") == []


def test_a_sign_off_above_the_block_may_belong_to_it() -> None:
    assert ends_of(f"We found a room.\n\nBest,\n{CARD}") == [CARD, f"Best,\n{CARD}"]


def test_long_paragraphs_may_be_an_ending_of_many_people_one_by_one_and_together() -> None:
    both = f"{RECORDS}\n\n{SAME_IN_WELSH}"

    found = reading(f"We found a room.\n\n{both}").closings

    assert [(one.text, one.signed) for one in found] == [(SAME_IN_WELSH, False), (both, False)]


@pytest.mark.parametrize("length", [LONGEST + 5, 100 * LONGEST])
def test_what_is_longer_than_any_ending_is_none(length: int) -> None:
    assert ends_of(f"We found a room.\n\n{'word ' * (length // 5)}") == []


@pytest.mark.parametrize("block", [CARD, PHONE, RECORDS, f"{CARD}\n\n{PHONE}\n\n{RECORDS}"])
def test_a_known_ending_is_left_out_of_the_answer_and_kept_beside_it(block: str) -> None:
    found = reading(f"We found a room.\n\n{block}", block)

    assert (found.text, values(found), found.note) == ("We found a room.", {"moved": "We found a room."}, "")
    assert [one.text for one in found.endings] == [block]


def test_a_known_ending_is_left_out_below_a_numbered_answer() -> None:
    assert values(reading(f"1: A room\n5: 4\n\n{CARD}", CARD)) == {"moved": "A room", "pace": 4}


def test_a_known_ending_is_left_out_however_it_is_wrapped_marked_up_and_illustrated() -> None:
    again = (
        "[cid:image001.png@01DB0A.77]\n*GRACE*\nSenior Center, second\nfloor | Where stories live\n[Logo: a]"
    )

    found = reading(f"We found a room.\n\n{again}", CARD)

    assert found.text == "We found a room."


def test_of_two_known_endings_one_below_the_other_both_are_left_out() -> None:
    found = reading(f"We found a room.\n\n{CARD}\n\nSent from my phone\n\n{RECORDS}", CARD, RECORDS)

    assert (found.text, [one.text for one in found.endings]) == ("We found a room.", [RECORDS, CARD])


def test_the_longest_known_ending_counts() -> None:
    whole = f"{CARD}\n\n{RECORDS}"

    assert [one.text for one in reading(f"A room.\n\n{whole}", RECORDS, whole).endings] == [whole]


def test_a_mail_that_ends_with_a_known_ending_still_teaches_it_and_what_stands_above() -> None:
    found = reading(f"We found a room.\n\n{CARD}\n\n{RECORDS}", RECORDS)

    assert [one.text for one in found.closings] == [RECORDS, f"{CARD}\n\n{RECORDS}", CARD]


@pytest.mark.parametrize("more", ["\nAll good here.", "\n\n★★★★", "\n👍", "\n\nP.S. The bus is late."])
def test_nothing_is_left_out_where_somebody_wrote_on_below(more: str) -> None:
    found = reading(f"We found a room.\n\n{CARD}{more}", CARD)

    assert (found.endings, CARD in found.text, more.strip() in found.text) == ((), True, True)


def test_an_ending_begins_with_a_line() -> None:
    found = reading(f"The room was found by {CARD}", CARD)

    assert (found.endings, values(found)) == ((), {"moved": f"The room was found by {CARD}"})


def test_an_ending_that_speaks_to_a_question_of_this_mail_is_not_left_out() -> None:
    card = "Grace\nPace: Senior Center 4"
    pace = replace(PACE, label="Pace")

    assert reading(f"2: A room.\n\n{card}", card, questions=(CHECK_IN[0], pace)).endings == ()
    assert reading(f"2: A room.\n\n{card}", card).endings != ()


def test_a_reply_that_is_nothing_but_a_known_ending_answers_nothing() -> None:
    found = reading(CARD, CARD)

    assert (found.text, values(found), found.note, len(found.endings)) == ("", {}, "", 1)


def test_who_signs_on_top_and_answers_below_is_read_without_the_signature() -> None:
    inline = quoted(sent_text(CHECK_IN)).replace("> 2. Next", "We found a room.\n> 2. Next")
    circumstances = replace(GRACE, endings=(Ending(CARD),))

    found = read_parts(f"See below.\n\n{CARD}\n\n{ON}\n{inline}\n", "", "", asked(), circumstances)

    assert values(found) == {"moved": "We found a room."}
    assert (CARD in found.note, len(found.endings)) == (False, 1)


def test_a_mail_that_answers_no_prompt_is_read_without_it_as_well() -> None:
    found = read_parts(f"STOP\n\n{CARD}", "", "", None, replace(GRACE, endings=(Ending(CARD),)))

    assert (found.text, len(found.endings), found.closings) == ("STOP", 1, ())


def test_it_looks_no_further_up_than_the_longest_known_ending_reaches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """IN-10."""
    look = Mock(side_effect=endings.tokens_in)
    monkeypatch.setattr("service.reading.endings.tokens_in", look)
    monkeypatch.setattr("service.reading.closings.tokens_in", look)
    known = [CARD, *(f"{CARD}\n{number}" for number in range(30))]

    reading("\n\n".join([*["We found a room."] * 200, *[CARD] * 50]), *known)
    once = look.call_count
    reading("\n\n".join([*["We found a room."] * 2000, *[CARD] * 500]), *known)

    assert look.call_count == 2 * once


def test_a_mail_of_endings_alone_is_left_alone_but_for_three() -> None:
    """Somebody may repeat themselves; no program signs like that."""
    found = reading("\n\n".join([*["We found a room."], *[CARD] * 9]), CARD)

    assert (len(found.endings), found.text.count("second floor")) == (3, 6)


def test_of_a_long_mail_only_the_words_right_above_are_compared() -> None:
    (found,) = reading(f"{'a b ' * LONGEST}\n\n{'One word. ' * 400}\n\n{CARD}").closings

    assert found.above.endswith("one word one word")
    assert len(found.above) < LONGEST


@pytest.mark.parametrize(
    ("domain", "public"),
    [
        ("gmail.example", True),
        ("yahoo.co.example", True),
        ("town.example", False),
        ("mail.town.example", False),
        ("gmail", False),
    ],
)
def test_a_public_mail_provider_is_known_by_its_name(domain: str, public: bool) -> None:
    assert is_provider(domain) is public
