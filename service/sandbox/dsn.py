"""Delivery status notifications as a real mail server writes them (RFC 3464)."""

from datetime import datetime
from email.utils import format_datetime

_REPORT = """\
From: Mail Delivery System <mailer-daemon@{host}>\r
To: <{mail_from}>\r
Subject: Undelivered Mail Returned to Sender\r
Date: {date}\r
Message-ID: <{name}@{host}>\r
Auto-Submitted: auto-replied\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=delivery-status; boundary="{name}"\r
\r
--{name}\r
Content-Type: text/plain; charset=us-ascii\r
\r
Your message could not be delivered to <{rcpt_to}>:\r
550 5.1.1 no such mailbox here\r
\r
--{name}\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; {host}\r
Arrival-Date: {date}\r
\r
Final-Recipient: rfc822; {rcpt_to}\r
Action: failed\r
Status: 5.1.1\r
Diagnostic-Code: smtp; 550 5.1.1 no such mailbox here\r
\r
--{name}\r
Content-Type: text/rfc822-headers\r
\r
"""


def bounce(*, host: str, name: str, mail_from: str, rcpt_to: str, raw: bytes, at: datetime) -> bytes:
    """Write the report that ``mail_from`` gets when ``rcpt_to`` does not exist; only headers come back.

    ``name`` makes the report's Message-ID and its boundary; it must be unique and a plain word.
    """
    head = _REPORT.format(
        host=host, name=name, mail_from=mail_from, rcpt_to=rcpt_to, date=format_datetime(at)
    )
    returned = raw.partition(b"\r\n\r\n")[0]
    return head.encode() + returned + b"\r\n\r\n--" + name.encode() + b"--\r\n"
