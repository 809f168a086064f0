"""Does it need a licence, here, today? Assessed paragraphs and a route in, grounds and an answer out. Never reads text."""

from tidewaiter.screen.licence.cells import cells_of, comparisons_of
from tidewaiter.screen.licence.decision import (
    Assessed,
    Candidate,
    LicenceAnswer,
    NextQuestion,
    Surfacing,
    assess_all,
    decide,
)
from tidewaiter.screen.licence.general import GeneralAnswers, Reading, reading_of
from tidewaiter.screen.licence.grounds import Ground, ReleaseSeen, find_grounds
from tidewaiter.screen.licence.route import RouteRules, Routes

__all__ = [
    "Assessed",
    "Candidate",
    "GeneralAnswers",
    "Ground",
    "LicenceAnswer",
    "NextQuestion",
    "Reading",
    "ReleaseSeen",
    "RouteRules",
    "Routes",
    "Surfacing",
    "assess_all",
    "cells_of",
    "comparisons_of",
    "decide",
    "find_grounds",
    "reading_of",
]
