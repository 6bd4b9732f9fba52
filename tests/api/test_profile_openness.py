"""The section `openness` of a profile, on everything, one text, a State, old days, with and without
the table of trade agreements."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from comity.api import profile_trade
from comity.api.profile_grid import states_of, world_of
from comity.api.profile_openness import openness_section
from comity.api.profile_setting import Setting, setting_of
from comity.api.schema_profile import FigureModel, ProfileSectionModel
from comity.world.conflict import DangerReading
from comity.world.trade import Agreement

DAY = date(2026, 12, 1)


def setting(words: str, on: date = DAY) -> Setting:
    """The setting."""
    return setting_of(words, on=on, danger=DangerReading("person"))


def figure(made: ProfileSectionModel, id_: str) -> FigureModel:
    """One figure, wherever it stands."""
    return next(f for f in (*made.figures, *made.sensitivity) if f.id == id_)


def test_goods_are_free_between_more_states_than_people() -> None:
    one = setting("today")
    made = openness_section(one)
    goods, people = (
        figure(made, "openness.pairs.goods.free"),
        figure(made, "openness.pairs.people.free"),
    )
    assert isinstance(goods.value, int)
    assert isinstance(people.value, int)
    assert 0 < people.value < goods.value
    size = len(states_of(one))
    assert goods.of == size * (size - 1)
    assert figure(made, "openness.texts.more").value == 0
    assert any("COMITY_MIRROR" in said for said in made.not_observed)
    assert not any(f.id.startswith("openness.trade") for f in made.figures)
    assert all(len(row) == len(t.columns) for t in made.tables for row in t.rows)
    regions = next(t for t in made.tables if t.id == "openness.regions")
    inside = sum(int(row[1]) for row in regions.rows if isinstance(row[1], int))
    assert inside < size * (size - 1)


TABLE = (
    Agreement("1", "1", 1995, 1994, True, False, frozenset({"USA", "MEX", "CAN"}), frozenset()),
    Agreement("2", "2", 1999, 1998, False, False, frozenset({"NGA", "GHA"}), frozenset()),
)


def test_the_four_corners_of_trade_and_guarantee_are_all_pairs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(profile_trade, "agreements", lambda _mirror: TABLE)
    one = setting("ecowas")
    made = openness_section(one, tmp_path)
    corners = next(t for t in made.tables if t.id == "openness.trade").rows
    by = {(row[0], row[1]): row[2] for row in corners}
    size = len(states_of(one))
    assert sum(n for n in by.values() if isinstance(n, int)) == size * (size - 1)
    assert by[True, True] == 2  # Nigeria and Ghana, both ways
    assert by[True, False] == 6  # the three of the free trade area
    assert figure(made, "openness.trade").value == 8
    assert figure(made, "openness.trade_and_guarantee").value == 2
    assert figure(made, "openness.trade.wto").value == 6
    assert "desta_members" in figure(made, "openness.trade").sources


def test_a_table_that_is_not_the_declared_one_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "trade_agreements"
    folder.mkdir()
    (folder / "desta_members.csv").write_text("not the declared file", encoding="utf-8")
    made = openness_section(setting("ecowas"), tmp_path)
    assert not any(t.id == "openness.trade" for t in made.tables)
    assert any("COMITY_MIRROR" in said for said in made.not_observed)


def test_one_text_is_free_among_its_parties() -> None:
    one = setting("ecowas")
    made = openness_section(one)
    parties = len(one.bound(one.standing[0]) & set(states_of(one)))
    assert figure(made, "openness.pairs.people.free").value == parties * (parties - 1)
    entry = figure(made, "openness.pairs.newcomer.entry")
    assert entry.value == parties * (parties - 1)
    assert entry.articles == ("ecowas/3.2",)


def test_pairs_of_a_state_are_those_of_the_whole() -> None:
    every, alone = world_of(setting("today")), world_of(setting("DEU"))
    place = [n for n, host in enumerate(every.pairs.hosts) if host == "DEU"]
    for quality, table in every.levels.items():
        assert np.array_equal(table[place], alone.levels[quality])
    assert np.array_equal(every.pairs.stock[place], alone.pairs.stock)
    assert np.array_equal(
        every.found["newcomer"]["entry"].lower[place], alone.found["newcomer"]["entry"].lower
    )


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("budapest_process", date(1996, 1, 1)),
        ("today", date(1951, 8, 1)),
        ("imfc", DAY),
        ("rmc_north_central_america", DAY),
        ("Oceania", DAY),
    ],
)
def test_wherever_there_is_nothing_it_says_so(words: str, on: date) -> None:
    made = openness_section(setting(words, on))
    assert made.not_observed
    assert made.figures
    assert all(t.rows for t in made.tables)
