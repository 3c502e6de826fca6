"""The second way: the same case and the same compiled goal in mpmath, and whether Arb's balls hold what mpmath finds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import mpmath
from flint import arb, fmpq
from sympy import E, Expr, diff, oo, pi
from sympy.logic.boolalg import Boolean

from focal_symbolic import definitions
from focal_symbolic.claims.evaluate.compiler import Compiler, compiled
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
)
from focal_symbolic.numbers.balls import precision, to_mpf
from focal_symbolic.numbers.minimizer import slope_inverse_ball

__all__ = ["MpView", "cross_check", "decide_twice"]

NEWTON_STEPS = 4
"""From Arb's solution one is enough, another where its ball is wide."""
_context = mpmath.MPContext()
"""mpmath's own context for this module; nobody else's precision is touched."""


class _Pair:
    """A probability in mpmath: the number, its complement and, when asked for, its logarithm."""

    __slots__ = ("complement", "context", "q")

    def __init__(self, q: Any, complement: Any, context: Any) -> None:
        self.q, self.complement, self.context = q, complement, context

    @property
    def log(self) -> Any:
        return self.context.log1p(-self.complement) if 2 * self.q > 1 else self.context.log(self.q)


class MpView(BallView):
    """The same environment and the same compiled goal in mpmath: the second way, which shares no transcendental function."""

    sides_only = True

    @classmethod
    def of(cls, view: BallView, bits: int) -> MpView:
        """The middle of every value of a ball view, to be computed with at `bits` bits."""
        _context.prec = bits
        converted: dict[int, Value] = {}

        def convert(value: Value) -> Value:
            if type(value) is fmpq:
                return value
            if id(value) not in converted:
                middle = _middle(value) if type(value) is arb else None
                converted[id(value)] = (
                    _Pair(_middle(value.q), _middle(value.complement), _context) if middle is None else middle
                )
            return converted[id(value)]

        numbers = {name: convert(value) for name, value in view.numbers.items()}
        families = {name: tuple(map(convert, values)) for name, values in view.families.items()}
        made = cls(numbers, families, dict(view.letters), view.dps)
        made.solved, made.endless = view.solved, view.endless
        return made

    def widen(self, value: Value) -> Any:
        kind = type(value)
        if kind is fmpq:
            return _context.mpf(int(value.p)) / int(value.q)
        return value.q if kind is _Pair else value

    def complement(self, value: Value) -> Value:
        return _Pair(value.complement, value.q, _context) if type(value) is _Pair else 1 - value

    def finite(self, value: Any) -> bool:
        return bool(_context.isfinite(value))

    def log(self, value: Value) -> Value:
        if type(value) is _Pair:
            return value.log
        if value <= 0:
            raise Undefined(f"mpmath takes the logarithm of {value}")
        if type(value) is not fmpq:
            return _context.log(value)
        near = abs(value - 1) < fmpq(1, 2)
        return _context.log1p(self.widen(value - 1)) if near else _context.log(self.widen(value))

    def log1p(self, value: Value) -> Value:
        wide = self.widen(value)
        return _context.log1p(wide) if abs(wide) < 1 else self.log(1 + wide)

    def exp(self, value: Value) -> Value:
        return _context.exp(self.widen(value))

    def power(self, base: Value, exponent: Value) -> Value:
        wide, e = self.widen(base), self.widen(exponent)
        if wide > 0 and type(base) is not _context.mpf:
            return _context.exp(e * self.log(base))
        if wide == 0 and e < 0:
            raise Undefined("mpmath divides by 0")
        return wide**e

    def integer_power(self, base: Value, exponent: int) -> Value:
        if type(base) is fmpq and base != 0 and base.height_bits() * abs(exponent) < EXACT_BITS:
            return base**exponent
        return self.power(base, fmpq(exponent))

    def unbounded(self, values: Sequence[Value], total: Any) -> Any:
        return total

    def extreme(self, values: list[Value], largest: bool) -> Value:
        return (max if largest else min)(values, key=self.widen)

    def constant(self, name: Expr) -> Value:
        return {pi: +_context.pi, E: +_context.e, oo: _context.inf, -oo: -_context.inf}[name]

    def absolute(self, value: Value) -> Value:
        return abs(self.widen(value))

    def endless_sum(self, kind: str, families: Sequence[str], numbers: Sequence[Value]) -> Value:
        """Arb's: the sums without end are computed once, and what is made of them twice."""
        with precision(_context.prec):
            arbs = BallView({}, {}, {}, self.dps)
            arbs.endless = self.endless
            found = arbs.endless_sum(kind, families, [a if type(a) is fmpq else _exact_ball(self.widen(a)) for a in numbers])
        return found if type(found) is fmpq else _middle(found)

    def slope_inverse(self, y: Value, gamma: Value) -> Value:
        """Arb's solution after Newton steps of mpmath's, which would move it if it were wrong."""
        found = self.solved.get((self.near(y), self.near(gamma)))
        y, gamma = self.widen(y), self.widen(gamma)
        if found is None:
            with precision(_context.prec):
                found = slope_inverse_ball(_exact_ball(y), _exact_ball(gamma))
        at = _Pair(_middle(found.q), _middle(found.complement), _context)
        value, derivative = _slope_and_derivative()
        small = _context.ldexp(1, -_context.prec // 2)
        for _ in range(NEWTON_STEPS):
            view = self.child("x", at)
            view.numbers["gamma"] = gamma
            step = (self.widen(value(view)) - y) / self.widen(derivative(view))
            at = _Pair(at.q - step, at.complement + step, _context)
            if abs(step) < small * min(at.q, at.complement):
                break
        return at

    def near(self, value: Value) -> Any:
        if type(value) is fmpq:
            return value
        sign, man, exponent, _ = self.widen(value)._mpf_
        return first_bits(-int(man) if sign else int(man), int(exponent))

    def order(self, a: Value, b: Value) -> tuple[int | None, Value]:
        x, y = self.widen(a), self.widen(b)
        return (TRUE if x < y else FALSE if x > y else None if x == y else UNKNOWN), y - x

    def relative(self, d: Value, a: Value, b: Value) -> None:
        return None

    def agreement(self, d: Any, scale: Any) -> int | None:
        return self.dps if abs(d) < abs(scale) * _context.mpf(10) ** -self.dps else None


def _middle(value: arb) -> Any:
    if not value.is_finite():
        return _context.mpf(to_mpf(value))
    man, exponent = value.mid().man_exp()
    return _context.ldexp(_context.mpf(int(man)), int(exponent))


def _exact_ball(value: Any) -> arb:
    sign, man, exponent, size = value._mpf_
    if not man:
        return arb(0) if not exponent else arb.nan() if size == -1 else arb.neg_inf() if sign else arb.pos_inf()
    return arb((-int(man) if sign else int(man), int(exponent)))


@lru_cache(maxsize=1)
def _slope_and_derivative() -> tuple[Node, Node]:
    slope = definitions.slope(definitions.x, definitions.gamma)
    compiler = Compiler()
    return compiler.expression(slope), compiler.expression(diff(slope, definitions.x))


def cross_check(goal: Boolean, environment: Environment, dps: int = 50, bits: int | None = None) -> str | None:
    """Whether mpmath finds each compared side in Arb's ball, widened by 10^(2-dps) of its size; a sentence if not.

    Statement: the two sides of every relation that is evaluated are computed a second time by mpmath from the same exact
        case; a side on which they differ is tried again with more bits before it is called a disagreement.
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
    """What mpmath has to say of the sides in a view."""
    test, complaint = compiled(goal), None
    for working in (bits + 64, 4 * bits, 16 * bits):
        with precision(working):
            other = MpView.of(view, working)
            other.sides = {}
            try:
                test(other)
            except Undefined as error:  # a difference that is lost at this precision
                complaint = str(error)
                continue
            complaint = _disagreement(view, other, dps)
        if complaint is None:
            return None
    return complaint


def _disagreement(view: BallView, other: MpView, dps: int) -> str | None:
    ours, others = view.sides or {}, other.sides or {}
    both = [key for key in ours if key in others]
    if not both and ours:
        return "mpmath evaluates none of the sides that Arb does"
    margin = fmpq(1, 10 ** max(dps - 2, 1))
    for key in both:
        mine, theirs = view.widen(ours[key]), _exact_ball(_context.mpf(other.widen(others[key])))
        if not mine.is_finite():
            if infinite(mine) and not (infinite(theirs) and (mine > 0) == (theirs > 0)):
                return f"Arb has {mine.str(10)} and mpmath {theirs.str(10)}"
            continue
        if not abs(theirs - mine.mid()) <= mine.rad() + mine.abs_upper() * margin:
            (relation, letters), side = key
            at = ", ".join(f"{name}={letter}" for name, letter in letters)
            return f"side {side + 1} of {relation} {at}: Arb has {mine.str(15)} and mpmath {theirs.str(15)}"
    return None
