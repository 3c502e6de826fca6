"""Numbers that are told apart by balls at a point: no law makes them equal, and nobody need search.

Where two numbers are equal by algebra and the laws of logarithms, powers and sums, they are equal for all values, families,
letters and alphabets at which both are defined. At a point where one is undefined its ball is not finite and says nothing.
"""

from __future__ import annotations

from hashlib import blake2b
from math import prod

from flint import arb, fmpq

from focal_symbolic.logic.terms import LETTER, Term

__all__ = ["unequal"]

LETTERS = 3
"""The size of the alphabet at the points."""


def unequal(a: Term, b: Term) -> bool:
    """Whether a and b differ at a point at which both are defined; where they agree at the first such point, not."""
    for point in _POINTS:
        gap = point.number(a, ()) - point.number(b, ())
        if gap.is_finite():
            return not gap.contains(0)
    return False


class _Point:
    """Values of all variables, families, letters and declared functions, drawn from their names."""

    def __init__(self, seed: int, widths: tuple[int, ...]):
        self.seed, self.widths = seed, widths
        self._memo: dict[Term, arb] = {}

    def drawn(self, *about: str | int) -> arb:
        """A value in (0, width), the width one of those of the point."""
        k = hash_of(self.seed, *about)
        return arb(fmpq(1 + k // 16 % 4093, 4096)) * self.widths[k % len(self.widths)]

    def letter(self, t: Term, bound: tuple[int, ...]) -> int:
        """The letter that t is; `bound` are the letters of the binders around it, outermost first."""
        match t.op:
            case "bletter":
                return bound[-1 - int(t.args[0])]
            case "image":
                return hash_of(self.seed, t.args[0], self.letter(t.args[1], bound)) % LETTERS
            case "fresh":
                return int(t.args[0]) % LETTERS
        return sum(str(t.args[0]).encode()) % LETTERS  # i, j and k differ

    def number(self, t: Term, bound: tuple[int, ...]) -> arb:
        """A ball around the number; not finite where it is undefined."""
        if t.loose[0]:
            return self._number(t, bound)
        found = self._memo.get(t)
        if found is None:
            found = self._memo[t] = self._number(t, ())
        return found

    def _number(self, t: Term, bound: tuple[int, ...]) -> arb:
        if t.op == "sum":
            return sum((self.number(t.args[0], (*bound, k)) for k in range(LETTERS)), arb(0))
        names = [s for s in t.args if type(s) is not Term]
        a = [self.number(s, bound) for s in t.terms if s.sort != LETTER]
        match t.op:
            case "rat":
                return arb(fmpq(*names))
            case "size":
                return arb(LETTERS)
            case "add":
                return sum(a[1:], a[0])
            case "mul":
                return prod(a[1:], start=a[0])
            case "ipow":
                return a[0] ** names[0] if a[0].is_finite() else a[0]
            case "rpow":
                return (a[1] * a[0].log()).exp()
            case "log":
                return a[0].log()
            case "exp":
                return a[0].exp()
            case "abs":
                return abs(a[0])
            case "decl":  # any function that keeps balls small
                return sum((x * self.drawn(names[0], k) for k, x in enumerate(a)), arb(0)).sin()
            case "entry":
                return self.drawn("entry", names[0], self.letter(t.args[1], bound))
            case "var":
                return self.drawn("var", names[0])
        return arb("nan")


def hash_of(*about: str | int) -> int:
    """A number drawn from words and integers, the same in every process."""
    return int.from_bytes(blake2b(repr(about).encode(), digest_size=6).digest())


_POINTS = (_Point(0, (1,)), _Point(1, (1,)), _Point(2, (1, 3)), _Point(3, (1, 3)))
