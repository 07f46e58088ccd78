"""``commonthread lessons``: what a team has learned, for whoever begins something similar."""

from typing import Annotated

import typer

from service.cli.house import in_database
from service.cli.send import one_of
from service.cli.terminal import say, say_json
from service.config import read_settings
from service.domain.lesson import Lesson
from service.jobs import utc_now
from service.store import collaborations, lessons

app = typer.Typer(add_completion=False)


@app.command()
def show(
    collaboration: Annotated[
        str | None, typer.Argument(metavar="KEY", help="Which collaboration, where there are several.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON for each.")] = False,
) -> None:
    """Show the register of lessons, newest first. Those of a blind round stand in it once it closes."""
    found = in_database(read_settings(), lambda: _register(collaboration))
    if as_json:
        for lesson in found:
            say_json({"lesson": lesson.words, "who": lesson.who, "about": lesson.about, "told": lesson.told})
    elif found:
        say(*(line for lesson in found for line in _lines(lesson)))
    else:
        say("No lesson yet: each debrief asks for one.")


async def _register(key: str | None) -> list[Lesson]:
    collaboration = one_of(await collaborations.every(), key)
    return await lessons.register(collaboration.id, utc_now())


def _lines(lesson: Lesson) -> tuple[str, str]:
    about = f", after “{lesson.about}”" if lesson.about else ""
    return f"“{lesson.words}”", f"    {lesson.who}, {lesson.learned_at:%Y-%m-%d}{about}"
