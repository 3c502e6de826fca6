"""The slope inverted, certified, and the inverse map from a model to the data of which it is the minimizer."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb, ctx

from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import ZERO, Probability, ball, precision

__all__ = ["inverse_map", "logit", "slope_inverse_ball"]

ATTEMPTS, STEPS = 10, 400
NARROW = arb((1, -32))
"""A ball of smaller relative radius is inverted as a whole, others at both ends."""


def inverse_map(q: Sequence[Probability], gamma: Fraction | arb, factors: Sequence[Fraction] | None = None) -> tuple[arb, ...]:
    """The distribution proportional to factors/phi(q), all entries of q in (0, 1), enclosed at the present precision."""
    power = ball(gamma)
    shares = [1 / formulas.slope(at, power) for at in q]
    if factors is not None:
        shares = [share * ball(factor) for share, factor in zip(shares, factors, strict=True)]
    total = sum(shares, ZERO)
    return tuple(share / total for share in shares)


def slope_inverse_ball(y: arb, gamma: Fraction | arb) -> Probability:
    """The x in (0, 1) with phi(x) = y, certified for the whole ball y, at the present precision.

    Args: y > 0 (a ball is taken at both ends, phi being strictly decreasing); gamma > 0.
    Raises: InputError if y <= 0 or gamma <= 0; Undecided if balls could not decide.
    """
    power = ball(gamma)
    if y <= 0 or power <= 0:
        raise InputError(f"slope_inverse needs y > 0 and gamma > 0, not y = {y.str(10)}, gamma = {power.str(10)}.")
    if not (y > 0 and power > 0 and y.is_finite()):
        raise Undecided(f"slope_inverse: the sign of y = {y.str(10)} or gamma = {power.str(10)} is undecided.")
    if y.rad() < y.mid() * NARROW:
        try:
            return _slope_inverse(y, gamma, ATTEMPTS if y.is_exact() else 1)
        except Undecided:
            if y.is_exact():
                raise
    above, below = _slope_inverse(y.lower(), gamma), _slope_inverse(y.upper(), gamma)
    return Probability(below.q.union(above.q), below.complement.union(above.complement))


def _slope_inverse(y: arb, gamma: Fraction | arb, attempts: int = ATTEMPTS) -> Probability:
    """Newton in the logit z with doubling precision; the last step is interval Newton for every number of the ball y."""
    goal = ctx.prec
    guard = 32 + 2 * max(exponent_of(ball(gamma)), 0)
    for _ in range(attempts):
        levels = [goal + guard]
        while levels[-1] > 64 + 2 * guard:
            levels.append(levels[-1] // 2 + guard)
        with precision(levels[-1]):
            z = logit(y.log().mid(), ball(gamma), None)
        for level in [levels[-1]] * 3 + levels[-2:0:-1]:
            with precision(level):
                z = _logit_step(z, y, ball(gamma))
        with precision(levels[0]):
            root, certified = _certified_step(z, y, ball(gamma))
            if certified:
                return Probability.from_logit(root)
        guard = 2 * guard
    raise Undecided(f"slope_inverse: no certificate at y = {y.str(10)}, gamma = {ball(gamma).str(10)}; raise dps.")


def _logit_step(z: arb, y: arb, gamma: arb) -> arb:
    """The logit after a step of Newton's, not certified."""
    at = Probability.from_logit(z)
    value, elasticity = formulas.log_slope_and_elasticity(at, gamma)
    return (z + (value - y.log()) / (at.complement * elasticity)).mid()


def _certified_step(z: arb, y: arb, gamma: arb) -> tuple[arb, bool]:
    """A ball for the logit by interval Newton, and whether it is certain to hold it."""
    excess = formulas.log_slope(Probability.from_logit(z), gamma) - y.log()
    spread = 256 * excess.abs_upper() + ball((1, -(ctx.prec // 2)))
    box = Probability.from_logit(z + arb(0, spread))
    change = excess / (box.complement * formulas.elasticity(box, gamma))
    return z + change, bool(abs(change) < spread)


def exponent_of(value: arb) -> int:
    """The binary exponent of the midpoint of a ball."""
    man, exponent = value.mid().man_exp()
    return man.bit_length() + int(exponent)


def logit(target: arb, gamma: arb, z: arb | None) -> arb:
    """The logit z at which ln phi = target, to a few digits, from a guess; Newton inside the bracket found so far."""
    low, high = arb.neg_inf(), arb.pos_inf()
    if z is None:
        z = -target if target > 0 else ZERO
    last = arb.pos_inf()
    near = ball((1, -8 - max(exponent_of(gamma), 0)))  # ln phi bends like gamma
    for _ in range(STEPS):
        point = Probability.from_logit(z)
        value, elasticity = formulas.log_slope_and_elasticity(point, gamma)
        excess = (value - target).mid()
        change = (excess / (point.complement * elasticity)).mid()
        low, high = (z, high) if excess > 0 else (low, z)
        new = (z + change).mid()
        if abs(change) < near:
            return new
        slow, last = abs(excess) > last / 2, abs(excess)
        if (slow or not low <= new <= high) and low.is_finite() and high.is_finite():
            new = ((low + high) / 2).mid()
        z = new
    raise Undecided(f"slope_inverse: no start at ln phi = {target.str(10)}, gamma = {gamma.str(10)}.")
