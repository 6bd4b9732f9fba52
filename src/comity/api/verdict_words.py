"""What a verdict says in words, and what it does not: of this encoding, by these solvers, on this day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.agreement.statements import Implies, NeverStuck, Proof, Reachable
from comity.api.replaying import life_of
from comity.api.schema_proofs import ProofModel
from comity.api.telling import article_model, person_model
from comity.explain.evaluate import Evaluation
from comity.language.printer import condition_text, property_text
from comity.language.resolved import Library
from comity.prove.lives import default_bounds
from comity.prove.verdicts import Finding, Verdict


@dataclass(frozen=True)
class Task:
    """A property to be asked of a regime. owner: whose proof it is; None for one that is named."""

    proof: Proof
    regime: Regime
    owner: Instrument | None
    library: Library

    def against(self, regime: Regime, owner: Instrument | None, name: str, how: str) -> Regime:
        """The regime of another instrument: `alone`, or `instead` of the one that is asked about.

        Where the one asked about is taken as in force for every host, so is the one that stood in its
        place: it may have ended, or never have had these parties.
        """
        if how == "instead" and owner is not None and owner.id == name:
            return regime.as_written  # the same text, before any parameter of it is moved
        other = self.library.instruments[name]
        replaced = owner.id if owner is not None else regime.instruments[-1].id
        kept = [i for i in regime.instruments if i.id not in (replaced, name)]
        together = (other,) if how == "alone" else (other, *kept)
        is_everywhere = other.is_draft or how == "alone" or replaced in regime.for_every_host
        everywhere = {other.id} if is_everywhere else set()
        return Regime(
            f"{name}",
            together,
            regime.vocabulary,
            regime.library,
            frozenset(everywhere | (regime.for_every_host & {i.id for i in kept})),
            regime.readings,
        )

    @property
    def owner_of_scope(self) -> Instrument | None:
        """The instrument whose scope counts: the owner, or the only one of the regime."""
        if self.owner is None and len(self.regime.instruments) == 1:
            return self.regime.instruments[0]
        return self.owner


def proof_model(task: Task, finding: Finding, rights: tuple[str, ...], on: date) -> ProofModel:
    """A verdict in words."""
    regime, proof = task.regime, task.proof
    for question, option in finding.readings.items():
        regime = regime.reading(question, option)
    stated = Verdict.REFUTED if proof.refuted else Verdict.PROVED
    owner = task.owner.id if task.owner is not None else ""
    title = f"{owner or regime.name}: {proof.label}"
    told = tuple(right for right in rights if right != "-")
    person, other = (
        None if one is None else person_model(one, regime, told, title)
        for one in (finding.person, finding.other)
    )
    return ProofModel(
        name=proof.label,
        instrument=owner,
        property=property_text(proof, regime.vocabulary, instrument=owner),
        stated=stated.value,
        verdict=finding.verdict.value,
        as_stated=finding.verdict is stated,
        by_absence=finding.by_absence,
        vacuous=finding.vacuous,
        reason=finding.reason,
        limit=finding.limit,
        case=person,
        other=other,
        shows=tuple(_shows(task, finding)),
        life=_life(task, finding),
        articles=tuple(article_model(key, regime) for key in finding.needs),
        dead=tuple(article_model(key, regime) for key in finding.dead),
        readings=dict(finding.readings),
        claim=claim_of(task, finding, on),
        seconds=finding.seconds + finding.building,
    )


def _shows(task: Task, finding: Finding) -> Iterator[str]:
    """What of an implication holds of the person and what does not."""
    stated = task.proof.property
    if finding.person is None or not isinstance(stated, Implies):
        return
    owner = task.owner.id if task.owner is not None else ""
    for word, condition in (("holds", stated.premise), ("fails", stated.conclusion)):
        yield f"{word}: {condition_text(condition, task.regime.vocabulary, instrument=owner)}"


def _life(task: Task, finding: Finding) -> str:
    """How a life fails, in words."""
    stated = task.proof.property
    if finding.person is None or not isinstance(stated, (Reachable, NeverStuck)):
        return ""
    goal, start, by = stated.goal, stated.start, stated.by
    if goal is None or start is None:
        goal, start, by = default_bounds(task.regime.vocabulary)
    months = stated.months if isinstance(stated, Reachable) else None
    person = Evaluation(task.regime, finding.person)
    paths = tuple(fact.path for fact in by)
    failed = life_of(person, months, goal, start, paths, task.regime)
    if failed is None:
        return ""
    month, how = failed
    right = task.regime.vocabulary.rights[goal.right]
    wanted = right.name_of(person.level(goal.level, right).low)
    if how == "ends":
        return (
            f"after {month} months of this life the State may end the stay; {wanted} is not reached"
        )
    return f"after {month} months of this life {wanted} is still not reached"


def claim_of(task: Task, finding: Finding, on: date) -> str:
    """What a verdict says and what it does not: of this encoding, by these solvers, on this day."""
    regime = task.regime
    own = task.owner_of_scope
    spoken = (own,) if own is not None else regime.instruments
    coverage = "; ".join(f"{i.title}: {i.coverage.share}" for i in spoken)
    asked = [q for q in open_questions(regime) if q.partition("/")[0] in {i.id for i in spoken}]
    readings = [f"{q}={regime.reading_of(q, on)}" for q in asked]
    if "readings" in task.proof.over:
        under = "under every reading"
    else:
        under = f"under the reading {', '.join(readings)}" if readings else "no reading is open"
    solvers = " and ".join(finding.engines)
    said = f"of this encoding, {under}, on {on.isoformat()}, {coverage}, by {solvers}"
    match finding.verdict:
        case Verdict.PROVED:
            return f"proved {said}. It says nothing about what an officer will do."
        case Verdict.REFUTED:
            return f"refuted {said}. The State may still grant more than is guaranteed."
        case Verdict.UNKNOWN:
            return f"unknown {said}; stopped at its limit ({finding.limit})."


def open_questions(regime: Regime) -> list[str]:
    """The questions of a regime's own texts on which readings part."""
    return [q for q in regime.questions if q.partition("/")[0] in regime.by_id]
