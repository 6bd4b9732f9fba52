"""The stopwatch measures what it says, in the order that it says."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest

from benchmarks import harness, soak

MB = 1 << 20


def _named(name: str, ran: list[str]) -> harness.Contestant:
    def run() -> harness.Sample:
        ran.append(name)
        return harness.Sample(wall=float(len(ran)), cpu=0.0, peak_mb=1.0)

    return harness.Contestant(name, run)


def test_contestants_take_turns_and_the_order_turns_round() -> None:
    ran: list[str] = []
    first, second = harness.alternate([_named("a", ran), _named("b", ran)], rounds=2, warm_up=1)
    assert ["a", "b", "b", "a", "a", "b"] == ran
    assert [4.0, 5.0] == [sample.wall for sample in first.samples]
    assert [3.0, 6.0] == [sample.wall for sample in second.samples]


def test_a_ratio_is_taken_within_the_round() -> None:
    def measured(*walls: float) -> harness.Measurement:
        return harness.Measurement("x", tuple(harness.Sample(wall, 0.0, 0.0) for wall in walls))

    found = harness.ratios(measured(2.0, 30.0, 4.0), measured(1.0, 10.0, 4.0))
    assert harness.Spread(median=2.0, least=1.0, most=3.0) == found


def test_a_command_that_sleeps_takes_time_and_no_processor() -> None:
    asleep = harness.command("sleep", [sys.executable, "-S", "-c", "import time; time.sleep(0.3)"])
    sample = asleep.run()
    assert sample.wall >= 0.3
    assert sample.cpu < sample.wall


def test_the_peak_is_that_of_the_command_and_not_of_the_one_who_asks() -> None:
    held = bytearray(300 * MB)
    small = harness.command("small", [sys.executable, "-S", "-c", "pass"]).run()
    large = harness.command("large", [sys.executable, "-S", "-c", f"bytearray({100 * MB})"]).run()
    assert len(held) == 300 * MB
    assert small.peak_mb < 100
    assert small.peak_mb + 80 < large.peak_mb < 200


def test_a_command_that_fails_is_not_timed() -> None:
    failing = harness.command("fail", [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(subprocess.CalledProcessError) as raised:
        failing.run()
    assert raised.value.returncode == 3


def test_a_section_replaces_the_one_with_its_heading(tmp_path: Path) -> None:
    page = tmp_path / "RESULTS.md"
    for section in ("## A\n\n1\n", "## B\n\n2\n", "## A\n\n3\n"):
        harness.write_section(page, section)
    assert "# Results\n\n## A\n\n3\n\n## B\n\n2\n" == page.read_text(encoding="utf-8")


def test_the_machine_line_names_no_host() -> None:
    import platform

    said = harness.machine()
    assert "cores" in said
    assert platform.node() not in said


def test_the_soak_page_says_when_nothing_was_slow() -> None:
    page = soak.page_of(ElementTree.Element("testsuites"), on=date(2026, 1, 2), commit="none")
    assert "2026-01-02, none: **no test is marked slow**" in page


def test_the_soak_page_counts_failures() -> None:
    report = ElementTree.fromstring(
        "<testsuites><testsuite>"
        "<testcase classname='t' name='good' time='1.5'/>"
        "<testcase classname='t' name='bad' time='2'><failure/></testcase>"
        "</testsuite></testsuites>"
    )
    page = soak.page_of(report, on=date(2026, 1, 2), commit="commit abc")
    assert "**2 tests, 1 failed**" in page
    assert "| `t.bad` | failed | 2.0 |" in page
