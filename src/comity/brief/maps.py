"""World maps of numbers of people, as SVG text, and their legends, as HTML.

A map holds no visible text (a legend inside it is unreadable on a phone) and no script; each
host carries its name and number as a `<title>`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from comity.brief.errors import HostWithoutPlace
from comity.brief.numbers import exact
from comity.brief.outlines import UNITS_PER_PIXEL, Outline, world
from comity.brief.projection import LonLat, Point
from comity.brief.ramp import class_of, classes_needed, drawing_rules, step_of, variables
from comity.brief.suppression import Withheld

DISCLAIMER = (
    "The boundaries and names shown and the designations used on these maps do not imply "
    "endorsement or acceptance by anyone of the legal status of any country, territory, city or "
    "area, or of its frontiers. Dashed lines and hatched areas mark boundaries and areas whose "
    "status is disputed or not settled."
)
NO_DOTS: Mapping[str, LonLat] = {}


def choropleth(
    values: Mapping[str, float],
    *,
    breaks: Sequence[float],
    title: str,
    description: str,
    unit: str,
    figure: str,
    dots: Mapping[str, LonLat] = NO_DOTS,
    withheld: Mapping[str, Withheld] | None = None,
) -> str:
    """A map that stands alone: a file that a reader can open, print or put in a paper.

    values: one number a host (ISO 3166-1 alpha-3, and XKX); a host left out has no data.
    breaks: rising, above zero; a number equal to a break belongs to the class above it.
    figure: prefix of every id, unique on the page.
    dots: place of a host (degrees east, degrees north) that has no shape, or whose own is wrong.
    withheld: hosts with people whose number is not shown; drawn in the lowest class.
    Raises HostWithoutPlace if a host has neither shape nor dot: it would vanish.
    """
    style = (
        f"#{figure}{{{variables(dark=False)}}}"
        f"@media screen and (prefers-color-scheme:dark){{#{figure}{{{variables(dark=True)}}}}}"
        + drawing_rules(f"#{figure}")
    )
    w = world()
    drawn = _Drawing(values, breaks, unit, figure, dots, withheld or {})
    shapes = "".join(
        f'<path class="{drawn.css(o)}"{drawn.hatch(o)} d="{o.path}">{drawn.title(o)}</path>'
        for o in w.hosts.values()
        if o.path
    )
    lines = (
        f'<path class="claim" fill="url(#{figure}-hatch)" d="{w.contested}">'
        "<title>Area whose status is disputed: not coloured</title></path>"
        f'<path class="line" d="{w.borders}"/><path class="dash" d="{w.dashed}"/>'
    )
    return drawn.frame(title, description, f"<style>{style}</style>", shapes + lines)


def choropleth_on_base(
    values: Mapping[str, float],
    *,
    breaks: Sequence[float],
    title: str,
    description: str,
    unit: str,
    figure: str,
    dots: Mapping[str, LonLat] = NO_DOTS,
    withheld: Mapping[str, Withheld] | None = None,
) -> str:
    """The same map for a page that holds `base_outlines` once: about a tenth of the size."""
    w = world()
    drawn = _Drawing(values, breaks, unit, figure, dots, withheld or {})
    shapes = "".join(
        f'<use class="{drawn.css(o)}"{drawn.hatch(o)} href="#base-{o.iso3}">{drawn.title(o)}</use>'
        for o in w.hosts.values()
        if o.path
    )
    lines = (
        f'<use class="claim" fill="url(#{figure}-hatch)" href="#base-contested">'
        "<title>Area whose status is disputed: not coloured</title></use>"
        '<use class="line" href="#base-borders"/><use class="dash" href="#base-dashed"/>'
    )
    return drawn.frame(title, description, "", shapes + lines)


def base_outlines() -> str:
    """The outlines that every `choropleth_on_base` of a page refers to; shows nothing itself."""
    w = world()
    named = [(o.iso3, o.path) for o in w.hosts.values() if o.path]
    named += [("contested", w.contested), ("borders", w.borders), ("dashed", w.dashed)]
    paths = "".join(f'<path id="base-{name}" d="{path}"/>' for name, path in named)
    return (
        '<svg class="base" width="0" height="0" aria-hidden="true" focusable="false">'
        f"<defs>{paths}</defs></svg>"
    )


def base_rules() -> tuple[str, str, str]:
    """CSS for a page with maps: light colours, dark colours, and the rules that use them."""
    return variables(dark=False), variables(dark=True), drawing_rules(".map")


def legend(
    breaks: Sequence[float], *, unit: str, has_dots: bool = True, has_withheld: bool = False
) -> str:
    """The key of a map in HTML: each class in words, zero and `no data` apart."""
    classes = classes_needed(breaks)
    edges = [1, *breaks]
    keys = [("z", "0")]
    for place in range(classes):
        low = edges[place]
        if place == classes - 1:
            words = f"{exact(low)} or more"
        else:
            words = f"{exact(low)} to under {exact(edges[place + 1])}"
        keys.append((f"q{step_of(place, classes)}", words))
    items = [f'<li><span class="key {css}"></span>{words}</li>' for css, words in keys]
    items.append('<li><span class="key nodata"></span>no data, or status disputed</li>')
    notes = []
    if has_dots:
        notes.append("A dot marks a host too small to see.")
    if has_withheld:
        notes.append("Hosts whose number is not shown take the lowest class.")
    return (
        f'<div class="legend"><p class="legend-unit">{escape(unit.capitalize())}</p>'
        f"<ul>{''.join(items)}</ul>"
        + (f'<p class="legend-note">{" ".join(notes)}</p>' if notes else "")
        + "</div>"
    )


class _Drawing:
    """What one map says about each host."""

    def __init__(
        self,
        values: Mapping[str, float],
        breaks: Sequence[float],
        unit: str,
        figure: str,
        dots: Mapping[str, LonLat],
        withheld: Mapping[str, Withheld],
    ) -> None:
        classes_needed(breaks)
        self.values, self.breaks, self.unit = values, breaks, unit
        self.figure, self.dots, self.withheld = figure, dots, withheld
        self.lost = self._known() - set(world().hosts) - set(dots)
        if self.lost:
            raise HostWithoutPlace(self.lost)

    def _known(self) -> set[str]:
        return set(self.values) | set(self.withheld)

    def css(self, outline: Outline) -> str:
        """The class of a host's colour."""
        if outline.iso3 in self.withheld:
            return "q0"
        number = self.values.get(outline.iso3)
        return "nd" if number is None else class_of(number, self.breaks)

    def hatch(self, outline: Outline) -> str:
        """The hatch of a host that nothing is known of."""
        return f' fill="url(#{self.figure}-hatch)"' if self.css(outline) == "nd" else ""

    def title(self, outline: Outline) -> str:
        """Name and number, for a pointer and for programs that read the file."""
        if outline.iso3 in self.withheld:
            few = self.withheld[outline.iso3] is Withheld.FEW
            said = f"{Withheld.FEW.value} {self.unit}" if few else "number withheld"
        elif outline.iso3 in self.values:
            said = f"{exact(self.values[outline.iso3])} {self.unit}"
        else:
            said = "no data"
        return f"<title>{escape(outline.name)}: {escape(said)}</title>"

    def _dotted(self) -> list[tuple[Outline, Point]]:
        w = world()
        found = []
        for code in sorted(self._known()):
            outline = w.hosts.get(code) or Outline(code, code, "", 0.0, None)
            place = w.projection(self.dots[code]) if code in self.dots else outline.centre
            if place is None:
                raise HostWithoutPlace([code])
            if outline.is_too_small:
                found.append((outline, place))
        return found

    def _dots(self) -> str:
        marks = []
        for outline, (x, y) in self._dotted():
            at = f"M{round(x)} {round(y)}h0"
            marks.append(
                f'<g><path class="rim" d="{at}"/>'
                f'<path class="dot {self.css(outline)}" d="{at}"/>{self.title(outline)}</g>'
            )
        return "".join(marks)

    def frame(self, title: str, description: str, style: str, body: str) -> str:
        """The whole `<svg>`: names first, for a screen reader, then the drawing."""
        projection, key = world().projection, escape(self.figure)
        width, height = round(projection.width), round(projection.height)
        tile = 6 * UNITS_PER_PIXEL
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{key}" class="map" role="img" '
            f'viewBox="0 0 {width} {height}" aria-labelledby="{key}-title" '
            f'aria-describedby="{key}-text"><title id="{key}-title">{escape(title)}</title>'
            f'<desc id="{key}-text">{escape(description)}</desc>{style}<defs>'
            f'<pattern id="{key}-hatch" patternUnits="userSpaceOnUse" width="{tile}" '
            f'height="{tile}" patternTransform="rotate(45)"><rect class="ground" width="{tile}" '
            f'height="{tile}"/><path class="stripe" d="M0 0v{tile}"/></pattern></defs>'
            f"{body}{self._dots()}</svg>"
        )
