"""People for whom a refuted property fails: counted by hand, and cell by cell."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from comity.agreement.statements import Monotone
from comity.agreement.values import Members, Range, Truth
from comity.api.changes import changed as changes
from comity.api.counting import Count
from comity.api.failing import Failure, Uncounted, failure_of
from comity.api.proof_counts import ProofCounts, people_model
from comity.api.records import known_by
from comity.explain.evaluate import Evaluation
from comity.prove.law import Law
from comity.prove.regions import Change
from comity.prove.verdicts import Verdict
from comity.world.assumptions import NOTHING, ORDINARY, facts_under
from comity.world.conflict import DangerReading
from comity.world.population import Category, Cell, population
from tests.api.counted import (
    ON,
    PARTIES,
    alone,
    failures,
    named,
    read,
    record,
    sample,
    stated,
)


@cache
def counts() -> ProofCounts:
    """Counts of everybody."""
    return ProofCounts(ON)


def count(label: str, **how: bool) -> Count:
    """The people of a stated refutation."""
    found = counts().people_of(*stated(label), **how)
    assert isinstance(found, Count)
    return found


def persons(where: Callable[[Cell], bool]) -> int:
    """Everybody in cells of a kind."""
    return sum(cell.persons for cell in population() if where(cell))


def asks(cell: Cell) -> bool:
    """The record says that they asked for protection."""
    return cell.category.within in (Category.ASYLUM_SEEKER, Category.REFUSED)


def here(cell: Cell) -> bool:
    """In a host that the agreement binds."""
    return cell.host in PARTIES


# ---- by hand ----
def test_who_asks_is_certain_who_may_have_asked_is_possible() -> None:
    certain = persons(lambda c: here(c) and asks(c) and c.is_certain)
    assert certain > 0
    assert count("nobody asks") == Count(certain, persons(here), certain)
    assert count("asking is enough") == Count(certain, persons(here), certain)


def test_everywhere_means_every_host() -> None:
    certain = persons(lambda c: asks(c) and c.is_certain)
    found = count("nobody asks", everywhere=True)
    assert found == Count(certain, persons(lambda c: True), certain)


def test_a_draft_is_counted_in_every_host() -> None:
    task, finding = stated("nobody asks")
    assert task.owner is not None
    draft = replace(task, owner=replace(task.owner, status="draft"))
    assert counts().people_of(draft, finding) == count("nobody asks", everywhere=True)


def test_a_condition_on_one_host_leaves_the_others_out() -> None:
    certain = persons(lambda c: c.host == "TUR" and asks(c) and c.is_certain)
    found = count("asking is enough in one host")
    assert found == Count(certain, persons(lambda c: c.host == "TUR"), certain)


def test_a_country_that_no_text_names_is_told_apart() -> None:
    certain = persons(lambda c: c.host == "KEN" and c.is_certain)
    found = counts().people_of(*named("never host is KEN"))
    assert found == Count(certain, persons(lambda c: c.host == "KEN"), certain)


def test_two_persons_whose_position_would_change() -> None:
    certain = persons(lambda c: here(c) and asks(c) and c.is_certain)
    assert stated("asking decides nothing")[1].other is not None
    assert count("asking decides nothing") == Count(certain, persons(here), certain)


def test_a_nationality_is_changed_before_each_host() -> None:
    """Whoever is surely no national of the host would be one with the other's nationality, or not."""
    task, finding = stated("nations are equal")
    failure = failure_of(task, finding, lambda regime: Law(regime, ON))
    assert isinstance(failure, Failure)
    [nationality] = [v for path, v in failure.changed if path == "nationality"]
    assert isinstance(nationality, Members)
    gains = [host for host in PARTIES if host in nationality.surely]
    found = count("nations are equal")
    if not gains:  # those lose who are nationals of the host: few records say so
        assert found.certain <= persons(lambda c: here(c) and c.origin == c.host)
    ordinary = persons(
        lambda c: c.host in gains and c.is_certain and c.origin not in (None, c.host)
    )
    assert found.assumed <= ordinary + persons(lambda c: here(c) and c.origin == c.host)
    assert found.possible > found.assumed


def test_labour_alone_and_conflict_and_life_are_those_who_ask() -> None:
    certain = persons(lambda c: here(c) and asks(c) and c.is_certain)
    for label in ("labour alone", "nothing crosses", "time settles"):
        assert count(label) == Count(certain, persons(here), certain), label


def test_a_gap_is_certain_only_where_the_way_back_is_known() -> None:
    """That the removal is to the only origin no record says: it is assumed."""
    found = count("no gap")
    assert 0 == found.certain
    assert found.assumed == persons(lambda c: here(c) and asks(c) and c.is_certain)


def test_of_what_grows_those_count_who_have_less_of_it() -> None:
    found = count("danger counts")
    unknown = persons(here)
    assert 0 <= found.certain <= found.assumed <= found.possible <= unknown
    task, finding = stated("danger counts")
    assert isinstance(task.proof.property, Monotone)
    assert finding.person is not None
    assert finding.other is not None
    for case, rank in ((finding.person, 3), (finding.other, 4)):
        known = case.facts["origin1.degree"]
        assert isinstance(known, Range)
        assert (known.low <= 3) is (rank == 3)
    worst = [c for c in population() if c.host == "TUR" and c.origin == "SYR"]
    nothing = ProofCounts(ON, cells=worst).people_of(task, finding)
    assert isinstance(nothing, Count)
    assert 0 == nothing.certain  # how grave the danger is no record says for certain


def test_reservations_over_which_a_proof_ranges_are_those_of_the_case_found() -> None:
    certain = persons(lambda c: here(c) and asks(c) and c.is_certain)
    assert count("no reservation hurts") == Count(certain, persons(here), certain)
    task, finding = stated("no reservation hurts")
    none_made = replace(task, proof=replace(task.proof, over=frozenset()))
    found = counts().people_of(none_made, finding)
    assert isinstance(found, Count)
    assert (0, 0) == (found.certain, found.assumed)


def test_what_speaks_of_no_person_is_not_counted() -> None:
    for text in ("no dead text", "E7 operates only with E4"):
        task, finding = named(text, "imfc_draft_1")
        assert finding.verdict is Verdict.REFUTED
        found = counts().people_of(task, finding)
        assert isinstance(found, Uncounted)
        assert "not of persons" in found.reason
    task, finding = named("possible claims and not claims")
    assert isinstance(counts().people_of(task, finding), Uncounted)
    task, finding = named("labour never travels alone", "cat_art3")
    assert finding.reason == "excluded from work"
    assert isinstance(counts().people_of(task, finding), Uncounted)


def test_what_is_proved_concerns_nobody() -> None:
    task, finding = named("possible claims")
    assert finding.verdict is Verdict.PROVED
    assert isinstance(counts().people_of(task, finding), Uncounted)


# ---- by cell ----
@pytest.mark.parametrize("name", ["counted", "refugee_1951_1967", "eu_returns_2008_115"])
def test_people_who_share_a_record_are_counted_as_each_would_be_alone(name: str) -> None:
    cells = sample(60, 5)
    shared = ProofCounts(ON, cells=cells)
    for task, finding, failure in failures(name):
        found = Count()
        for cell in cells:
            nothing, ordinary = (alone(cell, a, failure) for a in (NOTHING, ORDINARY))
            found += Count(
                cell.persons if cell.is_certain and nothing is Truth.TRUE else 0,
                cell.persons if nothing is not Truth.FALSE else 0,
                cell.persons if cell.is_certain and ordinary is Truth.TRUE else 0,
            )
        assert shared.people_of(task, finding, everywhere=True) == found, task.proof.label
        assert found.certain <= found.assumed <= found.possible


def test_a_record_is_evaluated_once_for_all_proofs_of_a_regime() -> None:
    made = ProofCounts(ON, cells=sample(60, 5))
    laws: dict[int, Law] = {}

    def record_by_record(label: str) -> Count:
        task, finding = stated(label)
        failure = failure_of(task, finding, lambda r: laws.setdefault(id(r), Law(r, ON)))
        assert isinstance(failure, Failure)
        return made.record_by_record(task, failure, None)

    record_by_record("nobody asks")
    once = made.evaluated
    assert 0 < once <= 2 * len(sample(60, 5))
    for label in ("asking is enough", "labour alone", "no gap", "nothing crosses"):
        # and all at once says the same
        assert record_by_record(label) == made.people_of(*stated(label), everywhere=True)
    assert made.evaluated == once


def test_cells_of_one_key_have_one_record() -> None:
    first: dict[object, Cell] = {}
    rng = random.Random(3)
    for cell in rng.sample(population(), 6000):
        other = first.setdefault(known_by(cell), cell)
        for assumptions in (NOTHING, ORDINARY):
            one, same = (facts_under(c, DangerReading.PERSON, assumptions) for c in (cell, other))
            assert one == same


# ---- two regimes ----
def test_two_regimes_are_compared_by_record() -> None:
    regime = read().regime
    without = replace(regime, instruments=(), name="nothing")
    better = changes(Change.BETTER, "stay")
    certain = persons(lambda c: here(c) and asks(c) and c.is_certain)
    assert counts().people_for(without, regime, better) == Count(certain, persons(here), certain)
    assert counts().people_for(regime, without, better) == Count()
    everybody = counts().people_for(regime, regime, lambda old, new: Truth.TRUE)
    present = persons(lambda c: c.is_certain)
    assert everybody == Count(present, persons(lambda c: True), present)


def test_two_libraries_are_told_apart_by_both() -> None:
    """Two versions of a text come with libraries of their own."""
    old, new = read("refugee_1951_1967").regime, read().regime
    assert old.library is not new.library
    cells = sample(60, 5)
    better = changes(Change.BETTER, "stay")
    found = ProofCounts(ON, cells=cells).people_for(old, new, better)
    expected = Count()
    for cell in cells:
        truths = [
            better(Evaluation(old, case), Evaluation(new, case))
            for case in (record(cell, NOTHING), record(cell, ORDINARY))
        ]
        expected += Count(
            cell.persons if cell.is_certain and truths[0] is Truth.TRUE else 0,
            cell.persons if truths[0] is not Truth.FALSE else 0,
            cell.persons if cell.is_certain and truths[1] is Truth.TRUE else 0,
        )
    assert found == expected
    assert found.certain > 0


# ---- as shown ----
def test_a_number_under_ten_is_not_shown() -> None:
    for few in (Count(0, 9, 0), Count(1, 500, 20), Count(0, 500, 9)):
        assert people_model(few).suppressed
        assert (0, 0, 0) == (
            people_model(few).certain,
            people_model(few).possible,
            people_model(few).assumed,
        )
    shown = people_model(Count(0, 10, 10))
    assert not shown.suppressed
    assert (0, 10, 10) == (shown.certain, shown.possible, shown.assumed)


def test_sources_are_those_of_the_people_and_of_their_danger(tmp_path: Path) -> None:
    made = ProofCounts(ON, cache=tmp_path, cells=sample(60, 5))
    ids = {source.id for source in made.sources}
    assert {"un_desa_stock_2024", "ucdp_prio_acd"} <= ids
    assert () == ProofCounts(ON, cells=sample(60, 5)).sources
    assert made.assumptions.startswith("ordinary: ")
