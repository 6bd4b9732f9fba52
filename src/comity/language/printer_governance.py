"""How an instrument is governed, as text."""

from __future__ import annotations

from textwrap import wrap

from comity.agreement.governance import Governed
from comity.agreement.vocabulary import NumberType
from comity.language.printer_layout import WIDTH, Words, from_until, kept, names, plain, quoted


def governed(words: Words, made: Governed) -> str:
    """The whole statement, laid out: the evidence begins a line where it does not fit beside."""
    doubt = f" check {quoted(made.doubt)}" if made.doubt else ""
    days = from_until(made.validity.since, made.validity.until)
    values = names(_value(words, made.name, value) for value in made.values)
    for word in ("from ", "until "):  # no line ends between the word and its day
        days = days.replace(word, kept(word))
    head = f"governance {made.name}{doubt}{days}: {values}"
    evidence = quoted(made.evidence)
    lines = _filled(head, 0)
    if len(lines[-1]) + 1 + len(evidence) <= WIDTH:
        lines[-1] += f" {evidence}"
    else:
        lines += _filled(evidence, 4)
    return plain("\n".join(lines))


def _filled(text: str, indent: int) -> list[str]:
    """Lines of words, each as full as it can be: prose is not broken where a clause would be."""
    return wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * 4,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _value(words: Words, name: str, value: bool | int | str) -> str:
    quality = words.vocabulary.qualities[name]
    if isinstance(quality.type, NumberType):
        return words.amount(int(value), quality.type.unit)
    return quality.name_of(value)
