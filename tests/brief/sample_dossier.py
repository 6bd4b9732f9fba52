"""A dossier of made-up numbers, so that pages can be tested before the readers exist.

TEST DATA: every count, coverage and hash here is invented and means nothing.
"""

from __future__ import annotations

import random
from datetime import date

from comity.brief.context import (
    ArticleRef,
    Assumptions,
    Bounds,
    Bridge,
    BridgeStep,
    Caveat,
    Convention,
    Coverage,
    DiscretionRow,
    DossierContext,
    EstimateRow,
    EstimateTable,
    FigureBlock,
    Finding,
    Law,
    MapFigure,
    OutOfScope,
    Reading,
    RightBounds,
    RightComparison,
    Situation,
    SourceNote,
)
from comity.brief.outlines import world
from tests.brief.sample_proofs import sample_guarantees

STAY = (
    "none",
    "tolerated",
    "applicant",
    "temporary",
    "humanitarian",
    "protected",
    "long_term",
    "permanent",
    "citizen",
)
WORK = ("none", "asked", "restricted", "open")
LAWS: tuple[tuple[Law, str], ...] = (
    ("today", "under today’s encoded instruments"),
    ("draft", "under the draft Convention"),
)
BREAKS = (100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0)


def _rows(rng: random.Random, codes: list[str]) -> tuple[EstimateRow, ...]:
    rows = []
    for code in codes:
        certain = int(rng.choice([0, 0, 1, 40, 2_000, 30_000]) * rng.uniform(0.5, 9))
        assumed = certain + int(rng.choice([0, 7, 900, 50_000, 300_000]) * rng.uniform(0.3, 4))
        possible = assumed + int(rng.choice([0, 500, 90_000]) * rng.uniform(0.3, 4))
        today = Bounds(certain, possible, assumed)
        draft = Bounds(certain // 20, possible // 4, max(certain // 20, assumed // 9))
        rows.append(EstimateRow(code, world().names[code], today, draft))
    return tuple(rows)


def _right_stay() -> RightComparison:
    return RightComparison(
        right="stay",
        meaning="How safely this person may remain.",
        levels=STAY,
        today=RightBounds(
            "none",
            "citizen",
            "tolerated",
            "citizen",
            defeated=(ArticleRef("Returns Directive", "Article 6(4)"),),
            note="Removal is barred, and no encoded text says what follows.",
        ),
        draft=RightBounds(
            "humanitarian",
            "citizen",
            "humanitarian",
            "citizen",
            lower_by=(ArticleRef("Draft Convention", "Article 14", "No one without a status"),),
        ),
    )


def _right_work() -> RightComparison:
    return RightComparison(
        right="work",
        meaning="Whether this person may take a job.",
        levels=WORK,
        today=RightBounds(
            "none",
            "restricted",
            "none",
            "open",
            upper_by=(ArticleRef("Returns Directive", "Article 14"),),
        ),
        draft=RightBounds(
            "open",
            "open",
            "open",
            "open",
            lower_by=(ArticleRef("Draft Convention", "Article 16(3)"),),
        ),
    )


def _right_decision() -> RightComparison:
    return RightComparison(
        right="decision",
        meaning="How long a decision may take.",
        levels=(),
        today=RightBounds("", "", "", ""),
        draft=RightBounds(
            "9 months",
            "",
            "9 months",
            "",
            lower_by=(ArticleRef("Draft Convention", "Article 15(3)"),),
        ),
        less_is_better=True,
    )


def sample_context() -> DossierContext:
    """The whole context, the same on every run."""
    rng = random.Random(20)
    codes = sorted(code for code in world().hosts if len(code) == 3)
    hosts = [code for code in codes if rng.random() < 0.8]
    origins = [code for code in codes if rng.random() < 0.5]
    by_host = EstimateTable(
        "unprotected-by-host",
        "Barred from return, without a status that lasts, by host",
        "host",
        "persons",
        _rows(rng, hosts),
    )
    by_origin = EstimateTable(
        "unprotected-by-origin",
        "Barred from return, without a status that lasts, by origin",
        "origin",
        "persons",
        _rows(rng, origins),
    )
    maps = tuple(
        MapFigure(
            f"map-host-{law}",
            f"Protected from return but without a status that lasts, {words}",
            "Persons by host at the end of 2024, under the assumptions “ordinary”.",
            law,
            "assumed",
            BREAKS,
            {},
        )
        for law, words in LAWS
    )
    return DossierContext(
        title="Who may not be sent back, and may not stay",
        lead="What a draft convention on migration would change for people whom the law protects "
        "from return but gives no status that lasts. (Test data.)",
        today="today’s encoded instruments",
        draft="the draft Convention",
        law_on=date(2024, 12, 31),
        run_on=date(2025, 6, 1),
        version="0.0.test",
        assumptions=Assumptions(
            "ordinary",
            (
                "Nobody is excluded from protection for a crime.",
                "Nobody is a danger to the host.",
                "Everybody is outside the country of origin.",
            ),
        ),
        convention=Convention(
            "The draft Convention",
            (
                "The International Migration Framework Convention is a draft. "
                "No State has signed it.",
                "It would give a right to protection by the danger that a person would meet, "
                "not by its ground.",
            ),
            (
                ("Article 10", "Protection depends on how near and how grave the danger is."),
                (
                    "Article 14",
                    "Nobody who cannot be returned stays without a status for over 90 days.",
                ),
            ),
        ),
        findings=(
            Finding(
                "About one in three people who cannot be returned have no status that lasts.",
                "Under today’s encoded instruments",
                by_host.total("today"),
                "persons",
                "Most live in the host next to the one that they fled.",
                "unprotected-by-host",
            ),
            Finding(
                "The draft would leave a ninth of them.",
                "Under the draft Convention",
                by_host.total("draft"),
                "persons",
                "What remains are people of unknown danger.",
                "unprotected-by-host",
            ),
            Finding(
                "Five origins make up most of the number.",
                "Under today’s encoded instruments",
                Bounds(120_000, 4_000_000, 990_000),
                "persons",
                "See the bars by origin.",
                "unprotected-by-origin",
            ),
            Finding(
                "A group too small to count still has a rule.",
                "Under the draft Convention",
                Bounds(0, 8, 3),
                "persons",
                "Numbers from 1 to 9 are not printed.",
                "not-counted",
            ),
            Finding(
                "The state keeps two steps of discretion less.",
                "Under both",
                None,
                "",
                "On average over everybody counted.",
                "discretion",
            ),
        ),
        situations=(
            Situation(
                "bystander",
                "A bystander of a siege",
                "She left a besieged city. Nobody sought her in particular. Her claim was refused, "
                "and she cannot be sent back.",
                "Sweden",
                date(2024, 6, 1),
                (_right_stay(), _right_work(), _right_decision()),
                ("Has a final decision been taken?", "Did she refuse to co-operate?"),
            ),
            Situation(
                "worker",
                "A seasonal worker whose permit ended",
                "He picked fruit for five seasons, and war began at home in the sixth.",
                "Spain",
                date(2024, 6, 1),
                (_right_stay(), _right_work()),
                (),
                ("Article 6 and Article 14 cross on `stay`.",),
            ),
        ),
        figures=(
            FigureBlock(
                "By host",
                "Where these people live.",
                by_host,
                maps,
                15,
                ("unhcr", "undesa"),
                (
                    Caveat(
                        "People who were never registered anywhere are not in this number.", True
                    ),
                    Caveat("Danger at origin is a band from the last conflict data."),
                ),
            ),
            FigureBlock(
                "By origin", "Where these people come from.", by_origin, (), 15, ("unhcr",)
            ),
        ),
        discretion=(
            DiscretionRow("stay", "How safely a person may remain.", 8, 4.1, 6.8, 2.0, 3.9),
            DiscretionRow("work", "Whether a person may take a job.", 3, 1.2, 2.8, 0.0, 0.4),
        ),
        out_of_scope=(
            OutOfScope(
                "People displaced inside their own country",
                Bounds(60_000_000, 80_000_000, 73_000_000),
                "No encoded instrument speaks of people who have crossed no border.",
            ),
            OutOfScope("People who were never registered", None, "No source counts them."),
            OutOfScope(
                "Migrants for work, study or family",
                Bounds(200_000_000, 230_000_000, 210_000_000),
                "The instruments on labour are not encoded yet.",
            ),
        ),
        bridges=(
            Bridge(
                "From all migrants to the people counted here",
                BridgeStep("Migrants worldwide, 2024", 300_000_000, "Made-up table 1"),
                (
                    BridgeStep("not in need of protection", -250_000_000, "Made-up table 2"),
                    BridgeStep("refugees beyond the stock", 1_000_000),
                ),
                BridgeStep("People counted", 51_000_000),
            ),
        ),
        coverage=(
            Coverage(
                "refugee_1951_1967",
                "Refugee Convention 1951 and Protocol 1967",
                "binding",
                138,
                91,
                30,
            ),
            Coverage("imfc", "Draft Convention, working draft 1", "draft", 120, 120),
            Coverage(
                "echr_3_8",
                "European Convention on Human Rights, Articles 3 and 8",
                "binding",
                None,
                6,
                note="Paragraphs never counted.",
            ),
        ),
        readings=(
            Reading(
                "Returns Directive",
                "“may” in Article 6(4)",
                "a power of the host",
                "Court of Justice, ECLI:EU:C:0000:000 (made up)",
                ("a duty in hard cases",),
            ),
        ),
        sources=(
            SourceNote(
                "unhcr",
                "Refugee data, made up",
                "UNHCR (test)",
                "https://example.org/unhcr/a-long-address-without-any-place-to-break-it/population.csv",
                "CC BY 4.0",
                "end of 2024",
                date(2025, 5, 2),
                "0" * 64,
                "read from the mirror",
                ("=counts under five are rounded",),
            ),
            SourceNote(
                "undesa",
                "Migrant stock, made up",
                "UN DESA (test)",
                "https://example.org/undesa",
                "CC BY 3.0 IGO",
                "mid-2024",
                None,
                "f" * 64,
                "not verified against the publisher",
            ),
        ),
        guarantees=sample_guarantees(),
        caveats=(
            Caveat("Nothing here says what a state really does; it says what encoded texts ask."),
        ),
        made_up=True,
    )
