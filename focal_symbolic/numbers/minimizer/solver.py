"""The solver: from a start to the certificate on rising precision, kept."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import log2
from operator import attrgetter
from typing import NamedTuple

from flint import arb, ctx, fmpq

from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import ONE, ZERO, Probability, ball, precision
from focal_symbolic.numbers.entropy import focal_entropy_ball
from focal_symbolic.numbers.minimizer.certificate import certified_step
from focal_symbolic.numbers.minimizer.newton import step
from focal_symbolic.numbers.minimizer.problem import Problem, Weights, size_of
from focal_symbolic.numbers.minimizer.start import FLOAT_BITS, float_start, safe_start

__all__ = ["Solution", "solve", "solve_weights"]

ATTEMPTS = 10
ARC_BITS = 2 * FLOAT_BITS + 7
"""Bits that a step from float64 is good for, and to spare, with arcs that are as good as nothing."""


class Solution(NamedTuple):
    """Certified balls of the minimizer on a support: each contains the true value. Equal p share one `Probability`."""

    q: tuple[Probability, ...]
    multiplier: arb
    log_multiplier: arb
    entropy: arb
    log_entropy: arb


def solve(p: Sequence[Fraction], gamma: Fraction, prec: int) -> Solution:
    """The minimizer on a support, in certified balls of relative radius at most 2**-prec.

    Statement: each ball contains the true value; ln lambda and ln H* have absolute radii of that size. Results are kept.
    Args: p is all positive and sums to 1 exactly; gamma is exact and at least 0; prec is in bits.
    Raises: InputError for another p or gamma; Undecided if no certificate was found.
    """
    weights = tuple(p)
    if not all(isinstance(weight, (Fraction, int)) for weight in weights):
        raise InputError("p must be positive Fractions that sum to 1; leave out the outcomes of probability 0.")
    if not weights or min(weights) <= 0:
        raise InputError("p must be positive Fractions that sum to 1; leave out the outcomes of probability 0.")
    if gamma < 0:
        raise InputError(f"gamma = {gamma} is negative; the focusing parameter must be at least 0.")
    if sum(map(fmpq, map(_top, weights), map(_under, weights)), fmpq(0)) != 1:
        raise InputError(f"p sums to {sum(weights)}; it must sum to 1 exactly, so leave out no outcome.")
    return solve_weights(Weights(weights), gamma, prec)


_top, _under = attrgetter("numerator"), attrgetter("denominator")


@lru_cache(maxsize=256)
def solve_weights(weights: Weights, gamma: Fraction, prec: int) -> Solution:
    """As `solve`, for weights and gamma of which that is known; those of a `Distribution` are."""
    problem = Problem.of(weights, gamma)
    guard = problem.guard
    bits = prec + guard
    for attempt in range(ATTEMPTS):
        with precision(bits):
            if (found := _enclosed(problem, bits - guard, quick=attempt < 2)) is not None:
                at, multiplier, log_multiplier, entropy = found
                log_entropy = arb.neg_inf() if entropy.is_zero() else entropy.log()
                numbers = [multiplier, entropy, *[one.q for one in at], *[one.complement for one in at]]
                # Arb compares the top bits of radius and middle; one bit more is for the least absolute value instead
                if min(map(arb.rel_accuracy_bits, numbers)) > prec:
                    return Solution(tuple([at[x] for x in problem.order]), multiplier, log_multiplier, entropy, log_entropy)
        bits += bits // 4 + 32
    raise Undecided(
        f"minimizer: no certificate at gamma = {gamma} for {len(weights.values)} outcomes with {bits} bits; raise dps."
    )


def _enclosed(problem: Problem, goal: int, quick: bool) -> tuple[list[Probability], arb, arb, arb] | None:
    """(q of each distinct weight, lambda, ln lambda, H*) in certified balls at the present precision, or None.

    Args: goal is how many bits are to be right; quick, to start from float64, else from a start that is safe for any numbers.
    """
    gamma = problem.gamma
    if gamma == 0 or len(problem.weights) == 1:
        at = [Probability.exact(weight) for weight in problem.weights]
        log_multiplier = ZERO
        if gamma > 0:
            (weight,) = problem.weights
            certain = weight == 1
            log_multiplier = arb.neg_inf() if certain else ball(weight).log() + formulas.log_slope(at[0], ball(gamma))
        multiplier = ZERO if log_multiplier == arb.neg_inf() else log_multiplier.exp()
        masses = [weight * count for weight, count in zip(problem.weights, problem.counts, strict=True)]
        return at, multiplier, log_multiplier, focal_entropy_ball(masses, at, gamma)
    problem.in_balls()  # once, at the highest precision
    size = size_of(gamma)
    near, arcs, arc_bits = float_start(problem) if quick else None, None, 0.0
    if near is None:
        known, (log_multiplier, q) = problem.start_bits, safe_start(problem)
    else:
        known, log_multiplier, q, arcs = FLOAT_BITS, arb(near.log_multiplier), list(map(arb, near.q)), near.arcs
        arc_bits = ARC_BITS - log2(max(near.away, 1e-15)) - 2 * max(size - 2, 0)
    # the last step is of order 2, the others of order 3
    levels, needed = [ctx.prec], goal // 2 + size + 9
    while needed > known:
        levels.append(needed)
        needed = needed // 3 + size + 3
    with precision(levels[-1]):
        multiplier = log_multiplier.exp().mid()
    for level in reversed(levels[1:]):
        with precision(level):
            for _ in range(2):  # once more if the start was not as good as hoped for
                multiplier, q, largest = step(problem, multiplier, q, arcs if level <= arc_bits else None)
                multiplier, q, arcs = multiplier.mid(), list(map(arb.mid, q)), None
                if ONE > largest * (1 << (level // 3 - 2)):
                    break
    proved = certified_step(problem, multiplier, q)
    if proved is None:
        return None
    multiplier, log_multiplier, q, entropy = proved
    return [problem.head(q), *map(Probability, q)], multiplier, log_multiplier, entropy
