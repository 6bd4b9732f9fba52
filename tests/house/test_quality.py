"""The tools that every change must satisfy: lint, format, types, who imports whom."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

BIN = Path(sys.executable).parent


def _run(*command: str) -> None:
    """Run a tool in the root; its own words are the failure."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(command[1:])}\n{done.stdout}{done.stderr}", pytrace=False)


def test_no_lint_in_the_python() -> None:
    _run(str(BIN / "ruff"), "check", "src", "tests", "docs", "benchmarks")


def test_the_python_is_formatted() -> None:
    _run(str(BIN / "ruff"), "format", "--check", "src", "tests", "docs", "benchmarks")


def test_types_hold_strictly_in_the_package() -> None:
    _run(str(BIN / "mypy"))


def test_types_hold_strictly_in_the_house() -> None:
    _run(str(BIN / "mypy"), "docs", "benchmarks", "tests/house", "tests/conftest.py")


def test_rooms_import_only_what_the_contract_lets_them() -> None:
    _run(str(BIN / "lint-imports"), "--no-cache")
