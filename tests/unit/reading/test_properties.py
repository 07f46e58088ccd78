"""For any prompt and any reply: nothing of ours leaks in, nothing of theirs is lost (FIG-11)."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.question import Effect, Question, QuestionType
from service.domain.reading import Asked
from service.message import parse
from service.reading import read, visible_text
from service.reading.reader import read_parts
from tests.unit.reading.clients import TOP, mail
from tests.unit.reading.prompts import CIRCUMSTANCES, sent_text

WORD = st.text(string.ascii_lowercase + "äéñøß", min_size=2, max_size=9)
# the author's words begin with one that nobody mistakes for an empty answer, a number or a label
SENTENCE = st.lists(WORD, min_size=1, max_size=12).map(lambda words: "quite " + " ".join(words))
TEXT = st.lists(SENTENCE, min_size=1, max_size=3).map("\n".join)


@st.composite
def prompts(draw: st.DrawFn) -> tuple[Question, ...]:
    """One to six questions, texts and scales mixed."""
    kinds = draw(st.lists(st.sampled_from([QuestionType.TEXT, QuestionType.SCALE]), min_size=1, max_size=6))
    return tuple(
        Question(
            key=f"key{number}",
            label=f"Label {string.ascii_uppercase[number]}",
            text="How is " + " ".join(draw(st.lists(WORD, min_size=3, max_size=9))) + "?",
            type=kind,
            effect=Effect.NOTE,
        )
        for number, kind in enumerate(kinds)
    )


@st.composite
def answered(draw: st.DrawFn) -> tuple[tuple[Question, ...], dict[str, object]]:
    questions = draw(prompts())
    chosen = draw(st.lists(st.sampled_from(questions), min_size=1, unique=True))
    return questions, {
        question.key: draw(st.integers(1, 5)) if question.type is QuestionType.SCALE else draw(TEXT)
        for question in chosen
    }


@settings(max_examples=80, deadline=None)
@given(case=answered(), shape=st.sampled_from(sorted(TOP)))
def test_numbered_answers_come_back_as_they_were_written(
    case: tuple[tuple[Question, ...], dict[str, object]], shape: str
) -> None:
    """IN-12."""
    questions, answers = case
    numbers = {question.key: number for number, question in enumerate(questions, start=1)}
    words = "\n".join(f"{numbers[key]}: {value}" for key, value in answers.items())
    sent = sent_text(questions)

    reading = read(parse(mail(TOP[shape](sent, words))), Asked((sent,), questions), CIRCUMSTANCES)

    assert {answer.question: answer.value for answer in reading.answers} == answers
    assert reading.text.strip() == words  # one program puts a space in front
    assert reading.note == ""


@settings(max_examples=60, deadline=None)
@given(questions=prompts(), words=TEXT, shape=st.sampled_from(sorted(TOP)))
def test_every_word_of_the_author_and_no_word_of_ours_is_in_the_reading(
    questions: tuple[Question, ...], words: str, shape: str
) -> None:
    sent = sent_text(questions)

    reading = read(parse(mail(TOP[shape](sent, words))), Asked((sent,), questions), CIRCUMSTANCES)

    kept = (
        reading.note
        + "".join(answer.text for answer in reading.answers)
        + "".join(reading.unread_text.values())
    )
    assert reading.text.strip() == words
    assert kept == words


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_no_mail_makes_the_reader_raise_and_spans_stay_inside(text: str, html: str) -> None:
    """IN-15."""
    question = Question("moved", "Moved", "What moved?", QuestionType.TEXT, Effect.PROGRESS, default=True)

    reading = read_parts(text, html, "Grace", Asked((sent_text((question,)),), (question,)), CIRCUMSTANCES)

    assert all(
        0 <= span.start < span.end <= len(reading.text) for answer in reading.answers for span in answer.spans
    )


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_no_bytes_make_the_visible_text_raise(raw: bytes) -> None:
    """IN-15."""
    assert isinstance(visible_text(raw), str)
