"""`comity brief` of a regime without a draft: the law in force, as a user runs it."""

from __future__ import annotations

from pathlib import Path

from comity.api.schema import BriefDocument
from tests.cli.running import TODAY, apart, comity


def test_the_law_in_force_is_written_with_the_network_closed(tmp_path: Path) -> None:
    ran = apart(
        "brief", "stca,cat_art3", "--on", TODAY, "--to", "out/law", "--json",
        home=tmp_path / "home", cwd=tmp_path,
    )  # fmt: skip
    assert 0 == ran.code, ran.err
    document = ran.document(BriefDocument)
    assert "out/law/index.html" == document.path
    assert {"instruments", "persons", "crossing", "not-encoded"} <= set(document.sections)
    assert "data/dossier.json" in document.files
    assert "" == ran.err.strip()
    again = comity("brief", "stca,cat_art3", "--on", TODAY, "--to", str(tmp_path / "out" / "law"))
    assert 0 == again.code
    assert "shields anybody from removal" in again.out
    assert "certain" in again.out


def test_help_says_that_against_is_for_drafts() -> None:
    ran = comity("brief", "--help")
    assert "Only for a draft" in " ".join(ran.out.replace("│", " ").split())
