"""``commonthread worker``: sends, reads and answers until it is stopped."""

import asyncio

import typer

from service.config import read_settings
from service.runner import serve

app = typer.Typer(add_completion=False)


@app.command()
def worker() -> None:
    """Run one worker. SIGTERM or Ctrl-C stops it after the mail in hand."""
    asyncio.run(serve(read_settings()))
