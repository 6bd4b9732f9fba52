"""A prover that asks much and tells little: only whether there is somebody, and which articles say no."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from comity.agreement.coding.formulas import Formula, all_of
from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.api.verdict_words import Task
from comity.prove.law import Law
from comity.prove.prover import Against, Prover
from comity.prove.questions import Question
from comity.prove.script import Script, Writer
from comity.prove.solvers import Reply, Solver
from comity.prove.variants import Of, Variant
from comity.prove.verdicts import Finding, Verdict

_ASKED = "asked"
"""A truth to assume, of which nothing hangs. z3 then does without the preparations that it makes for a
single question, which take ten to forty times as long as the questions asked here."""


class Remembering(Solver):
    """A solver that is not asked the same thing twice."""

    def __init__(self) -> None:
        super().__init__("z3")
        self._replies: dict[int, Reply] = {}

    def ask(self, text: str, **wanted: Any) -> Reply:
        """The answer to one question."""
        asked = hash((text, repr(wanted)))
        if asked not in self._replies:
            self._replies[asked] = super().ask(text, **wanted)
        return self._replies[asked]

    def verdict(self, text: str) -> str:
        """`sat`, `unsat` or `unknown`."""
        return self.ask(f"{text}(declare-const {_ASKED} Bool)\n", labels=(_ASKED,)).verdict


class Quick(Prover):
    """Makes no person plain and names no article.

    said, questions: the prints of what was asked, and the questions, since `forget`.
    """

    def __init__(self, solver: Remembering) -> None:
        super().__init__(needs=False)
        self.remembering = self.solver = solver
        self.said: list[int] = []
        self.questions: list[Question] = []
        self._others: dict[tuple[int, str, str], Regime] = {}

    def against(self, task: Task) -> Against:
        """The other text of a task, made once, so that its law is built once."""

        def other(regime: Regime, owner: Instrument | None, name: str, how: str) -> Regime:
            asked = (id(regime), name, how)
            if asked not in self._others:
                self._others[asked] = task.against(regime, owner, name, how)
            return self._others[asked]

        return other

    def forget(self) -> None:
        """Begins the list of what was asked anew."""
        self.said, self.questions = [], []

    def ask(self, question: Question, *, plain: bool = True, needs: bool = True) -> Finding:
        """Whether somebody satisfies a claim."""
        if question.by_absence:
            return Finding(Verdict.PROVED, by_absence=True)
        self.questions.append(question)
        text = Writer(question.laws, question.claim).write().text
        self.said.append(hash(text))
        verdict = self.remembering.verdict(text)
        if verdict == "unsat":
            vacuous = not self.is_possible(question, question.premise)
            return Finding(Verdict.PROVED, vacuous=vacuous)
        return Finding(Verdict.REFUTED if verdict == "sat" else Verdict.UNKNOWN)

    def is_possible(self, question: Question, formula: Formula) -> bool:
        """Whether some case satisfies a formula; taken to be so where the solver gives up."""
        text = Writer(question.laws, formula).write().text
        return self.remembering.verdict(text) != "unsat"

    def nobody(self, laws: tuple[Law, ...], formula: Formula, *others: Variant) -> bool:
        """It is proved that no case satisfies a formula. others: of whom it speaks besides."""
        text = Writer(laws, worldly(laws, formula, *others)).write().text
        return self.remembering.verdict(text) == "unsat"

    # ---- articles ----
    def core(self, question: Question) -> tuple[str, ...]:
        """A smallest set of nodes and definitions that rules a claim out by itself."""
        script = _labelled(question)
        asked = tuple(script.labels.values())
        reply = self.solver.ask(script.text, labels=asked, symbols=script.symbols, core=True)
        names = {symbol: label for label, symbol in script.labels.items()}
        return tuple(sorted(names[symbol] for symbol in reply.core))

    def is_proved_without(self, norms: Collection[str], question: Question) -> bool:
        """A claim is ruled out whatever some nodes may say."""
        script = _labelled(question)
        labels = tuple(symbol for label, symbol in script.labels.items() if label not in norms)
        return (
            self.solver.ask(script.text, labels=labels, symbols=script.symbols).verdict == "unsat"
        )


def _labelled(question: Question) -> Script:
    return Writer(question.laws, question.claim, labelled=True).write()


def worldly(laws: tuple[Law, ...], formula: Formula, *others: Variant) -> Formula:
    """A formula with the axioms that its facts hang on, of everybody of whom it speaks."""
    worlds = all_of(law.possible(formula) for law in laws)
    return all_of((worlds, *(Of(worlds, other) for other in others), formula))


def norms_in(needs: Collection[str]) -> tuple[str, ...]:
    """The norms of a core; definitions are none."""
    return tuple(key for key in needs if "/term " not in key)
