"""The vocabulary of the project as frozen values. Standard library only; every other package may import it."""

from tidewaiter.model.declaration import Declaration, Document, GoodsLine, Party, Source
from tidewaiter.model.dismissal import Dismissal
from tidewaiter.model.errors import InputError, InternalError, ListError, PackError, TidewaiterError
from tidewaiter.model.history import FoundItem, FoundLine, HistoryLink, HistoryState, HistoryView, PriorItem, PriorLine
from tidewaiter.model.listed import ListedName, ListedParty, ListVersion
from tidewaiter.model.problems import Problem
from tidewaiter.model.screening import (
    Checked,
    Contribution,
    Counterfactual,
    Coverage,
    Evidence,
    Finding,
    LegalBasis,
    NotChecked,
    Outcome,
    Question,
    Screening,
    Severity,
    Versions,
)

__all__ = [
    "Checked",
    "Contribution",
    "Counterfactual",
    "Coverage",
    "Declaration",
    "Dismissal",
    "Document",
    "Evidence",
    "Finding",
    "FoundItem",
    "FoundLine",
    "GoodsLine",
    "HistoryLink",
    "HistoryState",
    "HistoryView",
    "InputError",
    "InternalError",
    "LegalBasis",
    "ListError",
    "ListVersion",
    "ListedName",
    "ListedParty",
    "NotChecked",
    "Outcome",
    "PackError",
    "Party",
    "PriorItem",
    "PriorLine",
    "Problem",
    "Question",
    "Screening",
    "Severity",
    "Source",
    "TidewaiterError",
    "Versions",
]
