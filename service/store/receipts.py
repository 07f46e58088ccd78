"""Receipts: which message each answers, and what was asked along with them."""

from datetime import datetime

from service.domain.prompt import Prompt
from service.store import prompts
from service.store.inbox import DIGEST_LENGTH
from service.store.models import InboxRow, OutboxRow, PromptRow


async def answered(mail: str) -> int | None:
    """The message that our mail with this handle answers; None where it answers none.

    The logical key of an answer ends with the digest of the message.
    """
    row = await OutboxRow.get_or_none(handle=mail).only("handle", "key")
    digest = row.key.rpartition(":")[2] if row else ""
    if len(digest) != DIGEST_LENGTH:
        return None
    found = await InboxRow.filter(sha256__gte=digest, sha256__lt=f"{digest}g").only("id").first()
    return found.id if found else None


async def asked_along(root: str, before: datetime | None = None) -> list[Prompt]:
    """The prompts that receipts brought along: what was asked again, or followed an answer. Oldest first.

    With ``before``, only those that were there already.
    """
    rows = PromptRow.filter(root_id=root).order_by("asked_at", "handle")
    if before is not None:
        rows = rows.filter(asked_at__lt=before)
    found = [await prompts.get(str(handle)) for handle in await rows.values_list("handle", flat=True)]
    return [prompt for prompt in found if prompt is not None]
