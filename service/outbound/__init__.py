"""Typed facts in, final bytes out; and the bytes on their way to the relay. No database."""
