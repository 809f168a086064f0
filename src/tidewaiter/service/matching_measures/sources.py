"""Labelled names and party lists, read in place from the shared data; each is read once a run."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tidewaiter.lists import read_files
from tidewaiter.model import ListedParty
from tidewaiter.screen.party import PartyIndex
from tidewaiter.service.learning.data import data_folder
from tidewaiter.service.matching_measures.alter import words_of
from tidewaiter.service.matching_measures.firms import ordinary_firms
from tidewaiter.service.matching_measures.report import Say

PAIRS = Path("labelled-dev") / "party"
LISTS = Path("party-lists")
SDN_FILES = ("us/ofac_sdn_2024-05-03.csv", "us/ofac_sdn_aliases_2025-12-24.csv", "us/ofac_sdn_addresses_2025-12-24.csv")
UN_FILE = "un/un_consolidated_2026-02-27.xml"
FIRMS = 2400
CSL_FILE = "us/csl_2022-04.csv.gz"
# The part of the US Consolidated Screening List that the labelled company queries were drawn from.
_CSL_PARTS = {
    "Entity List (EL)": "",
    "Unverified List (UVL)": "",
    "Military End User (MEU)": "",
    "Non-SDN Chinese Military-Industrial Complex": "Entity",
    "Specially Designated Nationals (SDN)": "Entity",
}


@dataclass(frozen=True, slots=True)
class PairRow:
    """One labelled pair as its file has it."""

    file: str
    schema: str
    declared: str
    listed: str
    is_match: bool
    script: str
    category: str
    quality: str


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One labelled company query; `treatment` is how the listed name was altered, `NEGATIVE` for ordinary companies."""

    treatment: str
    query: str
    target_id: str
    target_name: str


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


class Measured:
    """The data of one run. Lists and indexes are built when first asked for and kept for the run."""

    def __init__(self, folder: Path, say: Say) -> None:
        """Take the data folder; `say` is told what is being read."""
        self.folder = folder
        self.say = say

    @cached_property
    def pairs(self) -> list[PairRow]:
        """Labelled pairs of names, in the order of their files."""
        return [
            PairRow(
                path.stem.removeprefix("pairs_"),
                row["schema"],
                row["name1"],
                row["name2"],
                row["is_match"] == "true",
                row["script"],
                row["category"],
                row["quality"],
            )
            for path in sorted((self.folder / PAIRS).glob("pairs_*.csv"))
            for row in _rows(path)
        ]

    def full_names(self, file: str) -> list[str]:
        """Return the names of one screening file (`screen_negatives_us`, `screen_positives_un_treated` …)."""
        return [row["full_name"] for row in _rows(self.folder / PAIRS / f"{file}.csv")]

    @cached_property
    def companies(self) -> list[CompanyRow]:
        """Labelled company queries."""
        rows = _rows(self.folder / PAIRS / "screen_company_csl.csv")
        return [CompanyRow(r["treatment"], r["query"], r["target_csl_id"], r["target_name"]) for r in rows]

    @cached_property
    def firms(self) -> list[str]:
        """Invented ordinary firms; any match is false unless the very name is listed."""
        listed = {words_of(name.text) for party in self.csl for name in party.names}
        return [name for name in ordinary_firms(FIRMS) if words_of(name) not in listed]

    def _read(self, *files: str) -> list[ListedParty]:
        named = [(Path(file).name, (self.folder / LISTS / file).read_bytes()) for file in files]
        return [party for found in read_files(named) for party in found.parties]

    @cached_property
    def sdn(self) -> list[ListedParty]:
        """The OFAC SDN list with aliases and addresses."""
        return self._read(*SDN_FILES)

    @cached_property
    def un(self) -> list[ListedParty]:
        """The UN Security Council list."""
        return self._read(UN_FILE)

    @cached_property
    def csl(self) -> list[ListedParty]:
        """Organisations of the Consolidated Screening List that company queries are asked against (6,445)."""
        raw = gzip.decompress((self.folder / LISTS / CSL_FILE).read_bytes()).decode("utf-8")
        kinds = {(row["_id"], row["source"]): row["type"] for row in csv.DictReader(io.StringIO(raw, newline=""))}
        parties = self._read(CSL_FILE)
        return [party for party in parties if _is_asked(party.source_list, kinds[(party.list_id, party.source_list)])]

    @cached_property
    def person_index(self) -> PartyIndex:
        """The index of SDN and UN together, without a memory of answers."""
        self.say(f"reading SDN and UN: {len(self.sdn) + len(self.un)} parties")
        return PartyIndex.build([*self.sdn, *self.un], cache_size=0)

    @cached_property
    def company_index(self) -> PartyIndex:
        """The index of the organisations, without a memory of answers."""
        self.say(f"reading the Consolidated Screening List: {len(self.csl)} organisations")
        return PartyIndex.build(self.csl, cache_size=0)


def _is_asked(source: str, kind: str) -> bool:
    return any(source.startswith(name) and kind == wanted for name, wanted in _CSL_PARTS.items())


def open_data(given: Path | None = None, say: Say = lambda text: None) -> Measured:
    """Return the data of a run.

    Raises:
        InputError: no labelled names were found.
    """
    return Measured(data_folder(given, PAIRS, "names"), say)
