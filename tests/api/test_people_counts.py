"""People counted by the evaluator of many cases, held against the reference evaluator cell by cell."""

from __future__ import annotations

from functools import cache, partial
from random import Random

import pytest

from comity.agreement.coding.formulas import Formula
from comity.agreement.many.rules import Rules
from comity.agreement.statements import (
    Implies,
    LabourNeverAlone,
    Never,
    NoConflict,
    NoGap,
    Proof,
)
from comity.api.count_questions import FIELDS, Asked
from comity.api.counting import Count, Tally
from comity.api.counts import count
from comity.api.people_counts import PeopleCounts
from comity.api.proof_counts import ProofCounts
from comity.api.proving import Session, tasks
from comity.api.regimes import read_regime
from comity.api.schema_people import CountDocument
from comity.api.where import failing_formula
from comity.language.faults import ComityError
from comity.world.assumptions import NOTHING, ORDINARY
from comity.world.conflict import DangerReading
from comity.world.population import Cell, population
from tests.api.counted import ON


@cache
def counts() -> PeopleCounts:
    """Everybody."""
    vocabulary = read_regime("imfc").regime.vocabulary
    return PeopleCounts(vocabulary, ON, DangerReading("person"))


@pytest.mark.parametrize("name", ["imfc", "encoded"])
def test_each_cell_has_the_position_that_explain_finds(name: str) -> None:
    regime = read_regime(name).regime
    under = counts().under(regime)
    tally = Tally(regime, counts().tables.records)
    for number in Random(name).sample(range(len(counts().tables.cells)), 150):
        cell = counts().tables.cells[number]
        for assumptions, found in ((NOTHING, under.nothing), (ORDINARY, under.ordinary)):
            explained = tally.standing(cell, assumptions)
            for right, positions in found.rights.items():
                bounds = explained.bounds[right]
                assert (
                    positions.lower[number],
                    positions.lower_possible[number],
                    positions.upper[number],
                    positions.upper_possible[number],
                ) == (bounds.lower, bounds.lower_possible, bounds.upper, bounds.upper_possible)


def test_for_whom_a_property_fails_is_as_the_reference_counts_it() -> None:
    """Every stated refutation of a property of one person, of two directives' texts and a treaty."""
    of_one = (Implies, Never, NoGap, NoConflict, LabourNeverAlone)
    reference = ProofCounts(ON)
    compared = 0
    with Session(needs=False) as session:
        for task in tasks(read_regime("eu_returns_2008_115,refugee_1951_1967")):
            if not task.proof.refuted or not isinstance(task.proof.property, of_one):
                continue
            if task.proof.over:
                continue
            finding, _ = session.find(task, ON)
            wanted = reference.people_of(task, finding, everywhere=True)
            if not isinstance(wanted, Count):
                continue
            under = counts().under(task.regime, (), partial(failing_in, task.proof))
            assert [((), wanted)] == list(counts().counted(under.asked(0))) or wanted == Count()
            compared += 1
    assert compared >= 10


def failing_in(proof: Proof, rules: Rules) -> list[Formula]:
    """The formula of those for whom a property fails."""
    return [failing_formula(rules, proof)]


# ---- documents ----
def some_cells() -> tuple[Cell, ...]:
    """Cells of five hosts."""
    return tuple(c for c in population() if c.host in ("SWE", "TUR", "KEN", "NRU", "USA"))


def asked(**how: object) -> CountDocument:
    """A count of a few hosts under the draft."""
    return count("imfc", Asked(**how), on=ON, cells=some_cells())  # type: ignore[arg-type]


def test_without_a_right_people_are_counted_as_they_are() -> None:
    document = asked(by=("host",))
    rows = {row.key["host"]: row for row in document.rows}
    for host in ("SWE", "TUR", "USA"):
        persons = sum(c.persons for c in some_cells() if c.host == host)
        certain = sum(c.persons for c in some_cells() if c.host == host and c.is_certain)
        assert (rows[host].certain, rows[host].possible) == (certain, persons)
    assert document.total.possible == sum(c.persons for c in some_cells())


def test_levels_never_rise_and_parts_add_up_to_the_whole() -> None:
    by_level = asked(rights=("stay",), by=("right", "level"))
    numbers = [row.possible for row in by_level.rows if row.possible is not None]
    assert numbers == sorted(numbers, reverse=True)
    by_host = asked(rights=("shield",), by=("right", "level", "host"))
    whole = asked(rights=("shield",), by=("right", "level"))
    for row in whole.rows:
        parts = [r for r in by_host.rows if r.key["level"] == row.key["level"]]
        if not any(part.hidden for part in parts):
            assert row.assumed == sum(part.assumed or 0 for part in parts)
            assert row.possible == sum(part.possible or 0 for part in parts)


def test_certain_is_never_more_than_possible() -> None:
    for document in (
        asked(by=("right",)),
        asked(by=("right", "article"), rights=("stay",)),
        asked(by=("host",), where="no gap"),
        asked(against="encoded", rights=("stay", "shield")),
    ):
        assert document.rows
        for row in document.rows:
            if not row.hidden:
                assert 0 <= (row.certain or 0) <= (row.possible or 0)


def test_against_itself_nothing_changes() -> None:
    document = asked(against="imfc", rights=("stay",))
    assert all((row.certain, row.assumed) == (0, 0) for row in document.rows)


def test_an_article_counts_only_whom_it_gives_something() -> None:
    document = asked(by=("article",), rights=("stay",))
    assert ("right", "article") == document.by
    assert all(row.title for row in document.rows)
    kept = {row.key["article"]: row for row in document.rows}
    assert (kept["imfc/4.1b"].certain, kept["imfc/4.1b"].assumed) == (0, 0)


def test_few_people_are_hidden_and_the_total_stays_right() -> None:
    document = asked(by=("host", "origin", "category"))
    assert document.suppressed > 10
    hidden = [row for row in document.rows if row.hidden]
    assert all((row.certain, row.possible, row.assumed) == (None, None, None) for row in hidden)
    shown = [row.possible for row in document.rows if row.possible]
    assert min(shown) >= 10
    assert document.total.possible == sum(c.persons for c in some_cells())


def test_those_displaced_at_home_stand_outside_every_host() -> None:
    (inside,) = [one for one in asked(by=("host",)).outside if "own country" in one.who]
    assert inside.persons > 50_000_000


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"by": ("hots",)}, "E490"),
        ({"by": ("host", "host")}, "E490"),
        ({"rights": ("wings",)}, "E491"),
        ({"by": ("host",), "where": "stay never falls as residence.lawful grows"}, "E492"),
        ({"by": ("host",), "where": "no gaps"}, "E100"),
        ({"against": "nothing_such"}, "E450"),
    ],
)
def test_what_cannot_be_counted_is_refused(how: dict[str, object], code: str) -> None:
    with pytest.raises(ComityError) as refused:
        asked(**how)
    assert code in {fault.code for fault in refused.value.faults}


def test_every_field_can_be_counted_by() -> None:
    for name in FIELDS:
        assert asked(by=(name,), rights=("shield",)).rows
