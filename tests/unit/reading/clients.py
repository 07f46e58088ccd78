"""Replies as mail programs write them, built around a prompt that was sent.

Each shape takes the prompt's text and the author's words and gives the whole mail. Top shapes put
the words above the quote; inline shapes put one line below some of our lines.
"""

import textwrap
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from html import escape

from tests.unit.reading.prompts import quoted

Body = tuple[str, str]  # text/plain, text/html; "" where a program sends none
Shape = Callable[[str, str], Body]

WHO = "Common Thread <thread@town.example>"
ON = f"On Mon, Nov 23, 2026 at 9:00 AM {WHO} wrote:"
HEADER = (
    f"From: {WHO}\nSent: Monday, November 23, 2026 9:00 AM\n"
    "To: Grace Murray <grace@town.example>\nSubject: Weekly check-in"
)


def mail(body: Body) -> bytes:
    """The raw mail of one body."""
    message = EmailMessage()
    message["From"] = "Grace Murray <grace@town.example>"
    message["To"] = "thread@town.example"
    message["Subject"] = "Re: Weekly check-in"
    message["Date"] = "Mon, 23 Nov 2026 10:00:00 -0500"
    message["Message-ID"] = "<reply@town.example>"
    text, html = body
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message.as_bytes()


def divs(text: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.splitlines())


def paragraphs(text: str) -> str:
    return "".join(f'<p class="MsoNormal">{escape(line) or "&nbsp;"}</p>' for line in text.splitlines())


def breaks(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())


def gmail(sent: str, words: str) -> Body:
    html = (
        f'<div dir="ltr">{divs(words)}</div><br><div class="gmail_quote">'
        f'<div dir="ltr" class="gmail_attr">{escape(ON)}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">{divs(sent)}</blockquote></div>'
    )
    return f"{words}\n\n{ON}\n\n{quoted(sent)}\n", html


def gmail_wrapped(sent: str, words: str) -> Body:
    wrapped = "\n".join(textwrap.fill(line, 58) for line in sent.splitlines())
    two_lines = "On Mon, Nov 23, 2026 at 9:00 AM Common Thread <\nthread@town.example> wrote:"
    return f"{words}\n\n{two_lines}\n\n{quoted(wrapped)}\n", ""


def outlook_desktop(sent: str, words: str) -> Body:
    html = (
        f'<div class="WordSection1">{paragraphs(words)}<p class="MsoNormal">&nbsp;</p>'
        '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">'
        f'<p class="MsoNormal"><b>From:</b> {breaks(HEADER.removeprefix("From: "))}</p></div></div>'
        f"{paragraphs(sent)}</div>"
    )
    return f"{words}\n\n{HEADER}\n\n{sent}\n", html


def outlook_web(sent: str, words: str) -> Body:
    html = (
        f'<div class="elementToProof">{divs(words)}</div><div id="appendonsend"></div><hr style="width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr">{breaks(HEADER)}</div><div>{divs(sent)}</div>'
    )
    return f"{words}\n\n________________________________\n{HEADER}\n\n{sent}\n", html


def outlook_ios(sent: str, words: str) -> Body:
    html = (
        f'<div>{divs(words)}</div><div class="ms-outlook-mobile-signature">'
        'Get <a href="https://aka.example">Outlook for iOS</a></div>'
        f'<hr><div id="divRplyFwdMsg">{breaks(HEADER)}</div>{divs(sent)}'
    )
    return "", html


def outlook_german(sent: str, words: str) -> Body:
    header = (
        f"Von: {WHO}\nGesendet: Montag, 23. November 2026 09:00\nAn: Grace Murray\nBetreff: Weekly check-in"
    )
    return f"{words}\n\n{header}\n\n{sent}\n", ""


def apple_mail(sent: str, words: str) -> Body:
    on = f"On Nov 23, 2026, at 9:00 AM, {WHO} wrote:"
    html = (
        f'<html><body>{divs(words)}<div><br><blockquote type="cite"><div>{escape(on)}</div><br>'
        f"<div>{breaks(sent)}</div></blockquote></div></body></html>"
    )
    return f"{words}\n\n> {on}\n> \n{quoted(sent)}\n", html


def ios_mail(sent: str, words: str) -> Body:
    on = f"On Nov 23, 2026, at 9:00 AM, {WHO} wrote:"
    return f"{words}\n\nSent from my iPhone\n\n> {on}\n> \n> \ufeff{quoted(sent)[2:]}\n", ""


def yahoo(sent: str, words: str) -> Body:
    on = f"On Monday, November 23, 2026 at 09:00:00 AM EST, {WHO} wrote:"
    html = (
        f'<div>{divs(words)}</div><div id="yahoo_quoted_1" class="yahoo_quoted">'
        f"<div>{escape(on)}</div>{divs(sent)}</div>"
    )
    return f" {words}\n\n    {on}\n \n {sent}", html


def thunderbird(sent: str, words: str) -> Body:
    on = f"On 11/23/2026 9:00 AM, {WHO.partition(' <')[0]} wrote:"
    html = (
        f'<p>{breaks(words)}</p><div class="moz-cite-prefix">{escape(on)}<br></div>'
        f'<blockquote type="cite"><pre>{escape(sent)}</pre></blockquote>'
    )
    return f"{words}\n\n{on}\n{quoted(sent)}\n", html


def bottom(sent: str, words: str) -> Body:
    return f"Am 23.11.26 um 09:00 schrieb Common Thread:\n{quoted(sent)}\n\n{words}\n", ""


def samsung(sent: str, words: str) -> Body:
    marked = f"-------- Original message --------\nFrom: {WHO}\n"
    marked += "Date: 11/23/26 9:00 AM (GMT-05:00)\nTo: grace@town.example\nSubject: Weekly check-in"
    return f"{words}\n\n\nSent from my Galaxy\n\n\n{marked}\n\n{sent}\n", ""


def proton(sent: str, words: str) -> Body:
    on = f"On Monday, November 23rd, 2026 at 9:00 AM, {WHO} wrote:"
    html = (
        f'<div style="font-family: Arial">{divs(words)}</div><div class="protonmail_signature_block">'
        "Sent with Proton Mail secure email.</div>"
        f'<div class="protonmail_quote">{escape(on)}<br>'
        f'<blockquote class="protonmail_quote" type="cite">{divs(sent)}</blockquote></div>'
    )
    return f"{words}\n\nSent with Proton Mail secure email.\n\n{on}\n\n{quoted(sent)}\n", html


def notes(sent: str, words: str) -> Body:
    """No mark at all: the original just follows."""
    return f"{words}\n\n\n{sent}\n", ""


def odd_marks(sent: str, words: str) -> Body:
    return f"{words}\n\nLe lun. 23 nov. 2026 à 09:00, {WHO} a écrit :\n{quoted(sent, '| ')}\n", ""


TOP: dict[str, Shape] = {
    shape.__name__: shape
    for shape in (
        *(
            gmail,
            gmail_wrapped,
            outlook_desktop,
            outlook_web,
            outlook_ios,
            outlook_german,
            apple_mail,
            ios_mail,
        ),
        *(yahoo, thunderbird, bottom, samsung, proton, notes, odd_marks),
    )
}


def written_into(sent: str, answers: Mapping[str, str], mark: str = "", answer_mark: str = "") -> str:
    """The prompt with each answer on a line of its own below the line that it answers."""
    lines: list[str] = []
    for line in sent.splitlines():
        lines.append((mark + line).rstrip())
        lines += [answer_mark + answer for asked, answer in answers.items() if line == asked]
    return "\n".join(lines)


def gmail_inline(sent: str, answers: Mapping[str, str]) -> str:
    """Gmail cuts the quote in two around each answer."""
    cut = '</blockquote><div>{}</div><blockquote class="gmail_quote">'
    html = "".join(
        f"<div>{escape(line)}</div>" + (cut.format(escape(answers[line])) if line in answers else "")
        for line in sent.splitlines()
    )
    start = (
        f'<div class="gmail_quote"><div class="gmail_attr">{escape(ON)}</div><blockquote class="gmail_quote">'
    )
    return f"{start}{html}</blockquote></div>"


INLINE: dict[str, Callable[[str, Mapping[str, str]], Body]] = {
    "thunderbird": lambda sent, answers: (f"{ON}\n" + written_into(sent, answers, "> "), ""),
    "outlook desktop": lambda sent, answers: (
        f"See below.\n\n{HEADER}\n\n" + written_into(sent, answers),
        "",
    ),
    "a client that marks answers too": lambda sent, answers: (
        f"{ON}\n" + written_into(sent, answers, "> ", "> "),
        "",
    ),
    "outlook web, html only": lambda sent, answers: (
        "",
        f'<div>See below.</div><div id="divRplyFwdMsg">{breaks(HEADER)}</div>'
        + divs(written_into(sent, answers)),
    ),
    "gmail, html only": lambda sent, answers: ("", gmail_inline(sent, answers)),
}
