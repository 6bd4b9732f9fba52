"""People to whom each guarantee gives something: today's law, and each draft beside it.

Certain and possible assume nothing; the third number is under the set `ordinary`. A number under
ten is withheld, and enough beside it that it cannot be worked out (`count.suppression`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from comity.agreement.nodes import Kind
from comity.agreement.regimes import Regime
from comity.api.counting import Count
from comity.api.people_counts import PeopleCounts, Under, articles_of
from comity.api.regimes import read_regime
from comity.api.schema_reading import GivenModel
from comity.count.suppression import MIN_CELL, hidden
from comity.world.conflict import DangerReading, danger_reading
from comity.world.population import Cell

Progress = Callable[[str, int, int], None]
_NUMBERS = ("certain", "possible", "assumed")


def people_of(
    drafts: Sequence[str],
    *,
    on: date,
    law: bool = True,
    danger: DangerReading | None = None,
    cells: Sequence[Cell] | None = None,
    progress: Progress | None = None,
) -> Mapping[str, GivenModel]:
    """People given something by each guarantee in force, and by those of drafts, by its key.

    drafts: ids; each is counted alone beside all encoded law, as in force for those it is meant for.
    law: whether the encoded law is counted too. cells: other people than the world's. A guarantee
    that gives nobody anything has zeros; what is not in it is of no text that binds.
    """
    found: dict[str, GivenModel] = {}
    encoded = read_regime("encoded").regime
    counts = PeopleCounts(
        encoded.vocabulary, on, danger or danger_reading("person"), cells=cells, progress=progress
    )
    if law:
        found |= given_in(counts, encoded)
    for name in drafts:
        beside = given_in(counts, read_regime(f"encoded,{name}").regime)
        found |= {key: one for key, one in beside.items() if key.startswith(f"{name}/")}
    return found


def given_in(counts: PeopleCounts, regime: Regime) -> Mapping[str, GivenModel]:
    """The same of people who are ready to be evaluated."""
    rights = rights_of(regime)
    return given_by(counts.under(regime, None, articles_of(rights)), rights, 0)


def given_beside(law: Regime, draft: Regime, counts: PeopleCounts) -> Mapping[str, GivenModel]:
    """People of a law's guarantees under it alone, and of what a draft adds under both together."""
    now = given_in(counts, law)
    return {**given_in(counts, draft), **now}


def rights_of(regime: Regime) -> tuple[str, ...]:
    """The rights that some norm of a regime bounds, in the vocabulary's order."""
    return tuple(right for right, units in regime.units.items() if units)


def given_by(under: Under, rights: Sequence[str], first: int) -> Mapping[str, GivenModel]:
    """The same of an evaluation that asked `articles_of(rights)` from the place `first` on.

    A guarantee of several rights has the people of whichever right most are given: all that it
    gives somebody, it gives under the same conditions.
    """
    rules = under.evaluator.rules
    units = [
        unit.node
        for right in rights
        for unit in rules.guarantees(right)
        if unit.kind is Kind.GUARANTEE
    ]
    found: dict[str, Count] = {}
    for number, node in enumerate(units, first):
        count = next((c for _, c in under.of.counted(under.asked(number))), Count())
        before = found.get(node, Count())
        found[node] = Count(
            *(max(getattr(before, name), getattr(count, name)) for name in _NUMBERS)
        )
    return shown(found)


def shown(found: Mapping[str, Count]) -> Mapping[str, GivenModel]:
    """The numbers as they are published. Each instrument's are a list of its own."""
    made: dict[str, GivenModel] = {}
    for owner in dict.fromkeys(key.partition("/")[0] for key in found):
        own = {key: one for key, one in found.items() if key.partition("/")[0] == owner}
        out = {
            name: hidden({(k,): int(getattr(c, name)) for k, c in own.items()}, MIN_CELL)
            for name in _NUMBERS
        }
        for key, count in own.items():
            numbers = {
                name: None if (key,) in out[name] else int(getattr(count, name))
                for name in _NUMBERS
            }
            made[key] = GivenModel(**numbers, hidden=None in numbers.values())
    return made
