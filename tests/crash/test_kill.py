"""SIGKILL at ten points of the loop, then a restart: nothing lost, nothing doubled but what was in doubt."""

import asyncio
import signal
from dataclasses import dataclass

import pytest

from tests.crash.house import House, Town, open_house
from tests.crash.judge import judge

AT_ONCE = 3
"""Houses under fire at the same time."""


@dataclass(frozen=True)
class Point:
    """Where the worker dies: at a ``step`` of the relay, or as ``launch`` says. ``scene`` finds rows that
    stand exactly as they must at that moment; a reply then lies in ``folder`` on the server. ``doubt``:
    a sender cannot know whether a mail was sent; ``doubled``: it was."""

    name: str
    scene: str
    step: str = ""
    launch: tuple[str, ...] = ()
    folder: str = ""
    doubt: bool = False
    doubled: bool = False


CLAIMED = "outbox WHERE state = 'sending' AND phase = 'connect'"
ANNOUNCED = "outbox WHERE state = 'sending' AND phase = 'dot'"
KEPT = "inbox WHERE state = 'kept' AND NOT EXISTS (SELECT 1 FROM entries)"
POINTS = (
    Point(
        "after the prompt's row",
        "prompts WHERE instrument = 'check-in' AND NOT EXISTS (SELECT 1 FROM outbox WHERE attempts > 0)",
        launch=("hold", "service.runner:deliver_outbox", "after", "service.runner:find_due"),
    ),
    Point("after the claim", CLAIMED, launch=("after", "service.store.outbox:claim")),
    Point("after MAIL", CLAIMED, step="MAIL"),
    Point(
        "mid-body",
        ANNOUNCED,
        launch=("before", "service.outbound.smtp.connection:Connection.finish"),
        doubt=True,
    ),
    Point("after the dot before the answer", ANNOUNCED, step="DOT", doubt=True, doubled=True),
    Point(
        "after the answer before the commit",
        ANNOUNCED,
        launch=("before", "service.store.outbox:settle"),
        doubt=True,
        doubled=True,
    ),
    Point(
        "after raw is kept before the move",
        f"{KEPT} AND attempts = 0",
        launch=("after", "service.store.inbox:keep"),
        folder="INBOX",
    ),
    Point(
        "after the move before the effects",
        KEPT,
        launch=(
            "hold",
            "service.runner:process_message",
            "after",
            "service.inbound.mailbox.mailbox:Mailbox.archive",
        ),
        folder="Processed",
    ),
    Point(
        "inside the effects' transaction",
        f"{KEPT} AND attempts = 1",
        launch=("after", "service.store.inbox:settle"),
    ),
    Point(
        "after the receipt's row",
        "outbox JOIN inbox ON inbox.state = 'settled'"
        " WHERE outbox.instrument = 'receipt' AND outbox.state = 'ready' AND outbox.attempts = 0",
        launch=("after", "service.runner:process_message"),
    ),
)


async def survive(point: Point, town: Town) -> None:
    async with open_house(town) as house:
        await die_there(house, point)

        worker = await house.start()
        await house.until_done()

        assert await worker.stop() == 0, await house.report()
        await judge(house)
        assert (await house.count("deliveries WHERE receipt = 'uncertain'") > 0) == point.doubt
        assert (len(house.relay.taken) > await house.count("outbox")) == point.doubled


async def die_there(house: House, point: Point) -> None:
    worker = await house.start(*point.launch)

    async def kill() -> None:
        worker.kill()
        await worker.ended()

    if point.step:
        house.relay.at[point.step] = kill
    try:
        status = await worker.ended()
    except TimeoutError:
        pytest.fail(f"nobody died {point.name}.\n{await house.report()}")
    house.relay.at.clear()
    assert status == -signal.SIGKILL, await house.report()
    assert await house.count(point.scene) > 0, f"it died elsewhere.\n{await house.report()}"
    if point.folder:
        assert await asyncio.to_thread(house.folder_of_server, point.folder)


@pytest.fixture(scope="module")
def fates(three_people: Town) -> dict[str, BaseException | None]:
    """What became of each house; they burn side by side, because processes take long to start."""

    async def all_of_them() -> list[BaseException | None]:
        room = asyncio.Semaphore(AT_ONCE)

        async def one(point: Point) -> None:
            async with room:
                await survive(point, three_people)

        return await asyncio.gather(*map(one, POINTS), return_exceptions=True)

    return dict(zip((point.name for point in POINTS), asyncio.run(all_of_them()), strict=True))


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_a_worker_killed_there_loses_nothing_and_doubles_only_what_was_in_doubt(point, fates):
    """I1 to I4; F1, F2, F4 to F8, F34, F35."""
    fate = fates[point.name]

    if fate is not None:
        raise fate
