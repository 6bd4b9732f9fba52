"""The registry of this room's errors: complete, unique, ready for a page of documentation."""

from __future__ import annotations

import re

import pytest

from comity.world import errors
from comity.world.errors import ERROR_CODES, WorldError

CLASSES = [
    thing
    for thing in vars(errors).values()
    if isinstance(thing, type) and issubclass(thing, WorldError) and thing is not WorldError
]


def test_each_code_has_one_class_and_each_class_a_code() -> None:
    assert sorted(ERROR_CODES) == sorted(kind.code for kind in CLASSES)


@pytest.mark.parametrize("code", sorted(ERROR_CODES))
def test_a_code_has_name_meaning_and_help(code: str) -> None:
    entry = ERROR_CODES[code]
    assert re.fullmatch(r"W1\d\d", entry.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", entry.name)
    assert entry.meaning.endswith(".")
    assert entry.help.endswith(".")


@pytest.mark.parametrize("kind", CLASSES)
def test_an_error_prints_code_name_and_message(kind: type[WorldError]) -> None:
    error = kind("`this` is wrong", suggestion="that")
    assert f"{kind.code} {error.name}: `this` is wrong" == str(error)
    assert error.help.startswith("did you mean `that`?")
    assert ERROR_CODES[kind.code].help == kind("x").help
