"""What is told: digests to the team, recognition to managers."""

from tortoise import fields
from tortoise.models import Model

from service.store.models.answers import EntryRow
from service.store.models.people import CollaborationRow, MilestoneRow, PersonRow

PERSON = "store.PersonRow"
COLLABORATION = "store.CollaborationRow"
ENTRY = "store.EntryRow"


class MilestoneMoveRow(Model):
    """What a reply did to a milestone."""

    id = fields.IntField(primary_key=True)
    milestone: fields.ForeignKeyRelation[MilestoneRow] = fields.ForeignKeyField(
        "store.MilestoneRow", on_delete=fields.RESTRICT
    )
    entry: fields.ForeignKeyRelation[EntryRow] = fields.ForeignKeyField(ENTRY, on_delete=fields.RESTRICT)
    state = fields.CharField(16)
    state_before = fields.CharField(16)
    due = fields.DateField()
    due_before = fields.DateField()
    moved_at = fields.DatetimeField()
    shown = fields.BooleanField(default=False)

    class Meta:
        table = "milestone_moves"


class DigestRow(Model):
    """One digest of one collaboration: what it carries is settled once and the same for everybody.

    ``state``: previewed (the champion has seen it), built, or empty (nothing was new, nobody got one).
    """

    id = fields.IntField(primary_key=True)
    collaboration: fields.ForeignKeyRelation[CollaborationRow] = fields.ForeignKeyField(
        COLLABORATION, on_delete=fields.RESTRICT
    )
    instrument = fields.CharField(64)
    period = fields.CharField(16)
    state = fields.CharField(16)
    facts = fields.JSONField[dict[str, object]]()
    built_at = fields.DatetimeField()
    goes_out_at = fields.DatetimeField()

    class Meta:
        table = "digests"
        unique_together = (("collaboration", "instrument", "period"),)


class RecognitionRow(Model):
    """Thanks on their way to a manager. ``told`` and ``sentence`` are what the person was shown, then
    what they approved, under ``sha256``.

    ``state``: offered (the person was asked), approved, not_now, withdrawn.
    """

    id = fields.IntField(primary_key=True)
    entry: fields.ForeignKeyRelation[EntryRow] = fields.ForeignKeyField(ENTRY, on_delete=fields.RESTRICT)
    collaboration: fields.ForeignKeyRelation[CollaborationRow] = fields.ForeignKeyField(
        COLLABORATION, on_delete=fields.RESTRICT
    )
    author: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(
        PERSON, related_name="thanks_given", on_delete=fields.RESTRICT
    )
    person: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(
        PERSON, related_name="thanks_received", on_delete=fields.RESTRICT
    )
    state = fields.CharField(16, default="offered")
    told = fields.TextField()
    sentence = fields.TextField()
    sha256 = fields.CharField(64, default="")
    offered_at = fields.DatetimeField()
    approved_at = fields.DatetimeField(null=True)

    class Meta:
        table = "recognitions"
        unique_together = (("entry", "person"),)


class TellingRow(Model):
    """An approved recognition in one manager's summary. ``sha256`` is of the text that was sent."""

    id = fields.IntField(primary_key=True)
    recognition: fields.ForeignKeyRelation[RecognitionRow] = fields.ForeignKeyField(
        "store.RecognitionRow", on_delete=fields.RESTRICT
    )
    manager: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(PERSON, on_delete=fields.RESTRICT)
    period = fields.CharField(16)
    sha256 = fields.CharField(64)
    told_at = fields.DatetimeField()

    class Meta:
        table = "tellings"
        unique_together = (("recognition", "manager"),)
