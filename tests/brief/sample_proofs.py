"""Verdicts of test data: one of each kind, under both laws. Every number here means nothing."""

from __future__ import annotations

from comity.brief.context import ArticleRef, Bounds
from comity.brief.guarantees import (
    Articles,
    Duty,
    Guarantees,
    InventedPerson,
    Part,
    ShownProof,
    ToldFact,
    ToldRight,
)

SAID = "of this encoding, no reading is open, on 2024-12-31, Draft Convention: 100 %, by z3."
PROVED = f"proved {SAID} It says nothing about what an officer will do."
REFUTED = f"refuted {SAID} The State may still grant more than is guaranteed."
DRAFT = "Draft Convention, working draft 1"
STAY = "Security of status (stay)"
BOTTOM = "no guarantee found in the encoded texts; the State may still grant up to citizen"
LIMBO = (
    Part(
        "For everyone of whom this is true", ("a final decision stands", "removal cannot be done")
    ),
    Part("at least this is guaranteed", ("security of status (stay): at least humanitarian",)),
)
FOOTING = (
    Part("Two people who differ in nothing but this", ("activist, target or victim there",)),
    Part("are guaranteed the same, and may be granted the same", (STAY, "work")),
)
RULE = ArticleRef(DRAFT, "14.1", "Article 14. No one without a status")

BYSTANDER = InventedPerson(
    "Nationality: Chad. Host: Sweden",
    (ToldFact("worst harm the person would meet (origin)", "mass killing"),),
    (
        ToldRight("protection from removal (shield)", "guaranteed: at least not there", (RULE,)),
        ToldRight(
            STAY,
            BOTTOM,
            (),
            (RULE,),
            "tolerated is not reached: status on record: none, would have to be tolerated",
            ("Article 6(4) may grant permanent",),
        ),
    ),
)


def _pair(value: str, statement: str) -> InventedPerson:
    right = ToldRight("protection from removal (shield)", statement, (RULE,))
    return InventedPerson(
        "Stateless. Host: Chad",
        (ToldFact("how likely it is (origin)", "real risk"),),
        (right,),
        (ToldFact("for what reason it threatens (origin)", value),),
    )


def _proof(anchor: str, name: str, **more: object) -> ShownProof:
    fields: dict[str, object] = {
        "id": f"proof-{anchor}",
        "law": "draft",
        "name": name,
        "instrument": DRAFT,
        "article": "Article 14. No one without a status",
        "says": LIMBO,
        "written": "procedure.final and not removal.possible implies stay at least humanitarian",
        "verdict": "proved",
        "claim": PROVED,
        **more,
    }
    return ShownProof(**fields)  # type: ignore[arg-type]


def sample_guarantees() -> Guarantees:
    """Each kind of verdict at least once, with a person, a pair, elements, dead text and people."""
    duty = Duty(
        _proof("duty-1", "duty 4 with a decision", needs=(Articles(DRAFT, ("Article 14", "Annex B")),)),
        _proof(
            "duty-1-today", "duty 4 with a decision", law="today", verdict="refuted", claim=REFUTED,
            person=BYSTANDER, people=Bounds(1_200, 9_300_000, 410_000),
        ),
    )  # fmt: skip
    footing = Duty(
        _proof("duty-2", "duty 2 role", says=FOOTING, by_absence=True),
        _proof("duty-2-today", "duty 2 role", law="today", says=FOOTING, by_absence=True),
    )
    elements = Duty(
        _proof(
            "duty-3", "duty 6 labour", verdict="refuted", claim=REFUTED,
            says=(Part("The element E7 (labour) never operates without", ("E4 (trade)",)),),
            operating=("E7 (labour)", "E3 (employment)"), idle=("E4 (trade)",),
        ),
        None,
    )  # fmt: skip
    own = (
        _proof("a", "waiting counts", needs=(Articles(DRAFT, ("Article 14",)),)),
        _proof("b", "=born here", article="Article 24. Security", needs=(Articles(DRAFT, ("Article 24",)),)),
        _proof("c", "blind to motive", by_absence=True, says=FOOTING),
        _proof("d", "never both", vacuous=True, says=(Part("Nobody can be in this position", ("x",)),)),
        _proof(
            "e", "every removal meets the ladder", verdict="refuted", claim=REFUTED,
            person=BYSTANDER, people=Bounds(0, 8, 3),
        ),
        _proof(
            "f", "every line decides something", verdict="refuted", claim=REFUTED,
            says=(Part("Every rule decides something for somebody"),), dead=(RULE,),
        ),
        _proof("g", "nobody waits for ever", verdict="unknown", limit="time: 10 s",
               claim=f"unknown {SAID} stopped at its limit (time: 10 s)."),
    )  # fmt: skip
    old = "Refugee Convention 1951 and Protocol 1967"
    today = (
        _proof(
            "h", "whatever the ground", law="today", instrument=old, verdict="refuted",
            article="Article 33. No return to danger", claim=REFUTED, says=FOOTING,
            person=_pair("religion", "guaranteed: at least not there"),
            other=_pair("none", BOTTOM.replace("citizen", "not there")),
        ),
        _proof(
            "i", "limbo", law="today", instrument=old, verdict="refuted", claim=REFUTED,
            article="Article 33. No return to danger", person=BYSTANDER, not_counted="no record tells",
        ),
        _proof(
            "j", "labour alone", law="today", instrument="Returns Directive", verdict="refuted",
            article="Article 6. Return decision", claim=REFUTED, reason="excluded from work",
        ),
        _proof(
            "k", "no limbo", law="today", instrument="Returns Directive", verdict="refuted",
            article="Article 6. Return decision", claim=REFUTED, person=BYSTANDER,
            people=Bounds(40_000, 2_000_000, 700_000),
        ),
    )  # fmt: skip
    return Guarantees((duty, footing, elements), own, today, ("z3",), 10.0, ("unhcr", "undesa"))
