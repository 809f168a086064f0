"""A page for each incident of a ledger: who says what, when, how sure, what contradicts what, and where each word stands."""

from tidewaiter.service.reports.page.drawing import ledger_page

__all__ = ["ledger_page"]
