"""The thread that owns the IMAP connection: it serves requests, and listens in between."""

import logging
import queue
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from service.errors import CommonThreadError, Misconfigured, Transient
from service.inbound.mailbox.account import ImapAccount
from service.inbound.mailbox.idling import Doorbell
from service.inbound.mailbox.opening import open_session
from service.inbound.mailbox.session import BROKEN, Session

FIRST_DELAY = 1.0
LONGEST_DELAY = 60.0
REFUSED_SECONDS = 60.0
"""A refused password is not tried again before: servers count failures, and lock accounts."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """Something to do with the connection; one of ``finish`` and ``fail`` is called, in the thread."""

    job: Callable[[Session], Any]
    finish: Callable[[Any], None]
    fail: Callable[[Exception], None]


class Keeper(threading.Thread):
    """Keeps one connection to ``account`` alive.

    ``on_push`` is called when there may be mail to read, ``on_end`` when the thread ends.
    """

    def __init__(self, account: ImapAccount, on_push: Callable[[], None], on_end: Callable[[], None]) -> None:
        super().__init__(name="imap", daemon=True)
        self._account, self._on_push, self._on_end = account, on_push, on_end
        self._requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._doorbell = Doorbell()
        self._stopping = threading.Event()
        self._session: Session | None = None
        self._refusal: Misconfigured | None = None
        self._delay, self._next_try = FIRST_DELAY, 0.0

    def ask(self, request: Request) -> None:
        """Hand in a request; from any thread."""
        self._requests.put(request)
        self._doorbell.ring()

    def stop(self) -> None:
        """Ask the thread to take leave and end; from any thread."""
        self._stopping.set()
        self._doorbell.ring()

    def break_off(self) -> None:
        """Wake the thread out of a wait for a server that says nothing; from any thread."""
        session = self._session
        if session is not None:
            session.break_off()

    def release(self) -> None:
        """Give the doorbell back, once the thread has ended."""
        self._doorbell.close()

    def run(self) -> None:
        """Serve what was asked for, else listen, until ``stop``."""
        try:
            while not self._stopping.is_set():
                self._turn()
        finally:
            self._leave()

    def _turn(self) -> None:
        self._doorbell.hush()
        try:
            request = self._requests.get_nowait()
        except queue.Empty:
            self._listen()
        else:
            self._serve(request)

    def _serve(self, request: Request) -> None:
        try:
            result = self._done(request.job)
        except CommonThreadError as error:
            request.fail(error)
        except Exception as error:
            # Somebody waits for an answer, and this connection speaks nonsense.
            self._drop()
            nonsense = Transient(f"{self._account.place} answered what cannot be read ({error!r}).")
            nonsense.__cause__ = error
            request.fail(nonsense)
        else:
            request.finish(result)

    def _done(self, job: Callable[[Session], Any]) -> Any:
        """Do ``job``; where the connection breaks under it, once more on a new one."""
        try:
            return job(self._ready())
        except BROKEN as error:
            self._drop()
            _log.info("imap connection broke: %s", type(error).__name__)
            if self._stopping.is_set():
                raise Transient(f"{self._account.place} was closed.") from error
        try:
            return job(self._ready())
        except BROKEN as error:
            self._drop()
            raise Transient(f"{self._account.place} broke off ({error}). It is tried again.") from error

    def _listen(self) -> None:
        """Look for news, and idle only where there are none (else mail waits for the idle's end)."""
        pause = self._next_try - time.monotonic()
        if self._session is None and pause > 0:
            self._doorbell.wait(pause)
            return
        try:
            session = self._ready()
            if session.has_news():
                self._on_push()
                self._doorbell.wait(self._account.poll)
            else:
                session.idle(self._doorbell)
            self._delay = FIRST_DELAY
        except Exception as error:
            # The thread outlives every fault: it is the only one that reads mail.
            self._drop()
            self._back_off(error)

    def _back_off(self, error: Exception) -> None:
        pause = self._delay * random.uniform(0.5, 1.0)  # noqa: S311 - spreads reconnects, guards nothing
        _log.warning("imap is away: %s; next try in %.1f s", type(error).__name__, pause)
        self._next_try = max(self._next_try, time.monotonic() + pause)
        self._delay = min(2 * self._delay, LONGEST_DELAY)

    def _ready(self) -> Session:
        """Give the connection, opened where there is none.

        :raises Transient: the server is away.
        :raises Misconfigured: it will not let us in.
        """
        if self._session is None:
            self._session = self._opened()
            self._on_push()  # for mail that came while nobody listened
        return self._session

    def _opened(self) -> Session:
        if self._refusal is not None and time.monotonic() < self._next_try:
            raise Misconfigured(self._refusal.where, self._refusal.problem, self._refusal.mend)
        try:
            session = open_session(self._account)
        except Misconfigured as refusal:
            self._refusal, self._next_try = refusal, time.monotonic() + REFUSED_SECONDS
            raise
        self._refusal = None
        return session

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.drop()

    def _leave(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()
        while not self._requests.empty():
            self._requests.get_nowait().fail(Transient(f"{self._account.place} was closed."))
        self._on_end()
