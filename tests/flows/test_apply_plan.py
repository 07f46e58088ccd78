"""A plan becomes the store: shown first, done whole, changing nothing twice."""

import pytest

from service.domain.collaboration import MilestoneState
from service.flows.apply_plan import plan_changes
from service.playbook.plan import parse_plan
from service.store import collaborations, overview, people
from service.store.models import DueRow, MilestoneRow, RoleRow
from tests.flows.letters import reply
from tests.flows.town import ADA, GRACE, LINUS, PLAN, Town, text_of

MILESTONE = '[[milestones]]\ntitle = "First walk"\ndue = 2026-12-10\nowner = "grace@town.example"\n'
HOME = "grace.at.home@mail.example"
WITHOUT_LINUS = PLAN[: PLAN.index('[[people]]\nname = "Linus')]


async def changes(town, plan: str) -> list[str]:
    parsed = parse_plan("plan.toml", plan, {}, town.desk.playbook)
    return [f"{change.verb} {change.kind} {change.name}" for change in await plan_changes(parsed)]


@pytest.fixture
def empty(database, desk) -> Town:
    return Town(desk)


async def test_the_changes_of_a_new_plan_are_all_it_holds(empty):
    assert await changes(empty, PLAN + MILESTONE) == [
        "add collaboration trail",
        "add department City Library",
        "add department Senior Center",
        "add department School",
        "add person ada@town.example",
        "add person grace@town.example",
        "add person linus@school.example",
        "add milestone 1",
        "add cadence check-in",
    ]


async def test_looking_at_the_changes_changes_nothing(empty):
    await changes(empty, PLAN)

    assert await collaborations.every() == []


async def test_applying_twice_changes_nothing(empty):
    assert await empty.apply(PLAN + MILESTONE) == 3
    before = (await overview.overview(), await DueRow.all().values(), await RoleRow.all().values())

    assert await changes(empty, PLAN + MILESTONE) == []
    assert await empty.apply(PLAN + MILESTONE) == 0

    assert (await overview.overview(), await DueRow.all().values(), await RoleRow.all().values()) == before


async def test_everybody_is_welcomed_once_by_name_of_the_champion(empty):
    await empty.apply()
    await empty.deliver()

    welcomes = [empty.mails_to(who) for who in (ADA, GRACE, LINUS)]
    assert [len(mails) for mails in welcomes] == [1, 1, 1]
    assert "Ada Marlow has asked us to write to you about Reading Trail." in text_of(welcomes[1][0])
    assert "You are the champion of Reading Trail" in text_of(welcomes[0][0])


async def test_a_changed_plan_shows_each_change_from_what_to_what(town):
    plan = parse_plan("plan.toml", PLAN.replace("mon 09:00", "tue 10:30"), {}, town.desk.playbook)

    assert [(c.verb, c.kind, c.name, c.words) for c in await plan_changes(plan)] == [
        ("change", "cadence", "check-in", "mon 09:00 → tue 10:30")
    ]


async def test_who_joins_is_welcomed_and_nobody_else_hears_of_it(town):
    joined = PLAN + '[[people]]\nname = "Mary Bell"\nemail = "mary@town.example"\ndepartment = "School"\n'

    assert await changes(town, joined) == ["add person mary@town.example"]
    assert await town.apply(joined) == 1
    await town.deliver()

    assert town.sent_count == 1
    assert len(town.mails_to("mary@town.example")) == 1


async def test_who_leaves_gets_no_more_mail_and_what_they_said_stays(town):
    await town.send()
    asked = town.mails_to(LINUS)[-1]
    await town.receive(reply(asked, "The class read two books."))

    assert await changes(town, WITHOUT_LINUS) == ["remove person linus@school.example"]
    await town.apply(WITHOUT_LINUS)
    town.later(days=7)

    assert await town.send() == 2
    assert await town.tick() == 0
    assert await town.answers_to(asked) == {"moved": "The class read two books."}


async def test_who_takes_a_role_that_is_not_asked_gets_no_more_check_in(town):
    observing = PLAN.replace('department = "School"\n', 'department = "School"\nroles = ["observer"]\n')

    await town.apply(observing)
    for _ in range(8 * 4):
        town.later(hours=6)
        await town.tick()

    assert [len(town.mails_to(who)) for who in (ADA, GRACE, LINUS)] == [1, 1, 0]


async def test_a_prompt_that_was_queued_already_does_not_reach_who_left(town):
    await town.write()

    await town.apply(WITHOUT_LINUS)
    await town.deliver()

    assert [len(town.mails_to(who)) for who in (ADA, GRACE, LINUS)] == [1, 1, 0]


async def test_who_left_may_still_answer_and_gets_the_receipt(town):
    await town.send()
    asked = town.mails_to(LINUS)[-1]
    await town.apply(WITHOUT_LINUS)

    judged = await town.receive(reply(asked, "One last thing: the key is with Ada."))

    assert judged.outcome == "recorded"
    assert len(town.mails_to(LINUS)) == 2


async def test_a_plan_never_touches_what_a_person_said_about_our_mail(town):
    """Participation is set by their own word, by nothing else."""
    asked = await town.check_in(GRACE)
    await town.receive(reply(asked, "STOP"))

    await town.apply(PLAN.replace("Grace Fielding", "Grace Fielding-Ross"))

    assert (await town.person(GRACE)).name == "Grace Fielding-Ross"
    assert await town.participation(GRACE) == "stopped"


async def test_a_milestone_keeps_the_state_that_the_team_gave_it(empty):
    await empty.apply(PLAN + MILESTONE)
    collaboration = await collaborations.find("trail")
    (step,) = await collaborations.milestones(collaboration.id)
    await MilestoneRow.filter(id=step.id).update(state=MilestoneState.DONE.value)

    await empty.apply(PLAN + MILESTONE.replace("First walk", "First long walk"))

    (step,) = await collaborations.milestones(collaboration.id)
    assert (step.title, step.state) == ("First long walk", MilestoneState.DONE)


async def test_a_plan_that_fails_half_way_leaves_nothing_behind(empty, monkeypatch):
    """REL-1."""

    def fall_over(self, instrument, letter, shared=None):
        raise RuntimeError("the template fell over")

    monkeypatch.setattr(type(empty.desk.composer), "compose", fall_over)
    with pytest.raises(RuntimeError, match="fell over"):
        await empty.apply()

    assert await collaborations.every() == []
    assert await empty.person(GRACE) is None


async def test_a_cadence_that_the_plan_drops_asks_nobody_any_more(town):
    plan = PLAN.replace('[cadence]\ncheck-in = "mon 09:00"\n', "")

    assert await changes(town, plan) == ["remove cadence check-in"]
    await town.apply(plan)
    town.later(days=14)

    assert await town.tick() == 0


async def test_a_person_of_two_collaborations_is_one_person_with_two_check_ins(town):
    second = PLAN.replace('key = "trail"', 'key = "garden"').replace("Reading Trail", "School Garden")
    await town.apply(second)
    await town.deliver()
    town.relay.taken.clear()

    town.later(days=7)
    await town.tick()

    subjects = sorted(mail["Subject"] for mail in town.mails_to(GRACE))
    assert [subject[:14] for subject in subjects] == ["[Reading Trail", "[School Garden"]


async def test_a_plan_that_names_a_further_address_lets_our_mail_go_there(town):
    """Grace claimed it by mail; whoever runs the service makes it hers for good."""
    grace = await town.person(GRACE)
    await people.add_address(grace.id, HOME)
    plan = PLAN.replace(GRACE, HOME)

    await town.apply(plan)

    assert (await town.person(HOME)).id == grace.id
    assert (await town.person(GRACE)).addr_spec == HOME
    assert await changes(town, plan) == []


async def test_a_plan_that_gives_a_claimed_address_to_somebody_else_takes_it_away(town):
    """Else Otto would come in as Grace."""
    await people.add_address((await town.person(GRACE)).id, HOME)
    otto = f'[[people]]\nname = "Otto Vane"\nemail = "{HOME}"\ndepartment = "School"\n'

    await town.apply(PLAN + otto)

    assert (await town.person(HOME)).name == "Otto Vane"
    grace = await town.person(GRACE)
    assert (grace.name, grace.addr_spec) == ("Grace Fielding", GRACE)
