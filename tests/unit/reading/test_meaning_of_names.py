"""People, milestones and lists: who and what is named, and where nobody can tell (IN-9, IN-12)."""

import pytest

from service.reading.tables import phrases
from tests.unit.reading.meaning import BRING, STEP, THANKS, value


@pytest.mark.parametrize(
    ("words", "names"),
    [
        *(
            ("Ms. Calloway", ["Ruth Calloway"]),
            ("ruth, as always", ["Ruth Calloway"]),
            ("Ada M.", ["Ada Marlow"]),
        ),
        *(
            ("Ada for the tea, Ruth for the cake", ["Ada Marlow", "Ruth Calloway"]),
            ("me and Ada", ["Ada Marlow"]),
        ),
        *(
            ("Ada for the tea\nRuth for the cake", ["Ada Marlow", "Ruth Calloway"]),
            ("Ada's help", ["Ada Marlow"]),
        ),
        *(
            ("Not Ada this time; Ruth!", ["Ruth Calloway"]),
            ("Ada, for introducing me to Ruth", ["Ada Marlow"]),
        ),
        *(("Ada because she told Ruth, Mei and Will", ["Ada Marlow"]), ("because of Ada", ["Ada Marlow"])),
    ],
)
def test_who_is_thanked_is_found_by_every_way_of_calling_them(words: str, names: list[str]) -> None:
    assert value(words, THANKS) == names


@pytest.mark.parametrize(
    "words",
    phrases(
        """
        Ada's husband|a friend of Ada|everyone except Ada|all but Ada|Ada B.|Mr and Mrs Marlow|Ada Lovelace
        |Grace ;)|will do|she did it with grace|Linus' kids|Neither Ada nor Ruth|Ada's husband Will|not Ada
        |Ada did not come|May I thank the custodian
        """
    ),
)
def test_who_is_only_spoken_of_is_not_thanked(words: str) -> None:
    assert value(words, THANKS) == words


def test_no_thanks_to_somebody_are_asked_about() -> None:
    assert value("no thanks to Will, he forgot the keys", THANKS) is None


@pytest.mark.parametrize(
    ("words", "key", "state", "day"),
    [
        *(("M2 done!", "7", "done", None), ("benches - done", "12", "done", None)),
        *(("story signs done!! they look great", "9", "done", None), ("2 done Nov 20", "7", "done", None)),
        *(
            ("moved the benches to 12 Jan", "12", "moved", "2027-01-12"),
            ("6 Dec 18", "12", "moved", "2026-12-18"),
        ),
        *(
            ("2 from Dec 4 to Dec 11", "7", "moved", "2026-12-11"),
            ("need a hand with 4", "9", "hand_wanted", None),
        ),
        *(
            ("benches at risk because the wood is not here", "12", "at_risk", None),
            ("6 drop it", "12", "let_go", None),
        ),
    ],
)
def test_a_milestone_is_called_by_some_of_its_words(
    words: str, key: str, state: str, day: str | None
) -> None:
    assert value(words, STEP) == {"milestone": key, "state": state, "date": day}


@pytest.mark.parametrize(
    "words",
    phrases(
        """
        2 and 6 done|2 done 4 done|2 almost done|4 half done|2 will be done Friday|9 done|4 of 12 signs done
        |2 done unless it rains|2 done by Dec 20|3 done|done with 2? not quite|6 no longer at risk
        |6 weeks behind|can we move 6 to Dec 18?|path done|80 % done|6 Dec 18 or Jan 8
        |6 dropped off at the mill|twelve done|6 don't drop it|2 on track
        """
    ),
)
def test_a_milestone_that_is_not_quite_anywhere_is_asked_about(words: str) -> None:
    assert value(words, STEP) is None


@pytest.mark.parametrize(
    ("words", "items"),
    [
        *(("nothing, sorry", []), ("soup, bread, and cake", ["soup", "bread", "cake"]), ("not sure", None)),
        *(
            ("a tent (big, white), soup", ["a tent (big, white)", "soup"]),
            ("soup and bread", ["soup and bread"]),
        ),
    ],
)
def test_a_list_keeps_brackets_together_and_drops_the_last_and(words: str, items: object) -> None:
    assert value(words, BRING) == items
