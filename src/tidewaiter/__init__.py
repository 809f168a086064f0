"""Tidewaiter: export-control screening for post and parcels.

Reads what senders declare and says for each postal item, with reasons: nothing found in what was checked, look at it,
or hold it. People decide.
"""

__version__ = "0.1.0"
