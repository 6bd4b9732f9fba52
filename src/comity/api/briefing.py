"""`brief`: the dossier on a draft, from positions of invented persons and counts of real people."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import date
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
from comity.api.proof_counts import ProofCounts
from comity.api.regimes import read_regime, refuse_unheld
from comity.api.schema import BriefDocument, FindingModel
from comity.brief.context import (
    Caveat,
    DossierContext,
)
from comity.brief.dossier import MARK, write_dossier
from comity.brief.errors import FolderInUse
from comity.brief.pages import SECTIONS
from comity.language.faults import ComityError, Fault
from comity.world.bridge import bridge
from comity.world.conflict import danger_reading
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
    folder = _writable(folder)
    report = progress or (lambda _what, _done, _all: None)
    chosen = danger_reading(danger)
    both = [read_regime(name, readings=readings) for name in (against, regime)]
    for read in both:
        refuse_unheld(read.regime, on)
    drafts = [i for i in both[1].regime.instruments if i.is_draft]
    if not drafts:
        raise ComityError(
            Fault(
                "E450",
                f"`{regime}` contains no draft, so there is nothing to set beside today",
                suggestion="comity brief imfc --against encoded",
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
    guarantees = guarantees_of(now.read, then.read, drafts[0], on, report, count=people.people_of)
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
    try:
        path = write_dossier(context, folder)
    except FolderInUse as cause:
        raise ComityError(Fault("E460", str(cause))) from cause
    except OSError as cause:
        raise _unwritable(folder, cause.strerror or str(cause)) from cause
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


def _writable(folder: Path) -> Path:
    """The folder, if a dossier may be written there; found out before a minute of counting.

    Raises ComityError (E460).
    """
    if folder.name in ("", ".."):
        folder = folder.resolve()
    if not folder.name:
        raise _unwritable(folder, "it is the root of the disk")
    try:
        if folder.exists():
            if not folder.is_dir():
                raise _unwritable(folder, "it is a file")
            if any(folder.iterdir()) and not (folder / MARK).is_file():
                raise ComityError(Fault("E460", str(FolderInUse(folder))))
        above = next(parent for parent in folder.absolute().parents if parent.exists())
        if not above.is_dir():
            raise _unwritable(folder, f"`{above}` is a file")
        if not os.access(above, os.W_OK):
            raise _unwritable(folder, f"`{above}` may not be written to")
    except OSError as cause:
        raise _unwritable(folder, cause.strerror or str(cause)) from cause
    return folder


def _unwritable(folder: Path, why: str) -> ComityError:
    return ComityError(
        Fault("E460", f"no dossier can be written to `{folder}`: {why}", suggestion="--to FOLDER")
    )
