"""Reports: plain text, pages, PDFs, mails and tables of texts to `Report` values with passages and offsets."""

from tidewaiter.formats.reports.reader import MAX_BYTES, Reading, ReportReader, read_reports
from tidewaiter.formats.reports.words import PageWords, WordTable

__all__ = ["MAX_BYTES", "PageWords", "Reading", "ReportReader", "WordTable", "read_reports"]
