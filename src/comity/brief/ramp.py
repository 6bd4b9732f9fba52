"""The colours of numbers: one ramp that rests on lightness alone, for paper and for the dark.

A ramp told apart by lightness survives every kind of colour blindness and a black-and-white
printer. On a dark page it runs the other way, so that more is always further from the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from comity.brief.errors import BriefError

LIGHT = ("#d5e5e3", "#a6ccce", "#6fabb7", "#40859c", "#25607f", "#173a5c")
DARK = ("#28465c", "#2f647d", "#3f8797", "#66aaa5", "#a4cdae", "#edf0bd")
_LIGHT_REST = {
    "zero": "#f1ede3", "coast": "#c9c2b2", "line": "#fdfcf9", "dash": "#5d5a52",
    "hatch": "#f4f2ec", "stripe": "#b7b1a5", "rim": "#fdfcf9",
}  # fmt: skip
_DARK_REST = {
    "zero": "#20272d", "coast": "#46515a", "line": "#12171b", "dash": "#b9b4a7",
    "hatch": "#181e23", "stripe": "#4b545b", "rim": "#12171b",
}  # fmt: skip
MOST_CLASSES = len(LIGHT)


def classes_needed(breaks: Sequence[float]) -> int:
    """How many colours the breaks ask for. Raises BriefError unless they rise and are few."""
    if any(low >= high for low, high in pairwise(breaks)):
        raise BriefError("`breaks` must rise")
    if not breaks or breaks[0] <= 0 or len(breaks) >= MOST_CLASSES:
        raise BriefError(f"`breaks` are 1 to {MOST_CLASSES - 1} numbers above zero")
    return len(breaks) + 1


def step_of(place: int, classes: int) -> int:
    """The ramp's colour for class `place` of `classes`: few classes still span the whole ramp."""
    return round(place * (MOST_CLASSES - 1) / (classes - 1))


def class_of(number: float, breaks: Sequence[float]) -> str:
    """The CSS class of a number: `z` for zero, else `q0` to `q5`. A break belongs above itself."""
    classes = classes_needed(breaks)
    if number < 0:
        raise BriefError(f"a number of people cannot be {number}")
    return "z" if number == 0 else f"q{step_of(bisect_right(breaks, number), classes)}"


def variables(dark: bool) -> str:
    """The colours as CSS custom properties."""
    ramp, rest = (DARK, _DARK_REST) if dark else (LIGHT, _LIGHT_REST)
    steps = [f"--q{i}:{colour}" for i, colour in enumerate(ramp)]
    return ";".join([*steps, *(f"--{name}:{colour}" for name, colour in rest.items())])


def drawing_rules(scope: str) -> str:
    """The CSS of maps under a selector; colours come from `variables`."""
    steps = "".join(
        f"{scope} .q{i}{{fill:var(--q{i});stroke:var(--q{i});color:var(--q{i})}}"
        for i in range(MOST_CLASSES)
    )
    return (
        f"{scope} *{{vector-effect:non-scaling-stroke;stroke-width:.4px;fill-rule:evenodd}}{steps}"
        f"{scope} .z{{fill:var(--zero);stroke:var(--coast);color:var(--zero)}}"
        f"{scope} .nd{{stroke:var(--coast)}}"
        f"{scope} .ground{{fill:var(--hatch)}}"
        f"{scope} .stripe{{fill:none;stroke:var(--stripe);stroke-width:1px}}"
        f"{scope} .line{{fill:none;stroke:var(--line);stroke-width:.7px}}"
        f"{scope} .dash{{fill:none;stroke:var(--dash);stroke-width:.8px;stroke-dasharray:3 2}}"
        f"{scope} .claim{{stroke:var(--dash);stroke-width:.6px;stroke-dasharray:2 2}}"
        f"{scope} .rim{{fill:none;stroke:var(--dash);stroke-width:7px;stroke-linecap:round}}"
        f"{scope} .dot{{fill:none;stroke:currentColor;stroke-width:5.4px;stroke-linecap:round}}"
        f"@media(max-width:30em){{{scope} .rim{{stroke-width:5px}}"
        f"{scope} .dot{{stroke-width:3.6px}}}}"
    )
