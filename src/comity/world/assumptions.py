"""Named sets of assumptions about people, as data, so that a count can be given twice.

An assumption fills a fact that the record leaves unknown, and never overrules the record. Each
has a sentence, so that a figure can print what it rests on. The sets are files of
`comity.world.assumption_sets`.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from comity.world.assumption_sets import Assumption, AssumptionSet, OfTheCell, packaged_set
from comity.world.conflict import DEGREE, Band, DangerReading
from comity.world.errors import UnknownAssumptions
from comity.world.facts import Fact
from comity.world.people import (
    FactValue,
    Including,
    danger_facts,
    facts_of,
    nationality_is_settled,
)
from comity.world.population import Category, Cell

__all__ = [
    "ASSUMPTION_SETS",
    "NOTHING",
    "ORDINARY",
    "STAYS_UNKNOWN",
    "Assumption",
    "AssumptionSet",
    "OfTheCell",
    "assumed_facts",
    "assumption_set",
    "facts_under",
    "stays_unknown",
]

STAYS_UNKNOWN = (
    "age", "arrived_age", "sex", "born_in_host", "skill", "salary", "disability",
    "residence.", "status.", "earlier.", "illegal_stay", "claims", "procedure.", "appeal.",
    "removal.possible", "removal.prospect", "detention.", "work.", "claim.",
    "origin1.degree", "origin1.immediacy", "origin1.likelihood", "origin1.ground", "origin1.harm",
    "origin1.intensity", "origin1.personal_factors", "origin1.role", "origin1.scope",
    "origin1.event", "origin1.cumulative", "origin1.protects", "origin1.alternative",
    "origin1.actor", "origin1.care", "origin1.decline", "origin1.destitution", "origin1.in_europe",
    "origin1.state",
)  # fmt: skip
"""Facts, or beginnings of their names, that no set fills by the vocabulary's ordinary value: how long
and as what people have stayed, whether their stay is lawful, and the danger at their origin differ
too much from person to person for a word of the vocabulary to stand for everybody."""


def stays_unknown(path: str) -> bool:
    """Whether a fact stays unknown under every set unless an assumption of its own fills it."""
    return any(
        path == name or (name.endswith(".") and path.startswith(name)) for name in STAYS_UNKNOWN
    )


NOTHING = packaged_set("nothing")
ORDINARY = packaged_set("ordinary")

ASSUMPTION_SETS = MappingProxyType({chosen.name: chosen for chosen in (NOTHING, ORDINARY)})


def assumption_set(name: str) -> AssumptionSet:
    """The set of a name. Raises UnknownAssumptions."""
    if name not in ASSUMPTION_SETS:
        near = get_close_matches(name, ASSUMPTION_SETS, n=1)
        raise UnknownAssumptions(
            f"`{name}` is no set of assumptions", suggestion=near[0] if near else None
        )
    return ASSUMPTION_SETS[name]


def _value_for(cell: Cell, assumption: Assumption) -> FactValue | None:
    """What the assumption says of this cell's people; None: it says nothing of them."""
    if cell.origin in assumption.except_origins:
        return None
    if assumption.only is not None and cell.category.within is not assumption.only:
        return None
    if not isinstance(assumption.value, OfTheCell):
        return assumption.value
    if cell.origin is None or cell.category is Category.STATELESS:
        return None
    if assumption.value is OfTheCell.ORIGIN:
        return cell.origin
    return frozenset({cell.origin}) if nationality_is_settled(cell) else None


def _narrowed(known: Band, assumed: FactValue) -> Band | None:
    """The levels of degree that both bands allow; None where they do not meet or nothing changes."""
    if not isinstance(assumed, Band) or not {known.low, assumed.low} <= set(DEGREE):
        return None
    low = max(known.low, assumed.low, key=DEGREE.index)
    high = min(known.high, assumed.high, key=DEGREE.index)
    if DEGREE.index(low) > DEGREE.index(high) or Band(low, high) == known:
        return None
    return Band(low, high)


def assumed_facts(
    cell: Cell, reading: DangerReading, assumptions: AssumptionSet
) -> Mapping[str, FactValue]:
    """The facts that the set adds to the cell's record: only those that the record lacks.

    What is known in part is completed, not overruled: a nationality (`Including`), a band of
    levels, which is narrowed to what both allow. Where the set says which state the origin is, the
    danger there follows under the same reading. Raises SnapshotDamaged.
    """
    known = facts_of(cell, reading)
    added: dict[str, FactValue] = {}
    for assumption in assumptions.assumptions:
        value = _value_for(cell, assumption)
        before = added.get(assumption.fact, known.get(assumption.fact))
        if value is None or not (before is None or isinstance(before, (Including, Band))):
            continue
        if isinstance(before, Band):
            narrowed = _narrowed(before, value)
            if narrowed is not None:
                added[assumption.fact] = narrowed
            continue
        added[assumption.fact] = value
        if assumption.fact is Fact.ORIGIN_STATE:
            added.update(danger_facts(cell.origin, reading, cell.year))
    return added


def facts_under(
    cell: Cell, reading: DangerReading, assumptions: AssumptionSet
) -> Mapping[str, FactValue]:
    """The facts of a cell's people, those assumed included; absent means unknown.

    Raises SnapshotDamaged.
    """
    return {**facts_of(cell, reading), **assumed_facts(cell, reading, assumptions)}
