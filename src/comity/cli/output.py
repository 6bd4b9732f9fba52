"""How results and faults are printed: for a person, and with `--json` one document for a program."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from comity.api.schema import Document, FaultModel
    from comity.language.faults import Fault

JSON_HELP = "Print one JSON document instead of text."
ON_HELP = "The day of the law, YYYY-MM-DD; by default today."


def print_document(document: Document) -> None:
    """One JSON document on standard output."""
    print(document.model_dump_json(indent=2))


def fault_model(fault: Fault) -> FaultModel:
    """A fault as its document."""
    from comity.api.schema import FaultModel

    help_ = "; ".join(part for part in (fault.possible, fault.suggestion) if part)
    return FaultModel(
        code=fault.code,
        name=fault.name,
        message=fault.message,
        file=fault.span.file,
        line=fault.span.line,
        column=fault.span.column,
        article=fault.span.article,
        excerpt=fault.excerpt,
        help=help_,
    )


def fail(faults: Sequence[Fault], *, as_json: bool, gnu: bool = False) -> NoReturn:
    """Prints faults (JSON on standard output, text on standard error) and exits with 1."""
    from comity.api.schema import ErrorDocument
    from comity.language.faults import render, render_gnu

    if as_json:
        print_document(ErrorDocument(errors=tuple(fault_model(f) for f in faults)))
    else:
        for fault in faults:
            print(render_gnu(fault) if gnu else render(fault) + "\n", file=sys.stderr)
    raise typer.Exit(1)


@contextmanager
def reported(*, as_json: bool) -> Iterator[None]:
    """Turns the errors that a user may cause into messages and exit code 1."""
    from comity.language.faults import ComityError

    try:
        yield
    except ComityError as error:
        fail(error.faults, as_json=as_json)
    except Exception as error:
        # Rooms below the language have their own coded errors; anything without a code is a
        # fault of comity and must not be hidden.
        code = getattr(error, "code", None)
        if not isinstance(code, str):
            raise
        _fail_coded(error, code, as_json=as_json)


def _fail_coded(error: Exception, code: str, *, as_json: bool) -> NoReturn:
    from comity.api.schema import ErrorDocument, FaultModel

    name = str(getattr(error, "name", ""))
    message = str(getattr(error, "message", error))
    help_ = str(getattr(error, "suggestion", None) or getattr(error, "help", ""))
    if as_json:
        print_document(
            ErrorDocument(
                errors=(
                    FaultModel(
                        code=code,
                        name=name,
                        message=message,
                        file="",
                        line=0,
                        column=0,
                        excerpt="",
                        help=help_,
                    ),
                )
            )
        )
    else:
        print(f"{code} {name}: {message}", file=sys.stderr)
        if help_:
            print(f"  try: {help_}", file=sys.stderr)
    raise typer.Exit(1)


def day(word: str | None, *, as_json: bool) -> date:
    """The day of the law: the one named, else the day of the run. Exit 1 with E206 for no day."""
    if word is None:
        return date.today()
    from comity.language.faults import Fault

    try:
        return date.fromisoformat(word)
    except ValueError:
        fail(
            [
                Fault(
                    "E206",
                    f"`{word[:40]}` is not a day of the calendar",
                    suggestion="write year-month-day, such as 2015-02-28",
                )
            ],
            as_json=as_json,
        )


def readings(words: Sequence[str], *, as_json: bool) -> Mapping[str, str]:
    """`--reading QUESTION=OPTION` as a mapping. Exit 1 with E451 for anything else."""
    from comity.language.faults import Fault

    found = {}
    for word in words:
        question, equals, option = word.partition("=")
        if not equals:
            fail(
                [Fault("E451", f"`{word[:60]}` is no reading", suggestion="write question=option")],
                as_json=as_json,
            )
        found[question] = option
    return found


def mirror() -> Path | None:
    """The local mirror of the sources, from COMITY_MIRROR; None where there is none."""
    named = os.environ.get("COMITY_MIRROR")
    return Path(named) if named else None


def cache() -> Path:
    """Where downloads are kept: COMITY_CACHE, else the user's cache folder."""
    named = os.environ.get("COMITY_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "comity"
