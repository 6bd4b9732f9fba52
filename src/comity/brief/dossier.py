"""Writing a dossier: one folder that works from a USB stick, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from comity.brief.context import DossierContext, FigureBlock
from comity.brief.covered import covered_rows, hanging_rows, moved_rows
from comity.brief.errors import FolderInUse
from comity.brief.pages import page, standalone_map
from comity.brief.proof_files import proof_rows, proofs_document
from comity.brief.tables import (
    LAWS,
    Cell,
    ShownTable,
    csv_text,
    json_text,
    plain,
    shown_bounds,
    shown_table,
    table_rows,
)

MARK = "data/dossier.json"  # a folder with this file is a dossier, and may be replaced by one


def write_dossier(context: DossierContext, folder: Path) -> Path:
    """Writes index.html, figures/*.svg, data/*.csv and data/*.json; returns the page's path.

    Everything is first written beside `folder` and then moved into place, so that a reader
    never finds half a dossier. An older dossier is replaced, anything else is left alone.
    Raises FolderInUse if `folder` holds something that is not a dossier.
    """
    _refuse_foreign(folder)
    return write_texts(dossier_texts(context), folder)


def write_texts(texts: Mapping[str, str], folder: Path) -> Path:
    """Writes the files of a dossier by their relative names, whole or not at all; the page's path.

    Raises FolderInUse if `folder` holds something that is not a dossier.
    """
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, text in texts.items():
            target = fresh / name
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="")
        fresh.chmod(0o755)
        _move_into_place(fresh, folder)
    finally:
        if fresh.exists():
            shutil.rmtree(fresh)
    return folder / "index.html"


def dossier_texts(context: DossierContext) -> dict[str, str]:
    """Every file of the dossier by its relative name; nothing is written."""
    texts = {"index.html": page(context)}
    for block in context.figures:
        table = shown_table(block.table)
        for figure in block.maps:
            texts[f"figures/{figure.id}.svg"] = standalone_map(table, figure)
        texts[f"data/{table.id}.csv"] = csv_text(table_rows(table))
        texts[f"data/{table.id}.json"] = json_text(_table_document(table, block, context))
    for name, rows in _small_tables(context).items():
        texts[f"data/{name}.csv"] = csv_text(rows)
    texts["data/situations.json"] = json_text(
        {"invented": True, "situations": plain(context.situations)}
    )
    texts["data/proofs.csv"] = csv_text(proof_rows(context))
    texts["data/proofs.json"] = json_text(proofs_document(context))
    texts[MARK] = json_text(_summary(context))
    return texts


def _table_document(
    table: ShownTable, block: FigureBlock, context: DossierContext
) -> dict[str, object]:
    return {
        "title": table.title,
        "unit": table.unit,
        "by": table.by,
        "today": context.today,
        "draft": context.draft,
        "law_on": context.law_on,
        "run_on": context.run_on,
        "assumptions": context.assumptions,
        "made_up": context.made_up,
        "rows": table.rows,
        "total": table.total,
        "caveats": block.caveats,
        "sources": [source for source in context.sources if source.id in block.sources],
    }


def _summary(context: DossierContext) -> dict[str, object]:
    return {
        "title": context.title,
        "version": context.version,
        "made_up": context.made_up,
        "today": context.today,
        "draft": context.draft,
        "law_on": context.law_on,
        "run_on": context.run_on,
        "assumptions": context.assumptions,
        "findings": [
            {
                "sentence": finding.sentence,
                "law": finding.law,
                "unit": finding.unit,
                "bounds": shown_bounds(finding.bounds),
                "detail": finding.detail,
                "see": f"index.html#{finding.see}",
            }
            for finding in context.findings
        ],
        "out_of_scope": [
            {"group": group.group, "bounds": shown_bounds(group.bounds), "why": group.why}
            for group in context.out_of_scope
        ],
        "verdicts": {law: context.guarantees.tally(law) for law in LAWS},
        "coverage": [
            {**_fields(instrument), "share": instrument.share()} for instrument in context.coverage
        ],
        "readings": context.readings,
        "bridges": context.bridges,
        "discretion": context.discretion,
        "caveats": context.caveats,
        "sources": context.sources,
    }


def _fields(thing: object) -> dict[str, object]:
    made = plain(thing)
    return dict(made) if isinstance(made, dict) else {}


def _small_tables(context: DossierContext) -> dict[str, list[list[Cell]]]:
    discretion: list[list[Cell]] = [
        ["right", "meaning", "steps", "today_low", "today_high", "draft_low", "draft_high"]
    ]
    discretion += [
        [r.right, r.meaning, r.steps, r.today_low, r.today_high, r.draft_low, r.draft_high]
        for r in context.discretion
    ]
    coverage: list[list[Cell]] = [
        ["instrument", "title", "force", "paragraphs", "encoded", "without_rule", "share", "note"]
    ]
    coverage += [
        [c.id, c.title, c.force, c.paragraphs, c.encoded, c.without_rule, c.share(), c.note]
        for c in context.coverage
    ]
    totals: list[list[Cell]] = [["bridge", "step", "persons", "source"]]
    totals += [
        [bridge.title, step.label, step.persons, step.source]
        for bridge in context.bridges
        for step in (bridge.start, *bridge.steps, bridge.end)
    ]
    scope: list[list[Cell]] = [["group", "certain", "possible", "assumed", "why"]]
    for group in context.out_of_scope:
        bounds = plain(shown_bounds(group.bounds))
        numbers = bounds.values() if isinstance(bounds, dict) else ("unknown",) * 3
        scope.append([group.group, *(str(number) for number in numbers), group.why])
    counted: dict[str, list[list[Cell]]] = {}
    if context.covered is not None:
        counted = {
            "covered": [list(row) for row in covered_rows(context.covered)],
            "moved": [list(row) for row in moved_rows(context.covered)],
            "assumptions": [list(row) for row in hanging_rows(context.covered)],
        }
    return {
        **counted,
        "discretion": discretion,
        "coverage": coverage,
        "totals": totals,
        "not-counted": scope,
    }


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).is_file()):
        raise FolderInUse(folder)


def _move_into_place(fresh: Path, folder: Path) -> None:
    """Two renames: the older dossier steps aside, the new one takes its name."""
    if not folder.exists():
        fresh.rename(folder)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    old = folder.rename(aside / "dossier")
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    finally:
        shutil.rmtree(aside)
