"""The counted half of the dossier on the law in force: real people by text, right, level and host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from comity.agreement.coding.formulas import Formula, some_of
from comity.agreement.instruments import Instrument
from comity.agreement.many.rules import Rules
from comity.agreement.nodes import Kind
from comity.agreement.regimes import Regime
from comity.agreement.vocabulary import LevelType
from comity.api.brief_counts import Progress, bounds_of, dots_of
from comity.api.brief_covered import RIGHTS
from comity.api.count_rows import everybody
from comity.api.counting import STEPS_OF
from comity.api.people_counts import Asked, Held, Mask, PeopleCounts, Under, articles_of
from comity.api.reading_people import given_in
from comity.api.regimes import Read
from comity.api.schema_reading import GivenModel
from comity.api.telling import article_model
from comity.brief.context import Bounds
from comity.brief.covered import CoveredRow
from comity.brief.law_context import HostRow, Steps
from comity.brief.projection import LonLat
from comity.profile.discretion import mean_width, widths
from comity.world.conflict import DangerReading
from comity.world.countries import countries, country
from comity.world.population import Cell

SPEAKS_OF = ("entry", "stay", "shield")
"""Rights of admission and protection: a text that guarantees one of them speaks of either."""
BARS_RETURN = "shield"
ON_REFUGEES = ("refugee_1951_1967", "oau_1969")
"""The treaties of the library on refugees; other texts bar return for wider or narrower groups."""
_MOST_ARTICLES = 4


@dataclass(frozen=True)
class LawCounts:
    """What was counted. barring, speaking: ids of texts in force that bar return, or speak of admission.

    by_text: people before a host that a text binds, and those to whom it guarantees anything.
    unbound: people before a member of the United Nations that no text of `barring` binds; elsewhere:
    the same before a territory or area. no_refugee_treaty: before a member that none on refugees
    binds; None: the regime has none. given: people of each guarantee, as the reading room shows them.
    """

    barring: tuple[str, ...]
    speaking: tuple[str, ...]
    by_text: Mapping[str, tuple[Bounds, Bounds]]
    everybody: Bounds
    unbound: Bounds
    elsewhere: Bounds
    no_refugee_treaty: Bounds | None
    nothing: Bounds
    nothing_elsewhere: Bounds
    lasting: Bounds
    without_status: Bounds
    levels: tuple[CoveredRow, ...]
    hosts: tuple[HostRow, ...]
    dots: dict[str, LonLat]
    discretion: tuple[Steps, ...]
    given: Mapping[str, GivenModel]


def law_counts(
    read: Read,
    texts: Sequence[Instrument],
    day: date,
    danger: DangerReading,
    report: Progress,
    cells: Sequence[Cell] | None = None,
) -> LawCounts:
    """Counts the population once under the regime. texts: those in force or pressing on the day."""
    regime = read.regime
    binding = [i for i in texts if i.force.binds]
    counts = PeopleCounts(regime.vocabulary, day, danger, cells=cells, progress=report)
    report("people, text by text", 0, 1)
    under = counts.under(regime, None, _asked(regime, binding))
    rules = under.evaluator.rules
    guaranteeing = {
        right: {unit.node.partition("/")[0] for unit in rules.guarantees(right)}
        for right in SPEAKS_OF
    }
    barring = tuple(i.id for i in binding if i.id in guaranteeing[BARS_RETURN])
    speaking = tuple(i.id for i in binding if any(i.id in ids for ids in guaranteeing.values()))
    before, given = (
        {i.id: under.asked(2 * n + place) for n, i in enumerate(binding)} for place in (0, 1)
    )
    lasting, nothing = _lasting(under), _nothing(under)
    unbound = _none_of([before[name] for name in barring], counts)
    treaties = [before[name] for name in ON_REFUGEES if name in before]
    members = np.array([country(c.host).is_un_member for c in counts.tables.cells], dtype=np.bool_)
    hosts = _hosts(regime, day, counts, lasting, barring, speaking)
    return LawCounts(
        barring,
        speaking,
        {i.id: (_total(counts, before[i.id]), _total(counts, given[i.id])) for i in binding},
        _total(counts, everybody(counts)),
        _total(counts, _among(unbound, members)),
        _total(counts, _among(unbound, ~members)),
        _total(counts, _among(_none_of(treaties, counts), members)) if treaties else None,
        _total(counts, nothing),
        _total(counts, _among(nothing, ~members)),
        _total(counts, lasting),
        _total(counts, _without_status(under)),
        tuple(_levels(under, 2 * len(binding))),
        hosts,
        dots_of({row.code for row in hosts}),
        tuple(_discretion(under)),
        given_in(counts, regime),
    )


def _asked(regime: Regime, binding: Sequence[Instrument]) -> Asked:
    """Of each binding text whether it binds the host and gives anything; then of each guarantee."""

    def asked(rules: Rules) -> Sequence[Formula]:
        known = [r for r, units in regime.units.items() if units]
        units = [u for r in known for u in rules.guarantees(r) if u.kind is Kind.GUARANTEE]
        found: list[Formula] = []
        for one in binding:
            own = [u for u in units if u.node.startswith(f"{one.id}/")]
            found += [rules.bound(f"{one.id}/"), some_of(rules.gives(u, 1) for u in own)]
        rights = [r for r in RIGHTS if r in known]
        return [*found, *articles_of(rights)(rules)]

    return asked


def _total(counts: PeopleCounts, held: Held) -> Bounds:
    return bounds_of(next((found for _, found in counts.counted(held)), None))


def _none_of(several: Sequence[Held], counts: PeopleCounts) -> Held:
    """Those of whom none of some things holds."""
    nobody = ~everybody(counts).surely
    surely, possibly, assumed = (
        np.logical_or.reduce([nobody, *(getattr(one, name) for one in several)])
        for name in ("surely", "possibly", "assumed")
    )
    return Held(~possibly, ~surely, ~assumed)


def _among(held: Held, mask: Mask) -> Held:
    return Held(held.surely & mask, held.possibly & mask, held.assumed & mask)


def _lasting(under: Under) -> Held:
    nobody = np.zeros(len(under.of.tables.cells), dtype=np.bool_)
    if "stay" not in under.rights:
        return Held(nobody, nobody, nobody)
    return under.at_least("stay", _rank(under, "stay", "temporary"))


def _rank(under: Under, right: str, level: str) -> int:
    kind = under.evaluator.regime.vocabulary.rights[right].type
    assert isinstance(kind, LevelType)
    return kind.scale.rank(level)


def _nothing(under: Under) -> Held:
    """Those to whom nothing is guaranteed on any right."""
    every = np.ones(len(under.of.tables.cells), dtype=np.bool_)
    found = [every, every, every]
    for right in under.rights:
        now, then = under.nothing.rights[right], under.ordinary.rights[right]
        found = [
            one & (bound == 0)
            for one, bound in zip(
                found, (now.lower_possible, now.lower, then.lower_possible), strict=True
            )
        ]
    return Held(*found)


def _without_status(under: Under) -> Held:
    """Those whose return is barred and to whom no stay that lasts is guaranteed."""
    if BARS_RETURN not in under.rights:
        nobody = np.zeros(len(under.of.tables.cells), dtype=np.bool_)
        return Held(nobody, nobody, nobody)
    barred = under.at_least(BARS_RETURN, _rank(under, BARS_RETURN, "not_there"))
    lasting = _lasting(under)
    possibly_then = np.zeros(len(under.of.tables.cells), dtype=np.bool_)
    if "stay" in under.rights:
        rank = _rank(under, "stay", "temporary")
        possibly_then = under.ordinary.rights["stay"].lower_possible >= rank
    return Held(
        barred.surely & ~lasting.possibly,
        barred.possibly & ~lasting.surely,
        barred.assumed & ~possibly_then,
    )


# ---- by right and level ----
def _levels(under: Under, first: int) -> list[CoveredRow]:
    """People by right and guaranteed level, and the articles that give most of them something."""
    regime = under.evaluator.regime
    by = _articles(under, first)
    nobody = bounds_of(None)
    rows = []
    for right in RIGHTS:
        if right not in under.rights:
            continue
        declared = regime.vocabulary.rights[right]
        for rank in under.levels(right):
            found = _total(under.of, under.at_least(right, rank))
            if found.possible:
                named = by.get(right, ()) if rank == 1 else ()
                rows.append(CoveredRow(right, declared.name_of(rank), found, nobody, named))
    return rows


def _articles(under: Under, first: int) -> dict[str, tuple[str, ...]]:
    """Of each right the articles that give most people something of it, under the set `ordinary`."""
    regime, rules = under.evaluator.regime, under.evaluator.rules
    known = [r for r, units in regime.units.items() if units]
    units = [
        (right, unit.node)
        for right in RIGHTS
        if right in known
        for unit in rules.guarantees(right)
        if unit.kind is Kind.GUARANTEE
    ]
    found: dict[str, dict[str, int]] = {}
    for number, (right, node) in enumerate(units, first):
        persons = _total(under.of, under.asked(number)).assumed
        if persons:
            told = article_model(node, regime)
            name = f"{regime.instrument_of(node).title}, {told.article}"
            several = found.setdefault(right, {})
            several[name] = max(several.get(name, 0), persons)
    return {
        right: tuple(sorted(one, key=lambda name: -one[name]))[:_MOST_ARTICLES]
        for right, one in found.items()
    }


# ---- by host ----
def _hosts(
    regime: Regime,
    day: date,
    counts: PeopleCounts,
    lasting: Held,
    barring: Sequence[str],
    speaking: Sequence[str],
) -> tuple[HostRow, ...]:
    """Every host of people or bound by a text, with the texts that speak of admission or protection."""
    people, given = (
        dict(counts.counted(held, [counts.tables.groups("host")]))
        for held in (everybody(counts), lasting)
    )
    bound = {name: regime.bound_states(name, "", day) for name in speaking}
    codes = sorted({*countries(), *(code for (code,) in people)})
    rows = [
        HostRow(
            code,
            country(code).name,
            tuple(name for name in speaking if code in bound[name]),
            any(code in bound[name] for name in barring),
            country(code).is_un_member,
            bounds_of(people.get((code,))),
            bounds_of(given.get((code,))),
        )
        for code in codes
        if (code,) in people or any(code in several for several in bound.values())
    ]
    return tuple(sorted(rows, key=lambda row: row.name))


def _discretion(under: Under) -> list[Steps]:
    """Steps of a right that the texts leave to the State, mean over people, under `ordinary`."""
    persons = under.of.tables.counted
    rows = []
    for name in STEPS_OF:
        right = under.evaluator.regime.vocabulary.rights[name]
        found = under.ordinary.rights.get(name)
        mean = mean_width(widths(found, right.top, len(persons)), persons)
        low = high = float(right.top)  # of nobody, all is left
        if mean is not None:
            low, high = mean.least, mean.greatest
        meaning = right.meaning.text if right.meaning else name
        rows.append(Steps(name, meaning, right.top, low, high))
    return rows
