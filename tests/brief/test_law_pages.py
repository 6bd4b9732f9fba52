"""The page of the law in force: kinds apart, small numbers hidden, nothing run, nothing fetched."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from comity.brief.dossier import MARK
from comity.brief.errors import BriefError, FolderInUse, UnknownReference
from comity.brief.law_files import law_texts, write_law
from comity.brief.law_pages import SECTIONS, by_reason
from tests.brief.sample_law import sample_law


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every file of the sample."""
    return law_texts(sample_law())


def test_every_section_is_there_once_and_each_link_on_the_page_leads_somewhere(
    texts: dict[str, str],
) -> None:
    page = texts["index.html"]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert set(SECTIONS) <= set(ids)
    assert set() == set(re.findall(r'href="#([^"]+)"', page)) - set(ids)
    files = set(re.findall(r'href="((?:data|figures)/[^"]+)"', page))
    assert files <= set(texts)


def test_headings_go_down_one_step_at_a_time(texts: dict[str, str]) -> None:
    levels = [int(n) for n in re.findall(r"<h([1-6])\b", texts["index.html"])]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert levels.count(1) == 1


def test_the_page_runs_no_script_and_loads_nothing(texts: dict[str, str]) -> None:
    page = texts["index.html"]
    assert "<script" not in page
    assert not re.search(r'(?:src|<link[^>]+href)="(?!data:,)[^"]+"', page)
    assert "&lt;b&gt;left to argument&lt;/b&gt;" in page


def test_the_kinds_of_text_stand_apart_in_their_order(texts: dict[str, str]) -> None:
    page = texts["index.html"]
    places = [page.index(f'id="kind-{kind}"') for kind in ("binding", "directive", "political")]
    assert places == sorted(places)
    assert page.index('id="text-talks"') > page.index('id="kind-informal"')
    assert page.index('id="text-treaty"') < page.index('id="kind-directive"')
    assert page.index("An old text") > page.index('id="apart"')


def test_few_people_are_hidden_on_the_page_and_in_the_files(texts: dict[str, str]) -> None:
    assert "treaty,5000,9000,6000,fewer than 10,8000,5000" in texts["data/by-text.csv"]
    assert "stay,permanent,fewer than 10,900,500" in texts["data/covered.csv"]
    tonga = next(line for line in texts["data/hosts.csv"].splitlines() if "Tonga" in line)
    assert tonga.count("fewer than 10") == 3
    assert "withheld" in texts["data/partings.csv"]
    finding = json.loads(texts[MARK])["findings"][0]
    assert "fewer than 10" == finding["bounds"]["certain"]


def test_an_invented_person_is_marked_and_every_doubt_is_said(texts: dict[str, str]) -> None:
    page = texts["index.html"]
    for words in ("Invented person", "Doubtful rule.", "Set aside: Old rule", "no guarantee found",
                  "What presses without binding", "Where another reading moves the answer"):  # fmt: skip
        assert words in page
    assert json.loads(texts["data/persons.json"])["invented"] is True


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("proved", "No guarantee and limit cross"),
        ("refuted", "Does not hold"),
        ("unknown", "No verdict"),
    ],
)
def test_each_verdict_on_crossing_is_said_in_words_with_its_claim(verdict: str, said: str) -> None:
    law = sample_law()
    page = law_texts(replace(law, crossing=replace(law.crossing, verdict=verdict)))["index.html"]
    assert said in page
    assert "Proved of this encoding" in page


def test_an_empty_page_is_whole() -> None:
    law = replace(
        sample_law(), texts=(), hosts=(), levels=(), persons=(), partings=(), chains=(), lapsed=(),
        never=(), barring=(), findings=(),
    )  # fmt: skip
    page = law_texts(law)["index.html"]
    assert "These texts state no such case." in page
    assert "None of these texts states one." in page


def test_a_finding_that_points_at_nothing_and_a_host_bound_by_no_text_are_errors() -> None:
    law = sample_law()
    with pytest.raises(UnknownReference):
        law_texts(replace(law, findings=(replace(law.findings[0], see="nowhere"),)))
    with pytest.raises(BriefError, match="lacks"):
        replace(law, texts=())


def test_reasons_are_grouped_in_the_order_of_the_text() -> None:
    refused = sample_law().texts[0].refused
    again = (*refused, replace(refused[0], number="R4"), replace(refused[0], reason="practice"))
    assert [("open_term", 2), ("practice", 1)] == [(r, len(s)) for r, s in by_reason(again)]


def test_a_foreign_folder_is_left_alone_and_an_older_dossier_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(FolderInUse):
        write_law(sample_law(), tmp_path)
    folder = tmp_path / "law"
    assert write_law(sample_law(), folder) == write_law(sample_law(), folder)
    assert ["law", "notes.txt"] == sorted(p.name for p in tmp_path.iterdir())
