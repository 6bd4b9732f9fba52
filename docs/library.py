"""The page of the library: what of each instrument is encoded, what is refused, and why.

Belongs here: the words and tables of `reference/library.md`. Does not belong here: counting, which
`comity.api.lineage` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.agreement.statements import AgainstInstrument, Proof
from comity.api import library as shelf
from comity.api.lineage import lines_document
from comity.api.schema_lineage import LinesModel
from comity.language.printer import property_text
from comity.language.resolve_lineage import REASON_MEANINGS

DAY = date(2026, 11, 30)
"""Any day would do: nothing on the page hangs on it."""


def library_page(stamp: str) -> str:
    """Every packaged instrument: lines against lines, paragraphs, doubts, refusals, review."""
    document = lines_document(DAY)
    listed = [model for model in document.instruments if model.lines is not None]
    parts = [
        stamp,
        "# The library\n",
        "Each instrument is encoded from a fact sheet of numbered lines. A line is encoded by the "
        "rules and definitions that its `line` statement names, or refused with a reason. "
        "Paragraphs are the instrument's own, counted as its front matter says. A doubtful rule "
        "carries a mark that every answer shows. After the day of review, personal answers stop.\n",
        f"{len(document.instruments)} files; {document.encoded} of {document.lines} lines encoded "
        f"at least in part, {document.refused} refused, in {len(listed)} files with a sheet.\n",
        "| instrument | force | status | lines | vectors | paragraphs | doubtful | cases | proofs "
        "| review by |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_row(model) for model in document.instruments),
        "",
        "## What is refused, and why\n",
    ]
    for model in listed:
        parts += _refusals(model)
    parts += ["## Rules that carry a mark of doubt\n"]
    for model in document.instruments:
        if model.doubtful:
            parts.append(f"- `{model.id}`: {', '.join(model.doubtful)}")
    parts += [
        "\n## Against the draft Convention\n",
        "Where a text falls short of the draft (its Annex D, and more), as refutations that stand "
        "beside the articles and are asked again by the tests. `comity prove ID` shows the person.\n",
        *_gaps(),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def _gaps() -> Iterator[str]:
    library = shelf.packaged()
    for name, instrument in library.instruments.items():
        short = [
            f"{s.label} (`{property_text(s, library.vocabulary, instrument=name)}`)"
            for s in instrument.statements
            if isinstance(s, Proof)
            and s.refuted
            and isinstance(s.property, AgainstInstrument)
            and s.property.instrument == "imfc"
        ]
        if short and not instrument.is_draft:
            yield f"- `{name}`: {'; '.join(short)}"


def _row(model: LinesModel) -> str:
    lines = vectors = "no sheet"
    if model.lines is not None:
        part = f" and {model.in_part} in part" if model.in_part else ""
        lines = f"{model.encoded}{part} of {model.lines}"
        vectors = f"{model.vectors_as_cases} of {model.vectors or 0}"
    cells = (
        f"[{model.title}](#{model.id.replace('_', '-')})" if model.refused else model.title,
        model.force,
        model.status.replace("_", " "),
        lines,
        vectors,
        model.coverage,
        str(len(model.doubtful)),
        str(model.cases),
        str(model.proofs),
        model.review_by or "none",
    )
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _refusals(model: LinesModel) -> list[str]:
    if not model.refused:
        return []
    parts = [f"### {model.id}\n", "| line | | reason | why |", "|---|---|---|---|"]
    for one in model.refused:
        note = one.note.replace("|", r"\|")
        partly = "in part" if one.partly else "whole"
        parts.append(f"| {one.number} | {partly} | {REASON_MEANINGS[one.reason]} | {note} |")
    return [*parts, ""]
