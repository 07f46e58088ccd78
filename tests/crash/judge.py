"""What must hold after any crash (mail-rules 4.2): no loss, bounded doubles, once in effect."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping

from tests.crash.house import House
from tests.crash.ledger import Row

QUESTIONS = ["moved", "need"]


async def judge(house: House) -> None:
    """I1 to I4, from the ledger and from what the servers hold."""
    mails = await house.ledger.rows("SELECT * FROM outbox")
    doubted = await house.ledger.rows("SELECT mail_id FROM deliveries WHERE receipt = 'uncertain'")
    doubts = Counter(row["mail_id"] for row in doubted)
    shared = await house.ledger.rows("SELECT sha256, octets FROM shared_octets")
    pieces = {row["sha256"]: bytes(row["octets"]) for row in shared}
    for mail in mails:
        _sent_once_or_doubted(house, mail, _whole(mail, pieces), doubts[mail["handle"]])
    assert {taken.message_id for taken in house.relay.taken} == {mail["message_id"] for mail in mails}
    await _every_reply_counted_once(house)
    await _one_receipt_for_each_reply(house, mails)
    await _moved_to_the_done_folder(house)


def _whole(mail: Row, pieces: Mapping[str, bytes]) -> bytes:
    """What was written, with the pieces that many mails share back in their places."""
    octets, cuts = bytes(mail["octets"]), json.loads(mail["cuts"] or "[]")
    for start, name in reversed(cuts):
        octets = octets[:start] + pieces[name] + octets[start:]
    return octets


def _sent_once_or_doubted(house: House, mail: Row, written: bytes, doubts: int) -> None:
    """I1, I2: accepted; every copy beyond the first stands for one recorded doubt, in the same bytes."""
    copies = house.relay.copies(mail["message_id"])
    assert mail["state"] == "accepted", mail["key"]
    assert 1 <= len(copies) <= 1 + doubts, f"{mail['key']}: {len(copies)} copies, {doubts} doubts"
    assert {copy.raw for copy in copies} == {written}, mail["key"]
    assert {copy.rcpt_to for copy in copies} == {mail["rcpt_to"]}


async def _every_reply_counted_once(house: House) -> None:
    """I3, I4: each reply is settled as recorded, with exactly the entries that it holds."""
    inbox = await house.ledger.rows("SELECT state, outcome FROM inbox")
    assert [tuple(row.values()) for row in inbox] == [("settled", "recorded")] * len(house.posted)
    entries = await house.ledger.rows("SELECT inbox_id, question, text FROM entries ORDER BY inbox_id, id")
    found = Counter((row["question"], row["text"]) for row in entries)
    wanted = Counter(("moved", words) for words in house.posted.values())
    wanted["need", "two lamps"] = len(house.posted)
    assert found == wanted
    assert [row["question"] for row in entries] == QUESTIONS * len(house.posted)
    assert not await house.count("quarantine")


async def _one_receipt_for_each_reply(house: House, mails: list[Row]) -> None:
    receipts = [mail["message_id"] for mail in mails if mail["instrument"] == "receipt"]
    answered = [str(house.relay.copies(message_id)[0].mail["In-Reply-To"]) for message_id in receipts]
    assert sorted(answered) == sorted(house.posted)


async def _moved_to_the_done_folder(house: House) -> None:
    assert await asyncio.to_thread(house.folder_of_server, "INBOX") == []
    done = await asyncio.to_thread(house.folder_of_server, "Processed")
    assert sorted(done) == sorted(house.posted)
