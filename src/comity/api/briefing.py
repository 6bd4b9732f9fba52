"""`brief`: the dossier on a draft, from positions of invented persons and counts of real people."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import comity
from comity.api.brief_counts import Progress, Side, count_both, discretion_of, figures_of
from comity.api.brief_findings import assumptions_of, bridges_of, findings_of, out_of_scope
from comity.api.brief_notes import (
    caveats,
    convention_of,
    coverage_of,
    danger_reading_of,
    readings_of,
    sources_of,
)
from comity.api.brief_persons import SITUATIONS, situation_of
from comity.api.counting import Records, Tally
from comity.api.regimes import read_regime
from comity.api.schema import BriefDocument, FindingModel
from comity.brief.context import (
    DossierContext,
)
from comity.brief.dossier import write_dossier
from comity.language.faults import ComityError, Fault
from comity.world.bridge import bridge
from comity.world.conflict import DangerReading
from comity.world.population import population


def brief(
    regime: str,
    against: str,
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
    """Writes the dossier on a regime that contains a draft, beside another regime.

    danger: the reading of conflict data (`person` or `situation`). Raises ComityError and, from the
    rooms below, their coded errors. The folder is written whole or not at all.
    """
    started = time.perf_counter()
    report = progress or (lambda _what, _done, _all: None)
    chosen = DangerReading(danger)
    both = [read_regime(name, readings=readings) for name in (against, regime)]
    records = Records(both[0].regime.vocabulary, on, chosen)
    now, then = (Side(read, Tally(read.regime, records)) for read in both)
    drafts = [i for i in then.read.regime.instruments if i.is_draft]
    if not drafts:
        raise ComityError(
            Fault(
                "E450",
                f"`{regime}` contains no draft, so there is nothing to set beside today",
                suggestion="comity brief imfc --against encoded",
            )
        )
    cells = population()
    counts = count_both(now, then, cells, report)
    figures = figures_of(counts)
    context = DossierContext(
        title=drafts[0].title,
        lead="Who would be owed what if the draft Convention were in force, and who is left out today.",
        today="today's encoded instruments",
        draft="the draft Convention",
        law_on=on,
        run_on=today,
        version=comity.__version__,
        assumptions=assumptions_of(now, cells, report),
        convention=convention_of(drafts[0]),
        findings=findings_of(counts, now, then, cells),
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
        caveats=caveats(),
    )
    path = write_dossier(context, folder)
    written = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    return BriefDocument(
        path=str(path),
        sections=_sections(),
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


def _sections() -> tuple[str, ...]:
    return (
        "findings",
        "convention",
        "situations",
        "figures",
        "discretion",
        "not-counted",
        "bridges",
        "coverage",
        "readings",
        "sources",
        "caveats",
    )
