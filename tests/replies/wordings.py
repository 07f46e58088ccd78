"""Any words that somebody may type: what hypothesis draws from."""

from dataclasses import dataclass

from hypothesis import strategies as st

from service.reading.tables import phrases
from tests.replies import bank

SCRIPTS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "äöüßéèêëïîçñøåæœłşğıİÀÉÑŒ",
    "αβγδεζηθικλμνξοπρσςτυφχψωάέή",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёї",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "कखगघचछजझटठडढतथदधनपफबभमयरलवशसह",
    "กขคงจฉชซญดตถทธนบปผพมยรลวสหอ",
    "一二三四五天地玄黄宇宙洪荒日月星辰",
    "あいうえおかきくけこアイウエオ",
    "가나다라마바사아자차카타파하",
    "😀🎉👍🏽🚲★♥🇫🇷🧑🏽",
    "0123456789٣४",
)
MARKS = "\u0301\u0308\u093f\u064e\u0e31\u200e\u200f\u2066\u2069\ufe0f"
"""What stands on other characters, or says in which direction they run."""
SIGNS = tuple(".,;!?…:—–-()[]{}\"'“”„«»‘’&<>=+*/\\|@#%$€^~_`°§¿¡、。「」؟")
QUOTING = ">»|"
"""With one of these in front a word looks quoted, where a program breaks the line before it."""
SPACES = (" ", " ", " ", "  ", "\t", "\u00a0", "\u3000")
LIKE_FURNITURE = (
    "On Monday, in the rain, Ada wrote to the school and they said yes",
    "On 5 December we open the room",
    "From: my side nothing new, To: your side neither",
    "Sent by post, not by mail, so it takes a week",
    "wrote: that is what the sign says",
    "-- more or less what we wanted --",
    "Subject to change: date, place, time",
    "This is confidential until Friday, ask Ruth",
    "CAUTION is what the sign says, and the paint is wet",
    "Best regards came from the mill as well",
    "Sent the original message back to the print shop",
    "Thanks to everybody who came on Friday",
    "Hello Kitty posters hang in the hall now",
    "iPhone and Android users see it as well",
    "the code is f-abc and not f-abd",
    "Reply above all to the school",
    '<b>bold</b> &amp; <div class="gmail_quote"> 5 < 6 > 4 && so on',
    "</blockquote></body></html> stands in the manual",
    "=?utf-8?q?what=20is=20this?= on the poster, =20 as well",
    "From the depot came twelve chairs",
    ".the point at the beginning is there on purpose",
)
MANY = 400


@st.composite
def words(draw: st.DrawFn) -> str:
    """One word of one script, with marks and signs on it here and there."""
    script = draw(st.sampled_from(SCRIPTS))
    word = draw(st.text(script, min_size=1, max_size=9))
    mark = draw(st.sampled_from(["", "", "", *MARKS]))
    before = draw(st.sampled_from(["", "", "", "", *(sign for sign in SIGNS if sign not in QUOTING)]))
    after = draw(st.sampled_from(["", "", "", "", *SIGNS]))
    return f"{before}{word}{mark}{after}"


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A line of words that is no mark of anything.

    It begins with a word (a number or a quote mark in front would say something), and has three words at
    least (one alone may be somebody's initial, or a way to say goodbye).
    """
    said = draw(st.lists(words(), min_size=2, max_size=12))
    gaps = [draw(st.sampled_from(SPACES)) for _ in said]
    line = "quite" + "".join(gap + word for gap, word in zip(gaps, said, strict=True))
    return line.rstrip(",、")  # with a comma at its end it may lead to a name: a goodbye


@st.composite
def long_lines(draw: st.DrawFn) -> str:
    """One line of hundreds of words, or a word of hundreds of letters."""
    word = draw(words())
    apart = draw(st.sampled_from((" ", "")))
    return f"quite {word}{apart}" + f"{word}{apart}" * draw(st.integers(1, MANY)) + " long"


def _is_like_a_field(line: str) -> bool:
    """Above a header block it is taken for its first line: waits for headers.py."""
    return line.partition(":")[0] in ("A", "To", "From", "Date")


SHORT = phrases(
    """
    4|4/5|yes|no|nothing|n/a|-|done|Paint|5 dec|next Tuesday|🙂|★★★|7|Ruth Calloway|Ada and Will|smaller|2 done|ok|진행|是
    """
)
"""Answers of a word or two."""
ODD = [line for line in (*LIKE_FURNITURE, *bank.LOOKS_ODD) if not _is_like_a_field(line)]
LINES = st.one_of(sentences(), sentences(), st.sampled_from(ODD), st.sampled_from(SHORT), long_lines())

MARKS_OF_ANSWERS = phrases(
    """
    1.|2.|3:|4)|(2)|#1 -|Q3:|11.|1.)|-|*|•|–|a)|->|Moved forward:|Next -|in the way:|*One more:*|3. Next:|need:|private:
    |Else:
    """
)
"""What people put in front of an answer or of an item of a list: no part of it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """``text`` as it was typed; ``said``: its lines without the marks in front of them."""

    text: str = ""
    said: tuple[str, ...] = ()


@st.composite
def texts(draw: st.DrawFn) -> Typed:
    """One to four lines, with marks in front or without."""
    said = draw(st.lists(LINES, min_size=1, max_size=4))
    marks = draw(st.sampled_from(((), (), MARKS_OF_ANSWERS)))
    typed = [f"{draw(st.sampled_from(('', *marks)))} {line}".lstrip(" ") for line in said]
    return Typed(draw(st.sampled_from(("\n", "\n\n"))).join(typed), tuple(said))
