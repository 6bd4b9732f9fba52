"""The proved half of a dossier: what a draft guarantees to everyone, what not, and beside today.

Solving never fails a dossier: what no verdict was found of is shown as unknown, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from comity.agreement.conditions import (
    Atom,
    Condition,
    Declared,
    Lapse,
    NodeHolds,
    TermHolds,
    atoms,
)
from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.agreement.statements import (
    AgainstInstrument,
    Implies,
    Never,
    NoConflict,
    NoDeadText,
    NoGap,
    OperatesOnlyWith,
    PossibleCase,
    Proof,
    TableComplete,
)
from comity.api.brief_counts import Progress
from comity.api.brief_invented import by_instrument, persons, references
from comity.api.brief_words import element_names, says
from comity.api.counting import Count
from comity.api.failing import Uncounted
from comity.api.proving import Session, tasks
from comity.api.regimes import Read
from comity.api.schema_proofs import PersonModel, ProofModel
from comity.api.verdict_words import Task, proof_model
from comity.brief.context import Bounds, Law
from comity.brief.guarantees import Duty, Guarantees, InventedPerson, ShownProof, Verdict
from comity.prove.solvers import Limits
from comity.prove.verdicts import Finding
from comity.prove.verdicts import Verdict as Found

SECONDS = 10.0
"""What one question may take: many times what the longest of the library needs."""

COUNTED_FROM = ("un_desa_stock_2024", "unhcr_population", "unhcr_asylum_decisions", "ucdp_prio_acd")
"""The sources of the population, for the counts of people whom a refutation concerns."""

DUTY = "duty "
"""How the labels of the proofs begin by which a draft states its own duties (Annex B of the IMFC)."""

Counter = Callable[[Task, Finding], Count | Uncounted]
"""How many real people a refutation concerns, or why nobody is counted."""


def guarantees_of(
    now: Read,
    then: Read,
    draft: Instrument,
    on: date,
    report: Progress,
    *,
    count: Counter | None = None,
    seconds: float = SECONDS,
) -> Guarantees:
    """Every proof of the draft, what today's texts state to be refuted, and the duties under both laws.

    count: counts the people whom a refutation concerns; without it nobody is counted.
    seconds: what one question may take. Raises ComityError only if a text asks what cannot be asked.
    """
    stated = tasks(then)
    of_draft = [task for task in stated if task.owner is draft]
    refuted = [t for t in stated if t.owner and t.proof.refuted and _measures(t, draft)]
    duties = _duties(of_draft)
    today = _with_words_of(now, then)
    beside = [_asked_today(task, today) for task in duties]
    whole = len(of_draft) + len(refuted) + sum(task is not None for task in beside)
    with Session(limits=Limits(seconds=seconds)) as session:
        ask = _Asking(session, on, report, whole, count)
        found = {id(task): ask.shown(task, "draft", draft) for task in of_draft}
        shown = [
            Duty(
                found.pop(id(task)),
                ask.shown(other, "today", draft) if other is not None else None,
            )
            for task, other in zip(duties, beside, strict=True)
        ]
        return Guarantees(
            tuple(shown),
            tuple(found.values()),
            tuple(ask.shown(t, "today", t.owner) for t in refuted if t.owner is not None),
            session.prover.engines,
            seconds,
            COUNTED_FROM,
        )


def _duties(of_draft: Sequence[Task]) -> list[Task]:
    """The draft's duties by their labels; all that it states to be proved, if it names none so."""
    named = [task for task in of_draft if task.proof.label.startswith(DUTY)]
    return named or [t for t in of_draft if not t.proof.refuted and not _is_of_its_text(t.proof)]


def _measures(task: Task, draft: Instrument) -> bool:
    """What a text in force states to be refuted and is measured against the draft.

    It names the draft, or is a gap in what is due. What else the texts state of themselves is read
    with `comity prove`.
    """
    stated = task.proof.property
    if task.owner is None or task.owner.is_draft:
        return False
    if isinstance(stated, NoGap):
        return True
    if isinstance(stated, AgainstInstrument):
        return stated.instrument == draft.id
    named = {atom.instrument for atom in _atoms_of(task.proof) if isinstance(atom, TermHolds)}
    return draft.id in named or task.proof.label.startswith(("no limbo", "limbo"))


def _is_of_its_text(proof: Proof) -> bool:
    """A property of one text's own rules, elements or tables: no other law can have it."""
    return isinstance(proof.property, (NoConflict, NoDeadText, OperatesOnlyWith, TableComplete))


def _with_words_of(now: Read, then: Read) -> Regime:
    """The law today, in a library that has the draft's definitions: its duties are said in them."""
    library = {**now.regime.library, **then.regime.library}
    instruments = tuple(library[i.id] for i in now.regime.instruments)
    return replace(now.regime, instruments=instruments, library=library)


def _asked_today(task: Task, today: Regime) -> Task | None:
    """A duty asked of the law today, where it binds; None if it speaks of the draft's own rules.

    Under the readings that are taken: those of forty texts together are too many to try each.
    """
    there = set(today.by_id)
    if _is_of_its_text(task.proof) or any(n not in there for n in _rules_named(task.proof)):
        return None
    return Task(replace(task.proof, over=frozenset()), today, None, task.library)


def _rules_named(proof: Proof) -> Iterator[str]:
    """The instruments whose rules or declarations a proof names; definitions may be borrowed."""
    for atom in _atoms_of(proof):
        if isinstance(atom, (NodeHolds, Lapse)):
            yield atom.node.partition("/")[0]
        elif isinstance(atom, Declared):
            yield atom.instrument


def _atoms_of(proof: Proof) -> Iterator[Atom]:
    """Every atom of a proof's conditions."""
    conditions: list[Condition] = [] if proof.guard is None else [proof.guard]
    match proof.property:
        case Implies(premise, conclusion):
            conditions += (premise, conclusion)
        case Never(condition) | PossibleCase(condition):
            conditions.append(condition)
    for condition in conditions:
        yield from atoms(condition)


@dataclass
class _Asking:
    """Asks one property after the other and tells how far it is."""

    session: Session
    on: date
    report: Progress
    whole: int
    count: Counter | None
    done: int = 0
    _ids: set[str] = field(default_factory=set)

    def shown(self, task: Task, law: Law, source: Instrument) -> ShownProof:
        """A property with its verdict, whatever happens to the solver.

        source: the text that states it, also where it is asked of another law.
        """
        self.report(f"proving: {task.proof.label}", self.done, self.whole)
        self.done += 1
        finding, model = self._found(task)
        people, why = self._people(task, finding)
        made = shown_proof(task, model, law, source)
        return replace(made, id=self._id(law, source, task.proof), people=people, not_counted=why)

    def _found(self, task: Task) -> tuple[Finding, ProofModel]:
        try:
            finding, rights = self.session.find(task, self.on)
            return finding, proof_model(task, finding, rights, self.on)
        except Exception as cause:  # a page that lacks one verdict is better than none
            self.session.prover.solver.stop()
            why = f"no verdict: {type(cause).__name__}: {cause}"[:300]
            lost = Finding(Found.UNKNOWN, limit=why, engines=self.session.prover.engines)
            return lost, proof_model(task, lost, (), self.on)

    def _people(self, task: Task, finding: Finding) -> tuple[Bounds | None, str]:
        """The people whom a refutation concerns, or why they are not counted."""
        if finding.verdict is not Found.REFUTED or self.count is None:
            return None, ""
        try:
            people = self.count(task, finding)
            if isinstance(people, Uncounted):
                return None, people.reason
            return Bounds(people.certain, people.possible, people.assumed), ""
        except Exception as cause:  # as with a verdict: the page says so in its place
            return None, f"{type(cause).__name__}: {cause}"[:300]

    def _id(self, law: Law, source: Instrument, proof: Proof) -> str:
        """An anchor of the page, none twice."""
        words = f"proof-{law}-{source.id}-{proof.label}".lower()
        slug = "".join(c if c.isascii() and c.isalnum() else "-" for c in words)
        made, number = slug, 1
        while made in self._ids:
            number += 1
            made = f"{slug}-{number}"
        self._ids.add(made)
        return made


def shown_proof(task: Task, model: ProofModel, law: Law, source: Instrument) -> ShownProof:
    """A verdict as the page shows it."""
    regime, proof = task.regime, task.proof
    person: InventedPerson | None = None
    other: InventedPerson | None = None
    operating: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    reason = model.reason
    if model.case is not None:
        if isinstance(proof.property, OperatesOnlyWith):
            operating, idle = _elements(proof.property, model.case, regime)
        else:
            person, other = persons(model.case, model.other, regime)
    elif isinstance(proof.property, PossibleCase) and model.verdict == "refuted":
        reason = reason or "nobody can be in this position"
    return ShownProof(
        id="",
        law=law,
        name=proof.label,
        instrument=source.title,
        article=_heading_above(source, proof),
        says=says(proof, regime, task.owner.id if task.owner is not None else ""),
        written=model.property,
        verdict=_VERDICTS[model.verdict],
        claim=model.claim,
        by_absence=model.by_absence,
        vacuous=model.vacuous,
        needs=by_instrument(model.articles, regime, source.id),
        person=person,
        other=other,
        operating=operating,
        idle=idle,
        dead=references(model.dead, regime),
        life=model.life,
        reason=reason,
        limit=model.limit,
    )


_VERDICTS: Mapping[str, Verdict] = {
    "proved": "proved",
    "refuted": "refuted",
    "unknown": "unknown",
}


def _elements(
    stated: OperatesOnlyWith, shown: PersonModel, regime: Regime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The elements that operate where the property fails, and the companions that are missing."""
    names = element_names(regime, stated.instrument)
    prefix = f"adopted {stated.instrument}/"
    adopted = {
        fact.fact.removeprefix(prefix)
        for fact in shown.facts
        if fact.fact.startswith(prefix) and fact.value == "yes"
    }
    missing = (name for name in stated.companions if name not in adopted)
    operating = (title for name, title in names.items() if name in adopted)
    return tuple(operating), tuple(names.get(name, name) for name in missing)


def _heading_above(source: Instrument, proof: Proof) -> str:
    above = [a for a in source.articles if a.span.line <= proof.span.line]
    return above[-1].heading if above else source.title
