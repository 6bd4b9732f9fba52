"""The files of the dossier on the law in force: the page, its maps, and the numbers as CSV and JSON."""

from __future__ import annotations

from pathlib import Path

from comity.brief.covered import shown_levels
from comity.brief.dossier import MARK, write_texts
from comity.brief.law_context import LawContext
from comity.brief.law_pages import counted_texts, law_maps, page, shown_hosts, shown_three
from comity.brief.suppression import Shown, Withheld
from comity.brief.tables import Cell, csv_text, json_text, plain, shown_bounds

_MEASURES = ("certain", "possible", "assumed")


def write_law(context: LawContext, folder: Path) -> Path:
    """Writes the dossier whole or not at all; returns the page's path. Raises FolderInUse."""
    return write_texts(law_texts(context), folder)


def law_texts(context: LawContext) -> dict[str, str]:
    """Every file of the dossier by its relative name; nothing is written."""
    maps = law_maps(context)
    texts = {"index.html": page(context, maps)}
    texts |= {one.file: one.standalone for one in maps}
    texts |= {f"data/{name}.csv": csv_text(rows) for name, rows in _tables(context).items()}
    texts["data/persons.json"] = json_text({"invented": True, "persons": context.persons})
    texts["data/chains.json"] = json_text({"note": context.chains_note, "chains": context.chains})
    texts[MARK] = json_text(_summary(context))
    return texts


def _tables(context: LawContext) -> dict[str, list[list[Cell]]]:
    return {
        "instruments": _instruments(context),
        "refusals": [
            _row("instrument", "line", "reason", "note", "partly"),
            *(
                _row(text.id, r.number, r.reason, r.note, "yes" if r.partly else "no")
                for text in context.texts
                for r in text.refused
            ),
        ],
        "by-text": [
            _row("instrument", *_named("before"), *_named("given")),
            *(
                [text.id, *map(_cell, before), *map(_cell, given)]
                for text, before, given in counted_texts(context)
            ),
        ],
        "covered": [
            _row("right", "level", *_MEASURES, "by"),
            *(
                [row.right, row.level, *map(_cell, numbers[:3]), "; ".join(row.by)]
                for row, numbers in shown_levels(context.levels)
            ),
        ],
        "hosts": [
            _row("host", "name", "number_of_texts", "texts", "bars_return", "un_member",
                  *_named("people"), *_named("lasting")),
            *(
                [
                    one.host.code,
                    one.host.name,
                    len(one.host.texts),
                    "; ".join(one.host.texts),
                    "yes" if one.host.bars_return else "no",
                    "yes" if one.host.is_member else "no",
                    *(_cell(getattr(one.people, m)) for m in _MEASURES),
                    *(_cell(getattr(one.lasting, m)) for m in _MEASURES),
                ]
                for one in shown_hosts(context.hosts)
            ),
        ],
        "partings": _partings(context),
        "discretion": [
            _row("right", "meaning", "steps", "low", "high"),
            *(_row(r.right, r.meaning, r.steps, r.low, r.high) for r in context.discretion),
        ],
        "apart": [
            _row("instrument", "title", "why", "adopted", "in_force", "ended"),
            *(
                _row(one.id, one.title, one.why, str(one.adopted or ""), str(one.in_force or ""),
                     str(one.ended or ""))
                for one in (*context.lapsed, *context.never)
            ),
        ],
    }  # fmt: skip


def _row(*cells: Cell) -> list[Cell]:
    return list(cells)


def _instruments(context: LawContext) -> list[list[Cell]]:
    head: list[Cell] = [
        "instrument", "title", "kind", "parties", "adopted", "in_force", "monitor", "answers_to",
        "complaint", "paragraphs", "paragraphs_encoded", "share", "lines", "lines_encoded",
        "lines_in_part", "lines_refused", "doubtful", "contested", "review_by", "citation",
    ]  # fmt: skip
    body: list[list[Cell]] = [
        [
            t.id, t.title, t.kind, t.parties, str(t.adopted or ""), str(t.in_force or ""),
            t.monitor, t.answers_to, t.complaint, t.coverage.paragraphs, t.coverage.encoded,
            t.coverage.share(), t.lines, t.encoded, t.in_part, t.whole_refusals(),
            "; ".join(t.doubtful), t.contested, str(t.review_by or ""), t.citation,
        ]
        for t in context.texts
    ]  # fmt: skip
    return [head, *body]


def _partings(context: LawContext) -> list[list[Cell]]:
    head: list[Cell] = ["question", "taken", "option", "holder", "right", "level",
                        *_named("before"), *_named("after")]  # fmt: skip
    body: list[list[Cell]] = [
        [
            row.question, row.taken, row.option, row.holder, row.right, row.level,
            *(_cell(n) for b in (row.before, row.after) for n in shown_three(b) or _HIDDEN),
        ]
        for row in context.partings
    ]  # fmt: skip
    return [head, *body]


_HIDDEN: tuple[Shown, ...] = (Withheld.BESIDE,) * 3


def _named(what: str) -> list[str]:
    return [f"{what}_{measure}" for measure in _MEASURES]


def _cell(shown: Shown) -> Cell:
    return shown.value if isinstance(shown, Withheld) else shown


def _summary(context: LawContext) -> dict[str, object]:
    return {
        "title": context.title,
        "regime": context.regime,
        "version": context.version,
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
        "instruments": [
            {"id": t.id, "title": t.title, "kind": t.kind, "share": t.coverage.share()}
            for t in context.texts
        ],
        "lapsed": context.lapsed,
        "never_adopted": context.never,
        "crossing": plain({
            "verdict": context.crossing.verdict,
            "claim": context.crossing.claim,
            "limit": context.crossing.limit,
            "engines": context.crossing.engines,
            "seconds": context.crossing.seconds,
            "people": shown_bounds(context.crossing.people),
            "not_counted": context.crossing.not_counted,
        }),
        "readings": context.readings,
        "caveats": context.caveats,
        "sources": context.sources,
    }  # fmt: skip
