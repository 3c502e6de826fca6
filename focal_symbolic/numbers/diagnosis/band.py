"""The band of amplified classes, with certified ends."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
from flint import arb

from focal_symbolic.errors import Undecided
from focal_symbolic.numbers import arrays
from focal_symbolic.numbers.balls import Probability, ball, precision, sign
from focal_symbolic.numbers.decimals import digits
from focal_symbolic.numbers.diagnosis.result import Found, Number
from focal_symbolic.numbers.diagnosis.shares import Problem
from focal_symbolic.numbers.minimizer import solve
from focal_symbolic.numbers.rounding import rounded
from focal_symbolic.numbers.sweep import log_gain

__all__ = ["band"]


def band(problem: Problem, found: Found) -> tuple[Number, Number] | None:
    """(p_low, p_high)."""
    zero, one = (mpmath.mpf(0), mpmath.mpf(1)) if problem.certified else (0.0, 1.0)
    if problem.gamma == 0:
        return None
    if found.log_multiplier is None:  # a sigmoid
        return zero, one / 2
    if problem.size == 1:
        return zero, one
    first, last = map(float, arrays.amplification_band(float(found.log_multiplier), float(problem.gamma)))
    if not problem.certified:
        return first, last
    whole = problem.whole
    gaining = [share for share, one in zip(problem.distinct, found.signs, strict=True) if one > 0]
    inside = gaining[0] if gaining else Fraction(math.sqrt(first * last) if first else last / 2)

    def enclose(bits: int) -> list[arb | Fraction]:
        level = solve(whole, problem.gamma, bits + 32 + problem.lost_bits).log_multiplier
        ends = [Fraction(0)] if not level > 0 else [_band_end(problem, level, inside, Fraction(first), False, bits)]
        return [*ends, _band_end(problem, level, inside, Fraction(last), True, bits)]

    (low, high), _ = rounded(enclose, problem.dps)
    return low, high


def _band_end(problem: Problem, level: arb, inside: Fraction, guess: Fraction, upper: bool, bits: int) -> arb:
    """Where psi falls to lambda on one side of a point inside the band, by halving with certified signs.

    psi rises to its mode and falls beyond it, so on each side of the band there is one such point.
    """
    with precision(bits + 64 + problem.lost_bits):
        power = ball(problem.gamma)

        def above(x: Fraction) -> int:
            return sign(log_gain(Probability.exact(x), power) - level)

        if above(inside) <= 0:
            raise Undecided(f"diagnose: the band at gamma = {digits(problem.gamma, 6)} is too narrow to be told from a point.")
        outside = Fraction(1, 2)
        while above(1 - outside if upper else outside) >= 0 or not (outside < 1 - inside if upper else outside < inside):
            outside /= 2
            if outside.denominator.bit_length() > 16 * bits:
                raise Undecided(f"diagnose: no end of the band was found at gamma = {digits(problem.gamma, 6)}.")
        outside = 1 - outside if upper else outside
        for scale in (30, 20):
            for point in (guess * (1 + Fraction(1, 2**scale)), guess * (1 - Fraction(1, 2**scale))):
                if min(inside, outside) < point < max(inside, outside):
                    side = above(point)
                    inside, outside = (point, outside) if side > 0 else (inside, point) if side < 0 else (inside, outside)
        while abs(inside - outside) * 2 ** (bits + 8) > max(inside, outside):
            middle = (inside + outside) / 2
            if not (side := above(middle)):
                break
            inside, outside = (middle, outside) if side > 0 else (inside, middle)
        return ball(inside).union(ball(outside))
