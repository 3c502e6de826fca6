"""Floats and what their rounding lost: sums, products, quotients and logarithms in two parts, after Dekker and Knuth."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np

from focal_symbolic.numbers.balls import ball, precision, to_fraction
from focal_symbolic.numbers.floats.kinds import Array

__all__ = ["log_in_two", "log_of_rounded", "sum_of_logs", "two_product", "two_quotient", "two_sum", "two_total"]

CELLS = 128
"""Numbers between 1 and 2 whose logarithms are tabled."""


def log_of_rounded(value: Array, complement: Array) -> Array:
    """ln(value) = ln(1 - complement): the logarithm of the rounded value, put right by what the rounding lost."""
    return np.log(value) + ((1 - value) - complement) / value


@cache
def _logs() -> tuple[Array, Array]:
    """ln(k/CELLS) for k = 1 to 2 CELLS as sums of two floats, and 0 for k = 0."""
    with precision(200):
        exact = [Fraction(0), *(to_fraction(ball(Fraction(k, CELLS)).log()) for k in range(1, 2 * CELLS + 1))]
    high = list(map(float, exact))
    return np.array(high), np.array([float(one - Fraction(near)) for one, near in zip(exact, high, strict=True)])


def log_in_two(m: Array) -> tuple[Array, Array]:
    """ln m as a sum of two floats, for m in [1/2, 2], by arithmetic alone, which is the same on every processor.

    With k/CELLS near m it is ln(k/CELLS) + 2 artanh(s) for s = (m - k/CELLS)/(m + k/CELLS), and s^9 is nothing.
    """
    place = np.rint(m * CELLS)
    near = place / CELLS
    s, tail = two_quotient(m - near, 0.0, *two_sum(m, near, 0.0))
    square = s * s
    series = s * square * (1 / 3 + square * (1 / 5 + square / 7))
    high, low = (logs.take(place.astype(np.intp)) for logs in _logs())
    return two_sum(high, 2 * s, low + 2 * (tail + series))


def sum_of_logs(p: Array, q: Array, c: Array, lost: Array, gamma: Array) -> tuple[Array, Array]:
    """ln p - ln q + gamma ln(c (1 + lost)) as a sum of two floats: with logarithms near -690, one rounding is 1e-13.

    The binary exponents are added exactly before they are multiplied by ln 2, and what is multiplied by gamma has two parts.
    """
    (p, in_p), (q, in_q), (c, in_c) = map(_exponent, (p, q, c))
    high, low = two_sum(in_p - in_q, *two_product(gamma, in_c))
    log_2, rest_2 = (logs[-1] for logs in _logs())
    product, error = two_product(high, log_2)
    log_c, rest = log_in_two(c)
    power, beside = two_product(gamma, log_c)
    high, error = two_sum(product, power, error + high * rest_2 + low * log_2)
    return high, error + beside + gamma * (rest + lost) + np.log(p / q)


def _exponent(x: Array) -> tuple[Array, Array]:
    """(m, e) with x = m * 2**e and m in [sqrt(1/2), sqrt(2))."""
    m, e = np.frexp(x)
    small = m < np.sqrt(0.5)
    return np.where(small, 2 * m, m), (e - small).astype(np.float64)


def two_sum(a: Array, b: Array, low: Array | float) -> tuple[Array, Array]:
    """a + b + low as a float and its error (Knuth's two-sum, then low)."""
    high = a + b
    back = high - a
    return high, (a - (high - back)) + (b - back) + low


def two_product(a: Array, b: Array | float) -> tuple[Array, Array]:
    """a * b as a float and its error (Dekker's product)."""
    high = a * b
    a_high, b_high = (one * 134217729.0 - (one * 134217729.0 - one) for one in (a, b))
    a_low, b_low = a - a_high, b - b_high
    return high, ((a_high * b_high - high) + a_high * b_low + a_low * b_high) + a_low * b_low


def two_quotient(a: Array, a_low: Array | float, b: Array, b_low: Array | float) -> tuple[Array, Array]:
    """(a + a_low)/(b + b_low) as a float and its error."""
    high = a / b
    product, error = two_product(high, b)
    return high, (((a - product) - error) + (a_low - high * b_low)) / b


def two_total(values: Array, axis: int) -> tuple[Array, Array]:
    """The sum along an axis, which is kept, as a float and its error: the halves are added with their errors, and again."""
    high = np.moveaxis(values, axis, 0)
    low = np.zeros_like(high)
    while len(high) > 1:
        half, odd = divmod(len(high), 2)
        left, right, last = slice(half), slice(half, 2 * half), slice(2 * half, 2 * half + odd)
        upper, lower = two_sum(high[left], high[right], low[left] + low[right])
        high, low = np.concatenate([upper, high[last]]), np.concatenate([lower, low[last]])
    high, low = two_sum(high, low, 0.0)
    return np.moveaxis(high, 0, axis), np.moveaxis(low, 0, axis)
