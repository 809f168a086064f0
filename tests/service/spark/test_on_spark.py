"""Spark gives the bytes of the local engine: in one process, on a cluster, and when a machine is lost."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.conftest import LEGAL_DATE
from tests.service.spark.conftest import QUICK, Engines
from tidewaiter.cli.main import main
from tidewaiter.model import InputError
from tidewaiter.service.spark.job import settings_of
from tidewaiter.service.spark.loopback import LoopbackCluster
from tidewaiter.service.spark.run import screen_on_spark
from tidewaiter.service.spark.session import open_session


def test_the_command_gives_the_bytes_of_the_local_engine(
    engines: Engines, flat: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = engines.local(flat[0], tmp_path / "local.jsonl")
    output = tmp_path / "out.parquet"
    options = ["--engine", "spark", "--master", "local[2]", "--lists", engines.settings.lists]
    code = main(["screen", str(flat[0]), *options, "--as-of", LEGAL_DATE.isoformat(), "-o", str(output)])
    assert code == 1
    assert engines.spark(output) == wanted
    assert "declarations in" in capsys.readouterr().err


def test_two_cores_give_the_bytes_of_one_process(
    engines: Engines, nested: Path, flat: tuple[Path, Path], tmp_path: Path
) -> None:
    with open_session("local[2]", engines.settings, **QUICK) as session:
        for source in (nested, flat[1]):
            wanted = engines.local(source, tmp_path / f"{source.name}.jsonl")
            output = tmp_path / f"{source.name}.out.parquet"
            ran = screen_on_spark(session, engines.settings, [str(source)], None, output)
            assert ran.tasks > 2
            assert engines.spark(output) == wanted
            total = ran.counter.summary()
            assert total.declarations == len(wanted)
            assert [p.code for p in ran.problems if p.code == "format.columns-kept"] == (
                ["format.columns-kept"] if source in flat else []
            ), "a note on the file is told once, not once a part"
            if source in flat:
                assert total.rejected == 6
        _columns_are_those_documented(tmp_path / "declarations.parquet.out.parquet")
        _an_output_is_replaced_only_by_a_whole_one(session, engines, nested, tmp_path)
        _a_worker_that_would_differ_refuses(session, engines, flat[1], tmp_path)


def _columns_are_those_documented(output: Path) -> None:
    table = pq.read_table(next(iter(sorted(output.glob("part-*")))))
    assert table.column_names == ["part", "place", "id", "outcome", "screening"]
    assert set(table.column("outcome").to_pylist()) <= {"no-finding", "review", "hold"}


def _an_output_is_replaced_only_by_a_whole_one(session: Any, engines: Engines, source: Path, folder: Path) -> None:
    precious = folder / "precious.parquet"
    precious.write_text("not ours")
    with pytest.raises(InputError, match="no earlier result"):
        screen_on_spark(session, engines.settings, [str(source)], None, precious)
    assert precious.read_text() == "not ours"
    earlier = folder / "declarations.parquet.out.parquet"
    before = sorted(path.name for path in earlier.iterdir())
    with pytest.raises(InputError, match="no such file"):
        screen_on_spark(session, engines.settings, [str(folder / "absent.csv")], None, earlier)
    assert sorted(path.name for path in earlier.iterdir()) == before


def _a_worker_that_would_differ_refuses(session: Any, engines: Engines, source: Path, folder: Path) -> None:
    other = settings_of(engines.settings.on, None, None, (), "", True)
    from tidewaiter.service.spark import run

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "what_answers_depend_on", lambda screener: "code 0.0; eu-dual-use@1999.1 abc")
        with pytest.raises(
            InputError, match=r"would screen differently: the driver has code 0\.0; eu-dual-use@1999\.1"
        ):
            screen_on_spark(session, other, [str(source)], None, folder / "never.parquet")
    assert not (folder / "never.parquet").exists()
    assert not list(folder.glob(".never*")), "nothing unfinished is left"


def test_a_cluster_that_loses_a_machine_gives_the_same_bytes(engines: Engines, nested: Path, tmp_path: Path) -> None:
    wanted = engines.local(nested, tmp_path / "local.jsonl")
    with (
        LoopbackCluster(2, 1, tmp_path / "cluster") as cluster,
        open_session(cluster.url, engines.settings, spark__executor__memory="1g", **QUICK) as session,
    ):
        output = tmp_path / "whole.parquet"
        screen_on_spark(session, engines.settings, [str(nested)], None, output)
        assert engines.spark(output) == wanted
        assert _executors(session) == 2
        killed = threading.Thread(target=_kill_when_under_way, args=(session, cluster))
        killed.start()
        output = tmp_path / "survived.parquet"
        ran = screen_on_spark(session, engines.settings, [str(nested)], None, output, tasks=24)
        killed.join()
        assert engines.spark(output) == wanted
        assert ran.counter.summary().declarations == len(wanted), "what was done twice is counted once"
        assert _executors(session) == 1


def _executors(session: Any) -> int:
    return int(session.sparkContext._jsc.sc().getExecutorMemoryStatus().size()) - 1


def _kill_when_under_way(session: Any, cluster: LoopbackCluster) -> None:
    """Wait until some tasks are done and others run, then kill a worker with its executor."""
    status = session.sparkContext.statusTracker()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for stage in status.getActiveStageIds():
            info = status.getStageInfo(stage)
            if info is not None and info.numCompletedTasks >= 2 and info.numActiveTasks >= 2:
                cluster.kill_worker(0)
                return
        time.sleep(0.02)
    cluster.kill_worker(0)
