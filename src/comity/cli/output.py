"""How results and faults are printed: for a person, and with `--json` one document for a program."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from comity.api.faults import Fault
    from comity.api.schema import FaultModel
    from comity.api.schema_base import Document
    from comity.api.schema_proofs import PeopleModel

JSON_HELP = "Print one JSON document instead of text."
ON_HELP = "The day of the law, YYYY-MM-DD; by default today."


HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Kinds of characters that a terminal obeys or does not show: controls, direction marks, half a pair."""
JOINERS = "\u200c\u200d"
"""Marks without a width that some scripts need between letters."""


def _is_hidden(character: str) -> bool:
    return (
        not character.isprintable()
        and character not in JOINERS
        and unicodedata.category(character) in HIDDEN
    )


def say(text: str = "", *, err: bool = False) -> None:
    """A text for a person: a mark that could steer the terminal is shown as a dot.

    Titles, file names and a user's own words may hold such marks; lines and tabs stay.
    """
    shown = "".join("·" if _is_hidden(c) and c not in "\n\t" else c for c in text)
    print(shown, file=sys.stderr if err else sys.stdout)


def print_document(document: Document) -> None:
    """One JSON document on standard output."""
    print_json(document.model_dump_json(indent=2))


def print_json(text: str) -> None:
    """A JSON text, with hidden marks escaped, and all that the terminal's encoding may lack."""
    narrow = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    print(
        "".join(
            json.dumps(c)[1:-1]
            if c != "\n" and (_is_hidden(c) or (narrow and not c.isascii()))
            else c
            for c in text
        )
    )


def _whole(text: str) -> str:
    """A text without halves of characters, which an argument in another encoding leaves behind."""
    return text.encode("utf-8", "replace").decode("utf-8")


def fault_model(fault: Fault) -> FaultModel:
    """A fault as its document."""
    from comity.api.schema import FaultModel

    help_ = "; ".join(part for part in (fault.possible, fault.suggestion) if part)
    return FaultModel(
        code=fault.code,
        name=fault.name,
        message=_whole(fault.message),
        file=_whole(fault.span.file),
        line=fault.span.line,
        column=fault.span.column,
        article=fault.span.article,
        excerpt=fault.excerpt,
        help=help_,
    )


def fail(faults: Sequence[Fault], *, as_json: bool, gnu: bool = False) -> NoReturn:
    """Prints faults (JSON on standard output, text on standard error) and exits with 1."""
    from comity.api.faults import render, render_gnu
    from comity.api.schema import ErrorDocument

    if as_json:
        print_document(ErrorDocument(errors=tuple(fault_model(f) for f in faults)))
    else:
        for fault in faults:
            say(render_gnu(fault) if gnu else render(fault) + "\n", err=True)
    raise typer.Exit(1)


@contextmanager
def reported(*, as_json: bool) -> Iterator[None]:
    """Turns the errors that a user may cause into messages and exit code 1."""
    from comity.api.faults import ComityError

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
                        message=_whole(message),
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
        say(f"{code} {name}: {message}", err=True)
        if help_:
            say(f"  try: {help_}", err=True)
    raise typer.Exit(1)


def day(word: str | None, *, as_json: bool) -> date:
    """The day of the law: the one named, else the day of the run. Exit 1 with E206 for no day."""
    if word is None:
        return date.today()
    from comity.api.faults import Fault

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
    from comity.api.faults import Fault

    found: dict[str, str] = {}
    for word in words:
        question, equals, option = word.partition("=")
        if not equals:
            fail(
                [Fault("E451", f"`{word[:60]}` is no reading", suggestion="write question=option")],
                as_json=as_json,
            )
        if found.setdefault(question, option) != option:
            fail(
                [
                    Fault(
                        "E451",
                        f"`{question[:60]}` is given two readings",
                        suggestion="run once for each",
                    )
                ],
                as_json=as_json,
            )
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


def people_words(people: PeopleModel) -> str:
    """People of the population in words; few are not counted out."""
    if people.suppressed:
        return "fewer than 10 people"
    return (
        f"{people.certain:,} certain, {people.possible:,} possible, {people.assumed:,} under the "
        "set ordinary"
    )
