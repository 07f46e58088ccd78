"""Greetings and sign-offs: read by people, answers to nothing."""

from collections.abc import Sequence

from service.reading.furniture import GREETINGS
from service.reading.signature import is_closing
from service.reading.tables import table
from service.reading.words import is_broken, normal

LONGEST = 40
MOST_WORDS = 5
SIGNOFF_LINES = 7
LONGEST_SIGNED = 60
NODS = table(
    """
    ok okay yes yep right correct true exactly perfect great good fine super wonderful lovely nice cool
    all is it its s that thats this looks look very well understood noted got thanks thank you many so much
    """
)
MOST_NODS = 8
READERS = table("all everyone everybody team folks friends there again alle zusammen tous todos todas tutti")
ANSWERS = (
    "answer",
    "repl",
    "response",
    "antwort",
    "réponse",
    "respuesta",
    "resposta",
    "risposte",
    "antwoord",
    "svar",
)


def is_greeting(line: str) -> bool:
    """A line such as "Hi Ada,", alone."""
    bare = line.strip()
    words = normal(bare[: LONGEST + 1]).split()
    if not words or len(bare) > LONGEST or len(words) > MOST_WORDS or bare[-1] in "?:":
        return False
    said = " ".join(words)
    greets = any(said == greeting or said.startswith(f"{greeting} ") for greeting in GREETINGS)
    return greets and (bare[-1] in ",!.，、" or len(words) <= 3) and _names_readers(bare.partition(",")[2])


def _names_readers(words: str) -> bool:
    """Who is greeted behind a comma: "Hi, Ada", "Hello, all", and not "Hi, all done."."""
    said = [word.strip(",.!") for word in words.split()]
    return all(word[:1].isupper() or word.lower() in READERS for word in said)


def greeting_length(lines: Sequence[str]) -> int:
    """How many lines at the start are a greeting."""
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    return first + 1 if lines and is_greeting(lines[first]) else 0


def signoff_start(lines: Sequence[str], name: str, inline: bool) -> int:
    """Where the sign-off begins; ``len(lines)`` where there is none.

    Under a question of ours a first line is an answer, whatever it says.
    """
    filled = [at for at, line in enumerate(lines) if line.strip()]
    lowest = 1 if inline and not _is_signed(lines, filled, name) else 0
    for at in filled[lowest:][-SIGNOFF_LINES:]:
        below = [lines[after] for after in filled if after > at]
        closes = is_closing(lines[at]) or (at > filled[0] and _closes_for(lines[at], below, name))
        if closes and all(len(line) <= LONGEST_SIGNED for line in below):
            return at
    last = filled[-1] if len(filled) > lowest else -1
    signed = last >= 0 and _is_name(lines[last], name) and not (last and is_broken(lines[last - 1]))
    return last if signed else len(lines)


def is_nod(text: str) -> bool:
    """Words such as "Yes, all correct, thanks!", or a thumb: they say that a mail was read."""
    words = normal(text[:LONGEST_SIGNED]).split()
    return len(text) <= LONGEST_SIGNED and len(words) <= MOST_NODS and all(word in NODS for word in words)


def speaks_of_answers(line: str) -> bool:
    """A line such as "Here are my answers:" introduces answers to us, not a list."""
    said = normal(line[-LONGEST_SIGNED:])
    return any(word in said for word in ANSWERS)


def _is_signed(lines: Sequence[str], filled: Sequence[int], name: str) -> bool:
    """Nothing but "Best," and below it the author's name."""
    return len(filled) > 1 and is_closing(lines[filled[0]]) and _is_name(lines[filled[1]], name)


def _closes_for(line: str, below: Sequence[str], name: str) -> bool:
    """In any words: "Onwards and upwards," right above the author's name, or "LG Ada" in one line."""
    said, own = normal(line[:LONGEST_SIGNED]), normal(name).split()
    led = bool(below) and _is_name(below[0], name) and line.rstrip().endswith((",", "，", "、"))
    signed = bool(own) and said.endswith((f" {own[0]}", f" {' '.join(own)}"))
    return (led and len(line) <= LONGEST) or (
        signed and is_closing(said.removesuffix(" ".join(own)).removesuffix(own[0]))
    )


def _is_name(line: str, name: str) -> bool:
    """The author's name, first name or initials, alone, with or without a dash."""
    said = normal(line[:LONGEST_SIGNED])
    own = normal(name).split()
    if not own or not said:
        return False
    return said in (" ".join(own), own[0], "".join(word[0] for word in own), own[0][0])
