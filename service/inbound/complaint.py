"""Complaints: somebody pressed "this is spam" on a mail of ours (MM-9)."""

from service.inbound.notice import notice_type
from service.message import Message


def is_feedback_report(message: Message) -> bool:
    """ARF (RFC 5965 section 2): a report of type feedback-report, or its part."""
    report_type = message.parameters.get("report-type", "").lower()
    if message.content_type == "multipart/report" and report_type == "feedback-report":
        return True
    return any(part.content_type == "message/feedback-report" for part in message.parts)


def is_provider_complaint(message: Message) -> bool:
    """Microsoft's JMRP, which has a format of its own: the mail inside names its recipient."""
    return message.subject.lower().startswith("complaint about message from") and any(
        part.content_type == "message/rfc822" and b"x-hmxmroriginalrecipient:" in part.octets.lower()
        for part in message.parts
    )


def is_complaint_notice(message: Message) -> bool:
    """A sending service tells of a complaint as JSON."""
    return notice_type(message) == "complaint"
