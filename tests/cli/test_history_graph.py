"""The network view: what stands around an item, why each edge is there, and nothing that a name could smuggle in."""

from __future__ import annotations

import io
import json
from pathlib import Path

import networkx
import pytest

from tests.conftest import ROOT
from tidewaiter.cli.main import main

STORY = ROOT / "tests" / "golden_history" / "several-prior-shipments" / "declarations.jsonl"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    hostile = json.loads(STORY.read_text(encoding="utf-8").splitlines()[0])
    hostile["id"] = "RR420000099RU"
    hostile["lines"][0]["description"] = "</script><img src=x onerror=alert(1)>\u0001"
    source = folder / "items.jsonl"
    source.write_text(STORY.read_text(encoding="utf-8") + json.dumps(hostile) + "\n", encoding="utf-8")
    assert main(["history", "add", str(source), "--history", str(folder / "h.db"), "--quiet", "--no-goods"]) == 0
    return folder / "h.db"


def graph(history: Path, name: str) -> bytes:
    target = history.parent / name
    asked = ["history", "graph", "RR420000045RU", "--history", str(history), "-o", str(target), "--quiet"]
    assert main(asked) == 1
    return target.read_bytes()


def test_the_page_tells_every_edge_and_runs_without_a_network(history: Path) -> None:
    page = graph(history, "g.html").decode("utf-8")
    assert "RR420000023RU" in page
    assert "Why each edge is there" in page
    assert "default-src 'none'" in page
    assert "<img src=x" not in page
    assert "http://" not in page.split("<script>")[0]


def test_graphml_is_read_by_another_library(history: Path) -> None:
    found = networkx.read_graphml(io.BytesIO(graph(history, "g.graphml")), force_multigraph=True)
    kinds = {data["kind"] for _, data in found.nodes(data=True)}
    assert {"item", "party"} <= kinds
    joins = [data for _, _, data in found.edges(data=True) if data["kind"] == "join"]
    assert joins
    assert all(data["score"] > 0 and data["why"] for data in joins)


def test_followthemoney_entities_are_whole(history: Path) -> None:
    rows = [json.loads(line) for line in graph(history, "g.jsonl").splitlines()]
    ids = {row["id"] for row in rows}
    for row in rows:
        for name in ("subject", "object"):
            assert set(row["properties"].get(name, [])) <= ids
    model = pytest.importorskip("followthemoney").model
    for row in rows:
        entity = model.get_proxy(row)
        entity.schema.validate({"properties": row["properties"]})


def test_an_unknown_item_or_ending_is_bad_input(history: Path, tmp_path: Path) -> None:
    assert main(["history", "graph", "NONE", "--history", str(history), "-o", str(tmp_path / "g.html")]) == 2
    assert main(["history", "graph", "RR420000045RU", "--history", str(history), "-o", str(tmp_path / "g.doc")]) == 2


def test_a_file_of_parties_is_linked_to_the_history(
    history: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    party = json.loads(STORY.read_text(encoding="utf-8").splitlines()[0])["consignor"]
    source = tmp_path / "parties.csv"
    source.write_text(
        "id,name,address,city,postcode,country,phone,source\n"
        f'A,{party["name"]},"{party.get("address", "")}",{party.get("city", "")},{party.get("postcode", "")},RU,{party.get("phone", "")},tip\n'
        "B,Nobody Atall,1 Far Street,Elsewhere,99999,SE,,tip\n",
        encoding="utf-8",
    )
    capsysbinary.readouterr()
    assert main(["link", str(source), "--history", str(history), "--quiet"]) == 0
    known, unknown = (json.loads(line) for line in capsysbinary.readouterr().out.splitlines())
    assert known["entity"].startswith("E")
    assert known["input"] == {"source": "tip"}
    total = sum(term["points"] for term in known["history"]["contributions"])
    assert total == pytest.approx(known["history"]["score"])
    assert unknown["entity"].startswith("e")
    assert "history" not in unknown
