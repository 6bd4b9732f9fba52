"""Who is covered: small numbers hidden, also between two levels; the page and its files agree."""

from __future__ import annotations

from dataclasses import replace

from comity.brief.context import Bounds
from comity.brief.covered import (
    Covered,
    CoveredRow,
    HangingRow,
    MovedRow,
    covered_rows,
    hanging_rows,
    moved_rows,
    shown_levels,
)
from comity.brief.dossier import dossier_texts
from comity.brief.suppression import Withheld
from tests.brief.sample_dossier import sample_context

NOBODY = Bounds(0, 0, 0)
FOUND = Covered(
    rows=(
        CoveredRow(
            "stay",
            "tolerated",
            Bounds(120, 4000, 900),
            Bounds(200, 4000, 1000),
            ("An Act, Article 3",),
        ),
        CoveredRow("stay", "temporary", Bounds(4, 4000, 895), Bounds(200, 4000, 995)),
        CoveredRow("stay", "permanent", Bounds(0, 4000, 0), Bounds(0, 4000, 500)),
    ),
    moved=(MovedRow("stay", Bounds(80, 4000, 100), Bounds(0, 7, 0)),),
    hanging=(HangingRow("Nobody is excluded.", 12_345), HangingRow("Nobody is a danger.", 3)),
)


def test_few_people_are_hidden_also_where_two_levels_would_tell_them() -> None:
    rows = [numbers for _, numbers in shown_levels(FOUND.rows)]
    assert rows[0] == (120, 4000, 900, 200, 4000, 1000)
    assert rows[1][0] is Withheld.FEW
    assert rows[1][2] is Withheld.BESIDE  # 900 less 895
    assert rows[1][5] is Withheld.BESIDE  # 1000 less 995
    assert rows[2] == (0, 4000, 0, 0, 4000, 500)


def test_the_files_hold_what_the_page_shows() -> None:
    texts = dossier_texts(replace(sample_context(), covered=FOUND))
    page = texts["index.html"]
    for word in ("Who is covered, and who moves", "An Act, Article 3", "Nobody is excluded."):
        assert word in page
    assert "Nobody is a danger." not in page
    assert 'href="data/covered.csv"' in page
    assert (
        "stay,temporary,fewer than 10,4000,withheld,200,4000,withheld," in texts["data/covered.csv"]
    )
    assert "fewer than 10" in texts["data/moved.csv"]
    assert "Nobody is a danger.,fewer than 10" in texts["data/assumptions.csv"]
    assert [len(FOUND.rows) + 1, 2, 3] == [
        len(rows(FOUND)) for rows in (covered_rows, moved_rows, hanging_rows)
    ]


def test_a_page_without_the_section_says_nothing_of_it() -> None:
    texts = dossier_texts(sample_context())
    assert "data/covered.csv" not in texts
    assert "#covered" not in texts["index.html"]


def test_nobody_who_moves_is_a_zero_and_no_gap() -> None:
    found = Covered(moved=(MovedRow("vote", NOBODY, NOBODY),))
    assert moved_rows(found)[1] == ["vote", 0, 0, 0, 0, 0, 0]
