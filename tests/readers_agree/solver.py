"""The solver's model held against `explain`: everything that is told of a person, asked of both.

    asked = asked_of(draw)
    for case in draw.cases: assert not asked.differing(case)

Every fact of the person is fixed in the solver, which must then have no choice left: there is a
model, and none in which one truth is another than `explain` says. The other way round, a person is
read from any model, of whom `explain` must say what the model says (`Asked.read_back`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from random import Random
from typing import Any

import z3

from comity.agreement.cases import Case
from comity.agreement.coding.allowed import Numbers
from comity.agreement.coding.formulas import SURELY, Formula, Some
from comity.agreement.latitude import bounds_of, may_be_reserved, parameters_of
from comity.agreement.regimes import Regime
from comity.agreement.values import Possible, Range, Truth, exactly
from comity.explain.evaluate import Evaluation
from comity.prove.assignments import values_of
from comity.prove.fields import Field, Number, Values
from comity.prove.law import NONE, Latitude, Law
from comity.prove.persons import person_in
from comity.prove.script import Script, Writer
from tests.readers_agree.draws import Draw
from tests.readers_agree.people import broken_axioms, said_by_the_text
from tests.readers_agree.told import Said, Told, everything_told
from tests.readers_agree.words import RIGHTS, WORDS

FREE = Latitude(parameters=True, reservations=True)
"""Everything that a proof may range over besides cases."""


@dataclass(frozen=True)
class Saying:
    """A truth by its name in one script; `right` as for `Told`."""

    name: str
    formula: Formula
    right: str = ""


def sayings_of(law: Law, told: Iterable[Told]) -> list[Saying]:
    """What is told, as the formulas of a law."""
    return [Saying(one.name, one.formula(law), one.right) for one in told]


# ---- one script ----
class Asked:
    """One script with all that is told as its goals, in a z3 of its own.

    Beside each goal stands a truth that is what `explain` says, and one that `explain` says
    anything; `other` is that some goal is not as said. A person is then a list of assumptions, and
    nothing is built anew from one to the next.
    """

    def __init__(
        self, laws: Sequence[Law], sayings: Sequence[Saying], *, labelled: bool = False
    ) -> None:
        self.sayings = tuple(sayings)
        every = [saying.formula for saying in self.sayings]
        worlds = [law.possible(Some(tuple(every))) for law in laws]
        levels = {right: levels_of(laws[0], right) for right in RIGHTS}
        goals = (*every, *worlds, *(level for several in levels.values() for level in several))
        self.script: Script = Writer(laws, SURELY, labelled=labelled, goals=goals).write()
        names = iter(self.script.goals)
        self.goals = list(islice(names, len(every)))
        self.worlds = list(islice(names, len(worlds)))
        self.ranks = {right: list(islice(names, len(levels[right]))) for right in RIGHTS}
        self.context = z3.Context()
        self.solver = z3.SimpleSolver(ctx=self.context)
        self.solver.from_string("\n".join((self.script.text, *self._said())))
        self._integers = {f.symbol for f in self.script.fields.values() if is_integer(f)}
        self._literals: dict[tuple[str, int], Any] = {}
        self.labels = dict.fromkeys(self.script.labels.values(), True)

    def _said(self) -> Iterator[str]:
        """Declares what `explain` says of each goal, and that some goal is not as said."""
        ways = []
        for n, (saying, goal) in enumerate(zip(self.sayings, self.goals, strict=True)):
            yield f"(declare-const known{n} Bool)"
            ranks = self.ranks[saying.right] if saying.right else ("true",)
            for rank, name in enumerate(ranks):
                yield f"(declare-const said{n}.{rank} Bool)"
                ways.append(f"(and known{n} {name} (distinct {goal} said{n}.{rank}))")
        yield f"(declare-const other Bool)(assert (= other (or {' '.join(ways)})))"

    def text(self, values: Values, said: Sequence[Said] = ()) -> str:
        """The same as SMT-LIB text, for another solver: symbols with values, and what is said."""
        every = {name: value for n, truths in enumerate(said) for name, value in _as(n, truths)}
        known = {f"known{n}": True for n in range(len(self.sayings))}
        facts = (
            f"(assert (= {symbol} {str(value).lower()}))"
            for symbol, value in (known | dict(values) | every).items()
        )
        return "\n".join((self.script.text, *self._said(), *facts, ""))

    def literal(self, symbol: str, value: bool | int) -> Any:
        """That a symbol has a value."""
        if (symbol, value) not in self._literals:
            if symbol in self._integers:
                found = z3.Int(symbol, self.context) == value
            else:
                truth = z3.Bool(symbol, self.context)
                found = truth if value else z3.Not(truth)
            self._literals[symbol, value] = found
        return self._literals[symbol, value]

    def is_possible(self, *several: Mapping[str, bool | int]) -> bool:
        """Whether there is a model in which symbols have some values, under every label."""
        literals = [
            self.literal(symbol, value).as_ast()
            for values in (self.labels, *several)
            for symbol, value in values.items()
        ]
        asts = (z3.Ast * len(literals))(*literals)  # `Solver.check` is ten times slower about it
        answer = z3.Z3_solver_check_assumptions(
            self.context.ref(), self.solver.solver, len(literals), asts
        )
        assert answer != 0, self.solver.reason_unknown()
        return bool(answer > 0)

    # ---- forth: a person as values ----
    def differing(self, values: Values, said: Sequence[Said]) -> list[str]:
        """Names of what the solver does not say as `explain` says it; none, if all agree."""
        if not self.is_possible(values):
            return ["there is no such person"]
        every = {name: value for n, truths in enumerate(said) for name, value in _as(n, truths)}
        if not self.is_possible(values, every, {"other": True}):
            return []
        return [
            saying.name
            for n, (saying, truths) in enumerate(zip(self.sayings, said, strict=True))
            if self.is_possible(values, dict(_as(n, truths)), self._only(n), {"other": True})
        ]

    def _only(self, number: int) -> Mapping[str, bool]:
        return {f"known{n}": False for n in range(len(self.sayings)) if n != number}

    # ---- back: a model as a person ----
    def model(
        self, values: Values, *, may_exist: bool = True
    ) -> tuple[dict[str, bool | int], dict[str, bool]] | None:
        """Values of all symbols and the truth of each goal in a model that has some values, if any.

        may_exist: only of a person who may exist, as far as the goals hang on it.
        """
        if not self.is_possible(values, dict.fromkeys(self.worlds, True) if may_exist else {}):
            return None
        model = self.solver.model()
        found = {symbol: self._value(model, symbol) for symbol in self.script.symbols}
        return found, {goal: bool(self._value(model, goal)) for goal in self.script.goals}

    def _value(self, model: Any, symbol: str) -> bool | int:
        is_number = symbol in self._integers
        kind = z3.Int if is_number else z3.Bool
        found = model.eval(kind(symbol, self.context), model_completion=True)
        return int(found.as_long()) if is_number else bool(z3.is_true(found))

    def untrue(self, goals: Mapping[str, bool], said: Sequence[Said]) -> list[str]:
        """Names of what a model says otherwise than `explain` does of the person read from it.

        What `explain` says nothing of (UNKNOWN) is left alone.
        """
        found = []
        for saying, goal, truths in zip(self.sayings, self.goals, said, strict=True):
            ranks = self.ranks[saying.right] if saying.right else ()
            rank = next((n for n, name in enumerate(ranks) if goals[name]), 0)
            if Truth.UNKNOWN not in truths and truths[rank] is not Truth.of(goals[goal]):
                found.append(saying.name)
        return found


def _as(number: int, truths: Said) -> Iterator[tuple[str, bool]]:
    """The symbols of what `explain` says of a goal; of a goal of ranks it knows all or none."""
    if Truth.UNKNOWN in truths:
        yield f"known{number}", False
    for rank, truth in enumerate(truths):
        yield f"said{number}.{rank}", truth is Truth.TRUE


def levels_of(law: Law, right: str) -> list[Formula]:
    """That the rank which varies is each rank of a right in turn."""
    ranks = range(1, WORDS.rights[right].top + 1)
    return [law.record(law.rank_of(right), Numbers(((rank, rank),))) for rank in ranks]


def is_integer(one: Field) -> bool:
    """Whether a field is an integer of the solver, not a truth a threshold."""
    return isinstance(one, Number) and one.meets


# ---- one regime ----
@dataclass
class AskedOfRegime:
    """A regime on a day, asked of both readers.

    latitude: what its law ranges over. The law that ranges over no declaration takes them from the
    text, and so must `explain`: the case then says nothing of them.
    """

    regime: Regime
    on: date
    latitude: Latitude = NONE
    labelled: bool = False
    told: tuple[Told, ...] = ()
    law: Law = field(init=False)
    asked: Asked = field(init=False)

    def __post_init__(self) -> None:
        self.told = self.told or everything_told(self.regime, self.on)
        self.law = Law(self.regime, self.on, latitude=self.latitude)
        self.asked = Asked((self.law,), sayings_of(self.law, self.told), labelled=self.labelled)

    def explained(self, case: Case) -> list[Said]:
        """What `explain` says of a person."""
        evaluation = Evaluation(self.regime, case)
        return [one.explained(evaluation) for one in self.told]

    def differing(self, case: Case, said: Sequence[Said] | None = None) -> list[str]:
        """Names of what the two readers do not say alike of a person all of whose facts are known."""
        case = within_the_law(self.regime, case, self.latitude)
        values = values_of(self.asked.script, case, WORDS)
        return self.asked.differing(values, said or self.explained(case))

    def truths(self, case: Case) -> list[bool]:
        """What a model says of a person all of whose facts are known."""
        case = within_the_law(self.regime, case, self.latitude)
        found = self.asked.model(values_of(self.asked.script, case, WORDS), may_exist=False)
        assert found is not None
        return [found[1][goal] for goal in self.asked.goals]

    def shut_out(self, case: Case) -> bool:
        """Whether the law's worlds leave out a person who may exist and is as the text lists."""
        case = within_the_law(self.regime, case, self.latitude)
        listed = said_by_the_text(self.regime, case)
        denied = any(v > case.facts.get(path, v) for path, v in listed.items())
        if denied or broken_axioms(case):
            return False
        values = values_of(self.asked.script, case, WORDS)
        return self.asked.model(values) is None

    def read_back(self, rng: Random, case: Case) -> tuple[Case, list[str]] | None:
        """A person whom the solver makes up from some facts of a case; what it says otherwise of them.

        None: nobody who may exist has those facts.
        """
        case = within_the_law(self.regime, case, self.latitude)
        given = values_of(self.asked.script, case, WORDS)
        kept = {
            symbol: given[symbol]
            for one in self.asked.script.fields.values()
            if rng.random() < 0.4
            for symbol in one.symbols()
            if symbol in given
        }
        found = self.asked.model(kept)
        if found is None:
            return None
        values, goals = found
        person = person_in(self.asked.script, values, self.law, self.on)
        names = self.asked.untrue(goals, self.explained(person))
        return person, [*names, *self._not_as_the_text_has_it(person)]

    def _not_as_the_text_has_it(self, person: Case) -> Iterator[str]:
        """Why there is no such person: an axiom, what the text lists, what it permits."""
        yield from (f"the axiom {axiom}" for axiom in broken_axioms(person))
        for path, truth in said_by_the_text(self.regime, person).items():
            if truth > person.facts.get(path, truth):
                yield f"{path}, as the text lists"
        for path in person.facts:
            name, _, article = path.removeprefix("reserved ").partition("/")
            if path.startswith("reserved ") and not may_be_reserved(
                self.regime.by_id[name], article
            ):
                yield f"{path}, which nobody may"
        for key, parameter in parameters_of(self.regime, self.on):
            value, (low, high) = person.facts.get(f"parameter {key}"), bounds_of(parameter)
            if isinstance(value, Range) and not low <= value.low <= high:
                yield f"parameter {key} out of bounds"


def asked_of(draw: Draw, latitude: Latitude = NONE, *, labelled: bool = False) -> AskedOfRegime:
    """All that a drawn agreement says, on the day of the draw."""
    return AskedOfRegime(draw.regime, draw.on, latitude, labelled)


def within_the_law(regime: Regime, case: Case, latitude: Latitude) -> Case:
    """The case with what a law ranges over said, and with nothing said of what it does not."""
    facts = {p: v for p, v in case.facts.items() if not _is_fixed(p, latitude)}
    if latitude.parameters:
        facts = {**_parameters(regime, case), **facts}
    return Case(case.on, facts, case.ordinary, case.sponsor, case.title)


def _is_fixed(path: str, latitude: Latitude) -> bool:
    if path.startswith("parameter "):
        return not latitude.parameters
    return path.startswith(("declared ", "reserved ")) and not latitude.reservations


def _parameters(regime: Regime, case: Case) -> dict[str, Possible]:
    """Each parameter at its value of the day, or at the bound of the text that is nearest to it."""
    found: dict[str, Possible] = {}
    for key, parameter in parameters_of(regime, case.on):
        low, high = bounds_of(parameter)
        instrument, _, name = key.partition("/")
        value = regime.parameter(instrument, name, case.on)
        found[f"parameter {key}"] = exactly(min(max(value, low), high))
    return found
