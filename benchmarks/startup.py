"""How long a person waits for `comity --help`, beside an interpreter that does nothing.

Run: `python -m benchmarks.startup [--rounds N] [--write]`. The bound is 0.4 s by the clock for a
new process whose bytecode is compiled. The third row starts from source alone, as the first call
after an installation does.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.harness import aim, alternate, command, median_wall, report, write_section

BOUND = 0.4
WARM_UP = 2
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Time the three, print the table; exit 1 if the bound is broken."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rounds", type=int, default=21)
    options.add_argument("--write", action="store_true", help="also into benchmarks/RESULTS.md")
    asked = options.parse_args()
    comity = str(Path(sys.executable).with_name("comity"))
    with tempfile.TemporaryDirectory() as nowhere:
        # An empty cache that is never written to: every module is compiled again.
        from_source = {"PYTHONPYCACHEPREFIX": nowhere, "PYTHONDONTWRITEBYTECODE": "1"}
        measured = alternate(
            [
                command("comity --help", [comity, "--help"]),
                command("python -c pass", [sys.executable, "-c", "pass"]),
                command("comity --help, from source", [comity, "--help"], env=from_source),
            ],
            rounds=asked.rounds,
            warm_up=WARM_UP,
        )
    section = report("Start", measured, warm_up=WARM_UP)
    section += "\n" + aim("`comity --help`", measured[0], BOUND) + "\n"
    print(section, end="")
    if asked.write:
        write_section(RESULTS, section)
    taken = median_wall(measured[0])
    if taken > BOUND:
        print(f"comity --help takes {taken:.3f} s, more than {BOUND} s", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
