"""A mailbox whose server has bad habits, or dies: nothing is lost, and nothing hangs."""

import asyncio
import ssl
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from service.domain.mail import Cursor
from service.errors import Misconfigured, Transient
from service.inbound.mailbox import ImapAccount, Mailbox
from tests.wire.scripted_imap import Drop, ScriptedImap, Silence, until
from tests.wire.test_mailbox import pushed

ONE = b"Subject: one\r\n\r\nfirst\r\n"
TWO = b"Subject: two\r\n\r\nsecond\r\n"


def account_at(server: ScriptedImap, **changes: object) -> ImapAccount:
    settings: dict[str, object] = {
        "security": "none",
        "username": "thread",
        "password": "loom",
        "timeout": 5.0,
    }
    return ImapAccount("127.0.0.1", server.port, **(settings | changes))


@asynccontextmanager
async def open_mailbox(server: ScriptedImap, **changes: object) -> AsyncIterator[Mailbox]:
    async with server, Mailbox(account_at(server, **changes)) as mailbox:
        yield mailbox


@pytest.mark.parametrize("step", ["NOOP", "UID SEARCH", "UID FETCH", "UID MOVE"])
@pytest.mark.parametrize(
    "fault", [Drop(), b"TAG NO [SERVERBUG] hm\r\n", b"* BYE\r\n", b"TAG OK\n", b"\0\r\n"]
)
async def test_a_broken_connection_is_replaced_and_the_request_repeated(
    step: str, fault: Drop | bytes
) -> None:
    """REL-18; F33, F39."""
    server = ScriptedImap({1: ONE}, {step: [fault]})
    async with open_mailbox(server) as mailbox:
        batch = await mailbox.unseen(Cursor())
        await mailbox.archive([1])

    assert [mail.raw for mail in batch.mails] == [ONE]
    assert server.messages == {}


async def test_a_request_fails_when_the_connection_breaks_twice() -> None:
    server = ScriptedImap({1: ONE}, {"UID FETCH": [Drop(), Drop()]})
    async with open_mailbox(server) as mailbox:
        with pytest.raises(Transient, match="broke off"):
            await mailbox.unseen(Cursor())
        assert len((await mailbox.unseen(Cursor())).mails) == 1


async def test_a_server_that_says_nothing_is_given_up_while_the_loop_goes_on() -> None:
    """REL-18: a black hole."""
    server = ScriptedImap({1: ONE}, {"UID FETCH": [Silence(), Silence()]})
    async with open_mailbox(server, timeout=0.2) as mailbox:
        turns = 0
        request = asyncio.ensure_future(mailbox.unseen(Cursor()))
        while not request.done():
            await asyncio.sleep(0.01)
            turns += 1
        with pytest.raises(Transient):
            await request

    assert turns > 5


async def test_closing_does_not_wait_for_a_server_that_says_nothing() -> None:
    server = ScriptedImap({1: ONE}, {"UID FETCH": [Silence()]})
    async with server:
        mailbox = Mailbox(account_at(server, timeout=300))
        await mailbox.open()
        request = asyncio.ensure_future(mailbox.unseen(Cursor()))
        await until(lambda: server.commands("UID FETCH"))
        await asyncio.wait_for(mailbox.close(), 20)
        with pytest.raises(Transient):
            await request


async def test_a_closed_mailbox_says_so() -> None:
    server = ScriptedImap()
    async with open_mailbox(server) as mailbox:
        await mailbox.unseen(Cursor())

    with pytest.raises(Transient, match="not open"):
        await mailbox.unseen(Cursor())


async def test_a_server_that_is_away_is_waited_for() -> None:
    """REL-18."""
    server = ScriptedImap({1: ONE})
    async with server:
        pass
    async with Mailbox(account_at(server)) as mailbox:
        with pytest.raises(Transient, match="cannot be reached"):
            await mailbox.unseen(Cursor())
        async with server:
            await pushed(mailbox)
            assert len((await mailbox.unseen(Cursor())).mails) == 1


async def test_a_refused_password_is_not_tried_again_at_once() -> None:
    server = ScriptedImap(script={"LOGIN": [b"TAG NO [AUTHENTICATIONFAILED] no\r\n"]})
    async with open_mailbox(server) as mailbox:
        for _ in range(3):
            with pytest.raises(Misconfigured, match="AUTHENTICATIONFAILED"):
                await mailbox.unseen(Cursor())

    assert len(server.commands("LOGIN")) == 1


async def test_a_busy_server_is_not_taken_for_a_wrong_password() -> None:
    """RFC 5530."""
    server = ScriptedImap(script={"LOGIN": [b"TAG NO [UNAVAILABLE] backend\r\n"] * 2})
    async with server:
        mailbox = Mailbox(account_at(server))
        with pytest.raises(Transient, match="UNAVAILABLE"):
            await mailbox.check()


@pytest.mark.parametrize(
    "answer", [b"* OK [UIDVALIDITY x] ?\r\nTAG OK\r\n", b"* SEARCH\r\n+ what\r\n* x\r\n"]
)
async def test_nonsense_ends_the_request_and_not_the_thread(answer: bytes) -> None:
    server = ScriptedImap({1: ONE}, {"SELECT": [answer] * 1000})
    async with open_mailbox(server) as mailbox:
        with pytest.raises(Transient):
            await mailbox.unseen(Cursor())
        server.script.clear()
        assert [mail.raw for mail in (await mailbox.unseen(Cursor())).mails] == [ONE]


async def test_mail_that_arrives_while_other_mail_is_read_is_not_left_waiting() -> None:
    """Stack: IDLE does not announce what a FETCH has already announced."""
    server = ScriptedImap({1: ONE})
    server.script["UID FETCH"] = [lambda: None, lambda: server.messages.update({2: TWO})]
    async with open_mailbox(server, idle=3600) as mailbox:
        first = await mailbox.unseen(Cursor())
        await pushed(mailbox)
        second = await mailbox.unseen(Cursor(7, 1))

    assert [mail.uid for mail in first.mails + second.mails] == [1, 2]


@pytest.mark.parametrize("news", [b"+ idling\r\n* 1 EXISTS\r\n", b"* 1 EXISTS\r\n+ idling\r\n"])
async def test_news_in_one_segment_with_the_start_of_idle_are_noticed(news: bytes) -> None:
    server = ScriptedImap()
    async with open_mailbox(server, idle=3600) as mailbox:
        await mailbox.unseen(Cursor())
        await server.until_idle()
        await mailbox.wait_for_push(0.01)

        server.script["IDLE"] = [news + b"TAG OK done\r\n"]
        server.script["NOOP"] = [lambda: None, lambda: server.messages.update({1: ONE})]
        await mailbox.unseen(Cursor())
        await pushed(mailbox)
        assert len((await mailbox.unseen(Cursor())).mails) == 1


async def test_half_a_line_in_idle_is_no_reason_to_stumble() -> None:
    server = ScriptedImap()
    async with open_mailbox(server, idle=3600) as mailbox:
        await mailbox.unseen(Cursor())
        server.patience.clear()
        connection = await server.until_idle()
        await mailbox.wait_for_push(0.01)
        connection.write(b"* 1 EXI")
        await until(lambda: server.commands("DONE"))
        server.messages[1] = ONE
        connection.write(b"STS\r\n")
        server.patience.set()
        await pushed(mailbox)

    assert server.connections == 1


@pytest.mark.parametrize(
    ("capabilities", "script"),
    [("IMAP4rev1 MOVE", {}), ("IMAP4rev1 IDLE MOVE", {"IDLE": [b"TAG NO not now\r\n"] * 1000})],
)
async def test_a_server_without_idle_is_asked_again_and_again(capabilities: str, script: dict) -> None:
    server = ScriptedImap({}, script, capabilities)
    async with open_mailbox(server, poll=0.02, idle=0.02) as mailbox:
        assert (await mailbox.unseen(Cursor())).mails == []
        await mailbox.wait_for_push(0.05)
        server.arrive(ONE)
        await pushed(mailbox)
        assert len((await mailbox.unseen(Cursor())).mails) == 1


async def test_many_mails_come_in_batches_of_a_hundred() -> None:
    server = ScriptedImap({uid: b"Subject: %d\r\n\r\n" % uid for uid in range(1, 251)})
    cursor, sizes, uids = Cursor(), [], []
    async with open_mailbox(server) as mailbox:
        while mails := (batch := await mailbox.unseen(cursor)).mails:
            sizes.append(len(mails))
            uids += [mail.uid for mail in mails]
            cursor = Cursor(batch.uidvalidity, uids[-1])

    assert sizes == [100, 100, 50]
    assert uids == list(range(1, 251))


async def test_large_mails_do_not_fill_the_memory_with_one_batch() -> None:
    server = ScriptedImap(dict.fromkeys(range(1, 25), b"Subject: x\r\n\r\n" + b"x" * 2_000_000))
    async with open_mailbox(server) as mailbox:
        batch = await mailbox.unseen(Cursor())

    assert [mail.uid for mail in batch.mails] == list(range(1, 17))


async def test_of_a_mail_that_is_too_large_only_the_header_is_read() -> None:
    server = ScriptedImap({1: ONE, 2: b"Subject: two\r\n\r\n" + b"x" * 5000})
    async with open_mailbox(server, max_size=1000) as mailbox:
        one, two = (await mailbox.unseen(Cursor())).mails

    assert (one.raw, one.truncated) == (ONE, False)
    assert (two.raw, two.truncated) == (b"Subject: two\r\n\r\n", True)
    assert "UID FETCH 2 (UID BODY.PEEK[])" not in server.heard


async def test_a_literal_that_is_too_short_is_read_again() -> None:
    """REL-22."""
    short = b"* 1 FETCH (UID 1 BODY[] {9}\r\nSubject: )\r\nTAG OK\r\n"
    server = ScriptedImap({1: ONE})
    server.script["UID FETCH"] = [lambda: None, short]
    async with open_mailbox(server) as mailbox:
        [mail] = (await mailbox.unseen(Cursor())).mails

    assert (mail.raw, mail.truncated) == (ONE, False)


async def test_a_literal_that_stays_too_short_is_never_taken_for_the_mail() -> None:
    """REL-22: whoever reads on must not take half of a reply for the whole."""
    server = ScriptedImap({1: ONE, 2: TWO}, sizes={1: 5000})
    async with open_mailbox(server) as mailbox:
        one, two = (await mailbox.unseen(Cursor())).mails

    assert (one.raw, one.truncated) == (b"Subject: one\r\n\r\n", True)
    assert (two.raw, two.truncated) == (TWO, False)


async def test_a_server_that_counts_line_ends_twice_is_believed() -> None:
    """REL-22: the slack."""
    server = ScriptedImap({1: b"Subject: one\n\nfirst\n"}, sizes={1: 22})
    async with open_mailbox(server) as mailbox:
        [mail] = (await mailbox.unseen(Cursor())).mails

    assert not mail.truncated


async def test_answers_that_nobody_asked_for_are_told_apart() -> None:
    """F38: other flags, another order, the UID behind the literal."""
    jumble = (
        b"* 9 FETCH (FLAGS (\\Seen))\r\n"
        b"* 2 FETCH (BODY[] {%d}\r\n%b UID 2 FLAGS ())\r\n"
        b"* 3 FETCH (UID 3 FLAGS (\\Deleted))\r\n"
        b"* 1 FETCH (FLAGS () UID 1 BODY[] {%d}\r\n%b)\r\nTAG OK\r\n"
    ) % (len(TWO), TWO, len(ONE), ONE)
    server = ScriptedImap({1: ONE, 2: TWO})
    server.script["UID FETCH"] = [lambda: None, jumble]
    async with open_mailbox(server) as mailbox:
        batch = await mailbox.unseen(Cursor())

    assert [(mail.uid, mail.raw) for mail in batch.mails] == [(1, ONE), (2, TWO)]


async def test_a_mail_that_somebody_removes_meanwhile_is_left_out() -> None:
    """F37."""
    server = ScriptedImap({1: ONE, 2: TWO})
    server.script["UID FETCH"] = [lambda: None, lambda: server.messages.pop(1) and None]
    async with open_mailbox(server) as mailbox:
        batch = await mailbox.unseen(Cursor())

    assert [mail.uid for mail in batch.mails] == [2]


async def test_a_mail_that_the_server_forgets_to_name_is_asked_for_again() -> None:
    """F38."""
    server = ScriptedImap({1: ONE, 2: TWO})
    server.script["UID FETCH"] = [b"* 1 FETCH (UID 1 RFC822.SIZE 23)\r\nTAG OK\r\n"]
    async with open_mailbox(server) as mailbox:
        batch = await mailbox.unseen(Cursor())

    assert [mail.raw for mail in batch.mails] == [ONE, TWO]


async def test_a_mail_that_the_server_cannot_give_holds_up_nobody() -> None:
    """I8: it stays where it is, for a person to look at."""
    server = ScriptedImap({1: ONE, 2: TWO}, damaged={1})
    async with open_mailbox(server) as mailbox:
        batch = await mailbox.unseen(Cursor())

    assert [mail.raw for mail in batch.mails] == [TWO]


async def test_a_server_that_gives_nothing_at_all_does_not_make_mail_vanish() -> None:
    """F39: a cursor that moved on now would lose what is there."""
    server = ScriptedImap({1: ONE, 2: TWO}, damaged={1, 2})
    async with open_mailbox(server) as mailbox:
        with pytest.raises(Transient):
            await mailbox.unseen(Cursor())
        server.damaged.clear()
        assert [mail.raw for mail in (await mailbox.unseen(Cursor())).mails] == [ONE, TWO]


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [
        ("IMAP4rev1 MOVE UIDPLUS", ["UID MOVE 1,2 "]),
        (
            "IMAP4rev1 UIDPLUS",
            ["UID COPY 1,2 ", r"UID STORE 1,2 +FLAGS.SILENT (\Deleted)", "UID EXPUNGE 1,2"],
        ),
        ("IMAP4rev1", ["UID COPY 1,2 ", r"UID STORE 1,2 +FLAGS.SILENT (\Deleted)"]),
    ],
)
async def test_moving_never_uses_a_plain_expunge(capabilities: str, expected: list[str]) -> None:
    """REL-21."""
    server = ScriptedImap({1: ONE, 2: TWO}, capabilities=capabilities)
    async with open_mailbox(server) as mailbox:
        batch = await mailbox.unseen(Cursor())
        await mailbox.archive([mail.uid for mail in batch.mails])

    changes = [
        line for line in server.heard if line.startswith(("UID MOVE", "UID COPY", "UID STORE", "UID EXP"))
    ]
    assert [line.removesuffix('"Processed"') for line in changes] == expected
    assert server.commands("EXPUNGE") == server.commands("CLOSE") == []


async def test_numbers_of_another_uidvalidity_move_nothing() -> None:
    """F36."""
    server = ScriptedImap({1: ONE})
    async with open_mailbox(server) as mailbox:
        await mailbox.unseen(Cursor())
        server.uidvalidity, server.messages = 8, {1: TWO}
        server.script["NOOP"] = [Drop()]
        batch = await mailbox.unseen(Cursor(7, 1))
        await mailbox.archive([1], 7)

    assert (batch.uidvalidity, [mail.raw for mail in batch.mails]) == (8, [TWO])
    assert server.messages == {1: TWO}


async def test_no_password_goes_to_a_server_whose_certificate_is_not_trusted(
    server_tls: ssl.SSLContext, ca_file: str
) -> None:
    """Stack: imap-tools alone checks no certificate."""
    async with ScriptedImap({1: ONE}, tls=server_tls) as server:
        with pytest.raises(Misconfigured, match="trusted"):
            await Mailbox(account_at(server, security="tls")).check()
        assert server.heard == []
        async with Mailbox(account_at(server, security="tls", ca_file=ca_file)) as mailbox:
            assert len((await mailbox.unseen(Cursor())).mails) == 1
            await mailbox.unseen(Cursor(7, 1))
            await server.until_idle()
            await mailbox.wait_for_push(0.01)
            server.arrive(TWO)
            await pushed(mailbox)


async def test_starttls_encrypts_before_the_password(server_tls: ssl.SSLContext, ca_file: str) -> None:
    """RFC 3501 section 6.2.1."""
    async with ScriptedImap({1: ONE}, upgrade=server_tls) as server:
        with pytest.raises(Misconfigured, match="trusted"):
            await Mailbox(account_at(server, security="starttls")).check()
        assert server.commands("LOGIN") == []
        assert "IDLE" in await Mailbox(account_at(server, security="starttls", ca_file=ca_file)).check()

    assert server.heard.index("STARTTLS") < server.heard.index('LOGIN "thread" "loom"')


async def test_a_password_may_have_letters_of_any_language() -> None:
    """RFC 4616: LOGIN takes ASCII only."""
    async with ScriptedImap() as server:
        await Mailbox(account_at(server, password="Grüße")).check()

    assert server.commands("LOGIN") == []
    assert b64decode(server.heard[server.heard.index("AUTHENTICATE PLAIN") + 1]) == "\0thread\0Grüße".encode()


async def test_a_server_that_speaks_no_encryption_is_named_as_such(ca_file: str) -> None:
    async with ScriptedImap() as server:
        with pytest.raises(Misconfigured):
            await Mailbox(account_at(server, security="tls", ca_file=ca_file)).check()
