"""What many readers get alike is rendered once; each gets the very bytes that they would get alone."""

from dataclasses import replace

import pytest

from service.outbound.render import load_templates
from service.outbound.sample import sample_composer
from tests.unit.outbound.digests import MONDAY

NAMES = (
    "Grace Fielding",
    "Linus Berg",
    "Ada",
    "Zoë <b>Bold</b> & Co",
    "Ruth \N{RIGHT-TO-LEFT OVERRIDE}Calloway",
    "From Åse",
)


def round_of(write, key: str) -> list:
    """A letter to each of several people who are asked the same, as a round writes them."""
    first = write.letter(key)
    people = [
        replace(first.person, id=number, name=name, addr_spec=f"reader{number}@town.example")
        for number, name in enumerate(NAMES)
    ]
    return [
        replace(first, person=person, key=f"{key}:{person.id}", prompt_handle=f"{person.id:016x}")
        for person in people
    ]


@pytest.mark.parametrize("key", ["check-in", "digest", "debrief", "welcome"])
def test_a_mail_of_a_round_is_the_mail_that_its_reader_would_get_alone(write, templates, key):
    instrument, letters = write.playbook.get(key), round_of(write, key)
    together = sample_composer(templates)
    shared = together.share(instrument, {**letters[0].facts, "today": MONDAY}, letters[0].collaboration)

    in_a_round = [together.compose(instrument, letter, shared) for letter in letters]
    alone = [sample_composer(templates).compose(instrument, letter, shared) for letter in letters]

    assert [mail.raw for mail in in_a_round] == [mail.raw for mail in alone]
    assert [mail.text for mail in in_a_round] == [mail.text for mail in alone]
    assert len(b"".join(in_a_round[-1].shared)) > 0.6 * len(in_a_round[-1].raw)


def test_what_is_common_stands_in_the_mail_in_its_order(write, templates):
    instrument, letters = write.playbook.get("digest"), round_of(write, "digest")
    composer = sample_composer(templates)
    shared = composer.share(instrument, {**letters[0].facts, "today": MONDAY}, letters[0].collaboration)
    mails = [composer.compose(instrument, letter, shared) for letter in letters]

    at = 0
    for piece in mails[-1].shared:
        found = mails[-1].raw.find(piece, at)
        assert found >= at
        at = found + len(piece)


def test_a_template_that_does_more_with_a_name_than_show_it_is_rendered_for_each_reader(write, copied):
    body = copied / "emails" / "check-in" / "body.txt"
    body.write_text(
        body.read_text().replace(
            "{% block content %}",
            "{% block content %}\n{{ first_name | upper }}, {{ first_name | length }} letters.\n",
        )
    )
    composer = sample_composer(load_templates(copied / "emails"))

    mails = [composer.compose(write.playbook.get("check-in"), one) for one in round_of(write, "check-in")]

    assert "GRACE, 5 letters." in mails[0].text
    assert "LINUS, 5 letters." in mails[1].text
    assert "ADA, 3 letters." in mails[2].text


def test_other_questions_other_zones_and_other_facts_are_other_mails(write, composer):
    letters = round_of(write, "check-in")
    questions = tuple(question for question in letters[2].questions if question.key != "way")
    others = [
        replace(letters[2], questions=questions),
        replace(letters[2], person=replace(letters[2].person, zone="Pacific/Auckland")),
    ]
    instrument = write.playbook.get("check-in")

    for letter in letters:
        composer.compose(instrument, letter)

    assert "Is anything in the way?" not in composer.compose(instrument, others[0]).text
    assert "wk 48" in composer.compose(instrument, others[1]).subject
