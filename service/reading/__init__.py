"""The heart: what a person wrote, and which question it answers.

Pure: the parts of a mail × what we sent × its questions → a ``Reading``. The way through the room:
``lines`` and ``markup`` make lines, ``quotes`` judges them by their marks, ``align`` finds our own
words by content, ``authorship`` keeps the author's, ``endings`` leaves out what they end every mail
with (``closings`` finds what that may be), ``sections`` and ``aims`` give each line to a question,
``answers`` read them by type, ``confidence`` draws the line.
"""

from service.reading.circumstances import Circumstances
from service.reading.markers import question_named
from service.reading.politeness import is_nod
from service.reading.reader import read, visible_text
from service.reading.sent_mail import asked_from_mail, sent_texts

__all__ = [
    "Circumstances",
    "asked_from_mail",
    "is_nod",
    "question_named",
    "read",
    "sent_texts",
    "visible_text",
]
