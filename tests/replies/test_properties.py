"""For any prompt and any reply: nothing of ours leaks in, nothing of theirs is lost, nothing is stored that
was not said (IN-9, IN-11, IN-15)."""

from collections import Counter
from collections.abc import Iterable
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.question import QuestionType
from service.domain.reading import Asked, Reading
from service.message import Message, TooLarge, parse
from service.message.plain import plain
from service.reading import Circumstances, read, visible_text
from service.reading.lines import INVISIBLE
from service.reading.reader import read_parts
from service.reading.words import words_of
from tests.replies import prompts
from tests.replies.generated import Case, generate
from tests.replies.judge import OUR_WORDS_IN_A_ROW, judge
from tests.replies.strategies import Reply, damaged, patchworks, replies
from tests.replies.town import ROSTER

SEEDS = st.integers(1_000_000, 2_000_000)


def kept_words(reading: Reading) -> list[str]:
    """Every text that is kept of a reply."""
    return [*(answer.text for answer in reading.answers), *reading.unread_text.values(), reading.note]


def counted(texts: list[str]) -> Counter[str]:
    """Words, and what else can be seen that is no punctuation: emoji count as words."""
    seen = [plain(text).translate(INVISIBLE) for text in texts]
    found = Counter(word.normal for text in seen for word in words_of(text))
    found.update(character for text in seen for character in text if ord(character) > 0x1F000)
    return found


def check_form(reading: Reading, asked: Asked) -> None:
    """What holds for each reading, whatever the mail."""
    keys = {question.key: question for question in asked.questions}
    answered = [answer.question for answer in reading.answers]
    assert len(set(answered)) == len(answered)
    assert sorted([*answered, *reading.unread, *reading.missing]) == sorted(keys)
    assert reading.unread_text.keys() == set(reading.unread)
    for answer in reading.answers:
        pieces = [reading.text[span.start : span.end] for span in answer.spans]
        assert filled("\n".join(pieces)) == filled(answer.text)
        if keys[answer.question].type is QuestionType.TEXT:
            assert answer.value in (answer.text.strip(), "")
    ends = [edge for answer in reading.answers for span in answer.spans for edge in (span.start, span.end)]
    assert all(0 <= edge <= len(reading.text) for edge in ends)


def filled(text: str) -> list[str]:
    return [line for line in text.strip().split("\n") if line.strip()]


def read_case(case: Case | Reply) -> Reading:
    return read(parse(case.raw), case.asked, case.circumstances)


@settings(max_examples=150, deadline=None)
@given(replies())
def test_no_word_of_the_author_is_lost_whatever_they_write_wherever(reply: Reply) -> None:
    reading = read_case(reply)

    assert (
        counted([line for typed in reply.typed for line in typed.said]) - counted(kept_words(reading))
        == Counter()
    )


def rows(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """All rows of four words."""
    return {
        tuple(word.normal for word in said[at : at + OUR_WORDS_IN_A_ROW])
        for text in texts
        for said in [words_of(plain(text))]
        for at in range(len(said) - OUR_WORDS_IN_A_ROW + 1)
    }


@settings(max_examples=100, deadline=None)
@given(replies())
def test_four_words_of_ours_in_a_row_are_never_the_authors(reply: Reply) -> None:
    kept = rows(kept_words(read_case(reply)))

    assert kept & rows(reply.asked.texts) - rows(typed.text for typed in reply.typed) == set()


@settings(max_examples=100, deadline=None)
@given(replies())
def test_answers_stand_where_their_spans_say_and_reading_twice_says_the_same(reply: Reply) -> None:
    reading = read_case(reply)

    check_form(reading, reply.asked)
    assert read_case(reply) == reading


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SEEDS)
def test_of_any_generated_reply_nothing_is_lost_nothing_is_ours_nothing_is_made_up(seed: int) -> None:
    """The same replies each time: ``python -m tests.replies.measure`` reads as many as one likes."""
    case = generate(seed)
    reading = read_case(case)
    verdict = judge(case.layout, reading, case.asked)

    assert (verdict.wrong, verdict.lost, verdict.ours) == ([], [], [])
    check_form(reading, case.asked)


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, share=st.floats(0, 1))
def test_a_mail_that_was_cut_off_is_read_as_far_as_it_goes(seed: int, share: float) -> None:
    case = generate(seed)
    raw = case.raw[: int(share * len(case.raw))]

    reading = read(parse(raw), case.asked, case.circumstances)

    check_form(reading, case.asked)
    check_said(reading.text, parse(raw))


@settings(max_examples=200, deadline=None)
@given(raw=damaged(), asking=SEEDS)
def test_no_damaged_mail_makes_a_reader_raise_or_say_what_the_mail_does_not(raw: bytes, asking: int) -> None:
    """IN-15."""
    case = generate(asking)
    try:
        message = parse(raw)
    except TooLarge:
        assert visible_text(raw) == ""
        return

    reading = read(message, case.asked, case.circumstances)

    check_form(reading, case.asked)
    check_said(reading.text, message)
    check_said(visible_text(raw), message)


@settings(max_examples=200, deadline=None)
@given(
    text=patchworks(), html=patchworks(of_html=True), name=st.sampled_from(("", "Grace", "Grace Fielding"))
)
def test_pieces_of_replies_in_any_order_are_read(text: str, html: str, name: str) -> None:
    """IN-15."""
    sent = prompts.sent("check-in 0")

    for form in ((text, html), (text, ""), ("", html)):
        reading = read_parts(*form, name, sent.asked, Circumstances(sent.at.date(), "en-US", ROSTER))
        check_form(reading, sent.asked)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000))
def test_no_bytes_make_a_reader_raise(raw: bytes) -> None:
    """IN-15."""
    case = generate(1)

    reading = read(parse(raw), case.asked, case.circumstances)

    check_form(reading, case.asked)
    check_said(visible_text(raw), parse(raw))


def check_said(text: str, message: Message) -> None:
    """No letter of ``text`` that one of the mail's parts does not have: numbers and bullets are drawn."""
    forms = [message.text, unescape_all(message.html)]
    assert any(not letters(text) - letters(form) for form in forms)


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalpha())


def unescape_all(html: str) -> str:
    try:
        return unescape(html)
    except ValueError:  # a number that Python does not want to read
        return html


@settings(max_examples=100, deadline=None)
@given(replies())
def test_without_its_prompt_a_reply_is_one_note_of_its_visible_words(reply: Reply) -> None:
    reading = read(parse(reply.raw), None, Circumstances(reply.circumstances.today))

    assert reading.answers == ()
    assert counted([reading.note]) - counted([reading.text]) == Counter()
    check_said(visible_text(reply.raw), parse(reply.raw))
