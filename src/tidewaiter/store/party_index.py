"""A prebuilt party index on disk: a folder of `.npy` columns with a `meta.json`, written whole or not at all, opened by memory map.

    <place>/<fingerprint>/meta.json        versions, and the size and checksum of every column
    <place>/<fingerprint>/<column>.npy

The fingerprint names what the index was made from, so a folder is right or is not looked at. Damage shows in the checksums.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

_META = "meta.json"
_CHUNK = 1 << 20
_ABANDONED = 3600.0


class IndexDamagedError(Exception):
    """The files of an index are not as they were written; the message says which."""


class Meta(msgspec.Struct, frozen=True):
    """What an index was made from, and its files with size in bytes and CRC-32.

    `versions` are the list versions as they were written (`ListVersion` as plain values), for the caller to decode.
    """

    fingerprint: str
    text: str
    versions: list[dict[str, Any]]
    files: dict[str, tuple[int, int]]


def _checksum(path: Path) -> tuple[int, int]:
    """Return size and CRC-32 of a file; read through, not mapped, so that checking takes no memory."""
    size = crc = 0
    buffer = bytearray(_CHUNK)
    with path.open("rb", buffering=0) as stream:
        while count := stream.readinto(buffer):
            crc = zlib.crc32(memoryview(buffer)[:count], crc)
            size += count
    return size, crc


def save_index(
    place: Path, fingerprint: str, text: str, versions: list[dict[str, Any]], columns: Mapping[str, Any]
) -> Path:
    """Write an index and remove the others of the place.

    Args:
        place: The folder of indexes; made when missing.
        fingerprint: What the index was made from, as letters and digits.
        text: The fingerprint of what names are normalised with.
        versions: The list versions as plain values.
        columns: The columns by name.

    Returns:
        The folder of the index.

    Raises:
        OSError: it cannot be written; then nothing is left behind.
    """
    place.mkdir(parents=True, exist_ok=True)
    final = place / fingerprint
    making = Path(tempfile.mkdtemp(dir=place, prefix=".making-"))
    try:
        making.chmod(0o755)
        for name, column in columns.items():
            np.save(making / f"{name}.npy", column, allow_pickle=False)
        files = {name: _checksum(making / f"{name}.npy") for name in columns}
        meta = Meta(fingerprint, text, versions, files)
        with (making / _META).open("wb") as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(meta), indent=1) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        if final.exists():
            shutil.rmtree(final)
        making.rename(final)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    _tidy(place, final)
    return final


def _tidy(place: Path, kept: Path) -> None:
    """Remove the other indexes, and what a process that was stopped left half made an hour before."""
    latest = kept.stat().st_mtime
    for other in place.iterdir():
        abandoned = other.name.startswith(".making-") and other.stat().st_mtime < latest - _ABANDONED
        if abandoned or (other != kept and not other.name.startswith(".")):
            # A process that has it mapped keeps its pages until it ends.
            shutil.rmtree(other, ignore_errors=True)


def open_index(folder: Path) -> tuple[Meta, Arrays]:
    """Return an index with its columns mapped from the files.

    Raises:
        FileNotFoundError: there is none.
        IndexDamagedError: a file is missing, cut off or changed.
    """
    meta = read_meta(folder)
    columns: Arrays = {}
    for name, (size, crc) in meta.files.items():
        path = folder / f"{name}.npy"
        try:
            if _checksum(path) != (size, crc):
                raise IndexDamagedError(f"{path}: not as it was written")
            # As plain arrays: slicing the mapped kind is several times slower.
            columns[name] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamagedError(f"{path}: {error}") from error
    return meta, columns


def read_meta(folder: Path) -> Meta:
    """Return what an index was made from.

    Raises:
        FileNotFoundError: there is none.
        IndexDamagedError: it cannot be read.
    """
    path = folder / _META
    try:
        return msgspec.json.decode(path.read_bytes(), type=Meta)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileNotFoundError(f"{path}: there is no index") from error
    except (OSError, msgspec.MsgspecError) as error:
        raise IndexDamagedError(f"{path}: {error}") from error


def saved_indexes(place: Path) -> list[Path]:
    """Return the folders of the indexes of a place, latest first."""
    found: list[tuple[float, Path]] = []
    with contextlib.suppress(OSError):
        found = [(path.stat().st_mtime, path) for path in place.iterdir() if not path.name.startswith(".")]
    return [path for _, path in sorted(found, reverse=True)]
