"""Loading packs: every problem at once, with file and line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tidewaiter.model import PackError
from tidewaiter.packs import PackSet, load, load_with_problems
from tidewaiter.packs.lint import lint

PACK = "{pack: x, kind: control-list, title: t, version: '1', jurisdiction: xx}"


def _write(folder: Path, name: str, text: str) -> None:
    (folder / "x").mkdir(exist_ok=True)
    (folder / "x" / name).write_text(text, encoding="utf-8")


def test_small_packs_load(small_packs: PackSet) -> None:
    assert set(small_packs.concepts) == {"hard-armour-plate"}
    assert small_packs.entries[0].id == "ML13"


def test_a_misspelt_key_is_an_error_and_not_silence(tmp_path: Path) -> None:
    _write(tmp_path, "pack.yaml", PACK)
    _write(
        tmp_path,
        "e.yaml",
        "entry: A1\nlist: x\ntitle: t\nsummary: s\nstatus: reviewed\nreferences: [{citation: c}]\nparagrafs: []\n",
    )
    with pytest.raises(PackError) as caught:
        load(tmp_path)
    assert any("paragrafs" in str(p) and p.line == 7 for p in caught.value.problems)


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    _write(tmp_path, "pack.yaml", PACK)
    _write(tmp_path, "a.yaml", "entry: A1\nlist: y\n")
    _write(tmp_path, "b.yaml", "concept: c\nfamily: f\nhs: ['9031.80']\nstatus: best\n")
    _, problems = load_with_problems(tmp_path)
    text = "\n".join(map(str, problems))
    for expected in ("the list is not the pack", "cites its source", "not an HS code", "one of the allowed values"):
        assert expected in text


def test_a_law_file_without_source_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, "pack.yaml", PACK)
    _write(tmp_path, "a.yaml", "entry: A1\nlist: x\ntitle: t\nsummary: s\nstatus: reviewed\n")
    _, problems = load_with_problems(tmp_path)
    assert any("cites its source" in p.message for p in problems)


def test_a_pack_that_shrank_below_its_expectation_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, "pack.yaml", PACK[:-1] + ", expect: {entries: {min: 2, max: 9}}}")
    _write(
        tmp_path, "a.yaml", "entry: A1\nlist: x\ntitle: t\nsummary: s\nstatus: reviewed\nreferences: [{citation: c}]\n"
    )
    _, problems = load_with_problems(tmp_path)
    assert [p.code for p in problems] == ["pack.expect"]


def test_the_content_hash_does_not_depend_on_where_the_checkout_lies(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        _write(tmp_path / place, "pack.yaml", PACK)
    one, two = load(tmp_path / "one"), load(tmp_path / "two")
    assert one.infos[0].sha256 == two.infos[0].sha256


def test_a_table_of_numbers_says_what_is_missing_and_what_means_two_things(tmp_path: Path) -> None:
    _write(tmp_path, "pack.yaml", "{pack: x, kind: grammar, title: t, version: '1'}")
    _write(
        tmp_path,
        "n.yaml",
        "numbers: en\ncardinals: {'1': [one], '2': [one], many: [some]}\nmultipliers: {'100': [hundred]}\n",
    )
    packs, problems = load_with_problems(tmp_path)
    assert [p.message for p in problems] == ["not a number"]
    said = [p.message for p in lint(packs)]
    assert "a word stands for two numbers" in said
    assert "has no word for 1000" in said


def test_a_number_alone_is_no_name(small_packs: PackSet) -> None:
    concept = small_packs.concepts["hard-armour-plate"]
    wrong = replace(small_packs, concepts={concept.id: replace(concept, strong={"zh": ("2", "2'-硫代")})})
    assert [p.read for p in lint(wrong) if "number alone" in p.message] == ["2"]
