"""Invented persons of a comparison: each found by the solver and seen by `explain` under both regimes."""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.agreement.cases import Case
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.api.changes import Seen
from comity.api.replaying import NotReplayed
from comity.api.telling import unusual
from comity.explain.evaluate import Evaluation
from comity.explain.expectations import broken_axioms


@dataclass(eq=False)
class Witness:
    """An invented person; unusual: how many facts are not ordinary."""

    case: Case
    old: Evaluation
    new: Evaluation
    unusual: int

    def shows(self, question: Seen) -> bool:
        """Whether both evaluations surely answer a question with yes."""
        return question(self.old, self.new) is Truth.TRUE


@dataclass
class Persons:
    """The invented persons of a comparison, each seen by `explain` under both regimes."""

    old: Regime
    new: Regime
    seen: list[Witness] = field(default_factory=list)

    def add(self, case: Case) -> Witness:
        """A person whom the solver found. Raises NotReplayed for one who cannot be."""
        old, new = Evaluation(self.old, case), Evaluation(self.new, case)
        if broken_axioms(old) or broken_axioms(new):
            raise NotReplayed("a person who cannot be")
        witness = Witness(case, old, new, sum(1 for _ in unusual(case, self.new)))
        self.seen.append(witness)
        return witness

    def plainest(self, question: Seen) -> Witness | None:
        """Of those who surely show it, the person with the fewest facts that are not ordinary."""
        fit = [w for w in self.seen if w.shows(question)]
        return min(fit, key=lambda witness: witness.unusual, default=None)


def had(right: str, rank: int) -> Seen:
    """OLD guarantees a rank that NEW does not."""

    def seen(old: Evaluation, new: Evaluation) -> Truth:
        lost = old.bounds(right).lower >= rank > new.bounds(right).lower_possible
        return Truth.of(lost)

    return seen
