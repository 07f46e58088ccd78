"""The worker in a process of its own, as ``python worker.py`` and as a command."""

import asyncio
import json
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

WORKER = str(Path(__file__).parents[3] / "worker.py")
COMMAND = ("-c", "import sys; from service.cli import main; sys.exit(main())", "worker")


@asynccontextmanager
async def started(*words):
    """A worker that has said that it started, and its lines until then."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=pipe, stderr=pipe)
    lines = []
    try:
        while not lines or lines[-1]["event"] != "worker_started":
            lines.append(json.loads(await process.stdout.readline()))
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.mark.parametrize("words", [(WORKER,), COMMAND], ids=["worker.py", "commonthread worker"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_in_peace(installation, words, number):
    """REL-12."""
    async with started(*words) as process:
        process.send_signal(number)

        rest, complained = await process.communicate()

    assert process.returncode == 0
    assert complained == b""
    assert all(json.loads(line)["event"] for line in rest.splitlines())


async def test_servers_that_are_away_are_waited_for(installation):
    async with started(WORKER) as process:
        lines = [json.loads(await process.stdout.readline()) for _ in range(2)]

        [unread] = [line for line in lines if line["event"] == "mailbox_unread"]
        assert "127.0.0.1:1" in unread["error"]
        assert process.returncode is None


async def test_a_second_worker_over_one_directory_is_refused(installation):
    pipe = asyncio.subprocess.PIPE
    async with started(WORKER):
        second = await asyncio.create_subprocess_exec(sys.executable, WORKER, stderr=pipe)
        _, complained = await second.communicate()

    assert second.returncode == 3
    assert b"another worker runs here already" in complained
    assert b"Traceback" not in complained


def test_wrong_settings_are_named_and_nothing_is_started(installation, commonthread, tmp_path):
    installation("IMAP_PORT=0")

    code, said, complained = commonthread("worker")

    assert (code, said) == (3, "")
    assert "IMAP_PORT" in complained
    assert "Traceback" not in complained
