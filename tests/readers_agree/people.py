"""Random people of whom everything is known, and who may exist: the axioms hold of each."""

from __future__ import annotations

from datetime import date
from functools import cache
from random import Random

from comity.agreement.cases import Case
from comity.agreement.conditions import Condition, FactRef, atoms, operands
from comity.agreement.latitude import bounds_of, parameters_of, reservable_articles
from comity.agreement.regimes import Regime
from comity.agreement.values import Options, Possible, Truth, exactly
from comity.explain.evaluate import Evaluation
from tests.readers_agree.generator import TODAY, law_facts
from tests.readers_agree.words import WORDS, drawn_value

PATHS = tuple(WORDS.concrete_paths())
_NO_LAW = Regime("no law", (), WORDS, {})


def complete_case(rng: Random, regime: Regime, on: date = TODAY, *, contrary: float = 0.0) -> Case:
    """A random person of whom every fact is known, and every fact about the law's operation.

    What the text itself says that the host has done (`exercised`, `declared`) the case says too;
    contrary: the chance of each such fact to be drawn at random all the same, for the case goes
    before the text.
    """
    case = somebody(rng, on)
    facts = dict(case.facts)
    said = said_by_the_text(regime, case)
    for path in operation_facts(regime):
        is_said = path in said and (not contrary or rng.random() >= contrary)
        facts[path] = said[path] if is_said else drawn_value(rng, path)
    return Case(on, facts)


def somebody(rng: Random, on: date) -> Case:
    """A random person before a random host, every fact of the vocabulary known."""
    facts = {path: drawn_value(rng, path) for path in PATHS}
    while broken := broken_axioms(Case(on, facts)):
        for path in dict.fromkeys(path for axiom in broken for path in paths_of(axiom)):
            facts[path] = drawn_value(rng, path)
    return Case(on, facts)


def broken_axioms(case: Case) -> list[Condition]:
    """The axioms that do not hold of a person."""
    evaluation = Evaluation(_NO_LAW, case)
    conditions = (axiom.condition for axiom in WORDS.axioms)
    return [one for one in conditions if evaluation.truth(one) is not Truth.TRUE]


@cache
def paths_of(condition: Condition) -> tuple[str, ...]:
    """The facts that a condition names, in its order."""
    named = (o for atom in atoms(condition) for o in operands(atom))
    return tuple(dict.fromkeys(o.path for o in named if isinstance(o, FactRef)))


def varied(rng: Random, regime: Regime, case: Case) -> Case:
    """The same case with what the text leaves open: parameters within bounds, reservations.

    What a proof `over parameters, reservations` ranges over. Each parameter is moved by chance; of
    the articles that may be reserved some are.
    """
    facts: dict[str, Possible] = {}
    for key, parameter in parameters_of(regime, case.on):
        low, high = bounds_of(parameter)
        if rng.random() < 0.6:
            facts[f"parameter {key}"] = exactly(rng.randint(low, high))
    for instrument in regime.instruments:
        for article in reservable_articles(instrument):
            facts[f"reserved {instrument.id}/{article}"] = Truth.of(rng.random() < 0.25)
    return case.with_facts(facts)


# ---- the law's operation ----
def operation_facts(regime: Regime) -> tuple[str, ...]:
    """Every `exercised`, `adopted`, `acquired` and `declared` fact that a case may state."""
    kept: tuple[str, ...] | None = vars(regime).get("_operation_facts")
    if kept is None:
        declared = (f"declared {i.id}/{d.name}" for i in regime.instruments for d in i.declarations)
        kept = tuple(dict.fromkeys((*law_facts(regime), *declared)))
        vars(regime)["_operation_facts"] = kept
    return kept


def said_by_the_text(regime: Regime, case: Case) -> dict[str, Truth]:
    """What the front matter says that the host has done by the day of the case.

    A power that it does not list may have been exercised; a declaration that it does not list has
    not been made.
    """
    assert isinstance(case.host, Options)
    assert case.host.names is not None
    [host] = case.host.names
    said: dict[str, Truth] = {}
    for instrument in regime.instruments:
        for declaration in instrument.declarations:
            path = f"declared {instrument.id}/{declaration.name}"
            made = declaration.spell.state == host and declaration.spell.on(case.on)
            said[path] = max(said.get(path, Truth.FALSE), Truth.of(made))
        for exercise in instrument.exercised:
            if exercise.spell.state == host and exercise.spell.on(case.on):
                said[f"exercised {instrument.key(exercise.power)}"] = Truth.TRUE
    return said


def silent_where_the_text_speaks(regime: Regime, case: Case) -> Case:
    """The same case without what the front matter says of every day: its positions are the same.

    What the text says only from some day on is kept: a standstill asks of an earlier day, for which
    the text answers with what it says of that day, and the case with what it says of its own.
    """
    dated = {
        path
        for i in regime.instruments
        for path, spell in (
            *((f"declared {i.id}/{d.name}", d.spell) for d in i.declarations),
            *((f"exercised {i.key(e.power)}", e.spell) for e in i.exercised),
        )
        if (spell.since, spell.until) != (None, None)
    }
    said = said_by_the_text(regime, case)
    kept = {p: v for p, v in case.facts.items() if p in dated or p not in said or said[p] != v}
    return Case(case.on, kept)
