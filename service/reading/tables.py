"""Tables of words, written as text so that a person can read and extend them."""


def phrases(text: str) -> tuple[str, ...]:
    """Entries separated by bars; line breaks mean nothing."""
    return tuple(" ".join(entry.split()) for entry in text.split("|"))


def table(text: str) -> frozenset[str]:
    """Single words separated by white space."""
    return frozenset(text.split())
