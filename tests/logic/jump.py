"""The supremum of sums of terms that change with the alphabet, which jumps: what `root_of_sup` must not take for continuous.

The terms (2 - t - 1/(1 + n (1 - t)^2))/n are between 0 and 2/n; the supremum of their sums is 2 - t for t < 1, and 0 at 1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from focal_symbolic.logic.terms import (
    MINUS,
    ONE,
    SIZE,
    ZERO,
    Term,
    add,
    close_real,
    eq,
    every,
    ipow,
    le,
    lt,
    mk,
    mul,
    rat,
    sub,
    substitute,
    total,
)

__all__ = ["Jump", "nowhere"]

X, U, HALF, TWO = mk("var", "x"), mk("var", "u"), rat(Fraction(1, 2)), rat(2)
SHARE = ipow(SIZE, -1)
ARCHIMEDES = le(ZERO, mk("sup", mul(MINUS, SHARE)))
"""The numbers 1/n are as small as you like."""

Conclude = Callable[..., Any]
"""The theorem of a step: rule, conclusion, premises, arguments."""


class Jump:
    """The supremum at a variable, and what is known of it."""

    def __init__(self, step: Conclude, at: Term):
        self.step, self.at = step, at
        self.gap = ipow(sub(ONE, at), 2)
        self.near = ipow(add(ONE, mul(SIZE, self.gap)), -1)
        self.term = mul(SHARE, sub(sub(TWO, at), self.near))
        self.sum = total(self.term)
        self.sup = mk("sup", self.sum)
        line = step("combination", le(self.sum, sub(TWO, at)), step("sign", lt(ZERO, self.near)), weights=(ONE,))
        self.above = step("sup_least", le(self.sup, sub(TWO, at)), line)
        self.bounded = step("sup_least", mk("bounded", self.sum), line)

    def reached(self) -> Any:
        """It is at least 2 - x where x < 1: -1/n, whose supremum is 0, is at most (1 - x)^2 times what it is more."""
        step, gap, below = self.step, self.gap, sub(TWO, self.at)
        positive = step("sign", lt(ZERO, gap), step("hypothesis", lt(self.at, ONE)))
        line = step("sup_upper", le(self.sum, self.sup), self.bounded)
        most = mul(SHARE, ipow(gap, -1))
        room = step("sign", lt(ZERO, mul(self.near, most)), positive)
        small = step("combination", le(self.near, most), room, positive, weights=(ONE, ZERO))
        more = mul(gap, sub(self.sup, below))
        each = step("combination", le(mul(MINUS, SHARE), more), line, small, positive, weights=(gap, gap, ZERO))
        limit = step("sup_least", le(mk("sup", mul(MINUS, SHARE)), more), each)
        weights = (ipow(gap, -1), ipow(gap, -1), ZERO)
        return step("combination", le(below, self.sup), step("hypothesis", ARCHIMEDES), limit, positive, weights=weights)

    def dominated(self) -> Any:
        """Its terms are between 0 and 2/n for 0 <= x <= 1."""
        step = self.step
        share = step("sign", le(ZERO, mul(SIZE, self.gap, self.near)))
        short = step("combination", le(self.near, ONE), share, weights=(ONE,))
        upper = step("hypothesis", le(self.at, ONE))
        low = step("combination", le(ZERO, self.term), short, upper, weights=(SHARE, SHARE))
        known = step("sign", lt(ZERO, self.near)), step("hypothesis", le(ZERO, self.at))
        high = step("combination", le(self.term, mul(TWO, SHARE)), *known, weights=(SHARE, SHARE))
        both = mk("and", le(ZERO, self.term), le(self.term, mul(TWO, SHARE)))
        line = step("every", every(both), step("conjunction", both, low, high))
        return step("on_parts", mk("parts", every(both)), line)


def nowhere(step: Conclude) -> tuple[Term, tuple[Any, ...]]:
    """«It takes 1/2 once on [0, 1]», which it does nowhere, and all premises that `root_of_sup` asks for."""
    jump, later = Jump(step, X), Jump(step, U)
    reached, positive = jump.reached(), step("sign", lt(ZERO, HALF))
    ordered = step("hypothesis", lt(X, U))
    falls = step("combination", lt(later.sup, jump.sup), later.above, ordered, reached, weights=(ONE, ONE, ONE))

    def at(t: Term, to: Term) -> Term:
        return substitute(t, {("var", "x"): to})

    start = step("instance", at(le(sub(TWO, X), jump.sup), ZERO), reached, replace=((("var", "x"), ZERO),))
    start = step("combination", le(HALF, at(jump.sup, ZERO)), start, positive, weights=(ONE, rat(3)))
    end = step("identity", eq(at(jump.sum, ONE), ZERO))
    end = step("combination", le(at(jump.sum, ONE), HALF), end, positive, weights=(MINUS, ONE))
    end = step("sup_least", le(at(jump.sup, ONE), HALF), end)
    most = total(mul(TWO, SHARE))
    level = step("combination", le(most, TWO), step("identity", eq(most, TWO)), weights=(MINUS,))
    summable = step("sup_least", mk("bounded", most), level)
    goal = mk("one", ZERO, ONE, close_real(eq(jump.sup, HALF), "x"))
    return goal, (falls, start, end, step("sign", le(ZERO, ONE)), jump.dominated(), summable)
