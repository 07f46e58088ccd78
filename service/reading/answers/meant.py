"""What a reader of answers found."""

from dataclasses import dataclass

from service.domain.reading import Value


@dataclass(frozen=True, slots=True)
class Meant:
    """A value, and how sure its reader is (see ``service.reading.confidence``)."""

    value: Value
    confidence: float
