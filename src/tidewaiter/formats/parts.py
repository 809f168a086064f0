"""Cut files of declarations into parts that can be read apart and together give what one reading gives.

A part holds the items whose first line lies in it. Cuts are made only where no item can reach over them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tidewaiter.formats.mapping import ColumnMapping
from tidewaiter.formats.parquetform import cuts_of_parquet, is_parquet

HEAD = 1 << 20
TABLE_PARTS = 16  # a part of a CSV file reads past all lines before it, so more would cost more than they give
_SUFFIXES = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".xml", ".xlsx", ".parquet", ".gz")


@dataclass(frozen=True, slots=True)
class Part:
    """The items of a file whose first line is at least `first` and below `end` (None: to the end of the file)."""

    first: int = 1
    end: int | None = None

    def holds(self, line: int) -> bool:
        """Return whether an item that begins on this line belongs to the part."""
        return line >= self.first and not self.is_past(line)

    def is_past(self, line: int) -> bool:
        """Return whether this line lies behind the part."""
        return self.end is not None and line >= self.end


WHOLE = Part()


def files_in(path: Path | str) -> list[str]:
    """Return the files of declarations in a folder, by name; of anything else the path itself."""
    place = Path(path)
    if str(path) == "-" or not place.is_dir():
        return [str(path)]
    found = (entry for entry in place.iterdir() if entry.is_file() and entry.suffix.lower() in _SUFFIXES)
    return [str(entry) for entry in sorted(found) if not entry.name.startswith((".", "_"))]


def parts_of(path: Path, wanted: int, mapping: ColumnMapping | None = None) -> tuple[Part, ...]:
    """Cut a file into about `wanted` parts; a file that can be read only from its beginning to its end stays whole.

    Parquet, JSON Lines and text tables can be cut. Of Parquet only the column of ids is read.

    Raises:
        InputError: it is a Parquet file that cannot be read.
    """
    if wanted < 2 or not path.is_file():
        return (WHOLE,)
    with path.open("rb") as handle:
        head = handle.read(HEAD)
    if is_parquet(head):
        return _parts(cuts_of_parquet(path, wanted, mapping or ColumnMapping()))
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    first_line = plain.split(b"\n", 1)[0].strip()
    if head.startswith((b"PK", b"\x1f\x8b", b"\xd0\xcf")) or plain.startswith((b"[", b"<")) or first_line == b"{":
        return (WHOLE,)
    lines = round(path.stat().st_size / max(1, len(head)) * (head.count(b"\n") + 1))
    count = wanted if plain.startswith(b"{") else min(wanted, TABLE_PARTS)
    return _parts([1 + lines * n // count for n in range(1, count)])


def _parts(cuts: Any) -> tuple[Part, ...]:
    starts = [1, *sorted({int(cut) for cut in cuts if cut > 1})]
    return tuple(Part(first, end) for first, end in zip(starts, [*starts[1:], None], strict=True))
