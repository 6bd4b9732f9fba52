"""The proved half of the page: verdicts in order, and the bars of the people in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from comity.brief.bars import Bar, axis_end, bar_key, bar_list, largest
from comity.brief.context import DossierContext, SourceNote
from comity.brief.errors import UnknownReference
from comity.brief.guarantees import ShownProof
from comity.brief.proof_files import people_cells

ProofGroup = tuple[str, tuple[ShownProof, ...]]
"""A heading with the verdicts under it."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """One gap in the table of the people in between: certain, possible and assumed as published."""

    proof: ShownProof
    cells: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class GapGroup:
    """The gaps of one law or text, with the bars of those whose numbers are shown."""

    heading: str
    rows: tuple[GapRow, ...]
    bars: Markup


@dataclass(frozen=True, slots=True)
class DrawnProofs:
    """Everything that the sections on proofs show, in their order.

    carried: what the draft's articles prove beside its duties, by article. absent, empty: what holds
    only since no article mentions it, or says nothing. failing: what fails under the draft, its duties
    left out.
    today: what today's instruments say of themselves, by instrument. open: no verdict, either law.
    """

    carried: tuple[ProofGroup, ...]
    absent: tuple[ShownProof, ...]
    empty: tuple[ShownProof, ...]
    failing: tuple[ShownProof, ...]
    today: tuple[ProofGroup, ...]
    open: tuple[ShownProof, ...]
    gaps: tuple[GapGroup, ...]
    key: Markup
    sources: tuple[SourceNote, ...]

    @property
    def counted(self) -> bool:
        """Whether people were counted for any gap."""
        return any(row.proof.people for group in self.gaps for row in group.rows)


def drawn_proofs(context: DossierContext) -> DrawnProofs:
    """The verdicts of a dossier, gathered and drawn."""
    found = context.guarantees
    duties_today = [d.today for d in found.duties if d.today is not None]
    failing = tuple(p for p in found.of_draft if p.verdict == "refuted")
    others = tuple(p for p in found.own if p.verdict == "refuted")
    groups = (
        (context.draft, failing),
        (f"The draft’s duties, under {context.today}", tuple(duties_today)),
        *_by_instrument(found.refuted_today),
    )
    gaps = [(heading, _rows(proofs)) for heading, proofs in groups]
    bars = {heading: _bars(rows) for heading, rows in gaps}
    end = axis_end(largest(bar for some in bars.values() for bar in some))
    return DrawnProofs(
        carried=_by_article(p for p in found.own if p.kind == "proved"),
        absent=tuple(p for p in found.own if p.kind == "by_absence"),
        empty=tuple(p for p in found.own if p.kind == "vacuous"),
        failing=others,
        today=_by_instrument(p for p in found.refuted_today if p.verdict != "unknown"),
        open=tuple(p for p in found.every if p.verdict == "unknown"),
        gaps=tuple(
            GapGroup(heading, rows, _drawn(heading, bars[heading], end))
            for heading, rows in gaps
            if rows
        ),
        key=Markup(bar_key(context.assumptions.name)),
        sources=named_sources(found.sources, "the people in between", context),
    )


def _by_article(proofs: Iterable[ShownProof]) -> tuple[ProofGroup, ...]:
    return _gathered((proof.article, proof) for proof in proofs)


def _by_instrument(proofs: Iterable[ShownProof]) -> tuple[ProofGroup, ...]:
    return _gathered((proof.instrument, proof) for proof in proofs)


def _gathered(pairs: Iterable[tuple[str, ShownProof]]) -> tuple[ProofGroup, ...]:
    found: dict[str, list[ShownProof]] = {}
    for heading, proof in pairs:
        found.setdefault(heading, []).append(proof)
    return tuple((heading, tuple(proofs)) for heading, proofs in found.items())


def _rows(proofs: Iterable[ShownProof]) -> tuple[GapRow, ...]:
    """The refutations that have a person; the most people first, hidden numbers last, by name."""
    made = [
        GapRow(proof, tuple(cell if isinstance(cell, int) else str(cell) for cell in cells))
        for proof in proofs
        if proof.verdict == "refuted" and proof.person is not None
        for cells in (people_cells(proof),)
    ]
    return tuple(sorted(made, key=_place))


def _place(row: GapRow) -> tuple[int, int, str]:
    _, possible, assumed = (n if isinstance(n, int) else -1 for n in row.cells)
    return -possible, -assumed, row.proof.name


def _bars(rows: Iterable[GapRow]) -> tuple[Bar, ...]:
    """A bar for each gap that concerns anybody and whose numbers are all shown."""
    return tuple(
        Bar(_first_upper(row.proof.name), certain, possible, assumed, row.proof.id)
        for row in rows
        for certain, possible, assumed in (row.cells,)
        if isinstance(certain, int) and isinstance(possible, int) and isinstance(assumed, int)
        if possible > 0
    )


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _drawn(heading: str, bars: tuple[Bar, ...], end: float) -> Markup:
    if not bars:
        return Markup("")
    return Markup(bar_list(bars, unit="persons", label=f"People in between: {heading}", end=end))


def named_sources(ids: Iterable[str], of: str, context: DossierContext) -> tuple[SourceNote, ...]:
    """The sources of a figure or section. Raises UnknownReference if there are none, or one is lost."""
    known = {source.id: source for source in context.sources}
    asked = tuple(ids)
    missing = sorted(set(asked) - set(known))
    if missing or not asked:
        raise UnknownReference(f"{of} names no known source: {missing}")
    return tuple(known[source] for source in asked)
