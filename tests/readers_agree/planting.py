"""Faults planted by hand: one line of the encoder replaced by another, in memory only."""

from __future__ import annotations
import __future__

import inspect
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType, ModuleType

import pytest

Look = Callable[[], int | None]
"""How many agreements it takes until a difference is seen; None: none was."""


@dataclass(frozen=True)
class Fault:
    """A line of a function with what it says wrongly instead.

    name: what is then wrong, as a lawyer or a solver would say it.
    look: the test by which it must be found.
    """

    name: str
    where: FunctionType
    line: str
    instead: str
    look: str = "fixed"


def plant(monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    """Puts the fault wherever the function is used. Raises AssertionError if the line is not there."""
    source = textwrap.dedent(inspect.getsource(fault.where))
    assert source.count(fault.line) == 1, f"{fault.name}: the line has changed"
    changed = _compiled(source.replace(fault.line, fault.instead), fault.where)
    owner, _, name = fault.where.__qualname__.rpartition(".")
    if owner:
        monkeypatch.setattr(getattr(sys.modules[fault.where.__module__], owner), name, changed)
        return
    for module in _modules():  # a function is known by its name wherever it was imported
        if getattr(module, name, None) is fault.where:
            monkeypatch.setattr(module, name, changed)


def _compiled(source: str, like: FunctionType) -> FunctionType:
    flags = __future__.annotations.compiler_flag
    code = compile(source, inspect.getfile(like), "exec", flags=flags, dont_inherit=True)
    made: dict[str, FunctionType] = {}
    exec(code, like.__globals__, made)
    return made[like.__name__]


def _modules() -> list[ModuleType]:
    return [module for name, module in sys.modules.items() if name.startswith("comity.")]
