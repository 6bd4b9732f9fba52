"""The page of a profile: its sections with definitions, figures and tables, as HTML, CSV and JSON.

The context is the profile's own document as plain values; nothing is computed here but widths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from comity.brief.bars import Bar, interval_bars, range_track
from comity.brief.dossier import MARK
from comity.brief.maps import base_rules
from comity.brief.pages import environment
from comity.brief.tables import Cell, csv_text, json_text

SHARE = "share"
"""The unit of a figure that lies between 0 and 1, and is drawn as such."""


MOST_BARS = 12
"""Bars of a section; the table beside them holds every figure."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A section with its drawings. widths: of figures that are intervals, by id."""

    section: Mapping[str, Any]
    bars: Markup
    widths: Mapping[str, Markup]


def profile_texts(document: Mapping[str, Any]) -> dict[str, str]:
    """Every file by its relative name. document: of `comity profile --json`, as plain values."""
    texts = {"index.html": page(document)}
    for section in document["sections"]:
        name = section["id"]
        texts[f"data/{name}.csv"] = csv_text(_figure_rows(section))
        for table in section["tables"]:
            rows: list[list[Cell]] = [list(table["columns"])]
            rows += [[_cell(c) for c in row] for row in table["rows"]]
            texts[f"data/{file_of(name, table['id'])}.csv"] = csv_text(rows)
    texts["data/profile.json"] = json_text(dict(document))
    texts[MARK] = json_text(
        {"kind": "profile", "subject": document["subject"], "date": document["date"]}
    )
    return texts


def page(document: Mapping[str, Any]) -> str:
    """The whole of index.html."""
    light, dark, rules = base_rules()
    return environment().get_template("profile.html").render(
        profile=document,
        drawn=[_drawn(section) for section in document["sections"]],
        told=told,
        file_of=file_of,
        source_ids={source["id"] for source in document["sources"]},
        light=Markup(light),
        dark=Markup(dark),
        map_rules=Markup(rules),
    )  # fmt: skip


def file_of(section: str, table: str) -> str:
    """The name of a table's file: `governance-texts` of the table `governance.texts`."""
    return f"{section}-{table.removeprefix(f'{section}.').replace('.', '-')}"


def told(value: object) -> str:
    """A place of a table in words."""
    match value:
        case None:
            return "not observed"
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:.2f}"
        case _:
            return str(value)


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    return value if isinstance(value, (int, float, str)) else str(value)


def _drawn(section: Mapping[str, Any]) -> Drawn:
    bars = [bar for one in section["figures"] if (bar := _bar(one)) is not None]
    bars.sort(key=lambda bar: -bar.possible if isinstance(bar.possible, int) else 0)
    del bars[MOST_BARS:]
    drawing = (
        interval_bars(bars, unit="persons", assumptions="ordinary", label=section["title"])
        if bars
        else ""
    )
    widths = {one["id"]: Markup(drawn) for one in section["figures"] if (drawn := _width(one))}
    return Drawn(section, Markup(drawing), widths)


def _bar(figure: Mapping[str, Any]) -> Bar | None:
    """A figure of three numbers of people; one without an assumed number stands in the table alone."""
    certain, possible, assumed = (figure[name] for name in ("certain", "possible", "assumed"))
    if figure["hidden"] or None in (certain, possible, assumed):
        return None
    return Bar(figure["title"], certain, possible, assumed, see=f"figure-{figure['id']}")


def _width(figure: Mapping[str, Any]) -> str:
    """A share as a track from 0 to 1; other intervals have no end to be drawn against."""
    value, low, high = figure["value"], figure["low"], figure["high"]
    if figure["unit"] != SHARE:
        return ""
    if low is None or high is None:
        low = high = value
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        return ""
    return range_track(max(0.0, low), min(1.0, high), 1.0)


def _figure_rows(section: Mapping[str, Any]) -> list[list[Cell]]:
    heads = ("id", "title", "value", "unit", "low", "high", "certain", "possible", "assumed", "of")
    rows: list[list[Cell]] = [[*heads, "hidden", "articles", "evidence", "sources", "defects"]]
    several: Sequence[Mapping[str, Any]] = (*section["figures"], *section["sensitivity"])
    for one in several:
        rows.append(
            [
                *(_cell(one[name]) for name in heads),
                "yes" if one["hidden"] else "no",
                "; ".join(one["articles"]),
                one["evidence"],
                "; ".join(one["sources"]),
                "; ".join(one["defects"]),
            ]
        )
    return rows
