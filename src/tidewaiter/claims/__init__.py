"""Reports into claims: who says what about whom, on whose word. Pure functions over a `Document`; no claim becomes a rule here."""
