"""The dossier on the law in force, on real people: a small regime, and one agreement of our own."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.api.brief_law_people import cases_of_today
from comity.api.brief_law_texts import is_on, kind_of, lapsed_of, never_of
from comity.api.briefing import brief
from comity.api.count_questions import Asked
from comity.api.counts import count
from comity.api.library import packaged
from comity.api.schema import BriefDocument
from comity.language.faults import ComityError
from tests.api.test_briefing import ADVICE, SMALL

DAY = date(2026, 11, 24)
OWN = """\
---
id: own_text
title: An own text
force: binding
adopted: 2000-01-01
in_force: 2000-01-01
parties: [SWE, {state: DEU, from: 2001-01-01}]
accountability: {monitor: nobody, answers_to: nobody, complaint: none}
---

# An own text

## Article 1. A stay

Words.

```comity
rule 1.1 "a stay" check "the word danger is open": guarantee stay at least temporary
  when origin.degree at least danger_to_life
rule 1.2: guarantee shield at least not_there
  when origin.degree at least danger_to_life

case "A bystander before Sweden" in SWE on 2015-09-01 of today
  given nationality {SYR}
  given origin.degree danger_to_life
  expect stay at least temporary by 1.1
case "A bystander before Germany, a year too early" in DEU on 2000-09-01 of today
  given nationality {SYR}
  given origin.degree danger_to_life
  expect no conflict
case "Of no list" in SWE on 2015-09-01
  given nationality {SYR}
  expect no conflict
```
"""


class Law:
    """A dossier that was written."""

    def __init__(self, folder: Path, document: BriefDocument) -> None:
        self.folder, self.document = folder, document
        self.page = (folder / "index.html").read_text(encoding="utf-8")

    def rows(self, name: str) -> list[dict[str, str]]:
        """A CSV file."""
        return list(csv.DictReader(io.StringIO((self.folder / name).read_text(encoding="utf-8"))))

    def json(self, name: str) -> Any:
        """A JSON file."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


def written(words: str, folder: Path, **more: Any) -> Law:
    """The dossier of a regime."""
    document = brief(
        words, None, folder, on=DAY, today=DAY, mirror=None, cache=folder.parent / "cache", **more
    )
    return Law(folder, document)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """Two treaties."""
    told: list[str] = []
    law = written(
        "cat_art3,refugee_1951_1967",
        tmp_path_factory.mktemp("law") / "law",
        progress=lambda what, _done, _all: told.append(what),
    )
    assert {"invented persons", "whether any two rules cross", "writing"} <= set(told)
    return law


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """An agreement that states cases of `today`."""
    folder = tmp_path_factory.mktemp("own")
    path = folder / "own_text.md"
    path.write_text(OWN, encoding="utf-8")
    return written(str(path), folder / "law")


# ---- what is written ----
def test_the_document_names_what_is_there(small: Law) -> None:
    there = {str(p.relative_to(small.folder)) for p in small.folder.rglob("*") if p.is_file()}
    assert there == set(small.document.files)
    assert [] == [name for name in small.document.sections if f'id="{name}"' not in small.page]
    assert 3 <= len(small.document.findings) <= 6


def test_no_output_advises_against_anybody_and_no_few_are_named(small: Law, own: Law) -> None:
    for law in (small, own):
        assert not ADVICE.search(re.sub(r"<[^>]+>", " ", law.page))
        for name in ("data/by-text.csv", "data/covered.csv", "data/hosts.csv", "data/partings.csv"):
            few = [
                (row, key)
                for row in law.rows(name)
                for key, cell in row.items()
                if key.endswith(("certain", "possible", "assumed"))
                and cell.isdigit()
                and int(cell) in SMALL
            ]
            assert [] == few


def test_levels_are_those_that_count_gives(small: Law) -> None:
    asked = Asked(by=("right", "level"), rights=("shield",))
    counted = count("cat_art3,refugee_1951_1967", asked, on=DAY)
    there = {
        row["level"]: (row["certain"], row["possible"], row["assumed"])
        for row in small.rows("data/covered.csv")
        if row["right"] == "shield"
    }
    expected = {
        row.key["level"]: (str(row.certain), str(row.possible), str(row.assumed))
        for row in counted.rows
        if not row.hidden
    }
    assert expected == there


def test_each_instrument_stands_with_its_dates_its_lines_and_its_reasons(small: Law) -> None:
    rows = {row["instrument"]: row for row in small.rows("data/instruments.csv")}
    assert {"cat_art3", "refugee_1951_1967"} == set(rows)
    for name, row in rows.items():
        instrument = packaged().instruments[name]
        assert row["kind"] == "binding"
        assert int(row["parties"]) == len(instrument.parties_on(DAY))
        assert row["in_force"] == str(instrument.in_force)
        assert row["monitor"] == instrument.accountability["monitor"]
        told = int(row["lines_encoded"]) + int(row["lines_in_part"]) + int(row["lines_refused"])
        assert told == instrument.lines


def test_the_crossing_is_proved_with_its_claim(small: Law) -> None:
    crossing = small.json("data/dossier.json")["crossing"]
    assert crossing["verdict"] in ("proved", "refuted")
    assert "of this encoding" in crossing["claim"]
    assert "2026-11-24" in crossing["claim"]


def test_a_host_is_bound_by_the_parties_of_the_day(small: Law) -> None:
    hosts = {row["host"]: row for row in small.rows("data/hosts.csv")}
    assert "ATA" not in hosts
    assert hosts["SWE"]["texts"] == "cat_art3; refugee_1951_1967"
    assert hosts["IND"]["texts"] == ""


# ---- people ----
def test_cases_of_today_are_told_under_the_law_of_their_own_day(own: Law) -> None:
    persons = {p["title"]: p for p in own.json("data/persons.json")["persons"]}
    assert 2 == len(persons)
    sweden = persons["A bystander before Sweden"]
    assert ["An own text"] == sweden["binds"]
    stay = next(r for r in sweden["rights"] if r["right"] == "stay")
    assert "guaranteed: at least temporary" in stay["statement"]
    assert ["An own text, Article 1. A stay"] == stay["by"]
    assert stay["doubts"] == ["An own text, Article 1. A stay: the word danger is open"]
    early = persons["A bystander before Germany, a year too early"]
    assert ([], []) == (early["binds"], early["rights"])
    assert all("the State may still grant" in line for line in early["silent"])
    assert 2 == own.page.count("Invented person</p>")


def test_the_librarys_own_cases_of_today_can_all_be_told() -> None:
    for instrument, statement in cases_of_today(packaged().instruments.values()):
        assert statement.on is not None, f"{instrument.id}: {statement.title}"
        assert statement.host, f"{instrument.id}: {statement.title}"


def test_rules_that_cross_are_told_with_the_person_and_the_people(tmp_path: Path) -> None:
    path = tmp_path / "own_text.md"
    limit = "rule 1.3: limit stay at most tolerated\n  when work.kind is worker\n\ncase"
    path.write_text(OWN.replace("case", limit, 1), encoding="utf-8")
    law = written(str(path), tmp_path / "law")
    assert "refuted" == law.json("data/dossier.json")["crossing"]["verdict"]
    text = " ".join(re.sub(r"<[^>]+>", " ", law.page).split())
    assert "A guarantee and a limit cross, and no clause settles it." in text
    assert "An own text, rule 1.3 (Article 1. A stay)" in text
    assert "People for whom it fails" in text


# ---- what is in force ----
def test_lapsed_and_never_adopted_texts_stand_apart_on_each_day() -> None:
    library = packaged().instruments
    lapsed = {one.id for one in lapsed_of(list(library.values()), DAY)}
    assert {"nafta_ch16", "eu_europe_agreements", "eu_dublin_604_2013"} <= lapsed
    assert is_on(library["nafta_ch16"], date(2000, 1, 1))
    assert not is_on(library["usmca_ch16"], date(2000, 1, 1))
    assert {"ftaa", "mai_1998"} <= {one.id for one in never_of(list(library.values()))}
    kinds = {name: kind_of(library[name]) for name in ("eu_qr_2024_1347", "eu_returns_2008_115")}
    assert {"directive"} == set(kinds.values())
    assert "binding" == kind_of(library["eu_ankara_1_80"])
    assert ("informal", "political") == (
        kind_of(library["puebla_rcm"]),
        kind_of(library["cartagena_1984"]),
    )


def test_a_day_before_any_text_and_a_law_beside_a_law_are_faults(tmp_path: Path) -> None:
    common: dict[str, Any] = {"today": DAY, "mirror": None, "cache": tmp_path}
    with pytest.raises(ComityError) as early:
        brief("cat_art3", None, tmp_path / "x", on=date(1951, 1, 1), **common)
    with pytest.raises(ComityError) as beside:
        brief("cat_art3", "encoded", tmp_path / "x", on=DAY, **common)
    assert ["E450", "E450"] == [e.value.faults[0].code for e in (early, beside)]
    assert [] == [p for p in tmp_path.iterdir() if p.name == "x"]
