"""Debriefs: what a reached milestone taught. Those that come by rhythm are asked like any other mail."""

from datetime import datetime

from service.domain.collaboration import Milestone
from service.flows.asking import Contents, Round, ask
from service.flows.desk import Desk
from service.playbook.instruments import Trigger
from service.schedule.working_days import next_morning
from service.store import collaborations


async def begin(collaboration_id: int, milestone: Milestone, desk: Desk, now: datetime) -> int:
    """A milestone is reached: on their next working morning everybody is asked what it taught.

    Runs in the caller's transaction; asked once for each milestone. Returns how many are asked.
    """
    collaboration = await collaborations.get(collaboration_id)
    team = await collaborations.members(collaboration_id)
    contents = Contents(
        facts={"milestone": milestone}, not_before=lambda person: next_morning(person.zone, now)
    )
    asked = 0
    for instrument in desk.playbook.for_trigger(Trigger.MILESTONE_DONE):
        period = f"milestone-{milestone.id}"
        occasion = Round(instrument, collaboration, period, about=f"milestone:{milestone.id}")
        people = [member.person for member in team if member.roles & instrument.audience]
        asked += await ask(occasion, people, desk, now, contents)
    return asked
