"""The history: what was posted before, by whom, and what was decided, in one SQLite file with one writer."""
