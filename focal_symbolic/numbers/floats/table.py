"""The inverse of the slope, tabled: the logit z with ln phi(z) = t, to about one per cent, where Newton starts."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.floats.kinds import Array, Index

__all__ = ["EDGE", "LOWEST", "STEPS_A_UNIT", "Grid", "Inverse", "excess", "log_slope", "logistic", "looked_up"]

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
    z = np.concatenate([-np.geomspace(EDGE, 60, 400), np.linspace(-59.97, 59.97, 4000), np.geomspace(60, EDGE, 400)])
    log_q, log_c, odds = -np.logaddexp(0, -z), -np.logaddexp(0, z), np.exp(z)
    near = odds * log_q  # before gamma, so that nothing overflows
    rows = []
    for gamma in np.exp(LOG_GAMMAS):
        t = gamma * log_c + np.log1p(formulas.lift(-gamma, 1.0, near)) - log_q
        at = min(gamma, 1.0) * np.sinh(HEIGHTS)
        rows.append(np.interp(at, t[::-1], (z - _asymptote(t, gamma))[::-1]))
    return np.array(rows)


def _asymptote(t: Array, gamma: Array | float) -> Array:
    """The logit for |t| large: phi is like 1/q near q = 0 and like (1 - q)^gamma near q = 1."""
    return np.where(t > 0, -t, -t / gamma)


def looked_up(t: float, gamma: float) -> float:
    """The logit at which ln phi = t, to about one per cent, as by `Inverse` for a single number."""
    table = _table()
    across = min(max((math.log(gamma) - LOG_GAMMAS[0]) / (LOG_GAMMAS[1] - LOG_GAMMAS[0]), 0.0), LOG_GAMMAS.size - 1.001)
    height = min(max((math.asinh(t / min(gamma, 1.0)) - LOWEST) * STEPS_A_UNIT, 0.0), HEIGHTS.size - 1.001)
    row, place = int(across), int(height)
    at, up = across - row, height - place
    low, high = (table.item(row, k) * (1 - at) + table.item(row + 1, k) * at for k in (place, place + 1))
    return float(low + up * (high - low) - (t if t > 0 else t / gamma))


class Inverse:
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
        q, c = logistic(z)
        return q, q * c * slope


class Grid:
    """q(t) and dq/dt where ln phi(q) = t, for one gamma and q <= top, from a uniform grid in t; cheaper than the table."""

    def __init__(self, gamma: Array, high: float, size: int, top: float = 0.5, a_unit: int = 100) -> None:
        """For t up to `high`, with so many nodes, but at most `a_unit` to a unit of t."""
        self.inverse = Inverse(gamma, 1)
        self.low = float(log_slope(np.array([[top]]), gamma)[0, 0])
        width = max(high - self.low, 1.0)
        size = min(max(size, 256), int(width * a_unit) + 1)
        self.per = size / width
        t = self.low + np.arange(size + 2)[None] / self.per
        q = np.minimum(logistic(self.inverse(t)[0])[0], top)
        for _ in range(2):  # to about 1e-8
            log_q = np.log(q)
            move, _ = excess(gamma * np.log1p(-q) - log_q - t, q / (1 - q), log_q, gamma)
            q = np.minimum(q * (1 + move), top)
        self.q = q[0]
        self.rise = np.diff(self.q, append=self.q[-1])

    def shares(self, t: Array, rows: Index | None = None) -> tuple[Array, Array]:
        """(q, dq/dt) at t, as of `Inverse`; q is cut at top."""
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


def logistic(z: Array) -> tuple[Array, Array]:
    """(q, 1 - q) of a logit."""
    odds = np.exp(np.clip(z, SMALLEST, EDGE))
    c = 1 / (1 + odds)
    return odds * c, c


def log_slope(q: Array, gamma: Array) -> Array:
    """The ln phi of q in (0, 1)."""
    log_q = np.log(q)
    lift: Array = formulas.lift(-gamma, q / (1 - q), log_q)
    return gamma * np.log1p(-q) + np.log1p(lift) - log_q


def excess(logs: Array, odds: Array, log_q: Array, gamma: Array) -> tuple[Array, Array]:
    """((logs + ln(1 + lift))/elasticity, 1/elasticity): the excess has ln p - ln q + gamma ln(1 - q) - ln lambda for logs."""
    lift = formulas.lift(-gamma, odds, log_q)
    ease: Array = formulas.ease(formulas.of_gamma(gamma), odds, lift)
    return (logs + np.log(1 + lift)) * ease, ease
