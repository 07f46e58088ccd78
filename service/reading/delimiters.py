"""Lines after which everything is an original: "-----Original Message-----", "reply above this line"."""

from service.reading.furniture import MESSAGE, ORIGINAL, REPLY_ABOVE

LONGEST = 160
RULES = "-_=*#~+—–"


def cuts(text: str) -> bool:
    """True where all below this line is an original."""
    bare = _head(text.strip())
    if not bare or len(bare) > LONGEST:
        return False
    words = bare.strip(RULES + " >|[]:.").lower()
    ruled = is_ruled(bare)
    if cuts_anywhere(bare) or (ruled and len(words.split()) <= 5 and any(word in words for word in MESSAGE)):
        return True
    return any(word in words for word in ORIGINAL) and (ruled or bare.endswith(":"))


def _head(text: str) -> str:
    """Up to the second rule: "----- Forwarded Message ----- From: …" may stand on one line."""
    inner = text.lstrip("-")
    start = len(text) - len(inner)
    second = inner.find("---", 0, LONGEST)
    return text[: start + second + 3] if start >= 3 and second > 0 else text


def cuts_anywhere(text: str) -> bool:
    """A line such as "Reply above this line" cuts even inside of a quote: it was meant for a machine."""
    bare = text.strip().lower()
    spoken = any(phrase in bare for phrase in REPLY_ABOVE)
    return spoken and len(bare) <= LONGEST and (is_ruled(bare) or " line" in bare)


def is_ruled(bare: str) -> bool:
    """Words between drawn lines."""
    inner = bare.strip(RULES)
    return len(bare) - len(inner) >= 4 and inner != bare and bare[0] in RULES and bare[-1] in RULES


def is_rule(text: str) -> bool:
    """A line that is only drawn: dashes, underscores, stars."""
    bare = text.strip()
    return len(bare) >= 2 and all(character in RULES for character in bare)
