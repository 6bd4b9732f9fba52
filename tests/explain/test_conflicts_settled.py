"""A pair that a clause settles whenever both hold is no possible conflict, however much is unknown."""

from __future__ import annotations

from datetime import date

import pytest

from comity.agreement.cases import Case
from comity.agreement.values import exactly
from comity.api import library as shelf
from comity.api.regimes import read_regime
from comity.explain.evaluate import Evaluation


@pytest.mark.parametrize("host", ["DEU", "SWE", "DNK", "IRL", "GBR"])
def test_nothing_known_of_a_person_gives_no_possible_conflict_under_the_returns_directive(
    host: str,
) -> None:
    read = read_regime("today")
    evaluation = Evaluation(read.regime, Case(date(2015, 6, 1), {"host": exactly(host)}))
    assert [] == [
        pair
        for right in shelf.vocabulary().rights
        for pair in evaluation.conflicts(right)
        if "eu_returns_2008_115" in pair[1].node and "eu_returns_2008_115" in pair[0].node
    ]
