"""Official party lists: sources, import, dated hashed snapshots, differences.

Importers take what they understand out of a record and report the rest; a broken record is located and left out. A list
that shrank, came damaged or undated is refused, and the former version stays active.
"""

from tidewaiter.lists._detect import read_files
from tidewaiter.lists._diff import FieldChange, ListDiff, PartyChange, apply_diff, diff_lists, read_version
from tidewaiter.lists._importing import (
    DROPPABLE,
    SHRINK_SHARE,
    ImportOptions,
    ImportResult,
    import_contents,
    import_files,
)
from tidewaiter.lists._parsing import Imported
from tidewaiter.lists._store import (
    ListStatus,
    current,
    list_codes,
    list_status,
    load_lists,
    read_snapshot,
    stale_after,
)
from tidewaiter.lists._update import FetchLimits, ListSource, SourceFile, UpdateOutcome, read_sources, update_lists

__all__ = [
    "DROPPABLE",
    "SHRINK_SHARE",
    "FetchLimits",
    "FieldChange",
    "ImportOptions",
    "ImportResult",
    "Imported",
    "ListDiff",
    "ListSource",
    "ListStatus",
    "PartyChange",
    "SourceFile",
    "UpdateOutcome",
    "apply_diff",
    "current",
    "diff_lists",
    "import_contents",
    "import_files",
    "list_codes",
    "list_status",
    "load_lists",
    "read_files",
    "read_snapshot",
    "read_sources",
    "read_version",
    "stale_after",
    "update_lists",
]
