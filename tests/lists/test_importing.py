"""Import policy: all or nothing, newest stays active, shrinking refused, fields left out, the same whatever the order."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tidewaiter.lists import (
    ImportOptions,
    apply_diff,
    current,
    diff_lists,
    import_contents,
    import_files,
    load_lists,
    read_files,
    read_version,
)
from tidewaiter.lists import _store as store
from tidewaiter.model import ListedParty, ListError

FIXTURES = Path(__file__).parent / "fixtures"
HEADER = "list_id,name,aliases,country,remarks\n"


def rows(*numbers: int, extra: str = "") -> bytes:
    return (HEADER + "".join(f"{n},Someone Number{n},Alias {n}; Other {n},DE,note\n" for n in numbers) + extra).encode()


def bring(folder: Path, day: int, content: bytes, **options: object) -> bool:
    given = ImportOptions(date(2026, 1, day), "mine", **options)  # type: ignore[arg-type]
    return import_contents([("mine.csv", content)], folder, given)[0].active


def active(folder: Path) -> tuple[ListedParty, ...]:
    return load_lists(folder, ["mine"])[0]


@pytest.mark.parametrize(("left", "refused"), [(90, False), (89, True)])
def test_more_than_a_tenth_lost_is_refused(tmp_path: Path, left: int, refused: bool) -> None:
    bring(tmp_path, 1, rows(*range(100)))
    if refused:
        with pytest.raises(ListError, match=r"shrank from 100 to 89 parties .*--accept-shrink"):
            bring(tmp_path, 2, rows(*range(left)))
        bring(tmp_path, 2, rows(*range(left)), shrink_share=0.2)
    else:
        bring(tmp_path, 2, rows(*range(left)))
    assert len(active(tmp_path)) == left
    bring(tmp_path, 3, rows(1), allow_shrink=True)
    assert len(active(tmp_path)) == 1


def test_an_older_list_never_becomes_active_unasked(tmp_path: Path) -> None:
    assert bring(tmp_path, 5, rows(1, 2))
    assert not bring(tmp_path, 4, rows(1))
    assert len(active(tmp_path)) == 2
    assert len(list((tmp_path / "mine").glob("*.gz"))) == 2
    assert bring(tmp_path, 4, rows(1), allow_older=True)
    assert len(active(tmp_path)) == 1


def test_the_order_of_imports_and_of_rows_changes_nothing(tmp_path: Path) -> None:
    first, second = rows(1, 2, 3), rows(1, 2, 3, 4)
    for name, order in (("a", (1, 2)), ("b", (2, 1)), ("c", (1, 2, 1, 2))):
        for day in order:
            bring(tmp_path / name, day, (first, second)[day - 1])
    bring(tmp_path / "d", 2, rows(4, 3, 2, 1))
    pointers = {(tmp_path / name / "mine" / "current.json").read_bytes() for name in "abcd"}
    assert len(pointers) == 1


def test_records_of_one_id_are_told_apart_whatever_their_order(tmp_path: Path) -> None:
    head, one, two = HEADER, "1,Some One,,DE,\n", "1,Another One,,FR,\n"
    for name, text in (("a", head + one + two + one), ("b", head + two + one)):
        bring(tmp_path / name, 1, text.encode())
    assert active(tmp_path / "a") == active(tmp_path / "b")
    assert [party.list_id for party in active(tmp_path / "a")] == ["1", "1#2"]


def test_several_lists_become_active_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [FIXTURES / "eu.xml", FIXTURES / "uk.xml"]
    import_files(paths, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("current.json")}
    real = os.replace

    def broken(source: str, target: Path) -> None:
        if Path(target).name == "current.json" and Path(target).parent.name == "uk":
            raise OSError("disk full")
        real(source, target)

    monkeypatch.setattr(store.os, "replace", broken)
    with pytest.raises(OSError, match="disk full"):
        import_files(paths, tmp_path, ImportOptions(dated=date(2026, 5, 5)))
    assert {path: path.read_bytes() for path in tmp_path.rglob("current.json")} == before


def test_one_list_that_cannot_be_read_keeps_the_others_out(tmp_path: Path) -> None:
    with pytest.raises(ListError, match=r"broken\.xml"):
        import_contents([("eu.xml", (FIXTURES / "eu.xml").read_bytes()), ("broken.xml", b"<export><x>")], tmp_path)
    assert not list(tmp_path.rglob("current.json"))


def test_more_broken_than_whole_is_refused_with_every_place(tmp_path: Path) -> None:
    text = "list_id,name\n1,Some One\n2,\n3,\n"
    with pytest.raises(ListError, match=r"2 records cannot be used .*mine.csv:3") as caught:
        bring(tmp_path, 1, text.encode())
    assert [problem.line for problem in caught.value.problems if problem.severity == "error"] == [3, 4]


def test_a_field_that_is_dropped_is_nowhere_in_the_store(tmp_path: Path) -> None:
    import_files(
        [FIXTURES / "eu.xml"], tmp_path, ImportOptions(drop=("birth_dates", "identifiers", "remarks", "addresses"))
    )
    pointer = current(tmp_path, "eu")
    assert pointer is not None
    content = store.gzip.decompress((tmp_path / "eu" / pointer.file).read_bytes())
    for value in (b"1968", b"ZQ0001112", b"Minister", b"Nowhere", b"7700000000"):
        assert value not in content
    assert b"Quillmark" in content
    with pytest.raises(ListError, match="'names' cannot be left out"):
        import_files([FIXTURES / "eu.xml"], tmp_path, ImportOptions(drop=("names",)))


def test_a_difference_says_which_values_came_and_went() -> None:
    (old,) = read_files([("mine.csv", rows(1, 2, 3))])
    text = (
        rows(2, 3, 4)
        .decode()
        .replace("Alias 2; Other 2", "Other 2; New 2")
        .replace("Alias 3; Other 3", "Other 3; Alias 3")
    )
    (new,) = read_files([("mine.csv", text.encode())])
    diff = diff_lists(old.parties, new.parties)
    assert [party.list_id for party in diff.added] == ["4"]
    assert [party.list_id for party in diff.removed] == ["1"]
    (change,) = diff.changed
    (field,) = change.changes
    assert (change.after.list_id, field.field, field.added, field.removed) == ("2", "names", ("New 2",), ("Alias 2",))


def test_applying_a_difference_gives_the_new_list_once_and_twice() -> None:
    (old,) = read_files([("mine.csv", rows(1, 2, 3))])
    (new,) = read_files([("mine.csv", rows(2, 3, 4).replace(b"note", b"other note"))])
    diff = diff_lists(old.parties, new.parties)
    once = apply_diff(old.parties, diff)
    assert store.encode_parties(once) == store.encode_parties(new.parties)
    assert apply_diff(once, diff) == once
    assert diff_lists(once, new.parties).is_empty


def test_a_published_file_can_be_compared_with_a_snapshot(tmp_path: Path) -> None:
    (result,) = import_files([FIXTURES / "uk.xml"], tmp_path)
    assert diff_lists(read_version(result.path), read_version(FIXTURES / "uk.xml")).is_empty


def test_the_licence_of_the_data_travels_with_the_version(tmp_path: Path) -> None:
    import_files([FIXTURES / "entities.ftm.json"], tmp_path, ImportOptions(dated=date(2026, 1, 1)))
    _, (version,) = load_lists(tmp_path)
    assert version.licence.startswith("CC BY-NC")
