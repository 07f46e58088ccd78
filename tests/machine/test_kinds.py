"""Automatic replies of many systems and languages, and people who only talk of them (MM-5, MM-6)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.mail import Kind
from service.inbound import classify, kind_of
from service.message import parse
from service.reading import visible_text
from tests.machine.samples import OURS, Sample, automatic, human, machinery

SILENT = [sample for sample in automatic() if not sample.headers]
SPEAKING = [sample for sample in automatic() if sample.headers]
MISSED = {
    "third 5": "what stands before the sentence that calls the mail automatic is of its own matter",
    "third 7": "for which program to write to whom could be a person's answer",
    "third 21": "whom to ring about acute matters could be a person's answer",
}
"""Silent ones that no rule finds, with what speaks against finding them."""
OWN = (
    "The arrows are painted.",
    "Yes.",
    "We need twenty vests.",
    "Linus has the keys.",
    "Nothing moved.",
    "Thanks to Grace for the cones!",
    "Die Karten sind gedruckt.",
    "Il manque des panneaux.",
    "Falta pintura.",
    "Bänkarna är målade.",
    "Mapa jest gotowa.",
    "地図は印刷しました。",
)


def is_machine(raw: bytes) -> bool:
    return classify(parse(raw)).kind is Kind.AUTO_REPLY


def test_the_samples_are_many_in_many_languages_with_and_without_headers() -> None:
    """Issue 4: at least 150 in at least 14 languages; and people who talk of the same."""
    assert len(automatic()) >= 300
    assert len({sample.language for sample in automatic()}) >= 30
    assert len(SPEAKING) >= 100
    assert len(SILENT) >= 150
    assert len(human()) >= 240
    assert len({sample.language for sample in human()}) >= 20


@pytest.mark.parametrize("threaded", [True, False])
@pytest.mark.parametrize("quoting", [True, False])
def test_every_header_of_an_automatic_reply_is_heard(threaded: bool, quoting: bool) -> None:
    assert [one.name for one in SPEAKING if not is_machine(one.raw(threaded=threaded, quoting=quoting))] == []


@pytest.mark.parametrize("quoting", [True, False])
def test_automatic_replies_with_a_silent_header_are_known_by_subject_and_words(quoting: bool) -> None:
    missed = {one.name for one in SILENT if not is_machine(one.raw(quoting=quoting))}

    assert missed == set(MISSED)
    assert len(missed) <= len(automatic()) / 100


def test_without_any_link_to_ours_most_of_them_are_still_known() -> None:
    """A rule of a mail program sends a new mail, so less speaks for it."""
    known = [one for one in SILENT if is_machine(one.raw(threaded=False))]

    assert len(known) >= 0.95 * len(SILENT)


@pytest.mark.parametrize("quoting", [True, False])
@pytest.mark.parametrize("threaded", [True, False])
def test_no_person_is_taken_for_a_machine(threaded: bool, quoting: bool) -> None:
    assert [one.name for one in human() if is_machine(one.raw(threaded=threaded, quoting=quoting))] == []


def test_a_person_whose_program_writes_no_re_is_a_person() -> None:
    """Our subjects start with a tag, and a machine's own subject does not (OUT-16)."""
    replies = [replace(one, subject=OURS) for one in human() if one.subject == f"Re: {OURS}"]

    assert len(replies) >= 150
    assert [one.name for one in replies if is_machine(one.raw())] == []


@pytest.mark.parametrize("quoting", [True, False])
def test_the_words_of_people_get_through(quoting: bool) -> None:
    lost = {
        (one.name, line)
        for one in human()
        for text in [" ".join(visible_text(one.raw(quoting=quoting)).split())]
        for line in one.keeps
        if " ".join(line.split()) not in text
    }

    assert lost == set()


@given(st.sampled_from(SILENT), st.sampled_from(OWN))
def test_one_sentence_of_ones_own_before_an_absence_makes_the_mail_a_persons(
    sample: Sample, own: str
) -> None:
    written = replace(sample, subject=f"Re: {OURS}", text=f"{own}\n\n{sample.text}")

    assert not is_machine(written.raw())


@given(st.sampled_from(SILENT), st.sampled_from(OWN), st.sampled_from([". ", "\n", "\n\n"]))
def test_one_sentence_of_ones_own_behind_an_absence_makes_the_mail_a_persons(
    sample: Sample, own: str, between: str
) -> None:
    """But for what a machine writes behind "this is an automatic reply", which may be anything."""
    alone = replace(sample, subject=f"Re: {OURS}")
    declared = replace(alone, text=f"{sample.text}\n\nXyzzy plugh.")
    written = replace(alone, text=f"{sample.text}{between}{own}")

    assert is_machine(declared.raw()) or not is_machine(written.raw())


@pytest.mark.parametrize("name", machinery())
def test_other_machinery_is_no_person(name: str) -> None:
    """Receipts, calendars, reactions, recalled mails, challenges, voicemail; charsets and forms (MM-8)."""
    assert kind_of(machinery()[name]) == "auto_reply"


def test_machinery_of_every_kind_is_here() -> None:
    assert len(machinery()) >= 15


@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_has_a_kind(text: str, subject: str) -> None:
    sample = replace(human()[0], text=text, subject=subject.encode("ascii", "ignore").decode())

    assert kind_of(sample.raw()) in set(Kind)
