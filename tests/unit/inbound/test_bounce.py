"""What a bounce says of its recipients (RFC 3464)."""

import pytest

from service.inbound import bounce
from service.inbound.bounce import FailedRecipient
from service.message import parse

REPORT = """\
From: MAILER-DAEMON@town.example
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

It failed.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.town.example

Original-Recipient: rfc822;grace@town.example
Final-Recipient: rfc822; g.hopper@town.example
Action: Failed
Status: 5.1.1 (bad mailbox)
Diagnostic-Code: smtp; 550 5.1.1 no such
 user; really

Final-Recipient: rfc822; <linus@school.example>
Action: delayed
Status: 4.4.1
--b
Content-Type: message/rfc822

Final-Recipient: rfc822; mallory@evil.test
--b--
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_each_recipient_of_a_report_is_read(line_end: str) -> None:
    recipients = bounce.read(parse(REPORT.replace("\n", line_end).encode()))

    assert recipients == (
        FailedRecipient("failed", "5.1.1", "grace@town.example", "550 5.1.1 no such user; really"),
        FailedRecipient("delayed", "4.4.1", "linus@school.example", ""),
    )


@pytest.mark.parametrize(
    ("text", "action", "status"),
    [
        ("host said: 550 5.1.1 <grace@town.example> no", "failed", "5.1.1"),
        ("(#4.4.1) will be tried again", "delayed", "4.4.1"),
        ("version 1.2.3 of nothing on 5.1", "failed", ""),
    ],
)
def test_without_a_report_headers_and_first_lines_tell(text: str, action: str, status: str) -> None:
    raw = f"X-Failed-Recipients: grace@town.example,\r\n linus@school.example\r\n\r\n{text}".encode()

    assert bounce.read(parse(raw)) == (
        FailedRecipient(action, status, "grace@town.example"),
        FailedRecipient(action, status, "linus@school.example"),
    )


def test_a_report_of_nothing_is_read_as_nothing() -> None:
    assert bounce.read(parse(b"Content-Type: message/delivery-status\r\n\r\n\r\n\r\nx\r\n\r\n: :")) == ()


def test_a_report_with_a_header_past_the_limit_is_read_as_nothing() -> None:
    raw = b"Content-Type: message/delivery-status\r\n\r\nAction: " + b"a" * 20_000

    assert bounce.read(parse(raw)) == ()
