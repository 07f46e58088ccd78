import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.store.crew import Crew, join


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """Eight processes, forked from one that has imported the store."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.crew"])
    gate = context.Barrier(Crew.SIZE)
    with ProcessPoolExecutor(Crew.SIZE, context, initializer=join, initargs=(gate,)) as pool:
        yield Crew(pool)
