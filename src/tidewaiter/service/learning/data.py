"""The labelled text that models are trained on and measured with, read in place from the shared data (never committed)."""

from __future__ import annotations

import csv
import os
import re
from dataclasses import dataclass
from pathlib import Path

from tidewaiter.model import InputError

GOODS = Path("labelled-dev") / "goods"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled text. `label` is what the file says; `group` keeps near duplicates on one side of a fold."""

    text: str
    label: str
    group: str
    more: str = ""


def data_folder(given: Path | None = None, within: Path = GOODS, what: str = "data") -> Path:
    """Return the folder of shared data: as given, `TIDEWAITER_DATA`, or `../shared/data` beside the checkout.

    Args:
        given: The folder, where the caller was told one.
        within: The part of it that is needed.
        what: What to call it when it is not there.

    Raises:
        InputError: it is not there; says where was looked.
    """
    checkout = Path(__file__).resolve().parents[4]
    places = [given] if given is not None else [
        Path(os.environ["TIDEWAITER_DATA"]) if os.environ.get("TIDEWAITER_DATA") else None,
        checkout.parent / "shared" / "data",
    ]  # fmt: skip
    for place in places:
        if place is not None and (place / within).is_dir():
            return place
    looked = ", ".join(str(place) for place in places if place is not None)
    raise InputError(f"no labelled {what} found; looked in {looked}; set TIDEWAITER_DATA")


def group_of(text: str) -> str:
    """Return the first two words of a text: random folds over names that differ in their tail would be too kind."""
    return " ".join(_WORD.findall(text.casefold())[:2])


def _table(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=delimiter))


def supply_names(folder: Path) -> list[Labelled]:
    """Military supply names with `none`, `ccl` or `usml`; `more` is the federal supply class."""
    rows = _table(folder / GOODS / "leso_control.tsv", "\t")
    return [Labelled(r["item_name"], r["label"], group_of(r["item_name"]), r["fsc"]) for r in rows]


def licensing_phrases(folder: Path) -> list[Labelled]:
    """Phrases of licensing officers, every one for controlled goods."""
    rows = _table(folder / GOODS / "uk_licensed_goods_phrases.tsv", "\t")
    return [Labelled(r["text"], "controlled", group_of(r["text"])) for r in rows]


def coded_parcels(folder: Path) -> list[Labelled]:
    """Declared descriptions with the commodity code an officer gave; `label` is its first six digits."""
    rows = _table(folder / GOODS / "parcel_hs.tsv", "\t")
    return [Labelled(r["text"], r["code"][:6], group_of(r["text"])) for r in rows]


def vague_parcels(folder: Path) -> list[Labelled]:
    """Declared descriptions that an officer found too vague."""
    rows = _table(folder / GOODS / "parcel_vague.tsv", "\t")
    return [Labelled(r["text"], "vague", group_of(r["text"])) for r in rows]


def branded_goods(folder: Path) -> list[Labelled]:
    """Brand phrases with the code they reach, where it has six digits."""
    rows = _table(folder / GOODS / "uk_brands.csv", ",")
    return [
        Labelled(r["GDSDESC"], r["CMDTYCODE"][:6], group_of(r["GDSDESC"])) for r in rows if len(r["CMDTYCODE"]) >= 6
    ]


def nomenclature(folder: Path) -> list[Labelled]:
    """The official descriptions of HS subheadings."""
    rows = _table(folder / "nomenclature" / "harmonized_system.csv", ",")
    return [Labelled(r["description"], r["hscode"], r["hscode"]) for r in rows if r["level"] == "6"]
