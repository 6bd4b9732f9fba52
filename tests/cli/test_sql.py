"""`comity sql`: one query on standard output, and what it refuses."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest

from comity.api.querying import law_hash
from comity.api.schema_count import SqlDocument
from comity.language.resolved import Library
from tests.cli.running import TODAY, agreement, comity

BLOCK = """\
rule 1.1 "for those who ask": guarantee stay at least applicant when claims
rule 1.2 "for children": guarantee schooling at least as_nationals when age less than 18 years"""


@pytest.fixture
def mine(tmp_path: Path) -> str:
    """A small draft."""
    return agreement(tmp_path, block=BLOCK)


def _asked(*words: str) -> SqlDocument:
    ran = comity("sql", *words, "--on", TODAY, "--json")
    assert (0, "") == (ran.code, ran.err)
    return ran.document(SqlDocument)


def test_the_query_counts_where_the_data_are(mine: str) -> None:
    ran = comity("sql", mine, "--right", "stay", "--by", "host,level", "--columns", "host,claims")
    assert (0, "") == (ran.code, ran.err)
    with duckdb.connect() as base:
        base.execute("CREATE TABLE persons (host TEXT, claims BOOLEAN)")
        base.execute("INSERT INTO persons SELECT 'SWE', true FROM range(30)")
        base.execute("INSERT INTO persons SELECT 'SWE', NULL FROM range(12)")
        base.execute("INSERT INTO persons SELECT 'NOR', true FROM range(5)")
        rows = base.execute(ran.out).fetchall()
    found = {(host, level): (certain, possible) for _, host, level, certain, possible, *_ in rows}
    assert (30, 42) == found["SWE", "applicant"] or (None, None) == found["SWE", "applicant"]
    assert (None, None) == found["NOR", "applicant"]
    assert (47, 47) == found[None, "all levels"]


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_the_schema_is_printed_instead(mine: str, dialect: str) -> None:
    ran = comity("sql", mine, "--schema", "--dialect", dialect)
    assert 0 == ran.code
    assert ran.out.startswith("CREATE TABLE ")
    assert "Unknown: NULL" in ran.out


def test_the_document_says_what_is_read_and_what_is_missing(mine: str) -> None:
    document = _asked(mine, "--right", "stay", "--right", "schooling", "--columns", "host,claims")
    assert ("stay", "schooling") == document.rights
    assert ("claims",) == document.reads
    assert ("age",) == document.missing
    assert ("right", "level", "certain", "possible", "suppressed", "total") == document.output
    assert {"host", "claims", "age"} <= {column.name for column in document.columns}
    assert document.law_hash in document.sql
    assert document.purpose is None


def test_rows_need_a_purpose_that_stands_in_the_text(mine: str) -> None:
    refused = comity("sql", mine, "--rows")
    assert (1, "") == (refused.code, refused.out)
    assert refused.err.startswith("E495 no-purpose: ")
    document = _asked(mine, "--rows", "--purpose", "a study of the law", "--norms", "--by", "id")
    assert "purpose" == document.output[-1]
    assert {"id", "stay_by", "stay_limited_by"} <= set(document.output)
    assert 2 == document.sql.count("a study of the law")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--right", "stya"), "E201"),
        (("--columns", "claims"), "E496"),
        (("--columns", "no/such.txt"), "E460"),
        (("--by", "sex", "--columns", "host"), "E496"),
        (("--right", "vote"), "E498"),
        (("--table", "a..b"), "E496"),
        (("--on", "2026-02-31"), "E206"),
        (("--reading", "x=y"), "E451"),
    ],
)
def test_a_fault_is_coded(mine: str, words: tuple[str, ...], code: str) -> None:
    ran = comity("sql", mine, *words)
    assert (1, "") == (ran.code, ran.out)
    assert ran.err.startswith(code)
    assert [code] == comity("sql", mine, *words, "--json").codes()


def test_columns_are_read_from_a_file(mine: str, tmp_path: Path) -> None:
    by_line, by_head = tmp_path / "columns.txt", tmp_path / "register.csv"
    by_line.write_text("host\nclaims\n\n", encoding="utf-8")
    by_head.write_text('"host",claims\nSWE,true\n', encoding="utf-8")
    for path in (by_line, by_head):
        assert ("claims",) == _asked(mine, "--right", "stay", "--columns", str(path)).reads


def test_the_hash_is_of_the_texts_and_not_of_their_place(tmp_path: Path) -> None:
    found = []
    for name, block in (("a", BLOCK), ("b", BLOCK), ("c", f"{BLOCK} and claims")):
        (tmp_path / name).mkdir()
        found.append(_asked(agreement(tmp_path / name, block=block)).law_hash)
    assert found[0] == found[1] != found[2]
    empty = law_hash(Library(vocabulary=None))  # type: ignore[arg-type]
    assert empty != hashlib.sha256().hexdigest()
    assert 64 == len(empty)
