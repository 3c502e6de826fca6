"""The minimizer and its relatives in float64, for arrays of shape (..., n) with the classes along the last axis.

Accurate to about 1e-13 in every class, down to p = 1e-300, checked against the certified solver in the tests. NumPy's
functions are compiled from the definitions. Rows are worked in blocks that fit the cache. The heaviest class of a row
is held out: what the others leave of 1 is its complement, known to full relative accuracy.

Newton starts from a table of the inverse slope in (gamma, ln phi) and so needs few steps, at most `MAX_STEPS` a row.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sympy import Add, Expr, Poly, Symbol, cancel, collect, diff, expand_mul, factor, horner, lambdify, log

from focal_symbolic import definitions
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.balls import ball, precision, to_fraction

__all__ = ["ArrayMinimizer", "along", "amplification_band", "data_distribution", "focal_entropy", "gain", "minimizer"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

MAX_STEPS = 6
"""Newton steps that a row may take from its start; the tests hold every row to it."""
BLOCK = 32_768
"""Numbers worked on at a time: 256 kB an array, so that a step stays in the cache."""
CLOSE = 0.05
"""How near ln lambda must be before Newton begins, as a logarithm of what the classes but one sum to."""
GENTLE = 16.0
"""Up to this gamma the rounding of 1 - q is harmless in gamma ln(1 - q)."""
LONG = 8192
"""A row of more classes starts from the same problem with its classes gathered."""
SHORT = 128
"""Rows of at most so many classes are worked across."""
SETTLED = 1.2e-7
"""Relative change in a Newton step after which the next is nothing: about half its square, whatever gamma."""
SETTLED_CUBIC = 2e-5
"""The same for a step of order 3."""
NEAR = 0.2
"""`CLOSE` for steps of order 3."""


class ArrayMinimizer(NamedTuple):
    """Minimizers along the last axis, with 1 - q to the same relative accuracy, and ln lambda for each row."""

    q: Array
    complement: Array
    log_multiplier: Array


# ------------------------------------------------------------------------------------------------- formulas


@dataclass(frozen=True)
class _Formulas:
    """Functions of floats, NumPy arrays or balls; odds = x/(1 - x), and lift = gain/(1 - x)^gamma - 1, which is gamma s(x).

    elasticity = -d ln phi / d ln x > 0, its inverse is the ease, and bend = 1 - d ln(elasticity) / d ln x. `ease` and `curve`
    have for `of_gamma` the numbers that depend on gamma alone, which are to be computed once for all classes.
    """

    lift: Callable[..., Any]
    """(gamma, odds, ln x)"""
    stiffness: Callable[..., Any]
    """(gamma, odds, lift) -> elasticity * (1 + lift)"""
    of_gamma: Callable[..., Any]
    """(gamma)"""
    ease: Callable[..., Any]
    """(*of_gamma, odds, lift)"""
    curve: Callable[..., Any]
    """(*of_gamma, odds, lift) -> (ease, bend), for the second-order term where phi is inverted"""
    all: Callable[..., Any]
    """(*of_gamma, x, 1 - x, ln x, ln(1 - x)) -> (ln phi, ease, bend), of floats"""
    loss: Callable[..., Any]
    """(gamma, 1 - x, ln x)"""


@cache
def formulas() -> _Formulas:
    """The formulas of a step, from the definitions; after rewriting, each is a sum of terms of one sign for gamma >= 1."""
    x, gamma = definitions.x, definitions.gamma
    odds, lift, log_x, complement, log_c = map(Symbol, ("odds", "lift", "log_x", "complement", "log_c"))
    power, of_odds = (1 - x) ** gamma, {x: odds / (1 + odds), 1 - x: 1 / (1 + odds), log(x): log_x}
    slope = definitions.slope(x, gamma)
    above, reduced, derivative = (
        Add(*(term / power for term in Add.make_args(each))).xreplace(of_odds)
        for each in (definitions.gain(x, gamma) - power, slope, diff(slope, x))
    )
    log_of_lift = {log_x: -lift / (gamma * odds)}
    elasticity = (-of_odds[x] * derivative / reduced).xreplace(log_of_lift)
    stiffness = cancel(elasticity * (1 + lift))
    # stiffness - 1 as a polynomial, each coefficient a name
    known: dict[Expr, Symbol] = {gamma: gamma}
    names = [
        (odds**i * lift**j, known.setdefault(coefficient, Symbol(f"g{len(known)}")))
        for (i, j), coefficient in Poly(stiffness - 1, odds, lift).terms()
    ]
    strain = horner(Add(*(term * name for term, name in names)), odds)
    # d odds / d ln x, and d lift / d ln x, in which ln x is written as lift again
    odds_slope = factor(cancel((x * diff(x / (1 - x), x)).subs(x, odds / (1 + odds))))
    lift_slope = cancel((diff(above, odds) * odds_slope + diff(above, log_x)).xreplace(log_of_lift))
    raised, strained, eased, lifted = (Symbol(name) for name in ("raised", "strained", "eased", "lifted"))
    stretch = cancel(diff(strain, odds) * odds / strain) * strained * (odds_slope / odds) + diff(strain, lift) * lifted
    steps = [(raised, 1 + lift), (strained, strain), (eased, raised / (1 + strained)), (lifted, collect(lift_slope, lift))]
    bend = 1 + (lifted - expand_mul(eased * stretch, deep=False)) / raised  # each term as small as it is, for odds of 1e300
    loss = definitions.loss(x, gamma).xreplace({1 - x: complement}).xreplace({log(x): log_x})
    return _Formulas(
        lambdify([gamma, odds, log_x], cancel(above)),
        lambdify([gamma, odds, lift], horner(stiffness, odds)),
        lambdify([gamma], tuple(known)),
        lambdify([*known.values(), odds, lift], eased, cse=lambda _: (steps[:3], eased)),
        lambdify([*known.values(), odds, lift], (eased, bend), cse=lambda _: (steps, (eased, bend))),
        lambdify(
            [*known.values(), x, complement, log_x, log_c],
            (gamma * log_c + log(raised) - log_x, eased, bend),
            "math",
            cse=lambda every: ([(odds, x / complement), (lift, cancel(above)), *steps], every),
        ),
        lambdify([gamma, complement, log_x], loss),
    )


def _log(value: Array, complement: Array) -> Array:
    """ln(value) = ln(1 - complement): the logarithm of the rounded value, put right by what the rounding lost."""
    return np.log(value) + ((1 - value) - complement) / value


# ------------------------------------------------------------------------------------------------- the table

LOG_GAMMAS = np.linspace(-21.0, 21.0, 169)
LOWEST, STEPS_A_UNIT = -28.0, 20
HEIGHTS = np.linspace(LOWEST, -LOWEST, int(-2 * LOWEST) * STEPS_A_UNIT + 1)
SMALLEST = -744.0
"""The least logit whose probability is above 0 in float64."""
EDGE = 700.0
"""Logits beyond this would leave float64."""


@lru_cache(maxsize=1)
def _table() -> Array:
    """Logits z with ln phi(z) = t, less the asymptote `_asymptote`, on a grid in ln gamma and in asinh(t/min(gamma, 1)).

    t falls with z, so each row is the falling function t(z) read backwards.
    """
    known = formulas()
    z = np.concatenate([-np.geomspace(EDGE, 60, 400), np.linspace(-59.97, 59.97, 4000), np.geomspace(60, EDGE, 400)])
    log_q, log_c, odds = -np.logaddexp(0, -z), -np.logaddexp(0, z), np.exp(z)
    near = odds * log_q  # before gamma, so that nothing overflows
    rows = []
    for gamma in np.exp(LOG_GAMMAS):
        t = gamma * log_c + np.log1p(known.lift(gamma, 1.0, near)) - log_q
        at = min(gamma, 1.0) * np.sinh(HEIGHTS)
        rows.append(np.interp(at, t[::-1], (z - _asymptote(t, gamma))[::-1]))
    return np.array(rows)


def _asymptote(t: Array, gamma: Array | float) -> Array:
    """The logit for |t| large: phi is like 1/q near q = 0 and like (1 - q)^gamma near q = 1."""
    return np.where(t > 0, -t, -t / gamma)


class _Inverse:
    """The logit at which ln phi = t, to about one per cent, for one gamma or one a row; the table read bilinearly."""

    def __init__(self, gamma: Array, axis: int) -> None:
        self.axis, self.gamma, self.scale = axis, gamma, np.minimum(gamma, 1.0)
        place = (np.log(gamma) - LOG_GAMMAS[0]) / (LOG_GAMMAS[1] - LOG_GAMMAS[0])
        place = np.clip(place, 0, LOG_GAMMAS.size - 1.001)
        self.row = place.astype(np.intp)
        self.weight = place - self.row
        table = _table()
        if gamma.size == 1:
            (row,), (weight,) = self.row.ravel(), self.weight.ravel()
            table = (table[row] * (1 - weight) + table[row + 1] * weight)[None]
        self.flat = table.ravel()

    def __call__(self, t: Array, rows: Index | None = None) -> tuple[Array, Array]:
        """(z, dz/dt) at t; `rows` are those of gamma that the rows of t belong to."""
        gamma, scale, row, weight = self.gamma, self.scale, self.row, self.weight
        if rows is not None and rows.size < gamma.size:
            gamma, scale, row, weight = (np.take(one, rows, 1 - self.axis) for one in (gamma, scale, row, weight))
        unit = t / scale
        step = HEIGHTS[1] - HEIGHTS[0]
        height = np.clip((np.arcsinh(unit) - HEIGHTS[0]) / step, 0, HEIGHTS.size - 1.001)
        place = height.astype(np.intp)
        height -= place
        if self.gamma.size == 1:
            low, high = self.flat.take(place), self.flat.take(place + 1)
        else:
            place += row * HEIGHTS.size
            low, high = (
                self.flat.take(one) * (1 - weight) + self.flat.take(one + HEIGHTS.size) * weight for one in (place, place + 1)
            )
        rise = high - low
        slope = rise / (step * scale * np.sqrt(1 + unit * unit)) + np.where(t > 0, -1.0, -1 / gamma)
        return low + height * rise + _asymptote(t, gamma), slope

    def shares(self, t: Array, rows: Index | None = None) -> tuple[Array, Array]:
        """(q, dq/dt) at t."""
        z, slope = self(t, rows)
        q, c = _shares(z)
        return q, q * c * slope


class _Grid:
    """q(t) and dq/dt where ln phi(q) = t, for one gamma and q <= 1/2, from a uniform grid in t; cheaper than the table."""

    def __init__(self, gamma: Array, high: float, size: int) -> None:
        self.inverse = _Inverse(gamma, 1)
        self.low = float(_log_slope(np.array([[0.5]]), gamma)[0, 0])
        width = max(high - self.low, 1.0)
        size = min(max(size, 256), int(width * 100) + 1)
        self.per = size / width
        t = self.low + np.arange(size + 2)[None] / self.per
        q = np.minimum(_shares(self.inverse(t)[0])[0], 0.5)
        for _ in range(2):  # to about 1e-8
            log_q = np.log(q)
            move, _ = _excess(gamma * np.log1p(-q) - log_q - t, q / (1 - q), log_q, gamma)
            q = np.minimum(q * (1 + move), 0.5)
        self.q = q[0]
        self.rise = np.diff(self.q, append=self.q[-1])

    def shares(self, t: Array, rows: Index | None = None) -> tuple[Array, Array]:
        """(q, dq/dt) at t, as of `_Inverse`; q is cut at 1/2."""
        place = t - self.low
        place *= self.per
        np.clip(place, 0, self.q.size - 2, out=place)
        index = place.astype(np.intp)
        place -= index
        rise = self.rise.take(index)
        place *= rise
        place += self.q.take(index)
        rise *= self.per
        return place, rise


def _shares(z: Array) -> tuple[Array, Array]:
    """(q, 1 - q) of a logit."""
    odds = np.exp(np.clip(z, SMALLEST, EDGE))
    c = 1 / (1 + odds)
    return odds * c, c


def _start(
    log_p: Array, log_head: Array, count: Array | None, gamma: Array, n: Array, axis: int, inverse: _Inverse | _Grid
) -> Array:
    """ln lambda for each row to a few per cent of what matters: Newton inside a bracket, q read off the table.

    The others leave the heaviest class 1 - q = S, and its own equation gives it 1 - q = c: S falls with ln lambda, c rises.
    Args: log_p has the others' classes along `axis`, log_head, gamma and n have one there; count weighs the others.
    """
    table, close_to = (inverse, CLOSE) if isinstance(inverse, _Inverse) else (inverse.inverse, CLOSE / 16)
    uniform = _log_slope(1 / n, gamma)
    low, high = log_p.min(axis, keepdims=True) + uniform, log_head + uniform
    mean = (log_head + (log_p if count is None else count * log_p).sum(axis, keepdims=True)) / n
    at = np.where(gamma > 2, mean + uniform, 0.0)
    at = np.where((low <= at) & (at <= high), at, (low + high) / 2)
    rows = np.arange(log_head.size)
    found = at.copy()
    last = np.full_like(at, np.inf)
    for _ in range(100):
        q, slope = inverse.shares(at - log_p, rows)
        if count is not None:
            q, slope = q * count, slope * count
        top, top_slope = table(at - log_head, rows)
        rest = q.sum(axis, keepdims=True)
        gap = np.log(rest) + np.logaddexp(0, top)
        steep = slope.sum(axis, keepdims=True) / rest + _shares(top)[0] * top_slope
        low, high = np.where(gap > 0, at, low), np.where(gap > 0, high, at)
        change = -gap / steep
        slow = np.abs(gap) > last / 2
        last = np.abs(gap)
        new = at + change
        new = np.where(slow | ~((low <= new) & (new <= high)), (low + high) / 2, new)
        close = (last < close_to) & (np.abs(change) < close_to)
        done = (close | (high - low < 1e-9 * np.abs(high))).ravel()
        found.ravel()[rows[done]] = np.where(close, at + change, new).ravel()[done]
        if done.all():
            return found
        keep = np.flatnonzero(~done)
        rows = rows[keep]
        log_p, log_head, at, low, high, last = (np.take(one, keep, 1 - axis) for one in (log_p, log_head, new, low, high, last))
        count = None if count is None else np.take(count, keep, 1 - axis)
    found.ravel()[rows] = at.ravel()
    return found


def _log_slope(q: Array, gamma: Array) -> Array:
    log_q = np.log(q)
    return gamma * np.log1p(-q) + np.log1p(formulas().lift(gamma, q / (1 - q), log_q)) - log_q


# ------------------------------------------------------------------------------------------------- Newton


def _excess(logs: Array, odds: Array, log_q: Array, gamma: Array) -> tuple[Array, Array]:
    """((logs + ln(1 + lift))/elasticity, 1/elasticity): the excess has ln p - ln q + gamma ln(1 - q) - ln lambda for logs."""
    known = formulas()
    lift = known.lift(gamma, odds, log_q)
    ease = known.ease(*known.of_gamma(gamma), odds, lift)
    return (logs + np.log(1 + lift)) * ease, ease


CELLS = 128
"""Numbers between 1 and 2 whose logarithms are tabled."""


@cache
def _logs() -> tuple[Array, Array]:
    """ln(k/CELLS) for k = 1 to 2 CELLS as sums of two floats, and 0 for k = 0."""
    with precision(200):
        exact = [Fraction(0), *(to_fraction(ball(Fraction(k, CELLS)).log()) for k in range(1, 2 * CELLS + 1))]
    high = list(map(float, exact))
    return np.array(high), np.array([float(one - Fraction(near)) for one, near in zip(exact, high, strict=True)])


def _log_in_two(m: Array) -> tuple[Array, Array]:
    """ln m as a sum of two floats, for m in [1/2, 2], by arithmetic alone, which is the same on every processor.

    With k/CELLS near m it is ln(k/CELLS) + 2 artanh(s) for s = (m - k/CELLS)/(m + k/CELLS), and s^9 is nothing.
    """
    place = np.rint(m * CELLS)
    near = place / CELLS
    s, tail = _quotient(m - near, 0.0, *_sum(m, near, 0.0))
    square = s * s
    series = s * square * (1 / 3 + square * (1 / 5 + square / 7))
    high, low = (logs.take(place.astype(np.intp)) for logs in _logs())
    return _sum(high, 2 * s, low + 2 * (tail + series))


def _sum_of_logs(p: Array, q: Array, c: Array, lost: Array, gamma: Array) -> tuple[Array, Array]:
    """ln p - ln q + gamma ln(c (1 + lost)) as a sum of two floats: with logarithms near -690, one rounding is 1e-13.

    The binary exponents are added exactly before they are multiplied by ln 2, and what is multiplied by gamma has two parts.
    """
    (p, in_p), (q, in_q), (c, in_c) = map(_exponent, (p, q, c))
    high, low = _sum(in_p - in_q, *_product(gamma, in_c))
    log_2, rest_2 = (logs[-1] for logs in _logs())
    product, error = _product(high, log_2)
    log_c, rest = _log_in_two(c)
    power, beside = _product(gamma, log_c)
    high, error = _sum(product, power, error + high * rest_2 + low * log_2)
    return high, error + beside + gamma * (rest + lost) + np.log(p / q)


def _exponent(x: Array) -> tuple[Array, Array]:
    """(m, e) with x = m * 2**e and m in [sqrt(1/2), sqrt(2))."""
    m, e = np.frexp(x)
    small = m < np.sqrt(0.5)
    return np.where(small, 2 * m, m), (e - small).astype(np.float64)


def _sum(a: Array, b: Array, low: Array | float) -> tuple[Array, Array]:
    """a + b + low as a float and its error (Knuth's two-sum, then low)."""
    high = a + b
    back = high - a
    return high, (a - (high - back)) + (b - back) + low


def _product(a: Array, b: Array | float) -> tuple[Array, Array]:
    """a * b as a float and its error (Dekker's product)."""
    high = a * b
    a_high, b_high = (one * 134217729.0 - (one * 134217729.0 - one) for one in (a, b))
    a_low, b_low = a - a_high, b - b_high
    return high, ((a_high * b_high - high) + a_high * b_low + a_low * b_high) + a_low * b_low


def _quotient(a: Array, a_low: Array | float, b: Array, b_low: Array | float) -> tuple[Array, Array]:
    """(a + a_low)/(b + b_low) as a float and its error."""
    high = a / b
    product, error = _product(high, b)
    return high, (((a - product) - error) + (a_low - high * b_low)) / b


def _total(values: Array, axis: int) -> tuple[Array, Array]:
    """The sum along an axis, which is kept, as a float and its error: the halves are added with their errors, and again."""
    high = np.moveaxis(values, axis, 0)
    low = np.zeros_like(high)
    while len(high) > 1:
        half, odd = divmod(len(high), 2)
        left, right, last = slice(half), slice(half, 2 * half), slice(2 * half, 2 * half + odd)
        upper, lower = _sum(high[left], high[right], low[left] + low[right])
        high, low = np.concatenate([upper, high[last]]), np.concatenate([lower, low[last]])
    high, low = _sum(high, low, 0.0)
    return np.moveaxis(high, 0, axis), np.moveaxis(low, 0, axis)


class _Rows:
    """Newton on ln lambda and q, for rows of at least two classes with gamma > 0.

    With excess E_i = ln p_i + ln phi(q_i) - ln lambda, a change d of ln lambda moves ln q_i by (E_i - d)/elasticity_i; the
    sum of q stays 1 at the d below, a mean of the E_i. The heaviest class is 1 less the others where those are below 1/2.
    """

    def __init__(self, p: Array, gamma: Array, grid: _Grid | None = None, near: tuple[Array, Array] | None = None) -> None:
        self.grid = grid
        rows = np.arange(len(p))
        self.head = p.argmax(1)
        heaviest = p[rows, self.head][:, None]
        others = p.copy()
        others[rows, self.head] = others[:, -1]
        others = others[:, :-1]
        present = others > 0
        self.count: Array | None = None if present.all() else present.astype(np.float64)
        if self.count is not None:
            rarest = np.where(present, others, np.inf).min(1, keepdims=True)
            others = np.where(present, others, rarest)  # weighed 0, but worked on
        self.axis = 1
        if others.shape[1] <= SHORT < len(p):  # short rows lie across, so that sums over them run along memory
            self.axis, others, heaviest, gamma = 0, np.ascontiguousarray(others.T), heaviest.T, gamma.T
            self.count = None if self.count is None else np.ascontiguousarray(self.count.T)
        self.gamma, self.p, self.p_head = gamma, others, heaviest
        self.log_p, self.log_head = np.log(others), np.log(heaviest)
        n = p.shape[1] if self.count is None else 1 + self.count.sum(self.axis, keepdims=True)
        self.n = np.full_like(heaviest, n) if self.count is None else n
        self.steps = np.zeros(len(p), dtype=np.intp)
        self.move, self.ease = np.empty_like(others), np.empty_like(others)
        if near is None:
            self.begin()
        else:
            log_multiplier, q = near
            self.q_head = q[rows, self.head].reshape(heaviest.shape)
            q[rows, self.head] = q[:, -1]
            self.q = np.minimum(q[:, :-1] if self.axis else np.ascontiguousarray(q[:, :-1].T), 0.5)
            self.log_multiplier = log_multiplier.reshape(heaviest.shape)

    @classmethod
    def gathered(cls, heaviest: Array, others: Array, counts: Array, gamma: Array) -> _Rows:
        """A single row of the heaviest class and of others that occur so often, all of shape (1, n)."""
        self = cls.__new__(cls)
        self.axis, self.grid, self.gamma = 1, None, gamma
        self.p, self.p_head, self.log_head = others, heaviest, np.log(heaviest)
        self.log_p, self.count = np.log(others), counts
        self.n = 1 + counts.sum(1, keepdims=True)
        self.move, self.ease = np.empty_like(others), np.empty_like(others)
        self.steps = np.zeros(1, dtype=np.intp)
        self.begin()
        return self

    def begin(self) -> None:
        """ln lambda and q from the table, or for a long row from a shorter one."""
        if self.p_head.size == 1 and self.p.size > LONG:
            self.begin_long()
            return
        inverse = self.grid or _Inverse(self.gamma, self.axis)
        self.log_multiplier = _start(self.log_p, self.log_head, self.count, self.gamma, self.n, self.axis, inverse)
        self.q = np.minimum(inverse.shares(self.log_multiplier - self.log_p)[0], 0.5)
        inverse = inverse.inverse if isinstance(inverse, _Grid) else inverse
        self.q_head = _shares(inverse(self.log_multiplier - self.log_head)[0])[0]

    def blocks(self) -> Iterator[tuple[slice, slice]]:
        """Pieces of a long row; the whole of a block of short ones."""
        size = self.p.shape[1] if self.log_p.size <= 2 * BLOCK else BLOCK
        return ((slice(None), slice(at, at + size)) for at in range(0, self.p.shape[1], size))

    def begin_long(self) -> None:
        """The same for a single long row, whose classes are first gathered in bins of ln p.

        The bins' middles are solved, and q/p, smooth in ln p, is read off between them.
        """
        size = min(self.p.size // 16, 65_536)
        low, top = float(self.log_p.min()), float(self.log_p.max())
        width = max((top - low) / size, 1e-12)
        place, index = self.move, self.ease.view(np.int64)  # not needed yet, and fresh memory is slow
        for block in self.blocks():
            np.subtract(self.log_p[block], low, out=place[block])
            place[block] *= 1 / width
            index[block] = place[block]
        count = np.bincount(index[0], None if self.count is None else self.count[0], minlength=size + 2)
        middles = np.exp(low + (np.arange(count.size) + 0.5) * width)[None]
        bins = _Rows.gathered(self.p_head, middles, count[None].astype(np.float64), self.gamma)
        bins.solve()
        self.log_multiplier, self.q_head = bins.log_multiplier, bins.q_head
        ratio = (bins.q / middles)[0]
        rise = np.diff(ratio, append=ratio[-1])
        self.q = np.empty_like(self.p)
        for block in self.blocks():
            at = np.maximum(place[block] - 0.5, 0)
            below = at.astype(np.intp)
            at -= below
            at *= rise.take(below)
            at += ratio.take(below)
            at *= self.p[block]
            np.minimum(at, 0.5, out=self.q[block])

    def weighed(self, q: Array, block: tuple[slice, slice], by: Array | None = None) -> Array:
        """The sums over classes of q, or of q * by."""
        if self.count is not None:
            q = q * self.count[block]
        if by is None:
            return q.sum(self.axis, keepdims=True)
        return np.einsum("ij,ij->j" if self.axis == 0 else "ij,ij->i", q, by).reshape(self.p_head.shape)

    def heads(self) -> tuple[Array, Array, NDArray[np.bool_], Array]:
        """(q, 1 - q of the heaviest, whether that is what the others leave, by how much all exceed 1)."""
        rest = sum(self.weighed(self.q[block], block) for block in self.blocks())
        held = np.asarray(rest <= 0.5)
        self.q_head = np.where(held, 1 - rest, self.q_head)
        return self.q_head, np.where(held, rest, 1 - self.q_head), held, np.where(held, 0.0, rest + self.q_head - 1)

    def step(self, fine: bool = False) -> Array:
        """One Newton step; the largest relative change in each row."""
        q_head, c_head, held, over = self.heads()
        lost = None
        if fine:  # large gamma multiplies what is lost in the sum
            rest, low = _total(self.q if self.count is None else self.q * self.count, self.axis)
            c_head = np.where(held, rest, c_head)
            total, error = _sum(rest, q_head, low)
            over = np.where(held, 0.0, (total - 1) + error)
            lost = np.where(held, low / rest, ((1 - c_head) - q_head) / c_head)
        numerator, denominator = over, np.zeros_like(over)
        careful = fine or float(self.gamma.max()) > GENTLE
        for block in self.blocks():
            q = self.q[block]
            c = 1 - q
            log_c = _log(c, q) if careful else np.log(c)
            move, ease = self.moves(self.p[block], self.log_p[block], q, c, log_c, ((1 - c) - q) / c if fine else None)
            self.move[block], self.ease[block] = move, ease
            numerator = numerator + self.weighed(q, block, move)
            denominator = denominator + self.weighed(q, block, ease)
        move, ease = self.head_moves(q_head, c_head, lost)
        change = (numerator + q_head * move) / (denominator + q_head * ease)
        self.log_multiplier = self.log_multiplier + change
        self.q_head = self.q_head * (1 + np.clip(move - change * ease, -0.5, 1))
        largest = np.where(held, 0.0, np.abs(move - change * ease))
        for block in self.blocks():
            by = np.subtract(self.move[block], change * self.ease[block], out=self.move[block])
            most, least = by.max(self.axis, keepdims=True), by.min(self.axis, keepdims=True)
            largest = np.maximum(largest, np.maximum(most, -least))
            if not (most.max() < 0.5 and least.min() > -0.5):
                np.expm1(np.clip(by, -1, 0.7), out=by)  # a large step is one in ln q
            by += 1
            q = np.multiply(self.q[block], by, out=self.q[block])
            if not q.max() <= 0.5:
                np.minimum(q, 0.5, out=q)
        return largest.ravel()

    def head_moves(self, q: Array, c: Array, lost: Array | None) -> tuple[Array, Array]:
        """As `moves`, of the heaviest."""
        log_c = np.where(c < 0.5, np.log(c), _log(c, q))
        return self.moves(self.p_head, self.log_head, q, c, log_c, lost)

    def moves(self, p: Array, log_p: Array, q: Array, c: Array, log_c: Array, lost: Array | None) -> tuple[Array, Array]:
        """(the excess divided by the elasticity, 1/elasticity); in twice the precision with what c lost, relative."""
        log_q = np.where(q > 0.5, _log(q, c), np.log(q)) if p is self.p_head else np.log(q)
        if lost is not None:
            high, low = _sum_of_logs(p, q, c, lost, self.gamma)
            return _excess((high - self.log_multiplier) + low, q / c, log_q, self.gamma)
        return _excess(log_p - log_q + self.gamma * log_c - self.log_multiplier, q / c, log_q, self.gamma)

    def solve(self, settled: float = SETTLED) -> NDArray[np.bool_]:
        """Newton until every row has settled; which rows have not."""
        going = np.ones(self.steps.size, dtype=bool)
        for _ in range(2 * MAX_STEPS):
            largest = self.step()
            self.steps += going
            going &= ~(largest < settled)
            if not going.any():
                break
        return going

    def result(self) -> tuple[Array, Array, Array]:
        """(q, 1 - q, ln lambda), in the order of p."""
        q_head, c_head, _, _ = self.heads()
        rows = np.arange(q_head.size)
        n = self.p.shape[self.axis]
        q = np.empty((rows.size, n + 1))
        others = self.q if self.count is None else self.q * self.count
        q[:, :-1] = others if self.axis else others.T
        q[:, -1] = q[rows, np.minimum(self.head, n - 1)]
        q[rows, self.head] = q_head.ravel()
        c = 1 - q
        c[rows, self.head] = c_head.ravel()
        return q, c, self.log_multiplier.ravel()


# ------------------------------------------------------------------------------------------------- one long row

NODE_STEP = 1 / 2500
"""Distance in ln p of the nodes between which q/p is interpolated, for an error of some 1e-16."""
PIECE, TABLE_PIECE = 131_072, 8192
"""Classes worked on at a time: not much fewer than nodes, or so few that a dozen arrays stay in the cache."""
SMALL_CHANGE = 1e-7
"""A change of ln lambda whose square is nothing."""


def _solve_long(p: Array, gamma: Array) -> tuple[Array, Array, float, int] | None:
    """(q, 1 - q, ln lambda, Newton steps) of one row of many classes; None where that is no gain.

    The masses of the classes are dealt out to nodes in ln p, each to the two beside it, and the nodes solved as classes. With
    their q/p, and its slope from the elasticity, q of each class is read off by cubic interpolation. The sum of q is then off
    by the square of the nodes' distance, and one joint Newton step, in which only the heaviest has an excess, ends it.
    """
    head = int(p.argmax())
    least = float(p.min()) or float(p.min(where=p > 0, initial=1.0))
    most = max(float(p[:head].max(initial=0.0)), float(p[head + 1 :].max(initial=0.0)))  # of the others
    if not (LEAST <= least <= most and GAMMAS[0] <= gamma <= GAMMAS[1]):
        return None
    low, top = np.log([least, most]).tolist()
    size = int((top - low) / NODE_STEP) + 2
    if not (low > -WILD and 8 * size < p.size):
        return None
    q, c = np.empty_like(p), np.empty_like(p)
    dealt = _dealt(p, head, least, top, size, q)
    nodes = np.exp(top + NODE_STEP * np.arange(1.0 - size, 1.0))
    rows = _Rows.gathered(p[None, head : head + 1], nodes[None], (dealt / nodes)[None], gamma)
    if rows.solve().any():
        return None
    rest, stiffness = _read_off(p, head, _cubics(nodes, rows.q[0], float(gamma[0, 0])), q, c)
    # as in `_Rows.step`
    held = rest <= 0.5
    q_head = 1 - rest if held else rows.q_head.item()
    c_head = rest if held else 1 - q_head
    move, ease = (one.item() for one in rows.head_moves(np.array([[q_head]]), np.array([[c_head]]), None))
    change = (rest - c_head + q_head * move) / (stiffness + q_head * ease)
    if not abs(change) < SMALL_CHANGE:
        return None
    for start in range(0, p.size, TABLE_PIECE):
        value, slope = q[start : start + TABLE_PIECE], c[start : start + TABLE_PIECE]
        slope *= change
        value -= slope
        np.subtract(1, value, out=slope)
    q_head, c_head = q_head * (1 + move - change * ease), rest - change * stiffness
    q[head], c[head] = (1 - c_head, c_head) if held else (q_head, 1 - q_head)
    return q, c, rows.log_multiplier.item() + change, int(rows.steps[0]) + 1


def _dealt(p: Array, head: int, least: float, top: float, size: int, place: Array) -> Array:
    """The masses at the nodes, of all classes but the head; the place of each class, in nodes, is written to `place`."""
    masses = np.zeros((2, size))
    for start in range(0, p.size, PIECE):
        weight, at = p[start : start + PIECE], place[start : start + PIECE]
        np.log(weight if least <= weight.min() else np.maximum(weight, least), out=at)
        at -= top
        at *= 1 / NODE_STEP
        at += size - 1  # the last node is the heaviest of the others
        if start <= head < start + weight.size:
            weight = weight.copy()
            weight[head - start] = at[head - start] = 0
        below = at.astype(np.intp)
        masses[0] += np.bincount(below, weight, size)
        masses[1] += np.bincount(below, (at - below) * weight, size)
    dealt = masses[0] - masses[1]
    dealt[1:] += masses[1, :-1]
    return dealt


def _read_off(p: Array, head: int, cubics: Array, value: Array, slope: Array) -> tuple[float, float]:
    """q in place of the places in `value`, dq/d ln p in `slope`, and the sums of both; 0 for the head."""
    totals = np.zeros(2)
    indices, rows, buffers = np.empty(TABLE_PIECE, np.intp), np.empty((TABLE_PIECE, 4)), np.empty((3, TABLE_PIECE))
    for start in range(0, p.size, TABLE_PIECE):
        weight, at, rise = (each[start : start + TABLE_PIECE] for each in (p, value, slope))
        index, terms, (place, lead, upper) = indices[: at.size], rows[: at.size], buffers[:, : at.size]
        np.copyto(index, at, casting="unsafe")
        cubics.take(index, 0, out=terms, mode="clip")
        np.subtract(at, index, out=place)
        np.multiply(terms[:, 3], place, out=lead)
        np.add(lead, terms[:, 2], out=upper)
        np.multiply(upper, place, out=at)
        at += terms[:, 1]
        at *= place
        at += terms[:, 0]  # q/p
        upper += upper
        upper += lead
        upper *= place
        upper += terms[:, 1]
        upper *= 1 / NODE_STEP
        upper += at
        np.multiply(upper, weight, out=rise)
        at *= weight
        if start <= head < start + at.size:
            at[head - start] = rise[head - start] = 0
        totals += at.sum(), rise.sum()
    return float(totals[0]), float(totals[1])


def _cubics(nodes: Array, q: Array, gamma: float) -> Array:
    """The cubics that interpolate q/p between nodes in ln p and have its slopes there, (ease - 1) q/p."""
    known, ratio, odds = formulas(), q / nodes, q / (1 - q)
    slope = (known.ease(*known.of_gamma(gamma), odds, known.lift(gamma, odds, np.log(q))) - 1) * ratio * NODE_STEP
    rise = np.diff(ratio, append=ratio[-1])
    after = np.append(slope[1:], 0.0)
    return np.stack([ratio, slope, 3 * rise - 2 * slope - after, slope + after - 2 * rise], 1)


# ------------------------------------------------------------------------------------------------- what is asked for

LEAST, GAMMAS = 1e-300, (1e-12, 1e9)
"""Rows with a smaller p, or gamma outside, go to the certified solver."""
WILD = 64.0
"""Logarithms larger than this are summed in twice the precision."""
TINY = 2.0**-900
"""The rounding of smaller numbers is not known in float64."""


def minimizer(p: ArrayLike, gamma: ArrayLike) -> ArrayMinimizer:
    """The minimizers of the focal-entropy of p along the last axis, with 1 - q and ln lambda.

    Statement: relative error at most 1e-13 in every q and 1 - q for p >= 1e-300 and gamma = 0 or 1e-8 <= gamma <= 1e4,
        and at most 1e-13 * max(1, |ln lambda|) in ln lambda; never NaN. ln lambda = -inf where one class has it all.
    Args: p has shape (..., n), each row nonnegative with sum 1 within n * 2**-52; gamma at least 0, broadcast to (...).
    Raises: InputError for an argument that breaks a rule.
    """
    p, gamma = _distributions(p, "p"), _gammas(gamma)
    try:
        shape = np.broadcast_shapes(p.shape[:-1], gamma.shape)
    except ValueError:
        raise InputError(f"gamma of shape {gamma.shape} does not fit rows of shape {p.shape[:-1]}.") from None
    n = p.shape[-1]
    rows = np.broadcast_to(p, (*shape, n)).reshape(-1, n)
    gammas = gamma.reshape(1, 1) if gamma.size == 1 else np.broadcast_to(gamma, shape).reshape(-1, 1)
    q, c, log_multiplier, _ = _solve(rows, gammas)
    return ArrayMinimizer(q.reshape(*shape, n), c.reshape(*shape, n), log_multiplier.reshape(shape))


def _solve(p: Array, gamma: Array) -> tuple[Array, Array, Array, Index]:
    """(q, 1 - q, ln lambda, Newton steps) of rows, block by block."""
    if len(p) == 1:
        if p.size > LONG and (found := _solve_long(p[0], gamma)) is not None:
            return found[0][None], found[1][None], found[2] - np.log1p(p.sum(1) - 1), np.array([found[3]])
        return _solve_block(p, gamma, None)
    q, c = np.empty(p.shape), np.empty(p.shape)
    log_multiplier, steps = np.empty(len(p)), np.zeros(len(p), dtype=np.intp)
    if p.shape[1] > LONG:
        for at in range(len(p)):
            row = slice(at, at + 1)
            q[row], c[row], log_multiplier[row], steps[row] = _solve(p[row], gamma if gamma.size == 1 else gamma[row])
        return q, c, log_multiplier, steps
    size = max(BLOCK // p.shape[1], 1)
    grid = _grid(p, gamma) if gamma.size == 1 < len(p) and p.size >= 1024 and gamma.all() else None
    for at in range(0, len(p), size):
        block = slice(at, at + size)
        q[block], c[block], log_multiplier[block], steps[block] = _solve_block(
            p[block], gamma if gamma.size == 1 else gamma[block], grid
        )
    return q, c, log_multiplier, steps


WARM = 8
"""Along gamma, one row in so many starts from the table."""
WORTH, NEAR_GAMMAS = 10_000, 2.5
"""Warm starts are no gain for fewer numbers, nor where ln gamma of the rows from the table is further apart."""


def along(p: ArrayLike, gamma: ArrayLike) -> ArrayMinimizer:
    """As `minimizer` for one distribution at each gamma of a one-dimensional array, with warm starts where they are a gain."""
    weights, gammas = _distributions(p, "p"), _gammas(gamma)
    if weights.ndim != 1 or gammas.ndim != 1:
        raise InputError(f"p and gamma have shapes {weights.shape} and {gammas.shape}; give one dimension each.")
    return ArrayMinimizer(*_along(weights, gammas)[:3])


def _along(p: Array, gamma: Array) -> tuple[Array, Array, Array, Index]:
    """(q, 1 - q, ln lambda, Newton steps) of one row at each gamma.

    One gamma in `WARM` is solved from the table; then, halving the distance again and again, those between start from the
    cubics in ln gamma through ln q/p and ln lambda at the four nearest ones that are solved.
    """

    def cold(rows: Array) -> tuple[Array, Array, Array, Index]:
        return _solve(np.broadcast_to(p, (rows.size, p.size)), rows[:, None])

    if not p.all():
        q, c = np.zeros((gamma.size, p.size)), np.ones((gamma.size, p.size))
        q[:, p > 0], c[:, p > 0], log_multiplier, steps = _along(p[p > 0], gamma)
        return q, c, log_multiplier, steps
    zero = gamma == 0
    if zero.any() and not zero.all():
        parts = zip(cold(gamma[zero]), _along(p, gamma[~zero]), strict=True)
        back = np.argsort(np.argsort(~zero, kind="stable"), kind="stable")
        q, c, log_multiplier, steps = (np.concatenate(pair)[back] for pair in parts)
        return q, c, log_multiplier, steps
    grid, back = np.unique(gamma, return_inverse=True)
    few = SHORT < p.size <= LONG and p.size * grid.size >= WORTH and grid.size >= 4 * WARM
    if not (few and GAMMAS[0] <= grid[0] and grid[-1] <= GAMMAS[1] and np.exp(-WILD) <= p.min()):
        return cold(gamma)
    place = np.log(grid)
    solved = np.union1d(np.arange(0, grid.size, WARM), grid.size - 1)
    if np.diff(place[solved]).max() > NEAR_GAMMAS:
        return cold(gamma)
    q, c, log_multiplier = np.empty((grid.size, p.size)), np.empty((grid.size, p.size)), np.empty(grid.size)
    steps = np.zeros(grid.size, dtype=np.intp)
    ratio = np.empty_like(q)

    def keep(rows: Index, found: tuple[Array, Array, Array, Index]) -> None:
        q[rows], c[rows], log_multiplier[rows], steps[rows] = found
        ratio[rows] = np.log(q[rows] / p)

    keep(solved, cold(grid[solved]))
    for stride in (WARM // 2, WARM // 4, WARM // 8):
        new = np.setdiff1d(np.arange(0, grid.size, stride), solved)
        for rows in np.array_split(new, max(new.size * p.size // BLOCK, 1)):
            first: Index = np.clip(np.searchsorted(solved, rows) - 2, 0, solved.size - 4)
            beside = solved[first[:, None] + np.arange(4)]
            share = _lagrange(place[rows], place[beside])
            start = p * np.exp(sum(share[:, j, None] * ratio[beside[:, j]] for j in range(4)))
            near = np.einsum("ij,ij->i", share, log_multiplier[beside]), start
            same = np.ascontiguousarray(np.broadcast_to(p, start.shape))
            keep(rows, _solve_hard(same, grid[rows, None], None, near))
        solved = np.union1d(solved, new)
    return q[back], c[back], log_multiplier[back], steps[back]


def _lagrange(at: Array, nodes: Array) -> Array:
    """The weights of the values at the nodes (rows, k) in the polynomials through them, at one place a row."""
    off = at[:, None] - nodes
    weights = np.ones_like(nodes)
    for j in range(nodes.shape[1]):
        for k in range(nodes.shape[1]):
            if j != k:
                weights[:, j] *= off[:, k] / (nodes[:, j] - nodes[:, k])
    return weights


def _grid(p: Array, gamma: Array) -> _Grid:
    """A grid for all t that the rows of p can ask for."""
    least = float(np.log(p.min() if p.min() > 0 else p[p > 0].min()))
    uniform = float(_log_slope(np.array([[1 / p.shape[1]]]), gamma)[0, 0])
    return _Grid(gamma, uniform - least, p.size // 8)


def _solve_block(p: Array, gamma: Array, grid: _Grid | None) -> tuple[Array, Array, Array, Index]:
    easy = (np.count_nonzero(p, axis=1) == 1) | (gamma == 0).ravel()
    if not easy.any():
        return _solve_hard(p, gamma, grid)
    # at gamma = 0 and with one class, q = p
    rows = np.arange(len(p))
    head = p.argmax(1)
    rest = p.copy()
    rest[rows, head] = 0
    total = p.sum(1)
    q = p / total[:, None]
    c = 1 - q
    c[rows, head] = rest.sum(1) / total
    log_multiplier = np.where((gamma == 0).ravel(), 0.0, -np.inf) * np.ones(len(p))
    steps = np.zeros(len(p), dtype=np.intp)
    hard = ~easy
    if hard.any():
        q[hard], c[hard], log_multiplier[hard], steps[hard] = _solve_hard(
            p[hard], gamma if gamma.size == 1 else gamma[hard], grid
        )
    return q, c, log_multiplier, steps


def _solve_hard(
    p: Array, gamma: Array, grid: _Grid | None, near: tuple[Array, Array] | None = None
) -> tuple[Array, Array, Array, Index]:
    """Of rows of at least two classes with gamma > 0; near is (ln lambda, q) to begin with, if no row is beyond float64."""
    beyond = ((p < LEAST) & (p > 0)).any(1) | ((gamma < GAMMAS[0]) | (gamma > GAMMAS[1])).ravel()
    q, c, log_multiplier, steps = np.empty_like(p), np.empty_like(p), np.empty(len(p)), np.zeros(len(p), dtype=np.intp)
    if not beyond.any():
        rows = _Rows(p, gamma, grid, near)
        least = float(rows.log_p.min())
        astray = rows.solve(SETTLED if least >= -WILD else math.sqrt(SETTLED))  # the fine step is a step of Newton too
        if min(least, float(np.log(rows.heads()[1].min()))) < -WILD:
            rows.step(fine=True)
            rows.steps += 1
        q, c, log_multiplier = rows.result()
        log_multiplier, steps = log_multiplier - np.log1p(p.sum(1) - 1), rows.steps
    else:
        astray, plain = beyond, ~beyond
        if plain.any():
            q[plain], c[plain], log_multiplier[plain], steps[plain] = _solve_hard(
                p[plain], gamma if gamma.size == 1 else gamma[plain], grid
            )
    for row in np.flatnonzero(astray):
        q[row], c[row], log_multiplier[row] = _certified(p[row], float(gamma.ravel()[row if gamma.size > 1 else 0]))
    return q, c, log_multiplier, steps


def _certified(p: Array, gamma: float) -> tuple[Array, Array, float]:
    """A row beyond float64's ease, by the certified solver."""
    from focal_symbolic.numbers.minimizer import solve  # noqa: PLC0415 - that module starts from this one

    weights = [Fraction(float(weight)) for weight in p]
    total = sum(weights)
    support = np.flatnonzero(p)
    found = solve(tuple(weights[x] / total for x in support), Fraction(gamma), 64)
    q, c = np.zeros_like(p), np.ones_like(p)
    q[support] = [float(one.q) for one in found.q]
    c[support] = [float(one.complement) for one in found.q]
    return q, c, float(found.log_multiplier)


def focal_entropy(p: ArrayLike, q: ArrayLike, gamma: ArrayLike, complement: ArrayLike | None = None) -> Array:
    """The focal-entropy along the last axis; +inf where p > 0 = q, and 0 * inf = 0.

    Statement: relative error at most 1e-13 where it is above 1e-300, for the gamma of `minimizer`.
    Args: p and q as for `minimizer`, gamma broadcast to (...); complement is 1 - q, if it is known better than q tells.
    Raises: InputError.
    """
    p, at = _distributions(p, "p"), _Point(q, gamma, complement)
    loss = -_power(at.c, at.lost, at.gamma) * at.log_q
    loss = np.where(at.zero, np.inf, np.where(at.one, 0.0, loss))
    return (p * np.where(p > 0, loss, 0.0)).sum(-1) / p.sum(-1)


def gain(q: ArrayLike, gamma: ArrayLike, complement: ArrayLike | None = None) -> Array:
    """The gain psi(q) = (1 - q)^gamma (1 + gamma s(q)) of every entry, psi(0) = 1; gamma is broadcast to (...).

    Statement: relative error at most 1e-13 where it is above 1e-300, for the gamma of `minimizer`.
    Args: q in [0, 1] with the classes along the last axis; complement is 1 - q, if it is known better than q tells.
    Raises: InputError.
    """
    at = _Point(q, gamma, complement, of="entries")
    value = _power(at.c, at.lost, at.gamma) * (1 + at.lift)
    return np.where(at.zero, 1.0, np.where(at.one, np.where(at.gamma > 0, 0.0, 1.0), value))


def data_distribution(q: ArrayLike, gamma: ArrayLike, complement: ArrayLike | None = None) -> Array:
    """The data distributions of which q are the minimizers: p proportional to 1/phi(q).

    Statement: relative error at most 1e-13 in every p above 1e-300, for the gamma of `minimizer`.
    Args: q as p of `minimizer`; complement is 1 - q, if it is known better than q tells. p = q for a degenerate q.
    Raises: InputError.
    """
    _distributions(q, "q")
    at = _Point(q, gamma, complement)
    heaviest = np.where(at.zero, 1.0, at.c).argmin(-1, keepdims=True)
    least, lost = (np.take_along_axis(one, heaviest, -1) for one in (at.c, at.lost))
    # at most 1, so that its powers underflow only where p does; where q is 0, what stands for 1 - q may be less
    ratio, error = _quotient(np.minimum(least, at.c), 0.0, at.c, 0.0)
    share = at.q * _power(ratio, lost - at.lost + _relative(error, ratio), at.gamma) / (1 + at.lift)
    share = np.where(at.one, 1.0, np.where(at.zero | at.one.any(-1, keepdims=True), 0.0, share))
    return share / share.sum(-1, keepdims=True)


def amplification_band(log_multiplier: ArrayLike, gamma: ArrayLike) -> tuple[Array, Array]:
    """(p_low, p_high): the classes with p_low < p < p_high are amplified, q > p, since there psi(p) > lambda.

    Statement: p_low = 0 if lambda <= 1. If psi exceeds lambda nowhere, both are the p at which psi is largest.
    Args: ln lambda, as `minimizer` gives it, and gamma, of shapes that broadcast.
    Raises: InputError.
    """
    level, power = np.broadcast_arrays(_floats(log_multiplier, "log_multiplier"), _gammas(gamma))
    if np.isnan(level).any():
        raise InputError("log_multiplier has a NaN; give the ln lambda of a minimizer.")
    positive = np.where(power > 0, power, 1.0)

    def log_gain(z: Array) -> tuple[Array, Array]:
        """(ln psi, d ln psi / d ln q) at a logit."""
        odds = np.exp(z)
        log_q = -np.logaddexp(0, -z)
        lift = formulas().lift(positive, 1.0, odds * log_q)
        stiff = odds * (formulas().stiffness(positive, 1.0, lift) - 1)  # stiffness less 1
        return positive * -np.logaddexp(0, z) + _log(1 + lift, -lift), (lift - stiff) / (1 + lift)

    def bisect(low: Array, high: Array, above: Callable[[Array], NDArray[np.bool_]]) -> Array:
        for _ in range(70):
            middle = (low + high) / 2
            up = above(middle)
            low, high = np.where(up, middle, low), np.where(up, high, middle)
        return (low + high) / 2

    def polished(z: Array) -> Array:
        q = _shares(z)[0]
        value, slope = log_gain(z)
        steep = np.abs(slope) > 1e-6 * np.minimum(np.abs(value), 1)  # far below the mode both are like q
        move = (np.where(np.isfinite(level), level, value) - value) / np.where(steep, slope, np.inf)
        return q * (1 + np.where(np.abs(move) < 1e-6, move, 0.0))

    ends = np.full(level.shape, -EDGE), np.full(level.shape, 40.0)  # above, 1 - q is lost in q
    mode = bisect(*ends, lambda z: log_gain(z)[1] > 0)
    none = log_gain(mode)[0] <= level
    low = polished(bisect(ends[0], mode, lambda z: log_gain(z)[0] <= level))
    high = polished(bisect(mode, ends[1], lambda z: log_gain(z)[0] > level))
    at_mode = _shares(mode)[0]
    low = np.where(level <= 0, 0.0, np.where(none, at_mode, low))
    high = np.where(none, at_mode, np.where(np.isneginf(level), 1.0, high))
    return np.where(power > 0, low, 0.0), np.where(power > 0, high, np.where(level < 0, 1.0, 0.0))


# ------------------------------------------------------------------------------------------------- one distribution

FEW = 64
"""Up to so many distinct probabilities, plain Python floats are faster than arrays."""


def start(weights: list[float], counts: Sequence[int], gamma: float) -> tuple[float, list[float]] | None:
    """(ln lambda, q of all but the heaviest) to about 13 digits, for the certified solver; None if Newton did not settle.

    Args: the distinct probabilities of a distribution, heaviest first, at least two, and how often each occurs.
    """
    if len(weights) > FEW:
        return _start_by_arrays(weights, counts, gamma)
    try:
        return _Scalars(weights, counts, gamma).solve()
    except (ArithmeticError, ValueError):
        return None


def _start_by_arrays(weights: list[float], counts: Sequence[int], gamma: float) -> tuple[float, list[float]] | None:
    first = 1 if counts[0] == 1 else 0  # of the others
    times = np.array([[counts[0] - 1, *counts[1:]]], dtype=np.float64)[:, first:]
    row = np.array([weights])
    rows = _Rows.gathered(row[:, :1], row[:, first:], times, np.array([[gamma]]))
    if rows.solve().any():
        return None
    return float(rows.log_multiplier[0, 0]), rows.q[0, 1 - first :].tolist()


class _Scalars:
    """`_Rows` for a single short row, without NumPy's cost of a call, and with steps of order 3."""

    def __init__(self, weights: list[float], counts: Sequence[int], gamma: float) -> None:
        self.n, self.gamma, self.scale = sum(counts), gamma, min(gamma, 1.0)
        self.log_p = list(map(math.log, weights))
        self.counts, self.others = list(counts), [counts[0] - 1, *counts[1:]]
        self.table = _table_row(gamma)
        self.formula, self.of_gamma = formulas().all, formulas().of_gamma(gamma)

    def at(self, log_multiplier: float) -> tuple[list[float], list[float], float, float]:
        """(q of the others, its slopes, ln of their sum over 1 - q of the heaviest by its own equation, its slope).

        Each logit z with its dz/dt is read off the table as by `_Inverse`.
        """
        table, asinh, sqrt, exp, last = self.table, math.asinh, math.sqrt, math.exp, len(self.table) - 2
        by, tail = 1 / self.scale, -1 / self.gamma
        c_head, q, slopes = 0.0, [], []
        for log_p in self.log_p:
            t = log_multiplier - log_p
            unit = t * by
            height = (asinh(unit) - LOWEST) * STEPS_A_UNIT
            place = int(height)
            if not 0 <= place <= last:
                place = 0 if place < 0 else last
            low, line = table[place], -1.0 if t > 0 else tail
            rise = table[place + 1] - low
            z = low + (height - place) * rise + line * t
            odds = exp(z if -EDGE < z < EDGE else EDGE if z > 0 else -EDGE)
            c = 1 / (1 + odds)
            c_head = c_head or c
            q.append(odds * c)
            slopes.append(odds * c * c * (rise * STEPS_A_UNIT * by / sqrt(1 + unit * unit) + line))
        rest, slope = (sum(map(operator.mul, each, self.others)) for each in (q, slopes))
        return q[1:], slopes[1:], math.log(rest / c_head), slope / rest + slopes[0] / c_head

    def solve(self) -> tuple[float, list[float]] | None:
        uniform = self.slope(1 / self.n, 1 - 1 / self.n)[0]
        low, high = self.log_p[-1] + uniform, self.log_p[0] + uniform
        at = sum(map(operator.mul, self.log_p, self.counts)) / self.n + uniform if self.gamma > 2 else 0.0
        last = math.inf
        for _ in range(100):
            if not low <= at <= high:
                at = (low + high) / 2
            q, slopes, gap, slope = self.at(at)
            low, high = (at, high) if gap > 0 else (low, at)
            change = -gap / slope
            if abs(gap) < NEAR and abs(change) < NEAR:
                moved = [one + slope * change for one, slope in zip(q, slopes, strict=True)]
                return self.polish(at + change, moved if min(moved) > 0 else q)
            slow, last = abs(gap) > last / 2, abs(gap)
            at = (low + high) / 2 if slow else at + change
        return None

    def polish(self, log_multiplier: float, q: list[float]) -> tuple[float, list[float]] | None:
        """Joint Newton steps, with the terms of second order as in the certified solver's steps."""
        k, counts = self.counts[0], self.counts
        for _ in range(8):
            rest = sum(map(operator.mul, q, counts[1:]))
            if not rest < 1:
                return None
            head, c_head = (1 - rest) / k, (k - 1 + rest) / k
            terms = [self.slope(head, c_head)] + [self.slope(one, 1 - one) for one in q]
            excesses = [log_p + log_slope - log_multiplier for log_p, (log_slope, _, _) in zip(self.log_p, terms, strict=True)]
            masses = list(map(operator.mul, [head, *q], counts))
            weighed = [mass * ease for mass, (_, ease, _) in zip(masses, terms, strict=True)]
            below = sum(weighed)
            change = sum(map(operator.mul, weighed, excesses)) / below
            steps = []
            for excess, (_, ease, bend) in zip(excesses, terms, strict=True):
                move = (excess - change) * ease
                steps.append((move + 0.5 * bend * move * move, ease))
            extra = sum(mass * move for mass, (move, _) in zip(masses, steps, strict=True)) / below
            log_multiplier += change + extra
            moves = [move - extra * ease for move, ease in steps[1:]]
            q = [one * (1 + move) for one, move in zip(q, moves, strict=True)]
            largest = max(map(abs, moves))
            if not largest < 0.5:
                return None
            if largest < SETTLED_CUBIC:
                return log_multiplier, q
        return None

    def slope(self, q: float, c: float) -> tuple[float, float, float]:
        """(ln phi, ease, bend) of a class."""
        return self.formula(
            *self.of_gamma,
            q,
            c,
            math.log(q) if q < 0.5 else math.log1p(-c),
            math.log1p(-q) if q < 0.5 else math.log(c),
        )


@lru_cache(maxsize=64)
def _table_row(gamma: float) -> list[float]:
    """The table at one gamma."""
    return _Inverse(np.array([[gamma]]), 1).flat.tolist()


class _Point:
    """q, 1 - q, ln q and the lift, with gamma in shape; harmless numbers stand where q is 0 or 1."""

    lost: Array
    """What 1 - q lost when it was rounded, relative."""

    def __init__(self, q: ArrayLike, gamma: ArrayLike, complement: ArrayLike | None, of: str = "rows") -> None:
        self.fill(_floats(q, "q"), gamma, complement, of)

    def fill(self, q: Array, gamma: ArrayLike, complement: ArrayLike | None, of: str) -> None:
        if not ((q >= 0) & (q <= 1)).all():
            raise InputError("q has an entry outside [0, 1]; give probabilities.")
        self.gamma = _gammas(gamma)[..., None] if np.ndim(q) else _gammas(gamma)
        if complement is not None:
            c = _floats(complement, "complement")
            low = np.where(c > 0.5, (1 - c) - q, 0.0) if c.shape == q.shape else c  # of the two, the smaller says more
        elif of == "rows":  # what the others leave of 1 says more of the heaviest than q does
            head = np.expand_dims(q.argmax(-1), -1)
            rest = q.copy()
            np.put_along_axis(rest, head, 0.0, -1)
            total = _total(q, -1)
            q, q_low = _quotient(q, 0.0, *total)
            c = 1 - q
            low = ((1 - c) - q) - q_low
            for part, of_head in zip((c, low), _quotient(*_total(rest, -1), *total), strict=True):
                np.put_along_axis(part, head, of_head, -1)
        else:
            c = 1 - q
            low = (1 - c) - q
        if c.shape != q.shape or not (np.abs(c + q - 1) <= 2.0**-50).all():
            raise InputError("complement is not 1 - q; give the complement that belongs to q.")
        self.zero, self.one = q == 0, c == 0
        plain = ~(self.zero | self.one)
        self.q, self.c = np.where(plain, q, 0.5), np.where(plain, c, 0.5)
        self.log_q = np.where(self.c < 0.5, np.log1p(-np.minimum(self.c, 0.5)), np.log(self.q))
        self.lost = _relative(np.where(plain, low, 0.0), self.c)
        self.lift = formulas().lift(self.gamma, self.q, self.log_q / self.c)  # so that 1 - q may be below float64


def _relative(error: Array, value: Array) -> Array:
    """error/value; 0 where the error may be below float64: only a small gamma has a power of such a value above 1e-300."""
    return np.where(value > TINY, error / value, 0.0)


def _power(value: Array, lost: Array, gamma: Array) -> Array:
    """(value (1 + lost))^gamma."""
    return np.power(value, gamma) * np.exp(np.minimum(gamma * lost, EDGE))


def _distributions(p: ArrayLike, name: str) -> Array:
    """An array of distributions along the last axis.

    Raises: InputError.
    """
    array = _floats(p, name)
    if array.ndim == 0 or array.shape[-1] == 0:
        raise InputError(f"{name} has shape {array.shape}; give an array of distributions along the last axis.")
    if array.size and not (array.min() >= 0 and array.max() <= 2):
        for wrong, rule in ((~(array >= 0), "every entry must be at least 0"), (array > 2, "every entry must be at most 1")):
            if not wrong.any():
                continue
            index = tuple(map(int, np.argwhere(wrong)[0]))
            raise InputError(f"{name}[{', '.join(map(str, index))}] = {array[index]}; {rule}.")
    total = array.sum(-1)
    off = np.abs(total - 1) > array.shape[-1] * 2.0**-52
    if off.any():
        index = tuple(map(int, np.argwhere(off)[0]))
        raise InputError(
            f"{name}[{', '.join(map(str, index))}] sums to {total[index]}; each row must sum to 1 within n * 2**-52, "
            "so divide by the sum."
        )
    return array


def _gammas(gamma: ArrayLike) -> Array:
    array = _floats(gamma, "gamma")
    wrong = ~((array >= 0) & np.isfinite(array))
    if wrong.any():
        raise InputError(f"gamma = {array[wrong][0]} is not a focusing parameter; it must be finite and at least 0.")
    return array


def _floats(values: ArrayLike, name: str) -> Array:
    array = np.asarray(values)
    if array.dtype.kind not in "fiu":
        raise InputError(f"{name} has dtype {array.dtype}; give an array of floats.")
    return array.astype(np.float64, copy=False)
