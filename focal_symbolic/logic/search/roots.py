"""Fractions of polynomials with roots among their atoms."""

from __future__ import annotations

from typing import Any

from focal_symbolic.logic.arithmetic import Field, Number
from focal_symbolic.logic.terms import Term, ipow, mul

__all__ = ["Rooted"]


class Rooted(Field):
    """A field with roots: A^q is replaced by f for each atom A = f^(1/q)."""

    def __init__(self, width: int):
        super().__init__(width)
        self.roots: list[tuple[int, int, Any]] = []

    def product(self, x: Number, y: Number) -> Number:
        if not self.roots:
            return super().product(x, y)
        return self.reduced(self.rooted(self.times(x[0], y[0])), self.rooted(self.times(x[1], y[1])))

    def power(self, x: Number, k: int) -> Number:
        found = super().power(x, k)
        return self.product(found, (self.one, self.one)) if self.roots else found

    def rooted(self, p: Any) -> Any:
        """p with the powers of roots replaced."""
        for k, q, f in self.roots:
            if p.degrees()[k] >= q:
                out = self.zero
                for m, c in p.terms():
                    rest = self.ctx.from_dict({(*m[:k], m[k] % q, *m[k + 1 :]): c})
                    out += rest * f ** (int(m[k]) // q) if m[k] >= q else rest
                p = out
        return p

    def fraction(self, x: Number) -> Term:
        """A rational function as a term."""
        if x[1] == self.one:
            return self.term(x[0])
        c, found = x[1].factor()
        top = x[0] * (1 / c)
        low = [ipow(self.term(f), -int(k)) for f, k in found]
        return mul(*low) if top == self.one else mul(self.term(top), *low)
