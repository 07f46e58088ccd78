"""What answers become in a digest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from service.domain.collaboration import Milestone, MilestoneMove, MilestoneState
from service.domain.digest import Section
from service.domain.entry import Entry
from service.domain.privacy import PrivacyClass
from service.domain.question import Effect
from service.playbook import news
from service.playbook.news import Speaker

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
ADA, GRACE, LINUS = 1, 2, 3
SPEAKERS = {
    ADA: Speaker("Ada Marlow", "City Library", leads=True),
    GRACE: Speaker("Grace Fielding", "Senior Center"),
    LINUS: Speaker("Linus Berg", "School"),
}
THIS_WEEK = "2026-W48"


def entry(key: int, effect: Effect = Effect.PROGRESS, words: str = "something", **facts: object) -> Entry:
    usual = Entry(
        key, "prompt", GRACE, "moved", effect, PrivacyClass.TEAM, words, words, 1.0, THIS_WEEK, 1, NOW
    )
    return replace(usual, **facts)  # type: ignore[arg-type]


def told(*entries: Entry):
    return list(news.telling(entries, SPEAKERS, THIS_WEEK))


@pytest.mark.parametrize(("effect", "section"), news.SECTIONS.items())
def test_each_kind_of_answer_has_its_section(effect, section):
    (item,) = told(entry(1, effect))

    assert (item.id, item.section, item.who, item.department) == (
        "e1",
        section,
        "Grace Fielding",
        "Senior Center",
    )


def test_nothing_in_the_way_is_no_news():
    assert told(entry(1, Effect.OBSTACLE, "no", value="")) == []


def test_a_number_or_a_yes_is_no_sentence_for_a_digest():
    assert (
        told(entry(1, Effect.REFLECTION, "4", value=4), entry(2, Effect.REFLECTION, "yes", value=True)) == []
    )


def test_thanks_name_whom_they_are_for():
    (item,) = told(entry(1, Effect.THANKS, "Linus, for the bus", value=["Linus Berg"]))

    assert item.subject == "Linus Berg"


def test_a_late_answer_says_which_week_it_belongs_to_and_one_of_a_debrief_does_not():
    late, of_debrief = told(entry(1, week="2026-W46"), entry(2, Effect.LESSON, week="milestone-3"))

    assert (late.week, of_debrief.week) == ("2026-W46", "")


def test_what_was_told_in_other_words_is_marked_as_corrected():
    fresh, corrected = told(entry(1), entry(2, revision=2, shown_revision=1))

    assert (fresh.corrected, corrected.corrected) == (False, True)


def test_who_left_the_team_is_named_by_nobody_and_their_words_stay():
    (item,) = told(entry(1, person_id=99))

    assert (item.who, item.words) == ("", "something")


def test_lessons_wait_their_turn_so_that_each_is_read():
    lessons = [entry(n, Effect.LESSON, recorded_at=NOW - timedelta(days=n)) for n in range(5)]

    assert [one.id for one in news.next_lessons([entry(9), *lessons])] == [4, 3]


class TestDecisions:
    ASKED = entry(7, Effect.DECISION, "Tuesdays or Thursdays?")

    def voice(self, key: int, person: int, words: str, **facts: object) -> Entry:
        return entry(key, Effect.VOICE, words, person_id=person, question="decision-7", **facts)

    def test_one_waits_until_who_asked_or_who_leads_has_spoken(self):
        linus = self.voice(8, LINUS, "Tuesdays")

        waiting = news.waiting(news.debates([self.ASKED, linus], SPEAKERS), SPEAKERS)
        by_who_asked = news.debates([self.ASKED, linus, self.voice(9, GRACE, "Tuesdays it is")], SPEAKERS)
        by_the_champion = news.debates([self.ASKED, self.voice(9, ADA, "Thursdays")], SPEAKERS)

        assert [(one.id, one.who) for one in waiting] == [(7, "Grace Fielding")]
        assert news.waiting(by_who_asked, SPEAKERS) == ()
        assert news.waiting(by_the_champion, SPEAKERS) == ()

    def test_while_it_waits_it_shows_what_was_said_so_far(self):
        shown = replace(self.ASKED, shown_revision=1)
        found = news.debates([shown, self.voice(8, LINUS, "Tuesdays, the bus runs")], SPEAKERS)

        (item,) = news.decisions(found, SPEAKERS, THIS_WEEK)

        assert (item.id, item.number, item.subject) == ("e7", 1, "Linus Berg: Tuesdays, the bus runs")
        assert item.news

    def test_one_that_nobody_spoke_of_since_is_no_news(self):
        shown = replace(self.ASKED, shown_revision=1)

        (item,) = news.decisions(news.debates([shown], SPEAKERS), SPEAKERS, THIS_WEEK)

        assert not item.news

    def test_what_was_decided_is_told_once(self):
        settled = self.voice(8, GRACE, "Tuesdays")
        found = news.debates([self.ASKED, settled], SPEAKERS)
        again = news.debates([self.ASKED, replace(settled, shown_revision=1)], SPEAKERS)

        (item,) = news.decisions(found, SPEAKERS, THIS_WEEK)

        assert (item.section, item.state, item.subject) == (
            Section.HEARD,
            "decided",
            "Tuesdays or Thursdays?",
        )
        assert list(news.decisions(again, SPEAKERS, THIS_WEEK)) == []

    def test_who_spoke_in_the_same_week_is_heard_beside_who_settled_it(self):
        voices = [self.voice(8, LINUS, "if they may sit"), self.voice(9, GRACE, "Yes")]

        settled, other = news.decisions(news.debates([self.ASKED, *voices], SPEAKERS), SPEAKERS, THIS_WEEK)

        assert (settled.words, other.words, other.who) == ("Yes", "if they may sit", "Linus Berg")

    def test_at_most_five_wait_at_once(self):
        many = [entry(n, Effect.DECISION) for n in range(9)]

        assert len(news.waiting(news.debates(many, SPEAKERS), SPEAKERS)) == 5


class TestMilestones:
    def milestone(
        self, state: MilestoneState = MilestoneState.AHEAD, due: date = date(2026, 12, 4)
    ) -> Milestone:
        return Milestone(3, 2, "Trail map", due, "Linus Berg", state, LINUS)

    def move(self, key: int, state: MilestoneState, due: date, before: date) -> MilestoneMove:
        return MilestoneMove(
            key, self.milestone(), 5, state, MilestoneState.AHEAD, due, before, "words", "Linus Berg", NOW
        )

    def test_a_reached_one_is_a_win_and_a_moved_one_says_from_when_to_when(self):
        fourth, eighteenth = date(2026, 12, 4), date(2026, 12, 18)

        (win,) = news.moves([self.move(1, MilestoneState.DONE, fourth, fourth)], SPEAKERS)
        (moved,) = news.moves([self.move(2, MilestoneState.MOVED, eighteenth, fourth)], SPEAKERS)

        assert (win.section, win.subject, win.department) == (Section.WINS, "Trail map", "School")
        assert (moved.section, moved.day_before, moved.day) == (Section.MOVED, fourth, eighteenth)

    @pytest.mark.parametrize(
        ("words", "state", "told"),
        [
            ("3 done, with the doors wide open", MilestoneState.DONE, "with the doors wide open"),
            ("2 done", MilestoneState.DONE, ""),
            ("Trail map: moved to Dec 18. The printer is slow", MilestoneState.MOVED, "The printer is slow"),
            ("trail map done!", MilestoneState.DONE, ""),
            ("2: a hand from the printer", MilestoneState.HAND_WANTED, "a hand from the printer"),
        ],
    )  # fmt: skip
    def test_number_title_and_state_are_told_once_and_what_else_was_said_beside_them(
        self, words, state, told
    ):
        day = date(2026, 12, 4)

        (item,) = news.moves([replace(self.move(1, state, day, day), words=words)], SPEAKERS)

        assert item.words == told

    def test_several_moves_of_one_are_told_as_one(self):
        days = [date(2026, 12, day) for day in (4, 11, 18)]
        both = [
            self.move(2, MilestoneState.MOVED, days[2], days[1]),
            self.move(1, MilestoneState.MOVED, days[1], days[0]),
        ]

        (item,) = news.moves(both, SPEAKERS)

        assert (item.id, item.day_before, item.day) == ("v2", days[0], days[2])

    def test_ahead_are_the_open_ones_of_four_weeks_and_those_whose_day_has_passed(self):
        today = date(2026, 11, 27)
        found = [
            replace(self.milestone(due=today + timedelta(days=days), state=state), id=at)
            for at, (days, state) in enumerate(
                [
                    (28, MilestoneState.MOVED),
                    (29, MilestoneState.AHEAD),
                    (-3, MilestoneState.AHEAD),
                    (5, MilestoneState.DONE),
                    (5, MilestoneState.LET_GO),
                ]
            )
        ]

        assert [item.id for item in news.ahead(found, SPEAKERS, today)] == ["m2", "m0"]
