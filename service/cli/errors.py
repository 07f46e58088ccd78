"""What an error means to whoever typed the command: an exit code, and what to do."""

from enum import IntEnum

from service.cli.terminal import complain
from service.errors import CommonThreadError, Misconfigured, Transient


class ExitCode(IntEnum):
    """How a command ends."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    SETTINGS = 3
    UNREACHABLE = 4


def exit_code(error: Exception) -> ExitCode:
    """The exit code for an exception that ended a command."""
    if isinstance(error, Misconfigured):
        return ExitCode.SETTINGS
    return ExitCode.UNREACHABLE if isinstance(error, Transient) else ExitCode.FAILED


def explain(error: Exception, about: str = "") -> None:
    """Say on stderr what happened and what to do. ``about`` names what was at work, if many were."""
    if isinstance(error, OSError) and error.filename is not None:
        complain(f"{error.filename}: {error.strerror}.")
        return
    problem = str(error) if isinstance(error, CommonThreadError) else f"{type(error).__name__}: {error}"
    complain(f"{about}: {problem}" if about else problem, _mend(error))


def _mend(error: Exception) -> str:
    if isinstance(error, Transient):
        return "Nothing is lost. Check that the server runs and try again."
    return "" if isinstance(error, CommonThreadError) else "This is a fault of ours; --debug shows where."
