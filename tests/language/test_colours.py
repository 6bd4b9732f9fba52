"""The Pygments lexer and the TextMate grammar colour every word of the language."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import pytest
from pygments.lexers import get_lexer_by_name
from pygments.token import Error, Keyword, Name, Operator, Token

from comity.language.documents import read_document
from comity.language.lexer import ComityLexer, textmate_grammar, textmate_injection
from comity.language.syntax import LATER, keywords, statement_keywords
from tests.language import reading

FILES = {
    "comity.tmLanguage.json": textmate_grammar,
    "comity.markdown.tmLanguage.json": textmate_injection,
}


def _tokens(text: str) -> list[tuple[Any, str]]:
    return list(ComityLexer().get_tokens(text))


def test_the_lexer_is_found_by_its_name() -> None:
    assert isinstance(get_lexer_by_name("comity"), ComityLexer)


@pytest.mark.parametrize("word", sorted({*keywords(), *statement_keywords(), *LATER}))
def test_every_keyword_is_coloured(word: str) -> None:
    (kind, _text) = _tokens(f"{word} x")[0]
    scopes = [
        rule.get("name", "") for rule in textmate_grammar()["patterns"] if _covers(rule, word)
    ]

    assert kind in Keyword or kind in Operator.Word
    assert scopes[0].startswith(("keyword", "constant.language", "support.type"))


def _covers(rule: dict[str, Any], word: str) -> bool:
    match = re.search(rule.get("match", r"(?!)"), f"{word} x", re.MULTILINE)
    return match is not None and match.group() == word


def test_a_name_that_contains_a_keyword_is_a_name() -> None:
    assert [(Name, "rule_of_law"), (Name, "only_origin")] == [
        (kind, text) for kind, text in _tokens("rule_of_law only_origin") if text.strip()
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# words", Token.Comment.Single),
        ('"a text"', Token.Literal.String.Double),
        ("2015-09-01", Token.Literal.Date),
        ("SYR", Token.Name.Constant),
        ("25bis.1", Token.Name.Label),
        ("prot4.4.1", Token.Name.Label),
        ("14.1a", Token.Name.Label),
        ("1/3", Token.Literal.Number),
    ],
)
def test_what_is_no_word_has_its_own_colour(text: str, kind: Any) -> None:
    assert (kind, text) == next(t for t in _tokens(f" {text}") if t[1].strip())


def test_an_amount_is_a_number_and_its_unit() -> None:
    shown = [(kind, text) for kind, text in _tokens(" 90 days") if text.strip()]

    assert [(Token.Literal.Number.Integer, "90"), (Token.Keyword.Type, "days")] == shown


def _every_fence() -> list[tuple[str, str]]:
    named = [(n, t) for n, t in reading.packaged().items()]
    named += [(p.name, p.read_text(encoding="utf-8")) for p in reading.paths("good")]
    return [
        (f"{name}:{fence.line}", fence.text)
        for name, text in named
        for fence in read_document(text, name).fences
    ]


def test_no_block_that_is_packaged_has_a_token_without_a_colour() -> None:
    wrong = [
        (where, text)
        for where, block in _every_fence()
        for kind, text in _tokens(block)
        if kind is Error
    ]

    assert [] == wrong


@pytest.mark.parametrize("name", FILES)
def test_the_editors_file_is_made_from_the_grammar(name: str) -> None:
    shipped = (files("comity.language") / name).read_text(encoding="utf-8")

    assert json.dumps(FILES[name](), indent=2) + "\n" == shipped


def test_a_block_in_markdown_is_recognised() -> None:
    (rule,) = textmate_injection()["patterns"]
    begin = rule["begin"].replace(r"(^|\G)", "(^)")

    assert re.match(begin, "```comity")
    assert re.match(begin, "~~~~ comity hidden")
    assert not re.match(begin, "```comityx")
    assert not re.match(begin, "```python")
