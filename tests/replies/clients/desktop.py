"""Programs on a desk: Thunderbird, mutt, Evolution, KMail, eM Client, Notes, Verse, GroupWise."""

from html import escape

from tests.replies.clients.writing import (
    Hand,
    Quoting,
    above_html,
    above_text,
    below_html,
    below_text,
    block_text,
    in_pieces,
    kept,
)
from tests.replies.paper import Body, Client, Original, Written


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _clock(original: Original, seconds: bool = False) -> str:
    at = original.at
    minutes = f"{at:%M:%S}" if seconds else f"{at:%M}"
    return f"{at.hour % 12 or 12}:{minutes} {'AM' if at.hour < 12 else 'PM'}"


def _thunderbird_line(original: Original, written: Written) -> str:
    language = written.language
    return language.say(language.thunderbird, original.at, original.name, original.address)


def thunderbird(original: Original, written: Written) -> Body:
    on = _thunderbird_line(original, written)
    bar = (f'<blockquote type="cite" cite="mid:{original.message_id.strip("<>")}">', "</blockquote>")
    hand = Hand(signature='<pre class="moz-signature" cols="72">{}</pre>')
    quote = (
        in_pieces(original.shown, written, hand.say, bar)
        if written.split and written.under
        else bar[0] + kept(original, written, hand.say) + bar[1]
    )
    html = (
        '<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body>'
        f'{above_html(hand, written)}<div class="moz-cite-prefix">{escape(on)}<br></div>{quote}'
        f"{below_html(hand, written)}</body></html>"
    )
    rows = Quoting(width=72).rows(original.shown, written)
    return Body(_joined(above_text(written, 72), f"{on}\n{rows}", below_text(written, 72)), html)


def thunderbird_text(original: Original, written: Written) -> Body:
    rows = Quoting().rows(original.rows, written)
    on = _thunderbird_line(original, written)
    return Body(_joined(above_text(written), f"{on}\n{rows}", below_text(written)), flowed=True)


def mutt(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%a, %b %d, %Y at %I:%M:%S%p %z}, {original.name} wrote:"
    rows = Quoting().rows(original.rows, written)
    return Body(_joined(above_text(written, 72), f"{on}\n{rows}", below_text(written, 72)))


def pine(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%a}, {at.day} {at:%b} {at:%Y}, {original.name} wrote:"
    rows = Quoting().rows(original.rows, written)
    return Body(_joined(above_text(written), f"{on}\n\n{rows}", below_text(written)), flowed=True)


def emacs(original: Original, written: Written) -> Body:
    """Gnus: the name alone, and bars as marks in some people's settings."""
    rows = Quoting(mark="| ").rows(original.rows, written)
    return Body(
        _joined(above_text(written, 70), f"{original.who} writes:\n\n{rows}", below_text(written, 70))
    )


def evolution(original: Original, written: Written) -> Body:
    on = f"On {original.at:%a, %Y-%m-%d at %H:%M %z}, {original.name} wrote:"
    hand = Hand(signature="<div><span><pre>{}</pre></span></div>")
    bar = (
        '<blockquote type="cite" style="margin:0 0 0 .8ex; border-left:2px #729fcf solid;padding-left:1ex">',
        "</blockquote>",
    )
    quote = (
        in_pieces(original.rows, written, hand.say, bar)
        if written.split and written.under
        else bar[0] + kept(original, written, hand.say) + bar[1]
    )
    html = f"<html><head></head><body>{above_html(hand, written)}<div>{escape(on)}</div>{quote}{below_html(hand, written)}</body></html>"
    rows = Quoting(width=71).rows(original.rows, written)
    return Body(_joined(above_text(written, 71), f"{on}\n{rows}", below_text(written, 71)), html)


def kmail(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%A, %B} {at.day}, {at:%Y} {_clock(original, seconds=True)} {at:%Z} {original.name} wrote:"
    if written.language.code == "de":
        on = written.language.say(
            "Am {weekday}, {d}. {month} {yyyy}, {HH}:{M}:{S} {zone} schrieb {name}:", at, original.name
        )
    rows = Quoting().rows(original.rows, written)
    return Body(_joined(above_text(written), f"{on}\n{rows}", below_text(written)))


def em_client(original: Original, written: Written) -> Body:
    at = original.at
    fields = [f'From "{original.name}" <{original.address}>', f"To {original.to_address}"]
    fields += [f"Date {at:%m/%d/%Y} {_clock(original, seconds=True)}", f"Subject {original.subject}"]
    mark = f"------ {written.language.original} ------"
    hand = Hand(line="<div>{}</div>", signature='<div id="signature_old"><div>{}</div></div>')
    html = (
        f"<html><head></head><body>{above_html(hand, written)}<div><br></div><div>{mark}</div>"
        f'{"".join(f"<div>{escape(one)}</div>" for one in fields)}<div><br></div><div id="x4a7d3"><blockquote '
        f'type="cite" class="cite2">{kept(original, written, hand.say)}</blockquote></div>{below_html(hand, written)}'
        "</body></html>"
    )
    rows = Quoting(mark=">").rows(original.shown, written)
    listed = "\n".join(fields)
    return Body(_joined(above_text(written), f"{mark}\n{listed}\n\n{rows}", below_text(written)), html)


def notes(original: Original, written: Written) -> Body:
    """Lotus and HCL Notes: a table of fields, a rule, and no mark at all."""
    at = original.at
    fields = [("From", original.who), ("To", original.to_address), ("Date", f"{at:%m/%d/%Y %I:%M %p}")]
    fields += [("Subject", original.subject)]
    font = '<font size="1" color="#5f5f5f" face="sans-serif">{}: &nbsp; &nbsp; &nbsp; &nbsp;</font><font size="1" face="sans-serif">{}</font><br>'
    hand = Hand(
        line='<font size="2" face="sans-serif">{}</font><br>', blank="<br>", signature="<br><p>{}</p>"
    )
    html = (
        f"{above_html(hand, written)}<br><br><br>"
        + "".join(font.format(name, escape(value)) for name, value in fields)
        + f"<hr noshade><br><br>{kept(original, written, hand.say)}<br>{below_html(hand, written)}"
    )
    shown = "\n".join(f"{name + ':':9}{value}" for name, value in fields)
    rows = Quoting(mark="").rows(original.shown, written)
    return Body(_joined(above_text(written), f"{shown}\n\n\n{rows}", below_text(written)), html)


def verse(original: Original, written: Written) -> Body:
    """INotes and Verse: a line of dashes around name and "wrote"."""
    at = original.at
    mark = f'-----"{original.name}" <{original.address}> wrote: -----'
    fields = [
        ("To", f'"{original.to}" <{original.to_address}>'),
        ("From", f'"{original.name}" <{original.address}>'),
    ]
    fields += [("Date", f"{at:%m/%d/%Y %I:%M%p}"), ("Subject", original.subject)]
    html = (
        f'<div class="socmaildefaultfont" dir="ltr" style="font-family:Arial, Helvetica, sans-serif;font-size:10pt">'
        f'{above_html(Hand(), written)}<div>&nbsp;</div><font color="#990099">{escape(mark)}</font><div class="'
        'iNotesHistory" style="padding-left:5px;"><div style="padding-right:0px;padding-left:5px;border-left:solid '
        f'black 2px;">{"<br>".join(escape(f"{name}: {value}") for name, value in fields)}<br><br>'
        f"{kept(original, written, Hand().say)}</div></div>{below_html(Hand(), written)}</div>"
    )
    rows = Quoting(mark="").rows(original.shown, written)
    return Body(
        _joined(above_text(written), f"{mark}\n{block_text(fields)}\n\n{rows}", below_text(written)), html
    )


def groupwise(original: Original, written: Written) -> Body:
    at = original.at
    mark = f">>> {original.name} <{original.address}> {at:%m/%d/%Y} {_clock(original)} >>>"
    rows = Quoting(mark="").rows(original.rows, written)
    return Body(_joined(above_text(written), f"{mark}\n{rows}", below_text(written)))


def mailspring(original: Original, written: Written) -> Body:
    at = original.at
    on = f"On {at:%b} {at.day} {at:%Y}, at {at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}, {original.who} wrote:"
    hand = Hand(signature='<signature id="initial"><div>{}</div></signature>')
    html = (
        f'{above_html(hand, written)}<div class="gmail_quote_attribution">{escape(on)}</div><blockquote class='
        f'"gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex;"><div>'
        f"{kept(original, written, hand.say)}</div></blockquote>{below_html(hand, written)}"
    )
    rows = Quoting().rows(original.shown, written)
    return Body(_joined(above_text(written), f"{on}\n{rows}", below_text(written)), html)


_TB = {"User-Agent": "Mozilla Thunderbird", "Content-Language": "en-US"}
_LATIN = ("us-ascii", "utf-8", "iso-8859-1", "windows-1252")
_EN = frozenset({"en"})
DESKTOP = (
    Client(
        "thunderbird",
        thunderbird,
        _TB,
        charsets=("utf-8", "windows-1252", "iso-8859-2", "koi8-r"),
        encodings=("8bit", "7bit", "quoted-printable"),
    ),
    Client(
        "thunderbird, text",
        thunderbird_text,
        _TB,
        charsets=(
            "utf-8",
            "iso-8859-1",
            "iso-8859-15",
            "koi8-r",
            "windows-1251",
            "iso-2022-jp",
            "gb18030",
            "euc-kr",
        ),
        encodings=("8bit", "7bit", "base64"),
    ),
    Client(
        "mutt",
        mutt,
        {"User-Agent": "Mutt/2.2.13 (2024-03-09)"},
        languages=_EN,
        charsets=_LATIN,
        encodings=("8bit", "quoted-printable"),
    ),
    Client(
        "alpine",
        pine,
        {"User-Agent": "Alpine 2.26 (LNX 649 2022-06-02)"},
        languages=_EN,
        charsets=_LATIN,
        encodings=("8bit", "quoted-printable"),
    ),
    Client(
        "gnus",
        emacs,
        {"User-Agent": "Gnus/5.13 (Gnus v5.13)"},
        languages=_EN,
        charsets=_LATIN,
        encodings=("quoted-printable",),
    ),
    Client(
        "evolution",
        evolution,
        {"User-Agent": "Evolution 3.52.3-0ubuntu1"},
        languages=_EN,
        charsets=("utf-8", "us-ascii"),
        encodings=("7bit", "quoted-printable", "base64"),
    ),
    Client(
        "kmail",
        kmail,
        {"User-Agent": "KMail/6.2"},
        languages=frozenset({"en", "de"}),
        encodings=("quoted-printable", "8bit"),
    ),
    Client(
        "em client", em_client, {"User-Agent": "eM_Client/10.1.4588.0"}, frozenset({"above", "inside"}), _EN
    ),
    Client(
        "notes",
        notes,
        {"X-Mailer": "Lotus Notes Release 9.0.1FP7"},
        frozenset({"above"}),
        _EN,
        charsets=("us-ascii", "iso-8859-1", "utf-8"),
    ),
    Client("verse", verse, {"X-Mailer": "HCL Verse 3.2"}, frozenset({"above"}), _EN),
    Client(
        "groupwise",
        groupwise,
        {"X-Mailer": "Novell GroupWise Internet Agent 18.4"},
        frozenset({"above", "inside"}),
        _EN,
        charsets=("us-ascii", "utf-8"),
        encodings=("quoted-printable",),
    ),
    Client("mailspring", mailspring, {"X-Mailer": "Mailspring"}, frozenset({"above"}), _EN),
)
