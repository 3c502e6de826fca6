"""Newton steps of order 3 in balls, from midpoint to midpoint, which nobody needs to trust."""

from __future__ import annotations

from collections.abc import Sequence
from operator import add, mul

from flint import arb, ctx

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import HALF, ZERO, precision
from focal_symbolic.numbers.minimizer.problem import Problem

__all__ = ["step"]


def step(problem: Problem, multiplier: arb, q: Sequence[arb], from_float: bool = False) -> tuple[arb, list[arb], arb | float]:
    """A step of order 3 from midpoints, not certified: (lambda, q, the largest residual).

    With residual F_i = p_i phi(q_i)/lambda - 1 and E_i = ln(1 + F_i), E_i vanishes after a change d of ln lambda where
    q_i moves by q_i a_i (x_i + c_i x_i^2/2), x_i = E_i - d, a_i the ease and c_i the arc, up to third order. The moves,
    the heaviest's included, sum to 0 at a d that is first found without the terms of second order, the one of the
    logarithm among them.
    Args: from_float says that q is as good as float64, so that float64 is good enough for the terms of second order.
    """
    points, bits = problem.points(multiplier, q), ctx.prec
    residual = points.residual
    with precision(2 * bits // 3 + 8):
        of_gamma = formulas.of_gamma(problem.power)
        rough: Sequence[arb | float] = residual
        if from_float:
            eases = formulas.eases(of_gamma, points.odds, points.lift)
            of_gamma, odds, lift, rough = (list(map(float, part)) for part in (of_gamma, points.odds, points.lift, residual))
            _, arcs = formulas.curves(of_gamma, odds, lift)
        else:
            eases, arcs = formulas.curves(of_gamma, points.odds, points.lift)
        masses = list(map(mul, points.q, eases))
        total = sum(problem.counted(masses), ZERO)
        change = sum(problem.counted(map(mul, masses, residual)), ZERO) / total
        half, at, mean = (0.5, list(map(float, masses)), float(change)) if from_float else (HALF, masses, change)
        curves = [
            one * (arc * (x := over - mean) * x - over * over) * half for one, arc, over in zip(at, arcs, rough, strict=True)
        ]
        change += sum(problem.counted(curves)) / total
        moves = [mass * (over - change) + curve for mass, over, curve in zip(masses, residual, curves, strict=True)]
        growth = change + change * change * (HALF + change / 6)
    largest: arb | float = max(map(abs, map(float, rough))) if from_float else max(map(arb.abs_upper, residual))
    return multiplier + multiplier * growth, list(map(add, q, moves[1:])), largest
