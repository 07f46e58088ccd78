"""No regular expression that sees mail can take longer than its text is long (IN-10)."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.patterns import faults

SERVICE = Path(__file__).parents[2] / "service"
ROOMS = ("message", "inbound", "reading")
FUNCTIONS = frozenset(
    {"compile", "search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn"}
)
ANCHORED = frozenset({"match", "fullmatch"})


class Written(NamedTuple):
    """A pattern in our source. ``pattern``: None where it is put together at run time. ``name``: of the
    constant that it is, or ""."""

    place: str
    pattern: str | bytes | None
    flags: int
    searched: bool
    name: str = ""


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((SERVICE / room).rglob("*.py"))


def _written(source: str, place: str) -> Iterator[Written]:
    """Every call of the module ``re`` in one file."""
    tree = ast.parse(source)
    names = {
        id(node.value): target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        function = _function(node)
        if function not in FUNCTIONS:
            continue
        assert isinstance(node, ast.Call)
        name = names.get(id(node), "")
        uses = _uses(tree, name) if function == "compile" else {function}
        searched = not uses or not uses <= ANCHORED
        yield Written(f"{place}:{node.lineno}", _literal(node.args[0]), _flags(node), searched, name)


def _literal(node: ast.expr) -> str | bytes | None:
    """A pattern as it stands there; what is filled in counts as a letter."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "x" for one in node.values)
    return node.value if isinstance(node, ast.Constant) else None


def _function(node: ast.AST) -> str:
    """What of the module ``re`` is called here; "" for any other code."""
    called = node.func if isinstance(node, ast.Call) else None
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re":
        return called.attr
    return ""


def _uses(tree: ast.AST, name: str) -> set[str]:
    """Which methods of the compiled pattern ``name`` are called."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }


def _flags(call: ast.Call) -> int:
    named = [
        node.attr
        for argument in [*call.args[1:], *(keyword.value for keyword in call.keywords)]
        for node in ast.walk(argument)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"
    ]
    flags = 0
    for name in named:
        flags |= getattr(re, name)
    return flags


def _all() -> list[Written]:
    return [
        _with_pattern(found, path)
        for path in _sources()
        for found in _written(path.read_text("utf-8"), str(path.relative_to(SERVICE.parent)))
    ]


def _with_pattern(found: Written, path: Path) -> Written:
    """The pattern of a module's constant as it came out, whatever it is put together from."""
    module = ".".join(path.relative_to(SERVICE.parent).with_suffix("").parts)
    compiled = getattr(import_module(module), found.name, None) if found.name else None
    return found._replace(pattern=compiled.pattern) if isinstance(compiled, re.Pattern) else found


def test_no_pattern_in_the_rooms_that_see_mail_is_slow_on_any_text() -> None:
    slow = [
        f"{one.place}: {one.pattern!r}: {fault}"
        for one in _all()
        if one.pattern is not None
        for fault in faults(one.pattern, one.flags, one.searched)
    ]

    assert slow == []


def test_every_pattern_stands_in_the_source_so_that_it_can_be_checked() -> None:
    assert [one.place for one in _all() if one.pattern is None] == []
    assert [path for path in _sources() if "from re import" in path.read_text("utf-8")] == []


def test_there_are_patterns_to_check() -> None:
    assert len(_all()) > 10


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+",
        r"(?:a|b+)*c",
        r"(?:\w+\s?)*:",
        r"(?:(?:ab)*c)*d",
        r"\s*\s+x",
        r"\s*-?\s*x",
        r"\d+\w+x",
        r"[a-z]*(?:-|[0-9a-f]+)x",
        r"x.*a.*b",
        r"(\w*)(?:, )?(\w*)",
        r"k+[A-Z]+",
        r"a(?:b\s*)?\s*c",
        r"x(?=a*)a+a*",
        r"é+[^b]+!",
    ],
)
def test_a_pattern_that_may_try_again_is_found(pattern: str) -> None:
    assert faults(pattern, searched=False) != []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+$",
        r"<[^>]*>",
        r"\w+@",
        r"(?:ab)*c",
        r"(?:\d+|x)-",
        r"-*>",
        r"a?b*c|d",
        r"(?:x|)y*z",
        r"(?<!b)[ab]++(?!c)",
    ],
)
def test_a_search_that_starts_again_inside_of_a_repetition_is_found(pattern: str) -> None:
    assert faults(pattern) != []
    assert faults(pattern, searched=False) == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<![ab])[ab]++(?!c)",
        r"[^\W_]+",
        r"<[^<>]*>",
        r"\d+(?:[.,]\d+)?",
        r"(?:a{1,3}b){0,5}",
        r'<(?:[^<>"]|"[^"]*+"?)*+>?',
        r"-(?>a*)b",
        r'x"[^"]+"',
        r"x(?:a*|[^b]+)",
    ],
)
def test_a_pattern_that_never_tries_again_passes(pattern: str) -> None:
    assert faults(pattern) == []


@pytest.mark.parametrize("pattern", [r"\s*(?:--|—)\s*x", r"[^,]*,.*", r"[a-z]+ [0-9]*", r"[a-z]+(?![0-9]+)"])
def test_a_pattern_that_starts_in_one_place_only_passes(pattern: str) -> None:
    assert faults(pattern, searched=False) == []


def test_patterns_are_found_in_source_with_their_flags_and_their_use() -> None:
    source = (
        "import re\n"
        'A = re.compile(r"a" "b", re.IGNORECASE | re.DOTALL)\n'
        "B = re.compile(b'c')\n"
        "def f(x):\n    return A.search(x), B.fullmatch(x), re.match('d', x), re.sub(x, '', 'e')\n"
        "C = re.compile(rf'{x}*b')\n"
    )

    found = sorted(_written(source, "x.py"), key=lambda one: one.place)

    assert found == [
        Written("x.py:2", "ab", re.IGNORECASE | re.DOTALL, True, "A"),
        Written("x.py:3", b"c", 0, False, "B"),
        Written("x.py:5", "d", 0, False),
        Written("x.py:5", None, 0, True),
        Written("x.py:6", "x*b", 0, True, "C"),
    ]
