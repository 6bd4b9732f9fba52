"""The section `hierarchy`: levels across rings are what explain finds, and texts are found by word."""

from __future__ import annotations

from datetime import date
from random import Random

import numpy as np
import pytest

from comity.agreement.cases import Case, places_of
from comity.agreement.values import exactly
from comity.api import library as shelf
from comity.api.profile_hierarchy import ASKED, hierarchy_section, placed
from comity.api.profile_pairs import EVERY_RIGHT, possible
from comity.api.profile_rings import readmission_articles, speaks_of_readmission
from comity.api.profile_setting import setting_of
from comity.api.schema_profile import FigureModel, ProfileSectionModel
from comity.explain.evaluate import Evaluation
from comity.profile.hierarchy import AMERICAS, EUROPE
from comity.world.conflict import DangerReading

DAY = date(2026, 12, 1)


def section(words: str, on: date = DAY) -> ProfileSectionModel:
    """The section."""
    return hierarchy_section(setting_of(words, on=on, danger=DangerReading("person")))


def figure(made: ProfileSectionModel, id_: str) -> FigureModel:
    """One figure, wherever it stands."""
    return next(f for f in (*made.figures, *made.sensitivity) if f.id == id_)


@pytest.mark.parametrize(
    ("words", "on"), [("today", DAY), ("today", date(1998, 6, 1)), ("imfc", DAY)]
)
def test_each_pair_has_the_level_that_explain_finds(words: str, on: date) -> None:
    setting = setting_of(words, on=on, danger=DangerReading("person"))
    one = placed(setting, EUROPE)
    assert one is not None
    words_of = setting.regime.vocabulary
    for number in Random(words).sample(range(len(one.pairs)), 8):
        origin, host = one.pairs.origins[number], one.pairs.hosts[number]
        for person in ASKED:
            facts = {path: possible(path, v, words_of) for path, v in person.facts}
            facts |= places_of((origin,), words_of)
            facts |= {"host": exactly(host), "nationality": exactly(frozenset({origin}))}
            told = Evaluation(setting.regime, Case(on, facts, ordinary=True))
            for right in EVERY_RIGHT:
                if right in one.found[person]:
                    assert one.found[person][right].lower[number] == told.bounds(right).lower


def test_today_work_is_open_inside_and_nothing_is_from_outside() -> None:
    made = section("today")
    inside = figure(made, "hierarchy.europe.newcomer.work.heartland_to_heartland")
    outside = figure(made, "hierarchy.europe.newcomer.work.periphery_to_heartland")
    assert isinstance(inside.value, float)
    assert inside.value > 3
    assert (outside.value, outside.low, outside.high) == (0.0, 0.0, 0.0)
    assert "eu_free_movement_2004_38/annexT45.1" in inside.articles
    expelled = figure(made, "hierarchy.americas.settled.tenure.periphery_to_heartland")
    assert expelled.value == 0.0
    assert all(len(row) == len(t.columns) for t in made.tables for row in t.rows)


def test_a_draft_counts_its_elements_only_where_they_are_read_as_adopted() -> None:
    made = section("rmc_north_central_america")
    assert not any(f.id.startswith("hierarchy.europe") for f in made.figures)
    id_ = "hierarchy.americas.newcomer.work.periphery_to_heartland"
    adopted = figure(made, f"{id_}.were_all_elements_adopted")
    assert isinstance(adopted.value, float)
    base = figure(made, id_).value
    assert isinstance(base, float)
    assert adopted.value >= base


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("DEU", DAY),
        ("budapest_process", date(1996, 1, 1)),
        ("today", date(1951, 8, 1)),
        ("Oceania", DAY),
        ("eu_ankara_1_80", date(1996, 1, 1)),
    ],
)
def test_wherever_there_is_nothing_it_says_so(words: str, on: date) -> None:
    made = section(words, on)
    assert made.not_observed
    assert all(t.rows for t in made.tables)
    for one in made.figures:
        if one.low is not None and one.value is not None:
            assert one.high is not None
            assert one.low <= float(one.value) <= one.high


def test_the_words_of_taking_back() -> None:
    assert speaks_of_readmission("an agreement of Readmission")
    assert speaks_of_readmission("they take\n back their own nationals")
    assert not speaks_of_readmission("re-entry is open; who took the train back")
    found = readmission_articles(shelf.packaged().instruments["eu_euromed_association"])
    assert "eu_euromed_association/69" in found


def test_a_state_is_a_host_and_every_ring_is_asked_of_it() -> None:
    setting = setting_of("MEX", on=DAY, danger=DangerReading("person"))
    one = placed(setting, AMERICAS)
    assert one is not None
    assert set(one.pairs.hosts) == {"MEX"}
    assert len(one.pairs) == 10
    assert np.all(one.pairs.stock >= 0)
    assert placed(setting, EUROPE) is None
