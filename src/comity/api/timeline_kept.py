"""The years of a timeline as they were worked out, kept in the user's cache folder.

A year is one file, written whole or not at all, so that a run that was stopped leaves the years it had
finished. The folder's name is made from the library's texts, the snapshot, comity's version, the code
that counts, and the reading of conflict data: a change of any of these makes another folder. Where
nothing can be written, everything is worked out anew, which is slower and changes nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter

from comity import __version__
from comity.api import kept
from comity.api.timeline_law import Figure
from comity.world.conflict import DangerReading

ROOM = "timeline"
_COUNTING = ("agreement", "world", "count", "profile")
"""Packages, besides this one and the readers of texts, whose code decides a figure."""


@dataclass(frozen=True)
class YearFigures:
    """The figures of one year by place and id. Of the people: what they are counted from, if any."""

    year: int
    places: Mapping[str, Mapping[str, Figure]]
    basis: str = ""
    between: tuple[int, ...] = ()
    stock: int | None = None
    inside_one_state: int | None = None
    host_unknown: int | None = None


@cache
def _digest() -> str:
    """Of the texts with the code that reads them, the snapshot, and the code that counts."""
    folder = files("comity.instruments")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".md"))
    digest = sha256(kept.key_of((name, (folder / name).read_bytes()) for name in names).encode())
    digest.update((files("comity.world") / "snapshot" / "snapshot.json").read_bytes())
    digest.update(__version__.encode())
    root = Path(__file__).resolve().parent.parent
    for package in _COUNTING:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:24]


class KeptYears:
    """The years kept under one reading of conflict data; `cache` None: nothing is kept."""

    def __init__(self, cache: Path | None, danger: DangerReading) -> None:
        self.folder = None if cache is None else cache / ROOM / f"{_digest()}-{danger.value}"

    def load(self, year: int) -> YearFigures | None:
        """A year as it was kept; None if it was not, or its file is damaged."""
        if self.folder is None:
            return None
        try:
            return _file().validate_json((self.folder / f"{year}.json").read_bytes())
        except (OSError, ValueError):
            return None

    def keep(self, found: YearFigures) -> None:
        """Keeps a year; a folder that cannot be written keeps nothing."""
        if self.folder is None:
            return
        target = self.folder / f"{found.year}.json"
        part = target.with_name(f".{found.year}.{os.getpid()}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_file().dump_json(found))
            part.replace(target)
        except OSError:
            with suppress(OSError):
                part.unlink()


@cache
def _file() -> TypeAdapter[YearFigures]:
    """A year as a file: what is not one is a ValueError, and the year is worked out anew."""
    return TypeAdapter(YearFigures)
