"""The programs that these tests need from the system, and who may run them."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")

DEBIAN = ("/usr/sbin", "/usr/lib/dovecot", *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin"))))
"""Where Debian keeps servers; not every PATH has these."""
ORDINARY = ("nobody", "nogroup")
"""Who runs what refuses root, or needs no rights."""


class Missing(Exception):  # noqa: N818 - it becomes a skip, or a failure
    """Something that has to be installed, or allowed."""


def find_program(name: str, package: str) -> str:
    """The path of ``name``. Raises Missing naming Debian's ``package``."""
    found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(DEBIAN))
    if found is None:
        raise Missing(f"{name} is not installed (Debian's package {package})")
    return found


def is_root() -> bool:
    return os.geteuid() == 0


def ordinary_user() -> tuple[str, str] | None:
    """User and group to step down to; None where we are an ordinary user ourselves."""
    return ORDINARY if is_root() else None


def needed(config: pytest.Config, make: Callable[[], T]) -> T:
    """What ``make`` gives. What is missing skips the test, or fails it where skipping is forbidden."""
    try:
        return make()
    except Missing as missing:
        words = str(missing)
    if config.getoption("--services-required"):
        pytest.fail(words, pytrace=False)
    pytest.skip(words)
