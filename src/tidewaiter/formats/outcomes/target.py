"""Where an outcome file goes: beside its final name until it is complete, then renamed onto it.

A reader of the target never sees half a file, and a run that fails leaves what was there before.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from tidewaiter.model import InputError, Screening

_BUFFER = 1 << 20  # bytes: some fifty screenings, so that a screening is no call of the system of its own


class Target:
    """A file that appears under its name only when committed. A stream or a device is written directly."""

    def __init__(self, target: str | Path | BinaryIO) -> None:
        self._temporary: Path | None = None
        self._owned = False
        if not isinstance(target, str | Path):
            self.handle: BinaryIO = target
            return
        self._path = Path(os.path.realpath(target))
        try:
            self.handle = self._open()
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(
                f"{target}: cannot be written: {reason}; give a path in a directory that exists"
            ) from error
        self._owned = True

    def _open(self) -> BinaryIO:
        mode = None
        with contextlib.suppress(FileNotFoundError):
            mode = self._path.stat().st_mode
        if mode is not None and not stat.S_ISREG(mode):
            return self._path.open("wb")
        temporary = self._path.with_name(f".{self._path.name[:200]}.{secrets.token_hex(4)}.part")
        handle = temporary.open("xb", buffering=_BUFFER)
        self._temporary = temporary
        if mode is not None:
            with contextlib.suppress(OSError):
                temporary.chmod(stat.S_IMODE(mode))
        return handle

    def commit(self) -> None:
        """Finish the file and give it its name."""
        self.handle.flush()
        if not self._owned:
            return
        if self._temporary is not None:
            os.fsync(self.handle.fileno())
        self.handle.close()
        if self._temporary is not None:
            self._temporary.replace(self._path)
            self._temporary = None

    def abort(self) -> None:
        """Remove the unfinished file; what stood under the name before stays."""
        if not self._owned:
            return
        self.handle.close()
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)
            self._temporary = None


class OutcomeWriter(ABC):
    """Writes screenings one at a time. Use it as a context manager: an exception inside leaves no file behind."""

    def __init__(self, target: str | Path | BinaryIO) -> None:
        self._target = Target(target)
        self._open = True

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the writer, or abort it when the block failed."""
        if kind is None:
            self.close()
        else:
            self.abort()

    @abstractmethod
    def write(self, screening: Screening) -> None:
        """Write one screening."""

    def close(self) -> None:
        """Finish the file and give it its name. Closing twice does nothing."""
        if not self._open:
            return
        try:
            self._finish()
            self._target.commit()
        except BaseException:
            self.abort()
            raise
        self._open = False

    def abort(self) -> None:
        """Give up: nothing appears under the target name."""
        if self._open:
            self._open = False
            self._discard()
            self._target.abort()

    def _finish(self) -> None:
        """Write what is still held back; a writer that holds nothing back leaves this as it is."""
        return

    def _discard(self) -> None:
        """Let go of what holds the file open; a writer that has nothing of the kind leaves this as it is."""
        return
