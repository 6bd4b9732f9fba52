"""Permanent and temporary admissions: the packaged tables hold the publisher's numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.world.admissions import admissions
from comity.world.economy import sizes
from comity.world.errors import InputUnexpected
from comity.world.sources import Sources
from comity.world.tables import csv_rows
from comity.world.tables_admissions import permanent, temporary


def test_every_number_of_the_sources_is_there(sources: Sources) -> None:
    rows = csv_rows(sources.path("oecd_imd_permanent"))
    assert rows
    found = admissions()
    checked = 0
    for row in rows:
        key = row["destination_iso3"], int(row["year"])
        if key in found:
            assert found[key].permanent[row["category"]] == int(row["inflow"])
            checked += 1
    assert checked > 1500


def test_what_is_not_published_is_not_nought() -> None:
    unsaid = [k for k, one in admissions().items() if None in one.permanent.values()]
    assert unsaid


def test_an_unknown_category_and_a_double_row_are_refused(tmp_path: Path) -> None:
    head = "destination_iso3,year,category,inflow,status\n"
    path = tmp_path / "a.csv"
    path.write_text(head + "DEU,2020,holiday,1,normal\n", encoding="utf-8")
    with pytest.raises(InputUnexpected, match="holiday"):
        permanent(path)
    path.write_text(head + "DEU,2020,seasonal,1,normal\n" * 2, encoding="utf-8")
    with pytest.raises(InputUnexpected, match="twice"):
        temporary(path)


def test_population_and_product_have_whole_numbers_or_none() -> None:
    found = sizes()
    germany = found["DEU", 2024]
    assert germany.population is not None
    assert germany.product is not None
    assert 80_000_000 < germany.population < 90_000_000
    assert germany.product > 10**12
    assert all(one.population is None or one.population > 0 for one in found.values())
    assert any(one.product is None for one in found.values())
    assert "WLD" not in {state for state, _ in found}
