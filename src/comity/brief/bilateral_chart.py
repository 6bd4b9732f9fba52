"""The share of agreements that keep a bundle of clauses, by decade, with its interval, as SVG.

A drawing has a title and a description for a screen reader, and says nothing that the table below it
does not say. A decade with few agreements has no dot and no interval: its count stands in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from comity.brief.bars import axis_end
from comity.brief.ramp import variables

WIDTH, HEIGHT = 340.0, 216.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 42.0, 4.0, 12.0, 58.0
_ROWS = (18.0, 34.0, 50.0)
"""Where the words stand below the axis: decade, agreements that keep all, agreements coded."""
_INK = {False: "--bl-soft:#545a5c;--bl-rule:#ddd7ca", True: "--bl-soft:#a9aca9;--bl-rule:#343d43"}


def chart_variables(*, dark: bool) -> str:
    """The colours as CSS custom properties, beside those of the ramp."""
    return _INK[dark]


def chart_rules(scope: str) -> str:
    """The CSS of the charts under a selector."""
    return (
        f"{scope}{{display:block;width:100%;height:auto;max-width:34rem}}"
        f"{scope} text{{font:11px system-ui,sans-serif;fill:var(--bl-soft)}}"
        f"{scope} .grid{{stroke:var(--bl-rule);stroke-width:1}}"
        f"{scope} .interval{{stroke:var(--q1);stroke-width:7;stroke-linecap:round}}"
        f"{scope} .share{{fill:var(--q5)}}"
    )


def chart(bundle: Mapping[str, Any], *, id_: str) -> str:
    """One bundle through the decades. bundle: of the document of `comity bilateral`, as plain values.

    id_: of the drawing, unique on the page.
    """
    rows: Sequence[Mapping[str, Any]] = bundle["by_decade"]
    highest = max((row["high"] for row in rows if not row["is_few"]), default=0.0)
    end = min(1.0, axis_end(highest or 1.0))
    return (
        f'<svg class="decades" id="{escape(id_)}" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" '
        f'aria-labelledby="{id_}-title {id_}-desc" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{id_}-title">{escape(bundle["title"])}</title>'
        f'<desc id="{id_}-desc">{escape(described(bundle))}</desc>'
        f"{''.join(_grid(end))}{''.join(_columns(rows, end))}</svg>"
    )


def standalone(bundle: Mapping[str, Any]) -> str:
    """The same as a file of its own, in light and dark."""
    made = chart(bundle, id_=f"bundle-{bundle['name']}")
    style = (
        f":root{{{variables(dark=False)};{chart_variables(dark=False)}}}"
        "@media screen and (prefers-color-scheme:dark)"
        f"{{:root{{{variables(dark=True)};{chart_variables(dark=True)}}}}}{chart_rules('.decades')}"
    )
    head, _, rest = made.partition("<title")
    return f"{head}<style>{style}</style><title{rest}"


def told(row: Mapping[str, Any]) -> str:
    """A share in words: `1 % (0 % to 4 %), 2 of 154`, or `0 of 1`."""
    count = f"{row['all']} of {row['coded']}"
    if row["is_few"] or row["share"] is None:
        return count
    return f"{percent(row['share'])} ({percent(row['low'])} to {percent(row['high'])}), {count}"


def percent(share: float) -> str:
    """A share in percent, with a decimal where it is small; never rounded down to nought."""
    number = 100 * share
    if 0 < number < 0.05:
        return "under 0.1 %"
    return f"{number:.1f} %" if 0 < number < 10 else f"{number:.0f} %"


def described(bundle: Mapping[str, Any]) -> str:
    """The drawing in a sentence."""
    rows = "; ".join(f"{row['group']}: {told(row)}" for row in bundle["by_decade"])
    return f"Share of coded agreements that keep all, by decade, with Wilson's interval. {rows}."


def _grid(end: float) -> Iterator[str]:
    for part in (0.0, 0.5, 1.0):
        y = _y(part * end, end)
        yield f'<line class="grid" x1="{_LEFT:g}" x2="{WIDTH - _RIGHT:g}" y1="{y:g}" y2="{y:g}"/>'
        yield _text(_LEFT - 6, y + 4, f"{100 * part * end:g} %", "end")


def _columns(rows: Sequence[Mapping[str, Any]], end: float) -> Iterator[str]:
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(rows))
    for number, row in enumerate(rows):
        x = round(_LEFT + step * (number + 0.5), 1)
        if not row["is_few"] and row["share"] is not None:
            low, high, at = (_y(row[name], end) for name in ("low", "high", "share"))
            yield f'<line class="interval" x1="{x:g}" x2="{x:g}" y1="{low:g}" y2="{high:g}"/>'
            yield f'<circle class="share" cx="{x:g}" cy="{at:g}" r="3.6"/>'
        words = (row["group"][:4], row["all"], row["coded"])
        for y, word in zip(_ROWS, words, strict=True):
            yield _text(x, HEIGHT - _BOTTOM + y, str(word), "middle")
    for y, word in zip(_ROWS[1:], ("all", "coded"), strict=True):
        yield _text(_LEFT, HEIGHT - _BOTTOM + y, word, "end")


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{words}</text>'


def _y(share: float, end: float) -> float:
    height = HEIGHT - _TOP - _BOTTOM
    return round(_TOP + height * (1 - min(share, end) / end), 1)
