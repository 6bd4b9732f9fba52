"""`prove` for a user: from a regime's name to verdicts, persons and articles, each replayed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import Protocol

from comity.agreement.elements import MOST, operating_sets
from comity.agreement.regimes import Regime
from comity.agreement.statements import (
    Decommodified,
    LabourNeverAlone,
    NoGap,
    Proof,
)
from comity.api.cautions import warnings_of
from comity.api.counting import Count
from comity.api.explaining import coverage_model
from comity.api.failing import Uncounted
from comity.api.proof_counts import people_model
from comity.api.regimes import Read, own_regime, read_regime, refuse_unheld
from comity.api.replaying import Replay
from comity.api.schema_proofs import ElementsModel, PersonModel, ProofModel, ProveDocument
from comity.api.verdict_words import Task, open_questions, proof_model
from comity.language.faults import ComityError, Fault, nearest
from comity.language.printer import property_text
from comity.language.properties import read_property
from comity.prove import lexicon
from comity.prove.prover import Prover
from comity.prove.solvers import USUAL, Limits, is_installed
from comity.prove.verdicts import Finding, Verdict

Progress = Callable[[str, int, int], None]
"""Told before each proof: its name, how many are done, how many there are."""


class Counts(Protocol):
    """How people of the population are counted (`proof_counts.ProofCounts`)."""

    def people_of(self, task: Task, finding: Finding) -> Count | Uncounted:
        """The people for whom a refuted property fails, or why nobody is counted."""
        ...

    @property
    def assumptions(self) -> str:
        """The set of assumptions and the reading of conflict data, in words."""
        ...


def tasks(
    read: Read,
    *,
    properties: Sequence[str] = (),
    only: Sequence[str] = (),
) -> tuple[Task, ...]:
    """What is to be proved of a regime: the properties asked by name, else all that its texts state.

    only: labels (or `INSTRUMENT/LABEL`) of stated proofs. Raises ComityError (E453) for no such.
    """
    ids = [i.id for i in read.regime.instruments]
    if properties:
        named = (read_property(text, read.library, ids) for text in properties)
        asked = tuple(Task(proof, read.regime, None, read.library) for proof in named)
        for task in asked:
            _refuse_without_words(task)
        return asked
    found = tuple(_stated(read))
    for task in found:
        _refuse_without_words(task)
    if not only:
        return found
    chosen = [t for t in found if any(_is_called(t, name) for name in only)]
    for name in only:
        if not any(_is_called(t, name) for t in found):
            raise ComityError(_no_such_proof(name, found))
    return tuple(chosen)


def _stated(read: Read) -> Iterator[Task]:
    for instrument in read.regime.instruments:
        regime = own_regime(instrument, read.library, read.regime.readings)
        for statement in instrument.statements:
            if isinstance(statement, Proof):
                yield Task(statement, regime, instrument, read.library)


_WORDS: Mapping[type, tuple[str, ...]] = {
    NoGap: (lexicon.SHIELD, lexicon.STAY),
    LabourNeverAlone: (*lexicon.ACCESS_TO_WORK[:1], *lexicon.MORE_THAN_LABOUR),
    Decommodified: lexicon.ESSENTIALS,
}
"""The rights by which a named property is said: it needs the first, and one of the others."""


def _refuse_without_words(task: Task) -> None:
    """E455: a property that would be proved for want of words is never asked."""
    words = _WORDS.get(type(task.proof.property))
    known = task.regime.vocabulary.rights
    if words and (words[0] not in known or not any(word in known for word in words[1:])):
        raise ComityError(
            Fault(
                "E455",
                f"`{task.proof.label}` is said by rights that this vocabulary lacks",
                task.proof.span,
                possible=f"it needs {', '.join(words)}",
                suggestion="state a property that names its own rights",
            )
        )


def _elements(regime: Regime) -> Iterator[ElementsModel]:
    """What may operate together, of each instrument that has elements."""
    for instrument in regime.instruments:
        if not instrument.elements_declared or len(instrument.elements_declared) > MOST:
            continue
        found = operating_sets(instrument)
        every = instrument.elements_declared
        yield ElementsModel(
            instrument=instrument.id,
            adoptions=found.of_all,
            operating_sets=tuple(_listed(one, every) for one in found.sets),
            brings={name: _listed(with_, every) for name, with_ in found.brings.items()},
            operates_in=dict(found.in_how_many),
        )


def _listed(names: frozenset[str], every: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in every if name in names)


def _is_called(task: Task, name: str) -> bool:
    owner = task.owner.id if task.owner is not None else ""
    return name in (task.proof.label, f"{owner}/{task.proof.label}")


def _no_such_proof(name: str, found: Sequence[Task]) -> Fault:
    labels = [task.proof.label for task in found]
    guess = nearest(name, labels)
    return Fault(
        "E453",
        f"no proof is called `{name[:60]}`",
        possible=f"{len(labels)} proofs; `comity prove REGIME --list` shows them",
        suggestion=f"did you mean `{guess}`?" if guess else "check the label",
    )


@dataclass
class Session:
    """A prover that stays warm: what an edit does not touch is not asked again. Use as a context."""

    cross_check: bool = False
    limits: Limits = USUAL
    needs: bool = True

    def __post_init__(self) -> None:
        if not is_installed("z3"):
            raise ComityError(
                Fault(
                    "E454",
                    "z3 is not installed, so nothing can be proved",
                    suggestion="install comity again: z3-solver comes with it",
                )
            )
        if self.cross_check and not is_installed("cvc5"):
            raise ComityError(
                Fault(
                    "E454",
                    "cvc5 is not installed, so no verdict can be cross-checked",
                    suggestion="install comity[prove2], or leave out --cross-check",
                )
            )
        self._models: dict[object, tuple[Finding, ProofModel]] = {}
        self._seen: dict[int, tuple[Finding, tuple[str, ...]]] = {}
        self.prover = Prover(cross_check=self.cross_check, limits=self.limits, needs=self.needs)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.prover.__exit__()

    def prove(
        self,
        words: str,
        *,
        on: date,
        readings: Mapping[str, str] | None = None,
        properties: Sequence[str] = (),
        only: Sequence[str] = (),
        counts: Counts | None = None,
        progress: Progress | None = None,
    ) -> ProveDocument:
        """All that a regime's texts state, or the properties named; files are read afresh.

        counts: who counts the people whom a refutation concerns; None leaves them out.
        """
        began = time.perf_counter()
        read = read_regime(words, readings=readings)
        refuse_unheld(read.regime, on)
        every = tasks(read, properties=properties, only=only)
        proofs = []
        for done, task in enumerate(every):
            if progress is not None:
                progress(task.proof.label, done, len(every))
            proofs.append(self._told(task, on, counts))
        return ProveDocument(
            regime=words,
            date=on.isoformat(),
            proofs=tuple(proofs),
            elements=tuple(_elements(read.regime)) if not properties and not only else (),
            engines=self.prover.engines,
            coverage={i.title: coverage_model(i.coverage) for i in read.regime.instruments},
            reading={q: read.regime.reading_of(q, on) for q in open_questions(read.regime)},
            assumptions=counts.assumptions if counts is not None else "",
            warnings=warnings_of(read.regime, on),
            seconds=time.perf_counter() - began,
        )

    def _told(self, task: Task, on: date, counts: Counts | None) -> ProofModel:
        """A verdict in words, told once for a finding that an edit has left as it was."""
        finding, rights = self.find(task, on)
        asked = (id(finding), task.proof, task.owner.id if task.owner is not None else "")
        if asked not in self._models:
            self._models[asked] = finding, proof_model(task, finding, rights, on)
        told = self._models[asked][1]
        if counts is None or finding.verdict is not Verdict.REFUTED:
            return told
        found = counts.people_of(task, finding)
        if isinstance(found, Uncounted):
            return told.model_copy(update={"uncounted": found.reason})
        return told.model_copy(update={"people": people_model(found)})

    def find(self, task: Task, on: date) -> tuple[Finding, tuple[str, ...]]:
        """The finding of one task, replayed where it has a person, and the rights that show it."""
        finding = self.prover.prove(
            task.proof, task.regime, on, owner=task.owner_of_scope, against=task.against
        )
        if id(finding) in self._seen:
            return self._seen[id(finding)]
        rights: tuple[str, ...] = ()
        if finding.person is not None and finding.reason != "excluded from work":
            replay = Replay(task.proof, task.regime, task.owner_of_scope, task.against)
            rights = replay.check(finding)
        self._seen[id(finding)] = finding, rights
        return finding, rights


def prove(
    words: str,
    *,
    on: date,
    readings: Mapping[str, str] | None = None,
    properties: Sequence[str] = (),
    only: Sequence[str] = (),
    cross_check: bool = False,
    seconds: float = 20.0,
    counts: Counts | None = None,
    progress: Progress | None = None,
) -> ProveDocument:
    """All that a regime's texts state, or the properties named, each with its verdict.

    words: ids, paths and named lists, separated by commas. seconds: what one question may take.
    counts: who counts the people whom a refutation concerns. Raises ComityError.
    """
    with Session(cross_check, Limits(seconds=seconds)) as session:
        return session.prove(
            words,
            on=on,
            readings=readings,
            properties=properties,
            only=only,
            counts=counts,
            progress=progress,
        )


def stated(
    words: str, *, readings: Mapping[str, str] | None = None
) -> Iterator[tuple[str, str, str]]:
    """Label, property and stated verdict of all that a regime's texts state."""
    read = read_regime(words, readings=readings)
    for task in tasks(read):
        assert task.owner is not None
        text = property_text(task.proof, read.regime.vocabulary, instrument=task.owner.id)
        verdict = Verdict.REFUTED if task.proof.refuted else Verdict.PROVED
        yield f"{task.owner.id}/{task.proof.label}", text, verdict.value


def make_folder(folder: Path) -> None:
    """Makes the folder of `save` and tries it, before anything long is done. Raises E460."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as cause:
        raise _unwritable(folder, cause) from cause


def save(document: ProveDocument, folder: Path) -> ProveDocument:
    """Writes the persons as case files that `explain --case` reads. Raises ComityError (E460).

    A file is named by its proof; of two proofs whose names would make one file, the second has a
    number.
    """
    make_folder(folder)
    proofs, taken = [], set[str]()
    try:
        for proof in document.proofs:
            changed: dict[str, PersonModel] = {}
            for field, ending in (("case", ""), ("other", "-other")):
                person: PersonModel | None = getattr(proof, field)
                if person is not None:
                    name = _free(f"{_slug(proof.instrument, proof.name)}{ending}", taken)
                    path = folder / f"{name}.yaml"
                    path.write_text(person.case, encoding="utf-8")
                    changed[field] = person.model_copy(update={"file": str(path)})
            proofs.append(proof.model_copy(update=changed))
    except OSError as cause:
        raise _unwritable(folder, cause) from cause
    return document.model_copy(update={"proofs": tuple(proofs)})


def _unwritable(folder: Path, cause: OSError) -> ComityError:
    return ComityError(
        Fault(
            "E460",
            f"`{folder}` cannot be written: {cause.strerror or cause}",
            suggestion="name a folder that you may write to",
        )
    )


def _free(name: str, taken: set[str]) -> str:
    """The name, or the first of its kind with a number that no other file has taken."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found


def _slug(*words: str) -> str:
    joined = "-".join(word for word in words if word)
    return "".join(c if c.isalnum() else "-" for c in joined.lower())[:120].strip("-") or "proof"
