"""Circles and depth of definitions, exceptions and prevalence, over everything read together."""

from __future__ import annotations

from comity.agreement.instruments import article_of
from comity.agreement.nodes import Choice, Table, Term
from comity.agreement.regimes import Cycle, Regime
from comity.agreement.spans import Span
from comity.language.faults import Fault
from comity.language.resolved import Library

DEEPEST = 60
"""Definitions and exceptions that may build on one another in a row."""


def check_cycles(library: Library) -> None:
    """E310 and E320, over everything that was read together."""
    if not library.instruments:
        return
    everything = Regime(
        "all", tuple(library.instruments.values()), library.vocabulary, library.instruments
    )
    try:
        order = everything.order
    except Cycle as cycle:
        library.faults.append(_cycle_fault(library, cycle))
        return
    except RecursionError:
        first = next(iter(library.instruments.values()))
        library.faults.append(_too_deep(library, f"{first.id}/", "hundreds"))
        return
    depth: dict[str, int] = {}
    for key in order:
        depth[key] = 1 + max(
            (depth.get(other, 0) for other in everything.depends_on(key)), default=0
        )
        if depth[key] > DEEPEST:
            library.faults.append(_too_deep(library, key, f"more than {DEEPEST}"))
            return
    for instrument in library.instruments.values():
        beside = (library.instruments[n] for n in instrument.with_ if n in library.instruments)
        together = Regime(
            instrument.id, (instrument, *beside), library.vocabulary, library.instruments
        )
        try:
            together.check_acyclic()
        except Cycle as cycle:
            library.faults.append(_cycle_fault(library, cycle))


def _too_deep(library: Library, key: str, how_deep: str) -> Fault:
    span = _span_of(library, key)
    document = library.documents[key.partition("/")[0]]
    return Fault(
        "E112",
        f"definitions and exceptions build on one another {how_deep} deep",
        span,
        document.excerpt(span.line),
        suggestion="say some of them in the one that they lead to",
    )


def _cycle_fault(library: Library, cycle: Cycle) -> Fault:
    key = cycle.path[0]
    name, _, node_id = key.partition("/")
    document = library.documents.get(name)
    span = _span_of(library, key)
    return Fault(
        "E320" if cycle.what.startswith("prevalence") else "E310",
        f"{cycle.what} run in a circle: {' -> '.join(cycle.path)}",
        span,
        document.excerpt(span.line) if document else "",
        suggestion="define one of these without the others"
        if node_id.startswith("term ")
        else f"cut the circle at one of these, for instance in article {article_of(node_id)}",
    )


def _span_of(library: Library, key: str) -> Span:
    name, _, node_id = key.partition("/")
    instrument = library.instruments[name]
    for statement in instrument.statements:
        if isinstance(statement, (Term, Table, Choice)):
            if node_id == f"term {statement.name}":
                return statement.span
        elif getattr(statement, "id", "") == node_id:
            return statement.span
    return instrument.span
