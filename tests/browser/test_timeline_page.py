"""The timeline in a real browser: no violation, nothing cut off, no word over another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.api.timeline import timeline
from comity.api.timeline_folder import write_folder
from tests.browser.conftest import Watched
from tests.browser.test_dossier_page import WIDTHS, axe, open_at, page_width, words_out_of_place

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a few years of law and people, all places."""
    cache = tmp_path_factory.mktemp("cache")
    document = timeline(first=2022, last=2026, cache=cache, processes=1)
    folder = tmp_path_factory.mktemp("timeline") / "out"
    write_folder(document, folder, today=date(2026, 11, 24), mirror=None, cache=cache)
    return folder / "index.html"


@pytest.mark.parametrize(("width", "dark"), [(WIDTHS[0], False), (WIDTHS[-1], True)])
def test_axe_finds_no_violation(watched: Watched, page: Path, width: int, dark: bool) -> None:
    open_at(watched.page, page, width, dark=dark)
    assert axe(watched.page) == []
    assert page_width(watched.page) <= width
    assert [] == watched.problems


@pytest.mark.parametrize("width", [375, 1280])
def test_no_word_of_a_chart_is_outside_it_or_over_another(
    watched: Watched, page: Path, width: int
) -> None:
    open_at(watched.page, page, width)
    assert [] == words_out_of_place(watched.page, "figure svg.timeline")
