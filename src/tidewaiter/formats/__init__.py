"""Bytes to declarations: CSV, TSV, JSON Lines, JSON, XLSX, ITMATT-style XML, Parquet. Outcome writers are in `formats.outcomes`."""

from tidewaiter.formats.assemble import Rejected, assemble
from tidewaiter.formats.jsonform import from_object, to_object
from tidewaiter.formats.mapping import ColumnMapping, load_mapping
from tidewaiter.formats.parts import WHOLE, Part, files_in, parts_of
from tidewaiter.formats.reader import DeclarationReader, open_declarations
from tidewaiter.text.s10 import S10, check_digit, parse_s10

__all__ = [
    "S10",
    "WHOLE",
    "ColumnMapping",
    "DeclarationReader",
    "Part",
    "Rejected",
    "assemble",
    "check_digit",
    "files_in",
    "from_object",
    "load_mapping",
    "open_declarations",
    "parse_s10",
    "parts_of",
    "to_object",
]
