"""Commodification and emancipation: what labour is guaranteed without what makes a person more than it.

Definitions, of one person; a right is *held* where more than its bottom is guaranteed.

- **Labour alone**: access to work is guaranteed at a threshold or above (`same_employer`, the lowest
  that opens any work; `any`), and at least one of the rights that must go with it is not held.
- **Lost with the job**: the guaranteed level of `stay` or `work` is lower on the same record with the
  job lost than before.
- **Kept from work**: a stay or a bar to removal is held, and work is *forbidden* (a limit leaves
  nothing above the bottom), or *not guaranteed* (nothing is due and nothing forbids it): two different
  things, since what is not guaranteed the State may still open.
- **Emancipated**: work `any`, all the rights that must go with it, a vote at least `local`, a stay at
  least `long_term`, all guaranteed.

Source: Overbeek 2002, section 4; design, section 2 (*labour never travels alone*).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.evaluator import Evaluated, Positions
from comity.agreement.vocabulary import LevelType, Vocabulary

Mask = NDArray[np.bool_]
Ranks = NDArray[np.int64]

THRESHOLDS = ("same_employer", "any")
"""Levels of work from which it counts as open."""
EMANCIPATED: Mapping[str, str] = {"work": "any", "vote": "local", "stay": "long_term"}
"""What is guaranteed to an emancipated person, beside the rights that go with labour."""


class Guaranteed:
    """Guaranteed and open levels of many records, of which a right that nobody bounds has neither.

    surely: with the certain bounds, else with the possible ones (in the person's favour).
    """

    def __init__(self, found: Evaluated, records: int, tops: Mapping[str, int]) -> None:
        self._found, self._records, self._tops = found.rights, records, tops

    def lower(self, right: str, *, possibly: bool = False) -> Ranks:
        """The level guaranteed surely, or possibly, of each record."""
        position = self._found.get(right)
        if position is None:
            return np.zeros(self._records, dtype=np.int64)
        return (position.lower_possible if possibly else position.lower).astype(np.int64)

    def upper(self, right: str, *, possibly: bool = False) -> Ranks:
        """The level left open surely, or possibly, of each record."""
        position = self._found.get(right)
        if position is None:
            return np.full(self._records, self._tops[right], dtype=np.int64)
        return (position.upper_possible if possibly else position.upper).astype(np.int64)

    def position(self, right: str) -> Positions | None:
        """The position of a right; None where no norm bounds it."""
        return self._found.get(right)


def rank_of(vocabulary: Vocabulary, right: str, level: str) -> int:
    """The rank of a level of a right. Raises KeyError or ValueError for what the vocabulary lacks."""
    kind = vocabulary.rights[right].type
    if not isinstance(kind, LevelType):
        raise ValueError(f"`{right}` has no levels")
    return kind.scale.rank(level)


def labour_alone(
    of: Guaranteed, rank: int, companions: Sequence[str], *, possibly: bool = False
) -> Mask:
    """Records with open work and without some right that must go with it.

    rank: of work, from which it is open. possibly: whether it may be so, else whether it surely is.
    """
    lacking = np.zeros(of.lower("work").shape, dtype=np.bool_)
    for right in companions:
        lacking |= of.lower(right, possibly=not possibly) == 0
    return (of.lower("work", possibly=possibly) >= rank) & lacking


def falls(before: Guaranteed, after: Guaranteed, right: str, *, possibly: bool = False) -> Mask:
    """Records whose guaranteed level is lower after than before, surely or possibly."""
    return after.lower(right, possibly=not possibly) < before.lower(right, possibly=possibly)


def level_falls(before: Guaranteed, after: Guaranteed, right: str) -> Mask:
    """Records whose surely guaranteed level is lower after than before."""
    return after.lower(right) < before.lower(right)


def held(of: Guaranteed, rights: Sequence[str], *, possibly: bool = False) -> Mask:
    """Records of which some of several rights is held."""
    found = np.zeros(of.lower("work").shape, dtype=np.bool_)
    for right in rights:
        found |= of.lower(right, possibly=possibly) > 0
    return found


def forbidden(of: Guaranteed, *, possibly: bool = False) -> Mask:
    """Records whose work a limit leaves at the bottom."""
    closed: Mask = of.upper("work", possibly=not possibly) == 0
    return closed


def not_guaranteed(of: Guaranteed, *, possibly: bool = False) -> Mask:
    """Records to whom no work is guaranteed, and of whom none is forbidden."""
    nothing_due = of.lower("work", possibly=not possibly) == 0
    found: Mask = nothing_due & (of.upper("work", possibly=possibly) > 0)
    return found


def emancipated(
    of: Guaranteed, ranks: Mapping[str, int], companions: Sequence[str], *, possibly: bool = False
) -> Mask:
    """Records with each of some levels and all the rights that go with labour."""
    found = np.ones(of.lower("work").shape, dtype=np.bool_)
    for right, rank in {**dict.fromkeys(companions, 1), **ranks}.items():
        found &= of.lower(right, possibly=possibly) >= rank
    return found
