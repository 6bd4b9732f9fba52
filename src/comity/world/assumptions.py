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

from comity.world.conflict import DEGREE, Band, DangerReading
from comity.world.errors import UnknownAssumptions
from comity.world.facts import Fact
from comity.world.people import (
    AnyBut,
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
    only: the category of people of whom alone it is assumed; None: of everybody.
    """

    fact: Fact
    value: FactValue | OfTheCell
    sentence: str
    except_origins: frozenset[str] = frozenset()
    only: Category | None = None


@dataclass(frozen=True, slots=True)
class AssumptionSet:
    """A named set of assumptions; a headline names its set.

    rest: the sentence that says that whatever else no record tells has its ordinary value, as the
    vocabulary states it, but for the facts of `STAYS_UNKNOWN`; "" if it stays unknown.
    left_open: a fact that the rest does not fill; "" if there is none.
    """

    name: str
    sentence: str
    assumptions: tuple[Assumption, ...]
    rest: str = ""
    left_open: str = ""

    def without(self, dropped: Assumption | None) -> AssumptionSet:
        """The same set with one assumption left out, its fact unknown; None leaves out the rest."""
        kept = tuple(one for one in self.assumptions if one is not dropped)
        what = self.rest if dropped is None else f"{dropped.fact}, {dropped.only}"
        name = f"{self.name} without {what}"
        rest = "" if dropped is None else self.rest
        left_open = "" if dropped is None else str(dropped.fact)
        return AssumptionSet(name, self.sentence, kept, rest, left_open)


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
        # UNHCR counts as refugees those whom it or a State has found to be so, singly or as a group
        Assumption(
            Fact.ORIGIN_LIKELIHOOD,
            Band("reasonable_possibility", "certain"),
            "Whom UNHCR counts as a refugee has a well-founded fear of harm in the origin.",
            only=Category.REFUGEE,
        ),
        Assumption(
            Fact.ORIGIN_DEGREE,
            Band("deprivation", "mass_killing"),
            "The harm that a refugee of UNHCR's count fears is at least severe deprivation.",
            only=Category.REFUGEE,
        ),
        Assumption(
            Fact.ORIGIN_GROUND,
            AnyBut(frozenset({"none"})),
            "Whom UNHCR counts as a refugee fears harm for a reason of the Convention of 1951.",
            only=Category.REFUGEE,
        ),
        Assumption(
            Fact.ORIGIN_PROTECTS,
            False,
            "The origin does not protect the refugees of UNHCR's count.",
            only=Category.REFUGEE,
        ),
        Assumption(
            Fact.ORIGIN_ALTERNATIVE,
            False,
            "No part of the origin is a safe alternative for the refugees of UNHCR's count.",
            only=Category.REFUGEE,
        ),
    ),
    rest="What no record says of family, work, conduct, papers or procedure is as the vocabulary's "
    "ordinary values say; how long people have stayed, with what status, and the danger at their "
    "origin stay unknown unless a source or a sentence above says otherwise.",
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
            added.update(danger_facts(cell.origin, reading))
    return added


def facts_under(
    cell: Cell, reading: DangerReading, assumptions: AssumptionSet
) -> Mapping[str, FactValue]:
    """The facts of a cell's people, those assumed included; absent means unknown.

    Raises SnapshotDamaged.
    """
    return {**facts_of(cell, reading), **assumed_facts(cell, reading, assumptions)}
