"""Proofs as files: a row for each verdict, and the same in full with persons, texts and sources."""

from __future__ import annotations

from collections.abc import Iterable

from comity.brief.context import ArticleRef, DossierContext
from comity.brief.guarantees import Articles, InventedPerson, Part, ShownProof
from comity.brief.suppression import Withheld
from comity.brief.tables import Cell, plain, shown_bounds

HEADER = ("id", "law", "stated_by", "article", "name", "says", "written", "verdict", "how", "limit",
          "needs", "person", "other", "certain", "possible", "assumed", "not_counted", "claim")  # fmt: skip

NOT_COUNTED = "not counted"
HOW = {
    "proved": "proved by its articles",
    "by_absence": "by absence: no article mentions it",
    "vacuous": "vacuous: nobody can be in the position",
    "refuted": "not guaranteed",
    "unknown": "unknown",
}
"""Kinds of a verdict in words: the page and its files say the same."""


def proof_rows(context: DossierContext) -> list[list[Cell]]:
    """Header and one row for each verdict, the draft's first."""
    return [list(HEADER), *(_row(proof) for proof in context.guarantees.every)]


def _row(proof: ShownProof) -> list[Cell]:
    how = "; ".join(part for part in (HOW[proof.kind], proof.reason, proof.life) if part)
    return [
        proof.id, proof.law, proof.instrument, proof.article, proof.name, sentence(proof.says),
        proof.written, proof.verdict, how, proof.limit, _needs(proof), told(proof.person),
        told(proof.other), *people_cells(proof), proof.not_counted, proof.claim,
    ]  # fmt: skip


def sentence(parts: Iterable[Part]) -> str:
    """A property in plain words on one line."""
    return ". ".join(
        f"{part.head}: {'; '.join(part.lines)}" if part.lines else part.head for part in parts
    )


def _needs(proof: ShownProof) -> str:
    """What carries a proof; for a text with dead rules those, for elements those that operate."""
    if proof.dead:
        return "; ".join(f"decides nothing: {_reference(ref)}" for ref in proof.dead)
    if proof.operating:
        return f"operate: {'; '.join(proof.operating)}. Missing: {'; '.join(proof.idle)}"
    return "; ".join(articles_text(one) for one in proof.needs)


def articles_text(made: Articles) -> str:
    """`Refugee Convention: Articles 1A, 33, Annex B`."""
    numbers = [a.removeprefix("Article ") for a in made.articles if a.startswith("Article ")]
    others = [a for a in made.articles if not a.startswith("Article ")]
    word = "Article" if len(numbers) == 1 else "Articles"
    named = [f"{word} {', '.join(numbers)}"] if numbers else []
    return f"{made.instrument}: {', '.join((*named, *others))}"


def _reference(ref: ArticleRef) -> str:
    return f"{ref.instrument}, {ref.article} ({ref.heading})"


def told(person: InventedPerson | None) -> str:
    """An invented person in one cell, with what is guaranteed and what is missing."""
    if person is None:
        return ""
    facts = [f"{fact.meaning}: {fact.value}" for fact in (*person.facts, *person.differs)]
    rights = [
        f"{right.right}: {right.statement}"
        + "".join(f" by {_reference(ref)}" for ref in right.by)
        + "".join(f"; missing {_reference(ref)}" for ref in right.missing)
        for right in person.rights
    ]
    who = f"Invented person. {person.who}"
    return ". ".join((who, "; ".join(facts) or "All else is ordinary", *rights))


def people_cells(proof: ShownProof) -> list[Cell]:
    """Certain, possible and assumed as they are published; empty where nobody falls through."""
    if proof.person is None or proof.verdict != "refuted":
        return ["", "", ""]
    shown = shown_bounds(proof.people)
    if shown is None:
        return [NOT_COUNTED] * 3
    return [
        n.value if isinstance(n, Withheld) else n
        for n in (shown.certain, shown.possible, shown.assumed)
    ]


def proofs_document(context: DossierContext) -> dict[str, object]:
    """All verdicts with their law, day, solvers, coverage, readings, sources and assumptions."""
    guarantees = context.guarantees
    return {
        "title": context.title,
        "version": context.version,
        "made_up": context.made_up,
        "today": context.today,
        "draft": context.draft,
        "law_on": context.law_on,
        "run_on": context.run_on,
        "persons": "invented by the solver, and seen by explain as well",
        "solvers": guarantees.engines,
        "seconds_each": guarantees.seconds_each,
        "assumptions": context.assumptions,
        "coverage": [
            {"instrument": c.title, "id": c.id, "share": c.share()} for c in context.coverage
        ],
        "readings": context.readings,
        "proofs": [_in_full(proof) for proof in guarantees.every],
        "duties": [
            {"draft": duty.draft.id, "today": duty.today.id if duty.today is not None else None}
            for duty in guarantees.duties
        ],
        "sources": [source for source in context.sources if source.id in guarantees.sources],
    }


def _in_full(proof: ShownProof) -> dict[str, object]:
    made = plain(proof)
    fields: dict[str, object] = dict(made) if isinstance(made, dict) else {}
    names = ("certain", "possible", "assumed")
    cells = dict(zip(names, people_cells(proof), strict=True)) if proof.people else None
    return {**fields, "kind": proof.kind, "people": cells}
