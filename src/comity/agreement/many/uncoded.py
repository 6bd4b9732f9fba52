"""Columns as a table has them, in the place of their codes.

A table that is evaluated once need not be coded first: a test of a rank is as well a test of the
number, and a list is looked up where its block is in the cache. What a test asks stays said in codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[np.integer[Any]]
"""An array of whole numbers, with a sign or without."""
Plain: TypeAlias = NDArray[np.unsignedinteger[Any]] | NDArray[np.bool_]
"""Codes in an array: truths where there are two, which are then a plane already."""
Span: TypeAlias = tuple[int | None, int | None]
"""From one to another, both included; None: without an end."""


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Whole numbers in the place of their ranks. edges: the least number of each rank but the first.

    numbers: shape (records,).
    """

    numbers: Whole
    edges: tuple[int, ...]

    def block(self, rows: slice) -> Whole:
        """What is tested of some records."""
        return self.numbers[rows]

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the numbers."""
        return self.numbers.dtype

    def spans(self, low: int, high: int | None) -> list[Span]:
        """The numbers of some ranks, of those that the column's type can hold."""
        limits = np.iinfo(self.numbers.dtype)
        least = None if low <= 0 else self.edges[low - 1]
        most = None if high is None or high >= len(self.edges) else self.edges[high] - 1
        if (least is not None and least > limits.max) or (most is not None and most < limits.min):
            return []
        return [
            (
                None if least is None or least <= limits.min else least,
                None if most is None or most >= limits.max else most,
            )
        ]

    def codes(self, rows: slice) -> Plain:
        """The ranks of some records."""
        return ranks_of(self.numbers[rows], self.edges)


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """Places in a list in the place of classes. classes: of each place in the list.

    places: shape (records,).
    """

    places: Whole
    classes: Plain

    @property
    def is_short(self) -> bool:
        """So few places that tests ask for these, and nothing is looked up."""
        return self.classes.size <= _FEW

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of what is tested: truths where there are two classes."""
        if self.is_short:
            return self.places.dtype
        return np.dtype(np.bool_) if _are_two(self.classes) else self.classes.dtype

    def plain(self) -> Plain | Listed:
        """The classes of all records as an array, where every place is its own class."""
        same = _as_they_are(self.classes, self.places)
        return self if same is None else same

    def block(self, rows: slice) -> Whole | Plain:
        """What is tested of some records."""
        return self.places[rows] if self.is_short else looked_up(self.classes, self.places[rows])

    def spans(self, low: int, high: int | None) -> list[Span]:
        """What is tested, of some classes: these, or the places that have them."""
        if not self.is_short:
            return [(low, high)]
        last = int(self.classes.max()) if high is None else high
        held = [low <= int(one) <= last for one in self.classes]
        starts = [at for at, is_held in enumerate(held) if is_held and not (at and held[at - 1])]
        ends = [
            at for at, is_held in enumerate(held) if is_held and held[at + 1 : at + 2] != [True]
        ]
        return list(zip(starts, ends, strict=True))

    def codes(self, rows: slice) -> Plain:
        """The classes of some records."""
        return looked_up(self.classes, self.places[rows])


Codes: TypeAlias = Plain | Numbers | Listed
"""Codes, or what stands in their place."""


def code_type(most: int) -> type[np.unsignedinteger[Any]]:
    """The smallest type of code that holds a number."""
    return np.uint8 if most < 256 else np.uint16 if most < 65536 else np.uint32


def ranks_of(numbers: Whole, edges: tuple[int, ...]) -> Plain:
    """How many of some edges are not above each number.

    By comparisons where there are few, ten times as fast as by search; else by search. Blocks of
    records go through all comparisons while they are in the cache.
    """
    if len(edges) > _MOST_COMPARED:
        found = np.searchsorted(np.asarray(edges, dtype=np.int64), numbers, side="right")
        return found.astype(code_type(len(edges)))
    limits = np.iinfo(numbers.dtype)
    always = sum(edge <= limits.min for edge in edges)
    tested = [numbers.dtype.type(edge) for edge in edges if limits.min < edge <= limits.max]
    ranks = np.empty(numbers.shape, dtype=np.uint8)
    is_above = np.empty(min(numbers.size, _BLOCK), dtype=np.bool_)
    for start in range(0, numbers.size, _BLOCK):
        part, out = numbers[start : start + _BLOCK], ranks[start : start + _BLOCK]
        held = is_above[: part.size]
        if not tested:
            out[...] = always
            continue
        np.greater_equal(part, tested[0], out=out.view(np.bool_))
        for edge in tested[1:]:
            np.greater_equal(part, edge, out=held)
            np.add(out, held.view(np.uint8), out=out)
        if always:
            np.add(out, np.uint8(always), out=out)
    return ranks.view(np.bool_) if len(tested) == 1 and not always else ranks


def looked_up(classes: Plain, places: Whole) -> Plain:
    """The class of each place in a list. Of one byte: no copy where class and place are the same.

    By translation of bytes where they fit, twice as fast as `take`.
    """
    if (same := _as_they_are(classes, places)) is not None:
        return same
    if classes.dtype != np.uint8 or classes.size > 256:
        taken = classes.take(places)
        return taken.view(np.bool_) if _are_two(classes) else taken
    table = classes.tobytes().ljust(256, b"\0")
    found = np.empty(places.shape, dtype=np.uint8)
    for start in range(0, places.size, _BLOCK):
        part = places[start : start + _BLOCK].astype(np.uint8)
        found[start : start + _BLOCK] = np.frombuffer(part.tobytes().translate(table), np.uint8)
    return found.view(np.bool_) if _are_two(classes) else found


def _are_two(classes: Plain) -> bool:
    return classes.dtype == np.uint8 and int(classes.max()) < 2


def _as_they_are(classes: Plain, places: Whole) -> Plain | None:
    """Places as classes, where both are one byte and every place is its own class."""
    if places.dtype.itemsize > 1 or classes.size > 128:
        return None
    if not (classes == np.arange(classes.size)).all():
        return None
    return places.view(np.bool_) if _are_two(classes) else places.view(np.uint8)


_FEW = 16
_BLOCK = 65536
_MOST_COMPARED = 40
