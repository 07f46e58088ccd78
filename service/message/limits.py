"""How large a mail may be (IN-13). Sizes are octets, except ``TEXT``."""

from service.errors import Permanent

MESSAGE = 10 * 1024 * 1024
HEADER_BLOCK = 64 * 1024
HEADER = 16 * 1024
HEADERS = 200
DEPTH = 20
PARTS = 100
DELIMITERS = 10_000
TEXT = 256 * 1024
"""Decoded text beyond this many characters is cut, not refused."""

ADDRESS = 320
IDENTIFIER = 998
REFERENCES = 50
RECIPIENTS = 100
FILENAME = 80
PARAMETERS = 64


class TooLarge(Permanent):
    """A mail goes past one of our limits: keep it unread for the operator, never parse it."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(f"{what}: more than {limit}. It is kept unread; ask its sender for a shorter one.")
