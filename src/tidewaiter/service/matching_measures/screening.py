"""Names asked against lists: how many listed parties are found however they are written, how many ordinary names raise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tidewaiter.model import Party
from tidewaiter.screen.party import PartyIndex, PartyMatch
from tidewaiter.service.matching_measures.alter import COMPANY_KINDS, PERSON_KINDS, Altered, altered, words_of
from tidewaiter.service.matching_measures.chance import wilson
from tidewaiter.service.matching_measures.report import Cell, Figure, Section, Table
from tidewaiter.service.matching_measures.sources import Measured

SWEEP = (500, 600, 700, 800, 850, 900, 950)
_RECALL, _RAISED = 0.995, 0.002
_COMPANY_RECALL, _COMPANY_RAISED, _EACH_KIND = 0.93, 0.024, 0.85
_NEGATIVES = {"us": "screen_negatives_us", "worldwide": "screen_negatives_global"}


def raises(index: PartyIndex, name: str, level: int | None = None) -> PartyMatch | None:
    """Return the best match of a name by itself, if any reaches the review level."""
    found = index.match(Party(name), threshold=level)
    return found[0] if found else None


def finds(index: PartyIndex, name: str, words: tuple[str, ...], list_id: str = "", level: int | None = None) -> bool:
    """Return whether a party of this id, or one that bears a name of these words, is among the matches."""
    return any(
        match.listed.list_id == list_id or any(words_of(name.text) == words for name in match.listed.names)
        for match in index.match(Party(name), threshold=level)
    )


def share(hits: int, rows: int) -> tuple[int, float, float, float]:
    """Return rows, share and its interval, as table cells."""
    low, high = wilson(hits, rows)
    return rows, hits / max(1, rows), low, high


def measure(data: Measured) -> Section:
    """Measure persons against SDN and UN, and companies against the Consolidated Screening List."""
    section = Section("screening")
    _persons(data, section)
    _companies(data, section)
    _altered(data, section)
    return section


def _persons(data: Measured, section: Section) -> None:
    index = data.person_index
    listed = {words_of(name.text) for party in [*data.sdn, *data.un] for name in party.names}
    asked = data.full_names("screen_positives_un_untreated")
    sets = {"as listed": asked, "altered": data.full_names("screen_positives_un_treated")}
    known = [words_of(name) in listed for name in asked]
    table = Table(
        "Persons against SDN and UN",
        ("level", "recall as listed", "recall altered", "raised us", "raised worldwide"),
        note=f"{known.count(False)} of {len(asked)} persons are no longer on the list of this date and are left out. "
        f"{index.names} different listed names.",
    )
    for level in (None, *SWEEP):
        data.say(f"persons at {'the shipped levels' if level is None else level}")
        cells: list[Cell] = ["shipped" if level is None else level / 1000]
        for what, names in sets.items():
            rows = [(one, words_of(original)) for one, original, on in zip(names, asked, known, strict=True) if on]
            found = [finds(index, one, words, level=level) for one, words in rows]
            cells.append(sum(found) / len(found))
            if level is None:
                low, high = wilson(sum(found), len(found))
                asked_for = _RECALL if what == "altered" else None
                section.figures.append(
                    Figure(f"persons, recall {what}", sum(found) / len(found), asked_for, False, low, high, len(found))
                )
                section.misses.extend(
                    (f"person {what} not found", one, " ".join(words), 0)
                    for (one, words), hit in zip(rows, found, strict=True)
                    if not hit
                )
        for what, file in _NEGATIVES.items():
            names = data.full_names(file)
            hits = [(name, best) for name in names if (best := raises(index, name, level)) is not None]
            cells.append(len(hits) / len(names))
            if level is None:
                low, high = wilson(len(hits), len(names))
                section.figures.append(
                    Figure(f"persons, raised {what}", len(hits) / len(names), _RAISED, True, low, high, len(names))
                )
                section.misses.extend(
                    (f"person raised {what}", name, best.name.text, best.score) for name, best in hits
                )
        table.rows.append(tuple(cells))
    section.tables.append(table)


def _companies(data: Measured, section: Section) -> None:
    index = data.company_index
    positives = [row for row in data.companies if row.treatment != "NEGATIVE"]
    negatives = [row.query for row in data.companies if row.treatment == "NEGATIVE"]
    sweep = Table(
        "Companies against the Consolidated Screening List",
        ("level", "recall", f"raised of {len(negatives)}", f"raised of {len(data.firms)} generated"),
        note=f"{len(data.csl)} organisations, {index.names} different names. Generated ordinary firms: {len(data.firms)}.",
    )
    for level in (None, *SWEEP):
        data.say(f"companies at {'the shipped levels' if level is None else level}")
        found = [finds(index, row.query, words_of(row.target_name), row.target_id, level) for row in positives]
        raised = {name: best for name in negatives if (best := raises(index, name, level)) is not None}
        generated = {name: best for name in data.firms if (best := raises(index, name, level)) is not None}
        label = "shipped" if level is None else level / 1000
        raised_rows = sum(name in raised for name in negatives)
        sweep.rows.append(
            (label, sum(found) / len(found), raised_rows / len(negatives), len(generated) / len(data.firms))
        )
        if level is not None:
            continue
        _company_figures(section, [(row.treatment, hit) for row, hit in zip(positives, found, strict=True)])
        for what, hits, rows in (
            ("labelled", raised_rows, len(negatives)),
            ("generated", len(generated), len(data.firms)),
        ):
            low, high = wilson(hits, rows)
            section.figures.append(
                Figure(f"companies, raised {what}", hits / rows, _COMPANY_RAISED, True, low, high, rows)
            )
        section.misses.extend(
            (f"company {row.treatment} not found", row.query, row.target_name, 0)
            for row, hit in zip(positives, found, strict=True)
            if not hit
        )
        for what, hit_rows in (("labelled", raised), ("generated", generated)):
            section.misses.extend(
                (f"company raised {what}", name, best.name.text, best.score) for name, best in hit_rows.items()
            )
    section.tables.append(sweep)


def _company_figures(section: Section, rows: Sequence[tuple[str, bool]]) -> None:
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for treatment, hit in rows:
        by_kind[treatment].append(hit)
    table = Table("Labelled companies by alteration, shipped levels", ("alteration", "rows", "recall", "low", "high"))
    hits = [hit for _, hit in rows]
    low, high = wilson(sum(hits), len(hits))
    section.figures.append(
        Figure("companies, recall", sum(hits) / len(hits), _COMPANY_RECALL, False, low, high, len(hits))
    )
    for kind, found in by_kind.items():
        table.rows.append((kind, *share(sum(found), len(found))))
        low, high = wilson(sum(found), len(found))
        section.figures.append(
            Figure(f"companies, recall {kind}", sum(found) / len(found), _EACH_KIND, False, low, high, len(found))
        )
    section.tables.append(table)


def altered_sets(data: Measured) -> dict[str, tuple[PartyIndex, list[Altered]]]:
    """Return the generated sets: altered SDN persons and altered CSL organisations, each with the index they are asked of."""
    return {
        "persons": (
            data.person_index,
            list(altered([party for party in data.sdn if party.schema == "Person"], PERSON_KINDS)),
        ),
        "companies": (data.company_index, list(altered(data.csl, COMPANY_KINDS))),
    }


def by_kind(rows: Iterable[tuple[str, bool]]) -> dict[str, tuple[int, int]]:
    """Return (hits, rows) by kind, in the order the kinds came."""
    found: dict[str, tuple[int, int]] = {}
    for kind, hit in rows:
        hits, count = found.get(kind, (0, 0))
        found[kind] = hits + hit, count + 1
    return found


def _altered(data: Measured, section: Section) -> None:
    for what, (index, rows) in altered_sets(data).items():
        data.say(f"{len(rows)} altered listed {what}")
        hits = [finds(index, row.name, words_of(row.original)) for row in rows]
        table = Table(
            f"Generated: altered listed {what}, shipped levels", ("alteration", "rows", "recall", "low", "high")
        )
        kinds = by_kind((row.kind, hit) for row, hit in zip(rows, hits, strict=True))
        for kind, (found, count) in kinds.items():
            table.rows.append((kind, *share(found, count)))
        low, high = wilson(sum(hits), len(hits))
        section.figures.append(
            Figure(f"generated {what}, recall", sum(hits) / len(hits), None, False, low, high, len(hits))
        )
        section.misses.extend(
            (f"generated {what} {row.kind} not found", row.name, row.original, 0)
            for row, hit in zip(rows, hits, strict=True)
            if not hit
        )
        section.tables.append(table)
