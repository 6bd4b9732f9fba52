"""Horizontal bars with an interval: what is certain, what is possible, what an assumption gives.

Words and numbers are HTML, so that they wrap and grow on a phone; the bar between them is a
drawing that says nothing the words do not, and is hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

from comity.brief.errors import BriefError
from comity.brief.numbers import rounded, shown
from comity.brief.suppression import Shown, Withheld


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: certain <= assumed <= possible, each a number or the reason why it is not shown.

    see: id on the page of what the row counts, if it leads there.
    """

    name: str
    certain: Shown
    possible: Shown
    assumed: Shown
    see: str = ""

    def __post_init__(self) -> None:
        known = [n for n in (self.certain, self.assumed, self.possible) if isinstance(n, int)]
        if known != sorted(known):
            raise BriefError(f"`{self.name}`: certain, assumed and possible must rise")


def axis_end(largest: float) -> float:
    """A round number at or above the largest: 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten."""
    if largest <= 0:
        return 1.0
    power = 10.0 ** floor(log10(largest))
    return next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= largest)


def interval_track(bar: Bar, end: float) -> str:
    """The drawing of one bar on an axis from 0 to `end`; widths in percent, so it fits any page."""

    def at(number: Shown) -> float:
        return 0.0 if isinstance(number, Withheld) else round(100 * number / end, 2)

    certain, possible, assumed = at(bar.certain), at(bar.possible), at(bar.assumed)
    parts = [f'<rect class="bar-possible" width="{possible}%" height="100%" rx="1"/>']
    if certain:
        parts.append(f'<rect class="bar-certain" width="{certain}%" height="100%" rx="1"/>')
    if not isinstance(bar.assumed, Withheld):
        parts.append(
            f'<line class="bar-assumed" x1="{assumed}%" x2="{assumed}%" y1="-20%" y2="120%"/>'
        )
    return (
        '<svg class="track" width="100%" height="14" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def largest(bars: Iterable[Bar]) -> int:
    """The largest number that is shown, for an axis that several lists share."""
    numbers = (n for b in bars for n in (b.possible, b.assumed, b.certain) if isinstance(n, int))
    return max(numbers, default=0)


def interval_bars(bars: Sequence[Bar], *, unit: str, assumptions: str, label: str) -> str:
    """A list of bars, longest possible first as handed in, on one axis that starts at zero.

    assumptions: name of the set behind the mark. label: what the list is, for a screen reader.
    """
    axis = axis_end(largest(bars))
    return f"{bar_key(assumptions)}{bar_list(bars, unit=unit, label=label, end=axis)}"


def bar_list(bars: Sequence[Bar], *, unit: str, label: str, end: float) -> str:
    """The bars without their key, on an axis from 0 to `end`."""
    rows = "".join(_row(bar, end) for bar in bars)
    return (
        f'<ol class="bars" aria-label="{escape(label)}">{rows}</ol>'
        f'<p class="bars-axis"><span>0</span><span>{rounded(end)} {escape(unit)}</span></p>'
    )


def bar_key(assumptions: str) -> str:
    """The key of interval bars, in HTML."""
    return (
        '<ul class="bar-key"><li><span class="key bar-certain"></span>certain</li>'
        '<li><span class="key bar-possible"></span>possible</li>'
        '<li><span class="key-line"></span>under the assumptions '
        f"<em>{escape(assumptions)}</em></li></ul>"
    )


def _row(bar: Bar, end: float) -> str:
    if isinstance(bar.certain, Withheld) or isinstance(bar.possible, Withheld):
        span = f"{shown(bar.certain)} to {shown(bar.possible)}"
    elif bar.certain == bar.possible:
        span = rounded(bar.certain)
    else:
        span = f"{rounded(bar.certain)} to {rounded(bar.possible)}"
    assumed = shown(bar.assumed) if isinstance(bar.assumed, Withheld) else rounded(bar.assumed)
    name = escape(bar.name)
    if bar.see:
        name = f'<a href="#{escape(bar.see)}">{name}</a>'
    return (
        f'<li><span class="bar-name">{name}</span>'
        f'<span class="bar-number"><strong>{assumed}</strong> <span class="bar-span">({span})'
        f"</span></span>{interval_track(bar, end)}</li>"
    )


def range_track(low: float, high: float, end: float) -> str:
    """The drawing of a range on an axis from 0 to `end`, for numbers that are not people."""
    start, stop = round(100 * low / end, 2), round(100 * high / end, 2)
    return (
        '<svg class="track" width="100%" height="10" aria-hidden="true" focusable="false">'
        f'<rect class="bar-certain" width="{start}%" height="100%" rx="1"/>'
        f'<rect class="bar-possible" x="{start}%" width="{round(stop - start, 2)}%" '
        'height="100%" rx="1"/></svg>'
    )
