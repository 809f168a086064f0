"""Text and tables as publishers and offices write them: byte-order marks, old encodings, odd separators, broken rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import lru_cache

from tidewaiter.lists._parsing import BROKEN
from tidewaiter.model import Problem

csv.field_size_limit(10_000_000)
_SEPARATORS = (",", ";", "\t", "|")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_NOT_KEY = re.compile(r"[^0-9a-z\u0080-\uffff]+")


def decode(file: str, content: bytes) -> tuple[str, list[Problem]]:
    """Return the text of a file, and a note when it is not UTF-8.

    A byte-order mark decides; else UTF-8 where it decodes, else Windows-1252, which holds every Latin-1 text as well.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace").replace("\x00", ""), []
    try:
        return content.decode("utf-8").replace("\x00", ""), []
    except UnicodeDecodeError as error:
        note = Problem(
            "list.encoding",
            f"the text is not UTF-8 (byte {error.start}); it was read as Windows-1252",
            "note",
            file,
            hint="if names look wrong, save the file as UTF-8",
        )
        return content.decode("cp1252", "replace").replace("\x00", ""), [note]


def separator(line: str) -> str:
    """Return the separator of a header line: the one it holds most often outside quotes."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(_SEPARATORS, key=lambda mark: (bare.count(mark), -_SEPARATORS.index(mark)))


@lru_cache(maxsize=4096)
def key_of(column: str) -> str:
    """Return a column name as it is compared: small letters and digits only (`Name 6` and `name6` are one)."""
    return _NOT_KEY.sub("", column.strip().casefold())


class Table:
    """Rows of a separated table by normalised column name, with their lines; broken rows become problems.

    Iterating yields (line number, {key: value}); afterwards `problems` and `unknown` say what was not understood.
    """

    def __init__(self, file: str, text: str, *, delimiter: str = "", skip: int = 0) -> None:
        """Prepare to read.

        Args:
            file: Name for problems.
            text: The decoded file.
            delimiter: The separator; found in the header when empty.
            skip: Lines above the header.
        """
        self.file = file
        self.problems: list[Problem] = []
        self._skip = skip
        body = text.lstrip("\ufeff")
        for _ in range(skip):
            body = body.partition("\n")[2]
        first = body.lstrip("\r\n").partition("\n")[0]
        self._reader = csv.reader(
            io.StringIO(body.replace("\x1a", ""), newline=""), delimiter=delimiter or separator(first)
        )
        self.columns: list[str] = []
        for cells in self._guarded():
            if any(cell.strip() for cell in cells):
                self.columns = [cell.strip() for cell in cells]
                break
        self.keys = [key_of(column) for column in self.columns]

    def _guarded(self) -> Iterator[list[str]]:
        while True:
            try:
                yield next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.problems.append(
                    Problem(
                        BROKEN, f"the row cannot be parsed and was left out: {error}", "error", self.file, self.line
                    )
                )

    @property
    def line(self) -> int:
        """The line of the file on which the last row ended."""
        return self._skip + self._reader.line_num

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield every row that is not blank."""
        width = len(self.keys)
        for cells in self._guarded():
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != width and any(cell.strip() for cell in cells[width:]):
                self.problems.append(
                    Problem(
                        "list.row-width",
                        "the row has more fields than the header; what is beyond was left out",
                        "warning",
                        self.file,
                        self.line,
                        read=str(len(cells)),
                        expected=str(width),
                    )
                )
            yield self.line, {key: cell.strip() for key, cell in zip(self.keys, cells, strict=False)}


class Row:
    """One row whose fields are taken out one by one, so that what is left over can be reported."""

    __slots__ = ("_fields",)

    def __init__(self, fields: dict[str, str]) -> None:
        """Wrap a row of a `Table`."""
        self._fields = fields

    def take(self, *names: str) -> str:
        """Remove the columns of these names and return the first that has a value."""
        found = ""
        for name in names:
            value = self._fields.pop(key_of(name), "")
            found = found or value
        return found

    def rest(self) -> list[str]:
        """Return the columns that have a value and were not taken."""
        return [name for name, value in self._fields.items() if value]
