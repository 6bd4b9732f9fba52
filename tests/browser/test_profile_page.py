"""A profile in a real browser: no violation, nothing cut off, and a rule leads to its article."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.api.profile import profile
from tests.browser.conftest import Watched
from tests.browser.test_dossier_page import WIDTHS, axe, open_at, page_width

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text that binds, one that does not: every section, with its articles."""
    folder = tmp_path_factory.mktemp("profile") / "out"
    profile("eu_ankara_1_80,budapest_process", on=date(1996, 1, 1), out=folder)
    return folder / "index.html"


@pytest.mark.parametrize(("width", "dark"), [(WIDTHS[0], False), (WIDTHS[-1], True)])
def test_axe_finds_no_violation(watched: Watched, page: Path, width: int, dark: bool) -> None:
    open_at(watched.page, page, width, dark=dark)
    assert [] == axe(watched.page)
    assert page_width(watched.page) <= width
    assert [] == watched.problems


def test_a_rule_leads_to_its_article(watched: Watched, page: Path) -> None:
    open_at(watched.page, page, 1100)
    rule = watched.page.locator('#discretion a[href^="#article-"]').first
    row = watched.page.locator(rule.get_attribute("href") or "none")
    row.locator("a").first.click()
    watched.page.wait_for_url("**/reading/*.html#*")
    place = watched.page.url.partition("#")[2]
    assert watched.page.locator(f"[id='{place}']").is_visible()
