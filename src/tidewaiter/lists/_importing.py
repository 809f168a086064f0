"""Import list files into a lists directory: read, date, check against the active version, store, swap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tidewaiter.lists._detect import Named, file_date, read_files
from tidewaiter.lists._parsing import Imported
from tidewaiter.lists._store import check_code, current, encode_parties, save_snapshot
from tidewaiter.model import ListedParty, ListError, ListVersion, Problem

SHRINK_SHARE = 0.20


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: the new version, the one it replaced, and what was noted while reading."""

    version: ListVersion
    previous: ListVersion | None
    path: Path
    problems: tuple[Problem, ...]
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import.

    `dated` overrides every other date; `code` overrides the list code (only when one list is imported); a list that
    lost more than `shrink_share` of its parties or names is refused unless `allow_shrink`.
    """

    dated: date | None = None
    code: str = ""
    allow_shrink: bool = False
    shrink_share: float = SHRINK_SHARE


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
    found = [_without_duplicates(imported) for imported in read_files(named)]
    if options.code and len(found) > 1:
        raise ListError(f"the code {options.code!r} was given for {len(found)} lists; import them one after the other")
    dates = {file_date(name) for name, _ in named} if len(found) == 1 else set()
    by_name = dates.pop() if len(dates) == 1 else None
    ready = [_prepare(imported, directory, options, by_name) for imported in found]
    codes = [version.list for version, _, _ in ready]
    if len(set(codes)) < len(codes):
        raise ListError(f"several files give one list ({', '.join(codes)}); import them one after the other")
    results = []
    for imported, (version, content, previous) in zip(found, ready, strict=True):
        path = save_snapshot(directory, version, content)
        unchanged = previous is not None and previous.sha256 == version.sha256
        results.append(ImportResult(version, previous, path, imported.problems, unchanged))
    return tuple(results)


def _without_duplicates(imported: Imported) -> Imported:
    """Leave out records that stand twice, and number different records of one id, so that an id names one party."""
    seen: dict[str, list[ListedParty]] = {}
    kept: list[ListedParty] = []
    twice = numbered = 0
    for party in imported.parties:
        same = seen.setdefault(party.list_id, [])
        if party in same:
            twice += 1
            continue
        same.append(party)
        if len(same) > 1:
            numbered += 1
            party = replace(party, list_id=f"{party.list_id}#{len(same)}")
        kept.append(party)
    if not twice and not numbered:
        return imported
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
    )
    pointer = current(directory, code)
    previous = pointer.version if pointer is not None else None
    if previous is not None and not options.allow_shrink:
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
                f"{previous.dated} stays active. If the publisher really took so many off, import with --allow-shrink"
            )
