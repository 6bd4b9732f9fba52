"""`brief` of a regime without a draft: the dossier on the law in force on a day."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import comity
from comity.api.brief_counts import Progress
from comity.api.brief_folder import writable, write_folder
from comity.api.brief_law_counts import law_counts
from comity.api.brief_law_findings import (
    assumptions,
    caveats_of,
    crossing_of,
    day_words,
    findings_of,
    parting_row,
)
from comity.api.brief_law_people import persons_of
from comity.api.brief_law_texts import (
    CHAINS_NOTE,
    chains_of,
    is_on,
    lapsed_of,
    never_of,
    texts_of,
)
from comity.api.brief_notes import danger_reading_of, readings_of, sources_of
from comity.api.cautions import contest_warnings, review_warnings
from comity.api.count_questions import Asked
from comity.api.count_readings import partings
from comity.api.proof_counts import ProofCounts
from comity.api.proving import Session
from comity.api.reading_writing import with_reading
from comity.api.regimes import Read, read_regime, refuse_unheld
from comity.api.schema import BriefDocument, FindingModel
from comity.api.schema_reading import GivenModel
from comity.brief.law_context import LawContext
from comity.brief.law_files import law_texts
from comity.brief.law_pages import SECTIONS
from comity.language.faults import ComityError, Fault
from comity.world.conflict import danger_reading

PARTED = ("stay", "shield")
"""The rights for which people are counted again under every other reading."""


def brief_law(
    words: str,
    folder: Path,
    *,
    on: date,
    today: date,
    mirror: Path | None,
    cache: Path,
    readings: Mapping[str, str] | None = None,
    danger: str = "person",
    progress: Progress | None = None,
) -> BriefDocument:
    """Writes the dossier on a regime as it stands on a day. The folder is written whole or not at all.

    words: ids, paths and named lists. danger: the reading of conflict data. Raises ComityError.
    """
    started = time.perf_counter()
    folder = writable(folder)
    report = progress or (lambda _what, _done, _all: None)
    read = read_regime(words, readings=readings)
    refuse_unheld(read.regime, on)
    if not any(is_on(i, on) for i in read.regime.instruments):
        raise ComityError(
            Fault(
                "E450",
                f"nothing of `{words}` is in force on {on}, so there is no law to tell of",
                suggestion="comity list shows the dates of each instrument",
            )
        )
    context, given = law_context(
        words, read, on=on, today=today, mirror=mirror, cache=cache, danger=danger, report=report
    )
    texts = with_reading(
        law_texts(context), read, given, on=on, title=context.title, cache=cache, progress=report
    )
    report("writing", 0, 1)
    path = write_folder(texts, folder)
    return BriefDocument(
        path=str(path),
        sections=SECTIONS,
        files=tuple(sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())),
        seconds=round(time.perf_counter() - started, 1),
        findings=tuple(
            FindingModel(
                text=f.sentence,
                certain=f.bounds.certain if f.bounds else None,
                possible=f.bounds.possible if f.bounds else None,
                assumed=f.bounds.assumed if f.bounds else None,
            )
            for f in context.findings
        ),
    )


def law_context(
    words: str,
    read: Read,
    *,
    on: date,
    today: date,
    mirror: Path | None,
    cache: Path,
    danger: str,
    report: Progress,
) -> tuple[LawContext, Mapping[str, GivenModel]]:
    """Everything that the page says, read, counted and proved; and the people of each guarantee."""
    regime, chosen = read.regime, danger_reading(danger)
    standing = [i for i in regime.instruments if is_on(i, on)]
    counts = law_counts(read, standing, on, chosen, report)
    texts = texts_of(read, on, counts.by_text)
    rights = tuple(right for right in PARTED if regime.units.get(right))
    asked = Asked(rights=rights, danger=danger)
    parted = partings(read, asked, on, report) if rights else ()
    every = tuple(read.library.instruments.values())
    is_whole = {i.id for i in every if not i.is_draft} <= set(regime.by_id)
    told = every if is_whole else regime.instruments
    report("invented persons", 0, 1)
    persons = persons_of(told, regime, on)
    report("whether any two rules cross", 0, 1)
    with Session() as session:
        proved = session.prove(
            words,
            on=on,
            readings=dict(regime.readings),
            properties=("no conflict",),
            counts=ProofCounts(on, mirror=mirror, cache=cache, danger=danger),
        )
    doubts = (*contest_warnings(standing), *review_warnings(standing, today))
    name = "Today's law" if words.strip() in ("today", "encoded") else f"The law of `{words}`"
    context = LawContext(
        title=f"{name} on the movement of people, as it stood on {day_words(on)}",
        lead=f"What {len(standing)} encoded texts guarantee people before a State that is not their "
        "own: to whom, by which article, and how much they leave to the State.",
        regime=words,
        law_on=on,
        run_on=today,
        version=comity.__version__,
        assumptions=assumptions(),
        findings=findings_of(counts, texts),
        texts=texts,
        lapsed=lapsed_of(regime.instruments, on),
        never=never_of(told),
        barring=counts.barring,
        levels=counts.levels,
        hosts=counts.hosts,
        dots=counts.dots,
        discretion=counts.discretion,
        persons=persons,
        parted_rights=rights,
        partings=tuple(parting_row(one, regime) for one in parted),
        crossing=crossing_of(proved, regime),
        chains=chains_of(standing),
        chains_note=CHAINS_NOTE,
        readings=(*readings_of(regime, on), danger_reading_of(chosen)),
        sources=sources_of(mirror, cache),
        caveats=caveats_of(doubts),
    )
    return context, counts.given
