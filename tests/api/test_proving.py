"""A prover that stays warm, what it survives, and the persons that it saves."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from comity.agreement.cases import Case
from comity.agreement.conditions import FactHolds, FactRef, Not
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime
from comity.agreement.values import exactly
from comity.agreement.vocabulary import Axiom
from comity.api import library as shelf
from comity.api.proving import Session, make_folder, save, tasks
from comity.api.regimes import Read, read_regime
from comity.api.replaying import NotReplayed, Replay
from comity.api.schema_proofs import PersonModel, ProofModel, ProveDocument
from comity.api.verdict_words import Task, proof_model
from comity.explain.evaluate import Evaluation
from comity.language.case_files import read_case
from comity.language.faults import ComityError
from comity.prove.solvers import Limits, Solver
from tests.cli.running import agreement
from tests.prove.test_properties import KNOWN_FAULTS, STATED, between_two, seated, stated

ON = date(2026, 11, 24)
LADDER = """\
rule 1.1: guarantee stay at least temporary when residence.lawful at least 12 months
rule 1.2: guarantee work at least any when residence.lawful at least 24 months
prove a year: residence.lawful at least 12 months implies stay at least temporary
prove two years: residence.lawful at least 24 months implies work at least any
prove never more: never stay at least permanent"""


@pytest.fixture
def session() -> Iterator[Session]:
    with Session(limits=Limits(seconds=10)) as warm:
        yield warm


def verdicts(document: ProveDocument) -> dict[str, str]:
    return {proof.name: proof.verdict for proof in document.proofs}


# ---- warm ----
def test_what_was_asked_before_is_not_asked_again(session: Session, tmp_path: Path) -> None:
    path = agreement(tmp_path, block=LADDER)
    first = session.prove(path, on=ON)
    asked = session.prover.asked
    again = session.prove(path, on=ON)
    assert {"a year": "proved", "two years": "proved", "never more": "proved"} == verdicts(first)
    assert verdicts(first) == verdicts(again)
    assert asked == session.prover.asked > 0


def test_an_edit_is_seen_and_asks_only_what_hangs_on_it(session: Session, tmp_path: Path) -> None:
    path = agreement(tmp_path, block=LADDER)
    session.prove(path, on=ON)
    asked = session.prover.asked
    agreement(
        tmp_path,
        block=LADDER.replace("any when residence.lawful at least 24", "any when age at least 30"),
    )
    found = session.prove(path, on=ON)
    assert {"a year": "proved", "two years": "refuted", "never more": "proved"} == verdicts(found)
    assert asked + 1 == session.prover.asked


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("force: binding", "force: informal"),
        ("at least 12 months implies", "at least 11 months implies"),
        ("stay at least temporary when", "stay at least temporary until 2020-01-01 when"),
        ("12 months\nrule 1.2", "12 months\nexception 1.3 to 1.1 when claims\nrule 1.2"),
        ("12 months\nrule 1.2", "12 months\npower 1.3: may set aside article 1\nrule 1.2"),
    ],
)
def test_a_warm_prover_says_what_a_cold_one_says(
    before: str, after: str, session: Session, tmp_path: Path
) -> None:
    path = Path(agreement(tmp_path, block=LADDER))
    assert "proved" == verdicts(session.prove(str(path), on=ON))["a year"]
    text = path.read_text("utf-8")
    if "until" in after:
        text = text.replace("rule 1.1:", "rule 1.1 until 2020-01-01:")
    else:
        text = text.replace(before, after)
    path.write_text(text, "utf-8")
    warm = session.prove(str(path), on=ON)
    with Session() as cold:
        assert verdicts(cold.prove(str(path), on=ON)) == verdicts(warm)
    assert "refuted" == verdicts(warm)["a year"]


def test_another_day_is_another_question(session: Session, tmp_path: Path) -> None:
    block = LADDER.replace("rule 1.1:", "rule 1.1 from 2020-01-01:")
    path = agreement(tmp_path, block=block)
    assert "proved" == verdicts(session.prove(path, on=date(2020, 1, 1)))["a year"]
    assert "refuted" == verdicts(session.prove(path, on=date(2019, 12, 31)))["a year"]
    assert "proved" == verdicts(session.prove(path, on=date(2020, 1, 1)))["a year"]


# ---- what happens to a solver ----
def test_a_solver_that_was_killed_is_unknown_and_the_next_question_is_answered(
    session: Session,
) -> None:
    hard = between_two(f"never {seated()}")
    session.find(between_two("no conflict when host is USA"), ON)

    def kill() -> None:
        process = session.prover.solver._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)

    threading.Timer(1.0, kill).start()
    found, rights = session.find(hard, ON)
    model = proof_model(hard, found, rights, ON)
    assert "unknown" == model.verdict
    assert "the solver died" in model.limit
    assert not model.as_stated
    assert "proved" == session.find(between_two("never host is nobody"), ON)[0].verdict.value


def test_a_solver_that_was_killed_while_nobody_asked_is_started_again(session: Session) -> None:
    session.find(between_two("no conflict when host is USA"), ON)
    process = session.prover.solver._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    found = session.find(between_two("no conflict when host is DEU"), ON)[0]
    assert "refuted" == found.verdict.value


def test_a_solver_that_hangs_is_killed_at_its_limit() -> None:
    with Session(limits=Limits(seconds=0.1)) as hurried:
        hurried.find(between_two("no conflict when host is USA"), ON)
        process = hurried.prover.solver._process
        assert process is not None
        os.kill(process.pid, signal.SIGSTOP)
        began = time.monotonic()
        found = hurried.find(between_two("never host is nobody"), ON)[0]
        assert ("unknown", "time: 0.1 s") == (found.verdict.value, found.limit)
        assert 30 > time.monotonic() - began
        assert None is not process.returncode


@pytest.mark.parametrize("megabytes", [1, 40])
def test_a_solver_without_memory_is_unknown_and_says_so(megabytes: int) -> None:
    with Session(limits=Limits(megabytes=megabytes)) as poor:
        found = poor.find(between_two("no conflict"), ON)[0]
        assert "unknown" == found.verdict.value
        assert f"memory: {megabytes} MB" in found.limit


@pytest.mark.parametrize("left", [b'{"verdict": "uns', b"[1]\n", b"out of memory\n", b"\xff\n"])
def test_half_an_answer_is_no_answer(
    left: bytes, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Solver, "_line", lambda *_: left)
        found = session.find(between_two("no conflict when host is DEU"), ON)[0]
        assert "unknown" == found.verdict.value
        assert "the solver died" in found.limit
    assert (
        "proved" == session.find(between_two("no conflict when host is SWE"), ON)[0].verdict.value
    )


def test_an_answer_that_nobody_waited_for_is_not_taken_for_that_of_the_next_question(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever interrupts a question in a notebook goes on with the same session."""

    def interrupt(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as impatient:
        impatient.setattr(Solver, "_line", interrupt)
        with pytest.raises(KeyboardInterrupt):
            session.find(between_two("no conflict when host is SWE"), ON)  # would be proved
    found = session.find(between_two("no conflict when host is DEU"), ON)[0]
    assert "refuted" == found.verdict.value


@pytest.mark.parametrize("seconds", [float("inf"), 1e300, 1e7])
def test_a_limit_beyond_every_clock_is_no_limit(seconds: float) -> None:
    with Session(limits=Limits(seconds=seconds)) as patient:
        found = patient.find(between_two("no conflict when host is DEU"), ON)[0]
        assert "refuted" == found.verdict.value


def test_a_session_that_ends_leaves_no_process(session: Session) -> None:
    with Session(cross_check=True) as both:
        both.find(between_two("no conflict when host is USA"), ON)
        started = [both.prover.solver._process, both.prover.second and both.prover.second._process]
    assert all(process is not None and process.returncode is not None for process in started)


# ---- what is not asked ----
def test_a_property_whose_words_the_vocabulary_lacks_is_never_asked() -> None:
    read = read_regime("cat_art3")
    words = read.regime.vocabulary
    for text, missing in (
        ("no gap", "shield"),
        ("labour never travels alone", "work"),
        ("decommodified", "stay"),
    ):
        rights = {name: right for name, right in words.rights.items() if name != missing}
        poor = Read(replace(read.regime, vocabulary=replace(words, rights=rights)), read.library)
        with pytest.raises(ComityError) as refused:
            tasks(poor, properties=(text,))
        assert ["E455"] == [fault.code for fault in refused.value.faults]
        assert missing in (refused.value.faults[0].possible or "")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("exceptions", "a claim takes it"),
        ("less_is_better", "the lapse is counted"),
        pytest.param(
            "less_is_better",
            "nothing crosses",
            marks=pytest.mark.xfail(strict=True, reason="a premise without facts asks no axiom"),
        ),
    ],
)
def test_under_axioms_that_contradict_one_another_a_proof_says_that_it_says_nothing(
    name: str, label: str, session: Session
) -> None:
    """A vocabulary of a user's own may be impossible; then nobody exists, and it must be said."""
    claims = FactHolds(FactRef("claims"))
    task = stated(name, label)
    words = task.regime.vocabulary
    axioms = (*words.axioms, Axiom(claims), Axiom(Not(claims)))
    regime = replace(task.regime, vocabulary=replace(words, axioms=axioms))
    found = session.find(replace(task, regime=regime), ON)[0]
    assert ("proved", True) == (found.verdict.value, found.vacuous)


# ---- persons ----
REFUTED = [
    (name, label)
    for (name, label), lines in STATED.items()
    if any(line.startswith("who: ") for line in lines) and (name, label) not in KNOWN_FAULTS
]


@pytest.fixture(scope="module")
def warm() -> Iterator[Session]:
    with Session(needs=False) as one:
        yield one


@pytest.mark.parametrize(("name", "label"), REFUTED)
def test_somebody_in_whom_nothing_fails_is_never_shown(
    name: str, label: str, warm: Session
) -> None:
    """`explain` is asked again: a person whom a broken solver made up does not get through."""
    task = stated(name, label)
    found = warm.find(task, ON)[0]
    assert found.person is not None
    anybody = Case(ON, {"host": exactly("USA")}, ordinary=True)
    for path, known in found.person.facts.items():
        if path.startswith("parameter "):
            anybody = anybody.with_facts({path: known})
    if _fails_of_everybody(STATED[name, label]):
        return
    made_up = replace(found, person=anybody, other=anybody if found.other else None)
    with pytest.raises(NotReplayed):
        Replay(task.proof, task.regime, task.owner_of_scope, task.against).check(made_up)


def _fails_of_everybody(lines: list[str]) -> bool:
    """The ordinary person is the one who refutes it: there is nobody more ordinary to show."""
    return "who: ordinary" in lines and not any(line.startswith("and: ") for line in lines)


@pytest.mark.parametrize(("name", "label"), REFUTED)
def test_a_saved_person_is_read_back_with_the_same_position(
    name: str, label: str, warm: Session
) -> None:
    task = stated(name, label)
    found, rights = warm.find(task, ON)
    model = proof_model(task, found, rights, ON)
    regime = task.regime
    for question, option in found.readings.items():
        regime = regime.reading(question, option)
    pairs = ((found.person, model.case), (found.other, model.other))
    for person, told in pairs:
        assert (person is None) is (told is None)
        if person is not None and told is not None:
            back = read_back(told, task)
            assert ON == back.on
            assert positions(regime, person) == positions(regime, back)


def read_back(told: PersonModel, task: Task) -> Case:
    """The record of a person, read as `explain --case` reads it."""
    kept = task.library.instruments
    record = read_case(
        told.case, "a.yaml", shelf.vocabulary(), today=date(1999, 1, 1), instruments=kept
    )
    assert record.invented
    return record.case


def positions(regime: Regime, person: Case) -> dict[str, Bounds]:
    """What a person may claim and what the State may grant, right by right."""
    evaluation = Evaluation(regime, person)
    return {right: evaluation.bounds(right) for right in regime.vocabulary.rights}


# ---- files ----
def saved(names: list[tuple[str, bool]], folder: Path) -> list[str]:
    """Names of the files in which persons of proofs of some labels are saved; True of a pair."""
    person = PersonModel(told="", facts=(), rights=(), case="host: SWE\n")
    proofs = tuple(
        ProofModel(
            name=label,
            instrument="a",
            property="",
            stated="proved",
            verdict="refuted",
            as_stated=False,
            case=person.model_copy(update={"case": f"host: SWE\nnote: {n}\n"}),
            other=person if pair else None,
            claim="",
            seconds=0,
        )
        for n, (label, pair) in enumerate(names)
    )
    document = ProveDocument(
        regime="a",
        date="2026-11-24",
        proofs=proofs,
        engines=(),
        coverage={},
        reading={},
        assumptions="",
        warnings=(),
        seconds=0,
    )
    done = save(document, folder)
    for n, proof in enumerate(done.proofs):
        assert proof.case is not None
        assert f"note: {n}\n" in Path(proof.case.file).read_text("utf-8")
    return [
        Path(one.file).name for proof in done.proofs for one in (proof.case, proof.other) if one
    ]


def test_labels_that_make_one_file_name_make_two_files(tmp_path: Path) -> None:
    several = [("no gap", False), ("no-gap", False), ("no_gap", False), ("no'gap", False)]
    files = saved(several, tmp_path)
    assert ["a-no-gap.yaml", "a-no-gap-2.yaml", "a-no-gap-3.yaml", "a-no-gap-4.yaml"] == files
    assert set(files) == {path.name for path in tmp_path.iterdir()}


def test_the_second_of_a_pair_is_not_overwritten_by_a_label_that_ends_alike(tmp_path: Path) -> None:
    several = [("footing", True), ("footing other", False), ("footing-other", True)]
    files = saved(several, tmp_path)
    assert len(files) == len(set(files)) == 5
    assert {*files} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    "label", ["x" * 100_000, "../../up", "...", "/", "a\x00b", "ع" * 300, "CON"]
)
def test_a_label_of_odd_characters_makes_a_file_within_the_folder(
    label: str, tmp_path: Path
) -> None:
    [name] = saved([(label, False)], tmp_path / "in" / "two")
    assert [name] == [path.name for path in (tmp_path / "in" / "two").iterdir()]


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/nowhere")):
        with pytest.raises(ComityError) as refused:
            make_folder(folder)
        assert ["E460"] == [fault.code for fault in refused.value.faults]
    make_folder(tmp_path / "new" / "deep")
    assert [] == [*(tmp_path / "new" / "deep").iterdir()]
