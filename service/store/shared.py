"""Octets that many mails share, such as the team's part of a digest with its pictures: kept once.

They are cut out of each mail when it is written, and put back before anybody sees it: every reader of
``outbox.octets`` goes through ``whole`` (OUT-2).

Nothing drops shared octets yet. Whoever purges mails may delete those that were last written with a
mail more than a day ago and that no ``outbox.cuts`` names: writing one once more renews its date, and
PostgreSQL lets a DELETE on that date wait for the row and look again.
"""

import json
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from operator import itemgetter

from service.store import sql
from service.store.models import SharedOctetsRow

WORTH = 1024
"""Octets. What is smaller costs more to find again than to keep."""
MEMORY = 16 * 1024 * 1024
"""Octets of pieces that a process remembers: those of some hundred teams."""
_HEAD = 64

Cut = tuple[int, str]
"""Where in the rest of its mail a piece was, and its sha256."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a mail, and what was cut out of it, in order."""

    octets: bytes
    cuts: tuple[Cut, ...] = ()


def cut(raw: bytes, pieces: Sequence[bytes], names: Mapping[bytes, str]) -> Rest:
    """Cut ``pieces``, in their order, out of ``raw``. ``names`` has the sha256 of those that are worth it;
    what is not there, or not in ``raw``, stays in the mail."""
    kept: list[bytes] = []
    cuts: list[Cut] = []
    at = gone = 0
    for piece in pieces:
        start = _find(raw, piece, at) if piece in names else -1
        if start >= 0:
            kept.append(raw[at:start])
            cuts.append((start - gone, names[piece]))
            at, gone = start + len(piece), gone + len(piece)
    return Rest(b"".join((*kept, raw[at:])), tuple(cuts))


def joined(rest: Rest, pieces: Mapping[str, bytes]) -> bytes:
    """The whole mail again."""
    parts, at = [], 0
    for start, name in rest.cuts:
        parts += [rest.octets[at:start], pieces[name]]
        at = start
    return b"".join((*parts, rest.octets[at:]))


def _find(raw: bytes, piece: bytes, start: int) -> int:
    """As ``raw.find``, which prepares for a long needle what our pieces do not need."""
    head = piece[:_HEAD]
    while (start := raw.find(head, start)) >= 0:
        if raw.startswith(piece, start):
            return start
        start += 1
    return -1


async def keep(mails: Iterable[Sequence[bytes]], now: datetime) -> dict[bytes, str]:
    """Store what ``mails`` share, in the caller's transaction; the sha256 of each piece worth cutting out.

    Pieces that exist already are renewed: all in one order, so that two workers do not wait for each
    other.
    """
    pieces = {piece for shared in mails for piece in shared if len(piece) >= WORTH}
    names = {piece: sha256(piece).hexdigest() for piece in pieces}
    rows = [
        {"sha256": name, "octets": piece, "created_at": now}
        for piece, name in sorted(names.items(), key=itemgetter(1))
    ]
    renew = "ON CONFLICT (sha256) DO UPDATE SET created_at = excluded.created_at"
    await sql.insert(SharedOctetsRow, rows, renew)
    return names


async def whole(stored: Sequence[tuple[bytes, object]]) -> list[bytes]:
    """Whole mails from ``octets`` and ``cuts`` as the database has them; older rows have no cuts."""
    rests = [Rest(octets, _read(cuts)) for octets, cuts in stored]
    pieces = await _pieces({name for rest in rests for _, name in rest.cuts})
    return [joined(rest, pieces) if rest.cuts else rest.octets for rest in rests]


def _read(cuts: object) -> tuple[Cut, ...]:
    """JSON, as the driver gives it or as a model has read it."""
    found = json.loads(cuts) if isinstance(cuts, str) else cuts
    return tuple((start, name) for start, name in found) if isinstance(found, list) else ()


class Memory:
    """The pieces that were used last, up to ``limit`` octets. Named by their content, they are never old."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size = limit, 0
        self._pieces: OrderedDict[str, bytes] = OrderedDict()

    def find(self, names: Collection[str]) -> dict[str, bytes]:
        """Those of ``names`` that are remembered."""
        found = {name: self._pieces[name] for name in names if name in self._pieces}
        for name in found:
            self._pieces.move_to_end(name)
        return found

    def keep(self, pieces: Mapping[str, bytes]) -> None:
        """Remember ``pieces``, and forget what was not used for longest."""
        for name, piece in pieces.items():
            self._size += len(piece) - len(self._pieces.get(name, b""))
            self._pieces[name] = piece
        while self._size > self._limit:
            _, dropped = self._pieces.popitem(last=False)
            self._size -= len(dropped)


_memory = Memory(MEMORY)


async def _pieces(names: set[str]) -> dict[str, bytes]:
    known = _memory.find(names)
    missing = names - known.keys()
    if not missing:
        return known
    fetched = dict(await SharedOctetsRow.filter(sha256__in=missing).values_list("sha256", "octets"))
    _memory.keep(fetched)
    return known | fetched
