"""Who takes part, and in what."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

PERSON = "store.PersonRow"
COLLABORATION = "store.CollaborationRow"


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
        indexes = (Index(fields=("person_id",)),)


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
