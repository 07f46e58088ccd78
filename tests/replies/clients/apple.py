"""Apple's programs, and those that write as they do."""

from html import escape

from tests.replies.clients.writing import (
    Hand,
    Quoting,
    above_html,
    above_text,
    below_html,
    below_text,
    in_pieces,
    kept,
    linked,
)
from tests.replies.paper import Body, Client, Original, Written

_CITE = ('<blockquote type="cite">', "</blockquote>")
_MAC = Hand(
    signature='<div><br><div dir="auto" style="caret-color: rgb(0, 0, 0);">{}</div><br class="Apple-interchange-newline"></div>'
)
_IOS = Hand(
    line='<div dir="ltr">{}</div>',
    blank='<div dir="ltr"><br></div>',
    signature='<div id="AppleMailSignature" dir="ltr"><br>{}</div>',
    device='<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{}</div>',
)


def _on(original: Original, written: Written) -> str:
    language = written.language
    return language.say(language.apple, original.at, original.name, original.address)


def _inside(original: Original, written: Written, hand: Hand) -> str:
    """The quote behind its introduction: in one piece, or cut around each answer."""
    if written.under and written.split:
        return in_pieces(original.rows, written, hand.say, _CITE)
    return f"{_CITE[0]}{kept(original, written, hand.say)}{_CITE[1]}"


def mac(original: Original, written: Written) -> Body:
    on = _on(original, written)
    html = (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style='
        f'"overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">'
        f'{above_html(_MAC, written)}<div><br><blockquote type="cite"><div>{linked(on, original.address)}</div><br '
        f'class="Apple-interchange-newline"></blockquote>{_inside(original, written, _MAC)}</div>'
        f"{below_html(_MAC, written)}</body></html>"
    )
    rows = Quoting().rows(original.shown, written)
    parts = (above_text(written), f"> {on}\n> \n{rows}", below_text(written))
    return Body("\n\n".join(filter(None, parts)) + "\n", html)


def mac_text(original: Original, written: Written) -> Body:
    """Mail on a Mac, set to plain text."""
    rows = Quoting().rows(original.rows, written)
    parts = (above_text(written), f"> {_on(original, written)}\n> \n{rows}", below_text(written))
    return Body("\n\n".join(filter(None, parts)) + "\n", flowed=True)


def ios(original: Original, written: Written) -> Body:
    on = _on(original, written)
    html = (
        f'<html><head></head><body dir="auto">{above_html(_IOS, written)}<div dir="ltr"><br><blockquote type="cite">'
        f'{linked(on, original.address)}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">\ufeff'
        f"{kept(original, written, _IOS.say)}</div></blockquote>{below_html(_IOS, written)}</body></html>"
    )
    rows = Quoting().rows(original.shown, written).removeprefix("> ")
    parts = (above_text(written), f"> {on}\n> \n> \ufeff{rows}", below_text(written))
    return Body("\n\n".join(filter(None, parts)) + "\n", html)


def spark(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%b} {at.day}, {at:%Y} at {at:%H:%M} {at:%z}, {original.who}, wrote:"
    hand = Hand(
        line='<div dir="auto">{}</div>',
        blank='<div dir="auto"><br /></div>',
        signature='<div name="messageSignatureSection"><br /><div class="matchFont">{}</div></div>',
        device='<div name="messageSignatureSection"><br />{}</div>',
    )
    html = (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><div name="messageBodySection">{hand.say(written.above)}</div>'
        f'{hand.end(written.ending)}<div name="messageReplySection">{escape(on)}<br /><blockquote type="cite" '
        'style="border-left-color: grey; border-left-width: thin; border-left-style: solid; margin: 5px 5px;'
        f'padding-left: 10px;">{kept(original, written, hand.say)}</blockquote></div></body></html>'
    )
    rows = Quoting().rows(original.shown, written)
    return Body("\n".join((above_text(written), on, rows)) + "\n", html)


def airmail(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%B} {at.day}, {at:%Y} at {at.hour % 12 or 12}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'}, {original.name} ({original.address}) wrote:"
    hand = Hand(
        line='<div style="margin: 0px; font-size: 14px; color: rgba(0,0,0,1.0);">{}</div>',
        signature='<div id="bloop_sign_1795441000" class="bloop_sign"><div>{}</div></div>',
    )
    html = (
        f'<html><head></head><body style="word-wrap:break-word;"><div id="bloop_customfont">{above_html(hand, written)}'
        f'</div><br><p class="airmail_on">{escape(on)}</p><blockquote type="cite" class="clean_bq"><span>'
        f"{kept(original, written, hand.say)}</span></blockquote>{below_html(hand, written)}</body></html>"
    )
    rows = Quoting().rows(original.shown, written)
    parts = (above_text(written), f"{on}\n\n{rows}", below_text(written))
    return Body("\n\n".join(filter(None, parts)) + "\n", html)


_MAC_FIELDS = {"X-Mailer": "Apple Mail (2.3826.300.87.4.3)", "Mime-Version": "1.0 (Mac OS X Mail 16.0)"}
_IOS_FIELDS = {"X-Mailer": "iPhone Mail (22G86)", "Mime-Version": "1.0 (1.0)"}
APPLE = (
    Client(
        "apple mail", mac, _MAC_FIELDS, charsets=("us-ascii", "utf-8"), encodings=("quoted-printable", "7bit")
    ),
    Client(
        "apple mail, text",
        mac_text,
        _MAC_FIELDS,
        charsets=("us-ascii", "utf-8", "iso-8859-1", "iso-2022-jp"),
        encodings=("quoted-printable", "7bit"),
    ),
    Client(
        "ios mail",
        ios,
        _IOS_FIELDS,
        frozenset({"above", "inside"}),
        device="phone",
        charsets=("us-ascii", "utf-8"),
        encodings=("quoted-printable", "7bit"),
    ),
    Client(
        "ios mail, no device",
        ios,
        _IOS_FIELDS,
        frozenset({"above"}),
        charsets=("utf-8",),
        encodings=("quoted-printable", "base64"),
    ),
    Client(
        "spark",
        spark,
        {"X-Readdle-Message-ID": "c1a2"},
        frozenset({"above"}),
        frozenset({"en"}),
        device="Sent from Spark",
    ),
    Client("airmail", airmail, {"X-Mailer": "Airmail (651)"}, frozenset({"above"}), frozenset({"en"})),
)
