"""Notices of sending services in JSON (Amazon SES by way of SNS)."""

import json

from service.message import Message


def notice_type(message: Message) -> str:
    """``bounce``, ``complaint`` or ``delivery`` in lower case; '' where the text is no such notice."""
    text = message.text.lstrip()
    if not text.startswith("{"):
        return ""
    try:
        notice, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return ""
    kind = notice.get("notificationType") or notice.get("eventType")
    return kind.lower() if isinstance(kind, str) and isinstance(notice.get("mail"), dict) else ""
