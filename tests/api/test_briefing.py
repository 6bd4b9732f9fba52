"""The dossier on real people: one run, killed once before, with the network closed."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from comity.api.regimes import read_regime
from comity.api.schema import BriefDocument
from tests.cli.running import TODAY, agreement, apart, comity, command, surroundings

ADVICE = re.compile(r"\brefuse(s|\b)|refused entry|deny entry|must leave|should be removed", re.I)
SMALL = range(1, 10)


@dataclass(frozen=True)
class Made:
    """The dossier, what the command printed, and what else there is in the folder it ran in."""

    folder: Path
    document: BriefDocument
    error: str
    beside: tuple[str, ...]
    after_the_kill: tuple[str, ...]
    at_home: tuple[str, ...]

    def text(self, name: str) -> str:
        """A file of the dossier."""
        return (self.folder / name).read_text(encoding="utf-8")

    def json(self, name: str) -> Any:
        """A JSON file of the dossier."""
        return json.loads(self.text(name))

    def rows(self, name: str) -> list[dict[str, str]]:
        """A CSV file of the dossier."""
        return list(csv.DictReader(io.StringIO(self.text(name))))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A run is killed in the middle of counting; the next one completes, and is looked at."""
    home = tmp_path_factory.mktemp("home")
    work = tmp_path_factory.mktemp("work")
    words = ("brief", "imfc", "--against", "encoded", "--on", TODAY, "--to", "out/dossier")
    killed = subprocess.Popen(
        command(*words),
        cwd=work,
        env=surroundings(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(5)
    killed.kill()
    assert -9 == killed.wait()
    after = tuple(str(path.relative_to(work)) for path in work.rglob("*"))
    ran = apart(*words, "--json", home=home, cwd=work, seconds=900)
    assert 0 == ran.code, ran.err
    return Made(
        work / "out" / "dossier",
        ran.document(BriefDocument),
        ran.err,
        tuple(path.name for path in (work / "out").iterdir()),
        after,
        tuple(str(path) for path in home.rglob("*")),
    )


# ---- the command ----
def test_a_killed_run_leaves_nothing_and_the_next_one_completes(made: Made) -> None:
    assert () == made.after_the_kill
    assert ("dossier",) == made.beside
    assert (made.folder / "index.html").is_file()


def test_the_document_lists_the_files_that_are_there(made: Made) -> None:
    there = {str(p.relative_to(made.folder)) for p in made.folder.rglob("*") if p.is_file()}
    assert there == set(made.document.files)
    assert "out/dossier/index.html" == made.document.path
    page = made.text("index.html")
    assert [] == [name for name in made.document.sections if f'id="{name}"' not in page]


def test_nothing_is_kept_outside_the_dossier(made: Made) -> None:
    assert () == made.at_home


def test_progress_is_no_part_of_the_document_and_ends_quietly(made: Made) -> None:
    # the document was read from the whole of standard output, so nothing else stood there
    assert "" == made.error.strip()


def test_a_folder_that_is_no_dossier_is_left_alone_before_anything_is_counted(
    tmp_path: Path,
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("keep", encoding="utf-8")
    began = time.monotonic()
    for place in (mine, mine / "notes.txt", mine / "notes.txt" / "x", Path("/")):
        ran = comity("brief", "imfc", "--to", str(place), "--json")
        assert (1, ["E460"]) == (ran.code, ran.codes())
    assert time.monotonic() - began < 10
    assert "keep" == (mine / "notes.txt").read_text(encoding="utf-8")
    assert [mine] == list(tmp_path.iterdir())


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from comity.brief.dossier import write_dossier
from tests.brief.sample_dossier import sample_context
left = int(sys.argv[2])
write = Path.write_text
def counted(self, *words, **more):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return write(self, *words, **more)
Path.write_text = counted
write_dossier(sample_context(), Path(sys.argv[1]))
"""


def test_a_run_killed_while_it_writes_leaves_the_old_dossier_or_none(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    folder = tmp_path / "dossier"

    def run(at: int) -> int:
        words = [sys.executable, "-c", KILLED_WHILE_WRITING, str(folder), str(at)]
        return subprocess.run(words, cwd=root, check=False).returncode

    assert -9 == run(5)
    assert not folder.exists()
    assert 0 == run(10_000)
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert -9 == run(5)
    assert before == {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# ---- what it says ----
def test_it_needs_no_network_and_no_script(made: Made) -> None:
    page = made.text("index.html")
    assert "<script" not in page.lower()
    assert [] == re.findall(
        r"""(?:src|href)=["'](?:https?:)?//[^"']+["'][^>]*\brel="stylesheet""", page
    )
    assert [] == re.findall(r"""<(?:img|link|iframe|object|embed)[^>]*https?://""", page)
    assert [] == re.findall(r"@import|url\(\s*['\"]?https?:", page)
    assert [] == re.findall(r"\son\w+\s*=", re.sub(r">[^<]*<", "><", page))


def test_nowhere_does_it_advise_against_a_person(made: Made) -> None:
    """In `reading/` stand the agreements' own words, which say what a State refuses."""
    said = [name for name in made.document.files if not name.startswith("reading/")]
    assert "index.html" in said
    for name in said:
        assert None is ADVICE.search(made.text(name)), name


def test_it_names_law_day_set_coverage_and_limits(made: Made) -> None:
    page = made.text("index.html")
    for said in (
        "It says nothing about what an officer will do",
        "draft",
        "ordinary",
        "Cells under 10 people are not shown",
        "UCDP",
        "24 November 2026",
    ):
        assert said in page, said


def test_coverage_of_every_instrument_stands_in_it(made: Made) -> None:
    from comity.api import library as shelf

    page = made.text("index.html")
    rows = {row["instrument"]: row for row in made.rows("data/coverage.csv")}
    assert {i.id for i in read_regime("imfc").regime.instruments} == set(rows)
    for name, row in rows.items():
        coverage = shelf.packaged().instruments[name].coverage
        total = "" if coverage.total is None else str(coverage.total)
        assert (total, str(coverage.encoded)) == (row["paragraphs"], row["encoded"])
        assert shelf.packaged().instruments[name].title in page


def test_situations_are_marked_as_invented(made: Made) -> None:
    assert made.json("data/situations.json")["invented"] is True
    assert "nvented" in made.text("index.html")


# ---- numbers ----
TABLES = (
    "protected-without-status-by-host",
    "protected-without-status-by-origin",
    "lasting-status-by-host",
)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d+", text) else None


def _columns(rows: list[dict[str, str]]) -> list[str]:
    return [name for name in rows[0] if name.startswith(("today_", "draft_"))]


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_under_ten_is_shown_in_csv_or_json(made: Made, table: str) -> None:
    rows = made.rows(f"data/{table}.csv")
    assert len(rows) > 100
    for row in rows:
        for column in _columns(rows):
            assert _number(row[column]) not in SMALL, (row, column)

    def numbers(thing: Any) -> list[int]:
        if isinstance(thing, dict):
            return [n for inner in thing.values() for n in numbers(inner)]
        if isinstance(thing, list):
            return [n for inner in thing for n in numbers(inner)]
        return [thing] if isinstance(thing, int) and not isinstance(thing, bool) else []

    document = made.json(f"data/{table}.json")
    assert [] == [n for n in numbers([document["rows"], document["total"]]) if n in SMALL]


def test_no_small_number_is_in_the_title_of_a_map_or_a_cell_of_the_page(made: Made) -> None:
    for name in made.document.files:
        if name.endswith(".svg"):
            found = re.findall(
                r"<title>[^<]*?: ([1-9])(?: persons| people)?</title>", made.text(name)
            )
            assert [] == found, name
    cells = re.findall(r'<td class="[^"]*number[^"]*">\s*([1-9])\s*</td>', made.text("index.html"))
    assert [] == cells


@pytest.mark.parametrize("table", TABLES)
def test_rows_add_up_to_the_total_or_hide_more_than_one_cell(made: Made, table: str) -> None:
    rows = made.rows(f"data/{table}.csv")
    total, body = rows[-1], rows[:-1]
    assert "TOTAL" == next(iter(total.values()))
    for column in _columns(rows):
        shown = [_number(row[column]) for row in body]
        whole = _number(total[column])
        assert whole is not None
        hidden = shown.count(None)
        rest = whole - sum(n for n in shown if n is not None)
        assert (rest == 0) if hidden == 0 else (hidden >= 2 and rest > 0), column


@pytest.mark.parametrize("table", TABLES)
def test_certain_is_at_most_assumed_is_at_most_possible(made: Made, table: str) -> None:
    rows = made.rows(f"data/{table}.csv")
    for row in rows:
        for law in ("today", "draft"):
            names = ("certain", "assumed", "possible")
            three = [n for m in names if (n := _number(row[f"{law}_{m}"])) is not None]
            assert sorted(three) == three, row


def test_the_findings_are_the_totals_of_the_tables(made: Made) -> None:
    def total(table: str, law: str) -> tuple[int | None, ...]:
        last = made.rows(f"data/{table}.csv")[-1]
        return tuple(_number(last[f"{law}_{m}"]) for m in ("certain", "possible", "assumed"))

    found = [(f.certain, f.possible, f.assumed) for f in made.document.findings]
    assert 6 == len(found)
    assert (None, None, None) == found[5]  # of duties, not of people
    assert total("protected-without-status-by-host", "today") == found[0]
    assert total("protected-without-status-by-host", "draft") == found[1]
    assert total("lasting-status-by-host", "draft") == found[2]
    by_origin = total("protected-without-status-by-origin", "today")
    assert found[0] == by_origin
    spoken = re.search(r"([\d.]+) million", made.document.findings[0].text)
    assert spoken is not None
    assert float(spoken[1]) == pytest.approx((found[0][2] or 0) / 1e6, abs=0.05)


def test_the_findings_stand_in_the_page_and_in_the_data(made: Made) -> None:
    summary = made.json("data/dossier.json")
    told = [finding.text for finding in made.document.findings]
    assert told == [finding["sentence"] for finding in summary["findings"]]
    page = made.text("index.html").replace("&#39;", "'")
    assert [] == [text for text in told if text not in page]


def test_nobody_is_counted_who_is_not_in_the_population(made: Made) -> None:
    from comity.world.population import population

    everybody = sum(cell.persons for cell in population())
    surely = sum(cell.persons for cell in population() if cell.is_certain)
    for finding in made.document.findings:
        if finding.possible is not None:
            assert finding.possible <= everybody
            assert (finding.certain or 0) <= (finding.assumed or 0) <= surely


# ---- verdicts ----
def test_every_proof_of_the_draft_has_its_verdict_and_its_claim(made: Made) -> None:
    from comity.agreement.statements import Proof
    from comity.api import library as shelf

    draft = shelf.packaged().instruments["imfc"]
    stated = {proof.label for proof in draft.statements if isinstance(proof, Proof)}
    rows = [row for row in made.rows("data/proofs.csv") if row["law"] == "draft"]
    assert stated == {row["name"] for row in rows}
    for row in rows:
        assert row["verdict"] in ("proved", "refuted", "unknown")
        assert row["claim"].startswith(f"{row['verdict']} of this encoding")
        assert "2026-11-24" in row["claim"]
        assert "% of" in row["claim"]
    carried = [row for row in rows if row["how"] == "proved by its articles"]
    guaranteed = [
        r for r in carried if " implies " in r["written"] and " can be " not in r["written"]
    ]
    assert len(guaranteed) > 20
    assert [] == [row["name"] for row in guaranteed if not row["needs"]]


def test_each_gap_has_a_person_who_may_still_be_granted_something(made: Made) -> None:
    gaps = [row for row in made.rows("data/proofs.csv") if row["verdict"] == "refuted"]
    told = [row for row in gaps if row["person"]]
    assert len(told) > 20
    assert all(row["person"].startswith("Invented person. ") for row in told)
    limbo = [row for row in told if row["name"] in ("limbo", "no limbo")]
    assert limbo
    for row in limbo:
        assert "the State may still grant up to" in row["person"]


def test_no_gap_shows_a_number_of_people_from_1_to_9(made: Made) -> None:
    for row in made.rows("data/proofs.csv"):
        for column in ("certain", "possible", "assumed"):
            assert _number(row[column]) not in SMALL, row["id"]
    document = made.json("data/proofs.json")
    shown = [n for proof in document["proofs"] for n in (proof["people"] or {}).values()]
    assert [] == [n for n in shown if isinstance(n, int) and n in SMALL]


def test_people_are_counted_for_most_gaps_and_their_number_rises(made: Made) -> None:
    gaps = [row for row in made.rows("data/proofs.csv") if row["person"]]
    gaps = [row for row in gaps if row["verdict"] == "refuted"]
    counted = [row for row in gaps if row["possible"] != "not counted"]
    assert len(counted) > len(gaps) / 2
    for row in counted:
        three = [
            n for m in ("certain", "assumed", "possible") if (n := _number(row[m])) is not None
        ]
        assert sorted(three) == three, row
    assert all(row["not_counted"] for row in gaps if row["possible"] == "not counted")


def test_the_proofs_are_attributed(made: Made) -> None:
    document = made.json("data/proofs.json")
    assert "2026-11-24" == document["law_on"]
    assert ["z3"] == document["solvers"]
    assert {"un_desa_stock_2024", "unhcr_population"} <= {s["id"] for s in document["sources"]}
    assert all(len(source["sha256"]) == 64 for source in document["sources"])
    assert {"imfc", "cat_art3"} <= {entry["id"] for entry in document["coverage"]}


def test_the_finding_of_duties_is_the_tally_of_the_file(made: Made) -> None:
    kinds = {proof["id"]: proof["kind"] for proof in made.json("data/proofs.json")["proofs"]}
    duties = made.json("data/proofs.json")["duties"]
    text = made.document.findings[5].text
    carried = [
        sum(kinds.get(duty[law]) == "proved" for duty in duties) for law in ("draft", "today")
    ]
    asked = sum(duty["today"] is not None for duty in duties)
    assert [len(duties), carried[0], carried[1], asked] == [
        int(n) for n in re.findall(r"\d+", text)
    ]
    assert carried[0] > carried[1]


def test_discretion_is_within_the_scale(made: Made) -> None:
    for row in made.rows("data/discretion.csv"):
        for law in ("today", "draft"):
            low, high = float(row[f"{law}_low"]), float(row[f"{law}_high"])
            assert 0 <= low <= high <= int(row["steps"])


def test_no_cell_of_a_csv_is_a_formula(made: Made) -> None:
    for name in made.document.files:
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(made.text(name))):
                bad = [c for c in row if c.startswith(("=", "+", "@")) or re.match(r"-[^\d]", c)]
                assert [] == bad, name


def test_a_hostile_title_reaches_neither_page_nor_spreadsheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = '"=cmd|x <script>alert(1)</script>\\u202e"'
    path = agreement(tmp_path, title=title, more="status: draft\ncontested: '<b>x</b>'\n")
    some = tuple(cell for cell in _population() if cell.host in ("SWE", "TUR"))[:300]
    monkeypatch.setattr("comity.api.briefing.population", lambda: some)
    ran = comity("brief", f"encoded,{path}", "--to", str(tmp_path / "d"), "--json")
    assert 0 == ran.code, ran.out + ran.err
    page = (tmp_path / "d" / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<b>x" not in page
    assert "contested. &lt;b&gt;x" in page
    for file in (tmp_path / "d" / "data").glob("*.csv"):
        for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8"))):
            assert [] == [cell for cell in row if cell.startswith("=")]


def _population() -> tuple[Any, ...]:
    from comity.world.population import population

    return population()
