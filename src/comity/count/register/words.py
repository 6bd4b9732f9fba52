"""Words of a register or its map as they may be printed, and words that would identify a person."""

from __future__ import annotations

import re
import unicodedata

_PERSONAL = re.compile(
    r"((first|last|given|family|full|maiden|middle|birth)_?)?names?|surname|.*_name|"
    r".*(passport|address|e_?mail|phone|mobile|street|post_?code|zip_?code|iban|fingerprint).*|"
    r"(.*_)?(id|ids|ssn|visa_number|document_number|number|photo|signature)|id_.*|identity.*|"
    r"(social_security|tax|case|file)_(no|nr|number)"
)
"""As for a person's record (E422), but for days of birth: those are only counted from."""

_TELLING = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\d{6,}")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def shown(text: str, *, most: int = 60) -> str:
    """A text on one line, cut, with every mark that is not seen written as `\\u202e` and the like."""
    cut = text if len(text) <= most else text[: most - 3] + "..."
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character) in _HIDDEN
        else character
        for character in cut
    )


def is_personal(word: str) -> bool:
    """Whether a name asks for what identifies a person: a name, a number, an address."""
    return _PERSONAL.fullmatch(re.sub(r"[^a-z0-9]+", "_", word.casefold()).strip("_")) is not None


def is_telling(value: str) -> bool:
    """Whether a value may identify a person: an address, or so many digits in a row."""
    return len(value) > 24 or _TELLING.search(value) is not None
