"""One part of a mail (RFC 2045): what its header says of it, and its content when asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from service.message import limits
from service.message.attachment import sanitise_name
from service.message.charset import decode
from service.message.encoding import transfer_decode
from service.message.header import Field
from service.message.parameters import read_parameters
from service.message.plain import plain
from service.message.words import decode_words

_ENCODED = 4 * limits.TEXT
"""More encoded octets than this cannot matter: base64 takes 4 for 3, quoted-printable 3 for 1."""


@dataclass(frozen=True, slots=True)
class Part:
    """One node of the MIME tree. A leaf has a body, a multipart has ``children``.

    ``message/rfc822`` is a leaf: what it carries is another person's mail (IN-11). ``filename``
    is sanitised, '' where there is none.
    """

    content_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    filename: str = ""
    encoding: str = ""
    content_id: str = ""
    body: bytes = field(default=b"", repr=False)
    children: tuple["Part", ...] = ()

    @property
    def charset(self) -> str:
        """The charset label as it was written; a hint only."""
        return self.parameters.get("charset", "")

    @property
    def octets(self) -> bytes:
        """The content without its transfer encoding, cut at the limit for text."""
        return transfer_decode(self.body[:_ENCODED], self.encoding)[: limits.TEXT]

    @property
    def text(self) -> str:
        """The content as plain text, cut at the limit for text. Never raises."""
        return plain(decode(self.octets, self.charset))[: limits.TEXT]

    @property
    def is_file(self) -> bool:
        """Whether it was sent as a file; pictures that belong to the HTML beside them were not."""
        shown = self.content_id and not self.content_type.startswith("text/")
        return self.disposition == "attachment" or (bool(self.filename) and not shown)

    @property
    def leaves(self) -> Iterator["Part"]:
        """The leaves below, in the order of the mail."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves


def describe(fields: tuple[Field, ...], default: str = "text/plain") -> Part:
    """A part without content, as its header describes it; ``default`` where it says nothing sound
    (RFC 2045 section 5.2)."""
    header = _mime_fields(fields)
    content_type, parameters = read_parameters(header.get("content-type", ""))
    disposition, details = read_parameters(header.get("content-disposition", ""))
    name = details.get("filename") or parameters.get("name", "")
    return Part(
        content_type=content_type if content_type.count("/") == 1 else default,
        parameters=parameters,
        disposition=disposition,
        filename=sanitise_name(decode_words(name)) if name else "",
        encoding=header.get("content-transfer-encoding", "").strip().lower(),
        content_id=header.get("content-id", ""),
    )


def with_body(part: Part, body: bytes) -> Part:
    """A leaf. A multipart in which no part can be found is read as plain text."""
    broken = part.content_type.startswith("multipart/")
    return replace(part, body=body, content_type="text/plain" if broken else part.content_type)


def _mime_fields(fields: tuple[Field, ...]) -> dict[str, str]:
    """The Content-* fields, the first of each: the one that most programs follow."""
    found: dict[str, str] = {}
    for one in fields:
        if one.name[:8].lower() == "content-":
            found.setdefault(one.name.rstrip().lower(), one.value)
    return found
