"""Milestones by reply: done, a new date, a hand from somebody."""

from datetime import date

import pytest

from service.domain.collaboration import MilestoneState
from service.domain.prompt import PromptState
from service.store import collaborations, milestones, prompts
from service.store.models import EntryRow, MilestoneMoveRow, MilestoneRow, OutboxRow
from tests.flows.letters import QUOTE, bare_reply, quoted, reply
from tests.flows.town import ADA, GRACE, LINUS, PLAN, Town, text_of

STEPS = """
[[milestones]]
title = "Trail map"
due = 2026-12-04
owner = "grace@town.example"
[[milestones]]
title = "First walk"
due = 2026-12-10
owner = "grace@town.example"
[[milestones]]
title = "Reading signs"
due = 2027-01-15
owner = "linus@school.example"
"""
AHEAD, DONE, MOVED = MilestoneState.AHEAD, MilestoneState.DONE, MilestoneState.MOVED


@pytest.fixture
async def town(town: Town) -> Town:
    await town.apply(PLAN + STEPS)
    return town


@pytest.fixture
async def asked(town):
    return await town.check_in(GRACE)


async def stands(number: int) -> tuple[MilestoneState, date]:
    collaboration = await collaborations.find("trail")
    (one,) = [m for m in await collaborations.milestones(collaboration.id) if m.number == number]
    return one.state, one.due


async def unshown() -> list[tuple[int, str, str]]:
    collaboration = await collaborations.find("trail")
    return [(m.milestone.number, m.state, m.words) for m in await milestones.unshown(collaboration.id)]


def receipt(town, who=GRACE) -> str:
    return text_of(town.mails_to(who)[-1])


# What is asked


async def test_an_owner_is_asked_about_their_own_open_milestones_and_the_champion_about_all(town):
    await town.send()

    grace, ada, linus = (text_of(town.mails_to(who)[-1]) for who in (GRACE, ADA, LINUS))
    assert "milestone: its number and how it stands: done, a new date, or a hand from somebody" in grace
    assert "   (1. Trail map, Friday, December 4)\n   (2. First walk, Thursday, December 10)\n" in grace
    assert "Reading signs" not in grace
    assert "   (3. Reading signs, Friday, January 15)\n" in linus
    assert all(title in ada for title in ("Trail map", "First walk", "Reading signs"))


async def test_who_can_move_none_is_not_asked(town):
    await MilestoneRow.all().update(state=DONE.value)

    await town.send()

    assert all("milestone" not in text_of(town.mails_to(who)[-1]) for who in (ADA, GRACE, LINUS))


# What a reply does


@pytest.mark.parametrize(
    ("words", "state", "day", "says"),
    [
        ("milestone: 1 done", DONE, 4, "Milestone 1, Trail map: done."),
        (
            "milestone: 1 moved to December 18",
            MOVED,
            18,
            "Milestone 1, Trail map: now Friday, December 18 (was Friday, December 4).",
        ),
        (
            "Milestone: 1, a hand from the parks crew",
            MilestoneState.HAND_WANTED,
            4,
            "Milestone 1, Trail map: a hand is wanted. Its date is Friday, December 4.",
        ),
        (
            "milestone: 1 is at risk",
            MilestoneState.AT_RISK,
            4,
            "Milestone 1, Trail map: not certain yet. Its date is Friday, December 4.",
        ),
        ("milestone: 1 let it go", MilestoneState.LET_GO, 4, "Milestone 1, Trail map: let go."),
        ("Milestone 1: done", DONE, 4, "Milestone 1, Trail map: done."),
        ("milestone #1 - done!", DONE, 4, "Milestone 1, Trail map: done."),
        ("milestone: Trail map is done", DONE, 4, "Milestone 1, Trail map: done."),
    ],
)
async def test_its_owner_moves_it_and_the_receipt_says_what_changed(town, asked, words, state, day, says):
    await town.receive(bare_reply(asked, words))

    assert await stands(1) == (state, date(2026, 12, day))
    assert says in receipt(town)
    assert await stands(2) == (AHEAD, date(2026, 12, 10))


async def test_the_champion_moves_every_milestone(town):
    await town.send()

    await town.receive(bare_reply(town.mails_to(ADA)[-1], "milestone: 3 done"))

    assert (await stands(3))[0] is DONE


async def test_an_answer_below_the_list_in_the_quoted_mail_counts(town, asked):
    lines = []
    for line in quoted(asked).splitlines():
        lines += [line, "2 moved to December 17"] if "First walk" in line else [line]

    await town.receive(bare_reply(asked, "\n".join([QUOTE, *lines])))

    assert await stands(2) == (MOVED, date(2026, 12, 17))


async def test_two_milestones_in_one_answer_are_asked_again_and_none_moves(town, asked):
    """Never guess which one a date belongs to."""
    judged = await town.receive(bare_reply(asked, "milestone: 1 done\nmilestone: 2 moved to December 17"))

    assert judged.outcome == "clarification_asked"
    assert await unshown() == []
    await town.receive(reply(town.mails_to(GRACE)[-1], "1 done"))
    assert (await stands(1))[0] is DONE


async def test_what_an_answer_did_is_kept_with_what_stood_before_until_a_digest_tells_it(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 moved to December 18, the printer is ill"))

    collaboration = await collaborations.find("trail")
    (move,) = await milestones.unshown(collaboration.id)
    assert (move.state_before, move.due_before) == (AHEAD, date(2026, 12, 4))
    assert (move.state, move.due) == (MOVED, date(2026, 12, 18))
    assert (move.milestone.title, move.who, move.moved_at) == ("Trail map", "Grace Fielding", town.now)
    assert move.words == "1 moved to December 18, the printer is ill"
    await milestones.mark_shown([move.id])
    assert await milestones.unshown(collaboration.id) == []


async def test_a_reached_milestone_begins_its_debrief_once(town, asked):
    for _ in range(2):
        await town.receive(bare_reply(asked, "milestone: 1 done"))

    assert await OutboxRow.filter(instrument="debrief").count() == 3


async def test_somebody_elses_words_are_kept_and_the_receipt_names_who_moves_it(town, asked):
    """Grace gave the milestone away after she was asked about it."""
    await MilestoneRow.filter(number=1).update(owner_id=(await town.person(LINUS)).id)

    await town.receive(bare_reply(asked, "milestone: 1 done"))

    assert await stands(1) == (AHEAD, date(2026, 12, 4))
    assert await unshown() == []
    assert "Milestone 1, Trail map stays as it is: Linus Berg moves it, or the champion." in receipt(town)
    assert [entry.text for entry in await town.entries_of(asked)] == ["1 done"]


# Corrections


async def test_another_date_by_a_reply_to_the_receipt_is_a_further_move(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 moved to December 11"))

    await town.receive(bare_reply(town.mails_to(GRACE)[-1], "milestone: 1 moved to December 18"))

    assert await stands(1) == (MOVED, date(2026, 12, 18))
    assert "Milestone 1, Trail map: now Friday, December 18 (was Friday, December 11)." in receipt(town)
    assert "Milestone (changed)" in receipt(town)
    assert [entry.revision for entry in await town.entries_of(asked)] == [2]
    assert len(await unshown()) == 2


async def test_done_that_is_corrected_to_a_date_moves_once_more(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 done"))

    await town.receive(bare_reply(town.mails_to(GRACE)[-1], "milestone: 1 moved to December 18"))

    assert await stands(1) == (MOVED, date(2026, 12, 18))


async def test_the_wrong_number_is_put_back_and_the_right_one_moves(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 done"))

    await town.receive(bare_reply(town.mails_to(GRACE)[-1], "milestone: 2 done"))

    assert await stands(1) == (AHEAD, date(2026, 12, 4))
    assert (await stands(2))[0] is DONE
    assert "Milestone 1, Trail map stands again where it stood: Friday, December 4." in receipt(town)
    assert "Milestone 2, First walk: done." in receipt(town)
    assert await unshown() == [(2, DONE, "2 done")]


async def test_a_second_reply_to_the_questions_moves_another_one_and_leaves_the_first(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 done"))

    await town.receive(bare_reply(asked, "milestone: 2 done"))

    assert ((await stands(1))[0], (await stands(2))[0]) == (DONE, DONE)


# Taking back


async def test_taken_back_it_stands_where_it_stood_and_no_digest_tells_of_it(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 moved to December 18"))

    await town.receive(bare_reply(town.mails_to(GRACE)[-1], "TAKE BACK milestone"))

    assert await stands(1) == (AHEAD, date(2026, 12, 4))
    assert "Milestone 1, Trail map stands again where it stood: Friday, December 4." in receipt(town)
    assert await unshown() == []


async def test_taken_back_after_a_correction_it_stands_where_it_stood_first(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 moved to December 11"))
    await town.receive(bare_reply(town.mails_to(GRACE)[-1], "milestone: 1 done"))

    await town.receive(bare_reply(town.mails_to(GRACE)[-1], "TAKE BACK"))

    assert await stands(1) == (AHEAD, date(2026, 12, 4))


async def test_what_the_team_was_told_and_is_taken_back_is_told_as_well(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 done"))
    await MilestoneMoveRow.all().update(shown=True)

    await town.receive(bare_reply(town.mails_to(GRACE)[-1], "TAKE BACK"))

    assert await unshown() == [(1, AHEAD, "")]


@pytest.mark.parametrize("words", ["1 moved to December 18", "1 done"])
async def test_where_somebody_spoke_of_it_since_taking_back_restores_nothing(town, asked, words):
    await town.receive(bare_reply(asked, "milestone: 1 done"))
    mine = town.mails_to(GRACE)[-1]
    await town.receive(bare_reply(town.mails_to(ADA)[-1], f"milestone: {words}"))
    before = await stands(1)

    await town.receive(bare_reply(mine, "TAKE BACK"))

    assert await stands(1) == before
    assert "stands again" not in receipt(town)


async def test_where_the_plan_moved_it_since_taking_back_restores_nothing(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 done"))
    await MilestoneRow.filter(number=1).update(due=date(2026, 12, 24))

    await town.receive(bare_reply(town.mails_to(GRACE)[-1], "TAKE BACK"))

    assert await stands(1) == (DONE, date(2026, 12, 24))


async def test_a_milestone_that_moved_before_moves_were_kept_stays_and_can_be_moved(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 done"))
    await MilestoneMoveRow.all().delete()

    await town.receive(bare_reply(town.mails_to(GRACE)[-1], "TAKE BACK"))
    before = await stands(1)
    await town.receive(bare_reply(asked, "milestone: 1 moved to December 18"))

    assert before == (DONE, date(2026, 12, 4))
    assert await stands(1) == (MOVED, date(2026, 12, 18))


async def test_an_answer_counts_as_one(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 done"))

    (entry,) = await EntryRow.all()
    assert (await prompts.get(town.handle_of(asked))).state is PromptState.ANSWERED
    assert entry.text == "1 done"


async def test_the_receipt_of_a_blind_debrief_says_until_when_nobody_reads_it(town, asked):
    await town.receive(bare_reply(asked, "milestone: 1 done"))
    town.later(days=1)
    await town.deliver()

    await town.receive(bare_reply(town.asked(GRACE, "debrief"), "1: a map that children can read"))
    during = receipt(town)
    town.later(days=8)
    await town.receive(bare_reply(town.asked(GRACE, "debrief"), "2: they can"))

    until = (
        "This round is open until Tuesday, December 1. Until then nobody but you reads what is for your team."
    )
    assert until in during
    assert "This round is open" not in receipt(town)
