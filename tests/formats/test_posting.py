"""When, where and under which message an item was posted: the fields the history needs, from every kind of file."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from tidewaiter.formats import from_object, open_declarations, to_object
from tidewaiter.formats.outcomes.jsonl import declaration_to_dict
from tidewaiter.formats.values import read_instant
from tidewaiter.model import Declaration, GoodsLine, Party, Source

MOSCOW = timezone(timedelta(hours=3))


def one(content: str, name: str) -> Declaration:
    (found,) = open_declarations(io.BytesIO(content.encode()), name=name)  # type: ignore[arg-type]
    assert isinstance(found, Declaration), found
    return found


def full() -> Declaration:
    return Declaration(
        "A1",
        (GoodsLine("tea"),),
        posted=date(2026, 9, 14),
        consignor=Party("Anna", handle="anna77"),
        posted_at=datetime(2026, 9, 14, 1, 30, tzinfo=MOSCOW),
        office="101000",
        message_id="M-7",
        message_version="2",
        measured_mass_g=Decimal("812.5"),
        payer="Boris",
        source=Source("x", 1),
    )


@pytest.mark.parametrize("write", [to_object, declaration_to_dict])
def test_posting_survives_the_json_forms(write: object) -> None:
    written = json.loads(json.dumps(write(full())))  # type: ignore[operator]
    assert from_object(written, Source("x", 1)) == full()


def test_a_flat_file_tells_the_posting_under_its_own_names() -> None:
    found = one(
        "tracking number,posting date,posting office,message id,message version,measured weight,payer,sender,seller id,contents\n"
        "A1,2026-09-14T01:30:00+03:00,101000,M-7,2,0.8125,Boris,Anna,anna77,tea\n",
        "x.csv",
    )
    want = full()
    for name in ("posted", "posted_at", "office", "message_id", "message_version", "measured_mass_g", "payer"):
        assert getattr(found, name) == getattr(want, name), name
    assert found.consignor == want.consignor
    assert found.problems == ()


def test_an_xml_message_tells_its_version_and_office() -> None:
    found = one(
        "<Message><MailObject><Id>A1</Id><MessageId>M-7</MessageId><MessageVersion>2</MessageVersion>"
        "<PostingDt>2026-09-13T22:30:00Z</PostingDt><PostingOffice>101000</PostingOffice><MeasuredWeight>0.8125</MeasuredWeight>"
        "<ContentPiece><Description>tea</Description></ContentPiece></MailObject></Message>",
        "x.xml",
    )
    assert (found.message_id, found.message_version, found.office) == ("M-7", "2", "101000")
    assert found.posted_at == datetime(2026, 9, 13, 22, 30, tzinfo=UTC)
    assert found.posted == date(2026, 9, 13)
    assert found.measured_mass_g == Decimal("812.5")


@pytest.mark.parametrize("text", ["2026-09-14", "2026-09-14 10:30", "14.09.2026", "", "2026-13-01T00:00:00Z"])
def test_a_date_or_a_time_without_a_zone_is_no_instant(text: str) -> None:
    assert read_instant(text) is None
