"""The measured speed as tables to read, with figures held against what is asked."""

from __future__ import annotations

from typing import Any

from tidewaiter.service.matching_measures.report import Cell, Figure, Section, Table
from tidewaiter.service.speed.measure import Speed, figures_of

_A_SECOND, _A_SECOND_WITHOUT_MEMORY = 5000, 3000
_PEAK_MB, _START_SECONDS, _SINGLE_P95_MS = 700, 4.0, 2.0


def section_of(speed: Speed) -> Section:
    """Return what was measured as a section: stages, steps inside them, single declarations, memories, and the figures asked."""
    told = figures_of(speed)
    section = Section("bench")
    section.tables.extend([_stages(told), _inside(told), _single(told), _memories(told), _about(told)])
    with_memory = speed.asked.remember
    section.figures.append(
        Figure(
            "declarations a second, one core" + ("" if with_memory else ", nothing from memory"),
            speed.whole.a_second,
            _A_SECOND if with_memory else _A_SECOND_WITHOUT_MEMORY,
            rows=speed.whole.count,
        )
    )
    if speed.unremembered is not None:
        beside = speed.unremembered
        name = "declarations a second, one core, nothing from memory"
        section.figures.append(Figure(name, beside.a_second, _A_SECOND_WITHOUT_MEMORY, rows=beside.count))
    single = speed.single.processor["p95"]
    section.figures.append(
        Figure("single declaration, p95, ms", single, _SINGLE_P95_MS, at_most=True, rows=speed.single.count)
    )
    if speed.process is not None:
        section.figures.append(Figure("`screen` ready, s", speed.process.start_seconds, _START_SECONDS, at_most=True))
        section.figures.append(Figure("`screen` peak memory, MB", speed.process.peak_mb, _PEAK_MB, at_most=True))
    return section


def _stages(told: dict[str, Any]) -> Table:
    table = Table(
        "Microseconds of a declaration by stage", ("stage", "µs", "share"), note="Processor time, one core, whole way."
    )
    whole = told["microseconds"]
    for stage, spent in told["microseconds_by_stage"].items():
        table.rows.append((stage, spent, spent / whole))
    table.rows.append(("whole way", whole, 1.0))
    table.rows.append(("(parse CSV instead)", told["microseconds_parse_csv"], told["microseconds_parse_csv"] / whole))
    return table


def _inside(told: dict[str, Any]) -> Table:
    note = "Every wording and name asked once; 1.4 lines and 2 names a declaration."
    return Table("Inside, µs each", ("step", "µs"), [*told["microseconds_inside"].items()], note)


def _single(told: dict[str, Any]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (label, *told[key].values())
        for label, key in (("processor", "single_declaration_ms"), ("clock", "single_declaration_ms_by_clock"))
    ]
    return Table("One declaration at a time, ms", ("measured by", "p50", "p95", "p99"), rows)


def _memories(told: dict[str, Any]) -> Table:
    note = f"Memories of earlier rows are {told['caches']}."
    return Table("Answered from memory", ("what", "share"), [*told["answered_from_memory"].items()], note)


def _about(told: dict[str, Any]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        ("declarations", told["declarations"]),
        ("seed of the mail", str(told["seed"])),
        ("different listed names", told["listed_names"]),
        ("declarations a second by the clock", told["declarations_per_second_by_clock"]),
        ("reference workload before and after, ms", told["reference_workload_ms"]),
        ("screener ready in this process, s", told["ready_seconds"]),
        ("peak memory of this process, MB", told["peak_memory_mb"]),
        ("bytes written", told["bytes_written"]),
        *((f"outcome {outcome}", count) for outcome, count in told["outcomes"].items()),
    ]
    return Table("The run", ("what", "figure"), rows)
