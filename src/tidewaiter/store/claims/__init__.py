"""The ledger of reports in one SQLite file: documents, claims and what people did with them. Rows are only added."""
