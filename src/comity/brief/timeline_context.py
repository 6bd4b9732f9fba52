"""All that the timeline's page needs, as values: places, themes with their lines, claims, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from comity.brief.context import SourceNote

Unit: TypeAlias = Literal["texts", "States", "share", "steps"]


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a line. low <= value <= high; all None where few people stand in it.

    observed: whether the year's people are published, or on a line between two published years.
    """

    year: int
    value: float | None
    low: float | None
    high: float | None
    observed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of one place through the years, as it is drawn: a share is a number from 0 to 1."""

    figure: str
    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The lines of one place that stand in one drawing."""

    place: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """One question with a drawing for each place, on one axis.

    top: the axis's end; None: the largest number. banded: one line with its interval as a band.
    definitions: title and words of each figure. by_people: weighted by people, so that years between
    published ones are drawn dashed and breaks are marked.
    """

    id: str
    heading: str
    says: str
    unit: Unit
    panels: tuple[Panel, ...]
    definitions: tuple[tuple[str, str], ...]
    by_people: bool
    banded: bool = False
    top: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceNote:
    """A place in words, and how far the two sources of stocks part in the years that both have."""

    id: str
    title: str
    definition: str
    hosts: int
    overlap: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class ClaimNote:
    """A claim of the paper, what the figures show of it, and what they cannot show."""

    id: str
    claim: str
    themes: tuple[str, ...]
    shows: tuple[str, ...]
    does_not_show: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearNote:
    """What the people of a year are counted from; None where nothing is known of a year."""

    year: int
    basis: str
    stock: int | None
    inside_one_state: int | None
    host_unknown: int | None


@dataclass(frozen=True)
class TimelineContext:
    """The whole page and its files. rows, articles: the tables of the CSV files, heads included.
    document: the JSON document as text."""

    title: str
    run_on: date
    version: str
    law_years: tuple[int, int]
    people_years: tuple[int, int]
    places: tuple[PlaceNote, ...]
    themes: tuple[Theme, ...]
    claims: tuple[ClaimNote, ...]
    years: tuple[YearNote, ...]
    breaks: Mapping[int, str]
    defects: tuple[str, ...]
    assumptions: str
    claim: str
    coverage: Mapping[str, str]
    sources: tuple[SourceNote, ...]
    rows: Sequence[Sequence[str | int | float | None]]
    articles: Sequence[Sequence[str | int | float | None]]
    document: str
