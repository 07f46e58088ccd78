"""The words of automatic replies and of dates, one TOML file per language, as data.

Phrases stand between commas and are compared in lower case. A phrase matches where a word starts;
its last word may go on if it has five letters or more, or ``*`` behind it. Scripts whose words run into
each other (Hebrew, Arabic, Thai, Chinese, Japanese, Korean) match anywhere.

- ``subjects``: what a machine calls its reply in the subject, before a colon; ``tags``: in brackets.
  ``away_subjects``: words for being away that people write over their own mail too.
- ``declares``: how a clause starts that calls its mail automatic; before ``+`` a word for mail must follow
  ("this is an automatic reply", not "… door"); after ``=`` it is the whole clause.
- ``away``: the writer is away or gone, or the house is closed. ``handling``: what becomes of the mail that
  is answered. ``thanks``: how form letters begin; nobody who answers a question thanks for the mail.
- ``topics``: other words of such mails. They prove nothing, but a clause that has none of all these is
  about something else. ``plain``: words without a matter of their own; a clause with words that are not
  among all these has one. ``past``: whole words of a clause that tells of what is over. ``joins``: words
  (syllables where words run into each other) between two clauses.
- ``until``, ``from``, ``after``, ``to``: what stands right before a date (``to`` in a range only);
  ``until_after``, ``from_after``: right behind it; ``fillers``: what may stand in between. ``back``: words
  for being here again; ``until_back`` ("not return until") stands before the day of return.
  ``asides`` hold such a word and mean something else ("get back to you"). ``order = "month first"``: 12/7.
- ``months`` and ``weekdays``, in order; several forms of one name stand between blanks, ``*`` is any ending.
"""

import tomllib
from functools import cache
from importlib.resources import files

from service.inbound.languages.language import Language, read_language
from service.inbound.languages.vocabulary import Said, is_unspaced

__all__ = ["Language", "Said", "is_unspaced", "languages"]


@cache
def languages() -> tuple[Language, ...]:
    """Every language that has a file here."""
    found = {path.name: path for path in files(__package__).iterdir() if path.name.endswith(".toml")}
    return tuple(
        read_language(name.removesuffix(".toml"), tomllib.loads(found[name].read_text("utf-8")))
        for name in sorted(found)
    )
