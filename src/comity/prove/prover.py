"""Asking a solver whether a property holds, and reading what it says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, product
from typing import Any

from comity.agreement.coding.formulas import Formula, Some, all_of
from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.agreement.statements import (
    AgainstInstrument,
    Decommodified,
    EqualFooting,
    Implies,
    LabourNeverAlone,
    Monotone,
    Never,
    NeverStuck,
    NoConflict,
    NoDeadText,
    NoGap,
    OperatesOnlyWith,
    PossibleCase,
    Proof,
    Reachable,
    TableComplete,
)
from comity.prove.dead_text import cells, deciding
from comity.prove.fingerprints import Fingerprints
from comity.prove.law import NONE, Latitude, Law, keys_of
from comity.prove.lives import default_bounds, reachable
from comity.prove.persons import ordinary_of, person_in
from comity.prove.questions import Asker, Question
from comity.prove.script import Script, Writer
from comity.prove.solvers import USUAL, Limits, Reply, Solver
from comity.prove.verdicts import Finding, Verdict

_MOST_READINGS = 128

Against = Callable[[Regime, Instrument | None, str, str], Regime]
"""The regime of another instrument, `alone` or `instead` of the one whose proof it is."""


class Disagreement(Exception):
    """Two solvers say opposite things of the same text: a fault of one of them, or of ours."""

    code = "E456"
    name = "readers-disagree"
    help = "this is a fault of comity or of a solver: please report the text and the property"


class Prover:
    """Asks one solver, or two that must agree. Use as a context, so that their processes end.

    Findings are kept by the print of what they hang on, and answers by the text of the question:
    what an edit does not touch is not asked again.
    """

    def __init__(
        self, *, cross_check: bool = False, limits: Limits = USUAL, needs: bool = True
    ) -> None:
        self.solver = Solver("z3", limits)
        self.second = Solver("cvc5", limits) if cross_check else None
        self.needs = needs
        self.asked = 0
        self.solving = 0.0
        self._kept: dict[object, Reply] = {}
        self._laws: dict[object, tuple[Regime, Law]] = {}
        self._prints: dict[int, tuple[Regime, Fingerprints]] = {}
        self._found: dict[object, Finding] = {}

    def __enter__(self) -> Prover:
        return self

    def __exit__(self, *_: object) -> None:
        self.solver.stop()
        if self.second is not None:
            self.second.stop()

    @property
    def engines(self) -> tuple[str, ...]:
        """The solvers that are asked."""
        return ("z3",) if self.second is None else ("z3", "cvc5")

    # ---- proofs ----
    def prove(
        self,
        proof: Proof,
        regime: Regime,
        day: date,
        *,
        owner: Instrument | None = None,
        against: Against | None = None,
    ) -> Finding:
        """Whether a property holds of a regime on a day, under the readings and for what it ranges over."""
        asked = None
        if not isinstance(proof.property, AgainstInstrument):
            asked = (self._prints_of(regime).of(proof, day), owner.id if owner is not None else "")
            if asked in self._found:
                return self._found[asked]
        finding = self._over_readings(proof, regime, day, owner, against)
        if asked is not None and finding.verdict is not Verdict.UNKNOWN:
            self._found[asked] = finding
        return finding

    def _prints_of(self, regime: Regime) -> Fingerprints:
        if id(regime) not in self._prints:
            self._prints[id(regime)] = regime, Fingerprints(regime)
        return self._prints[id(regime)][1]

    def _over_readings(
        self,
        proof: Proof,
        regime: Regime,
        day: date,
        owner: Instrument | None,
        against: Against | None,
    ) -> Finding:
        finding = Finding(Verdict.PROVED)
        began, before = time.perf_counter(), self.solving
        for read in self._readings(proof, regime, day):
            if isinstance(read, str):
                return Finding(Verdict.UNKNOWN, limit=read, engines=self.engines)
            finding = self._under(proof, read, day, owner, against)
            if finding.verdict is not Verdict.PROVED:
                chosen = {k: v for k, v in read.readings.items() if regime.readings.get(k) != v}
                finding = replace(finding, readings=chosen)
                break
        seconds = self.solving - before
        building = time.perf_counter() - began - seconds
        return replace(finding, seconds=seconds, building=building, engines=self.engines)

    def _readings(self, proof: Proof, regime: Regime, day: date) -> Iterator[Regime | str]:
        if "readings" not in proof.over:
            yield regime
            return
        bears = self._prints_of(regime).questions(proof)
        questions = [q for q in regime.questions if q in bears]
        options = [[o.name for o in regime.options_on(q, day)] or [""] for q in questions]
        ways = product(*options)
        for way in islice(ways, _MOST_READINGS):
            read = regime
            for question, option in zip(questions, way, strict=True):
                read = read.reading(question, option) if option else read
            yield read
        if next(ways, None) is not None:
            yield f"readings: more than {_MOST_READINGS} together"

    def law(self, regime: Regime, day: date, latitude: Latitude = NONE, tag: str = "") -> Law:
        """The formulas of a regime, made once."""
        asked = (id(regime), day, latitude, tag)
        if asked not in self._laws:  # kept with the regime, whose id is then its own
            self._laws[asked] = regime, Law(regime, day, tag=tag, latitude=latitude)
        return self._laws[asked][1]

    def _under(
        self,
        proof: Proof,
        regime: Regime,
        day: date,
        owner: Instrument | None,
        against: Against | None,
    ) -> Finding:
        latitude = Latitude("parameters" in proof.over, "reservations" in proof.over)
        law = self.law(regime, day, latitude)

        def other(name: str, how: str) -> Law:
            assert against is not None
            return self.law(against(regime, owner, name, how), day, latitude, f"{name} {how} ")

        asker = Asker(law, proof.guard, owner, other)
        match proof.property:
            case PossibleCase(condition):
                return self._possible(asker.never(Never(condition)))
            case NoDeadText():
                return self._none_of(asker, deciding(asker))
            case TableComplete():
                return self._none_of(asker, cells(asker))
            case LabourNeverAlone():
                return self._labour(asker)
            case _:
                return self._all(self._questions(proof, asker))

    def _questions(self, proof: Proof, asker: Asker) -> Iterable[Question]:
        match proof.property:
            case Implies() as stated:
                return (asker.implies(stated),)
            case Never() as stated:
                return (asker.never(stated),)
            case NoConflict() as stated:
                return (asker.no_conflict(stated),)
            case NoGap() as stated:
                return (asker.no_gap(stated),)
            case EqualFooting() as stated:
                return (asker.equal_footing(stated),)
            case Monotone() as stated:
                return (asker.monotone(stated),)
            case Decommodified():
                return asker.decommodified()
            case AgainstInstrument() as stated:
                return (asker.against_instrument(stated),)
            case Reachable(months, goal, start, by):
                return (reachable(asker, months, goal, start, by),)
            case NeverStuck(goal, start, by):
                if goal is None or start is None:
                    goal, start, by = default_bounds(asker.law.vocabulary)
                return (reachable(asker, None, goal, start, by),)
            case OperatesOnlyWith() as stated:
                return (asker.operates_only_with(stated),)
        raise AssertionError(proof.property)

    # ---- verdicts ----
    def _all(self, questions: Iterable[Question]) -> Finding:
        """Proved if each is; refuted by the first that is not."""
        needs: dict[str, None] = {}
        seconds = building = 0.0
        absent, vacuous, count = True, True, 0
        for question in questions:
            found = self.ask(question)
            count += 1
            seconds, building = seconds + found.seconds, building + found.building
            if found.verdict is not Verdict.PROVED:
                return replace(found, seconds=seconds, building=building)
            absent, vacuous = absent and found.by_absence, vacuous and found.vacuous
            needs |= dict.fromkeys(found.needs)
        return Finding(
            Verdict.PROVED,
            seconds,
            building,
            by_absence=absent and count > 0,
            vacuous=vacuous and count > 0,
            needs=tuple(needs),
        )

    def _possible(self, question: Question) -> Finding:
        """A case that is to exist: it proves the statement, and its absence refutes it."""
        found = self.ask(question)
        turned = {Verdict.PROVED: Verdict.REFUTED, Verdict.REFUTED: Verdict.PROVED}
        verdict = turned.get(found.verdict, found.verdict)
        return replace(found, verdict=verdict, vacuous=False, by_absence=False)

    def _labour(self, asker: Asker) -> Finding:
        """A regime that gives nobody work by right is never a pass: it excludes from work."""
        question = asker.labour_alone()
        found = self.ask(question)
        if found.vacuous:
            return replace(
                found, verdict=Verdict.REFUTED, vacuous=False, reason="excluded from work"
            )
        return found

    def _none_of(self, asker: Asker, named: Iterable[tuple[str, Formula]]) -> Finding:
        """Proved if each of many formulas can be; those that cannot are dead text."""
        began = time.perf_counter()
        every = tuple(named)
        reply = self.reached(asker.law, [formula for _, formula in every], asker.guarded)
        building = time.perf_counter() - began - reply.seconds
        if reply.verdict == "unknown" or "unknown" in reply.goals:
            limit = reply.limit or f"time: {self.solver.limits.seconds:g} s"
            return Finding(Verdict.UNKNOWN, reply.seconds, building, limit=limit)
        dead = tuple(
            name for (name, _), said in zip(every, reply.goals, strict=True) if said == "unsat"
        )
        verdict = Verdict.REFUTED if dead else Verdict.PROVED
        return Finding(verdict, reply.seconds, building, dead=dead)

    # ---- one question ----
    def ask(self, question: Question, *, plain: bool = True, needs: bool = True) -> Finding:
        """Whether somebody satisfies a claim; who, or which articles rule it out."""
        if question.by_absence:  # two persons who differ in what no article mentions are alike
            vacuous = not self.is_possible(question, question.premise)
            return Finding(Verdict.PROVED, by_absence=True, vacuous=vacuous, about=question.about)
        began = time.perf_counter()
        keys = dict.fromkeys(_facts(question))
        ordinary = ordinary_of(question.law, keys)
        script = Writer(question.laws, question.claim, ordinary=ordinary).write()
        building = time.perf_counter() - began
        reply = self._reply(script, minimise=plain)
        if reply.verdict == "unknown":
            return Finding(Verdict.UNKNOWN, reply.seconds, building, limit=reply.limit)
        if reply.verdict == "sat":
            return self._refuted(question, script, reply, building)
        vacuous = not self.is_possible(question, question.premise)
        wanted = needs and self.needs and not vacuous
        return Finding(
            Verdict.PROVED,
            reply.seconds,
            building,
            vacuous=vacuous,
            needs=self._needs(question) if wanted else (),
            about=question.about,
        )

    def is_possible(self, question: Question, formula: Formula) -> bool:
        """Whether some case satisfies a formula; taken to be so where the solver gives up."""
        script = Writer(question.laws, formula).write()
        return self._reply(script).verdict != "unsat"

    def reached(self, law: Law, goals: Sequence[Formula], base: Formula) -> Reply:
        """For each of many formulas in one question, whether some case satisfies it (`Reply.goals`)."""
        worlds = law.possible(Some((base, *goals)))  # all that they hang on, be one of them certain
        script = Writer((law,), all_of((worlds, base)), goals=goals).write()
        asked = (script.text, "goals")
        return self._once(asked, lambda: self._reach(script))

    def _reach(self, script: Script) -> Reply:
        reply = self._ask(self.solver, script.text, goals=script.goals)
        if self.second is None or reply.verdict == "unknown":
            return reply
        again = self._ask(self.second, script.text, goals=script.goals)
        for one, other in zip(reply.goals, again.goals, strict=False):
            _must_agree(one, other)
        missing = again.verdict == "unknown" or "unknown" in again.goals
        return replace(again, verdict="unknown", limit=f"cvc5: {again.limit}") if missing else reply

    def _ask(self, solver: Solver, text: str, **wanted: Any) -> Reply:
        """One question to one solver, with the time it took."""
        began = time.perf_counter()
        reply = solver.ask(text, **wanted)
        self.asked += 1
        self.solving += time.perf_counter() - began
        return reply

    def witness(self, laws: tuple[Law, ...], claim: Formula, *, plain: bool = True) -> Finding:
        """Somebody who satisfies a claim, as plain as can be if asked; `proved`: there is nobody."""
        question = Question(all_of((laws[0].possible(claim), claim)), laws)
        return self.ask(question, plain=plain, needs=False)

    def _refuted(
        self, question: Question, script: Script, reply: Reply, building: float
    ) -> Finding:
        law = question.law
        person = person_in(script, reply.values, law, law.day)
        other = None
        for variant in question.others:
            other = person_in(script, reply.values, law, law.day, copy=variant.name)
        return Finding(
            Verdict.REFUTED,
            reply.seconds,
            building,
            person=person,
            other=other,
            about=question.about,
        )

    def _needs(self, question: Question) -> tuple[str, ...]:
        """A smallest set of nodes and definitions that rules the claim out by itself."""
        script = Writer(question.laws, question.claim, labelled=True).write()
        reply = self._reply(script, core=True)
        names = {symbol: label for label, symbol in script.labels.items()}
        return tuple(sorted(names[symbol] for symbol in reply.core))

    def _reply(self, script: Script, *, minimise: bool = False, core: bool = False) -> Reply:
        asked = (script.text, minimise, core)
        return self._once(asked, lambda: self._fresh(script, minimise, core))

    def _once(self, asked: object, answer: Callable[[], Reply]) -> Reply:
        """The answer that is kept; where a limit was hit, it may be had another time."""
        if asked in self._kept:
            return self._kept[asked]
        reply = answer()
        if reply.verdict != "unknown" and "unknown" not in reply.goals:
            self._kept[asked] = reply
        return reply

    def _fresh(self, script: Script, minimise: bool, core: bool) -> Reply:
        labels = tuple(script.labels.values()) if core else ()
        reply = self._ask(
            self.solver,
            script.text,
            labels=labels,
            symbols=script.symbols,
            wishes=script.wishes if minimise else (),
            core=core,
        )
        if self.second is not None and not core:
            again = self._ask(self.second, script.text)
            _must_agree(reply.verdict, again.verdict)
            if reply.verdict != "unknown" and again.verdict == "unknown":
                return replace(again, limit=f"cvc5: {again.limit}")
        return reply


def _must_agree(one: str, other: str) -> None:
    if {one, other} == {"sat", "unsat"}:
        raise Disagreement(f"z3 says {one}, cvc5 says {other}")


def _facts(question: Question) -> Iterator[str]:
    yield from sorted(keys_of((question.claim,)))
