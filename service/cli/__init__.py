"""The command line: thin commands over the rooms below.

``--help`` has to answer at once, and importing typer alone takes longer than that. So the table
below is all that this module knows; a command's own module is imported when it is called.
"""

import sys
from collections.abc import Sequence

COMMANDS = {
    "init": ("service.cli.init", "Write a settings file and an example plan to start from"),
    "apply": ("service.cli.apply", "Bring in a plan file: people, departments, milestones, times"),
    "worker": ("service.cli.worker", "Send, read and answer mail until it is stopped"),
    "send": ("service.cli.send", "Ask everybody one mail's questions now"),
    "status": ("service.cli.status", "Say how things stand"),
    "lessons": ("service.cli.lessons", "Show what a team has learned"),
    "endings": ("service.cli.endings", "Show what mails of a domain end with, or forget it"),
    "doctor": ("service.cli.doctor", "Check the settings and every server behind them"),
    "quarantine": ("service.cli.quarantine", "Look at messages that wait for you, release or drop them"),
    "replay": ("service.cli.replay", "Read recorded replies again with today's reader"),
    "preview": ("service.cli.preview", "Show a mail of the playbook with invented facts"),
    "read": ("service.cli.read", "Show what is understood from replies kept as files"),
    "sandbox": ("service.cli.sandbox", "Play a week in an invented town, with real mail on this machine"),
}
"""Each command: its module, which defines ``app`` (a ``typer.Typer``), and its line in the help."""

_HELP = """Usage: commonthread COMMAND [OPTIONS]

The email companion of people who collaborate across department walls:
short questions out, plain replies in.

Commands:
{commands}

Options:
  --debug    Show where an error came from
  --version  Show the version
  --help     Show this, or a command's own help behind its name

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong settings, 4 a server is unreachable.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """The console script ``commonthread``. Returns its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    if not words or words[0] in ("--help", "-h", "help"):
        sys.stdout.write(_help())
        return 0
    if words[0] == "--version":
        sys.stdout.write(f"commonthread {_version()}\n")
        return 0
    if words[0] not in COMMANDS:
        sys.stderr.write(_unknown(words[0]))
        return 2
    from service.cli.run import run

    return run(words[0], COMMANDS[words[0]][0], words[1:], debug)


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = (f"  {name:{width}}  {line}" for name, (_, line) in COMMANDS.items())
    return _HELP.format(commands="\n".join(lines))


def _version() -> str:
    from importlib.metadata import version

    return version("common-thread")


def _unknown(word: str) -> str:
    from service.playbook.near import did_you_mean

    kind = "option" if word.startswith("-") else "command"
    return f"commonthread: there is no {kind} {word!r}. {did_you_mean(word, COMMANDS)}\n"
