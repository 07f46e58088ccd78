"""What can go wrong, sorted by what to do about it.

Expected outcomes (a refused recipient, an unreadable answer) are values, not exceptions.
"""


class CommonThreadError(Exception):
    """The root of our own exceptions; its text says what happened and what to do."""


class Transient(CommonThreadError):
    """It may heal by itself: wait and try the same thing again (a server that is away)."""


class Permanent(CommonThreadError):
    """Trying again gives the same result: a person has to look at it."""


class Misconfigured(CommonThreadError):
    """A setting, plan, instrument or template is wrong.

    ``where`` names the setting, or the file and line; ``mend`` says what to write instead.
    """

    def __init__(self, where: str, problem: str, mend: str = "") -> None:
        self.where, self.problem, self.mend = where, problem, mend
        super().__init__(f"{where}: {problem}" + (f" {mend}" if mend else ""))
