"""The slope inverted, certified, and the inverse map from a model to the data of which it is the minimizer."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb, ctx

from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import HALF, ZERO, Probability, ball, precision
from focal_symbolic.numbers.floats.number import logit_of_log_slope
from focal_symbolic.numbers.floats.table import EDGE

__all__ = ["inverse_map", "logit", "near_logit", "slope_inverse_ball"]

ATTEMPTS, STEPS = 10, 400
FLOAT_BITS = 44
"""Bits that the start in float64 is good for; if it is not, the certificate fails, and the other start is used."""
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
    """Steps of order 3 in the logit on rising precision; the last is interval Newton for every number of the ball y."""
    power = ball(gamma)
    size = max(exponent_of(power), 0)
    guard = 32 + 2 * size
    for attempt in range(attempts):
        bits = ctx.prec + guard
        with precision(bits):
            power, target = ball(gamma), y.log()
        near = near_logit(target, power) if not attempt else None
        known, least = 2 * size + 6, 64 + 2 * guard
        if near is not None:
            known, least = max(known, FLOAT_BITS), 0
        levels = [max(one, least) for one in _levels(ctx.prec // 2 + size + 10, known, size + 3, guard // 2)]
        if near is None:
            levels += [least, least]
            with precision(least):
                near = logit(target.mid(), power, None)
        z = near
        for level in reversed(levels):
            with precision(level):
                z = _logit_step(z, target, power)
        with precision(bits):
            root, certified = _certified_step(z, target, power)
            if certified:
                return Probability.from_logit(root)
        guard = 2 * guard
    raise Undecided(f"slope_inverse: no certificate at y = {y.str(10)}, gamma = {power.str(10)}; raise dps.")


def _levels(bits: int, known: int, lost: int, guard: int) -> list[int]:
    """The precisions of the steps of order 3 that bring a logit from `known` bits to `bits`, the last first.

    Args: known > 3/2 lost, or there is no end.
    """
    levels = []
    while bits > known:
        levels.append(bits + guard)
        bits = bits // 3 + lost
    return levels


def near_logit(target: arb, gamma: arb) -> arb | None:
    """The logit at which ln phi = target, from float64: good to `FLOAT_BITS`, or None where that is too narrow."""
    t, power = float(target), float(gamma)
    found = logit_of_log_slope(t, power) if 1e-300 < power < 1e9 and abs(t) < EDGE else None
    return None if found is None else arb(found)


def _odds_and_logs(z: arb) -> tuple[arb, arb, arb]:
    """(odds, ln q, ln(1 - q)) at a logit."""
    if z > 0:
        t = (-z).exp()
        log_q = -t.log1p()
        return 1 / t, log_q, log_q - z
    t = z.exp()
    log_c = -t.log1p()
    return t, log_c + z, log_c


def _logit_step(z: arb, target: arb, gamma: arb) -> arb:
    """The logit after a step of order 3, not certified: it moves by r (1 + odds) - r^2 (1 - odds^2)/2 where q moves by q r."""
    odds, log_q, log_c = _odds_and_logs(z)
    lift = formulas.lift(-gamma, odds, log_q)
    excess = gamma * log_c + lift.log1p() - log_q - target
    against, drag = 1 / odds, -gamma * log_q
    (ease,), (arc,) = formulas.curves(formulas.of_gamma(gamma), [against], [drag], [against + drag])
    r = excess * ease * (1 + arc * excess * HALF)
    moved: arb = z + (1 + odds) * r * (1 - (1 - odds) * r * HALF)
    return moved.mid()


def _certified_step(z: arb, target: arb, gamma: arb) -> tuple[arb, bool]:
    """A ball for the logit by interval Newton, and whether it is certain to hold it."""
    odds, log_q, log_c = _odds_and_logs(z)
    excess = gamma * log_c + formulas.lift(-gamma, odds, log_q).log1p() - log_q - target
    with precision(ctx.prec // 2 + 16):
        spread = 256 * excess.abs_upper() + arb((1, 16 - ctx.prec))
        odds, log_q, _ = _odds_and_logs(z + arb(0, spread))
        change = excess * formulas.ease(formulas.of_gamma(gamma), odds, formulas.lift(-gamma, odds, log_q)) * (1 + odds)
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
