"""Who and what a sentence names: persons, bodies, outlets, places, dates, counts and money."""
