"""Answers by type: each kind of question has a reader of its own."""

from service.reading.answers.meant import Meant
from service.reading.answers.readers import read_answer

__all__ = ["Meant", "read_answer"]
