"""`comity check`: parse, type, and run every case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.output import JSON_HELP, day, fail, fault_model, print_document, say


def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID or PATH]...", help="Instruments; all if none."),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="Day of the cases that name none.")] = None,
    format_: Annotated[
        str, typer.Option("--format", help="`text`, or `gnu` for editors: file:line:column.")
    ] = "text",
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Check agreements: their text, their types, and every case beside their articles."""
    from comity.api import library as shelf
    from comity.api.cautions import contest_warnings, review_warnings
    from comity.api.checking import check as run
    from comity.api.checking import check_packaged as run_packaged
    from comity.cli.output import reported

    if format_ not in ("text", "gnu"):
        raise typer.BadParameter("`text` or `gnu`", param_hint="--format")
    law_day = day(on, as_json=as_json)
    with reported(as_json=as_json):
        paths = [Path(n) for n in names or [] if shelf.looks_like_path(n)]
        library, own = shelf.with_files(paths)
        ids = list(own)
        for name in names or []:
            if not shelf.looks_like_path(name):
                if shelf.instrument_id(name) not in library.instruments:
                    raise shelf.no_such(name, library)
                ids.append(shelf.instrument_id(name))
        if not names:
            library = shelf.packaged()
            ids = list(library.instruments)
        checked = run(library, ids, on=law_day) if names else run_packaged(on=law_day)
    read = [library.instruments[name] for name in checked.instruments]
    today = day(None, as_json=as_json)
    for warning in (*contest_warnings(read), *review_warnings(read, today)):
        say(f"! {warning}", err=True)
    if as_json:
        # imported here: building the models costs more than checking an agreement
        from comity.api.schema import CaseCount, CheckDocument

        print_document(
            CheckDocument(
                errors=tuple(fault_model(f) for f in checked.faults),
                cases=CaseCount(run=checked.run, failed=checked.failed),
                instruments=tuple(checked.instruments),
            )
        )
        raise typer.Exit(0 if checked.passed else 1)
    for name in checked.instruments:
        coverage = library.instruments[name].coverage
        say(f"{name}: {coverage.share}, {checked.cases[name]} cases")
    failed = f", {checked.failed} failed" if checked.failed else ", all pass"
    if len(checked.faults) > checked.failed:  # what could not be read has no case that passes
        failed = f", {checked.failed} failed" if checked.failed else ""
        failed += "; there are faults"
    say(f"{len(checked.instruments)} instruments, {checked.run} cases{failed}")
    if not checked.passed:
        fail(checked.faults, as_json=False, gnu=format_ == "gnu")
