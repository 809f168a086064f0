"""The party index of a folder of lists: opened from disk where it is good, otherwise built and kept beside the lists.

It is kept in `<lists>/.index`, or in the user's cache folder where the lists are read-only; `TIDEWAITER_CACHE=off` keeps and
reads nothing. An index made of other lists, by another program or damaged since is never used. When a list changed, names
that did not are taken over as they were normalised.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
import unicodedata
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

import msgspec
import numpy as np

import tidewaiter
from tidewaiter.lists import current, list_codes, load_lists
from tidewaiter.model import InputError, ListVersion
from tidewaiter.screen.party import PartyIndex
from tidewaiter.screen.party.columns import build_columns, known_names
from tidewaiter.service.compiled import cache_folder, is_cache_off
from tidewaiter.store.party_index import IndexDamagedError, open_index, read_meta, save_index, saved_indexes

FORMAT = 1
_TEXT = ("text",)
_PROGRAM = ("text", "screen/party", "model")
_TEXT_LIBRARIES = ("anyascii", "pypinyin")

Say = Callable[[str], None]


def quietly(message: str) -> None:
    """Say nothing."""


def open_party_index(
    lists_dir: Path, *, cache_size: int = 4096, say: Say = quietly
) -> tuple[PartyIndex, tuple[ListVersion, ...]]:
    """Return the index over the active lists of a folder, and their versions.

    Args:
        lists_dir: The folder of imported lists.
        cache_size: How many declared parties to remember; 0 for none. Never changes an answer.
        say: Told, in one line, when an index is built, updated or found damaged.

    Returns:
        The index and one version a list; the same as building it from `load_lists`.

    Raises:
        InputError: no list was imported here.
        ListError: a list is missing or damaged.
    """
    versions = active_versions(lists_dir)
    if not versions:
        raise InputError(f"{lists_dir}: no imported list here; run `tidewaiter lists import FILE --lists {lists_dir}`")
    places = index_places(lists_dir)
    if not places:
        parties, versions = load_lists(lists_dir)
        return PartyIndex.build(parties, cache_size=cache_size), versions
    fingerprint = _fingerprint(versions)
    for place in places:
        try:
            _, columns = open_index(place / fingerprint)
            return PartyIndex(columns, cache_size), versions
        except FileNotFoundError:
            continue
        except IndexDamagedError as error:
            say(f"the party index is damaged and is built anew: {error}")
    return _build(lists_dir, places, cache_size, say)


def prepare_index(lists_dir: Path, say: Say = quietly) -> None:
    """Build the index of a folder of lists unless it is there, so that the next command opens it.

    Raises:
        ListError: a list is missing or damaged.
    """
    if index_places(lists_dir):
        open_party_index(lists_dir, cache_size=0, say=say)


def active_versions(lists_dir: Path) -> tuple[ListVersion, ...]:
    """Return the versions of the active lists, by code."""
    pointers = [current(lists_dir, code) for code in list_codes(lists_dir)]
    return tuple(pointer.version for pointer in pointers if pointer is not None)


def index_places(lists_dir: Path) -> list[Path]:
    """Return where an index of these lists may lie, best first; nowhere when nothing is to be kept."""
    if is_cache_off():
        return []
    cache = cache_folder()
    places = [lists_dir / ".index"]
    if cache is not None:
        mark = hashlib.sha256(str(lists_dir.resolve()).encode()).hexdigest()[:16]
        places.append(cache / f"parties-{mark}")
    return places


def _build(
    lists_dir: Path, places: Sequence[Path], cache_size: int, say: Say
) -> tuple[PartyIndex, tuple[ListVersion, ...]]:
    """Build the index from the lists, with what the last one has normalised, and keep it in the first place that takes it."""
    started = time.perf_counter()
    parties, versions = load_lists(lists_dir)
    text = program_hash(_TEXT, _TEXT_LIBRARIES)
    known = _known(places, text)
    columns = build_columns(parties, known)
    names = {(party.schema, name.text) for party in parties for name in party.names}
    anew = sum(name not in known for name in names)
    took = f"{len(names):,} names, {anew:,} of them normalised anew"
    rows = list(msgspec.to_builtins(versions))
    for place in places:
        try:
            folder = save_index(place, _fingerprint(versions), text, rows, columns)
            # Opened from its files, so that what it was made from can go.
            index = PartyIndex(open_index(folder)[1], cache_size)
        except (OSError, IndexDamagedError):
            continue
        what = "updated" if known else "built"
        say(f"party index {what} in {place}: {took}, {time.perf_counter() - started:.1f} s")
        return index, versions
    say(f"party index built and not kept, no folder to write to: {took}, {time.perf_counter() - started:.1f} s")
    return PartyIndex(columns, cache_size, parties), versions


def _known(places: Sequence[Path], text: str) -> dict[tuple[str, str], bytes]:
    """Return the names that the last index normalised with the same text tables and code."""
    for place in places:
        for folder in saved_indexes(place):
            with contextlib.suppress(OSError, IndexDamagedError):
                if read_meta(folder).text == text:
                    return known_names(open_index(folder)[1])
    return {}


def _fingerprint(versions: Sequence[ListVersion]) -> str:
    """Return what an index of these lists by this program is named after."""
    digest = hashlib.sha256(
        f"{FORMAT} {np.dtype('<i8') == np.dtype('i8')} {program_hash(_PROGRAM, _TEXT_LIBRARIES)}\n".encode()
    )
    for version in versions:
        digest.update(f"{version.list} {version.sha256}\n".encode())
    return digest.hexdigest()[:40]


def program_hash(folders: Sequence[str], libraries: Sequence[str]) -> str:
    """Return a hash over the code and tables in folders of the program, and the versions of libraries."""
    root = Path(tidewaiter.__file__).parent
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    for library in libraries:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    for folder in folders:
        for path in sorted((root / folder).iterdir()):
            if path.is_file():
                digest.update(f"{folder}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()
