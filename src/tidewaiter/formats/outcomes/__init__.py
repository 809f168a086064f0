"""Writers of screenings: JSON Lines, CSV, Parquet, an HTML report, and text for the terminal.

Readers of declarations live in `tidewaiter.formats`. Nothing here decides anything; it shows what a screening says.
"""

from tidewaiter.formats.outcomes.csvfile import COLUMNS, CsvWriter
from tidewaiter.formats.outcomes.explain import ANSI, BRACKETS, explain_text
from tidewaiter.formats.outcomes.html import HtmlReportWriter, RunInfo
from tidewaiter.formats.outcomes.jsonl import JsonEncoder, JsonlWriter, dumps, screening_to_dict, screening_to_json
from tidewaiter.formats.outcomes.opening import FORMATS, open_writer
from tidewaiter.formats.outcomes.parquet import ParquetWriter
from tidewaiter.formats.outcomes.summary import RunCounter, RunSummary, summary_table
from tidewaiter.formats.outcomes.target import OutcomeWriter
from tidewaiter.formats.outcomes.wording import OUTCOME_MEANING, reason_lines

__all__ = [
    "ANSI",
    "BRACKETS",
    "COLUMNS",
    "FORMATS",
    "OUTCOME_MEANING",
    "CsvWriter",
    "HtmlReportWriter",
    "JsonEncoder",
    "JsonlWriter",
    "OutcomeWriter",
    "ParquetWriter",
    "RunCounter",
    "RunInfo",
    "RunSummary",
    "dumps",
    "explain_text",
    "open_writer",
    "reason_lines",
    "screening_to_dict",
    "screening_to_json",
    "summary_table",
]
