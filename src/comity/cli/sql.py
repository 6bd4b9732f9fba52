"""`comity sql REGIME`: the query that travels to the data, on standard output."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from comity.cli.output import (
    JSON_HELP,
    ON_HELP,
    day,
    print_document,
    readings,
    reported,
    say,
)


class Dialect(StrEnum):
    """The databases whose SQL comity writes."""

    DUCKDB = "duckdb"
    POSTGRES = "postgres"
    SPARK = "spark"


def sql(
    regime: Annotated[str, typer.Argument(help="Ids, paths or named lists, separated by commas.")],
    dialect: Annotated[Dialect, typer.Option("--dialect", help="Whose SQL.")] = Dialect.DUCKDB,
    right: Annotated[
        list[str] | None, typer.Option("--right", help="Only these rights; may be repeated.")
    ] = None,
    by: Annotated[
        str, typer.Option("--by", help="Columns to count by, `level` among them, with commas.")
    ] = "level",
    columns: Annotated[
        str | None,
        typer.Option("--columns", help="Your table's columns, with commas, or a file of them."),
    ] = None,
    table: Annotated[str, typer.Option("--table", help="Your table's name.")] = "persons",
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the table that the query reads instead.")
    ] = False,
    rows: Annotated[
        bool, typer.Option("--rows", help="One row a person instead of counts; needs --purpose.")
    ] = False,
    purpose: Annotated[
        str | None, typer.Option("--purpose", help="What the rows are for; stands in every row.")
    ] = None,
    norms: Annotated[
        bool, typer.Option("--norms", help="With --rows: the norm that decides each right.")
    ] = False,
    on: Annotated[str | None, typer.Option("--on", help=ON_HELP)] = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="QUESTION=OPTION; may be repeated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Write one self-contained query that finds people's positions where the data are.

    It counts people, with numbers under 10 hidden, over a table that `--schema` describes.
    """
    from comity.api.querying import Wanted, columns_in, query

    law_day = day(on, as_json=as_json)
    words = tuple(word.strip() for word in by.split(",") if word.strip())
    with reported(as_json=as_json):
        document = query(
            regime,
            Wanted(
                dialect.value,
                rights=tuple(right or ()),
                by=words,
                columns=None if columns is None else columns_in(columns),
                table=table,
                rows=rows,
                purpose=purpose,
                deciding=norms,
                only_schema=schema,
            ),
            on=law_day,
            readings=readings(reading or [], as_json=as_json),
        )
    if as_json:
        print_document(document)
    else:
        say(document.sql.rstrip("\n"))
