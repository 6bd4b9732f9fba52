"""The section `governance`: texts, rights and people by class, on everything and on single texts."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from comity.api.profile_chains import chains
from comity.api.profile_given import guarantees_by_class, people_by_class
from comity.api.profile_governance import governance_section
from comity.api.profile_setting import Setting, setting_of
from comity.api.schema_profile import FigureModel, ProfileSectionModel
from comity.world.conflict import DangerReading

DAY = date(2026, 12, 1)


@cache
def setting(words: str, on: date = DAY) -> Setting:
    """The setting."""
    return setting_of(words, on=on, danger=DangerReading("person"))


@cache
def section(words: str, on: date = DAY) -> ProfileSectionModel:
    """The section."""
    return governance_section(setting(words, on))


def figure(made: ProfileSectionModel, id_: str) -> FigureModel:
    """One figure, wherever it stands."""
    return next(f for f in (*made.figures, *made.sensitivity) if f.id == id_)


def test_every_text_and_guarantee_has_one_class_under_both_divisions() -> None:
    one = setting("today")
    found = one.texts
    plain = guarantees_by_class(one, found)
    apart = guarantees_by_class(one, found, judges_apart=True)
    units = [
        unit.node
        for right in one.regime.vocabulary.rights
        for unit in one.regime.units_on(right, DAY)
        if unit.kind.value == "guarantee"
        and any(unit.node.startswith(f"{t.instrument.id}/") for t in found)
    ]
    for several in (plain, apart):
        assert sorted(key for keys in several.values() for key in keys) == sorted(units)
    made = section("today")
    texts = [f for f in made.figures if f.id.startswith("governance.answers.")]
    assert sum(int(f.value or 0) for f in texts) == len(found)


def test_setting_judges_apart_moves_people_and_loses_none() -> None:
    one = setting("today")
    found = one.texts
    plain = people_by_class(one, found)
    apart = people_by_class(one, found, judges_apart=True)
    of_people = int(one.counts.tables.counted.sum())
    for several in (plain, apart):
        for count in several.values():
            assert 0 <= count.certain <= count.possible
            assert count.certain <= of_people
    outward = [n for n in apart if n in ("outward", "outside judge", "outside judge and outward")]
    assert max(apart[n].possible for n in outward) <= plain["outward"].possible
    assert plain["outward"].possible <= sum(apart[n].possible for n in outward)


def test_people_of_a_class_are_those_to_whom_one_of_its_texts_gives_something() -> None:
    one = setting("ecowas")
    people = people_by_class(one, one.texts)
    under = one.under
    given = [under.at_least(right, 1) for right in under.rights]
    for name, count in people.items():
        if name == "outward":
            surely = sum(
                int(persons)
                for n, persons in enumerate(one.counts.tables.counted)
                if any(h.surely[n] for h in given)
            )
            assert count.certain == surely > 0
        else:
            assert count.possible == 0


def test_the_budapest_process_is_informal_and_answers_outward() -> None:
    made = section("budapest_process", date(1996, 1, 1))
    assert figure(made, "governance.formal").value == 0
    assert figure(made, "governance.undebated").value == 1
    assert figure(made, "governance.answers.outward").value == 1
    assert figure(made, "governance.guarantees.outward").value == 0
    assert figure(made, "governance.people.outward").certain == 0
    assert figure(made, "governance.left_at_once").value == 1
    assert figure(made, "governance.no_route").articles[0].startswith("budapest_process/")


def test_chains_end_on_the_day() -> None:
    early = setting("budapest_process", date(1996, 1, 1))
    late = setting("budapest_process")
    first, last = (
        [link for links in chains(one).values() for link in links] for one in (early, late)
    )
    assert len(first) < len(last)
    assert all(link.carried.since <= date(1996, 1, 1) for link in first)
    polish = [link for link in last if "POL" in link.carried.states]
    assert polish
    assert max(link.depth for link in polish) >= 1


def test_a_draft_is_measured_by_the_same_words() -> None:
    made = section("rmc_north_central_america")
    assert figure(made, "governance.formal").of == 1
    assert figure(made, "governance.published").value == 1
    assert any("draft" in note for note in made.notes)
    answers = figure(made, "governance.answers.inward_and_outward")
    assert answers.value == 1
    people = figure(made, "governance.people.inward_and_outward")
    assert people.possible
    assert people.articles


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("today", date(1951, 8, 1)),
        ("imfc", DAY),
        ("DEU", DAY),
        ("eu_ankara_1_80", date(1996, 1, 1)),
    ],
)
def test_tables_have_rows_and_every_row_its_columns(words: str, on: date) -> None:
    made = section(words, on)
    assert made.figures or made.not_observed
    for table in made.tables:
        assert table.rows
        assert all(len(row) == len(table.columns) for row in table.rows)
    for one in made.figures:
        assert one.of is None or not isinstance(one.value, int) or one.value <= one.of
    ids = [f.id for f in (*made.figures, *made.sensitivity)]
    assert len(ids) == len(set(ids))
