"""A dossier is whole or not there, says nothing without its source, and runs in no spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.brief import dossier as dossier_module
from comity.brief.bars import Bar, axis_end, interval_bars
from comity.brief.context import Bounds, Bridge, BridgeStep, EstimateTable
from comity.brief.dossier import dossier_texts, write_dossier
from comity.brief.errors import BriefError, FolderInUse, TotalsDisagree, UnknownReference
from comity.brief.maps import DISCLAIMER
from comity.brief.numbers import rounded, share
from comity.brief.pages import segments
from comity.brief.suppression import Withheld
from comity.brief.tables import csv_text, safe_cell, shown_table
from tests.brief.sample_dossier import sample_context

TEXTS = dossier_texts(sample_context())
PAGE = TEXTS["index.html"]


def test_a_dossier_has_a_page_its_maps_and_its_numbers(tmp_path: Path) -> None:
    page = write_dossier(sample_context(), tmp_path / "dossier")
    assert page == tmp_path / "dossier" / "index.html"
    for link in re.findall(r'href="((?:data|figures)/[^"]+)"', page.read_text("utf-8")):
        assert (page.parent / link).is_file(), link
    assert [p.name for p in tmp_path.iterdir()] == ["dossier"]


def test_a_dossier_is_the_same_bytes_every_time() -> None:
    assert dossier_texts(sample_context()) == TEXTS


def test_an_older_dossier_is_replaced_and_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "dossier"
    write_dossier(sample_context(), folder)
    (folder / "stale.txt").write_text("old")
    write_dossier(sample_context(), folder)
    assert not (folder / "stale.txt").exists()
    foreign = tmp_path / "letters"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("dear")
    with pytest.raises(FolderInUse):
        write_dossier(sample_context(), foreign)
    assert [p.name for p in foreign.iterdir()] == ["letter.txt"]


def test_a_failure_leaves_the_older_dossier_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "dossier"
    write_dossier(sample_context(), folder)
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    bad = {"index.html": "new", "data/x.csv": "\ud800"}  # a lone surrogate cannot be written
    monkeypatch.setattr(dossier_module, "dossier_texts", lambda context: bad)
    with pytest.raises(UnicodeEncodeError):
        write_dossier(sample_context(), folder)
    assert before == {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert [p.name for p in tmp_path.iterdir()] == ["dossier"]


@given(st.text())
def test_no_cell_of_a_csv_is_a_formula_and_every_text_comes_back(text: str) -> None:
    read = next(iter(csv.reader(io.StringIO(csv_text([[text, "x"]]), newline=""))))[0]
    assert not read.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert read in (text, f"'{text}")


def test_a_negative_number_is_a_number_and_a_negative_text_is_not_a_formula() -> None:
    assert [safe_cell(cell) for cell in (-5, "-5", None)] == [-5, "'-5", ""]


def test_no_small_number_is_in_any_file() -> None:
    for name, text in TEXTS.items():
        if name.endswith(".csv") and "unprotected" in name:
            for row in csv.DictReader(io.StringIO(text)):
                for column, cell in row.items():
                    if column.startswith(("today", "draft")):
                        assert cell in {w.value for w in Withheld} or not 0 < int(cell) < 10
    said = re.findall(r"<title>[^<]*: (\d+) persons</title>", "".join(TEXTS.values()))
    assert said
    assert not [n for n in said if 0 < int(n) < 10]


def test_totals_are_of_all_people_whatever_is_hidden() -> None:
    table = sample_context().figures[0].table
    assert shown_table(table).has_withheld()
    assert shown_table(table).total.today.assumed == sum(row.today.assumed for row in table.rows)


def test_the_place_of_a_hidden_row_does_not_tell_its_size() -> None:
    rows = shown_table(sample_context().figures[0].table).rows
    hidden = [isinstance(row.today.assumed, Withheld) for row in rows]
    assert hidden == sorted(hidden)


def test_the_page_says_its_law_date_assumptions_caveats_sources_and_disclaimer() -> None:
    for words in ("31 December 2024", "1 June 2025", "ordinary", "Invented person", DISCLAIMER,
                  "Test data", "0" * 64, "no guarantee found".capitalize(), "Number not known",
                  "Article 14", "data/unprotected-by-host.csv", "unknown", "66 %"):  # fmt: skip
        assert words in PAGE, words


def test_no_page_says_refuse_and_none_holds_a_script_or_asks_the_network() -> None:
    assert "refuse " not in re.sub(r"Did she refuse to co-operate", "", PAGE)
    assert not re.search(r"<script|\son\w+=|@import|url\((?!#)|<(?:img|iframe|object)", PAGE)
    outside = re.findall(r'(?:src|href)="(https?:[^"]+)"', PAGE)
    assert set(outside) == {source.address for source in sample_context().sources}


def test_what_a_source_calls_itself_is_escaped() -> None:
    context = sample_context()
    hostile = replace(context.sources[0], title="<script>alert(1)</script>")
    page = dossier_texts(replace(context, sources=(hostile, *context.sources[1:])))["index.html"]
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_ids_of_the_page_are_unique_and_every_inner_link_leads_somewhere() -> None:
    ids = re.findall(r'\sid="([^"]+)"', PAGE)
    assert sorted(ids) == sorted(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', PAGE)) <= set(ids)


def test_a_figure_without_a_known_source_and_a_finding_without_a_place_are_errors() -> None:
    context = sample_context()
    lost = replace(context.figures[0], sources=("nowhere",))
    with pytest.raises(UnknownReference, match="nowhere"):
        dossier_texts(replace(context, figures=(lost, context.figures[1])))
    with pytest.raises(UnknownReference, match="nowhere"):
        dossier_texts(replace(context, findings=(replace(context.findings[0], see="nowhere"),)))


def test_the_summary_is_json_and_marks_test_data() -> None:
    summary = json.loads(TEXTS["data/dossier.json"])
    assert summary["made_up"] is True
    assert [c["share"] for c in summary["coverage"]] == ["66 %", "100 %", "unknown"]
    assert summary["findings"][3]["bounds"]["possible"] == "fewer than 10"


def test_numbers_that_contradict_one_another_are_refused() -> None:
    with pytest.raises(BriefError):
        Bounds(certain=5, possible=4, assumed=5)
    with pytest.raises(BriefError):
        Bar("x", 5, 9, 10)
    with pytest.raises(TotalsDisagree, match="reaches 3, not 4"):
        Bridge("b", BridgeStep("a", 1), (BridgeStep("c", 2),), BridgeStep("d", 4))
    with pytest.raises(TotalsDisagree):
        EstimateTable("t", "T", "host", "persons", ())


def test_a_strip_shows_what_is_held_open_shut_and_undecided() -> None:
    stay, work, _ = sample_context().situations[0].rights
    assert [kind for _, kind in segments(work, work.today)] == ["open", "open", "perhaps_shut"]
    assert [kind for _, kind in segments(stay, stay.today)][:2] == ["perhaps_held", "open"]
    assert [kind for _, kind in segments(stay, stay.draft)] == ["held"] * 4 + ["open"] * 4


@given(st.floats(0.001, 1e12))
def test_an_axis_ends_at_or_just_above_the_largest_value(largest: float) -> None:
    assert largest <= axis_end(largest) <= 2 * largest


def test_bars_say_in_words_what_they_draw() -> None:
    html = interval_bars([Bar("Chad", 10_000, 1_300_000, 900_000), Bar("Malta", 0, 40, 20)],
                         unit="persons", assumptions="ordinary", label="Hosts")  # fmt: skip
    assert "900,000</strong>" in html
    assert "(10,000 to 1.3 million)" in html
    assert html.count('aria-hidden="true"') == 2


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (37, "37"), (4_823, "4,820"), (312_400, "312,000"), (12_440_000, "12.4 million"),
     (304_000_000, "304 million")],
)  # fmt: skip
def test_a_number_in_a_sentence_is_rounded_to_what_a_reader_keeps(number: int, words: str) -> None:
    assert words == rounded(number)


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    found = [share(1, 999), share(998, 999), share(5, None), share(9, 9)]
    assert found == ["under 1 %", "over 99 %", "unknown", "100 %"]
