"""A ledger as page, exports and proposals, each export read back by the library of its own form."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.claims.making import UNNAMED, claim, day, goods, outlet, person, pieces, place, read, report
from tidewaiter.claims.reading import ReadReport, encode_reading
from tidewaiter.cli.main import main
from tidewaiter.model.claims import LegalStatus, Predicate, Route

CHAIN = (outlet("Izvestia", "izvestia"), UNNAMED)


def story(name: str, age: int, publisher: str) -> ReadReport:
    doc = report(
        name,
        f"Gear held\nA student, {age}, was detained on 17 April in Moscow after posting two KZ-77X vests to Guangzhou, {name} says."
        "\nThe vests were not seized, <b>he</b> said.",
        publisher,
        url=f"https://{name}.example/news?a=1&b=2",
        title="Gear held",
    )
    man = person(doc, f"A student, {age}", age=age, head="student", name="Ivan Petrov")
    moscow = place(doc, "Moscow", latitude=55.8, longitude=37.6)
    away = place(doc, "Guangzhou", "CN", latitude=23.1, longitude=113.3)
    vests = goods(doc, "two KZ-77X vests", "load-bearing-vest", designator="KZ-77X", quantity=pieces(2))
    held = claim(doc, "was detained on 17 April in Moscow", Predicate.DETAINED, subject=man, place=moscow, status=LegalStatus.DETAINED,
                 chain=CHAIN, upstream="izvestia", time=day("2025-04-17"))  # fmt: skip
    sent = claim(doc, "posting two KZ-77X vests to Guangzhou", Predicate.POSTED, subject=man, goods=(vests,), modality="hedged",
                 route=Route(moscow, (), away), chain=CHAIN, upstream="izvestia")  # fmt: skip
    kept = claim(
        doc,
        "The vests were not seized",
        Predicate.SEIZED,
        goods=(goods(doc, "vests", "load-bearing-vest"),),
        polarity="negated",
    )
    return read(doc, held, sent, kept)


STORIES = (story("aaaa", 27, "Harbour Post"), story("bbbb", 25, "Evening Wire"))


@pytest.fixture
def db(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    rows = tmp_path / "read.jsonl"
    rows.write_bytes(b"".join(encode_reading(r) + b"\n" for r in STORIES))
    path = tmp_path / "reports.db"
    assert main(["report", "ledger", str(path), "--add", str(rows)]) == 0
    capsys.readouterr()
    return path


def exported(db: Path, form: str) -> bytes:
    out = db.with_suffix(f".{form}")
    assert main(["report", "export", str(db), "--format", form, "-o", str(out)]) == 0
    return out.read_bytes()


def held(payloads: list[dict[str, Any]]) -> None:
    """What no form may lose."""
    by_kind = {(p["predicate"], p["document"]): p for p in payloads}
    sent, kept = by_kind["posted", "aaaa"], by_kind["seized", "aaaa"]
    assert [s["text"] for s in sent["chain"]] == ["Izvestia", "a law-enforcement source"]
    assert (sent["modality"], sent["polarity"], kept["polarity"]) == ("hedged", "affirmed", "negated")
    assert re.fullmatch("[A-F][1-6]", sent["grade"])
    assert by_kind["detained", "aaaa"]["status"] == "detained"
    assert len(payloads) == 6


def test_stix_is_valid_and_keeps_what_a_claim_is(db: Path) -> None:
    stix2, validator = pytest.importorskip("stix2"), pytest.importorskip("stix2validator")
    found = exported(db, "stix")
    bundle = stix2.parse(found, allow_custom=True, version="2.1")
    notes = [o for o in bundle.objects if o["type"] == "note"]
    extension = next(o["id"] for o in bundle.objects if o["type"] == "extension-definition")
    held([dict(json.loads(n.serialize())["extensions"][extension]) for n in notes])
    conflicts = [
        o for o in bundle.objects if o["type"] == "relationship" and o["relationship_type"] == "conflicts-with"
    ]
    assert {c["description"].split(":")[0] for c in conflicts} >= {"age"}
    options = validator.ValidationOptions(version="2.1", strict_types=False)
    results = validator.validate_string(found.decode(), options)
    assert results.is_valid, [str(e) for e in results.errors][:5]


def test_misp_loads_each_event_and_reads_the_grade_as_two_tags(db: Path) -> None:
    pymisp = pytest.importorskip("pymisp")
    payloads, tags, references = [], set(), []
    for row in json.loads(exported(db, "misp"))["response"]:
        event = pymisp.MISPEvent()
        event.load(row)
        again = json.loads(event.to_json())
        assert again["uuid"] == row["Event"]["uuid"]
        for found in event.objects:
            if found.name == "annotation":
                payloads.append(json.loads(found.comment))
                tags |= {tag.name for attribute in found.attributes for tag in attribute.tags}
                references += [r.relationship_type for r in found.references]
    held(payloads)
    assert any(re.fullmatch(r'admiralty-scale:source-reliability="[a-f]"', tag) for tag in tags)
    assert any(re.fullmatch(r'admiralty-scale:information-credibility="[1-6]"', tag) for tag in tags)
    assert "contradicts" in references


def test_followthemoney_takes_every_entity_and_makes_no_person(db: Path) -> None:
    model = pytest.importorskip("followthemoney").model
    rows = [json.loads(line) for line in exported(db, "ftm").splitlines()]
    for row in rows:
        proxy = model.get_proxy(row)
        kept = sum(len(proxy.get(name)) for name in row["properties"])
        assert kept == sum(len(values) for values in row["properties"].values()), row
    assert {row["schema"] for row in rows} == {"Article", "Event", "Note", "Mention"}
    notes = [json.loads(row["properties"]["notes"][0]) for row in rows if row["schema"] == "Note"]
    held(notes)
    assert any("conflicts-with" in link for note in notes for link in note.get("links", []))


def test_only_a_verified_claim_becomes_a_review_and_the_json_ld_expands(db: Path) -> None:
    jsonld = pytest.importorskip("pyld").jsonld
    name = STORIES[0].claims[0].id
    who = ["--by", "Ann", "--method", "called the court", "--result", "confirmed", "--evidence", "note of 3 May"]
    assert main(["report", "verify", str(db), name, *who]) == 0
    found = json.loads(exported(db, "claimreview"))
    reviews = [o for o in found["@graph"] if o["@type"] == "ClaimReview"]
    assert [(r["claimReviewed"], r["reviewRating"]["alternateName"]) for r in reviews] == [
        (STORIES[0].claims[0].quote, "confirmed")
    ]
    found["@context"] = {"@vocab": "https://schema.org/"}  # the published context is on the network
    kinds = [kind for node in jsonld.expand(found) for kind in node["@type"]]
    assert kinds.count("https://schema.org/Claim") == 6
    assert kinds.count("https://schema.org/ClaimReview") == 1


def test_the_table_has_a_row_a_claim_and_no_formula(db: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(db, "csv").decode())))
    assert len(rows) == 6
    assert {r["incident"] for r in rows} != {""}
    assert any("(age)" in r["conflicts"] for r in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for r in rows for cell in r.values())


def test_an_unknown_form_and_incident_are_told(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "export", str(db), "--format", "pdf"]) == 2
    assert "expected one of stix" in capsys.readouterr().err
    assert main(["report", "page", str(db), "--incident", "E0"]) == 2
    assert "is not in the ledger" in capsys.readouterr().err


def test_the_page_shows_origins_conflicts_goods_places_and_links_each_claim_to_its_words(db: Path) -> None:
    out = db.with_suffix(".html")
    assert main(["report", "page", str(db), "-o", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    for part in (
        "Origin <strong><bdi>izvestia",
        "Conflicts",
        "age",
        "load-bearing-vest",
        "<svg",
        "Guangzhou",
        "17 April",
    ):
        assert part in text, part
    assert "<b>he</b>" not in text, "text of a document is never markup"
    targets = set(re.findall(r'id="([^"]+)"', text))
    links = set(re.findall(r'href="#([^"]+)"', text))
    assert links <= targets, links - targets
    for story in STORIES:
        for one in story.claims:
            assert "c-" + one.id.replace(":", "-") in targets
    assert "<script" not in text
    assert 'http-equiv="Content-Security-Policy"' in text


def test_an_unknown_model_is_proposed_with_its_quotes_as_a_patch(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "propose", str(db), "--json"]) == 1
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["designator"], row["key"], row["concept"], row["fits"]) == (
        "KZ-77X",
        "kz77x",
        "load-bearing-vest",
        True,
    )
    assert len(row["quotes"]) == 1, "both texts use the same words: once is enough"
    assert main(["report", "propose", str(db)]) == 1
    patch = capsys.readouterr().out
    assert "+++ b/packs/concepts/body-armour/load-bearing-vest.yaml" in patch
    assert "+  - {pattern: 'kz77x', note: \"proposed from reports: KZ-77X\"}" in patch
