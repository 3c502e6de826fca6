"""The certificate: one Newton step at full precision, and what it shows of lambda, q and H*."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul

from flint import arb, ctx

from focal_symbolic.numbers.balls import HALF, ONE, ZERO, precision
from focal_symbolic.numbers.minimizer.problem import Problem

__all__ = ["certified_moves", "certified_step", "log1p_small"]

MOST_HIGH = arb((1, -5))
EITHER_HALF = arb(HALF, HALF)
"""(exp(d) - 1 - d)/d^2 lies in it for |d| < 1."""


def certified_step(problem: Problem, multiplier: arb, q: Sequence[arb]) -> tuple[arb, arb, list[arb], arb] | None:
    """The last Newton step, with its proof: (lambda, ln lambda, q, H*) in certified balls, or None.

    Statement: with F_i = p_i phi(q_i)/lambda - 1 for E_i, `certified_moves` says how far ln lambda and the q_i are from theirs.
    H* needs no new logarithm. The loss is convex with slope -phi, so p_i loss moves by -move_i times a number between
    p_i phi before, lambda (1 + F_i), and p_i phi after, lambda exp(d), both within 1.04 f lambda of lambda. The moves of
    all sum to 0, so that only this counts, and their sizes sum to 2.5 f sum k_i g_i at most.
    Args: lambda and q, of all but the heaviest, are exact.
    """
    points, gamma = problem.points(multiplier, q), problem.power
    entropy = sum(problem.counted(map(mul, map(mul, points.mass, points.complement), points.drag)), ZERO) / gamma
    with precision(ctx.prec // 2 + 6):
        if (found := certified_moves(problem, points.q, points.eases(gamma), points.residuals())) is None:
            return None
        change, moves, box, slack = found
        growth = change + change * change * EITHER_HALF  # exp(d) - 1
    q = [(at + move) * box for at, move in zip(q, moves, strict=True)]
    return multiplier * (ONE + growth), multiplier.log() + change, q, entropy + arb(0, (multiplier * slack).upper())


def certified_moves(
    problem: Problem, q: Sequence[arb], eases: Sequence[arb], excess: Sequence[arb]
) -> tuple[arb, list[arb], arb, arb] | None:
    """(d, the moves of q but the heaviest's, box, slack) by Newton's step, or None: q_i* is in (q_i + move_i) box.

    Statement: the q_i are positive and sum to 1; a_i is the ease, 1/elasticity, at q_i and g_i = q_i a_i; E_i is
        ln(p_i phi(q_i)/lambda), or that ratio less 1; f is the largest |E_i|, and h = f max(1, the a_i) at most 1/32. With
        m = sum k_i g_i E_i / sum k_i g_i, ln lambda* is within 16 f h of ln lambda + m, and q_i* within a factor 1 +- 32 h^2
        of q_i + g_i (E_i - m). The slack is 3 f^2 sum k_i g_i. In balls all of it holds for each gamma with its a and E.
    Proof: If f bounds the ratios less 1, then these are within 0.52 f^2 of the logarithms. So let E_i be the logarithm and
        e = 1.02 f, which bounds it. Let ln lambda* = ln lambda + d. Were d above or below every E_i, then every q_i would have
        to fall, or to rise: so |d| <= e, and ln phi(q_i) moves by d - E_i, at most 2e.
        Let o be the odds of q, D = d/d ln q, t = o |ln q| < 1 and L = gamma t. D t = (1 + o) t - o is in (0, t). The elasticity
        is (1 + S)/(1 + L), S = o N with N = (gamma - 1) L + 2 gamma > |gamma - 1| D L, so that D ln S is in (o, o + 2), the
        rate D ln elasticity in (-1, o + 2) and D ln g = 1 - that in (-1 - o, 2). Where q >= 1/2, N > gamma |ln q|, so
        that S > L and the elasticity is above 1.
        Each i but a heaviest that is alone has a j with p_j >= p_i, so that q_i* <= 1/2 and ln phi(q_i) >= ln phi(q_j) - 2e,
        while q_i or q_j is at most 1/2: so ln q_i <= ln(1/2) + 2e, and o <= 1.15 from q_i to q_i*. There, and from a
        heaviest with o <= 1, it is not far: while o <= 1.2, the ease shrinks or grows at a rate of 3.2 at most, so that a way
        of w in ln q takes a change of ln phi by (1 - exp(-3.2 w))/(3.2 a_i) at least; that is at most 2e; so w <= 2.3h, and
        o <= 1.2 all the way, and |D ln g| <= 2.2.
        A heaviest that is alone with o > 1 has 1 - q equal to the sum of the others, so that ln(1 - q) moves by 2.3h at most,
        ln q by no more than 2.5h, and o >= 0.85, where |d ln g/d ln(1 - q)| = |D ln g|/o <= 2.36.
        Both ways g is g_i (1 + T_i), |T_i| <= exp(5.5h) - 1 <= 6.1h, and by the mean value theorem the move is
        g_i (1 + T_i) (E_i - d). The moves sum to 0: so d is within 6.1h 2e of the mean of the E_i with weights k_i g_i, within
        13.1 f h of m whichever E_i was meant, and the move within 27 f h g_i of g_i (E_i - m); and f g_i <= h q_i, where
        q_i <= (q_i + g_i (E_i - m))/(1 - 2h).
    """
    largest = max(map(arb.abs_upper, excess))
    high = largest * max(ONE, *map(arb.abs_upper, eases))
    if not high < MOST_HIGH:
        return None
    g = list(map(mul, q, eases))
    total = sum(problem.counted(g), ZERO)
    mean = sum(problem.counted(map(mul, g, excess)), ZERO) / total
    if not (total > 0 and mean.is_finite()):  # as where some q is not between 0 and 1
        return None
    moves = [one * (over - mean) for one, over in zip(g[1:], excess[1:], strict=True)]
    return mean + arb(0, 16 * largest * high), moves, arb(1, 32 * high * high), total * largest * largest * 3


def log1p_small(x: arb) -> arb:
    """ln(1 + x) by two terms; the rest is at most |x|^3 for |x| <= 1/2. NaN for larger."""
    size = abs(x).upper()
    return x - x * x / 2 + arb(0, size * size * size) if size < ONE / 2 else arb.nan()
