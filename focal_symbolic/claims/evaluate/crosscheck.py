"""The second way: the same case and the same compiled goal in floating point, and whether Arb's balls hold what is found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flint import fmpq
from sympy import E, Expr, diff, oo, pi
from sympy.logic.boolalg import Boolean

from focal_symbolic import definitions
from focal_symbolic.claims.evaluate.compiler import Compiler, compiled
from focal_symbolic.claims.evaluate.libraries import MPFR, MPMATH, Library
from focal_symbolic.claims.evaluate.points import Decision, decided, start_bits
from focal_symbolic.claims.evaluate.views import (
    EXACT_BITS,
    FALSE,
    TRUE,
    UNKNOWN,
    BallView,
    Environment,
    Node,
    Undefined,
    Value,
    first_bits,
    infinite,
    whole,
)
from focal_symbolic.numbers.balls import Probability, precision
from focal_symbolic.numbers.minimizer import slope_inverse_ball

__all__ = ["FloatView", "cross_check", "decide_twice"]

NEWTON_STEPS = 4
"""From Arb's solution one is enough, another where its ball is wide."""


class _Pair:
    """A probability in floating point: the number, its complement and, when first asked for, its logarithm."""

    __slots__ = ("_log", "complement", "library", "q")

    def __init__(self, q: Any, complement: Any, library: Library) -> None:
        self.q, self.complement, self.library = q, complement, library
        self._log: Any = None

    @property
    def log(self) -> Any:
        if self._log is None:
            self._log = self.library.log1p(-self.complement) if 2 * self.q > 1 else self.library.log(self.q)
        return self._log


class FloatView(BallView):
    """The same environment and the same compiled goal in floating point, which shares no transcendental function with Arb."""

    sides_only = True
    library: Library

    @classmethod
    def of(cls, view: BallView, library: Library) -> FloatView:
        """The middle of every value of a ball view, to be computed with at the library's precision."""
        converted: dict[int, Value] = {}

        def convert(value: Value) -> Value:
            if type(value) is fmpq:
                return value
            if id(value) not in converted:
                converted[id(value)] = made.pair(value) if type(value) is Probability else library.middle(value)
            return converted[id(value)]

        made = cls({}, {}, dict(view.letters), view.dps)
        made.library, made.solved, made.endless = library, view.solved, view.endless
        made.numbers = {name: convert(value) for name, value in whole(view.numbers).items()}
        made.families = {name: tuple(map(convert, values)) for name, values in whole(view.families).items()}
        return made

    def pair(self, value: Probability) -> _Pair:
        return _Pair(self.library.middle(value.q), self.library.middle(value.complement), self.library)

    def widen(self, value: Value) -> Any:
        kind = type(value)
        if kind is fmpq:
            return self.library.number(int(value.p)) / int(value.q)
        return value.q if kind is _Pair else value

    def complement(self, value: Value) -> Value:
        return _Pair(value.complement, value.q, self.library) if type(value) is _Pair else 1 - value

    def finite(self, value: Any) -> bool:
        return bool(self.library.finite(value))

    def log(self, value: Value) -> Value:
        if type(value) is _Pair:
            return value.log
        if value <= 0:
            raise Undefined(f"{self.library.name} takes the logarithm of {value}")
        if type(value) is not fmpq:
            return self.library.log(value)
        near = abs(value - 1) < fmpq(1, 2)
        return self.library.log1p(self.widen(value - 1)) if near else self.library.log(self.widen(value))

    def log1p(self, value: Value) -> Value:
        wide = self.widen(value)
        return self.library.log1p(wide) if abs(wide) < 1 else self.log(1 + wide)

    def exp(self, value: Value) -> Value:
        return self.library.exp(self.widen(value))

    def power(self, base: Value, exponent: Value) -> Value:
        if type(exponent) is fmpq and exponent.q == 1:
            return self.integer_power(base, int(exponent.p))
        wide, e = self.widen(base), self.widen(exponent)
        if wide > 0 and type(base) in (fmpq, _Pair):
            return self.library.exp(e * self.log(base))
        if wide == 0 and e < 0:
            raise Undefined(f"{self.library.name} divides by 0")
        return wide**e

    def integer_power(self, base: Value, exponent: int) -> Value:
        if type(base) is fmpq and (base != 0 or exponent >= 0) and base.height_bits() * abs(exponent) < EXACT_BITS:
            return base**exponent
        wide = self.widen(base)
        if wide == 0 and exponent < 0:
            raise Undefined(f"{self.library.name} divides by 0")
        return wide**exponent

    def unbounded(self, values: Sequence[Value], total: Any) -> Any:
        return total

    def extreme(self, values: list[Value], largest: bool) -> Value:
        return (max if largest else min)(values, key=self.widen)

    def constant(self, name: Expr) -> Value:
        if name in (oo, -oo):
            return self.library.number("inf" if name == oo else "-inf")
        return {pi: self.library.pi, E: self.library.exp(self.library.number(1))}[name]

    def absolute(self, value: Value) -> Value:
        return abs(self.widen(value))

    def endless_sum(self, kind: str, families: Sequence[str], numbers: Sequence[Value]) -> Value:
        """Arb's: the sums without end are computed once, and what is made of them twice."""
        arbs = BallView({}, {}, {}, self.dps)
        arbs.endless = self.endless
        with precision(self.library.bits):
            given = [a if type(a) is fmpq else self.library.ball(self.widen(a)) for a in numbers]
            found = arbs.endless_sum(kind, families, given)
        return found if type(found) is fmpq else self.library.middle(found)

    def slope_inverse(self, y: Value, gamma: Value) -> Value:
        """Arb's solution after Newton steps of the library's, which would move it if it were wrong."""
        found = self.solved.get((self.near(y), self.near(gamma)))
        y, gamma = self.widen(y), self.widen(gamma)
        if found is None:
            found = slope_inverse_ball(self.library.ball(y), self.library.ball(gamma))
        at = self.pair(found)
        value, derivative = _slope_and_derivative()
        small = self.library.scaled(1, -self.library.bits // 2)
        for _ in range(NEWTON_STEPS):
            view = self.child("x", at)
            view.numbers["gamma"] = gamma
            step = (self.widen(value(view)) - y) / self.widen(derivative(view))
            at = _Pair(at.q - step, at.complement + step, self.library)
            if abs(step) < small * min(at.q, at.complement):
                break
        return at

    def near(self, value: Value) -> Any:
        if type(value) is fmpq:
            return value
        wide = self.widen(value)
        return first_bits(*self.library.parts(wide)) if self.finite(wide) else str(wide)

    def order(self, a: Value, b: Value) -> tuple[int | None, Value]:
        x, y = self.widen(a), self.widen(b)
        return (TRUE if x < y else FALSE if x > y else None if x == y else UNKNOWN), y - x

    def relative(self, d: Value, a: Value, b: Value) -> None:
        return None

    def agreement(self, d: Any, scale: Any) -> int | None:
        return self.dps if abs(d) < abs(scale) * self.library.number(10) ** -self.dps else None


@lru_cache(maxsize=1)
def _slope_and_derivative() -> tuple[Node, Node]:
    slope = definitions.slope(definitions.x, definitions.gamma)
    compiler = Compiler()
    return compiler.expression(slope), compiler.expression(diff(slope, definitions.x))


def cross_check(goal: Boolean, environment: Environment, dps: int = 50, bits: int | None = None) -> str | None:
    """Whether MPFR finds each compared side in Arb's ball, widened by 10^(2-dps) of its size; a sentence if not.

    Statement: the two sides of every relation that is evaluated are computed a second time from the same exact case by MPFR,
        and by mpmath where they go beyond MPFR's exponents; a side on which they differ is tried again with more bits before
        it is called a disagreement.
    """
    bits = bits or start_bits(dps)
    with precision(bits):
        view = environment.view(bits, dps)
        view.sides = {}
        compiled(goal)(view)
    return _second(goal, view, bits, dps)


def decide_twice(goal: Boolean, environment: Environment, dps: int = 50) -> tuple[Decision, str | None]:
    """The truth of a statement by balls, and `cross_check` of it if it is true: the sides are those by which it was decided."""
    decision, view = decided(goal, environment, dps, sides=True)
    if decision.value <= 0:
        return decision, None
    if type(view) is not BallView:  # its values are no numbers
        return decision, cross_check(goal, environment, dps, decision.bits)
    return decision, _second(goal, view, decision.bits, dps)


def _second(goal: Boolean, view: BallView, bits: int, dps: int) -> str | None:
    """What the second way has to say of the sides in a view."""
    complaint = None
    for working in (bits + 64, 4 * bits, 16 * bits):
        try:
            complaint = _complaint(goal, view, working, dps, MPFR)
        except _Beyond:
            complaint = _complaint(goal, view, working, dps, MPMATH)
        if complaint is None:
            return None
    return complaint


class _Beyond(Exception):
    """Numbers that are too large or too small for the library."""


def _complaint(goal: Boolean, view: BallView, bits: int, dps: int, library: Library) -> str | None:
    """What a library has to say with so many bits. Raises _Beyond where its numbers do not go so far."""
    with precision(bits), library.at(bits):
        other = FloatView.of(view, library)
        other.sides = {}
        try:
            compiled(goal)(other)
            told = _disagreement(view, other, dps)
        except Undefined as error:  # a difference that is lost at this precision
            told = str(error)
        if library.beyond:
            raise _Beyond
        return told


def _disagreement(view: BallView, other: FloatView, dps: int) -> str | None:
    ours, others = view.sides or {}, other.sides or {}
    both = [key for key in ours if key in others]
    if not both and ours:
        return f"{other.library.name} evaluates none of the sides that Arb does"
    margin = fmpq(1, 10 ** max(dps - 2, 1))
    for key in both:
        mine, theirs = view.widen(ours[key]), other.library.ball(other.widen(others[key]))
        if not mine.is_finite():
            if infinite(mine) and not (infinite(theirs) and (mine > 0) == (theirs > 0)):
                return f"Arb has {mine.str(10)} and {other.library.name} {theirs.str(10)}"
            continue
        if not abs(theirs - mine.mid()) <= mine.rad() + mine.abs_upper() * margin:
            (relation, letters), side = key
            at = ", ".join(f"{name}={letter}" for name, letter in letters)
            return f"side {side + 1} of {relation} {at}: Arb has {mine.str(15)} and {other.library.name} {theirs.str(15)}"
    return None
