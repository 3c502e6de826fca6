"""A real number in an interval, whose ends may be formulas in other variables."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sympy
from flint import arb, fmpq
from sympy import Expr, Rational, Symbol, oo, sympify
from sympy.core.relational import Ge, Gt, Le, Lt
from sympy.logic.boolalg import Boolean

from focal_symbolic import definitions
from focal_symbolic.claims.evaluate import Environment, Undefined, ball_value
from focal_symbolic.claims.printing import line
from focal_symbolic.claims.variables.kind import GAMMAS, Case, Interval, Variable
from focal_symbolic.numbers.balls import precision, to_fraction

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Number", "number"]

TINY, SMALL = Fraction(1, 10**300), Fraction(1, 10**30)
UNITS = (
    Fraction(1, 2),
    Fraction(1, 10),
    Fraction(9, 10),
    Fraction(7, 19),
    SMALL,
    1 - SMALL,
    TINY,
    1 - Fraction(1, 2**40),
    Fraction(1, 2**40),
    Fraction(3, 10),
    1 - TINY,
    Fraction(2, 3),
)
"""Where in an interval of length 1 a hard number lies."""
Ends = tuple[Fraction | None, Fraction | None, bool, bool]
_ROOM, _STEP, _FAR = Rational(1, 1000), Rational(1, 10), sympify(6)


@dataclass(frozen=True)
class Number(Variable):
    """A real variable in an interval."""

    symbol: Symbol
    low: Expr = -oo
    high: Expr = oo
    low_open: bool = False
    high_open: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.symbol.name,)

    @cached_property
    def needs(self) -> frozenset[str]:
        return frozenset(map(str, sympify(self.low).free_symbols | sympify(self.high).free_symbols))

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        low, high = sympify(self.low), sympify(self.high)
        bounds = []
        if low != -oo:
            bounds.append((Gt if self.low_open else Ge)(self.symbol, low))
        if high != oo:
            bounds.append((Lt if self.high_open else Le)(self.symbol, high))
        return tuple(bounds)

    @property
    def like(self) -> Hashable:
        return None if self.needs else (self.low, self.high, self.low_open, self.high_open)

    def ends(self, environment: Environment) -> Ends | None:
        """The ends of the interval (None for none) and whether each is left out; irrational ends are moved inside.

        None where an end is no number in this case.
        """
        try:
            return self._ends(environment) if self.needs else self._always
        except Undefined:
            return None

    @cached_property
    def _always(self) -> Ends:
        return self._ends(Environment())

    def _ends(self, environment: Environment) -> Ends:
        ends: list[tuple[Fraction | None, bool]] = []
        low, high = sympify(self.low), sympify(self.high)
        for end, is_open, inward in ((low, self.low_open, True), (high, self.high_open, False)):
            if end in (oo, -oo):
                ends.append((None, True))
                continue
            with precision(256):
                value = ball_value(end, environment.view(256, 50))
                if type(value) is fmpq:
                    ends.append((to_fraction(value), is_open))
                else:
                    wide = value if type(value) is arb else value.q
                    ends.append((to_fraction(wide.upper() if inward else wide.lower()), False))
        (least, least_open), (most, most_open) = ends
        return least, most, least_open, most_open

    def options(self, case: Case) -> Sequence[Fraction]:
        ends = self.ends(case.environment)
        if ends is None:
            return []
        low, high, low_open, high_open = ends
        if low is not None and high is not None:
            pool = [low + (high - low) * unit for unit in UNITS] + [low, high]
        elif low is not None:
            pool = [*GAMMAS, *(low + gamma for gamma in GAMMAS), *(() if self.symbol == definitions.gamma else UNITS)]
        elif high is not None:
            pool = [high - gamma for gamma in GAMMAS]
        else:
            pool = [*GAMMAS, *(-gamma for gamma in GAMMAS)]
        fit = [value for value in pool if _inside(value, low, high, low_open, high_open)]
        return list(dict.fromkeys(fit))

    def drawn(self, chance: Chance, case: Case) -> Fraction:
        ends = self.ends(case.environment)
        if ends is None:
            return chance.drop()
        others = [] if self.needs else self.others(case)
        if others and chance.integer(0, 15) == 15:
            return chance.one_of(others)
        low, high, low_open, high_open = ends
        least, most = case.gammas
        if low is None:
            size = chance.gamma(least, most)
            return size * chance.one_of((1, -1)) if high is None else high - size
        if high is not None:
            chance.unless(low > high or (low == high and (low_open or high_open)))
            # An end that belongs to the interval is drawn now and then, one that does not never.
            unit = chance.probability(closed=not (low_open or high_open))
            if not low_open and high_open and chance.integer(0, 9) == 9:
                unit = Fraction(0)
            if low_open and not high_open and chance.integer(0, 9) == 9:
                unit = Fraction(1)
            return low + (high - low) * unit
        if low == 0 and self.high == oo:
            return Fraction(0) if not low_open and chance.integer(0, 15) == 15 else chance.gamma(least, most)
        return low + chance.gamma(least, max(most - low, least))

    def others(self, case: Case) -> list[Fraction]:
        """The values of the numbers drawn before it from the same interval: now and then it ties with one."""
        known = case.environment.numbers
        alike = (v.names[0] for v in case.variables if v is not self and v.like == self.like)
        return [known[name] for name in alike if name in known]

    def put(self, environment: Environment, value: Fraction) -> None:
        environment.numbers[self.symbol.name] = value

    @property
    def box(self) -> Interval | None:
        """A thousandth from open ends, and from a tenth to 6 beyond the end of a half-line."""
        if self.low == -oo:
            return None
        if self.high == oo:
            return self.symbol, self.low + _STEP if self.low_open else self.low, self.low + _FAR
        low = self.low + _ROOM if self.low_open else self.low
        return self.symbol, low, self.high - _ROOM if self.high_open else self.high

    @property
    def words(self) -> str:
        bounds = self.assumptions
        if len(bounds) == 2:
            left, right = "(" if self.low_open else "[", ")" if self.high_open else "]"
            return f"{line(self.symbol)} ∈ {left}{line(self.low)}, {line(self.high)}{right}"
        return super().words if bounds else f"{line(self.symbol)} real"


def _inside(value: Fraction, low: Fraction | None, high: Fraction | None, low_open: bool, high_open: bool) -> bool:
    above = low is None or value > low or (value == low and not low_open)
    return above and (high is None or value < high or (value == high and not high_open))


def number(symbol: Any, interval: sympy.Interval) -> Number:
    """A number in an interval: a page writes the interval itself."""
    low_open, high_open = bool(interval.left_open), bool(interval.right_open)
    low, high = interval.start, interval.end
    return Number(symbol, low, high, low_open and low != -oo, high_open and high != oo)
