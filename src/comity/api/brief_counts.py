"""The counted half of a dossier: real people under two laws, as tables, maps and discretion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from comity.api.brief_notes import count_caveats
from comity.api.counting import STEPS_OF, Count, Tally, count
from comity.api.regimes import Read
from comity.brief.context import (
    Bounds,
    DiscretionRow,
    EstimateRow,
    EstimateTable,
    FigureBlock,
    Law,
    MapFigure,
    Measure,
)
from comity.brief.projection import LonLat
from comity.profile.discretion import width
from comity.world.assumptions import NOTHING, ORDINARY
from comity.world.countries import country
from comity.world.population import Cell

BREAKS = (10_000.0, 50_000.0, 200_000.0, 1_000_000.0, 3_000_000.0)
UNKNOWN_ORIGIN = "OOO"
LAWS: tuple[Law, Law] = ("today", "draft")
PROPERTIES = ("protected_without_status", "lasting", "nothing_guaranteed", "host_bound")
_MEASURES: dict[Measure, str] = {
    "certain": "certain, nothing assumed",
    "possible": "possible, nothing assumed",
    "assumed": "under the set ordinary",
}

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Side:
    """One of the two laws with its count in progress."""

    read: Read
    tally: Tally


@dataclass(frozen=True)
class Counts:
    """Counts by property, law and key."""

    by_host: Mapping[tuple[str, str], Mapping[str, Count]]
    by_origin: Mapping[tuple[str, str], Mapping[str, Count]]

    def total(self, prop: str, law: str) -> Count:
        """All people of a property under a law."""
        return sum(self.by_host[prop, law].values(), Count())


def count_both(now: Side, then: Side, cells: Sequence[Cell], report: Progress) -> Counts:
    """Every property under both laws, by host and by origin."""
    by_host: dict[tuple[str, str], Mapping[str, Count]] = {}
    by_origin: dict[tuple[str, str], Mapping[str, Count]] = {}
    steps = 4
    for done, (law, name) in enumerate(((now, "today"), (then, "draft"))):
        for number, assumptions in enumerate((NOTHING, ORDINARY)):
            report(
                f"people under {name}'s law, {assumptions.name} assumed", 2 * done + number, steps
            )
            law.tally.learn(cells, assumptions)
        for prop in PROPERTIES:
            by_host[prop, name] = count(law.tally, cells, lambda c: c.host, prop)
            by_origin[prop, name] = count(
                law.tally, cells, lambda c: c.origin or UNKNOWN_ORIGIN, prop
            )
    report("writing", steps, steps)
    return Counts(by_host, by_origin)


def bounds_of(found: Count | None) -> Bounds:
    """A count as the page shows it; nobody where there is none."""
    found = found or Count()
    return Bounds(found.certain, found.possible, found.assumed)


def _table(
    counts: Mapping[tuple[str, str], Mapping[str, Count]],
    prop: str,
    *,
    id_: str,
    title: str,
    by: str,
) -> EstimateTable:
    today, draft = counts[prop, "today"], counts[prop, "draft"]
    codes = sorted({*today, *draft})
    rows = tuple(
        EstimateRow(code, _name(code), bounds_of(today.get(code)), bounds_of(draft.get(code)))
        for code in codes
    )
    ordered = sorted(rows, key=lambda r: (-r.today.possible, r.code))
    return EstimateTable(id_, title, by, "persons", tuple(ordered))


def _name(code: str) -> str:
    return "Origin unknown" if code == UNKNOWN_ORIGIN else country(code).name


def figures_of(counts: Counts) -> tuple[FigureBlock, ...]:
    """The tables and maps of the counted half."""
    limbo = "protected_without_status"
    hosts = _table(
        counts.by_host,
        limbo,
        id_="protected-without-status-by-host",
        by="host",
        title="Protected from return, no status that lasts: by host",
    )
    origins = _table(
        counts.by_origin,
        limbo,
        id_="protected-without-status-by-origin",
        by="origin",
        title="Protected from return, no status that lasts: by origin",
    )
    lasting = _table(
        counts.by_host,
        "lasting",
        id_="lasting-status-by-host",
        by="host",
        title="A status that lasts is guaranteed: by host",
    )
    dots = dots_of({row.code for table in (hosts, origins) for row in table.rows})
    used = ("un_desa_stock_2024", "unhcr_population", "unhcr_asylum_decisions", "ucdp_prio_acd")
    lead = (
        "People whose removal to the place of danger the encoded texts bar, and to whom no encoded "
        "text guarantees a status of at least a temporary stay. A State may still grant one."
    )
    return (
        FigureBlock(
            "Protected from return, without a status that lasts",
            lead,
            hosts,
            (
                *(_map(hosts, law, "assumed", dots) for law in LAWS),
                _map(hosts, "today", "possible", dots),
            ),
            15,
            used,
            count_caveats(),
        ),
        FigureBlock(
            "Where they come from",
            "The same people by country of origin.",
            origins,
            (_map(origins, "today", "assumed", dots),),
            15,
            used,
            (),
        ),
        FigureBlock(
            "A status that lasts",
            "People to whom a stay of at least `temporary` is guaranteed by an encoded text.",
            lasting,
            (_map(lasting, "draft", "assumed", dots),),
            10,
            used,
            (),
        ),
    )


def dots_of(codes: set[str]) -> dict[str, LonLat]:
    """Where a dot stands for a country without a shape on the map: its capital or main place."""
    found: dict[str, LonLat] = {}
    for code in sorted(codes - {UNKNOWN_ORIGIN}):
        place = country(code)
        if place.longitude is not None and place.latitude is not None:
            found[code] = (place.longitude, place.latitude)
    return found


def _map(table: EstimateTable, law: Law, measure: Measure, dots: Mapping[str, LonLat]) -> MapFigure:
    which = "today's encoded instruments" if law == "today" else "the draft Convention"
    return MapFigure(
        f"{table.id}-{law}-{measure}",
        f"{table.title}, {which} ({_MEASURES[measure]})",
        f"World map of persons by {table.by} under {which}, {_MEASURES[measure]}. The table below "
        "holds every number.",
        law,
        measure,
        BREAKS,
        dots,
        tuple(r.code for r in table.rows if r.code == UNKNOWN_ORIGIN),
    )


def discretion_of(now: Side, then: Side, cells: Sequence[Cell]) -> tuple[DiscretionRow, ...]:
    """Steps of a right that the law leaves to the State, mean over people, under the set ordinary."""
    rows = []
    certain = [c for c in cells if c.is_certain]
    people = sum(c.persons for c in certain)
    for name in STEPS_OF:
        right = now.read.regime.vocabulary.rights[name]
        means = []
        for law in (now, then):
            low = high = 0
            for cell in certain:
                b = law.tally.standing(cell, ORDINARY).bounds[name]
                least, greatest = width(b)
                low += cell.persons * least
                high += cell.persons * greatest
            means += [low / people, high / people]
        rows.append(
            DiscretionRow(name, right.meaning.text if right.meaning else name, right.top, *means)
        )
    return tuple(rows)
