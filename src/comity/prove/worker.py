"""A solver in a process of its own: a question a line comes in, an answer a line goes out.

Run as `python -m comity.prove.worker z3` (or `cvc5`). A question is an object with `text`, `labels`
(truths to assume), `wishes` (for each fact, truths to assume if possible, the first that fits, else
a number to come near to),
`symbols` (whose values are wanted), `core` (the smallest set of labels that suffices is wanted) and
`milliseconds`. The parent kills the process at its limits; nothing here outlives a question.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any


def main() -> None:
    """Answers questions until the input ends."""
    engine, megabytes = sys.argv[1], int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    answer = {"z3": _with_z3, "cvc5": _with_cvc5}[engine]
    for line in sys.stdin:
        question = json.loads(line)
        began = time.perf_counter()
        try:
            found = answer(question)
        except MemoryError:
            found = {"verdict": "unknown", "limit": "memory"}
        except Exception as cause:
            found = {"verdict": "unknown", "limit": f"the solver failed: {cause}"[:300]}
        found["seconds"] = time.perf_counter() - began
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


# ---- z3 ----
def _with_z3(question: dict[str, Any]) -> dict[str, Any]:
    import z3

    context = z3.Context()
    solver = z3.Solver(ctx=context)
    solver.set("timeout", question["milliseconds"])
    solver.from_string(question["text"])
    labels = [z3.Bool(label, context) for label in question.get("labels", ())]
    if question.get("goals"):
        return {"verdict": "goals", "goals": _goals(solver, question["goals"], context)}
    verdict = solver.check(*labels)
    if verdict == z3.unsat:
        found: dict[str, Any] = {"verdict": "unsat"}
        if question.get("core"):
            found["core"] = _core(solver, labels, context)
        return found
    if verdict == z3.unknown:
        return {"verdict": "unknown", "limit": _limit(solver.reason_unknown())}
    model = solver.model()
    model = _plainest(solver, model, question.get("wishes", ()), context)
    values = {symbol: _value(model, symbol, context) for symbol in question["symbols"]}
    return {"verdict": "sat", "values": values}


def _goals(solver: Any, goals: list[str], context: Any) -> list[str]:
    """For each goal in turn, whether it can be reached; a model may show that of several at once."""
    import z3

    found = dict.fromkeys(goals, "")
    for goal in goals:
        if found[goal]:
            continue
        verdict = solver.check(z3.Bool(goal, context))
        found[goal] = str(verdict)
        if verdict == z3.sat:
            model = solver.model()
            shown = (other for other in goals if not found[other])
            found |= {o: "sat" for o in shown if z3.is_true(model[z3.Bool(o, context)])}
    return list(found.values())


def _plainest(solver: Any, model: Any, wishes: list[dict[str, Any]], context: Any) -> Any:
    """A model in which each fact is as plain as those before it let it be.

    What is granted is asserted, so that each further question is smaller than the one before.
    """
    import z3

    for wish in wishes:
        for name in wish["rungs"]:
            rung = z3.Bool(name, context)
            if not z3.is_true(model[rung]):
                if solver.check(rung) != z3.sat:
                    continue
                model = solver.model()
            solver.add(rung)
            break
        else:
            if wish["aim"]:
                symbol, usual = wish["aim"]
                model = _nearest(solver, model, symbol, usual, context)
    return model


def _nearest(solver: Any, model: Any, symbol: str, usual: int, context: Any) -> Any:
    """A model in which a number is as near to the usual one as can be, by halving the distance."""
    import z3

    number = z3.Int(symbol, context)
    far, near = abs(_value(model, symbol, context) - usual), 0  # `near` is too near, `far` is not
    while far - near > 1:
        middle = (far + near) // 2
        if solver.check(number >= usual - middle, number <= usual + middle) == z3.sat:
            model = solver.model()
            far = abs(_value(model, symbol, context) - usual)
        else:
            near = middle
    solver.add(number == _value(model, symbol, context))
    return model


def _value(model: Any, symbol: str, context: Any) -> bool | int:
    import z3

    for kind in (z3.Bool, z3.Int):
        constant = kind(symbol, context)
        found = model[constant]
        if found is not None:
            return found.as_long() if z3.is_int_value(found) else bool(z3.is_true(found))
    return 0  # the question does not turn on it


def _core(solver: Any, labels: list[Any], context: Any) -> list[str]:
    """A set of labels that suffices and of which none can be left out, checked by itself."""
    import z3

    left = [str(one) for one in solver.unsat_core()]
    for label in list(left):
        rest = [z3.Bool(other, context) for other in left if other != label]
        if solver.check(*rest) == z3.unsat:
            left.remove(label)
    if solver.check(*(z3.Bool(label, context) for label in left)) != z3.unsat:
        raise RuntimeError("the articles named do not suffice")
    return left


def _limit(reason: str) -> str:
    return "time" if "timeout" in reason or "cancel" in reason else reason


# ---- cvc5 ----
def _with_cvc5(question: dict[str, Any]) -> dict[str, Any]:
    import cvc5

    terms = cvc5.TermManager()
    solver = cvc5.Solver(terms)
    solver.setOption("tlimit-per", str(question["milliseconds"]))
    if question.get("goals"):
        solver.setOption("incremental", "true")
    parser = cvc5.InputParser(solver)
    labels = question.get("labels", ())
    goals = question.get("goals", ())
    asks = f"(check-sat-assuming ({' '.join(labels)}))" if labels else "(check-sat)"
    if goals:
        asks = "".join(f"(check-sat-assuming ({goal}))" for goal in goals)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, question["text"] + asks, "question")
    said, every = "", []
    while True:
        command = parser.nextCommand()
        if command.isNull():
            break
        said = str(command.invoke(solver, parser.getSymbolManager())).strip() or said
        if command.getCommandName().startswith("check-sat"):
            every.append(said if said in ("sat", "unsat") else "unknown")
    if goals:
        return {"verdict": "goals", "goals": every}
    if said in ("sat", "unsat"):
        return {"verdict": said}
    return {"verdict": "unknown", "limit": "time" if "TIMEOUT" in said.upper() else said or "none"}


if __name__ == "__main__":
    main()
