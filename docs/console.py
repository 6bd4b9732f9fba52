"""The commands that the documentation shows, found, run and compared.

A fence whose info string is `console` is run line by line: `$ ` begins a command, `> ` continues
it, everything else is what it prints. Where nothing is printed under a command, only its exit code
is looked at. In the output, `...` stands for anything, also for many lines. A command that must
not exit 0 says so in a comment: `$ comity check bad.md  # exit 1`.

All commands of a page run in one empty folder, in order. An HTML comment `<!-- file: NAME -->`
before a fence puts the fence's text into that folder under that name.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[1]
PAGES_BESIDE = ("README.md", "CONTRIBUTING.md", "INTENDED_USE.md")
ANYTHING = "..."
SECONDS = 300

_FILE = re.compile(r"<!--\s*file:\s*(\S+)\s*-->")
_EXIT = re.compile(r"#\s*exit (\d+)\s*$")


@dataclass(frozen=True, slots=True)
class Given:
    """A file that the page shows."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command with what the page says it prints; `line` and `end` are lines of the page."""

    text: str
    expected: str
    line: int
    end: int

    @property
    def exit_code(self) -> int:
        """0 unless the command's comment says otherwise."""
        found = _EXIT.search(self.text)
        return int(found.group(1)) if found else 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command really did."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def shown(self) -> str:
        """What a terminal shows of it: its results, then what it says about them."""
        return self.stdout + self.stderr


def pages() -> tuple[Path, ...]:
    """Every page whose commands are run."""
    docs = (page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts)
    beside = (ROOT / name for name in PAGES_BESIDE)
    return tuple(sorted((*docs, *(page for page in beside if page.exists()))))


def steps(page: str) -> Iterator[Given | Command]:
    """The files and commands of a page, in its order."""
    name = ""
    for token in MarkdownIt().parse(page):
        if token.type == "html_block":
            found = _FILE.search(token.content)
            name = found.group(1) if found else ""
        elif token.type == "fence" and token.map is not None:
            if name:
                yield Given(name, token.content)
            elif token.info.strip() == "console":
                yield from _commands(token.content, first=token.map[0] + 2)
            name = ""


def _commands(fence: str, *, first: int) -> Iterator[Command]:
    """The commands of one fence; `first` is the page's line of the fence's first line."""
    lines = fence.splitlines()
    at = 0
    while at < len(lines):
        if not lines[at].startswith("$ "):
            if lines[at].strip():
                raise ValueError(f"line {first + at}: output before any command: {lines[at]}")
            at += 1
            continue
        began, parts = at, [lines[at][2:]]
        at += 1
        while at < len(lines) and (lines[at] == ">" or lines[at].startswith("> ")):
            parts.append(lines[at][2:])
            at += 1
        output = at
        while at < len(lines) and not lines[at].startswith("$ "):
            at += 1
        expected = "\n".join(lines[output:at]).strip("\n")
        yield Command("\n".join(parts), expected, line=first + began, end=first + at)


def place(given: Given, folder: Path) -> None:
    """Write a page's file where its commands run."""
    target = folder / given.name
    if not target.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{given.name} is outside the page's folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(given.text, encoding="utf-8")


def run(command: Command, folder: Path) -> Outcome:
    """Run a command as a reader would, with this interpreter's programs first on PATH."""
    env = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        # A page shows what a terminal of 80 columns without colours shows.
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        ["sh", "-c", command.text],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=SECONDS,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def tidy(text: str) -> str:
    """Output without trailing spaces and without empty lines around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def is_as_shown(command: Command, outcome: Outcome) -> bool:
    """The exit code is the stated one, and the output, if any is shown, fits."""
    if outcome.exit_code != command.exit_code:
        return False
    if not command.expected:
        return True
    parts = (re.escape(part) for part in tidy(command.expected).split(ANYTHING))
    return re.fullmatch(".*?".join(parts), tidy(outcome.shown), re.DOTALL) is not None


def recorded(page: str, outcomes: dict[int, Outcome]) -> str:
    """The page with real outputs in the place of the shown ones.

    outcomes: by the line of the command. Outputs that hold `...` are left: somebody chose what
    the reader needs to see. So are commands that show none.
    """
    lines = page.splitlines()
    for step in reversed([step for step in steps(page) if isinstance(step, Command)]):
        if not step.expected or ANYTHING in step.expected or step.line not in outcomes:
            continue
        first = step.line - 1 + step.text.count("\n") + 1
        real = tidy(outcomes[step.line].shown).splitlines()
        # An empty line before the next command is the author's; it stays.
        shown = lines[first : step.end - 1]
        blank = [""] if shown and not shown[-1].strip() else []
        lines[first : step.end - 1] = real + blank
    return "\n".join(lines) + "\n"
