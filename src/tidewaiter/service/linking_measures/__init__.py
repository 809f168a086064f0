"""How well linking works, measured on labelled and invented records: what `tidewaiter link evaluate` prints.

Each module measures one thing and returns a `Section`. Invented people come from fixed seeds; the settings that are
reported are not those the engine was built on. Labelled sets are read in place from the shared data.
"""
