"""Whoever breaks one line of the encoder is found out: faults planted by hand, one at a time.

Each must be found within a bounded number of random agreements, by the same comparisons as those
of the `test_solver_*` files, with fixed seeds. `explain` is asked before anything is planted.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest

import comity.explain
from comity.agreement.cases import Case
from comity.prove.law import NONE, Latitude
from tests.prove.test_levels import PAIRS, differences
from tests.readers_agree.comparing import drawn
from tests.readers_agree.draws import Draw
from tests.readers_agree.faults import FAULTS
from tests.readers_agree.planting import Fault, plant
from tests.readers_agree.solver import FREE, AskedOfRegime, within_the_law
from tests.readers_agree.test_solver_of_two import Persons
from tests.readers_agree.told import Said, Told, everything_told
from tests.readers_agree.words import WORDS

MOST = 60
"""Random agreements within which a fault must be found, each with a few people."""
PEOPLE = 6
SEED = 600


class Known:
    """A draw with what `explain` says of its people, asked before any fault is planted."""

    def __init__(self, draw: Draw, latitude: Latitude) -> None:
        self.draw, self.latitude = draw, latitude
        self.told: tuple[Told, ...] = everything_told(draw.regime, draw.on)
        asked = AskedOfRegime(draw.regime, draw.on, latitude, told=self.told)
        self.said: list[tuple[Case, list[Said]]] = []
        for case in draw.cases:
            case = within_the_law(draw.regime, case, latitude)
            self.said.append((case, asked.explained(case)))
            assert not asked.differing(case)

    def asked(self) -> AskedOfRegime:
        """The same, asked of the encoder as it is now."""
        return AskedOfRegime(self.draw.regime, self.draw.on, self.latitude, told=self.told)


@cache
def known(number: int, latitude: Latitude) -> Known:
    """One of the draws; the same whatever was planted before."""
    [draw] = drawn(SEED + number, 1, PEOPLE, latitude)
    return Known(draw, latitude)


# ---- ways to look ----
def fixed(number: int, latitude: Latitude = NONE) -> bool:
    """The person is fixed, and the solver says otherwise than `explain` did."""
    one = known(number, latitude)
    asked = one.asked()
    return any(asked.differing(case, said) for case, said in one.said)


def large(number: int) -> bool:
    """The same at large."""
    return fixed(number, FREE)


def read_back(number: int) -> bool:
    """The solver makes people up who are not as it says, or of whom none can be."""
    rng = Random(number)
    for latitude in (NONE, FREE):
        one = known(number, latitude)
        asked = one.asked()
        for case, _ in one.said:
            try:
                found = asked.read_back(rng, case)
            except (StopIteration, IndexError):  # no name is left to read
                return True
            if found is not None and found[1]:
                return True
    return False


def of_two(number: int) -> bool:
    """The solver says otherwise of another person or of a later month, or orders numbers wrongly."""
    rng = Random(number)
    one = known(number, NONE)
    persons = Persons(rng, one.draw, NONE)
    for case in one.draw.cases:
        people = persons.people(rng, case)
        first, other, *_ = people
        said = [*persons.explained(*people), *persons.hypotheses(first, other)]
        if persons.asked.differing(persons.values(first, other), said):
            return True
    return False


def beyond_bounds(number: int) -> bool:
    """Of the levels of one pair of norms, some lie beyond what their right knows."""
    return any(differences(*PAIRS[number % len(PAIRS)]))


LOOKS: dict[str, Callable[[int], bool]] = {
    "fixed": fixed,
    "large": large,
    "read back": read_back,
    "of two": of_two,
    "beyond bounds": beyond_bounds,
}


# ---- the faults ----
@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_planted_fault_is_found(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    look = LOOKS[fault.look]
    for number in range(MOST):
        for latitude in (NONE, FREE) if fault.look != "beyond bounds" else ():
            known(number, latitude)  # without the fault, and once
        with monkeypatch.context() as patched:
            plant(patched, fault)
            if look(number):
                return
    pytest.fail(f"not found in {MOST} agreements: {fault.name}")


@pytest.mark.parametrize("look", LOOKS)
def test_without_a_fault_nothing_is_found(look: str) -> None:
    assert not [number for number in range(8) if LOOKS[look](number)]


def test_at_least_twenty_faults_are_planted_each_another_line() -> None:
    lines = {(fault.where.__qualname__, fault.line, fault.instead) for fault in FAULTS}
    assert 20 <= len(lines) == len(FAULTS) == len({fault.name for fault in FAULTS})


def test_the_reference_evaluator_has_no_line_in_common_with_the_encoder() -> None:
    """A fault planted in the shared formulas does not change what `explain` says."""
    folder = Path(comity.explain.__file__).parent
    for name in ("kleene", "conditions", "holdings", "evaluate"):
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        imported = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert not {module for module in imported if "coding" in module or "prove" in module}
        assert WORDS.axioms
