"""What was answered, with its history."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from service.store.models.asking import PromptRow
from service.store.models.people import PersonRow
from service.store.models.post import InboxRow

PERSON = "store.PersonRow"
PROMPT = "store.PromptRow"
INBOX = "store.InboxRow"


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
    # the last revision that a digest carried, 0 for none
    shown_revision = fields.IntField(default=0, db_default=0)

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
