"""`comity profile REGIME|STATE|REGION`: power, balance and people, as figures with definitions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from comity.cli.progress import progress_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.api.schema_profile import Cell, FigureModel, ProfileSectionModel, ProfileTableModel

_MOST_ROWS = 16
_WIDEST = 44


def profile(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="REGIME|STATE|REGION",
            help="Ids, paths and named lists; a State such as DEU; a region such as Europe.",
        ),
    ],
    on: Annotated[str | None, typer.Option("--on", help=ON_HELP)] = None,
    within: Annotated[
        str, typer.Option("--within", help="Only hosts of this State, region or group.")
    ] = "",
    section: Annotated[
        list[str] | None,
        typer.Option("--section", help="Only this section, such as discretion; repeatable."),
    ] = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="QUESTION=OPTION; may be repeated.")
    ] = None,
    danger: Annotated[
        str, typer.Option("--danger", help="Reading of conflict data: `person` or `situation`.")
    ] = "person",
    every: Annotated[
        bool, typer.Option("--all", help="Every row, with definitions and examples.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Also a page with charts and CSV, in this folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Profile a regime: who governs it, what it leaves open, whom it selects. No index, no rank.

    Numbers of people are certain, possible (nothing assumed), and under the set `ordinary`.
    """
    from comity.api.profile import profile as run

    if danger not in ("person", "situation"):
        raise typer.BadParameter("`person` or `situation`", param_hint="--danger")
    law_day = day(on, as_json=as_json)
    with reported(as_json=as_json), progress_bar() as told:
        document = run(
            subject,
            on=law_day,
            within=within,
            sections=tuple(section or ()),
            readings=readings(reading or [], as_json=as_json),
            danger=danger,
            mirror=mirror(),
            cache=cache(),
            out=out,
            progress=told,
        )
    if as_json:
        print_document(document)
        return
    for warning in document.warnings:
        say(f"! {warning}")
    say(f"{document.title}: profile on {document.date}")
    say(
        f"{len(document.instruments)} texts stand; {document.people:,} people of the population of "
        "2024 counted, once each"
    )
    for one in document.sections:
        _print_section(one, every=every)
    say(f"\nordinary = {document.assumptions.removeprefix('ordinary: ')}")
    for source in document.sources:
        say(f"Source: {source.title} ({source.publisher}, {source.version}; {source.state})")
    say(document.claim)
    if out is not None:
        say(f"The page is {out / 'index.html'}")


def _print_section(section: ProfileSectionModel, *, every: bool) -> None:
    say(f"\n{section.title.upper()}\n{section.asks}")
    if every:
        say(f"  Definition: {section.definition}\n  Example: {section.example}")
    _print_figures(section.figures)
    for table in section.tables:
        _print_table(table, every=every)
    if section.sensitivity and every:
        say("  Under other choices:")
        _print_figures(section.sensitivity)
    for missing in section.not_observed if every else section.not_observed[:4]:
        say(f"  not observed: {missing}")
    if not every and len(section.not_observed) > 4:
        say(f"  ... and {len(section.not_observed) - 4} more not observed; --all")
    for note in section.notes:
        say(f"  note: {note}")


def _print_figures(figures: Sequence[FigureModel]) -> None:
    for one in figures:
        say(f"  {one.title}: {_told(one)}")
        if one.articles:
            more = f" and {len(one.articles) - 4} more" if len(one.articles) > 4 else ""
            say(f"      by {', '.join(one.articles[:4])}{more}")


def _told(one: FigureModel) -> str:
    if one.hidden:
        return "hidden: too few people"
    parts = []
    if one.value is not None:
        parts.append(f"{_cell(one.value)}{f' {one.unit}' if one.unit else ''}")
    if one.low is not None and one.high is not None:
        parts.append(f"[{one.low:.3g} to {one.high:.3g}]")
    numbers = {"certain": one.certain, "possible": one.possible, "ordinary": one.assumed}
    told = [f"{name} {number:,}" for name, number in numbers.items() if number is not None]
    if told:
        parts.append(", ".join(told))
    if one.of is not None:
        parts.append(f"of {one.of:,}")
    return " ".join(parts) or "not observed"


def _print_table(table: ProfileTableModel, *, every: bool) -> None:
    say(f"  {table.title}")
    rows = table.rows if every else table.rows[:_MOST_ROWS]
    lines = [list(table.columns), *([_cell(c) for c in row] for row in rows)]
    if not every:
        lines = [[_short(text) for text in line] for line in lines]
    widths = [max(len(line[n]) for line in lines) for n in range(len(table.columns))]
    for line in lines:
        cells = (text.ljust(width) for text, width in zip(line, widths, strict=True))
        say(f"    {'  '.join(cells).rstrip()}")
    if len(rows) < len(table.rows):
        say(f"    ... and {len(table.rows) - len(rows)} rows more; --all")
    if table.hidden:
        say(f"    {table.hidden} hidden: fewer than ten people, or beside such")
    if table.note:
        say(f"    {table.note}")


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 3]}..."


def _cell(value: Cell) -> str:
    if value is None:
        return "not observed"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.2f}"
    return value
