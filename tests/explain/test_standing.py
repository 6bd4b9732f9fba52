"""The formulas mean what the evaluator means: on random agreements, and with articles out."""

from __future__ import annotations

from random import Random

from comity.agreement.nodes import Extension, Standstill
from comity.agreement.values import Possible, Truth
from comity.explain.evaluate import Evaluation
from comity.explain.standing import Standing
from tests.explain.articles_out import with_articles_out
from tests.explain.widened import wide_person, wide_regime
from tests.readers_agree.generator import VOCABULARY, person, regime

RIGHTS = tuple(VOCABULARY.rights)
UNKNOWN = (0.1, 0.3, 0.6)


def test_positions_by_formulas_are_those_of_the_evaluator() -> None:
    for seed in range(300):
        rng = Random(seed)
        drawn = regime(rng)
        case = person(rng, drawn, unknown=rng.choice(UNKNOWN), host_known=seed % 3 > 0)
        evaluation, standing = Evaluation(drawn, case), Standing(drawn, case, case.on)
        for right in RIGHTS:
            assert evaluation.bounds(right) == standing.bounds(right), (seed, right)


def test_so_are_they_where_readings_part_and_where_a_sponsor_decides() -> None:
    with_sponsor = 0
    for seed in range(300):
        rng = Random(seed)
        drawn = wide_regime(rng)
        case = wide_person(rng, drawn, unknown=rng.choice(UNKNOWN), host_known=seed % 3 > 0)
        evaluation, standing = Evaluation(drawn, case), Standing(drawn, case, case.on)
        with_sponsor += case.sponsor is not None
        for right in RIGHTS:
            assert evaluation.bounds(right) == standing.bounds(right), (seed, right)
    assert with_sponsor > 100


def test_a_changed_standing_is_the_standing_of_the_changed_case() -> None:
    """Some facts of one person put in place of another's: what does not name them is not redone."""
    for seed in range(200):
        rng = Random(seed)
        drawn = wide_regime(rng)
        one = wide_person(rng, drawn, unknown=0.3)
        other = wide_person(rng, drawn, unknown=0.3)
        shared = [path for path in other.facts if path != "host" and path in one.facts]
        facts = {path: other.facts[path] for path in rng.sample(shared, 3)}
        changed = Standing(drawn, one, one.on)
        for right in RIGHTS:
            changed.bounds(right)
        changed = changed.with_facts(facts)
        expected = Evaluation(drawn, one.with_facts(facts))
        for right in RIGHTS:
            assert expected.bounds(right) == changed.bounds(right), (seed, right)


def test_articles_out_of_the_way_are_as_if_the_text_were_changed() -> None:
    for seed in range(200):
        rng = Random(seed)
        drawn = wide_regime(rng)
        case = wide_person(rng, drawn, unknown=0.3)
        keys = [
            key
            for key, variants in drawn.nodes.items()
            if not isinstance(variants[0], (Extension, Standstill))
        ]
        out = frozenset(rng.sample(keys, 2))
        facts: dict[str, Possible] = {f"node {key}": Truth.FALSE for key in out}
        changed = Standing(drawn, case, case.on).with_facts(facts)
        expected = with_articles_out(drawn, case, out)
        for right in RIGHTS:
            assert expected.bounds(right) == changed.bounds(right), (seed, right, out)
