"""``python worker.py`` runs one worker; it stops on SIGTERM or Ctrl-C after the mail in hand."""

import asyncio
import signal

from service.config import read_settings
from service.runner import run


async def main() -> None:
    """Run until a signal comes."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await run(read_settings(), stop)


if __name__ == "__main__":
    asyncio.run(main())
