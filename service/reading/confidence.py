"""How sure a reader must be. One place: below the line an answer is asked again, never stored."""

LINE = 0.7

CERTAIN = 1.0  # the whole answer is the value
CLEAR = 0.9  # the value comes first, an explanation follows
LIKELY = 0.8  # the value stands in a sentence
DOUBTFUL = 0.5  # it could be meant otherwise


def is_enough(confidence: float) -> bool:
    """True where an answer may be stored as known."""
    return confidence >= LINE
