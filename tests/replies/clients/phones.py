"""Programs in a pocket: Samsung, K-9, FairEmail, BlackBerry, Gmail and Yahoo on Android, carriers."""

from html import escape

from tests.replies.clients.webmail import gmail_body
from tests.replies.clients.writing import (
    Hand,
    Quoting,
    above_html,
    above_text,
    below_html,
    below_text,
    block_text,
    kept,
)
from tests.replies.paper import Body, Client, Original, Written

_AUTO = Hand(
    line='<div dir="auto">{}</div>',
    blank='<div dir="auto"><br></div>',
    signature='<div dir="auto"><br></div><div data-smartmail="gmail_signature" dir="auto">{}</div>',
    device='<div dir="auto"><br></div><div dir="auto">{}</div>',
)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _clock(original: Original) -> str:
    return f"{original.at.hour % 12 or 12}:{original.at:%M} {'AM' if original.at.hour < 12 else 'PM'}"


def gmail_android(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%a, %b} {at.day}, {at:%Y}, {_clock(original)} {original.who} wrote:"
    if written.language.code != "en":
        on = written.language.say(written.language.gmail, at, original.name, original.address)
    return gmail_body(original, written, on, _AUTO)


def yahoo_android(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%a, %b} {at.day}, {at:%Y} at {_clock(original)}, {original.name}<{original.address}> wrote:"
    hand = Hand(
        device='<br><br><div id="ymail_android_signature"><a id="ymail_android_signature_link" href="https://go.onelink.example/107872968">{}</a></div>'
    )
    html = (
        f'{above_html(hand, written)}<br> <blockquote style="margin: 0 0 20px 0;"> <div style="font-family:Roboto, '
        f'sans-serif; color:#6D00F6;"> <div>{escape(on)}</div> </div> <div style="padding: 10px 0 0 20px; margin: 10px 0 '
        f'0 0; border-left: 1px solid #6D00F6;"> {kept(original, written, hand.say, "yiv3390")} </div> </blockquote>'
    )
    rows = Quoting(mark="").rows(original.shown, written)
    return Body(f"{above_text(written)}\n \n  {on}   {rows}  \n", html)


def samsung(original: Original, written: Written) -> Body:
    at, language = original.at, written.language
    names = language.header
    fields = [
        (names[0], original.who),
        ("Date" if language.code == "en" else names[1], f"{at:%m/%d/%y} {_clock(original)} (GMT{at:%z})"),
    ]
    fields += [(names[2], original.to_address), (names[3], original.subject)]
    mark = f"-------- {language.original} --------"
    hand = Hand(
        line='<div dir="auto">{}</div>',
        blank='<div dir="auto"><br></div>',
        device='<div dir="auto"><br></div><div id="composer_signature" dir="auto"><div style="font-size:12px;color:#575757">{}</div></div>',
    )
    html = (
        f'<html><head></head><body dir="auto">{above_html(hand, written)}<div dir="auto"><br></div><div><br></div><div '
        f'align="left" dir="auto" style="font-size:100%;color:#000000"><div>{mark}</div>'
        f"{''.join(f'<div>{escape(name)}: {escape(value)} </div>' for name, value in fields)}<div><br></div></div>"
        f"{kept(original, written, hand.say)}</body></html>"
    )
    rows = Quoting(mark="").rows(original.shown, written)
    return Body(_joined(above_text(written), f"{mark}\n{block_text(fields)}\n\n{rows}"), html)


def k9(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%B} {at.day}, {at:%Y} {at.hour % 12 or 12}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'} {at:%Z}, {original.who} wrote:"
    html = (
        f'<!DOCTYPE html><html><body><div dir="auto">{above_html(_AUTO, written)}</div><br><br><div class="gmail_quote">'
        f'<div dir="auto">{escape(on)}</div><blockquote class="gmail_quote" style="margin: 0pt 0pt 0pt 0.8ex; '
        f'border-left: 1px solid rgb(204, 204, 204); padding-left: 1ex;">{kept(original, written, _AUTO.say)}'
        f"</blockquote></div>{below_html(_AUTO, written)}</body></html>"
    )
    rows = Quoting(mark=">").rows(original.shown, written)
    return Body(_joined(above_text(written), f"{on}\n{rows}", below_text(written)), html)


def k9_text(original: Original, written: Written) -> Body:
    at = original.at
    fields = [("From", original.who), ("Sent", f"{at:%B} {at.day}, {at:%Y} {_clock(original)}")]
    fields += [("To", original.to_address), ("Subject", original.subject)]
    rows = Quoting(mark="").rows(original.rows, written)
    return Body(
        _joined(
            above_text(written),
            f"-------- Original Message --------\n{block_text(fields)}\n\n{rows}",
            below_text(written),
        )
    )


def fairemail(original: Original, written: Written) -> Body:
    at = original.at
    on = f"{at:%b} {at.day}, {at:%Y} {at:%H:%M:%S} {original.who}:"
    hand = Hand(line="<div>{}</div>", blank="<br>", signature="<p>{}</p>")
    html = (
        f"<html><head></head><body><div>{above_html(hand, written)}</div><div><p>{escape(on)}</p></div><blockquote "
        'style="margin:0;border-left:3px solid rgb(204,204,204);padding-left:3px;">'
        f"{kept(original, written, hand.say)}</blockquote>{below_html(hand, written)}</body></html>"
    )
    rows = Quoting().rows(original.shown, written)
    return Body(_joined(above_text(written), f"{on}\n\n{rows}", below_text(written)), html)


def blackberry(original: Original, written: Written) -> Body:
    at = original.at
    fields = [("From", original.name), ("Sent", f"{at:%A, %B} {at.day}, {at:%Y} {_clock(original)}")]
    fields += [("To", original.to_address), ("Reply To", original.reply_to), ("Subject", original.subject)]
    shown = "".join(f"<div><b>{name}: </b>{escape(value)}</div>" for name, value in fields)
    hand = Hand(
        line='<div style="width: 100%; font-size: initial; font-family: Calibri, sans-serif;">{}</div>'
    )
    html = (
        f'<html><body data-blackberry-caret-color="#00a8df" style="background-color: rgb(255, 255, 255);">'
        f'{above_html(hand, written)}<table width="100%" style="background-color:white;border-spacing:0px;"><tbody><tr>'
        '<td colspan="2"><div style="border-style: solid none none; border-top-color: rgb(181, 196, 223); '
        f'border-top-width: 1pt; padding: 3pt 0in 0in; font-size: 10pt;">{shown}</div></td></tr></tbody></table>'
        f"<div>{kept(original, written, hand.say)}</div></body></html>"
    )
    rows = Quoting(mark="").rows(original.shown, written)
    return Body(_joined(above_text(written), f"{block_text(fields)}\n\n{rows}"), html)


def superhuman(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%a, %b} {at.day}, {at:%Y} at {_clock(original)}, {original.who} wrote:"
    hand = Hand(
        line="<div>{}</div>",
        signature='<div class="gmail_signature"><div style="clear:both">{}</div></div>',
        device='<div class="gmail_signature">{}</div>',
    )
    html = (
        f'<html><head></head><body><div>{above_html(hand, written)}</div><br><div class="gmail_quote">'
        f'<div>{escape(on)}<br></div><blockquote style="margin:0 0 0 .8ex;border-left:1px #ccc solid;'
        f'padding-left:1ex" class="gmail_quote">{kept(original, written, hand.say, "sh-")}</blockquote></div></body></html>'
    )
    rows = Quoting(width=78).rows(original.shown, written)
    return Body(_joined(above_text(written), f"{on}\n\n{rows}"), html)


def proton_phone(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%A}, {at:%m/%d/%y} at {at:%H:%M} {original.who} wrote:"
    hand = Hand(
        device='<div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">{}</div></div>'
    )
    html = (
        f'<html><head></head><body>{above_html(hand, written)}<div class="protonmail_quote">-------- Original Message '
        f'--------<br>{escape(on)}<br><blockquote class="protonmail_quote">{kept(original, written, hand.say)}'
        "</blockquote></div></body></html>"
    )
    rows = Quoting().rows(original.shown, written)
    return Body(_joined(above_text(written), f"-------- Original Message --------\n{on}\n\n{rows}"), html)


def carrier(original: Original, written: Written) -> Body:
    """A telephone company's gateway: the words, its own line, nothing of ours."""
    return Body(above_text(written) + "\n")


def bare(original: Original, written: Written) -> Body:
    """A program that quotes nothing, or a person who deleted it."""
    hand = Hand(line="<div>{}</div>")
    return Body(above_text(written) + "\n", f"<html><body>{above_html(hand, written)}</body></html>")


_EN = frozenset({"en"})
_TOP = frozenset({"above"})
_UP = frozenset({"above", "inside"})
PHONES = (
    Client("gmail android", gmail_android, {}, _UP, encodings=("quoted-printable", "base64")),
    Client(
        "yahoo android",
        yahoo_android,
        {"X-Mailer": "WebService/1.1.24866 YahooMailAndroidMobile"},
        _TOP,
        _EN,
        device="Sent from Yahoo Mail on Android",
    ),
    Client("samsung", samsung, {}, _TOP, device="galaxy", encodings=("base64", "quoted-printable")),
    Client(
        "k-9",
        k9,
        {"User-Agent": "K-9 Mail for Android"},
        languages=_EN,
        encodings=("quoted-printable", "8bit"),
    ),
    Client(
        "k-9, text",
        k9_text,
        {"User-Agent": "K-9 Mail for Android"},
        _UP,
        _EN,
        device="Sent from my Android device with K-9 Mail. Please excuse my brevity.",
        encodings=("8bit",),
    ),
    Client("fairemail", fairemail, {"X-Mailer": "FairEmail 1.2254"}, languages=_EN),
    Client(
        "blackberry",
        blackberry,
        {},
        _TOP,
        _EN,
        device="Sent from my BlackBerry 10 smartphone.",
        charsets=("utf-8", "windows-1252"),
        encodings=("base64", "quoted-printable"),
    ),
    Client(
        "superhuman",
        superhuman,
        {"X-Mailer": "Superhuman Desktop"},
        _TOP,
        _EN,
        device="Sent via Superhuman ( https://sprh.example/?vip=grace )",
    ),
    Client("proton phone", proton_phone, {}, _TOP, _EN, device="Sent from Proton Mail for iOS"),
    Client(
        "carrier",
        carrier,
        {"X-Mms-Mime-Version": "1.2"},
        _TOP,
        _EN,
        device="Sent from my T-Mobile 5G Device",
        charsets=("us-ascii", "utf-8"),
        encodings=("7bit", "base64"),
    ),
    Client("nothing quoted", bare, {}, _TOP, None, encodings=("7bit", "quoted-printable")),
)
