"""Nothing in the tree depends on one machine or one registry, and the lock holds only hashes."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import ROOT, named, tracked_or_new_files

LOCK = ROOT / "requirements.lock"

# Written in pieces, so that this file passes its own test.
REGISTRY_HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "np" + "mjs.",
    "yarn" + "pkg.com",
    "crates" + ".io",
    "proxy.go" + "lang.org",
    "ana" + "conda.org",
    "deb." + "debian.org",
    "mvn" + "repository.com",
    "repo1.maven" + ".org",
]
INSTALLER_OPTIONS = ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links"]
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:wo" + r"rk|tm" + r"p|ro" + r"ot|ho" + r"me/\w+)/")
ADDRESS = re.compile(r"(?:https?|file|git|ssh)(?:\+\w+)?:" + "//")


def leaks(text: str) -> list[str]:
    """Lines that name a registry or a path of one machine, with their numbers."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        spoken = line.casefold()
        named_there = [word for word in REGISTRY_HOSTS + INSTALLER_OPTIONS if word in spoken]
        named_there += [match.group() for match in MACHINE_PATH.finditer(line)]
        if named_there:
            found.append(f"{number}: {', '.join(named_there)}")
    return found


def is_lock(name: str) -> bool:
    """A file that pins what is installed."""
    return name.endswith((".lock", "-lock.json", "-lock.yaml")) or name.startswith("requirements")


@pytest.mark.parametrize(
    "line",
    ["see /" + "tmp/x", "cd /" + "work/main", "at https://py" + "pi.org/simple", "-r /" + "root/a"],
)
def test_a_leak_is_seen(line: str) -> None:
    assert leaks(line)


@pytest.mark.parametrize("line", ["family/work/stay", "https://example.org/work/1", "./tmp/x"])
def test_ordinary_words_are_no_leak(line: str) -> None:
    assert leaks(line) == []


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found: dict[str, list[str]] = {}
    for path in tracked_or_new_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if leaking := leaks(text):
            found[named(path)] = leaking
    assert found == {}


def test_no_lock_file_holds_an_address() -> None:
    found = [
        named(path)
        for path in tracked_or_new_files()
        if is_lock(path.name) and ADDRESS.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_pin_of_the_lock_has_hashes() -> None:
    pins = re.split(r"\n(?=[A-Za-z0-9])", LOCK.read_text(encoding="utf-8").strip())
    without = [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin]
    loose = [pin.splitlines()[0] for pin in pins if not re.match(r"[\w.\-\[\]]+==\S+", pin)]
    assert len(pins) > 20
    assert without == []
    assert loose == []
