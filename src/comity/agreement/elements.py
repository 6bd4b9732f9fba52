"""Elements that need one another: which sets may operate, and what each element brings with it.

The operating set is the greatest fixed point: the largest set of adopted elements each of whose
needs has an alternative in the set. Source: IMFC 27.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Element

MOST = 14
"""Elements of which every set is looked at: 16,384 sets."""


class TooManyElements(ValueError):
    """More elements than sets of them can be listed."""


@dataclass(frozen=True, slots=True)
class Operating:
    """What may operate together.

    sets: the operating sets that some adoption leads to, the smallest first.
    brings: for each element, the others that operate whenever it does.
    in_how_many: of all sets of adopted elements, those in which an element operates.
    of_all: how many sets of adopted elements there are.
    """

    sets: tuple[frozenset[str], ...]
    brings: Mapping[str, frozenset[str]]
    in_how_many: Mapping[str, int]
    of_all: int


def elements_of(instrument: Instrument) -> tuple[Element, ...]:
    """The elements that an instrument declares, in the order of the text."""
    return tuple(s for s in instrument.statements if isinstance(s, Element))


def greatest(elements: Iterable[Element], adopted: frozenset[str]) -> frozenset[str]:
    """The largest set of adopted elements each of whose needs is met within it."""
    every = tuple(elements)
    operating = adopted & {element.name for element in every}
    while True:
        kept = frozenset(
            element.name
            for element in every
            if element.name in operating and all(operating & set(need) for need in element.needs)
        )
        if kept == operating:
            return kept
        operating = kept


def operating_sets(instrument: Instrument) -> Operating:
    """What every set of adopted elements leads to. Raises TooManyElements."""
    elements = elements_of(instrument)
    names = tuple(element.name for element in elements)
    if len(names) > MOST:
        raise TooManyElements(f"{len(names)} elements have too many sets to list")
    found: dict[frozenset[str], int] = {}
    for size in range(len(names) + 1):
        for adopted in combinations(names, size):
            operating = greatest(elements, frozenset(adopted))
            found[operating] = found.get(operating, 0) + 1
    everything = frozenset(names)
    brings = {
        name: everything.intersection(*(s for s in found if name in s)) - {name} for name in names
    }
    counted = {name: sum(n for s, n in found.items() if name in s) for name in names}
    ordered = sorted(found, key=lambda s: (len(s), sorted(s)))
    return Operating(tuple(ordered), brings, counted, 2 ** len(names))


def waivers(
    elements: Iterable[Element], most: int, never: frozenset[str]
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Each permitted set of waivers with what then operates, all else adopted; the fewest first.

    most: how many may be waived at once. never: those that may not be. Source: IMFC 26.
    """
    every = tuple(elements)
    names = [element.name for element in every]
    free = [name for name in names if name not in never]
    for size in range(min(most, len(free)) + 1):
        for waived in combinations(free, size):
            yield frozenset(waived), greatest(every, frozenset(names) - set(waived))


def missing_companions(
    elements: Iterable[Element], present: frozenset[str], name: str
) -> tuple[tuple[str, ...], ...]:
    """The needs of an element, and of what it needs in turn, that nothing present meets.

    Each is given by its alternatives, in the order in which they are met on the way. What an absent
    element with alternatives would need is not asked, as the text leaves open which of them comes.
    """
    by_name = {element.name: element for element in elements}
    found: dict[tuple[str, ...], None] = {}
    seen: set[str] = set()

    def walk(one: str) -> None:
        if one in seen or one not in by_name:
            return
        seen.add(one)
        for need in by_name[one].needs:
            there = [other for other in need if other in present]
            if not there:
                found[need] = None
            for other in there or (need if len(need) == 1 else ()):
                walk(other)

    walk(name)
    return tuple(found)
