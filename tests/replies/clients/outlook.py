"""Outlook in all its forms: Word's HTML on the desktop, the web, the new one, phones, and what came before."""

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
    in_pieces,
    kept,
    without_names,
)
from tests.replies.paper import Body, Client, Original, Written

WORD = Hand(
    line='<p class="MsoNormal">{}<o:p></o:p></p>',
    blank='<p class="MsoNormal"><o:p>&nbsp;</o:p></p>',
    signature='<p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal"><span style="color:#1F3864">{}<o:p></o:p></span></p>',
    device='<p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">{}<o:p></o:p></p>',
    item='<li class="MsoListParagraph" style="margin-left:0in;mso-list:l0 level1 lfo1">{}<o:p></o:p></li>',
    order='<ol style="margin-top:0in" start="{}" type="1">{}</ol>',
)
BLUE = Hand(
    line='<p class="MsoNormal"><span style="color:#1F497D">{}<o:p></o:p></span></p>', blank=WORD.blank
)
_HEAD = (
    '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head><meta '
    'name="Generator" content="Microsoft Word 15 (filtered medium)"><style><!--\np.MsoNormal, li.MsoNormal, '
    'div.MsoNormal\n\t{margin:0in;\n\tfont-size:11.0pt;\n\tfont-family:"Calibri",sans-serif;}\n@page WordSection1\n\t'
    "{size:8.5in 11.0in;}\ndiv.WordSection1\n\t{page:WordSection1;}\n--></style></head>"
)
_WEB = Hand(
    line='<div class="elementToProof" style="font-family: Aptos, Aptos_EmbeddedFont, sans-serif; font-size: 12pt; '
    'color: rgb(0, 0, 0);">{}</div>',
    blank='<div class="elementToProof"><br></div>',
    signature='<div id="Signature" class="elementToProof"><div>{}</div></div>',
    device='<div class="ms-outlook-mobile-signature" id="ms-outlook-mobile-signature">{}</div>',
    item='<li style="font-family: Aptos, sans-serif;"><div class="elementToProof">{}</div></li>',
)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _unmarked(original: Original, written: Written, mark: str) -> str:
    """The text part of most: the block, then the original as it stands."""
    rows = Quoting(mark="").rows(original.shown, written)
    return _joined(above_text(written), f"{mark}\n\n{rows}", below_text(written))


def desktop(original: Original, written: Written) -> Body:
    fields = block(original, written)
    quote = without_names(kept(original, written, BLUE.say)).replace("<p ", '<p class="MsoNormal" ')
    html = (
        f'{_HEAD}<body lang="EN-US" link="#0563C1" vlink="#954F72"><div class="WordSection1">'
        f'{above_html(WORD, written)}{WORD.blank}<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;'
        f'padding:3.0pt 0in 0in 0in"><p class="MsoNormal">{block_html(fields)}<o:p></o:p></p></div></div>'
        f"{WORD.blank}{quote}{below_html(WORD, written)}</div></body></html>"
    )
    return Body(_unmarked(original, written, block_text(fields)), html)


def mac(original: Original, written: Written) -> Body:
    at = original.at
    fields = block(original, written)
    if written.language.code == "en":
        when = f"{at:%A}, {at.day} {at:%B} {at:%Y} at {at:%H:%M}"
        fields = [fields[0], ("Date", when), *fields[2:]]
    quote = without_names(kept(original, written, WORD.say))
    html = (
        f'{_HEAD}<body lang="EN-US"><div class="WordSection1">{above_html(WORD, written)}{WORD.blank}'
        '<div id="mail-editor-reference-message-container"><div><div style="border:none;border-top:solid #B5C4DF '
        f'1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal" style="margin-bottom:12.0pt">{block_html(fields)}</p>'
        f"</div>{quote}</div></div>{below_html(WORD, written)}</div></body></html>"
    )
    return Body(_unmarked(original, written, block_text(fields)), html)


def web(original: Original, written: Written) -> Body:
    fields = block(original, written)
    html = (
        '<html><head><style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style></head>'
        f'<body dir="ltr">{above_html(_WEB, written)}<div id="appendonsend"></div><hr style="display:inline-block;'
        'width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" '
        f'style="font-size:11pt" color="#000000">{block_html(fields)}</font><div>&nbsp;</div></div><div>'
        f"{kept(original, written, _WEB.say, 'x_')}</div>{below_html(_WEB, written)}</body></html>"
    )
    return Body(_unmarked(original, written, f"{'_' * 32}\n{block_text(fields)}"), html)


def new(original: Original, written: Written) -> Body:
    """The new Outlook for Windows."""
    fields = block(original, written)
    html = (
        f'<html><body>{above_html(_WEB, written)}<div id="mail-editor-reference-message-container" class='
        '"ms-outlook-mobile-reference-message skipProofing"><hr style="display: inline-block; width: 98%;">'
        f'<div id="divRplyFwdMsg" style="color: rgb(0, 0, 0);">{block_html(fields)}<br><br></div>'
        f"{kept(original, written, _WEB.say, 'x_')}</div>{below_html(_WEB, written)}</body></html>"
    )
    return Body(_unmarked(original, written, f"{'_' * 32}\n{block_text(fields)}"), html)


def phone(original: Original, written: Written) -> Body:
    """Outlook on iOS and Android: HTML alone, the block in a reference message."""
    fields = block(original, written)
    hand = Hand(
        line='<div dir="auto" style="font-family: Aptos, sans-serif; font-size: 12pt;">{}</div>',
        blank='<div dir="auto"><br></div>',
        signature='<div id="ms-outlook-mobile-signature" dir="auto">{}</div>',
        device='<div id="ms-outlook-mobile-signature" dir="auto"><div><br></div>{}</div>',
    )
    html = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>'
        f'{above_html(hand, written)}<div id="mail-editor-reference-message-container" class="'
        'ms-outlook-mobile-reference-message"><hr style="display: inline-block; width: 98%;"><div '
        f'id="divRplyFwdMsg"><strong>{block_html(fields).replace("<b>", "").replace("</b>", "")}</strong><br></div>'
        f"{kept(original, written, hand.say, 'x_')}</div>{below_html(hand, written)}</body></html>"
    )
    return Body("", html)


def windows_mail(original: Original, written: Written) -> Body:
    fields = block(original, written)
    para = '<div style="mso-element:para-border-div;border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">'
    html = (
        f'{_HEAD}<body lang="EN-US"><div class="WordSection1">{above_html(WORD, written)}{WORD.blank}{para}'
        f'<p class="MsoNormal" style="border:none;padding:0in">{block_html(fields)}</p></div>{WORD.blank}'
        f"{without_names(kept(original, written, WORD.say))}{below_html(WORD, written)}</div></body></html>"
    )
    return Body(_unmarked(original, written, block_text(fields)), html)


def plain(original: Original, written: Written) -> Body:
    """Outlook set to plain text: "-----Original Message-----", broken at 76 columns."""
    fields = block(original, written, bare=True)
    rows = Quoting(mark="", width=76).rows(original.rows, written)
    mark = f"-----{written.language.original}-----\n{block_text(fields)}"
    return Body(_joined(above_text(written, 76), f"{mark}\n\n{rows}", below_text(written, 76)))


def plain_marked(original: Original, written: Written) -> Body:
    """The same, told to put a mark before each line."""
    fields = block(original, written, bare=True)
    rows = Quoting().rows(original.rows, written)
    mark = f"> -----{written.language.original}-----\n" + "\n".join(
        f"> {name}: {value}" for name, value in fields
    )
    return Body(_joined(above_text(written), f"{mark}\n>\n{rows}", below_text(written)))


def hotmail(original: Original, written: Written) -> Body:
    at = original.at
    fields = [("Date", f"{at:%a}, {at.day} {at:%b} {at:%Y %H:%M:%S %z}"), ("From", original.address)]
    fields += [("To", original.to_address), ("Subject", original.subject)]
    shown = "<br>".join(escape(f"{name}: {value}") for name, value in reversed(fields))
    html = (
        f'<html><body class="hmmessage"><div dir="ltr">{above_html(Hand(), written)}<br><div><hr id="stopSpelling">'
        f"{shown}<br><br>{kept(original, written, Hand().say, 'ecx')}</div></div>{below_html(Hand(), written)}</body></html>"
    )
    parts = reversed([f"{name}: {value}" for name, value in fields])
    return Body(_unmarked(original, written, "\n".join(parts)), html)


def bottom_marked(original: Original, written: Written) -> Body:
    """Outlook with a blue bar: the original in a blockquote without any introduction."""
    bar = (
        '<blockquote style="border:none;border-left:solid blue 1.5pt;padding:0in 0in 0in 4.0pt;margin-left:3.75pt">',
        "</blockquote>",
    )
    fields = block(original, written)
    quote = (
        in_pieces(original.shown, written, BLUE.say, bar, '<p class="MsoNormal">{}</p>')
        if written.under and written.split
        else bar[0] + without_names(kept(original, written, BLUE.say)) + bar[1]
    )
    html = (
        f'{_HEAD}<body lang="EN-US"><div class="WordSection1">{above_html(WORD, written)}{WORD.blank}'
        f'{bar[0]}<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p '
        f'class="MsoNormal">{block_html(fields)}</p></div></div>{bar[1]}{quote}'
        f"{below_html(WORD, written)}</div></body></html>"
    )
    rows = Quoting().rows(original.shown, written)
    mark = "\n".join(f"> {name}: {value}" for name, value in fields)
    return Body(_joined(above_text(written), f"{mark}\n>\n{rows}", below_text(written)), html)


_X_MAILER = {"X-Mailer": "Microsoft Outlook 16.0", "Thread-Index": "AQHbPa8cq0pPZ2m3kUu7Xk1xq5hQ3A=="}
_EXCHANGE = {
    "X-MS-Exchange-Organization-SCL": "-1",
    "X-Originating-IP": "[10.9.8.7]",
    "Accept-Language": "en-US",
}
_CP1252 = ("windows-1252", "iso-8859-1", "utf-8")
_WORD_CHARSETS = ("us-ascii", "windows-1252", "iso-8859-1", "utf-8")
_OFTEN = ("quoted-printable", "base64")
OUTLOOK = (
    Client(
        "outlook desktop",
        desktop,
        _X_MAILER,
        prefix="RE",
        charsets=_WORD_CHARSETS,
        encodings=("quoted-printable", "7bit"),
    ),
    Client("outlook desktop, localized", desktop, _X_MAILER, prefix=None, charsets=_WORD_CHARSETS),
    Client(
        "outlook mac",
        mac,
        {"User-Agent": "Microsoft-MacOutlook/16.90"},
        frozenset({"above", "inside"}),
        charsets=("utf-8", "windows-1252"),
        encodings=_OFTEN,
    ),
    Client(
        "outlook web",
        web,
        _EXCHANGE,
        prefix=None,
        charsets=("iso-8859-1", "windows-1252", "utf-8"),
        encodings=_OFTEN,
    ),
    Client(
        "outlook new",
        new,
        _EXCHANGE,
        frozenset({"above", "inside"}),
        prefix=None,
        charsets=("iso-8859-1", "utf-8"),
        encodings=_OFTEN,
    ),
    Client(
        "outlook ios", phone, _EXCHANGE, frozenset({"above"}), prefix=None, device="outlook", encodings=_OFTEN
    ),
    Client(
        "outlook android",
        phone,
        _EXCHANGE,
        frozenset({"above"}),
        frozenset({"en"}),
        device="Get Outlook for Android",
        encodings=("base64",),
    ),
    Client(
        "windows mail",
        windows_mail,
        {},
        frozenset({"above"}),
        frozenset({"en"}),
        device="Sent from Mail for Windows",
        charsets=_CP1252,
    ),
    Client(
        "outlook plain",
        plain,
        {"X-Mailer": "Microsoft Outlook 14.0"},
        prefix=None,
        charsets=_WORD_CHARSETS,
        encodings=("7bit", "quoted-printable", "8bit"),
    ),
    Client(
        "outlook plain, marked",
        plain_marked,
        {"X-Mailer": "Microsoft Office Outlook 12.0"},
        prefix=None,
        charsets=_CP1252,
    ),
    Client("hotmail", hotmail, {}, frozenset({"above"}), frozenset({"en"}), charsets=_CP1252),
    Client(
        "outlook, blue bar", bottom_marked, _X_MAILER, frozenset({"above", "inside"}), charsets=_WORD_CHARSETS
    ),
)
