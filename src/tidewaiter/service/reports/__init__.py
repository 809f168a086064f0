"""Use cases of reports: reading files of them, and what each of them leads to."""
