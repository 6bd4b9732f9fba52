"""Small agreements, one for each property, whose verdicts are known by reasoning alone.

Under each proof of `agreements/*.md` stands, as a comment, what must come of it beside the verdict:
`who`, `and` (the persons, all other facts ordinary), `by absence`, `vacuous`, `excluded from work`,
`dead`, `life` (how it fails), `under` (the reading) and `needs` (the smallest set that proves it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from comity.agreement.regimes import Regime
from comity.agreement.statements import Proof
from comity.api import library as shelf
from comity.api.proving import Session
from comity.api.regimes import own_regime
from comity.api.schema_proofs import PersonModel, ProofModel
from comity.api.verdict_words import Task, proof_model
from comity.language.faults import render
from comity.language.properties import read_property
from comity.language.resolved import Library
from comity.prove.solvers import Limits

FOLDER = Path(__file__).parent / "agreements"
ON = date(2026, 11, 24)

# Told to whoever owns the prover. Each is a fault: a mark that no longer fits makes its test fail.
KNOWN_FAULTS = {
    ("state_of_origin", "open to all"): "by absence, though the State of the origin is mentioned",
    ("state_of_origin", "open to a national"): "nationality and the State of the origin part",
    ("state_of_origin", "open to nobody else"): "nationality and the State of the origin part",
    ("host_and_power", "alike before every host"): "two hosts share what one of them has exercised",
    ("whatever_is_possible", "four years"): "possible at some value is taken for possible at every",
    ("whatever_is_possible", "family whatever is reserved"): "the same, of reservations",
    ("life_of_a_child", "stuck though young"): "age stands still, so that the life is impossible",
    ("life_of_a_child", "five years of a small child"): "the same",
    ("life_over_at_once", "over at once"): "a life that ends in its first month is not replayed",
}


@cache
def texts() -> dict[str, str]:
    """The agreements by the names of their files."""
    return {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))}


@cache
def library() -> Library:
    """The agreements, read together."""
    return shelf.with_files([FOLDER / f"{name}.md" for name in texts()])[0]


def expected(name: str) -> Iterator[tuple[str, list[str]]]:
    """Label of each proof of a file, with the comments that stand under it."""
    under: list[str] = []
    for line in texts()[name].splitlines():
        begins = re.match(r"prove ([^:,]+)[:,]", line)
        if begins:
            under = []
            yield begins[1], under
        elif line.startswith("# "):
            under.append(line.removeprefix("# "))
        elif not line.startswith("  "):
            under = []


STATED = {(name, label): lines for name in texts() for label, lines in expected(name)}


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """One prover for all, each verdict given by both solvers."""
    with Session(cross_check=True) as warm:
        yield warm


def told(session: Session, task: Task) -> ProofModel:
    """The verdict in words; whoever is shown has been seen by `explain` too, or this raises."""
    return proof_model(task, *session.find(task, ON), ON)


def stated(name: str, label: str) -> Task:
    """A proof that a file states, under its own law."""
    owner = library().instruments[f"pp_{name}"]
    proof = next(s for s in owner.statements if isinstance(s, Proof) and s.label == label)
    return Task(proof, own_regime(owner, library()), owner, library())


def unusual(person: PersonModel | None) -> str:
    """The facts of a person that are not ordinary, as the comments write them."""
    assert person is not None
    facts = {fact.fact: fact.value for fact in person.facts}
    usual = {"host": "SWE", "nationality": "SYR"}
    left = [f"{path} = {value}" for path, value in facts.items() if usual.get(path) != value]
    return "; ".join(left) or "ordinary"


def keys(owner: str, found: Iterator[str]) -> set[str]:
    """Keys of nodes, those of the proof's own text without its name."""
    return {key.removeprefix(f"{owner}/") for key in found}


def test_every_agreement_is_read_without_a_fault() -> None:
    assert [] == [render(fault) for fault in library().faults]
    assert 40 <= len(texts())


def test_every_proof_says_what_must_come_of_it() -> None:
    proofs = {
        (owner.id.removeprefix("pp_"), s.label): s
        for owner in library().instruments.values()
        if owner.id.startswith("pp_")
        for s in owner.statements
        if isinstance(s, Proof)
    }
    assert STATED.keys() == proofs.keys()
    assert set() == KNOWN_FAULTS.keys() - STATED.keys()
    words = r"who: |and: |by absence$|vacuous$|excluded from work$|dead: |life: |under |needs "
    odd = [line for lines in STATED.values() for line in lines if not re.match(words, line)]
    assert [] == odd


def marked(name: str, label: str) -> object:
    """A proof as a parameter; one that is known to come out wrong must fail."""
    known = KNOWN_FAULTS.get((name, label))
    marks = [pytest.mark.xfail(reason=known, strict=True)] if known else []
    return pytest.param(name, label, marks=marks, id=f"{name}-{label.replace(' ', '_')}")


@pytest.mark.parametrize(("name", "label"), [marked(*proof) for proof in STATED])
def test_what_was_reasoned_is_what_is_found(name: str, label: str, session: Session) -> None:
    task = stated(name, label)
    found = told(session, task)
    said = dict(line.split(": ", 1) for line in STATED[name, label] if ": " in line)
    words = {line for line in STATED[name, label] if ": " not in line}

    assert ("refuted" if task.proof.refuted else "proved") == found.verdict
    assert ("by absence" in words, "vacuous" in words) == (found.by_absence, found.vacuous)
    assert ("excluded from work" if "excluded from work" in words else "") == found.reason
    for part, person in (("who", found.case), ("and", found.other)):
        if part in said:
            assert said[part] == unusual(person)
        elif "who" in said:
            assert person is None
    assert set(said.get("dead", "").split("; ")) - {""} == keys(
        task.owner.id if task.owner else "", (article.key for article in found.dead)
    )
    assert said.get("life", "") in found.life
    assert bool(found.life) is ("life" in said)
    under = {line.removeprefix("under ") for line in words if line.startswith("under ")}
    assert under == {f"{question}={option}" for question, option in found.readings.items()}
    needs = [line.removeprefix("needs ") for line in words if line.startswith("needs ")]
    if needs:
        owner = task.owner.id if task.owner else ""
        assert set(needs[0].split(", ")) == keys(owner, (a.key for a in found.articles))


# ---- texts of which each binds some States only ----
def between_two(text: str) -> Task:
    """A property of two texts together, each binding its own parties."""
    ids = ["pp_prevails_here", "pp_limits_here"]
    instruments = tuple(library().instruments[i] for i in ids)
    regime = Regime("two", instruments, library().vocabulary, library().instruments)
    return Task(read_property(text, library(), ids), regime, None, library())


@pytest.mark.parametrize(
    ("host", "settled", "why"),
    [
        ("SWE", True, "only the guarantee's clause binds, and it prevails"),
        ("DEU", False, "it has reserved both clauses"),
        ("ITA", False, "both clauses bind, and they decide opposite ways"),
        ("FRA", True, "no guarantee binds it"),
        ("USA", True, "nothing binds it"),
    ],
)
def test_which_norm_prevails_hangs_on_the_host(
    host: str, settled: bool, why: str, session: Session
) -> None:
    found = told(session, between_two(f"no conflict when host is {host}"))
    assert ("proved" if settled else "refuted") == found.verdict, why
    if not settled:
        facts = "claims = yes; residence.lawful = 60 months"
        assert f"host = {host}; {facts}" == unusual(found.case)


def test_a_limit_that_is_defeated_closes_nothing(session: Session) -> None:
    asked = "residence.lawful at least 60 months implies stay can be citizen"
    assert "proved" == told(session, between_two(f"{asked} when host is SWE")).verdict
    for host in ("DEU", "FRA"):
        found = told(session, between_two(f"{asked} when host is {host}"))
        assert "refuted" == found.verdict
        assert found.case is not None
        assert "claims = yes" in unusual(found.case)


def test_of_all_hosts_somebody_stands_before_one_of_those_where_it_is_open(
    session: Session,
) -> None:
    found = told(session, between_two("no conflict"))
    assert "refuted" == found.verdict
    assert re.match(r"host = (DEU|ITA); claims = yes", unusual(found.case))


# ---- questions that are too hard ----
FACTS = (
    *(f"claim.{name}" for name in ("entry", "stay", "lodged", "permit")),
    *(f"origin{n}.state" for n in (1, 2, 3, 4)),
    *("take.requester", "family.state", "destination.state", "onward.state"),
)
STATES = ("SWE", "DEU", "ITA", "FRA", "TUR", "USA", "SYR", "AFG", "SDN", "MAR", "ESP")


def seated() -> str:
    """Twelve facts that are to be eleven States, no two the same: impossible, and hard to see."""
    inside = [f"{fact} in {{{', '.join(STATES)}}}" for fact in FACTS]
    apart = [
        f"not ({one} is {state} and {other} is {state})"
        for n, one in enumerate(FACTS)
        for other in FACTS[:n]
        for state in STATES
    ]
    return f"all of ({'; '.join(inside + apart)})"


def test_a_question_that_is_too_hard_is_unknown_and_names_its_limit() -> None:
    with Session(limits=Limits(seconds=0.3)) as hurried:
        found = told(hurried, between_two(f"never {seated()}"))
        assert ("unknown", "time: 0.3 s") == (found.verdict, found.limit)
        assert None is found.case
        assert () == found.articles
        assert "stopped at its limit (time: 0.3 s)" in found.claim
        assert not found.as_stated
        assert "proved" == told(hurried, between_two("never host is nobody")).verdict


def test_neither_a_statement_nor_its_refutation_is_unknown_as_stated() -> None:
    task = between_two(f"never {seated()}")
    with Session(limits=Limits(seconds=0.3)) as hurried:
        refuted = replace(task, proof=replace(task.proof, refuted=True))
        assert not told(hurried, refuted).as_stated
