"""Whole numbers from a public text, so that anyone can draw the same again with any SHA-256.

How, in full. key = SHA-256 of the text's bytes in UTF-8. Block i (0, 1, 2, ...) = SHA-256 of the key and
of i as 8 bytes, the highest first. Each block is four words of 8 bytes, the highest first, taken in
order. A number below n: take a word w; if w is not below the greatest multiple of n that is at most
2^64, take the next; the number is w modulo n. Below 1 there is only 0, and no word is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")

WORD = 1 << 64


class Draws:
    """An endless row of numbers that follows from a text alone."""

    def __init__(self, text: str) -> None:
        self._words = _words(sha256(text.encode("utf-8")).digest())

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1, each equally likely. n: 1 to 2^64."""
        if not 1 <= n <= WORD:
            raise ValueError(f"no number is drawn below {n}")
        if n == 1:
            return 0
        top = WORD - WORD % n
        while (word := next(self._words)) >= top:
            pass
        return word % n

    def some_of(self, several: Sequence[T], count: int) -> tuple[T, ...]:
        """So many of several, every set of them equally likely; in the order drawn.

        The i-th (from 0) is the one at place i + below(length - i), which changes places with the one
        at place i.
        """
        left = list(several)
        for i in range(count):
            j = i + self.below(len(left) - i)
            left[i], left[j] = left[j], left[i]
        return tuple(left[:count])


def _words(key: bytes) -> Iterator[int]:
    block = 0
    while True:
        digest = sha256(key + block.to_bytes(8, "big")).digest()
        for at in range(0, 32, 8):
            yield int.from_bytes(digest[at : at + 8], "big")
        block += 1
