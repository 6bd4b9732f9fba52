"""`comity count --data`: the how-to's own register, checked, counted and written out."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from comity.api.schema_people import CountDocument
from tests.cli.running import comity

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "count_your_own_register.md"
FAULTS = ("--accept", "E484,E485", "--accept", "E487", "--accept", "E488")


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The invented register and its map, as the page makes them."""
    monkeypatch.chdir(tmp_path)
    for name, body in re.findall(
        r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S
    ):
        (tmp_path / name).write_text(body, encoding="utf-8")
    runpy.run_path("make_register.py")
    return "register.csv", "register.yaml"


def counted(register: tuple[str, str], *words: str) -> tuple[str, ...]:
    """The command on a register."""
    return ("count", "imfc", "--data", register[0], "--schema", register[1], *words)


def test_a_register_with_faults_is_not_counted_and_each_is_told(register: tuple[str, str]) -> None:
    done = comity(*counted(register))
    assert (done.code, done.out) == (1, "")
    for code in ("E484", "E485", "E487", "E488"):
        assert code in done.err
    assert "1 row: 77" in done.err


def test_accepted_faults_are_unknown_and_nothing_is_dropped(register: tuple[str, str]) -> None:
    done = comity(
        *counted(register, *FAULTS, "--right", "tenure", "--by", "region,level", "--json")
    )
    document = done.document(CountDocument)
    assert document.own_data is not None
    assert document.own_data.rows == document.total.certain == 200
    assert document.own_data.accepted == ("E484", "E485", "E487", "E488")
    assert "remark" in document.own_data.unnamed
    assert {"north", "south", "west"} == {row.key["region"] for row in document.rows}
    first = [row for row in document.rows if row.key["level"] == "minor"]
    assert 200 == sum(row.possible or 0 for row in first)
    assert all(row.assumed is None for row in document.rows)
    assert document.suppressed > 0


def test_one_row_a_person_needs_a_purpose_and_stands_in_a_file_of_its_own(
    register: tuple[str, str],
) -> None:
    without = comity(*counted(register, *FAULTS, "--out", "positions.csv"))
    assert without.code == 1
    assert not Path("positions.csv").exists()
    done = comity(*counted(register, *FAULTS, "--out", "positions.csv", "--purpose", "a check"))
    assert done.code == 0
    lines = Path("positions.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 201
    assert "a check" in lines[1]


def test_the_template_is_a_map_to_fill_in() -> None:
    done = comity("count", "imfc", "--template")
    assert done.code == 0
    assert "# id:" in done.out
    assert "origin1.degree" in done.out


@pytest.mark.parametrize(
    "words",
    [("--data", "r.csv"), ("--schema", "m.yaml"), ("--out", "x.csv"), ("--accept", "E484")],
)
def test_half_a_question_is_a_wrong_use(words: tuple[str, ...]) -> None:
    assert comity("count", "imfc", *words).code == 2


def test_a_file_that_is_not_there_or_is_empty_is_a_coded_error(
    register: tuple[str, str], tmp_path: Path
) -> None:
    gone = comity("count", "imfc", "--data", "gone.csv", "--schema", register[1])
    assert (gone.code, gone.out) == (1, "")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    empty = comity("count", "imfc", "--data", "empty.csv", "--schema", register[1])
    assert (empty.code, empty.out) == (1, "")
    assert re.search(r"E4\d\d", empty.err)
