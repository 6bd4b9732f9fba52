"""Anything at all may be handed in: the answer is a coded fault or a correct reading."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from comity.language.documents import LARGEST, read_document
from comity.language.faults import ComityError, Fault, render, render_gnu
from comity.language.formatter import format_document
from comity.language.messages import REGISTRY
from comity.language.outline import outline
from comity.language.resolve_vocabulary import read_vocabulary
from comity.language.resolved import Library
from tests.language import reading

FIXED = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FRONT = "---\nid: x\ntitle: y\nforce: binding\n---\n\n## Article 1. x\n\n"


def told(raw: str | bytes) -> list[Fault]:
    """The faults of a text; each is known, within the file, and can be shown."""
    data = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    found = reading.faults(data)
    for fault in found:
        assert fault.code in REGISTRY
        assert fault.span.file in ("text.md", "neighbour.md")
        assert 1 <= fault.span.line <= lines
        assert fault.span.column >= 1
        assert fault.code in render(fault)
        assert "\n" not in render_gnu(fault)
    return found


def codes(raw: str | bytes) -> list[str]:
    """The codes of a text's faults."""
    return [fault.code for fault in told(raw)]


def fenced(text: str) -> str:
    """A block under an article of an agreement."""
    return f"{FRONT}```comity\n{text}\n```\n"


GOOD = fenced("rule 1.1: guarantee stay at least temporary\n  when claims")


# ---- one by one ----
@pytest.mark.parametrize(
    "raw",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        b"\xef\xbb\xbf" + GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(),
    ],
    ids=["unix", "windows", "old mac", "byte-order mark", "both"],
)
def test_line_ends_and_byte_order_marks_change_nothing(raw: str | bytes) -> None:
    assert [] == told(raw)
    assert reading.instrument(GOOD) == reading.instrument(raw)


@pytest.mark.parametrize(
    "mark", "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
def test_a_mark_that_turns_the_text_round_is_refused(mark: str) -> None:
    assert ["E103"] == codes(GOOD.replace("temporary", f"tempo{mark}rary"))


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "E125"),
        (b"\n\n", "E125"),
        (b"---\n", "E125"),
        (b"---\n---\n", "E125"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "E102"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "E102"),
        ("größer".encode("utf-16"), "E102"),
        ("größer".encode("latin-1"), "E102"),
        (b"\x00" * 100, "E102"),
        (b" " * (LARGEST + 1), "E101"),
    ],
)
def test_what_is_no_agreement_gets_one_code(raw: bytes, code: str) -> None:
    assert [code] == codes(raw)


def test_front_matter_alone_is_an_agreement_without_rules() -> None:
    assert [] == told("---\nid: x\ntitle: y\nforce: binding\n---")
    assert () == reading.instrument("---\nid: x\ntitle: y\nforce: binding\n---").statements


def test_the_code_of_norway_is_not_no() -> None:
    (fault,) = told(FRONT.replace("force: binding\n", "force: binding\nparties: [NO, SWE]\n"))

    assert "E209" == fault.code
    assert "did you mean `NOR`?" == fault.suggestion


def test_words_that_other_readers_of_yaml_change_stay_words() -> None:
    text = FRONT.replace("title: y", "title: no").replace("force", "counted_from: 1_000\nforce")
    made = reading.instrument(text)

    assert "no" == made.title
    assert "1_000" == made.counted_from


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "a:\n"])
def test_deep_nesting_of_yaml_is_told(opening: str) -> None:
    text = "".join(" " * n + "a:\n" for n in range(50)) if opening == "a:\n" else opening * 5000

    assert codes(f"---\nid: x\ntitle: y\nforce: binding\nwith: {text}\n---\n")[0] in (
        "E120",
        "E121",
    )


@pytest.mark.parametrize(
    "text", ["(" * 5000, "not " * 5000, "any of (" * 5000, "every origin (" * 999]
)
def test_deep_nesting_of_conditions_is_told(text: str) -> None:
    assert ["E112"] == codes(fenced(f"term a when {text}claims"))


def test_a_long_chain_of_definitions_is_told() -> None:
    chain = "\n".join(f"term t{n} when t{n + 1}" for n in range(3000))

    assert ["E112"] == codes(fenced(f"{chain}\nterm t3000 when claims"))


def test_brackets_within_a_quoted_text_do_not_nest() -> None:
    assert [] == codes(fenced(f'rule 1.1 "{"(" * 99}": guarantee stay at least temporary'))


def test_a_number_sign_within_a_text_of_two_lines_is_no_comment() -> None:
    made = reading.instrument(fenced('rule 1.1 "a\n  # b": guarantee stay at least temporary'))

    assert "a # b" == made.holdings[0].frame.title


# ---- nothing takes long ----
MEGABYTE = 1_000_000
LONG = {
    "brackets": "[" * LARGEST,
    "brackets in the front matter": f"---\nid: {'[' * 4_000_000}\n---\n",
    "brackets in a block": fenced("[" * MEGABYTE),
    "brackets of a condition": fenced("term a when " + "(" * MEGABYTE),
    "links": "[a](" * (MEGABYTE // 4),
    "a name": fenced(f"term {'a' * MEGABYTE} when claims"),
    "a word": fenced("a" * MEGABYTE),
    "a label": fenced("prove " + "a " * (MEGABYTE // 2)),
    "a title": fenced(f'rule 1.1 "{"a " * (MEGABYTE // 2)}": guarantee stay at least temporary'),
    "an open title": fenced('rule 1.1 "' + "a " * (MEGABYTE // 2)),
    "quotation marks": fenced('"' * MEGABYTE),
    "a title of the front matter": f"---\nid: x\ntitle: {'y' * MEGABYTE}\nforce: binding\n---\n",
    "quotations": ">" * MEGABYTE,
    "lists": "- " * (MEGABYTE // 2),
    "a table": "|" * MEGABYTE + "\n" + "|-" * (MEGABYTE // 2),
    "lines that are no statements": fenced("x\n" * (MEGABYTE // 2)),
    "names that are unknown": fenced("".join(f"term t{n} when clams\n" for n in range(40_000))),
}


@pytest.mark.parametrize("name", LONG)
def test_a_megabyte_is_read_in_seconds(name: str) -> None:
    begun = time.perf_counter()
    told(LONG[name])

    assert time.perf_counter() - begun < 60, "it took far longer than a linear reading takes"


@cache
def _seconds(times: int) -> float:
    begun = time.perf_counter()
    told(fenced("term a when " + "claims and " * times + "claims"))
    return time.perf_counter() - begun


def test_a_long_condition_is_read_in_linear_time() -> None:
    assert _seconds(8000) < 10 * (_seconds(2000) + 0.05)


# ---- at random ----
@FIXED
@given(st.binary(max_size=400))
@example(b"---\nid: \xed\xa0\x80\n---\n")
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    told(raw)


@FIXED
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    told(text)
    told(fenced(text))


@FIXED
@example("\n 0")
@given(st.text(alphabet="[]{}:,-&*!|>'\"#%@` \nab0?~", max_size=120))
def test_any_front_matter_is_read_or_refused(text: str) -> None:
    told(f"---\nid: x\n{text}\n---\n")


TEXTS = {path.name: path.read_text(encoding="utf-8") for path in reading.paths("good")}
BLOCKS = [fence.text for name, text in TEXTS.items() for fence in read_document(text, name).fences]
WORDS = sorted({word for block in BLOCKS for word in block.split()})


@FIXED
@given(st.lists(st.sampled_from([*WORDS, "\n", "\n  ", "#", '"', "(", ")"]), max_size=30))
def test_any_words_of_the_language_are_read_or_refused(words: list[str]) -> None:
    told(fenced(" ".join(words)))


@st.composite
def mutated(draw: st.DrawFn, texts: dict[str, str]) -> str:
    """A good text with some of its lines or words deleted, doubled or exchanged."""
    text = draw(st.sampled_from(sorted(texts.values())))
    parts = text.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        index = draw(st.integers(0, len(parts) - 1))
        other = draw(st.integers(0, len(parts) - 1))
        words = parts[index].split(" ")
        word = draw(st.integers(0, len(words) - 1))
        match draw(st.sampled_from(["cut", "double", "swap", "drop", "repeat", "mix", "break"])):
            case "cut":
                parts[index] = ""
            case "double":
                parts[index] *= 2
            case "swap":
                parts[index], parts[other] = parts[other], parts[index]
            case "drop":
                parts[index] = " ".join(words[:word] + words[word + 1 :])
            case "repeat":
                parts[index] = " ".join(words[: word + 1] + words[word:])
            case "mix":
                stranger = draw(st.sampled_from(WORDS))
                parts[index] = " ".join([*words[:word], stranger, *words[word + 1 :]])
            case _:
                parts[index] = parts[index][: draw(st.integers(0, len(parts[index])))]
    return "".join(parts)


@FIXED
@given(mutated(TEXTS))
def test_a_mutated_agreement_is_read_or_refused(text: str) -> None:
    told(text)


@FIXED
@given(mutated(TEXTS))
def test_a_mutated_agreement_that_is_read_keeps_its_form_when_formatted(text: str) -> None:
    made = reading.read(text)
    if not isinstance(made, Library) or made.faults:
        return
    vocabulary, beside = reading.vocabulary(), [reading.neighbour()]
    once = format_document(text, "text.md", vocabulary, beside=beside)
    again = reading.instrument(once)
    (before,) = (i for i in made.instruments.values() if i.id != "neighbour")

    assert once == format_document(once, "text.md", vocabulary, beside=beside)
    assert before.statements == again.statements


@settings(FIXED, max_examples=60)
@given(mutated({"vocabulary.md": (reading.HERE / "vocabulary.md").read_text(encoding="utf-8")}))
def test_a_mutated_vocabulary_is_read_or_refused(text: str) -> None:
    document = read_document(text, "words.md")
    _vocabulary, faults = read_vocabulary([outline(document, "words")])
    for fault in faults:
        assert 1 <= fault.span.line <= len(document.lines)
        assert fault.code in render(fault)


PACKAGED = {
    name: text
    for name, text in reading.packaged().items()
    if name not in ("states.md", "parties.md", "vocabulary.md")
}


@settings(FIXED, max_examples=25)
@given(mutated(PACKAGED) if PACKAGED else st.just(GOOD))
def test_a_mutated_packaged_agreement_is_read_or_refused(text: str) -> None:
    told(text)


@FIXED
@given(mutated(TEXTS))
def test_formatting_refuses_what_has_faults(text: str) -> None:
    found = reading.faults(text)
    own = [fault for fault in found if fault.span.file == "text.md"]
    if not own:
        return
    with pytest.raises(ComityError):
        format_document(text, "text.md", reading.vocabulary(), beside=[reading.neighbour()])
