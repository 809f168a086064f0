"""`tidewaiter licence ask`: walk the open questions of one thing and route."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import typer

from tidewaiter.cli.common import AS_OF, FINDINGS, NOTHING, byte_output, legal_date
from tidewaiter.formats.outcomes import dumps
from tidewaiter.model import GoodsLine, InputError
from tidewaiter.service.licence_answers import Asked, money_in, place_in
from tidewaiter.service.licence_text import outcome_text, question_text
from tidewaiter.service.licence_walk import LicenceWalk, declaration_of
from tidewaiter.service.screening import build_screener

MOST_QUESTIONS = 25


def ask(
    goods: str = typer.Argument(..., metavar="GOODS", help="What is to be sent, in any language."),
    origin: str = typer.Option(..., "--from", metavar="COUNTRY", help="Place of posting, two letters."),
    destination: str = typer.Option(..., "--to", metavar="COUNTRY", help="Where it goes, two letters."),
    via: list[str] = typer.Option([], "--via", help="Transit country; may be repeated."),
    hs: str = typer.Option("", "--hs", help="Commodity code, digits."),
    value: str = typer.Option("", "--value", help="Value with currency, e.g. '200 EUR'."),
    consignee_type: str = typer.Option(
        "", "--consignee-type", help="private-person, business, government, military, …"
    ),
    end_use: str = typer.Option("", "--end-use", help="civil, military, resale, research, wmd."),
    language: str = typer.Option("en", "--language", help="Language of the questions: en ru uk zh de fr es ar tr."),
    answers: Path | None = typer.Option(
        None, "--answers", help="JSON object of answers (fact: answer) instead of asking; what is not in it stays open."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the outcome as JSON."),
    output: Path | None = typer.Option(
        None, "-o", "--output", help="Write the outcome here instead of standard output."
    ),
    as_of: str | None = AS_OF,
) -> int:
    """Ask what is missing, one question at a time, and say what the law asks for, with its grounds."""
    amount, currency = money_in(value) if value.strip() else (None, "")
    line = GoodsLine(goods, hs="".join(c for c in hs if c.isdigit()), value=amount, currency=currency)
    declaration = declaration_of(
        line,
        place_in(origin),
        place_in(destination),
        route=tuple(map(place_in, via)),
        consignee_type=consignee_type,
        end_use=end_use,
    )
    walk = LicenceWalk(build_screener(legal_date(as_of)), declaration, language)
    told = _told(answers) if answers is not None else None
    _walk(walk, (lambda asked: told.get(asked.fact, "?")) if told is not None else _terminal)
    outcome = walk.outcome()
    with byte_output(output) as handle:
        handle.write(dumps(outcome) + b"\n" if as_json else outcome_text(outcome).encode())
    return NOTHING if outcome["required"] == "no" else FINDINGS


def _walk(walk: LicenceWalk, answer: Callable[[Asked], str]) -> None:
    for _ in range(MOST_QUESTIONS):
        asked = walk.question()
        if asked is None:
            return
        said = answer(asked)
        try:
            walk.tell(asked, said)
        except InputError as error:
            if answer is not _terminal:
                raise
            print(f"  {error}", file=sys.stderr)


def _terminal(asked: Asked) -> str:
    """Put a question on the terminal; the end of input counts as not known."""
    print(question_text(asked), file=sys.stderr)
    print("> ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    return line.strip() if line else "?"


def _told(path: Path) -> dict[str, str]:
    try:
        raw = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(f"{path}: not readable as JSON: {error}") from error
    if not isinstance(raw, dict):
        raise InputError(f"{path}: expected an object of fact: answer, read {type(raw).__name__}")
    return {str(name): "?" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)
            for name, value in raw.items()}  # fmt: skip
