"""Numbers as the size of the alphabet grows without end: their first terms in falling powers of the size.

In an alphabet without end whose families are constant from some letter on, finite sums are polynomials in the size, and what is
made of them by arithmetic has such a series: its sign in the end, and its limit, are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

__all__ = ["SIZE", "Series", "Vague", "series"]

TERMS = 8
"""So many terms are kept."""


class Vague(Exception):
    """The precision, or the terms that are kept, do not tell."""


@dataclass(frozen=True)
class Series:
    """c0 n^top + c1 n^(top - 1) + ..., the first coefficient not 0; `exact` if there are no more terms. 0 has none."""

    top: int
    terms: tuple[Fraction, ...]
    exact: bool

    def __neg__(self) -> Series:
        return Series(self.top, tuple(-c for c in self.terms), self.exact)

    def __abs__(self) -> Series:
        return self if self.sign() >= 0 else -self

    def __add__(self, other: Series) -> Series:
        top = max(self.top, other.top)
        ends = [s.top - len(s.terms) for s in (self, other) if not s.exact]
        last = max([*ends, min(s.top - len(s.terms) for s in (self, other))])
        terms = [self.coefficient(k) + other.coefficient(k) for k in range(top, last, -1)]
        return made(top, terms, not ends)

    def __mul__(self, other: Series) -> Series:
        exact = self.exact and other.exact
        kept = len(self.terms) + len(other.terms) if exact else min(len(s.terms) for s in (self, other) if not s.exact)
        terms = [Fraction(0)] * kept
        for j, a in enumerate(self.terms):
            for k, b in enumerate(other.terms):
                if j + k < kept:
                    terms[j + k] += a * b
        return made(self.top + other.top, terms, exact)

    def inverse(self) -> Series:
        """1/s. Raises Vague where s may be 0."""
        if self.sign() == 0:
            raise ZeroDivisionError
        first, *rest = self.terms
        out: list[Fraction] = [1 / first]
        alone = self.exact and not rest
        for k in range(1, 1 if alone else TERMS if self.exact else len(self.terms)):
            out.append(-sum((rest[j] * out[k - 1 - j] for j in range(min(k, len(rest)))), Fraction(0)) / first)
        return made(-self.top, out, alone)

    def coefficient(self, power: int) -> Fraction:
        """That of a power of the size."""
        return self.terms[self.top - power] if 0 <= self.top - power < len(self.terms) else Fraction(0)

    def sign(self) -> int:
        """The sign from some size on. Raises Vague."""
        if self.terms:
            return 1 if self.terms[0] > 0 else -1
        if not self.exact:
            raise Vague
        return 0

    def constant(self) -> Fraction:
        """The number that it is at every size. Raises Vague where it changes."""
        if self.exact and (not self.terms or (self.top == 0 and len(self.terms) == 1)):
            return self.coefficient(0)
        raise Vague

    def limit(self) -> Fraction | None:
        """The limit; None where it is +oo or -oo. Raises Vague."""
        if self.terms and self.top > 0:
            return None
        if not self.exact and self.top - len(self.terms) >= 0:
            raise Vague
        return self.coefficient(0)


def made(top: int, terms: list[Fraction], exact: bool) -> Series:
    """The series, without zeros in front, and no longer than TERMS."""
    start = next((k for k, c in enumerate(terms) if c), len(terms))
    top, terms = top - start, terms[start:]
    if exact:
        while terms and not terms[-1]:
            terms.pop()
    return Series(top, tuple(terms[:TERMS]), exact and len(terms) <= TERMS)


def series(c: Fraction) -> Series:
    """A number that does not change."""
    return made(0, [c], True)


SIZE = Series(1, (Fraction(1),), True)
"""The size itself."""
