"""When the story happens: six whole weeks that are over, across a month's end."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEKS = 6
TURN = 5
"""The week of the story whose Monday is the first of a month: then managers hear of the month before."""


def first_monday(now: datetime, zone: str) -> date:
    """The Monday on which the story begins: the latest that lets all its weeks be over."""
    today = now.astimezone(ZoneInfo(zone)).date()
    turn = today - timedelta(days=today.weekday() + 7 * (WEEKS - TURN + 1))
    while turn.day > 7:
        turn -= timedelta(days=7)
    return turn - timedelta(days=7 * (TURN - 1))
