"""Authentication-Results, read strictly (RFC 8601 section 2.2): what is malformed says nothing.

A server may have written what a stranger sent it into its results without quoting it ("Composition
Kills", section 4.3): a comment or a quote in the middle of a domain is such a case, and malformed.
"""

from dataclasses import dataclass

LONGEST = 8 * 1024
"""Octets of one header; no server writes that much."""
_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Result:
    """``dkim=pass header.d=town.example``: method, result and properties, in lower case."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = ()

    def value(self, name: str) -> str:
        """A property; '' where it is missing or said twice."""
        values = [value for key, value in self.properties if key == name]
        return values[0] if len(values) == 1 else ""

    def domain(self, name: str) -> str:
        """A property that is a domain, without a dot at its end."""
        return self.value(name).removesuffix(".")


@dataclass(frozen=True, slots=True)
class Results:
    """One header. ``server``: its authserv-id in lower case; a quoted one keeps its quotes."""

    server: str
    results: tuple[Result, ...]

    def of(self, method: str) -> list[Result]:
        """The results of one method, in their order."""
        return [one for one in self.results if one.method == method]


def read_results(value: str) -> Results | None:
    """One header's value; None where it is malformed, too long, or of a version that we do not know."""
    readable = value.isascii() and all(character.isprintable() or character == "\t" for character in value)
    if len(value) > LONGEST or not readable:
        return None
    try:
        return _read(_without_comments(" ".join(value.split())).lower())
    except ValueError:
        return None


def _read(plain: str) -> Results:
    head, *statements = plain.split(";")
    server, _, version = head.strip().partition(" ")
    if not server or version.strip() not in ("", _VERSION):
        raise ValueError("no server, or a version that we do not know")
    results = (_read_statement(one) for one in statements if one.strip() not in ("", "none"))
    return Results(server, tuple(one for one in results if "/" not in one.method))


def _without_comments(value: str) -> str:
    """``value`` with a space for each comment; what is quoted keeps its quotes and nothing that could be
    taken for structure. Raises ValueError where a comment or a quote has no end, or is part of a word."""
    pieces: list[str] = []
    at = 0
    while at < len(value):
        end = at + 1
        if value[at] == "(":
            end = _end_of_comment(value, at)
            pieces.append(" ")
        elif value[at] == '"':
            end = _end_of_quoted(value, at)
            pieces.append(f'"{_harmless(value[at + 1 : end - 1])}"')
        else:
            pieces.append(value[at])
        at = end
    return "".join(pieces)


def _end_of_comment(value: str, at: int) -> int:
    """Behind the comment that opens at ``at``, comments in it included. It must not belong to a domain:
    what has a dot, and no space before the comment (``town.example(.evil.test``)."""
    if "." in value[:at].replace(";", " ").rpartition(" ")[2]:
        raise ValueError("a comment in a domain")
    depth = 0
    while at < len(value):
        depth += {"(": 1, ")": -1}.get(value[at], 0)
        at += 2 if value[at] == "\\" else 1
        if depth == 0:
            return at
    raise ValueError("a comment without an end")


def _end_of_quoted(value: str, at: int) -> int:
    """Behind the quoted string that opens at ``at``, where a word or a value begins."""
    if value[:at] and value[at - 1] not in " =;":
        raise ValueError("a quote in a word")
    at += 1
    while at < len(value):
        if value[at] == '"':
            return at + 1
        at += 2 if value[at] == "\\" else 1
    raise ValueError("a quote without an end")


def _harmless(text: str) -> str:
    return "".join(character if character.isalnum() or character in ".-_@" else "?" for character in text)


def _read_statement(statement: str) -> Result:
    """``method=result`` and its properties. A method of another version keeps its ``/2``."""
    words = statement.replace(" =", "=").replace("= ", "=").split()
    pairs = [word.partition("=") for word in words]
    if not all(name and equals for name, equals, _ in pairs):
        raise ValueError("no statement")
    (method, _, result), *properties = pairs
    named = tuple((name, value.strip('"')) for name, _, value in properties)
    return Result(method.removesuffix(f"/{_VERSION}"), result, named)
