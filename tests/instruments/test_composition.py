"""All that is in force together, on several days: nothing crosses without a clause that settles it."""

from __future__ import annotations

from datetime import date

import pytest

from comity.api.proving import Session, tasks
from comity.api.regimes import read_regime
from comity.prove.verdicts import Verdict

DAYS = (date(1996, 5, 1), date(2005, 1, 1), date(2015, 6, 1), date(2026, 11, 30))


@pytest.mark.parametrize("day", DAYS)
def test_no_conflict_over_all_pairs_in_force_together(day: date) -> None:
    """The only limits of binding texts are those of the Returns Directive, which yields to the more
    favourable rule (Article 4): a pair that crosses is always settled."""
    (task,) = tasks(read_regime("today"), properties=["no conflict"])
    with Session() as session:
        finding, _ = session.find(task, day)
    assert finding.verdict is Verdict.PROVED, finding


def test_the_limits_in_force_are_those_that_are_known() -> None:
    regime = read_regime("today").regime
    limits = {
        unit.node.partition("/")[0]
        for units in regime.units.values()
        for unit in units
        if unit.kind == "limit"
    }
    assert {"eu_returns_2008_115"} == limits
