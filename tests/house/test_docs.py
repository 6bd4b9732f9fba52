"""The documentation is run: its commands, its generated pages, its build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docs import console
from docs.generate import PAGES, difference
from tests.house.tree import ROOT, named


def with_commands() -> list[Path]:
    """Pages that show at least one command."""
    return [
        page
        for page in console.pages()
        if any(
            isinstance(step, console.Command)
            for step in console.steps(page.read_text(encoding="utf-8"))
        )
    ]


@pytest.mark.parametrize("page", with_commands(), ids=named)
def test_every_command_of_the_page_does_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    for step in console.steps(page.read_text(encoding="utf-8")):
        if isinstance(step, console.Given):
            console.place(step, tmp_path)
            continue
        outcome = console.run(step, tmp_path)
        if not console.is_as_shown(step, outcome):
            pytest.fail(
                f"{named(page)}:{step.line}: $ {step.text}\n"
                f"--- the page shows (exit {step.exit_code})\n{step.expected}\n"
                f"--- it prints (exit {outcome.exit_code})\n{outcome.stdout}{outcome.stderr}",
                pytrace=False,
            )


@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_says_what_the_code_says(page: str) -> None:
    assert difference(page, PAGES[page]()) == "", "run `python -m docs.generate`"


def test_the_documentation_builds_without_a_warning(tmp_path: Path) -> None:
    command = ["-q", "-W", "--keep-going", "-b", "html", "-d", str(tmp_path / "trees")]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *command, "docs", str(tmp_path / "html")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


PAGE = """\
<!-- file: a.txt -->
```text
one
```

```console
$ cat a.txt
one
$ printf 'x\\n' &&
>   printf 'y\\n'
x
...
$ false  # exit 1
```
"""


def test_commands_and_files_of_a_page_are_found() -> None:
    given, first, second, third = console.steps(PAGE)
    assert console.Given("a.txt", "one\n") == given
    assert console.Command("cat a.txt", "one", line=7, end=9) == first
    assert console.Command("printf 'x\\n' &&\n  printf 'y\\n'", "x\n...", line=9, end=13) == second
    assert isinstance(third, console.Command)
    assert third.exit_code == 1


@pytest.mark.parametrize(
    ("shown", "printed", "fits"),
    [
        ("", "anything", True),
        ("a\nb", "a  \nb\n\n", True),
        ("a ... c\nd", "a b c\nd", True),
        ("a\n...\nd", "a\nb\nc\nd", True),
        ("a", "a\nb", False),
        ("a (b)", "a b", False),
    ],
)
def test_shown_output_is_compared(shown: str, printed: str, fits: bool) -> None:
    command = console.Command("true", shown, line=1, end=2)
    assert console.is_as_shown(command, console.Outcome(0, printed, "")) is fits


def test_an_exit_code_that_the_page_does_not_state_is_a_failure() -> None:
    command = console.Command("true", "", line=1, end=2)
    assert not console.is_as_shown(command, console.Outcome(1, "", ""))


def test_a_file_of_a_page_stays_in_its_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="outside"):
        console.place(console.Given("../x", ""), tmp_path)


def test_recording_replaces_what_is_shown_and_nothing_else() -> None:
    outcomes = {line: console.Outcome(0, "new\nlines\n", "") for line in (7, 9, 13)}
    expected = PAGE.replace("$ cat a.txt\none\n", "$ cat a.txt\nnew\nlines\n")
    assert expected == console.recorded(PAGE, outcomes)


def test_no_page_has_a_place_left_to_fill() -> None:
    pages = {*console.pages(), ROOT / "CHANGELOG.md", ROOT / "benchmarks" / "README.md"}
    places = [
        f"{named(page)}:{number}"
        for page in sorted(pages)
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1)
        if "PLACE:" in line
    ]
    assert places == []
