"""The app with its commands, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import gc
import io
import sys

import typer

from comity.cli.ask import ask
from comity.cli.bilateral import bilateral
from comity.cli.brief import brief
from comity.cli.chain import chain
from comity.cli.check import check
from comity.cli.compare import compare
from comity.cli.count import count
from comity.cli.explain import explain
from comity.cli.fmt import fmt
from comity.cli.list_ import list_
from comity.cli.lot import lot
from comity.cli.profile import profile
from comity.cli.prove import prove
from comity.cli.show import show
from comity.cli.sql import sql
from comity.cli.timeline import timeline
from comity.cli.world import app as world

app = typer.Typer(
    name="comity",
    help="Agreements on the movement of people, read as code: what does a text guarantee, to whom, "
    "by which article, and whom does it leave out?",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("list")(list_)
app.command("show")(show)
app.command("chain")(chain)
app.command("check")(check)
app.command("fmt")(fmt)
app.command("explain")(explain)
app.command("ask")(ask)
app.command("prove")(prove)
app.command("compare")(compare)
app.command("profile")(profile)
app.command("sql")(sql)
app.command("count")(count)
app.command("brief")(brief)
app.command("bilateral")(bilateral)
app.command("timeline")(timeline)
app.command("lot")(lot)
app.add_typer(world, name="world")


def main() -> None:
    """Runs the command line; `comity` is this function."""
    # A command makes many small values and drops few: looking for garbage often costs a tenth.
    gc.set_threshold(200_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # a terminal without some letter still gets the rest
            stream.reconfigure(errors="replace")
    try:
        app()
    except BrokenPipeError:
        # The reader of our output has gone (`comity list | head`): that is no error of ours.
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
