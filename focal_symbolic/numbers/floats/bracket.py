"""ln lambda of rows to a few per cent, by Newton inside a bracket with q read off the table."""

from __future__ import annotations

import numpy as np

from focal_symbolic.numbers.floats.kinds import Array
from focal_symbolic.numbers.floats.table import Grid, Inverse, log_slope, logistic

__all__ = ["bracketed"]

CLOSE = 0.05
"""How near ln lambda must be before Newton begins, as a logarithm of what the classes but one sum to."""


def bracketed(
    log_p: Array, log_head: Array, count: Array | None, gamma: Array, n: Array, axis: int, inverse: Inverse | Grid
) -> Array:
    """ln lambda for each row to a few per cent of what matters: Newton inside a bracket, q read off the table.

    The others leave the heaviest class 1 - q = S, and its own equation gives it 1 - q = c: S falls with ln lambda, c rises.
    Args: log_p has the others' classes along `axis`, log_head, gamma and n have one there; count weighs the others.
    """
    table, close_to = (inverse, CLOSE) if isinstance(inverse, Inverse) else (inverse.inverse, CLOSE / 16)
    uniform = log_slope(1 / n, gamma)
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
        steep = slope.sum(axis, keepdims=True) / rest + logistic(top)[0] * top_slope
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
