"""What people end every mail with."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from service.store.models.people import PersonRow


class EndingRow(Model):
    """How one person ends their mails from one domain.

    ``sha256`` is of its words. ``text`` is empty until it stood under a second mail. ``signed``: their
    mails alone can prove it. ``mails`` counts those it stood under and ``proofs`` tells the last of them
    apart: prompt and sha256 of the words above. ``told``: its author knows that it is left out.
    ``forgotten``: they want it read, so nothing but ``sha256`` is kept.
    """

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[PersonRow] = fields.ForeignKeyField(
        "store.PersonRow", on_delete=fields.RESTRICT
    )
    domain = fields.CharField(255)
    sha256 = fields.CharField(64)
    text = fields.TextField()
    signed = fields.BooleanField()
    mails = fields.IntField()
    proofs = fields.JSONField[list[list[str]]]()
    told = fields.BooleanField(default=False)
    forgotten = fields.BooleanField(default=False)
    seen_at = fields.DatetimeField()

    class Meta:
        table = "endings"
        unique_together = (("person", "domain", "sha256"),)
        indexes = (Index(fields=("domain", "sha256")),)


class DomainEndingRow(Model):
    """How several people of one domain end their mails. ``people`` counts them.

    ``forgotten``: an operator wants it read, so nothing but ``sha256`` is kept.
    """

    id = fields.IntField(primary_key=True)
    domain = fields.CharField(255)
    sha256 = fields.CharField(64)
    text = fields.TextField()
    people = fields.IntField()
    forgotten = fields.BooleanField(default=False)
    seen_at = fields.DatetimeField()

    class Meta:
        table = "domain_endings"
        unique_together = (("domain", "sha256"),)
