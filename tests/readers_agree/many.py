"""Cases evaluated as a table, held against `explain` one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from comity.agreement.cases import Case
from comity.agreement.conditions import Condition
from comity.agreement.many.columns import Column, Table, column_of, known_in
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime
from comity.agreement.values import Possible, Truth
from comity.explain.evaluate import Evaluation


def table_for(evaluator: Evaluator, cases: Sequence[Case]) -> Table:
    """Cases as a table; what hangs on the position of a sponsor is worked out by `explain`."""
    regime = evaluator.regime
    looked = [Evaluation(regime, case) for case in cases]
    columns: dict[str, Column] = {}
    for key in evaluator.keys:
        known = [_known(one, key) for one in looked]
        columns[key] = column_of(known)
    return Table(len(cases), columns)


def _known(one: Evaluation, key: str) -> Possible:
    declared = one.regime.vocabulary.fact(key)
    if declared is not None and declared.position_of:
        return one.fact(key)
    return one.case.host if key == "host" else known_in(one.case, key, one.regime.vocabulary)


def differences(
    evaluator: Evaluator, cases: Sequence[Case], found: Evaluated | None = None
) -> Iterator[str]:
    """Where the table says otherwise than `explain`, and which norm decides."""
    found = found or evaluator.evaluate(table_for(evaluator, cases))
    for row, case in enumerate(cases):
        explained = Evaluation(evaluator.regime, case)
        for right, positions in found.rights.items():
            said = Bounds(
                int(positions.lower[row]),
                int(positions.lower_possible[row]),
                int(positions.upper[row]),
                int(positions.upper_possible[row]),
            )
            wanted = explained.bounds(right)
            if said != wanted:
                yield f"{right} of case {row}: {said}, explained {wanted}"
        for condition, surely, possibly in zip(
            evaluator.conditions, found.surely, found.possibly, strict=True
        ):
            truth = explained.truth(condition)
            said_truth = Truth.TRUE if surely[row] else Truth(int(possibly[row]))
            if truth is not said_truth:
                yield f"{condition} of case {row}: {said_truth!r}, explained {truth!r}"


OF_THE_HOST = ("exercised ", "declared ")


def stated_by(cases: Sequence[Case]) -> frozenset[str]:
    """What cases say of their hosts that a text may say too; each must say all of it or nothing."""
    every = [{key for key in case.facts if key.startswith(OF_THE_HOST)} for case in cases]
    assert all(said == every[0] for said in every)
    return frozenset(every[0])


def silent(case: Case) -> Case:
    """The same case, which leaves it to the text what the host has done."""
    facts = {key: v for key, v in case.facts.items() if not key.startswith(OF_THE_HOST)}
    return replace(case, facts=facts)


def conditions_in(regime: Regime) -> tuple[Condition, ...]:
    """Conditions of the regime's norms, to be asked of records."""
    found = [
        line
        for instrument in regime.instruments
        for node in instrument.holdings
        for line in node.when
    ]
    return tuple(dict.fromkeys(found))
