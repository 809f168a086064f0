"""How well party matching works, measured on labelled names: what `tidewaiter party evaluate` prints.

Each module measures one thing and returns a `Section`: pairs, screening, blocking, fairness, speed, and a peer beside ours.
Labelled rows and lists are read in place from the shared data and are never part of the repository; what is generated here
(altered names, ordinary firms, people of many cultures) comes from fixed seeds, so two runs measure the same rows.
"""

from tidewaiter.service.matching_measures.report import Figure, Section
from tidewaiter.service.matching_measures.sources import Measured, open_data

__all__ = ["Figure", "Measured", "Section", "open_data"]
