"""The command line. Each command parses, calls one service function and renders; no rule or score lives here.

Exit codes: 0 nothing found, 1 findings, 2 bad input or arguments, 3 internal error.
"""

from __future__ import annotations

import os
import sys

import click
import typer

from tidewaiter import __version__
from tidewaiter.cli import (
    bench,
    bench_peer,
    bench_ratio,
    bench_slope,
    classify,
    history,
    history_patterns,
    link,
    lists,
    packs,
    parties,
    report_evaluate,
    report_ledger,
    report_show,
    reports,
    review,
    screen,
)
from tidewaiter.cli.common import BAD_INPUT, INTERNAL, console_error
from tidewaiter.model import InputError, TidewaiterError
from tidewaiter.service import collecting

app = typer.Typer(
    name="tidewaiter",
    help="Export-control screening for post and parcels. No answer says that an item may go: it says what was searched and found.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"tidewaiter {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """Export-control screening for post and parcels."""


app.command("screen")(screen.screen)
app.command("explain")(screen.explain)
bench.bench_app.command("peer")(bench_peer.bench_peer)
bench.bench_app.command("ratio")(bench_ratio.bench_ratio)
bench.bench_app.command("slope")(bench_slope.bench_slope)
app.add_typer(bench.bench_app, name="bench")
app.add_typer(link.link_app, name="link")
app.add_typer(classify.goods_app, name="goods")
app.add_typer(classify.licence_app, name="licence")
app.add_typer(parties.app, name="party")
app.add_typer(lists.app, name="lists")
app.add_typer(packs.app, name="pack")
history.app.command("patterns")(history_patterns.patterns)
history_patterns.bench_app.command("store")(history.bench_store)
history.app.add_typer(history_patterns.bench_app, name="bench")
app.add_typer(history.app, name="history")
report_ledger.add_commands(reports.app)
report_show.add_commands(reports.app)
reports.app.command("evaluate")(report_evaluate.evaluate)
app.add_typer(reports.app, name="report")
app.add_typer(review.app, name="review")


def run(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with the documented code."""
    collecting.run_to_the_end()
    sys.exit(main(arguments))


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        result = app(arguments, standalone_mode=False)
    except click.exceptions.Exit as done:
        return int(done.exit_code)
    except click.exceptions.Abort:
        console_error("stopped")
        return BAD_INPUT
    except click.ClickException as error:
        error.show()
        return BAD_INPUT
    except InputError as error:
        console_error(str(error))
        for problem in error.problems[:50]:
            console_error(f"  {problem}")
        if len(error.problems) > 50:
            console_error(f"  … and {len(error.problems) - 50} more")
        return BAD_INPUT
    except TidewaiterError as error:
        console_error(f"internal error: {error}")
        return INTERNAL
    except BrokenPipeError:
        sys.stderr.close()
        return BAD_INPUT
    except KeyboardInterrupt:
        console_error("stopped")
        return BAD_INPUT
    except Exception as error:
        if hasattr(error, "show") and hasattr(
            error, "exit_code"
        ):  # a usage error, also of a click that typer brings itself
            error.show()
            return BAD_INPUT
        if type(error).__name__ == "Exit" and hasattr(error, "exit_code"):
            return int(error.exit_code)
        console_error(f"internal error, please report it: {type(error).__name__}: {error}")
        if "TIDEWAITER_DEBUG" in os.environ:
            raise
        return INTERNAL
    return result if isinstance(result, int) else 0
