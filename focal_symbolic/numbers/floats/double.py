"""Numbers in two floats, about 100 bits: sums, products, quotients, exponentials and logarithms of arrays of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from focal_symbolic.numbers.floats.kinds import Array
from focal_symbolic.numbers.floats.twofold import log_in_two, sum_of_logs, two_product, two_quotient, two_sum, two_total

__all__ = ["Double", "exp_of", "log_of", "log_of_one_plus", "where"]

LEAST = 745.0
"""Beyond, e^-x is 0."""
SMALL = 2.0**-20
"""Up to here ln(1 + x) is three terms of its series."""


class Double:
    """The unevaluated sum of two floats, high and low; what it is added to or multiplied by may be a float."""

    __slots__ = ("high", "low")
    __array_ufunc__ = None  # an array beside it leaves the arithmetic to it

    def __init__(self, high: Array, low: Array | None = None) -> None:
        self.high: Array = high
        self.low: Array = np.zeros_like(high) if low is None else low

    def __add__(self, other: Double | Array | float) -> Double:
        if not isinstance(other, Double):
            return _near(*two_sum(self.high, np.asarray(other, dtype=np.float64), self.low))
        return _near(*two_sum(self.high, other.high, self.low + other.low))

    def __mul__(self, other: Double | Array | float) -> Double:
        if not isinstance(other, Double):
            other = Double(np.asarray(other, dtype=np.float64))
        high, low = two_product(self.high, other.high)
        return _near(high, low + (self.high * other.low + self.low * other.high))

    def __truediv__(self, other: Double) -> Double:
        return Double(*two_quotient(self.high, self.low, other.high, other.low))

    def __pow__(self, exponent: int) -> Double:
        found = self
        for _ in range(exponent - 1):
            found = found * self
        return found

    def __neg__(self) -> Double:
        return Double(-self.high, -self.low)

    def __sub__(self, other: Double | Array | float) -> Double:
        return self + (-other)

    def __rsub__(self, other: Array | float) -> Double:
        return -self + other

    __radd__, __rmul__ = __add__, __mul__

    def rounded(self) -> Array:
        """The nearest float."""
        found: Array = self.high + self.low
        return found

    def total(self) -> Double:
        """The sum along the last axis, which is kept."""
        high, low = two_total(self.high, -1)
        return Double(high, low + self.low.sum(-1, keepdims=True))


def where(condition: NDArray[np.bool_], a: Double, b: Double) -> Double:
    """a where the condition holds, else b."""
    return Double(np.where(condition, a.high, b.high), np.where(condition, a.low, b.low))


def exp_of(x: Double) -> Double:
    """e^x for x <= 709, put right by the logarithm of what NumPy gives; 0 where that is 0."""
    power = np.exp(x.high)
    lost = power == 0
    rest = x - log_of(np.where(lost, 1.0, power))
    return Double(power, np.where(lost, 0.0, power * rest.rounded()))


def log_of(x: Array) -> Double:
    """ln x of floats above 0."""
    one = np.ones_like(x)
    return Double(*sum_of_logs(one, one, x, np.zeros_like(x), one))


def log_of_one_plus(x: Double) -> Double:
    """ln(1 + x) for 0 <= x <= 1."""
    near = np.minimum(x.high, SMALL)
    series = Double(x.high, x.low - near * near * (0.5 - near / 3) - near * x.low)
    whole = x + 1.0
    high, low = log_in_two(whole.high)
    return where(x.high < SMALL, series, Double(*two_sum(high, whole.low / whole.high, low)))


def _near(high: Array, low: Array) -> Double:
    """The same sum, its low part below the rounding of its high one."""
    total = high + low
    return Double(total, low - (total - high))
