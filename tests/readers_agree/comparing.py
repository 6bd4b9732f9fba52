"""Many draws compared one after the other; a difference fails with the smallest agreement that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from comity.agreement.cases import Case
from comity.agreement.instruments import article_of
from comity.agreement.latitude import may_be_reserved
from comity.agreement.nodes import Prevalence
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.prove.law import NONE, Latitude
from tests.readers_agree.draws import Draw, draws
from tests.readers_agree.smallest import difference
from tests.readers_agree.solver import AskedOfRegime, asked_of

CONTRARY = 0.3
"""How often a case says of the host what its text does not, where a law ranges over such things."""
VARIED = 0.7
"""How many of the people stand under parameters and reservations of their own."""


def drawn(seed: int, agreements: int, people: int, latitude: Latitude = NONE) -> Iterator[Draw]:
    """The draws of one test: what a law ranges over is varied in the cases."""
    rng = Random(seed)
    if latitude == NONE:
        yield from draws(rng, agreements, cases=people)
        return
    for draw in draws(rng, agreements, cases=people, contrary=CONTRARY, latitude=VARIED):
        yield replace(draw, cases=tuple(_clauses_reserved(rng, draw, one) for one in draw.cases))


def _clauses_reserved(rng: Random, draw: Draw, case: Case) -> Case:
    """Now and then the host has reserved an article that says what prevails."""
    articles = [
        f"reserved {instrument.key(article_of(clause.id))}"
        for instrument in draw.regime.instruments
        for clause in instrument.statements
        if isinstance(clause, Prevalence) and may_be_reserved(instrument, article_of(clause.id))
    ]
    return case.with_facts({path: Truth.of(rng.random() < 0.25) for path in articles})


def compared(seed: int, agreements: int, people: int, latitude: Latitude = NONE) -> int:
    """How many pairs of an agreement and a case were compared; raises AssertionError if one differs."""
    count = 0
    for draw in drawn(seed, agreements, people, latitude):
        asked = asked_of(draw, latitude)
        for case in draw.cases:
            names = asked.differing(case)
            assert not names, told_smaller(asked, case, names)
            count += 1
    return count


def told_smaller(asked: AskedOfRegime, case: Case, names: list[str]) -> str:
    """The difference under the smallest agreement that has its first name in common with it."""

    def differ(regime: Regime, person: Case) -> bool:
        smaller = AskedOfRegime(regime, asked.on, asked.latitude, asked.labelled)
        return names[0] in smaller.differing(person)

    return difference(asked.regime, case, names, differ)
