"""What a dossier says of its own ground: the draft, coverage, readings, sources, caveats."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.brief.context import (
    Caveat,
    Convention,
    Coverage,
    Reading,
    SourceNote,
)
from comity.world.conflict import DangerReading
from comity.world.listing import list_sources, sources_at


def convention_of(draft: Instrument) -> Convention:
    """What the draft is, with the openings of its chief articles."""
    points = tuple(
        (article.heading, _opening(article.text))
        for article in draft.articles
        if article.id in ("1", "10", "11", "13", "14", "16", "22", "25", "27", "42")
    )
    return Convention(
        draft.title,
        (
            "A proposal for a treaty of all States on the movement of people. It is a draft: no State is "
            "party to it, and it is read here as if it were in force everywhere.",
            "It protects by the immediacy and the degree of life-threatening violence, puts victims, "
            "activists and targets on an equal footing, lets nobody stay both unreturnable and without "
            "status, sets minimum criteria for voluntary migration, and lets regional agreements operate "
            "only as a whole.",
        ),
        points,
    )


def _opening(text: str, most: int = 420) -> str:
    """The first paragraph of an article in whole sentences, without marks of emphasis."""
    plain = " ".join(text.split("\n\n")[0].replace("*", "").split())
    if len(plain) <= most:
        return plain
    cut = plain[:most].rfind(". ")
    return f"{plain[: cut + 1]} [...]" if cut > 0 else f"{plain[:most].rsplit(' ', 1)[0]} [...]"


def coverage_of(instrument: Instrument) -> Coverage:
    """How much of an instrument is encoded."""
    c = instrument.coverage
    return Coverage(
        instrument.id,
        instrument.title,
        instrument.force.value,
        c.total,
        c.encoded,
        sum(c.without_rule.values()),
        c.counted_from,
    )


def readings_of(regime: Regime, on: date) -> tuple[Reading, ...]:
    """Each question on which readings part: which was taken, who holds it, what else there is."""
    found = []
    for key, question in regime.questions.items():
        name = key.partition("/")[0]
        if name not in regime.by_id:
            continue
        taken = regime.reading_of(key, on)
        option = next((o for o in question.options if o.name == taken), None)
        others = tuple(f"{o.name} ({o.holder})" for o in question.options if o.name != taken)
        found.append(
            Reading(
                regime.by_id[name].title,
                question.question or question.name,
                taken,
                option.holder if option else "",
                others,
            )
        )
    return tuple(found)


def danger_reading_of(chosen: DangerReading) -> Reading:
    """How conflict data were read, as a reading like any other."""
    others = tuple(f"{r.value}: {r.meaning}" for r in DangerReading if r is not chosen)
    return Reading(
        "Conflict data",
        "What a conflict in the country says of a person from it",
        chosen.value,
        chosen.meaning,
        others,
    )


def sources_of(
    mirror: Path | None, cache: Path, also: Collection[str] = ()
) -> tuple[SourceNote, ...]:
    """The sources of the numbers with their state, hash and defects.

    Those of the packaged snapshot. also: ids of others, read from the mirror or fetched.
    """
    sources = sources_at(mirror, cache)
    notes = []
    for listing in list_sources(sources):
        if not listing.in_snapshot and listing.id not in also:
            continue
        record = sources.record(listing.id)
        notes.append(
            SourceNote(
                listing.id,
                listing.title,
                listing.publisher,
                listing.landing_page,
                listing.licence,
                listing.version,
                date.fromisoformat(record.accessed),
                record.sha256,
                listing.state.value,
                tuple(f"{d.reason}; {d.effect}" for d in listing.defects),
            )
        )
    return tuple(notes)


def count_caveats() -> tuple[Caveat, ...]:
    """Limits of the counts."""
    return (
        Caveat(
            "Country of birth is not nationality: for most hosts the nationality of a migrant, and so "
            "the danger at the origin, is unknown with nothing assumed."
        ),
        Caveat(
            "People refused since 2020 may have left: they are possible, never certain.",
            True,
            "Not known whether present",
        ),
        Caveat(
            "UNHCR's people beyond UN DESA's stock are counted as further persons; some may stand in "
            "the stock under a third country of birth."
        ),
        Caveat("Cells under 10 people are not shown."),
    )


def caveats() -> tuple[Caveat, ...]:
    """Limits of the whole page."""
    return (
        Caveat(
            "Everything here is said of the encoded texts, on the day of the law, under the readings "
            "named. It says nothing about what an officer will do.",
            True,
            "What is claimed",
        ),
        Caveat("A draft that binds nobody is read as if every State had joined it."),
    )
