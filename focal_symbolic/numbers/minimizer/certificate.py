"""The certificate: one interval Newton step at full precision, and what it shows of lambda, q and H*."""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb, ctx

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import ONE, ZERO, Probability, precision
from focal_symbolic.numbers.minimizer.problem import Points, Problem

__all__ = ["certified_step", "interval_newton", "log1p_small"]

MOST_ODDS = arb((9, -3))
"""The largest odds of the others for `Problem.newton`, where theirs are below 1."""


def certified_step(problem: Problem, multiplier: arb, q: Sequence[arb]) -> tuple[arb, arb, list[arb], arb] | None:
    """The last Newton step, with its proof: (lambda, ln lambda, q, H*) in certified balls, or None.

    E_0, the excess of the heaviest, is a function of ln lambda alone once every other E_i is to vanish; it is continuous
    and falls. As in `step`, with g = q/elasticity, it vanishes at d = sum k_i g_i E_i / sum k_i g_i, sums over all. Here
    the g are enclosed over boxes q_i (1 + [-r, r]), so that by the mean value theorem this is an interval Newton step:
    if no q_i can leave its box while |d| <= reach, and |d| < reach, then the root is in the result.

    E_i = ln(1 + F_i) differs from F_i by at most F_i^2, as |F_i| <= 1/2.

    H* needs no new logarithm. The loss is convex with slope -phi, so p_i loss moves by -move_i times a number between
    p_i phi before, lambda (1 + F_i), and p_i phi after, lambda exp(d). The moves of all sum to 0, so that only what the
    factors differ from lambda counts.
    """
    points = problem.points(multiplier, q)
    entropy = -sum(problem.counted(map(arb.__mul__, points.mass, points.log)), ZERO)
    bits = ctx.prec
    with precision(bits // 2 + 32):
        residual = points.residual
        largest = max(map(arb.abs_upper, residual))
        if not largest < arb((1, -4)):
            return None
        blur = arb(0, largest * largest)
        if (found := interval_newton(problem, points, residual, arb((1, -(bits // 2))), arb((1, -bits)), 16, blur)) is None:
            return None
        change, moves, moved = found
        growth = change + change * change * arb((1, -1), abs(change).upper())  # exp(d) - 1, as |d| < 1
        slack = 2 * moved * max(growth.abs_upper(), largest)  # the heaviest move by as much as the others, at most
    q = list(map(arb.__add__, q, moves))
    return multiplier * (ONE + growth), multiplier.log() + change, q, entropy + arb(0, (multiplier * slack).upper())


def interval_newton(
    problem: Problem, points: Points, excess: Sequence[arb], least: arb, reach: arb, margin: int, blur: arb = ZERO
) -> tuple[arb, list[arb], arb] | None:
    """Interval Newton as in `certified_step`, or None: (d, the moves of q of all but the heaviest, a bound of their sum).

    With balls for gamma and for the E_i all of it holds for each gamma and E_i in them, and so do the results.
    From q to q (1 + t), |t| <= r <= 1/4, with odds below 9/8 at q, the odds grow by the factor (1 + t)/(1 - t odds), which
    is within 3r of 1. So is that of the lift, gamma odds |ln q|: |ln q| falls as the odds grow, and by less, since
    |ln q| > ln(17/9) and |ln(1 + t)| <= 1.2 r.
    Args: E_i is in excess_i + blur, a ball around 0; the boxes have r = margin * largest |E_i| + least, and d may be
        2 * largest |E_i| + reach.
    """
    gamma, of_gamma = problem.power, formulas.of_gamma(problem.power)
    largest = max(map(arb.abs_upper, excess)) + blur.abs_upper()
    spread = margin * largest + least
    if not spread < arb((1, -2)):
        return None
    box, stretch = arb(1, spread), arb(1, 3 * spread)
    # of the heaviest, 1 - q = (k - 1 + rest)/k lies in a box as wide as that of what the others sum to
    c_head = points.q[0] / points.odds[0] * box
    head = Probability(ONE - c_head, c_head)
    if not head.q > 0:
        return None
    odds = head.q / c_head
    g = [head.q * formulas.ease(of_gamma, odds, formulas.lift(-gamma, odds, head.log))]
    limit = (spread / (2 * (3 * largest + reach))).lower()
    for at, odds, lift in zip(points.q[1:], points.odds[1:], points.lift[1:], strict=True):
        ease = formulas.ease(of_gamma, odds * stretch, lift * stretch)
        if not (odds < MOST_ODDS and ease < limit):  # (|E_i| + |d|) ease < r/2: q_i stays in its box
            return None
        g.append(at * box * ease)
    total = sum(problem.counted(g), ZERO)
    change = sum(problem.counted(map(arb.__mul__, g, excess)), ZERO) / total + blur
    reach = 2 * largest + reach
    if not abs(change) < reach:  # every g is positive, since the loss is convex; where total is not, this is NaN
        return None
    offset = change + blur
    moves = [one * (over - offset) for one, over in zip(g[1:], excess[1:], strict=True)]
    return change, moves, (total * (largest + reach)).abs_upper()


def log1p_small(x: arb) -> arb:
    """ln(1 + x) by two terms; the rest is at most |x|^3 for |x| <= 1/2. NaN for larger."""
    size = abs(x).upper()
    return x - x * x / 2 + arb(0, size * size * size) if size < ONE / 2 else arb.nan()
