"""``commonthread endings``: what everybody of a mail domain ends their mails with."""

from typing import Annotated

import typer

from service.cli.house import in_database
from service.cli.terminal import say
from service.config import read_settings
from service.domain.ending import DomainEnding
from service.errors import Permanent
from service.jobs import utc_now
from service.store import domain_endings

app = typer.Typer(add_completion=False)


@app.command()
def endings(
    domain: Annotated[
        str, typer.Argument(metavar="DOMAIN", help="Only those of this domain, as in town.example.")
    ] = "",
    forget: Annotated[
        bool, typer.Option("--forget", help="Read those of DOMAIN as words of their authors again.")
    ] = False,
) -> None:
    """Show what is left out of answers since many people of a domain end their mails with it.

    What one person ends their mails with is theirs: they see it by STATUS, and FORGET ends it.
    """
    if forget and not domain:
        raise typer.BadParameter("name the DOMAIN whose endings to forget.")
    found = in_database(read_settings(), lambda: _endings(domain.lower(), forget))
    if forget and not found:
        raise Permanent(f"No ending of {domain} is known. `commonthread endings` shows all there are.")
    say(*(line for ending in found for line in _lines(ending)))
    if forget:
        say("", "Forgotten: these are read as words of their authors from now on.")
    elif not found:
        say("No ending yet: three people of a domain have to end several mails with the same paragraph.")


async def _endings(domain: str, forget: bool) -> list[DomainEnding]:
    if forget:
        return await domain_endings.forget(domain, utc_now())
    return [one for one in await domain_endings.every() if domain in ("", one.domain)]


def _lines(ending: DomainEnding) -> list[str]:
    words = (f"    {line}" for line in ending.text.splitlines())
    return [f"{ending.domain}, {ending.people} people:", *words]
