"""The relations of a history have exactly the columns that patterns read, and name nobody."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from tests.store.history.making import WEIGHTS, add, item, writer_of
from tidewaiter.link.relations import problems_of, relation
from tidewaiter.model import Party
from tidewaiter.store.history.export import export


def test_the_relations_have_their_columns_and_no_names(tmp_path: Path) -> None:
    writer = writer_of(tmp_path / "h.db")
    bare = Party("John Smith", country="US")
    add(writer, [item("A", 1, message_version="1"), item("B", 2, sender=bare), item("C", 3, sender=bare)])
    add(writer, [item("A", 1, message_version="2", goods="green tea")])
    written = export(writer.connection, tmp_path / "out", WEIGHTS, lambda party: "")
    assert written.rows["items"] == 3
    assert written.rows["versions"] == 1
    for name in written.rows:
        table = pq.read_table(tmp_path / "out" / f"{name}.parquet")
        assert table.column_names == [column.name for column in relation(name).columns]
        assert problems_of(name, [(c, table[c].null_count > 0) for c in table.column_names]) == []
        assert "Smith" not in str(table.to_pylist())
        assert "Berg" not in str(table.to_pylist())
    items = pq.read_table(tmp_path / "out" / "items.parquet").to_pylist()
    senders = [row["consignor_entity"] for row in items]
    assert len(set(senders)) == 3, "too little is declared to say that the two are one"
