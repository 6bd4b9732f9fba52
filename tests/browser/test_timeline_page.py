"""The timeline in a real browser: no violation, nothing cut off, no word over another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.api.timeline import timeline
from comity.api.timeline_folder import write_folder
from tests.browser.conftest import Watched
from tests.browser.test_dossier_page import WIDTHS, axe, open_at, page_width

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
    faults = watched.page.evaluate(
        """() => [...document.querySelectorAll('figure svg.timeline')].flatMap(svg => {
          const frame = svg.getBoundingClientRect();
          const words = [...svg.querySelectorAll('text')].map(
            t => [t.textContent, t.getBoundingClientRect()]);
          return words.flatMap(([word, box], i) => {
            const out = box.left < frame.left - 0.5 || box.right > frame.right + 0.5;
            const over = words.slice(i + 1).some(([, b]) => box.left < b.right - 0.5
              && b.left < box.right - 0.5 && box.top < b.bottom - 4 && b.top < box.bottom - 4);
            return out || over ? [word] : [];
          });
        })"""
    )
    assert [] == faults
