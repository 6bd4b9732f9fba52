"""Line charts through the years, as SVG: published years solid with a dot, years between dashed.

A drawing has a title and a description for a screen reader, and says nothing that the table below it
does not say. Lines are told apart by the words at their ends, not by colour alone. A band runs from
what is certain to what is possible. A break of a series is a vertical line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from comity.brief.bars import axis_end
from comity.brief.timeline_context import Line, Panel, Point, Theme, Unit

WIDTH, HEIGHT = 340.0, 220.0
_LEFT, _TOP, _BOTTOM = 46.0, 12.0, 26.0
_RIGHT, _RIGHT_OF_LABELS = 18.0, 104.0
_LETTER = 13.0
"""The least distance between two words at the ends of lines."""
_TICK_YEARS = 20

LIGHT = {"ink": "#1d2428", "soft": "#545a5c", "rule": "#ddd7ca", "band": "#a6ccce",
         "l0": "#173a5c", "l1": "#a63d17", "l2": "#2f7d6b", "l3": "#7a5195", "l4": "#6b6a5f"}  # fmt: skip
DARK = {"ink": "#e6e3dc", "soft": "#a9aca9", "rule": "#343d43", "band": "#2f647d",
        "l0": "#8cc5d3", "l1": "#f0a07c", "l2": "#8fcf9f", "l3": "#c9a8e0", "l4": "#c8c4b4"}  # fmt: skip
MOST_LINES = 5


def variables(colours: Mapping[str, str]) -> str:
    """The colours as CSS custom properties."""
    return ";".join(f"--tl-{name}:{colour}" for name, colour in colours.items())


def chart_rules(scope: str) -> str:
    """The CSS of the charts under a selector; colours come from `variables`."""
    lines = "".join(
        f"{scope} .l{n}{{stroke:var(--tl-l{n})}}{scope} .d{n},{scope} .t{n}{{fill:var(--tl-l{n})}}"
        for n in range(MOST_LINES)
    )
    return (
        f"{scope} text{{font:12px system-ui,sans-serif;fill:var(--tl-soft)}}"
        f"{scope} .grid{{stroke:var(--tl-rule);stroke-width:1}}"
        f"{scope} .axis{{stroke:var(--tl-soft);stroke-width:1}}"
        f"{scope} .break{{stroke:var(--tl-soft);stroke-width:1;stroke-dasharray:1 3}}"
        f"{scope} .band{{fill:var(--tl-band);opacity:.55}}"
        f"{scope} .line{{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}}"
        f"{scope} .between{{stroke-dasharray:4 3;stroke-linecap:butt}}"
        f"{lines}"
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """Where years and numbers stand in a drawing."""

    first: int
    last: int
    top: float
    right: float

    def x(self, year: float) -> float:
        """From the left, in units of the drawing."""
        span = max(self.last - self.first, 1)
        return _LEFT + (year - self.first) / span * (WIDTH - _LEFT - self.right)

    def y(self, number: float) -> float:
        """From above, in units of the drawing."""
        return HEIGHT - _BOTTOM - number / self.top * (HEIGHT - _TOP - _BOTTOM)


def number_text(number: float | None, unit: Unit) -> str:
    """A number as the page writes it."""
    if number is None:
        return "not told"
    if unit == "share":
        percent = 100 * number
        return f"{percent:.1f} %" if 0 < percent < 10 or 99 < percent < 100 else f"{percent:.0f} %"
    return f"{number:.1f}" if unit == "steps" else f"{number:,.0f}"


def axis_of(theme: Theme) -> float:
    """The end of the axis that the drawings of a theme share."""
    if theme.top is not None:
        return theme.top
    numbers = (
        number
        for panel in theme.panels
        for line in panel.lines
        for point in line.points
        for number in (point.value, point.high if theme.banded else None)
        if number is not None
    )
    return axis_end(max(numbers, default=0.0))


def chart(theme: Theme, panel: Panel, breaks: Iterable[int], years: tuple[int, int]) -> str:
    """The drawing of one place, without colours: `chart_rules` and `variables` give them."""
    frame = Frame(*years, axis_of(theme), _RIGHT if theme.banded else _RIGHT_OF_LABELS)
    name = f"chart-{theme.id}-{panel.place}"
    return (
        f'<svg class="timeline" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
        f'aria-labelledby="{name}-t {name}-d" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{name}-t">{escape(theme.heading)}: {escape(panel.title)}</title>'
        f'<desc id="{name}-d">{escape(description(theme, panel))}</desc>'
        f"{''.join(_grid(frame, theme.unit))}"
        f"{''.join(_breaks(frame, breaks if theme.by_people else ()))}"
        f"{''.join(_lines(frame, theme, panel.lines))}</svg>"
    )


def standalone(theme: Theme, panel: Panel, breaks: Iterable[int], years: tuple[int, int]) -> str:
    """The same drawing as a file of its own, on a ground of paper, for light and dark."""
    drawn = chart(theme, panel, breaks, years)
    rules = (
        f"<style>svg{{{variables(LIGHT)};background:#fdfcf9}}"
        "@media(prefers-color-scheme:dark){"
        f"svg{{{variables(DARK)};background:#12171b}}}}"
        f"{chart_rules('svg')}</style>"
    )
    head, _, rest = drawn.partition("</desc>")
    return f"{head}</desc>{rules}{rest}\n"


def description(theme: Theme, panel: Panel) -> str:
    """Each line in words: its first and last year, and the years between that are the highest and lowest."""
    said = []
    for line in panel.lines:
        known = [p for p in line.points if p.value is not None]
        if not known:
            said.append(f"{line.title}: nothing observed.")
            continue
        first, last = known[0], known[-1]
        most = max(known, key=lambda p: (p.value or 0, -p.year))
        words = (
            f"{line.title}: {number_text(first.value, theme.unit)} in {first.year}, "
            f"{number_text(last.value, theme.unit)} in {last.year}"
        )
        if most.year not in (first.year, last.year):
            words += f", at most {number_text(most.value, theme.unit)} in {most.year}"
        if theme.banded and last.low is not None:
            words += (
                f"; in {last.year} from {number_text(last.low, theme.unit)} certain to "
                f"{number_text(last.high, theme.unit)} possible"
            )
        said.append(f"{words}.")
    return " ".join(said)


def _grid(frame: Frame, unit: Unit) -> Iterator[str]:
    right = frame.x(frame.last)
    for part in range(5):
        number = frame.top * part / 4
        if unit in ("texts", "States") and not number.is_integer():
            continue
        y = frame.y(number)
        kind = "axis" if part == 0 else "grid"
        yield f'<line class="{kind}" x1="{_LEFT}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        words = f"{100 * number:.0f} %" if unit == "share" else f"{number:,.4g}"
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{words}</text>'
    start = -(-frame.first // _TICK_YEARS) * _TICK_YEARS
    ticks = list(range(start, frame.last + 1, _TICK_YEARS))
    if len(ticks) < 2:
        ticks = sorted({frame.first, frame.last})
    for year in ticks:
        x = frame.x(year)
        base = HEIGHT - _BOTTOM
        yield f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{base}" y2="{base + 4}"/>'
        yield f'<text x="{x:.1f}" y="{base + 17}" text-anchor="middle">{year}</text>'


def _breaks(frame: Frame, breaks: Iterable[int]) -> Iterator[str]:
    for year in breaks:
        if frame.first <= year <= frame.last:
            x = frame.x(year)
            yield f'<line class="break" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"/>'


def _lines(frame: Frame, theme: Theme, lines: Sequence[Line]) -> Iterator[str]:
    if theme.banded:
        for line in lines:
            yield from _band(frame, line.points)
    for number, line in enumerate(lines):
        for solid, run in _runs(line.points):
            path = " ".join(f"{frame.x(y):.1f},{frame.y(v):.1f}" for y, v in run)
            kind = "line" if solid or not theme.by_people else "line between"
            yield f'<polyline class="{kind} l{number}" points="{path}"/>'
        if theme.by_people:
            for point in line.points:
                if point.value is not None and point.observed:
                    x, y = frame.x(point.year), frame.y(point.value)
                    yield f'<circle class="d{number}" cx="{x:.1f}" cy="{y:.1f}" r="2.6"/>'
    if not theme.banded:
        yield from _labels(frame, lines)


def _runs(points: Sequence[Point]) -> Iterator[tuple[bool, list[tuple[int, float]]]]:
    """Pieces of a line: solid between published years that follow one another, else dashed."""
    run: list[tuple[int, float]] = []
    solid = True
    for before, after in pairwise(points):
        if before.value is None or after.value is None or after.year != before.year + 1:
            if run:
                yield solid, run
            run = []
            continue
        kind = before.observed and after.observed
        if not run or kind is not solid:
            if run:
                yield solid, run
            run, solid = [(before.year, before.value)], kind
        run.append((after.year, after.value))
    if run:
        yield solid, run


def _band(frame: Frame, points: Sequence[Point]) -> Iterator[str]:
    run: list[tuple[int, float, float]] = []

    def drawn() -> str:
        above = [f"{frame.x(y):.1f},{frame.y(high):.1f}" for y, _, high in run]
        below = [f"{frame.x(y):.1f},{frame.y(low):.1f}" for y, low, _ in reversed(run)]
        return f'<polygon class="band" points="{" ".join([*above, *below])}"/>'

    for point in points:
        if point.low is None or point.high is None or (run and point.year != run[-1][0] + 1):
            if len(run) > 1:
                yield drawn()
            run = []
        if point.low is not None and point.high is not None:
            run.append((point.year, point.low, point.high))
    if len(run) > 1:
        yield drawn()


def _labels(frame: Frame, lines: Sequence[Line]) -> Iterator[str]:
    """The name of each line at its end, moved apart where ends lie close together."""
    ends: list[tuple[float, int, str]] = []
    for number, line in enumerate(lines):
        last = next((p for p in reversed(line.points) if p.value is not None), None)
        if last is not None and last.value is not None:
            ends.append((frame.y(last.value), number, line.title))
    ends.sort()
    floor = HEIGHT - _BOTTOM + 2
    at = [height for height, _, _ in ends]
    for place in range(1, len(at)):
        at[place] = max(at[place], at[place - 1] + _LETTER)
    for place in range(len(at) - 1, -1, -1):
        limit = floor if place == len(at) - 1 else at[place + 1] - _LETTER
        at[place] = min(at[place], limit)
    x = frame.x(frame.last) + 6
    for y, (_, number, title) in zip(at, ends, strict=True):
        yield f'<text class="t{number}" x="{x:.1f}" y="{y + 4:.1f}">{escape(title)}</text>'
