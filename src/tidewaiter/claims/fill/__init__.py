"""The slots of a predicate in its sentence: who, what goods, how many, where and when. Positions decide, with the kinds of mentions a predicate takes: no syntax tree."""
