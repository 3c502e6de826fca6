"""The minimizer and its relatives in float64, for arrays of shape (..., n) with the classes along the last axis.

Accurate to about 1e-13 in every class, down to p = 1e-300, checked against the certified solver in the tests. NumPy's
functions are compiled from the definitions. Rows are worked in blocks that fit the cache. The heaviest class of a row
is held out: what the others leave of 1 is its complement, known to full relative accuracy.

Newton starts from a table of the inverse slope in (gamma, ln phi) and so needs few steps, at most `MAX_STEPS` a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sympy import Add, Symbol, cancel, diff, horner, lambdify, log

from focal_symbolic import definitions
from focal_symbolic.errors import InputError, Undecided

__all__ = ["ArrayMinimizer", "amplification_band", "data_distribution", "focal_entropy", "gain", "minimizer"]

Array = NDArray[np.float64]

MAX_STEPS = 6
"""Newton steps that a row may take from its start; the tests hold every row to it."""
BLOCK = 32_768
"""Numbers worked on at a time: 256 kB an array, so that a step stays in the cache."""


class ArrayMinimizer(NamedTuple):
    """Minimizers along the last axis, with 1 - q to the same relative accuracy, and ln lambda for each row."""

    q: Array
    complement: Array
    log_multiplier: Array


# ------------------------------------------------------------------------------------------------- formulas


@dataclass(frozen=True)
class _Formulas:
    """NumPy functions; odds = x/(1 - x), and lift = gain/(1 - x)^gamma - 1, which is gamma s(x)."""

    lift: Callable[..., Array]
    """(gamma, odds, ln x)"""
    stiffness: Callable[..., Array]
    """(gamma, odds, lift) -> elasticity * (1 + lift), elasticity = -d ln phi / d ln x > 0"""
    loss: Callable[..., Array]
    """(gamma, 1 - x, ln x)"""


@cache
def _formulas() -> _Formulas:
    """The formulas of a step, from the definitions; after rewriting, each is a sum of terms of one sign for gamma >= 1."""
    x, gamma = definitions.x, definitions.gamma
    odds, lift, log_x, complement = (Symbol(name) for name in ("odds", "lift", "log_x", "complement"))
    power, of_odds = (1 - x) ** gamma, {x: odds / (1 + odds), 1 - x: 1 / (1 + odds), log(x): log_x}
    slope = definitions.slope(x, gamma)
    above, reduced, derivative = (
        Add(*(term / power for term in Add.make_args(each))).xreplace(of_odds)
        for each in (definitions.gain(x, gamma) - power, slope, diff(slope, x))
    )
    elasticity = (-of_odds[x] * derivative / reduced).xreplace({log_x: -lift / (gamma * odds)})
    stiffness = cancel(elasticity * (1 + lift))
    loss = definitions.loss(x, gamma).xreplace({1 - x: complement}).xreplace({log(x): log_x})
    return _Formulas(
        lambdify([gamma, odds, log_x], cancel(above)),
        lambdify([gamma, odds, lift], horner(stiffness, odds)),
        lambdify([gamma, complement, log_x], loss),
    )


def _log(value: Array, complement: Array) -> Array:
    """ln(value) = ln(1 - complement): the logarithm of the rounded value, put right by what the rounding lost."""
    return np.log(value) + ((1 - value) - complement) / value


# ------------------------------------------------------------------------------------------------- the table

LOG_GAMMAS = np.linspace(-21.0, 21.0, 169)
HEIGHTS = np.linspace(-28.0, 28.0, 1121)
EDGE = 700.0
"""Logits beyond this would leave float64."""


@lru_cache(maxsize=1)
def _table() -> Array:
    """Logits z with ln phi(z) = t, less the asymptote `_asymptote`, on a grid in ln gamma and in asinh(t/min(gamma, 1)).

    t falls with z, so each row is the falling function t(z) read backwards.
    """
    formulas = _formulas()
    z = np.concatenate([-np.geomspace(EDGE, 60, 400), np.linspace(-59.97, 59.97, 4000), np.geomspace(60, EDGE, 400)])
    log_q, log_c, odds = -np.logaddexp(0, -z), -np.logaddexp(0, z), np.exp(z)
    near = odds * log_q  # before gamma, so that nothing overflows
    rows = []
    for gamma in np.exp(LOG_GAMMAS):
        t = gamma * log_c + np.log1p(formulas.lift(gamma, 1.0, near)) - log_q
        at = min(gamma, 1.0) * np.sinh(HEIGHTS)
        rows.append(np.interp(at, t[::-1], (z - _asymptote(t, gamma))[::-1]))
    return np.array(rows)


def _asymptote(t: Array, gamma: Array | float) -> Array:
    """The logit for |t| large: phi is like 1/q near q = 0 and like (1 - q)^gamma near q = 1."""
    return np.where(t > 0, -t, -t / gamma)


class _Inverse:
    """The logit at which ln phi = t, to about one per cent, for one gamma or one a row; the table read bilinearly."""

    def __init__(self, gamma: Array) -> None:
        self.gamma, self.scale = gamma, np.minimum(gamma, 1.0)
        place = (np.log(gamma) - LOG_GAMMAS[0]) / (LOG_GAMMAS[1] - LOG_GAMMAS[0])
        place = np.clip(place, 0, LOG_GAMMAS.size - 1.001)
        self.row = place.astype(np.intp)
        self.weight = place - self.row
        table = _table()
        if gamma.size == 1:
            (row,), (weight,) = self.row.ravel(), self.weight.ravel()
            table = (table[row] * (1 - weight) + table[row + 1] * weight)[None]
        self.flat = table.ravel()

    def __call__(self, t: Array, rows: Array | slice = slice(None)) -> tuple[Array, Array]:
        """(z, dz/dt) at t; `rows` are those of gamma that the rows of t belong to."""
        gamma, scale = (self.gamma, self.scale) if self.gamma.size == 1 else (self.gamma[rows], self.scale[rows])
        unit = t / scale
        step = HEIGHTS[1] - HEIGHTS[0]
        height = np.clip((np.arcsinh(unit) - HEIGHTS[0]) / step, 0, HEIGHTS.size - 1.001)
        place = height.astype(np.intp)
        height -= place
        if self.gamma.size == 1:
            low, high = self.flat.take(place), self.flat.take(place + 1)
        else:
            place += self.row[rows] * HEIGHTS.size
            weight = self.weight[rows]
            low, high = (
                self.flat.take(one) * (1 - weight) + self.flat.take(one + HEIGHTS.size) * weight
                for one in (place, place + 1)
            )
        rise = high - low
        slope = rise / (step * scale * np.sqrt(1 + unit * unit)) + np.where(t > 0, -1.0, -1 / gamma)
        return low + height * rise + _asymptote(t, gamma), slope


def _shares(z: Array) -> tuple[Array, Array]:
    """(q, 1 - q) of a logit."""
    odds = np.exp(np.clip(z, -EDGE, EDGE))
    c = 1 / (1 + odds)
    return odds * c, c


def _start(log_p: Array, log_head: Array, count: Array | None, gamma: Array, n: Array) -> Array:
    """ln lambda for each row to about one per cent of what matters: Newton inside a bracket, q read off the table.

    The others leave the heaviest class 1 - q = S, and its own equation gives it 1 - q = c: S falls with ln lambda, c rises.
    Args: log_p (rows, n - 1), log_head, gamma and n (rows, 1) or (1, 1); count weighs the others.
    """
    inverse = _Inverse(gamma)
    uniform = _log_slope(1 / n, gamma)
    low, high = log_p.min(1, keepdims=True) + uniform, log_head + uniform
    weights = 1.0 if count is None else count
    total = np.exp(log_head) + (weights * np.exp(log_p)).sum(1, keepdims=True)
    mean = (log_head + (weights * log_p).sum(1, keepdims=True)) / n
    at = np.where(gamma > 2, mean + uniform, np.minimum(np.log(total), 0))
    at = np.where((low <= at) & (at <= high), at, (low + high) / 2)
    rows = np.arange(len(log_p))
    found = at.copy()
    last = np.full_like(at, np.inf)
    for _ in range(100):
        z, slope = inverse(at - log_p, rows)
        q, c = _shares(z)
        q = q if count is None else q * count[rows]
        top, top_slope = inverse(at - log_head, rows)
        rest = q.sum(1, keepdims=True)
        log_c = -np.logaddexp(0, top)
        gap = np.log(rest) - log_c
        steep = (q * c * slope).sum(1, keepdims=True) / rest + _shares(top)[0] * top_slope
        low, high = np.where(gap > 0, at, low), np.where(gap > 0, high, at)
        change = -gap / steep
        slow = np.abs(gap) > last / 2
        last = np.abs(gap)
        new = at + change
        new = np.where(slow | ~((low <= new) & (new <= high)), (low + high) / 2, new)
        done = ((last < 0.02) | (high - low < 1e-9 * np.abs(high))).ravel()
        found[rows[done]] = np.where(last < 0.5, at + change, new)[done]
        if done.all():
            return found
        keep = ~done
        rows, log_p, log_head, at, low, high, last = (one[keep] for one in (rows, log_p, log_head, new, low, high, last))
    found[rows] = at
    return found


def _log_slope(q: Array, gamma: Array) -> Array:
    log_q = np.log(q)
    return gamma * np.log1p(-q) + np.log1p(_formulas().lift(gamma, q / (1 - q), log_q)) - log_q


# ------------------------------------------------------------------------------------------------- Newton


def _excess(logs: Array, odds: Array, log_q: Array, gamma: Array) -> tuple[Array, Array]:
    """((logs + ln(1 + lift))/elasticity, 1/elasticity): the excess has ln p - ln q + gamma ln(1 - q) - ln lambda for logs."""
    formulas = _formulas()
    lift = formulas.lift(gamma, odds, log_q)
    raised = 1 + lift
    ease = raised / formulas.stiffness(gamma, odds, lift)
    return (logs + _log(raised, -lift)) * ease, ease


LOG_2 = (float(np.log(2.0)), 2.3190468138462996e-17)
"""ln 2 as a sum of two floats."""


def _sum_of_logs(p: Array, q: Array, c: Array, log_c: Array, gamma: Array) -> tuple[Array, Array]:
    """ln p - ln q + gamma ln c as a sum of two floats: with logarithms near -690, one rounding is 1e-13.

    The binary exponents are added exactly before they are multiplied by ln 2.
    """
    (p, in_p), (q, in_q), (c, in_c) = map(_exponent, (p, q, c))
    log_c = np.where(in_c == 0, log_c, np.log(c))
    high, low = _sum(in_p - in_q, *_product(gamma, in_c))
    product, error = _product(high, LOG_2[0])
    high, error = _sum(product, error + high * LOG_2[1] + low * LOG_2[0], 0.0)
    return high, error + (np.log(p / q) + gamma * log_c)


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


class _Rows:
    """Newton on ln lambda and q, for rows of at least two classes with gamma > 0.

    With excess E_i = ln p_i + ln phi(q_i) - ln lambda, a change d of ln lambda moves ln q_i by (E_i - d)/elasticity_i; the
    sum of q stays 1 at the d below, a mean of the E_i. The heaviest class is 1 less the others where those are below 1/2.
    """

    def __init__(self, p: Array, gamma: Array) -> None:
        rows = np.arange(len(p))
        self.head = p.argmax(1)
        self.gamma = gamma
        others = p.copy()
        heaviest = p[rows, self.head][:, None]
        others[rows, self.head] = others[:, -1]
        others = others[:, :-1]
        present = others > 0
        self.count: Array | None = None if present.all() else present.astype(np.float64)
        if self.count is not None:
            rarest = np.where(present, others, np.inf).min(1, keepdims=True)
            others = np.where(present, others, rarest)  # weighed 0, but worked on
        self.p, self.p_head = others, heaviest
        self.log_p, self.log_head = np.log(others), np.log(heaviest)
        self.n = np.full((1, 1), float(p.shape[1])) if self.count is None else 1 + self.count.sum(1, keepdims=True)
        self.log_multiplier = self.start()
        inverse = _Inverse(gamma)
        self.q = np.empty_like(self.log_p)
        for block in self.blocks():
            self.q[:, block] = np.minimum(_shares(inverse(self.log_multiplier - self.log_p[:, block])[0])[0], 0.5)
        self.q_head = _shares(inverse(self.log_multiplier - self.log_head)[0])[0]
        self.steps = np.zeros(len(p), dtype=np.intp)
        self.move, self.ease = np.empty_like(self.q), np.empty_like(self.q)

    def blocks(self) -> Iterator[slice]:
        size = max(BLOCK // len(self.p), 1)
        return (slice(at, at + size) for at in range(0, self.p.shape[1], size))

    def start(self) -> Array:
        if self.log_p.size <= 2 * BLOCK or len(self.p) > 1:
            return _start(self.log_p, self.log_head, self.count, self.gamma, self.n)
        # a long row is gathered in bins of ln p first; a bin counts as that many classes at its middle
        low, high = float(self.log_p.min()), float(self.log_head[0, 0])
        width = max(high - low, 1e-9) / 2048
        place = ((self.log_p[0] - low) * (1 / width)).astype(np.intp)
        count = np.bincount(place, None if self.count is None else self.count[0], minlength=2049).astype(np.float64)
        middle = np.minimum(low + (np.arange(count.size) + 0.5) * width, high)
        used = count > 0
        return _start(middle[None, used], self.log_head, count[None, used], self.gamma, self.n)

    def weighed(self, values: Array, block: slice) -> Array:
        return (values if self.count is None else values * self.count[:, block]).sum(1, keepdims=True)

    def heads(self) -> tuple[Array, Array, Array]:
        """(q, 1 - q of the heaviest, what is missing from a sum of 1)."""
        rest = sum(self.weighed(self.q[:, block], block) for block in self.blocks())
        held = rest <= 0.5
        self.q_head = np.where(held, 1 - rest, self.q_head)
        return self.q_head, np.where(held, rest, 1 - self.q_head), np.where(held, 0.0, rest + self.q_head - 1)

    def step(self, fine: bool = False) -> Array:
        """One Newton step; the largest relative change in each row."""
        q_head, c_head, over = self.heads()
        numerator, denominator = over, 0.0
        for block in self.blocks():
            q = self.q[:, block]
            c = 1 - q
            move, ease = self.moves(self.p[:, block], self.log_p[:, block], q, c, _log(c, q), fine)
            self.move[:, block], self.ease[:, block] = move, ease
            numerator = numerator + self.weighed(q * move, block)
            denominator = denominator + self.weighed(q * ease, block)
        log_c = np.where(c_head < 0.5, np.log(c_head), _log(c_head, q_head))
        move, ease = self.moves(self.p_head, self.log_head, q_head, c_head, log_c, fine)
        change = (numerator + q_head * move) / (denominator + q_head * ease)
        self.log_multiplier = self.log_multiplier + change
        self.q_head = self.q_head * (1 + np.clip(move - change * ease, -0.5, 1))
        largest = np.where(over == 0, 0.0, np.abs(move - change * ease))
        for block in self.blocks():
            by = self.move[:, block] - change * self.ease[:, block]
            largest = np.maximum(largest, np.maximum(by.max(1, keepdims=True), -by.min(1, keepdims=True)))
            self.q[:, block] = np.minimum(self.q[:, block] * (1 + np.clip(by, -0.5, 1)), 0.5)
        return largest.ravel()

    def moves(self, p: Array, log_p: Array, q: Array, c: Array, log_c: Array, fine: bool) -> tuple[Array, Array]:
        """(the excess divided by the elasticity, 1/elasticity)."""
        log_q = np.where(q > 0.5, _log(q, c), np.log(q)) if p is self.p_head else np.log(q)
        if fine:
            high, low = _sum_of_logs(p, q, c, log_c, self.gamma)
            return _excess((high - self.log_multiplier) + low, q / c, log_q, self.gamma)
        return _excess(log_p - log_q + self.gamma * log_c - self.log_multiplier, q / c, log_q, self.gamma)

    def solve(self) -> None:
        going = np.ones(len(self.p), dtype=bool)
        for _ in range(20):
            largest = self.step()
            self.steps += going
            going &= ~(largest < 1e-8)
            if not going.any():
                return
        raise Undecided("arrays.minimizer: Newton did not settle; use focal_symbolic.minimizer for this row.")

    def result(self) -> tuple[Array, Array, Array]:
        """(q, 1 - q, ln lambda), in the order of p."""
        q_head, c_head, _ = self.heads()
        rows = np.arange(len(self.p))
        q = np.empty((len(rows), self.p.shape[1] + 1))
        q[:, :-1] = self.q if self.count is None else self.q * self.count
        q[:, -1] = q[rows, self.head]
        q[rows, self.head] = q_head[:, 0]
        c = 1 - q
        c[rows, self.head] = c_head[:, 0]
        return q, c, self.log_multiplier[:, 0]


# ------------------------------------------------------------------------------------------------- what is asked for

WILD = 64.0
"""Logarithms larger than this are summed in twice the precision."""


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


def _solve(p: Array, gamma: Array) -> tuple[Array, Array, Array, NDArray[np.intp]]:
    """(q, 1 - q, ln lambda, Newton steps) of rows, block by block."""
    q, c = np.empty_like(p), np.empty_like(p)
    log_multiplier, steps = np.empty(len(p)), np.zeros(len(p), dtype=np.intp)
    size = max(BLOCK // p.shape[1], 1)
    for at in range(0, len(p), size):
        block = slice(at, at + size)
        q[block], c[block], log_multiplier[block], steps[block] = _solve_block(
            p[block], gamma if gamma.size == 1 else gamma[block]
        )
    return q, c, log_multiplier, steps


def _solve_block(p: Array, gamma: Array) -> tuple[Array, Array, Array, NDArray[np.intp] | int]:
    easy = (np.count_nonzero(p, axis=1) == 1) | (gamma == 0).ravel()
    if not easy.any():
        return _solve_hard(p, gamma)
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
        q[hard], c[hard], log_multiplier[hard], steps[hard] = _solve_hard(p[hard], gamma if gamma.size == 1 else gamma[hard])
    return q, c, log_multiplier, steps


def _solve_hard(p: Array, gamma: Array) -> tuple[Array, Array, Array, NDArray[np.intp]]:
    rows = _Rows(p, gamma)
    rows.solve()
    wild = min(float(rows.log_p.min()), float(np.log(rows.heads()[1].min()))) < -WILD
    if wild:
        rows.step(fine=True)
    q, c, log_multiplier = rows.result()
    return q, c, log_multiplier - np.log1p(p.sum(1) - 1), rows.steps + wild


def _distributions(p: ArrayLike, name: str) -> Array:
    """An array of distributions along the last axis.

    Raises: InputError.
    """
    array = _floats(p, name)
    if array.ndim == 0 or array.shape[-1] == 0:
        raise InputError(f"{name} has shape {array.shape}; give an array of distributions along the last axis.")
    for wrong, rule in ((~(array >= 0), "every entry must be at least 0"), (array > 2, "every entry must be at most 1")):
        if wrong.any():
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
