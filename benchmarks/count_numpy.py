"""A peer of `benchmarks.count`: the twenty rules in plain numpy, as a good programmer writes them.

By blocks that stay in a core's own cache, over the register's own columns or over codes of one byte.
Group membership by looking countries up; conditions that several rules share are worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 32_768

Columns = Mapping[str, NDArray[Any]]


def natural(persons: Columns, groups: Columns) -> tuple[NDArray[Any], NDArray[Any]]:
    """Protection and residence of everybody. groups: for each country, whether it is a member."""

    def tests(c: Columns) -> dict[str, NDArray[Any]]:
        stay, work, absent, language = c["stay"], c["work"], c["absent"], c["language"]
        return {
            **{field: c[field].view(np.bool_) for field in YES_NO},
            **{f"stay {n}": stay >= n for n in (6, 12, 24, 36, 60, 96)},
            **{f"work {n}": work >= n for n in (3, 48, 120)},
            "absent 90": absent <= 90,
            "absent 180": absent <= 180,
            "over a year": absent > 365,
            **{f"language {n}": language >= n for n in (40, 50, 60)},
            "minor": c["age"] < 6575,
            "income 12000": c["income"] >= 1_200_000,
            "income 20000": c["income"] >= 2_000_000,
            "chief ground": (c["ground"] >= 1) & (c["ground"] <= 3),
            "at war": groups["at_war"].take(c["origin"]),
            "friend": groups["friends"].take(c["origin"]),
            "safe": groups["safe_passage"].take(c["transit"]),
        }

    return _blocked(persons, tests)


def coded(persons: Columns) -> tuple[NDArray[Any], NDArray[Any]]:
    """The same over the codes of `count_law.coded_by_hand`."""

    def tests(c: Columns) -> dict[str, NDArray[Any]]:
        stay, work, absent, language = c["stay"], c["work"], c["absent"], c["language"]
        return {
            **{field: c[field].view(np.bool_) for field in YES_NO},
            **{f"stay {n}": stay >= at for at, n in enumerate((6, 12, 24, 36, 60, 96), 1)},
            **{f"work {n}": work >= at for at, n in enumerate((3, 48, 120), 1)},
            "absent 90": absent < 1,
            "absent 180": absent < 2,
            "over a year": absent >= 3,
            **{f"language {n}": language >= at for at, n in enumerate((40, 50, 60), 1)},
            "minor": c["age"] < 1,
            "income 12000": c["income"] >= 1,
            "income 20000": c["income"] >= 2,
            "chief ground": c["ground"] == 1,
            "at war": c["origin"] == 1,
            "friend": c["origin"] == 2,
            "safe": c["transit"] == 1,
        }

    return _blocked(persons, tests)


YES_NO = (
    "claims",
    "lawful_entry",
    "convicted",
    "unaccompanied",
    "stateless",
    "family_here",
    "absconded",
    "recognised",
)


def _blocked(persons: Columns, tests: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    size = len(persons["claims"])
    protection, residence = (np.empty(size, dtype=np.uint8) for _ in range(2))
    for start in range(0, size, BLOCK):
        rows = slice(start, start + BLOCK)
        block = {field: values[rows] for field, values in persons.items()}
        _rules(block, tests(block), protection[rows], residence[rows])
    return protection, residence


def _rules(c: Columns, t: Columns, protection: NDArray[Any], residence: NDArray[Any]) -> None:
    degree, likelihood, threat, ties = c["degree"], c["likelihood"], c["threat"], c["ties"]
    family, minor, minor_alone = t["family_here"], t["minor"], t["unaccompanied"]
    danger, deprivation, some_ties = degree >= 4, degree >= 2, ties >= 1
    included = ~(t["convicted"] & (threat >= 4) & ~danger)  # exceptions 3.1 and 3.2
    full = (degree >= 3) & (likelihood >= 3) & (c["ground"] >= 1) & included
    full |= danger & (c["immediacy"] >= 2)
    full |= (degree >= 5) & ((c["immediacy"] >= 1) | (likelihood >= 2))
    temporary = deprivation & (likelihood >= 4) & t["chief ground"] & included
    temporary |= t["at war"] & (degree >= 1) & ~(t["safe"] & ~family)
    temporary |= t["stateless"] & (minor_alone | family) & deprivation
    temporary |= full
    tolerated = t["claims"] & ~t["safe"] & ~(t["absconded"] & ~minor_alone)
    tolerated |= minor_alone & minor
    tolerated |= t["recognised"] & (some_ties | family)
    tolerated |= temporary
    np.add(full.view(np.uint8), temporary.view(np.uint8), out=protection)
    protection += tolerated.view(np.uint8)

    registered = (t["claims"] & t["stay 6"]) | (t["lawful_entry"] & t["work 3"])
    renewable = t["stay 24"] & t["income 12000"] & ~(t["absconded"] & ~t["lawful_entry"])
    renewable |= family & some_ties & t["stay 12"]
    renewable |= minor & t["stay 36"]
    long_term = t["stay 60"] & t["language 40"] & t["absent 180"]
    long_term |= t["lawful_entry"] & t["work 48"] & t["income 20000"]
    long_term &= threat < 3  # exception 3.6
    long_term |= t["recognised"] & t["stay 36"]
    permanent = t["stay 96"] & t["language 60"] & (ties >= 2)
    permanent |= t["stateless"] & t["stay 60"] & t["absent 90"]
    permanent |= t["friend"] & t["work 120"] & t["language 50"]
    permanent &= ~((t["convicted"] & (threat >= 2)) | t["over a year"])  # exception 3.7
    long_term |= permanent
    renewable |= long_term
    registered |= renewable
    np.add(permanent.view(np.uint8), long_term.view(np.uint8), out=residence)
    residence += renewable.view(np.uint8)
    residence += registered.view(np.uint8)
