"""Fetch lists from their publishers: time limits, size limits, checksums, then the ordinary import with its atomic swap.

The addresses are data (`sources.yaml`). Nothing is active before everything of a list has arrived and been checked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from importlib.resources import files
from pathlib import Path

import httpx
import yaml

from tidewaiter.lists._detect import Named
from tidewaiter.lists._importing import ImportOptions, ImportResult, import_contents
from tidewaiter.model import ListError

Progress = Callable[[str, int, int | None], None]
_SHA256 = re.compile(r"\b[0-9a-fA-F]{64}\b")
_MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a list: its name, address, and a checksum or the address of one where the publisher offers it."""

    name: str
    url: str
    sha256: str = ""
    sidecar: str = ""


@dataclass(frozen=True, slots=True)
class ListSource:
    """Where one list comes from."""

    code: str
    title: str
    publisher: str
    files: tuple[SourceFile, ...]
    max_bytes: int = 60_000_000


@dataclass(frozen=True, slots=True)
class UpdateOutcome:
    """What became of one list: a result, or the reason why the former version stays active."""

    code: str
    result: ImportResult | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Time limits in seconds: to connect, for silence on the line, and for a whole file."""

    connect_s: float = 10.0
    read_s: float = 30.0


def read_sources(text: str | None = None) -> dict[str, ListSource]:
    """Return the sources of a YAML text, or those that come with the package.

    Raises:
        ListError: When an entry is incomplete or an address is not http or https.
    """
    if text is None:
        text = files("tidewaiter.lists").joinpath("sources.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    if not isinstance(data, Mapping):
        raise ListError("sources: expected one entry a list, by its code")
    return {str(code): _source(str(code), entry) for code, entry in data.items()}


def _source(code: str, entry: object) -> ListSource:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("files"), list) or not entry["files"]:
        raise ListError(f"sources: {code}: expected title, publisher and files")
    found = []
    for item in entry["files"]:
        if not isinstance(item, Mapping) or not str(item.get("url", "")).startswith(("https://", "http://")):
            raise ListError(f"sources: {code}: each file needs a name and an http or https url")
        found.append(
            SourceFile(
                name=str(item.get("name") or str(item["url"]).rsplit("/", 1)[-1]),
                url=str(item["url"]),
                sha256=str(item.get("sha256", "")),
                sidecar=str(item.get("sidecar", "")),
            )
        )
    limit = int(entry.get("max_mb", 60)) * 1_000_000
    return ListSource(code, str(entry.get("title", code)), str(entry.get("publisher", "")), tuple(found), limit)


def update_lists(
    directory: Path,
    sources: Mapping[str, ListSource],
    options: ImportOptions | None = None,
    *,
    limits: FetchLimits | None = None,
    progress: Progress | None = None,
) -> tuple[UpdateOutcome, ...]:
    """Fetch and import each list; one that fails leaves its former version active and does not stop the others.

    Args:
        directory: The lists directory.
        sources: Lists to fetch, by code.
        options: Date and shrink policy. Without a date, the content's own date is taken, else the publisher's
            `Last-Modified`.
        limits: Time limits.
        progress: Called with (file name, bytes so far, bytes in all or None).

    Returns:
        One outcome a list, in the order of the sources.
    """
    limits = limits or FetchLimits()
    timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s)
    outcomes = []
    with httpx.Client(timeout=timeout, follow_redirects=True, max_redirects=_MAX_REDIRECTS) as client:
        for source in sources.values():
            try:
                result = _update_one(client, directory, source, options or ImportOptions(), progress)
                outcomes.append(UpdateOutcome(source.code, result))
            except ListError as error:
                outcomes.append(UpdateOutcome(source.code, None, str(error)))
    return tuple(outcomes)


def _update_one(
    client: httpx.Client, directory: Path, source: ListSource, options: ImportOptions, progress: Progress | None
) -> ImportResult:
    named: list[Named] = []
    stated = []
    for file in source.files:
        content, headers = _fetch(client, file.url, file.name, source.max_bytes, progress)
        _check_sum(client, file, content)
        named.append((file.name, content))
        if "last-modified" in headers:
            stated.append(headers["last-modified"])
    chosen = replace(options, code=source.code)
    try:
        return import_contents(named, directory, chosen)[0]
    except ListError as error:
        # The content says no date: the oldest Last-Modified of its files is the publisher's own word.
        if options.dated is not None or len(stated) < len(named) or "give --dated" not in str(error):
            raise
        try:
            oldest = min(parsedate_to_datetime(value) for value in stated)
        except (ValueError, TypeError):
            raise error from None
        return import_contents(named, directory, replace(chosen, dated=oldest.date()))[0]


def _fetch(
    client: httpx.Client, url: str, name: str, limit: int, progress: Progress | None
) -> tuple[bytes, httpx.Headers]:
    """Return the whole body and the headers, or raise with what happened."""
    chunks: list[bytes] = []
    size = 0
    try:
        with client.stream("GET", url) as response:
            if response.status_code != 200:
                raise ListError(f"{url}: the publisher answered {response.status_code}, expected 200")
            length = response.headers.get("content-length", "")
            whole = int(length) if length.isdigit() and "content-encoding" not in response.headers else None
            if whole is not None and whole > limit:
                raise ListError(f"{url}: the file has {whole} bytes, more than the {limit} allowed")
            for chunk in response.iter_bytes():
                size += len(chunk)
                if size > limit:
                    raise ListError(f"{url}: the file is longer than the {limit} bytes allowed")
                chunks.append(chunk)
                if progress is not None:
                    progress(name, size, whole)
            headers = response.headers
    except httpx.HTTPError as error:
        raise ListError(f"{url}: the download failed: {error or type(error).__name__}") from error
    if whole is not None and size != whole:
        raise ListError(f"{url}: the download broke off after {size} of {whole} bytes")
    if not size:
        raise ListError(f"{url}: the publisher sent an empty file")
    return b"".join(chunks), headers


def _check_sum(client: httpx.Client, file: SourceFile, content: bytes) -> None:
    expected = file.sha256.lower()
    if file.sidecar:
        text, _ = _fetch(client, file.sidecar, f"{file.name}.sha256", 10_000, None)
        found = _SHA256.search(text.decode("ascii", "replace"))
        if found is None:
            raise ListError(f"{file.sidecar}: the checksum file holds no SHA-256")
        expected = found.group().lower()
    actual = hashlib.sha256(content).hexdigest()
    if expected and actual != expected:
        raise ListError(f"{file.url}: the file has the SHA-256 {actual}, expected {expected}; it was not imported")
