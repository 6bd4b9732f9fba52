"""A difference between two readers as one reads it: the smallest agreement that still shows it.

Statements, parties and people's facts are left out one by one as long as the two still differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from comity.agreement.cases import Case
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Table
from comity.agreement.regimes import Regime
from comity.agreement.values import Members, Options, Possible, Range
from comity.language.printer import statement_text, table_text
from tests.readers_agree.words import WORDS

Differ = Callable[[Regime, Case], bool]


def difference(regime: Regime, case: Case, names: list[str], differ: Differ | None = None) -> str:
    """What a failing comparison prints: the agreement, the case, and what is not said alike.

    differ: whether two readers still differ under a smaller agreement; None: nothing is left out.
    """
    if differ is not None:
        regime = smallest(regime, case, differ)
    said = "\n".join(f"  {name}" for name in names)
    return f"not said alike:\n{said}\n\n{text_of(regime)}\n\n{text_of_case(case)}"


def smallest(regime: Regime, case: Case, differ: Differ) -> Regime:
    """The regime without whatever can be left out while the readers still differ."""
    found = True
    while found:
        found = False
        for smaller in _smaller(regime):
            if _still(smaller, case, differ):
                regime, found = smaller, True
                break
    return regime


def _still(regime: Regime, case: Case, differ: Differ) -> bool:
    try:
        return differ(regime, case)
    except (AssertionError, KeyError, IndexError):
        return False  # what is left names what is gone


def _smaller(regime: Regime) -> Iterator[Regime]:
    for number, instrument in enumerate(regime.instruments):
        for other in _without_something(instrument):
            several = (*regime.instruments[:number], other, *regime.instruments[number + 1 :])
            yield replace(regime, instruments=several, library={i.id: i for i in several})
    if regime.for_every_host != frozenset(regime.by_id):
        yield replace(regime, for_every_host=frozenset(regime.by_id))


def _without_something(instrument: Instrument) -> Iterator[Instrument]:
    body = instrument.statements
    for n in reversed(range(len(body))):
        yield replace(instrument, statements=(*body[:n], *body[n + 1 :]))
    for n, one in enumerate(body):
        when = getattr(one, "when", ())
        for k in range(len(when)):
            shorter = replace(one, when=(*when[:k], *when[k + 1 :]))  # type: ignore[type-var]
            yield replace(instrument, statements=(*body[:n], shorter, *body[n + 1 :]))
    for name in ("parties", "reservations", "declarations", "exercised"):
        several = getattr(instrument, name)
        for n in range(len(several)):
            yield replace(instrument, **{name: (*several[:n], *several[n + 1 :])})


# ---- for a person to read ----
def text_of(regime: Regime) -> str:
    """The agreement as it would be written, what stands before its articles first."""
    read = {**regime.readings, **regime.parameters}
    lines = [f"regime {regime.name}, for every host {sorted(regime.for_every_host)}, {read}"]
    for one in regime.instruments:
        lines += ["", f"# {one.id}, {one.force}, in force {one.in_force}, ended {one.ended}"]
        for name in ("parties", "reservations", "declarations", "exercised"):
            lines += [f"{name}: {entry}" for entry in getattr(one, name)]
        lines += [f"elements: {dict(one.elements)}"] if one.elements else []
        for statement in one.statements:
            lines.append(statement_text(statement, WORDS, instrument=one.id))
            if isinstance(statement, Table):
                lines.append(table_text(statement, WORDS))
    return "\n".join(lines)


def text_of_case(case: Case) -> str:
    """The day and every fact of a case."""
    return "\n".join((f"on {case.on}", *(f"{p} {_told(v)}" for p, v in sorted(case.facts.items()))))


def _told(known: Possible) -> str:
    match known:
        case Range(low, high):
            return str(low) if low == high else f"{low}..{high}"
        case Options(names):
            return " or ".join(sorted(names)) if names is not None else "any"
        case Members(surely, perhaps):
            return f"{sorted(surely)}" if perhaps == surely else f"{surely}..{perhaps}"
        case _:
            return known.name.lower()
