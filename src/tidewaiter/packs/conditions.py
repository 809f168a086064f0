"""Conditions as written in packs: the closed set of operators, parsed from text-only YAML into frozen values.

There is no arithmetic, free text or regular expression in a condition; see `docs/reference/pack-format.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from tidewaiter.packs.reader import LIKELIHOODS, Fields
from tidewaiter.packs.yamlio import Map, Node, Seq, Text
from tidewaiter.text.units import Quantity, parse_quantity

LOGIC = ("all", "any", "not")
ROUTE = ("destination", "origin", "transit", "goods_origin")
COMPARISONS = ("is", "in", "above", "at_least", "below", "at_most", "before", "after", "reaches", "covers", "within")
KINDS = (*LOGIC, *ROUTE, "concept", "code", "parameter", "fact", "value", "entry", "made_for", "contains", "use")


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison. `texts` are the operands as written; `quantities` the same read as quantities where they are."""

    op: str
    texts: tuple[str, ...]
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition. `kind` is one of `KINDS`; `name` is the parameter, fact, concept, definition or paragraph it names.

    `typically` is the likelihood that it holds when nothing is known; `where` is `file:line`.
    """

    kind: str
    name: str = ""
    children: tuple[Condition, ...] = ()
    test: Test | None = None
    names: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    typically: float | None = None
    where: str = ""


ALWAYS = Condition("all")


def parse_conditions(node: Node | None, fields: Fields, field: str) -> Condition:
    """Parse a list of conditions (all must hold) or a single one."""
    if node is None:
        return ALWAYS
    if isinstance(node, Seq):
        children = tuple(parse_condition(child, fields, f"{field}[{i}]") for i, child in enumerate(node))
        return (
            children[0] if len(children) == 1 else Condition("all", children=children, where=_where(fields, node.line))
        )
    return parse_condition(node, fields, field)


def _where(fields: Fields, line: int) -> str:
    return f"{fields.file}:{line}"


def parse_condition(node: Node, fields: Fields, field: str) -> Condition:
    """Parse one condition mapping; anything unknown is a located problem and reads as a condition that is never known."""
    if not isinstance(node, Map):
        fields.problem("expected a condition such as {parameter: x, at_least: '3 km'}", field, line=node.line)
        return Condition("fact", name="unreadable")
    sub = Fields(node, fields.file, fields.problems, ".".join(p for p in (fields.path, field) if p))
    kinds = [key for key in node if key in KINDS]
    if len(kinds) != 1:
        sub.problem("a condition names exactly one of its kinds", read=", ".join(node), expected=" | ".join(KINDS))
        return Condition("fact", name="unreadable")
    kind = kinds[0]
    typically = sub.likelihood("typically")
    sub.taken.add("because")
    where = _where(fields, node.line)
    if kind in LOGIC:
        sub.taken.add(kind)
        inner = node[kind]
        children = (
            tuple(parse_condition(child, sub, f"{kind}[{i}]") for i, child in enumerate(inner))
            if isinstance(inner, Seq)
            else (parse_condition(inner, sub, kind),)
        )
        sub.done()
        return Condition(kind, children=children, typically=typically, where=where)
    parser = _PARSERS.get(kind, _named)
    condition = parser(kind, node[kind], sub)
    sub.taken.add(kind)
    sub.done()
    return Condition(
        condition.kind, condition.name, (), condition.test, condition.names, condition.groups, typically, where
    )


def _named(kind: str, value: Node, sub: Fields) -> Condition:
    if not isinstance(value, Text):
        sub.problem("expected a name", kind)
        return Condition("fact", name="unreadable")
    if kind in ("parameter", "fact"):
        return Condition(kind, name=str(value), test=_test(sub, required=True))
    return Condition(kind, name=str(value))


def _entry(kind: str, value: Node, sub: Fields) -> Condition:
    names = sub.texts(kind)
    return Condition(kind, names=names)


def _concepts(kind: str, value: Node, sub: Fields) -> Condition:
    inner = Fields(value, sub.file, sub.problems, f"{sub.path}.{kind}")
    names = inner.texts("concepts") + inner.texts("concept")
    entries = inner.texts("entries") + inner.texts("entry")
    inner.taken |= {"test", "part", "principal"}
    inner.done()
    return Condition(kind, names=names, groups=entries)


def _code(kind: str, value: Node, sub: Fields) -> Condition:
    inner = Fields(value, sub.file, sub.problems, f"{sub.path}.{kind}")
    system = inner.choice("system", ("HS", "CN", "HTS", "TNVED"), "HS")
    starts = inner.texts("starts") + inner.texts("listed")
    inner.taken |= {"edition", "ex"}
    inner.done()
    for start in starts:
        if not start.isdigit():
            sub.problem("not a commodity code", kind, read=start, expected="digits without dots, e.g. '903180'")
    return Condition(kind, name=system, names=starts)


def _money(kind: str, value: Node, sub: Fields) -> Condition:
    inner = Fields(value, sub.file, sub.problems, f"{sub.path}.{kind}")
    inner.taken.add("per")
    test = _test(inner, required=True, money=True)
    inner.done()
    return Condition(kind, test=test)


def _route(kind: str, value: Node, sub: Fields) -> Condition:
    if isinstance(value, Map):
        inner = Fields(value, sub.file, sub.problems, f"{sub.path}.{kind}")
        groups = inner.texts("group") + inner.texts("groups")
        inner.done()
        return Condition(kind, groups=groups)
    names = sub.texts(kind)
    for name in names:
        if len(name) != 2 or not name.isupper():
            sub.problem("not an ISO 3166-1 alpha-2 code", kind, read=name)
    return Condition(kind, names=names)


_PARSERS = {
    "entry": _entry,
    "made_for": _concepts,
    "contains": _concepts,
    "code": _code,
    "value": _money,
    **dict.fromkeys(ROUTE, _route),
}


def _test(sub: Fields, required: bool = False, money: bool = False) -> Test | None:
    ops = [key for key in sub.node if key in COMPARISONS]
    if len(ops) != 1:
        if required:
            sub.problem("expected exactly one comparison", read=", ".join(sub.node), expected=" | ".join(COMPARISONS))
        return None
    op = ops[0]
    value = sub.raw(op)
    texts: list[str] = []
    for item in value if isinstance(value, Seq) else [value]:
        if isinstance(item, Seq):  # covers: [[a, b], …] lists one range per published unit; the first is compared
            texts.extend(str(part) for part in item)
        elif isinstance(item, Text):
            texts.append(str(item))
        else:
            sub.problem("expected plain text", op)
    if money:
        _check_money(sub, op, texts)
        return Test(op, tuple(texts))
    if op in ("before", "after"):
        for text in texts:
            try:
                date.fromisoformat(text)
            except ValueError:
                sub.problem("not a date", op, read=text, expected="YYYY-MM-DD")
    quantities = []
    for text in texts:
        try:
            quantities.append(parse_quantity(text))
        except ValueError:
            quantities = []
            break
    return Test(op, tuple(texts), tuple(quantities))


def _check_money(sub: Fields, op: str, texts: list[str]) -> None:
    for text in texts:
        parts = text.split()
        try:
            if len(parts) != 2 or len(parts[1]) != 3:
                raise InvalidOperation
            Decimal(parts[0])
        except InvalidOperation:
            sub.problem("not an amount of money", op, read=text, expected="an amount and a currency, e.g. '1500 USD'")


__all__ = ["ALWAYS", "COMPARISONS", "KINDS", "LIKELIHOODS", "Condition", "Test", "parse_condition", "parse_conditions"]
