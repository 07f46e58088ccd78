"""One reply from a number: somebody, their program, its language, where and how they answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from service.domain.reading import Asked
from service.reading import Circumstances
from tests.replies import bank, prompts
from tests.replies.clients import CLIENTS
from tests.replies.clients.writing import BREAKS, STYLES
from tests.replies.envelope import finished, fitting
from tests.replies.furnishing import bannered, disclaimed, greeting, rewritten, signed
from tests.replies.languages import ENGLISH, LANGUAGES, Language
from tests.replies.layouts import LAYOUTS, Layout
from tests.replies.paper import Body, Client, Ending, Original, Written, answered, received, trimmed, worn
from tests.replies.prompts import Sent
from tests.replies.spelling import Setting
from tests.replies.town import RESIDENTS, ROSTER, Resident


@dataclass(frozen=True, slots=True)
class Case:
    """A reply, what was asked, and what it says. ``labels``: for reports."""

    seed: int
    raw: bytes
    asked: Asked
    circumstances: Circumstances
    layout: Layout
    client: str
    position: str
    labels: tuple[str, ...]


def generate(seed: int) -> Case:
    """The reply of this number; the same one every time."""
    rng = Random(seed)
    author = rng.choice(RESIDENTS)
    sent = prompts.sent(rng.choice(prompts.names()), author)
    setting, moment = _when(sent, author, rng)
    position, layout, client = _laid_out(sent, setting, rng)
    language = _language(client, rng)
    layout = _led_in(layout, rng)
    ending, signature = _ending(author, client, language, layout, rng)
    layout, ending = _with_afterthought(layout, ending, rng)
    written = _typed(layout, ending, language, client, rng)
    original = received(sent, author)
    position += _way_in(written)
    labels = [f"signature: {signature}", f"language: {language.code}", f"prompt: {sent.name}"]
    if position in ("top numbered", "top free", "partial") and rng.random() < 0.25:
        original = _through_a_colleague(original, author, moment, rng)
        labels.append("path: through a colleague")
    elif rng.random() < 0.2:
        original = trimmed(original, tuple(layout.under), rng)
        labels.append("path: trimmed quote")
        layout = _doubtful(layout, _ends_with(original, sent))
    if rng.random() < 0.15:
        original = worn(original, rng)
        labels.append("path: worn quote")
    if rng.random() < 0.08:
        original = _warned(original, rng)
        labels.append("path: banner in the original")
    body, furniture = _delivered(client.write(original, written), layout, rng)
    subject = ("[EXTERNAL] " if "path: banner" in furniture else "") + _subject(original, client, language)
    whole = body.text + body.html
    charset = fitting(whole, rng.sample(client.charsets, len(client.charsets)))
    encoding = rng.choice(client.encodings)
    fields = client.fields
    raw = finished(
        body, author, original.reply_to, subject, moment, original.message_id, fields, charset, encoding
    )
    labels += [*furniture, f"charset: {charset}", f"encoding: {encoding}"]
    circumstances = Circumstances(setting.today, setting.locale, ROSTER)
    return Case(seed, raw, sent.asked, circumstances, layout, client.key, position, tuple(labels))


def _when(sent: Sent, author: Resident, rng: Random) -> tuple[Setting, datetime]:
    zone = ZoneInfo(author.zone)
    moment = (sent.at + timedelta(minutes=rng.randint(4, 6000))).astimezone(zone)
    return Setting(moment.date(), author.locale, author.name), moment


def _laid_out(sent: Sent, setting: Setting, rng: Random) -> tuple[str, Layout, Client]:
    """A way to answer that suits the prompt, and a program in which one can answer like that."""
    names = list(LAYOUTS)
    weights = [LAYOUTS[name][2] for name in names]
    while True:
        position = rng.choices(names, weights)[0]
        lay, place, _ = LAYOUTS[position]
        layout = lay(sent, setting, rng)
        able = [client for client in CLIENTS if place in client.places]
        if layout is not None:
            return position, layout, rng.choice(able)


def _language(client: Client, rng: Random) -> Language:
    codes = sorted(client.languages or LANGUAGES)
    return ENGLISH if "en" in codes and rng.random() < 0.35 else LANGUAGES[rng.choice(codes)]


def _ending(
    author: Resident, client: Client, language: Language, layout: Layout, rng: Random
) -> tuple[Ending, str]:
    if layout.under and not layout.above and rng.random() < 0.6:
        return Ending(), "none"
    return signed(author, client, language, rng)


def _led_in(layout: Layout, rng: Random) -> Layout:
    """A line of politeness above everything: it is no answer."""
    if not layout.above or layout.command or rng.random() > 0.1:
        return layout
    return replace(layout, above=f"{rng.choice(bank.LEADS)}\n\n{layout.above}")


def _with_afterthought(layout: Layout, ending: Ending, rng: Random) -> tuple[Layout, Ending]:
    """A postscript below the sign-off: a note."""
    if not ending.typed or layout.command or not (layout.above or layout.below) or rng.random() > 0.08:
        return layout, ending
    said = rng.choice(bank.AFTERTHOUGHTS)
    note = "\n".join(filter(None, (layout.note, said)))
    return replace(layout, note=note), replace(ending, typed=(*ending.typed, "", said))


def _typed(layout: Layout, ending: Ending, language: Language, client: Client, rng: Random) -> Written:
    above, below = layout.above, layout.below
    if rng.random() < 0.35 and not layout.command:
        hello = greeting(language, rng) + rng.choice(("\n\n", "\n"))
        above, below = (hello + above if above else "", hello + below if below else "")
    single = all("\n" not in words for words in layout.under.values())
    same_line = bool(layout.under) and single and rng.random() < 0.15
    return Written(
        above=above,
        under=layout.under,
        below=below,
        ending=ending,
        same_line=same_line,
        split=rng.random() < 0.5,
        listed=rng.random() < 0.4,
        style=rng.choice(("", "", "", *STYLES, BREAKS)),
        language=language,
    )


def _way_in(written: Written) -> str:
    """How answers stand inside the quote: behind a question, between two pieces, or in the block (a cell)."""
    if not written.under:
        return ""
    return ", on the line" if written.same_line else ", quote cut" if written.split else ", in the cell"


def _through_a_colleague(original: Original, author: Resident, moment: datetime, rng: Random) -> Original:
    """The prompt comes with a colleague's words above it, from their own program."""
    colleague = rng.choice([resident for resident in RESIDENTS if resident is not author])
    client = rng.choice([client for client in CLIENTS if client.key not in ("carrier", "nothing quoted")])
    language = _language(client, rng)
    words = rng.choice(
        (
            f"1. {rng.choice(bank.PROGRESS)}\n2. {rng.choice(bank.NEXT)}",
            "What do you think?",
            "\n".join(rng.sample(bank.THOUGHTS, 2)),
        )
    )
    ending, _ = signed(colleague, client, language, rng)
    body = client.write(original, Written(above=words, ending=ending, language=language))
    return answered(original, body, colleague, author, moment - timedelta(hours=2))


def _warned(original: Original, rng: Random) -> Original:
    """The author's own gateway put its warning into the mail that they answer."""
    body = bannered(Body("\n", original.html), rng)
    warning = body.text.split("\n")[0]
    rows = [row._replace(text=warning, key="", bold=0) for row in original.rows[:1]]
    blank = [row._replace(text="", key="", bold=0) for row in original.rows[:1]]
    front: Sequence = (*rows, *blank)
    return replace(original, html=body.html, rows=(*front, *original.rows), shown=(*front, *original.shown))


def _ends_with(original: Original, sent: Sent) -> str:
    """The question that the quote ends with; "" where it goes on behind its last one."""
    rows = [
        row for row in original.rows if row.text.strip() and (row.key or not row.text.strip().startswith("("))
    ]
    asks = (question.key for question in sent.questions if rows[-1].text.endswith(question.text))
    return rows[-1].key or next(asks, "")


def _doubtful(layout: Layout, last: str) -> Layout:
    """Right below a quote that ends with question ``last``, words may answer that one or all of them."""
    unclear = set(layout.answers) if layout.below and last else {last}
    answers = {
        key: replace(spelled, doubtful=True) if key in unclear else spelled
        for key, spelled in layout.answers.items()
    }
    return replace(layout, answers=answers)


def _delivered(body: Body, layout: Layout, rng: Random) -> tuple[Body, list[str]]:
    """What servers do to a mail on its way."""
    labels: list[str] = []
    if body.text and body.html and rng.random() < 0.35:
        only_html = rng.random() < 0.7
        body = replace(body, text="") if only_html else replace(body, html="")
        labels.append("path: html alone" if only_html else "path: text alone")
    if rng.random() < 0.1:
        body, labels = disclaimed(body, rng), [*labels, "path: disclaimer"]
    if rng.random() < 0.1:
        body, labels = bannered(body, rng), [*labels, "path: banner"]
    if labels and rng.random() < 0.5 and not _has_link(layout):
        body = replace(body, text=rewritten(body.text), html=rewritten(body.html))
    return body, labels


def _has_link(layout: Layout) -> bool:
    """What a gateway makes of the author's own links is nobody's to undo."""
    return any("://" in spelled.words for spelled in layout.answers.values())


def _subject(original: Original, client: Client, language: Language) -> str:
    return f"{client.prefix or language.reply}: {original.subject}"
