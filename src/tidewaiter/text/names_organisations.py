"""Organisation forms in names: repaired when misspelled, recognised, dropped and unified."""

from __future__ import annotations

from functools import cache

from rapidfuzz.distance import OSA

from tidewaiter.text.names_data import organisation_forms

# Form words long enough to be recognised with one typing error, glued to another word, or cut off at a field limit.
LONG_FORMS = ("limited", "company", "corporation", "liability", "private", "incorporated")
_GLUED_FORMS = ("company", "limited", "corporation", "ltd", "llc", "gmbh", "fze", "jsc", "dmcc", "ltda", "corp")
_GLUED_BEFORE = ("company", "limited", "ooo")
# Words written after a name for a place within the firm; a legal form before them still stands at the end.
_APPENDED = frozenset({"warehouse", "whse", "dept", "department", "office", "unit", "branch", "store", "no"})


@cache
def _first_words() -> tuple[frozenset[str], int]:
    forms = organisation_forms()
    return frozenset(form[0] for form in forms), max(map(len, forms))


def may_be_form(token: str) -> bool:
    """Return whether a word begins an organisation form, misspells one or has one glued to it."""
    first, _ = _first_words()
    return token in first or token in ("joint", "stock") or _repair_forms([token]) != [token]


def drop_forms(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Split tokens into those of the name and the unified organisation forms; at least one name token is kept."""
    first, longest = _first_words()
    tokens = _repair_forms(tokens)
    if first.isdisjoint(tokens):
        return tokens, []
    table = organisation_forms()
    kept: list[str] = []
    dropped: list[str] = []
    candidates: list[tuple[int, int, str]] = []
    position, count = 0, len(tokens)
    end = count
    while end > 1 and (tokens[end - 1].isdigit() or tokens[end - 1] in _APPENDED):
        end -= 1
    while position < count:
        step = 1
        if tokens[position] in first:
            for size in range(min(longest, count - position), 0, -1):
                found = table.get(tuple(tokens[position : position + size]))
                if found is not None and _may_drop(found[1], position == 0, position + size in (end, count)):
                    candidates.append((position, size, found[0]))
                    step = size
                    break
        position += step
    gone: set[int] = set()
    for start, size, unified in candidates:
        gone.update(range(start, start + size))
        dropped.append(unified)
    kept = [token for index, token in enumerate(tokens) if index not in gone]
    if not kept:
        return tokens, []
    # "Acme Co Ltd Trading LLC": a form that became the edge after another was dropped is a form too.
    again, more = drop_forms(kept) if dropped and len(kept) > 1 else (kept, [])
    return again, dropped + more


def _may_drop(where: str, is_first: bool, is_last: bool) -> bool:
    """Return whether a form that is dropped only at some places of a name may be dropped at this one."""
    return where == "any" or (is_first and where in ("edge", "first")) or (is_last and where in ("edge", "last"))


def _repair_forms(tokens: list[str]) -> list[str]:
    """Correct one typing error in a long form word and part a form word glued to the word before it."""
    repaired: list[str] = []
    for token in tokens:
        length = len(token)
        if length > 5:
            for form in LONG_FORMS:
                if -2 < length - len(form) < 2 and OSA.distance(token, form, score_cutoff=1) == 1:
                    token = form
                    break
        if length > 6 and token.endswith(_GLUED_FORMS) and token not in LONG_FORMS:
            form = next(form for form in _GLUED_FORMS if token.endswith(form))
            if length - len(form) > 3:
                repaired.append(token[: -len(form)])
                token = form
        elif length > 6 and token.startswith(_GLUED_BEFORE) and token not in LONG_FORMS:
            form = next(form for form in _GLUED_BEFORE if token.startswith(form))
            if length - len(form) > 3:
                repaired.append(form)
                token = token[len(form) :]
        repaired.append(token)
    for position in range(len(repaired) - 1):
        first, second = repaired[position], repaired[position + 1]
        if first == "joint" and OSA.distance(second, "stock", score_cutoff=1) == 1:
            repaired[position + 1] = "stock"
        elif second == "stock" and OSA.distance(first, "joint", score_cutoff=1) == 1:
            repaired[position] = "joint"
    return repaired
