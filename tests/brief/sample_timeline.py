"""A small timeline: two places, a theme of law and one of people, with every kind of point."""

from __future__ import annotations

from datetime import date

from comity.brief.context import SourceNote
from comity.brief.timeline_context import (
    ClaimNote,
    Line,
    Panel,
    PlaceNote,
    Point,
    Theme,
    TimelineContext,
    YearNote,
)


def law_line(name: str, numbers: dict[int, float]) -> Line:
    """A line of law, all of whose years are observed."""
    points = tuple(Point(year, n, n, n) for year, n in numbers.items())
    return Line(f"texts.{name}", name, points)


PEOPLE = Line(
    "people.stay",
    "stay",
    (
        Point(1990, 0.2, 0.1, 0.5, observed=True),
        Point(1991, 0.25, 0.1, 0.6, observed=False),
        Point(1992, None, None, None, observed=False),
        Point(1993, 0.3, 0.2, 0.6, observed=False),
        Point(1994, 0.3, 0.2, 0.6, observed=False),
        Point(1995, 0.4, 0.2, 0.7, observed=True),
    ),
)
LAW = Theme(
    "texts",
    "Texts <in> force",
    "How many.",
    "texts",
    tuple(
        Panel(
            place,
            f"{place} & more",
            (
                law_line("binding", {1990: 1, 1991: 2, 1992: 3, 1993: 4, 1994: 4, 1995: 4}),
                law_line("informal", {1990: 0, 1991: 1, 1992: 1, 1993: 4, 1994: 4, 1995: 4}),
            ),
        )
        for place in ("world", "europe")
    ),
    (("Binding", "Counted so."), ("Informal", "Counted so too.")),
    by_people=False,
)
STAY = Theme(
    "stay",
    "A stay",
    "Of the people.",
    "share",
    (Panel("world", "The world", (PEOPLE,)),),
    (("Stay", "At least temporary."),),
    by_people=True,
    banded=True,
    top=1.0,
)


def sample_timeline() -> TimelineContext:
    """The whole context."""
    return TimelineContext(
        title="Law and people, 1990 to 1995",
        run_on=date(2026, 11, 24),
        version="0",
        law_years=(1990, 1995),
        people_years=(1990, 1995),
        places=(PlaceNote("world", "The world", "Every host.", 233, ((1990, 141, 153),)),),
        themes=(LAW, STAY),
        claims=(
            ClaimNote("informal", "They became <informal>.", ("texts",), ("It shows.",), ("Not.",)),
            ClaimNote("outward", "They answer outward.", (), (), ("Nothing.",)),
        ),
        years=(
            YearNote(1990, "published", 1000, 100, 0),
            YearNote(1991, "interpolated", 1100, 90, 5),
            YearNote(1995, "none", None, None, None),
        ),
        breaks={1992: "a State was dissolved"},
        defects=("A defect.",),
        assumptions="ordinary: as usual.",
        claim="Read of this encoding.",
        coverage={"A treaty": "41 % of 138 paragraphs encoded"},
        sources=(
            SourceNote(
                "s", "Stock", "UN", "https://example.org/", "CC", "2024", None, "ab", "read"
            ),
        ),
        rows=(("place", "year"), ("world", 1990)),
        articles=(("place", "node"), ("world", "a_treaty/1.1")),
        document='{"series": []}\n',
    )
