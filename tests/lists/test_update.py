"""Fetching from publishers, against a server on the loopback: one way to succeed, many to leave the old list active."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tidewaiter.lists import FetchLimits, ListSource, SourceFile, load_lists, read_sources, update_lists
from tidewaiter.model import ListError

HEADER = "# code: my-list\n# dated: 2026-01-05\nlist_id,schema,name\n"
GOOD = (HEADER + "".join(f"{number},Person,Someone Number{number}\n" for number in range(10))).encode()
SMALL = (HEADER + "1,Person,Only One\n").encode()
UNDATED = GOOD.replace(b"# dated: 2026-01-05\n", b"")
DIGEST = hashlib.sha256(GOOD).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        bodies = {
            "/good.csv": GOOD, "/small.csv": SMALL, "/undated.csv": UNDATED, "/truncated.csv": GOOD, "/empty.csv": b"",
            "/good.csv.sha256": f"{DIGEST}  good.csv\n".encode(), "/bad.sha256": b"no digest here",
            "/page.csv": b"<html>maintenance</html>",
        }  # fmt: skip
        body = bodies.get(self.path)
        self.send_response(500 if body is None else 200)
        body = body or b""
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/undated.csv":
            self.send_header("Last-Modified", "Tue, 03 Feb 2026 10:00:00 GMT")
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.path == "/truncated.csv" else body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def source(file: SourceFile, max_bytes: int = 1_000_000) -> dict[str, ListSource]:
    return {"my-list": ListSource("my-list", "My list", "Nobody", (file,), max_bytes)}


def update(tmp_path: Path, file: SourceFile, max_bytes: int = 1_000_000) -> str:
    (outcome,) = update_lists(tmp_path, source(file, max_bytes), limits=FetchLimits(connect_s=2, read_s=2))
    return outcome.error


@pytest.mark.parametrize("check", ["none", "sidecar", "configured"])
def test_a_good_list_becomes_active(tmp_path: Path, server: str, check: str) -> None:
    file = SourceFile(
        "good.csv",
        f"{server}/good.csv",
        sha256=DIGEST if check == "configured" else "",
        sidecar=f"{server}/good.csv.sha256" if check == "sidecar" else "",
    )
    seen: list[tuple[str, int, int | None]] = []
    (outcome,) = update_lists(tmp_path, source(file), progress=lambda *step: seen.append(step))
    assert outcome.error == ""
    assert load_lists(tmp_path)[1][0].parties == 10
    assert seen[-1] == ("good.csv", len(GOOD), len(GOOD))


def test_last_modified_dates_a_list_that_says_no_date(tmp_path: Path, server: str) -> None:
    assert update(tmp_path, SourceFile("x.csv", f"{server}/undated.csv")) == ""
    assert load_lists(tmp_path)[1][0].dated.isoformat() == "2026-02-03"


@pytest.mark.parametrize(
    ("path", "extra", "max_bytes", "reason"),
    [
        ("/missing.csv", {}, 1_000_000, "answered 500"),
        ("/truncated.csv", {}, 1_000_000, "download"),
        ("/empty.csv", {}, 1_000_000, "empty"),
        ("/page.csv", {}, 1_000_000, "not a party list"),
        ("/small.csv", {}, 1_000_000, "shrank"),
        ("/good.csv", {}, 50, "allowed"),
        ("/good.csv", {"sha256": "0" * 64}, 1_000_000, "expected 0000"),
        ("/good.csv", {"sidecar": "/bad.sha256"}, 1_000_000, "holds no SHA-256"),
        ("/good.csv", {"sidecar": "/missing.sha256"}, 1_000_000, "answered 500"),
    ],
)
def test_whatever_goes_wrong_the_old_list_stays_active(
    tmp_path: Path, server: str, path: str, extra: dict[str, str], max_bytes: int, reason: str
) -> None:
    assert update(tmp_path, SourceFile("good.csv", f"{server}/good.csv")) == ""
    extra = {key: f"{server}{value}" if value.startswith("/") else value for key, value in extra.items()}
    assert reason in update(tmp_path, SourceFile("next.csv", f"{server}{path}", **extra), max_bytes)
    assert load_lists(tmp_path)[1][0].parties == 10


def test_a_publisher_who_cannot_be_reached_is_an_outcome(tmp_path: Path) -> None:
    assert "download failed" in update(tmp_path, SourceFile("x.csv", "http://127.0.0.1:9/x.csv"))


def test_one_failing_list_does_not_stop_the_others(tmp_path: Path, server: str) -> None:
    sources = {
        "broken": ListSource("broken", "Broken", "", (SourceFile("x.csv", f"{server}/missing.csv"),)),
        **source(SourceFile("good.csv", f"{server}/good.csv")),
    }
    assert [bool(outcome.error) for outcome in update_lists(tmp_path, sources)] == [True, False]


def test_the_sources_of_the_package_are_complete() -> None:
    sources = read_sources()
    assert sources.keys() == {"us-sdn", "us-sdn-consolidated", "us-csl", "us-dpl", "un", "eu", "uk", "ch", "ca", "au"}
    assert all(file.url.startswith("https://") for entry in sources.values() for file in entry.files)
    assert all(entry.title and entry.publisher for entry in sources.values())


def test_an_incomplete_source_is_refused() -> None:
    with pytest.raises(ListError, match="http or https"):
        read_sources("x: {title: X, files: [{url: 'file:///etc/passwd'}]}")
