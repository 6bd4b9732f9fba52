"""Asking for help costs nothing heavy: `comity --help` imports no solver, engine or array."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = ("z3", "duckdb", "numpy", "sqlglot", "jinja2", "lark", "requests", "pooch")

ASK = """
import json, sys
from comity.cli import main
sys.argv = ["comity", "--help"]
try:
    code = main()
except SystemExit as left:
    code = left.code
sys.stderr.write(json.dumps([code or 0, sorted(sys.modules)]))
"""


def test_help_imports_no_heavy_library() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=False)
    assert done.stderr.startswith("["), done.stderr
    code, modules = json.loads(done.stderr)
    assert code == 0
    assert "comity" in done.stdout
    assert [name for name in HEAVY if name in modules] == []
