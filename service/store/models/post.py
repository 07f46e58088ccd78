"""Mail on its way in and out, and what waits for the operator."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from service.store.models.asking import PromptRow
from service.store.models.people import PersonRow

PERSON = "store.PersonRow"
PROMPT = "store.PromptRow"
INBOX = "store.InboxRow"


class InboxRow(Model):
    """A message as it arrived: kept first, judged later (REL-19)."""

    id = fields.IntField(primary_key=True)
    sha256 = fields.CharField(64, unique=True)
    octets = fields.BinaryField()
    uidvalidity = fields.BigIntField()
    uid = fields.BigIntField()
    received_at = fields.DatetimeField()
    kept_at = fields.DatetimeField()
    truncated = fields.BooleanField(default=False)
    vouched = fields.BooleanField(default=False)
    state = fields.CharField(16, default="kept", db_index=True)
    attempts = fields.IntField(default=0)
    claim = fields.CharField(16, default="")
    lease_until = fields.DatetimeField(null=True)
    kind = fields.CharField(16, default="")
    reason = fields.CharField(500, default="")
    outcome = fields.CharField(24, default="")
    fingerprint = fields.CharField(64, null=True, unique=True)
    person: fields.ForeignKeyNullableRelation[PersonRow] = fields.ForeignKeyField(
        PERSON, null=True, on_delete=fields.RESTRICT
    )
    prompt: fields.ForeignKeyNullableRelation[PromptRow] = fields.ForeignKeyField(
        PROMPT, null=True, on_delete=fields.RESTRICT
    )
    settled_at = fields.DatetimeField(null=True)

    class Meta:
        table = "inbox"


class OutboxRow(Model):
    """A mail in its final bytes, and how far it has come (mail-rules 4.1).

    What many mails share stands once in ``shared_octets``. ``cuts`` says where it was cut out of
    ``octets``: offset and sha256, in order.
    """

    handle = fields.CharField(16, primary_key=True)
    key = fields.CharField(200, unique=True)
    instrument = fields.CharField(64)
    person: fields.ForeignKeyNullableRelation[PersonRow] = fields.ForeignKeyField(
        PERSON, null=True, on_delete=fields.RESTRICT
    )
    prompt: fields.ForeignKeyNullableRelation[PromptRow] = fields.ForeignKeyField(
        PROMPT, null=True, on_delete=fields.RESTRICT
    )
    mail_from = fields.CharField(320)
    rcpt_to = fields.CharField(320)
    message_id = fields.CharField(320)
    octets = fields.BinaryField()
    subject = fields.CharField(300, default="")
    optional = fields.BooleanField(default=True)
    state = fields.CharField(16, default="ready")
    not_before = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    uncertain = fields.IntField(default=0)
    claim = fields.CharField(16, default="", db_index=True)
    lease_until = fields.DatetimeField(null=True)
    phase = fields.CharField(8, default="")
    code = fields.IntField(default=0)
    status = fields.CharField(16, default="")
    reply = fields.CharField(500, default="")
    created_at = fields.DatetimeField()
    settled_at = fields.DatetimeField(null=True)
    cuts = fields.JSONField[list[list[object]]](null=True)

    class Meta:
        table = "outbox"
        indexes = (Index(fields=("state", "not_before")), Index(fields=("prompt_id",)))


class SharedOctetsRow(Model):
    """Octets that many mails share, such as the team's part of a digest with its pictures."""

    sha256 = fields.CharField(64, primary_key=True)
    octets = fields.BinaryField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "shared_octets"


class DeliveryRow(Model):
    """One attempt, or one bounce that came back later."""

    id = fields.IntField(primary_key=True)
    mail: fields.ForeignKeyRelation[OutboxRow] = fields.ForeignKeyField(
        "store.OutboxRow", on_delete=fields.RESTRICT
    )
    at = fields.DatetimeField()
    receipt = fields.CharField(16)
    phase = fields.CharField(8, default="")
    code = fields.IntField(default=0)
    status = fields.CharField(16, default="")
    text = fields.CharField(500, default="")

    class Meta:
        table = "deliveries"


class CursorRow(Model):
    """How far each mailbox was read (REL-20), and who reads it now: one reader by a lease."""

    account = fields.CharField(400, primary_key=True)
    uidvalidity = fields.BigIntField(default=0)
    last_uid = fields.BigIntField(default=0)
    reader = fields.CharField(16, default="")
    lease_until = fields.DatetimeField(null=True)

    class Meta:
        table = "cursors"


class HoldRow(Model):
    """A reply that waits for a word about it and never counts until then (mail-rules 2.2).

    ``remedy`` says whose word; ``question`` is the prompt that asks for it. ``told_at``: when its person
    heard of it. ``ended`` says how the waiting was over, at ``released_at``.
    """

    id = fields.IntField(primary_key=True)
    inbox: fields.OneToOneRelation[InboxRow] = fields.OneToOneField(INBOX, on_delete=fields.RESTRICT)
    person: fields.ForeignKeyNullableRelation[PersonRow] = fields.ForeignKeyField(
        PERSON, null=True, on_delete=fields.RESTRICT
    )
    reason = fields.CharField(500)
    remedy = fields.CharField(16, default="operator", db_default="operator")
    addr_spec = fields.CharField(320, default="", db_default="")
    authentication = fields.CharField(8, default="", db_default="")
    question: fields.ForeignKeyNullableRelation[PromptRow] = fields.ForeignKeyField(
        PROMPT, null=True, on_delete=fields.RESTRICT
    )
    held_at = fields.DatetimeField()
    told_at = fields.DatetimeField(null=True)
    released_at = fields.DatetimeField(null=True)
    ended = fields.CharField(16, default="", db_default="")

    class Meta:
        table = "holds"
        indexes = (Index(fields=("question_id",)), Index(fields=("person_id",)))


class ConfirmationRow(Model):
    """What a person said of an address when nothing else vouched for a mail from it."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(PERSON, on_delete=fields.RESTRICT)
    addr_spec = fields.CharField(320)
    theirs = fields.BooleanField()
    said_at = fields.DatetimeField()

    class Meta:
        table = "confirmations"
        unique_together = (("person", "addr_spec"),)


class QuarantineRow(Model):
    """A message that nobody could process, or that nobody may (REL-14)."""

    id = fields.IntField(primary_key=True)
    inbox: fields.OneToOneRelation[InboxRow] = fields.OneToOneField(INBOX, on_delete=fields.RESTRICT)
    cause = fields.CharField(500)
    put_at = fields.DatetimeField()
    state = fields.CharField(16, default="waiting")

    class Meta:
        table = "quarantine"


class AlarmRow(Model):
    """Something the operator should know, once per key until it heals."""

    key = fields.CharField(200, primary_key=True)
    text = fields.CharField(1000)
    since = fields.DatetimeField()
    last_at = fields.DatetimeField()
    count = fields.IntField(default=1)

    class Meta:
        table = "alarms"
