"""Small texts and single questions for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import z3

from comity.agreement.cases import Case
from comity.agreement.coding.formulas import SURELY, Formula
from comity.agreement.conditions import Condition, FactHolds, FactRef
from comity.agreement.instruments import Force, Instrument, Statement
from comity.agreement.regimes import Regime
from comity.agreement.vocabulary import Vocabulary
from comity.prove.assignments import values_of
from comity.prove.law import Law
from comity.prove.script import Writer
from tests.readers_agree.words import WORDS

ON = date(2024, 6, 1)


def holds(path: str) -> Condition:
    """A yes/no fact is yes."""
    return FactHolds(FactRef(path))


def regime_of(*body: Statement, words: Vocabulary = WORDS, **front: object) -> Regime:
    """One text `a`, binding every host."""
    text = replace(Instrument("a", "A", Force.BINDING, statements=body), **front)  # type: ignore[arg-type]
    return Regime("by hand", (text,), words, {"a": text}, frozenset({"a"}))


def asking(law: Law, formulas: Sequence[Formula]) -> Callable[[Case], list[bool]]:
    """What a model says of some formulas of a person all of whose facts are known."""
    script = Writer((law,), SURELY, goals=formulas).write()
    context = z3.Context()
    solver = z3.SimpleSolver(ctx=context)
    solver.from_string(script.text)
    goals = [z3.Bool(goal, context) for goal in script.goals]

    def truths(case: Case) -> list[bool]:
        facts = []
        for symbol, value in values_of(script, case, law.vocabulary).items():
            kind = z3.Bool if isinstance(value, bool) else z3.Int
            facts.append(kind(symbol, context) == value)
        assert solver.check(*facts) == z3.sat
        model = solver.model()
        return [z3.is_true(model.eval(goal, model_completion=True)) for goal in goals]

    return truths


def truths(law: Law, formulas: Sequence[Formula], case: Case) -> list[bool]:
    """The same, of one person."""
    return asking(law, formulas)(case)
