"""`comity timeline [PLACE ...]`: law and people of every year since 1951, as charts, CSV and JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.output import JSON_HELP, cache, day, mirror, print_document, reported, say
from comity.cli.progress import progress_bar

if TYPE_CHECKING:
    from comity.api.schema_timeline import TimelineDocument, TimelinePointModel

_SHOWN = (
    ("texts.binding", "texts that bind"),
    ("texts.directive", "directives"),
    ("texts.political", "political texts"),
    ("texts.informal", "informal texts"),
    ("states.bound", "States bound"),
    ("states.soft_only", "States in soft texts alone"),
    ("people.anything", "guaranteed something"),
    ("people.stay", "guaranteed a stay"),
    ("people.work", "guaranteed work"),
    ("people.shield_without_stay", "shielded, no status"),
    ("width.stay", "steps left over stay"),
)


def timeline(
    places: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PLACE ...]", help="world, europe, americas; all by default."),
    ] = None,
    first: Annotated[int, typer.Option("--from", help="The first year.")] = 1951,
    until: Annotated[int, typer.Option("--until", help="The last year.")] = 2026,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write a folder: a page, charts, CSV and JSON.")
    ] = None,
    danger: Annotated[
        str, typer.Option("--danger", help="Reading of conflict data: `person` or `situation`.")
    ] = "person",
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Show what the encoded law guaranteed in each year since 1951, to States and to people.

    Figures of law are read on 1 July; figures weighted by people run from 1960 to 2024, and years
    between published stocks are interpolated and marked. Years are kept in the cache.
    """
    from comity.api.timeline import refuse_years
    from comity.api.timeline import timeline as told
    from comity.api.timeline_folder import refuse_folder, write_folder

    if danger not in ("person", "situation"):
        raise typer.BadParameter("`person` or `situation`", param_hint="--danger")
    with reported(as_json=as_json):
        refuse_years(first, until)
        if out is not None:
            refuse_folder(out)
        with progress_bar() as report:
            document = told(
                tuple(places or ()),
                first=first,
                last=until,
                danger=danger,
                mirror=mirror(),
                cache=cache(),
                progress=report,
            )
        if out is not None:
            document = write_folder(
                document,
                out,
                today=day(None, as_json=as_json),
                mirror=mirror(),
                cache=cache(),
            )
    if as_json:
        print_document(document)
        return
    _tell(document)


def _tell(document: TimelineDocument) -> None:
    years = sorted(
        {document.first, document.last, document.people_last}
        | {y for y in range(document.first, document.last + 1) if y % 10 == 0}
    )
    years = [year for year in years if document.first <= year <= document.last]
    basis = {one.year: one.basis for one in document.years}
    for place in document.places:
        say(f"{place.title}")
        say(f"  {'':28}" + "".join(f"{_marked(year, basis[year]):>9}" for year in years))
        for figure, title in _SHOWN:
            points = {
                p.year: p
                for s in document.series
                if (s.place, s.figure) == (place.id, figure)
                for p in s.points
            }
            if points:
                cells = "".join(f"{_cell(points.get(year), figure):>9}" for year in years)
                say(f"  {title:28}{cells}")
        say()
    say(
        "Shares are of people, under the set ordinary; ~ marks a year between two published stocks."
    )
    for year, words in document.breaks.items():
        say(f"Break at {year}: {words}.")
    say(document.claim)
    if document.folder:
        say(f"\n{document.folder}: {len(document.files)} files")
    say(f"\n{document.computed} years worked out now, {document.seconds:.0f} s")


def _marked(year: int, basis: str) -> str:
    return f"~{year}" if basis.startswith("interpolated") else str(year)


def _cell(point: TimelinePointModel | None, figure: str) -> str:
    if point is None or point.value is None:
        return "few" if point is not None and point.hidden else "-"
    if figure.startswith("people."):
        return f"{100 * point.value / point.of:.0f} %" if point.of else "-"
    return f"{point.value:.1f}" if figure.startswith("width.") else f"{point.value:.0f}"
