"""Where words of ours begin and end in a reply: the author's word beside them stays the author's (IN-9)."""

from collections.abc import Sequence

import pytest

from service.domain.question import Effect, Question, QuestionType
from service.domain.reading import Asked
from service.reading.align import LONGEST_LINE, align, is_lead
from service.reading.lines import Line
from service.reading.sent import MOST_PLACES, SentText, prepare
from tests.unit.reading.prompts import CHECK_IN, MOVED, NEXT, WAY, asked, sent_text

NEXT_ASKED = "What is your next step?"
WAY_ASKED = "Is anything in the way?"


def ours(
    lines: str | Sequence[str], quoted: bool | Sequence[bool] = True, sent: SentText | None = None
) -> list[list[str]]:
    """The words of each line that are ours."""
    texts = lines.split("\n") if isinstance(lines, str) else list(lines)
    marks = [quoted] * len(texts) if isinstance(quoted, bool) else quoted
    found = align([Line(text) for text in texts], marks, sent or prepare(asked())).ours
    return [
        [text[start:end] for start, end, _ in stretches] for text, stretches in zip(texts, found, strict=True)
    ]


def asked_in(text: str, quoted: bool = True) -> int:
    lines = [Line(raw) for raw in text.split("\n")]
    return align(lines, [quoted] * len(lines), prepare(asked())).questions


def prepared(text: str, *questions: Question) -> SentText:
    return prepare(Asked((text,), questions))


@pytest.mark.parametrize(
    ("line", "part"),
    [
        (f"2. Next: {NEXT_ASKED}", "2. Next: What is your next step"),
        (NEXT_ASKED, "What is your next step"),
        (f"Q: {NEXT_ASKED}", "What is your next step"),
        (f"({NEXT_ASKED}", "What is your next step"),
        (f"Ada: {NEXT_ASKED}\tPaint", "What is your next step"),
    ],
)
def test_a_question_that_begins_its_line_is_ours_outside_of_a_quote(line: str, part: str) -> None:
    assert ours(line, quoted=False) == [[part]]


@pytest.mark.parametrize(
    "line",
    [f"Ada asked {NEXT_ASKED}", "What is your next step for us?", "What is your next?", "Next: your step"],
)
def test_words_of_a_question_in_a_sentence_are_the_authors(line: str) -> None:
    assert ours(line, quoted=False) == [[]]


def test_outside_of_a_quote_a_line_that_asks_nothing_is_the_authors() -> None:
    line = "Two minutes for the after-school room? One word is enough, in any order."

    assert ours(line, quoted=False) == [[]]
    assert ours(line) == [[line[:-1]]]


MILL = ("Line one is about the old mill", "Line two is about the new bridge", "Line three is about the room")


def test_three_lines_of_ours_in_a_row_are_a_quote_without_any_mark() -> None:
    sent = prepared("\n".join([*MILL, f"1. Next: {NEXT_ASKED}"]), NEXT)

    assert ours(["Yes", *MILL, "No"], False, sent) == [[], *([line] for line in MILL), []]
    assert ours(MILL[:2], False, sent) == [[], []]
    assert ours([f"Yes {' '.join(MILL)}"], False, sent) == [list(MILL)]
    short = ("The old mill", "The new bridge", "The big room")
    assert ours(short, False, prepared("\n".join(short), NEXT)) == [[line] for line in short]
    assert ours([*MILL[:2], "Ha", MILL[2]], False, sent) == [[], [], [], []]


WHO = "Who reads your answer: your team, with your name. It may also be a public record"


@pytest.mark.parametrize(
    "line",
    [
        WHO.replace("your team", "our crew"),
        WHO.replace("It may also", "It also"),
        WHO.replace(" a public record", ""),
        WHO.replace("Who reads your", "Your"),
    ],
)
def test_a_line_that_a_client_changed_in_few_words_is_ours(line: str) -> None:
    covered = sum(len(part) for part in ours(line)[0])

    assert covered > 0.75 * len(line)


@pytest.mark.parametrize(
    "line",
    [f"{WHO[:52]} of mine", "Who reads your answer is a riddle", "The public record is a good place for it"],
)
def test_a_line_of_which_less_is_there_is_the_authors(line: str) -> None:
    assert ours(line) == [[]]


def test_two_words_that_a_client_changed_are_ours_with_their_line() -> None:
    line = WHO.replace("your team", "our crew")

    assert ours(line) == [[line]]


def test_two_lines_of_which_half_is_there_are_the_authors() -> None:
    assert ours(["Who reads your answer is a riddle to me", "Two minutes for the after-school club"]) == [
        [],
        [],
    ]


@pytest.mark.parametrize(
    "link", ["<https://town.example/x?y=z>", "[mailto:ada@town.example]", "(HTTPS://town.example)"]
)
def test_a_link_that_a_program_put_into_a_line_of_ours_does_not_hide_it(link: str) -> None:
    line = f"What is your {link} next step?"

    assert ours(line) == ours(line, quoted=False) == [[line[:-1]]]


def test_words_that_are_added_to_a_line_of_ours_stay_the_authors() -> None:
    (parts,) = ours(WHO.replace("your team", "your big team"))

    assert " ".join(parts).replace(",", "").split() == WHO.replace(",", "").split()
    assert not any("big" in part for part in parts)


def test_a_short_question_must_be_there_word_for_word() -> None:
    assert ours("What is your very next step?") == [[]]
    assert ours("What is your nicest step?") == [[]]
    assert ours("Is there anything in the way?") == [[]]


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("HELP, PAUSE, STOP or SKIP as the fir", "HELP, PAUSE, STOP or SKIP as the fir"),
        ("HELP, PAUSE, STOP or SKIP as", "HELP, PAUSE, STOP or SKIP as"),
        ("HELP, PAUSE, STOP", "HELP, PAUSE, STOP"),
        ("HELP, PAUSE, STOP or SKIP as fog", ""),
        ("HELP, PAUSE, STOP or SKIP as the first thing", ""),
        ("HELP, PAUSE, STOP or SKIP as the f word", ""),
        ("PAUSE, STOP or SKIP", ""),
        ("HELP, PAUSE", ""),
    ],
)
def test_a_line_that_a_program_cut_off_is_ours_up_to_the_cut(line: str, cut: str) -> None:
    assert ours(line) == [[cut] if cut else []]
    assert ours([line, "Paint"])[1] == []
    assert ours(line, quoted=False) == [[]]


def test_a_line_of_ours_is_whole_below_words_of_ours_that_its_author_says_again() -> None:
    recall, week = "Walk the route with four seniors.", f"Next week: {WAY_ASKED}"
    sent = prepared(f"{recall}\nNext: {NEXT_ASKED}\n{week}", NEXT, WAY)

    assert ours([f"Next: {NEXT_ASKED}", recall, week], True, sent)[1:] == [[], [week[:-1]]]


def test_a_number_that_a_client_put_on_a_line_of_its_own_is_ours() -> None:
    assert ours(["3.", f"In the way: {WAY_ASKED}"]) == [["3"], ["In the way: Is anything in the way"]]


def test_hints_and_rules_are_ours_right_below_a_line_of_ours() -> None:
    pace = f"5. One more: {CHECK_IN[4].text}"

    assert ours([pace, "(1 to 5)", "", "5"])[1:] == [["1 to 5"], [], []]
    assert ours([WHO, "---", "---"])[1:] == [["---"], []]
    assert ours(["---"]) == [[]]
    assert ours([f"2. Next: {NEXT_ASKED}", "", "---", "Paint"])[1:] == [[], ["---"], []]
    assert ours([f"2. Next: {NEXT_ASKED}", "Paint", "---"])[1:] == [[], []]


SHORT = "1. Next: What is your next step?\n   (or two)\n2. In the way: Is anything in the way?\n   Yes?"


def test_a_hint_too_short_to_be_found_by_its_words_is_ours_below_its_question_alone() -> None:
    sent = prepared(SHORT, NEXT, WAY)

    assert ours([NEXT_ASKED, "(or two)"], True, sent)[1] == ["or two"]
    assert ours([NEXT_ASKED, "OR TWO"], True, sent)[1] == ["OR TWO"]
    assert ours([NEXT_ASKED, "Or three"], True, sent)[1] == []
    assert ours([f"{NEXT_ASKED} Ha", "(or two)"], True, sent)[1] == ["(or two)"]
    assert ours([WAY_ASKED, "or two"], True, sent)[1] == []
    assert ours(["Hello", "or two"], True, sent)[1] == []


def test_the_number_of_our_questions_that_a_reply_quotes_is_counted_once_each() -> None:
    assert asked_in(sent_text(CHECK_IN)) == len(CHECK_IN)
    assert asked_in(f"{NEXT_ASKED}\nPaint\n{NEXT_ASKED}\n{WAY_ASKED}") == 2
    assert asked_in(WHO) == 0


def test_a_line_longer_than_any_of_ours_is_read_no_further() -> None:
    padded = "x " * (LONGEST_LINE // 2)

    assert ours(padded + NEXT_ASKED) == [[]]
    assert ours(padded[: -len(NEXT_ASKED) - 1] + NEXT_ASKED) == [["What is your next step"]]


def test_of_two_equal_lines_the_one_that_goes_on_counts() -> None:
    label = "Your words about the old mill:"
    sent = prepared(f"{label}\n1. Next: {NEXT_ASKED}\n{label}\n2. In the way: {WAY_ASKED}", NEXT, WAY)
    lines = [Line(text) for text in (NEXT_ASKED, "Paint", label, WAY_ASKED)]

    found = align(lines, [True] * 4, sent).ours[2]

    assert [line.start for _, _, line in found] == [sent.lines[2].start]


@pytest.mark.parametrize("words", ["Q: ", "Ada:", "12) ", "12. ", "*Grace:* ", "3. "])
def test_a_short_mark_in_front_of_a_question_leads_to_it(words: str) -> None:
    assert is_lead(words)


@pytest.mark.parametrize(
    "words", ["", ":", "Q", "Q; ", "Yes. ", "our room:", "Questions of Ada: ", "Questions: "]
)
def test_words_in_front_of_a_question_are_no_lead(words: str) -> None:
    assert not is_lead(words)


def lines_of(text: str, *questions: Question) -> list[tuple[str, str, bool]]:
    sent = prepared(text, *questions)
    return [(" ".join(sent.words[one.start : one.end]), one.question, one.asks) for one in sent.lines]


def test_each_line_of_ours_knows_its_question() -> None:
    text = f"Hello Grace,\n1. Next: {NEXT_ASKED}\n  (one word)\n\n2. In the way: {WAY_ASKED}\nSee you."

    assert lines_of(text, NEXT, WAY) == [
        ("hello grace", "", False),
        ("1 next what is your next step", "next", True),
        ("one word", "next", False),
        ("2 in the way is anything in the way", "way", True),
        ("see you", "", False),
    ]


def test_a_receipt_reads_an_answer_back_below_its_label() -> None:
    moved = "Moved forward (you said):\n    the old room\n      and more"
    text = f"{moved}\nIn the way:\n    rain\nGood night\n    all"

    assert [(question, asks) for _, question, asks in lines_of(text, MOVED, WAY)] == [
        ("moved", False),
        ("moved", False),
        ("moved", False),
        ("way", False),
        ("way", False),
        ("", False),
        ("", False),
    ]


def test_a_second_text_begins_without_a_question() -> None:
    sent = prepare(Asked((f"1. Next: {NEXT_ASKED}", "(of last week)\n(paint)"), (NEXT,)))

    assert [one.question for one in sent.lines] == ["next", "", ""]


def test_the_longest_question_at_the_end_of_a_line_is_the_one_it_asks() -> None:
    step = Question("step", "Step", "next step?", QuestionType.TEXT, Effect.NOTE)
    empty = Question("empty", "Empty", "?", QuestionType.TEXT, Effect.NOTE)

    for questions in ((step, NEXT, empty), (NEXT, empty, step)):
        (line,) = prepared(f"7. Ada: {NEXT_ASKED}", *questions).lines
        assert (line.question, line.ask_at) == ("next", 2)


def test_the_line_below_is_told_where_it_cannot_be_found_by_its_words() -> None:
    sent = prepared(f"{NEXT_ASKED}\n(a b c d)\nGood luck\nSee you then\n{WAY_ASKED}", NEXT, WAY)
    below = [sent.below(line) for line in sent.lines]

    assert below == [sent.lines[1], sent.lines[2], None, None, None]


def test_a_hint_has_both_its_brackets_and_a_question_above_it() -> None:
    text = f"{NEXT_ASKED}\n(paint\n{WAY_ASKED}\nrain)\n"

    assert [question for _, question, _ in lines_of(text, NEXT, WAY)] == ["next", "", "way", ""]
    assert [question for _, question, _ in lines_of("---\n(1 to 5)", NEXT)] == [""]


def test_a_question_may_have_one_word() -> None:
    why = Question("why", "", "Why?", QuestionType.TEXT, Effect.NOTE)

    assert [question for _, question, _ in lines_of("1. Why?\nBecause", why)] == ["why", ""]


def test_a_phrase_that_stands_everywhere_is_no_landmark() -> None:
    sent = prepared("one two three\n---\n \n*** \n" * (MOST_PLACES + 4), NEXT)

    assert sent.grams["one", "two", "three"] == tuple(range(0, 3 * MOST_PLACES, 3))
    assert sent.rules == {"---", "***"}
    assert sent.line_at[:7] == (0, 0, 0, 1, 1, 1, 2)


def test_an_answer_in_figures_above_a_question_of_ours_is_no_number_of_ours() -> None:
    lines = ["3", f"In the way: {WAY_ASKED}"]

    assert ours(lines, [False, True]) == [[], ["In the way: Is anything in the way"]]
    bare = prepared(f"3. {WAY_ASKED}", WAY)
    assert ours(["We were 3", WAY_ASKED], False, bare) == [[], ["Is anything in the way"]]
    assert ours([f"We were {lines[0]}", lines[1]]) == [[], ["In the way: Is anything in the way"]]
