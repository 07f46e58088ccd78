"""The week of the crowd: the sandbox's house on real servers, and a clock that is moved through it."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from service.app import open_app
from service.config import Settings
from service.domain.cadence import parse_cadence
from service.domain.mail import Receipt
from service.flows.apply_plan import apply_plan
from service.library import read_playbook, templates_directory
from service.runner import work
from service.sandbox.clock import TownClock
from service.sandbox.house import House
from service.sandbox.letters import write
from service.sandbox.record import Record, take_record
from service.sandbox.story import Moment
from service.sandbox.story import Town as Story
from service.store import chronicle, horizon
from service.valkey import EmbeddedValkey
from tests.services.crowd.letters import letters
from tests.services.crowd.people import HOME, read_plan
from tests.services.town import Town

MONDAY = date(2026, 10, 26)
"""Clocks go back on the Sunday, and the Monday after it is the first of its month."""
BEGIN = Moment(1, parse_cadence("mon 08:30"))
END = Moment(2, parse_cadence("tue 08:30"))
"""Everybody has the first digest, wherever they live, and the next check-in."""
PATIENCE = 300.0
"""Seconds until everything that is under way has arrived; it takes a few."""
LOOK_EVERY = 0.1


class Post:
    """The town's mail server, as the sandbox's people use theirs: they log in to send."""

    host = "127.0.0.1"

    def __init__(self, town: Town) -> None:
        self.accounts, self.smtp_port = town.dovecot.accounts, town.postfix.smtp_port
        self._dovecot = town.dovecot

    def all_mail(self, address: str) -> list[bytes]:
        return self._dovecot.inbox(address)

    def count(self) -> int:
        return sum(map(self._dovecot.count, self.accounts))


@dataclass
class Week(House):
    """A house that waits for the post, too."""

    async def settle(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await self.is_settled():
                if self.worker.done():
                    await self.worker  # it raises what ended it
                await asyncio.sleep(LOOK_EVERY)

    async def is_settled(self) -> bool:
        """Everything that was posted is judged, and everything that was sent has arrived."""
        if not await horizon.is_quiet(self.clock(), len(self.posted)):
            return False
        departures = await chronicle.departures()
        return self.mail.count() == sum(one.state == Receipt.ACCEPTED for one in departures)


async def play(town: Town) -> Record:
    """Live through the week, and say what came about."""
    settings = Settings(_env_file=None, redis_url="", **_named(town.settings))
    async with EmbeddedValkey(settings.valkey_dir) as valkey, open_app(settings) as app:
        clock, stop = TownClock(_at(BEGIN)), asyncio.Event()
        worker = asyncio.create_task(work(app, stop, clock))
        week = Week(_story(town), app, Post(town), clock, valkey.dsn, worker)
        try:
            await _live(week)
            return await take_record(week)
        finally:
            stop.set()
            await worker


def _named(environment: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in environment.items()}


def _story(town: Town) -> Story:
    return Story(
        plan=read_plan(read_playbook(templates_directory())),
        monday=MONDAY,
        organisation=town.settings["ORGANISATION"],
        mailbox=town.settings["MAIL_ADDRESS"],
        operator=town.settings["OPERATOR_ADDRESS"],
        gone=frozenset(),
        outsiders=(),
        steps=(),
    )


def _at(moment: Moment) -> datetime:
    return moment.on(MONDAY, HOME)


async def _live(week: Week) -> None:
    await apply_plan(week.town.plan, week.app.desk, week.clock())
    await week.tick()
    for moment, together in groupby(letters(), lambda letter: letter.at):
        await _wait_for(week, moment)
        for letter in together:
            await write(letter, week)
        await week.settle()
        await week.tick()
    await _wait_for(week, END)


async def _wait_for(week: Week, moment: Moment) -> None:
    """Let time go by, from one due moment to the next."""
    until = _at(moment)
    while (at := await horizon.next_at(week.clock())) and at <= until:
        week.clock.move(at)
        await week.tick()
    week.clock.move(until)
