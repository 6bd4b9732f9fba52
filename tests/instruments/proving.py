"""The stated proofs of the packaged agreements, run once a module, by both solvers, on one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from comity.api import library as shelf
from comity.api.proving import Session, tasks
from comity.api.regimes import read_regime
from comity.api.schema_proofs import ProofModel
from comity.api.verdict_words import Task, proof_model

ON = date(2026, 11, 24)
EVERYTHING = ",".join(shelf.packaged().instruments)


@cache
def stated() -> dict[str, list[Task]]:
    """The proofs that each packaged agreement states, by its id."""
    found: dict[str, list[Task]] = {}
    for task in tasks(read_regime(EVERYTHING)):
        assert task.owner is not None
        found.setdefault(task.owner.id, []).append(task)
    return found


def proved(several: Iterable[Task]) -> Iterator[tuple[Task, ProofModel]]:
    """Each proof with its verdict. Raises where the solvers disagree, or `explain` with them."""
    with Session(cross_check=True) as session:
        for task in several:
            yield task, proof_model(task, *session.find(task, ON), ON)


@cache
def verdicts(name: str) -> tuple[tuple[Task, ProofModel], ...]:
    """What comes of the proofs that a packaged agreement states."""
    return tuple(proved(stated()[name]))


def not_as_stated(found: Iterable[tuple[Task, ProofModel]]) -> list[str]:
    """Proofs whose verdict is another than the text says, in words."""
    return [
        f"{model.instrument}/{model.name} is {model.verdict}, stated {model.stated} {model.limit}"
        for _, model in found
        if not model.as_stated
    ]


def without_evidence(found: Iterable[tuple[Task, ProofModel]]) -> list[str]:
    """Refutations that show neither a person nor what else refutes them."""
    return [
        f"{model.instrument}/{model.name}"
        for task, model in found
        if model.verdict == "refuted" and not _evidence(task, model)
    ]


def _evidence(task: Task, model: ProofModel) -> bool:
    from comity.agreement.statements import PossibleCase

    if isinstance(task.proof.property, PossibleCase):  # refuted by there being nobody
        return model.case is None
    return bool(model.case is not None or model.dead or model.reason == "excluded from work")
