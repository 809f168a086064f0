"""When and by whom a report was published: from the data of its page, else from a line that is a date, else from its dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tidewaiter.formats.reports.blocks import Extract
from tidewaiter.formats.reports.clean import one_line
from tidewaiter.formats.reports.dates import find_date, stamp_of_data
from tidewaiter.formats.reports.words import LineWords
from tidewaiter.model.claims import Passage, Stamp

_DATELINE = re.compile(r"\s*([^\n]{3,90}?)(?:\s[—–-]{1,2}\s|—|\.\s[—–-]\s|:\s|$)")
_PLACE_AND_DATE = re.compile(r"\W*[^\W\d_][\w'’.-]*(?:[ -][^\W\d_][\w'’.-]*){0,3}\s*[,(/]")
_BRACKETS = re.compile(r"\(([^()\d]{2,40})\)\s*$")


def origin(
    extract: Extract, dated: Stamp, text: str, passages: Sequence[Passage], lines: LineWords
) -> tuple[Stamp, str]:
    """Return the date of publication and the publisher.

    Args:
        extract: what the page's own data say.
        dated: the date line of the text, or an unknown stamp.
        text: the text of the report.
        passages: its passages; the dateline begins the first of the body.
        lines: the words of its language.
    """
    published, publisher = stamp_of_data(extract.published), one_line(extract.publisher)
    if published.first is None:
        published = dated
    body = next((passage for passage in passages if passage.kind == "body"), None)
    head = _dateline(text[body.start : body.start + 120], lines) if body is not None else ""
    if body is None or not head:
        return published, publisher
    day = find_date(head, lines.language)
    if published.first is None and not published.text and day is not None:
        published = day.stamp(head, body.start)
    return published, publisher or lines.agency(head) or _in_brackets(head)


def _dateline(start: str, lines: LineWords) -> str:
    """Return the dateline with which a body begins ("KYIV, March 3 (Interfax-Ukraine) — "), with the agency after it, or ""."""
    match = _DATELINE.match(start)
    if match is None or match.end() == len(start):
        return ""
    head = match[1]
    first = head.split()[0].strip(",.:(")
    if len(first) > 2 and first.isupper():
        # "МОСКВА, 3 мар — РИА Новости. …": the agency stands after the dash
        after = start[match.end() :].partition(". ")
        return start[: match.end() + len(after[0])] if after[1] and len(after[0]) < 30 else head
    return head if _PLACE_AND_DATE.match(head) and (lines.agency(head) or find_date(head, lines.language)) else ""


def _in_brackets(head: str) -> str:
    """Return what stands in brackets in a dateline that begins with a town in capitals: by custom the agency, known to us or not."""
    town = head.split()[0].strip(",.:(")
    found = _BRACKETS.search(head) if len(town) > 2 and town.isupper() else None
    return found[1].strip() if found is not None else ""
