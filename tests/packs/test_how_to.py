"""The worked example of docs/how-to/add-a-rule.md runs as written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tidewaiter.packs import load
from tidewaiter.packs.lint import lint
from tidewaiter.service.pack_cases import run_cases

ROOT = Path(__file__).parents[2]


def _block(text: str, mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n((?:    .*\n|\n)+)", text)
    assert found is not None
    return "\n".join(line[4:] for line in found.group(1).splitlines()) + "\n"


def test_the_destination_rule_of_the_how_to_loads_lints_and_answers(tmp_path: Path) -> None:
    text = (ROOT / "docs/how-to/add-a-rule.md").read_text(encoding="utf-8")
    packs = tmp_path / "packs"
    shutil.copytree(ROOT / "packs", packs)
    rules = packs / "eu-law" / "rules"
    (rules / "no-kyrgyzstan.yaml").write_text(_block(text, "rule"), encoding="utf-8")
    (rules / "no-kyrgyzstan.cases.yaml").write_text(_block(text, "cases"), encoding="utf-8")
    loaded = load(packs, with_cases=True)
    assert [problem for problem in lint(loaded) if problem.severity == "error"] == []
    mine = [case for case in loaded.cases if case.file.endswith("no-kyrgyzstan.cases.yaml")]
    assert len(mine) == 3
    results = run_cases(loaded, mine)
    assert [(result.case.name, result.failures) for result in results if result.failures] == []
