"""The proved half of a dossier: every property in plain words, and no failure of a solver fails it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from comity.agreement.conditions import Condition, atoms
from comity.agreement.statements import (
    EqualFooting,
    Implies,
    Monotone,
    Never,
    NoGap,
    PossibleCase,
    Proof,
    Property,
)
from comity.api.brief_invented import by_instrument
from comity.api.brief_proofs import SECONDS, guarantees_of
from comity.api.brief_words import Plain, says
from comity.api.counting import Count
from comity.api.failing import Uncounted
from comity.api.proving import Session, tasks
from comity.api.regimes import Read, read_regime
from comity.api.replaying import NotReplayed
from comity.api.schema_proofs import ArticleModel
from comity.api.verdict_words import Task
from comity.brief.context import Bounds
from comity.brief.guarantees import Guarantees, ShownProof
from comity.brief.proof_files import sentence
from comity.language.properties import read_property
from comity.prove.solvers import Reply, Solver
from comity.prove.verdicts import Finding
from tests.cli.running import TODAY, agreement

DAY = date.fromisoformat(TODAY)
NOW = read_regime("encoded")
IMFC = read_regime("imfc")

BLOCK = """
term stuck when procedure.final and not removal.possible
rule 1.1: guarantee stay at least temporary
  when stuck
rule 1.2: guarantee work at least any
  when stay_long
rule 1.3: guarantee permit at least 12 months
  when stuck
term stay_long when residence.lawful at least 12 months

prove duty 1 nobody is stuck: stuck implies stay at least temporary
prove duty 2 blind to sex: stay does not depend on sex
prove duty 3 own rule: 1.2 holds implies work at least any
prove duty 4 nobody: stuck and removal.possible implies stay at least citizen
prove danger is a status, refuted: origin.degree at least danger_to_life
  implies stay at least temporary
prove skill decides nothing, refuted: work does not depend on residence.lawful
prove somebody may stay: possible stay at least temporary
prove nobody works, refuted: possible work at least any and residence.lawful at most 0 months
"""


def silent(_what: str, _done: int, _whole: int) -> None:
    """Progress that nobody looks at."""


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """A draft with a proof of each kind."""
    return read_regime(f"encoded,{agreement(tmp_path_factory.mktemp('draft'), block=BLOCK)}")


def found_of(read: Read, **more: object) -> Guarantees:
    draft = next(i for i in read.regime.instruments if i.is_draft)
    return guarantees_of(NOW, read, draft, DAY, silent, **more)  # type: ignore[arg-type]


def people(task: Task, finding: Finding) -> Count | Uncounted:
    """A made-up count, so that the page's way with counts can be seen."""
    return Uncounted("no record tells") if task.owner is None else Count(0, 400, 40)


@pytest.fixture(scope="module")
def found(mine: Read) -> Guarantees:
    """Its verdicts."""
    return found_of(mine, count=people)


def named(found: Guarantees, label: str) -> ShownProof:
    return next(proof for proof in found.every if proof.name == label)


# ---- verdicts ----
def test_each_kind_of_verdict_is_told_apart(found: Guarantees) -> None:
    kinds = {proof.name: proof.kind for proof in found.of_draft}
    assert kinds == {
        "duty 1 nobody is stuck": "proved",
        "duty 2 blind to sex": "by_absence",
        "duty 3 own rule": "proved",
        "duty 4 nobody": "vacuous",
        "danger is a status": "refuted",
        "skill decides nothing": "refuted",
        "somebody may stay": "proved",
        "nobody works": "refuted",
    }


def test_a_proof_names_the_articles_it_needs(found: Guarantees) -> None:
    (needed,) = named(found, "duty 1 nobody is stuck").needs
    assert ("Mine", ("Article 1",)) == (needed.instrument, needed.articles)


def test_the_duties_are_asked_of_today_too_unless_they_name_the_drafts_own_rules(
    found: Guarantees,
) -> None:
    today = {d.draft.name: d.today.kind if d.today else None for d in found.duties}
    assert today == {
        "duty 1 nobody is stuck": "refuted",
        "duty 2 blind to sex": "by_absence",
        "duty 3 own rule": None,
        "duty 4 nobody": "vacuous",
    }
    stuck = found.duties[0].today
    assert stuck is not None
    assert stuck.person is not None
    assert "Host: Sweden" in stuck.person.who
    assert "the State may still grant up to" in stuck.person.rights[0].statement
    # the claim is of the texts that were asked, not of the one that states the duty
    assert "Mine" not in stuck.claim
    assert "Convention against Torture" in stuck.claim


def test_where_no_duty_is_named_all_that_the_draft_states_is_asked_of_today(tmp_path: Path) -> None:
    block = (
        "rule 1.1: guarantee stay at least temporary\n"
        "prove all: not claims implies stay at least temporary"
    )
    read = read_regime(f"encoded,{agreement(tmp_path, block=block)}")
    assert ["all"] == [duty.draft.name for duty in found_of(read).duties]


def test_a_refutation_has_its_person_or_two_and_a_refuted_possibility_its_reason(
    found: Guarantees,
) -> None:
    alone, pair = named(found, "danger is a status"), named(found, "skill decides nothing")
    assert alone.person is not None
    assert alone.other is None
    assert any("worst harm" in fact.meaning for fact in alone.person.facts)
    assert pair.person is not None
    assert pair.other is not None
    months = [fact.value for one in (pair.person, pair.other) for fact in one.differs]
    assert 2 == len(months)
    assert months[0] != months[1]
    assert "nobody can be in this position" == named(found, "nobody works").reason
    assert named(found, "somebody may stay").person is not None


def test_the_refutations_that_measure_todays_texts_are_asked_again(found: Guarantees) -> None:
    """Those against the draft, and gaps; what else a text states of itself is read with `prove`."""
    stated = {
        (i.title, proof.label): proof
        for i in NOW.regime.instruments
        for proof in i.statements
        if isinstance(proof, Proof) and proof.refuted
    }
    shown = {(p.instrument, p.name) for p in found.refuted_today}
    assert shown
    assert shown <= set(stated)
    gaps = {key for key, proof in stated.items() if isinstance(proof.property, NoGap)}
    assert gaps
    assert gaps <= shown


def test_anchors_are_unique(found: Guarantees) -> None:
    anchors = [proof.id for proof in found.every]
    assert sorted(set(anchors)) == sorted(anchors)
    assert all(re.fullmatch(r"[a-z0-9-]+", anchor) for anchor in anchors)


# ---- people ----
def test_people_are_counted_for_refutations_only(found: Guarantees) -> None:
    assert Bounds(0, 400, 40) == named(found, "danger is a status").people
    assert all(proof.people is None for proof in found.every if proof.verdict != "refuted")
    stuck = found.duties[0].today
    assert stuck is not None
    assert (None, "no record tells") == (stuck.people, stuck.not_counted)


def test_a_count_that_fails_is_not_counted_and_says_why(mine: Read) -> None:
    def breaks(_task: Task, _finding: Finding) -> Count:
        raise KeyError("origin1.tier")

    proof = named(found_of(mine, count=breaks), "danger is a status")
    assert (None, "KeyError: 'origin1.tier'") == (proof.people, proof.not_counted)


# ---- whatever happens to a solver ----
def test_a_limit_gives_unknown_with_the_limit_and_never_fails(
    mine: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gives_up(solver: Solver, *_: object, **__: object) -> Reply:
        return Reply("unknown", limit=f"time: {solver.limits.seconds:g} s")

    monkeypatch.setattr(Solver, "ask", gives_up)
    hurried = found_of(mine, seconds=7)
    unknown = [proof for proof in hurried.every if proof.verdict == "unknown"]
    assert len(unknown) > 10
    assert {"time: 7 s"} == {proof.limit for proof in unknown}
    assert all("stopped at its limit (time: 7 s)" in proof.claim for proof in unknown)
    assert {"by_absence"} == {p.kind for p in hurried.every if p.verdict != "unknown"}


@pytest.mark.parametrize("error", [NotReplayed("x: not seen"), OSError("no process"), ValueError()])
def test_a_solver_that_breaks_leaves_every_verdict_unknown(
    mine: Read, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def breaks(_self: Session, _task: Task, _on: date) -> None:
        raise error

    monkeypatch.setattr(Session, "find", breaks)
    broken = found_of(mine)
    assert {"unknown"} == {proof.verdict for proof in broken.every}
    assert all(type(error).__name__ in proof.limit for proof in broken.every)


def test_progress_names_each_property_and_reaches_the_last(mine: Read) -> None:
    told: list[tuple[str, int, int]] = []
    draft = next(i for i in mine.regime.instruments if i.is_draft)
    found = guarantees_of(NOW, mine, draft, DAY, lambda *one: told.append(one), seconds=SECONDS)
    assert ("proving: duty 1 nobody is stuck", 0, len(found.every)) == told[0]
    assert list(range(len(found.every))) == [done for _, done, _ in told]


# ---- plain words ----
def stated_everywhere() -> Iterable[Task]:
    return tasks(IMFC)


def test_every_property_of_the_library_is_said_without_the_words_of_the_language() -> None:
    for task in stated_everywhere():
        assert task.owner is not None
        text = sentence(says(task.proof, task.regime, task.owner.id))
        said = text.replace("P_", "")  # parameters keep their names
        assert "_" not in said, text
        assert not re.search(
            r"\b(implies|all of \(|any of \(|does not depend on|origin1\b)", text
        ), text
        assert len(text) > 20


def conditions_in(stated: Property) -> Iterable[Condition]:
    match stated:
        case Implies(premise, conclusion):
            return (premise, conclusion)
        case Never(condition) | PossibleCase(condition):
            return (condition,)
    return ()


def test_no_condition_is_lost_in_plain_words() -> None:
    for task in stated_everywhere():
        assert task.owner is not None
        made = task.proof
        lines = [line for part in says(made, task.regime, task.owner.id) for line in part.lines]
        text = "\n".join(lines)
        asked = sum(1 for c in conditions_in(made.property) for _ in atoms(c))
        if asked:
            joints = text.count("; and ") + text.count(", or ")
            assert asked <= len(lines) + joints, made.label
        match made.property:
            case EqualFooting(rights, facts):
                assert len(lines) >= len(rights) + len(facts)
            case Monotone(rights):
                assert len(lines) >= len(rights) + 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("no gap on stay, work", "Nobody who may not be removed to their only country"),
        ("no conflict", "No guarantee crosses a limit"),
        ("no dead text over readings", "under every reading of the texts"),
        ("table complete", "Every cell of every table is somebody's"),
        ("conforms to imfc on stay", "Nobody is guaranteed less than by International Migration"),
        ("compatible with imfc", "Nothing that International Migration Framework Convention"),
        ("stands still against imfc", "Nobody has less than under International Migration"),
        ("labour never travels alone", "acting together with other workers (organise)"),
        ("decommodified", "Neither a price nor the loss of a job"),
        ("never stuck", "Nobody is left at a status"),
        (
            "never nationality includes TUR and nationality meets refugee_protocol_1967",
            "nationalities; none means stateless: Türkiye among them; nationalities; none means "
            "stateless: at least one of refugee protocol 1967",
        ),
        ("never nationality is empty", "nationalities; none means stateless: none"),
        ("never host in refugee_protocol_1967", "the State that is asked: one of refugee protocol 1967"),
        ("never not (claims and unaccompanied)", "not so: (has asked for protection; and a child"),
        (
            "never half of residence.study + age at least 60 months",
            "1/2 of residence as student and age: at least 60 months",
        ),
        ("detention at most 0 days implies not stay at least tolerated", "no guarantee of security"),
        ("claims implies stay at most temporary", "security of status (stay): at most temporary"),
        ("claims implies decision can be 6 months", "decision): the State may grant 6 months"),
        (
            "never every origin (place.degree is mass_killing or place.destitution)",
            "of every origin: worst harm the person would meet: mass killing, or",
        ),
        ("never 33.1 holds or lapse of 33.1", "rule 33.1 of Convention relating"),
        (
            "within 12 months stay at least permanent is reached from stay at least temporary "
            "by residence.lawful",
            "is guaranteed this within 12 months of ordinary life",
        ),
    ],
)  # fmt: skip
def test_a_property_in_plain_words(written: str, said: str) -> None:
    ids = [i.id for i in IMFC.regime.instruments if i.id != "imfc"]
    proof = read_property(written, IMFC.library, ["refugee_1951_1967", *ids])
    assert said in sentence(says(proof, NOW.regime, ""))


def test_a_right_is_named_where_its_meaning_does_not_say_it() -> None:
    words = Plain(NOW.regime)
    assert "security of status (stay)" == words.right("stay")
    assert "wait for family" == words.right("family_wait")


def test_articles_are_gathered_by_text_in_its_own_order_the_asked_one_first() -> None:
    regime = IMFC.regime
    headings = {
        name: {a.id: a.heading for a in regime.library[name].articles}
        for name in ("imfc", "refugee_1951_1967")
    }
    needed = [
        ArticleModel(key="refugee_1951_1967/33.1", article=headings["refugee_1951_1967"]["33"]),
        ArticleModel(key="imfc/22.1", article=headings["imfc"]["22"]),
        ArticleModel(key="imfc/14.1", article=headings["imfc"]["14"]),
        ArticleModel(key="imfc/14.1a", article=headings["imfc"]["14"]),
    ]
    first, second = by_instrument(needed, regime, "imfc")
    assert ("Article 14", "Article 22") == first.articles
    assert ("Article 33",) == second.articles
