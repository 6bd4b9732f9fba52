"""The page of the timeline and its files: charts as SVG, every number as CSV and JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from comity.brief.dossier import MARK, write_texts
from comity.brief.maps import DISCLAIMER
from comity.brief.pages import environment
from comity.brief.tables import csv_text, json_text
from comity.brief.timeline_charts import (
    DARK,
    LIGHT,
    chart,
    chart_rules,
    description,
    number_text,
    standalone,
    variables,
)
from comity.brief.timeline_context import Line, Panel, Theme, TimelineContext

EVERY = 10
"""The table beside the charts has every tenth year, the first and the last; the file has them all."""


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """One place of a theme: its drawing for the page and its file."""

    panel: Panel
    svg: Markup
    file: str
    says: str


@dataclass(frozen=True, slots=True)
class DrawnTheme:
    """A theme with its drawings and the table of some years."""

    theme: Theme
    panels: tuple[DrawnPanel, ...]
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, bool, tuple[str, ...]], ...]


def write_timeline(context: TimelineContext, folder: Path) -> tuple[str, ...]:
    """Writes the folder whole or not at all; returns its files by their relative names.

    Raises FolderInUse if it holds something that comity did not write.
    """
    texts = timeline_texts(context)
    write_texts(texts, folder)
    return tuple(sorted(texts))


def timeline_texts(context: TimelineContext) -> dict[str, str]:
    """Every file by its relative name; nothing is written."""
    texts = {"index.html": page(context)}
    for theme in context.themes:
        for panel in theme.panels:
            texts[_file(theme, panel)] = standalone(
                theme, panel, context.breaks, _span(theme, context)
            )
    texts["data/timeline.csv"] = csv_text(context.rows)
    texts["data/articles.csv"] = csv_text(context.articles)
    texts["data/timeline.json"] = context.document
    texts[MARK] = json_text(
        {"title": context.title, "run_on": context.run_on, "version": context.version}
    )
    return texts


def page(context: TimelineContext) -> str:
    """The whole of index.html."""
    return environment().get_template("timeline.html").render(
        it=context,
        themes=[_drawn(theme, context) for theme in context.themes],
        headings={theme.id: theme.heading for theme in context.themes},
        disclaimer=DISCLAIMER,
        light=Markup(variables(LIGHT)),
        dark=Markup(variables(DARK)),
        map_rules=Markup(
            chart_rules(".timeline") + environment().get_template("timeline.css").render()
        ),
    )  # fmt: skip


def _span(theme: Theme, context: TimelineContext) -> tuple[int, int]:
    """The years of a theme's axis; all of one kind share it."""
    return context.people_years if theme.by_people else context.law_years


def _file(theme: Theme, panel: Panel) -> str:
    return f"figures/{theme.id}-{panel.place}.svg"


def _drawn(theme: Theme, context: TimelineContext) -> DrawnTheme:
    span = _span(theme, context)
    panels = tuple(
        DrawnPanel(
            panel,
            Markup(chart(theme, panel, context.breaks, span)),
            _file(theme, panel),
            description(theme, panel),
        )
        for panel in theme.panels
    )
    lines = [(panel.title, line) for panel in theme.panels for line in panel.lines]
    columns = tuple((title, line.title) for title, line in lines)
    first, last = span
    years = sorted({first, last, *(y for y in range(first, last + 1) if y % EVERY == 0)})
    rows = tuple(
        (year, _observed(lines, year), tuple(_cell(theme, line, year) for _, line in lines))
        for year in years
    )
    return DrawnTheme(theme, panels, columns, rows)


def _observed(lines: list[tuple[str, Line]], year: int) -> bool:
    return all(p.observed for _, line in lines for p in line.points if p.year == year)


def _cell(theme: Theme, line: Line, year: int) -> str:
    point = next((p for p in line.points if p.year == year), None)
    if point is None:
        return "not observed"
    said = number_text(point.value, theme.unit)
    if theme.banded and point.value is not None:
        low, high = number_text(point.low, theme.unit), number_text(point.high, theme.unit)
        return f"{said} ({low} to {high})"
    return said
