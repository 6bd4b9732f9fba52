"""The command line: one file a command. Parses arguments and puts words around results.

Belongs here: arguments, exit codes, tables, progress. Does not belong here: anything worth testing
twice. Heavy libraries are imported inside commands, so that `comity --help` loads none of them.

Exit codes: 0 done; 1 the input is at fault or a check failed; 2 usage.
"""

from __future__ import annotations

from comity.cli.app import app, main

__all__ = ["app", "main"]
