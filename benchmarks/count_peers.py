"""What the peers of `benchmarks.count` need: a compiled C program, and OpenFisca in its own environment.

OpenFisca-Core is under the AGPL. It is installed by pip into a virtual environment of its own in a
folder for temporary files, kept from run to run, and never becomes part of this project's. Where
either cannot be had the benchmark says so, loudly, and goes on without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
OPENFISCA = "openfisca-core==46.0.1"
FLAGS = "-O3", "-march=native"


class NotThere(Exception):
    """A peer cannot be had here; the message says why."""


def compiled_c(folder: Path) -> Path:
    """The C program, compiled into a folder. Raises NotThere without gcc or if it fails."""
    compiler = shutil.which("gcc")
    if compiler is None:
        raise NotThere("gcc is not installed")
    program = folder / "count_law"
    source = str(HERE / "count_law.c")
    made = subprocess.run(
        [compiler, *FLAGS, "-o", str(program), source], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise NotThere(f"gcc does not compile it: {made.stderr.strip()}")
    return program


def openfisca_python() -> Path:
    """The Python of OpenFisca's environment, made where there is none. Raises NotThere."""
    home = Path(tempfile.gettempdir()) / f"comity-benchmarks-{os.getuid()}"
    place = home / OPENFISCA.replace("==", "-")
    python = place / "bin" / "python"
    if (place / "whole").exists():
        return python
    print(f"making an environment for {OPENFISCA}, which takes a minute", file=sys.stderr)
    shutil.rmtree(place, ignore_errors=True)
    steps = (
        [sys.executable, "-m", "venv", str(place)],
        [str(python), "-m", "pip", "install", "--quiet", OPENFISCA],
    )
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(place, ignore_errors=True)
            raise NotThere(f"pip does not install it: {done.stderr.strip()[-500:]}")
    (place / "whole").touch()
    return python
