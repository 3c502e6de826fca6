"""The search for proofs of conditions, signs and identities in one context.

Facts of the premises are tried first; hypotheses and conditions only where these do not suffice.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from focal_symbolic.logic.context import Context
from focal_symbolic.logic.search.factor import factors
from focal_symbolic.logic.search.normal import Normal
from focal_symbolic.logic.search.signs import Signs, Tree, fraction, letters_in
from focal_symbolic.logic.search.tidy import canonical, letter_of
from focal_symbolic.logic.signs import MASK, NIL
from focal_symbolic.logic.terms import RELATIONS, ZERO, Term, instantiate, ipow, mul, slack

__all__ = ["Finder"]


class Finder:
    """Certificates for questions in a context, where they can be found."""

    def __init__(self, context: Context):
        self.context = context
        self.signs = Signs(context)

    @cached_property
    def normal(self) -> Normal:
        """The normal forms of this context."""
        return Normal(self.signs)

    def answer(self, question: tuple[Any, ...]) -> Tree | None:
        """A certificate for the question, or None."""
        kind, *about = question
        if kind == "sign":
            return self.sign(*about)
        return self.prove(*about) if kind == "prove" else self.normal.equal(*about)

    def sign(self, e: Term, wanted: int) -> Tree | None:
        """A certificate that the sign of e is among those wanted, or None."""
        for hard in (False, True):
            self.signs.harden(hard)
            m, c = self.signs.of(e)
            if not m & ~wanted:
                return c
        for f, used in self.normal.forms(e):
            for hard in (False, True):
                self.signs.harden(hard)
                m, c = self.signs.of(f)
                if not m & ~wanted:
                    return ("with", used, ("equals", f, c)) if used else ("equals", f, c)
        return None

    def prove(self, s: Term) -> Tree | None:
        """A proof of a statement whose conditions are shown elsewhere, or None."""
        known = self.signs.rows.known(letters_in(s)).get(canonical(s))
        if known is not None:
            return "known", *known
        a = s.args
        if s.op in RELATIONS:
            c = self.sign(slack(s), MASK[s.op])
            if c is None and s.op == "ne":
                c = self._by_quotient(slack(s))
            return None if c is None else ("sign", c)
        if s.op == "every":
            at = letter_of(s)
            p = self.prove(instantiate(a[0], at))
            return None if p is None else ("all", at.args[0], p)
        if s.op == "implies":
            p = Finder(self.context.extended(a[0])).prove(a[1])
            return None if p is None else ("given", p)
        if s.op == "or":
            return next((("or", k, p) for k, part in enumerate(a) if (p := self.prove(part)) is not None), None)
        if s.op == "and":
            found = [self.prove(part) for part in a]
            return None if None in found else ("and", tuple(found))
        return None

    def _by_quotient(self, e: Term) -> Tree | None:
        """A certificate that e is not 0: it is a known number that is not, times factors that are not."""
        self.signs.harden(True)
        for row in self.signs.rows.at(letters_in(e)):
            split = None if row.mask & NIL or len(row.slack) < 2 else factors(mul(e, ipow(row.number, -1)))
            if split is None or not split[0]:
                continue
            ways = [(f, k, *self.signs.of(f)) for f, k in split[1]]
            if not any(m & NIL for _, _, m, _ in ways):
                known: Tree = ("facts", ((Fraction(1), row.source, row.at),), ZERO, ("number",))
                return "factors", fraction(split[0]), ((row.number, 1, known), *((f, k, c) for f, k, _, c in ways))
        return None
