"""A Valkey of our own: started once per directory, used by all, gone with whoever started it."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from arq.connections import RedisSettings, create_pool

from service.errors import Misconfigured, Transient
from service.valkey import EmbeddedValkey

STARTS_AND_SLEEPS = """
import asyncio, sys
from pathlib import Path
from service.valkey import EmbeddedValkey

async def main():
    async with EmbeddedValkey(Path(sys.argv[1])) as valkey:
        print(valkey.ours, flush=True)
        await asyncio.sleep(3600)

asyncio.run(main())
"""


async def ask(valkey: EmbeddedValkey, *command: str) -> object:
    pool = await create_pool(RedisSettings.from_dsn(valkey.dsn))
    try:
        return await pool.execute_command(*command)
    finally:
        await pool.aclose()


async def until_gone(valkey: EmbeddedValkey) -> None:
    while True:
        try:
            _, writer = await asyncio.open_unix_connection(valkey.socket)
        except OSError:
            return
        writer.close()
        await asyncio.sleep(0.02)


async def test_what_was_rung_survives_a_restart(tmp_path: Path) -> None:
    async with EmbeddedValkey(tmp_path) as valkey:
        assert await ask(valkey, "SET", "bell", "rung") is True
    async with EmbeddedValkey(tmp_path) as again:
        assert await ask(again, "GET", "bell") == b"rung"

    with pytest.raises(FileNotFoundError):
        await asyncio.open_unix_connection(again.socket)


async def test_it_listens_on_its_socket_only_and_never_forgets_for_want_of_room(tmp_path: Path) -> None:
    async with EmbeddedValkey(tmp_path) as valkey:
        settings = [
            await ask(valkey, "CONFIG", "GET", name) for name in ("port", "appendonly", "maxmemory-policy")
        ]

        assert settings == [[b"port", b"0"], [b"appendonly", b"yes"], [b"maxmemory-policy", b"noeviction"]]
        assert valkey.socket.stat().st_mode & 0o077 == 0


async def test_a_live_server_is_used_and_left_running(tmp_path: Path) -> None:
    async with EmbeddedValkey(tmp_path) as first:
        async with EmbeddedValkey(tmp_path) as second:
            assert (first.ours, second.ours) == (True, False)
        assert await ask(first, "PING")


async def test_two_that_start_at_once_share_one_server(tmp_path: Path) -> None:
    one, two = EmbeddedValkey(tmp_path), EmbeddedValkey(tmp_path)
    try:
        await asyncio.gather(one.start(), two.start())

        assert sorted([one.ours, two.ours]) == [False, True]
    finally:
        await asyncio.gather(one.stop(), two.stop())


async def test_a_long_directory_gets_a_short_socket(tmp_path: Path) -> None:
    """unix(7): a socket's path has 107 octets."""
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    async with EmbeddedValkey(deep) as valkey:
        assert len(str(valkey.socket)) <= 100
        assert valkey.socket == EmbeddedValkey(deep).socket
        assert await ask(valkey, "PING")
        assert (deep / "appendonlydir").is_dir()
    valkey.socket.parent.rmdir()


async def test_a_killed_server_is_followed_by_a_new_one(tmp_path: Path) -> None:
    valkey = EmbeddedValkey(tmp_path)
    await valkey.start()
    info = await ask(valkey, "INFO", "server")
    os.kill(info["process_id"], signal.SIGKILL)
    await until_gone(valkey)
    await valkey.stop()

    async with EmbeddedValkey(tmp_path) as successor:
        assert successor.ours


@pytest.mark.skipif(sys.platform != "linux", reason="prctl(2) is Linux")
async def test_it_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", STARTS_AND_SLEEPS, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    assert await parent.stdout.readline() == b"True\n"
    parent.kill()
    await parent.wait()

    await asyncio.wait_for(until_gone(EmbeddedValkey(tmp_path)), 20)


async def test_a_directory_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Misconfigured, match="Name another data directory"):
        await EmbeddedValkey(tmp_path / "file" / "valkey").start()


async def test_a_server_that_ends_at_once_is_reported_with_its_log(tmp_path: Path) -> None:
    (tmp_path / "appendonlydir").write_text("not a directory")

    with pytest.raises(Transient, match=r"valkey\.log"):
        await EmbeddedValkey(tmp_path).start()
