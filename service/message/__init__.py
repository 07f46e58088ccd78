"""Raw bytes become a bounded, decoded view. The room below everything that reads mail.

Everything here is linear in the length of the mail, and nothing raises on hostile input except
``TooLarge``, which is decided before any decoding (IN-13, IN-15).
"""

from service.message.header import Field, read_fields
from service.message.inline_images import with_inline_images
from service.message.limits import TooLarge
from service.message.message import Message, parse
from service.message.part import Part
from service.message.plain import plain

__all__ = ["Field", "Message", "Part", "TooLarge", "parse", "plain", "read_fields", "with_inline_images"]
