"""One server as a child process: started in the foreground, waited for, ended by its pid."""

import contextlib
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

START_SECONDS = 30.0
STOP_SECONDS = 30.0


class Daemon:
    """``command`` in ``folder``, as ``user`` (name and group) or as who we are."""

    def __init__(
        self, folder: Path, command: Sequence[str], ports: Sequence[int], user: tuple[str, str] | None = None,
        farewell: signal.Signals = signal.SIGTERM, environment: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.folder, self._command, self._ports = folder, command, ports
        self._user, self._farewell, self._environment = user, farewell, environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return when every port answers."""
        user, group = self._user or (None, None)
        with (self.folder / "output.log").open("ab") as output:
            self._process = subprocess.Popen(
                self._command, cwd=self.folder, user=user, group=group, extra_groups=[] if user else None,
                env=self._environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while not all(map(_answers, self._ports)):
            assert self._process.poll() is None, f"{self._command[0]} ended at once:\n{self.log()}"
            assert time.monotonic() < deadline, f"{self._command[0]} does not answer:\n{self.log()}"
            time.sleep(0.02)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Ask it to end, and wait. Safe to call twice."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        os.kill(self.master_pid(process.pid), self._farewell)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its own session, so nobody else
            process.wait()

    def master_pid(self, started: int) -> int:
        """Whom to ask to end, where that is not the process that was ``started``."""
        return started

    def log(self) -> str:
        """What it wrote, for a test that fails."""
        files = sorted(self.folder.glob("*.log"))
        return "\n".join(f"--- {file.name}\n{file.read_text('utf-8', 'replace')}" for file in files)


def give_away(path: Path, user: tuple[str, str] | None) -> None:
    """Let ``user`` own a folder."""
    if user:
        shutil.chown(path, *user)


def names_of(user: tuple[str, str] | None) -> tuple[str, str]:
    """The user and group that a server runs as."""
    return user or (pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name)


def filled_in(template: str, words: dict[str, object]) -> str:
    """One of the files beside this one, with its ``@WORDS@``."""
    text = (Path(__file__).parent / template).read_text("utf-8")
    for name, value in words.items():
        text = text.replace(f"@{name}@", str(value))
    return text


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [one.getsockname()[1] for one in sockets]


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
