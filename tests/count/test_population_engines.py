"""The world's people counted by an engine are those that comity counts, under both sets of assumptions."""

from __future__ import annotations

from datetime import date

import pytest

from comity.api.count_questions import Asked
from comity.api.counts import count
from comity.api.schema_people import CountDocument
from comity.count.engines.engine import Engine
from comity.world.population import Cell, population
from tests.cli.running import comity

ON = date(2026, 11, 24)
RIGHTS = ("stay", "shield", "detention")


def some_cells() -> tuple[Cell, ...]:
    """Cells of a few hosts, every category among them."""
    return tuple(c for c in population() if c.host in ("SWE", "TUR", "KEN", "PSE"))[:1500]


def counted(engine: Engine | None, **how: object) -> CountDocument:
    """A count of those cells."""
    asked = Asked(by=("host", "level"), rights=RIGHTS, **how)  # type: ignore[arg-type]
    return count(
        "refugee_1951_1967,eu_returns_2008_115", asked, on=ON, cells=some_cells(), engine=engine
    )


@pytest.mark.parametrize("name", ["duck", "postgres", "spark"])
def test_an_engine_counts_whom_comity_counts(name: str, request: pytest.FixtureRequest) -> None:
    engine: Engine = request.getfixturevalue(name)
    found = counted(engine)
    assert found.engine == engine.dialect
    assert found.rows == counted(None).rows
    assert any(row.assumed for row in found.rows)


def test_under_the_draft_too_and_what_changes(duck: Engine) -> None:
    how = {"on": ON, "cells": some_cells()}
    asked = Asked(by=("right",), rights=("stay", "shield"), against="encoded")
    one = count("imfc", asked, engine=duck, **how)  # type: ignore[arg-type]
    assert one.rows == count("imfc", asked, **how).rows  # type: ignore[arg-type]


def test_the_command_names_the_engine_and_refuses_what_it_cannot_ask() -> None:
    done = comity("count", "cat_art3", "--right", "shield", "--engine", "duckdb", "--json")
    assert done.document(CountDocument).engine == "duckdb"
    for words in (("--where", "no gap"), ("--by", "article")):
        assert "E490" in comity("count", "cat_art3", "--engine", "duckdb", *words).err
    assert comity("count", "cat_art3", "--engine", "oracle").code == 2
    assert "E490" in comity("count", "cat_art3", "--engine", "postgres").err
