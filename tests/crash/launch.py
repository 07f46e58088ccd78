"""The real worker with a bullet in it: it kills itself right before or right after one function.

``python launch.py [before|after MODULE:NAME] [hold MODULE:NAME] [set MODULE:NAME=SECONDS] …``

``after`` waits for a call that brought something; ``hold`` makes a function wait for ever; ``set``
shortens a wait. The product has no hook for any of this.
"""

import asyncio
import importlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

Function = Callable[..., Awaitable[Any]]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(function: Function) -> Function:
    async def dying(*arguments: Any, **named: Any) -> Any:
        die()

    return dying


def after(function: Function) -> Function:
    async def dying(*arguments: Any, **named: Any) -> Any:
        result = await function(*arguments, **named)
        if result is None or result:
            die()
        return result

    return dying


def hold(function: Function) -> Function:
    async def waiting(*arguments: Any, **named: Any) -> Any:
        await asyncio.Event().wait()

    return waiting


def change(place: str, make: Callable[[Any], Any]) -> None:
    module, _, path = place.partition(":")
    *owners, name = path.split(".")
    owner = importlib.import_module(module)
    for step in owners:
        owner = getattr(owner, step)
    setattr(owner, name, make(getattr(owner, name)))


def shorten(assignment: str) -> None:
    place, _, seconds = assignment.partition("=")
    value = float(seconds)
    change(place, lambda old: timedelta(seconds=value) if isinstance(old, timedelta) else value)


def main(words: list[str]) -> int:
    for verb, place in zip(words[::2], words[1::2], strict=True):
        if verb == "set":
            shorten(place)
        else:
            change(place, {"before": before, "after": after, "hold": hold}[verb])
    from service.cli import main as run

    return run(["worker"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
