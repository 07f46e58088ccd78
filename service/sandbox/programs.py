"""Mail programs: one small function for each, after mails of the program that it is called by.

What differs is where the new words stand, how the mail that is answered is quoted and introduced,
and what the program adds by itself.
"""

import textwrap
from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape

from service.sandbox.layout import write_between
from service.sandbox.mailers import Body, Original, Program, Words


def _gmail(original: Original, words: Words) -> Body:
    at = original.at
    on = f"On {at:%a, %b} {at.day}, {at:%Y} at {_clock(at)} {original.who} wrote:"
    quote = "\n".join(_quoted(line) for line in _wrapped(original.text))
    html = (
        f'<div dir="ltr">{_divs(words.above)}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{escape(on)}<br></div><blockquote class="gmail_quote" style="'
        'margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">'
        f"{original.html}</blockquote></div>"
    )
    above = "\n".join(textwrap.fill(line, 72) for line in words.above.splitlines())
    return Body(f"{above}\n\n{textwrap.fill(on, 76)}\n\n{quote}\n", html)


def _outlook(original: Original, words: Words) -> Body:
    at = original.at
    block = _block(original, f"{at:%A, %B} {at.day}, {at:%Y} {_clock(at)}", when="Sent")
    shown = "<br>".join(f"<b>{name}:</b> {escape(value)}" for name, value in block.items())
    typed = (f'<p class="MsoNormal">{escape(line) or "&nbsp;"}</p>' for line in words.above.splitlines())
    html = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0in; '
        'font-size:11.0pt; font-family:"Calibri",sans-serif;}</style></head><body lang="EN-US">'
        f'<div class="WordSection1">{"".join(typed)}<p class="MsoNormal">&nbsp;</p><div style="border:none;'
        'border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">'
        f'<p class="MsoNormal">{shown}</p></div>{original.html}</div></body></html>'
    )
    return Body(f"{words.above}\n\n{_lines(block)}\n\n{original.text}\n", html)


def _apple(original: Original, words: Words) -> Body:
    on = _apple_line(original)
    html = (
        f'<html><body style="overflow-wrap: break-word;">{_divs(words.above)}<blockquote type="cite">'
        f"<div>{escape(on)}</div><br>{''.join(_cut_quote(original, words))}</blockquote></body></html>"
    )
    text = "\n".join([f"> {on}", "> ", *_between(original, words)])
    return Body(f"{words.above}\n\n{text}\n".lstrip(), html)


def _iphone(original: Original, words: Words) -> Body:
    on = _apple_line(original)
    quote = "\n".join(_quoted(line) for line in original.text.splitlines())
    html = (
        f'<html><body dir="auto">{_divs(words.above)}<div dir="ltr"><br>Sent from my iPhone</div>'
        f'<div dir="ltr"><br><blockquote type="cite">{escape(on)}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">\ufeff{original.html}</div></blockquote></body></html>'
    )
    text = f"{words.above}\n\nSent from my iPhone\n\n> {on}\n> \n> \ufeff{quote.removeprefix('> ')}\n"
    return Body(text, html)


def _thunderbird(original: Original, words: Words) -> Body:
    on = f"On {original.at:%m/%d/%Y} {_clock(original.at)}, {original.sender} wrote:"
    text = "\n".join([on, *_between(original, words)])
    return Body(f"{words.above}\n\n{text}\n".lstrip())


def _yahoo(original: Original, words: Words) -> Body:
    at = original.at
    day = f"{at:%A, %B} {at.day}, {at:%Y} at {_clock(at, seconds=True)} {at:%Z}"
    on = f"On {day}, {original.who} wrote:"
    html = (
        '<html><head></head><body><div class="ydpyahoo-style-wrap" style="font-family:Helvetica Neue, '
        f'sans-serif;font-size:16px;">{_divs(words.above, "ltr")}</div><div id="ydpyahoo_quoted_7013" '
        f'class="yahoo_quoted"><div style="font-size:13px;color:#26282a;"><div>{escape(on)}</div>'
        f"<div><br></div><div>{original.html}</div></div></div></body></html>"
    )
    return Body("", html)


def _samsung(original: Original, words: Words) -> Body:
    at = original.at
    zone = f"{at:%z}"
    block = _block(original, f"{at:%m/%d/%y} {_clock(at)} (GMT{zone[:3]}:{zone[3:]})", when="Date")
    mark = f"-------- Original message --------\n{_lines(block)}"
    html = (
        f'<html><body dir="auto">{_divs(words.above)}<div><br></div><div id="composer_signature">'
        '<div style="font-size:12px;color:#575757">Sent from my Galaxy</div></div><div><br></div>'
        f'<div style="font-size:100%;color:#000000"><!-- originalMessage -->{_divs(mark)}'
        f"<div><br></div></div>{original.html}</body></html>"
    )
    return Body(f"{words.above}\n\n\nSent from my Galaxy\n\n\n{mark}\n\n{original.text}\n", html)


def _plain(_: Original, words: Words) -> Body:
    return Body(f"{words.above}\n")


PROGRAMS: Mapping[str, Program] = {
    "gmail": Program("Gmail", _gmail, {}),
    "outlook": Program("Outlook", _outlook, {"X-Mailer": "Microsoft Outlook 16.0"}, "RE: "),
    "apple": Program("Apple Mail", _apple, {"X-Mailer": "Apple Mail (2.3826.300.87.4.3)"}),
    "iphone": Program("an iPhone", _iphone, {"X-Mailer": "iPhone Mail (22G86)"}),
    "thunderbird": Program("Thunderbird", _thunderbird, {"User-Agent": "Mozilla Thunderbird"}),
    "yahoo": Program("Yahoo", _yahoo, {"X-Mailer": "WebService/1.1 YahooMailIosMobile"}),
    "samsung": Program("a Galaxy phone", _samsung, {}),
    "plain": Program("a plain text program", _plain, {"User-Agent": "NeoMutt/20231221"}),
    "exchange_away": Program(
        "the out-of-office assistant",
        _plain,
        {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
        "Automatic reply: ",
        automatic=True,
    ),
}
"""By the names that ``week.toml`` uses."""


def _clock(at: datetime, *, seconds: bool = False) -> str:
    minutes = f"{at:%M:%S}" if seconds else f"{at:%M}"
    return f"{at.hour % 12 or 12}:{minutes} {'AM' if at.hour < 12 else 'PM'}"


def _apple_line(original: Original) -> str:
    at = original.at
    return f"On {at:%b} {at.day}, {at:%Y}, at {_clock(at)}, {original.who} wrote:"


def _block(original: Original, at: str, when: str) -> dict[str, str]:
    """The header that programs repeat above what they quote without a mark."""
    return {"From": original.who, when: at, "To": original.to, "Subject": original.subject}


def _lines(block: Mapping[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in block.items())


def _between(original: Original, words: Words) -> Iterator[str]:
    """The quote, line by line, with the answers unquoted between."""
    for line, answer in write_between(words.under, original.text):
        yield _quoted(line)
        if answer:
            yield from ("", answer, "")


def _cut_quote(original: Original, words: Words) -> Iterator[str]:
    """The same in HTML: the quote ends before each answer and begins again after it."""
    for line, answer in write_between(words.under, original.text):
        yield f"<div>{escape(line) or '<br>'}</div>"
        if answer:
            yield (f'</blockquote><div><br></div><div>{escape(answer)}</div><br><blockquote type="cite">')


def _divs(text: str, direction: str = "") -> str:
    mark = f' dir="{direction}"' if direction else ""
    return "".join(f"<div{mark}>{escape(line) or '<br>'}</div>" for line in text.splitlines())


def _quoted(line: str) -> str:
    return f"> {line}" if line else ">"


def _wrapped(text: str) -> list[str]:
    """Gmail breaks what it quotes, too."""
    return [part for line in text.splitlines() for part in (textwrap.wrap(line, 72) or [""])]
