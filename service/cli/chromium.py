"""A Chromium of this machine. Only pictures of mails need one.

It is spoken to over its debugging pipe: JSON that ends in NUL, commands on its descriptor 3,
answers on 4. That way a picture can be narrower than a window and as long as the mail.
"""

import json
import os
import select
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from tempfile import TemporaryDirectory
from typing import IO, Any, cast

from service.errors import Misconfigured, Permanent

NAMES = ("chromium", "chromium-browser", "google-chrome")

_PATIENCE = 30
"""Seconds until Chromium has to answer."""

_FLAGS = (
    *("--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--remote-debugging-pipe"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # a mail fetches nothing (OUT-9), and neither does its picture
)
_OVER_THE_PIPE = 'exec "$0" "$@" 3<&0 4>&1 </dev/null >&2'


class Chromium:
    """One Chromium without a window: commands to its stdin, answers on its stdout, complaints in ``log``."""

    def __init__(self, process: Popen[bytes], log: Path) -> None:
        self._commands = cast("IO[bytes]", process.stdin)
        self._answers = cast("IO[bytes]", process.stdout)
        self._log = log
        self._asked = 0
        self._heard = b""

    def call(self, method: str, session: str = "", **parameters: object) -> Any:
        """The result of one command (Chrome DevTools Protocol). Raises Permanent where there is none."""
        self._asked += 1
        command = {"id": self._asked, "method": method, "params": parameters}
        self._write({**command, "sessionId": session} if session else command)
        while (answer := json.loads(self._read())).get("id") != self._asked:
            pass  # it also tells what happens by itself
        if "error" in answer:
            raise self._broken(str(answer["error"].get("message")))
        return answer["result"]

    def _write(self, command: dict[str, object]) -> None:
        try:
            self._commands.write(json.dumps(command).encode() + b"\0")
            self._commands.flush()
        except BrokenPipeError:
            raise self._broken("it ended") from None

    def _read(self) -> bytes:
        while b"\0" not in self._heard:
            if not select.select([self._answers], [], [], _PATIENCE)[0]:
                raise self._broken(f"no answer in {_PATIENCE} seconds")
            octets = os.read(self._answers.fileno(), 1 << 20)
            if not octets:
                raise self._broken("it ended")
            self._heard += octets
        answer, _, self._heard = self._heard.partition(b"\0")
        return answer

    def _broken(self, reason: str) -> Permanent:
        last = self._log.read_text("utf-8", "replace").strip().splitlines()[-1:]
        return Permanent(f"Chromium made no picture: {reason}. {' '.join(last)}")


@contextmanager
def open_chromium() -> Iterator[Chromium]:
    """A Chromium for any number of pictures. Raises Misconfigured where none is on the PATH."""
    program = _find()
    with TemporaryDirectory(prefix="commonthread-", ignore_cleanup_errors=True) as folder:
        log = Path(folder) / "stderr"
        process = _start(program, folder, log)
        try:
            yield Chromium(process, log)
        finally:
            _end(process)


def _find() -> str:
    for name in NAMES:
        if path := shutil.which(name):
            return path
    mend = "Install one of them, such as Debian's package chromium. Only pictures need it."
    raise Misconfigured("PATH", f"none of {', '.join(NAMES)} is there.", mend)


def _start(program: str, folder: str, log: Path) -> Popen[bytes]:
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []  # it refuses to start otherwise
    flags = [*_FLAGS, *as_root, f"--user-data-dir={folder}"]
    command = ["/bin/sh", "-c", _OVER_THE_PIPE, program, *flags, "about:blank"]
    with log.open("wb") as errors:
        return Popen(command, stdin=PIPE, stdout=PIPE, stderr=errors)  # noqa: S603 - the words are ours


def _end(process: Popen[bytes]) -> None:
    """Close the pipe, which ends it."""
    try:
        process.communicate(timeout=_PATIENCE)
    except TimeoutExpired:
        process.kill()
        process.communicate()
