"""The page of a profile: its files, its figures with their articles, words of others escaped."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from comity.api.profile import profile
from comity.api.schema_profile import ProfileDocument
from comity.brief.profile_pages import page, profile_texts, told

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def document() -> ProfileDocument:
    """A small profile: two sections of one text."""
    return profile("mercosur_residence", on=DAY, sections=("discretion", "elements"))


def test_every_link_within_the_page_leads_somewhere(document: ProfileDocument) -> None:
    text = page(document.model_dump())
    names = re.findall(r'id="([^"]+)"', text)
    assert len(names) == len(set(names))
    for target in re.findall(r'href="#([^"]+)"', text):
        assert target in names, target


def test_files_stand_beside_the_page_and_its_rules_lead_to_their_articles(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    document = profile(
        "mercosur_residence", on=DAY, sections=("discretion", "elements"), out=folder
    )
    html = (folder / "index.html").read_text(encoding="utf-8")
    for name in re.findall(r'href="(data/[^"]+)"', html):
        assert (folder / name).is_file(), name
    kept = json.loads((folder / "data/profile.json").read_text(encoding="utf-8"))
    assert ProfileDocument.model_validate(kept) == document
    articles = re.findall(r'href="(reading/[^"#]+)#([^"]+)"', html)
    assert len(articles) >= len({*document.articles.values()}) > 0
    for name, place in articles:
        assert f'id="{place}"' in (folder / name).read_text(encoding="utf-8"), place
    assert "http" not in re.sub(r'href="http[^"]*"', "", html).replace("http://www.w3.org", "")


def test_a_hostile_word_stays_a_word(document: ProfileDocument) -> None:
    plain = document.model_dump()
    plain["title"] = "<script>alert(1)</script>"
    plain["sections"][0]["notes"] = ("<img src=x onerror=alert(1)>",)
    text = profile_texts(plain)["index.html"]
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_a_place_of_a_table_in_words() -> None:
    assert told(None) == "not observed"
    assert told(True) == "yes"
    assert told(1234567) == "1,234,567"
    assert told(0.5) == "0.50"
