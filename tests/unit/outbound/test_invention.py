"""Invented facts: ``[sample]`` tables as the values that a mail really gets."""

from datetime import date

import pytest

from service.domain.collaboration import Milestone, MilestoneState
from service.domain.digest import Digest, Section
from service.errors import Misconfigured
from service.outbound.invention import invented_facts, standing_of
from service.playbook.instruments import parse_instrument

HEAD = 'title = "New"\naudience = ["member"]\ntrigger = "by_hand"\nprivacy = "T"\n'
DIGEST = """
[sample.digest]
period = "2026-W48"
why = "Because."
momentum = [["2026-W47", 3]]
[[sample.digest.items]]
id = "e7"
section = "decisions"
words = "Two languages?"
who = "Ada Marlow"
"""


def facts_of(toml):
    return invented_facts(parse_instrument("new-one.toml", HEAD + toml))


def test_plain_facts_stay_as_they_are():
    assert facts_of('[sample]\nnote = "x"\nday = 2026-12-07\n') == {"note": "x", "day": date(2026, 12, 7)}


def test_a_digest_is_one_as_it_would_be_built():
    digest = facts_of(DIGEST)["digest"]

    assert isinstance(digest, Digest)
    assert digest.momentum == (("2026-W47", 3),)
    assert [item.id for item in digest.section(Section.DECISIONS)] == ["e7"]


def test_questions_may_be_about_its_decisions_and_milestones():
    facts = facts_of(
        DIGEST
        + '[[sample.milestones]]\nid = 3\nnumber = 1\ntitle = "Signs"\ndue = 2026-12-04\nowner = "Ada"\n'
        'state = "moved"\n'
    )

    standing = standing_of(facts)

    assert [(one.id, one.words, one.who) for one in standing.decisions] == [
        (7, "Two languages?", "Ada Marlow")
    ]
    assert standing.milestones == (Milestone(3, 1, "Signs", date(2026, 12, 4), "Ada", MilestoneState.MOVED),)


@pytest.mark.parametrize(
    "toml",
    [
        '[sample]\ndigest = "x"\n',
        '[sample.digest]\nperiod = "2026-W48"\n',
        DIGEST.replace("decisions", "secrets"),
        DIGEST.replace("words", "wrods"),
        '[sample.opening]\ndepartment = "City Library"\npeople = []\n',
        "[sample.milestone]\nid = 3\n",
    ],
)
def test_what_is_no_such_thing_is_named_with_its_table(toml):
    with pytest.raises(Misconfigured, match=r"new-one\.toml, \[sample\.\w+\]"):
        facts_of(toml)
