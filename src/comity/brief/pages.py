"""The page: a context and its drawings through the templates, to one HTML text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from comity.brief.bars import Bar, axis_end, bar_list, interval_bars, range_track
from comity.brief.context import (
    DossierContext,
    FigureBlock,
    MapFigure,
    RightBounds,
    RightComparison,
    SourceNote,
)
from comity.brief.covered import CoveredRow, MovedRow, shown_levels, shown_number, three
from comity.brief.errors import UnknownReference
from comity.brief.maps import (
    DISCLAIMER,
    base_outlines,
    base_rules,
    choropleth,
    choropleth_on_base,
    legend,
)
from comity.brief.numbers import exact, rounded, share, shown
from comity.brief.proof_files import NOT_COUNTED, articles_text
from comity.brief.proofs_page import drawn_proofs, named_sources
from comity.brief.suppression import Shown, Withheld
from comity.brief.tables import ShownTable, shown_bounds, shown_table


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map ready for the page, and its file."""

    figure: MapFigure
    svg: Markup
    legend: Markup
    file: str


@dataclass(frozen=True, slots=True)
class DrawnFigure:
    """A figure block ready for the page."""

    block: FigureBlock
    table: ShownTable
    maps: tuple[DrawnMap, ...]
    bars: Markup
    bars_drawn: int
    sources: tuple[SourceNote, ...]


@cache
def environment() -> Environment:
    """The templates; every text is escaped, a missing name is an error."""
    made = Environment(
        loader=PackageLoader("comity.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        exact=exact,
        rounded=_rounded_or_reason,
        shown=shown,
        words=lambda level: str(level).replace("_", " "),
        upper_first=upper_first,
        articles=articles_text,
        day=lambda on: f"{on.day} {on:%B %Y}",
        shown_bounds=shown_bounds,
    )
    made.globals.update(
        segments=segments, share=share, range_track=_range_markup, not_counted=NOT_COUNTED
    )
    return made


def upper_first(text: str) -> str:
    """A text that begins a sentence or a heading."""
    return text[:1].upper() + text[1:]


def _rounded_or_reason(number: Shown) -> str:
    return number.value if isinstance(number, Withheld) else rounded(number)


def _range_markup(low: float, high: float, end: float) -> Markup:
    return Markup(range_track(low, high, end))


def segments(right: RightComparison, bounds: RightBounds) -> list[tuple[str, str]]:
    """The steps of a right's scale above its bottom, each with what the law makes of it.

    `held` is guaranteed, `open` left to the state, `shut` ruled out; `perhaps_held` and
    `perhaps_shut` depend on questions that are still open.
    """
    rank = {level: i for i, level in enumerate(right.levels)}
    lowers = sorted((rank[bounds.lower], rank[bounds.lower_possible]))
    uppers = sorted((rank[bounds.upper], rank[bounds.upper_possible]))
    steps = []
    for level in right.levels[1:]:
        if rank[level] <= lowers[0]:
            kind = "held"
        elif rank[level] > uppers[1]:
            kind = "shut"
        elif rank[level] <= lowers[1]:
            kind = "perhaps_held"
        elif rank[level] > uppers[0]:
            kind = "perhaps_shut"
        else:
            kind = "open"
        steps.append((level, kind))
    return steps


def map_values(
    table: ShownTable, figure: MapFigure
) -> tuple[dict[str, float], dict[str, Withheld]]:
    """A map's numbers, and its hidden hosts, from the table as it is published."""
    numbers: dict[str, float] = {}
    hidden: dict[str, Withheld] = {}
    for row in table.rows:
        if row.code in figure.not_on_map:
            continue
        cell: Shown = getattr(row.under(figure.law), figure.measure)
        if isinstance(cell, Withheld):
            hidden[row.code] = cell
        else:
            numbers[row.code] = cell
    return numbers, hidden


def standalone_map(table: ShownTable, figure: MapFigure) -> str:
    """The map as a file of its own."""
    numbers, hidden = map_values(table, figure)
    return choropleth(
        numbers, breaks=figure.breaks, title=figure.title, description=figure.description,
        unit=table.unit, figure=figure.id, dots=figure.dots, withheld=hidden,
    )  # fmt: skip


def _drawn_map(table: ShownTable, figure: MapFigure) -> DrawnMap:
    numbers, hidden = map_values(table, figure)
    svg = choropleth_on_base(
        numbers, breaks=figure.breaks, title=figure.title, description=figure.description,
        unit=table.unit, figure=figure.id, dots=figure.dots, withheld=hidden,
    )  # fmt: skip
    key = legend(figure.breaks, unit=table.unit, has_withheld=bool(hidden))
    return DrawnMap(figure, Markup(svg), Markup(key), f"figures/{figure.id}.svg")


def drawn_figure(block: FigureBlock, context: DossierContext) -> DrawnFigure:
    """The block's table after suppression, with its maps and bars."""
    table = shown_table(block.table)
    known = [
        row
        for row in table.rows
        if all(isinstance(n, int) for n in (row.today.certain, row.today.possible))
        and row.today.possible != 0
    ][: block.bars]
    bars = [Bar(r.name, r.today.certain, r.today.possible, r.today.assumed) for r in known]
    drawing = interval_bars(
        bars,
        unit=table.unit,
        assumptions=context.assumptions.name,
        label=f"{block.heading}: the {len(bars)} largest, by {table.by}",
    )
    return DrawnFigure(
        block=block,
        table=table,
        maps=tuple(_drawn_map(table, figure) for figure in block.maps),
        bars=Markup(drawing) if bars else Markup(""),
        bars_drawn=len(bars),
        sources=named_sources(block.sources, f"figure `{table.id}`", context),
    )


@dataclass(frozen=True, slots=True)
class DrawnCovered:
    """The section on who is covered, ready for the page."""

    levels: tuple[tuple[CoveredRow, tuple[Shown, ...]], ...]
    moved: tuple[tuple[MovedRow, tuple[Shown, ...]], ...]
    bars: Markup


_MOST_HANGING = 12


def _drawn_covered(context: DossierContext) -> DrawnCovered | None:
    found = context.covered
    if found is None:
        return None
    hanging = [
        (row.sentence, number)
        for row in found.hanging[:_MOST_HANGING]
        if isinstance(number := shown_number(row.persons), int) and number
    ]
    return DrawnCovered(
        levels=tuple(shown_levels(found.rows)),
        moved=tuple(
            (row, tuple(shown_number(n) for n in (*three(row.more), *three(row.less))))
            for row in found.moved
        ),
        bars=Markup(
            bar_list(
                [Bar(name, number, number, number) for name, number in hanging],
                unit="persons",
                label="People who hang on each assumption, most first",
                end=axis_end(hanging[0][1]),
            )
            if hanging
            else ""
        ),
    )


def page(context: DossierContext) -> str:
    """The whole of index.html. Raises UnknownReference if it would point at nothing."""
    light, dark, rules = base_rules()
    figures = [drawn_figure(block, context) for block in context.figures]
    _check_anchors(context)
    template = environment().get_template("dossier.html")
    return template.render(
        dossier=context,
        figures=figures,
        proofs=drawn_proofs(context),
        covered=_drawn_covered(context),
        disclaimer=DISCLAIMER,
        base=Markup(base_outlines()) if any(f.maps for f in figures) else Markup(""),
        light=Markup(light),
        dark=Markup(dark),
        map_rules=Markup(rules),
    )


SECTIONS = ("findings", "not-counted", "convention", "guaranteed", "not-guaranteed", "in-between",
            "covered", "situations", "people", "discretion", "totals", "coverage", "sources")  # fmt: skip
"""The page's sections by the names under which it can be opened: `index.html#people`."""


def _check_anchors(context: DossierContext) -> None:
    known = {*SECTIONS, *(block.table.id for block in context.figures)}
    known |= {situation.id for situation in context.situations}
    known |= {"duties"} if context.guarantees.duties else set()
    for finding in context.findings:
        if finding.see not in known:
            raise UnknownReference(f"finding points at `{finding.see}`, which the page lacks")
