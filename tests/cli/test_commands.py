"""Every command: what it prints where, how it ends, and one document of its model with `--json`."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.api import library as shelf
from comity.api.schema import (
    CheckDocument,
    ErrorDocument,
    ExplainDocument,
    ListDocument,
    ShowDocument,
    WorldListDocument,
)
from comity.api.schema_base import Document
from comity.cli.app import app
from tests.cli.running import SIEGE, TODAY, agreement, apart, comity, one_json

COMMANDS = {
    "list": ("list",),
    "show": ("show", "imfc"),
    "check": ("check", "cat_art3"),
    "explain": ("explain", "encoded", "--case", SIEGE),
    "world list": ("world", "list"),
}


def test_these_are_the_commands() -> None:
    names = {c.name for c in app.registered_commands} | {g.name for g in app.registered_groups}
    assert {
        "list",
        "show",
        "chain",
        "check",
        "fmt",
        "explain",
        "ask",
        "profile",
        "prove",
        "compare",
        "count",
        "sql",
        "timeline",
        "lot",
        "bilateral",
        "brief",
        "world",
    } == names


@pytest.mark.parametrize("name", COMMANDS)
def test_an_answer_goes_to_standard_output_alone(name: str) -> None:
    ran = comity(*COMMANDS[name])
    assert 0 == ran.code
    assert ran.out.strip()
    assert "" == ran.err


@pytest.mark.parametrize(
    ("words", "model"),
    [
        (("list",), ListDocument),
        (("show", "imfc"), ShowDocument),
        (("show", "imfc/14"), ShowDocument),
        (("check", "cat_art3"), CheckDocument),
        (("explain", "imfc", "--case", SIEGE), ExplainDocument),
        (("explain", "imfc", "--case", SIEGE, "--right", "stay"), ExplainDocument),
        (("explain", "imfc", "--case", SIEGE, "--all"), ExplainDocument),
        (("ask", "cat_art3"), ExplainDocument),
        (("world", "list"), WorldListDocument),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_json_is_exactly_one_document_of_its_model(
    words: tuple[str, ...], model: type[Document]
) -> None:
    ran = comity(*words, "--json", answers="SWE\nSYR\nstop\n")
    assert 0 == ran.code
    document = ran.document(model)
    assert document == model.model_validate(document.model_dump())


@pytest.mark.parametrize("what", ["facts", "rights", "scales"])
def test_words_of_the_vocabulary_are_listed(what: str) -> None:
    found = one_json(comity("list", what, "--json").out)
    assert isinstance(found, list)
    assert found
    text = comity("list", what).out
    assert len(found) == len(text.splitlines())
    assert all(word["meaning"] for word in found if what != "scales"), what


FAULTS = {
    "list": (("list", "--on", "2015-02-31"), "E206"),
    "show": (("show", "imfcc"), "E450"),
    "show an article": (("show", "imfc/144"), "E305"),
    "check": (("check", "imfcc"), "E450"),
    "check on": (("check", "cat_art3", "--on", "2015-13-01"), "E206"),
    "fmt": (("fmt", "no/such.md"), "E460"),
    "explain regime": (("explain", "imcf", "--case", SIEGE), "E450"),
    "explain nothing": (("explain", " , ", "--case", SIEGE), "E450"),
    "explain case": (("explain", "imfc", "--case", "no_such.yaml"), "E460"),
    "explain on": (("explain", "imfc", "--case", SIEGE, "--on", "31 February"), "E206"),
    "explain empty on": (("explain", "imfc", "--case", SIEGE, "--on", ""), "E206"),
    "explain reading": (("explain", "imfc", "--case", SIEGE, "--reading", "x=y"), "E451"),
    "explain no reading": (("explain", "imfc", "--case", SIEGE, "--reading", "x"), "E451"),
    "explain right": (("explain", "imfc", "--case", SIEGE, "--right", "stya"), "E201"),
    "ask": (("ask", "imfcc"), "E450"),
    "ask on": (("ask", "imfc", "--on", "0000-00-00"), "E206"),
    "brief regime": (("brief", "imfcc", "--to", "never"), "E450"),
    "brief against": (("brief", "imfc", "--against", "x", "--to", "never"), "E450"),
    "brief without a draft": (("brief", "encoded", "--against", "imfc", "--to", "never"), "E450"),
    "brief before any law": (("brief", "stca", "--on", "1990-01-01", "--to", "never"), "E450"),
    "brief on": (("brief", "imfc", "--on", "2023-02-29", "--to", "never"), "E206"),
    "world fetch": (("world", "fetch", "nowhere"), "W101"),
    "world build": (("world", "build", "--to", "never", "--instruments", "never"), "E460"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_coded_and_ends_with_one(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words, code = FAULTS[name]
    for_person, for_program = comity(*words), comity(*words, "--json")
    assert (1, "") == (for_person.code, for_person.out.strip())
    assert for_person.err.strip().startswith(code)
    assert 1 == for_program.code
    assert [code] == for_program.codes()
    assert [] == list(tmp_path.iterdir())


USAGE = {
    "no command": (),
    "an unknown command": ("explian",),
    "an unknown list": ("list", "things"),
    "an unknown format": ("check", "--format", "xml"),
    "an unknown assumption": ("explain", "imfc", "--case", SIEGE, "--assume", "the best"),
    "an unknown danger": ("brief", "imfc", "--danger", "none"),
    "no case": ("explain", "imfc"),
    "no regime": ("ask",),
    "no path": ("fmt",),
    "no question": ("ask", "imfc", "--most", "0"),
    "an unknown flag": ("list", "--jsno"),
    "world alone": ("world",),
}


@pytest.mark.parametrize("name", USAGE)
def test_usage_ends_with_two(name: str) -> None:
    ran = comity(*USAGE[name])
    assert (2, "") == (ran.code, ran.out)
    assert "Usage:" in ran.err


def test_an_id_that_is_nearly_right_gets_a_suggestion() -> None:
    for words in (("show", "imfcc"), ("check", "imfcc"), ("explain", "imfcc", "--case", SIEGE)):
        assert "did you mean `imfc`?" in comity(*words).err
    assert "did you mean `25bis`?" in comity("show", "imfc/25bsi").err


def test_a_hyphen_in_an_id_is_read_as_a_line() -> None:
    assert comity("show", "imfc-draft-1").out == comity("show", "imfc_draft_1").out


def test_the_list_says_ids_in_full_at_any_width(monkeypatch: pytest.MonkeyPatch) -> None:
    for width in ("40", "80", "200"):
        monkeypatch.setenv("COLUMNS", width)
        assert [] == [i for i in shelf.packaged().instruments if i not in comity("list").out]


def test_the_list_counts_parties_on_the_day() -> None:
    def parties(day: str) -> dict[str, int]:
        document = comity("list", "--json", "--on", day).document(ListDocument)
        assert day == document.date
        return {i.id: i.parties for i in document.instruments}

    assert 0 == max(parties("1950-01-01").values())
    assert parties("2022-09-16")["echr_3_8"] == parties("2022-09-15")["echr_3_8"] - 1


def test_an_article_is_shown_with_its_words_and_the_whole_without() -> None:
    one = comity("show", "imfc/14", "--json").document(ShowDocument).instrument.articles
    assert ["14"] == [article.id for article in one]
    assert "```comity" in one[0].text
    every = comity("show", "imfc", "--json").document(ShowDocument).instrument.articles
    assert {""} == {article.text for article in every}


# ---- check ----
def test_check_counts_cases_and_gives_coverage() -> None:
    out = comity("check", "cat_art3", "echr_3_8").out
    assert "cat_art3: 5 % of 87 paragraphs encoded" in out
    assert ", all pass" in out


def test_check_runs_everything_if_nothing_is_named() -> None:
    document = comity("check", "--json").document(CheckDocument)
    assert set(shelf.packaged().instruments) == set(document.instruments)
    assert 0 == document.cases.failed
    assert document.cases.run >= 700


BAD = 'rule 1.1: guarantee stay at least temporery\ncase "x" in SWE on 2015-01-01\n  expect no stay'


def test_faults_are_gnu_lines_for_editors(tmp_path: Path) -> None:
    path = agreement(tmp_path, block=BAD)
    ran = comity("check", path, "--format", "gnu")
    assert 1 == ran.code
    assert [f"{path}:13:35: error: "] == [line[: len(path) + 15] for line in ran.err.splitlines()]
    assert ran.err.rstrip().endswith("[E202]")


def test_what_cannot_be_read_is_not_said_to_pass(tmp_path: Path) -> None:
    for path in (agreement(tmp_path, block=BAD), str(tmp_path / "none.md")):
        ran = comity("check", path)
        assert 1 == ran.code
        assert "all pass" not in ran.out


def test_a_case_that_fails_is_a_fault_at_its_line(tmp_path: Path) -> None:
    block = 'case "y" in SWE on 2015-01-01\n  expect stay at least citizen'
    ran = comity("check", agreement(tmp_path, block=block), "--json")
    document = ran.document(CheckDocument)
    assert 1 == ran.code
    assert (1, 1) == (document.cases.run, document.cases.failed)
    assert [("E410", 14, "Article 1. A")] == [(e.code, e.line, e.article) for e in document.errors]


def test_a_file_in_the_place_of_a_packaged_agreement_is_told_what_others_miss(
    tmp_path: Path,
) -> None:
    path = agreement(tmp_path, id_="refugee_1951_1967", more="")
    for words in (("check", path), ("explain", f"{path},imfc", "--case", SIEGE)):
        ran = comity(*words)
        assert 1 == ran.code
        assert "`refugee` is not a term of `refugee_1951_1967`" in ran.err


# ---- fmt ----
UNTIDY = "# kept before\nrule 1.1:   guarantee stay at least   temporary # kept beside"


def test_fmt_keeps_comments_and_prose_and_is_idempotent(tmp_path: Path) -> None:
    path = Path(agreement(tmp_path, block=UNTIDY))
    assert f"changed {path}\n" == comity("fmt", str(path)).out
    once = path.read_text(encoding="utf-8")
    for kept in ("# kept before", "# kept beside", "Words."):
        assert kept in once
    assert "guarantee stay at least temporary  #" in once
    assert "" == comity("fmt", str(path)).out
    assert once == path.read_text(encoding="utf-8")
    assert [path] == list(tmp_path.iterdir())


def test_fmt_check_changes_nothing(tmp_path: Path) -> None:
    path = Path(agreement(tmp_path, block=UNTIDY))
    before = path.read_bytes()
    ran = comity("fmt", str(path), "--check")
    assert (1, f"would change {path}\n") == (ran.code, ran.out)
    assert before == path.read_bytes()
    told = one_json(comity("fmt", str(path), "--check", "--json").out)
    assert {"changed": [str(path)], "written": False} == told


def test_fmt_leaves_a_file_with_faults_as_it_was(tmp_path: Path) -> None:
    path = Path(agreement(tmp_path, block=BAD))
    before = path.read_bytes()
    assert 1 == comity("fmt", str(path)).code
    assert ["E202"] == comity("fmt", str(path), "--json").codes()
    assert before == path.read_bytes()


def test_fmt_keeps_permissions_and_follows_a_link(tmp_path: Path) -> None:
    path = Path(agreement(tmp_path, block=UNTIDY))
    path.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(path)
    assert 0 == comity("fmt", str(link)).code
    assert link.is_symlink()
    assert 0o640 == path.stat().st_mode & 0o777
    assert "temporary  #" in path.read_text(encoding="utf-8")


# ---- law on a day ----
RESIDENT = """\
host: DEU
on: 2020-01-01
nationalities: [TUR]
events: {arrival: 2015-01-01}
residence:
  - {from: 2015-01-01, as: [lawful]}
"""


def test_another_day_counts_residence_to_that_day(tmp_path: Path) -> None:
    record = tmp_path / "resident.yaml"
    record.write_text(RESIDENT, encoding="utf-8")
    block = "rule 1.1: guarantee stay at least long_term when residence.lawful at least 5 years"
    path = agreement(tmp_path, block=block)

    def stay(day: str) -> str:
        words = ("explain", path, "--case", str(record), "--on", day, "--right", "stay", "--json")
        document = comity(*words).document(ExplainDocument)
        assert day == document.date
        return document.rights["stay"].lower

    assert ["none", "long_term", "long_term"] == [
        stay(day) for day in ("2019-12-31", "2020-01-01", "2024-01-01")
    ]


def test_a_day_before_the_records_events_is_a_fault(tmp_path: Path) -> None:
    record = tmp_path / "resident.yaml"
    record.write_text(RESIDENT, encoding="utf-8")
    words = ("explain", "imfc", "--case", str(record), "--on", "2010-01-01", "--json")
    assert set() < set(comity(*words).codes())


def test_the_first_and_the_last_day_of_the_calendar_are_days() -> None:
    for day in ("0001-01-01", "9999-12-31"):
        for words in (("list",), ("show", "cat_art3"), ("check", "cat_art3"), ("ask", "cat_art3")):
            assert 0 == comity(*words, "--on", day, answers="").code


def test_a_power_that_no_instrument_has_is_a_fault(tmp_path: Path) -> None:
    record = tmp_path / "r.yaml"
    record.write_text("host: SWE\nexercised: {eu_returns_2008_115/99.9: yes}\n", encoding="utf-8")
    assert ["E301"] == comity("explain", "encoded", "--case", str(record), "--json").codes()


def test_a_reading_that_nobody_holds_on_the_day_is_not_passed_over() -> None:
    words = ("explain", "echr_3_8", "--case", SIEGE, "--reading", "illness=exceptional", "--json")
    assert ["E451"] == comity(*words, "--on", "2026-11-24").codes()
    held = comity(*words, "--on", "2015-09-01").document(ExplainDocument)
    assert "exceptional" == held.reading["echr_3_8/illness"]


def test_two_readings_of_one_question_are_a_fault() -> None:
    readings = ("--reading", "danger=real_risk", "--reading", "danger=more_likely_than_not")
    assert ["E451"] == comity("explain", "cat_art3", "--case", SIEGE, *readings, "--json").codes()


def test_ordinary_values_are_taken_only_where_asked_and_said_so() -> None:
    words = ("explain", "encoded", "--case", SIEGE, "--json")
    plain = comity(*words).document(ExplainDocument)
    assumed = comity(*words, "--assume", "ordinary").document(ExplainDocument)
    assert len(assumed.questions) < len(plain.questions)
    assert any("ordinary" in warning for warning in assumed.warnings)
    assert not any("ordinary" in warning for warning in plain.warnings)


# ---- streams ----
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    import subprocess

    from tests.cli.running import command, surroundings

    for words in (("list",), ("list", "facts"), ("show", "imfc/14"), ("world", "list", "--json")):
        with subprocess.Popen(
            command(*words),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=surroundings(tmp_path),
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            error = process.stderr.read().decode()
        assert "Traceback" not in error, words
        assert "Exception" not in error, words


def test_a_terminal_without_some_letters_still_gets_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    for words in (("list",), ("show", "imfc/14"), ("show", "imfc/14", "--json")):
        ran = apart(*words, home=tmp_path, cwd=tmp_path)
        assert (0, "") == (ran.code, ran.err), words
    ran.document(ShowDocument)


def test_an_argument_that_is_no_text_is_a_fault_like_others(tmp_path: Path) -> None:
    ran = apart("show", "\udcff\udcfe", "--json", home=tmp_path, cwd=tmp_path)
    assert 1 == ran.code
    assert ["E450"] == [fault.code for fault in ran.document(ErrorDocument).errors]


def test_the_day_of_the_run_is_the_day_of_the_law() -> None:
    assert TODAY == comity("list", "--json").document(ListDocument).date
