"""The dossier of `make demo`, on the real population, in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.browser.test_dossier_page import WIDTHS, axe, open_at, page_width


@pytest.fixture(scope="module")
def real_dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """index.html of the main job, run as a user would run it, with no mirror."""
    folder = tmp_path_factory.mktemp("demo") / "dossier"
    environment = {k: v for k, v in os.environ.items() if k != "COMITY_MIRROR"}
    subprocess.run(
        [sys.executable, "-m", "comity", "brief", "imfc", "--against", "encoded", "--to",
         str(folder), "--on", "2026-11-24"],
        check=True, env=environment, timeout=600, capture_output=True,
    )  # fmt: skip
    return folder / "index.html"


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_real_dossier_has_no_violation_and_no_overflow(
    watched: Watched, real_dossier: Path, width: int
) -> None:
    open_at(watched.page, real_dossier, width)
    watched.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert [] == axe(watched.page)
    assert width >= page_width(watched.page)
    assert [] == watched.problems


@pytest.mark.browser
def test_the_page_alone_says_how_many_under_which_law_and_who_is_not_counted(
    watched: Watched, real_dossier: Path
) -> None:
    open_at(watched.page, real_dossier, 1100)
    text = watched.page.inner_text("body")
    for words in (
        "Main findings",
        "certain",
        "possible",
        "under today's encoded instruments",
        "under the draft Convention",
        "Who is not counted",
        "How much of the law is encoded",
        "Not known whether present",
        "Guaranteed to everyone",
        "Not guaranteed",
        "The people in between",
        "Invented person",
        "the State may still grant up to",
    ):
        assert words.casefold() in text.casefold()
    assert "refuse" not in text.casefold().replace("refused", "")
