"""Engines that carry out the plans of `link` over many items: DuckDB here, Spark later. They add no rule of their own."""
