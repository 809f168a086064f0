"""Where the packs lie: `TIDEWAITER_PACKS`, the checkout, or inside the installed package."""

from __future__ import annotations

import os
from pathlib import Path

import tidewaiter
from tidewaiter.model import InputError


def packs_folder(given: Path | None = None) -> Path:
    """Return the folder of rule packs.

    Raises:
        InputError: no packs are found; says where was looked.
    """
    package = Path(tidewaiter.__file__).parent
    places = (
        [given]
        if given is not None
        else [
            Path(os.environ["TIDEWAITER_PACKS"]) if os.environ.get("TIDEWAITER_PACKS") else None,
            package.parent.parent / "packs",
            package / "_packs",
        ]
    )
    looked = [place for place in places if place is not None]
    for place in looked:
        if place.is_dir():
            return place
    raise InputError("no rule packs found; looked in " + ", ".join(str(place) for place in looked))
