"""Bytes in, typed facts out. No database: what a mail is, where it belongs, and who wrote it."""

from service.inbound.classify import Classified, classify, kind_of

__all__ = ["Classified", "classify", "kind_of"]
