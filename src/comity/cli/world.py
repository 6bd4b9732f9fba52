"""`comity world list`, `fetch`, `build`, `microdata`: sources, the snapshot, and invented rows from it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.output import JSON_HELP, cache, mirror, print_document, reported, say

app = typer.Typer(
    no_args_is_help=True,
    help="Sources of data: list, fetch, build the snapshot.",
    rich_markup_mode=None,
)


@app.command("list")
def list_sources(as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False) -> None:
    """List the sources with the state of each: read from the mirror, fetched, or not verified."""
    from comity.api.worlds import world_list

    with reported(as_json=as_json):
        document = world_list(mirror(), cache())
    if as_json:
        print_document(document)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("id", "publisher", "licence", "may be shipped", "state"):
        table.add_column(heading, no_wrap=heading == "id")
    for source in document.sources:
        table.add_row(
            source.id, source.publisher, source.licence, source.redistribution, source.state
        )
    console = Console()
    console.print(table)
    for source in document.sources:
        for defect in source.defects:
            console.print(f"  {source.id}: {defect}", highlight=False)


@app.command()
def fetch(
    source: Annotated[str, typer.Argument(help="Id of a source; see `comity world list`.")],
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Fetch a source from its publisher. This is the only command that leaves the machine."""
    from comity.api.worlds import world_fetch

    with reported(as_json=as_json):
        document = world_fetch(source, mirror(), cache())
    if as_json:
        print_document(document)
    else:
        say(f"{document.id}: {document.state}\n{document.path}\nsha256 {document.sha256}")


@app.command()
def build(
    folder: Annotated[Path, typer.Option("--to", help="Folder of the snapshot.")],
    instruments: Annotated[Path, typer.Option("--instruments", help="Folder of the lists.")],
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Build the snapshot and the lists of States from the sources; needs a mirror or downloads."""
    from comity.api.worlds import world_build

    with reported(as_json=as_json):
        document = world_build(mirror(), folder, instruments)
    if as_json:
        print_document(document)
    else:
        for name, size in document.files.items():
            say(f"{size:>9} {name}")


@app.command()
def microdata(
    folder: Annotated[Path, typer.Option("--to", help="Folder of the Parquet files, one a host.")],
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="The same seed, the same rows.")
    ] = 2024,
    host: Annotated[
        list[str] | None, typer.Option("--host", help="Only this host (ISO3); repeatable.")
    ] = None,
    processes: Annotated[
        int, typer.Option("--processes", min=1, help="Hosts that are written at once.")
    ] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Write one invented row a person of the world's 304 million migrants, in the published numbers.

    What no source publishes is drawn from stated distributions: the manifest beside the files says
    which. No row is anybody.
    """
    from comity.api.worlds import world_microdata
    from comity.cli.progress import progress_bar

    with reported(as_json=as_json), progress_bar() as told:
        written = 0

        def of_host(name: str, rows: int) -> None:
            nonlocal written
            written += rows
            told(f"{name}: {written:,} rows", written, 304_021_813)

        document = world_microdata(
            folder, seed, hosts=tuple(host or ()), processes=processes, progress=of_host
        )
    if as_json:
        print_document(document)
    else:
        say(f"{document.rows:,} invented rows of {len(document.hosts)} hosts in {document.folder}")
