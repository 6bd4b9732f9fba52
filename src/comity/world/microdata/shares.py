"""The stated shares of the microdata: what is drawn of status, time, work, family and conduct.

No source publishes these for every corridor. They are chosen to be plausible and to reach every
condition that the law looks at, never measured, and the manifest says so. Each is of 100 people,
or of a person's months in 1/256. A change here changes every file that is written afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from comity.world.microdata.columns import (
    ACTOR,
    APPLICATION,
    HARM,
    INTENSITY,
    RELATION,
    ROLE,
    SCOPE,
    STAY,
    WORKER,
)
from comity.world.microdata.tables import SHARES, quantiles, shares
from comity.world.population import Category

CATEGORIES = (Category.MIGRANT, Category.REFUGEE, Category.ASYLUM_SEEKER, Category.IN_NEED)
BRACKETS = (12, 36, 60, 120)
"""Months of stay at which the shares by status change; the last bracket is open."""

_LEVELS = {name: rank for rank, name in enumerate(STAY)}
_Mix = Mapping[str, float]

_STATUS: Mapping[Category, tuple[_Mix, ...]] = MappingProxyType(
    {
        Category.MIGRANT: (
            {"none": 9, "applicant": 1, "temporary": 85, "permanent": 5},
            {"none": 9, "tolerated": 1, "temporary": 76, "humanitarian": 2, "permanent": 12},
            {"none": 9, "tolerated": 1, "temporary": 64, "long_term": 6, "permanent": 20},
            {"none": 7, "tolerated": 1, "temporary": 42, "long_term": 20, "permanent": 30},
            {"none": 4, "tolerated": 1, "temporary": 19, "long_term": 28, "permanent": 48},
        ),
        Category.REFUGEE: (
            {"none": 4, "temporary": 22, "humanitarian": 14, "protected": 60},
            {"none": 4, "temporary": 18, "humanitarian": 14, "protected": 64},
            {"none": 4, "tolerated": 1, "temporary": 10, "humanitarian": 15, "protected": 70},
            {"none": 4, "tolerated": 1, "humanitarian": 14, "protected": 66, "long_term": 15},
            {"none": 3, "tolerated": 1, "humanitarian": 10, "protected": 61, "permanent": 25},
        ),
        Category.ASYLUM_SEEKER: ({"applicant": 100},) * 5,
        Category.IN_NEED: (
            {"none": 22, "applicant": 8, "temporary": 45, "humanitarian": 25},
            {"none": 18, "applicant": 4, "temporary": 48, "humanitarian": 30},
            {"none": 16, "tolerated": 2, "temporary": 50, "humanitarian": 32},
            {"none": 12, "tolerated": 2, "temporary": 46, "humanitarian": 28, "permanent": 12},
            {"none": 8, "tolerated": 2, "temporary": 30, "humanitarian": 20, "permanent": 40},
        ),
    }
)

KINDS = ("lawful", "procedure", "humanitarian", "study", "irregular")
"""The kinds of residence, which never overlap."""

# by status: the kind that takes what is left, and (of 100 none of it, at most in 1/256) of others
_HISTORY: Mapping[str, tuple[str, Mapping[str, tuple[int, int]]]] = MappingProxyType(
    {
        "none": ("irregular", {"lawful": (50, 200), "procedure": (60, 160), "study": (92, 100)}),
        "tolerated": ("irregular", {"procedure": (20, 160), "lawful": (80, 120)}),
        "applicant": ("procedure", {"irregular": (40, 130), "lawful": (85, 150)}),
        "temporary": (
            "lawful",
            {"irregular": (85, 130), "procedure": (90, 100), "study": (75, 130)},
        ),
        "humanitarian": ("humanitarian", {"procedure": (30, 130), "irregular": (60, 100)}),
        "protected": (
            "lawful",
            {"procedure": (20, 130), "irregular": (70, 80), "humanitarian": (80, 100)},
        ),
        "long_term": ("lawful", {"study": (80, 80), "irregular": (90, 50), "procedure": (85, 80)}),
        "permanent": ("lawful", {"study": (80, 80), "irregular": (88, 60), "procedure": (85, 80)}),
        "citizen": ("lawful", {}),
    }
)

# by status: (of 100 none, at least and at most in 1/256) of the months in which one might work
_WORK: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {
        "none": (70, 40, 200),
        "tolerated": (55, 20, 200),
        "applicant": (60, 20, 200),
        "temporary": (22, 60, 256),
        "humanitarian": (45, 30, 230),
        "protected": (40, 30, 240),
        "long_term": (18, 80, 256),
        "permanent": (20, 80, 256),
        "citizen": (20, 80, 256),
    }
)

# by status: in 1/256, least and how much more of the lawful residence was temporary, and of the
# rest long-term
_TIERS: Mapping[str, tuple[tuple[int, int], tuple[int, int]]] = MappingProxyType(
    {
        "protected": ((0, 90), (0, 0)),
        "long_term": ((60, 140), (128, 128)),
        "permanent": ((20, 120), (0, 200)),
    }
)

_PERMITS: Mapping[str, Mapping[int, float]] = MappingProxyType(
    {
        "applicant": {0: 30, 3: 20, 6: 40, 12: 10},
        "temporary": {3: 5, 6: 8, 12: 32, 24: 25, 36: 12, 48: 6, 60: 12},
        "humanitarian": {12: 60, 24: 25, 36: 15},
        "protected": {36: 40, 60: 35, 120: 25},
        "long_term": {60: 75, 120: 25},
        "permanent": {600: 100},
    }
)

_ATTACHMENT: Mapping[str, Mapping[int, float]] = MappingProxyType(
    {
        "none": {2: 100},
        "tolerated": {2: 80, 3: 20},
        "applicant": {2: 10, 3: 90},
        "temporary": {3: 15, 4: 70, 5: 15},
    }
)
_SETTLED = {4: 40, 5: 60}

WORKING = frozenset({"worker", "temporary", "seasonal", "self_employed", "posted"})


def _even(number: int) -> np.ndarray:
    """256 places in [0, 1), evenly spread and, for different numbers, in unrelated orders."""
    step = (0.6180339887498949, 0.7548776662466927, 0.8191725133961645, 0.5698402909980532)[number]
    places: np.ndarray = (np.arange(SHARES) * step + 0.5 / SHARES) % 1
    return places


def _none_or(places: np.ndarray, none: int, least: int, most: int, power: int) -> np.ndarray:
    """Shares in 1/256: none of `none` of 100, else from `least` to `most`."""
    beyond = np.clip((places - none / 100) / (1 - none / 100), 0, 1)
    found: np.ndarray = np.where(beyond > 0, least + (most - least) * beyond**power, 0)
    return found


def _history() -> np.ndarray:
    """int32 [kind, status x 256]: shares of the months of stay; a column adds up to 256 at most."""
    made = np.zeros((len(KINDS), len(STAY), SHARES), dtype=np.int32)
    for status, (rest, others) in _HISTORY.items():
        left = np.full(SHARES, 256.0)
        for at, (kind, (none, most)) in enumerate(others.items()):
            part = np.floor(_none_or(_even(at), none, 8, most, 2) * left / 256)
            made[KINDS.index(kind), _LEVELS[status]] = part
            left -= part
        made[KINDS.index(rest), _LEVELS[status]] = left
    return made.reshape(len(KINDS), -1)


def _by_status(
    table: Mapping[str, Mapping[int, float]], default: Mapping[int, float]
) -> np.ndarray:
    return np.concatenate([shares(table.get(status, default)) for status in STAY])


def _months_by_status() -> np.ndarray:
    made = []
    for status in STAY:
        permits = _PERMITS.get(status, {0: 100})
        months = np.array(list(permits), dtype=np.int16)
        made.append(months[shares(dict(enumerate(permits.values())))])
    return np.concatenate(made)


def _statuses() -> np.ndarray:
    rows = [
        shares({_LEVELS[name]: share for name, share in mix.items()})
        for category in CATEGORIES
        for mix in _STATUS[category]
    ]
    return np.concatenate(rows)


def _work() -> np.ndarray:
    rows = [_none_or(_even(0), *_WORK[status], 1) for status in STAY]
    return np.concatenate(rows).astype(np.int32)


def _tiers() -> tuple[np.ndarray, np.ndarray]:
    temporary, long_term = [], []
    for status in STAY:
        first, second = _TIERS.get(status, ((256, 0), (0, 0)))
        temporary.append(np.floor(first[0] + first[1] * _even(0)))
        share = (second[0] + second[1] * _even(1)) / 256
        long_term.append((256 - temporary[-1]) * share)
    return np.concatenate(temporary).astype(np.int32), np.concatenate(long_term).astype(np.int32)


def _known() -> np.ndarray:
    rows = [
        _none_or(_even(1), 10, 128, 256, 1)
        if status == "tolerated"
        else _none_or(_even(1), 75, 20, 256, 1)
        for status in STAY
    ]
    return np.concatenate(rows).astype(np.int32)


# 0 has not asked for protection, 1 has, 2 has and was finally refused
def _claims() -> np.ndarray:
    rows = []
    for category in CATEGORIES:
        for status in STAY:
            mix: Mapping[int, float] = {0: 97, 1: 3}
            if category is Category.ASYLUM_SEEKER:
                mix = {1: 100}
            elif status in ("none", "tolerated"):
                mix = {0: 70, 1: 4, 2: 26} if status == "none" else {0: 15, 1: 10, 2: 75}
            elif status == "applicant":
                mix = {1: 100}
            elif category is Category.REFUGEE:
                mix = {0: 25, 1: 75}
            elif category is Category.IN_NEED:
                mix = {0: 75, 1: 25}
            rows.append(shares(mix))
    return np.concatenate(rows)


def _named(words: tuple[str, ...], mixes: tuple[_Mix, ...]) -> np.ndarray:
    return np.concatenate(
        [shares({words.index(name): part for name, part in mix.items()}) for mix in mixes]
    )


STATUS = _statuses()
"""int8, [category, bracket, 256]: level of `status.held`."""
HISTORY = _history()
WORK = _work()
TEMPORARY, LONG_TERM = _tiers()
KNOWN = _known()
PERMIT = _months_by_status()
CLAIMS = _claims()
ATTACHMENT = _by_status(_ATTACHMENT, _SETTLED)

RELATIONS = _named(
    RELATION,
    (
        {"none": 22, "minor_child": 75, "sibling_of_minor": 3},
        {
            "none": 70, "spouse": 20, "partner": 3, "dependent_child": 2, "parent_of_minor": 2,
            "child": 1, "sibling": 1, "other": 1,
        },
        {"none": 82, "spouse": 9, "partner": 1, "dependent_parent": 7, "in_law": 1},
    ),
)  # fmt: skip
"""int8, [children, adults, 60 and over] x 256: `family.relation`."""

SPONSORS = _named(
    STAY,
    (
        {"none": 100},
        {"temporary": 25, "humanitarian": 4, "protected": 12, "long_term": 16, "permanent": 28,
         "citizen": 15},
    ),
)  # fmt: skip
"""int8, [joins nobody, joins a sponsor] x 256: `family.sponsor`."""

OCCUPATIONS = _named(
    WORKER,
    (
        {"none": 100},
        {"none": 100},
        {"none": 58, "job_seeker": 18, "student": 20, "visitor": 4},
        {"worker": 66, "temporary": 8, "seasonal": 3, "self_employed": 11, "posted": 1, "none": 7,
         "job_seeker": 4},
    ),
)  # fmt: skip
"""int8, [child, child, adult without lawful work, adult with] x 256: `work.kind`."""

IS_WORKING = np.array([word in WORKING for word in WORKER], dtype=np.int16)


def skills(tertiary: float) -> np.ndarray:
    """int8, 256 places of `skill`, from the share of adults with tertiary education."""
    skilled = 100 * (0.3 * tertiary + 0.5 * (1 - tertiary))
    mix = {2: 45 * tertiary, 3: 20 * tertiary, 4: 5 * tertiary, 1: skilled}
    return shares({0: 100 - sum(mix.values()), **mix})


def _percent(none: int, least: int, most: int, power: int = 1) -> np.ndarray:
    return _none_or(_even(2), none, least, most, power).astype(np.int32)


SAME_EMPLOYER = _percent(8, 20, 256)
SAME_OCCUPATION = _percent(15, 40, 256)
TEMPORARY_WORK = _percent(5, 128, 256)
INSURED = _percent(20, 60, 256)
FAMILY_MONTHS = np.concatenate([np.zeros(SHARES, dtype=np.int32), _percent(10, 60, 256)])
MARRIED = np.concatenate([np.zeros(SHARES, dtype=np.int32), _percent(1, 4, 200)])
ABSENCE = _none_or(_even(0), 60, 1, 60, 2).astype(np.int16)
SHORT_ABSENCES = _none_or(_even(1), 40, 1, 18, 2).astype(np.int16)
UNEMPLOYED = _none_or(_even(3), 83, 1, 36, 2).astype(np.int16)

THREAT = np.repeat(
    np.arange(6, dtype=np.int8), [4096 - 124, 82, 25, 12, 4, 1]
)  # of 4,096 people: none, minor, public order, serious, very serious, imperative
SALARY = quantiles(np.exp(-((np.log(np.arange(1, 1001) / 80) / 0.6) ** 2) / 2) / np.arange(1, 1001))
"""int16, 4,096 places: per cent of the host's average, log-normal."""

AT_ORIGIN = MappingProxyType(
    {
        "role": _named(
            ROLE, ({"none": 40, "activist": 5, "target": 15, "victim": 35, "mixed": 5},)
        ),
        "scope": _named(
            SCOPE, ({"individual": 30, "group": 25, "locality": 30, "country": 15},)
        ),
        "harm": _named(
            HARM,
            (
                {
                    "none": 15, "torture": 10, "inhuman": 15, "degrading": 10, "death_penalty": 2,
                    "unfair_trial": 6, "indiscriminate": 34, "lack_of_care": 4, "other": 4,
                },
            ),
        ),
        "actor": _named(
            ACTOR, ({"none": 10, "state": 45, "de_facto_authority": 20, "non_state": 25},)
        ),
        "intensity": _named(INTENSITY, ({"none": 25, "low": 40, "high": 25, "extreme": 10},)),
        "personal_factors": shares({0: 40, 1: 25, 2: 15, 3: 9, 4: 5, 5: 3, 6: 3}).astype(np.int16),
    }
)  # fmt: skip
"""256 places each, of people whose danger at the origin is known in degree."""

APPLICATIONS = _named(
    APPLICATION,
    (
        {"none": 70, "permit": 12, "permanent": 6, "naturalisation": 5, "family": 4,
         "long_term": 3},
    ),
)  # fmt: skip
_SPONSOR_PERMITS = np.array([12, 24, 36, 60, 120, 600], dtype=np.int16)
SPONSOR_PERMIT = np.concatenate(
    [
        np.zeros(SHARES, dtype=np.int16),
        _SPONSOR_PERMITS[shares({0: 15, 1: 15, 2: 10, 3: 25, 4: 10, 5: 25})],
    ]
)
RESOURCES = np.concatenate([np.zeros(SHARES), 40 + 210 * _even(0)]).astype(np.int16)
WAITED = _none_or(_even(2), 90, 1, 60, 2).astype(np.int16)
