"""Any words, in any program, at any place of a reply, and mails that no program makes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from service.domain.reading import Asked
from service.reading import Circumstances
from service.reading.tables import phrases
from tests.replies import prompts
from tests.replies.clients import CLIENTS
from tests.replies.clients.writing import BREAKS, STYLES
from tests.replies.envelope import finished, fitting
from tests.replies.furnishing import signed
from tests.replies.generated import generate
from tests.replies.languages import LANGUAGES
from tests.replies.paper import Body, Client, Ending, Original, Written, received, trimmed, worn
from tests.replies.town import RESIDENTS, ROSTER
from tests.replies.wordings import LINES, Typed, texts


@dataclass(frozen=True, slots=True)
class Reply:
    """A mail, what its author typed into it, and what was asked."""

    client: str
    prompt: str
    typed: tuple[Typed, ...]
    raw: bytes
    asked: Asked
    circumstances: Circumstances

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """What a failing test has to tell."""
        printer.text(f"{self.client} / {self.prompt} / {self.typed!r}\n{self.raw.decode('utf-8', 'replace')}")


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    """Any words in any program, above, inside or below any prompt, with or without a sign-off."""
    author = draw(st.sampled_from(RESIDENTS))
    sent = prompts.sent(draw(st.sampled_from(prompts.names())), author)
    client = draw(st.sampled_from(CLIENTS))
    language = LANGUAGES[draw(st.sampled_from(sorted(client.languages or LANGUAGES)))]
    original = received(sent, author)
    typed = _typed(draw, client, original)
    under = {key: one.text for key, one in typed.items() if key not in client.places}
    chance = Random(draw(st.integers(0, 999)))
    original = draw(st.sampled_from((original, trimmed(original, tuple(under), chance))))
    original = draw(st.sampled_from((original, worn(original, chance))))
    written = Written(
        above=typed.get("above", Typed()).text,
        under=under,
        below=typed.get("below", Typed()).text,
        ending=draw(st.sampled_from((Ending(), signed(author, client, language, chance)[0]))),
        split=draw(st.booleans()),
        same_line=draw(st.booleans()) and all("\n" not in words for words in under.values()),
        listed=draw(st.booleans()),
        style=draw(st.sampled_from(("", *STYLES, BREAKS))),
        language=language,
    )
    body = client.write(original, written)
    moment = (sent.at + timedelta(hours=3)).astimezone(ZoneInfo(author.zone))
    raw = finished(
        _sent_forms(draw, body),
        author,
        original.reply_to,
        f"{client.prefix or language.reply}: {original.subject}",
        moment,
        original.message_id,
        client.fields,
        fitting(body.text + body.html, draw(st.permutations(client.charsets))),
        draw(st.sampled_from(client.encodings)),
    )
    circumstances = Circumstances(moment.date(), author.locale, ROSTER)
    return Reply(client.key, sent.name, tuple(typed.values()), raw, sent.asked, circumstances)


def _typed(draw: st.DrawFn, client: Client, original: Original) -> dict[str, Typed]:
    """What was typed above or below the quote, or under which questions inside of it."""
    place = draw(st.sampled_from(sorted(client.places)))
    keys = sorted({row.key for row in original.rows if row.key})
    if place == "inside" and keys:
        under = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True))
        return {key: draw(texts()) for key in under}
    return {"above" if place == "inside" else place: draw(texts())}


def _sent_forms(draw: st.DrawFn, body: Body) -> Body:
    """Both parts of a mail, or one of them."""
    if body.text and body.html:
        return draw(st.sampled_from((body, replace(body, text=""), replace(body, html=""))))
    return body


PIECES = phrases(
    """
    |---|________________|>|>>> >|*|1.|4|yes|STOP|P.S. more|Best,|Grace|Grace Fielding|Hi Ada,|See below.|Ref f-
    |On Mon, Nov 23, 2026 at 9:00 AM Ada <ada@town.example> wrote:|> Am 23.11.2026 schrieb Ada:|wrote:
    |From: Ada <ada@town.example>|Gesendet: Montag, 23. November 2026 09:00|To: Grace|Subject: Re: a
    |-----Original Message-----|Sent from my iPhone|(1 to 5)|Moved forward:|2:
    |This confidential message is for the intended recipient only, notify the sender.
    |CAUTION: This email originated from outside of the organization.
    """
)
"""Lines of all kinds that mean something to a reader, in whatever order."""
HTML_PIECES = phrases(
    """
    <p>|</p>|<br>|<div>|</div>|<blockquote>|<blockquote type="cite">|</blockquote>|<pre>|</pre>|<hr>|<ul><li>
    |<ol start=2><li>|</li></ul>|<table><tr><td>|</td></tr></table>|<!--|-->|<style>|</style>|&nbsp;|&gt;|&|<
    |<div class="gmail_quote">|<div class="gmail_signature">|<div id="divRplyFwdMsg">|<div id="q-moved">
    |<div style="display:none">
    """
)


@st.composite
def patchworks(draw: st.DrawFn, of_html: bool = False) -> str:
    """Pieces of replies in an order that no program makes; lines of our own prompt among them."""
    ours = prompts.sent("check-in 0").text.split("\n")
    lines = st.one_of(st.sampled_from(("-- ", *PIECES)), st.sampled_from(ours), LINES)
    marked = st.builds(str.__add__, st.sampled_from(("", "", "> ", ">> ", "    ")), lines)
    pieces = st.one_of(st.sampled_from(HTML_PIECES), lines) if of_html else marked
    return draw(st.sampled_from(("\n", "\r\n"))).join(draw(st.lists(pieces, max_size=25)))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A real reply whose octets were lost, doubled, changed or put in."""
    raw = bytearray(generate(draw(st.integers(0, 10_000))).raw)
    for _ in range(draw(st.integers(1, 4))):
        _damage(draw, raw)
    return bytes(raw)


def _damage(draw: st.DrawFn, raw: bytearray) -> None:
    at = draw(st.integers(0, len(raw)))
    piece = slice(at, at + draw(st.integers(1, 200)))
    kind = draw(st.sampled_from(("lose", "double", "change", "put in")))
    if kind == "lose":
        del raw[piece]
    elif kind == "double":
        raw[at:at] = raw[piece] * draw(st.integers(1, 30))
    elif kind == "change" and at < len(raw):
        raw[at] ^= draw(st.integers(1, 255))
    else:
        raw[at:at] = draw(st.one_of(st.binary(max_size=40), st.sampled_from(FRAGMENTS)))


FRAGMENTS: Sequence[bytes] = (
    b"\r\n\r\n",
    b"--",
    b"\r\n----=_Part_4711_1130\r\n",
    b"Content-Type: multipart/mixed; boundary=a\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"charset=utf-7",
    b"=?utf-8?b?a?=",
    b"\x00\x1b$B\xff\xfe",
    b"<blockquote>",
    b"</div>" * 20,
    b"&#99999999999;",
    b"&#" + b"9" * 5000 + b";",
    b"> " * 30,
    b"\r",
    b"1: 4",
    b"<!--",
)
