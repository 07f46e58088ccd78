"""Sample mail with invented people, for previews and for checking templates before anybody gets them."""

from datetime import UTC, datetime

from service.addressing import Keyring
from service.domain.collaboration import Collaboration
from service.domain.people import Person, Role
from service.outbound.compose import Composer
from service.outbound.invention import invented_facts, standing_of
from service.outbound.letter import Letter, Sender
from service.outbound.render import TemplateSet
from service.playbook.expansion import expand
from service.playbook.instruments import Instrument, Playbook

# Public on purpose: nothing that it signs is ever accepted by an installation.
SAMPLE_KEYRING = Keyring((b"a public secret, for samples only",))
SAMPLE_SENDER = Sender(
    name="Common Thread",
    address="thread@town.example",
    mailbox="thread@town.example",
    organisation="The Town of Fernhill",
    operator="it-desk@town.example",
)
_GRACE = Person(1, "Grace Fielding", "grace@town.example", "America/New_York")
_TRAIL = Collaboration(
    1,
    "reading-trail",
    "Riverside Reading Trail",
    "Children and grandparents walk the river and read a story together, sign by sign.",
    "America/New_York",
)
_MONDAY = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)


def sample_letter(instrument: Instrument, turn: int = 0) -> Letter:
    """The ``turn``-th mail of ``instrument`` to Grace; its ``[sample]`` table gives the facts.

    Raises Misconfigured where a table of it is not what it should be.
    """
    key = f"sample:{instrument.key}"
    handle = SAMPLE_KEYRING.handle(key)
    facts = invented_facts(instrument)
    questions = expand(instrument.asked(turn), standing_of(facts), _GRACE.id, frozenset({Role.MEMBER}))
    return Letter(key, _GRACE, _TRAIL, handle, questions, _MONDAY, facts=facts)


def sample_composer(templates: TemplateSet) -> Composer:
    """A composer that needs no settings."""
    return Composer(templates, SAMPLE_KEYRING, SAMPLE_SENDER)


def rehearse(templates: TemplateSet, playbook: Playbook) -> None:
    """Write every instrument's sample mail, so that a broken template stops the start, not a Monday.

    Raises Misconfigured for the first fault: an instrument without templates, a name that no
    mail has, a template that asks for a fact which its ``[sample]`` lacks, a picture that nobody drew.
    """
    composer = sample_composer(templates)
    for instrument in playbook.instruments.values():
        composer.compose(instrument, sample_letter(instrument))
