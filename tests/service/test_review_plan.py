"""The plan keeps every hold, orders the rest, draws control items that can be checked and not guessed, and counts misses."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tidewaiter.cli.main import main
from tidewaiter.service.review_plan import is_drawn, miss_rate, plan, wilson

SECRET = b"sixteen bytes or more"


def screening(number: int, outcome: str, score: float = 0.0) -> dict[str, object]:
    findings = [{"severity": outcome, "score": score, "code": "x", "message": f"m{number}"}] if score else []
    return {"id": f"RR{number:09}XX", "outcome": outcome, "findings": findings}


ROWS = [screening(n, "no-finding") for n in range(20_000)]
ROWS += [screening(100_000 + n, "review", n / 100) for n in range(1, 90)]
ROWS += [screening(200_000 + n, "hold", 0.9) for n in range(3)]


def test_holds_are_never_put_off_and_reviews_come_by_strength() -> None:
    made = plan(ROWS, 2, SECRET, 0.002)
    assert [item.why for item in made[:3]] == ["hold"] * 3
    assert all(item.why == "later" for item in made[3:])
    assert len(made) == 92
    made = plan(ROWS, 50, SECRET, 0.002)
    reviews = [item.score for item in made if item.why == "review"]
    assert reviews == sorted(reviews, reverse=True)
    assert sum(item.why != "later" for item in made) == 50


def test_the_draw_repeats_with_the_secret_and_differs_without_it() -> None:
    ids = [str(row["id"]) for row in ROWS]
    drawn = {item for item in ids if is_drawn(item, SECRET, 0.01)}
    assert drawn == {item for item in ids if is_drawn(item, SECRET, 0.01)}
    assert 140 <= len(drawn) <= 260
    other = {item for item in ids if is_drawn(item, b"another secret of the day", 0.01)}
    assert len(drawn & other) < 20
    assert drawn <= {item for item in ids if is_drawn(item, SECRET, 0.02)}


def test_the_miss_rate_has_an_interval_and_counts_drawn_items_only() -> None:
    rows = [{"why": "control", "result": "nothing"}] * 299 + [{"why": "control", "result": "hit"}]
    rows += [{"why": "review", "result": "hit"}] * 50 + [{"why": "control", "result": ""}] * 20
    found = miss_rate(rows)
    assert (found["looked_at"], found["cases"]) == (300, 1)
    assert found["low"] < 1 / 300 < found["high"] < 0.02
    assert wilson(0, 300)[0] == 0.0
    assert 0.012 < wilson(0, 300)[1] < 0.0130
    assert "nothing can be said" in miss_rate([])["note"]


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    screenings, secret, queue = tmp_path / "s.jsonl", tmp_path / "secret", tmp_path / "queue.csv"
    screenings.write_text("\n".join(map(json.dumps, ROWS)) + "\n", encoding="utf-8")
    secret.write_bytes(b"short")
    arguments = ["review", "plan", str(screenings), "--capacity", "40", "--secret-file", str(secret)]
    assert main(arguments) == 2
    assert "cannot be guessed" in capsys.readouterr().err
    secret.write_bytes(SECRET)
    assert main([*arguments, "-o", str(queue)]) == 1
    with queue.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [rows[0]["why"], rows[0]["place"]] == ["hold", "1"]
    assert main(["review", "rate", str(queue)]) == 0
    assert json.loads(capsys.readouterr().out)["looked_at"] == 0
