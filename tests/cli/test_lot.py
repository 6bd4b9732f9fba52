"""`comity lot`: a draw, its file, its check, and everything that it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from comity.api.lot import read_file
from comity.api.schema_lot import LotDocument, LotVerifyDocument
from tests.cli.running import comity

QUOTAS = "feature,value,min,max\nage,young,3,4\nage,old,2,3\nfrom,north,2,4\nfrom,south,2,4\n"


def pool_text(*, more: str = "") -> str:
    """Forty people: every third is old, every fourth from the north."""
    rows = [
        f"p{n:02d},{'old' if n % 3 == 0 else 'young'},{'north' if n % 4 == 0 else 'south'},x"
        for n in range(1, 41)
    ]
    return "id,age,from,remark\n" + "\n".join(rows) + "\n" + more


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str, Path]:
    pool, quotas = tmp_path / "pool.csv", tmp_path / "quotas.csv"
    pool.write_text(pool_text(), encoding="utf-8")
    quotas.write_text(QUOTAS, encoding="utf-8")
    return str(pool), str(quotas), tmp_path / "draw.json"


def asked(pool: str, quotas: str, *more: str) -> tuple[str, ...]:
    return ("lot", pool, "--quotas", quotas, "--seats", "6", "--panels", "100", *more)


def test_a_draw_keeps_the_quotas_and_can_be_drawn_again(files: tuple[str, str, Path]) -> None:
    pool, quotas, path = files
    words = asked(pool, quotas, "--seed", "3 14 15")
    ran = comity(*words, "--out", str(path), "--json")
    assert (0, "") == (ran.code, ran.err)
    found = ran.document(LotDocument)
    assert found == comity(*words, "--json").document(LotDocument)
    assert 6 == len(found.drawn) == len(set(found.drawn))
    rows = dict(line.split(",", 1) for line in pool_text().splitlines()[1:])
    for group in found.groups:
        counted = sum(group.value in rows[one].split(",") for one in found.drawn)
        assert group.drawn == counted
        assert group.min <= counted <= group.max
    # 3 or 4 of about 27 young, 2 or 3 of 13 old, so that nobody can be sure of 6/40
    assert 0.09 < found.least.value <= found.bound + 1e-9 < 0.16
    assert found.bound - found.least.value < 0.02
    assert ("remark",) == found.not_read
    same = comity("lot", pool, "--quotas", quotas, "--verify", str(path), "--json")
    assert 0 == same.code
    assert same.document(LotVerifyDocument).same


def test_the_words_tell_panel_probabilities_and_hashes(files: tuple[str, str, Path]) -> None:
    pool, quotas, path = files
    out = comity(*asked(pool, quotas, "--seed", "a"), "--out", str(path)).out
    document = read_file(path).document
    for words in (*document.drawn, document.list_sha256, document.least.exact, "age: young"):
        assert words in out
    assert "Written" in out


def test_a_list_is_published_before_anybody_knows_the_seed(files: tuple[str, str, Path]) -> None:
    pool, quotas, path = files
    assert 0 == comity(*asked(pool, quotas), "--out", str(path)).code
    assert () == read_file(path).document.drawn
    drawn = {
        seed: comity("lot", "--from", str(path), "--seed", seed, "--json").document(LotDocument)
        for seed in ("1", "2", "3", "4")
    }
    assert 1 == len({one.list_sha256 for one in drawn.values()})
    assert len({one.drawn for one in drawn.values()}) > 1


def changed(path: Path, **to: object) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["document"] |= to
    path.write_text(json.dumps(kept), encoding="utf-8")


def test_what_was_changed_afterwards_is_found(files: tuple[str, str, Path]) -> None:
    pool, quotas, path = files
    assert 0 == comity(*asked(pool, quotas, "--seed", "a"), "--out", str(path)).code
    whole = path.read_text(encoding="utf-8")
    document = json.loads(whole)["document"]
    least = {"exact": "1/2", "value": 0.5}
    for change in ({"seed": "b"}, {"drawn": document["drawn"][::-1]}, {"least": least}):
        path.write_text(whole, encoding="utf-8")
        changed(path, **change)
        ran = comity("lot", "--verify", str(path), "--json")
        assert 1 == ran.code, change
        assert not ran.document(LotVerifyDocument).same
    kept = json.loads(whole)
    kept["kinds"][0]["ids"][0] = "p99"
    path.write_text(json.dumps(kept), encoding="utf-8")
    out = comity("lot", "--verify", str(path)).out
    assert "NO   the pool has the hash that is stated" in out
    assert "NOT the same draw." in out


def test_another_pool_is_not_that_of_the_draw(files: tuple[str, str, Path]) -> None:
    pool, quotas, path = files
    assert 0 == comity(*asked(pool, quotas, "--seed", "a"), "--out", str(path)).code
    Path(pool).write_text(pool_text(more="p41,old,north,x\n"), encoding="utf-8")
    ran = comity("lot", pool, "--quotas", quotas, "--verify", str(path), "--json")
    wrong = [check.what for check in ran.document(LotVerifyDocument).checks if not check.holds]
    assert ["the pool is that of the draw"] == wrong


def test_a_draw_is_not_written_over(files: tuple[str, str, Path]) -> None:
    pool, quotas, path = files
    path.write_text("{}", encoding="utf-8")
    ran = comity(*asked(pool, quotas, "--seed", "a"), "--out", str(path), "--json")
    assert ["E460"] == ran.codes()
    assert "{}" == path.read_text(encoding="utf-8")
    assert ["E505"] == comity("lot", "--verify", str(path), "--json").codes()


POOLS = {
    "no id": (pool_text().replace("id,", "no,", 1), "E500"),
    "an id twice": (pool_text(more="p01,old,north,x\n"), "E500"),
    "an id is empty": (pool_text(more=",old,north,x\n"), "E500"),
    "a feature is empty": (pool_text(more="p41,,north,x\n"), "E500"),
    "a feature is no column": (pool_text().replace("age", "ages", 1), "E500"),
    "a row is short": (pool_text(more="p41,old\n"), "E500"),
    "nobody": ("id,age,from\n", "E500"),
    "names": (pool_text().replace("remark", "Last name", 1), "E501"),
    "names in German": (pool_text().replace("remark", "Vorname", 1), "E501"),
    "addresses in Spanish": (pool_text().replace("remark", "Dirección", 1), "E501"),
    "passports": (pool_text().replace("remark", "passport", 1), "E501"),
    "an address of e-mail": (pool_text(more="p41,old,north,a@example.org\n"), "E501"),
    "a value without a quota": (pool_text(more="p41,aged,north,x\n"), "E502"),
}


@pytest.mark.parametrize("name", POOLS)
def test_a_pool_that_is_wrong_is_told_with_a_code(name: str, files: tuple[str, str, Path]) -> None:
    pool, quotas, _ = files
    text, code = POOLS[name]
    Path(pool).write_text(text, encoding="utf-8")
    assert {code} == set(comity(*asked(pool, quotas, "--seed", "a"), "--json").codes())


RULES = {
    "other columns": (QUOTAS.replace("min", "least"), "E502"),
    "a least above its most": (QUOTAS.replace("3,4", "5,4"), "E502"),
    "half a person": (QUOTAS.replace("3,4", "3.5,4"), "E502"),
    "a value twice": (QUOTAS + "age,old,2,3\n", "E502"),
    "no quota": ("feature,value,min,max\n", "E502"),
    "more than there are": (QUOTAS + "from,west,1,2\n", "E503"),
    "leasts above the seats": (QUOTAS.replace("2,3", "4,4"), "E503"),
    "some are shut out": (QUOTAS.replace("north,2,4", "north,0,0").replace("2,4", "2,6"), "E504"),
}


@pytest.mark.parametrize("name", RULES)
def test_quotas_that_are_wrong_are_told_with_a_code(
    name: str, files: tuple[str, str, Path]
) -> None:
    pool, quotas, _ = files
    text, code = RULES[name]
    Path(quotas).write_text(text, encoding="utf-8")
    assert {code} == set(comity(*asked(pool, quotas, "--seed", "a"), "--json").codes())


def test_the_least_change_of_quotas_is_told(files: tuple[str, str, Path]) -> None:
    pool, quotas, _ = files
    Path(quotas).write_text(QUOTAS + "from,west,1,2\n", encoding="utf-8")
    err = comity(*asked(pool, quotas, "--seed", "a")).err
    assert "`from: west` cannot be 1 to 2 of 6" in err
    assert "at least 0 instead of 1" in err


def test_a_file_that_is_not_there_is_a_fault(files: tuple[str, str, Path]) -> None:
    pool, quotas, path = files
    for words in (
        asked(f"{pool}x", quotas, "--seed", "a"),
        asked(pool, f"{quotas}x", "--seed", "a"),
        ("lot", "--verify", str(path)),
    ):
        assert ["E460"] == comity(*words, "--json").codes()


@pytest.mark.parametrize(
    "words",
    [
        ("lot",),
        ("lot", "pool.csv", "--seed", "a"),
        ("lot", "pool.csv", "--quotas", "q.csv", "--seats", "6"),
        ("lot", "pool.csv", "--quotas", "q.csv", "--seats", "6", "--seed", " "),
        ("lot", "pool.csv", "--from", "list.json", "--seed", "a"),
        ("lot", "pool.csv", "--verify", "draw.json"),
    ],
)
def test_half_a_question_is_a_usage(words: tuple[str, ...]) -> None:
    assert 2 == comity(*words).code
