"""`brief`: the dossier on a draft, from positions and counts; a regime without one goes to `brief_law`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import comity
from comity.api.brief_counts import Progress, Side, count_both, discretion_of, figures_of
from comity.api.brief_covered import covered_of
from comity.api.brief_findings import (
    assumptions_of,
    bridges_of,
    finding_of_duties,
    findings_of,
    out_of_scope,
)
from comity.api.brief_folder import writable, write_folder
from comity.api.brief_law import brief_law
from comity.api.brief_notes import (
    caveats,
    convention_of,
    coverage_of,
    danger_reading_of,
    readings_of,
    sources_of,
)
from comity.api.brief_persons import SITUATIONS, situation_of
from comity.api.brief_proofs import guarantees_of
from comity.api.cautions import contest_warnings, review_warnings
from comity.api.counting import Tally, hanging
from comity.api.people_counts import PeopleCounts
from comity.api.proof_counts import ProofCounts
from comity.api.reading_people import given_beside
from comity.api.reading_writing import with_reading
from comity.api.regimes import read_regime, refuse_unheld
from comity.api.schema import BriefDocument, FindingModel
from comity.brief.context import (
    Caveat,
    DossierContext,
)
from comity.brief.dossier import dossier_texts
from comity.brief.pages import SECTIONS
from comity.language.faults import ComityError, Fault
from comity.world.bridge import bridge
from comity.world.conflict import danger_reading
from comity.world.population import population


def brief(
    regime: str,
    against: str | None,
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
    """Writes the dossier on a regime that contains a draft, beside another regime (`encoded`).

    Of a regime without a draft, the dossier on the law in force, which has nothing beside it.
    danger: the reading of conflict data (`person` or `situation`). Raises ComityError and, from the
    rooms below, their coded errors. The folder is written whole or not at all.
    """
    started = time.perf_counter()
    folder = writable(folder)
    report = progress or (lambda _what, _done, _all: None)
    chosen = danger_reading(danger)
    told = read_regime(regime, readings=readings)
    drafts = [i for i in told.regime.instruments if i.is_draft]
    if not drafts and against is None:
        return brief_law(
            regime, folder, on=on, today=today, mirror=mirror, cache=cache,
            readings=readings, danger=danger, progress=progress,
        )  # fmt: skip
    both = [read_regime(against or "encoded", readings=readings), told]
    for read in both:
        refuse_unheld(read.regime, on)
    if not drafts:
        raise ComityError(
            Fault(
                "E450",
                f"`{regime}` contains no draft, so there is nothing to set beside `{against}`",
                suggestion="leave out --against for the law in force, or: comity brief imfc",
            )
        )
    doubts = dict.fromkeys(
        words
        for read in both
        for words in (
            *review_warnings(read.regime.instruments, today),
            *contest_warnings(read.regime.instruments),
        )
    )
    cells = population()
    people = ProofCounts(on, danger=danger, cells=cells)
    records = people.records(both[0].regime.vocabulary)  # each record is worked out once for all
    now, then = (Side(read, Tally(read.regime, records)) for read in both)
    quick = partial(people.people_of, at_once=True)
    guarantees = guarantees_of(now.read, then.read, drafts[0], on, report, count=quick)
    counts = count_both(now, then, cells, report)
    figures = figures_of(counts)
    report("who hangs on which assumption", 0, 1)
    carried = hanging(now.tally, cells, "protected_without_status")
    context = DossierContext(
        title=drafts[0].title,
        lead="Who would be owed what if the draft Convention were in force, and who is left out today.",
        today="today's encoded instruments",
        draft="the draft Convention",
        law_on=on,
        run_on=today,
        version=comity.__version__,
        assumptions=assumptions_of(carried),
        convention=convention_of(drafts[0]),
        findings=(*findings_of(counts, now, then, cells), *finding_of_duties(guarantees)),
        situations=tuple(
            situation_of(name, now.read.regime, then.read.regime, on) for name in SITUATIONS
        ),
        figures=figures,
        discretion=discretion_of(now, then, cells),
        out_of_scope=out_of_scope(counts, len(now.read.regime.instruments)),
        bridges=bridges_of(bridge()),
        coverage=tuple(coverage_of(i) for i in then.read.regime.instruments),
        readings=(*readings_of(then.read.regime, on), danger_reading_of(chosen)),
        sources=sources_of(mirror, cache),
        guarantees=guarantees,
        covered=covered_of(now, then, cells, carried),
        caveats=(*caveats(), *(Caveat(words, True, "A doubt about the texts") for words in doubts)),
    )
    report("people, guarantee by guarantee", 0, 1)
    given = given_beside(
        now.read.regime,
        then.read.regime,
        PeopleCounts(now.read.regime.vocabulary, on, chosen, cells=cells),
    )
    texts = with_reading(
        dossier_texts(context), then.read, given, on=on, title=context.title, cache=cache,
        progress=report,
    )  # fmt: skip
    path = write_folder(texts, folder)
    written = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    return BriefDocument(
        path=str(path),
        sections=SECTIONS,
        files=tuple(written),
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
