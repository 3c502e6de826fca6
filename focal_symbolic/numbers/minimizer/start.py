"""Where Newton starts: in float64 where that will do, else from a start that is safe for any numbers."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from flint import arb, ctx

from focal_symbolic.errors import Undecided
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import ONE, ZERO, Probability, ball, precision
from focal_symbolic.numbers.floats.row import Start, start
from focal_symbolic.numbers.minimizer.inverse import logit
from focal_symbolic.numbers.minimizer.newton import step
from focal_symbolic.numbers.minimizer.problem import Problem

__all__ = ["FLOAT_BITS", "float_start", "safe_start"]

FLOAT_BITS = 50
"""Bits that a start in float64 is good for; if it is not, the certificate fails and the other start is used."""
STEPS = 400


def float_start(problem: Problem) -> Start | None:
    """A start in float64, or None where float64 is too narrow."""
    try:
        gamma = float(problem.gamma)
    except OverflowError:
        return None
    if not (problem.floats[-1] > 1e-305 and 1e-300 < gamma < 1e9):
        return None
    return start(problem.floats, problem.counts, gamma)


@lru_cache(maxsize=256)
def safe_start(problem: Problem) -> tuple[arb, list[arb]]:
    """Midpoints good to about `start_bits` bits: Newton in ln lambda inside a bracket, each q_i solved in its logit.

    Nothing here is certified, so balls are cut to their midpoints; Arb is used because its exponents do not overflow.
    """
    with precision(problem.start_bits):
        gamma, n = ball(problem.gamma), sum(problem.counts)
        log_weights = problem.log_weights()
        uniform = formulas.log_slope(Probability.exact(Fraction(1, n)), gamma).mid()
        low, high = (log_weights[-1] + uniform).mid(), (log_weights[0] + uniform).mid()
        at = _guess(problem, log_weights, uniform, gamma)
        logits: list[arb | None] = [None] * (len(log_weights) - 1)
        last = arb.pos_inf()
        for _ in range(STEPS):
            if not low < at < high:
                at = ((low + high) / 2).mid()
            logits = [logit((at - w).mid(), gamma, z) for w, z in zip(log_weights[1:], logits, strict=True)]
            q = [Probability.from_logit(z).q.mid() for z in logits if z is not None]
            g = [
                count * value / formulas.elasticity(Probability(value), gamma)
                for count, value in zip(problem.counts[1:], q, strict=True)
            ]
            rest = sum(map(arb.__mul__, q, problem.counts[1:]), ZERO)
            if rest < 1:
                head = problem.head(q)
                excess = (log_weights[0] + formulas.log_slope(head, gamma) - at).mid()
                h = formulas.elasticity(head, gamma) / (problem.counts[0] * head.q)
                change = (excess / (1 + h * sum(g, ZERO))).mid()
            else:
                excess, change = ONE, ((rest * n / (n - 1)).log() * rest / sum(g, ZERO)).mid()
            low, high = (at, high) if excess > 0 else (low, at)
            slow, last = rest < 1 and abs(excess) > last / 2, abs(excess) if rest < 1 else last
            at = ((low + high) / 2).mid() if slow else (at + change).mid()
            if rest < 1 and abs(change) < ball((1, -8)):
                polished = _polish(problem, at, q)
                if polished is not None:
                    return polished
    raise Undecided(f"minimizer: no start at gamma = {problem.gamma} for {n} outcomes; raise dps.")


def _polish(problem: Problem, at: arb, q: list[arb]) -> tuple[arb, list[arb]] | None:
    """Newton steps until they are small; None if they are not."""
    small = ball((1, -(ctx.prec // 2)))
    multiplier = at.exp().mid()
    for _ in range(8):
        multiplier, q, largest = step(problem, multiplier, q)
        multiplier, q = multiplier.mid(), [value.mid() for value in q]
        if not all(value > 0 for value in q) or not sum(map(arb.__mul__, q, problem.counts[1:]), ZERO) < 1:
            return None
        if small > largest:
            return multiplier.log().mid(), q
    return None


def _guess(problem: Problem, log_weights: list[arb], uniform: arb, gamma: arb) -> arb:
    """ln lambda to begin with: the mean gain at P for small gamma, and its limit as q tends to uniform for large."""
    if gamma > 2:
        mean = sum(map(arb.__mul__, log_weights, problem.counts), ZERO) / sum(problem.counts)
        return (mean + uniform).mid()
    gains = [
        ball(k * w * w) * formulas.slope(Probability.exact(w), gamma)
        for w, k in zip(problem.weights, problem.counts, strict=True)
    ]
    return sum(gains, ZERO).log().mid()
