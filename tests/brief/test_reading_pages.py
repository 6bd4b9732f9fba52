"""The pages of the reading room: every link leads somewhere, nothing is fetched, nothing left out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from comity.api.reading_room import Room
from comity.api.reading_writing import document_of, with_reading, write_reading_room
from comity.api.regimes import read_regime
from comity.api.schema_reading import GivenModel
from comity.brief.reading_links import NAV_END, linked
from comity.brief.reading_pages import Shelved, reading_texts
from comity.brief.reading_prose import plain_text, prose_html
from comity.brief.reading_years import bars_by_year

DAY = date(2026, 12, 1)
NAMES = ("usmca_ch16", "nafta_ch16", "ecowas", "eu_qr_2024_1347")


@pytest.fixture(scope="module")
def readings() -> dict[str, Mapping[str, Any]]:
    """The documents of four texts, people of one guarantee invented."""
    few = GivenModel(certain=None, possible=1234567, assumed=98765, hidden=True)
    room = Room(DAY, people={"ecowas/3.2": few}, told="Invented people, for a test.")
    found = {}
    for name in NAMES:
        document = document_of(room.library.instruments[name], DAY, room.reading(name)).model_dump()
        found[name] = {**document["reading"], **{k: document[k] for k in ("instrument", "date")}}
    return found


@pytest.fixture(scope="module")
def texts(readings: dict[str, Mapping[str, Any]]) -> dict[str, str]:
    """Every file of the folder."""
    maps = {"ecowas": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
    return reading_texts(Shelved(readings, DAY.isoformat(), "1", "a test", maps))


def pages(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name.endswith(".html")}


def broken(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Links of pages that lead to no file or to no place in one."""
    ids = {name: set(re.findall(r'\bid="([^"]+)"', text)) for name, text in texts.items()}
    found = []
    for name, text in pages(texts).items():
        folder = name.rpartition("/")[0]
        for href in re.findall(r'(?:href|src|action)="([^"]+)"', text):
            if href.startswith(("http", "data:")):
                continue
            file, _, place = href.partition("#")
            target = f"{folder}/{file}".strip("/") if file else name
            target = re.sub(r"[^/]+/\.\./", "", target)
            if target not in texts or (place and place not in ids[target]):
                found.append((name, href))
    return found


def test_every_link_leads_to_a_place_that_is_there_and_no_place_is_named_twice(
    texts: dict[str, str],
) -> None:
    assert [] == broken(texts)
    for name, text in pages(texts).items():
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(set(ids)) == len(ids), name


def test_a_link_to_nowhere_is_seen_so_the_gate_can_fail(texts: dict[str, str]) -> None:
    spoilt = {**texts, "x.html": '<a href="ecowas.html#article-99">x</a>'}
    assert [("x.html", "ecowas.html#article-99")] == broken(spoilt)


def test_only_the_search_has_a_script_and_nothing_is_loaded_from_elsewhere(
    texts: dict[str, str],
) -> None:
    for name, text in pages(texts).items():
        assert ("<script" in text) == (name == "search.html")
        assert not re.search(r'(?:src|<link[^>]+href)="(?:https?:)?//', text)
        assert 'src="http' not in text
    assert "fetch(" not in texts["search.html"]
    assert not re.search(r"url\((?!#)", texts["reading.css"])


def test_headings_go_down_one_step_at_a_time(texts: dict[str, str]) -> None:
    for name, text in pages(texts).items():
        levels = [int(n) for n in re.findall(r"<h([1-6])\b", text)]
        assert 1 == levels.count(1)
        assert all(after - before <= 1 for before, after in pairwise(levels)), name


def test_every_statement_of_a_text_stands_on_its_page(
    texts: dict[str, str], readings: dict[str, Mapping[str, Any]]
) -> None:
    for name, reading in readings.items():
        page = unescape(texts[f"{name}.html"])
        for passage in reading["passages"]:
            assert passage["heading"] in page
            for part in passage["parts"]:
                for made in part["statements"]:
                    assert made["text"] in page or made["reason_means"] in page


def test_people_doubts_outcomes_and_dates_are_said(texts: dict[str, str]) -> None:
    page = texts["ecowas.html"]
    assert "98,765</span> people under the set" in page
    assert "withheld for certain, 1,234,567 possibly" in page
    assert "Cases, with invented people: 13, all passed" in page
    assert "Burkina Faso</th><td>1980-04-08</td><td>2025-01-29" in page
    assert 'src="maps/ecowas.svg"' in page
    assert "Doubtful:" in texts["usmca_ch16.html"]
    assert "which is not the one taken here" in texts["eu_qr_2024_1347.html"]


def test_a_version_says_what_was_not_asked_and_marks_what_changed(texts: dict[str, str]) -> None:
    page = texts["versions-nafta_ch16-usmca_ch16.html"]
    assert "No verdict." in page
    assert "comity show usmca_ch16 --compare" in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "versions-nafta_ch16-usmca_ch16.html" in texts["nafta_ch16.html"]
    # the directive of 2011 has no page here, so the pair is told with no link to it
    assert "versions-eu_qd_2011_95-eu_qr_2024_1347.html" in texts


def test_the_search_holds_every_article_and_cannot_end_its_own_block(
    texts: dict[str, str], readings: dict[str, Mapping[str, Any]]
) -> None:
    data = re.search(r'<script type="application/json" id="texts">(.*?)</script>',
                     texts["search.html"], re.DOTALL)  # fmt: skip
    assert data is not None
    rows = json.loads(data[1])
    assert sum(len(r["passages"]) for r in readings.values()) == len(rows)
    assert "<" not in data[1]
    entry = next(row for row in rows if row[:1] == ["ecowas"] and "Entry without" in row[2])
    assert "article-3" == entry[3]
    assert "visa_free" in entry[4]


def test_prose_carries_no_markup_of_its_own_and_frames_its_tables() -> None:
    table = "| | h |\n|---|---|\n| 1 | 2 |"
    text = f"<script>x</script> [a](b.md) [c](https://c.org)\n\n{table}\n\n# H"
    made = str(prose_html(text, {}))
    assert "<script>" not in made
    assert "b.md" not in made
    assert '<a rel="noreferrer" href="https://c.org">c</a>' in made
    assert 'role="region" tabindex="0" aria-label="Table 1, scrolls sideways"' in made
    assert "<td></td>" in made.replace("\n", "")
    assert '<th scope="col">h</th>' in made
    assert "<h4>H</h4>" in made
    assert "P_limbo a" == plain_text("**P_limbo**\n| a |\n|---|")


def test_bars_are_as_high_as_a_year_had_parties() -> None:
    years = [{"year": y, "parties": n} for y, n in ((2000, 0), (2001, 10), (2002, 5))]
    heights = re.findall(r'height="([\d.]+)"><title>(\d+)', bars_by_year(years, "A & B"))
    assert [("0.0", "2000"), ("128.0", "2001"), ("64.0", "2002")] == heights
    assert "A &amp; B" in bars_by_year(years, "A & B")
    assert "" == bars_by_year(years[:1], "A")


# ---- the dossier ----
PAGE = f"""<nav><div><ol>{NAV_END}<h1>TITLE, Article 3. Entry without a visa</h1>
<th scope="row">TITLE</th><li>By TITLE, Article 3. Entry without a visa; TITLE, 3.2 (x)</li>
<p>TITLE: Articles 2, 3, Protocol 1986, Article 2 and more</p><p>TITLE is long</p>
<p>TITLE, Article 99. None</p><details><summary>TITLE, 3.2 (x)</summary></details>"""


def test_a_page_is_linked_to_articles_rules_and_texts_where_it_names_them(
    readings: dict[str, Mapping[str, Any]],
) -> None:
    title = readings["ecowas"]["instrument"]["title"]
    made = linked(PAGE.replace("TITLE", title), readings)
    head, _, body = made.partition("</h1>")
    assert 'href="reading/index.html"' in head
    assert "reading/ecowas" not in head
    assert f'<th scope="row"><a href="reading/ecowas.html">{title}</a></th>' in body
    assert '<a href="reading/ecowas.html#article-3">Article 3. Entry without a visa</a>' in body
    assert f'{title}, <a href="reading/ecowas.html#rule-3-2">3.2</a> (x)</li>' in body
    assert (
        f'{title}: Articles <a href="reading/ecowas.html#article-2">2</a>, '
        '<a href="reading/ecowas.html#article-3">3</a>, '
    ) in body
    assert f"<p>{title} is long</p>" in body
    assert f"<p>{title}, Article 99. None</p>" in body
    assert f"<summary>{title}, 3.2 (x)</summary>" in body
    assert PAGE == linked(PAGE, {})


def test_a_dossier_gets_the_pages_of_its_instruments_and_every_link_holds() -> None:
    read = read_regime("ecowas,nafta_ch16")
    title = read.regime.instruments[0].title
    page = f"<nav><div><ol>{NAV_END}<p>By {title}, Article 3. Entry without a visa</p>"
    made = with_reading({"index.html": page, "data/x.csv": "1"}, read, {}, on=DAY, title="Back")
    assert "1" == made["data/x.csv"]
    assert "reading/ecowas.html#article-3" in made["index.html"]
    assert {"reading/ecowas.html", "reading/nafta_ch16.html", "reading/maps/ecowas.svg"} <= set(
        made
    )
    assert '<a href="../index.html">Back</a>' in made["reading/ecowas.html"]
    assert [] == broken(made)


def test_a_folder_is_written_and_says_what_was_not_compared(tmp_path: Path) -> None:
    written = write_reading_room("usmca_ch16", tmp_path / "room", on=DAY)
    assert ("nafta_ch16 and usmca_ch16",) == written.not_compared
    found = {
        str(p.relative_to(tmp_path / "room")): p.read_text("utf-8")
        for p in (tmp_path / "room").rglob("*")
        if p.is_file()
    }
    assert written.files == len(found)
    assert [] == broken(found)
