"""Run the slow tests and write down how the last run ended: `make soak`.

The page `benchmarks/SOAK.md` holds one run, the last, good or bad: date, version, machine, each
test with its time, and how many pairs of an agreement and a person were compared, of how many at
full size (`COMITY_SOAK=0.1 make soak` runs a tenth). The exit code is pytest's; no slow test at
all is not a failure, and is said.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

from benchmarks.harness import machine

ROOT = Path(__file__).resolve().parents[1]
PAGE = Path(__file__).with_name("SOAK.md")
NOTHING_COLLECTED = 5


def outcome_of(test: ElementTree.Element) -> str:
    """How a test ended, from its element in pytest's report."""
    for kind in ("failure", "error", "skipped"):
        if test.find(kind) is not None:
            return {"failure": "failed", "error": "error", "skipped": "skipped"}[kind]
    return "passed"


def number_of(test: ElementTree.Element, name: str) -> int:
    """A number that a test wrote down (`compared`, or `of` how many at full size); 0 if it did not."""
    found = test.find(f"properties/property[@name='{name}']")
    return 0 if found is None else int(found.get("value", "0"))


def page_of(report: ElementTree.Element, *, on: date, commit: str) -> str:
    """The page for one run."""
    tests = list(report.iter("testcase"))
    failed = sum(outcome_of(test) in ("failed", "error") for test in tests)
    took = sum(float(test.get("time", "0")) for test in tests)
    verdict = "no test is marked slow" if not tests else f"{len(tests)} tests, {failed} failed"
    compared, full = (sum(number_of(test, name) for test in tests) for name in ("compared", "of"))
    if full:
        verdict += f", {compared:,} of {full:,} pairs compared"
    lines = [
        "# The last soak",
        "",
        "Written by `make soak`; not edited by hand.",
        "",
        f"{on.isoformat()}, {commit}: **{verdict}**, {took:.0f} s. {machine()}.",
    ]
    if tests:
        lines += ["", "| test | outcome | s | compared |", "|---|---|---|---|"]
        lines += map(_row, tests)
    return "\n".join(lines) + "\n"


def _row(test: ElementTree.Element) -> str:
    name, compared = f"{test.get('classname')}.{test.get('name')}", number_of(test, "compared")
    took = float(test.get("time", "0"))
    return f"| `{name}` | {outcome_of(test)} | {took:.1f} | {f'{compared:,}' if compared else ''} |"


def commit_here() -> str:
    """The commit that was tested, and whether the tree had changes on top of it."""
    asked = ["git", "describe", "--always", "--dirty=, with uncommitted changes"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return f"commit {done.stdout.strip()}" if done.returncode == 0 else "no commit yet"


def main() -> int:
    """Run, write the page, pass on pytest's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "report.xml"
        pytest = [sys.executable, "-m", "pytest", "-m", "slow", f"--junit-xml={written}"]
        pytest += ["-n", "2", "--dist=load"]  # the tests of one file take hours
        done = subprocess.run(pytest, cwd=ROOT, check=False)
        if not written.exists():
            return done.returncode
        report = ElementTree.parse(written).getroot()
    PAGE.write_text(page_of(report, on=date.today(), commit=commit_here()), encoding="utf-8")
    return 0 if done.returncode == NOTHING_COLLECTED else done.returncode


if __name__ == "__main__":
    sys.exit(main())
