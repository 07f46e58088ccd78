"""One worker process: reads the mailbox, runs the jobs, keeps its leases alive, and does not give up.

Redis may go away for a day: the sweep then runs from here. Database, relay and mailbox may go away
too: everything waits in the ledger and is tried again.
"""

import asyncio
import contextlib
import fcntl
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path

import structlog
from arq import ArqRedis

from service.app import App, open_app
from service.config import Settings
from service.errors import Misconfigured, Transient
from service.flows.deliver_outbox import deliver_outbox
from service.flows.desk import Desk
from service.flows.expire_holds import expire_holds
from service.flows.fetch_mail import fetch_mail
from service.flows.find_due import find_due
from service.flows.process_message import process_message
from service.flows.recover_outbox import recover_outbox
from service.flows.send_digests import send_digests
from service.flows.send_recognitions import send_recognitions
from service.inbound.mailbox import Mailbox
from service.jobs import DOORBELL_FAULTS, Clock, end, open_doorbell, ring, run_jobs, utc_now
from service.log import configure_log
from service.outbound.smtp import Smtp
from service.store import alarms, cursors, inbox
from service.valkey import EmbeddedValkey

log = structlog.get_logger()
REST = 5.0
"""Seconds between two tries of something that is away."""
PUSH_WAIT = 60.0
FINISH = 30.0
"""Seconds that a stopping worker gives the mails in hand; what is left then counts as uncertain."""


class Runner:
    """The house at work (``jobs.House``)."""

    def __init__(self, app: App, redis: ArqRedis | None, clock: Clock = utc_now) -> None:
        self.app, self.redis, self.clock = app, redis, clock
        self.settings, self.desk = app.settings, app.desk
        self.mailbox: Mailbox = app.mailbox()
        self._relays: list[Smtp] = [app.relay() for _ in range(app.settings.smtp_connections)]
        self._slots = asyncio.Semaphore(app.settings.smtp_connections)
        self._in_hand: set[asyncio.Task[None]] = set()
        self._waiting = False
        self._swept = False
        self._stopping = False

    async def process(self, inbox_id: int) -> None:
        """Judge one kept message; what it brings about is sent at once."""
        if not self._stopping:
            await asyncio.shield(self._begin(self._process(inbox_id)))

    async def _process(self, inbox_id: int) -> None:
        outcome = await process_message(inbox_id, self.desk, self.clock())
        if outcome is not None:
            log.info("message_settled", inbox=inbox_id, outcome=outcome.value)
            await self._ring_or_do("deliver_outbox")

    async def deliver(self) -> None:
        """See to it that somebody sends until nothing is due; nobody waits for a slow relay here."""
        if not (self._waiting or self._stopping):
            self._waiting = True  # who comes while another waits for a connection is not needed
            self._begin(self._send())

    async def _send(self) -> None:
        async with self._slots:
            self._waiting = False
            relay = self._relays.pop()
            try:
                with _logged("delivery_failed"):
                    async with relay:
                        while not self._stopping and await self._deliver_window(relay):
                            pass
            finally:
                self._relays.append(relay)

    async def _deliver_window(self, relay: Smtp) -> int:
        return await deliver_outbox(relay, self.settings.phase_window, self.desk, self.clock())

    async def plan(self) -> None:
        """Write to whoever is due, until nobody is."""
        while await tick(self.desk, self.clock()):
            await self._ring_or_do("deliver_outbox")

    async def sweep(self) -> None:
        """Do what a lost doorbell or a dead worker left undone (REL-1)."""
        self._swept = True
        proof = self._find_proof if self.settings.imap_sent_folder else None
        with _logged("outbox_not_recovered"):
            await recover_outbox(self.clock(), self.settings.uncertain_wait, proof)
        for inbox_id in await inbox.waiting():
            with _logged("message_failed", inbox=inbox_id):
                await self.process(inbox_id)
        await self.deliver()

    async def watch(self) -> None:
        """Sweep from here where no job did: Redis is away, silent, or was emptied (F22, F23)."""
        while True:
            self._swept = False
            await asyncio.sleep(self.settings.sweep_every)
            if not self._swept:
                for step in (self.plan, self.sweep):
                    with _logged("sweep_failed"):
                        await step()

    async def listen(self) -> None:
        """Read the mailbox whenever something comes; one worker does, by a lease (REL-20)."""
        account = f"{self.settings.imap_username}@{self.settings.imap_host}/{self.settings.imap_folder}"
        try:
            while True:
                await self._read(account)
        finally:
            with _logged("mailbox_not_left"):
                await cursors.leave(account, self.desk.owner)

    async def _read(self, account: str) -> None:
        """Read what is there, and wait for more or for the lease to come free."""
        try:
            if await cursors.take(account, self.desk.owner, self.desk.lease):
                while await fetch_mail(self.mailbox, account, self._announce, self.clock()):
                    pass
                await alarms.clear("mailbox")
                await self.mailbox.wait_for_push(min(PUSH_WAIT, self.desk.lease / 3))
            else:
                await asyncio.sleep(self.desk.lease / 3)
        except Exception as error:  # whatever it is, the mailbox has to be read again
            log.warning("mailbox_unread", exc_info=error)
            with contextlib.suppress(Exception):  # the alarm may fail with what we report
                await alarms.ring("mailbox", f"The mailbox cannot be read: {error}", self.clock())
            await asyncio.sleep(REST)

    async def finish(self) -> None:
        """Begin nothing more and wait for what is in hand, so that no answer is lost (REL-12)."""
        self._stopping = True
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=FINISH)
        for task in self._in_hand:
            task.cancel()
        await asyncio.gather(*self._in_hand, return_exceptions=True)

    def _begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """A task of its own: whatever becomes of a job or its doorbell, what is in hand is not broken off."""
        task = asyncio.create_task(work)
        self._in_hand.add(task)
        task.add_done_callback(self._in_hand.discard)
        return task

    async def _announce(self, inbox_id: int) -> None:
        if not await ring(self.redis, "process_message", inbox_id):
            with _logged("message_failed", inbox=inbox_id):
                await self.process(inbox_id)

    async def _ring_or_do(self, job: str) -> None:
        if not await ring(self.redis, job):
            await self.deliver()

    async def _find_proof(self, message_id: str) -> bool:
        return await self.mailbox.has_message_id(self.settings.imap_sent_folder, message_id)


async def tick(desk: Desk, now: datetime) -> int:
    """Everything that happens by the clock. Returns how many mails were written."""
    await expire_holds(desk, now)
    asked, digests = await find_due(desk, now), await send_digests(desk, now)
    return asked + digests + await send_recognitions(desk, now)


async def serve(settings: Settings) -> None:
    """Run one worker in the foreground. SIGTERM or Ctrl-C stops it after the mail in hand."""
    configure_log(sys.stdout.isatty())
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await run(settings, stop)


async def run(settings: Settings, stop: asyncio.Event, clock: Clock = utc_now) -> None:
    """Run one worker until ``stop``. What is away is waited for; wrong settings are raised."""
    async with AsyncExitStack() as stack:
        if settings.embedded:
            stack.enter_context(only_worker(settings.data_dir))
        app = await stack.enter_async_context(_open_patiently(settings, stop))
        if app is None:
            return
        if settings.embedded:  # nobody else can hold a lease
            await cursors.free_all()
            await inbox.free_all()
            await recover_outbox(clock(), settings.uncertain_wait, everything=True)
        await work(app, stop, clock)


async def work(app: App, stop: asyncio.Event, clock: Clock = utc_now) -> None:
    """The worker of an open house, until ``stop``."""
    async with AsyncExitStack() as stack:
        valkey = None
        if not app.settings.redis_url:
            valkey = EmbeddedValkey(app.settings.valkey_dir)
            stack.push_async_callback(valkey.stop)
            with contextlib.suppress(Transient):  # it is tried again, and nothing waits for it
                await valkey.start()
        dsn = valkey.dsn if valkey else app.settings.redis_url
        runner = Runner(app, None, clock)
        await runner.mailbox.open()
        stack.push_async_callback(runner.mailbox.close)
        stack.push_async_callback(runner.finish)
        async with asyncio.TaskGroup() as tasks:
            work = [
                tasks.create_task(runner.listen()),
                tasks.create_task(runner.watch()),
                tasks.create_task(_keep_doorbell(runner, dsn, valkey)),
            ]
            log.info("worker_started", worker=app.desk.owner)
            await stop.wait()
            await runner.finish()
            await end(work)


async def _keep_doorbell(runner: Runner, dsn: str, valkey: EmbeddedValkey | None) -> None:
    """Jobs run whenever Redis is there (F22, F23)."""
    while True:
        try:
            if valkey is not None:
                await valkey.start()
            runner.redis = await open_doorbell(dsn)
            await run_jobs(runner.redis, runner, runner.settings.sweep_every, runner.settings.queue_poll)
        except Exception as error:  # arq passes on whatever it meets
            log.warning("doorbell_out_of_order", exc_info=error)
        finally:
            redis, runner.redis = runner.redis, None
            if redis is not None:
                with contextlib.suppress(*DOORBELL_FAULTS):
                    await redis.aclose()
        await asyncio.sleep(REST)


@asynccontextmanager
async def _open_patiently(settings: Settings, stop: asyncio.Event) -> AsyncIterator[App | None]:
    """The open house; a database that is away is waited for, until ``stop``."""
    while not stop.is_set():
        opening = open_app(settings)
        try:
            app = await opening.__aenter__()
        except Transient as error:
            log.warning("waiting_for_database", exc_info=error)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(REST):
                    await stop.wait()
            continue
        try:
            yield app
        finally:
            await opening.__aexit__(None, None, None)
        return
    yield None


@contextmanager
def only_worker(data_dir: Path) -> Iterator[None]:
    """SQLite has one writer at a time, so one data directory has one worker."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data_dir / "worker.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Misconfigured(
                str(data_dir),
                "another worker runs here already.",
                "Stop it, or set DATABASE_URL to a PostgreSQL that several workers can share.",
            ) from None
        yield


@contextmanager
def _logged(event: str, **ids: int) -> Iterator[None]:
    """One failing thing is logged and does not stop the others."""
    try:
        yield
    except Exception:
        log.exception(event, **ids)
