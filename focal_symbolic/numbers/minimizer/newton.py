"""Newton steps of order 3 in balls, from midpoint to midpoint, which nobody needs to trust."""

from __future__ import annotations

from collections.abc import Sequence
from operator import add, mul
from typing import Any

from flint import arb, ctx

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import HALF, ONE, ZERO, precision
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
    if near is not None:
        return _step_from_floats(problem, multiplier, q, near)
    points, bits = problem.points(multiplier, q), ctx.prec
    with precision(2 * bits // 3 + 8):
        residual = points.residuals()
        eases, arcs = points.curves(problem.power)
        g = list(map(mul, points.q, eases))
        weights = list(problem.counted(g))
        total = sum(weights, ZERO)
        change = sum(map(mul, weights, residual), ZERO) / total
        bends = _bends(arcs, residual, change, weights, total, HALF)
        change += sum(map(mul, weights, bends), ZERO) / total
        moves = [one * (over - change + bend) for one, over, bend in zip(g[1:], residual[1:], bends[1:], strict=True)]
    return multiplier + multiplier * _growth(change), list(map(add, q, moves)), max(map(arb.abs_upper, residual))


def _step_from_floats(
    problem: Problem, multiplier: arb, q: Sequence[arb], near: Sequence[float]
) -> tuple[arb, list[arb], arb | float]:
    whole, complement, mass, logs = problem.parts(q)
    gamma = problem.power
    scalars = (*formulas.of_gamma(gamma), -gamma, multiplier, ONE / multiplier)
    residual, eases = formulas.residuals_and_eases(scalars, mass, whole, complement, logs)
    g = list(map(mul, whole, eases))
    weights = list(problem.counted(g))
    total = sum(weights, ZERO)
    change = sum(map(mul, weights, residual), ZERO) / total
    rough, shares, whole_share = list(map(float, residual)), list(map(float, weights)), float(total)
    bends = _bends(near, rough, float(change), shares, whole_share, 0.5)
    change += sum(map(mul, shares, bends)) / whole_share
    moves = [one * (over - change + bend) for one, over, bend in zip(g[1:], residual[1:], bends[1:], strict=True)]
    return multiplier + multiplier * _growth(change), list(map(add, q, moves)), max(map(abs, rough))


def _bends(
    arcs: Sequence[Any], residual: Sequence[Any], change: Any, weights: Sequence[Any], total: Any, half: Any
) -> list[Any]:
    """The terms of second order, c_i x_i^2/2 - F_i^2/2 of each class, in balls or in floats.

    The x_i with these weights sum to 0. Where the heaviest's outweighs all, its x_i is what the others leave: its arc may be
    as large as 1/gamma, and what rounding leaves of the difference would be all that is seen of it.
    """
    bends = [half * (arc * (x := over - change) * x - over * over) for arc, over in zip(arcs, residual, strict=True)]
    if weights[0] > half * total:
        x = sum(map(mul, weights[1:], [change - over for over in residual[1:]])) / weights[0]
        bends[0] = half * (arcs[0] * x * x - residual[0] * residual[0])
    return bends


def _growth(change: arb) -> arb:
    """exp(d) - 1 to third order."""
    return change + change * change * (HALF + change / 6)
