"""SIGTERM: the mail in hand is finished, nothing is in doubt, nothing stays behind (REL-12)."""

import asyncio

from tests.crash.house import is_running, open_house
from tests.crash.judge import judge


async def slowly() -> None:
    await asyncio.sleep(0.03)


async def test_a_storm_of_restarts_in_the_middle_of_a_batch_loses_and_doubles_nothing(thirty_people):
    """F55, short."""
    async with open_house(30, thirty_people) as house:
        house.relay.at["DOT"] = slowly
        for mails in (5, 15, 15):
            worker = await house.start()
            await house.until_up(worker)
            await house.until_taken(len(house.relay.taken) + mails)

            assert await worker.stop() == 0, await house.report()

            assert await house.count("outbox WHERE state = 'sending'") == 0
            assert await house.count("inbox WHERE state = 'kept' AND attempts > 0") == 0
        worker = await house.start()
        await house.until_done()
        assert await worker.stop() == 0
        await judge(house)
        assert await house.count("deliveries WHERE receipt = 'uncertain'") == 0


async def test_a_stopped_worker_lets_the_next_one_read_at_once(three_people):
    async with open_house(3, three_people) as house:
        worker = await house.start()
        await house.until_done()

        await worker.stop()

        assert [row["reader"] for row in await house.rows("SELECT reader FROM cursors")] == [""]


async def test_no_valkey_outlives_its_worker(three_people):
    async with open_house(3, three_people) as house:
        for end in ("stop", "kill"):
            worker = await house.start()
            await house.until_taken(6)
            await house.until_up(worker)
            valkey = await worker.valkey_pid()

            if end == "stop":
                assert await worker.stop() == 0
                assert not is_running(valkey)
            else:
                worker.kill()
                await worker.ended()
                await house.until(lambda pid=valkey: _gone(pid), "Valkey had followed its worker")


async def _gone(pid: int) -> bool:
    return not is_running(pid)
