"""What holds for every test: with CI=true nothing may be skipped, and random draws have a seed.

A skipped test is a promise nobody checked. On a contributor's machine without a browser a skip is
a convenience; on the machine that decides, it is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Generator

import hypothesis
import pytest

IS_CI = os.environ.get("CI") == "true"

# No deadlines: two tests share two cores, so the time of one example says nothing.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, print_blob=True
)
hypothesis.settings.load_profile("ci" if IS_CI else "here")


def _reason(longrepr: object) -> str:
    """The words given for a skip: pytest keeps them as (path, line, message)."""
    if isinstance(longrepr, tuple) and len(longrepr) == 3:
        return str(longrepr[2])
    return str(longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI=true, a test that skips itself has failed; one expected to fail is left alone."""
    report = yield
    if IS_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"with CI=true nothing may be skipped: {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """With CI=true, a module that skips itself while it is collected has failed."""
    report = yield
    if IS_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"with CI=true nothing may be skipped: {_reason(report.longrepr)}"
    return report
