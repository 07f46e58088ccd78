"""Scales, yes and no, choices, days: what short words mean, and where nothing is certain (IN-9, IN-12)."""

import pytest

from service.reading import Circumstances
from service.reading.tables import phrases
from tests.unit.reading.meaning import APPROVE, DAY, LOSS, PACE, SEND, TUESDAY, VISIT, pairs, value


@pytest.mark.parametrize(
    ("words", "number"),
    pairs(
        """
        a solid 4 => 4|A strong 3, thanks! => 3|the pace is a 4 => 4|4 stars => 4|#4 => 4
        |5 because I like it => 5|a 2 at best => 2|Because of the rain I'd say 2 => 2|(4) => 4
        |the pace feels like a 4 to me => 4|4 this week. Better than October. => 4|eine glatte 4 => 4
        """
    ),
)
def test_a_figure_is_read_among_words_that_say_nothing_more(words: str, number: str) -> None:
    assert value(words, PACE) == int(number)


@pytest.mark.parametrize(
    "words",
    phrases(
        """
        4+|4-|4%|$4|4€|>3|<3|4½|4 and a half|4 1/2|4ish|4?|up to 4|4 people told me|1 of us is unhappy
        |2 too many meetings|4 pm|Dec 4|more than 3|hardly a 3|I can't give it more than 3
        |4 if we get the van|4 was last week|4th|IV
        """
    ),
)
def test_an_amount_a_bound_or_a_condition_is_no_place_on_a_scale(words: str) -> None:
    assert value(words, PACE) is None


@pytest.mark.parametrize(
    "words",
    phrases(
        """
        You bet!|No problem|no objections from me|sure, why not|Why not?|go ahead please|yesss|by all means
        |Yes, please delete it.|kein Problem|Claro que sí|ok by me|👍🏽
        """
    ),
)
def test_leave_is_given_in_many_words(words: str) -> None:
    assert value(words, SEND) is True


@pytest.mark.parametrize(
    "words",
    phrases(
        """
        of course not|Absolutely not!|I'm afraid not|Please don't.|Oh no, that was a mistake!
        |Natürlich nicht|claro que no|Bien sûr que non|surely not|No need, thanks|nooo
        """
    ),
)
def test_leave_is_refused_in_many_words(words: str) -> None:
    assert value(words, SEND) is False


@pytest.mark.parametrize(
    "words",
    phrases(
        """
        yes if it comes before Friday|yes but keep the lesson|Yes, after the opening|yeah, no
        |go ahead tomorrow|why not wait|fine, but later|OK?|I guess so|yes-ish|yes once
        |No problem with the note. Please leave the rest out.|oui mais pas tout de suite|not sure
        |happy to wait|yes to the note, no to the rest|no doubt|Ask me tomorrow|N/A
        """
    ),
)
def test_leave_with_a_but_is_no_leave_yet(words: str) -> None:
    assert value(words, SEND) is None


@pytest.mark.parametrize(
    "words",
    phrases(
        """
        no problem|why not|go ahead|no rain so we went|no one did
        """
    ),
)
def test_what_gives_leave_says_nothing_about_a_fact(words: str) -> None:
    assert value(words, VISIT) is None


@pytest.mark.parametrize(
    ("words", "locale", "meant"),
    [
        *(("No tak, oczywiście", "pl-PL", True), ("nie", "pl-PL", False), ("ja tak", "da-DK", True)),
        *(("tak", "da-DK", None), ("nej tak", "da-DK", False), ("tak", "pl-PL", True), ("da", "de-DE", None)),
        *(("no fuimos", "es-ES", False), ("si es posible", "es-ES", None), ("sí, dos veces", "es-ES", True)),
    ],
)
def test_a_word_means_what_it_means_in_the_authors_language(words: str, locale: str, meant: object) -> None:
    assert value(words, VISIT, Circumstances(TUESDAY, locale)) == meant


@pytest.mark.parametrize(
    ("words", "key"),
    pairs(
        """
        samller => smaller|the second one => same|third => bigger|last one, sorry => bigger
        |a bit smaller I think => smaller|still the same :( => same|BIGGER!!! => bigger
        """
    ),
)
def test_a_choice_is_read_by_word_by_place_or_with_a_slip(words: str, key: str) -> None:
    assert value(words, LOSS) == key


@pytest.mark.parametrize(
    "words",
    phrases(
        """
        couldn't be bigger|hasn't grown bigger|I wish it were smaller|used to be smaller|either
        |I hope smaller|smaller for us, bigger for them|the same?|2|b|no bigger|the fifth
        """
    ),
)
def test_a_choice_that_is_denied_wished_or_asked_is_none(words: str) -> None:
    assert value(words, LOSS) is None


@pytest.mark.parametrize(
    ("words", "key"),
    pairs(
        """
        no problem! => yes|No objections => yes|👍 => yes|Sure, go ahead. => yes|of course not => not-now
        |I'd rather not => not-now|no way => not-now|edit => edit|yes once Ruth agrees => None
        |fine with one change => None|yes but shorter => None|Is it fine if I ask Ruth? => None
        |Let me think => None|yes, not the second part => None
        """
    ),
)
def test_an_approval_is_plain_or_asked_again(words: str, key: str) -> None:
    assert str(value(words, APPROVE)) == key


@pytest.mark.parametrize(
    ("words", "day"),
    pairs(
        """
        the day after tomorrow => 2026-11-26|a week from Friday => 2026-12-04|a month from now => 2026-12-24
        |Wednesday next week => 2026-12-02|the 5th => 2026-12-05|next week on Friday => 2026-12-04
        |Friday of this week => 2026-11-27|first Monday in December => 2026-12-07
        |last Saturday of January => 2027-01-30|Saturday the 12th => 2026-12-12|Dec 5, 3:30 pm => 2026-12-05
        |not before 5 dec => 2026-12-05|We sat down and picked Dec 12 => 2026-12-12
        |Dec 12. Is that ok? => 2026-12-12|no later than Monday => 2026-11-30
        |Dec 5 at the earliest => 2026-12-05
        """
    ),
)
def test_a_day_is_named_in_many_ways(words: str, day: str) -> None:
    assert value(words, DAY) == day


@pytest.mark.parametrize(
    "words",
    phrases(
        """
        Not Dec 5, that's the parade|any day but Dec 5|anything but Dec 5|Dec 5 won't work
        |the week of December 7|Dec 5-7|Dec 4, 5 and 6|before Monday|after Dec 5|Dec 5 or so
        |Does it have to be a Saturday?|is Dec 5 ok?|any Saturday works|every Monday|Monday week
        |March 3, 2019|Friday the 12th|around Dec 5|Friday after Thanksgiving|Dec 5 was the plan
        |the first Monday|next week|the week after next|5 out of 7|we set 5 tables|24/7|05.12.2026
        |the sun decides for us|Dec 5 is full|two days after Dec 5|the 24th|the 40th
        """
    ),
)
def test_words_around_a_day_that_move_it_leave_it_open(words: str) -> None:
    assert value(words, DAY) is None


def test_a_morning_is_no_tomorrow() -> None:
    spanish = Circumstances(TUESDAY, "es-ES")

    assert value("el viernes por la mañana", DAY, spanish) == "2026-11-27"
    assert value("mañana", DAY, spanish) == "2026-11-25"
