"""The dossier in a real browser: readable on a phone, by keyboard, by a screen reader, offline."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
WIDTHS = [375, 1100]


def axe(page: Page) -> list[str]:
    """Every violation that axe-core finds, with the elements it is about."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [f"{v['id']}: {[node['target'] for node in v['nodes'][:3]]}" for v in found]


def open_at(page: Page, file: Path, width: int, *, dark: bool = False) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.goto(file.as_uri())


def words_out_of_place(page: Page, drawings: str) -> list[str]:
    """Words of drawings that stand outside their drawing or over another word."""
    found = page.evaluate(
        """drawings => [...document.querySelectorAll(drawings)].flatMap(svg => {
          const frame = svg.getBoundingClientRect();
          const words = [...svg.querySelectorAll('text')].map(
            t => [t.textContent, t.getBoundingClientRect()]);
          return words.flatMap(([word, box], i) => {
            const out = box.left < frame.left - 0.5 || box.right > frame.right + 0.5;
            const over = words.slice(i + 1).some(([, b]) => box.left < b.right - 0.5
              && b.left < box.right - 0.5 && box.top < b.bottom - 4 && b.top < box.bottom - 4);
            return out || over ? [word] : [];
          });
        })""",
        drawings,
    )
    return [str(word) for word in found]


def page_width(page: Page) -> int:
    return cast("int", page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation(
    watched: Watched, dossier_page: Path, width: int, dark: bool
) -> None:
    open_at(watched.page, dossier_page, width, dark=dark)
    watched.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert axe(watched.page) == []


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_nothing_overflows_sideways(watched: Watched, dossier_page: Path, width: int) -> None:
    open_at(watched.page, dossier_page, width)
    watched.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page_width(watched.page) <= width


def test_axe_complains_when_a_map_loses_its_name_so_the_gate_can_fail(
    watched: Watched, dossier_page: Path
) -> None:
    open_at(watched.page, dossier_page, 1100)
    watched.page.evaluate(
        "document.querySelectorAll('svg.map').forEach(m => {"
        " m.removeAttribute('aria-labelledby'); m.removeAttribute('aria-describedby');"
        " m.querySelectorAll(':scope > title').forEach(t => t.remove()) })"
    )
    assert any(problem.startswith("svg-img-alt") for problem in axe(watched.page))


def test_a_request_to_the_network_is_seen_so_the_gate_can_fail(
    browser: Browser, dossier_page: Path
) -> None:
    context = browser.new_context()
    one = Watched(context.new_page())
    one.page.goto(dossier_page.as_uri())
    one.page.evaluate("new Promise(r => { const i = new Image(); i.onerror = r;"
                      " i.src = 'http://192.0.2.1/x.png' })")  # fmt: skip
    context.close()
    assert "request: http://192.0.2.1/x.png" in one.problems


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_whole_without_javascript(
    browser: Browser, dossier_page: Path, width: int
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_at(page, dossier_page, width)
    assert page.locator("svg.map").count() == 2
    assert page.locator("svg.map").first.is_visible()
    page.locator("#people summary").first.click()
    assert page.locator("table caption").first.is_visible()
    assert page.get_by_role("row", name="Sweden").first.is_visible()
    context.close()


def test_the_first_tab_reaches_the_skip_link_and_tables_can_be_focused(
    watched: Watched, dossier_page: Path
) -> None:
    open_at(watched.page, dossier_page, 375)
    watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("document.activeElement.className") == "skip"
    regions = watched.page.locator("[role=region]")
    for region in regions.all():
        assert region.get_attribute("tabindex") == "0"
        assert region.get_attribute("aria-label")


def test_headings_go_down_one_step_at_a_time(watched: Watched, dossier_page: Path) -> None:
    open_at(watched.page, dossier_page, 1100)
    levels = watched.page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_map_shows_its_colours_and_a_host_that_is_hovered_says_its_number(
    watched: Watched, dossier_page: Path
) -> None:
    open_at(watched.page, dossier_page, 1100)
    fills = watched.page.evaluate(
        "[...new Set([...document.querySelectorAll('#map-host-today use')]"
        ".map(u => getComputedStyle(u).fill))]"
    )
    assert len(fills) >= 6
    assert watched.page.locator("#map-host-today use:has(> title)").count() > 200


def luminance(page: Page, selector: str, prop: str) -> float:
    """Relative luminance (WCAG) of a computed colour."""
    text = page.evaluate(
        "([s, p]) => getComputedStyle(document.querySelector(s))[p]", [selector, prop]
    )
    parts = [int(n) / 255 for n in re.findall(r"\d+", text)[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_certain_and_possible_are_told_apart_without_colour(
    watched: Watched, dossier_page: Path, dark: bool
) -> None:
    open_at(watched.page, dossier_page, 375, dark=dark)
    certain, possible = (
        luminance(watched.page, f"#in-between .track .bar-{name}", "fill")
        for name in ("certain", "possible")
    )
    brighter, darker = max(certain, possible), min(certain, possible)
    assert (brighter + 0.05) / (darker + 0.05) >= 3


def test_each_verdict_says_its_kind_in_words(watched: Watched, dossier_page: Path) -> None:
    open_at(watched.page, dossier_page, 375)
    said = {badge.inner_text() for badge in watched.page.locator("#guaranteed .verdict").all()}
    assert {"Proved", "Holds by absence", "Says nothing", "Not guaranteed", "Unknown"} <= said


@pytest.mark.parametrize("width", WIDTHS)
def test_a_bar_of_the_people_in_between_is_drawn_and_leads_to_the_gap_it_counts(
    watched: Watched, dossier_page: Path, width: int
) -> None:
    open_at(watched.page, dossier_page, width)
    box = watched.page.locator("#in-between .track .bar-possible").first.bounding_box()
    assert box is not None
    assert box["width"] > 100
    links = watched.page.locator("#in-between .bar-name a")
    for link in links.all():
        target = watched.page.locator(link.get_attribute("href") or "")
        link.click()
        assert target.locator(".verdict").first.is_visible()  # a closed list opens for it


@pytest.mark.parametrize("width", WIDTHS)
def test_the_duties_at_a_glance_need_no_scrolling(
    watched: Watched, dossier_page: Path, width: int
) -> None:
    open_at(watched.page, dossier_page, width)
    overflow = watched.page.evaluate(
        "(f => f.scrollWidth - f.clientWidth)(document.querySelector('.glance').parentElement)"
    )
    assert overflow <= 0


def test_print_shows_the_verdicts_of_closed_lists(watched: Watched, dossier_page: Path) -> None:
    open_at(watched.page, dossier_page, 1100)
    closed = watched.page.locator("#proof-a")
    assert not closed.locator(".claim").is_visible()
    watched.page.emulate_media(media="print")
    box = closed.bounding_box()
    assert box is not None
    assert box["height"] > 50


@pytest.mark.parametrize("name", ["map-host-today.svg", "map-host-draft.svg"])
def test_a_map_opens_as_a_file_of_its_own(watched: Watched, dossier_page: Path, name: str) -> None:
    open_at(watched.page, dossier_page.parent / "figures" / name, 1100)
    box = watched.page.locator("svg").first.bounding_box()
    assert box is not None
    assert box["width"] > 500


def test_print_lets_no_table_be_cut(watched: Watched, dossier_page: Path) -> None:
    open_at(watched.page, dossier_page, 1100)
    watched.page.emulate_media(media="print")
    overflow = watched.page.evaluate(
        "[...document.querySelectorAll('.scroll')].map(s => getComputedStyle(s).overflowX)"
    )
    assert set(overflow) == {"visible"}
