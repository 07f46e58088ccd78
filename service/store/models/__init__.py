"""The tables. Imported only inside this room.

Prompts and outbox mails have their handle as primary key: it derives from the logical key, so
both can be created in bulk and written twice without harm (REL-4). Nothing is deleted along with
something else: every foreign key restricts. Moments are written in UTC.
"""

from service.store.models.answers import (
    EntryRow,
    RevisionRow,
)
from service.store.models.asking import (
    CadenceRow,
    DueRow,
    PeriodKeyRow,
    PromptRow,
)
from service.store.models.endings import (
    DomainEndingRow,
    EndingRow,
)
from service.store.models.people import (
    AddressRow,
    CollaborationRow,
    DepartmentRow,
    MilestoneRow,
    PersonRow,
    RoleRow,
)
from service.store.models.post import (
    AlarmRow,
    ConfirmationRow,
    CursorRow,
    DeliveryRow,
    HoldRow,
    InboxRow,
    OutboxRow,
    QuarantineRow,
    SharedOctetsRow,
)
from service.store.models.telling import (
    DigestRow,
    MilestoneMoveRow,
    RecognitionRow,
    TellingRow,
)

__all__ = [
    "AddressRow",
    "AlarmRow",
    "CadenceRow",
    "CollaborationRow",
    "ConfirmationRow",
    "CursorRow",
    "DeliveryRow",
    "DepartmentRow",
    "DigestRow",
    "DomainEndingRow",
    "DueRow",
    "EndingRow",
    "EntryRow",
    "HoldRow",
    "InboxRow",
    "MilestoneMoveRow",
    "MilestoneRow",
    "OutboxRow",
    "PeriodKeyRow",
    "PersonRow",
    "PromptRow",
    "QuarantineRow",
    "RecognitionRow",
    "RevisionRow",
    "RoleRow",
    "SharedOctetsRow",
    "TellingRow",
]
