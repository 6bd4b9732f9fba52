"""Running commands in tests: within the process on a pinned day, or as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from typer.testing import CliRunner

from comity.api.schema import ErrorDocument
from comity.api.schema_base import Document
from comity.cli.app import app

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
SIEGE = str(EXAMPLES / "siege.yaml")
TODAY = "2026-11-24"

M = TypeVar("M", bound=Document)


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    def document(self, model: type[M]) -> M:
        """Standard output as exactly one document of a model."""
        assert "\n" == self.out[-1:]
        return model.model_validate_json(self.out)

    def codes(self) -> list[str]:
        """The codes of the faults of an error document."""
        return [fault.code for fault in self.document(ErrorDocument).errors]


def comity(*words: str, answers: str | None = None) -> Ran:
    """Runs a command within this process. Anything but an exit is raised: a traceback is a failure."""
    result = CliRunner().invoke(app, list(words), input=answers)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def prove(*words: str) -> Ran:
    """Runs `comity prove` without counting people, which takes longer than the proofs asked here."""
    return comity("prove", "--no-count", *words)


# Pins the day, and lets nothing leave: every way to a connection fails loudly.
DRIVER = f"""
import datetime, socket, sys
class Pinned(datetime.date):
    @classmethod
    def today(cls):
        return cls({", ".join(str(int(part)) for part in TODAY.split("-"))})
import comity.cli.output
comity.cli.output.date = Pinned
def closed(*_args, **_kwargs):
    raise AssertionError("something tried to leave the machine")
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = closed
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = closed
from comity.cli import main
sys.argv[0] = "comity"
main()
"""


def command(*words: str) -> list[str]:
    """The command line of a process that runs a command with the network closed."""
    return [sys.executable, "-c", DRIVER, *words]


def surroundings(home: Path) -> Mapping[str, str]:
    """An environment whose home and caches are one empty folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COMITY_", "XDG_"))}
    return kept | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "NO_COLOR": "1"}


def apart(*words: str, home: Path, cwd: Path, answers: str = "", seconds: int = 170) -> Ran:
    """Runs a command as a process of its own."""
    done = subprocess.run(
        command(*words),
        input=answers,
        capture_output=True,
        text=True,
        cwd=cwd,
        env=surroundings(home),
        timeout=seconds,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def one_json(text: str) -> object:
    """The only document of a text."""
    found, end = json.JSONDecoder().raw_decode(text)
    assert "" == text[end:].strip()
    return found


AGREEMENT = """\
---
id: {id}
title: {title}
force: {force}
{more}---

## Article 1. A

Words.

```comity
{block}
```
"""


def agreement(
    folder: Path,
    *,
    name: str = "mine.md",
    id_: str = "mine",
    title: str = "Mine",
    force: str = "binding",
    more: str = "status: draft\n",
    block: str = "rule 1.1: guarantee stay at least temporary",
) -> str:
    """A small agreement as a file; its path."""
    path = folder / name
    text = AGREEMENT.format(id=id_, title=title, force=force, more=more, block=block)
    path.write_text(text, encoding="utf-8")
    return str(path)
