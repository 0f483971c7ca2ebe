"""The harness's end of a channel: requests out, answers in, each bounded before it is read."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import termios
from collections import deque
from collections.abc import Callable, Sequence

from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation.frames import LENGTHS, LONGEST_HEAD

_WAIT_S = 0.1
"""Seconds between two looks at a worker that says nothing."""
_PIPE = 2**20
_PRINTED = 64 * 2**20
"""Bytes that a worker may print to its log."""
_REMEMBERED = 8192


class Closed(Exception):
    """The worker is gone, or has closed its end."""


class Link:
    """Three descriptors of one worker: it is heard on one, asked on another, and prints to a third.

    `look` is called at least every tenth of a second and raises when a limit is passed; `gone`
    says whether the process has ended.
    """

    def __init__(
        self,
        heard: int,
        asks: int,
        prints: int,
        look: Callable[[], None],
        gone: Callable[[], bool],
    ) -> None:
        self._heard, self._asks, self._prints = heard, asks, prints
        self._look, self._gone = look, gone
        self._outbox: deque[memoryview] = deque()
        self._printed, self._log, self._silent = 0, b"", False
        for stream in (heard, asks, prints):
            os.set_blocking(stream, False)
        for stream in (heard, asks):
            with contextlib.suppress(OSError, AttributeError):  # Linux only, and within its quota
                fcntl.fcntl(stream, fcntl.F_SETPIPE_SZ, _PIPE)

    def send(self, frame: Sequence[memoryview]) -> None:
        """Put a request; what the pipe does not take now goes while an answer is awaited."""
        self._outbox += frame
        self._write()

    def receive(self, most: int) -> tuple[bytes, bytearray]:
        """The next frame: its head as it came, and a body of at most `most` bytes.

        Raises Closed when the worker is gone, SubmissionFailed for a frame that is too long.
        """
        head, body = LENGTHS.unpack(self._read(LENGTHS.size))
        if head > LONGEST_HEAD or body > most:
            raise SubmissionFailed(
                f"answered {head + body} bytes where at most {LONGEST_HEAD + most} can be meant"
            )
        return bytes(self._read(head)), self._read(body)

    def unasked(self) -> bool:
        """Whether something has been said that was not received yet."""
        size = bytearray(4)
        fcntl.ioctl(self._heard, termios.FIONREAD, size)
        return any(size)

    def last_words(self) -> str:
        """The last line of the log that is not blank; what is still in the pipe included."""
        self._listen()
        lines = self._log.decode("utf-8", "replace").splitlines()
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def close(self) -> None:
        for stream in (self._heard, self._asks, self._prints):
            os.close(stream)

    def _read(self, count: int) -> bytearray:
        """Exactly `count` bytes; meanwhile requests go out, prints come in, limits hold."""
        found = bytearray(count)
        left = memoryview(found)
        while left:
            gone = self._gone()
            self._look()
            reading, writing, _ = select.select(
                [self._heard] if self._silent else [self._heard, self._prints],
                [self._asks] if self._outbox else [],
                [],
                0 if gone else _WAIT_S,
            )
            if self._prints in reading:
                self._listen()
            if writing:
                self._write()
            if self._heard in reading:
                size = os.readv(self._heard, [left])
                if not size:
                    raise Closed
                left = left[size:]
            elif gone:  # a child it left behind may hold the channel open for ever
                raise Closed
        return found

    def _write(self) -> None:
        try:
            while self._outbox:
                first = self._outbox[0]
                rest = first[os.write(self._asks, first) :]
                if rest:
                    self._outbox[0] = rest
                else:
                    self._outbox.popleft()
        except BlockingIOError:
            pass
        except BrokenPipeError:  # it closed its end; what it says is still heard
            self._outbox.clear()

    def _listen(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while chunk := os.read(self._prints, 65_536):
                self._printed += len(chunk)
                self._log = (self._log + chunk)[-_REMEMBERED:]
                if self._printed > _PRINTED:
                    raise SubmissionFailed(f"printed more than {_PRINTED // 2**20} MiB")
            self._silent = True
