"""What a watcher sees of the service."""

from datetime import timedelta

import httpx

from bench.house import settings
from service.domain.mail import RawMail
from service.jobs import utc_now
from service.store import alarms, inbox
from service.store.database import Database
from service.web import application
from service.web.health import STUCK


async def ask(app):
    async with app.router.lifespan_context(app):
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://health.test")
        async with client:
            return await client.get("/health")


async def migrated(folder):
    chosen = settings(folder, 1, 1)
    database = Database(chosen.database)
    await database.open()
    await database.migrate()
    return chosen, database


async def test_a_quiet_house_is_healthy(tmp_path):
    chosen, database = await migrated(tmp_path)
    await database.close()

    answer = await ask(application(chosen))

    assert answer.status_code == 200
    assert answer.json()["healthy"] is True


async def test_mail_that_nobody_judges_makes_it_unhealthy_and_no_word_of_anybody_shows(tmp_path):
    """REL-17, I6."""
    chosen, database = await migrated(tmp_path)
    try:
        long_ago = utc_now() - STUCK - timedelta(minutes=1)
        await inbox.keep(RawMail(1, 1, b"Subject: canary\r\n\r\ncanary", long_ago), long_ago)
        await alarms.ring("address:canary@town.example", "canary words", utc_now())
    finally:
        await database.close()

    answer = await ask(application(chosen))

    assert answer.status_code == 503
    assert answer.json()["alarms"] == 1
    assert "canary" not in answer.text
