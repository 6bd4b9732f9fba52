"""Where readings part: the questions on which the answer moves with the reading taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.agreement.conditions import ParameterRef, atoms, operands
from comity.agreement.instruments import Definition, Holding
from comity.agreement.nodes import Norm, Parameter, Standstill, Under
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime, conditions_of
from comity.explain.evaluate import Evaluation


@dataclass(frozen=True, slots=True)
class Parting:
    """A question on which readings part, where the answer moves: the bounds under each option."""

    question: str
    text: str
    right: str
    under: tuple[tuple[str, str, Bounds], ...]


def own_questions(regime: Regime) -> list[str]:
    """The questions of the instruments of the regime, by `INSTRUMENT/NAME`."""
    return [key for key in regime.questions if key.partition("/")[0] in regime.by_id]


def partings(evaluation: Evaluation) -> list[Parting]:
    """Where the answer moves with the reading: one question at a time, the others as chosen."""
    regime, day = evaluation.regime, evaluation.on
    found = []
    for key in own_questions(regime):
        options = regime.options_on(key, day)
        if len(options) < 2:
            continue
        taken = regime.reading_of(key, day)
        under = [
            (o, evaluation if o.name == taken else _read_as(evaluation, key, o.name))
            for o in options
        ]
        for right in rights_touched(regime, key):
            bounds = [(o.name, o.holder, other.bounds(right)) for o, other in under]
            if len({b for _name, _holder, b in bounds}) > 1:
                found.append(Parting(key, regime.questions[key].question, right, tuple(bounds)))
    return found


def _read_as(evaluation: Evaluation, question: str, option: str) -> Evaluation:
    return Evaluation(evaluation.regime.reading(question, option), evaluation.case)


def rights_touched(regime: Regime, question: str) -> tuple[str, ...]:
    """The rights that a question can bear on: those of the norms that hang on one of its variants.

    Decided from the text alone, once for each regime.
    """
    known: dict[str, tuple[str, ...]] = vars(regime).setdefault("rights_touched", {})
    if question not in known:
        known[question] = _rights_touched(regime, question)
    return known[question]


def _rights_touched(regime: Regime, question: str) -> tuple[str, ...]:
    instrument, _, name = question.partition("/")
    parameters = {
        s.name
        for s in regime.library[instrument].statements
        if isinstance(s, Parameter) and s.under is not None and s.under.question == name
    }
    touched: set[str] = set()
    for key in regime.order:  # what a node depends on stands before it
        variants = list(_variants(regime, key))
        if (
            any(_is_under(v.frame.under, key, instrument, name) for v in variants)
            or any(_reads(v, instrument, parameters) for v in variants)
            or any(other in touched for other in regime.depends_on(key))
        ):
            touched.add(key)
    rights = {u.right for units in regime.units.values() for u in units if u.node in touched}
    for own in regime.instruments:
        for node in own.holdings:
            # what earlier rules gave may hang on the reading too; a draft has no earlier day
            if isinstance(node, Standstill) and (node.since is not None or own.parties):
                rights.update(node.rights)
    return tuple(right for right in regime.vocabulary.rights if right in rights)


def _variants(regime: Regime, key: str) -> Iterator[Holding | Definition]:
    instrument, _, rest = key.partition("/")
    if rest.startswith("term "):
        yield from regime.definitions.get(f"{instrument}/{rest.removeprefix('term ')}", ())
    yield from regime.nodes.get(key, ())


def _is_under(under: Under | None, key: str, instrument: str, name: str) -> bool:
    return under is not None and under.question == name and key.startswith(f"{instrument}/")


def _reads(variant: Holding | Definition, instrument: str, parameters: set[str]) -> bool:
    """Whether a node or definition reads one of the instrument's parameters."""
    if not parameters:
        return False
    conditions = list(getattr(variant, "when", ())) or (
        conditions_of(variant) if not hasattr(variant, "id") else []
    )
    read = {o for c in conditions for atom in atoms(c) for o in operands(atom)}
    if isinstance(variant, Norm):
        read |= {b.level for b in variant.boundings if isinstance(b.level, ParameterRef)}
    return any(ParameterRef(instrument, name) in read for name in parameters)
