"""The timeline's page: what is interpolated looks so, breaks are marked, nothing is said by colour alone."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from comity.brief.dossier import MARK
from comity.brief.errors import FolderInUse
from comity.brief.timeline_charts import axis_of, chart, description, number_text, standalone
from comity.brief.timeline_context import Line, Panel, Point
from comity.brief.timeline_pages import timeline_texts, write_timeline
from tests.brief.sample_timeline import LAW, PEOPLE, STAY, sample_timeline

YEARS = (1990, 1995)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(theme: object = STAY, breaks: tuple[int, ...] = (1992,)) -> ElementTree.Element:
    """The first drawing of a theme as a tree."""
    assert theme in (STAY, LAW)
    chosen = STAY if theme is STAY else LAW
    return ElementTree.fromstring(chart(chosen, chosen.panels[0], breaks, YEARS))


def of_kind(tree: ElementTree.Element, name: str, word: str) -> list[ElementTree.Element]:
    """Elements of a name whose class holds a word."""
    return [e for e in tree.iter(f"{SVG}{name}") if word in e.get("class", "").split()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every file of the sample."""
    return timeline_texts(sample_timeline())


# ---- drawings ----
def test_years_between_are_dashed_and_published_ones_have_a_dot() -> None:
    tree = drawn()
    assert 2 == len(of_kind(tree, "circle", "d0"))
    lines = of_kind(tree, "polyline", "line")
    assert [True, True] == ["between" in e.get("class", "") for e in lines]


def test_a_year_that_is_not_told_leaves_a_gap_in_line_and_band() -> None:
    tree = drawn()
    runs = [e.get("points", "").split() for e in of_kind(tree, "polyline", "line")]
    assert [2, 3] == [len(run) for run in runs]
    assert 2 == len(of_kind(tree, "polygon", "band"))


def test_law_is_drawn_solid_without_dots_or_breaks() -> None:
    tree = drawn(LAW)
    assert not of_kind(tree, "polyline", "between")
    assert not list(tree.iter(f"{SVG}circle"))
    assert not of_kind(tree, "line", "break")
    assert 1 == len(of_kind(drawn(), "line", "break"))


def test_a_break_outside_the_years_is_not_drawn() -> None:
    assert not of_kind(drawn(breaks=(1980, 2000)), "line", "break")


def test_lines_that_end_together_have_words_apart_inside_the_drawing() -> None:
    words = [e for kind in ("t0", "t1") for e in of_kind(drawn(LAW), "text", kind)]
    assert {"binding", "informal"} == {e.text for e in words}
    heights = sorted(float(e.get("y", "0")) for e in words)
    assert all(after - before >= 12.9 for before, after in pairwise(heights))
    assert 0 < heights[0] and heights[-1] <= 220


def test_numbers_stand_where_the_axis_says() -> None:
    panel = Panel(
        "w", "W", (Line("people.stay", "s", (Point(1990, 0, 0, 0), Point(1991, 1, 1, 1))),)
    )
    tree = ElementTree.fromstring(chart(STAY, panel, (), (1990, 1991)))
    ends = next(e.get("points", "").split() for e in of_kind(tree, "polyline", "line"))
    (x0, y0), (x1, y1) = ([float(n) for n in end.split(",")] for end in ends)
    grid = sorted(float(e.get("y1", "0")) for e in of_kind(tree, "line", "grid"))
    axis = float(of_kind(tree, "line", "axis")[0].get("y1", "0"))
    assert (axis, grid[0]) == (y0, y1)
    assert x0 < x1


def test_a_drawing_says_in_words_what_it_shows() -> None:
    tree = drawn()
    names = tree.get("aria-labelledby", "").split()
    said = {e.get("id"): e.text for e in tree if e.get("id")}
    assert "img" == tree.get("role")
    assert "A stay: The world" == said[names[0]]
    assert description(STAY, STAY.panels[0]) == said[names[1]]
    assert (
        "stay: 20 % in 1990, 40 % in 1995; in 1995 from 20 % certain to 70 % possible."
        == said[names[1]]
    )


def test_a_peak_between_the_ends_is_told_and_nothing_is_not_nought() -> None:
    peak = Line("texts.x", "x", (Point(1990, 1, 1, 1), Point(1991, 9, 9, 9), Point(1992, 2, 2, 2)))
    none = Line("texts.y", "y", (Point(1990, None, None, None),))
    said = description(LAW, Panel("w", "W", (peak, none)))
    assert "x: 1 in 1990, 2 in 1992, at most 9 in 1991. y: nothing observed." == said


def test_the_axis_of_a_theme_is_one_for_all_its_places() -> None:
    assert 4.0 == axis_of(LAW)
    assert 1.0 == axis_of(STAY)
    empty = replace(LAW, panels=(Panel("w", "W", (Line("texts.x", "x", ()),)),))
    assert 1.0 == axis_of(empty)


@pytest.mark.parametrize(
    ("number", "text"),
    [(None, "not told"), (0.0, "0 %"), (0.004, "0.4 %"), (0.5, "50 %"), (0.996, "99.6 %"), (1.0, "100 %")],
)  # fmt: skip
def test_a_share_is_never_rounded_to_nobody_or_everybody(number: float | None, text: str) -> None:
    assert text == number_text(number, "share")


def test_a_file_of_its_own_has_its_colours_for_light_and_dark() -> None:
    text = standalone(STAY, STAY.panels[0], (1992,), YEARS)
    tree = ElementTree.fromstring(text)
    style = next(tree.iter(f"{SVG}style")).text or ""
    for word in ("--tl-l0", "prefers-color-scheme:dark", ".between"):
        assert word in style
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")


# ---- page and files ----
def test_every_link_leads_somewhere_and_every_id_is_there_once(texts: dict[str, str]) -> None:
    page = texts["index.html"]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert set() == set(re.findall(r'href="#([^"]+)"', page)) - set(ids)
    files = set(re.findall(r'href="((?:data|figures)/[^"]+)"', page))
    assert {"data/timeline.csv", "data/timeline.json", "data/articles.csv"} <= files <= set(texts)
    figures = {name for name in texts if name.startswith("figures/")}
    assert {
        "figures/texts-world.svg",
        "figures/texts-europe.svg",
        "figures/stay-world.svg",
    } == figures


def test_the_page_runs_nothing_loads_nothing_and_escapes_words(texts: dict[str, str]) -> None:
    page = texts["index.html"]
    assert "<script" not in page
    assert not re.search(r'(?:src|<link[^>]+href)="(?!data:,)[^"]+"', page)
    assert "They became &lt;informal&gt;." in page
    assert "Texts <in>" not in page
    levels = [int(n) for n in re.findall(r"<h([1-6])\b", page)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_mark_what_is_interpolated_and_give_intervals(texts: dict[str, str]) -> None:
    page = texts["index.html"]
    rows = re.findall(r"<tr[^>]*>.*?</tr>", page, re.S)
    stay = [r for r in rows if "certain" not in r and "40 % (20 % to 70 %)" in r]
    assert stay and "interpolated" not in stay[0]
    between = [r for r in rows if 'class="between"' in r]
    assert any("1991" in r and "interpolated" in r for r in between)


def test_each_claim_has_what_is_not_shown_and_says_when_nothing_bears_on_it(
    texts: dict[str, str],
) -> None:
    page = texts["index.html"]
    assert 2 == page.count("What they do not show")
    assert 1 == page.count("Not observed: no figure here bears on it.")
    assert "a State was dissolved" in page


def test_the_folder_is_written_whole_and_a_foreign_one_is_left_alone(tmp_path: Path) -> None:
    files = write_timeline(sample_timeline(), tmp_path / "out")
    assert {MARK, "index.html"} < set(files)
    assert all((tmp_path / "out" / name).is_file() for name in files)
    assert {"series": []} == json.loads(
        (tmp_path / "out" / "data" / "timeline.json").read_text(encoding="utf-8")
    )
    write_timeline(sample_timeline(), tmp_path / "out")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderInUse):
        write_timeline(sample_timeline(), tmp_path / "foreign")


def test_the_sample_has_a_point_of_each_kind() -> None:
    assert {True, False} == {p.observed for p in PEOPLE.points}
    assert None in {p.value for p in PEOPLE.points}
