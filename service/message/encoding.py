"""Content-Transfer-Encoding, undone without ever raising (RFC 2045 section 6)."""

import binascii
import quopri

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))


def transfer_decode(octets: bytes, encoding: str) -> bytes:
    """``octets`` without their transfer encoding; unknown encodings are taken as they are."""
    if encoding == "base64":
        return base64(octets)
    if encoding == "quoted-printable":
        return quopri.decodestring(octets)
    return octets


def base64(octets: bytes) -> bytes:
    """Base64 as it comes: foreign octets are skipped, a broken end is dropped."""
    try:
        return binascii.a2b_base64(octets)
    except binascii.Error:
        digits = octets.translate(None, _NOT_BASE64)
        digits = digits[: len(digits) - (len(digits) % 4 == 1)]
        return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
