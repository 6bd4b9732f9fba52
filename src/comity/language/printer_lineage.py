"""Lines and vectors of fact sheets, and what a conclusion was carried into, as text."""

from __future__ import annotations

from comity.agreement.lineage import Carried, SheetLine, Vector
from comity.language.printer_layout import Words, kept, names, quoted


def lineage(words: Words, made: SheetLine | Vector | Carried) -> str:
    """The whole statement, on one line."""
    if isinstance(made, Carried):
        target = (
            words.node(made.target)
            if made.target
            else f"{quoted(made.words)} in {kept(names(made.states))}"
        )
        doubt = f" check {quoted(made.doubt)}" if made.doubt else ""
        day = kept(f"from {made.since.isoformat()}")
        source = words.node(made.source)
        return f"carried {source} into {target}{doubt} {day} {quoted(made.evidence)}"
    if isinstance(made, SheetLine):
        word, answers = "line", names(made.nodes)
    else:
        word, answers = "vector", names(quoted(title) for title in made.cases)
    if made.reason:
        noted = f" {quoted(made.note)}" if made.note else ""
        answers = f"{kept('no rule')} {made.reason}{noted}"
    return f"{word} {made.number}: {answers}"
