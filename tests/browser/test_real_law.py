"""The dossier on the law in force, on the real population and the whole library, in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.browser.test_dossier_page import WIDTHS, axe, open_at, page_width


@pytest.fixture(scope="module")
def real_law(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """index.html of `comity brief today`, run as a user would run it, with no mirror."""
    folder = tmp_path_factory.mktemp("law") / "law"
    environment = {k: v for k, v in os.environ.items() if k != "COMITY_MIRROR"}
    subprocess.run(
        [sys.executable, "-m", "comity", "brief", "today", "--to", str(folder), "--on", "2026-11-24"],
        check=True, env=environment, timeout=600, capture_output=True,
    )  # fmt: skip
    return folder / "index.html"


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_law_has_no_violation_and_no_overflow(
    watched: Watched, real_law: Path, width: int, dark: bool
) -> None:
    open_at(watched.page, real_law, width, dark=dark)
    watched.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert [] == axe(watched.page)
    assert width >= page_width(watched.page)


@pytest.mark.browser
def test_the_page_alone_says_what_it_may_not_claim_and_what_is_not_law(
    watched: Watched, real_law: Path
) -> None:
    open_at(watched.page, real_law, 1100)
    text = watched.page.inner_text("body").casefold()
    for words in (
        "What this page may not claim",
        "Main findings",
        "Informal processes",
        "never adopted",
        "Where readings part",
        "Proved",
        "Chains of pressure",
        "What is not encoded",
    ):
        assert words.casefold() in text
    assert watched.page.locator("svg.map").count() == 2


@pytest.mark.browser
def test_why_opens_the_reasons_of_its_instrument(watched: Watched, real_law: Path) -> None:
    open_at(watched.page, real_law, 1100)
    row = watched.page.locator("#text-gats_mode4")
    assert (real_law.parent / (row.locator("a").first.get_attribute("href") or "none")).is_file()
    link = row.locator('a[href^="#"]').first
    target = watched.page.locator(link.get_attribute("href") or "")
    link.click()
    assert target.locator("summary").is_visible()
