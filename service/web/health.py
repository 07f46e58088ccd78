"""Health for whoever watches the service: counts and ages, no word of anybody (REL-17)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from service.config import Settings, read_settings
from service.store.database import Database
from service.store.overview import Overview, overview

STUCK = timedelta(minutes=10)
"""Work that has been ready for longer than this waits for something that does not come (FIG-9)."""


def application(settings: Settings | None = None) -> Starlette:
    """The ASGI application. Raises Misconfigured for wrong settings."""
    database = Database((settings or read_settings()).database)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await database.open()
        try:
            yield
        finally:
            await database.close()

    return Starlette(routes=[Route("/health", _health)], lifespan=lifespan)


async def _health(_: Request) -> JSONResponse:
    found = await overview()
    healthy = is_healthy(found, datetime.now(UTC))  # noqa: TID251 - a watcher asks about this moment
    return JSONResponse(_counts(found) | {"healthy": healthy}, 200 if healthy else 503)


def is_healthy(found: Overview, now: datetime) -> bool:
    """Whether work moves: nothing has been ready to send or to judge for ten minutes."""
    oldest = [moment for moment in (found.oldest_ready, found.oldest_kept) if moment is not None]
    return all(now - moment <= STUCK for moment in oldest)


def _counts(found: Overview) -> dict[str, object]:
    """Counts only: alarms and failing addresses name people, so their number has to do."""
    named = ("prompts", "outbox", "inbox", "outcomes", "entries", "waiting")
    counts = {name: value for name, value in asdict(found).items() if name in named}
    return counts | {"failing": len(found.failing), "alarms": len(found.alarms)}
