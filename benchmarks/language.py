"""How long it takes to parse, type and run every case of every agreement here, in a new process.

Run: `python -m benchmarks.language [--rounds N] [--write]`. The bound is 2 s by the clock for
`comity check`, a new process each time with compiled bytecode and nothing else kept.

Beside it, in processes of their own:

- the floor: an interpreter that imports the three libraries with which texts are read;
- the peer: Lark alone on the same fences and the same grammar. It builds the trees and stops there: it
  knows no name, no type and no unit, finds no cycle, and runs no case. What it does and we do not:
  nothing; the ratio says what everything after parsing costs;
- reading without cases: trees, names, types and checks of the whole.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.harness import aim, alternate, command, median_wall, report, write_section

BOUND = 2.0
WARM_UP = 1
RESULTS = Path(__file__).with_name("RESULTS.md")

FLOOR = "import lark, markdown_it, ruamel.yaml"
PARSE = """
from importlib.resources import files
from comity.api.library import VOCABULARY_FILES, packaged_documents
from comity.language.documents import read_document
from comity.language.statements import cut
from comity.language.syntax import parser
folder = files("comity.instruments")
words = [read_document((folder / n).read_text("utf-8"), n) for n in VOCABULARY_FILES]
for document in (*words, *packaged_documents()):
    for fence in document.fences:
        for piece in cut(fence)[0]:
            parser().parse(piece.text)
"""
READ = """
from comity.api.library import packaged
assert not packaged().faults
"""


def main() -> int:
    """Time them, print the table; exit 1 if the bound is broken."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rounds", type=int, default=11)
    options.add_argument("--write", action="store_true", help="also into benchmarks/RESULTS.md")
    asked = options.parse_args()
    python = sys.executable
    measured = alternate(
        [
            command("comity check", [str(Path(python).with_name("comity")), "check"]),
            command("parsing alone (Lark)", [python, "-c", PARSE]),
            command("reading without cases", [python, "-c", READ]),
            command("importing the libraries", [python, "-c", FLOOR]),
        ],
        rounds=asked.rounds,
        warm_up=WARM_UP,
    )
    section = report("Language", measured, warm_up=WARM_UP)
    section += "\n" + aim("`comity check`, everything here, cold", measured[0], BOUND) + "\n"
    print(section, end="")
    if asked.write:
        write_section(RESULTS, section)
    return 1 if median_wall(measured[0]) > BOUND else 0


if __name__ == "__main__":
    sys.exit(main())
