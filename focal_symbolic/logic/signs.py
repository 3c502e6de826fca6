"""Signs: sets of -1, 0 and 1 as bit masks, and how sums, products and powers combine them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from flint import fmpq

__all__ = ["ANY", "MASK", "NEG", "NIL", "PLUS", "POS", "TIMES", "absolute", "of_power", "sign_of"]

NEG, NIL, POS, ANY = 1, 2, 4, 7
MASK = {"lt": POS, "le": POS | NIL, "eq": NIL, "ne": POS | NEG}
"""The signs that the slack of a relation may have."""

_BIT = {-1: NEG, 0: NIL, 1: POS}


def sign_of(c: Fraction | fmpq | int) -> int:
    """The sign of a rational, as a mask."""
    return POS if c > 0 else NEG if c < 0 else NIL


def _signs(mask: int) -> list[int]:
    return [s for s, bit in _BIT.items() if mask & bit]


def _mask(signs: Iterable[int]) -> int:
    return sum(_BIT[s] for s in set(signs))


def _sum(s: int, t: int) -> tuple[int, ...]:
    return (s or t,) if s * t >= 0 else (-1, 0, 1)


def _table(combined: Callable[[int, int], tuple[int, ...]]) -> list[list[int]]:
    """The table of an operation on masks. The empty mask, of a number that cannot be, stays empty."""
    return [[_mask(r for s in _signs(a) for t in _signs(b) for r in combined(s, t)) for b in range(8)] for a in range(8)]


PLUS = _table(_sum)
TIMES = _table(lambda s, t: (s * t,))


def of_power(base: int, k: int) -> int:
    """The signs of b^k for an integer k, where it is defined."""
    if k == 0:
        return POS
    found = _mask((s if k % 2 else s * s) for s in _signs(base))
    return found & ~NIL if k < 0 else found


def absolute(mask: int) -> int:
    """The signs of an absolute value."""
    return _mask(s * s for s in _signs(mask))
