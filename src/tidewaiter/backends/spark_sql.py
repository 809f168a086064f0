"""Pattern plans in the SQL of Spark: the one dialect of `link.patterns`, read by sqlglot and written for Spark.

sqlglot alone would lose the order inside `array_agg`, fractions of seconds in `epoch`, and reckon `1.0` as a decimal with few
digits; those, and what else differs in meaning, are set right here before Spark's SQL is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import sqlglot
from sqlglot import exp

_NAMED = re.compile(r"\$([a-z_]+)")
_BOUND = "bound__"


def for_spark(sql: str, bound: Mapping[str, float | str] | None = None) -> list[str]:
    """Return the statements of a plan in Spark's SQL, values bound.

    Args:
        sql: a plan, or several statements.
        bound: what its named values (`$window_days`) are.
    """
    marked = _NAMED.sub(lambda found: _BOUND + found[1], sql)
    statements = [statement for statement in sqlglot.parse(marked, read="duckdb") if statement is not None]
    return [str(_rewritten(s, bound or {}).sql(dialect="spark", comments=False)) for s in statements]


def made_tables(sql: str) -> list[tuple[str, str]]:
    """Return the (name, query in Spark's SQL) of the tables that a shared plan makes."""
    found = []
    for statement in sqlglot.parse(sql, read="duckdb"):
        if isinstance(statement, exp.Create):
            query = _rewritten(statement.expression, {}).sql(dialect="spark", comments=False)
            found.append((statement.this.name, str(query)))
    return found


def _rewritten(tree: Any, bound: Mapping[str, float | str]) -> Any:
    """Return the tree with each node set right, the innermost first."""
    for node in reversed(list(tree.walk())):
        other = _node(node, bound)
        if other is not node and node is tree:
            return other
        if other is not node:
            node.replace(other)
    return tree


def _node(node: Any, bound: Mapping[str, float | str]) -> Any:
    if isinstance(node, exp.Column) and node.name.startswith(_BOUND):
        value = bound[node.name.removeprefix(_BOUND)]
        return exp.Literal.string(value) if isinstance(value, str) else _double(repr(float(value)))
    if isinstance(node, exp.Literal) and not node.is_string and "." in node.this and not node.this.endswith("D"):
        return _double(node.this)
    if isinstance(node, exp.ArrayAgg):
        return _ordered_list(node)
    if isinstance(node, exp.GroupConcat):
        return _joined(node)
    if isinstance(node, exp.Floor):  # of a double Spark makes a whole number, which no window of doubles takes
        parent = node.parent
        return node if isinstance(parent, exp.Cast) else exp.cast(node.copy(), "DOUBLE")
    if isinstance(node, exp.PercentileCont | exp.Quantile):
        share = node.args.get("quantile") or node.args.get("expression")
        return exp.Anonymous(this="percentile", expressions=[node.this.copy(), share.copy()])
    if isinstance(node, exp.WindowSpec) and node.args.get("kind") == "RANGE":
        for side in ("start", "end"):
            if isinstance(node.args.get(side), exp.Literal):
                node.set(side, _double(node.args[side].this.rstrip("D")))
        return node
    name = node.name.lower() if isinstance(node, exp.Anonymous) else type(node).__name__.lower()
    if name in ("epoch", "timetounix"):
        return exp.Anonymous(this="seconds_of", expressions=[node.this if name != "epoch" else node.expressions[0]])
    if name == "hash" and isinstance(node, exp.Anonymous):
        return exp.Anonymous(this="xxhash64", expressions=node.expressions)
    return node


def _double(text: str) -> exp.Literal:
    return exp.Literal.number(f"{text}D")


def _ordered_list(node: exp.ArrayAgg) -> Any:
    """Return `array_agg(x ORDER BY …)` as a list sorted by those keys; every order in the plans is ascending."""
    inner = node.this
    if not isinstance(inner, exp.Order):
        return node
    value = inner.this
    keys = [ordered.this for ordered in inner.expressions]
    one = value.expressions[0] if isinstance(value, exp.Distinct) else value
    if len(keys) == 1 and keys[0] == one:
        kind = "collect_set" if isinstance(value, exp.Distinct) else "collect_list"
        return exp.Anonymous(this="array_sort", expressions=[exp.Anonymous(this=kind, expressions=[one.copy()])])
    named = [(f"key{place}", key) for place, key in enumerate(keys)] + [("value", one)]
    pairs = [part for name, found in named for part in (exp.Literal.string(name), found.copy())]
    rows = exp.Anonymous(this="named_struct", expressions=pairs)
    gathered = exp.Anonymous(this="array_sort", expressions=[exp.Anonymous(this="collect_list", expressions=[rows])])
    pick = exp.Lambda(this=exp.column("value", "row"), expressions=[exp.to_identifier("row")])
    return exp.Anonymous(this="transform", expressions=[gathered, pick])


def _joined(node: exp.GroupConcat) -> Any:
    """Return `string_agg(DISTINCT x, ', ' ORDER BY x)` as the set, sorted and joined.

    Spark's own `listagg` fails at run time where another distinct count stands beside it (seen with 4.3).
    """
    found = node.find(exp.Distinct)
    if found is None:
        return node
    gathered = exp.Anonymous(this="collect_set", expressions=[found.expressions[0].copy()])
    rows = exp.Anonymous(this="array_sort", expressions=[gathered])
    return exp.Anonymous(this="array_join", expressions=[rows, node.args["separator"].copy()])
