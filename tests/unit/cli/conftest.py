import subprocess
import sys

import pytest


@pytest.fixture
def process():
    """Runs Python with our package in a process of its own."""

    def run(*words):
        return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)

    return run
