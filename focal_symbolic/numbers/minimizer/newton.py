"""Newton steps of order 3 in balls, from midpoint to midpoint, which nobody needs to trust."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from functools import partial

from flint import arb, ctx

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import HALF, ZERO, precision
from focal_symbolic.numbers.minimizer.problem import Problem

__all__ = ["step"]


def step(problem: Problem, multiplier: arb, q: Sequence[arb], from_float: bool = False) -> tuple[arb, list[arb], arb | float]:
    """A step of order 3 from midpoints, not certified: (lambda, q, the largest residual).

    With residual F_i = p_i phi(q_i)/lambda - 1 and E_i = ln(1 + F_i), E_i vanishes after a change d of ln lambda where
    q_i moves by q_i (w_i + b_i w_i^2/2), w_i = (E_i - d)/elasticity_i and b_i the bend, up to third order. The moves,
    the heaviest's included, sum to 0 at a d that is first found without the terms of second order, the one of the
    logarithm among them.
    Args: from_float says that q is as good as float64, so that float64 is good enough for the terms of second order.
    """
    points, bits = problem.points(multiplier, q), ctx.prec
    residual = points.residual
    with precision(2 * bits // 3 + 32):
        of_gamma = formulas.of_gamma(problem.power)
        at: Sequence[arb | float] = points.q
        rough: Sequence[arb | float] = residual
        eases: Sequence[arb]
        rough_eases: Sequence[arb | float]
        if from_float:
            eases = [formulas.ease(of_gamma, odds, lift) for odds, lift in zip(points.odds, points.lift, strict=True)]
            of_gamma, at, odds, lift, rough = (list(map(float, part)) for part in (of_gamma, *points[:2], points.lift, rough))
            rough_eases, bends = zip(*map(partial(formulas.curve, of_gamma), odds, lift), strict=True)
        else:
            eases, bends = zip(*map(partial(formulas.curve, of_gamma), points.odds, points.lift), strict=True)
            rough_eases = eases
        masses = list(map(arb.__mul__, points.q, eases))
        total = sum(problem.counted(masses), ZERO)
        change = sum(problem.counted(map(arb.__mul__, masses, residual)), ZERO) / total
    with precision(bits // 3 + 32):
        mean, curves = float(change) if from_float else change, []
        for value, ease, bend, over in zip(at, rough_eases, bends, rough, strict=True):
            w = (over - mean) * ease
            curves.append(value * (bend * w * w - ease * over * over))
        extra = sum(map(operator.mul, curves, problem.counts)) / (2 * total)
        half = 0.5 if from_float else HALF
        curves = [curve * half for curve in curves]
    with precision(2 * bits // 3 + 32):
        change += extra
        moves = [mass * (over - change) + curve for mass, over, curve in zip(masses, residual, curves, strict=True)]
        growth = change + change * change * (HALF + change / 6)
    largest: arb | float = max(map(abs, map(float, rough))) if from_float else max(map(arb.abs_upper, residual))
    return multiplier + multiplier * growth, list(map(arb.__add__, q, moves[1:])), largest
