"""`tidewaiter report ledger` and what people do in it, as a user calls it."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.claims.making import UNNAMED, claim, goods, outlet, person, pieces, place, read, report
from tidewaiter.claims.reading import ReadReport, encode_reading
from tidewaiter.cli.main import main
from tidewaiter.model.claims import Predicate

CHAIN = (outlet("Izvestia", "izvestia"), UNNAMED)
SOON = (datetime.now(UTC).date() + timedelta(days=90)).isoformat()


def vests(name: str, age: int = 27, publisher: str = "") -> ReadReport:
    doc = report(
        name,
        f"Gear held\nA student, {age}, posted two vests from Moscow, {name} says.\nAll of them are smugglers.",
        publisher or name,
    )
    man = person(doc, f"A student, {age}", age=age, head="student", name="Ivan Petrov")
    thing = goods(doc, "two vests", "load-bearing-vest", quantity=pieces(2))
    posted = claim(doc, "posted two vests from Moscow", Predicate.POSTED, subject=man, goods=(thing,), place=place(doc, "Moscow"),
                   chain=CHAIN, upstream="izvestia")  # fmt: skip
    return read(doc, posted, claim(doc, "All of them are smugglers", Predicate.GENERALISATION))


A, B = vests("aaaa"), vests("bbbb", 25)
POSTED, GENERAL = A.claims[0].id, A.claims[1].id
WHO = ("--by", "Ann", "--why", "read the release")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    db = tmp_path / "reports.db"
    rows = tmp_path / "read.jsonl"
    unread = b'{"report": null, "problems": [{"code": "x"}], "claims": []}\n'
    rows.write_bytes(b"".join(encode_reading(r) + b"\n" for r in (A, B)) + unread)

    def call(command: str, *arguments: str) -> tuple[int, str, str]:
        code = main(["report", command, str(db), *arguments])
        found = capsys.readouterr()
        return code, found.out, found.err

    code, out, _ = call("ledger", "--add", str(rows))
    assert code == 0
    assert json.loads(out) == {"documents": 2, "claims": 4, "known": 0, "unread": 1}
    call.rows, call.db = rows, db
    return call


def test_adding_the_same_file_again_adds_nothing(run) -> None:
    _, out, _ = run("ledger", "--add", str(run.rows))
    assert json.loads(out) == {"documents": 0, "claims": 0, "known": 2, "unread": 1}


def test_the_ledger_shows_one_origin_both_ages_and_their_conflict(run) -> None:
    code, out, _ = run("ledger", "--json")
    (incident,) = map(json.loads, out.splitlines())
    assert code == 0
    assert [(o["key"], o["documents"]) for o in incident["upstreams"]] == [("izvestia", ["aaaa", "bbbb"])]
    assert [link["slot"] for link in incident["links"] if link["kind"] == "conflicts-with"] == ["age"]
    assert {c["grade"] for c in incident["claims"]} == {"C3"}
    _, text, _ = run("ledger")
    for part in (
        "1 independent upstream",
        "conflict of age",
        "“posted two vests from Moscow”",
        "C3 (suggested)",
        "would raise it",
    ):
        assert part in text


def test_an_analyst_grades_with_a_note_and_credibility_one_is_out_of_reach(run) -> None:
    code, out, _ = run("grade", POSTED, "B2", *WHO)
    assert (code, json.loads(out)["grade"]) == (0, "B2")
    assert "B2 (by Ann)" in run("ledger")[1]
    for pair, word in (("A1", "independent upstreams"), ("G3", "no other letter"), ("C", "such as C3")):
        code, _, errors = run("grade", POSTED, pair, *WHO)
        assert code == 2
        assert word in errors
    assert run("grade", POSTED, "B2", "--by", "Ann")[0] == 2
    assert run("grade", "no-claim", "B2", *WHO)[0] == 2


def mentions(run) -> list[str]:
    (incident,) = map(json.loads, run("ledger", "--json")[1].splitlines())
    return [p["id"] for p in incident["persons"]]


def test_persons_are_joined_by_a_person_only_and_undone_exactly(run) -> None:
    left, right = mentions(run)
    before = run("ledger", "--json")[1]
    assert '"joined":["' not in before
    code, _, errors = run("join", left, right, *WHO)
    assert code == 2
    assert "two persons" in errors
    code, out, _ = run("join", left, right, *WHO, "--despite", "age")
    assert code == 0
    assert f'"joined":["{right}"]' in run("ledger", "--json")[1]
    assert run("split", str(json.loads(out)["join"]), *WHO)[0] == 0
    assert run("ledger", "--json")[1] == before
    assert run("join", left, "aaaa:0-4", *WHO)[0] == 2


def lead(run, *more: str, claim: str = POSTED, until: str = SOON) -> tuple[int, str, str]:
    return run("lead", claim, *(more or ("--concept", "load-bearing-vest")), "--until", until, *WHO)


def test_a_lead_needs_a_person_who_graded_or_confirmed_its_claim(run) -> None:
    code, _, errors = lead(run)
    assert code == 2
    assert "nobody has graded" in errors
    assert run("verify", POSTED, "--by", "Ann", "--method", "asked customs", "--result", "open")[0] == 0
    assert lead(run)[0] == 2
    assert (
        run(
            "verify",
            POSTED,
            "--by",
            "Ann",
            "--method",
            "asked customs",
            "--result",
            "confirmed",
            "--evidence",
            "letter 7",
        )[0]
        == 0
    )
    assert lead(run)[0] == 0
    assert (
        run("verify", POSTED, "--by", "Bo", "--method", "asked again", "--result", "refuted", "--evidence", "letter 8")[
            0
        ]
        == 0
    )
    assert lead(run)[0] == 2


def test_a_generalisation_becomes_nothing_else(run) -> None:
    assert run("grade", GENERAL, "C3", *WHO)[0] == 0
    code, _, errors = lead(run, claim=GENERAL)
    assert code == 2
    assert "stays its speaker's" in errors


@pytest.mark.parametrize(
    ("more", "word"),
    [
        (("--route", "RU-CN"), "alone matches everybody"),
        (("--method", "as gifts"), "alone matches everybody"),
        (("--concept", "no-such-thing"), "no kind of goods"),
        (("--wording", "gift of Chinese student"), "group of persons"),
        (("--wording", "жилет для граждан"), "group of persons"),
        (("--wording", "中国人的背心"), "group of persons"),
        (("--wording", "Weste für Muslime"), "group of persons"),
        (("--wording", "vest of Petrov"), "person of the report"),
        (("--wording", "vest", "--method", "sent by Uyghurs"), "group of persons"),
        (("--wording", "ab"), "too short"),
        (("--concept", "load-bearing-vest", "--route", "Russia"), "two country codes"),
    ],
)
def test_what_a_lead_may_not_say(run, more: tuple[str, ...], word: str) -> None:
    run("grade", POSTED, "C3", *WHO)
    code, _, errors = lead(run, *more)
    assert code == 2
    assert word in errors
    assert run("leads", "--all")[1] == ""


@pytest.mark.parametrize("until", ["", "2020-01-01", "2099-01-01", "soon"])
def test_a_lead_ends_within_a_year(run, until: str) -> None:
    run("grade", POSTED, "C3", *WHO)
    assert lead(run, until=until)[0] == 2


def test_leads_are_listed_by_day_and_can_be_withdrawn(run) -> None:
    run("grade", POSTED, "C3", *WHO)
    code, out, _ = lead(run, "--wording", "sports vest", "--route", "RU-CN", "--method", "declared as sports goods")
    assert code == 0
    made = json.loads(out)
    assert (made["quote"], made["grade"], made["origin"], made["destination"]) == (
        "posted two vests from Moscow",
        "C3",
        "RU",
        "CN",
    )
    assert [json.loads(row)["lead"] for row in run("leads")[1].splitlines()] == [1]
    assert run("leads", "--as-of", "2099-01-01")[1] == ""
    assert run("withdraw", "1", *WHO)[0] == 0
    assert run("leads")[1] == ""
    assert len(run("leads", "--all")[1].splitlines()) == 1


def test_groups_and_links_are_an_analysts_word(run) -> None:
    assert run("group", POSTED, B.claims[0].id, "--title", "Vests of April", *WHO)[0] == 0
    assert run("link", "corrects", B.claims[0].id, POSTED, "--slot", "age", *WHO)[0] == 0
    text = run("ledger")[1]
    assert "I1  Vests of April  (grouped by hand)" in text
    assert "corrects (by Ann)" in text
    assert run("link", "refutes", B.claims[0].id, POSTED, *WHO)[0] == 2


def test_check_finds_what_was_altered(run) -> None:
    assert run("check")[0] == 0
    connection = sqlite3.connect(run.db)
    connection.execute("DROP TRIGGER claims_no_update")
    connection.execute("UPDATE claims SET claim = replace(claim, 'posted', 'stole')")
    connection.commit()
    connection.close()
    code, _, errors = run("check")
    assert code == 2
    assert "claims" in errors


def test_bad_files_are_named(run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    for text, word in (
        ("{}", "report"),
        ("no json", "not a read report"),
        (encode_reading(A).decode().replace("posted two", "stole two", 1), "quotes"),
    ):
        bad.write_text(text + "\n")
        code, _, errors = run("ledger", "--add", str(bad))
        assert code == 2
        assert "bad.jsonl:1" in errors
        assert word in errors
    assert run("ledger", "--add", str(tmp_path / "a.html"))[0] == 2
    assert main(["report", "ledger", str(tmp_path / "none.db")]) == 2


def test_screen_with_leads_looks_until_they_end(run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    goods_file, out = tmp_path / "items.jsonl", tmp_path / "out.jsonl"
    item = {"id": "A", "lines": [{"description": "Sports vest, blue"}], "consignor": {"name": "A", "country": "DE"}, "consignee": {"name": "B", "country": "FR"}}  # fmt: skip
    goods_file.write_text(json.dumps(item) + "\n")
    assert (
        main(["screen", str(goods_file), "--leads", str(run.db), "-q", "-o", str(out)]) == 0
    )  # reading reports raises nothing
    run("grade", POSTED, "C3", *WHO)
    assert lead(run, "--wording", "sports vest", "--route", "DE-FR")[0] == 0
    seen = {}
    today = datetime.now(UTC).date()
    for day in (today - timedelta(days=1), today, today + timedelta(days=90), today + timedelta(days=91)):
        code = main(
            ["screen", str(goods_file), "--leads", str(run.db), "-q", "-o", str(out), "--as-of", day.isoformat()]
        )
        screening = json.loads(out.read_text())
        seen[(day - today).days] = (
            code,
            screening["outcome"],
            [f["code"] for f in screening["findings"] if f["code"].startswith("lead.")],
        )
    nothing = (0, "no-finding", [])
    assert seen == {-1: nothing, 0: (1, "review", ["lead.wording"]), 90: (1, "review", ["lead.wording"]), 91: nothing}
    assert main(["screen", str(goods_file), "--leads", str(goods_file), "-q"]) == 2
    capsys.readouterr()
