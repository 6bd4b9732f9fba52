"""Solvers in processes of their own: kept while they answer, ended and begun anew at a limit."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from comity.prove import solvers
from comity.prove.script import Wish
from comity.prove.solvers import Limits, Solver, is_installed

EASY = "(declare-const p Bool)(declare-const q Bool)(assert (and p (not q)))"
NEVER = "(declare-const p Bool)(assert (and p (not p)))"


def pigeons(count: int) -> str:
    """So many pigeons in one hole less: short to say, and very long to refute."""
    holes = range(count - 1)
    names = [[f"x{pigeon}_{hole}" for hole in holes] for pigeon in range(count)]
    lines = [f"(declare-const {name} Bool)" for row in names for name in row]
    lines += [f"(assert (or {' '.join(row)}))" for row in names]
    lines += [
        f"(assert (not (and {names[one][hole]} {names[other][hole]})))"
        for hole in holes
        for one in range(count)
        for other in range(one)
    ]
    return "\n".join(lines)


HARD = pigeons(13)


@pytest.fixture(scope="module", params=["z3", "cvc5"])
def solver(request: pytest.FixtureRequest) -> Iterator[Solver]:
    with Solver(request.param) as found:
        yield found


def pid(solver: Solver) -> int:
    assert solver._process is not None
    return solver._process.pid


# ---- answers ----
@pytest.mark.parametrize(("text", "verdict"), [(EASY, "sat"), (NEVER, "unsat")])
def test_both_solvers_answer(solver: Solver, text: str, verdict: str) -> None:
    reply = solver.ask(text)
    assert (verdict, "") == (reply.verdict, reply.limit)
    assert reply.seconds >= 0


def test_one_process_answers_many_questions_none_of_which_is_left_to_the_next(
    solver: Solver,
) -> None:
    assert "unsat" == solver.ask(NEVER).verdict
    first = pid(solver)
    assert ["sat", "unsat", "sat"] == [solver.ask(t).verdict for t in (EASY, NEVER, EASY)]
    assert first == pid(solver)


def test_labels_count_only_where_they_are_assumed(solver: Solver) -> None:
    text = "(declare-const l Bool)(declare-const p Bool)(assert (=> l p))(assert (not p))"
    assert ["sat", "unsat"] == [solver.ask(text, labels=ls).verdict for ls in ((), ("l",))]


def test_each_goal_is_asked_for_alone(solver: Solver) -> None:
    text = "(declare-const p Bool)(declare-const q Bool)(declare-const r Bool)(assert (not r))"
    text += "(assert (or (not p) (not q)))"
    assert ("sat", "sat", "unsat") == solver.ask(text, goals=("p", "q", "r")).goals


def test_a_text_that_cannot_be_read_is_unknown_and_says_why_and_the_next_is_answered(
    solver: Solver,
) -> None:
    reply = solver.ask("(assert what_is_this)")
    assert "unknown" == reply.verdict
    assert reply.limit
    assert "sat" == solver.ask(EASY).verdict


def test_the_values_of_a_model_are_those_of_the_symbols_asked_for() -> None:
    with Solver("z3") as z3:
        text = "(declare-const n Int)(assert (and (< 3 n) (< n 5)))" + EASY
        reply = z3.ask(text, symbols=("n", "p", "q"))
    assert {"n": 4, "p": True, "q": False} == reply.values


def test_a_solver_that_is_not_installed_is_seen() -> None:
    assert is_installed("z3")
    assert is_installed("cvc5")
    assert not is_installed("no_such_solver")


# ---- limits ----
@pytest.mark.parametrize("engine", ["z3", "cvc5"])
def test_a_question_that_takes_too_long_is_unknown_with_the_time_and_the_next_is_answered(
    engine: str,
) -> None:
    with Solver(engine, Limits(seconds=0.5)) as solver:
        began = time.monotonic()
        reply = solver.ask(HARD)
        assert ("unknown", "time: 0.5 s") == (reply.verdict, reply.limit)
        assert time.monotonic() - began < 30
        assert "sat" == solver.ask(EASY).verdict


def test_a_solver_that_does_not_heed_its_time_is_killed_and_begun_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solvers, "_GRACE", 0.2)
    with Solver("z3", Limits(seconds=20)) as solver:
        assert "sat" == solver.ask(EASY).verdict
        first = pid(solver)
        os.kill(first, signal.SIGSTOP)  # it neither answers nor ends
        solver.limits = Limits(seconds=0.2)
        reply = solver.ask(EASY)
        assert ("unknown", "time: 0.2 s") == (reply.verdict, reply.limit)
        assert not _lives(first)
        solver.limits = Limits(seconds=20)
        monkeypatch.setattr(solvers, "_GRACE", 30)
        assert "sat" == solver.ask(EASY).verdict
        assert first != pid(solver)


def test_a_solver_that_dies_over_a_question_leaves_it_unknown_and_is_begun_anew() -> None:
    with Solver("z3", Limits(seconds=30)) as solver:
        assert "sat" == solver.ask(EASY).verdict
        first = pid(solver)
        timer = threading.Timer(0.5, os.kill, (first, signal.SIGKILL))
        timer.start()
        reply = solver.ask(HARD)
        timer.join()
        assert "unknown" == reply.verdict
        assert reply.limit.startswith("memory: 4096 MB, or the solver died")
        assert "sat" == solver.ask(EASY).verdict
        assert first != pid(solver)


def test_a_solver_that_died_between_two_questions_is_begun_anew() -> None:
    with Solver("z3") as solver:
        assert "sat" == solver.ask(EASY).verdict
        first = pid(solver)
        os.kill(first, signal.SIGKILL)
        while solver._process is not None and solver._process.poll() is None:
            time.sleep(0.01)
        assert "unsat" == solver.ask(NEVER).verdict
        assert first != pid(solver)


def test_a_question_that_needs_too_much_memory_is_unknown_with_it_and_the_next_is_answered() -> (
    None
):
    large = "\n".join(f"(declare-const x{n} Bool)" for n in range(1_200_000))
    with Solver("z3", Limits(megabytes=300)) as solver:
        assert "sat" == solver.ask(EASY).verdict
        first = pid(solver)
        reply = solver.ask(large)
        assert "unknown" == reply.verdict
        assert reply.limit.startswith("memory: 300 MB")
        assert not _lives(first)
        assert "sat" == solver.ask(EASY).verdict
        assert first != pid(solver)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


# ---- ends ----
def test_with_its_context_its_process_ends() -> None:
    with Solver("z3") as solver:
        solver.ask(EASY)
        process = pid(solver)
        assert _lives(process)
    assert not _lives(process)


def test_it_may_be_stopped_twice_and_asked_again() -> None:
    solver = Solver("z3")
    solver.stop()
    try:
        assert "sat" == solver.ask(EASY).verdict
        solver.stop()
        solver.stop()
        assert "unsat" == solver.ask(NEVER).verdict
    finally:
        solver.stop()


def test_whoever_interrupts_a_question_does_not_get_its_answer_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Solver("z3") as solver:
        solver.ask(EASY)
        first = pid(solver)
        with monkeypatch.context() as patched:
            patched.setattr(solver, "_line", _interrupted)
            with pytest.raises(KeyboardInterrupt):
                solver.ask(NEVER)
        assert not _lives(first)
        assert "sat" == solver.ask(EASY).verdict


def _interrupted(*_: object) -> bytes:
    raise KeyboardInterrupt


# ---- plain models ----
WISHES = "".join(
    f"(declare-const w{n} Bool)(assert (= w{n} {text}))"
    for n, text in enumerate(("(not p)", "(not q)", "(= n 6)"))
)
CHOICE = (
    "(declare-const p Bool)(declare-const q Bool)(declare-const n Int)"
    "(assert (or p q))(assert (and (<= 0 n) (<= n 100)))(assert (=> q (or (< n 3) (> n 20))))"
)


def test_each_wish_is_granted_if_those_before_it_let_it_be() -> None:
    wishes = (Wish(("w0",)), Wish(("w1",)), Wish(("w2",), ("n", 6)))
    with Solver("z3") as solver:
        reply = solver.ask(CHOICE + WISHES, symbols=("p", "q", "n"), wishes=wishes)
        assert {"p": False, "q": True, "n": 2} == reply.values
        reply = solver.ask(CHOICE + WISHES, symbols=("p", "q", "n"), wishes=wishes[::-1])
        assert {"p": True, "q": False, "n": 6} == reply.values


@pytest.mark.parametrize(
    ("usual", "nearest"), [(0, 0), (2, 2), (11, 2), (12, 21), (50, 50), (100, 100)]
)
def test_a_number_comes_as_near_as_can_be(usual: int, nearest: int) -> None:
    text = CHOICE + "(assert q)" + f"(declare-const w Bool)(assert (= w (= n {usual})))"
    with Solver("z3") as solver:
        reply = solver.ask(text, symbols=("n",), wishes=(Wish(("w",), ("n", usual)),))
    assert abs(nearest - usual) == abs(int(reply.values["n"]) - usual)


# ---- cores ----
CORE = "".join(f"(declare-const {name} Bool)" for name in ("a", "b", "c", "d", "p", "q"))
CORE += "(assert (=> a p))(assert (=> b (=> p q)))(assert (=> c (not q)))(assert (=> d p))"


def test_a_core_suffices_and_none_of_it_can_be_left_out() -> None:
    with Solver("z3") as solver:
        core = solver.ask(CORE, labels=("a", "b", "c", "d"), core=True).core
        assert {"b", "c"} < set(core)
        assert 3 == len(core)
        assert "unsat" == solver.ask(CORE, labels=core).verdict
        for left in core:
            rest = tuple(label for label in core if label != left)
            assert "sat" == solver.ask(CORE, labels=rest).verdict


def test_what_no_label_rules_out_has_an_empty_core() -> None:
    with Solver("z3") as solver:
        reply = solver.ask(CORE + NEVER.replace("p", "z"), labels=("a", "b"), core=True)
    assert ("unsat", ()) == (reply.verdict, reply.core)
