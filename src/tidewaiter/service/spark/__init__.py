"""Screening on a Spark cluster: Spark hands out parts of files and keeps the results; the screening is the local one."""
