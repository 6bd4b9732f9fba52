"""Elements and balance: how an element stands in a text, what it lacks, what could operate.

Belongs here: the definitions of the section `elements`, from the statements of the texts. Does not
belong here: what operating means (`agreement.elements`), any number of admissions (`world`).

An element **stands in** a text if the text adopts it (front matter), if a paragraph of the text is
expressed by it, or if a rule stands in it. An element that is only named, so that another can say
what it needs, does not stand in the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from comity.agreement.elements import elements_of, greatest, missing_companions, waivers
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Norm, Paragraph

TEN = tuple(f"E{number}" for number in range(1, 11))
"""The ten elements of a Regional Convention. Source: IMFC 26."""
NEVER_WAIVED = frozenset({"E5", "E10"})
MOST_WAIVED = 3
"""What may be waived. Source: IMFC 26 (an institutional paragraph, which no rule expresses)."""

LEAST_SHARE = 0.25
LEAST_SHARE_BOUND = 0.15
"""Permanent admissions as a part of temporary ones, and how low the Assembly may set it. Source:
IMFC 28(a) and Annex C."""
MONTHS = 36
"""Over how many months the tests take their means. Source: IMFC 28."""


class Stands(StrEnum):
    """How an element stands in a text."""

    ADOPTED = "adopted"
    DISPOSED = "disposed of"
    RULE = "a rule"
    SOFT = "asked for"
    WAIVED = "not adopted"
    NAMED = "named only"
    ABSENT = "absent"

    @property
    def is_present(self) -> bool:
        """Whether the element stands in the text."""
        return self in (Stands.ADOPTED, Stands.DISPOSED, Stands.RULE, Stands.SOFT)


@dataclass(frozen=True, slots=True)
class Lacking:
    """An element that stands in a text without all that it needs.

    missing: needs that nothing in the text meets, each by its alternatives.
    """

    element: str
    stands: Stands
    missing: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Balance:
    """The elements of one text.

    stands: by element, all that are declared. rules: keys `INSTRUMENT/ID` of those in each element;
    where there are none, of the article that declares it.
    adopted: of which the text itself says so. operates: the operating set of these.
    may_operate: that of all that stand in the text, were it adopted and funded.
    """

    instrument: Instrument
    stands: Mapping[str, Stands]
    rules: Mapping[str, tuple[str, ...]]
    adopted: frozenset[str]
    operates: frozenset[str]
    may_operate: frozenset[str]

    @property
    def present(self) -> tuple[str, ...]:
        """The elements that stand in the text."""
        return tuple(name for name, how in self.stands.items() if how.is_present)

    @property
    def lacking(self) -> tuple[Lacking, ...]:
        """The elements that stand in the text while a companion is missing."""
        elements, present = elements_of(self.instrument), frozenset(self.present)
        found = []
        for name in self.present:
            missing = missing_companions(elements, present, name)
            if missing:
                found.append(Lacking(name, self.stands[name], missing))
        return tuple(found)


def balance_of(instrument: Instrument, *, with_soft: bool = True) -> Balance | None:
    """The elements of a text; None where it declares none.

    with_soft: whether a rule that binds nobody makes an element stand in the text.
    """
    elements = elements_of(instrument)
    if not elements:
        return None
    stands = {e.name: _stands(instrument, e.name, with_soft=with_soft) for e in elements}
    rules = {
        e.name: tuple(instrument.key(n.id) for n in _rules_in(instrument, e.name))
        or (_declared_in(instrument, e.span.line),)
        for e in elements
    }
    adopted = frozenset(name for name, said in instrument.elements.items() if said == "adopted")
    present = frozenset(name for name, how in stands.items() if how.is_present)
    return Balance(
        instrument,
        stands,
        rules,
        adopted,
        greatest(elements, adopted),
        greatest(elements, present),
    )


def _stands(instrument: Instrument, name: str, *, with_soft: bool) -> Stands:
    said = instrument.elements.get(name)
    if said is not None:
        return Stands.ADOPTED if said == "adopted" else Stands.WAIVED
    if any(isinstance(s, Paragraph) and name in s.by for s in instrument.statements):
        return Stands.DISPOSED
    rules = _rules_in(instrument, name)
    if instrument.force.binds and any(not rule.soft for rule in rules):
        return Stands.RULE
    return Stands.SOFT if rules and with_soft else Stands.NAMED


def _rules_in(instrument: Instrument, name: str) -> tuple[Norm, ...]:
    return tuple(n for n in instrument.holdings if isinstance(n, Norm) and n.element == name)


def _declared_in(instrument: Instrument, line: int) -> str:
    above = [a.id for a in instrument.articles if a.span.line <= line]
    return instrument.key(above[-1] if above else "")


# ---- waivers ----
@dataclass(frozen=True, slots=True)
class Waived:
    """What the permitted sets of waivers leave.

    sets: how many there are. whole: those with which all that is adopted operates.
    operates_in: by element, in how many of the sets it operates. stopped_by: by element, the
    elements whose single waiver stops it.
    """

    sets: int
    whole: int
    operates_in: Mapping[str, int]
    stopped_by: Mapping[str, tuple[str, ...]]


def waived(instrument: Instrument, most: int = MOST_WAIVED) -> Waived | None:
    """What the permitted waivers leave of a text; None unless it declares all ten elements."""
    elements = elements_of(instrument)
    names = [element.name for element in elements]
    if set(names) != set(TEN):
        return None
    found = tuple(waivers(elements, most, NEVER_WAIVED))
    single = {next(iter(out)): left for out, left in found if len(out) == 1}
    return Waived(
        len(found),
        sum(frozenset(names) - out == left for out, left in found),
        {name: sum(name in left for _, left in found) for name in names},
        {
            name: tuple(one for one, left in single.items() if one != name and name not in left)
            for name in names
        },
    )


# ---- balance of effort, test (a) ----
@dataclass(frozen=True, slots=True)
class Effort:
    """Permanent against temporary admissions, persons a year.

    ratio: None where nobody was admitted for a time.
    """

    permanent: float
    temporary: float
    years: tuple[int, ...]
    destinations: tuple[str, ...]

    @property
    def ratio(self) -> float | None:
        """Permanent admissions for one temporary admission."""
        return self.permanent / self.temporary if self.temporary else None


Yearly = Mapping[tuple[str, int], tuple[int, int]]
"""By destination and year, persons admitted permanently and for a time."""


def effort(admitted: Yearly, hosts: Sequence[str] | None, last: int) -> Effort | None:
    """Test (a) over the three years to `last`, of the destinations with a number in each of them.

    hosts: the States of the region; None: all. Returns None where no destination has all three years.
    """
    years = tuple(range(last - MONTHS // 12 + 1, last + 1))
    places = sorted({host for host, _ in admitted if hosts is None or host in hosts})
    whole = tuple(p for p in places if all((p, year) in admitted for year in years))
    if not whole:
        return None
    several = [admitted[place, year] for place in whole for year in years]
    return Effort(
        sum(one for one, _ in several) / len(years),
        sum(other for _, other in several) / len(years),
        years,
        whole,
    )


# ---- balance of effort, the key of test (e) ----
LEAST_OF_KEY, MOST_OF_KEY = 0.5, 2.0
"""How little and how much of its share a Party may bear. Source: IMFC 28(e)."""


@dataclass(frozen=True, slots=True)
class Share:
    """A State's part of the key of Article 19 without causation: half population, half product."""

    population: float
    product: float

    @property
    def key(self) -> float:
        """Its share of the funds."""
        return (self.population + self.product) / 2


def shares(sizes: Mapping[str, tuple[float, float]]) -> dict[str, Share]:
    """Each State's share among several. sizes: population and domestic product by State.

    Raises ValueError where there is nobody or no product to share by.
    """
    people = sum(one for one, _ in sizes.values())
    product = sum(other for _, other in sizes.values())
    if people <= 0 or product <= 0:
        raise ValueError("nothing to share by")
    return {state: Share(one / people, other / product) for state, (one, other) in sizes.items()}
