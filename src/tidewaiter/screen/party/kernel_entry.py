"""The one function that Python calls: search all names of a batch, and leave out what cannot reach the review level.

Only imported where numba is (`compiled.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from numba import njit

from tidewaiter.screen.party.kernel_letters import Array
from tidewaiter.screen.party.kernel_odds import keep_likely
from tidewaiter.screen.party.kernel_search import search_names
from tidewaiter.screen.party.kernel_tables import INDEX, LISTED, ROOM, asked_at, index_at, listed_at, room_at, work_at

_LISTED = len(INDEX)
_ROOM = _LISTED + len(LISTED)
_WORK = _ROOM + len(ROOM)

Search = Callable[[Array, Array, bool], tuple[Array, Array]]


def kept_search(version: int) -> Search:
    """Return the search with its machine code kept between processes.

    Args:
        version: A hash of the modules it is made of. Kept code is named after what the function closes over; of the
            source, numba looks at the time of this module alone.

    Raises:
        RuntimeError: there is no folder to keep it in.
    """

    def search(fixed: Array, asked: Array, only_likely: bool) -> tuple[Array, Array]:
        # A row that is never another holds the version.
        names = asked_at(asked if version >= 0 else fixed)
        numbers, starts = search_names(index_at(fixed, 0), names.declared, room_at(fixed, _ROOM))
        if only_likely:
            return keep_likely(
                listed_at(fixed, _LISTED), names.names, names.lowest, numbers, starts, work_at(fixed, _WORK)
            )
        return numbers, starts

    made: Search = njit(cache=True)(search)
    return made
