"""`comity count REGIME`: how many real people, by group, right, level and article."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from itertools import groupby
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
    from comity.api.schema_people import CountDocument, CountPartingModel, CountRowModel

_MOST_ROWS = 40


def count(
    regime: Annotated[str, typer.Argument(help="Ids, paths or named lists, separated by commas.")],
    by: Annotated[
        str,
        typer.Option(
            "--by", help="Fields: host, origin, sex, category, right, level, article; commas."
        ),
    ] = "right,level",
    right: Annotated[
        list[str] | None, typer.Option("--right", help="Only this right; repeatable.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", help="Another regime: who is guaranteed more, or less."),
    ] = None,
    where: Annotated[
        str | None,
        typer.Option("--where", help="A property, such as `no gap`: the people for whom it fails."),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help=ON_HELP)] = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="QUESTION=OPTION; may be repeated.")
    ] = None,
    part: Annotated[
        bool,
        typer.Option("--readings", help="Also where the numbers move with another reading."),
    ] = False,
    danger: Annotated[
        str,
        typer.Option("--danger", help="What a conflict says of a person: `person` or `situation`."),
    ] = "person",
    min_cell: Annotated[
        int, typer.Option("--min-cell", min=10, help="The least number of people that is shown.")
    ] = 10,
    every: Annotated[bool, typer.Option("--all", help="Every row, not the largest only.")] = False,
    engine: Annotated[
        str,
        typer.Option(
            "--engine", help="Who finds the positions: comity, duckdb, postgres (--dsn), spark."
        ),
    ] = "comity",
    dsn: Annotated[
        str | None,
        typer.Option("--dsn", help="Where PostgreSQL is; better without a password: PGPASSWORD."),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data", help="A register of your own instead: Parquet or CSV; never sent on."
        ),
    ] = None,
    schema: Annotated[
        Path | None, typer.Option("--schema", help="The map of its columns; --template writes one.")
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help="A code of faulty values that shall count as unknown."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="One row a person, .parquet or .csv; --purpose.")
    ] = None,
    purpose: Annotated[
        str, typer.Option("--purpose", help="What one row a person is for; it stands in the file.")
    ] = "",
    template: Annotated[
        bool, typer.Option("--template", help="Print a map to fill in, and count nothing.")
    ] = False,
    to_map: Annotated[
        Path | None, typer.Option("--map", help="A world map of the rows by host, as an SVG file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Count the people of the population under a regime: certain, possible, and as assumed.

    Certain and possible assume nothing; the third number is under the set `ordinary`, which is
    printed. A level counts as at least: whoever is guaranteed more is counted there too.
    """
    from comity.api.count_questions import Asked, refuse_on_engine
    from comity.api.counts import count as run
    from comity.api.counts import map_of, write_map
    from comity.api.engine_positions import ENGINES, opened
    from comity.api.register_counts import (
        ACCEPTED,
        OwnData,
        RegisterFaulty,
        codes_in,
        count_register,
        report_text,
        template_for,
    )

    if where and against:
        raise typer.BadParameter("--where counts under one regime, --against under two")
    if (data is None) != (schema is None):
        raise typer.BadParameter("--data and --schema go together: a register and its map")
    if data is not None and (engine != "comity" or against or where or part or to_map):
        raise typer.BadParameter("--data is counted by right, level and the map's groups")
    if data is None and (out is not None or accept):
        raise typer.BadParameter("--out and --accept belong to --data")
    if wrong := sorted(codes_in(accept or ()) - set(ACCEPTED)):
        raise typer.BadParameter(f"{wrong[0]} cannot be accepted; {', '.join(ACCEPTED)} can")
    if engine not in ENGINES:
        raise typer.BadParameter(f"--engine is one of {', '.join(ENGINES)}")
    if to_map is not None and (against or len(right or ()) > 1):
        raise typer.BadParameter("--map draws one number a host: of one --right, or of --where")
    law_day = day(on, as_json=as_json)
    with reported(as_json=as_json), progress_bar() as told:
        asked = Asked(
            by=("host",)
            if to_map is not None
            else tuple(x.strip() for x in by.split(",") if x.strip()),
            rights=tuple(right or ()),
            where=where or "",
            against=against or "",
            min_cell=min_cell,
            danger=danger,
            readings=readings(reading or [], as_json=as_json),
            part=part,
        )
        if template:
            say(template_for(regime, asked, on=law_day).rstrip("\n"))
            return
        if engine != "comity":
            refuse_on_engine(asked)
        if data is not None and schema is not None:
            own = OwnData(data, schema, codes_in(accept or ()), out, purpose)
            try:
                document = count_register(regime, asked, own, on=law_day, progress=told)
            except RegisterFaulty as faulty:
                say("" if as_json else report_text(faulty.report), err=True)
                raise
            _printed(document, every=every, as_json=as_json)
            return
        with nullcontext() if engine == "comity" else opened(engine, dsn) as asked_engine:
            document = run(
                regime,
                asked,
                on=law_day,
                mirror=mirror(),
                cache=cache(),
                engine=asked_engine,
                progress=told,
            )
        if to_map is not None:
            write_map(to_map, map_of(document))
    _printed(document, every=every, as_json=as_json)
    if to_map is not None and not as_json:
        say(f"The map is in {to_map}")


def _printed(document: CountDocument, *, every: bool, as_json: bool) -> None:
    if as_json:
        print_document(document)
    else:
        print_counts(document, every=every)


def print_counts(document: CountDocument, *, every: bool = False) -> None:
    """A table for a person, the largest rows first, then what the numbers rest on."""
    for warning in document.warnings:
        say(f"! {warning}")
    say(f"{document.means[0].upper()}{document.means[1:]}, on {document.date}")
    say("")
    rows = sorted(document.rows, key=_size)
    if "level" in document.by or "article" in document.by:
        rows = list(document.rows)  # levels in their order
    shown = [] if not document.by else rows if every else rows[:_MOST_ROWS]
    if document.own_data is not None:
        say(document.own_data.text)
        say("")
    heads = [*document.by, "certain", "possible", "ordinary"]
    if document.own_data is not None:
        heads.pop()
    lines = [[*(row.key[name] for name in document.by), *_numbers(row)] for row in shown]
    lines.append(
        ["all people", *[""] * (len(document.by) - 1), *_numbers(document.total)][-len(heads) :]
    )
    lines = [line[: len(heads)] for line in lines]
    _print_table(heads, lines, texts=len(document.by))
    if document.by and len(shown) < len(rows):
        say(f"... and {len(rows) - len(shown)} rows more; --all shows them")
    if not rows:
        say("Nobody: no row has people in it.")
    if document.suppressed:
        say(f"{document.suppressed} rows hidden: under {document.min_cell} people, or beside such.")
    for out in document.outside:
        say(f"Not in it: {out.persons:,} {out.who}; {out.why}.")
    if document.own_data is None:
        say(f"ordinary = {document.assumptions.removeprefix('ordinary: ')}")
    else:
        say(document.assumptions)
    say(f"Encoded: {'; '.join(f'{n}: {c.share}' for n, c in document.coverage.items())}")
    if document.reading:
        say(f"Readings: {', '.join(f'{q}={o}' for q, o in document.reading.items())}")
    _print_partings(document.partings)
    for source in document.sources:
        say(f"Source: {source.title} ({source.publisher}, {source.version}; {source.state})")
    say(document.claim)


def _print_partings(several: Sequence[CountPartingModel]) -> None:
    """Certain, possible and ordinary as taken, then under the other reading; equal levels at once."""
    question = ""
    for key, run in groupby(several, key=_parting):
        asked, right, before, after = key
        first, *_, last = [one.level for one in run] * 2
        if asked != question:
            say(f"Reading {asked}")
            question = asked
        levels = first if first == last else f"{first} to {last}"
        numbers = " -> ".join(" / ".join(f"{n:,}" for n in of) for of in (before, after))
        say(f"    {right} at least {levels}: {numbers if before else 'hidden: too few'}")


def _parting(one: CountPartingModel) -> tuple[str, str, tuple[int, ...], tuple[int, ...]]:
    asked = f"{one.question}: {one.option} ({one.holder}) instead of {one.taken}"
    return asked, one.right, one.before, one.after


def _size(row: CountRowModel) -> tuple[int, int, tuple[str, ...]]:
    assumed, possible = row.assumed or 0, row.possible or 0
    return -assumed, -possible, tuple(row.key.values())


def _numbers(row: CountRowModel) -> list[str]:
    if row.hidden:
        return ["hidden"] * 3
    return [f"{n:,}" for n in (row.certain, row.possible, row.assumed) if n is not None]


def _print_table(heads: list[str], lines: list[list[str]], *, texts: int) -> None:
    widths = [max(len(line[n]) for line in [heads, *lines]) for n in range(len(heads))]
    for line in [heads, *lines]:
        cells = [
            cell.ljust(width) if n < texts else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())
