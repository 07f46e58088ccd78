"""The house, opened for one command."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from service.app import App, open_app, open_database
from service.config import Settings
from service.jobs import ring_once
from service.valkey import EmbeddedValkey

T = TypeVar("T")


def in_house(settings: Settings, work: Callable[[App], Awaitable[T]]) -> T:
    """Do ``work`` in the opened house. Raises Misconfigured or Transient where it cannot be opened."""

    async def opened() -> T:
        async with open_app(settings) as app:
            return await work(app)

    return asyncio.run(opened())


def in_database(settings: Settings, work: Callable[[], Awaitable[T]]) -> T:
    """Do ``work`` with the database alone, which a broken template does not hinder."""

    async def opened() -> T:
        async with open_database(settings):
            return await work()

    return asyncio.run(opened())


async def wake_workers(settings: Settings) -> None:
    """Mail waits in the outbox. Where no doorbell answers, the next sweep finds it."""
    await ring_once(settings.redis_url or EmbeddedValkey(settings.valkey_dir).dsn, "deliver_outbox")
