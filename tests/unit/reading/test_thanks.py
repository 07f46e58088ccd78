"""What one person is thanked for: the author's own words, and nobody else's name (product: never guess)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.reading.thanks import LONGEST, SOMEBODY, reason_for

TEAM = ("Ruth Calloway", "Walter Quill", "Priya Hollis", "Will Harper", "Linus Berg")

ALONE = {
    "Ruth, for letting us start at their place": "for letting us start at their place",
    "Ruth Calloway: the chairs, the cake, everything": "the chairs, the cake, everything",
    "Ruth - she saved our evening!": "she saved our evening!",
    "Ruth (for the chairs)": "for the chairs",
    "A big thank you to Ruth. She let us in.\nEvery time.": "She let us in.\nEvery time.",
    "Ruth was wonderful with the kids": "Ruth was wonderful with the kids",
    "Ruth's patience": "Ruth's patience",
    "It was Ruth who let us in.": "It was Ruth who let us in.",
    "everyone at the center, especially Ruth": "everyone at the center, especially Ruth",
    "Ruth, who will never tell": "who will never tell",
}


@pytest.mark.parametrize("text", ALONE)
def test_the_words_behind_a_name_are_the_reason_and_a_name_inside_a_sentence_stays_in_it(text):
    assert reason_for(text, "Ruth Calloway", TEAM) == ALONE[text]


@pytest.mark.parametrize(
    "text",
    ["Ruth", "ruth", "Ruth Calloway!", "Thanks Ruth", "Ruth, thank you so much!", "", "thank you, Ruth."],
)
def test_a_name_alone_gives_no_reason(text):
    assert reason_for(text, "Ruth Calloway", TEAM) == ""


SEVERAL = {
    "Ruth and Walter for the chairs": ("for the chairs", "for the chairs"),
    "Ruth, Walter & Linus: for everything": ("for everything", "for everything"),
    "Ruth for the chairs, Walter for the van": ("for the chairs", "for the van"),
    "Ruth for the chairs and Walter for the van": ("for the chairs", "for the van"),
    "Ruth for the chairs. And thanks to Walter for the van!": ("for the chairs", "for the van!"),
    "- Ruth for the chairs\n- Walter for the van": ("for the chairs", "for the van"),
    "Ruth\nWalter, for the van": ("", "for the van"),
    "Ruth for the chairs. Walter for the van. Ruth for the cake": (
        "for the chairs … for the cake",
        "for the van",
    ),
    "Ruth for thinking of you, and Walter for the van": ("for thinking of you", "for the van"),
}


@pytest.mark.parametrize("text", SEVERAL)
def test_each_of_several_people_in_one_line_gets_their_own_reason(text):
    assert (reason_for(text, "Ruth Calloway", TEAM), reason_for(text, "Walter Quill", TEAM)) == SEVERAL[text]


def test_whoever_else_is_named_is_covered():
    """Product: a manager reads no sentence that the person it is about did not pass on."""
    text = "Ruth, for helping Walter and Linus Berg with the van"

    reason = reason_for(text, "Ruth Calloway", TEAM)

    assert reason == f"for helping {SOMEBODY} and {SOMEBODY} with the van"


def test_the_author_may_be_named_for_they_are_named_anyway():
    reason = reason_for("Ruth, for showing Priya the ropes", "Ruth Calloway", TEAM, ("Priya Hollis",))

    assert reason == "for showing Priya the ropes"


def test_a_person_who_is_named_only_inside_of_others_thanks_gets_all_of_them():
    reason = reason_for("Walter, who moved the chairs with Ruth", "Ruth Calloway", TEAM)

    assert reason == f"{SOMEBODY}, who moved the chairs with Ruth"


NAMES = st.sampled_from([*TEAM, *(name.split()[0] for name in TEAM)])
BETWEEN = st.sampled_from(
    [" and ", ", ", "; ", "\n", ". ", " for helping ", " for it, thanks to ", " - ", "! ", " ("]
)


@given(st.lists(st.tuples(NAMES, BETWEEN), max_size=12), st.sampled_from(TEAM))
def test_whatever_is_written_no_other_name_of_the_team_is_left(pairs, name):
    reason = reason_for("".join(word for pair in pairs for word in pair), name, TEAM)

    others = [other.split()[0] for other in TEAM if other != name]
    assert not any(other in reason for other in others)


@given(st.text(max_size=300))
def test_any_text_is_taken_and_nothing_is_made_up(text):
    reason = reason_for(f"Ruth {text}", "Ruth Calloway", TEAM)

    assert (
        reason.replace(SOMEBODY, "").replace(" … ", " ").strip() == ""
        or reason[:1] in f"Ruth {text}{SOMEBODY}"
    )


def test_a_text_without_end_is_read_to_its_limit():
    assert len(reason_for("Ruth " + "x" * 100_000, "Ruth Calloway", TEAM)) <= LONGEST
    assert reason_for("Ruth" + " and Walter" * 9000, "Linus Berg", TEAM).count(SOMEBODY) < LONGEST
