"""A dossier on the law in force made of test data: every number in it is made up."""

from __future__ import annotations

from datetime import date

from comity.brief.context import Assumptions, Bounds, Caveat, Coverage, Finding, Reading
from comity.brief.covered import CoveredRow
from comity.brief.law_context import (
    Apart,
    Chain,
    Crossing,
    HeldRight,
    HostRow,
    InventedPerson,
    LawContext,
    PartingRow,
    Refusal,
    Step,
    Steps,
    Text,
)

NOBODY = Bounds(0, 0, 0)


def sample_text(name: str, kind: str, **more: object) -> Text:
    """An instrument of made-up numbers."""
    given: dict[str, object] = {
        "id": name, "title": f"The {name} text", "kind": kind, "citation": "UN treaty 1",
        "parties": 12, "adopted": date(1999, 1, 1), "in_force": date(2000, 1, 1), "ended": None,
        "monitor": "a committee", "answers_to": "an assembly", "complaint": "none",
        "coverage": Coverage(name, name, "binding", 40, 10), "lines": 9, "encoded": 6,
        "in_part": 1, "refused": (Refusal("R3", "open_term", "<b>left to argument</b>", False),),
        "doubtful": ("3.1",), "contested": "", "review_by": date(2027, 1, 1),
        "before": Bounds(5000, 9000, 6000), "given": Bounds(4, 8000, 5000),
    }  # fmt: skip
    return Text(**{**given, **more})  # type: ignore[arg-type]


def sample_law() -> LawContext:
    """One text of each kind, a host with few people, one invented person."""
    return LawContext(
        title="The law of a test",
        lead="Test data.",
        regime="test",
        law_on=date(2026, 11, 30),
        run_on=date(2026, 11, 30),
        version="0",
        assumptions=Assumptions("ordinary", ("Nobody is excluded.",)),
        findings=(
            Finding("Some people.", "under test", Bounds(4, 9000, 6000), "persons", "Words.", "hosts"),
        ),
        texts=(
            sample_text("treaty", "binding"),
            sample_text("act", "directive", lines=None, refused=(), doubtful=()),
            sample_text("pledge", "political", before=None, given=None, contested="Whether it is custom."),
            sample_text("talks", "informal", before=None, given=None),
        ),
        lapsed=(Apart("old", "An old text", "ended", None, date(1990, 1, 1), date(2001, 1, 1), "", ""),),
        never=(Apart("draft", "A draft", "never adopted", None, None, None, "", ""),),
        barring=("treaty",),
        levels=(
            CoveredRow("stay", "temporary", Bounds(20, 900, 500), NOBODY, ("The treaty, Article 1",)),
            CoveredRow("stay", "permanent", Bounds(3, 900, 500), NOBODY),
        ),
        hosts=(
            HostRow("FRA", "France", ("treaty",), True, True, Bounds(4000, 8000, 5000), Bounds(4, 900, 6)),
            HostRow("SWE", "Sweden", (), False, True, Bounds(1000, 1000, 1000), Bounds(20, 50, 30)),
            HostRow("TON", "Tonga", (), False, True, Bounds(7, 7, 7), NOBODY),
        ),
        dots={"TON": (-175.2, -21.1)},
        discretion=(Steps("stay", "security of status", 8, 3.0, 7.5),),
        persons=(
            InventedPerson(
                "person-1", "A cook", "Sweden", date(2004, 5, 1), ("work: cook",),
                ("The treaty text",),
                (HeldRight("stay", "security of status", "guaranteed: at least temporary",
                           "temporary to citizen", ("The treaty text, Article 1",), ("Old rule",),
                           ("Article 1: the word is open",)),),
                ("protection: no guarantee found in the encoded texts; the State may still grant up "
                 "to not_there",),
                ("may grant: stay permanent, treaty/2.1",), ("The pledge text, Article 1 (political)",),
                ("how likely (stay): none under strict",), (), "The treaty text",
            ),
        ),
        parted_rights=("stay",),
        partings=(
            PartingRow("treaty/fear", "how likely", "one", "two", "a court", "stay", "temporary",
                       Bounds(0, 900, 500), Bounds(0, 900, 20)),
            PartingRow("treaty/fear", "how likely", "one", "two", "a court", "stay", "permanent",
                       None, None),
        ),
        crossing=Crossing("proved", "proved of this encoding", "", ("z3",), 0.5, ("treaty/1.1",)),
        chains=(
            Chain("talks", "The talks text", (
                Step(0, "A conclusion", "A law", ("POL",), "2004-05-01", "Official journal", "when", False),
            )),
        ),
        chains_note="Each link is a claim of history.",
        readings=(Reading("The treaty text", "how likely", "one", "a court"),),
        sources=(),
        caveats=(Caveat("What this may not say.", True, "What this page may not claim"),),
    )  # fmt: skip
