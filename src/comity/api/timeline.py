"""`timeline` for a user: the law of each year and the people under it, by place, as one document."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from comity.api.counting import assumptions_in_words
from comity.api.explaining import coverage_model
from comity.api.schema_timeline import (
    TimelineDocument,
    TimelineOverlapModel,
    TimelinePlaceModel,
    TimelinePointModel,
    TimelineSeriesModel,
    TimelineYearModel,
)
from comity.api.source_models import source_models
from comity.api.telling import article_model
from comity.api.timeline_claims import claims_of
from comity.api.timeline_kept import YearFigures
from comity.api.timeline_law import Figure
from comity.api.timeline_places import Place, places_of
from comity.api.timeline_words import BREAKS, CLAIM, DEFECTS, definitions_of
from comity.api.timeline_years import (
    FIRST_OF_LAW,
    LAST_OF_LAW,
    REGIME,
    Progress,
    regime_of_all,
    years_of,
)
from comity.language.faults import ComityError, Fault
from comity.world.conflict import SOURCE_ID, danger_reading
from comity.world.history import FIRST_YEAR, LAST_YEAR, PAST_STOCK, overlap
from comity.world.published import STOCK, UNHCR

Write: TypeAlias = Callable[[TimelineDocument, Path], tuple[str, ...]]


def timeline(
    places: Sequence[str] = (),
    *,
    first: int = FIRST_OF_LAW,
    last: int = LAST_OF_LAW,
    danger: str = "person",
    mirror: Path | None = None,
    cache: Path | None = None,
    processes: int = 2,
    progress: Progress | None = None,
) -> TimelineDocument:
    """Law figures of each year, and figures weighted by people where their numbers are published.

    places: of `world`, `europe`, `americas`; none: all. first, last: 1951 to 2026. cache: where the
    years that were worked out are kept; None: nowhere. processes: at most so many at once.
    Raises ComityError (E457 for a place, E206 for years that the timeline does not have).
    """
    began = time.perf_counter()
    refuse_years(first, last)
    regime = regime_of_all()
    chosen = places_of(tuple(places), regime.vocabulary)
    years, computed = years_of(
        range(first, last + 1),
        danger_reading(danger),
        cache=cache,
        processes=processes,
        progress=progress,
    )
    definitions = definitions_of(regime.vocabulary)
    series = tuple(
        made
        for place in chosen
        for one in definitions
        if (made := _series(place.id, one.id, years)) is not None
    )
    told = {s.figure for s in series}
    models = tuple(_place(place) for place in chosen)
    nodes = {node for s in series for node in s.articles if "/" in node}
    used = {SOURCE_ID, STOCK, UNHCR, PAST_STOCK}
    return TimelineDocument(
        regime=REGIME,
        first=first,
        last=last,
        people_first=max(first, FIRST_YEAR),
        people_last=min(last, LAST_YEAR),
        places=models,
        definitions=tuple(one for one in definitions if one.id in told),
        series=series,
        years=tuple(_year(one) for one in years),
        breaks={year: words for year, words in BREAKS.items() if first <= year <= last},
        claims=claims_of(models, series),
        articles={node: _title(node) for node in sorted(nodes)},
        assumptions=assumptions_in_words(danger_reading(danger)),
        coverage={i.title: coverage_model(i.coverage).share for i in regime.instruments},
        defects=DEFECTS,
        sources=() if cache is None else tuple(source_models(mirror, cache, used)),
        claim=CLAIM,
        computed=computed,
        seconds=time.perf_counter() - began,
    )


def refuse_years(first: int, last: int) -> None:
    """E206 for years that the timeline does not have, or that run backwards."""
    if FIRST_OF_LAW <= first <= last <= LAST_OF_LAW:
        return
    raise ComityError(
        Fault(
            "E206",
            f"no timeline runs from {first} to {last}",
            possible=f"law from {FIRST_OF_LAW} to {LAST_OF_LAW}, people from {FIRST_YEAR} to {LAST_YEAR}",
            suggestion=f"--from {FIRST_OF_LAW} --until {LAST_OF_LAW}",
        )
    )


def _title(node: str) -> str:
    made = article_model(node, regime_of_all())
    return f"{regime_of_all().instrument_of(node).title}, {made.article}"


def _place(place: Place) -> TimelinePlaceModel:
    return TimelinePlaceModel(
        id=place.id,
        title=place.title,
        definition=place.definition,
        hosts=tuple(sorted(place.hosts)),
        overlap=tuple(
            TimelineOverlapModel(year=o.year, world_bank=o.world_bank, un_desa=o.un_desa)
            for o in overlap(place.hosts)
        ),
    )


def _year(found: YearFigures) -> TimelineYearModel:
    return TimelineYearModel(
        year=found.year,
        basis=found.basis,
        between=found.between,
        stock=found.stock,
        inside_one_state=found.inside_one_state,
        host_unknown=found.host_unknown,
    )


def _series(place: str, figure: str, years: Sequence[YearFigures]) -> TimelineSeriesModel | None:
    found = [(one.year, one.places[place][figure]) for one in years if figure in one.places[place]]
    if not found:
        return None
    return TimelineSeriesModel(
        place=place,
        figure=figure,
        points=tuple(_point(year, one) for year, one in found),
        articles=_spells(found),
    )


def _point(year: int, one: Figure) -> TimelinePointModel:
    return TimelinePointModel(
        year=year,
        value=one.value,
        low=one.low,
        high=one.high,
        of=one.of,
        of_high=one.of_high,
        hidden=one.hidden,
    )


def _spells(found: Sequence[tuple[int, Figure]]) -> dict[str, tuple[tuple[int, int], ...]]:
    """The years of each article a series rests on: first and last of each run without a gap."""
    years: dict[str, list[int]] = {}
    for year, one in found:
        for node in one.articles:
            years.setdefault(node, []).append(year)
    return {node: tuple(_runs(several)) for node, several in sorted(years.items())}


def _runs(years: Sequence[int]) -> Iterator[tuple[int, int]]:
    began = before = years[0]
    for year in years[1:]:
        if year != before + 1:
            yield began, before
            began = year
        before = year
    yield began, before
