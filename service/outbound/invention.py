"""Invented facts: the ``[sample]`` table of an instrument as the values that its templates get."""

from collections.abc import Callable, Mapping
from typing import Any

from service.domain.collaboration import Milestone, MilestoneState
from service.domain.digest import Digest, Item, Section, build, opening
from service.errors import Misconfigured
from service.playbook.expansion import Decision, Standing
from service.playbook.instruments import Instrument

Facts = Mapping[str, Any]


def invented_facts(instrument: Instrument) -> dict[str, object]:
    """What the ``[sample]`` table says, with the tables called by a name of ``BUILDERS`` as real values.

    Raises Misconfigured where such a table is not what it should be.
    """
    facts: dict[str, Any] = dict(instrument.sample)
    for name, built in BUILDERS.items():
        if name in facts:
            try:
                facts[name] = built(facts[name], facts)
            except (TypeError, ValueError, KeyError, AttributeError) as error:
                where = f"{instrument.key}.toml, [sample.{name}]"
                mend = "docs/templates.md shows what stands in it."
                raise Misconfigured(where, f"no such thing can be invented: {error}.", mend) from error
    return facts


def standing_of(facts: Facts) -> Standing:
    """What questions may be about, as far as the facts say."""
    digest = facts.get("digest")
    asked = digest.section(Section.DECISIONS) if isinstance(digest, Digest) else ()
    decisions = tuple(Decision(int(item.id[1:]), item.words, item.who) for item in asked)
    return Standing(facts.get("milestones", ()), decisions)


def _digest(table: Facts, facts: Facts) -> Digest:  # noqa: ARG001 - builders share one signature
    items = [Item(**{**item, "section": Section(item["section"])}) for item in table["items"]]
    momentum = [(week, count) for week, count in table.get("momentum", ())]
    return build(table["period"], table["why"], items, momentum, table.get("first", False))


def _opening(table: Facts, facts: Facts) -> object:
    return opening(facts["digest"], table["department"], table["people"])


def _milestone(table: Facts, facts: Facts) -> Milestone:  # noqa: ARG001 - builders share one signature
    return Milestone(**{**table, "state": MilestoneState(table.get("state", "ahead"))})


def _milestones(tables: list[Facts], facts: Facts) -> tuple[Milestone, ...]:
    return tuple(_milestone(table, facts) for table in tables)


BUILDERS: Mapping[str, Callable[[Any, Facts], object]] = {
    "digest": _digest,
    "opening": _opening,
    "milestone": _milestone,
    "milestones": _milestones,
}
"""The facts that are more than plain values; each may use those before it."""
