"""`comity show ID[/ARTICLE]`: the reading room, for an instrument or one article of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.output import JSON_HELP, ON_HELP, cache, day, print_document, reported, say
from comity.cli.progress import progress_bar


def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID[/ARTICLE]]", help="such as imfc/14; with --html, all if left out"
        ),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help=ON_HELP)] = None,
    people: Annotated[
        bool,
        typer.Option("--people", help="Count to how many people each guarantee gives something."),
    ] = False,
    parties: Annotated[
        bool, typer.Option("--parties", help="Who was party when: by year and State by State.")
    ] = False,
    refs: Annotated[
        bool, typer.Option("--refs", help="Every statement that names another, both ways.")
    ] = False,
    versions: Annotated[
        bool, typer.Option("--versions", help="The other version of the text, side by side.")
    ] = False,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare", help="For whom a version is better or worse; up to minutes, kept."
        ),
    ] = False,
    to_map: Annotated[
        Path | None, typer.Option("--map", help="A world map of the parties, as an SVG file.")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write pages to this folder; they need no network."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Show an instrument or one article: prose, rules, proofs, cases, who names it, who is party."""
    if name is None and html is None:
        raise typer.BadParameter("name an instrument, such as imfc, or say where --html shall go")
    if name is None and (to_map is not None or as_json):
        raise typer.BadParameter("--map and --json are of one instrument")
    law_day = day(on, as_json=as_json)
    with reported(as_json=as_json), progress_bar() as told:
        written = ""
        if html is not None:
            from comity.api.reading_writing import write_reading_room

            made = write_reading_room(
                name or "", html, on=law_day, people=people, compare=compare, cache=cache(),
                progress=told,
            )  # fmt: skip
            written = f"{made.path}\n{made.files} files"
            if made.not_compared:
                written += f"; not compared, --compare asks: {'; '.join(made.not_compared)}"
        if name is None:
            say(written)
            return
        from comity.api.shelves import show_document, write_party_map

        lost = write_party_map(name, law_day, to_map) if to_map is not None else ()
        if html is None or as_json:
            document = show_document(
                name, law_day, people=people, compare=compare, cache=cache(), progress=told
            )
    if as_json:
        print_document(document)
        return
    if html is not None:
        say(written)
    else:
        from comity.cli import show_text

        (show_text.print_article if "/" in name else show_text.print_instrument)(document)
        for is_asked, section in (
            (parties, show_text.print_parties),
            (refs, show_text.print_references),
            (versions or compare, show_text.print_versions),
        ):
            if is_asked:
                section(document)
    if to_map is not None:
        say(f"\n{to_map}")
        if lost:
            say(f"no place on the map: {' '.join(lost)}")
