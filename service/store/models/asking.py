"""What is asked, and when."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from service.store.models.people import CollaborationRow, PersonRow

PERSON = "store.PersonRow"
COLLABORATION = "store.CollaborationRow"
PROMPT = "store.PromptRow"


class CadenceRow(Model):
    id = fields.IntField(primary_key=True)
    collaboration: fields.ForeignKeyRelation[CollaborationRow] = fields.ForeignKeyField(
        COLLABORATION, on_delete=fields.RESTRICT
    )
    instrument = fields.CharField(64)
    weekday = fields.IntField()
    at = fields.CharField(5)
    every = fields.IntField(default=1, db_default=1)
    nth = fields.IntField(default=0, db_default=0)

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
    about = fields.CharField(64, default="", db_default="")
    closes_at = fields.DatetimeField(null=True)

    class Meta:
        table = "prompts"
        indexes = (Index(fields=("collaboration_id", "instrument", "person_id")),)
