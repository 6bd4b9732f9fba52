"""Levels that are numbers of the record or of the text, within a right's bounds and beyond them."""

from __future__ import annotations

from collections.abc import Iterator
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
from tests.prove.asking import ON, asking, regime_of
from tests.readers_agree.people import PATHS
from tests.readers_agree.told import reaches
from tests.readers_agree.words import WORDS, values

FAR = {path: Fact(path, NumberType("months", 7), 0) for path in ("residence", "absence", "waited")}
WIDE = replace(WORDS, facts={**WORDS.facts, **FAR})
"""Its counters go beyond the top of the rights (4 months)."""
Level = int | FactRef | ParameterRef
LEVELS: tuple[Level, ...] = (1, 3, FactRef("residence"), FactRef("absence"), ParameterRef("a", "P"))
P = Parameter("P", Constant(2, "months"), Constant(0, "months"), Constant(6, "months"))
SOMEBODY = {path: values(path)[0] for path in PATHS}


PAIRS = tuple(product(("wait", "permit"), LEVELS, LEVELS))


@pytest.mark.parametrize(("right", "above", "below"), PAIRS)
def test_two_levels_cross_bound_and_lapse_as_explained(
    right: str, above: Level, below: Level
) -> None:
    assert [] == list(differences(right, above, below))


def differences(right: str, above: Level, below: Level) -> Iterator[Case]:
    """People whose position, or whose clock, the solver reads otherwise than `explain` does.

    Of a guarantee at one level and a limit at the other, where the guarantee prevails.
    """
    guarantee = Norm("1.1", Kind.GUARANTEE, (Bounding(right, above),))
    limit = Norm("1.2", Kind.LIMIT, (Bounding(right, below),))
    regime = regime_of(P, guarantee, limit, Prevalence("2", (Favour(),)), words=WIDE)
    law = Law(regime, ON, latitude=Latitude(parameters=True))
    bounds = ((law.guaranteed, "lower"), (law.left_open, "upper"))
    asked = [bound(right, rank) for rank in range(1, 5) for bound, _ in bounds]
    truths = asking(law, [*asked, law.condition(Lapse("a/1.1"))])
    for case in people():
        explained = Evaluation(regime, case)
        said = [reaches(explained, right, side, n) for n in range(1, 5) for _, side in bounds]
        said.append(explained.lapsed("a/1.1"))
        if [truth is Truth.TRUE for truth in said] != truths(case):
            yield case


def people() -> Iterator[Case]:
    """Counters and the parameter within the bounds of the rights, at them, and beyond."""
    for several in product((0, 3, 5, 7), (1, 6), (0, 5), (0, 3, 6)):
        paths = ("residence", "absence", "parameter a/P", "waited")
        numbers = {path: exactly(number) for path, number in zip(paths, several, strict=True)}
        yield Case(ON, {**SOMEBODY, **numbers})
