"""The peer of `benchmarks.explain`: rules as a tree of tuples, walked by a plain Python function.

What rules-as-code in Python usually looks like: twenty rules, six exceptions and one exception to an
exception, facts in a dictionary, a trace of the rules that fired with their articles. It does not
know unknown facts (a missing one is an error), dates, parties, readings, prevalence or conflicts; it
does not say why not, and asks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Condition = tuple[Any, ...]
Facts = Mapping[str, Any]

# article, right, level, condition, exceptions: (article, condition, exceptions to it)
RULES: tuple[tuple[str, str, int, Condition, tuple[Any, ...]], ...] = tuple(
    (
        f"{number}.1",
        ("stay", "shield", "work", "family")[number % 4],
        1 + number % 5,
        (
            "all",
            ("at_least", "danger", number % 5),
            ("any", ("is", "claims", True), ("at_least", "months", 6 * number)),
            ("not", ("is", "excluded", True)),
        ),
        (
            (
                f"{number}.2",
                ("all", ("at_least", "threat", 3), ("is", "final", True)),
                ((f"{number}.3", ("at_least", "danger", 4), ()),) if number == 18 else (),
            ),
        )
        if number % 3 == 0
        else (),
    )
    for number in range(1, 21)
)

PERSON: Facts = {
    "danger": 4,
    "claims": True,
    "months": 6,
    "excluded": False,
    "threat": 0,
    "final": False,
}


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether a condition is true of complete facts."""
    match condition:
        case ("all", *parts):
            return all(holds(part, facts) for part in parts)
        case ("any", *parts):
            return any(holds(part, facts) for part in parts)
        case ("not", part):
            return not holds(part, facts)
        case ("at_least", name, least):
            return bool(facts[name] >= least)
        case ("is", name, value):
            return bool(facts[name] == value)
    raise ValueError(f"no such condition: {condition}")


def is_excepted(exceptions: tuple[Any, ...], facts: Facts) -> bool:
    """Whether an exception holds that no exception to it takes away."""
    return any(
        holds(condition, facts) and not is_excepted(further, facts)
        for _, condition, further in exceptions
    )


def positions(facts: Facts) -> tuple[dict[str, int], list[tuple[str, str, int]]]:
    """The level of each right, and which article gave what."""
    levels = {"stay": 0, "shield": 0, "work": 0, "family": 0}
    trace = []
    for article, right, level, condition, exceptions in RULES:
        if holds(condition, facts) and not is_excepted(exceptions, facts):
            trace.append((article, right, level))
            levels[right] = max(levels[right], level)
    return levels, trace
