"""`comity fmt`: the canonical layout of an agreement; prose and comments are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.output import JSON_HELP, print_json, reported, say


def fmt(
    paths: Annotated[list[Path], typer.Argument(help="Agreement files.")],
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 1 if a file is not in layout.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Put agreements into their canonical layout."""
    import json

    from comity.api.formatting import formatted, write_over

    changed = []
    for path in paths:
        with reported(as_json=as_json):
            before, after = formatted(path)
            if before != after:
                changed.append(str(path))
                if not check:
                    write_over(path, after)
    if as_json:
        print_json(json.dumps({"changed": changed, "written": not check}, indent=2))
    else:
        for name in changed:
            say(f"{'would change' if check else 'changed'} {name}")
    if check and changed:
        raise typer.Exit(1)
