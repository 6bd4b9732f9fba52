"""Standards of country codes: ISO 3166 alpha-3, alpha-2, and the United Nations' numbers (M49)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from comity.world.countries import countries

STANDARDS = ("iso3", "iso2", "m49")


@lru_cache(maxsize=8)
def codes_of(standard: str, states: frozenset[str]) -> Mapping[str, str]:
    """The alpha-3 code behind each code of a standard, for the States of a vocabulary.

    A number of M49 is read with its zeros and without: 4 and 004 are Afghanistan. Only alpha-3
    knows States that no longer exist.
    """
    if standard == "iso3":
        return {code: code for code in sorted(states)}
    found: dict[str, str] = {}
    for code, country in countries().items():
        if code not in states:
            continue
        if standard == "iso2" and country.iso2:
            found[country.iso2] = code
        if standard == "m49" and country.m49:
            found[f"{country.m49:03d}"] = found[str(country.m49)] = code
    return found


def standard_of(
    values: Collection[str], states: frozenset[str], *, but: Iterable[str]
) -> str | None:
    """The standard to which most of some values belong, at least half of them; None if none does."""
    best, most = None, (len(values) + 1) // 2
    for standard in STANDARDS:
        listed = codes_of(standard, states)
        found = sum(value in listed for value in values)
        if standard not in but and found >= max(1, most):
            best, most = standard, found + 1
    return best
