"""Newton steps of order 3 in balls, from midpoint to midpoint, which nobody needs to trust."""

from __future__ import annotations

from collections.abc import Sequence
from operator import add, mul
from typing import Any

from flint import arb, ctx

from focal_symbolic.numbers.balls import HALF, ZERO, precision
from focal_symbolic.numbers.minimizer.problem import Problem

__all__ = ["step"]


def step(
    problem: Problem, multiplier: arb, q: Sequence[arb], near: Sequence[float] | None = None
) -> tuple[arb, list[arb], arb | float]:
    """A step of order 3 from midpoints, not certified: (lambda, q, the largest residual).

    With residual F_i = p_i phi(q_i)/lambda - 1 and E_i = ln(1 + F_i), E_i vanishes after a change d of ln lambda where
    q_i moves by q_i a_i (x_i + c_i x_i^2/2), x_i = E_i - d, a_i the ease and c_i the arc, up to third order. The moves,
    the heaviest's included, sum to 0 at a d that is first found without the terms of second order, the one of the
    logarithm among them.
    Args: near has the arcs near q, where q is as good as float64, so that float64 is good enough for the terms of second order.
    """
    points, bits = problem.points(multiplier, q), ctx.prec
    residual = points.residual
    with precision(2 * bits // 3 + 8):
        # the terms of second order in balls, or in floats
        half: Any
        rough: Sequence[Any]
        arcs: Sequence[Any]
        if near is None:
            eases, arcs = points.curves(problem.power)
            rough, half, largest = residual, HALF, max(map(arb.abs_upper, residual))
        else:
            eases, arcs = points.eases(problem.power), near
            rough, half = list(map(float, residual)), 0.5
            largest = max(map(abs, rough))
        g = list(map(mul, points.q, eases))
        weights: Sequence[Any] = list(problem.counted(g))
        total: Any = sum(weights, ZERO)
        change: Any = sum(map(mul, weights, residual), ZERO) / total
        mean = change
        if near is not None:
            weights, total, mean = list(map(float, weights)), float(total), float(change)
        bends = [half * (arc * (x := over - mean) * x - over * over) for arc, over in zip(arcs, rough, strict=True)]
        change += sum(map(mul, weights, bends)) / total
        moves = [one * (over - change + bend) for one, over, bend in zip(g[1:], residual[1:], bends[1:], strict=True)]
        growth = change + change * change * (HALF + change / 6)
    return multiplier + multiplier * growth, list(map(add, q, moves)), largest
