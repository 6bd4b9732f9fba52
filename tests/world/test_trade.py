"""Pairs of States with a trade agreement, on a small table and on the user's copy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.api import library as shelf
from comity.world.errors import InputUnexpected
from comity.world.sources import Sources
from comity.world.trade import agreements, read, trading_pairs

HEAD = "desta_number,base_treaty,name,entry_type,consolidated,year,year_in_force,typememb,region,"
LISTED = (
    HEAD
    + """wto_listed,wto_name
1,1,Norland,base_treaty,0,1990,1991,2,Europe,1,
1_1,1,Norland withdrawal Poland,withdrawal,0,2005,2005,7,Europe,0,
2,2,Union and partners,base_treaty,0,1999,2000,4,Europe,0,
3,3,Never,base_treaty,0,1999,,1,Europe,1,
4,4,Talks,negotiation,0,,,1,Europe,0,
"""
)
MEMBERS = "desta_number,iso_numeric,iso3\n" + "".join(
    f"{number},0,{code}\n"
    for number, codes in (
        ("1", ("POL", "NOR", "SWE")),
        ("1_1", ("POL", "NOR", "SWE")),
        ("2", ("FRA", "DEU", "KEN", "JAM")),
        ("3", ("USA", "CAN")),
    )
    for code in codes
)


def union(_year: int) -> frozenset[str]:
    """Two members."""
    return frozenset({"FRA", "DEU"})


def test_years_withdrawals_and_pairs_across() -> None:
    table = read(LISTED, MEMBERS)
    assert trading_pairs(table, 1990, union) == frozenset()
    assert len(trading_pairs(table, 1995, union)) == 6
    after = trading_pairs(table, 2020, union)
    assert ("NOR", "SWE") in after
    assert ("POL", "SWE") not in after
    assert ("KEN", "FRA") in after
    assert not {("KEN", "JAM"), ("FRA", "DEU"), ("USA", "CAN")} & after
    assert trading_pairs(table, 2020, union, listed_only=True) == {("NOR", "SWE"), ("SWE", "NOR")}


def test_a_withdrawal_of_nobody_known_is_refused() -> None:
    with pytest.raises(InputUnexpected, match="Nowhere"):
        read(LISTED.replace("withdrawal Poland", "withdrawal Nowhere"), MEMBERS)


def test_without_a_mirror_there_is_no_answer(tmp_path: Path) -> None:
    assert agreements(None) is None
    assert agreements(tmp_path) is None


def test_the_copy_of_the_user(sources: Sources) -> None:
    table = agreements(sources.mirror)
    assert table is not None
    group = shelf.packaged().vocabulary.groups["eu"]
    found = trading_pairs(table, 2020, lambda year: group.on(date(year, 12, 31)))
    assert all((b, a) in found for a, b in found)
    assert ("MEX", "USA") in found
    assert ("KEN", "JAM") not in found
    assert len(trading_pairs(table, 1960, lambda _: frozenset())) < len(found)
