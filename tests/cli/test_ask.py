"""The interview in the terminal, driven through standard input."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from comity.api.schema import ExplainDocument
from tests.cli.running import apart, comity
from tests.cli.test_hostile_input import calm

START = "SWE\nSYR\n"
ON = ("--on", "2015-09-01")


def test_the_questions_go_to_standard_error_and_the_answer_to_standard_output() -> None:
    ran = comity("ask", "cat_art3", *ON, answers=START + "stop\n")
    assert 0 == ran.code
    assert ran.out.startswith("Position for the person asked under cat_art3 on 2015-09-01\n")
    assert "which State is asked?" in ran.err
    assert "> " not in ran.out.splitlines()[0]


def test_an_end_of_input_ends_the_interview_and_answers() -> None:
    for answers in ("", "SWE\n", START):
        ran = comity("ask", "cat_art3", *ON, "--json", answers=answers)
        assert 0 == ran.code
        ran.document(ExplainDocument)


def test_stop_ends_it_as_an_end_of_input_does() -> None:
    words = ("ask", "cat_art3", *ON, "--json")
    assert comity(*words, answers=START).out == comity(*words, answers=START + "stop\nSWE\n").out


def test_do_not_know_leaves_the_fact_unknown_and_is_not_asked_again() -> None:
    ran = comity("ask", "cat_art3", *ON, answers="?\n?\n" + "?\n" * 22 + "stop\n")
    asked = [line for line in ran.err.splitlines() if "?  [" in line]
    assert 2 < len(asked) == len(set(asked))
    assert "perhaps by: cat_art3" in ran.out


NONSENSE = (
    "banana", "\x1b[31m", "\u202e", "9" * 5000, "-1", "1.5", "yes no", "'; drop table", "<b>", "=1+1",
)  # fmt: skip


def test_nonsense_is_answered_and_the_question_is_put_again() -> None:
    answers = START + "".join(f"{word}\n" for word in NONSENSE) + "stop\n"
    ran = comity("ask", "eu_returns_2008_115", *ON, "--json", answers=answers)
    assert 0 == ran.code
    calm(ran.err)
    asked = [line for line in ran.err.splitlines() if "?  [" in line]
    assert 1 == len(set(asked[2:]))
    nothing = comity("ask", "eu_returns_2008_115", *ON, "--json", answers=START)
    assert nothing.out == ran.out


def test_nonsense_for_ever_ends() -> None:
    ran = comity("ask", "cat_art3", *ON, "--most", "5", answers="x\n" * 1000)
    assert 0 == ran.code
    assert 5 == ran.err.count("which State is asked?")


def test_bytes_that_are_no_text_are_nonsense_too(tmp_path: Path) -> None:
    import subprocess

    from tests.cli.running import command, surroundings

    done = subprocess.run(
        command("ask", "cat_art3", *ON, "--json"),
        input=b"\xff\xfe\nstop\n",
        capture_output=True,
        cwd=tmp_path,
        env={**surroundings(tmp_path), "PYTHONUTF8": "0", "LC_ALL": "C.UTF-8"},
        check=False,
    )
    assert 0 == done.returncode
    assert b"Traceback" not in done.stderr


def nationalities(word: str, tmp_path: Path) -> str:
    """The line on nationality of the record that an answer leads to, "" if it was not understood."""
    saved = tmp_path / "saved.yaml"
    comity("ask", "cat_art3", *ON, "--save", str(saved), answers=f"SWE\n{word}\nstop\n")
    lines = saved.read_text(encoding="utf-8").splitlines()
    return next((line for line in lines if line.startswith(("nation", "habit"))), "")


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("SYR", "nationalities: [SYR]"),
        ("syr irq", "nationalities: [SYR, IRQ]"),
        ("IRQ, SYR", "nationalities: [IRQ, SYR]"),
        ("SYR SYR", "nationalities: [SYR]"),
        ("Syrian Arab Republic", "nationalities: [SYR]"),
        ("sweden, Iraq", "nationalities: [SWE, IRQ]"),
        ("none", "nationalities: []"),
        ("SYR IRQ TUR AFG IRN", ""),
        ("SYR nobody", ""),
        (",", ""),
        ("SYR XXX", ""),
        ("YUG", ""),
    ],
)
def test_nationalities_are_taken_by_code_or_name_or_not_at_all(
    word: str, line: str, tmp_path: Path
) -> None:
    assert line == nationalities(word, tmp_path)


def test_some_state_is_asked() -> None:
    ran = comity("ask", "cat_art3", *ON, answers="nobody\nSWE\nSYR\nstop\n")
    assert 2 == ran.err.count("which State is asked?")
    assert "or nobody" not in ran.err.partition("nationalities")[0]


def test_a_name_in_part_gets_the_country_that_has_it() -> None:
    ran = comity("ask", "cat_art3", *ON, answers="SWE\nsyria\nstop\n")
    assert "did you mean SYR (Syrian Arab Republic)?" in ran.err


RESIDENCE = """
rule 1.1: guarantee stay at least long_term when residence.lawful at least 24 months
"""


@pytest.mark.parametrize(
    ("word", "lower"),
    [
        ("24", "long_term"),
        ("24 months", "long_term"),
        ("2 years", "long_term"),
        ("23", "none"),
        ("1 year", "none"),
        ("700 days", "none"),  # days are no months: not understood, so unknown
        ("24 banana", "none"),
    ],
)
def test_a_number_is_taken_with_its_own_unit(word: str, lower: str, tmp_path: Path) -> None:
    from tests.cli.running import agreement

    path = agreement(tmp_path, block=RESIDENCE.strip())
    ran = comity("ask", path, *ON, "--json", answers=f"SWE\nSYR\n{word}\nstop\n")
    document = ran.document(ExplainDocument)
    assert lower == document.rights["stay"].lower
    known = word not in ("700 days", "24 banana")
    assert known is ("residence.lawful" not in [q.fact for q in document.questions])


ANSWERS = (
    "yes",
    "no",
    "0",
    "3",
    "?",
    "none",
    "removal",
    "temporary",
    "torture",
    "real_risk",
    "SYR",
)


@pytest.mark.parametrize("regime", ["eu_returns_2008_115", "refugee_1951_1967"])
def test_the_saved_record_gives_the_same_answer(regime: str, tmp_path: Path) -> None:
    rng = random.Random(20261124)
    saved = tmp_path / "saved.yaml"
    words = [rng.choice(ANSWERS) for _ in range(40)]
    answers = START + "".join(f"{word}\n" for word in words)
    asked = comity(
        "ask", regime, *ON, "--most", "30", "--save", str(saved), "--json", answers=answers
    ).document(ExplainDocument)
    again = comity("explain", regime, "--case", str(saved), "--json").document(ExplainDocument)
    assert asked == again
    assert "invented" not in saved.read_text(encoding="utf-8")


def test_what_is_saved_is_only_what_was_answered(tmp_path: Path) -> None:
    saved = tmp_path / "saved.yaml"
    comity("ask", "cat_art3", *ON, "--save", str(saved), answers=START + "stop\n")
    expected = 'title: "the person asked"\non: 2015-09-01\nhost: SWE\nnationalities: [SYR]\n'
    assert expected == saved.read_text(encoding="utf-8")


def test_a_record_that_cannot_be_saved_is_told(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "no" / "such.yaml"):
        words = ("ask", "cat_art3", *ON, "--save", str(place), "--json")
        assert ["E460"] == comity(*words, answers="stop\n").codes()


def test_an_interview_leaves_nothing_behind(tmp_path: Path) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    ran = apart("ask", "cat_art3", *ON, home=home, cwd=work, answers=START + "stop\n")
    assert 0 == ran.code, ran.err
    assert [] == [*home.rglob("*"), *work.rglob("*")]
