"""The study of bilateral agreements in a real browser: no violation, nothing cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.api.bilateral import bilateral_document, write_out
from tests.browser.conftest import Watched
from tests.browser.test_dossier_page import WIDTHS, axe, open_at, page_width, words_out_of_place

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bilateral") / "study"
    return write_out(bilateral_document(cache=tmp_path_factory.mktemp("cache")), folder)


@pytest.mark.parametrize(("width", "dark"), [(WIDTHS[0], False), (WIDTHS[-1], True)])
def test_axe_finds_no_violation(watched: Watched, study: Path, width: int, dark: bool) -> None:
    open_at(watched.page, study, width, dark=dark)
    assert axe(watched.page) == []
    assert page_width(watched.page) <= width


def test_no_word_of_a_drawing_is_outside_it_or_over_another(watched: Watched, study: Path) -> None:
    open_at(watched.page, study, 375)
    assert [] == words_out_of_place(watched.page, "svg.decades")
