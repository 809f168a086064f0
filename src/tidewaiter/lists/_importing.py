"""Import list files into a lists directory: read, date, check against the active version, store, swap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from tidewaiter.lists._columns import FIELDS
from tidewaiter.lists._detect import Named, file_date, read_files
from tidewaiter.lists._parsing import BROKEN, Imported
from tidewaiter.lists._store import check_code, current, encode_parties, save_snapshots
from tidewaiter.model import ListedParty, ListError, ListVersion, Problem

SHRINK_SHARE = 0.10
# What may be left out at import for the protection of data; names and what makes an entry an entry may not.
DROPPABLE = ("addresses", "birth_dates", "countries", "identifiers", "legal_basis", "licence_policy", "licence_requirement",
             "listed_on", "programmes", "remarks", "source_list")  # fmt: skip


_EMPTY = {part.name: part.default for part in fields(ListedParty) if part.name in DROPPABLE}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: the new version, the one it replaced, and what was noted while reading.

    `active` is false when a newer version was active already: the older one is stored and the newer stays.
    """

    version: ListVersion
    previous: ListVersion | None
    path: Path
    problems: tuple[Problem, ...]
    unchanged: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import.

    `dated` overrides every other date; `code` overrides the list code (only when one list is imported); a list that
    lost more than `shrink_share` (0 to 1) of its parties or names is refused unless `allow_shrink`; one older than the
    active version does not become active unless `allow_older`. `columns` says, for
    a list of one's own, which of our fields stands in which of its columns. `drop` names fields that are not stored.
    """

    dated: date | None = None
    code: str = ""
    allow_shrink: bool = False
    shrink_share: float = SHRINK_SHARE
    allow_older: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    drop: tuple[str, ...] = ()


def import_files(
    paths: Sequence[Path], directory: Path, options: ImportOptions | None = None
) -> tuple[ImportResult, ...]:
    """Import list files; OFAC parts given together become one list.

    Args:
        paths: Files of any known form, told by their content.
        directory: The lists directory.
        options: Date, code and shrink policy.

    Returns:
        One result a list.

    Raises:
        ListError: When anything cannot be read, dated or shrank too much. Every list is checked before any is
            stored, so the former versions stay active.
    """
    named: list[Named] = []
    for path in paths:
        try:
            named.append((path.name, path.read_bytes()))
        except OSError as error:
            raise ListError(f"{path}: the file cannot be read: {error.strerror}") from error
    return import_contents(named, directory, options)


def import_contents(
    named: Sequence[Named], directory: Path, options: ImportOptions | None = None
) -> tuple[ImportResult, ...]:
    """Import lists from contents in memory; see `import_files`."""
    options = options or ImportOptions()
    _check_options(options)
    found = [_without_duplicates(_usable(imported)) for imported in read_files(named, options.columns)]
    if options.code and len(found) > 1:
        raise ListError(f"the code {options.code!r} was given for {len(found)} lists; import them one after the other")
    dates = {file_date(name) for name, _ in named} if len(found) == 1 else set()
    by_name = dates.pop() if len(dates) == 1 else None
    ready = [_prepare(imported, directory, options, by_name) for imported in found]
    codes = [version.list for version, _, _ in ready]
    if len(set(codes)) < len(codes):
        raise ListError(f"several files give one list ({', '.join(codes)}); import them one after the other")
    newest = [
        previous is None or options.allow_older or version.dated >= previous.dated for version, _, previous in ready
    ]
    paths = save_snapshots(
        directory, [(version, content, active) for (version, content, _), active in zip(ready, newest, strict=True)]
    )
    return tuple(
        ImportResult(
            version,
            previous,
            path,
            imported.problems,
            previous is not None and previous.sha256 == version.sha256,
            active,
        )
        for imported, (version, _, previous), path, active in zip(found, ready, paths, newest, strict=True)
    )


def _check_options(options: ImportOptions) -> None:
    for name in options.drop:
        if name not in DROPPABLE:
            raise ListError(f"drop: the field {name!r} cannot be left out; possible are {', '.join(DROPPABLE)}")
    for name in options.columns:
        if name not in FIELDS:
            raise ListError(f"column: the field {name!r} is not known; known are {', '.join(FIELDS)}")
    if not 0 <= options.shrink_share <= 1:
        raise ListError(f"shrink share: read {options.shrink_share}, expected a share between 0 and 1")


def _usable(imported: Imported) -> Imported:
    """Return the list, or refuse it when more of its records are broken than whole: it is not what it seems.

    Raises:
        ListError: With every broken record located.
    """
    broken = [problem for problem in imported.problems if problem.code == BROKEN]
    if len(broken) > len(imported.parties):
        head = f"{broken[0]}"
        raise ListError(
            f"{imported.title}: {len(broken)} records cannot be used and only {len(imported.parties)} can; the file is damaged "
            f"or not that list ({head})",
            imported.problems,
        )
    return imported


def _without_duplicates(imported: Imported) -> Imported:
    """Leave out records that stand twice, and number different records of one id, so that an id names one party.

    Records of one id are numbered in the order of what they say, so that the order of the file does not matter.
    """
    by_id: dict[str, list[ListedParty]] = {}
    for party in imported.parties:
        by_id.setdefault(party.list_id, []).append(party)
    if len(by_id) == len(imported.parties):
        return imported
    kept: list[ListedParty] = []
    twice = numbered = 0
    for same in by_id.values():
        different = sorted(dict.fromkeys(same), key=msgspec.json.encode) if len(same) > 1 else same
        twice += len(same) - len(different)
        numbered += len(different) - 1
        kept.extend(
            replace(party, list_id=f"{party.list_id}#{position}") if position > 1 else party
            for position, party in enumerate(different, start=1)
        )
    note = Problem(
        "list.duplicates",
        f"{twice} records stand twice and were taken once; {numbered} further records of an id already used were numbered",
        "note",
    )
    return replace(imported, parties=tuple(kept), problems=(*imported.problems, note))


def _prepare(
    imported: Imported, directory: Path, options: ImportOptions, by_name: date | None
) -> tuple[ListVersion, bytes, ListVersion | None]:
    code = options.code or imported.code
    if not code:
        raise ListError(f"{imported.title}: the list has no code; give one, for example with --code, or '# code: …'")
    check_code(code)
    dated = options.dated or imported.dated or by_name
    if dated is None:
        raise ListError(f"{code}: neither the content nor the file name says of which date the list is; give --dated")
    if not imported.parties:
        raise ListError(f"{code}: the file holds no parties; an empty list is never imported")
    parties = imported.parties
    if code != imported.code:
        parties = tuple(replace(party, list=code) for party in parties)
    if options.drop:
        empty: dict[str, Any] = {name: _EMPTY[name] for name in options.drop}
        parties = tuple(replace(party, **empty) for party in parties)
    content, digest = encode_parties(parties)
    version = ListVersion(
        list=code,
        title=imported.title,
        dated=dated,
        sha256=digest,
        parties=len(parties),
        names=sum(len(party.names) for party in parties),
        publisher=imported.publisher,
        url=imported.url,
        invented=imported.invented,
        licence=imported.licence,
    )
    pointer = current(directory, code)
    previous = pointer.version if pointer is not None else None
    if previous is not None and not options.allow_shrink and version.dated >= previous.dated:
        _refuse_shrink(previous, version, options.shrink_share)
    return version, content, previous


def _refuse_shrink(previous: ListVersion, version: ListVersion, share: float) -> None:
    for what, before, now in (
        ("parties", previous.parties, version.parties),
        ("names", previous.names, version.names),
    ):
        if now < before * (1 - share):
            raise ListError(
                f"{version.list}: the list shrank from {before} to {now} {what} (more than {share:.0%}); the version of "
                f"{previous.dated} stays active. A list cut short by a broken download looks like this; if the publisher "
                "really took so many off, import with --accept-shrink or a larger --max-shrink"
            )
