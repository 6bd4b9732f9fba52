"""Versions of one instrument side by side: which they are, which articles answer to one another.

The typed form knows no such relation. It is declared here, in `LINEAGE`, each pair with the words of
the texts that say so; a proof `stands still against` beside the articles says it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from comity.agreement.instruments import Article, Instrument
from comity.agreement.vocabulary import Vocabulary
from comity.api.reading_statements import kind_of
from comity.api.schema_reading import PairModel
from comity.language.printer import statement_text

RULES = (
    "guarantee", "limit", "exception", "power", "extension", "standstill", "prevalence", "term",
    "table", "choice", "parameter", "question", "element", "scope", "unreservable",
)  # fmt: skip
"""Kinds of statement that are compared: what makes a position. Proofs and cases test it."""

LIKE_TITLES = 0.6
"""Least likeness of two titles, 0 to 1, for articles of other numbers to stand side by side."""


@dataclass(frozen=True, slots=True)
class Descent:
    """Two texts of which the later took up the earlier. evidence: where the texts say so."""

    old: str
    new: str
    relation: str
    evidence: str


LINEAGE = (
    Descent(
        "imfc_draft_1",
        "imfc",
        "redraft",
        "imfc cites `draft 1 with its faults mended`, and proves that it stands still against it",
    ),
    Descent(
        "regional_migration_convention",
        "rmc_north_central_america",
        "template, filled in for a region",
        "the template names the draft as the text that reaches the floor for a real region",
    ),
    Descent(
        "nafta_ch16",
        "usmca_ch16",
        "replaced by",
        "USMCA Protocol, paragraph 1, in force 1 July 2020: it takes the place of NAFTA",
    ),
    Descent(
        "eu_qd_2011_95",
        "eu_qr_2024_1347",
        "replaced by",
        "Regulation (EU) 2024/1347, Articles 41 and 42; the front matter of the directive says so",
    ),
    Descent(
        "eu_dublin_604_2013",
        "eu_ammr_2024_1351",
        "replaced by",
        "Regulation (EU) 2024/1351, Article 83 (check) and 85; the front matter of Dublin says so",
    ),
    Descent(
        "eu_europe_agreements",
        "eu_accession_transition",
        "gave way to",
        "the agreements ended with accession, on 1 May 2004 and 1 January 2007; no version of one "
        "text, but what the same workers had next",
    ),
)
"""Pairs that are told side by side, earlier first."""


def descents_of(name: str) -> tuple[Descent, ...]:
    """The pairs that an instrument is one of."""
    return tuple(one for one in LINEAGE if name in (one.old, one.new))


# ---- articles ----
@dataclass(frozen=True, slots=True)
class Aligned:
    """Two articles that answer to one another, and by what; None where a text has none."""

    old: Article | None
    new: Article | None
    by: str


def aligned(old: Instrument, new: Instrument) -> tuple[Aligned, ...]:
    """Articles by number where their titles are alike, then by title, then those of one text only.

    They come in the order of the new text, with those that only the old has after their neighbours.
    """
    pairs: dict[str, tuple[Article, str]] = {}
    left = {article.id: article for article in old.articles}
    for article in new.articles:
        same = left.get(article.id)
        if same is not None and _alike(same.title, article.title) >= LIKE_TITLES:
            pairs[article.id] = (left.pop(article.id), "same number")
    for article in new.articles:
        if article.id in pairs or not left or not article.title:
            continue
        best = max(left.values(), key=lambda one: _alike(one.title, article.title))
        if _alike(best.title, article.title) >= LIKE_TITLES:
            pairs[article.id] = (left.pop(best.id), "same title")
    return tuple(_in_order(old, new, pairs))


def _in_order(
    old: Instrument, new: Instrument, pairs: dict[str, tuple[Article, str]]
) -> Iterator[Aligned]:
    taken = {found.id for found, _ in pairs.values()}
    waiting = [a for a in old.articles if a.id not in taken]
    places = {a.id: n for n, a in enumerate(old.articles)}
    for article in new.articles:
        found, by = pairs.get(article.id, (None, "only in the new"))
        if found is not None:
            while waiting and places[waiting[0].id] < places[found.id]:
                yield Aligned(waiting.pop(0), None, "only in the old")
        yield Aligned(found, article, by)
    for article in waiting:
        yield Aligned(article, None, "only in the old")


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def pairs_of(
    old: Instrument, new: Instrument, vocabulary: Vocabulary, article: str = ""
) -> tuple[PairModel, ...]:
    """The articles side by side, differences of prose and rules marked. article: only this one."""
    rules_of_old, rules_of_new = (_rules(i, vocabulary) for i in (old, new))
    found = []
    for pair in aligned(old, new):
        before, after = pair.old, pair.new
        if article and article not in {a.id for a in (before, after) if a is not None}:
            continue
        words = [prose_of(a.text).split() if a is not None else [] for a in (before, after)]
        lines = [
            rules.get(a.heading, []) if a is not None else []
            for rules, a in ((rules_of_old, before), (rules_of_new, after))
        ]
        matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
        found.append(
            PairModel(
                old=before.id if before else "",
                old_heading=before.heading if before else "",
                new=after.id if after else "",
                new_heading=after.heading if after else "",
                by=pair.by,
                likeness=round(matcher.ratio(), 3) if before and after else 0.0,
                same_rules=lines[0] == lines[1],
                prose=tuple(_marked(words[0], words[1], " ", matcher)),
                rules=tuple(_marked(lines[0], lines[1], "\n")),
            )
        )
    return tuple(found)


_BLOCK = re.compile(r"^```.*?^```[^\n]*$", re.MULTILINE | re.DOTALL)
_PART = re.compile(r"^#{1,2} .*", re.MULTILINE | re.DOTALL)


def prose_of(text: str) -> str:
    """The prose of an article: no blocks of rules, and nothing under a heading that is none of it."""
    return _PART.sub("", _BLOCK.sub("", text)).strip()


def _rules(instrument: Instrument, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Lines of canonical text of what makes a position, by the heading it stands under."""
    found: dict[str, list[str]] = {}
    for made in instrument.statements:
        if kind_of(made) in RULES:
            text = statement_text(made, vocabulary, instrument=instrument.id)
            found.setdefault(made.span.article, []).extend(text.split("\n"))
    return found


def _marked(
    old: Sequence[str], new: Sequence[str], glue: str, matcher: SequenceMatcher[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Runs that both have (`=`), that only the old has (`-`), that only the new has (`+`)."""
    made = matcher or SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in made.get_opcodes():
        if tag == "equal":
            yield "=", glue.join(old[a:b])
            continue
        if a < b:
            yield "-", glue.join(old[a:b])
        if c < d:
            yield "+", glue.join(new[c:d])
