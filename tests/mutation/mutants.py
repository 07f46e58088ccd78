"""The mutants of some modules. mutmut writes them; they are put in by exchanging a function's code."""

import ast
import functools
import importlib
import inspect
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from mutmut.mutation.file_mutation import mutate_file_contents

# x_name__mutmut_3, or xǁClassǁname__mutmut_3 for a method
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_NAME = re.compile(r"x(?:ǁ(?P<owner>\w+?)ǁ|_)(?P<name>\w+)__mutmut_(?P<number>\d+)")


@dataclass(frozen=True)
class Mutant:
    """One fault in one function."""

    module: str
    name: str
    original: FunctionType
    changed: FunctionType
    source: str

    @property
    def function(self) -> str:
        """The function's name, with its class."""
        return f"{self.module}.{self.original.__qualname__}"

    @property
    def code(self) -> CodeType:
        """The code that a test has to reach to notice."""
        return self.original.__code__

    def put_in(self) -> None:
        """Let the function be wrong, whoever imported it, for the rest of this process."""
        self.original.__code__ = self.changed.__code__
        self.original.__defaults__ = self.changed.__defaults__
        self.original.__kwdefaults__ = self.changed.__kwdefaults__


def of_paths(paths: Iterable[Path]) -> list[Mutant]:
    """All mutants of the modules in files and folders, in the order of their names."""
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))]
    return [mutant for file in files for mutant in _of_file(file)]


def sample(mutants: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """A random ``count`` of them, each as likely as any other; all where there are no more."""
    return sorted(random.Random(seed).sample(list(mutants), min(count, len(mutants))), key=lambda m: m.name)


def _of_file(file: Path) -> list[Mutant]:
    module = importlib.import_module(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
    written = mutate_file_contents(str(file), file.read_text())
    names: dict[str, Any] = {
        "__name__": module.__name__,
        "__file__": str(file),
        "__package__": module.__package__,
    }
    exec(compile(written.code, str(file), "exec"), names)  # our own code, with faults
    sources = _sources(written.code)
    found = (_mutant(module, name, names, sources) for name in written.mutant_names)
    return [mutant for mutant in found if mutant]


def _sources(code: str) -> dict[str, str]:
    functions = (node for node in ast.walk(ast.parse(code)) if isinstance(node, _FUNCTIONS))
    lines = code.splitlines()
    return {node.name: "\n".join(lines[node.lineno - 1 : node.end_lineno]) for node in functions}


def _mutant(module: ModuleType, name: str, names: dict[str, Any], sources: dict[str, str]) -> Mutant | None:
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name} is no name that mutmut gives")
    owner = found["owner"]
    original = _function(vars(getattr(module, owner)) if owner else vars(module), found["name"])
    changed = _function(vars(names[owner]) if owner else names, name)
    if original is None or changed is None or original.__code__.co_freevars != changed.__code__.co_freevars:
        return None
    return Mutant(module.__name__, f"{module.__name__}.{name}", original, changed, sources[name])


def _function(names: Any, name: str) -> FunctionType | None:
    found = inspect.unwrap(names[name]) if name in names and callable(names[name]) else names.get(name)
    if isinstance(found, staticmethod | classmethod | functools.cached_property):
        found = getattr(found, "func", None) or found.__func__
    if isinstance(found, property):
        found = found.fget
    return found if isinstance(found, FunctionType) else None
