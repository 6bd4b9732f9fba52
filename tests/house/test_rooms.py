"""Each room keeps its own rule: what it imports, what it may reach, how long a module is."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, modules, named, rooms

# `agreement` is values and total functions. Everything here would make its answer depend on
# something that was not handed in.
INPUT_AND_OUTPUT = {
    "asyncio",
    "fileinput",
    "glob",
    "http",
    "importlib.resources",
    "io",
    "multiprocessing",
    "os",
    "pathlib",
    "pooch",
    "random",
    "requests",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib",
}
CALLS_OUTSIDE = {"open", "input", "print", "exec", "eval", "__import__"}
CLOCK = {("date", "today"), ("datetime", "today"), ("datetime", "now"), ("datetime", "utcnow")}
CLOCK |= {("time", "time"), ("time", "localtime"), ("time", "gmtime")}

# Rooms in which the answer is a function of what was handed in: `on: date` comes from the edge.
WITHOUT_A_CLOCK = (
    "agreement",
    "language",
    "explain",
    "prove",
    "count",
    "simulate",
    "assembly",
    "monitor",
)

# A module past 400 lines has a second noun in it, or a reason here.
LONGEST = 400
LONG_WITH_A_REASON: dict[str, str] = {
    "src/comity/language/messages.py": "the one registry of codes: a list, not logic",
}


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every module that the file imports, by its full name, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def calls(tree: ast.Module) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every call by name, as the last two parts of what is called."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            yield node.lineno, (node.func.id,)
        elif isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            yield node.lineno, (name, node.func.attr)


def reaches_outside(source: str) -> list[str]:
    """What a file imports or calls that reads or writes the world, one line each."""
    tree = ast.parse(source)
    found = [
        f"{line}: imports {name}"
        for line, name in imported(tree)
        if any(name == banned or name.startswith(f"{banned}.") for banned in INPUT_AND_OUTPUT)
    ]
    found += [
        f"{line}: calls {name[0]}()" for line, name in calls(tree) if name[0] in CALLS_OUTSIDE
    ]
    return found + asks_the_clock(source)


def asks_the_clock(source: str) -> list[str]:
    """Where a file asks what day it is, one line each."""
    return [
        f"{line}: calls {'.'.join(name)}()"
        for line, name in calls(ast.parse(source))
        if name in CLOCK
    ]


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import os.path as p",
        "from pathlib import Path",
        "from importlib import resources",
        "def f():\n    from urllib.request import urlopen",
        "open('x')",
        "import datetime\ndatetime.date.today()",
        "from datetime import date\ndate.today()",
    ],
)
def test_the_ban_on_input_and_output_sees(source: str) -> None:
    assert reaches_outside(source)


@pytest.mark.parametrize(
    "source",
    ["from datetime import date\ndate(2026, 1, 1)", "import operator", "law.open.today"],
)
def test_the_ban_on_input_and_output_leaves_alone(source: str) -> None:
    assert reaches_outside(source) == []


def test_the_typed_form_reads_and_writes_nothing() -> None:
    found = {
        named(path): outside
        for path in (PACKAGE / "agreement").rglob("*.py")
        if (outside := reaches_outside(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_no_reader_asks_what_day_it_is() -> None:
    found = {
        named(path): asked
        for room in WITHOUT_A_CLOCK
        for path in (PACKAGE / room).rglob("*.py")
        if (asked := asks_the_clock(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_import_contract_names_every_room() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = contracts["tool"]["importlinter"]["contracts"][0]["layers"]
    contracted = {name.strip(" ()") for layer in layers for name in layer.split("|")}
    top = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    top |= {path.name for path in rooms() if path.parent == PACKAGE}
    assert top - contracted == set(), "a room without a rule: add it to [tool.importlinter]"


@pytest.mark.parametrize("room", rooms(), ids=named)
def test_a_room_says_what_belongs_there_and_what_does_not(room: Path) -> None:
    init = room / "__init__.py"
    assert init.is_file(), f"{named(room)} has no __init__.py"
    said = (ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) or "").casefold()
    assert "belongs here" in said, f"{named(init)} does not say what belongs here"
    assert "not belong here" in said, f"{named(init)} does not say what does not belong here"


def test_the_instruments_are_documents_and_no_python() -> None:
    python = {path.name for path in (PACKAGE / "instruments").rglob("*.py")}
    assert python == {"__init__.py"}
    tree = ast.parse((PACKAGE / "instruments" / "__init__.py").read_text(encoding="utf-8"))
    assert all(isinstance(node, ast.Expr) for node in tree.body), "a docstring and nothing else"


def test_a_module_reads_in_one_sitting_or_says_why_not() -> None:
    lines = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    too_long = {name: count for name, count in lines.items() if count > LONGEST}
    assert set(too_long) - set(LONG_WITH_A_REASON) == set(), too_long
    assert set(LONG_WITH_A_REASON) - set(too_long) == set(), "a reason that is no longer needed"
    assert all(reason.strip() for reason in LONG_WITH_A_REASON.values())
