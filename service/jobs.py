"""Every job and the cron table: the whole clock on one screen.

arq is a doorbell, the database is the ledger (REL-1, REL-2): a job carries row ids only, has a
random id, keeps no result, and the sweep finds whatever a lost job would have done.
"""

import asyncio
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Protocol

from arq import ArqRedis, create_pool, cron
from arq.connections import RedisSettings
from arq.worker import Worker
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import AuthenticationError, RedisError
from redis.exceptions import ConnectionError as RedisConnectionError

from service.errors import Misconfigured, Transient

Clock = Callable[[], datetime]
DOORBELL_FAULTS = (RedisError, OSError)
"""The doorbell is out of order; the sweep does without."""
ANSWER_SECONDS = 3.0
"""A Redis that takes longer counts as away: nothing may wait for a doorbell (F22)."""


class House(Protocol):
    """What the jobs call: ``runner.Runner``."""

    async def process(self, inbox_id: int) -> None:
        """Judge one kept message."""

    async def deliver(self) -> None:
        """See to it that what is due is sent."""

    async def plan(self) -> None:
        """Ask whoever is due."""

    async def sweep(self) -> None:
        """Find what was missed."""


def utc_now() -> datetime:
    """The clock. The sandbox gives another one."""
    return datetime.now(UTC)  # noqa: TID251 - here is where the clock is read


async def process_message(ctx: dict[str, Any], inbox_id: int) -> None:
    """A message was kept."""
    await _house(ctx).process(inbox_id)


async def deliver_outbox(ctx: dict[str, Any]) -> None:
    """Mail waits in the outbox."""
    await _house(ctx).deliver()


async def find_due(ctx: dict[str, Any]) -> None:
    """Every minute: who is asked now."""
    await _house(ctx).plan()


async def sweep(ctx: dict[str, Any]) -> None:
    """Now and then: dead senders, lost doorbells, uncertain mail."""
    await _house(ctx).sweep()


def _house(ctx: dict[str, Any]) -> House:
    house: House = ctx["house"]
    return house


FUNCTIONS = (process_message, deliver_outbox)


def worker_settings(sweep_every: int, poll_delay: float) -> dict[str, Any]:
    """Arq's worker settings. A cron time that is missed is no harm: the next one finds the same work."""
    return {
        "functions": FUNCTIONS,
        "cron_jobs": [
            cron(find_due, second=0, run_at_startup=True, keep_result=0),
            cron(sweep, second=set(range(0, 60, sweep_every)), run_at_startup=True, keep_result=0),
        ],
        "poll_delay": poll_delay,
        "queue_read_limit": 500,
        "max_jobs": 20,
        "keep_result": 0,
        "max_tries": 1,  # the sweep repeats what is left undone
        "log_results": False,
        "job_serializer": _dump,
        "job_deserializer": json.loads,
        "handle_signals": False,
    }


def redis_settings(dsn: str) -> RedisSettings:
    """Redis, with reconnects: without ``retry_on_error`` one dropped connection ends the worker."""
    settings = RedisSettings.from_dsn(dsn)
    settings.retry = Retry(ExponentialBackoff(cap=1.0, base=0.05), retries=5)
    settings.retry_on_error = [RedisConnectionError]
    settings.conn_retries = 0  # who waits for Redis has other work meanwhile
    return settings


async def open_doorbell(dsn: str) -> ArqRedis:
    """A connection that speaks as the workers do. Raises one of ``DOORBELL_FAULTS``."""
    async with asyncio.timeout(ANSWER_SECONDS):
        return await create_pool(redis_settings(dsn), job_serializer=_dump, job_deserializer=json.loads)


async def run_jobs(redis: ArqRedis, house: House, sweep_every: int, poll_delay: float) -> None:
    """Arq's loop, until Redis goes away or falls silent: raises one of ``DOORBELL_FAULTS``."""
    worker = Worker(**worker_settings(sweep_every, poll_delay), redis_pool=redis, ctx={"house": house})
    both = [asyncio.create_task(worker.async_run()), asyncio.create_task(_stay_in_touch(redis))]
    try:
        done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await end([*both, worker.main_task, *worker.tasks.values()])


async def _stay_in_touch(redis: ArqRedis) -> None:
    """Arq would wait for an answer for ever."""
    while True:
        await asyncio.sleep(ANSWER_SECONDS)
        async with asyncio.timeout(ANSWER_SECONDS):
            await redis.ping()


async def end(tasks: Iterable[asyncio.Task[Any] | None]) -> None:
    """Cancel until they end: a library's ``wait_for`` may lose a cancellation (before Python 3.12)."""
    running = [task for task in tasks if task is not None]
    while left := [task for task in running if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=1.0)
    await asyncio.gather(*running, return_exceptions=True)


async def ring(redis: ArqRedis | None, job: str, *row_ids: int) -> bool:
    """Ring the doorbell. False when it is out of order: the sweep will come."""
    if redis is None:
        return False
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await redis.enqueue_job(job, *row_ids) is not None
    except DOORBELL_FAULTS:
        return False


async def check_doorbell(dsn: str) -> None:
    """Connect, for ``doctor``. Raises Misconfigured for a wrong password, Transient where nobody answers."""
    try:
        await (await open_doorbell(dsn)).aclose()
    except DOORBELL_FAULTS as error:
        if isinstance(error.__cause__, AuthenticationError):
            mend = "Write it as redis://:password@host:6379."
            raise Misconfigured("REDIS_URL", f"the server refused the login ({error}).", mend) from error
        raise Transient(
            f"REDIS_URL: the server does not answer ({error}). Mail still goes out and comes in, only later."
        ) from error


async def ring_once(dsn: str, job: str) -> bool:
    """Ring the doorbell from outside a worker."""
    try:
        redis = await open_doorbell(dsn)
    except DOORBELL_FAULTS:
        return False
    async with redis:
        return await ring(redis, job)


def _dump(job: dict[str, Any]) -> bytes:
    """JSON instead of pickle: whoever can write to Redis cannot run code here (REL-2 i)."""
    return json.dumps(job, default=str).encode()
