"""Pairs of States with a trade agreement, read from the user's own copy of DESTA.

The licence of the table is not settled, so nothing of it is packaged: without a mirror that holds it
there is no answer. An agreement counts from its year of entry into force; of those with members of
the European Union and others only the pairs across, as partners grant one another nothing by it.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from comity.world.countries import countries
from comity.world.errors import InputUnexpected, WorldError
from comity.world.sources import SOURCES, Sources

SOURCES_OF = ("desta_agreements", "desta_members")
_ACROSS = ("3", "4")
"""Kinds of members (`typememb`): a group with one State, a group with a group."""
_OTHER_NAMES = {
    "UK": "GBR",
    "Czech Republic": "CZE",
    "Tanzania": "TZA",
    "Venezuela": "VEN",
    "Slovak Republic": "SVK",
    "Bolivia": "BOL",
    "Russia": "RUS",
    "Moldova": "MDA",
}

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One entry: of which treaty, since which year, between whom. left: those who withdrew."""

    number: str
    base: str
    since: int | None
    signed: int | None
    listed: bool
    across: bool
    members: frozenset[str]
    left: frozenset[str]


def agreements(mirror: Path | None) -> tuple[Agreement, ...] | None:
    """Every entry of the table; None where the mirror does not hold it.

    Raises InputUnexpected for a withdrawal of which it is not clear who left.
    """
    if mirror is None:
        return None
    sources = Sources(mirror, mirror, records=SOURCES, packaged=frozenset())
    try:
        raw = [sources.path(name).read_text(encoding="utf-8") for name in SOURCES_OF]
    except (WorldError, OSError):
        return None
    return read(*raw)


def read(listed: str, members: str) -> tuple[Agreement, ...]:
    """The two tables as agreements. Raises as `agreements` does."""
    of: dict[str, set[str]] = defaultdict(set)
    for row in csv.DictReader(io.StringIO(members)):
        of[row["desta_number"]].add(row["iso3"])
    rows = [
        row for row in csv.DictReader(io.StringIO(listed)) if row["entry_type"] != "negotiation"
    ]
    kinds = {row["desta_number"]: row["typememb"] for row in rows}
    return tuple(
        Agreement(
            row["desta_number"],
            row["base_treaty"],
            int(row["year_in_force"]) if row["year_in_force"] else None,
            int(row["year"]) if row["year"] else None,
            row["wto_listed"] == "1",
            kinds.get(row["base_treaty"], row["typememb"]) in _ACROSS,
            frozenset(of[row["desta_number"]]),
            _left(row["name"]) if row["entry_type"] == "withdrawal" else frozenset(),
        )
        for row in rows
    )


def _left(name: str) -> frozenset[str]:
    words = name.partition(" withdrawal ")[2]
    by_name: Mapping[str, str] = {c.name: c.iso3 for c in countries().values()} | _OTHER_NAMES
    found = set()
    for known in sorted(by_name, key=len, reverse=True):
        if known in words:
            found.add(by_name[known])
            words = words.replace(known, "")
    if not found or words.strip():
        raise InputUnexpected(f"who withdrew in `{name}`: `{words.strip()}` is not known")
    return frozenset(found)


def trading_pairs(
    several: tuple[Agreement, ...],
    year: int,
    union: Callable[[int], frozenset[str]],
    *,
    listed_only: bool = False,
) -> frozenset[Pair]:
    """Ordered pairs of States with some agreement in force in a year.

    union: who was in the European Union in a year. listed_only: only agreements that the WTO lists.
    """
    gone: dict[str, set[str]] = defaultdict(set)
    for one in several:
        if one.left and (one.since or one.signed or 0) <= year:
            gone[one.base] |= one.left
    found: set[Pair] = set()
    for one in several:
        if one.left or one.since is None or one.since > year or (listed_only and not one.listed):
            continue
        members = one.members - gone[one.base]
        inside = union(one.since)
        across = one.across and bool(inside & members)
        found |= {
            (a, b)
            for a in members
            for b in members
            if a != b and (not across or (a in inside) is not (b in inside))
        }
    return frozenset(found)
