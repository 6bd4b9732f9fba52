"""The page docs/explanation/sql_semantics.md: its tables are the probes.

python -m tests.count.probe_page    write them anew
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.count.probes import PROBES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "sql_semantics.md"
BEGIN, END = "<!-- begin: probes -->", "<!-- end: probes -->"


def tables() -> str:
    """The two tables of the page: where the engines differ, and where they agree."""
    lines = ["## Where they differ", ""]
    lines += [
        "| what | asked | DuckDB | PostgreSQL | Spark | rule of comity |",
        "|---|---|---|---|---|---|",
    ]
    for probe in PROBES:
        if not probe.is_agreed:
            cells = (probe.name, _code(probe.sql), *map(_code, probe.answers), probe.rule)
            lines.append(f"| {' | '.join(map(_cell, cells))} |")
    lines += ["", "## Where they agree", ""]
    lines += ["| what | asked | answer | rule of comity |", "|---|---|---|---|"]
    for probe in PROBES:
        if probe.is_agreed:
            cells = (probe.name, _code(probe.sql), _code(probe.answers[0]) or "no row", probe.rule)
            lines.append(f"| {' | '.join(map(_cell, cells))} |")
    return "\n".join([*lines, ""])


def _code(text: str) -> str:
    """The text in a code span; without the SELECT that every probe begins with."""
    text = text.removeprefix("SELECT ")
    return f"`{text}`" if text else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def page() -> str:
    """The page with its tables made anew."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{len(PROBES)} probes\n")
