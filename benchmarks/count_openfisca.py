"""A peer of `benchmarks.count`: the twenty rules in OpenFisca-Core, vectorised.

Run by the Python of an environment that the benchmark makes for it, in a process of its own: the
library is under the AGPL and no part of comity imports it. Reads `.npy` files; knows nothing of comity.

As OpenFisca's own guides write a law: a variable for every fact, every rule and every exception, so
that each can be asked for, and one for each outcome. Facts are monthly, as its calculations are.
With `set_input` the facts are handed over inside the time that is measured, without it before.
"""

from __future__ import annotations

import gc
import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.count_serving import Sums, serve

MONTH = "2026-01"
YES_NO = (
    "claims",
    "lawful_entry",
    "convicted",
    "unaccompanied",
    "stateless",
    "family_here",
    "absconded",
    "recognised",
)
NUMBERS = (
    "degree",
    "immediacy",
    "likelihood",
    "threat",
    "ties",
    "stay",
    "work",
    "absent",
    "language",
    "age",
    "income",
    "ground",
    "origin",
    "transit",
)


def formulas(at_war: Any, friends: Any, safe: Any) -> dict[str, tuple[type, Any]]:
    """Every rule and exception with the type of its value and what it says of persons `p`."""
    return {
        # exceptions
        "e3_1": (
            bool,
            lambda p, m: p("convicted", m) * (p("threat", m) >= 4) * ~p("e3_2", m),
        ),
        "e3_2": (bool, lambda p, m: p("degree", m) >= 4),
        "e3_3": (bool, lambda p, m: safe[p("transit", m)] * ~p("family_here", m)),
        "e3_4": (bool, lambda p, m: p("absconded", m) * ~p("unaccompanied", m)),
        "e3_5": (bool, lambda p, m: p("absconded", m) * ~p("lawful_entry", m)),
        "e3_6": (bool, lambda p, m: p("threat", m) >= 3),
        "e3_7": (
            bool,
            lambda p, m: (p("convicted", m) * (p("threat", m) >= 2)) + (p("absent", m) > 365),
        ),
        # protection
        "r1_1": (
            bool,
            lambda p, m: (
                (p("degree", m) >= 3)
                * (p("likelihood", m) >= 3)
                * (p("ground", m) != 0)
                * ~p("e3_1", m)
            ),
        ),
        "r1_2": (bool, lambda p, m: (p("degree", m) >= 4) * (p("immediacy", m) >= 2)),
        "r1_3": (
            bool,
            lambda p, m: (
                (p("degree", m) >= 5) * ((p("immediacy", m) >= 1) + (p("likelihood", m) >= 2))
            ),
        ),
        "r1_4": (
            bool,
            lambda p, m: (
                (p("degree", m) >= 2)
                * (p("likelihood", m) >= 4)
                * (p("ground", m) >= 1)
                * (p("ground", m) <= 3)
                * ~p("e3_1", m)
            ),
        ),
        "r1_5": (
            bool,
            lambda p, m: at_war[p("origin", m)] * (p("degree", m) >= 1) * ~p("e3_3", m),
        ),
        "r1_6": (
            bool,
            lambda p, m: (
                p("stateless", m)
                * (p("unaccompanied", m) + p("family_here", m))
                * (p("degree", m) >= 2)
            ),
        ),
        "r1_7": (bool, lambda p, m: p("claims", m) * ~safe[p("transit", m)] * ~p("e3_4", m)),
        "r1_8": (bool, lambda p, m: p("unaccompanied", m) * (p("age", m) < 6575)),
        "r1_9": (
            bool,
            lambda p, m: p("recognised", m) * ((p("ties", m) >= 1) + p("family_here", m)),
        ),
        # residence
        "r2_1": (bool, lambda p, m: p("claims", m) * (p("stay", m) >= 6)),
        "r2_2": (bool, lambda p, m: p("lawful_entry", m) * (p("work", m) >= 3)),
        "r2_3": (
            bool,
            lambda p, m: (p("stay", m) >= 24) * (p("income", m) >= 1_200_000) * ~p("e3_5", m),
        ),
        "r2_4": (
            bool,
            lambda p, m: p("family_here", m) * (p("ties", m) >= 1) * (p("stay", m) >= 12),
        ),
        "r2_5": (bool, lambda p, m: (p("age", m) < 6575) * (p("stay", m) >= 36)),
        "r2_6": (
            bool,
            lambda p, m: (
                (p("stay", m) >= 60)
                * (p("language", m) >= 40)
                * (p("absent", m) <= 180)
                * ~p("e3_6", m)
            ),
        ),
        "r2_7": (
            bool,
            lambda p, m: (
                p("lawful_entry", m)
                * (p("work", m) >= 48)
                * (p("income", m) >= 2_000_000)
                * ~p("e3_6", m)
            ),
        ),
        "r2_8": (bool, lambda p, m: p("recognised", m) * (p("stay", m) >= 36)),
        "r2_9": (
            bool,
            lambda p, m: (
                (p("stay", m) >= 96)
                * (p("language", m) >= 60)
                * (p("ties", m) >= 2)
                * ~p("e3_7", m)
            ),
        ),
        "r2_10": (
            bool,
            lambda p, m: (
                p("stateless", m) * (p("stay", m) >= 60) * (p("absent", m) <= 90) * ~p("e3_7", m)
            ),
        ),
        "r2_11": (
            bool,
            lambda p, m: (
                friends[p("origin", m)]
                * (p("work", m) >= 120)
                * (p("language", m) >= 50)
                * ~p("e3_7", m)
            ),
        ),
        # outcomes
        "protection": (
            int,
            lambda p, m: _highest(
                p("r1_1", m) + p("r1_2", m) + p("r1_3", m),
                p("r1_4", m) + p("r1_5", m) + p("r1_6", m),
                p("r1_7", m) + p("r1_8", m) + p("r1_9", m),
            ),
        ),
        "residence": (
            int,
            lambda p, m: _highest(
                p("r2_9", m) + p("r2_10", m) + p("r2_11", m),
                p("r2_6", m) + p("r2_7", m) + p("r2_8", m),
                p("r2_3", m) + p("r2_4", m) + p("r2_5", m),
                p("r2_1", m) + p("r2_2", m),
            ),
        ),
    }


def _highest(*held: Any) -> Any:
    """The highest level that is held, the highest first.

    `numpy.select`, which guides use here, takes nine times as long: half of the whole calculation.
    """
    least = held[0]
    found = least.astype(np.int32)
    for level in held[1:]:
        least = least + level
        found += least
    return found


class Law:
    """The law as a tax and benefit system, and one simulation at a time."""

    def __init__(self, folder: Path) -> None:
        fields = (*YES_NO, *NUMBERS)
        self.persons = {f: np.load(folder / "natural" / f"{f}.npy") for f in fields}
        for field in YES_NO:
            self.persons[field] = self.persons[field].view(np.bool_)
        groups = np.frombuffer((folder / "groups.bin").read_bytes(), dtype=np.bool_)
        self.simulation: Any = None
        self.size = len(self.persons["claims"])
        entities = importlib.import_module("openfisca_core.entities")
        periods = importlib.import_module("openfisca_core.periods")
        systems = importlib.import_module("openfisca_core.taxbenefitsystems")
        variables = importlib.import_module("openfisca_core.variables")
        builders = importlib.import_module("openfisca_core.simulations")
        entity = entities.build_entity(
            key="person", plural="persons", label="A person", is_person=True
        )
        self.system = systems.TaxBenefitSystem([entity])
        self.builder = builders.SimulationBuilder
        common = {"entity": entity, "definition_period": periods.DateUnit.MONTH}
        for field in fields:
            self._add(variables.Variable, field, bool if field in YES_NO else int, common)
        for name, (value_type, formula) in formulas(*np.split(groups, 3)).items():
            said = common | {"formula": _formula(formula)}
            self._add(variables.Variable, name, value_type, said)

    def _add(self, base: type, name: str, value_type: type, said: dict[str, Any]) -> None:
        made = type(name, (base,), said | {"value_type": value_type, "label": name})
        self.system.add_variable(made)

    def begin(self) -> None:
        """A simulation that knows nothing."""
        self.simulation = None
        gc.collect()  # simulations hold one another in circles; else memory grows turn by turn
        self.simulation = self.builder().build_default_simulation(self.system, count=self.size)

    def tell(self) -> None:
        """Hand the facts over."""
        for field, values in self.persons.items():
            self.simulation.set_input(field, MONTH, values)

    def calculate(self) -> tuple[Any, Any]:
        """Both outcomes of everybody."""
        return (
            self.simulation.calculate("protection", MONTH),
            self.simulation.calculate("residence", MONTH),
        )


def _formula(said: Any) -> Any:
    def formula(person: Any, period: Any) -> Any:
        return said(person, period)

    return formula


def main() -> None:
    """Take turns. Arguments: the folder of the population, `inputs` or `no-inputs`."""
    law = Law(Path(sys.argv[1]))
    with_inputs = sys.argv[2] == "inputs"

    def setup() -> None:
        law.begin()
        if not with_inputs:
            law.tell()

    def run() -> tuple[Any, Any]:
        if with_inputs:
            law.tell()
        return law.calculate()

    def sums(found: tuple[Any, Any]) -> Sums:
        return int(found[0].sum(dtype=np.int64)), int(found[1].sum(dtype=np.int64))

    serve(run, sums, setup)


if __name__ == "__main__":
    main()
