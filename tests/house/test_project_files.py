"""The files around the code agree with the code and with one another."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from io import StringIO

import pytest
from ruamel.yaml import YAML

import comity
from tests.house.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CITATION = YAML(typ="safe").load(StringIO((ROOT / "CITATION.cff").read_text(encoding="utf-8")))


def text(name: str) -> str:
    """A file of the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_citation_cites_this_version() -> None:
    assert comity.__version__ == CITATION["version"]
    assert PROJECT["project"]["license"] == CITATION["license"]
    assert [{"name": "the comity contributors"}] == CITATION["authors"]


def test_no_release_is_dated_in_the_future() -> None:
    dates = [str(CITATION.get("date-released", "2000-01-01"))]
    dates += re.findall(r"^## \[.*?\] - (\S+)$", text("CHANGELOG.md"), re.MULTILINE)
    assert [day for day in dates if date.fromisoformat(day) > date.today()] == []


def test_the_changelog_knows_this_version_or_has_an_unreleased_part() -> None:
    headings = re.findall(r"^## \[(.*?)\]", text("CHANGELOG.md"), re.MULTILINE)
    assert {"Unreleased", comity.__version__} & set(headings)


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_readme_names_the_command_and_the_makefile_has_it(command: str) -> None:
    assert command in text("README.md")
    assert re.search(rf"^{command.split()[1]}:", text("Makefile"), re.MULTILINE)


def test_the_script_for_machines_without_make_runs_what_make_runs() -> None:
    for step in ("brief imfc --against encoded", "--require-hashes -r requirements.lock"):
        assert step in text("run")
        assert step in text("Makefile")


def test_every_local_link_of_the_root_pages_leads_somewhere() -> None:
    pages = ("README.md", "INTENDED_USE.md", "CONTRIBUTING.md", "CHANGELOG.md")
    broken = [
        f"{page}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", text(page))
        if not (ROOT / target).exists()
    ]
    assert broken == []
