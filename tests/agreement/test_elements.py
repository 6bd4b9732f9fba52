"""Elements that need one another: the operating set, permitted waivers, companions that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.agreement.elements import (
    elements_of,
    greatest,
    missing_companions,
    operating_sets,
    waivers,
)
from comity.agreement.nodes import Element
from comity.api import library as shelf

NAMES = ("A", "B", "C", "D", "E")


@st.composite
def several(draw: st.DrawFn) -> tuple[Element, ...]:
    """Elements with random needs, in circles too."""
    need = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(tuple)
    return tuple(Element(n, n, tuple(draw(st.lists(need, max_size=3)))) for n in NAMES)


def closed(names: frozenset[str], elements: Sequence[Element]) -> bool:
    """Whether every need of the set is met within it."""
    return all(names & set(n) for e in elements if e.name in names for n in e.needs)


def subsets(names: frozenset[str]) -> Iterator[frozenset[str]]:
    """Every set of some names."""
    for size in range(len(names) + 1):
        yield from (frozenset(one) for one in combinations(sorted(names), size))


@given(several(), st.frozensets(st.sampled_from(NAMES)))
def test_the_operating_set_is_the_union_of_all_closed_sets(
    elements: tuple[Element, ...], adopted: frozenset[str]
) -> None:
    every = [s for s in subsets(adopted) if closed(s, elements)]
    assert greatest(elements, adopted) == frozenset[str]().union(*every)


@given(several(), st.frozensets(st.sampled_from(NAMES)), st.sampled_from(NAMES))
def test_whatever_lacks_nothing_operates_with_what_is_there(
    elements: tuple[Element, ...], others: frozenset[str], name: str
) -> None:
    present = others | {name}
    if not missing_companions(elements, present, name):
        assert name in greatest(elements, present)


@given(several(), st.frozensets(st.sampled_from(NAMES)), st.sampled_from(NAMES))
def test_nothing_that_is_called_missing_is_there(
    elements: tuple[Element, ...], others: frozenset[str], name: str
) -> None:
    present = others | {name}
    for need in missing_companions(elements, present, name):
        assert not present & set(need)


def test_the_93_permitted_waivers_of_the_draft() -> None:
    elements = elements_of(shelf.packaged().instruments["imfc"])
    names = frozenset(e.name for e in elements)
    found = dict(waivers(elements, 3, frozenset({"E5", "E10"})))
    assert len(found) == 93
    assert sum(names - out == left for out, left in found.items()) == 10
    assert [sorted(out) for out, left in found.items() if "E7" in left] == [
        [],
        ["E4"],
        ["E6"],
        ["E4", "E6"],
    ]
    assert sum("E5" in left for left in found.values()) == 42


def test_every_set_of_the_draft_and_what_each_element_brings() -> None:
    found = operating_sets(shelf.packaged().instruments["imfc"])
    assert found.of_all == 1024
    assert found.brings["E7"] == {"E1", "E2", "E3", "E8", "E9", "E10"}
    assert found.brings["E6"] == {"E1", "E2", "E5", "E8", "E9", "E10"}


@pytest.mark.parametrize(
    ("present", "missing"),
    [
        ({"A"}, (("B", "C"), ("D",))),
        ({"A", "B"}, (("D",),)),
        ({"A", "C", "D"}, (("E",),)),
        ({"A", "B", "D"}, ()),
    ],
)
def test_missing_companions_by_hand(
    present: set[str], missing: tuple[tuple[str, ...], ...]
) -> None:
    elements = (
        Element("A", "", (("B", "C"), ("D",))),
        Element("B", ""),
        Element("C", "", (("E",),)),
        Element("D", ""),
        Element("E", ""),
    )
    assert missing_companions(elements, frozenset(present), "A") == missing
