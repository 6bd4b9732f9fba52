"""The text of a question: the same for the same question, said once, and labelled where asked."""

from __future__ import annotations

import re
from random import Random

import pytest
import z3

from comity.agreement.coding.allowed import YES, Numbers
from comity.agreement.coding.formulas import NEVER, SURELY, Formula, all_of, some_of
from comity.agreement.conditions import FactRef, InGroup, Not
from comity.agreement.instruments import Force, Instrument
from comity.agreement.nodes import (
    Bounding,
    Kind,
    NodeTarget,
    Norm,
    NormException,
    Over,
    Prevalence,
    Side,
)
from comity.agreement.regimes import Regime
from comity.agreement.values import exactly
from comity.agreement.vocabulary import Member
from comity.prove.law import Law
from comity.prove.script import Script, Writer
from comity.prove.variants import NotLess, Of, Variant
from tests.prove.asking import ON, holds, regime_of, truths
from tests.readers_agree.draws import draws
from tests.readers_agree.people import complete_case
from tests.readers_agree.solver import asked_of
from tests.readers_agree.words import WORDS, compare

GUARANTEE = Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 2),), (holds("child"),))
EXCEPTION = NormException("1.2", (NodeTarget("a", "1.1"),), (holds("excluded"),))


def written(law: Law, root: Formula, *goals: Formula, labelled: bool = False) -> Script:
    return Writer((law,), root, labelled=labelled, goals=goals).write()


def verdict(script: Script, *more: str) -> str:
    context = z3.Context()
    solver = z3.Solver(ctx=context)
    solver.from_string(script.text + "\n".join(f"(assert {one})" for one in more))
    return str(solver.check())


# ---- the same text ----
def test_the_same_question_is_the_same_text_so_that_its_answer_can_be_kept() -> None:
    for draw in draws(Random(1), 10, cases=1):
        one, other = (asked_of(draw).asked.script for _ in range(2))
        assert one.text == other.text
        assert one.symbols == other.symbols


def test_every_symbol_is_declared_once_and_before_it_is_used() -> None:
    for draw in draws(Random(2), 10, cases=1):
        script = asked_of(draw).asked.script
        seen: set[str] = set()
        for line in script.text.splitlines():
            for symbol in re.findall(r"\((?:declare-const|define-fun) ([\w.]+)", line):
                assert symbol not in seen
                seen.add(symbol)
            words = re.findall(r"\b[a-z]+\d[\w.]*", line)
            assert set(words) <= seen, line
        assert set(script.symbols) <= seen


LONG = ("child", "excluded", "origin2.exists", "destination.is_origin")


def test_what_is_long_and_needed_twice_is_written_once() -> None:
    law = Law(regime_of(GUARANTEE, EXCEPTION), ON)
    several = all_of(law.record(path, YES) for path in LONG)
    script = written(law, some_of((several, law.condition(holds("onward.exists")))), several)
    assert 1 == script.text.count("define-fun")
    assert 1 == script.text.count(f"(and {' '.join(_symbols(script))})")


def _symbols(script: Script) -> list[str]:
    return [script.fields[path, ""].symbols()[0] for path in LONG]


@pytest.mark.parametrize(("root", "said"), [(SURELY, "sat"), (NEVER, "unsat")])
def test_a_question_that_is_settled_needs_no_symbol(root: Formula, said: str) -> None:
    script = written(Law(regime_of(), ON), root)
    assert [] == script.symbols
    assert said == verdict(script)


# ---- labels ----
def test_each_node_and_term_has_one_label_however_often_it_is_asked() -> None:
    law = Law(regime_of(GUARANTEE, EXCEPTION), ON)
    asked = [law.guaranteed("stay", rank) for rank in (1, 2, 3)]
    script = written(law, some_of(asked), law.node("a/1.1"), labelled=True)
    assert {"a/1.1", "a/1.2"} == script.labels.keys()
    assert len(set(script.labels.values())) == 2


def test_a_node_counts_only_under_its_label() -> None:
    law = Law(regime_of(GUARANTEE, EXCEPTION), ON)
    alike = all_of(
        (law.record("child", YES), law.record("excluded", YES), law.guaranteed("stay", 1))
    )
    script = written(law, alike, labelled=True)
    norm, exception = script.labels["a/1.1"], script.labels["a/1.2"]
    assert "unsat" == verdict(script, norm, exception)
    assert "sat" == verdict(script, norm)
    assert "sat" == verdict(script, exception)


def test_without_labels_there_is_none() -> None:
    law = Law(regime_of(GUARANTEE, EXCEPTION), ON)
    assert {} == written(law, law.guaranteed("stay", 1)).labels


# ---- goals ----
def test_a_goal_has_the_truth_of_its_formula_and_asserts_nothing() -> None:
    law = Law(regime_of(GUARANTEE), ON)
    child, guaranteed = law.record("child", YES), law.guaranteed("stay", 1)
    script = written(law, SURELY, child, guaranteed, guaranteed.negated)
    one, two, three = script.goals
    assert "unsat" == verdict(script, f"(distinct {one} {two})")
    assert "unsat" == verdict(script, f"(= {two} {three})")
    for goal in script.goals:
        assert ("sat", "sat") == (verdict(script, goal), verdict(script, f"(not {goal})"))


# ---- definitions that wait for one another ----
def _round() -> Regime:
    """On each host one of two clauses settles which of two norms prevails; the text has a circle."""
    norms = (
        Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 3),)),
        Norm("1.2", Kind.LIMIT, (Bounding("stay", 1),)),
    )
    over = Over(Side("a", node="1.1"), (Side("a", node="1.2"),))
    under = Over(Side("a", node="1.2"), (Side("a", node="1.1"),))
    texts = (
        Instrument("a", "A", Force.BINDING, statements=norms),
        Instrument(
            "b",
            "B",
            Force.BINDING,
            parties=(Member("SWE"),),
            statements=(Prevalence("1", (over,)),),
        ),
        Instrument(
            "c",
            "C",
            Force.BINDING,
            parties=(Member("DEU"),),
            statements=(Prevalence("1", (under,)),),
        ),
    )
    return Regime("a circle", texts, WORDS, {t.id: t for t in texts}, frozenset({"a"}))


@pytest.mark.parametrize(
    ("host", "bounds"),
    [("SWE", [True, True, False]), ("DEU", [False, False, False]), ("USA", [True, False, True])],
)
def test_a_circle_that_every_host_breaks_is_settled_for_each(host: str, bounds: list[bool]) -> None:
    """Guaranteed and left open at the level, and a conflict where nobody's clause settles it."""
    regime = _round()
    law = Law(regime, ON)
    [guarantee], [limit] = law.guarantees("stay"), law.limits("stay")
    conflict = all_of((law.effective(guarantee), law.effective(limit)))
    asked = [law.guaranteed("stay", 3), law.left_open("stay", 3), conflict]
    case = complete_case(Random(1), regime, ON).with_facts({"host": exactly(host)})
    assert bounds == truths(law, asked, case)


def test_the_circle_is_written_with_a_name_before_its_text() -> None:
    law = Law(_round(), ON)
    script = written(law, law.guaranteed("stay", 3))
    assert "(declare-const d0 Bool)" in script.text
    assert "sat" == verdict(script)


# ---- of two ----
OTHER = Variant("other", frozenset({"excluded"}))


def test_what_does_not_hang_on_the_difference_is_said_once_of_both() -> None:
    law = Law(regime_of(GUARANTEE), ON)
    formula = law.guaranteed("stay", 1)
    alone, of_both = (
        written(law, SURELY, formula),
        written(law, SURELY, formula, Of(formula, OTHER)),
    )
    assert alone.fields.keys() == of_both.fields.keys()
    assert "unsat" == verdict(of_both, "(distinct g0 g1)")


def test_what_hangs_on_it_is_said_of_each() -> None:
    law = Law(regime_of(GUARANTEE, EXCEPTION), ON)
    formula = law.guaranteed("stay", 1)
    script = written(law, SURELY, formula, Of(formula, OTHER))
    assert {("child", ""), ("excluded", ""), ("excluded", "other")} == script.fields.keys()
    assert "sat" == verdict(script, "(distinct g0 g1)")


def test_copies_of_a_number_have_their_thresholds_in_common() -> None:
    law = Law(regime_of(), ON)
    other = Variant("other", frozenset({"residence"}))
    low, high = (law.record("residence", Numbers(((n, 9),))) for n in (2, 4))
    script = written(law, SURELY, low, Of(high, other))
    cuts = [script.fields["residence", copy].cuts for copy in ("", "other")]  # type: ignore[attr-defined]
    assert [{2, 4}, {2, 4}] == cuts


@pytest.mark.parametrize("meets", [False, True], ids=["by thresholds", "in a sum"])
def test_no_less_of_a_number_is_asked_of_codes(meets: bool) -> None:
    law = Law(regime_of(), ON)
    other = Variant("other", frozenset({"residence"}))
    low, high = (law.record("residence", Numbers(((n, 9),))) for n in (2, 4))
    more = [law.condition(compare(FactRef("residence"), "more than", FactRef("absence")))]
    asked = [low, high, Of(low, other), Of(high, other), NotLess("residence", other)]
    script = written(law, SURELY, *asked, *(more if meets else []))
    assert script.fields["residence", ""].meets is meets  # type: ignore[attr-defined]
    order = script.goals[4]
    for first, second in (("g0", "g2"), ("g1", "g3")):
        assert "unsat" == verdict(script, order, first, f"(not {second})")
        assert "sat" == verdict(script, order, first, second)
        assert "sat" == verdict(script, f"(not {order})", first)


def test_at_a_given_month_no_symbol_is_left() -> None:
    law = Law(regime_of(), ON)
    then = Variant("then", at={"residence": 3, "absence": 1})
    tests = (
        law.record("residence", Numbers(((2, 3),))),
        law.condition(compare(FactRef("residence"), "more than", FactRef("absence"))),
    )
    script = written(law, SURELY, *(Of(test, then) for test in tests))
    assert {} == script.fields
    assert "unsat" == verdict(script, "(not (and g0 g1))")


def test_of_a_group_and_its_contrary_one_holds() -> None:
    law = Law(regime_of(), ON)
    inside = law.condition(InGroup(FactRef("host"), "union"))
    outside = law.condition(Not(InGroup(FactRef("host"), "union")))
    script = written(law, SURELY, inside, outside)
    assert "unsat" == verdict(script, "(= g0 g1)")
