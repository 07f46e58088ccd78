"""Each reader as a function from a raw mail to the new words in it.

The libraries know no MIME, so all of them get the parts that our own parser finds, and where one reads
text only, a mail without a text part as the text of its HTML, quotes marked with ">". Of the ways to use
a library each function takes the one that scored best on the generated replies.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module, metadata, util
from types import ModuleType

from service.message import parse
from service.reading import read, visible_text
from service.reading.markup import html_lines
from tests.replies.compare.mails import Mail


@dataclass(frozen=True, slots=True)
class Reader:
    """``blind``: the new words of a raw mail. ``read``: the same, for who can use what a ``Mail`` knows besides.

    ``package``: the library as pip knows it; ``module``: what is imported of it.
    """

    name: str
    read: Callable[[Mail], str]
    blind: Callable[[bytes], str] | None = None
    package: str = ""
    module: str = ""

    @property
    def there(self) -> bool:
        """Its library is installed."""
        return not self.module or util.find_spec(self.module) is not None

    @property
    def path(self) -> str:
        """Where ``blind`` is found: "MODULE:FUNCTION"."""
        return f"{self.blind.__module__}:{self.blind.__name__}" if self.blind else ""

    @property
    def title(self) -> str:
        return f"{self.name} {metadata.version(self.package)}" if self.package else self.name


def knowing(mail: Mail) -> str:
    """Our reader as the service uses it: it has the very mail that is answered."""
    return read(parse(mail.raw), mail.asked, mail.circumstances).text


def zapier(raw: bytes) -> str:
    """email-reply-parser, Zapier's port of GitHub's parser."""
    return str(_library("email_reply_parser").EmailReplyParser.parse_reply(_text(raw)))


def mail_parser_reply(raw: bytes) -> str:
    """mail-parser-reply with all the languages that it knows; its body is without signature and disclaimer."""
    languages = list(_library("mailparser_reply.constants").MAIL_LANGUAGES)
    parser = _library("mailparser_reply").EmailReplyParser(languages=languages)
    replies = parser.read(_text(raw)).replies
    return str(replies[0].body) if replies else ""


def quotequail(raw: bytes) -> str:
    """quotequail: what it finds above and below somebody else's words; it has a function for HTML."""
    library, message = _library("quotequail"), parse(raw)
    if message.text.strip():
        found = library.unwrap(message.text)
        return message.text if found is None else _joined(found, "text_top", "text_bottom")
    if not message.html.strip():
        return ""
    found = library.unwrap_html(message.html)
    return _seen(message.html if found is None else _joined(found, "html_top", "html_bottom"))


def unquotemail(raw: bytes) -> str:
    """unquotemail; it looks at the HTML first, where there is some, and can give it back."""
    message = parse(raw)
    if not (message.text.strip() or message.html.strip()):
        return ""
    found = _library("unquotemail").Unquote(message.html or None, message.text or None)
    return _seen(str(found.get_html())) if message.html.strip() else str(found.get_text())


def talon(raw: bytes) -> str:
    """Talon's quotations; it has a function for HTML. Its signatures need a scikit-learn that is long gone."""
    library, message = _talon(), parse(raw)
    if message.text.strip():
        return str(library.extract_from_plain(message.text))
    return _seen(str(library.extract_from_html(message.html))) if message.html.strip() else ""


def _library_reader(blind: Callable[[bytes], str], package: str, module: str) -> Reader:
    return Reader(package, lambda mail: blind(mail.raw), blind, package, module)


KNOWING = Reader("Common Thread, knowing what it sent", knowing)
OURS = Reader("Common Thread", lambda mail: visible_text(mail.raw), visible_text)
READERS = (
    KNOWING,
    OURS,
    _library_reader(mail_parser_reply, "mail-parser-reply", "mailparser_reply"),
    _library_reader(zapier, "email-reply-parser", "email_reply_parser"),
    _library_reader(quotequail, "quotequail", "quotequail"),
    _library_reader(unquotemail, "unquotemail", "unquotemail"),
    _library_reader(talon, "talon", "talon"),
)
"""All that can be compared."""


@cache
def _library(name: str) -> ModuleType:
    """Imported when it is first used: nothing else needs it."""
    return import_module(name)


@cache
def _talon() -> ModuleType:
    _library("talon").init()
    return _library("talon.quotations")


def _joined(found: Mapping[str, str], *keys: str) -> str:
    return "\n".join(found.get(key, "") for key in keys)


def _text(raw: bytes) -> str:
    """The text part, or the HTML as a text part would have it: each level of quoting has a mark."""
    message = parse(raw)
    if message.text.strip():
        return message.text
    return "\n".join("> " * line.depth + line.text for line in html_lines(message.html))


def _seen(html: str) -> str:
    return "\n".join(line.text for line in html_lines(html))
