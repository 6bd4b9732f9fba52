"""The folder of a timeline: one page, its charts, and every number as CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import comity
from comity.api.brief_folder import unwritable, writable
from comity.api.brief_notes import sources_of
from comity.api.schema_timeline import (
    TimelineDocument,
    TimelinePointModel,
    TimelineSeriesModel,
)
from comity.brief.context import SourceNote
from comity.brief.errors import BriefError
from comity.brief.timeline_context import (
    ClaimNote,
    Line,
    Panel,
    PlaceNote,
    Point,
    Theme,
    TimelineContext,
    Unit,
    YearNote,
)
from comity.brief.timeline_pages import write_timeline
from comity.world.history import Basis


@dataclass(frozen=True)
class Wanted:
    """A theme of the page before its numbers. figures: each with the word at its line's end."""

    id: str
    heading: str
    says: str
    unit: Unit
    figures: tuple[tuple[str, str], ...]
    top: float | None = None
    banded: bool = False


_SHARE_OF = (
    "Of the people of the place: the line is the share under the set ordinary, the band runs from "
    "certain to possible with nothing assumed."
)

WANTED = (
    Wanted(
        "texts",
        "Texts in force, by force",
        "How many encoded texts were in force, or pressing, on 1 July of each year, and what they bind.",
        "texts",
        (
            ("texts.binding", "binding"),
            ("texts.directive", "directive"),
            ("texts.political", "political"),
            ("texts.informal", "informal"),
        ),
    ),
    Wanted(
        "answering",
        "To whom texts answer",
        "Of the texts of each year that state it: the share that answers to each. A text may answer to "
        "several at once.",
        "share",
        (
            ("governance.inward", "inward"),
            ("governance.outward", "outward"),
            ("governance.outward_only", "outward alone"),
            ("governance.judged", "treaty body"),
        ),
        1.0,
    ),
    Wanted(
        "in-the-open",
        "Read, debated, watched, and open to complaint",
        "Of the texts of each year that state it: the share that can be read in full, was debated before, "
        "is watched by others than executives, and lets a person complain.",
        "share",
        (
            ("governance.published", "published"),
            ("governance.debated", "debated"),
            ("governance.watched", "watched"),
            ("governance.complaint", "complaint"),
        ),
        1.0,
    ),
    Wanted(
        "states",
        "States bound, and States spoken to",
        "States that some guarantee binds, beside those that take part in political or informal texts.",
        "States",
        (
            ("states.bound", "bound"),
            ("states.soft", "soft texts"),
            ("states.soft_only", "soft alone"),
        ),
    ),
    Wanted(
        "rights",
        "States bound, by right",
        "States that some guarantee of a right binds. All rights are in the file of numbers.",
        "States",
        (
            ("right.stay", "stay"),
            ("right.shield", "shield"),
            ("right.work", "work"),
            ("right.family", "family"),
            ("right.remedy", "remedy"),
        ),
    ),
    Wanted(
        "anything",
        "People who are guaranteed something",
        _SHARE_OF,
        "share",
        (("people.anything", "anything"),),
        1.0,
        True,
    ),
    Wanted(
        "stay",
        "People who are guaranteed a stay",
        _SHARE_OF,
        "share",
        (("people.stay", "stay"),),
        1.0,
        True,
    ),
    Wanted(
        "work",
        "People who are guaranteed access to work",
        _SHARE_OF,
        "share",
        (("people.work", "work"),),
        1.0,
        True,
    ),
    Wanted(
        "limbo",
        "Shielded from removal, without a status",
        _SHARE_OF,
        "share",
        (("people.shield_without_stay", "no status"),),
        1.0,
        True,
    ),
    Wanted(
        "soft-only",
        "Spoken of, and guaranteed nothing",
        _SHARE_OF,
        "share",
        (("people.soft_only", "soft alone"),),
        1.0,
        True,
    ),
    Wanted(
        "width-stay",
        "Discretion over stay",
        "Steps of the scale of stay (of 8) that the texts leave the host, averaged over people.",
        "steps",
        (("width.stay", "stay"),),
        8.0,
        True,
    ),
    Wanted(
        "width-work",
        "Discretion over work",
        "Steps of the scale of work (of 4) that the texts leave the host, averaged over people.",
        "steps",
        (("width.work", "work"),),
        4.0,
        True,
    ),
)


def refuse_folder(folder: Path) -> None:
    """E460 where no timeline can be written, found out before a minute of counting."""
    writable(folder)


def write_folder(
    document: TimelineDocument, folder: Path, *, today: date, mirror: Path | None, cache: Path
) -> TimelineDocument:
    """Writes the folder whole or not at all; the document with its place and files.

    Raises ComityError (E460) if it cannot be written there.
    """
    folder = writable(folder)
    used = {one.id for one in document.sources}
    sources = tuple(s for s in sources_of(mirror, cache, also=used) if s.id in used)
    try:
        files = write_timeline(context_of(document, today, sources), folder)
    except BriefError as cause:
        raise unwritable(folder, str(cause)) from cause
    except OSError as cause:
        raise unwritable(folder, cause.strerror or str(cause)) from cause
    return document.model_copy(update={"folder": str(folder), "files": files})


def context_of(
    document: TimelineDocument, today: date, sources: tuple[SourceNote, ...]
) -> TimelineContext:
    """All that the page needs, from the document."""
    by_key = {(s.place, s.figure): s for s in document.series}
    observed = {y.year: y.basis == Basis.PUBLISHED.value for y in document.years}
    themes = tuple(
        made
        for wanted in WANTED
        if (made := _theme(wanted, document, by_key, observed)) is not None
    )
    figures = {wanted.id: {name for name, _ in wanted.figures} for wanted in WANTED}
    return TimelineContext(
        title=f"Law and people on the move, {document.first} to {document.last}",
        run_on=today,
        version=comity.__version__,
        law_years=(document.first, document.last),
        people_years=(document.people_first, document.people_last),
        places=tuple(
            PlaceNote(
                p.id,
                p.title,
                p.definition,
                len(p.hosts),
                tuple((o.year, o.world_bank, o.un_desa) for o in p.overlap),
            )
            for p in document.places
        ),
        themes=themes,
        claims=tuple(
            ClaimNote(
                c.id,
                c.claim,
                tuple(t.id for t in themes if figures[t.id] & set(c.figures)),
                c.shows,
                c.does_not_show,
            )
            for c in document.claims
        ),
        years=tuple(
            YearNote(y.year, y.basis, y.stock, y.inside_one_state, y.host_unknown)
            for y in document.years
        ),
        breaks=document.breaks,
        defects=document.defects,
        assumptions=document.assumptions,
        claim=document.claim,
        coverage=document.coverage,
        sources=sources,
        rows=list(_rows(document)),
        articles=list(_articles(document)),
        document=document.model_dump_json(indent=1) + "\n",
    )


def _theme(
    wanted: Wanted,
    document: TimelineDocument,
    by_key: Mapping[tuple[str, str], TimelineSeriesModel],
    observed: Mapping[int, bool],
) -> Theme | None:
    definitions = {one.id: one for one in document.definitions}
    told = [(name, word) for name, word in wanted.figures if name in definitions]
    if not told:
        return None
    by_people = definitions[told[0][0]].weight == "people"
    panels = []
    for place in document.places:
        lines = [
            Line(
                name,
                word,
                tuple(
                    _point(p, wanted.unit, observed[p.year] or not by_people)
                    for p in by_key[place.id, name].points
                ),
            )
            for name, word in told
            if (place.id, name) in by_key
        ]
        if lines:
            panels.append(Panel(place.id, place.title, tuple(lines)))
    return Theme(
        wanted.id,
        wanted.heading,
        wanted.says,
        wanted.unit,
        tuple(panels),
        tuple((definitions[name].title, definitions[name].definition) for name, _ in told),
        by_people,
        wanted.banded,
        wanted.top,
    )


def _point(one: TimelinePointModel, unit: Unit, observed: bool) -> Point:
    """A point as it is drawn: of persons, shares of those who may be counted."""
    if one.value is None or one.low is None or one.high is None:
        return Point(one.year, None, None, None, observed)
    if unit != "share":
        return Point(one.year, one.value, one.low, one.high, observed)
    if not one.of:
        return Point(one.year, None, None, None, observed)
    value, low = one.value / one.of, one.low / one.of
    high = max(one.high / (one.of_high or one.of), value, low)
    return Point(one.year, value, low, high, observed)


def _rows(document: TimelineDocument) -> Iterator[tuple[str | int | float | None, ...]]:
    yield (
        "place", "figure", "unit", "year", "basis",
        "value", "low", "high", "of", "of_high", "hidden",
    )  # fmt: skip
    units = {one.id: (one.unit, one.weight) for one in document.definitions}
    basis = {one.year: one.basis for one in document.years}
    for series in document.series:
        unit, weight = units[series.figure]
        for p in series.points:
            yield (
                series.place, series.figure, unit, p.year,
                basis[p.year] if weight == "people" else "law",
                p.value, p.low, p.high, p.of, p.of_high, "yes" if p.hidden else "no",
            )  # fmt: skip


def _articles(document: TimelineDocument) -> Iterator[tuple[str | int | float | None, ...]]:
    yield ("place", "figure", "node", "article", "first_year", "last_year")
    for series in document.series:
        for node, spells in series.articles.items():
            for first, last in spells:
                title = document.articles.get(node, "")
                yield series.place, series.figure, node, title, first, last
