"""The paper's three claims, each beside what the series show of it and what they cannot show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from comity.api.schema_timeline import (
    TimelineClaimModel,
    TimelinePlaceModel,
    TimelinePointModel,
    TimelineSeriesModel,
)

Points: TypeAlias = Mapping[tuple[str, str], Mapping[int, TimelinePointModel]]

_SOFT = ("texts.political", "texts.informal")
_HARD = ("texts.binding", "texts.directive")


def claims_of(
    places: Sequence[TimelinePlaceModel], series: Sequence[TimelineSeriesModel]
) -> tuple[TimelineClaimModel, ...]:
    """The claims in the paper's order, with sentences made from the numbers of the series."""
    points = {(s.place, s.figure): {p.year: p for p in s.points} for s in series}
    return (
        TimelineClaimModel(
            id="informal",
            claim="Regimes of migration became informal: processes of officials took the place of "
            "treaties.",
            figures=(*_HARD, *_SOFT, "states.soft", "states.soft_only", "people.soft_only"),
            shows=tuple(s for p in places for s in _informal(p, points)),
            does_not_show=(
                "How much work is done in a process and how much under a treaty: a text counts as one, "
                "whatever its weight. There are more processes than the encoded ones.",
                "That one took the place of the other. Where both lines rise, informal texts were added "
                "to binding ones; who wrote the binding ones with them in mind is a matter of history "
                "(the command `comity chain` holds what is known).",
            ),
        ),
        TimelineClaimModel(
            id="outward",
            claim="States became answerable to other executives and to those who pay, rather than to "
            "their own parliaments, courts and to the persons concerned.",
            figures=tuple(name for name in _OUTWARD if any((p.id, name) in points for p in places)),
            shows=tuple(s for p in places for s in _outward(p, points)),
            does_not_show=(
                "How anybody was really held to account: a road of complaint may lead nowhere, and a "
                "process without one may be watched by a free press.",
                "What was answered behind closed doors, which no text says.",
            ),
        ),
        TimelineClaimModel(
            id="selective",
            claim="Regimes became selective: mobility for some, and for the others a State that may do "
            "as it likes.",
            figures=(
                "people.anything",
                "people.stay",
                "people.work",
                "people.shield_without_stay",
                "width.stay",
                "width.work",
            ),
            shows=tuple(s for p in places for s in _selective(p, points)),
            does_not_show=(
                "The part of selection that is done by national law, visas and practice: none of it is "
                "encoded. A width says what the texts leave to a State, not what it makes of it.",
                "Who could not come: people who stayed at home are no migrants of a stock.",
                "Which class a person belongs to: no source of people by corridor has skill or means "
                "for these years, so that managers and workers stand in one line.",
            ),
        ),
    )


_OUTWARD = (
    "governance.inward",
    "governance.outward",
    "governance.outward_only",
    "governance.judged",
    "governance.complaint",
    "governance.watched",
    "governance.published",
    "governance.debated",
)


def _of(points: Points, place: str, figure: str, year: int) -> TimelinePointModel | None:
    return points.get((place, figure), {}).get(year)


def _number(points: Points, place: str, figures: Sequence[str], year: int) -> int:
    found = (_of(points, place, figure, year) for figure in figures)
    return round(sum(one.value or 0 for one in found if one is not None))


def _years(points: Points, place: str, figure: str) -> tuple[int, ...]:
    return tuple(sorted(points.get((place, figure), {})))


def _informal(place: TimelinePlaceModel, points: Points) -> Iterator[str]:
    years = _years(points, place.id, "texts.binding")
    if not years:
        return
    first, last = years[0], years[-1]
    asked = sorted({first, last, *(y for y in (1990, 2002) if first < y < last)})
    said = ", ".join(_both(points, place.id, y) for y in asked)
    yield f"{place.title}: texts that bind, and texts that do not: {said}."
    one = _of(points, place.id, "states.soft_only", last)
    if one is not None and one.of:
        yield (
            f"{place.title}: {round(one.value or 0)} of {one.of} States were in soft texts alone in {last}."
        )


def _both(points: Points, place: str, year: int) -> str:
    hard, soft = (_number(points, place, several, year) for several in (_HARD, _SOFT))
    share = f" ({soft / (hard + soft):.0%} of them do not)" if hard + soft else ""
    return f"{hard} and {soft} in {year}{share}"


def _outward(place: TimelinePlaceModel, points: Points) -> Iterator[str]:
    for name, words in (
        ("governance.inward", "answered inward, among others"),
        ("governance.outward", "answered outward, among others"),
        ("governance.outward_only", "answered outward alone"),
        ("governance.complaint", "let a person complain"),
    ):
        years = _years(points, place.id, name)
        asked = sorted({y for y in (1970, 1990, 2002) if y in years} | set(years[-1:]))
        found = [one for y in asked if (one := _of(points, place.id, name, y)) is not None]
        if found:
            said = ", ".join(f"{round(one.value or 0)} of {one.of} in {one.year}" for one in found)
            yield f"{place.title}: texts that {words}, of those that state it: {said}."


def _share(point: TimelinePointModel | None) -> str:
    if point is None or point.value is None or not point.of or point.low is None:
        return "not told"
    high = (point.high or 0) / (point.of_high or point.of)
    return f"{point.value / point.of:.1%} ({point.low / point.of:.1%} to {high:.1%})"


def _selective(place: TimelinePlaceModel, points: Points) -> Iterator[str]:
    years = _years(points, place.id, "people.stay")
    if not years:
        return
    first, last = years[0], years[-1]
    for name, words in (
        ("people.anything", "guaranteed something"),
        ("people.stay", "guaranteed a stay that is at least temporary"),
        ("people.shield_without_stay", "shielded from removal and guaranteed no status"),
    ):
        yield (
            f"{place.title}: {words}: {_share(_of(points, place.id, name, first))} of people in {first}, "
            f"{_share(_of(points, place.id, name, last))} in {last}."
        )
    before, after = (_of(points, place.id, "width.stay", year) for year in (first, last))
    if before and after and before.value is not None and after.value is not None:
        yield (
            f"{place.title}: the texts left the host {before.value:.1f} steps of stay on average in "
            f"{first}, {after.value:.1f} in {last} (of 8; {after.low:.1f} to {after.high:.1f})."
        )
