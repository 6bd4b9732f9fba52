"""The standstill over moved parameters: read alike by every reader, and nobody who held loses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from comity.agreement.cases import Case
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.nodes import Standstill
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.api import library as shelf
from comity.api.regimes import own_regime
from comity.explain.evaluate import Evaluation
from tests.readers_agree import many
from tests.readers_agree.real_people import RealPeople

DAY = date(2026, 11, 24)
MOVED = {"imfc/P_reimmigration": 36, "imfc/P_decision": 12, "imfc/P_temporary": 60}
HELD = "earlier.position"


def _regime() -> Regime:
    library = shelf.packaged()
    return own_regime(library.instruments["imfc"], library)


def _people(evaluator: Evaluator, seed: int, count: int) -> list[Case]:
    drawn = RealPeople(evaluator, Random(seed)).draw(count, DAY)
    held = (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)
    return [
        replace(case, facts={**case.facts, HELD: held[n % 3]}, ordinary=n % 2 == 0)
        for n, case in enumerate(drawn)
    ]


def test_explain_and_the_evaluator_of_many_read_it_alike() -> None:
    evaluator = Evaluator(_regime().varied(MOVED), DAY)
    people = _people(evaluator, 7, 45)
    found = evaluator.evaluate(many.table_for(evaluator, people))
    assert [] == list(many.differences(evaluator, people, found))


def test_nobody_who_held_a_position_loses_by_a_moved_parameter() -> None:
    written = _regime()
    moved = written.varied(MOVED)
    kept = 0
    for case in _people(Evaluator(moved, DAY), 8, 30):
        held = replace(case, facts={**case.facts, HELD: Truth.TRUE})
        after, before = Evaluation(moved, held), Evaluation(written, held)
        late = Evaluation(moved, replace(held, facts={**held.facts, HELD: Truth.FALSE}))
        for right in written.units:
            assert after.bounds(right).lower >= before.bounds(right).lower, right
            kept += after.bounds(right).lower > late.bounds(right).lower
    assert kept > 0


def test_without_a_moved_parameter_it_says_nothing() -> None:
    regime = _regime()
    node = regime.node("imfc/4.1c", DAY)
    assert isinstance(node, Standstill)
    assert node.moved
    evaluator = Evaluator(regime, DAY)
    assert not any("imfc/4.1c" in evaluator.units(right) for right in node.rights)
