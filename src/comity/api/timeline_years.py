"""Works out the years of a timeline: in this process or in several, kept as they are finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

from comity.agreement.regimes import Regime
from comity.api.people_counts import PeopleCounts
from comity.api.regimes import read_regime
from comity.api.timeline_governance import governance_figures
from comity.api.timeline_kept import KeptYears, YearFigures
from comity.api.timeline_law import Figure, LawOfDay, law_figures
from comity.api.timeline_people import PeopleOfYear
from comity.api.timeline_places import NAMES, Place, places_of
from comity.world.conflict import DangerReading
from comity.world.history import FIRST_YEAR, LAST_YEAR, population_of

Progress: TypeAlias = Callable[[str, int, int], None]

REGIME = "today"
FIRST_OF_LAW, LAST_OF_LAW = 1951, 2026
MONTH, DAY = 7, 1
"""The law of a year is read on 1 July, to which the stocks of migrants are counted too."""
_WORTH_A_PROCESS = 6


@lru_cache(maxsize=1)
def regime_of_all() -> Regime:
    """The packaged texts that are no drafts, each among its parties of the day."""
    return read_regime(REGIME).regime


@lru_cache(maxsize=1)
def every_place() -> tuple[Place, ...]:
    """All places; a year is worked out for all of them, since they share the evaluation."""
    return places_of(NAMES, regime_of_all().vocabulary)


def year_of(year: int, danger: DangerReading) -> YearFigures:
    """Every figure of a year, for every place. Raises WorldError."""
    regime, day = regime_of_all(), date(year, MONTH, DAY)
    law = LawOfDay(regime, day)
    places: dict[str, dict[str, Figure]] = {
        place.id: {**dict(law_figures(law, place)), **dict(governance_figures(law, place))}
        for place in every_place()
    }
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return YearFigures(year, places, "none")
    people = population_of(year)
    counts = PeopleCounts(regime.vocabulary, day, danger, cells=people.cells)
    of_year = PeopleOfYear(counts.under(regime), law)
    for place in every_place():
        places[place.id] |= dict(of_year.figures(place))
    return YearFigures(
        year,
        places,
        people.basis.value,
        people.between,
        people.stock,
        sum(people.inside_one_state.values()),
        people.host_unknown,
    )


def _kept_year(year: int, danger: DangerReading, cache: Path | None) -> YearFigures:
    found = year_of(year, danger)
    KeptYears(cache, danger).keep(found)
    return found


def years_of(
    years: Sequence[int],
    danger: DangerReading,
    *,
    cache: Path | None,
    processes: int = 1,
    progress: Progress | None = None,
) -> tuple[tuple[YearFigures, ...], int]:
    """The figures of some years, in their order, and how many had to be worked out now.

    cache: where years are kept; None: nowhere. processes: at most so many at once. Raises WorldError.
    """
    tell = progress or (lambda _what, _done, _all: None)
    shelf = KeptYears(cache, danger)
    found = {year: one for year in years if (one := shelf.load(year)) is not None}
    missing = [year for year in years if year not in found]
    tell("years kept from earlier runs", len(found), len(years))
    for one in _worked(missing, danger, cache, processes):
        found[one.year] = one
        tell(f"law and people of {one.year}", len(found), len(years))
    return tuple(found[year] for year in years), len(missing)


def _worked(
    years: Sequence[int], danger: DangerReading, cache: Path | None, processes: int
) -> Iterator[YearFigures]:
    if processes < 2 or len(years) < _WORTH_A_PROCESS:
        for year in years:
            yield _kept_year(year, danger, cache)
        return
    # spawned, not forked: an engine's threads do not survive a fork
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_kept_year, year, danger, cache) for year in years]
        try:
            for one in as_completed(waiting):
                yield one.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
