"""The counting benchmark measures one law: every engine gives everybody the same levels."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import (
    count,
    count_databases,
    count_growth,
    count_law,
    count_numpy,
    count_peers,
    count_world,
)
from comity.agreement.cases import Case
from comity.agreement.many import compiled
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.agreement.many.fields import Classes, Ranks
from comity.agreement.values import Possible, Truth, exactly
from comity.explain.evaluate import Evaluation
from comity.world.microdata import hosts, people_in

ENGINES = tuple(
    name
    for name in count.NAMES
    if not name.startswith("openfisca")
    and (not name.startswith("c") or name.startswith("comity") or shutil.which("gcc"))
    and ("compiled" not in name or compiled.is_installed())
)
"""All but OpenFisca, which the benchmark installs for itself."""

COMPILES = (False, True) if compiled.is_installed() else (False,)


def levels(found: Evaluated) -> tuple[list[int], list[int]]:
    protection, residence = (found.rights[right].lower.tolist() for right in count_law.RIGHTS)
    return protection, residence


def test_the_workload_is_the_one_of_the_note() -> None:
    (law,) = count_law.regime().instruments
    exceptions = [node for node in law.holdings if node.id.startswith("3.")]
    rules = [node for node in law.holdings if node.id.startswith(("1.", "2."))]
    assert (20, 7) == (len(rules), len(exceptions))
    persons = count_law.population(10)
    assert 22 == len(persons)
    assert set(count_law.FIELDS) == set(persons)
    assert 34 == sum(values.itemsize for values in persons.values())


def test_everybody_has_the_levels_that_explain_gives() -> None:
    persons = count_law.population(150)
    found = Evaluator(count_law.regime(), count_law.TODAY).evaluate(count_law.table(persons))
    for row in range(150):
        case = Case(count_law.TODAY, _facts(persons, row), ordinary=False)
        explained = Evaluation(count_law.regime(), case)
        for right in count_law.RIGHTS:
            bounds = explained.bounds(right)
            assert bounds.lower == bounds.lower_possible == found.rights[right].lower[row]


def _facts(persons: count_law.Natural, row: int) -> dict[str, Possible]:
    facts: dict[str, Possible] = {"host": exactly(count_law.HOST)}
    for field, values in persons.items():
        value = int(values[row])
        if field in count_law.YES_NO:
            facts[field] = Truth.TRUE if value else Truth.FALSE
        elif field == "ground":
            facts[field] = exactly(count_law.GROUNDS[value])
        elif field in ("origin", "transit"):
            facts[field] = exactly(count_law.countries()[value])
        else:
            facts[field] = exactly(value)
    return facts


@pytest.mark.parametrize("compiles", COMPILES)
@pytest.mark.parametrize("size", [1, 31, 70_003])
def test_columns_as_they_are_and_as_codes_give_the_same(size: int, compiles: bool) -> None:
    persons = count_law.population(size)
    table = count_law.table(persons)
    evaluator = Evaluator(count_law.regime(), count_law.TODAY, compile=compiles)
    groups = {
        name: count_law.in_group(name).view(np.bool_)
        for name in ("at_war", "friends", "safe_passage")
    }
    by_hand = count_numpy.natural(persons, groups)
    coded_by_hand = count_numpy.coded(count_law.coded_by_hand(persons))
    read = {of: coder.read(table) for of, coder in evaluator.coders.items()}
    expected = (by_hand[0].tolist(), by_hand[1].tolist())
    assert expected == (coded_by_hand[0].tolist(), coded_by_hand[1].tolist())
    assert expected == levels(evaluator.evaluate_coded(evaluator.coded(table), size))
    assert expected == levels(evaluator.evaluate_coded(read, size))


def test_all_engines_add_up_to_the_same_levels() -> None:
    found = count.compare(10_000, 1, names=ENGINES, warm_up=0)
    assert set(ENGINES) == set(found.sums)
    assert not found.disagree
    section = count.peers_section(found)
    assert "are the same in all engines" in section
    assert "| OpenFisca | **not run**: not asked" in section


def test_a_peer_that_cannot_be_had_is_told_and_not_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def not_there() -> Path:
        raise count_peers.NotThere("pip does not install it: no network")

    monkeypatch.setattr(count_peers, "openfisca_python", not_there)
    found = count.compare(1_000, 1, names=("numpy-coded", "openfisca"), warm_up=0)
    assert {"openfisca": "pip does not install it: no network"} == found.missing
    section = count.peers_section(found)
    assert "| OpenFisca | **not run**: pip does not install it: no network" in section
    assert "6 times as fast as OpenFisca. **Not run**" in section


def test_engines_that_disagree_are_told() -> None:
    found = count.compare(1_000, 1, names=("numpy", "numpy-coded"), warm_up=0)
    wrong = count.Compared(1_000, 0, found.measurements, {"numpy": (1, 2), "c": (1, 3)}, {})
    assert wrong.disagree
    assert "**NOT the same**" in count.peers_section(wrong)


def test_grouping_changes_no_count() -> None:
    host = min(hosts(), key=lambda one: abs(people_in(one) - 10_000))
    each = count_world.of_host(host, 1.0, False)
    grouped = count_world.of_host(host, 1.0, True)
    assert each.rows == grouped.rows == people_in(host)
    assert each.counts == grouped.counts
    assert any(each.counts.values())
    assert grouped.evaluated < each.evaluated == each.rows * len(count_world.REGIMES)


def test_a_group_is_one_record_as_often_as_it_is_there() -> None:
    persons = count_law.population(5_000)
    kept = {field: persons[field] for field in ("degree", "threat", "stay")}
    rest = {field: np.zeros_like(persons[field]) for field in count_law.FIELDS if field not in kept}
    evaluator = Evaluator(count_law.regime(), count_law.TODAY)
    table = count_law.table(rest | kept)
    coded = evaluator.coded(table)
    different, counts = count_world.grouped(coded, table.size)
    assert counts is not None
    assert 5_000 == counts.sum()
    everybody = _records(coded.values(), table.size)
    assert len(set(everybody)) == len(counts)
    once = _records(different.values(), len(counts))
    assert {one: everybody.count(one) for one in once} == dict(zip(once, counts, strict=True))


def _records(several: object, size: int) -> list[tuple[int, ...]]:
    assert hasattr(several, "__iter__")
    arrays: list[Any] = [
        one.low if isinstance(one, Ranks) else one.codes
        for one in several
        if isinstance(one, (Ranks, Classes))
    ]
    return [tuple(int(array[row]) for array in arrays) for row in range(size)]


def test_time_grows_with_rows_and_rules_for_the_same_levels() -> None:
    section, same = count_growth.growth_section(rules=(20,), rows=(5_000, 10_000))
    assert same
    assert "| numpy | 20 | 10,000 |" in section


def test_the_query_counts_as_the_evaluation_does(tmp_path: Path) -> None:
    measured, sums = count_databases.compare(10_000, 1, ("duckdb",))
    assert ["DuckDB, two threads"] == [one.name for one in measured]
    ((certain, possible),) = sums
    assert certain == possible  # nothing is unknown of anybody
    assert certain > 10_000
