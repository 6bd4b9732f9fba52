"""`comity brief REGIME`: the dossier, one folder of HTML that needs no network and no script."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.output import (
    JSON_HELP,
    ON_HELP,
    cache,
    day,
    mirror,
    print_document,
    readings,
    reported,
    say,
)


def brief(
    regime: Annotated[
        str,
        typer.Argument(help="`today`: the law in force; with a draft, such as imfc: the draft."),
    ],
    against: Annotated[
        str | None,
        typer.Option("--against", help="Only for a draft: the law beside it.  [default: encoded]"),
    ] = None,
    to: Annotated[Path, typer.Option("--to", help="Folder of the dossier.")] = Path("dossier"),
    on: Annotated[str | None, typer.Option("--on", help=ON_HELP)] = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="QUESTION=OPTION; may be repeated.")
    ] = None,
    danger: Annotated[
        str, typer.Option("--danger", help="Reading of conflict data: `person` or `situation`.")
    ] = "person",
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Write the dossier on the law in force, or on a draft: for whom, how many, who is left out."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from comity.api.briefing import brief as write

    if danger not in ("person", "situation"):
        raise typer.BadParameter("`person` or `situation`", param_hint="--danger")
    law_day = day(on, as_json=as_json)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with reported(as_json=as_json), Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading the law", total=None)

        def report(what: str, done: int, whole: int) -> None:
            bar.update(task, description=what, completed=done, total=whole)

        document = write(
            regime,
            against,
            to,
            on=law_day,
            today=day(None, as_json=as_json),
            mirror=mirror(),
            cache=cache(),
            readings=readings(reading or [], as_json=as_json),
            danger=danger,
            progress=report,
        )
    if as_json:
        print_document(document)
        return
    say(f"{document.path}\n")
    for number, finding in enumerate(document.findings, 1):
        say(f"{number}. {finding.text}")
        if finding.certain is not None:
            say(
                f"   certain {finding.certain:,}; possible {finding.possible:,}; "
                f"under the set ordinary {finding.assumed:,}"
            )
    say(f"\n{len(document.files)} files, {document.seconds:.0f} s")
