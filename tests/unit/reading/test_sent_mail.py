"""Replies to the very mails that outbound composes: their text, their HTML, their footer."""

from pathlib import Path

import pytest

from service.domain.question import Question, QuestionType
from service.domain.reading import Asked
from service.message import Message, parse
from service.outbound.render import load_templates
from service.outbound.sample import sample_composer, sample_letter
from service.playbook.instruments import Playbook, parse_playbook
from service.reading import asked_from_mail, read
from service.reading.reader import read_parts
from tests.unit.reading.clients import ON, TOP, mail
from tests.unit.reading.prompts import CIRCUMSTANCES, values

TEMPLATES = Path(__file__).parents[3] / "templates"
SAID = {
    QuestionType.TEXT: ("The room is open.", "The room is open."),
    QuestionType.PEOPLE: ("Thanks to Maria!", ["Maria Santos"]),
    QuestionType.SCALE: ("4", 4),
    QuestionType.YES_NO: ("yes", True),
}


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    files = (TEMPLATES / "instruments").glob("*.toml")
    return parse_playbook({path.name: path.read_text("utf-8") for path in files})


@pytest.fixture(scope="module", params=range(4))
def sent(request: pytest.FixtureRequest, playbook: Playbook) -> Message:
    """The sample check-in, with each of its rotating questions."""
    composer = sample_composer(load_templates(TEMPLATES / "emails"))
    instrument = playbook.get("check-in")
    return parse(composer.compose(instrument, sample_letter(instrument, request.param)).raw)


def asked_in(sent: Message, playbook: Playbook) -> Asked:
    found = asked_from_mail(sent, playbook)
    assert found is not None
    return found


def numbered(asked: Asked) -> list[Question]:
    return [question for question in asked.questions if not question.prefix]


@pytest.mark.parametrize("shape", TOP.values(), ids=TOP.keys())
def test_answers_by_number_to_a_composed_mail_are_read_from_any_program(sent, playbook, shape) -> None:
    asked = asked_in(sent, playbook)
    words = "\n".join(
        f"{at}: {SAID[question.type][0]}" for at, question in enumerate(numbered(asked), start=1)
    )

    reading = read(parse(mail(shape(sent.text, words))), asked, CIRCUMSTANCES)

    assert values(reading) == {question.key: SAID[question.type][1] for question in numbered(asked)}
    assert reading.text.strip() == words
    assert reading.note == ""


def test_answers_written_into_our_html_are_read_by_the_block_they_stand_in(sent, playbook) -> None:
    asked = asked_in(sent, playbook)
    html = sent.html
    for question in numbered(asked):
        before, block, after = html.partition(f'id="q-{question.key}"')
        inside, end, rest = after.partition("</div>")
        html = f"{before}{block}{inside}<p>{SAID[question.type][0]}</p>{end}{rest}"

    reading = read_parts("", f"<div>{ON}</div><blockquote>{html}</blockquote>", "", asked, CIRCUMSTANCES)

    assert values(reading) == {question.key: SAID[question.type][1] for question in numbered(asked)}
    assert reading.note == ""


def test_our_html_quoted_whole_says_nothing(sent, playbook) -> None:
    html = f"<div>The room.</div><div>{ON}</div><blockquote>{sent.html}</blockquote>"

    reading = read_parts("", html, "", asked_in(sent, playbook), CIRCUMSTANCES)

    assert values(reading) == {"moved": "The room."}
    assert reading.text == "The room."


def test_our_html_without_any_mark_of_a_quote_is_ours_all_the_same(sent, playbook) -> None:
    reading = read_parts("", f"<div>The room.</div>{sent.html}", "", asked_in(sent, playbook), CIRCUMSTANCES)

    assert values(reading) == {"moved": "The room."}
    assert reading.text == "The room."


def test_a_question_that_is_asked_for_each_thing_is_known_as_it_was_printed(playbook: Playbook) -> None:
    raw = (
        "X-Common-Thread-Asked: check-in next pass-on-7 pass-on-12 need\n\n"
        "1. Next: What is your next step?\n\n"
        "2. Pass on to Ada: May we pass your thanks on to Ada Byron?\n   (yes / no)\n\n"
        "3. Pass on to Linus: May we pass your thanks on to Linus Field?\n   (yes / no)\n\n"
        "need: something that somebody else may have\n"
    )

    asked = asked_in(parse(raw.encode()), playbook)

    assert [(question.key, question.label) for question in asked.questions] == [
        ("next", "Next"),
        ("pass-on-7", "Pass on to Ada"),
        ("pass-on-12", "Pass on to Linus"),
        ("need", "Need"),
    ]
    assert asked.questions[1].text == "May we pass your thanks on to Ada Byron?"
    reading = read_parts("2: yes\n3: no", "", "", asked, CIRCUMSTANCES)
    assert values(reading) == {"pass-on-7": True, "pass-on-12": False}


@pytest.mark.parametrize("key", ["pass-on-x", "next-3", "reflection-99", "-7"])
def test_a_key_that_only_looks_like_one_is_unknown(playbook: Playbook, key: str) -> None:
    assert (
        asked_from_mail(parse(f"X-Common-Thread-Asked: check-in {key}\n\nHello\n".encode()), playbook) is None
    )
