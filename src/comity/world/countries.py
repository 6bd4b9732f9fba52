"""Countries: codes, names, groups, what becomes of every odd code, and joins that lose nobody.

Names and codes follow UN usage (M49) and imply no opinion on the legal status of any country,
territory, city or area, or of its authorities, or on its boundaries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from comity.world.errors import CountryLost, UnknownCountry, UnknownGroup
from comity.world.snapshot import packaged_snapshot

Left = TypeVar("Left")
Right = TypeVar("Right")

DISCLAIMER = (
    "Names, codes and dots follow United Nations usage and imply no opinion on the legal status "
    "of any country, territory, city or area, or on the delimitation of its boundaries."
)


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of the UN list, as this package shows it.

    m49: the UN's numeric code; None where it has none.
    latitude, longitude: degrees, of the capital or main place, for a dot on a map; None: none.
    coordinates_from: `countries` (the source) or `added` (general knowledge), else None.
    """

    iso3: str
    iso2: str | None
    m49: int | None
    name: str
    region: str | None
    subregion: str | None
    is_un_member: bool
    is_ldc: bool
    is_lldc: bool
    is_sids: bool
    latitude: float | None
    longitude: float | None
    coordinates_from: str | None


class Fate(StrEnum):
    """What becomes of a code of the sources."""

    COUNTRY = "is a country or territory of its own"
    UNKNOWN = "is an unknown origin and stays unknown"
    STATELESS = "says stateless: no nationality, and the origin stays unknown"
    JOINED = "is counted with another country"
    AREA = "is an area that belongs to no country here: the origin stays unknown"


@dataclass(frozen=True, slots=True)
class CodeFate:
    """One odd code: the sources that contain it, what becomes of it, and why.

    becomes: the ISO3 code under which its people are counted; None: no known country.
    """

    code: str
    found_in: tuple[str, ...]
    fate: Fate
    becomes: str | None
    reason: str


_STOCK, _UNHCR, _DECISIONS = "un_desa_stock_2024", "unhcr_population", "unhcr_asylum_decisions"
_TABLE = "countries"
_DEMOGRAPHICS, _RESIDENTS, _IMMIGRANTS = (
    "unhcr_demographics",
    "un_wpp_age_2024",
    "wdr_2023_education",
)
_PAST = "world_bank_gbmd"
_PEOPLE = (_STOCK, _UNHCR, _DECISIONS, _DEMOGRAPHICS, _RESIDENTS, _IMMIGRANTS)

_FATES = (
    CodeFate("OOO", (_TABLE, _STOCK), Fate.UNKNOWN, None, "UN DESA: origin unknown"),
    CodeFate(
        "OOS", (_TABLE,), Fate.UNKNOWN, None, "UN DESA: Sub-Saharan Africa, country unidentified"
    ),
    CodeFate(
        "UNK",
        (_UNHCR, _DECISIONS, _DEMOGRAPHICS),
        Fate.UNKNOWN,
        None,
        "UNHCR: origin unknown or various",
    ),
    CodeFate("XXA", (_UNHCR, _DECISIONS, _DEMOGRAPHICS), Fate.STATELESS, None, "UNHCR: stateless"),
    CodeFate("STL", (_TABLE,), Fate.STATELESS, None, "stateless in other tables of the mirror"),
    CodeFate(
        "TIB",
        (_TABLE, _UNHCR, _DEMOGRAPHICS),
        Fate.JOINED,
        "CHN",
        "UNHCR lists Tibetans apart; the stock counts them under China. Nationality stays unknown",
    ),
    CodeFate("AB9", (_TABLE,), Fate.AREA, None, "Abyei: between Sudan and South Sudan, unsettled"),
    CodeFate(
        "XKX",
        (_TABLE, _RESIDENTS),
        Fate.COUNTRY,
        "XKX",
        "Kosovo (SCR 1244 (1999)): UN DESA and UNHCR count its people with Serbia",
    ),
    CodeFate("HKG", (_TABLE, *_PEOPLE, _PAST), Fate.COUNTRY, "HKG", "SAR of China"),
    CodeFate("MAC", (_TABLE, *_PEOPLE, _PAST), Fate.COUNTRY, "MAC", "SAR of China"),
    CodeFate(
        "TWN", (_TABLE, _STOCK, _RESIDENTS, _PAST), Fate.COUNTRY, "TWN", "counted apart by UN DESA"
    ),
    CodeFate("PSE", (_TABLE, *_PEOPLE, _PAST), Fate.COUNTRY, "PSE", "observer State"),
    CodeFate("ESH", (_TABLE, *_PEOPLE), Fate.COUNTRY, "ESH", "on the UN list"),
    CodeFate("XCX", (_TABLE, _STOCK), Fate.COUNTRY, "XCX", "Channel Islands, together"),
    CodeFate(
        "GGY",
        (_TABLE, _RESIDENTS),
        Fate.JOINED,
        "XCX",
        "Guernsey: the stock has the islands together",
    ),
    CodeFate(
        "JEY",
        (_TABLE, _RESIDENTS),
        Fate.JOINED,
        "XCX",
        "Jersey: the stock has the islands together",
    ),
    CodeFate(
        "SCG",
        (_PAST,),
        Fate.JOINED,
        "SRB",
        "Serbia and Montenegro, one State until 2006: its people cannot be told apart",
    ),
    CodeFate(
        "ANT", (_TABLE, _PAST), Fate.COUNTRY, "ANT", "Netherlands Antilles, dissolved in 2010"
    ),
)

CODE_FATES = MappingProxyType({entry.code: entry for entry in _FATES})


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """Every country and territory by ISO3 code; placeholders (unknown, stateless) are not in it.

    Raises SnapshotDamaged.
    """
    placeholders = {
        code for code, entry in CODE_FATES.items() if entry.fate not in {Fate.COUNTRY, Fate.JOINED}
    } | {"TIB"}
    return MappingProxyType(
        {
            row["iso3"]: Country(
                iso3=row["iso3"],
                iso2=row["iso2"] or None,
                m49=int(row["m49"]) if row["m49"] else None,
                name=row["name"],
                region=row["region"] or None,
                subregion=row["subregion"] or None,
                is_un_member=row["un_member"] == "1",
                is_ldc=row["ldc"] == "1",
                is_lldc=row["lldc"] == "1",
                is_sids=row["sids"] == "1",
                latitude=float(row["latitude"]) if row["latitude"] else None,
                longitude=float(row["longitude"]) if row["longitude"] else None,
                coordinates_from=row["coordinates_from"] or None,
            )
            for row in packaged_snapshot().rows("countries")
            if row["iso3"] not in placeholders
        }
    )


def country(code: str) -> Country:
    """The country of an ISO3 code. Raises UnknownCountry, with the nearest code or name."""
    known = countries()
    if code in known:
        return known[code]
    by_name = {entry.name: entry.iso3 for entry in known.values()}
    if code in by_name:
        raise UnknownCountry(f"`{code}` is a name, not a code", suggestion=by_name[code])
    near = get_close_matches(code.upper(), known, n=1) or [
        by_name[name] for name in get_close_matches(code, by_name, n=1)
    ]
    raise UnknownCountry(
        f"`{code}` is no country code of this package", suggestion=near[0] if near else None
    )


def fate_of(code: str) -> CodeFate:
    """What becomes of a code found in a source; a plain country stays itself.

    Raises UnknownCountry if neither the country table nor the table of odd codes has it.
    """
    if code in CODE_FATES:
        return CODE_FATES[code]
    return CodeFate(code, (), Fate.COUNTRY, country(code).iso3, "on the UN list")


def origin_of(code: str) -> str | None:
    """The country under which an origin is counted; None: unknown, and it stays unknown.

    Raises UnknownCountry.
    """
    return fate_of(code).becomes


def host_of(code: str) -> str:
    """The country under which a host is counted. Raises CountryLost if there is none.

    A host must be known: a person who is nowhere is bound by nobody.
    """
    becomes = fate_of(code).becomes
    if becomes is None:
        raise CountryLost(f"host `{code}` is no country: its people would be lost")
    return becomes


def joined(
    left: Mapping[str, Left],
    right: Mapping[str, Right],
    *,
    what: str,
    only_left: frozenset[str] = frozenset(),
    only_right: frozenset[str] = frozenset(),
) -> dict[str, tuple[Left, Right]]:
    """Two tables by country, side by side; a country that one side lacks is an error.

    left, right: values by ISO3 code.
    what: the name of the join, for the message.
    only_left, only_right: countries that are known to be missing on the other side.
    Returns the common countries, in the order of `left`.
    Raises CountryLost naming every country that would be dropped without having been named.
    """
    lost = sorted((set(left) - set(right) - only_left) | (set(right) - set(left) - only_right))
    if lost:
        raise CountryLost(f"{what} would lose {', '.join(f'`{code}`' for code in lost)}")
    return {code: (value, right[code]) for code, value in left.items() if code in right}


def group_names() -> tuple[str, ...]:
    """Names of the groups that `members_of` knows, sorted."""
    names = {"ldc", "lldc", "sids", "un_members"}
    for entry in countries().values():
        names.update(name for name in (entry.region, entry.subregion) if name is not None)
    return tuple(sorted(names))


def members_of(group: str) -> frozenset[str]:
    """ISO3 codes of a group of today: a region or sub-region of M49, or `ldc`, `lldc`, `sids`,
    `un_members`. Groups with dates (unions, treaties) are in the instruments, not here.

    Raises UnknownGroup.
    """
    if group not in group_names():
        near = get_close_matches(group, group_names(), n=1)
        raise UnknownGroup(f"`{group}` is no group", suggestion=near[0] if near else None)
    flags = {"ldc": "is_ldc", "lldc": "is_lldc", "sids": "is_sids", "un_members": "is_un_member"}
    if group in flags:
        return frozenset(c.iso3 for c in countries().values() if getattr(c, flags[group]))
    return frozenset(c.iso3 for c in countries().values() if group in {c.region, c.subregion})
