"""One grammar file, LALR, without a silent conflict."""

from __future__ import annotations

import logging

import pytest
from lark import Lark, logger

from comity.language import syntax
from tests.language import reading

GRAMMAR = reading.HERE.parents[1] / "src" / "comity" / "language" / "grammar.lark"


def test_there_is_one_grammar_file() -> None:
    assert [GRAMMAR] == sorted(GRAMMAR.parents[1].rglob("*.lark"))


def test_the_grammar_has_no_conflict_that_is_settled_silently(
    caplog: pytest.LogCaptureFixture,
) -> None:
    level = logger.level
    logger.setLevel(logging.DEBUG)
    logger.propagate = True
    try:
        with caplog.at_level(logging.DEBUG, logger.name):
            Lark(
                GRAMMAR.read_text(encoding="utf-8"),
                start=[syntax.STATEMENT, syntax.PROPERTY],
                parser="lalr",
                lexer="contextual",
                debug=True,
                maybe_placeholders=False,
            )
    finally:
        logger.setLevel(level)
    told = [r.getMessage() for r in caplog.records if "onflict" in r.getMessage()]

    assert [] == [line for line in told if "Shift/Reduce" in line or "Reduce/Reduce" in line]


def test_the_parser_is_lalr_with_a_contextual_lexer() -> None:
    options = syntax.parser().options

    assert ("lalr", "contextual") == (options.parser, options.lexer)


def test_every_statement_keyword_opens_a_statement_of_the_fixtures() -> None:
    texts = [path.read_text(encoding="utf-8") for path in reading.paths("good")]
    texts += [(reading.HERE / "vocabulary.md").read_text(encoding="utf-8")]
    opened = {
        line.split()[0].rstrip(":") for text in texts for line in text.splitlines() if line.split()
    }

    assert set() == set(syntax.statement_keywords()) - opened


def test_keywords_are_words_of_the_language() -> None:
    words = set(syntax.keywords())

    assert {
        "rule",
        "guarantee",
        "limit",
        "least",
        "favourable",
        "refuted",
        "reading",
        "does",
    } <= words
    assert set() == words & {"s", "a", "code", "unit", "number"}
