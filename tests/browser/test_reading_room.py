"""The reading room in a real browser: by phone, in the dark, from a folder, with its own search."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page

from comity.api.reading_writing import write_reading_room
from tests.brief.test_reading_pages import DAY
from tests.browser.conftest import Watched
from tests.browser.test_dossier_page import WIDTHS, open_at, page_width

pytestmark = pytest.mark.browser
PAGES = ("index.html", "usmca_ch16.html", "versions-nafta_ch16-usmca_ch16.html", "search.html")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one instrument."""
    folder = tmp_path_factory.mktemp("reading") / "room"
    write_reading_room("usmca_ch16", folder, on=DAY)
    return folder


def violations(page: Page) -> list[str]:
    """What axe-core finds. It must not ask for the stylesheet again: a file may not be asked for."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run(document, {preload: false})")["violations"]
    return [f"{v['id']}: {[node['target'] for node in v['nodes'][:3]]}" for v in found]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_violation_or_overflows(
    watched: Watched, room: Path, name: str, width: int, dark: bool
) -> None:
    open_at(watched.page, room / name, width, dark=dark)
    watched.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert [] == violations(watched.page)
    assert width >= page_width(watched.page)


def test_a_word_is_found_and_its_hit_opens_the_article(watched: Watched, room: Path) -> None:
    open_at(watched.page, room / "index.html", 1100)
    watched.page.fill("input[name=q]", "pattern PRACTICE")
    watched.page.click("button[type=submit]")
    hits = watched.page.locator("#hits a")
    hits.first.wait_for()
    assert "place" in watched.page.locator("#count").inner_text()
    hits.first.click()
    assert "usmca_ch16.html#" in watched.page.url
    place = watched.page.url.partition("#")[2]
    assert "pattern" in watched.page.locator(f"#{place}").inner_text().casefold()


def test_what_is_asked_is_shown_as_text_and_never_run(watched: Watched, room: Path) -> None:
    watched.page.goto((room / "search.html").as_uri() + "?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E")
    assert "<img src=x onerror=alert(1)>" == watched.page.input_value("#q")
    assert 0 == watched.page.locator("#hits img").count()


def test_the_map_of_the_parties_is_drawn(watched: Watched, room: Path) -> None:
    open_at(watched.page, room / "usmca_ch16.html", 1100)
    watched.page.locator(".party-map").scroll_into_view_if_needed()
    watched.page.wait_for_function("document.querySelector('.party-map').naturalWidth > 0")
