"""Paths and texts of somebody who wants a crash, a hang, or a terminal that obeys them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from comity.api.schema import CheckDocument, ErrorDocument, ExplainDocument
from tests.cli.running import SIEGE, agreement, apart, comity

STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def calm(text: str) -> None:
    """No mark that a terminal obeys."""
    assert [] == [f"U+{ord(mark):04X}" for mark in STEERS.findall(text)]


def _nothing(folder: Path, name: str) -> str:
    return str(folder / name)


def _folder(folder: Path, name: str) -> str:
    (folder / name).mkdir()
    return str(folder / name)


def _binary(folder: Path, name: str) -> str:
    (folder / name).write_bytes(bytes(range(256)) * 40)
    return str(folder / name)


def _large(folder: Path, name: str) -> str:
    (folder / name).write_bytes(b"a: b\n" * 1_300_000)
    return str(folder / name)


def _empty(folder: Path, name: str) -> str:
    (folder / name).write_bytes(b"")
    return str(folder / name)


def _endless(_folder: Path, _name: str) -> str:
    return "/dev/zero"


def _loop(folder: Path, name: str) -> str:
    (folder / name).symlink_to(folder / name)
    return str(folder / name)


def _long(folder: Path, name: str) -> str:
    return str(folder / ("x" * 5000 + name))


def _beneath_a_file(folder: Path, name: str) -> str:
    (folder / "file").write_text("", encoding="utf-8")
    return str(folder / "file" / name)


PATHS = {
    "nothing there": (_nothing, "E460"),
    "a folder": (_folder, "E460"),
    "binary": (_binary, "E102"),
    "6 MB": (_large, "E101"),
    "no end": (_endless, "E101"),
    "a circle of links": (_loop, "E460"),
    "a name that is too long": (_long, "E460"),
    "beneath a file": (_beneath_a_file, "E460"),
}


@pytest.mark.parametrize("kind", PATHS)
def test_a_path_that_is_no_agreement_is_a_coded_fault(kind: str, tmp_path: Path) -> None:
    make, code = PATHS[kind]
    path = make(tmp_path, "x.md")
    assert [code] == comity("fmt", path, "--json").codes()
    assert [code] == comity("explain", path, "--case", SIEGE, "--json").codes()
    ran = comity("check", path, "--json")
    assert 1 == ran.code
    assert [code] == [fault.code for fault in ran.document(CheckDocument).errors]


@pytest.mark.parametrize("kind", PATHS)
def test_a_path_that_is_no_record_is_a_coded_fault(kind: str, tmp_path: Path) -> None:
    make, code = PATHS[kind]
    ran = comity("explain", "cat_art3", "--case", make(tmp_path, "x.yaml"), "--json")
    assert (1, [code]) == (ran.code, ran.codes())


def test_a_file_without_permission_is_a_coded_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(agreement(tmp_path))
    if os.geteuid() == 0:  # nothing is forbidden to root, so the refusal is made by hand

        def forbidden(self: Path, *_words: object, **_more: object) -> None:
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr(Path, "open", forbidden)
    else:
        path.chmod(0)
    assert ["E460"] == comity("fmt", str(path), "--json").codes()
    assert ["E460"] == comity("explain", "cat_art3", "--case", str(path), "--json").codes()


def test_a_file_that_may_not_be_changed_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(agreement(tmp_path, block="rule 1.1:   guarantee stay at least temporary"))
    before = path.read_bytes()

    def forbidden(self: Path, *_words: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "write_text", forbidden)
    assert ["E460"] == comity("fmt", str(path), "--json").codes()
    assert before == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


# ---- what a terminal obeys ----
RED, TURN, CSI = "\x1b[31m", "\u202e", "\x9b31m"


@pytest.mark.parametrize(
    "words",
    [
        ("show", f"{RED}x{TURN}"),
        ("show", f"imfc/{RED}"),
        ("check", f"{RED}x"),
        ("check", f"{RED}/x{CSI}.md"),
        ("explain", f"{RED}x", "--case", SIEGE),
        ("explain", "cat_art3", "--case", f"{RED}{TURN}.yaml"),
        ("explain", "cat_art3", "--case", SIEGE, "--right", f"{CSI}stay"),
        ("explain", "cat_art3", "--case", SIEGE, "--reading", f"{RED}=x"),
        ("explain", "cat_art3", "--case", SIEGE, "--reading", f"{RED}"),
        ("list", "--on", f"{RED}"),
        ("fmt", f"{RED}.md"),
        ("ask", f"{TURN}"),
        ("world", "fetch", f"{RED}"),
        ("brief", f"{RED}"),
    ],
    ids=lambda words: words[0],
)
def test_a_users_own_words_do_not_steer_the_terminal(words: tuple[str, ...]) -> None:
    for more in ((), ("--json",)):
        ran = comity(*words, *more)
        assert 1 == ran.code
        calm(ran.out + ran.err)
    ran.document(CheckDocument if "/" in words[1] and words[0] == "check" else ErrorDocument)


def test_titles_of_an_agreement_do_not_steer_the_terminal(tmp_path: Path) -> None:
    path = agreement(
        tmp_path,
        title='"\\e[31mRED\\u202Eevil\\x9b2J"',
        more='status: draft\ncontested: "\\e[2J wiped"\nreview_by: 2027-01-01\n',
        block=f'rule 1.1 "a {CSI} b": guarantee stay at least temporary\n'
        f'case "c {CSI} d" in SWE on 2015-01-01\n  expect stay at least citizen',
    )
    for words in (
        ("explain", path, "--case", SIEGE),
        ("explain", path, "--case", SIEGE, "--json"),
        ("check", path),
        ("check", path, "--format", "gnu"),
        ("check", path, "--json"),
        ("ask", path),
    ):
        ran = comity(*words, answers="SWE\n")
        calm(ran.out + ran.err)


def test_the_terminal_still_shows_what_is_only_foreign(tmp_path: Path) -> None:
    path = agreement(tmp_path, title="Übereinkunft über 难民 و پناهندگان — “so”")
    out = comity("explain", path, "--case", SIEGE).out
    assert "Übereinkunft über 难民 و پناهندگان — “so”" in out


RECORDS = {
    "an escape in a title": ('title: "\\e[31mx"\n', "E103"),
    "a mark that turns the title round": ('title: "a\\u202eb"\n', "E103"),
    "a mark as it is": ("title: a\u202eb\n", "E103"),
    "a control character": ('title: "a"\nnote: x\x1b[2J\n', "E102"),
    "an escape in a note": ('note: "\\e[31mx"\n', "E103"),
    "an escape in a fact": ('facts: {"cl\\e[31m": yes}\n', "E420"),
    "an escape in a key": ('"\\e[31m": yes\n', "E124"),
    "an escape in a level": ('origins: [{degree: "\\e[31m"}]\n', "E202"),
    "a fact that does not exist": ("facts: {clamis: yes}\n", "E420"),
    "a name": ("name: somebody\n", "E422"),
    "a number of a document": ("facts: {passport: x}\n", "E422"),
    "an impossible day": ("on: 2015-02-31\n", "E206"),
    "an anchor": ("title: &a x\nnote: *a\n", ""),
    "a tag that runs code": ("title: !!python/object/apply:os.system [ls]\n", ""),
    "a key twice": ("host: SWE\nhost: NOR\n", "E122"),
    "Norway as no": ("host: NO\n", ""),
    "a State that is none": ("host: YUG\non: 2015-01-01\n", ""),
    "a spell that ends before it begins": (
        "on: 2015-01-01\nresidence: [{from: 2014-01-01, until: 2013-01-01}]\n",
        "",
    ),
    "five nationalities": ("nationalities: [SYR, IRQ, TUR, AFG, IRN]\n", "E404"),
    "deep nesting": ("facts: " + "{a: " * 50 + "1" + "}" * 50 + "\n", ""),
    "a list": ("- host\n", ""),
    "a number": ("42\n", ""),
    "a sponsor of a sponsor": ("sponsor: {sponsor: {host: SWE}}\n", ""),
    "infinity": ("facts: {residence.lawful: .inf}\n", "E420"),
    "a very large number": (f"facts: {{residence.lawful: {'9' * 5000}}}\n", "E420"),
    "less than nothing": ("facts: {residence.lawful: -1}\n", "E420"),
}


@pytest.mark.parametrize("kind", RECORDS)
def test_a_hostile_record_is_a_coded_fault_that_shows_nothing_raw(
    kind: str, tmp_path: Path
) -> None:
    text, code = RECORDS[kind]
    record = tmp_path / "r.yaml"
    record.write_text(text, encoding="utf-8")
    words = ("explain", "cat_art3", "--case", str(record))
    told, document = comity(*words), comity(*words, "--json")
    calm(told.err + document.out)
    assert (1, "") == (told.code, told.out)
    assert code in ("", *document.codes())
    assert re.match(r"E\d{3} ", told.err)


def test_a_record_that_says_nothing_is_read_as_unknown_and_says_so(tmp_path: Path) -> None:
    record = tmp_path / "r.yaml"
    record.write_text("", encoding="utf-8")
    ran = comity("explain", "encoded", "--case", str(record), "--json")
    document = ran.document(ExplainDocument)
    # of a text that has ended, or never had parties, it is known that it binds no host
    assert {"unknown", "false"} == set(document.bound_by.values())
    assert "unknown" == document.bound_by["refugee_1951_1967"]
    assert document.questions


def test_two_persons_are_one_case_each(tmp_path: Path) -> None:
    record = tmp_path / "r.yaml"
    record.write_text("host: SWE\nother: {host: NOR}\n", encoding="utf-8")
    assert ["E124"] == comity("explain", "cat_art3", "--case", str(record), "--json").codes()


def test_a_record_may_come_through_a_pipe(tmp_path: Path) -> None:
    text = Path(SIEGE).read_text(encoding="utf-8")
    words = ("explain", "cat_art3", "--case")
    ran = apart(*words, "/dev/stdin", home=tmp_path, cwd=tmp_path, answers=text)
    assert comity(*words, SIEGE).out == ran.out
