"""Levels that are numbers of the record or of the text, within a right's bounds and beyond them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from comity.agreement.cases import Case
from comity.agreement.conditions import Constant, FactRef, Lapse, ParameterRef
from comity.agreement.nodes import Bounding, Favour, Kind, Norm, Parameter, Prevalence
from comity.agreement.values import Truth, exactly
from comity.agreement.vocabulary import Fact, NumberType
from comity.explain.evaluate import Evaluation
from comity.prove.law import Latitude, Law
from tests.prove.asking import ON, regime_of, truths
from tests.readers_agree.people import PATHS
from tests.readers_agree.told import reaches
from tests.readers_agree.words import WORDS, values

FAR = {path: Fact(path, NumberType("months", 7), 0) for path in ("residence", "absence", "waited")}
WIDE = replace(WORDS, facts={**WORDS.facts, **FAR})
"""Its counters go beyond the top of the rights (4 months)."""
LEVELS = (1, 3, FactRef("residence"), FactRef("absence"), ParameterRef("a", "P"))
P = Parameter("P", Constant(2, "months"), Constant(0, "months"), Constant(6, "months"))
SOMEBODY = {path: values(path)[0] for path in PATHS}


@pytest.mark.parametrize("right", ["wait", "permit"])
@pytest.mark.parametrize(("above", "below"), list(product(LEVELS, LEVELS)))
def test_two_levels_cross_bound_and_lapse_as_explained(
    right: str, above: int | FactRef | ParameterRef, below: int | FactRef | ParameterRef
) -> None:
    guarantee = Norm("1.1", Kind.GUARANTEE, (Bounding(right, above),))
    limit = Norm("1.2", Kind.LIMIT, (Bounding(right, below),))
    regime = regime_of(P, guarantee, limit, Prevalence("2", (Favour(),)), words=WIDE)
    law = Law(regime, ON, latitude=Latitude(parameters=True))
    ranks = range(1, 5)
    asked = [bound(right, rank) for rank in ranks for bound in (law.guaranteed, law.left_open)]
    asked.append(law.condition(Lapse("a/1.1")))
    for months in product((0, 2, 4, 5, 7), (1, 4, 6), (0, 3, 5)):
        residence, absence, parameter = map(exactly, months)
        facts = {"residence": residence, "absence": absence, "parameter a/P": parameter}
        for waited in (0, 3, 5, 7) if right == "wait" else (0,):
            case = Case(ON, {**SOMEBODY, **facts, "waited": exactly(waited)})
            explained = Evaluation(regime, case)
            said = [
                reaches(explained, right, side, rank)
                for rank in ranks
                for side in ("lower", "upper")
            ]
            said.append(explained.lapsed("a/1.1"))
            assert [truth is Truth.TRUE for truth in said] == truths(law, asked, case), months
