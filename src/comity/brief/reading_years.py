"""Parties by year, as bars: an inline drawing whose numbers stand in a table beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

WIDTH, HEIGHT, FOOT = 700, 150, 22
"""Of the drawing in its own units; FOOT is left below the bars for the years."""


def bars_by_year(years: Sequence[Mapping[str, Any]], title: str) -> str:
    """A bar for each year, as high as it had parties; "" where there never were any."""
    most = max((one["parties"] for one in years), default=0)
    if not most:
        return ""
    step = WIDTH / len(years)
    bars = []
    for place, one in enumerate(years):
        height = (HEIGHT - FOOT) * one["parties"] / most
        bars.append(
            f'<rect x="{place * step:.1f}" y="{HEIGHT - FOOT - height:.1f}" '
            f'width="{max(1.0, step - 1.5):.1f}" height="{height:.1f}">'
            f"<title>{one['year']}: {one['parties']} parties</title></rect>"
        )
    first, last = years[0]["year"], years[-1]["year"]
    words = f"{title}: parties by year, {first} to {last}, {most} at the most"
    return (
        f'<svg class="years" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'aria-label="{escape(words)}"><g class="bar-certain">{"".join(bars)}</g>'
        f'<path class="foot" d="M0 {HEIGHT - FOOT}h{WIDTH}"/>'
        f'<text x="0" y="{HEIGHT - 5}">{first}</text>'
        f'<text x="{WIDTH}" y="{HEIGHT - 5}" text-anchor="end">{last}</text></svg>'
    )
