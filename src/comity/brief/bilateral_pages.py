"""The page of the study of bilateral labour agreements, with its drawings, CSV and JSON.

The context is the study's own document as plain values; nothing is computed here but positions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from comity.brief.bilateral_chart import (
    chart,
    chart_rules,
    chart_variables,
    percent,
    standalone,
    told,
)
from comity.brief.dossier import MARK
from comity.brief.maps import base_rules
from comity.brief.pages import environment
from comity.brief.tables import Cell, csv_text, json_text

_SHARE = (
    "all",
    "some",
    "none",
    "not_observed",
    "coded",
    "formed",
    "share",
    "low",
    "high",
    "least",
    "most",
)
_LISTS = ("by_decade", "by_regions", "corridors", "sensitivity")
_PEOPLE = ("all", "some", "none", "beside", "not_coded", "over", "without", "everybody")


def study_texts(document: Mapping[str, Any]) -> dict[str, str]:
    """Every file by its relative name. document: of `comity bilateral --json`, as plain values."""
    texts = {"index.html": page(document)}
    for bundle in document["bundles"]:
        texts[f"figures/{bundle['name']}.svg"] = standalone(bundle)
    texts["data/shares.csv"] = shares_csv(document)
    texts["data/clauses.csv"] = csv_text(_clause_rows(document))
    texts["data/coverage.csv"] = csv_text(_coverage_rows(document))
    texts["data/people.csv"] = csv_text(_people_rows(document))
    texts["data/bilateral.json"] = json_text(dict(document))
    texts[MARK] = json_text(
        {"kind": "bilateral", "decade": document["decade"], "corridor": document["corridor"]}
    )
    return texts


def page(document: Mapping[str, Any]) -> str:
    """The whole of index.html."""
    light, dark, rules = base_rules()
    return environment().get_template("bilateral.html").render(
        study=document,
        drawn={b["name"]: Markup(chart(b, id_=f"chart-{b['name']}")) for b in document["bundles"]},
        told=told,
        percent=percent,
        light=Markup(f"{light};{chart_variables(dark=False)}"),
        dark=Markup(f"{dark};{chart_variables(dark=True)}"),
        map_rules=Markup(rules + chart_rules(".decades")),
    )  # fmt: skip


def shares_csv(document: Mapping[str, Any]) -> str:
    """Every share of every bundle, one row a group."""
    rows: list[list[Cell]] = [["bundle", "by", "group", *_SHARE]]
    for bundle in document["bundles"]:
        rows.append(_share_row(bundle["name"], "all", bundle["total"]))
        for by in _LISTS:
            rows += [_share_row(bundle["name"], by, one) for one in bundle[by]]
    return csv_text(rows)


def _share_row(bundle: str, by: str, one: Mapping[str, Any]) -> list[Cell]:
    return [bundle, by.removeprefix("by_"), one["group"], *(_cell(one[name]) for name in _SHARE)]


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    return round(value, 6) if isinstance(value, float) else value


def _clause_rows(document: Mapping[str, Any]) -> Iterator[list[Cell]]:
    names = ("name", "number", "title", "right", "level", "doubt", "why_no_right")
    numbers = ("present", "coded", "share", "low", "high")
    yield [*names, *numbers]
    for one in document["clauses"]:
        yield [*(one[name] for name in names), *(_cell(one[name]) for name in numbers)]


def _coverage_rows(document: Mapping[str, Any]) -> Iterator[list[Cell]]:
    names = ("by", "group", "formed", "with_copy", "coded", "share")
    yield [*names]
    for one in document["coverage"]:
        yield [_cell(one[name]) for name in names]


def _people_rows(document: Mapping[str, Any]) -> Iterator[list[Cell]]:
    yield ["bundle", "reading", *_PEOPLE]
    for bundle in document["bundles"]:
        for one in bundle["people"]:
            yield [bundle["name"], one["reading"], *(_cell(one[name]) for name in _PEOPLE)]
