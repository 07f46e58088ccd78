"""What a mail says (product.md, rules of tone) and how it can be read (OUT-6, OUT-8)."""

import re
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.privacy import who_reads
from service.domain.question import Effect, Option, Question, QuestionType
from service.domain.reading import Command
from service.domain.receipt import Recorded, Understood
from service.flows.held_mail import News
from service.outbound.words import (
    brief,
    day,
    in_words,
    later,
    moment,
    one_line,
    short_day,
    spelled,
    upto,
    week,
)
from tests.unit.outbound.conftest import TEMPLATES, html_of
from tests.unit.outbound.test_safe_html import structure_of

ELSEWHERE = {Command.FORGET}
"""What it ends is shown by STATUS, and that mail names it; so does HELP."""
NEVER = re.compile(r"\b(overdue|failed|non-responder|late|must)\b", re.IGNORECASE)


def shown(raw):
    """The HTML part as a reader meets it, in one line."""
    return " ".join(structure_of(html_of(raw)).text.split())


def test_the_words_of_blame_never_appear(every_mail, write):
    """Product: relationship before enforcement."""
    late = write.mail("receipt", facts={"understood": Understood(late=True)})

    for mail in [mail for _, mail in every_mail] + [late]:
        assert not NEVER.search(mail.text)
        assert not NEVER.search(mail.subject)
        assert not NEVER.search(shown(mail.raw))


def test_every_mail_says_who_reads_how_to_answer_and_where_it_comes_from(every_mail):
    for instrument, mail in every_mail:
        for text in (mail.text, shown(mail.raw)):
            assert "Who reads your answer: " in text, instrument.key
            assert "be a public record." in text
            assert "One word is fine." in text
            assert "on top, or under each line" in text
            assert "Riverside Reading Trail" in text
            assert "The Town of Fernhill runs Common Thread" in text
            assert [word for word in set(Command) - ELSEWHERE if word not in text] == [], instrument.key


def test_who_reads_is_the_sentence_of_the_privacy_class(every_mail):
    """Some say it otherwise: a correction goes where the corrected line went, a manager is no member."""
    for instrument, mail in every_mail:
        written = (TEMPLATES / "emails" / instrument.key / "body.txt").read_text("utf-8")
        assert who_reads(instrument.privacy) in mail.text or "{% block readers %}" in written, instrument.key


def test_a_question_with_other_readers_says_so(write):
    assert 'What you write at "Private" is read by the champion, with your name.' in write.mail().text


KINDS = [
    (QuestionType.SCALE, (), "   (1 to 5)"),
    (QuestionType.YES_NO, (), "   (yes / no)"),
    (QuestionType.CHOICE, (Option("keep", "Keep it"), Option("end", "End it")), "   (Keep it / End it)"),
    (QuestionType.MILESTONE, (Option("1", "Signs"),), "   (Signs)"),
    (QuestionType.TEXT, (), ""),
    (QuestionType.DATE, (), ""),
]


@pytest.mark.parametrize(("kind", "options", "hint"), KINDS)
def test_a_question_is_one_line_and_its_ways_to_answer_are_the_next(write, kind, options, hint):
    """The form that replies are read against."""
    long = "How do you see it, all in all and taking the longer view of everything that we tried this year?"
    asked = (
        Question("a", "First", long, kind, Effect.NOTE, options=options),
        Question("need", "Need", "what is missing", QuestionType.NEED_OFFER, Effect.NEED, prefix="need"),
        Question("b", "Second", "And now?", QuestionType.TEXT, Effect.NOTE),
    )

    mail = write.mail(questions=asked)

    block = [f"1. First: {long}", *([hint] if hint else []), "", "2. Second: And now?", ""]
    assert "\n" + "\n".join(block) in mail.text
    assert "\nneed: what is missing\n" in mail.text
    assert all(f'id="q-{key}"' in html_of(mail.raw) for key in ("a", "b", "need"))


def test_html_and_text_ask_the_same_in_the_same_order(every_mail):
    """OUT-6: every question and every way to answer stands in the plain part too."""
    for instrument, mail in every_mail:
        html = shown(mail.raw)
        lines = [
            " ".join(line.split())
            for line in mail.text.splitlines()
            if re.match(r"\d\. |[a-z]+: | +\(", line)
        ]
        places = [html.find(line) for line in lines]

        assert -1 not in places, instrument.key
        assert all(before < after for before, after in pairwise(places)), instrument.key


def test_the_footer_starts_behind_three_dashes_and_ends_with_the_code(every_mail):
    for _, mail in every_mail:
        body, footer = mail.text.split("\n---\n")

        assert body.startswith("Hello Grace,\n\n")
        assert re.fullmatch(r"Ref f-[a-z2-7]{31}", footer.splitlines()[-1])


def test_no_plain_text_has_gaps(every_mail):
    for instrument, mail in every_mail:
        assert "\n\n\n" not in mail.text, instrument.key
        assert not [line for line in mail.text.splitlines() if line != line.rstrip()], instrument.key


class TestTheReceipt:
    @pytest.fixture
    def say(self, write):
        def text(**understood):
            return write.mail("receipt", facts={"understood": Understood(**understood)}).text

        return text

    def test_it_shows_each_answer_with_its_readers(self, say):
        text = say(
            recorded=(Recorded("Next", "Call the school.\nThen the printer.", "your team, with your name"),)
        )

        assert (
            "Next\n    Call the school.\n    Then the printer.\n    Read by: your team, with your name.\n"
            in text
        )
        assert 'for example "Next: …"' in text

    def test_it_asks_again_only_what_could_not_be_read(self, say):
        pace = Question("pace", "Pace", "How is the pace?", QuestionType.SCALE, Effect.REFLECTION)

        text = say(again=(pace,), again_text={"pace": "so so"})

        assert 'At "Pace" you wrote:\n    so so\n' in text
        assert "May I ask once more?\n\n1. Pace: How is the pace?\n   (1 to 5)\n\n" in text
        assert "Thank you for writing." in text

    def test_it_keeps_silent_about_what_there_is_not(self, say):
        text = say()

        for word in ("understood, and", "ask once more", "Attachments", "fit none", "closed already"):
            assert word not in text

    def test_it_tells_of_notes_files_and_closed_rounds(self, say):
        text = say(note="By the way", ignored_files=("map.pdf", "a\r\nb.doc"), late=True)

        assert "kept beside your answer:\n\n    By the way\n" in text
        assert "nobody has seen map.pdf, a b.doc." in text
        assert "counts all the same" in text

    def test_what_it_cuts_it_says(self, say):
        text = say(recorded=(Recorded("Next", "word " * 1_000, "your team"),))

        assert "… (cut here; all of it is kept)" in text


def test_a_pause_without_a_day_lasts_until_resume(write):
    assert "until Monday, December 7." in write.mail("paused").text
    assert "until you say RESUME." in write.mail("paused", facts={"until": None}).text


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"participation": "active"}, "You get our mail as usual."),
        ({"participation": "paused", "paused_until": date(2026, 12, 7)}, "paused until Monday, December 7."),
        ({"participation": "paused", "paused_until": None}, "paused until you say RESUME."),
        ({"participation": "stopped"}, "You asked for no more mail."),
        ({"answered": []}, "The mail of Monday, November 16 has no answer from you yet."),
        ({"answered": ["Done."]}, "you answered:\n\n    Done.\n"),
    ],
)
def test_status_says_where_a_person_stands(write, facts, sentence):
    assert sentence in write.mail("status", facts=facts).text


def test_status_outside_of_any_mail_speaks_of_none(write):
    text = write.mail("status", facts={"asked_at": None, "answered": []}).text

    assert "The mail of" not in text
    assert "\n\n\n" not in text


def test_the_champion_is_not_told_that_they_asked_for_themselves(write):
    assert "You are the champion of" in write.mail("welcome", person={"name": "Ada Marlow"}).text
    assert "Ada Marlow has asked us" in write.mail("welcome").text


@pytest.mark.parametrize("key", ["export-asked", "erase-asked"])
def test_nothing_is_exported_or_erased_before_a_second_word(write, key):
    assert "Nothing happens until you say yes." in write.mail(key).text
    assert "will ask you once more" in write.mail(key, questions=()).text


def test_the_week_is_the_readers_own(write):
    """TIME-4: Sunday evening in Honolulu is Monday in London."""
    at = datetime(2026, 11, 23, 5, tzinfo=UTC)

    assert ", wk 47]" in write.mail(at=at, person={"zone": "Pacific/Honolulu"}).subject
    assert ", wk 48]" in write.mail(at=at, person={"zone": "Europe/London"}).subject


@pytest.mark.parametrize("news", News)
def test_what_became_of_a_held_reply_is_said_kindly_and_alike_in_both_parts(write, news):
    """Product: nobody is blamed, whoever wrote."""
    facts = {"news": news.value, "asked": "Weekly check-in", "asked_at": datetime(2026, 11, 23, tzinfo=UTC)}

    mail = write.mail("held-reply", facts=facts)

    assert not NEVER.search(f"{mail.subject} {mail.text} {shown(mail.raw)}")
    body = " ".join(mail.text.partition("\n\n")[2].partition("---")[0].split()).replace('"', "")
    assert body in shown(mail.raw).replace("“", "").replace("”", "")


def test_an_address_that_is_spelled_is_no_link():
    """OUT-24: a stranger chose it."""
    assert spelled("www.evil@login.bank.example") == "www [dot] evil [at] login [dot] bank [dot] example"


def test_a_day_is_said_in_words():
    assert day(date(2026, 12, 7)) == "Monday, December 7"


def test_days_and_moments_are_said_in_few_letters():
    at = datetime(2026, 12, 7, 0, 5, tzinfo=ZoneInfo("America/New_York"))

    assert short_day(at) == "Dec 7"
    assert moment(at) == "Monday, December 7, 12:05 AM EST"
    assert moment(at.replace(hour=13)) == "Monday, December 7, 1:05 PM EST"
    assert later(date(2026, 12, 28), 7) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("period", "number"), [("2026-W49", 49), ("2026-W05", 5), ("2026-12", 0), ("milestone-3", 0), ("", 0)]
)
def test_only_an_iso_week_has_a_number(period, number):
    assert week(period) == number


def test_small_numbers_are_words():
    assert [in_words(number) for number in (0, 1, 9, 10, 120)] == ["no", "one", "nine", "10", "120"]


@given(st.text(max_size=80), st.integers(4, 60))
def test_a_brief_text_is_one_line_of_bounded_octets(text, octets):
    assert len(brief(text, octets).encode()) <= octets
    assert one_line(text, 80).startswith(brief(text, octets).rstrip("…").rstrip())


@pytest.mark.parametrize("text", ["", "short", "é" * 250, "x" * 500])
def test_what_fits_is_not_cut(text):
    assert upto(text, 500) == text


class TestReadingWithoutEyes:
    def test_the_language_and_direction_are_said_twice(self, every_mail):
        """OUT-8: some programs drop the html tag."""
        for _, mail in every_mail:
            html = html_of(mail.raw)
            assert '<html lang="en-US" dir="ltr">' in html
            assert re.search(r'<div class="page" [^>]*dir="ltr" lang="en-US"', html)

    def test_every_table_is_layout_or_has_headings(self, every_mail):
        """OUT-8."""
        for instrument, mail in every_mail:
            for table in re.findall(r"<table.*?(?=<table|$)", html_of(mail.raw), re.DOTALL):
                assert 'role="presentation"' in table or '<th scope="row"' in table, instrument.key

    def test_there_is_one_first_heading_and_none_is_skipped(self, every_mail):
        for _, mail in every_mail:
            levels = [int(level) for level in re.findall(r"<h([1-6])", html_of(mail.raw))]
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_no_text_is_smaller_than_fourteen_pixels(self):
        sizes = re.findall(r"font-size: (\d+)px", (TEMPLATES / "emails" / "style.css").read_text())
        assert min(map(int, sizes)) >= 14


# (text, ground) pairs of style.css, light and dark.
PAIRS = [
    ("#2b2621", "#ffffff"), ("#8a3a24", "#ffffff"), ("#5f564c", "#ffffff"), ("#5a4a3c", "#ffffff"),
    ("#2c5a38", "#ffffff"), ("#2b2621", "#f4efe7"), ("#2b2621", "#eef4ec"), ("#2c5a38", "#eef4ec"),
    ("#5f564c", "#eef4ec"), ("#2b2621", "#fbf2de"), ("#ffffff", "#1f5f63"),
    ("#efe8de", "#26211e"), ("#f6efe5", "#26211e"), ("#eda98c", "#26211e"), ("#c2b7a9", "#26211e"),
    ("#ddcfbd", "#26211e"), ("#a9d3b2", "#26211e"), ("#efe8de", "#191614"), ("#efe8de", "#222e26"),
    ("#a9d3b2", "#222e26"), ("#c2b7a9", "#222e26"), ("#efe8de", "#39301f"), ("#17302f", "#a9d5d3"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("pair", PAIRS)
def test_text_stands_out_from_its_ground_in_both_palettes(pair):
    """OUT-8, WCAG 1.4.3."""
    dark, bright = sorted(map(luminance, pair))

    assert (bright + 0.05) / (dark + 0.05) >= 4.5


def test_every_colour_of_text_was_looked_at():
    css = (TEMPLATES / "emails" / "style.css").read_text()
    texts = set(re.findall(r"(?<![-\w])color: (#\w{6})", css))
    grounds = set(re.findall(r"background-color: (#\w{6})", css))

    assert texts == {text for text, _ in PAIRS}
    assert grounds == {ground for _, ground in PAIRS}
