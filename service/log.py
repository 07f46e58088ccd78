"""The log of a worker: what happened to which row, and never anybody's words or address.

An exception's text may quote a mail, so of a surprise only its kind and its place are written.
Our own errors speak of servers and settings; their words may stand here.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

from service.errors import CommonThreadError

OURS = "service."
"""Names of loggers whose words we have chosen ourselves."""


def configure_log(terminal: bool, to: TextIO | None = None) -> None:
    """Lines for people on a ``terminal``, else one object of JSON for each event; ``to`` stdout or a file."""
    renderer: Any = structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=not terminal),
            _name_error,
            structlog.dev.ConsoleRenderer() if terminal else renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(to),
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_OfLibraries()], force=True)


class _OfLibraries(logging.Handler):
    """What comes by Python's own logging. Of a library only the place is told: its words are not ours."""

    def emit(self, record: logging.LogRecord) -> None:
        event = record.getMessage() if record.name.startswith(OURS) else "library_spoke"
        place = f"{record.name}:{record.lineno} {record.funcName}"
        structlog.get_logger().log(record.levelno, event, place=place, exc_info=record.exc_info)


def _name_error(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    error = _exception(event.pop("exc_info", None))
    if isinstance(error, CommonThreadError):
        event["error"] = str(error)
    elif error is not None:
        event["error"] = type(error).__name__
        event["where"] = _places(error.__traceback__)
    return event


def _exception(exc_info: object) -> BaseException | None:
    """The exception behind any of logging's ways to name it: itself, its triple, True for the current."""
    if exc_info is True:
        exc_info = sys.exc_info()
    if isinstance(exc_info, tuple):
        exc_info = exc_info[1]
    return exc_info if isinstance(exc_info, BaseException) else None


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"{frame.f_globals.get('__name__')}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(trace)
    ]
