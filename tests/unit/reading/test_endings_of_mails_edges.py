"""How a mail ends, and what somebody is thanked for: the edges (IN-9; product: never guess)."""

from dataclasses import replace

import pytest

from service.domain.ending import Ending
from service.reading.endings import hangs, is_marked, tokens_in, tokens_of
from service.reading.markers import Markers
from service.reading.reader import read_parts
from service.reading.thanks import SOMEBODY, reason_for
from tests.unit.reading.clients import ON
from tests.unit.reading.prompts import CHECK_IN, CIRCUMSTANCES, asked, quoted, sent_text

GRACE = replace(CIRCUMSTANCES, author="Grace Murray")
BELOW = f"\n\n{ON}\n{quoted(sent_text(CHECK_IN))}\n"
TEAM = ("Ruth Calloway", "Walter Quill", "Linus Berg")


def ends_of(block: str) -> list[str]:
    body = f"1: We found a room.\n\n{block}{BELOW}"
    return [closing.text for closing in read_parts(body, "", "", asked(), GRACE).closings]


def left_of(words: str, *known: str) -> str:
    circumstances = replace(GRACE, endings=tuple(Ending(text) for text in known))
    return read_parts(f"{words}{BELOW}", "", "", asked(), circumstances).text


@pytest.mark.parametrize(
    ("line", "tokens"),
    [
        *(("Grace  MURRAY!", ["grace", "murray"]), ("[cid:image001.png@01DB] Grace", ["grace"])),
        *(("<image001.png>", []), ("★★★★", ["★★★★"]), (" ★ ", ["★"]), ("-----", []), ("  ", [])),
        *(("[Logo]", []), ("[image: the library]Grace", ["grace"]), ("[Grace]", ["grace"])),
    ],
)
def test_an_ending_is_compared_by_its_words_without_pictures_and_rules(line: str, tokens: list[str]) -> None:
    assert tokens_in(line) == tokens
    assert tokens_of([line, "Ada"]) == [*tokens, "ada"]


def test_what_a_line_above_announces_hangs_on_it() -> None:
    assert hangs(["Thanks to:", "", "Grace"], 2)
    assert hangs(["Thanks to： ", "Grace"], 1)
    assert not hangs(["Thanks to: Ada", "Grace"], 1)
    assert not hangs(["Thanks to:", "Ada", "Grace"], 2)
    assert not hangs(["Thanks to:"], 0)


def test_a_line_is_marked_by_a_label_or_a_number_that_we_asked() -> None:
    markers = Markers(CHECK_IN)

    assert [
        is_marked(line, markers) for line in ("Next: a", "1. a", "5. a", "6. a", "need: a", "a 1. b")
    ] == [*(True, True, True, False, True, False)]


@pytest.mark.parametrize(
    "block",
    [
        "Grace Murray, Director\nCity Library",
        "Grace Murray - Director of the Library\nCity Library",
        "Murray Grace\nCity Library",
        "Grace\nThe City Library. Open to all.\nMain Street",
        "City Library\ngrace@town.example",
        "City Library\nDirector of the Library\nTel. 555 0100",
        "City Library\n555-0100",
        "[Photo of the City Library]\nGrace Murray\nCity Library",
        "Grace\n\nCity Library\n12 Mill Road",
    ],
)
def test_a_name_or_a_card_at_the_end_may_be_learned(block: str) -> None:
    assert block in ends_of(block)


@pytest.mark.parametrize(
    "block",
    [
        "Grace Murray, who found it\nCity Library",
        "Grace Murray and Ada\nCity Library",
        "City Library\n555-010",
        "City library of milton\n555-0100",
        "City Library\n5 December 2026 10:30",
        "City Library.\n555-0100",
        "City Library\nWe saw all of it there.\n555-0100",
        "555-0100\nCity Library",
        "Ruth\nCity Library",
        "Grace\nWe found the room.",
    ],
)
def test_words_that_may_be_an_answer_are_not_learned(block: str) -> None:
    assert ends_of(block) == []


def test_a_known_ending_goes_with_the_picture_above_it_and_never_with_words_on_its_line() -> None:
    card = "Grace\nCity Library"

    assert left_of(f"We found a room.\n\n[cid:image1]\n{card}", card) == "We found a room."
    assert left_of("We found a room.\n\nSo says Grace\nCity Library", card).endswith("Grace\nCity Library")
    assert left_of("We found a room.\n\nGrace\nCity Library\nP.S. the van", card).endswith("the van")


def test_a_known_ending_that_is_a_part_of_the_last_words_stays() -> None:
    assert left_of("We found the City Library", "City Library") == "We found the City Library"
    assert left_of("We found a room.\nCity Library", "The City Library") == "We found a room.\nCity Library"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(("Kudos to Ruth for the chairs", "for the chairs"), ("Ruth, Walter\nLinus: the van", "")),
        *(("Ruth and also Walter for the van", "for the van"), ("Ruth for it, thank you Walter", "for it")),
        *(
            ("Ruth for the tea\nand Walter for the van", "for the tea"),
            ("Ruth told Walter", f"Ruth told {SOMEBODY}"),
        ),
        *(
            ("We thank Ruth for the tea", "We thank Ruth for the tea"),
            ("Ruth (for it) and more", "(for it) and more"),
        ),
        *(("Thanks to Ruth, who let us in; Walter drove", "who let us in"), ("Ruth as always", "as always")),
        *(("Walter for the van, Linus for tea", f"{SOMEBODY} for the van, {SOMEBODY} for tea"),),
    ],
)
def test_a_reason_is_in_the_words_that_belong_to_the_name(text: str, reason: str) -> None:
    assert reason_for(text, "Ruth Calloway", TEAM) == reason
