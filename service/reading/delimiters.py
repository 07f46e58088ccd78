"""Lines after which everything is an original: "-----Original Message-----", "reply above this line"."""

from service.reading.furniture import MESSAGE, ORIGINAL, REPLY_ABOVE

LONGEST = 160
SPOKEN_OF = ("reply", "text", "read", "type", "respon", "answer", "write")
WIDE = 4  # characters
RULES = "-_=*#~+—–‐‑‒―─━"


def cuts(text: str) -> bool:
    """True where all below this line is an original."""
    bare = _head(text.strip())
    if not bare or len(bare) > LONGEST:
        return False
    ruled = is_ruled(bare)
    if not (ruled or bare[-1] == ":"):
        return cuts_anywhere(bare)
    words = bare.strip(RULES + " >|[]:.").lower()
    if ruled and words.startswith("extern"):
        return False  # a gateway's tag, above the author's words
    drawn = len(bare) - len(bare.lstrip(RULES)) >= WIDE  # and not "--- message for Ada ---"
    if ruled and drawn and len(words.split()) <= 5 and any(word in words for word in MESSAGE):
        return True
    return any(word in words for word in ORIGINAL) or cuts_anywhere(bare)


def _head(text: str) -> str:
    """Up to the second rule: "----- Forwarded Message ----- From: …" may stand on one line."""
    inner = text.lstrip("-")
    start = len(text) - len(inner)
    second = inner.find("---", 0, LONGEST)
    return text[: start + second + 3] if start >= 3 and second > 0 else text


def cuts_anywhere(text: str) -> bool:
    """A line such as "Reply above this line" cuts even inside of a quote: it was meant for a machine."""
    bare = text.strip()
    if len(bare) > LONGEST:
        return False
    said = bare.lower()
    if is_ruled(bare):
        return any(phrase in said for phrase in REPLY_ABOVE)
    # and not "The printer wants us to write above the line."
    asks = "above this line" in said and any(word in said for word in SPOKEN_OF)
    return " line" in said and (
        asks or said.removeprefix("please ").removeprefix("only ").startswith(REPLY_ABOVE)
    )


def is_ruled(bare: str) -> bool:
    """Words between drawn lines."""
    if not bare or bare[0] not in RULES or bare[-1] not in RULES:
        return False
    return len(bare) - len(bare.strip(RULES)) >= 4


def is_rule(text: str) -> bool:
    """A line that is only drawn: dashes, underscores, stars."""
    bare = text.strip()
    return len(bare) >= 2 and all(character in RULES for character in bare)
