"""`comity list`: the library, or the words of the vocabulary."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from comity.cli.output import JSON_HELP, ON_HELP, day, print_document, print_json, reported, say


def list_(
    what: Annotated[
        str,
        typer.Argument(
            help="`instruments`; `lines` of their fact sheets; or of the vocabulary: `facts`, "
            "`rights`, `scales`."
        ),
    ] = "instruments",
    on: Annotated[str | None, typer.Option("--on", help=ON_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """List the instruments with their parties and coverage, or the words that they share."""
    from comity.api.shelves import list_document, words_of

    law_day = day(on, as_json=as_json)
    if what not in ("instruments", "lines", "facts", "rights", "scales"):
        raise typer.BadParameter(
            "`instruments`, `lines`, `facts`, `rights` or `scales`", param_hint="WHAT"
        )
    if what == "lines":
        _list_lines(law_day, as_json=as_json)
        return
    with reported(as_json=as_json):
        if what != "instruments":
            import json

            words = words_of(what)
            if as_json:
                print_json(json.dumps(words, indent=2, ensure_ascii=False))
                return
            for word in words:
                say(f"{word['name']:32} {word['type']:24} {word['meaning']}")
            return
        document = list_document(law_day)
    if as_json:
        print_document(document)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("id", "title", "force", "status", "parties", "coverage", "cases", "proofs"):
        table.add_column(
            heading,
            justify="right" if heading in ("parties", "cases", "proofs") else "left",
            no_wrap=heading == "id",  # an id that is cut short cannot be asked for
        )
    for i in document.instruments:
        table.add_row(
            i.id,
            i.title,
            i.force,
            i.status.replace("_", " "),
            str(i.parties),
            i.coverage.share,
            str(i.cases),
            str(i.proofs),
        )
    console = Console(soft_wrap=False)
    console.print(table)
    console.print(
        f"\nParties on {document.date}. Named lists: {', '.join(document.named_lists)}.",
        highlight=False,
    )


def _list_lines(law_day: date, *, as_json: bool) -> None:
    """Lines encoded against lines in the sheets; what is refused, and why."""
    from comity.api.lineage import lines_document

    with reported(as_json=as_json):
        document = lines_document(law_day)
    if as_json:
        print_document(document)
        return
    for model in document.instruments:
        if model.lines is None:
            say(f"{model.id}: lines of its sheet not listed; {model.coverage}")
            continue
        say(
            f"{model.id}: {model.encoded} of {model.lines} lines encoded, {model.in_part} in part; "
            f"{model.vectors_as_cases} of {model.vectors or 0} vectors as cases; {model.coverage}; "
            f"review by {model.review_by or 'no day'}"
        )
        for refusal in model.refused:
            partly = "in part " if refusal.partly else ""
            say(f"    {refusal.number} {partly}{refusal.reason.replace('_', ' ')}: {refusal.note}")
    say(
        f"\n{document.encoded} of {document.lines} lines encoded at least in part, "
        f"{document.refused} refused."
    )
