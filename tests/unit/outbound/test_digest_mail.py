"""The weekly digest as people open it (product.md email 9)."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from service.domain.digest import Item, Section, build, opening
from service.domain.reading import Asked
from service.message import parse
from service.outbound.accessibility import findings
from service.reading.sent import prepare
from service.reading.sent_mail import sent_texts
from tests.unit.outbound.conftest import html_of
from tests.unit.outbound.digests import full_digest
from tests.unit.outbound.test_safe_html import structure_of

GOES_OUT = datetime(2026, 11, 24, 14, tzinfo=UTC)
ELSEWHERE = opening(full_digest("x"), "City Library", ["Ada Marlow"])
READERS = {
    "member": {},
    "of another department": {"facts": {"opening": ELSEWHERE}},
    "champion before the first": {"facts": {"goes_out": GOES_OUT}},
    "observer": {"facts": {"observer": True}, "questions": ()},
}


def shown(raw):
    """The body of the HTML part as a reader meets it, in one line."""
    return " ".join(structure_of(html_of(raw).split("<body", 1)[1]).text.split())


def saying(section, words="The map is at the printer.", **facts):
    """A digest of one item, and one by its side that no test looks at."""
    return build("2026-W48", "", [Item("e1", section, words, "Grace Fielding", "Senior Center", **facts)])


@pytest.fixture
def lines(write):
    """The lines of plain text about the one item of a digest."""

    def lines_of(section, words="The map is at the printer.", **facts):
        text = write.mail("digest", facts={"digest": saying(section, words, **facts)}).text
        return text.split("\n\n")[2].splitlines()[1:]

    return lines_of


class TestEveryVariant:
    @pytest.mark.parametrize("reader", READERS)
    def test_it_carries_every_fact_once(self, write, reader):
        """G4: the same facts for every department."""
        digest = write.letter("digest").facts["digest"]

        html = html_of(write.mail("digest", **READERS[reader]).raw)

        assert sorted(re.findall(r' id="(\w+)"', html)) == sorted(digest.ids)

    @pytest.mark.parametrize("reader", READERS)
    def test_nobody_is_kept_out(self, write, reader):
        """OUT-8."""
        assert findings(html_of(write.mail("digest", **READERS[reader]).raw)) == ()

    @pytest.mark.parametrize("reader", READERS)
    def test_its_plain_text_is_complete(self, write, reader):
        """OUT-6."""
        letter = write.letter("digest", **READERS[reader])
        text = write.mail("digest", **READERS[reader]).text

        assert all(item.words in text for item in letter.facts["digest"].items)
        assert all(question.text in text for question in letter.questions)

    def test_a_list_of_mails_shows_what_is_new_before_it_is_opened(self, write):
        """The subject is the same each week, and so is the why."""
        html = html_of(write.mail("digest").raw)

        preview = re.search(r'<div class="preview"[^>]*display:none[^>]*>([^<]*)</div>', html)
        assert preview[1].startswith("The school agrees to the route. The principal shook hands")
        assert html.index(preview[1]) < html.index("<h1")

    def test_the_subject_makes_one_thread_of_all(self, write):
        """OUT-16."""
        later = write.mail("digest", at=datetime(2027, 3, 1, 14, tzinfo=UTC))

        assert later.subject == write.mail("digest").subject == "[Riverside Reading Trail] The week, together"


class TestItsOrder:
    def test_the_why_comes_first_and_wins_before_all_else(self, write):
        digest = full_digest("They walked on.", people=1)
        mail = write.mail("digest", facts={"digest": digest})

        for text in (mail.text, shown(mail.raw)):
            places = [
                re.search(words, text, re.IGNORECASE).start()
                for words in (
                    *("They walked on", "Next on your side", r"\bWins\b", "Moved forward", "Steps forward"),
                    *("The next four weeks", "New dates", "Who has", "Who could use", "Waiting for"),
                    *(r"\bLearned\b", "Thank you", "Also said", "Your turn", "Who reads"),
                )
            ]
            assert places == sorted(places)

    def test_what_there_is_not_has_no_heading(self, write):
        text = write.mail("digest", facts={"digest": saying(Section.PROGRESS)}).text

        headings = re.findall(r"^[A-Z ,.?]{5,}$", text, re.MULTILINE)
        assert headings == ["MOVED FORWARD", "YOUR TURN, IF YOU LIKE"]
        assert "\n\n\n" not in text


class TestItems:
    def test_a_reached_milestone_is_celebrated(self, lines):
        [line] = lines(Section.WINS, "Twelve signs!", subject="The signs are up", number=3, state="done")

        assert line == (
            "- Milestone 3 is reached: The signs are up! Well done, all of you. “Twelve signs!”"
            " (Grace Fielding, Senior Center)"
        )

    @pytest.mark.parametrize(
        ("state", "words", "told"),
        [
            ("moved", "The wood comes later.", "Dec 4, now Dec 18. “The wood comes later.” "),
            ("hand_wanted", "", "Dec 4, now Dec 18; a hand would help. "),
            ("hand_wanted", "From the print shop?", "Dec 4, now Dec 18. “From the print shop?” "),
            ("at_risk", "", "Dec 4, now Dec 18; a hand would help. "),
            ("let_go", "", "Dec 4, now Dec 18; let go, with thanks to all who tried. "),
            ("ahead", "", "Dec 4, now Dec 18; back on the list. "),
        ],
    )
    def test_a_moved_date_comes_with_what_would_help(self, lines, state, words, told):
        days = {"day_before": date(2026, 12, 4), "day": date(2026, 12, 18)}

        [line] = lines(Section.MOVED, words, subject="Signs", number=4, state=state, **days)

        assert " ".join(line.split()) == f"- 4, Signs: {told}(Grace Fielding, Senior Center)"

    def test_the_same_date_is_said_once(self, lines):
        day = date(2026, 12, 4)

        [line] = lines(Section.MOVED, "", subject="Signs", number=4, day_before=day, day=day, state="at_risk")

        assert "Signs: Dec 4; a hand would help." in line

    def test_what_is_in_the_way_needs_no_milestone(self, lines):
        assert lines(Section.MOVED, "The gate is locked.") == [
            "- The gate is locked. (Grace Fielding, Senior Center)"
        ]

    def test_corrections_and_earlier_weeks_are_named(self, lines):
        [line] = lines(Section.PROGRESS, corrected=True, week="2026-W46")

        assert line == "- The map is at the printer. (Grace Fielding, Senior Center, in week 46) (corrected)"

    def test_thanks_say_whom_they_are_for(self, lines):
        assert lines(Section.THANKS, "for the van", subject="Linus Bergmann")[0].startswith(
            "- Linus Bergmann: for the van (Grace"
        )

    def test_a_settled_decision_says_what_was_decided(self, lines):
        assert lines(Section.HEARD, "Yes, both.", subject="Two languages?", state="decided")[0].startswith(
            "- Decided: Two languages? Yes, both. (Grace"
        )

    def test_a_waiting_decision_has_a_number_and_what_was_said_so_far(self, lines):
        assert lines(Section.DECISIONS, "Two languages?", subject="Linus Bergmann: yes") == [
            "Decision 1: Two languages? (asked by Grace Fielding)",
            "   So far: Linus Bergmann: yes",
        ]

    @pytest.mark.parametrize("section", Section)
    def test_what_does_not_fit_is_counted(self, write, section):
        one = full_digest("Onward.", people=1)

        mail = write.mail("digest", facts={"digest": replace(one, hidden={section.value: 12})})

        assert mail.text.count("… and 12 more") == 1
        assert shown(mail.raw).count("… and 12 more") == 1


class TestAnswering:
    def test_each_question_is_found_again_in_what_was_sent(self, write):
        """A reply under any of them is read against these lines, decisions among them."""
        letter, mail = write.letter("digest"), write.mail("digest")

        sent = prepare(Asked(sent_texts(parse(mail.raw)), letter.questions))

        assert {line.question for line in sent.lines if line.asks} == {one.key for one in letter.questions}
        assert "decision-108" in {one.key for one in letter.questions}

    def test_each_question_has_its_place_in_the_html(self, write):
        html = html_of(write.mail("digest").raw)

        assert all(f'id="q-{question.key}"' in html for question in write.letter("digest").questions)

    def test_observers_are_asked_nothing(self, write):
        mail = write.mail("digest", **READERS["observer"])

        for text in (mail.text, shown(mail.raw)):
            assert "Nothing is asked of you here." in text
            assert "it reaches Ada Marlow, the champion." in text
            assert "Who reads your answer: the champion, with your name." in text
            assert "need:" not in text

    def test_the_champion_sees_the_first_one_before_the_team(self, write):
        mail = write.mail("digest", **READERS["champion before the first"])

        for text in (mail.text, shown(mail.raw)):
            assert "It goes to everyone on Tuesday, November 24, 9:00 AM EST." in text
            assert "each author can still answer TAKE BACK" in text


class TestTheOpening:
    @pytest.fixture
    def greeting(self, write):
        def greeting_of(items, department="Senior Center", people=("Grace Fielding",), **facts):
            digest = build("2026-W48", "", items, **facts)
            own = opening(digest, department, people)
            text = write.mail("digest", facts={"digest": digest, "opening": own}).text
            return text.split("\n\n")[1].strip()

        return greeting_of

    def test_it_counts_what_came_from_there(self, greeting):
        mine = [Item(f"e{n}", Section.PROGRESS, "Done.", "Grace Fielding", "Senior Center") for n in range(2)]

        assert greeting(mine[:1]) == "One of these lines comes from you at Senior Center."
        assert greeting(mine) == "Two of these lines come from you at Senior Center."

    def test_it_names_thanks_and_the_next_step(self, greeting):
        thanks = Item("e1", Section.THANKS, "for the van", "Ada", "City Library", subject="Grace Fielding")
        step = Item(
            "m5", Section.AHEAD, "", "Grace Fielding", "Senior Center",
            subject="The walk", number=5, day=date(2026, 12, 2),
        )  # fmt: skip

        assert greeting([thanks, step]) == (
            "One of the thanks is for people of your department. "
            "Next on your side: milestone 5, The walk, Wednesday, December 2."
        )

    def test_who_said_nothing_is_not_reminded_of_it(self, greeting):
        """Silence with dignity."""
        said = [Item("e1", Section.PROGRESS, "Done.", "Ada Marlow", "City Library")]

        assert greeting(said) == "This is what all of you did together."

    def test_the_first_digest_says_what_it_is(self, greeting):
        said = [Item("e1", Section.PROGRESS, "Done.", "Ada Marlow", "City Library")]

        assert greeting(said, first=True).startswith("This is the first digest of this team:")


class TestTheDebrief:
    def test_nobody_reads_an_answer_before_the_round_closes(self, write):
        mail = write.mail("debrief")

        for text in (mail.text, shown(mail.raw)):
            assert "Nobody but you reads your answers until Monday, November 30." in text
            assert "Until Monday, November 30 nobody reads it but you; then your team does." in text

    def test_an_open_one_says_nothing_of_closing(self, write):
        text = write.mail("debrief", facts={"closes": None}).text

        assert "Nobody but you" not in text
        assert "\n\n\n" not in text

    def test_it_says_what_it_looks_back_on(self, write):
        by_milestone, by_rhythm = write.mail("debrief"), write.mail("debrief", facts={"milestone": None})

        assert "Milestone 3 is reached: The school agrees to the route." in by_milestone.text
        assert by_milestone.subject == "[Riverside Reading Trail] Looking back: milestone 3"
        assert "the last weeks with Riverside Reading Trail?" in by_rhythm.text
        assert by_rhythm.subject == "[Riverside Reading Trail] Looking back together"

    def test_own_notes_are_shown_back(self, write):
        """A note of a round without a week has none to tell."""
        noted = [{"week": "milestone-3", "label": "Happened", "text": "It rained."}]

        assert "- Week 44, Moved forward: Walked the route" in write.mail("debrief").text
        assert "- Happened: It rained.\n" in write.mail("debrief", facts={"earlier": noted}).text
        assert "ALONG THE WAY" not in write.mail("debrief", facts={"earlier": ()}).text
