"""When circles of dead objects are looked for, in a process that is ours from start to end.

Packs, lists and indexes are large and live to the end, and values of one item hold no circles: looking for them seldom, and not among
what is loaded, saves a tenth to a fifth. Inside another program none of this is done: that program may load packs again and let the old ones go.
"""

from __future__ import annotations

import gc

THRESHOLDS = (200_000, 50, 100)
_ours = False


def run_to_the_end() -> None:
    """Say that this process is the command line: what is loaded lives to its end."""
    global _ours
    _ours = True
    gc.set_threshold(*THRESHOLDS)


def loaded() -> None:
    """Say that something large was loaded: in a process of our own no later collection looks at it."""
    if _ours:
        gc.freeze()


__all__ = ["loaded", "run_to_the_end"]
