"""The optimum in float64, for more classes than balls have the time for."""

from __future__ import annotations

import math

import numpy as np

from focal_symbolic.numbers import arrays
from focal_symbolic.numbers.diagnosis.result import FLOAT_ERROR, Found
from focal_symbolic.numbers.diagnosis.shares import Problem, float_of
from focal_symbolic.numbers.floats.kinds import Array

__all__ = ["float_pairs", "float_softmax"]


def _row(problem: Problem) -> Array:
    """The shares with their repetitions, with sum 1."""
    shares = np.repeat(np.array(problem.float_shares), problem.times)
    return shares / math.fsum(shares)


def float_softmax(problem: Problem) -> Found:
    """The optimum of a softmax, in float64."""
    p, power = _row(problem), float(problem.gamma)
    found = arrays.minimizer(p, power)
    firsts = np.cumsum([0, *problem.times[:-1]])
    q, ratio = found.q[firsts], found.q[firsts] / p[firsts]
    level = float(found.log_multiplier)
    entropies = (float(arrays.focal_entropy(p, p, 0.0)), float(arrays.focal_entropy(found.q, found.q, 0.0)))
    return _found(q, ratio, (math.exp(level),), level, entropies)


def float_pairs(problem: Problem) -> Found:
    """The optimum of a sigmoid for each class, in float64."""
    p = np.array([(float_of(share), float_of(1 - share)) for share in problem.distinct])
    found = arrays.minimizer(p, float(problem.gamma))
    times = np.array(problem.times)
    before, after = (float((arrays.focal_entropy(one, one, 0.0) * times).sum()) for one in (p, found.q))
    ratio = found.q[:, 0] / p[:, 0]
    return _found(found.q[:, 0], ratio, tuple(np.exp(found.log_multiplier).tolist()), None, (before, after))


def _found(
    q: Array, ratio: Array, multipliers: tuple[float, ...], level: float | None, entropies: tuple[float, float]
) -> Found:
    signs = np.where(np.abs(ratio - 1) <= 4 * FLOAT_ERROR, 0, np.sign(ratio - 1)).astype(int)
    return Found(tuple(q.tolist()), tuple(ratio.tolist()), tuple(signs.tolist()), multipliers, level, entropies, FLOAT_ERROR)
