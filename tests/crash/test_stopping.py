"""A worker ends: what it holds is finished or free, and nothing stays behind (REL-12)."""

import asyncio
import signal

from tests.crash.house import House, is_running, open_house
from tests.crash.judge import judge


async def slowly() -> None:
    await asyncio.sleep(0.03)


async def test_a_storm_of_restarts_in_the_middle_of_a_batch_loses_and_doubles_nothing(twelve_people):
    """F55, short."""
    async with open_house(twelve_people) as house:
        house.relay.at["DOT"] = slowly
        for mails in (5, 10):
            worker = await house.start()
            await house.until_up(worker)
            await house.until_taken(len(house.relay.taken) + mails)
            valkey = await worker.valkey_pid()

            assert await worker.stop() == 0, await house.report()

            assert not is_running(valkey)
            await nothing_is_held(house)
        worker = await house.start()
        await house.until_up(worker)
        await house.until_done()
        assert await worker.stop() == 0, await house.report()
        await judge(house)
        assert await house.count("deliveries WHERE receipt = 'uncertain'") == 0


async def nothing_is_held(house: House) -> None:
    """The next worker can read and send at once, and no message is one step nearer to quarantine."""
    assert await house.count("outbox WHERE state = 'sending'") == 0
    assert await house.count("inbox WHERE state = 'kept' AND attempts > 0") == 0
    assert await house.count("cursors WHERE reader <> ''") == 0


async def test_no_valkey_outlives_a_worker_that_is_killed(three_people):
    async with open_house(three_people) as house:
        worker = await house.start()
        await house.until_up(worker)
        valkey = await worker.valkey_pid()

        worker.kill()
        assert await worker.ended() == -signal.SIGKILL

        await house.until(lambda: _gone(valkey), "Valkey had followed its worker")


async def _gone(pid: int) -> bool:
    return not is_running(pid)
