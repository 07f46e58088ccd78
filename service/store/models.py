"""The tables. Imported only inside this room.

Prompts and outbox mails have their handle as primary key: it derives from the logical key, so
both can be created in bulk and written twice without harm (REL-4). Nothing is deleted along with
something else: every foreign key restricts.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

PERSON = "store.PersonRow"
COLLABORATION = "store.CollaborationRow"
PROMPT = "store.PromptRow"
INBOX = "store.InboxRow"


class CollaborationRow(Model):
    id = fields.IntField(primary_key=True)
    key = fields.CharField(64, unique=True)
    name = fields.CharField(200)
    why = fields.TextField()
    zone = fields.CharField(64)

    class Meta:
        table = "collaborations"


class DepartmentRow(Model):
    id = fields.IntField(primary_key=True)
    collaboration: fields.ForeignKeyRelation[CollaborationRow] = fields.ForeignKeyField(
        COLLABORATION, on_delete=fields.RESTRICT
    )
    name = fields.CharField(200)

    class Meta:
        table = "departments"
        unique_together = (("collaboration", "name"),)


class PersonRow(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(200)
    zone = fields.CharField(64)
    locale = fields.CharField(35, default="en-US")
    participation = fields.CharField(16, default="active")
    paused_until = fields.DatetimeField(null=True)
    shared_mailbox = fields.BooleanField(default=False)

    class Meta:
        table = "people"


class AddressRow(Model):
    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(
        PERSON, related_name="addresses", on_delete=fields.RESTRICT
    )
    addr_spec = fields.CharField(320, unique=True)
    is_primary = fields.BooleanField(default=True)
    failing_since = fields.DatetimeField(null=True)
    failure = fields.CharField(500, default="")

    class Meta:
        table = "addresses"


class RoleRow(Model):
    id = fields.IntField(primary_key=True)
    collaboration: fields.ForeignKeyRelation[CollaborationRow] = fields.ForeignKeyField(
        COLLABORATION, on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(PERSON, on_delete=fields.RESTRICT)
    department: fields.ForeignKeyRelation[DepartmentRow] = fields.ForeignKeyField(
        "store.DepartmentRow", on_delete=fields.RESTRICT
    )
    role = fields.CharField(16)

    class Meta:
        table = "roles"
        unique_together = (("collaboration", "person", "role"),)


class MilestoneRow(Model):
    id = fields.IntField(primary_key=True)
    collaboration: fields.ForeignKeyRelation[CollaborationRow] = fields.ForeignKeyField(
        COLLABORATION, on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    title = fields.CharField(300)
    due = fields.DateField()
    owner: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(PERSON, on_delete=fields.RESTRICT)
    state = fields.CharField(16, default="ahead")

    class Meta:
        table = "milestones"
        unique_together = (("collaboration", "number"),)


class CadenceRow(Model):
    id = fields.IntField(primary_key=True)
    collaboration: fields.ForeignKeyRelation[CollaborationRow] = fields.ForeignKeyField(
        COLLABORATION, on_delete=fields.RESTRICT
    )
    instrument = fields.CharField(64)
    weekday = fields.IntField()
    at = fields.CharField(5)

    class Meta:
        table = "cadences"
        unique_together = (("collaboration", "instrument"),)


class DueRow(Model):
    """When a cadence comes to a person next. The minute tick asks this index, never all people."""

    id = fields.IntField(primary_key=True)
    cadence: fields.ForeignKeyRelation[CadenceRow] = fields.ForeignKeyField(
        "store.CadenceRow", on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(PERSON, on_delete=fields.RESTRICT)
    at = fields.DatetimeField(db_index=True)
    period = fields.CharField(16)

    class Meta:
        table = "due"
        unique_together = (("cadence", "person"),)


class PeriodKeyRow(Model):
    """A key that was claimed: what it names has happened for its period (TIME-4)."""

    key = fields.CharField(200, primary_key=True)
    claimed_at = fields.DatetimeField()

    class Meta:
        table = "period_keys"


class PromptRow(Model):
    handle = fields.CharField(16, primary_key=True)
    key = fields.CharField(200, unique=True)
    instrument = fields.CharField(64)
    collaboration: fields.ForeignKeyRelation[CollaborationRow] = fields.ForeignKeyField(
        COLLABORATION, on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(PERSON, on_delete=fields.RESTRICT)
    root: fields.ForeignKeyNullableRelation["PromptRow"] = fields.ForeignKeyField(
        PROMPT, null=True, on_delete=fields.RESTRICT
    )
    period = fields.CharField(16)
    questions = fields.JSONField[list[dict[str, object]]]()
    state = fields.CharField(16, default="open")
    asked_at = fields.DatetimeField()

    class Meta:
        table = "prompts"


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
    fingerprint = fields.CharField(64, null=True, db_index=True)
    person: fields.ForeignKeyNullableRelation[PersonRow] = fields.ForeignKeyField(
        PERSON, null=True, on_delete=fields.RESTRICT
    )
    prompt: fields.ForeignKeyNullableRelation[PromptRow] = fields.ForeignKeyField(
        PROMPT, null=True, on_delete=fields.RESTRICT
    )
    settled_at = fields.DatetimeField(null=True)

    class Meta:
        table = "inbox"


class EntryRow(Model):
    id = fields.IntField(primary_key=True)
    prompt: fields.ForeignKeyRelation[PromptRow] = fields.ForeignKeyField(PROMPT, on_delete=fields.RESTRICT)
    person: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(PERSON, on_delete=fields.RESTRICT)
    inbox: fields.ForeignKeyRelation[InboxRow] = fields.ForeignKeyField(INBOX, on_delete=fields.RESTRICT)
    question = fields.CharField(64)
    effect = fields.CharField(24)
    privacy = fields.CharField(1)
    value = fields.JSONField[object]()
    text = fields.TextField()
    confidence = fields.FloatField()
    week = fields.CharField(16)
    revision = fields.IntField(default=1)
    recorded_at = fields.DatetimeField()

    class Meta:
        table = "entries"
        unique_together = (("inbox", "question"),)
        indexes = (Index(fields=("prompt_id", "question")),)


class RevisionRow(Model):
    """What an entry said before it was corrected."""

    id = fields.IntField(primary_key=True)
    entry: fields.ForeignKeyRelation[EntryRow] = fields.ForeignKeyField(
        "store.EntryRow", on_delete=fields.RESTRICT
    )
    revision = fields.IntField()
    value = fields.JSONField[object]()
    text = fields.TextField()
    inbox: fields.ForeignKeyRelation[InboxRow] = fields.ForeignKeyField(INBOX, on_delete=fields.RESTRICT)
    recorded_at = fields.DatetimeField()
    replaced_at = fields.DatetimeField()

    class Meta:
        table = "revisions"
        unique_together = (("entry", "revision"),)


class OutboxRow(Model):
    """A mail in its final bytes, and how far it has come (mail-rules 4.1)."""

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
    text = fields.TextField()
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

    class Meta:
        table = "outbox"
        indexes = (Index(fields=("state", "not_before")),)


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
    """A reply that waits for its author's word and never counts until then (mail-rules 2.2)."""

    id = fields.IntField(primary_key=True)
    inbox: fields.OneToOneRelation[InboxRow] = fields.OneToOneField(INBOX, on_delete=fields.RESTRICT)
    person: fields.ForeignKeyNullableRelation[PersonRow] = fields.ForeignKeyField(
        PERSON, null=True, on_delete=fields.RESTRICT
    )
    reason = fields.CharField(500)
    held_at = fields.DatetimeField()
    released_at = fields.DatetimeField(null=True)

    class Meta:
        table = "holds"


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
