"""Faults planted in the evaluation of many cases: each is found by the comparison with `explain`."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any, cast

import pytest

from comity.agreement.cases import Case
from comity.agreement.many import blocked, fields, levels, uncoded
from comity.agreement.many.circuit import Circuit
from comity.agreement.many.compiled import Compiled
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.many.fields import FieldCoder
from comity.agreement.many.program import Planes, Program
from comity.agreement.many.rules import Rules
from tests.readers_agree.draws import Draw, draws, less_known
from tests.readers_agree.many import conditions_in, differences, silent, stated_by
from tests.readers_agree.planting import Fault, plant

MOST = 40


def _in(where: Any, line: str, instead: str, name: str, look: str = "numpy") -> Fault:
    return Fault(name, cast("Any", where), line, instead, look)


FAULTS = (
    _in(Planes._planes, "return negated(possibly), negated(surely)",
        "return negated(surely), negated(possibly)", "not possibly is taken for surely not"),
    _in(Planes._made, "return NONE, ALL", "return NONE, NONE", "what is open is false"),
    _in(Planes._ranked, "program.within(high, 0, last, coded.top),",
        "program.within(low, 0, last, coded.top),", "the upper end of a number is not looked at"),
    _in(Planes._tested, "truth is not Truth.FALSE", "truth is Truth.TRUE",
        "what is unknown of all records is impossible"),
    _in(Program.within, "if high >= top:", "if high >= top - 1:", "the highest code is let in"),
    _in(Program._and, "return self._made(Op.AND_NOT, this, negated.a)",
        "return self._made(Op.AND_NOT, negated.a, this)", "but not is turned around"),
    _in(Circuit._joined, "if ~neutral in found:", "if neutral in found:",
        "one part that always holds settles all"),
    _in(Circuit._above, "return ~self.gate(Test(terms, Above(number, not formula.strict)))",
        "return ~self.gate(Test(terms, Above(number, formula.strict)))",
        "a sum that is denied keeps its strictness"),
    _in(Circuit.literals, "for _ in circular:", "for _ in circular[:0]:",
        "two norms that wait for one another are walked once"),
    _in(fields.least_above, "floor(number) + 1", "floor(number)", "more than is at least"),
    _in(FieldCoder._sum, "if times < 0:", "if times < -9:",
        "ends of what is taken away stay in order"),
    _in(fields.is_host, "if known.perhaps is None or name in known.perhaps else", "if False else",
        "a nationality that is in doubt is not the host's"),
    _in(levels.lower_bound, "steps.append((joined[rank], rank - before))",
        "steps.append((joined[rank], 1))", "every step is one rank high"),
    _in(levels.upper_bound, "steps.append((plane, above - rank))",
        "steps.append((plane, top - rank))", "each limit takes all that lies above it"),
    _in(Rules.exercised, "in self.stated or not states:", "in self.stated or True:",
        "a power that the text lists as exercised is unknown"),
    _in(blocked.spans_of, "high = None", "high = low", "at least is exactly"),
    _in(blocked.spans_of, "low = 0", "low = 1", "the lowest code is left out of at most"),
    _in(blocked._add_up, "np.maximum(levels, ranks", "np.minimum(levels, ranks",
        "of levels by facts the lowest counts"),
    _in(uncoded.Numbers.spans, "self.edges[high] - 1", "self.edges[high]",
        "the first number of the next rank is let in"),
    _in(uncoded.Numbers.spans, "self.edges[low - 1]", "self.edges[low - 1] + 1",
        "a number at an edge stands below it"),
    _in(Compiled._written, 'sign = "add" if bound.is_lower else "sub"', 'sign = "add"',
        "limits add to the upper bound", "compiled"),
    _in(Compiled.run, "one[whole:] = end[: size - whole]", "one[whole:] = 0",
        "the last records of a table are lost", "compiled"),
)  # fmt: skip


@cache
def draw(number: int) -> tuple[Draw, tuple[tuple[Case, ...], ...]]:
    """A random agreement with persons of whom all is known, and some of whom less is."""
    rng = Random(900 + number)
    (one,) = draws(rng, 1, cases=12)
    return one, (one.cases, tuple(silent(less_known(rng, case)) for case in one.cases))


def is_seen(number: int, look: str) -> bool:
    """Whether the table and `explain` part on an agreement."""
    one, groups = draw(number)
    for cases in groups:
        evaluator = Evaluator(
            one.regime,
            one.on,
            conditions=conditions_in(one.regime),
            compile=look == "compiled",
            stated=stated_by(cases),
        )
        if any(differences(evaluator, cases)):
            return True
    return False


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_planted_fault_is_found(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        plant(patched, fault)
        assert any(is_seen(number, fault.look) for number in range(MOST))


@pytest.mark.parametrize("look", ["numpy", "compiled"])
def test_without_a_fault_nothing_is_found(look: str) -> None:
    assert not any(is_seen(number, look) for number in range(12))


def test_at_least_twenty_faults_are_planted() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 20
