"""`explain` against the solver's model: 10,000 pairs of a random agreement and a person.

Of each pair everything that is told is compared: every threshold of every right, each also through
a rank that varies, what is effective, holds, has lapsed, conflicts, every term, table and choice.
Another 10,000 stand in `test_solver_agrees_at_large.py`, a million in `make soak`.
"""

from __future__ import annotations

from collections import Counter

import pytest

from comity.agreement.values import Truth
from tests.readers_agree.comparing import compared, drawn
from tests.readers_agree.solver import asked_of

AGREEMENTS, PEOPLE = 50, 20


@pytest.mark.parametrize("seed", range(10))
def test_the_solver_says_of_everybody_what_explain_says(seed: int) -> None:
    assert AGREEMENTS * PEOPLE == compared(seed, AGREEMENTS, PEOPLE)


def test_of_every_kind_of_truth_both_answers_are_compared() -> None:
    """What is always true, or always false, would be compared with nothing."""
    said: dict[str, Counter[Truth]] = {}
    for draw in drawn(31, 50, 8):
        asked = asked_of(draw)
        for case in draw.cases:
            for one, truths in zip(asked.told, asked.explained(case), strict=True):
                said.setdefault(_kind(one.name), Counter()).update(truths)
    assert {*KINDS, "the axioms hold"} == said.keys()
    few = {kind: said[kind] for kind in KINDS if min(said[kind][t] for t in BOTH) < 40}
    assert {} == few


BOTH = (Truth.FALSE, Truth.TRUE)
KINDS = (
    "at least",
    "a rank",
    "effective",
    "conflict",
    "holds",
    "lapsed",
    "term",
    "table",
    "choice",
)


def _kind(name: str) -> str:
    if name.startswith(("lower", "upper")):
        return "a rank" if name.endswith("a rank") else "at least"
    if "effective" in name:
        return "effective"
    if name.startswith("a conflict"):
        return "conflict"
    if name.startswith(("a/tier", "a/responsible", "a/sort")):
        return "table" if name.startswith("a/tier") else "choice"
    if name.endswith("lapsed"):
        return "lapsed"
    return name if name == "the axioms hold" else "holds" if name.endswith("holds") else "term"
