"""Compiled packs kept between runs, so that a start reads one file instead of thousands.

The kept file lies in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`; `TIDEWAITER_CACHE=off` keeps nothing). It is
used only if every pack file and every module of the program is as it was when it was made (path, size, time); otherwise it is
made anew. It is a pickle written by this program for this user and is read only if this user owns it.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import tidewaiter
from tidewaiter.model import PackError
from tidewaiter.packs import PackSet, load
from tidewaiter.screen.goods import GoodsEngine
from tidewaiter.service import collecting

KEPT = 4  # compiled packs kept for different folders and versions


def packs_and_engine(folder: Path) -> tuple[PackSet, GoodsEngine]:
    """Return the packs of a folder and the goods engine over them, from the cache where it is good.

    Raises:
        PackError: the packs do not load; every problem is listed.
    """
    enabled = gc.isenabled()
    gc.disable()  # nothing of what is read here becomes garbage
    try:
        return _packs_and_engine(folder)
    finally:
        collecting.loaded()
        if enabled:
            gc.enable()


def _packs_and_engine(folder: Path) -> tuple[PackSet, GoodsEngine]:
    place = cache_folder()
    path = place / f"packs-{_fingerprint(folder)[:32]}.pickle" if place is not None else None
    if path is not None:
        known = _read(path)
        if known is not None:
            return known
    packs = load(folder)
    engine = GoodsEngine(packs)
    # the phrases of ordinary goods are in the engine as words; a running screener needs them for nothing else
    packs = replace(packs, ordinary=())
    engine.packs = packs
    if path is not None:
        _write(path, (packs, engine))
    return packs, engine


def is_cache_off() -> bool:
    """Return whether the user wants nothing kept between runs (`TIDEWAITER_CACHE=off`)."""
    return os.environ.get("TIDEWAITER_CACHE", "").lower() in ("off", "no", "0")


def cache_folder() -> Path | None:
    """Return the user's cache folder for this program, or None where nothing is to be kept or there is no home."""
    if is_cache_off():
        return None
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "tidewaiter"
    except RuntimeError:  # no home
        return None


def _fingerprint(folder: Path) -> str:
    """Return a hash over the path, size and time of every pack file and program module."""
    digest = hashlib.sha256(f"{sys.version}\n{folder.resolve()}\n".encode())
    for root, endings in ((folder, (".yaml", ".tsv")), (Path(tidewaiter.__file__).parent, (".py",))):
        for name, size, changed in sorted(_files(str(root), endings)):
            digest.update(f"{name}\0{size}\0{changed}\n".encode())
    return digest.hexdigest()


def _files(root: str, endings: tuple[str, ...]) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    with os.scandir(root) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                found.extend(_files(entry.path, endings))
            elif entry.name.endswith(endings) and not entry.name.endswith(".cases.yaml"):
                about = entry.stat()
                found.append((entry.path, about.st_size, about.st_mtime_ns))
    return found


def _read(path: Path) -> tuple[PackSet, GoodsEngine] | None:
    try:
        about = path.stat()
        if hasattr(os, "getuid") and about.st_uid != os.getuid():
            return None
        with path.open("rb") as handle:
            packs, engine = pickle.load(handle)
        return packs, engine
    except (OSError, EOFError, ValueError, AttributeError, ImportError, pickle.PickleError, TypeError):
        return None  # not there, or cut off, or of another version: it is made anew


def _write(path: Path, value: tuple[PackSet, GoodsEngine]) -> None:
    """Write whole or not at all; a cache that cannot be written is no error."""
    with contextlib.suppress(OSError, PackError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as out:
                pickle.dump(value, out, protocol=pickle.HIGHEST_PROTOCOL)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        old = sorted(path.parent.glob("packs-*.pickle"), key=lambda p: p.stat().st_mtime, reverse=True)
        for stale in old[KEPT:]:
            stale.unlink(missing_ok=True)
