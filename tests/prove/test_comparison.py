"""A comparison of two laws, held against `explain` on random agreements and random people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from comity.agreement.cases import Case
from comity.agreement.nodes import Norm, NormException, Standstill
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth, exactly
from comity.api.changes import Seen, any_of, both, changed, none_of, within
from comity.api.comparing import compare, read_sides
from comity.api.counting import Count
from comity.api.replaying import NotReplayed
from comity.api.schema_compare import CompareDocument, ComparedRightModel
from comity.explain.evaluate import Evaluation
from comity.prove.comparison import Answer, Compared, Comparison, versions
from comity.prove.law import Law
from comity.prove.prover import Disagreement, Prover
from comity.prove.regions import Change
from comity.prove.solvers import Reply, Solver, is_installed
from comity.prove.verdicts import Finding, Verdict
from tests.cli.running import agreement as written
from tests.readers_agree.agreements import agreement
from tests.readers_agree.draws import draws
from tests.readers_agree.people import complete_case, operation_facts, said_by_the_text
from tests.readers_agree.words import drawn_value

DAY = date(2026, 11, 24)
SEED = 40


# ---- random laws ----
@dataclass(frozen=True)
class Pair:
    """Two random regimes on a day and people, each with both evaluations."""

    old: Regime
    new: Regime
    on: date
    people: tuple[Case, ...]

    def evaluations(self) -> list[tuple[Evaluation, Evaluation]]:
        return [(Evaluation(self.old, p), Evaluation(self.new, p)) for p in self.people]


def pairs(rng: Random, count: int) -> Iterator[Pair]:
    """Half of them differ in one norm, the others have little in common."""
    for number, draw in enumerate(draws(rng, count, cases=0)):
        new = _without_one(rng, draw.regime) if number % 2 else replace(agreement(rng), name="new")
        sides = (draw.regime, new) if rng.random() < 0.5 else (new, draw.regime)
        people = tuple(_known_to_both(rng, *sides, draw.on) for _ in range(15))
        yield Pair(*sides, draw.on, people)


def _without_one(rng: Random, regime: Regime) -> Regime:
    owner = rng.choice([i for i in regime.instruments if i.holdings])
    gone = rng.choice(
        [s for s in owner.statements if isinstance(s, (Norm, NormException, Standstill))]
    )
    left = replace(owner, statements=tuple(s for s in owner.statements if s is not gone))
    library = {**regime.library, owner.id: left}
    instruments = tuple(library[i.id] for i in regime.instruments)
    return replace(regime, name="new", instruments=instruments, library=library)


def _known_to_both(rng: Random, old: Regime, new: Regime, on: date) -> Case:
    """A person of whom all is known; powers that either text lists as exercised are.

    Declarations are left to the texts: each regime has those that it lists.
    """
    case = complete_case(rng, old, on)
    more = {k: drawn_value(rng, k) for k in operation_facts(new) if k not in case.facts}
    listed = {
        key: Truth.TRUE
        for regime in (old, new)
        for key, said in said_by_the_text(regime, case).items()
        if said is Truth.TRUE
    }
    facts = {**case.facts, **more, **listed}
    return replace(case, facts={k: v for k, v in facts.items() if not k.startswith("declared ")})


@pytest.fixture(scope="module")
def looked() -> list[tuple[Pair, dict[str, Compared], list[tuple[Compared, Case | None]]]]:
    """Ten pairs with what was found of each right, and a person for each region."""
    found = []
    for pair in pairs(Random(SEED), 10):
        with Prover(needs=False) as prover:
            comparison = compared(prover, pair.old, pair.new, pair.on)
            answers = {r: comparison.look(r) for r in pair.old.vocabulary.rights}
            persons = [
                (answer, comparison.somebody(inhabited.region).person)
                for answer in answers.values()
                for inhabited in answer.regions
            ]
        found.append((pair, answers, persons))
    return found


def compared(prover: Prover, old: Regime, new: Regime, on: date) -> Comparison:
    laws = Law(old, on, tag="old "), Law(new, on, tag="new ")
    return Comparison(prover, *laws, versions(old, new))


Looked = list[tuple[Pair, dict[str, Compared], list[tuple[Compared, Case | None]]]]


def test_whoever_is_seen_to_gain_or_lose_lies_in_a_region(looked: Looked) -> None:
    seen = 0
    for pair, answers, _ in looked:
        for old, new in pair.evaluations():
            for right, answer in answers.items():
                for change in Change:
                    if changed(change, right)(old, new) is Truth.TRUE:
                        seen += 1
                        assert answer.answers[change] is Answer.SOME
                        regions = [i.region for i in answer.regions if i.region.change is change]
                        assert any(within(r)(old, new) is Truth.TRUE for r in regions)
    assert seen > 100


def test_the_person_of_a_region_is_seen_in_it(looked: Looked) -> None:
    shown = 0
    for pair, answers, persons in looked:
        inhabited = [i for answer in answers.values() for i in answer.regions]
        for one, (_, person) in zip(inhabited, persons, strict=True):
            assert person is not None
            old, new = Evaluation(pair.old, person), Evaluation(pair.new, person)
            assert within(one.region)(old, new) is Truth.TRUE
            shown += 1
    assert shown > 50


def test_nobody_in_a_region_has_more_from_the_other_law_than_is_told(looked: Looked) -> None:
    held = 0
    for pair, answers, _ in looked:
        for old, new in pair.evaluations():
            for answer in answers.values():
                for one in answer.regions:
                    other = old if one.region.change.is_of_new else new
                    if one.most is None or within(one.region)(old, new) is not Truth.TRUE:
                        continue
                    held += 1
                    assert other.bounds(answer.right).lower <= one.most or one.also
    assert held > 50


def test_a_level_that_became_unreachable_is_held_by_nobody(looked: Looked) -> None:
    lost = 0
    for pair, answers, _ in looked:
        for answer in answers.values():
            for rank in answer.lost:
                lost += 1
                for _, new in pair.evaluations():
                    assert new.bounds(answer.right).lower < rank
    assert lost > 5


def test_what_is_the_same_is_the_same_for_everybody(looked: Looked) -> None:
    same = 0
    for pair, answers, _ in looked:
        rights = [right for right, answer in answers.items() if answer.is_same]
        same += len(rights)
        for old, new in pair.evaluations():
            assert none_of((c, r) for c in Change for r in rights)(old, new) is Truth.TRUE
    assert same > 5


def test_a_person_who_gains_and_loses_is_found_where_there_is_one() -> None:
    found = 0
    for pair in pairs(Random(SEED + 1), 8):
        rights = tuple(pair.old.vocabulary.rights)
        seen = [both(rights, rights)(old, new) is Truth.TRUE for old, new in pair.evaluations()]
        with Prover(needs=False) as prover:
            finding = compared(prover, pair.old, pair.new, pair.on).both(rights)
        if finding.person is None:
            assert not any(seen)
        else:
            found += 1
            person = Evaluation(pair.old, finding.person), Evaluation(pair.new, finding.person)
            assert both(rights, rights)(*person) is Truth.TRUE
    assert found > 2


# ---- small laws ----
OLD = """\
rule 1.1 "for those who ask": guarantee stay at least applicant when claims
rule 1.2 "for children": guarantee schooling at least as_nationals when age less than 18 years
rule 1.3 "permits": limit permit at most 24 months when claims"""
NEW = """\
parameter P_wait = 6 months, at most 12 months
rule 1.1 "for those who ask": guarantee stay at least temporary
  when claims
  when procedure.pending at least P_wait
exception 1.4 "not those who lie" to 1.1 when conduct.threat at least serious
rule 1.2 "for children": guarantee schooling at least as_aliens when age less than 18 years
rule 1.3 "permits": limit permit at most 36 months when claims"""


def small(folder: Path, old: str = OLD, new: str = NEW) -> tuple[str, str]:
    """Two drafts of different titles as files."""
    return (
        written(folder, name="old.md", id_="old", title="Old", block=old),
        written(folder, name="new.md", id_="new", title="New", block=new),
    )


def right(document: CompareDocument, name: str) -> ComparedRightModel:
    return next(r for r in document.rights if r.right == name)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> CompareDocument:
    return compare(*small(tmp_path_factory.mktemp("small")), on=DAY)


def test_each_change_is_told_right_by_right(document: CompareDocument) -> None:
    stay, schooling, permit = (right(document, n) for n in ("stay", "schooling", "permit"))
    assert (stay.better, stay.worse) == ("some", "some")
    assert (schooling.better, schooling.worse) == ("nobody", "some")
    assert (permit.more_room, permit.less_room, permit.better) == ("some", "nobody", "nobody")
    assert (document.better, document.worse) == ("some", "some")
    assert right(document, "work").by_absence
    assert "work" in document.same
    assert "stay" not in document.same


def test_a_region_is_told_in_the_law_s_own_terms(document: CompareDocument) -> None:
    (better,) = (r for r in right(document, "stay").regions if r.change == "better")
    assert better.text == (
        "those whom new/1.1 (Article 1. A, for those who ask) guarantees stay at least temporary, "
        "and whom OLD guarantees no better than applicant by old/1.1"
    )
    assert better.when == ("claims", "procedure.pending at least P_wait")
    assert better.where == ("P_wait = 6 months",)
    assert [article.key for article in better.unless] == ["new/1.4"]
    (worse,) = (r for r in right(document, "stay").regions if r.change == "worse")
    assert worse.text == (
        "those whom OLD guarantees stay at least applicant by old/1.1 (Article 1. A, for those who "
        "ask), and whom NEW guarantees nothing"
    )
    (room,) = right(document, "permit").regions
    assert room.text == (
        "those to whom OLD leaves permit at most 24 months by old/1.3 (Article 1. A, permits), and "
        "to whom NEW leaves more"
    )


def test_the_person_of_a_region_is_plain_and_told_under_both(document: CompareDocument) -> None:
    (better,) = (r for r in right(document, "stay").regions if r.change == "better")
    assert better.person is not None
    person = document.persons[better.person - 1]
    facts = {fact.fact: fact.value for fact in person.facts}
    assert facts["procedure.pending"] == "6 months"
    assert facts.keys() <= {"host", "nationality", "claims", "procedure.pending"}
    told = next(r for r in person.rights if r.right == "stay")
    assert told.change == "better"
    assert told.old.startswith("guaranteed: at least applicant")
    assert told.new.startswith("guaranteed: at least temporary")
    assert [a.key for a in told.new_by] == ["new/1.1"]


def test_a_guarantee_that_nobody_reaches_any_more_is_told_with_who_had_it(
    document: CompareDocument,
) -> None:
    (lost,) = right(document, "schooling").lost
    assert lost.level == "as_nationals"
    assert lost.person is not None
    had = next(r for r in document.persons[lost.person - 1].rights if r.right == "schooling")
    assert had.old.startswith("guaranteed: at least as_nationals")
    assert right(document, "schooling").gained == ()
    assert right(document, "stay").lost == ()
    assert right(document, "stay").gained == ("temporary",)


def test_somebody_may_gain_and_lose(document: CompareDocument) -> None:
    assert document.both == "some"
    assert document.both_person is not None
    person = document.persons[document.both_person - 1]
    changes = {r.right: r.change for r in person.rights}
    assert changes["stay"] == "better"
    assert changes["schooling"] == "worse"


def test_only_the_rights_named_are_compared(tmp_path: Path) -> None:
    found = compare(*small(tmp_path), on=DAY, rights=("permit",))
    assert [r.right for r in found.rights] == ["permit"]
    assert (found.better, found.worse, found.both) == ("nobody", "nobody", "nobody")


def test_a_text_against_itself_changes_nothing(tmp_path: Path) -> None:
    path, _ = small(tmp_path)
    found = compare(path, path, on=DAY)
    assert len(found.same) == len(found.rights)
    assert found.persons == ()


def test_a_power_that_old_lists_as_exercised_is_exercised(tmp_path: Path) -> None:
    """Whoever OLD's only party leaves out by its listed power loses nothing."""
    front = 'in_force: 2000-01-01\nparties: [SWE]\nexercised: {"1.2": [SWE]}\n'
    block = 'rule 1.1: guarantee stay at least temporary\npower 1.2 "a quota": may set aside 1.1'
    old = written(tmp_path, name="old.md", id_="old", title="Old", more=front, block=block)
    new = written(tmp_path, name="new.md", id_="new", title="New", block="# no rule")
    assert compare(old, new, on=DAY, rights=("stay",)).same == ("stay",)
    unlisted = front.replace('exercised: {"1.2": [SWE]}\n', "")
    old = written(tmp_path, name="old.md", id_="old", title="Old", more=unlisted, block=block)
    assert compare(old, new, on=DAY, rights=("stay",)).worse == "some"


# ---- two versions of one text ----
ELEMENTS = """\
element E1 "labour"
rule 1.1: guarantee stay at least temporary in element E1
power 1.2 "a quota": may set aside 1.1"""


def test_versions_of_one_text_are_operated_alike(tmp_path: Path) -> None:
    sides = [
        written(tmp_path, name=f"{n}.md", id_=n, title=title, block=ELEMENTS)
        for n, title in (("draft_one", "Pact, draft 1"), ("pact", "Pact"))
    ]
    found = compare(*sides, on=DAY, rights=("stay",))
    assert found.same == ("stay",)
    assert any("two versions of one text" in note for note in found.notes)


def test_texts_of_other_titles_are_operated_each_by_itself(tmp_path: Path) -> None:
    sides = [
        written(tmp_path, name=f"{n}.md", id_=n, title=title, block=ELEMENTS)
        for n, title in (("pact", "Pact"), ("compact", "Compact"))
    ]
    found = compare(*sides, on=DAY, rights=("stay",))
    assert (found.better, found.worse) == ("some", "some")
    assert found.notes != ()


def test_a_draft_alone_is_read_beside_what_the_other_draft_is_read_with() -> None:
    old, new, note = read_sides("imfc_draft_1", "imfc")
    ids = [i.id for i in old.regime.instruments]
    assert "refugee_1951_1967" in ids
    assert ids[-1] == "imfc_draft_1"
    assert old.regime.name == "imfc_draft_1"
    assert "imfc" not in ids
    assert "beside" in note
    assert read_sides("encoded", "imfc_draft_1")[2] == ""
    assert versions(old.regime, new.regime) == (("imfc_draft_1", "imfc"),)


# ---- limits and faults ----
def test_a_limit_makes_an_answer_unknown_never_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Solver, "ask", lambda *_, **__: Reply("unknown", limit="time: 1 s"))
    found = compare(*small(tmp_path), on=DAY)
    stay = right(found, "stay")
    assert (stay.better, stay.worse, stay.lost_answer) == ("unknown", "unknown", "unknown")
    assert stay.limit == "time: 1 s"
    assert not stay.same
    assert found.both == "unknown"


def test_a_person_whom_explain_does_not_see_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Case(DAY, {"host": exactly("SWE")}, ordinary=True)
    found = Finding(Verdict.REFUTED, person=plain)
    monkeypatch.setattr(Comparison, "witness", lambda *_, **__: found)
    with pytest.raises(NotReplayed):
        compare(*small(tmp_path), on=DAY)


def test_a_second_solver_must_agree_that_there_is_nobody(tmp_path: Path) -> None:
    class Contrary(Solver):
        def ask(self, *_: object, **__: object) -> Reply:
            return Reply("sat")

    old, new, _ = read_sides(*small(tmp_path))
    with Prover(needs=False) as prover:
        prover.second = Contrary("cvc5")
        with pytest.raises(Disagreement):
            compared(prover, old.regime, new.regime, DAY).look("schooling")


@pytest.mark.skipif(not is_installed("cvc5"), reason="cvc5 is not installed")
def test_a_cross_checked_comparison_says_the_same(
    tmp_path: Path, document: CompareDocument
) -> None:
    again = compare(*small(tmp_path), on=DAY, cross_check=True)
    assert again.engines == ("z3", "cvc5")
    assert [(r.better, r.worse, r.more_room, r.less_room) for r in again.rights] == [
        (r.better, r.worse, r.more_room, r.less_room) for r in document.rights
    ]


# ---- counting ----
class OneChild:
    """Counts one record, a child of ten who asks for nothing, as so many people."""

    assumptions = "none"

    def __init__(self) -> None:
        self.said: dict[str, Truth] = {}

    def people_for_each(
        self, old: Regime, new: Regime, asked: Mapping[str, Seen]
    ) -> Mapping[str, Count]:
        known = {"host": exactly("SWE"), "age": exactly(120), "claims": Truth.FALSE}
        record = Case(DAY, known, ordinary=True)
        sides = Evaluation(old, record), Evaluation(new, record)
        self.said = {key: seen(*sides) for key, seen in asked.items()}
        return {key: Count(11, 22, 33) for key in asked}


def test_the_count_is_asked_of_both_evaluations_of_a_record(tmp_path: Path) -> None:
    counts = OneChild()
    found = compare(*small(tmp_path), on=DAY, counts=counts)
    asked = counts.said
    assert asked["worse"] is Truth.TRUE
    assert asked["better"] is Truth.FALSE
    assert asked["both"] is Truth.FALSE
    assert asked["same"] is Truth.FALSE
    assert asked["worse schooling"] is Truth.TRUE
    assert asked["worse schooling old/1.2 3"] is Truth.TRUE
    assert set(found.people) == {"better", "worse", "both", "same"}
    (region,) = right(found, "schooling").regions
    assert region.people is not None
    assert right(found, "schooling").people["worse"].possible == 22
    assert found.assumptions == "none"


def test_what_is_proved_to_come_to_nobody_is_never_counted_as_possible(tmp_path: Path) -> None:
    counts = OneChild()
    compare(*small(tmp_path), on=DAY, rights=("permit",), counts=counts)
    assert counts.said["better"] is counts.said["worse"] is counts.said["both"] is Truth.FALSE
    assert "worse permit" not in counts.said


def test_of_a_record_of_which_little_is_known_the_change_is_unknown(tmp_path: Path) -> None:
    old, new, _ = read_sides(*small(tmp_path))
    record = Case(DAY, {"host": exactly("SWE")})
    sides = Evaluation(old.regime, record), Evaluation(new.regime, record)
    assert any_of(((Change.BETTER, "stay"),))(*sides) is Truth.UNKNOWN
    assert none_of(((Change.WORSE, "schooling"),))(*sides) is Truth.UNKNOWN
    assert none_of(((Change.WORSE, "work"),))(*sides) is Truth.TRUE
