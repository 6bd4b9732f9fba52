"""The reading room as pages: of one instrument, of all, or of a dossier's instruments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import comity
from comity.api import library as shelf
from comity.api.brief_folder import writable, write_folder
from comity.api.reading_parties import parties_map
from comity.api.reading_room import Room
from comity.api.regimes import Read
from comity.api.schema_reading import GivenModel
from comity.api.shelves import document_of
from comity.brief.dossier import MARK
from comity.brief.reading_links import linked
from comity.brief.reading_pages import Shelved, reading_texts
from comity.brief.tables import json_text
from comity.language.faults import ComityError

Progress = Callable[[str, int, int], None]
FOLDER = "reading"
"""Where the pages stand in a dossier."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the page to open, how many files, and the pairs of versions not compared."""

    path: str
    files: int
    not_compared: tuple[str, ...]


def write_reading_room(
    name: str,
    folder: Path,
    *,
    on: date,
    people: bool = False,
    compare: bool = False,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> Written:
    """Writes the pages, whole or not at all. name: an instrument, or "" for the whole library.

    Raises ComityError (E450, E460).
    """
    folder = writable(folder)
    library = shelf.packaged()
    if library.faults:
        raise ComityError(*library.faults)
    word = shelf.instrument_id(name.partition("/")[0])
    if name and word not in library.instruments:
        raise shelf.no_such(name, library)
    names = [word] if name else list(library.instruments)
    room = Room(on, library, cache, progress)
    if people:
        room.count_people(names)
    documents = _documents(room, names, compare=compare)
    texts = reading_texts(_shelved(room, documents, name or "the whole library"))
    texts[MARK] = json_text({"kind": "reading room", "instruments": names, "date": on})
    path = write_folder(texts, folder)
    return Written(str(path), len(texts), _not_compared(documents))


def with_reading(
    texts: Mapping[str, str],
    read: Read,
    people: Mapping[str, GivenModel],
    *,
    on: date,
    title: str,
    whom: str = "",
    cache: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, str]:
    """A dossier's files with the pages of its instruments in `reading/`, and links to them.

    texts: the dossier's own files by name. read: its regime, whose instruments are told, with the
    library that they came from. people: given something by each guarantee, as counted for it.
    whom: the place whose people they are; empty: the world.
    Nothing is compared here: a verdict that was kept is shown, and what was not asked is said.
    """
    told = (
        f"People {f'in {whom}' if whom else 'of the world'} in 2024 to whom a guarantee gives "
        f"something under `{read.regime.name}` on {on.isoformat()}. Certain and possible assume "
        "nothing; the third number is under the set `ordinary`. A text that was not in force gives "
        "nobody anything."
    )
    room = Room(on, read.library, cache, progress, people, told)
    documents = _documents(room, [i.id for i in read.regime.instruments], compare=False)
    made = _shelved(room, documents, read.regime.name, home="../index.html", title=title)
    pages = {f"{FOLDER}/{name}": text for name, text in reading_texts(made).items()}
    return {**texts, "index.html": linked(texts["index.html"], documents), **pages}


def _documents(room: Room, names: Sequence[str], *, compare: bool) -> dict[str, Mapping[str, Any]]:
    outcomes = room.run_cases(names)
    found: dict[str, Mapping[str, Any]] = {}
    for number, name in enumerate(names):
        if room.progress is not None:
            room.progress(f"reading {name}", number, len(names))
        read = room.reading(name, outcomes=outcomes, compare=compare)
        document = document_of(room.library.instruments[name], room.day, read).model_dump()
        found[name] = {
            **document["reading"],
            "instrument": document["instrument"],
            "date": document["date"],
        }
    return found


def _shelved(
    room: Room,
    documents: Mapping[str, Mapping[str, Any]],
    regime: str,
    *,
    home: str = "",
    title: str = "",
) -> Shelved:
    instruments = room.library.instruments
    return Shelved(
        readings=documents,
        date=room.day.isoformat(),
        version=comity.__version__,
        regime=regime,
        maps={
            name: parties_map(instruments[name], room.day)[0]
            for name in documents
            if instruments[name].parties_on(room.day)
        },
        home=home,
        home_title=title,
    )


def _not_compared(documents: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            f"{version['old']} and {version['new']}"
            for document in documents.values()
            for version in document["versions"]
            if not version["verdict"]["run"]
        )
    )
