"""Random tokens, tried by somebody who knows everything of ours but the secrets: whether one opens (IN-4).

``python -m bench.tokens [--count 1000000] [--seed 20261123]``. Each is spelled as ours are; every second one
begins like that of a prompt of ours, with its key id and handle, so that only the MAC is left to guess. Each
is tried as an address of some kind, as a Message-ID and as a code in the footer.
"""

import argparse
import random
import sys
import time
from base64 import b32decode, b32encode
from collections.abc import Iterator

from service.addressing import (
    MAC_OCTETS,
    Keyring,
    TokenKind,
    subaddress,
    token_in_address,
    token_in_message_id,
)

MAILBOX, DOMAIN = "thread@town.example", "town.example"
RING = Keyring((b"a secret that nobody has guessed yet", b"the secret that it took the place of"))
KINDS = tuple(TokenKind)
TOKEN = RING.sign(TokenKind.REPLY, RING.handle("check-in:reading-garden:7:2026-W48"))
HEAD = b32decode(TOKEN.upper() + "=")[:-MAC_OCTETS]


def guesses(count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    for number in range(count):
        head = HEAD if number % 2 else chance.randbytes(len(HEAD))
        yield b32encode(head + chance.randbytes(MAC_OCTETS)).decode().rstrip("=").lower()


def opens(token: str, kind: TokenKind) -> bool:
    tried = (
        token_in_address(RING, MAILBOX, subaddress(MAILBOX, kind, token)),
        token_in_message_id(RING, DOMAIN, f"<{token}@{DOMAIN}>"),
        RING.verify(TokenKind.FOOTER, token),
    )
    return any(tried)


def count_hits(count: int, seed: int) -> int:
    return sum(opens(token, KINDS[at % len(KINDS)]) for at, token in enumerate(guesses(count, seed)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=20261123)
    wanted = parser.parse_args()
    started = time.perf_counter()
    hits = count_hits(wanted.count, wanted.seed)
    spent = time.perf_counter() - started
    print(f"{wanted.count:,} random tokens, seed {wanted.seed}: {hits} hits, {spent:.0f} s")
    return 1 if hits else 0


if __name__ == "__main__":
    sys.exit(main())
