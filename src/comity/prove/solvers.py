"""Solvers in long-lived processes, each killed and begun anew at its time or memory limit."""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from types import TracebackType
from typing import Any

from comity.prove.script import Wish

_GRACE = 3.0
"""Seconds that a solver has beyond its own limit before it is killed."""

_LONGEST = 100_000.0
"""Seconds beyond which no solver, and no clock of a process, takes a limit: more than a day."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may take."""

    seconds: float = 20.0
    megabytes: int = 4096


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a solver says: `sat`, `unsat` or `unknown` with the limit that was hit."""

    verdict: str
    seconds: float = 0.0
    values: Mapping[str, bool | int] = field(default_factory=dict)
    core: tuple[str, ...] = ()
    limit: str = ""
    goals: tuple[str, ...] = ()


class Solver:
    """One solver (`z3` or `cvc5`). Use as a context, so that its process ends."""

    def __init__(self, engine: str, limits: Limits = USUAL) -> None:
        self.engine, self.limits = engine, limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Solver:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def ask(
        self,
        text: str,
        *,
        labels: Sequence[str] = (),
        symbols: Sequence[str] = (),
        wishes: Sequence[Wish] = (),
        core: bool = False,
        goals: Sequence[str] = (),
    ) -> Reply:
        """The answer to one question; `unknown` with its limit where it took too much."""
        question = {
            "text": text,
            "labels": list(labels),
            "symbols": list(symbols),
            "wishes": [{"rungs": wish.rungs, "aim": wish.aim} for wish in wishes],
            "core": core,
            "goals": list(goals),
            "milliseconds": int(min(self.limits.seconds, _LONGEST) * 1000),
        }
        process = self._started()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(question).encode() + b"\n")
            process.stdin.flush()
            # making a person plain, and naming the articles needed, ask many small questions
            many = bool(wishes or core or goals)
            line = self._line(process, (20 if many else 1) * self.limits.seconds + _GRACE)
        except BrokenPipeError:
            line = b""
        except BaseException:
            self.stop()  # or its answer, still to come, would be taken for that of the next question
            raise
        if line is None:
            self.stop()
            return Reply("unknown", self.limits.seconds, limit=f"time: {self.limits.seconds:g} s")
        found = _whole(line)
        if found is None:
            self.stop()
            return Reply("unknown", limit=f"memory: {self.limits.megabytes} MB, or the solver died")
        return self._reply(found)

    def _reply(self, found: dict[str, Any]) -> Reply:
        limit = str(found.get("limit", ""))
        if limit == "time":
            limit = f"time: {self.limits.seconds:g} s"
        elif limit == "memory":
            limit = f"memory: {self.limits.megabytes} MB"
            self.stop()
        return Reply(
            found["verdict"],
            found["seconds"],
            found.get("values", {}),
            tuple(found.get("core", ())),
            limit,
            tuple(found.get("goals", ())),
        )

    def _line(self, process: subprocess.Popen[bytes], patience: float) -> bytes | None:
        """The next line of the answer, empty if the process has died, None if it takes too long."""
        assert process.stdout is not None
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdout, selectors.EVENT_READ)
            if not ready.select(min(patience, 20 * _LONGEST)):
                return None
        return process.stdout.readline()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "comity.prove.worker",
                    self.engine,
                    str(self.limits.megabytes),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # whoever presses Ctrl-C means us, and we end the process
            )
        return self._process

    def stop(self) -> None:
        """Ends the process, at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None


def _whole(line: bytes) -> dict[str, Any] | None:
    """An answer; None for what a process that died has left of one, or for anything else."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "verdict" in found else None


def is_installed(engine: str) -> bool:
    """Whether a solver can be used."""
    return find_spec(engine) is not None
