"""The parent's side of the child process in which pages, PDFs and mails are read: one child for many documents, each within its time.

A document that takes too long ends its child; the next one gets a new child. The child's limits are in `worker`.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any

from tidewaiter.formats.reports.blocks import Extract, from_json
from tidewaiter.formats.reports.worker import HEAD, KINDS, MAX_REPLY, SIZE
from tidewaiter.model import InputError, InternalError

SECONDS = 5.0
START_SECONDS = 60.0
_LETTERS = {kind: letter for letter, kind in KINDS.items()}


class Sandbox:
    """Reads documents in a child process. Use it as a context, or call `close`."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """Prepare a sandbox; its child starts with the first document.

        Args:
            seconds: how long one document may take.
        """
        self.seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, kind: str, data: bytes) -> Extract:
        """Return what a document says.

        Args:
            kind: `page`, `PDF` or `mail`.
            data: its bytes.

        Raises:
            InputError: it cannot be read, or took more time or memory than a document may.
        """
        child = self._started()
        reply = self._exchange(child, HEAD.pack(_LETTERS[kind], len(data)) + data, self.seconds)
        if reply is None:
            raise InputError(
                f"reading it was stopped: more than {self.seconds:g} seconds, or its {kind} library broke down"
            )
        if reply.get("ends"):
            self.close()
        if "error" in reply:
            raise InputError(str(reply["error"]))
        return from_json(reply)

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        child.wait()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-c", "from tidewaiter.formats.reports.worker import serve; serve()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
            if self._exchange(self._child, b"", START_SECONDS) is None:
                raise InternalError("the process that reads documents does not start")
        return self._child

    def _exchange(self, child: subprocess.Popen[bytes], request: bytes, seconds: float) -> dict[str, Any] | None:
        """Send a request and return the reply, or None, with the child ended, when it took too long or broke down."""
        assert child.stdin is not None
        assert child.stdout is not None
        timer = threading.Timer(seconds, child.kill)
        timer.daemon = True
        timer.start()
        try:
            child.stdin.write(request)
            child.stdin.flush()
            head = child.stdout.read(SIZE.size)
            size = SIZE.unpack(head)[0] if len(head) == SIZE.size else MAX_REPLY + 1
            body = child.stdout.read(size) if size <= MAX_REPLY else b""
            reply = json.loads(body) if len(body) == size else None
        except (OSError, ValueError):
            reply = None
        finally:
            timer.cancel()
        if not isinstance(reply, dict):
            self.close()
            return None
        return reply


def _environment() -> dict[str, str]:
    """Return a bare environment: where our modules lie, and nothing of the user's."""
    kept = {name: value for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if (value := os.environ.get(name))}
    places = os.pathsep.join(place for place in sys.path if place)
    return {
        **kept,
        "PYTHONPATH": places,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
        "OPENBLAS_NUM_THREADS": "1",
    }
