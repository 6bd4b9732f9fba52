"""The balance of effort (Article 28) of a profile: test (a) from admissions; what the others need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.api.profile_setting import Setting
from comity.api.schema_profile import Cell, FigureModel, ProfileTableModel
from comity.profile.elements import (
    LEAST_OF_KEY,
    LEAST_SHARE,
    LEAST_SHARE_BOUND,
    MOST_OF_KEY,
    Balance,
    Effort,
    Yearly,
    effort,
    shares,
)
from comity.world.admissions import FREE_MOVEMENT, SOURCES_OF, STUDENTS, admissions
from comity.world.economy import SOURCES_OF as ECONOMY
from comity.world.economy import sizes

ARTICLE = "imfc/28.1"
DEFECTS = (
    "admissions from all origins: the table has none, so those from inside the region are not told "
    "apart",
    "a zero may mean that no number was given, which makes temporary admissions too low",
    "whoever came for a time and was later granted a lasting permit is in both numbers",
)
OTHERS = (
    "Article 28(b), admitted under E7 and E8 against readmitted under E6: it needs persons readmitted "
    "by State and year under an agreement, and no table here has them",
    "Article 28(c), funds for E1 to E3 against funds for borders, detention and return: it needs the "
    "public accounts of each State by purpose",
    "Article 28(d), the cost of the higher education of those admitted: it needs skilled persons "
    "admitted by origin and year, and what a degree cost there",
    "Article 28(e), each State's part of the funds for E1 to E3: it needs what each paid in; where the "
    "table of the key is shown, it says what would be due and not what was borne",
)


def yearly(*, free_movement: bool = True, students: bool = True) -> Yearly:
    """Persons admitted permanently and for a time, by destination and year."""
    return {
        key: (
            _sum(one.permanent, () if free_movement else (FREE_MOVEMENT,)),
            _sum(one.temporary, () if students else (STUDENTS,)),
        )
        for key, one in admissions().items()
    }


def _sum(of: Mapping[str, int | None], without: tuple[str, ...]) -> int:
    return sum(number or 0 for name, number in of.items() if name not in without)


def regions(
    setting: Setting, found: Sequence[Balance]
) -> Mapping[tuple[str, str], frozenset[str] | None]:
    """Whose effort is measured: the States of each text with elements, and the subject's own."""
    named: dict[tuple[str, str], frozenset[str] | None] = {}
    if setting.subject.hosts is not None or not found:
        named["subject", setting.subject.title] = setting.subject.hosts
    for b in found:
        named[b.instrument.id, b.instrument.title] = setting.bound(b.instrument)
    return named


def last_year(setting: Setting) -> int | None:
    """The last year of the tables that is not after the day."""
    years = {year for _, year in admissions() if year <= setting.day.year}
    return max(years, default=None)


def _effort(hosts: frozenset[str] | None, setting: Setting, table: Yearly) -> Effort | None:
    last = last_year(setting)
    return None if last is None else effort(table, None if hosts is None else sorted(hosts), last)


def effort_figures(
    setting: Setting, found: Sequence[Balance], *, other_choices: bool = False
) -> list[FigureModel]:
    """Test (a), of each region for which there are numbers; or the same under other choices."""
    if not other_choices:
        tables = {"": yearly()}
    else:
        tables = {
            "without free movement": yearly(free_movement=False),
            "without students": yearly(students=False),
            "without free movement and students": yearly(free_movement=False, students=False),
        }
    figures = []
    for words, table in tables.items():
        for (id_, title), hosts in regions(setting, found).items():
            one = _effort(hosts, setting, table)
            if one is None or one.ratio is None:
                continue
            name = f"elements.effort_a.{id_}" + (f".{words.replace(' ', '_')}" if words else "")
            figures.append(
                FigureModel(
                    id=name,
                    title=f"{title}: persons admitted permanently for one admitted for a time"
                    + (f", {words}" if words else ""),
                    value=round(one.ratio, 3),
                    unit="persons for one",
                    articles=(ARTICLE,),
                    evidence=_verdict(one.ratio)
                    + f"; {one.permanent:,.0f} against {one.temporary:,.0f} a year, "
                    f"{one.years[0]} to {one.years[-1]}, {len(one.destinations)} destinations",
                    sources=SOURCES_OF,
                    defects=DEFECTS,
                )
            )
    return figures


def _verdict(ratio: float) -> str:
    if ratio >= LEAST_SHARE:
        return "at least 0.25: the test holds"
    if ratio >= LEAST_SHARE_BOUND:
        return "under 0.25, at least 0.15: it holds only at the lowest value of the parameter"
    return "under 0.15: the test fails at every value of the parameter"


def effort_table(setting: Setting, found: Sequence[Balance]) -> ProfileTableModel:
    """Test (a) by destination, in the order of the codes; empty where there is no number."""
    last, table = last_year(setting), yearly()
    groups = regions(setting, found).values()
    every = None in groups
    hosts = frozenset[str]().union(*(g for g in groups if g is not None))
    rows: list[tuple[Cell, ...]] = []
    for place in sorted({host for host, _ in table if every or host in hosts}):
        one = effort(table, (place,), last) if last is not None else None
        if one is not None:
            rows.append((place, round(one.permanent), round(one.temporary), _rounded(one.ratio)))
    years = "" if last is None else f", means of {last - 2} to {last}"
    return ProfileTableModel(
        id="elements.effort_a",
        title=f"Admissions a year by destination{years}",
        columns=("destination", "permanently", "for a time", "permanent for one temporary"),
        rows=tuple(rows),
        note="a test of regions, not of States; two destinations do not compare, as each counts "
        "temporary entries in its own way",
    )


def _rounded(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 2)


def effort_unknown(setting: Setting, found: Sequence[Balance]) -> list[str]:
    """What of Article 28 is not observed, and what it would need."""
    last, said = last_year(setting), []
    for (_, title), hosts in regions(setting, found).items():
        if last is None:
            said.append(f"Article 28(a), {title}: the tables of admissions begin in 2014")
        elif _effort(hosts, setting, yearly()) is None:
            said.append(
                f"Article 28(a), {title}: none of its States has both numbers in each of the three "
                f"years to {last}"
            )
    return [*said, *OTHERS]


# ---- the key of test (e) ----
MOST_STATES = 80
"""Of a region: the key of the whole world is no table to read."""


def key_figures(setting: Setting, found: Sequence[Balance]) -> list[FigureModel]:
    """Of each region with elements, for how many of its States the key can be told."""
    last = last_year(setting)
    figures = []
    for b in found if last is not None else ():
        bound = _region(setting, b)
        known = _means(bound, last) if last is not None else {}
        if known and len(bound) <= MOST_STATES:
            figures.append(
                FigureModel(
                    id=f"elements.key.{b.instrument.id}",
                    title=f"{b.instrument.title}: States of which the key of Article 28(e) is known",
                    value=len(known),
                    unit="States",
                    of=len(bound),
                    articles=(ARTICLE,),
                    evidence="the table shows each State's share; what it paid is not observed",
                    sources=ECONOMY,
                )
            )
    return figures


def _region(setting: Setting, b: Balance) -> frozenset[str]:
    """The States of a text, also those outside the subject: a share is of the whole."""
    if setting.subject.hosts is None:
        return setting.bound(b.instrument)
    return setting.regime.bound_states(b.instrument.id, "", setting.day)


def key_table(setting: Setting, found: Sequence[Balance]) -> ProfileTableModel:
    """What each State of a region with elements would have to bear; empty without numbers of all."""
    rows: list[tuple[Cell, ...]] = []
    last = last_year(setting)
    for b in found:
        bound = _region(setting, b)
        known = {} if last is None else _means(bound, last)
        if not known or len(bound) > MOST_STATES:
            continue
        missing = len(bound) - len(known)
        for state, share in sorted(shares(known).items()):
            rows.append(
                (
                    b.instrument.title,
                    state,
                    *(round(100 * part, 2) for part in (share.population, share.product)),
                    round(100 * share.key, 2),
                    round(100 * LEAST_OF_KEY * share.key, 2),
                    round(100 * min(1.0, MOST_OF_KEY * share.key), 2),
                    missing,
                )
            )
    years = "" if last is None else f", means of {last - 2} to {last}"
    return ProfileTableModel(
        id="elements.key",
        title=f"What Article 28(e) would ask of each State, per cent of the funds{years}",
        columns=(
            "text",
            "State",
            "population",
            "product",
            "key",
            "at least",
            "at most",
            "States without numbers",
        ),
        rows=tuple(rows),
        note="the key of Article 19 without causation: half population, half domestic product in "
        f"current dollars ({', '.join(ECONOMY)}); what each paid is not observed, so nothing is tested",
    )


def _means(states: frozenset[str], last: int) -> dict[str, tuple[float, float]]:
    """Population and product over three years, of the States with both in each."""
    table = sizes()
    found: dict[str, tuple[float, float]] = {}
    for state in states:
        several = [table.get((state, year)) for year in range(last - 2, last + 1)]
        people = [one.population for one in several if one is not None and one.population]
        product = [one.product for one in several if one is not None and one.product]
        if len(people) == len(product) == len(several):
            found[state] = sum(people) / len(people), sum(product) / len(product)
    return found
