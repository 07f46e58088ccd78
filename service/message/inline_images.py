"""Pictures that travel with a mail, put where its HTML shows them (RFC 2392)."""

import re
from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import unquote

from service.message import limits
from service.message.message import parse
from service.message.part import Part

_SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")
_REFERENCE = re.compile(r"""(?<=["'(=])cid:([^\s"'()<>]{1,998})""")


def with_inline_images(raw: bytes) -> str:
    """The HTML of a mail, each ``cid:`` of one of its own pictures as a ``data:`` address.

    So a browser shows it as it stands, without the mail around. Other addresses stay as they are,
    and so does what would go past ``limits.MESSAGE`` characters of pictures in all. Raises TooLarge as
    ``parse`` does.
    """
    message = parse(raw)
    pictures = {
        part.content_id.strip().strip("<>"): part for part in message.parts if part.content_type in _SHOWN
    }
    return _Filling(pictures).fill(message.html) if pictures else message.html


class _Filling:
    """One pass over one mail. It counts: a picture may be named thousands of times."""

    def __init__(self, pictures: Mapping[str, Part]) -> None:
        self._pictures = pictures
        self._room = limits.MESSAGE

    def fill(self, html: str) -> str:
        return _REFERENCE.sub(self._address, html)

    def _address(self, reference: re.Match[str]) -> str:
        part = self._pictures.get(unquote(reference[1]))
        if part is None or len(part.body) > self._room:
            return reference[0]
        address = f"data:{part.content_type};base64,{b64encode(part.octets).decode()}"
        self._room -= len(address)
        return address
