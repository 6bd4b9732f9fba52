"""How numbers of people are written: exactly in tables, in words of size in sentences."""

from __future__ import annotations

from comity.brief.suppression import Shown, Withheld


def exact(number: float) -> str:
    """Grouped by thousands; a fraction keeps one decimal."""
    if float(number).is_integer():
        return f"{int(number):,}"
    return f"{number:,.1f}"


def shown(number: Shown) -> str:
    """A cell of a table: the number, or why it is not shown."""
    return number.value if isinstance(number, Withheld) else exact(number)


def rounded(number: float) -> str:
    """For a sentence: 12.4 million, 310,000, 4,820, 37."""
    if number >= 99_950_000:
        return f"{number / 1_000_000:,.0f} million"
    if number >= 999_500:
        return f"{number / 1_000_000:.1f} million"
    if number >= 10_000:
        return f"{round(number, -3):,.0f}"
    if number >= 1_000:
        return f"{round(number, -1):,.0f}"
    return exact(number)


def share(part: int, whole: int | None) -> str:
    """A share in whole percent, `unknown` without a whole; never rounded up to 100 or down to 0."""
    if not whole:
        return "unknown"
    percent = 100 * part / whole
    if 0 < percent < 1:
        return "under 1 %"
    if 99 < percent < 100:
        return "over 99 %"
    return f"{percent:.0f} %"
