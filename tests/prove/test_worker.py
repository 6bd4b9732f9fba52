"""The worker's side, asked in this process: what it does with what a solver says."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest
import z3

from comity.prove import worker

EASY = "(declare-const p Bool)(assert p)"


def run(monkeypatch: pytest.MonkeyPatch, engine: str, *questions: dict[str, Any]) -> list[Any]:
    """What comes out of a worker that is given some questions, a line each."""
    said = io.StringIO()
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    monkeypatch.setattr(sys, "argv", ["worker", engine, "4096"])
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    monkeypatch.setattr(sys, "stdout", said)
    monkeypatch.setattr(worker.resource, "setrlimit", lambda *_: None)
    worker.main()
    return [json.loads(line) for line in said.getvalue().splitlines()]


def question(text: str, **more: object) -> dict[str, Any]:
    return {"text": text, "symbols": [], "milliseconds": 10_000, **more}


@pytest.mark.parametrize("engine", ["z3", "cvc5"])
def test_an_answer_a_line_each_with_its_time(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    several = (question(EASY), question(EASY + "(assert (not p))"))
    answers = run(monkeypatch, engine, *several)
    assert ["sat", "unsat"] == [answer["verdict"] for answer in answers]
    assert all(answer["seconds"] >= 0 for answer in answers)


def test_what_runs_out_of_memory_is_unknown_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(z3, "Context", full)
    [answer] = run(monkeypatch, "z3", question(EASY))
    assert ("unknown", "memory") == (answer["verdict"], answer["limit"])


def test_what_the_solver_cannot_read_is_unknown_and_told_in_few_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad = question("(assert " + " ".join(f"x{n}" for n in range(500)) + ")")
    bad_answer, good = run(monkeypatch, "z3", bad, question(EASY))
    assert "unknown" == bad_answer["verdict"]
    assert "the solver failed" in bad_answer["limit"]
    assert len(bad_answer["limit"]) <= 300
    assert "sat" == good["verdict"]


def test_the_limit_on_memory_is_that_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[Any] = []
    monkeypatch.setattr(sys, "argv", ["worker", "z3", "17"])
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    monkeypatch.setattr(worker.resource, "setrlimit", lambda what, how: limits.append((what, how)))
    worker.main()
    assert [(worker.resource.RLIMIT_AS, (17 << 20, 17 << 20))] == limits


@pytest.mark.parametrize(
    ("reason", "limit"),
    [("timeout", "time"), ("canceled", "time"), ("incomplete", "incomplete")],
)
def test_why_a_solver_gave_up(reason: str, limit: str) -> None:
    assert limit == worker._limit(reason)


def test_a_core_that_does_not_suffice_is_not_believed() -> None:
    """A solver that names too few articles is found out: its core is asserted alone."""

    class Forgetful(z3.Solver):
        def unsat_core(self) -> Any:
            return super().unsat_core()[:1]

    context = z3.Context()
    solver = Forgetful(ctx=context)
    solver.from_string(
        "(declare-const a Bool)(declare-const b Bool)(declare-const p Bool)"
        "(assert (=> a p))(assert (=> b (not p)))"
    )
    labels = [z3.Bool(name, context) for name in ("a", "b")]
    assert z3.unsat == solver.check(*labels)
    with pytest.raises(RuntimeError, match="do not suffice"):
        worker._core(solver, labels, context)


def test_a_symbol_that_the_model_leaves_open_is_no_or_nought() -> None:
    context = z3.Context()
    solver = z3.Solver(ctx=context)
    solver.from_string("(declare-const n Int)(declare-const p Bool)(assert (and p (= n 7)))")
    assert z3.sat == solver.check()
    values = [worker._value(solver.model(), symbol, context) for symbol in ("n", "p", "other")]
    assert [7, True, 0] == values
