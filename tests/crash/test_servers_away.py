"""Servers that refuse, or are away: mail waits, the operator is told, and it heals by itself."""

from service.jobs import utc_now
from service.sandbox.mail import EmbeddedMail
from tests.crash.house import House, open_house
from tests.crash.judge import judge
from tests.crash.relay import Relay

QUICK = ("set", "service.schedule.retry:RELAY_FIRST=0.3", "set", "service.runner:REST=0.2")


async def until_it_rings(house: House, alarm: str) -> None:
    async def rings() -> bool:
        return await house.count("alarms WHERE key = $1", alarm) > 0

    await house.until(rings, f"the alarm {alarm} rang")


async def until_it_is_quiet(house: House) -> None:
    async def quiet() -> bool:
        return await house.count("alarms") == 0

    await house.until(quiet, "no alarm rang any more")


async def test_a_relay_that_refuses_everything_for_a_while_fails_nobodys_mail(twelve_people):
    """F9, F12."""
    async with open_house(twelve_people) as house:
        house.relay.answers["AUTH"] = "535 5.7.8 wrong password"
        worker = await house.start(*QUICK)
        await until_it_rings(house, "relay")
        house.relay.answers["BANNER"] = "421 4.3.2 too busy"
        await until_refused(house, 3)

        house.relay.answers.clear()
        await house.until_done()

        await until_it_is_quiet(house)
        assert await worker.stop() == 0
        await judge(house)
        assert await house.count("deliveries WHERE receipt NOT IN ('accepted', 'deferred')") == 0
        assert await house.count("addresses WHERE failing_since IS NOT NULL") == 0


async def until_refused(house: House, times: int) -> None:
    async def refused() -> bool:
        return house.relay.refused >= times

    await house.until(refused, f"the relay had refused {times} times")


async def test_a_wrong_imap_password_rings_an_alarm_and_mail_still_goes_out(three_people):
    async with open_house(three_people, IMAP_PASSWORD="guess") as house:
        worker = await house.start()

        await until_it_rings(house, "mailbox")
        await house.until(lambda: _sent(house, 6), "all mail had gone out")

        assert worker.alive
        assert "password" in (await house.ledger.rows("SELECT text FROM alarms"))[0]["text"]
        assert await worker.stop() == 0, await house.report()


async def _sent(house: House, mails: int) -> bool:
    return await house.count("outbox WHERE state = 'accepted'") == mails


async def test_servers_that_are_away_at_the_start_are_waited_for(three_people):
    async with open_house(three_people) as house:
        ports = await free_ports(house)
        worker = await house.start(*QUICK, SMTP_PORT=str(ports[0]), IMAP_PORT=str(ports[1]))
        await until_it_rings(house, "relay")
        await until_it_rings(house, "mailbox")

        mail = EmbeddedMail(house.mail.accounts, clock=utc_now, imap_port=ports[1])
        async with mail, Relay(mail, ports[0]) as relay:
            house.mail, house.relay = mail, relay
            await house.until_done()

            await until_it_is_quiet(house)
            assert await worker.stop() == 0
            await judge(house)


async def free_ports(house: House) -> tuple[int, int]:
    """Two ports on which nobody listens now."""
    async with Relay(house.mail) as one, Relay(house.mail) as other:
        return one.port, other.port
