"""No bytes given as a list file raise anything but a located list error, and nothing becomes active."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.lists import ImportOptions, import_contents, list_codes
from tidewaiter.model import ListError

STARTS = [
    b"",
    b"<?xml version='1.0'?><CONSOLIDATED_LIST dateGenerated='2026-02-27'><INDIVIDUALS><INDIVIDUAL>",
    b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n',
    b"_id,source,entity_number,type,programs,name,title,addresses\n",
    b"list_id,schema,name\n1,Person,",
    b"\x1f\x8b",
    b'{"',
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_list_error(start: bytes, noise: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        with contextlib.suppress(ListError):
            import_contents([("x.csv", start + noise)], directory, ImportOptions(date(2026, 1, 1), "fuzz"))
            return
        assert "fuzz" not in list_codes(directory)
