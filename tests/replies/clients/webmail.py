"""Mail in a browser: Gmail, Yahoo, Proton, GMX, Zimbra, Roundcube, Fastmail and others."""

from html import escape

from tests.replies.clients.writing import (
    Hand,
    Quoting,
    above_html,
    above_text,
    below_html,
    below_text,
    block,
    block_html,
    block_text,
    broken_at,
    in_pieces,
    kept,
    linked,
)
from tests.replies.paper import Body, Client, Original, Written

GMAIL = Hand(
    signature='<div><br></div><span class="gmail_signature_prefix"></span><div dir="ltr" '
    'class="gmail_signature" data-smartmail="gmail_signature"><div dir="ltr">{}</div></div>',
)
_GMAIL_BAR = (
    '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid '
    'rgb(204,204,204);padding-left:1ex">'
)


def gmail_body(original: Original, written: Written, on: str, hand: Hand = GMAIL) -> Body:
    """Gmail's two parts: the text is broken at 78 columns, bold words between stars, our names prefixed."""
    quoting = Quoting(width=76, stars=True)
    if written.split and written.under:
        quote = in_pieces(original.shown, written, hand.say, (_GMAIL_BAR, "</blockquote>"))
    else:
        quote = f"{_GMAIL_BAR}{kept(original, written, hand.say, 'm_-8041275733218810953')}</blockquote>"
    html = (
        f'<div dir="ltr">{above_html(hand, written)}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{linked(on, original.address)}<br></div>{quote}</div>'
        f"{below_html(hand, written)}"
    )
    parts = [
        above_text(written, 76),
        "\n".join(broken_at(on, 76)),
        quoting.rows(original.shown, written),
        below_text(written, 76),
    ]
    return Body("\n\n".join(filter(None, parts)) + "\n", html)


def gmail(original: Original, written: Written) -> Body:
    language = written.language
    return gmail_body(
        original, written, language.say(language.gmail, original.at, original.name, original.address)
    )


def yahoo(original: Original, written: Written) -> Body:
    language = written.language
    hand = Hand(
        line='<div dir="ltr" data-setdir="false">{}</div>', signature='<div class="ydp9signature">{}</div>'
    )
    on = language.say(language.long, original.at, original.name, original.address)
    html = (
        '<html><head></head><body><div class="ydpyahoo-style-wrap" style="font-family:Helvetica Neue, sans-serif;'
        f'font-size:13px;"><div></div>{above_html(hand, written)}<div><br></div></div><div '
        f'id="ydp8b3cyahoo_quoted_2171" class="ydp8b3cyahoo_quoted yahoo_quoted"><div style="font-size:13px;'
        f'color:#26282a;"><div>{escape(on)}</div><div><br></div><div><br></div><div>'
        f"{kept(original, written, hand.say, 'ydp4d1')}</div></div></div>{below_html(hand, written)}</body></html>"
    )
    rows = Quoting(mark="").rows(original.shown, written)
    text = f" {above_text(written)}\n\n    {on}  \n \n {rows}"
    return Body(f"{text}\n  {below_text(written)}".rstrip() + "\n", html)


def proton(original: Original, written: Written) -> Body:
    at, language = original.at, written.language
    on = (
        language.say(language.long, at, original.name, original.address)
        .replace(f":{at:%S} ", " ")
        .replace(f" {at:%Z}", "")
    )
    hand = Hand(
        line='<div style="font-family: Arial, sans-serif; font-size: 14px;">{}</div>',
        blank='<div style="font-family: Arial, sans-serif; font-size: 14px;"><br></div>',
        signature='<div class="protonmail_signature_block"><div class="protonmail_signature_block-user">{}</div></div>',
        device='<div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">{}</div></div>',
    )
    html = (
        f'{above_html(hand, written)}<div class="protonmail_quote">{escape(on)}<br><br>'
        f'<blockquote class="protonmail_quote" type="cite">{kept(original, written, hand.say)}</blockquote><br></div>'
        f"{below_html(hand, written)}"
    )
    rows = Quoting().rows(original.shown, written)
    parts = (above_text(written), on, rows, below_text(written))
    return Body("\n\n".join(filter(None, parts)) + "\n", html)


def gmx(original: Original, written: Written) -> Body:
    fields = block(original, written, who=f'"{original.name}" <{original.address}>')
    order = [fields[1], fields[0], fields[2], fields[3]]
    html = (
        '<html><head></head><body><div style="font-family: Verdana;font-size: 12.0px;">'
        f'{above_html(Hand(), written)}<div>&nbsp;<div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; '
        'padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5; word-wrap: break-word;"><div style="margin:0 0 '
        f'10px 0;">{block_html(order, "<br/>")}</div><div name="quoted-content">{kept(original, written, Hand().say)}'
        f"</div></div></div></div></div>{below_html(Hand(), written)}</body></html>"
    )
    return Body("", html)


def zimbra(original: Original, written: Written) -> Body:
    fields = block(original, written)
    order = [fields[0], fields[2], fields[1], fields[3]]
    html = (
        '<html><body><div style="font-family: arial, helvetica, sans-serif; font-size: 12pt; color: #000000">'
        f'{above_html(Hand(), written)}<div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div '
        f'data-marker="__HEADERS__">{block_html(order)}<br></div><div><br></div><div data-marker="__QUOTED_TEXT__">'
        f"{kept(original, written, Hand().say)}</div>{below_html(Hand(), written)}</div></body></html>"
    )
    mark = f"----- {written.language.original} -----\n{block_text(order)}"
    parts = (above_text(written), mark, Quoting(mark="").rows(original.shown, written), below_text(written))
    return Body("\n\n".join(filter(None, parts)) + "\n", html)


def roundcube(original: Original, written: Written) -> Body:
    on = f"On {original.at:%Y-%m-%d %H:%M}, {original.name} wrote:"
    if written.language.code != "en":
        on = written.language.say(written.language.thunderbird, original.at, original.name)
    bar = (
        '<blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">',
        "</blockquote>",
    )
    hand = Hand(signature='<div id="signature">{}</div>')
    quote = (
        in_pieces(original.shown, written, hand.say, bar)
        if written.split and written.under
        else bar[0] + f'<div id="replybody1">{kept(original, written, hand.say, "v1")}</div>' + bar[1]
    )
    html = (
        f'{above_html(hand, written)}<p id="reply-intro">{escape(on)}</p>{quote}{below_html(hand, written)}'
    )
    rows = Quoting(width=72).rows(original.shown, written)
    parts = (above_text(written, 72), f"{on}\n\n{rows}", below_text(written, 72))
    return Body("\n\n".join(filter(None, parts)) + "\n", html)


def fastmail(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%a}, {at.day} {at:%b} {at:%Y}, at {at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}, {original.name} wrote:"
    bar = ('<blockquote type="cite" id="qt" style="">', "</blockquote>")
    hand = Hand(signature='<div id="sig88211"><div class="signature">{}</div></div>')
    quote = (
        in_pieces(original.rows, written, hand.say, bar)
        if written.split and written.under
        else bar[0] + kept(original, written, hand.say, "qt-") + bar[1]
    )
    html = f"<!DOCTYPE html><html><body>{above_html(hand, written)}<div>{escape(on)}</div>{quote}{below_html(hand, written)}</body></html>"
    rows = Quoting().rows(original.rows, written)
    parts = (above_text(written), f"{on}\n{rows}", below_text(written))
    return Body("\n\n".join(filter(None, parts)) + "\n", html)


def zoho(original: Original, written: Written) -> Body:
    at = original.at
    on = f"---- On {at:%a, %d %b %Y %H:%M:%S %z} {original.who} wrote ----"
    hand = Hand(signature='<div id="Zm-_Id_-Sgn" data-sigid="2"><div>{}</div></div>')
    html = (
        f'<div style="font-family: Verdana, Arial, Helvetica, sans-serif; font-size: 10pt;">{above_html(hand, written)}'
        '<div class="zmail_extra_hr" style="border-top: 1px solid rgb(204, 204, 204);"><br></div><div '
        f'class="zmail_extra" data-zbluepencil-ignore="true"><div id="Zm-_Id_-Sgn1">{escape(on)}<br></div><div><br>'
        f'</div><blockquote id="blockquote_zmail" style="margin: 0px;">{kept(original, written, hand.say, "x_-118")}'
        f"</blockquote></div></div>{below_html(hand, written)}"
    )
    rows = Quoting(mark="").rows(original.shown, written)
    parts = (above_text(written), f"{on}\n\n{rows}", below_text(written))
    return Body("\n\n".join(filter(None, parts)) + "\n", html)


def aol(original: Original, written: Written) -> Body:
    at = original.at
    when = f"{at:%a, %b} {at.day}, {at:%Y} {at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"
    fields = [
        ("From", original.who),
        ("To", original.to_address),
        ("Sent", when),
        ("Subject", original.subject),
    ]
    html = (
        f'<div style="color:black;font: 10pt Arial, Helvetica, sans-serif;">{above_html(Hand(), written)}<br><br>'
        f'<div style="font-family:arial,helvetica;font-size:10pt;color:black">-----Original Message-----<br>'
        f'{"<br>".join(escape(f"{name}: {value}") for name, value in fields)}<br><br>\n<div id="yiv2044">'
        f"{kept(original, written, Hand().say, 'yiv2044')}</div></div></div>{below_html(Hand(), written)}"
    )
    rows = Quoting(mark="").rows(original.shown, written)
    parts = (
        above_text(written),
        f"-----Original Message-----\n{block_text(fields)}",
        rows,
        below_text(written),
    )
    return Body("\n\n".join(filter(None, parts)) + "\n", html)


def tuta(original: Original, written: Written) -> Body:
    at = original.at
    on = f"{at:%b} {at.day}, {at:%Y}, {at:%H:%M} by {original.address}:"
    html = (
        f"<html><head></head><body>{above_html(Hand(), written)}<div><br></div><div>{escape(on)}<br></div>"
        f'<blockquote class="tutanota_quote" style="border-left: 1px solid #93A3B8; padding-left: 10px; '
        f'margin-left: 5px;">{kept(original, written, Hand().say)}</blockquote>{below_html(Hand(), written)}</body></html>'
    )
    return Body("", html)


def qq(original: Original, written: Written) -> Body:
    at = original.at
    fields = [
        ("发件人", f'"{original.name}" <{original.address}>;'),
        (
            "发送时间",
            f"{at.year}年{at.month}月{at.day}日({'星期' + '一二三四五六日'[at.weekday()]}) {at:%H:%M}",
        ),
        ("收件人", f'"{original.to}"<{original.to_address}>;'),
        ("主题", original.subject),
    ]
    rule = "------------------&nbsp;原始邮件&nbsp;------------------"
    html = (
        f'{above_html(Hand(), written)}<div><br></div><div style="font-size: 12px;font-family: Arial Narrow;padding:2px '
        f'0 2px 0;">{rule}</div><div style="font-size: 12px;background:#efefef;padding:8px;">'
        f"{block_html(fields)}</div><div><br></div>{kept(original, written, Hand().say)}{below_html(Hand(), written)}"
    )
    plain = rule.replace("&nbsp;", " ")
    parts = (
        above_text(written),
        f"{plain}\n{block_text(fields)}",
        Quoting(mark="").rows(original.shown, written),
    )
    return Body("\n\n".join(filter(None, (*parts, below_text(written)))) + "\n", html)


def mailru(original: Original, written: Written) -> Body:
    language = written.language
    on = language.say(
        "{weekday}, {d} {month} {yyyy}, {HH}:{M} +03:00 от {name} <{addr}>:",
        original.at,
        original.name,
        original.address,
    )
    html = (
        f"<HTML><BODY>{above_html(Hand(), written)}<blockquote "
        'style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">'
        f'{escape(on)}<br>&nbsp;<div id=""><div class="js-helper js-readmsg-msg">{kept(original, written, Hand().say, "mr_css_attr ")}'
        f"</div></div></blockquote>{below_html(Hand(), written)}</BODY></HTML>"
    )
    rows = Quoting(mark=">").rows(original.shown, written)
    parts = (above_text(written), f"{on}\n{rows}", below_text(written))
    return Body("\n\n".join(filter(None, parts)) + "\n", html)


def freemail(original: Original, written: Written) -> Body:
    """T-Online and its like: text, the block under a drawn line, Betreff first."""
    language = written.language
    fields = block(original, written)
    order = [fields[3], fields[1], fields[0], fields[2]]
    mark = f"-----{language.original}-----\n{block_text(order)}"
    parts = (above_text(written), mark, Quoting(mark="").rows(original.rows, written), below_text(written))
    return Body("\n\n".join(filter(None, parts)) + "\n")


def horde(original: Original, written: Written) -> Body:
    rows = Quoting(width=72).rows(original.rows, written)
    parts = (above_text(written, 72), f"Quoting {original.who}:\n\n{rows}", below_text(written, 72))
    return Body("\n\n".join(filter(None, parts)) + "\n")


def squirrel(original: Original, written: Written) -> Body:
    """SquirrelMail, told to put no line of introduction above a quote."""
    rows = Quoting(width=76).rows(original.rows, written)
    return Body("\n\n".join(filter(None, (above_text(written, 76), rows, below_text(written, 76)))) + "\n")


_QP_BASE64 = ("quoted-printable", "base64")
WEBMAIL = (
    Client("gmail web", gmail, encodings=_QP_BASE64),
    Client("yahoo web", yahoo, {"X-Mailer": "WebService/1.1.24866 YMailNodin"}, frozenset({"above"})),
    Client(
        "proton web",
        proton,
        places=frozenset({"above", "inside"}),
        languages=frozenset({"en", "de", "fr", "es", "it"}),
        device="Sent with Proton Mail secure email.",
        encodings=("base64", "quoted-printable"),
    ),
    Client(
        "gmx web",
        gmx,
        {"X-UI-Out-Filterresults": "notjunk:1"},
        frozenset({"above"}),
        frozenset({"en", "de", "fr", "es"}),
        "Aw",
        encodings=("quoted-printable", "7bit"),
    ),
    Client(
        "zimbra",
        zimbra,
        {"X-Mailer": "Zimbra 9.0.0_GA_4583 (ZimbraWebClient - GC119 (Win))"},
        encodings=("quoted-printable", "8bit"),
    ),
    Client(
        "roundcube",
        roundcube,
        {"User-Agent": "Roundcube Webmail/1.6.9"},
        languages=frozenset({"en", "de", "fr", "es", "pl", "cs", "pt"}),
        encodings=("8bit", "quoted-printable"),
    ),
    Client("fastmail", fastmail, {"User-Agent": "Cyrus-JMAP/3.11.0-alpha0"}, languages=frozenset({"en"})),
    Client("zoho", zoho, {"X-Mailer": "Zoho Mail"}, frozenset({"above"}), frozenset({"en"})),
    Client(
        "aol",
        aol,
        {"X-Mailer": "WebService/1.1.22876 AolMailNorrin"},
        frozenset({"above"}),
        frozenset({"en"}),
    ),
    Client(
        "tuta",
        tuta,
        {},
        frozenset({"above"}),
        frozenset({"en"}),
        device="Sent with Tuta; enjoy secure & ad-free emails: https://tuta.example",
    ),
    Client(
        "qq",
        qq,
        {"X-Mailer": "QQMail 2.x"},
        frozenset({"above"}),
        frozenset({"zh"}),
        "回复",
        charsets=("gb18030", "utf-8"),
        encodings=("base64",),
    ),
    Client(
        "mail.ru",
        mailru,
        {"X-Mailer": "Mail.Ru Mailer 1.0"},
        languages=frozenset({"ru"}),
        encodings=("base64",),
    ),
    Client(
        "t-online",
        freemail,
        languages=frozenset({"de", "fr", "it", "nl", "pl", "hu"}),
        charsets=("iso-8859-1", "utf-8", "windows-1252", "iso-8859-2"),
        encodings=("8bit", "quoted-printable"),
    ),
    Client(
        "horde",
        horde,
        {"User-Agent": "Horde Application Framework 5"},
        languages=frozenset({"en"}),
        charsets=("iso-8859-1", "utf-8"),
        encodings=("8bit",),
    ),
    Client(
        "squirrelmail",
        squirrel,
        {"User-Agent": "SquirrelMail/1.4.23"},
        languages=frozenset({"en"}),
        charsets=("iso-8859-1", "windows-1252", "utf-8"),
        encodings=("8bit",),
    ),
)
