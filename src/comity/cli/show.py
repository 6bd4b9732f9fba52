"""`comity show ID[/ARTICLE]`: an instrument, or one article with its rules."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.output import JSON_HELP, ON_HELP, day, print_document, reported, say


def show(
    name: Annotated[str, typer.Argument(metavar="ID[/ARTICLE]", help="such as imfc/14")],
    on: Annotated[str | None, typer.Option("--on", help=ON_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Show an instrument (its articles, parties, coverage), or one article with its rules."""
    from comity.api.shelves import show_document

    law_day = day(on, as_json=as_json)
    with reported(as_json=as_json):
        document = show_document(name, law_day)
    if as_json:
        print_document(document)
        return
    instrument = document.instrument
    single = len(instrument.articles) == 1 and "/" in name
    if single:
        article = instrument.articles[0]
        say(f"{instrument.title}\n{article.heading}\n\n{article.text}")
        return
    say(f"{instrument.title}  [{instrument.id}]")
    say(f"{instrument.force}, {instrument.status.replace('_', ' ')}; {instrument.coverage.share}")
    for kind, citation in instrument.citations.items():
        say(f"{kind}: {citation}")
    say(
        f"{instrument.parties} parties on {document.date}: {' '.join(document.parties) or 'none'}\n"
    )
    for article in instrument.articles:
        rules = f"  ({len(article.rules)} rules)" if article.rules else ""
        say(f"  {article.heading}{rules}")
