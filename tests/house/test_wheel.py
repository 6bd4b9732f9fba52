"""What is published works alone: no repository, no mirror, no network."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, tracked_or_new_files

LARGEST_MB = 12  # the snapshot may take 6, the map's geometry 1


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    out = tmp_path_factory.mktemp("wheel")
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run([sys.executable, *build], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that has the wheel, and borrows what it depends on.

    The borrowed folder is put on the path by name, so its own `.pth` files, and with them the
    editable comity of this tree, are not read.
    """
    environment = tmp_path_factory.mktemp("installed") / "venv"
    _run(sys.executable, "-m", "venv", "--without-pip", str(environment))
    programs = environment / "bin"
    (own,) = (environment / "lib").glob("python3.*/site-packages")
    (own / "borrowed.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "-q"]
    _run(*pip, "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel))
    return programs


@pytest.fixture
def alone(installed: Path, tmp_path: Path) -> dict[str, str]:
    """Variables of a machine that has the wheel and nothing else, and cannot reach the network."""
    unreachable = "http://127.0.0.1:9"
    return {
        "PATH": f"{installed}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "HTTP_PROXY": unreachable,
        "HTTPS_PROXY": unreachable,
        "http_proxy": unreachable,
        "https_proxy": unreachable,
    }


def _run(
    *command: str, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done


def test_the_wheel_holds_the_package_whole_and_nothing_else(wheel: Path) -> None:
    expected = {
        path.relative_to(ROOT / "src").as_posix()
        for path in tracked_or_new_files()
        if path.is_relative_to(PACKAGE)
    }
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert expected == held


def test_the_wheel_holds_its_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    licences = {name.partition("/licenses/")[2] for name in names if "/licenses/" in name}
    assert {"LICENSE", "LICENSES/CC-BY-4.0.txt", "LICENSES/README.md"} <= licences


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < LARGEST_MB * 1_000_000


def test_the_installed_package_is_the_wheel_and_not_this_tree(
    installed: Path, alone: dict[str, str], tmp_path: Path
) -> None:
    ask = "import comity, json, pydantic; print(json.dumps([comity.__file__, pydantic.__file__]))"
    done = _run(str(installed / "python"), "-c", ask, cwd=tmp_path, env=alone)
    ours, theirs = json.loads(done.stdout)
    assert Path(ours).is_relative_to(installed.parent)
    assert not Path(theirs).is_relative_to(installed.parent)


def test_the_demo_runs_from_the_wheel_with_no_mirror_and_no_network(
    installed: Path, alone: dict[str, str], tmp_path: Path
) -> None:
    done = _run("comity", "brief", "imfc", "--against", "encoded", cwd=tmp_path, env=alone)
    page = tmp_path / "dossier" / "index.html"
    assert page.is_file(), "the demo wrote no page into the folder where it was run"
    first, *rest = done.stdout.splitlines()
    assert Path(first).name == "index.html", "the first line is the path"
    assert [1, 2, 3, 4, 5, 6] == [
        n for n in range(1, 10) if any(x.startswith(f"{n}. ") for x in rest)
    ]
    assert {"data", "figures", "index.html"} <= {path.name for path in page.parent.iterdir()}
