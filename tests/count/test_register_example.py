"""The register of the how-to page: made by its own script, kept as an example, faulty as it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from comity.count.register.report import told
from docs import console
from tests.count.register_samples import checked, counted, found

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "count_your_own_register.md"
EXAMPLES = ROOT / "docs" / "examples" / "register"
FAULTS = ("E484", "E485", "E487", "E488")


def placed(folder: Path) -> None:
    """The files of the page, and what its script writes."""
    for step in console.steps(PAGE.read_text(encoding="utf-8")):
        if isinstance(step, console.Given):
            console.place(step, folder)
    subprocess.run([sys.executable, "make_register.py"], cwd=folder, check=True)


def test_the_example_is_what_the_page_makes(tmp_path: Path) -> None:
    placed(tmp_path)
    for name in ("register.csv", "register.yaml"):
        made = (tmp_path / name).read_text(encoding="utf-8")
        assert made == (EXAMPLES / name).read_text(encoding="utf-8")
    assert 200 == (tmp_path / "register.csv").read_text(encoding="utf-8").count(",invented\n")


def test_its_five_faults_are_found_and_no_other() -> None:
    text = (EXAMPLES / "register.yaml").read_text(encoding="utf-8")
    report = checked(EXAMPLES / "register.csv", text)

    assert [
        ("E484", "nationality", 1, (77,)),
        ("E484", "sex", 1, (17,)),
        ("E485", "event birth", 1, (58,)),
        ("E487", "id", 2, (21, 120)),
        ("E488", "age, residence.lawful", 1, (143,)),
    ] == found(report, in_order=True)
    assert "1021" not in told(report)
    assert 200 == sum(b.rows for b in counted(EXAMPLES / "register.csv", text, accept=FAULTS))
