"""Named sets of assumptions about people, as data, so that a count can be given twice.

An assumption fills a fact that the record leaves unknown, and never overrules the record. Each
has a sentence, so that a figure can print what it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from types import MappingProxyType

from comity.world.conflict import Band, DangerReading
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


class OfTheCell(Enum):
    """A value that depends on the cell."""

    ORIGIN = "the origin of the record"
    ONLY_NATIONALITY = "the origin of the record, and no other"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One fact that is taken for granted: its value, and the sentence that says so.

    except_origins: countries of origin for whose people it is not assumed.
    """

    fact: Fact
    value: FactValue | OfTheCell
    sentence: str
    except_origins: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AssumptionSet:
    """A named set of assumptions; a headline names its set."""

    name: str
    sentence: str
    assumptions: tuple[Assumption, ...]


NOTHING = AssumptionSet("nothing", "Nothing is assumed: what no record says is unknown.", ())

ORDINARY = AssumptionSet(
    "ordinary",
    "People are taken as ordinary: of the country their record names, outside it, not excluded "
    "from protection and a danger to nobody.",
    (
        Assumption(
            Fact.ORIGIN_STATE,
            OfTheCell.ORIGIN,
            "The country of birth is the country to which the person belongs.",
        ),
        Assumption(
            Fact.NATIONALITY,
            OfTheCell.ONLY_NATIONALITY,
            "The person has the nationality of that country and no other.",
        ),
        # also for the refused: if they are still in the host, they are outside their origin
        Assumption(Fact.OUTSIDE_ORIGIN, True, "The person is outside the country of origin."),
        Assumption(Fact.SECOND_ORIGIN, False, "There is no second country of origin."),
        Assumption(
            Fact.DESTINATION_IS_ORIGIN, True, "A removal would be to the country of origin."
        ),
        Assumption(Fact.ONWARD, False, "The destination would not send the person on."),
        Assumption(Fact.ORIGIN_ASSURED, False, "No assurances have been given by the origin."),
        Assumption(
            Fact.EXCLUDED, False, "There are no serious reasons to exclude the person (1F)."
        ),
        Assumption(
            Fact.SECURITY_DANGER, False, "The person is not a danger to the host's security."
        ),
        Assumption(
            Fact.CONVICTED, False, "The person has no final conviction for a very serious crime."
        ),
        Assumption(Fact.COMMUNITY_DANGER, False, "The person is no danger to the community."),
        Assumption(
            Fact.THREAT, Band("none", "none"), "The person's conduct threatens no public interest."
        ),
        Assumption(
            Fact.AGENCY,
            "none",
            "No other agency of the United Nations protects the person (1D).",
            except_origins=frozenset({"PSE"}),
        ),
        Assumption(
            Fact.NATIONAL_RIGHTS, False, "The host does not treat the person as a national (1E)."
        ),
        Assumption(
            Fact.EARLIER_REFUGEE, False, "The person is no refugee of arrangements before 1951."
        ),
        Assumption(
            Fact.REAVAILED, False, "The person has not gone back under the origin's protection."
        ),
        Assumption(Fact.NEW_NATIONALITY, False, "The person has not acquired another nationality."),
        Assumption(Fact.REESTABLISHED, False, "The person has not settled again where feared."),
        Assumption(Fact.CHANGED, 0, "No durable change in the origin has been found."),
        Assumption(Fact.OWN_FRAUD, False, "No fraud of the person stands in the way of removal."),
        Assumption(Fact.VOLUNTARY_RETURN, False, "The person has not returned of free choice."),
    ),
)

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
    if not isinstance(assumption.value, OfTheCell):
        return assumption.value
    if cell.origin is None or cell.category is Category.STATELESS:
        return None
    if assumption.value is OfTheCell.ORIGIN:
        return cell.origin
    return frozenset({cell.origin}) if nationality_is_settled(cell) else None


def assumed_facts(
    cell: Cell, reading: DangerReading, assumptions: AssumptionSet
) -> Mapping[str, FactValue]:
    """The facts that the set adds to the cell's record: only those that the record lacks.

    A nationality known in part (`Including`) is completed, not overruled. Where the set says
    which state the origin is, the danger there follows under the same reading.
    Raises SnapshotDamaged.
    """
    known = facts_of(cell, reading)
    added: dict[str, FactValue] = {}
    for assumption in assumptions.assumptions:
        value = _value_for(cell, assumption)
        is_open = assumption.fact not in known or isinstance(known[assumption.fact], Including)
        if value is None or not is_open:
            continue
        added[assumption.fact] = value
        if assumption.fact is Fact.ORIGIN_STATE:
            added.update(danger_facts(cell.origin, reading))
    return added


def facts_under(
    cell: Cell, reading: DangerReading, assumptions: AssumptionSet
) -> Mapping[str, FactValue]:
    """The facts of a cell's people, those assumed included; absent means unknown.

    Raises SnapshotDamaged.
    """
    return {**facts_of(cell, reading), **assumed_facts(cell, reading, assumptions)}
