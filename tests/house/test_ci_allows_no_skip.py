"""With CI=true a skip is a failure, wherever it comes from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

WAYS_TO_SKIP = {
    "in the test": "import pytest\ndef test_it():\n    pytest.skip('no browser')\n",
    "by a mark": "import pytest\n@pytest.mark.skip(reason='no browser')\ndef test_it(): pass\n",
    "by a condition": (
        "import pytest\n@pytest.mark.skipif(True, reason='no browser')\ndef test_it(): pass\n"
    ),
    "by a fixture": (
        "import pytest\n@pytest.fixture\ndef page(): pytest.skip('no browser')\n"
        "def test_it(page): pass\n"
    ),
    "a whole module": (
        "import pytest\npytest.skip('no browser', allow_module_level=True)\ndef test_it(): pass\n"
    ),
    "a missing import": (
        "import pytest\npytest.importorskip('no_such_module', reason='no browser')\n"
        "def test_it(): pass\n"
    ),
}


def _pytest(folder: Path, source: str, *, ci: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    (folder / "test_it.py").write_text(source, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if "PYTEST" not in name}
        | {"CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("way", WAYS_TO_SKIP)
def test_a_skip_fails_on_the_machine_that_decides(way: str, tmp_path: Path) -> None:
    done = _pytest(tmp_path, WAYS_TO_SKIP[way], ci="true")
    assert done.returncode in (1, 2), done.stdout
    assert "nothing may be skipped" in done.stdout
    assert "no browser" in done.stdout


def test_a_skip_is_a_skip_elsewhere(tmp_path: Path) -> None:
    done = _pytest(tmp_path, WAYS_TO_SKIP["in the test"], ci="")
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout


def test_a_test_expected_to_fail_is_left_alone(tmp_path: Path) -> None:
    source = "import pytest\n@pytest.mark.xfail\ndef test_it():\n    assert False\n"
    done = _pytest(tmp_path, source, ci="true")
    assert done.returncode == 0, done.stdout
