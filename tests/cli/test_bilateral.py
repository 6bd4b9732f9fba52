"""`comity bilateral`: the study, a part of it, one agreement, and the files that it writes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from comity.api.schema_bilateral import BilateralAgreementDocument, BilateralDocument
from tests.cli.running import comity


def test_the_study_for_a_person() -> None:
    out = comity("bilateral").out
    assert "1,222 formed, 570 coded" in out
    assert "keep all: 8 of 570, 1.4 % (0.7 % to 2.7 %)" in out
    assert "2020s       0     1      4  0 of 1\n" in out, "few agreements are told as a count"
    assert "not observed: family" in out
    assert "whether an agreement was ended is mostly not observed" in out


def test_the_study_for_a_program() -> None:
    document = comity("bilateral", "--json").document(BilateralDocument)
    assert (1222, 570) == (document.formed, document.coded)
    assert 4 == len(document.bundles)
    defects = [defect for source in document.sources for defect in source.defects]
    assert any("does not say which of the two States sends" in defect for defect in defects)


def test_a_part_and_a_bundle() -> None:
    ran = comity("bilateral", "--corridor", "DEU-TUR", "--bundle", "first_day", "--json")
    document = ran.document(BilateralDocument)
    assert 5 == document.formed
    assert ["first_day"] == [b.name for b in document.bundles]
    assert "DEU-TUR, 1960s" in comity("bilateral", "--corridor", "DEU-TUR", "--decade", "1960").out


def test_one_agreement_for_a_person_and_for_a_program() -> None:
    out = comity("bilateral", "bla_7").out
    assert "bla_7/9.1  pay as_nationals" in out
    assert "valid until somebody terminates it; whether anybody has is not observed" in out
    assert "surely on no day, later possibly: `exercised bla_7/21.1`" in out
    assert "rule 9.1" in comity("bilateral", "bla_7", "--all").out
    document = comity("bilateral", "7", "--json").document(BilateralAgreementDocument)
    assert ("MEX", "USA") == document.states


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("bla_99999",), "E458"),
        (("--decade", "1730"), "E458"),
        (("--corridor", "Atlantis"), "E457"),
    ],
)
def test_what_does_not_exist_is_a_coded_error(words: tuple[str, ...], code: str) -> None:
    ran = comity("bilateral", *words, "--json")
    assert 1 == ran.code
    assert [code] == ran.codes()
    assert code in comity("bilateral", *words).err


@pytest.mark.parametrize("words", [("bla_7", "--decade", "1940"), ("--bundle", "everything")])
def test_what_does_not_go_together_is_misuse(words: tuple[str, ...]) -> None:
    assert 2 == comity("bilateral", *words).code


def test_the_shares_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "shares.csv"
    assert 0 == comity("bilateral", "--out", str(path)).code
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    totals = {row["bundle"]: row["all"] for row in rows if row["by"] == "all"}
    assert {"more_than_labour": "8", "first_day": "5", "no_tie": "7", "counterparts": "2"} == totals


def test_the_page_with_its_drawings(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    assert 0 == comity("bilateral", "--out", str(folder)).code
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in page
    for name in ("more_than_labour", "first_day", "no_tie", "counterparts"):
        text = (folder / "figures" / f"{name}.svg").read_text(encoding="utf-8")
        drawing = ElementTree.fromstring(text)
        space = "{http://www.w3.org/2000/svg}"
        assert "img" == drawing.get("role")
        said = drawing.findtext(f"{space}desc") or ""
        assert "2010s:" in said
        # nine decades have an interval or too few agreements: the twenties of both centuries have one
        assert 8 == len(drawing.findall(f"{space}circle"))
    document = json.loads((folder / "data" / "bilateral.json").read_text(encoding="utf-8"))
    assert 1222 == document["formed"]
    assert 0 == comity("bilateral", "--out", str(folder)).code, "an older study is replaced"


def test_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    ran = comity("bilateral", "--out", str(tmp_path), "--json")
    assert ["E460"] == ran.codes()
    assert ["mine.txt"] == [p.name for p in tmp_path.iterdir()]
    assert ["E460"] == comity("bilateral", "--out", str(tmp_path / "a" / "b.csv"), "--json").codes()
