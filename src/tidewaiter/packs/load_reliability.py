"""Read the rules by which a letter is suggested for a speaker: `packs/report-words/reliability.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tidewaiter.model import PackError, Problem
from tidewaiter.packs.reader import Fields
from tidewaiter.packs.yamlio import read

LETTERS = ("A", "B", "C", "D", "E", "F")


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """One rule. `named` is None where it does not matter; `within` is "", "outlet" or "close-to-government"."""

    speaker: str
    letter: str
    because: str
    named: bool | None = None
    within: str = ""


def load_reliability(packs: Path) -> tuple[ReliabilityRow, ...]:
    """Return the rules in their order.

    Raises:
        PackError: the file does not load.
    """
    problems: list[Problem] = []
    path = packs / "report-words" / "reliability.yaml"
    node, problems = read(path, path.name)
    fields = Fields(node, path.name, problems)
    rows = []
    for row in fields.subs("reliability"):
        named = row.choice("named", ("yes", "no"))
        rows.append(
            ReliabilityRow(
                row.text("speaker", required=True),
                row.choice("letter", LETTERS, required=True),
                row.text("because", required=True),
                {"yes": True, "no": False}.get(named),
                row.choice("within", ("outlet", "close-to-government")),
            )
        )
        row.done()
    fields.done()
    if problems:
        raise PackError(f"{len(problems)} problem(s) in the rules of reliability", problems)
    return tuple(rows)
