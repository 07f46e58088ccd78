"""The sandbox's mail server behaves as a town's server does."""

import asyncio
import imaplib
import smtplib
from email import message_from_bytes

import pytest

from service.sandbox.mail import EmbeddedMail
from tests.wire.conftest import ACCOUNTS, MORNING

RAW = (
    b"From: thread@town.example\r\nSubject: Check-in\r\nMessage-ID: <7@town.example>\r\n\r\n.\r\ncaf\xe9\r\n"
)


async def sent(mail: EmbeddedMail, mail_from: str, *rcpt_tos: str, password: str = "") -> dict:
    def session() -> dict:
        with smtplib.SMTP(mail.host, mail.smtp_port) as client:
            if password:
                client.login("thread@town.example", password)
            return client.sendmail(mail_from, rcpt_tos, RAW)

    return await asyncio.to_thread(session)


async def test_mail_arrives_with_its_trace_and_can_be_read(embedded_mail: EmbeddedMail) -> None:
    """RFC 5321 section 4.4."""
    await sent(embedded_mail, "thread+b-token@town.example", "ada@town.example")

    def read() -> bytes:
        with imaplib.IMAP4(embedded_mail.host, embedded_mail.imap_port) as client:
            client.login("ada@town.example", "library")
            client.select()
            return client.fetch("1", "(BODY.PEEK[])")[1][0][1]

    [stored] = embedded_mail.all_mail("ada@town.example")
    assert stored.endswith(RAW)
    assert await asyncio.to_thread(read) == stored
    message = message_from_bytes(stored)
    assert message["Return-Path"] == "<thread+b-token@town.example>"
    assert message["Delivered-To"] == "ada@town.example"
    assert "for <ada@town.example>; Mon, 23 Nov 2026 09:00:00 +0000" in message["Received"]


async def test_a_subaddress_reaches_its_mailbox_and_stays_visible(embedded_mail: EmbeddedMail) -> None:
    """RFC 5233."""
    await sent(embedded_mail, "ada@town.example", "Thread+r-TOKEN@Town.example")

    [stored] = embedded_mail.all_mail("thread@town.example")
    assert message_from_bytes(stored)["Delivered-To"] == "Thread+r-TOKEN@Town.example"


@pytest.mark.parametrize(
    ("login", "result"), [("thread@town.example", "pass"), ("ada@town.example", "fail"), ("", "fail")]
)
async def test_whoever_logs_in_speaks_for_their_own_address(
    embedded_mail: EmbeddedMail, login: str, result: str
) -> None:
    """RFC 8601: the server says what it found out; nobody else speaks for its domains."""

    def session() -> None:
        with smtplib.SMTP(embedded_mail.host, embedded_mail.smtp_port) as client:
            if login:
                client.login(login, ACCOUNTS[login])
            client.sendmail("thread@town.example", ["grace@town.example"], RAW)

    await asyncio.to_thread(session)

    [stored] = embedded_mail.all_mail("grace@town.example")
    [header] = message_from_bytes(stored).get_all("Authentication-Results", [])
    assert header.split() == ["mail.sandbox.example;", f"dmarc={result}", "header.from=town.example"]


async def test_a_stranger_is_refused_at_once(embedded_mail: EmbeddedMail) -> None:
    refused = await sent(embedded_mail, "ada@town.example", "grace@town.example", "mallory@town.example")

    assert refused == {"mallory@town.example": (550, b"5.1.1 no such mailbox here")}
    assert len(embedded_mail.all_mail("grace@town.example")) == 1


async def test_a_bouncing_domain_takes_the_mail_and_returns_a_report(embedded_mail: EmbeddedMail) -> None:
    """RFC 3464."""
    await sent(embedded_mail, "thread+b-token@town.example", "linus@gone.example")

    [stored] = embedded_mail.all_mail("thread@town.example")
    report = message_from_bytes(stored)
    assert report["Return-Path"] == "<>"
    assert report["Delivered-To"] == "thread+b-token@town.example"
    assert report.get_content_type() == "multipart/report"
    assert report.get_param("report-type") == "delivery-status"
    words, status, returned = report.get_payload()
    assert "linus@gone.example" in words.get_payload()
    of_message, of_recipient = status.get_payload()
    assert of_message["Reporting-MTA"] == "dns; mail.sandbox.example"
    assert of_recipient["Final-Recipient"] == "rfc822; linus@gone.example"
    assert (of_recipient["Action"], of_recipient["Status"]) == ("failed", "5.1.1")
    assert "Message-ID: <7@town.example>" in returned.get_payload()


async def test_a_report_that_cannot_be_delivered_ends_there(embedded_mail: EmbeddedMail) -> None:
    """RFC 3464 section 2: no report about a report."""
    await sent(embedded_mail, "mallory@gone.example", "linus@gone.example")
    await sent(embedded_mail, "", "linus@gone.example")

    assert all(embedded_mail.all_mail(user) == [] for user in ACCOUNTS)


async def test_submission_takes_mail_only_after_a_login() -> None:
    async with EmbeddedMail(ACCOUNTS, clock=lambda: MORNING, require_auth=True) as mail:
        with pytest.raises(smtplib.SMTPSenderRefused, match="authentication required"):
            await sent(mail, "thread@town.example", "ada@town.example")
        with pytest.raises(smtplib.SMTPAuthenticationError):
            await sent(mail, "thread@town.example", "ada@town.example", password="wrong")

        await sent(mail, "thread@town.example", "ada@town.example", password="loom")

        assert len(mail.all_mail("ada@town.example")) == 1


async def test_it_closes_with_clients_still_connected() -> None:
    async with EmbeddedMail(ACCOUNTS, clock=lambda: MORNING) as mail:
        ports = [mail.smtp_port, mail.imap_port]
        peers = [await asyncio.open_connection(mail.host, port) for port in ports]
        greetings = [await reader.readline() for reader, _ in peers]

    assert [greeting[:4] for greeting in greetings] == [b"220 ", b"* OK"]
    for reader, writer in peers:
        await asyncio.wait_for(reader.read(), 20)
        writer.close()
        await writer.wait_closed()


async def test_idle_tells_of_mail_that_came_just_before_it(embedded_mail: EmbeddedMail) -> None:
    """RFC 2177: who idles after a SEARCH must not miss what came between the two."""
    reader, writer = await asyncio.open_connection(embedded_mail.host, embedded_mail.imap_port)
    await reader.readline()
    for command in (b"a LOGIN ada@town.example library\r\n", b"b SELECT INBOX\r\n"):
        writer.write(command)
        while not (await reader.readline()).startswith(command[:1] + b" OK"):
            pass

    await embedded_mail.deliver("ada@town.example", RAW)
    writer.write(b"c IDLE\r\n")

    lines = [await asyncio.wait_for(reader.readline(), 20) for _ in range(2)]
    assert [lines[0][:1], lines[1]] == [b"+", b"* 1 EXISTS\r\n"]
    writer.close()
    await writer.wait_closed()
