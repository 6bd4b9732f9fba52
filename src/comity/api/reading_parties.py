"""Who is party to an instrument: on a day, by year since it was adopted, and State by State."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Unreservable
from comity.agreement.vocabulary import Member, Vocabulary
from comity.api.schema_reading import PartiesModel, SpellModel, YearModel
from comity.world.countries import countries

BREAKS = (10.0, 25.0, 50.0)
"""Classes of the map: years begun as a party; zero is a State that is none."""
MEANT_FOR = "A draft: these are the States that it is meant for. It binds nobody."
FOR_EVERYBODY = "A draft that names no States: it is open to every one, and binds nobody."


def parties_model(instrument: Instrument, day: date, vocabulary: Vocabulary) -> PartiesModel:
    """The parties on the day, by year, and their spells, reservations and declarations."""
    reserved = (s.articles for s in instrument.statements if isinstance(s, Unreservable))
    return PartiesModel(
        on_day=tuple(sorted(instrument.parties_on(day))),
        group=instrument.party_group,
        adopted=_iso(instrument.adopted),
        in_force=_iso(instrument.in_force),
        ended=_iso(instrument.ended),
        years=tuple(years_of(instrument, day)),
        spells=_spells(((m, "") for m in instrument.parties), vocabulary),
        reservations=_spells(
            ((r.spell, f"Articles {', '.join(r.articles)}") for r in instrument.reservations),
            vocabulary,
        ),
        declarations=_spells(((d.spell, d.name) for d in instrument.declarations), vocabulary),
        exercised=_spells(((e.spell, e.power) for e in instrument.exercised), vocabulary),
        no_reservation_to=tuple(dict.fromkeys(a for several in reserved for a in several)),
        note=_note(instrument),
    )


def _note(instrument: Instrument) -> str:
    if instrument.is_draft:
        return MEANT_FOR if instrument.parties else FOR_EVERYBODY
    return "" if instrument.force.binds else "It binds nobody: these States take part."


def years_of(instrument: Instrument, day: date) -> Iterator[YearModel]:
    """Parties at the end of each year since the first of its dates; of the day's year, on the day."""
    dates = [instrument.adopted, instrument.in_force, *(m.since for m in instrument.parties)]
    known = [one for one in dates if one is not None]
    if not known or instrument.is_draft:
        return
    before: frozenset[str] = frozenset()
    for year in range(min(known).year, day.year + 1):
        now = instrument.parties_on(min(date(year, 12, 31), day))
        yield YearModel(
            year=year,
            parties=len(now),
            joined=tuple(sorted(now - before)),
            left=tuple(sorted(before - now)),
        )
        before = now


def _spells(
    several: Iterable[tuple[Member, str]], vocabulary: Vocabulary
) -> tuple[SpellModel, ...]:
    made = (
        SpellModel(
            state=member.state,
            name=state_name(member.state, vocabulary),
            since=_iso(member.since),
            until=_iso(member.until),
            what=what,
        )
        for member, what in several
    )
    return tuple(sorted(made, key=lambda one: (one.name, one.since, one.what)))


def state_name(code: str, vocabulary: Vocabulary) -> str:
    """A State by the name of the United Nations; one that is no more by that of the vocabulary."""
    if code in countries():
        return countries()[code].name
    state = vocabulary.states.get(code)
    return state.name if state is not None else code


def parties_map(instrument: Instrument, day: date) -> tuple[str, tuple[str, ...]]:
    """The world map of the parties on the day as SVG, and the parties that have no place on it.

    A State is coloured by the years that it has been party, begun ones counted; one for a draft.
    """
    from comity.api.brief_counts import dots_of
    from comity.brief.maps import choropleth
    from comity.brief.outlines import world

    parties = instrument.parties_on(day)
    dots = dots_of(set(countries()))
    placed = {code for code in countries() if code in dots or code in world().hosts}
    years = {code: float(_years(instrument, code, day)) for code in placed}
    word = "meant for" if instrument.is_draft else "party to"
    svg = choropleth(
        years,
        breaks=BREAKS,
        title=f"Who is {word}: {instrument.title}",
        description=f"World map of the {len(parties)} States that the text is {word}"
        f" on {day.isoformat()}, by the years begun since; 0 is none. Territories stand apart from "
        "their States.",
        unit="years begun as a party",
        figure=f"parties-{instrument.id.replace('_', '-')}",
        dots={code: place for code, place in dots.items() if code in placed},
    )
    return svg, tuple(sorted(parties - placed))


def _years(instrument: Instrument, code: str, day: date) -> int:
    """Years begun of the spells in which a State has been party up to the day; 0 if it is none."""
    if code not in instrument.parties_on(day):
        return 0
    if instrument.is_draft:
        return 1
    since = [
        max(one for one in (m.since, instrument.in_force, instrument.adopted) if one is not None)
        for m in instrument.parties
        if m.state == code and m.on(day) and (m.since or instrument.in_force or instrument.adopted)
    ]
    return max(1, -((min(since) - day).days // 365)) if since else 1


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
