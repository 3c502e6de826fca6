"""A statement over a whole box: the view whose numbers are intervals, and the cutting of a box until every piece is decided."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpq
from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate.compiler import ball_value, compiled
from focal_symbolic.claims.evaluate.views import FALSE, TRUE, UNKNOWN, BallView, Inequality, Node, Value, from_zero
from focal_symbolic.numbers.balls import ZERO, Probability, precision, to_fmpq, to_fraction

__all__ = ["BoxView", "Cover", "enclose_box"]

_WIDE = arb((1, -6))
"""Relative to its midpoint, the radius from which the ends of a ball are worth the trouble."""
_NARROW_BITS = 9
"""Bits that only a ball of a smaller radius has."""


class BoxView(BallView):
    """A view whose numbers range over intervals: products and reciprocals from the ends, which keep their sign.

    Arb's own product of two wide positive balls reaches below 0. `middle` is the view at the middle of the box, `reach` how
    far each number goes from there; with them an inequality near its zero is decided by the mean value theorem.
    """

    middle: BallView
    ends: dict[str, tuple[fmpq, fmpq]]
    reach: dict[str, arb]

    @classmethod
    def over(cls, numbers: dict[str, Value], middle: BallView, ends: dict[str, tuple[fmpq, fmpq]]) -> BoxView:
        """The view of a box, from its hulls, the view at its middle and its ends."""
        view = cls(numbers, {}, {}, middle.dps)
        view.middle, view.ends = middle, ends
        view.reach = {name: view.widen(value) - view.widen(middle.numbers[name]) for name, value in numbers.items()}
        return view

    def mul(self, values: Sequence[Value]) -> Value:
        product = values[0]
        for value in values[1:]:
            if type(product) is fmpq or type(value) is fmpq:
                product = super().mul((product, value))
            else:
                product = self.times(self.widen(product), self.widen(value))
        return product

    def times(self, a: arb, b: arb) -> arb:
        if not (_wide(a) and _wide(b)):
            return a * b
        negative = (a < 0) != (b < 0)
        a, b = abs(a), abs(b)
        product = (a.lower() * b.lower()).union(a.upper() * b.upper())
        return -product if negative else product

    def wide_power(self, base: arb, exponent: int) -> arb:
        if not _wide(base):
            return super().wide_power(base, exponent)
        ends = super().wide_power(base.lower(), exponent), super().wide_power(base.upper(), exponent)
        return ends[0].union(ends[1])

    def closer(self, inequality: Inequality) -> int:
        factored, gradient = inequality.rearranged()
        d = self.widen(factored(self))
        if d > 0 or d < 0:
            return TRUE if d > 0 else FALSE
        if gradient is None or gradient.keys() - self.reach.keys():
            return UNKNOWN
        return self.sign_of_difference(inequality.smaller, inequality.larger, gradient)

    def sign_of_difference(self, smaller: Node, larger: Node, gradient: dict[str, Node]) -> int:
        """The sign of larger - smaller on the whole box, by its derivatives over the box.

        Where it is monotone in a number, that number goes to the end at which it is least (greatest); in the others the
        mean value theorem adds the derivative times the way from the middle.
        """
        slopes = {name: self.widen(derivative(self)) for name, derivative in gradient.items()}
        parts = {name: slope * self.reach[name] for name, slope in slopes.items()}
        centre = self.widen(self.middle.difference(smaller(self.middle), larger(self.middle)))
        around = sum(parts.values(), centre)
        for sign in (TRUE, FALSE):
            if around * sign > 0:
                return sign
            if not centre * sign > 0:
                continue
            steady = {name: slope * sign > 0 for name, slope in slopes.items() if slope > 0 or slope < 0}
            if steady:
                ends = {name: self.ends[name][0 if rises else 1] for name, rises in steady.items()}
                face = BoxView.over({**self.numbers, **ends}, self.middle, self.ends)
                if face.widen(face.difference(smaller(face), larger(face))) * sign > 0:
                    return sign
        return UNKNOWN


def _wide(value: arb) -> bool:
    """Whether a ball has one sign and is wide."""
    if value.rel_accuracy_bits() > _NARROW_BITS:  # soon told
        return False
    return value.is_finite() and not value.contains(ZERO) and bool(value.rad() > abs(value.mid()) * _WIDE)


# ------------------------------------------------------------------------------------------------- covering


@dataclass(frozen=True)
class Cover:
    """The truth of a statement over a whole box: +1 with every piece proved, -1 with a point or piece, 0 where it stuck."""

    value: int
    pieces: int
    where: str


Piece = tuple[tuple[Fraction, Fraction], ...]


def enclose_box(goal: Boolean, box: Sequence[tuple[Symbol, Expr, Expr]], bits: int = 128, limit: int = 30_000) -> Cover:
    """Decide a statement on the whole of a compact box by balls.

    Statement: the box is cut at its relatively widest side (at a power of 2, where it spans several) until each piece is
        proved by balls that hold all of it. A piece, or the middle of one, on which the statement is false refutes it.
        After `limit` pieces it is undecided.
    Raises: Undefined if the statement makes no sense on a piece.
    """
    test = compiled(goal)
    names = [symbol.name for symbol, _, _ in box]
    with precision(bits):
        whole = tuple((_outward(low, down=True), _outward(high, down=False)) for _, low, high in box)
        unit = [low >= 0 and high <= 1 for low, high in whole]
        queue: deque[Piece] = deque([whole])
        proved = tried = 0
        while queue:
            piece = queue.popleft()
            tried += 1
            values = {name: _hull(*ends, is_unit) for name, ends, is_unit in zip(names, piece, unit, strict=True)}
            middle = {name: to_fmpq((low + high) / 2) for name, (low, high) in zip(names, piece, strict=True)}
            centre = BallView(middle, {}, {}, 15)
            ends = {name: (to_fmpq(low), to_fmpq(high)) for name, (low, high) in zip(names, piece, strict=True)}
            view = BoxView.over(values, centre, ends)
            verdict = test(view)
            if verdict.value == TRUE:
                proved += 1
                continue
            if verdict.value == FALSE:
                return Cover(FALSE, tried, f"false on {_tell(names, piece)}")
            if test(centre).value == FALSE:
                return Cover(FALSE, tried, "false at " + ", ".join(f"{name}={at}" for name, at in middle.items()))
            if tried >= limit or all(low == high for low, high in piece):
                return Cover(UNKNOWN, tried, f"undecided on {_tell(names, piece)} after {tried} pieces")
            queue.extend(_halves(piece, unit))
    return Cover(TRUE, proved, "")


def _tell(names: list[str], piece: Piece) -> str:
    return ", ".join(f"{name} in [{low}, {high}]" for name, (low, high) in zip(names, piece, strict=True))


def _outward(end: Expr, down: bool) -> Fraction:
    """An end of an interval as a rational, rounded outward if it is none."""
    value = ball_value(end, BallView({}, {}, {}, 15))
    if type(value) is fmpq:
        return to_fraction(value)
    return to_fraction(value.lower() if down else value.upper())


def _hull(low: Fraction, high: Fraction, unit: bool) -> Value:
    """The ball of an interval; inside [0, 1] with the complement and the logarithms from its ends."""
    if low == high:
        return to_fmpq(low)
    if not unit:
        return _between(low, high)
    hull = Probability(_between(low, high), _between(1 - high, 1 - low))
    if low > 0:
        hull._log = _EVER, _log_ends(low, high)
    if high < 1:
        hull._log_complement = _EVER, _log_ends(1 - high, 1 - low)
    return hull


_EVER = 1 << 60
"""A precision at which logarithms taken from the ends of an interval are never taken again."""


def _log_ends(low: Fraction, high: Fraction) -> arb:
    view = BallView({}, {}, {}, 15)
    return view.widen(view.log(to_fmpq(low))).union(view.widen(view.log(to_fmpq(high))))


def _between(low: Fraction, high: Fraction) -> arb:
    return from_zero(arb(to_fmpq(high))) if low == 0 else arb(to_fmpq(low)).union(arb(to_fmpq(high)))


def _halves(piece: Piece, unit: list[bool]) -> tuple[Piece, Piece]:
    widths = [_octaves(low, high, is_unit) for (low, high), is_unit in zip(piece, unit, strict=True)]
    place = max(range(len(piece)), key=widths.__getitem__)
    low, high = piece[place]
    cut = _cut(low, high, unit[place])
    left, right = list(piece), list(piece)
    left[place], right[place] = (low, cut), (cut, high)
    return tuple(left), tuple(right)


def _octaves(low: Fraction, high: Fraction, unit: bool) -> float:
    """How wide an interval is: near enough the powers of 2 that it spans, toward 0 and, for probabilities, toward 1."""
    width = _ratio(low, high) if low > 0 else float(high - low)
    return max(width, _ratio(1 - high, 1 - low)) if unit and high < 1 else width


def _ratio(low: Fraction, high: Fraction) -> float:
    ratio = high / low
    return float(ratio - 1) if ratio < 2 else float(ratio.numerator.bit_length() - ratio.denominator.bit_length())


def _cut(low: Fraction, high: Fraction, unit: bool) -> Fraction:
    if unit and high < 1 and (1 - low) > 4 * (1 - high) and (low == 0 or (1 - low) / (1 - high) > high / low):
        return 1 - _cut(1 - high, 1 - low, unit=False)
    if low > 0 and high > 4 * low:
        return Fraction(2) ** ((_exponent(low) + _exponent(high)) // 2) if high > 16 * low else 2 * low
    return (low + high) / 2


def _exponent(value: Fraction) -> int:
    return value.numerator.bit_length() - value.denominator.bit_length()
