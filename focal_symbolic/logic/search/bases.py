"""What normal forms are made in: a field, the equations so far, the signs of bases, and factors that are positive."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import fmpq

from focal_symbolic.logic.arithmetic import WIDTHS, Expanded, Number, expand, merged
from focal_symbolic.logic.search.roots import Rooted
from focal_symbolic.logic.search.signs import Signs, Tree
from focal_symbolic.logic.search.tidy import Equations
from focal_symbolic.logic.signs import ANY, NEG, POS, TIMES, sign_of
from focal_symbolic.logic.terms import ZERO, Term, letters, rat

__all__ = ["Bases"]

_LARGEST_PRIME = 10**6


def primes(k: int) -> Iterator[int]:
    """The prime factors of k, those beyond a million in one piece."""
    p = 2
    while p * p <= k and p < _LARGEST_PRIME:
        while k % p == 0:
            yield p
            k //= p
        p += 1
    if k > 1:
        yield k


class Bases:
    """The state of normal forms in one context; `way`: whether hypotheses and conditions are used, and facts in other words."""

    def __init__(self, signs: Signs):
        self.signs = signs
        self.way = False, False
        self.width = 0
        self._signs: dict[Term, tuple[int, Tree]] = {}
        self._start()

    def _start(self) -> None:
        self.field = Rooted(WIDTHS[self.width])
        self.memo: dict[Term, Number] = {}
        self.tidied: dict[Term, Term] = {}
        self.equations: list[tuple[Any, ...]] = []
        self.stuck = False

    def emit(self, t: Term, law: str, *data: Any) -> None:
        """Note an equation."""
        self.equations.append((law, t, *data))

    def of(self, t: Term) -> Number:
        """The normal form of a number."""
        raise NotImplementedError

    def other_words(self, number: Term) -> Iterator[tuple[Term, Equations]]:
        """The number of a fact in other words, with the equations that lead to them."""
        raise NotImplementedError

    def inside(self, t: Term, new: Term) -> Number:
        """t as an atom with other arguments."""
        if new is not t:
            self.emit(t, "inside", new)
        return self.field.atom(new)

    def tidy(self, t: Term) -> Term:
        """The normal form as a term."""
        found = self.tidied.get(t)
        if found is None:
            found = self.tidied[t] = self.field.fraction(self.of(t))
        return found

    def split(self, t: Term) -> list[tuple[Term, int]] | None:
        """t as a product of powers of primes and of factors with a certificate that they are positive, or None."""
        a, b = self.of(t)
        if not a:
            return None
        content, out = fmpq(1), []
        for p, side in ((a, 1), (b, -1)):
            c, found = p.factor()
            content *= c**side
            for g, k in found:
                f = self.field.term(g)
                if self.sign(f) == NEG:
                    f, content = self.field.term(-g), content * (-1) ** int(k)
                if self.sign(f) != POS:
                    return None
                out.append((f, int(k) * side))
        if content <= 0:
            return None
        for integer, side in ((int(content.p), 1), (int(content.q), -1)):
            out += [(rat(p), side) for p in primes(integer)]
        return out

    def with_proofs(self, found: list[tuple[Term, int]]) -> tuple[Tree, ...]:
        """Factors with the proofs that they are positive."""
        return tuple((f, k, self.proof(f)) for f, k in found)

    def exponent(self, t: Term) -> Expanded:
        """A number as a sum of monomials, whole part first: (2 - c)/(c - 1) is 1/(c - 1) - 1."""
        a, b = self.of(t)
        if b == self.field.one:
            return expand(self.field.term(a))
        q, r = divmod(a, b)
        return merged(expand(self.field.term(q)), expand(self.field.fraction((r, b))))

    # -- signs of bases

    def sign(self, f: Term) -> int:
        """POS or NEG where a certificate shows it, else 0."""
        if f not in self._signs:
            self._signs[f] = 0, ()
            before = self.signs.hard
            self.signs.harden(self.way[0])
            m, c = self.signs.of(f)
            self.signs.harden(before)
            if m not in (POS, NEG) and self.way[1]:
                m, c = self._by_facts(f)
            if m in (POS, NEG) and c is not None:
                self._signs[f] = m, ("sign", c)
        self.stuck = self.stuck or not self._signs[f][0]
        return self._signs[f][0]

    def _by_facts(self, f: Term) -> tuple[int, Tree | None]:
        """The sign of a number that a fact speaks of in other words: both have the same normal form, up to a rational."""
        goal = expand(f)
        for row in self.signs.rows.at(letters(f)):
            if (row.weight and not self.way[0]) or row.mask not in (POS, NEG) or len(row.slack) < 2:
                continue
            for form, used in self.other_words(row.number):
                found = expand(form)
                ratio = goal.get(next(iter(found)), fmpq(0)) / next(iter(found.values())) if found else None
                if ratio and goal == {m: ratio * c for m, c in found.items()}:
                    way: Tree = ("facts", ((Fraction(int(ratio.p), int(ratio.q)), row.source, row.at),), ZERO, ("number",))
                    return TIMES[row.mask][sign_of(ratio)], ("with", used, way)
        return ANY, None

    def proof(self, f: Term) -> Tree:
        """The proof of 0 < f."""
        return ("sign", ("number",)) if f.op == "rat" else self._signs[f][1]
