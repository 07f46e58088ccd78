import subprocess
import sys

import pytest

from service.cli import main


@pytest.fixture
def commonthread(capsys):
    """Runs one command in this process: its exit code, what it said, what it complained."""

    def run(*words):
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def process():
    """Runs Python with our package in a process of its own."""

    def run(*words):
        return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)

    return run
