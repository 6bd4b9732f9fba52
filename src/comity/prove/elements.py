"""Elements that need one another: which sets may operate, and what each element brings with it.

The operating set is the greatest fixed point: the largest set of adopted elements each of whose
needs has an alternative in the set. Source: IMFC 27.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    elements = tuple(s for s in instrument.statements if isinstance(s, Element))
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
