"""An agreement whose people can be counted by hand, what is refuted of it, and records of people."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from comity.agreement.cases import Case
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.api.failing import Failure, failure_of
from comity.api.likeness import Facts
from comity.api.proving import Session, tasks
from comity.api.records import Records
from comity.api.regimes import Read, read_regime
from comity.api.verdict_words import Task
from comity.explain.evaluate import Evaluation
from comity.prove.law import Law
from comity.prove.verdicts import Finding
from comity.world.assumptions import AssumptionSet
from comity.world.conflict import DangerReading
from comity.world.population import Category, Cell, population

ON = date(2026, 11, 24)
PARTIES = ("KEN", "SWE", "TUR")
TEXT = """---
id: counted
title: An agreement whose people can be counted by hand
force: binding
parties: [KEN, SWE, TUR]
paragraphs: unknown
counted_from: a test agreement
review_by: 2027-11-30
---

# Who asks

## Article 1. Those who ask

```comity
rule 1.1: guarantee stay at least applicant
  when claims
rule 1.2: guarantee shield at least not_there
  when claims and attachment at least present
rule 1.3: guarantee work at least any
  when claims
rule 1.4: guarantee entry at least visa
  when claims
rule 1.5: limit entry at most refused
  when claims
rule 1.6: guarantee remedy at least suspensive
  when claims
rule 1.7: guarantee relief at least as_nationals
  when origin.degree at most grave_harm
rule 1.8: guarantee document at least travel_document
  when nationality includes host
rule 1.9: guarantee housing at least as_nationals
  when claims and not sponsor.lost

prove nobody asks, refuted: never claims
prove asking is enough, refuted: claims implies stay at least protected
prove asking is enough in one host, refuted: claims implies stay at least protected when host is TUR
prove asking decides nothing, refuted: stay does not depend on claims
prove labour alone, refuted: labour never travels alone
prove no gap, refuted: no gap on tenure
prove nothing crosses, refuted: no conflict
prove danger counts, refuted: relief never falls as origin.degree grows
prove time settles, refuted: within 12 months stay at least long_term is reached
  from stay at least applicant by residence.procedure
prove nations are equal, refuted: document does not depend on nationality
prove not for sale, refuted: decommodified
prove a right to ask: possible claims
```

## Article 2. With a neighbour

```comity
prove the floor, refuted: conforms to refugee_1951_1967 on tenure
prove no reservation hurts, refuted: claims implies work at least any over reservations
```
"""


@cache
def read(name: str = "counted") -> Read:
    """The agreement above, or a packaged one."""
    if name != "counted":
        return read_regime(name)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "counted.md"
        path.write_text(TEXT, encoding="utf-8")
        return read_regime(str(path))


@cache
def refuted(name: str = "counted") -> tuple[tuple[Task, Finding], ...]:
    """The stated refutations of a text with what the prover found."""
    with Session(needs=False) as session:
        asked = [task for task in tasks(read(name)) if task.proof.refuted]
        return tuple((task, session.find(task, ON)[0]) for task in asked)


def named(text: str, name: str = "counted") -> tuple[Task, Finding]:
    """A property asked by name, with its finding."""
    with Session(needs=False) as session:
        [task] = tasks(read(name), properties=[text])
        return task, session.find(task, ON)[0]


def stated(label: str) -> tuple[Task, Finding]:
    """A stated refutation of the agreement above."""
    return next((t, f) for t, f in refuted() if t.proof.label == label)


# ---- people ----
@cache
def sample(number: int, seed: int) -> tuple[Cell, ...]:
    """Cells at random, each category and each party among them."""
    rng = random.Random(seed)
    found = list(rng.sample(population(), number))
    for category in Category:
        found.append(rng.choice([c for c in population() if c.category is category]))
    for party in PARTIES:
        found += rng.sample([c for c in population() if c.host == party], 8)
    return tuple(found)


def alone(cell: Cell, assumptions: AssumptionSet, failure: Failure) -> Truth:
    """Whether a property fails for the people of a cell, whose record nobody shares."""
    case = record(cell, assumptions)

    def look(regime: Regime, facts: Facts) -> Evaluation:
        return Evaluation(regime, case.with_facts(dict(facts)))

    return failure.fails(look)


@cache
def records() -> Records:
    """The records of the packaged words."""
    return Records(read().regime.vocabulary, ON, DangerReading.PERSON)


def record(cell: Cell, assumptions: AssumptionSet) -> Case:
    """A cell's own record."""
    return records().case(records().facts(cell, assumptions), assumptions)


def failures(name: str) -> Iterator[tuple[Task, Finding, Failure]]:
    """The refutations of a text that concern persons."""
    laws: dict[int, Law] = {}
    for task, finding in refuted(name):
        failure = failure_of(task, finding, lambda r: laws.setdefault(id(r), Law(r, ON)))
        if isinstance(failure, Failure):
            yield task, finding, failure
