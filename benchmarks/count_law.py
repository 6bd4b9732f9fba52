"""The workload of `benchmarks.count`: the agreement, read from its text, and a seeded population."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.columns import Column, ListedColumn, NumberColumn, Table
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth, exactly
from comity.language.documents import read_document
from comity.language.faults import ComityError
from comity.language.outline import outline
from comity.language.resolve import read_library
from comity.language.resolve_vocabulary import read_vocabulary

HERE = Path(__file__).parent
TODAY = date(2026, 1, 1)
HOST = "SWE"
RIGHTS = "protection", "residence"

YES_NO = (
    "claims",
    "lawful_entry",
    "convicted",
    "unaccompanied",
    "stateless",
    "family_here",
    "absconded",
    "recognised",
)
LEVELS = {"degree": 6, "immediacy": 5, "likelihood": 6, "threat": 7, "ties": 3}
"""Scales, with how many levels each has."""

NUMBERS = {
    "stay": ("int16", 1200),
    "work": ("int16", 720),
    "absent": ("int16", 3650),
    "language": ("int16", 100),
    "age": ("int32", 43_800),
    "income": ("int32", 10_000_000),
}
"""Numbers, with their type and the greatest."""

GROUNDS = (
    "none",
    "race",
    "religion",
    "nationality",
    "social_group",
    "opinion",
    "other",
)
FIELDS = (*YES_NO, *LEVELS, *NUMBERS, "ground", "origin", "transit")

Natural = Mapping[str, NDArray[Any]]
"""A column a field, of its natural type: 0 and 1, ranks, numbers, and places in a list of words."""


@cache
def regime() -> Regime:
    """The twenty rules, in force for every host. Raises ComityError if their text is at fault."""
    states = (files("comity.instruments") / "states.md").read_text(encoding="utf-8")
    words = (HERE / "count_words.md").read_text(encoding="utf-8")
    vocabulary, faults = read_vocabulary(
        [
            outline(read_document(states, "states.md"), "states"),
            outline(read_document(words, "count_words.md"), "count_words"),
        ]
    )
    law = read_document((HERE / "count_law.md").read_text(encoding="utf-8"), "count_law.md")
    library = read_library([law], vocabulary)
    if faults := [*faults, *library.faults]:
        raise ComityError(*faults)
    instruments = library.instruments
    return Regime(
        "count_law",
        (instruments["count_law"],),
        vocabulary,
        instruments,
        for_every_host=frozenset(instruments),
    )


@cache
def countries() -> tuple[str, ...]:
    """The States of the day, in the order of their codes."""
    states = regime().vocabulary.states.values()
    return tuple(sorted(state.code for state in states if state.existed(TODAY)))


def group(name: str) -> frozenset[str]:
    """The countries of a group of the workload."""
    return regime().vocabulary.groups[name].on(TODAY)


def population(size: int, seed: int = 1) -> dict[str, NDArray[Any]]:
    """Persons of whom every field is drawn evenly among all its values, by itself.

    size: persons. 34 bytes each.
    """
    rng = np.random.default_rng(seed)
    found: dict[str, NDArray[Any]] = {
        field: rng.integers(0, 2, size, dtype=np.int8) for field in YES_NO
    }
    for field, levels in LEVELS.items():
        found[field] = rng.integers(0, levels, size, dtype=np.int8)
    for field, (kind, most) in NUMBERS.items():
        found[field] = rng.integers(0, most + 1, size, dtype=kind)
    found["ground"] = rng.integers(0, len(GROUNDS), size, dtype=np.int8)
    for field in ("origin", "transit"):
        found[field] = rng.integers(0, len(countries()), size, dtype=np.int16)
    return found


def table(persons: Natural) -> Table:
    """The same columns with their meaning, for comity; nothing is copied."""
    columns: dict[str, Column] = {}
    for field, values in persons.items():
        if field in YES_NO:
            columns[field] = ListedColumn(values, (Truth.FALSE, Truth.TRUE))
        elif field in LEVELS or field in NUMBERS:
            columns[field] = NumberColumn(values, values)
        else:
            words = GROUNDS if field == "ground" else countries()
            columns[field] = ListedColumn(values, tuple(map(exactly, words)))
    size = len(next(iter(persons.values())))
    return Table(size, columns, {"host": exactly(HOST)})


def checksum(protection: NDArray[Any], residence: NDArray[Any]) -> tuple[int, int]:
    """The levels of everybody added up: equal answers have equal sums."""
    return int(protection.sum(dtype=np.int64)), int(residence.sum(dtype=np.int64))


# ---- codes, by hand ----
EDGES: Mapping[str, tuple[int, ...]] = {
    "stay": (6, 12, 24, 36, 60, 96),
    "work": (3, 48, 120),
    "absent": (91, 181, 366),
    "language": (40, 50, 60),
    "age": (6575,),
    "income": (1_200_000, 2_000_000),
}
"""The numbers of the law: the code of a number is how many of them are not above it."""


def in_group(name: str) -> NDArray[np.uint8]:
    """For each place in `countries`, up to 256 of them, whether the country is in a group."""
    members = group(name)
    found = np.zeros(256, dtype=np.uint8)
    found[: len(countries())] = [country in members for country in countries()]
    return found


def coded_by_hand(persons: Natural) -> dict[str, NDArray[np.uint8]]:
    """One byte a field, as a person who read the law would code it, without comity.

    Classes: of a ground 1 is one of the chief three and 2 another; of an origin 1 is at war and 2 a
    friend; of a transit 1 is safe.
    """
    found: dict[str, NDArray[np.uint8]] = {
        field: persons[field].astype(np.uint8) for field in (*YES_NO, *LEVELS)
    }
    for field, edges in EDGES.items():
        found[field] = np.searchsorted(np.array(edges), persons[field], side="right").astype("u1")
    found["ground"] = np.array([0, 1, 1, 1, 2, 2, 2], dtype=np.uint8)[persons["ground"]]
    origin = in_group("at_war") + 2 * in_group("friends")
    found["origin"] = origin[persons["origin"]]
    found["transit"] = in_group("safe_passage")[persons["transit"]]
    return found


def write_population(folder: Path, size: int) -> None:
    """The population for engines that run elsewhere: `.npy` files, and columns one after another."""
    persons = population(size)
    for kind, columns in (("natural", persons), ("coded", coded_by_hand(persons))):
        (folder / kind).mkdir()
        with (folder / f"{kind}.bin").open("wb") as file:
            for field in FIELDS:
                np.save(folder / kind / f"{field}.npy", columns[field])
                file.write(columns[field].tobytes())
    groups = [in_group(name) for name in ("at_war", "friends", "safe_passage")]
    (folder / "groups.bin").write_bytes(b"".join(one.tobytes() for one in groups))
