"""The focal-entropy of two distributions on infinitely many letters: enclosed, or proved infinite, or told undecided."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from flint import acb_series, arb, arb_series, ctx

from focal_symbolic.errors import Undecided
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import ONE, ZERO, Probability, ball, precision
from focal_symbolic.numbers.countable.families import GUARD_STEP, Family, Geometric, Poisson, Zeta, length, of_generating

__all__ = ["cost"]

MOST_LETTERS = 1 << 15
MOST_TERMS = 400
FEW = 1 << 10
"""A letter costs less than a power of q summed over a tail: half as many at first as there are bits, and no more than this."""
_Tail = Callable[[Any, Any, int, int], arb]


def cost(data: Family, model: Family, gamma: Fraction, bits: int) -> arb:
    """The sum of p (1 - q)^gamma ln(1/q), which is finite exactly where the cross-entropy is; +oo where that is infinite.

    Raises: Undecided where neither is known, or the digits are out of reach.
    """
    if model.first > data.first:
        return arb.pos_inf()  # a letter has p > 0 and q = 0
    guard = max(data.lost_bits(), model.lost_bits()) + 2 * (gamma.numerator.bit_length() + gamma.denominator.bit_length())
    with precision(bits + guard + -guard % GUARD_STEP):
        power = ball(gamma)
        if data is model or data.name == model.name:
            if data.entropy_is_finite is False:
                return arb.pos_inf()
            return _summed(data, data, power, bits, _own)
        if isinstance(data, Geometric) and isinstance(model, Geometric):
            return _summed(data, model, power, bits, _geometric)
        if isinstance(data, Zeta) and isinstance(model, Zeta):
            return _summed(data, model, power, bits, _zeta)
        if isinstance(data, Geometric | Poisson) and isinstance(model, Geometric | Poisson | Zeta):
            return _summed(data, model, power, bits, _light)
        if isinstance(data, Zeta) and isinstance(model, Geometric | Poisson) and data.exponent <= 2:
            return arb.pos_inf()  # ln(1/q_k) >= c k for large k with c > 0, and the sum of k^(1 - s) diverges
        if isinstance(data, Zeta) and isinstance(model, Geometric):
            return _summed(data, model, power, bits, _zeta_geometric)
    raise Undecided(f"nothing is known here of the tail of the cross-entropy of {data.name} and {model.name}; give others.")


def _summed(data: Family, model: Family, gamma: arb, bits: int, tail: _Tail) -> arb:
    """The first letters one by one; `tail(data, model, k, j)` is the sum of p q^j ln(1/q) over the letters from k on.

    (1 - q)^gamma = sum_j b_j q^j, and by Cauchy's estimate on |z| = 1/2 what follows m terms is at most
    (3/2)^gamma (2 q)^m/(1 - 2 q).
    """
    letters, total, done = max(min(bits // 2, FEW), data.earliest() - data.first), ZERO, data.first
    while letters <= MOST_LETTERS:
        k = data.first + letters
        for at in range(done, k):
            entry = Probability(model.probability(at))
            total += formulas.entropy_term(data.probability(at), entry, gamma)
        done, most = k, 2 * model.largest(k)
        if most < arb((1, -3)):
            beyond = _beyond(gamma, bits, most, partial(_kept, tail, data, model, k, ctx.prec))
            if beyond.is_finite() and beyond.rad() < (abs(total) + 1) * arb((1, -bits)):
                data.check(k)
                return total + beyond
        letters += letters // 2
    raise Undecided(
        f"the focal-entropy of {data.name} and {model.name} is not known to so many digits with {MOST_LETTERS} letters; "
        "ask for fewer digits."
    )


def _beyond(gamma: arb, bits: int, most: arb, tail: Callable[[int], arb]) -> arb:
    whole, narrow = tail(0), arb((1, -bits))
    if whole.abs_upper() < narrow:  # (1 - q)^gamma is at most 1
        return ZERO.union(whole.abs_upper())
    found, coefficient, bound = whole, ONE, ((ONE + ONE / 2).log() * gamma).exp() / (1 - most) * whole.abs_upper()
    for j in range(1, MOST_TERMS):
        bound = bound * most
        rest = arb(0, bound.abs_upper())
        if bound < narrow or not whole.is_finite():
            return found + rest
        coefficient = coefficient * (j - 1 - gamma) / j
        more = tail(j)
        if not more.is_finite():
            return found + rest
        found += coefficient * more
    return found + arb(0, bound.abs_upper())


@lru_cache(maxsize=4096)
def _kept(tail: _Tail, data: Family, model: Family, k: int, bits: int, j: int) -> arb:
    """A tail at the present precision, of `bits`: it does not ask for gamma."""
    return tail(data, model, k, j)


def _own(data: Family, model: Family, k: int, j: int) -> arb:
    return data.moments(k, j + 1, 2)[1]


def _geometric(data: Geometric, model: Geometric, k: int, j: int) -> arb:
    with length(2):
        exponent = arb_series([j, 1], 2)
        ratio = (exponent * model.log_ratio() + data.log_ratio()).exp()
        log = exponent * ball(model.chance).log() + ball(data.chance).log()
        first = (log + (k - 1) * (exponent * model.log_ratio() + data.log_ratio())).exp()
        return of_generating(first / (1 - ratio), 2)[1]


def _zeta(data: Zeta, model: Zeta, k: int, j: int) -> arb:
    s, r = ball(data.exponent), ball(model.exponent)
    with length(2):
        along = acb_series([s + j * r, r], 2).zeta(arb(k)).coeffs()
        weight = (arb_series([j, 1], 2) * -model.whole().log()).exp()
        return of_generating(arb_series([one.real for one in along], 2) * weight, 2)[1] / data.whole()


def _zeta_geometric(data: Zeta, model: Geometric, k: int, j: int) -> arb:
    if j:
        return arb.nan()
    s, fall = ball(data.exponent), model.log_ratio()
    mass, mean = s.zeta(arb(k)), (s - 1).zeta(arb(k))
    return (-ball(model.chance).log() * mass - fall * (mean - mass)) / data.whole()


def _light(data: Family, model: Family, k: int, j: int) -> arb:
    """Between 0 and c times the sum of p_i i^2, where ln(1/q_i) <= c i^2; p_(i + 1)/p_i does not grow."""
    if j:
        return arb.nan()
    if isinstance(model, Geometric):
        c = -ball(model.chance).log() - model.log_ratio()
    elif isinstance(model, Zeta):
        c = model.whole().log() + ball(model.exponent)
    elif isinstance(model, Poisson):
        c = ball(model.mean) + abs(ball(model.mean).log()) + 1
    else:
        return arb.nan()
    first = data.probability(k) * arb(k) ** 2
    fall = data.probability(k + 1) * arb(k + 1) ** 2 / first
    return ZERO.union((c * first / (1 - fall)).upper()) if fall < 1 else arb.nan()
