"""The words by which lines of a report are told apart, from `packs/report-words/boilerplate.yaml`. `formats` reads no pack, so they are passed in."""

from __future__ import annotations

from pathlib import Path

from tidewaiter.formats.reports import PageWords, WordTable
from tidewaiter.model import PackError
from tidewaiter.packs.boilerplate import read_boilerplate
from tidewaiter.packs.yamlio import read
from tidewaiter.service.locations import packs_folder

FILE = "report-words/boilerplate.yaml"


def load_page_words(folder: Path | None = None) -> WordTable:
    """Read the words of lines, without loading the other packs.

    Args:
        folder: the folder of packs; the shipped one if not given.

    Raises:
        PackError: the file does not read; every problem is listed.
        InputError: there is no folder of packs.
    """
    node, problems = read(packs_folder(folder) / FILE, FILE)
    tables = read_boilerplate(node, FILE, problems)
    if problems:
        raise PackError(f"{FILE} does not read", problems)
    return WordTable(PageWords(**tables))
