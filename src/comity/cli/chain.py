"""`comity chain ID[/RULE]`: what a conclusion was carried into, walked to the law at its end."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.output import JSON_HELP, print_document, reported, say


def chain(
    name: Annotated[
        str, typer.Argument(metavar="ID[/RULE]", help="such as budapest_process or its rule")
    ],
    state: Annotated[
        str, typer.Option("--state", help="Only the way to this State's law (three letters).")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Walk from an informal conclusion to the conditions and laws that it became."""
    from comity.api.lineage import chain_document

    with reported(as_json=as_json):
        document = chain_document(name, state=state)
    if as_json:
        print_document(document)
        return
    if not document.links:
        where = f" of {state}" if state else ""
        say(f"Nothing of {name} is known to have been carried into any other text or law{where}.")
        return
    previous = ""
    for link in document.links:
        margin = "    " * link.depth
        if link.source != previous and link.depth == 0:
            say(f"{link.source}  {link.source_says}")
        previous = link.source
        whose = f" [{', '.join(link.states)}]" if link.states else ""
        target = f"{link.target}  " if link.target else ""
        again = "  (walked above)" if link.repeats else ""
        say(f"{margin}  -> {link.since}  {target}{link.target_says}{whose}{again}")
        say(f"{margin}       {link.evidence}")
        if link.doubt:
            say(f"{margin}       doubtful: {link.doubt}")
    say(f"\n{document.note}")
