"""Redis is a doorbell: without it everything comes later, and nothing is lost or doubled (REL-1)."""

import asyncio
import contextlib
import os
import signal

from tests.crash.house import House, command, is_running, open_house
from tests.crash.judge import judge

NO_DOUBT = "deliveries WHERE receipt = 'uncertain'"
QUICK = ("set", "service.runner:REST=0.2", "set", "service.jobs:ANSWER_SECONDS=0.5")


async def slowly() -> None:
    await asyncio.sleep(0.02)


async def test_with_redis_emptied_again_and_again_all_mail_still_arrives_once(twelve_people):
    """F22: FLUSHALL."""
    async with open_house(twelve_people) as house:
        house.relay.at["DOT"] = slowly
        worker = await house.start()
        await house.until_taken(10)

        emptying = asyncio.create_task(_empty(house))
        await house.until_done()
        emptying.cancel()

        assert await worker.stop() == 0
        await judge(house)
        assert await house.count(NO_DOUBT) == 0


async def _empty(house: House) -> None:
    while True:
        assert await command(house.processes[0].data_dir, "FLUSHALL") == "+OK\r\n"
        await asyncio.sleep(0.05)


async def test_with_redis_killed_in_the_middle_mail_in_hand_is_not_even_in_doubt(twelve_people):
    """F22: restart. The worker brings its own Valkey back."""
    async with open_house(twelve_people) as house:
        house.relay.at["DOT"] = slowly
        worker = await house.start(*QUICK)
        await house.until_taken(10)

        first = await worker.valkey_pid()
        os.kill(first, signal.SIGKILL)
        await house.until_done()
        await house.until(lambda: _has_another(house, first), "Valkey was back")

        assert await worker.stop() == 0
        await judge(house)
        assert await house.count(NO_DOUBT) == 0


async def _has_another(house: House, first: int) -> bool:
    with contextlib.suppress(OSError):
        return await house.processes[0].valkey_pid() != first
    return False


async def test_a_redis_that_falls_silent_does_not_stop_the_mail(twelve_people):
    """F22: stall. It takes connections and answers nothing."""
    async with open_house(twelve_people) as house:
        house.relay.at["DOT"] = slowly
        worker = await house.start(*QUICK)
        await house.until_taken(10)

        silent = await worker.valkey_pid()
        os.kill(silent, signal.SIGSTOP)
        try:
            await house.until_done()
        finally:
            os.kill(silent, signal.SIGCONT)

        assert await worker.stop() == 0
        await judge(house)
        assert not is_running(silent)


async def test_with_no_redis_at_all_the_sweep_does_everything(three_people):
    """F23."""
    async with open_house(three_people, REDIS_URL="redis://127.0.0.1:9/0") as house:
        worker = await house.start(*QUICK)

        await house.until_done()

        assert await worker.stop() == 0
        await judge(house)
        assert await house.count(NO_DOUBT) == 0
