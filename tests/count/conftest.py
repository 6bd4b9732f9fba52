"""The three engines, each as a test wants it: fresh, on this machine, gone at the end.

PostgreSQL is the one of COMITY_TEST_DSN, else a private cluster in a temporary folder; Spark is one
context a worker, with a session of its own for each test.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from comity.count.engines.duck import DuckDB
from comity.count.engines.faults import EngineError
from comity.count.engines.postgres import PostgreSQL
from comity.count.engines.spark import Spark

PASSWORD = "s3cret-of-the-test"


@pytest.fixture
def duck() -> Iterator[DuckDB]:
    """DuckDB with one thread more than one, so that order is never an accident of one."""
    with DuckDB(threads=2, memory="1GB") as engine:
        yield engine


def _tool(name: str) -> str:
    """A tool of the PostgreSQL server, the newest there is; a skip says what was not tested."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version)
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        pytest.skip(f"no `{name}` on this machine: NOTHING was tested on PostgreSQL")
    return path


def _version(path: Path) -> int:
    return int(path.parts[4]) if path.parts[4].isdigit() else 0


def _as_server() -> list[str]:
    """The server refuses to run as root: then it runs as Debian's own user for it."""
    if os.geteuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("root and no user `postgres`: NOTHING was tested on PostgreSQL")
    return ["runuser", "-u", "postgres", "--"]


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")


@pytest.fixture(scope="session")
def postgres_dsn() -> Iterator[str]:
    """Where PostgreSQL is. Its collation is English on purpose: the compiler must not lean on C."""
    if given := os.environ.get("COMITY_TEST_DSN"):
        yield given
        return
    initdb, pg_ctl, user = _tool("initdb"), _tool("pg_ctl"), _as_server()
    folder = Path(tempfile.mkdtemp(prefix="comity-pg-"))
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    if user:
        for path in (folder, folder / "password"):
            shutil.chown(path, "postgres")
    data = str(folder / "data")
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        port = spare.getsockname()[1]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        collation = ["--locale=C", "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en"]
        secret = ["-U", "comity", "-A", "scram-sha-256", f"--pwfile={folder / 'password'}"]
        _run(*user, initdb, "-D", data, "--no-sync", *collation, *secret)
        _run(*user, pg_ctl, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://comity:{PASSWORD}@127.0.0.1:{port}/postgres"
        finally:
            _run(*user, pg_ctl, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_dsn: str) -> Iterator[PostgreSQL]:
    """A session of its own."""
    with PostgreSQL(postgres_dsn) as engine:
        yield engine


@pytest.fixture(scope="session")
def spark_context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The user's session of which an engine takes one of its own: two cores of this machine."""
    settings = {
        # a test asks hundreds of tiny questions: Java's second compiler never pays for itself
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
    }
    try:
        engine = Spark(master="local[2]", settings=settings)
    except EngineError as error:
        pytest.skip(f"{error}: NOTHING was tested on Spark")
    yield engine.session
    engine.close()


@pytest.fixture
def spark(spark_context: Any) -> Iterator[Spark]:
    """A session of its own within the one context."""
    with Spark(spark_context) as engine:
        yield engine
