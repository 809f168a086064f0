"""The command line as others call it: fields, exit codes, located errors, nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tidewaiter.cli.main import main

EXAMPLE = str(ROOT / "examples" / "declarations.csv")
INVENTED = str(ROOT / "examples" / "lists" / "invented.csv")
DAY = ["--as-of", "2026-11-24"]


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


@pytest.fixture
def lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    folder = str(tmp_path / "lists")
    assert (
        main(["lists", "import", INVENTED, "--code", "invented", "--dated", "2026-11-01", "--lists", folder, "--quiet"])
        == 0
    )
    capsys.readouterr()
    return folder


def test_screen_writes_one_object_an_item_with_the_fields_of_the_interface(
    lists: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screen", EXAMPLE, "--lists", lists, "--quiet", *DAY]) == 1
    found = lines(capsys.readouterr().out)
    assert len(found) >= 30
    for screening in found:
        assert {
            "id",
            "outcome",
            "findings",
            "questions",
            "counterfactuals",
            "coverage",
            "versions",
            "input",
        } <= screening.keys()
        assert screening["outcome"] in ("no-finding", "review", "hold")
    assert {screening["outcome"] for screening in found} == {"no-finding", "review", "hold"}
    assert any(f["code"].startswith("party.") for s in found for f in s["findings"])  # type: ignore[attr-defined, index]


def test_screen_writes_every_kind_of_file(tmp_path: Path) -> None:
    outputs = [tmp_path / name for name in ("a.jsonl", "a.csv", "a.parquet", "a.html")]
    arguments = [part for path in outputs for part in ("-o", str(path))]
    assert main(["screen", EXAMPLE, "--quiet", *arguments, *DAY]) == 1
    assert all(path.stat().st_size > 500 for path in outputs)
    page = outputs[3].read_text(encoding="utf-8")
    assert "<mark" in page
    assert "default-src 'none'" in page
    assert "src=" not in page.replace("default-src", "").replace("style-src", "")


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        main(["screen", EXAMPLE, "--quiet", "-o", str(tmp_path / name), *DAY])
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_explain_prints_one_screening_and_an_unknown_id_helps(capsys: pytest.CaptureFixture[str]) -> None:
    main(["screen", EXAMPLE, "--quiet", *DAY])
    held = next(s for s in lines(capsys.readouterr().out) if s["outcome"] == "hold")
    assert main(["explain", EXAMPLE, str(held["id"]), *DAY]) == 1
    said = capsys.readouterr().out
    assert "[[" in said
    assert "hold" in said.lower()
    assert main(["explain", EXAMPLE, "nobody", *DAY]) == 2
    assert "first ids" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["screen", "no-such-file.csv"], "no-such-file.csv"),
        (["screen", EXAMPLE, "--as-of", "24.11.2026"], "expected a date"),
        (["screen", EXAMPLE, "--jurisdiction", "mars"], "unknown jurisdiction"),
        (["screen", EXAMPLE, "--lists", "no-such-folder"], "no-such-folder"),
        (["screen", EXAMPLE, "-o", "out.docx"], "out.docx"),
        (["lists", "import", EXAMPLE, "--lists", "/tmp/never"], "declarations.csv"),
        (["pack", "lint", "no-such-pack"], "no-such-pack"),
        (["nonsense"], "nonsense"),
        (["goods", "classify", EXAMPLE, "--column", "nope"], "nope"),
    ],
)
def test_bad_input_ends_with_two_and_says_what_was_read(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, *(["--quiet"] if arguments[0] == "screen" else [])]) == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert "Traceback" not in captured.err


def test_goods_classify_names_the_thing_and_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "goods.csv"
    table.write_text("description,hs\nballistic plate,\ndinner plate,691110\nбронежилет 6Б45,\n", encoding="utf-8")
    assert main(["goods", "classify", str(table), "--quiet", *DAY]) == 1
    plate, dinner, vest = lines(capsys.readouterr().out)
    assert {"row", "text", "concepts", "parameters", "candidates", "controlled", "vague", "hs"} <= plate.keys()
    assert any(c["status"] == "open" and c["open_facts"] for c in plate["candidates"])  # type: ignore[attr-defined, index]
    assert dinner["candidates"] == []
    assert any(c["list"] == "ru-military" and c["status"] == "met" for c in vest["candidates"])  # type: ignore[attr-defined, index]
    assert plate["controlled"] > dinner["controlled"]  # type: ignore[operator]


def test_licence_determine_answers_yes_no_and_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = [
        {
            "entries": [{"list": "eu-military", "entry": "ML13.d.2", "status": "met"}],
            "origin": "DE",
            "destination": "CN",
            "on": "2026-11-24",
        },
        {
            "entries": [{"list": "eu-military", "entry": "ML13.d.2", "status": "open"}],
            "origin": "DE",
            "destination": "CN",
        },
        {"entries": [], "origin": "DE", "destination": "CN"},
        {
            "entries": [{"list": "eu-military", "entry": "ML13.d.2", "status": "met"}],
            "origin": None,
            "destination": "CN",
        },
    ]
    file = tmp_path / "q.jsonl"
    file.write_text("".join(json.dumps(q) + "\n" for q in questions), encoding="utf-8")
    assert main(["licence", "determine", str(file), "--quiet", *DAY]) == 1
    answers = lines(capsys.readouterr().out)
    assert [a["required"] for a in answers] == ["yes", "open", "no", "open"]
    assert answers[0]["grounds"][0]["citation"]  # type: ignore[index]
    assert answers[0]["authority"]


def test_party_match_and_compare_give_scores_that_add_up(
    lists: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name\nOrlan Meridian Trading (invented)\nJane Ordinary\n", encoding="utf-8")
    assert main(["party", "match", str(names), "--lists", lists, "--quiet"]) == 1
    hit, miss = lines(capsys.readouterr().out)
    assert hit["hits"]
    assert miss["hits"] == []
    best = hit["hits"][0]  # type: ignore[index]
    assert sum(c["points"] for c in best["contributions"]) == pytest.approx(best["score"])
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("name1,name2\nIvan Petrov,Иван Петров\nIvan Petrov,John Miller\n", encoding="utf-8")
    assert main(["party", "compare", str(pairs), "--quiet"]) == 0
    same, other = lines(capsys.readouterr().out)
    assert same["score"] > 0.8 > other["score"]  # type: ignore[operator]


def test_lists_diff_as_lines_of_json_and_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("id,name,alias\n1,Ann Example,Annie E\n2,Bob Example,\n", encoding="utf-8")
    new.write_text("id,name,alias\n1,Ann Example,Anna E\n3,Cid Example,\n", encoding="utf-8")
    assert main(["lists", "diff", str(old), str(new)]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["change"], line["list_id"]) for line in lines] == [("added", "3"), ("removed", "2"), ("changed", "1")]
    assert lines[2]["fields"] == [{"field": "names", "added": ["Anna E"], "removed": ["Annie E"]}]
    assert main(["lists", "diff", str(old), str(new), "--format", "text"]) == 1
    text = capsys.readouterr().out
    assert "+ own 3 Cid Example" in text
    assert "    names - Annie E" in text
    assert text.endswith("1 added, 1 removed, 1 changed\n")
    assert main(["lists", "diff", str(old), str(old)]) == 0


def test_lists_import_takes_columns_by_name_and_says_what_was_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Betroffener,Geheim\nAnn Example,x\n,y\n", encoding="utf-8")
    given = [
        "lists",
        "import",
        str(path),
        "--lists",
        str(tmp_path / "lists"),
        "--code",
        "mine",
        "--dated",
        "2026-01-01",
    ]
    assert main([*given, "--column", "name=Betroffener", "--drop", "remarks"]) == 0
    written = capsys.readouterr()
    line = json.loads(written.out)
    assert (line["parties"], line["active"], line["problems"]) == (1, True, {"error": 1, "note": 1})
    assert "mine.csv:3: name: the row has no name" in written.err
    assert main([*given, "--column", "name"]) == 2


def test_lists_status_says_how_old_they_are_and_that_they_are_invented(
    lists: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lists", "status", "--lists", lists, *DAY]) == 0
    status = lines(capsys.readouterr().out)[0]
    assert (status["age_days"], status["stale"], status["invented"]) == (23, False, True)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    for command in ("screen", "explain", "goods", "licence", "party", "lists", "pack", "bench"):
        assert command in said
