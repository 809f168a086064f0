"""The directory of imported lists: dated, hashed snapshots and one pointer a list, swapped atomically.

    <lists-dir>/<code>/<date>-<sha12>.jsonl.gz      the parties, one a line
    <lists-dir>/<code>/current.json                  which snapshot is active, and its version

A snapshot is complete on disk before the pointer moves; an import that fails leaves the pointer where it was.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from tidewaiter.model import ListedParty, ListError, ListVersion

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CURRENT = "current.json"
STALE_DAYS = 7
_STALE_DAYS_BY_PREFIX = {"cn-": 14}


class Pointer(msgspec.Struct, frozen=True):
    """What `current.json` holds: the active version and the name of its snapshot."""

    version: ListVersion
    file: str


@dataclass(frozen=True, slots=True)
class ListStatus:
    """Age of one active list on a day. A stale list is still used, and said to be stale."""

    version: ListVersion
    age_days: int
    stale: bool
    stale_after_days: int


def check_code(code: str) -> str:
    """Return the list code, or raise when it could not be a folder name of ours.

    Raises:
        ListError: When the code is not lower-kebab.
    """
    if not _CODE.fullmatch(code):
        raise ListError(f"list code: read {code!r}, expected small letters, digits and hyphens such as 'us-sdn'")
    return code


def encode_parties(parties: Sequence[ListedParty]) -> tuple[bytes, str]:
    """Return the parties as JSON Lines in a fixed order, and the SHA-256 of exactly those bytes."""
    ordered = sorted(parties, key=lambda party: (party.list_id, party.names[0].text))
    content = msgspec.json.Encoder().encode_lines(ordered)
    return bytes(content), hashlib.sha256(content).hexdigest()


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees either the old content or all of the new."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def save_snapshots(directory: Path, snapshots: Sequence[tuple[ListVersion, bytes, bool]]) -> tuple[Path, ...]:
    """Store snapshots and make the active ones active: all of them, or none.

    Args:
        directory: The lists directory; created when missing.
        snapshots: Identity, encoded parties and whether to make it the active one, for each list.

    Returns:
        The paths of the snapshots, in the same order.

    Raises:
        OSError: When something cannot be written; the pointers that had moved by then are put back.
    """
    paths = []
    for version, content, _ in snapshots:
        folder = directory / check_code(version.list)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{version.dated.isoformat()}-{version.sha256[:12]}.jsonl.gz"
        write_atomically(path, gzip.compress(content, compresslevel=6, mtime=0))
        paths.append(path)
    moved: list[tuple[Path, bytes | None]] = []
    try:
        for (version, _, activate), path in zip(snapshots, paths, strict=True):
            if not activate:
                continue
            pointer = path.parent / _CURRENT
            before = pointer.read_bytes() if pointer.is_file() else None
            written = msgspec.json.format(msgspec.json.encode(Pointer(version, path.name)), indent=2) + b"\n"
            write_atomically(pointer, written)
            moved.append((pointer, before))
    except BaseException:
        for pointer, before in moved:
            if before is None:
                pointer.unlink(missing_ok=True)
            else:
                write_atomically(pointer, before)
        raise
    return tuple(paths)


def current(directory: Path, code: str) -> Pointer | None:
    """Return the pointer of a list, or None when the list was never imported.

    Raises:
        ListError: When the pointer is damaged.
    """
    path = directory / check_code(code) / _CURRENT
    try:
        return msgspec.json.decode(path.read_bytes(), type=Pointer)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as error:
        raise ListError(f"{path}: the pointer is damaged ({error}); import the list again") from error


def list_codes(directory: Path) -> tuple[str, ...]:
    """Return the codes of all lists in a directory, sorted."""
    if not directory.is_dir():
        raise ListError(f"{directory}: there is no such lists directory; import a list first")
    return tuple(sorted(path.parent.name for path in directory.glob(f"*/{_CURRENT}")))


def read_snapshot(path: Path) -> tuple[ListedParty, ...]:
    """Return the parties of a snapshot file, checked against the hash in its name.

    Raises:
        ListError: When the file is missing, damaged or not what its name says.
    """
    content = _snapshot_bytes(path)
    expected = path.name.removesuffix(".jsonl.gz").rpartition("-")[2]
    if not hashlib.sha256(content).hexdigest().startswith(expected):
        raise ListError(f"{path}: the content does not have the hash {expected} of its name; import the list again")
    return _decode(path, content)


def _snapshot_bytes(path: Path) -> bytes:
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise ListError(f"{path}: the snapshot cannot be read ({error}); import the list again") from error


def _decode(path: Path, content: bytes) -> tuple[ListedParty, ...]:
    try:
        return tuple(msgspec.json.Decoder(ListedParty).decode_lines(content))
    except msgspec.MsgspecError as error:
        raise ListError(f"{path}: the snapshot is damaged ({error}); import the list again") from error


def load_lists(
    directory: Path, codes: Sequence[str] | None = None
) -> tuple[tuple[ListedParty, ...], tuple[ListVersion, ...]]:
    """Return all parties of the active lists and the versions they came in.

    Args:
        directory: The lists directory.
        codes: Only these lists; all of them when None.

    Returns:
        Parties in the order of list code and list id, and one version a list.

    Raises:
        ListError: When a list is missing or damaged. A damaged list is never left out silently.
    """
    parties: list[ListedParty] = []
    versions: list[ListVersion] = []
    for code in list_codes(directory) if codes is None else codes:
        pointer = current(directory, code)
        if pointer is None:
            raise ListError(f"{directory}: the list {code!r} was not imported")
        path = directory / code / pointer.file
        content = _snapshot_bytes(path)
        if hashlib.sha256(content).hexdigest() != pointer.version.sha256:
            raise ListError(f"{path}: the content does not have the hash of the active version; import the list again")
        parties.extend(_decode(path, content))
        versions.append(pointer.version)
    return tuple(parties), tuple(versions)


def stale_after(code: str) -> int:
    """Return after how many days a list counts as stale: 14 for China, else 7."""
    for prefix, days in _STALE_DAYS_BY_PREFIX.items():
        if code.startswith(prefix):
            return days
    return STALE_DAYS


def list_status(directory: Path, on: date) -> tuple[ListStatus, ...]:
    """Return the age of every active list on a day.

    Args:
        directory: The lists directory.
        on: The day to judge by; nothing here reads a clock.

    Returns:
        One status a list, by code.
    """
    found = []
    for code in list_codes(directory):
        pointer = current(directory, code)
        if pointer is not None:
            age = (on - pointer.version.dated).days
            limit = stale_after(code)
            found.append(ListStatus(pointer.version, age, age > limit and not pointer.version.invented, limit))
    return tuple(found)
