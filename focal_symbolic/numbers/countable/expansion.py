"""The inverse of the slope far out, where p is small: q = t y with t = p/lambda, expanded in t and t ln(1/t), with its error.

q = t psi(q) says that y solves y = F(y) = (1 - tau y)^gamma + gamma y (1 - tau y)^(gamma - 1) (w - tau ln y) at tau = t,
w = t ln(1/t). For complex |tau| <= rho and |w| <= sigma, F maps the disc |y - 1| <= 1/2 into its inside if

    (1 - 3/2 rho)^(-gamma) - 1 + 3/2 gamma (1 - 3/2 rho)^(-|gamma - 1|) (sigma + rho ln 2) < 1/2,

so y - F(y) has exactly one zero there (Rouché), which is analytic in (tau, w). By Cauchy's estimate the terms of degree m and
beyond add up to at most 1/2 d^m/(1 - d), with d = tau/rho + w/sigma < 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flint import arb, arb_poly

from focal_symbolic.numbers.balls import HALF, ONE, ZERO, Packed, pack, precision, unpack

__all__ = ["Expansion", "Radii", "best", "dot", "radii", "shifted"]

LEAST_RADIUS = arb((1, -200))
ROUGH_BITS = 64
SPLITS = 12
"""How many ratios of rho to sigma are tried, each half of the one before."""


@dataclass(frozen=True)
class Radii:
    """The polydisc |tau| <= rho, |w| <= sigma in which y is analytic."""

    rho: arb
    sigma: arb

    def size(self, t: arb) -> arb:
        """An upper bound of d = t/rho + t ln(1/t)/sigma for all numbers up to t < 1/e; both parts rise up to there."""
        return (t / self.rho + t * -t.log() / self.sigma).upper() if t < arb((1, -2)) else arb.pos_inf()


def _maps_inside(gamma: arb, rho: arb, sigma: arb) -> bool:
    left = ONE - 3 * rho / 2
    if not left > 0:
        return False
    bend = (-gamma * left.log()).exp() - 1
    rise = 3 * gamma / 2 * (-abs(gamma - 1) * left.log()).exp() * (sigma + rho * arb(2).log())
    return bool(bend + rise < HALF)


def radii(gamma: arb) -> list[Radii]:
    """Radii in several ratios, each as large as allowed up to an eighth; which is best depends on t."""
    with precision(ROUGH_BITS):
        return _radii(pack(gamma * ONE))


@lru_cache(maxsize=512)
def _radii(rough: Packed | None) -> list[Radii]:
    gamma, found = unpack(rough), []
    for at in range(SPLITS):
        sigma = arb((1, 2))
        while sigma > LEAST_RADIUS:
            rho = sigma * arb((1, -at))
            if _maps_inside(gamma, rho, sigma):
                found.append(Radii(rho, sigma))
                break
            sigma = (sigma * arb((7, -3))).mid()
    return found


def best(some: list[Radii], t: arb) -> tuple[Radii, arb] | None:
    """(radii, d) with the least d for all numbers up to t; None where it is not below 1/2."""
    found: tuple[Radii, arb] | None = None
    for one in some:
        size = one.size(t)
        if size < HALF and (found is None or size < found[1]):
            found = one, size
    return found


class Expansion:
    """The terms of degree below m of y and of the loss (1 - q)^gamma ln(1/q): for each power of t a polynomial in ln(1/t)."""

    def __init__(self, gamma: arb, terms: int) -> None:
        y, bends, risings, logs, products = (
            [arb_poly([1])],
            [arb_poly([1])],
            [arb_poly([1])],
            [arb_poly([0])],
            [arb_poly([gamma])],
        )
        zero, log = arb_poly([0]), arb_poly([0, 1])
        for n in range(1, terms):
            # 1 - t y has the coefficients 1, -y_0, -y_1, ...; its powers by the recurrence u (u^e)' = e u' u^e
            for power, exponent in ((bends, gamma), (risings, gamma - 1)):
                power.append(
                    -sum(((exponent * k - (n - k)) * (y[k - 1] * power[n - k]) for k in range(1, n + 1)), zero) * (ONE / n)
                )
            inner = sum((products[k] * logs[n - 1 - k] for k in range(n)), zero)
            y.append(bends[n] + products[n - 1] * log - inner)
            logs.append(y[n] - sum((k * (logs[k] * y[n - k]) for k in range(1, n)), zero) * (ONE / n))
            products.append(gamma * sum((y[k] * risings[n - k] for k in range(n + 1)), zero))
        self.gamma, self.terms = gamma, terms
        self.y = y
        self.loss = [bends[n] * log - sum((bends[k] * logs[n - k] for k in range(n)), zero) for n in range(terms)]

    def rest(self, size: arb) -> arb:
        """A bound of what is left out of y, where d is at most `size` < 1."""
        return (HALF * size**self.terms / (1 - size)).upper()

    def rest_of_loss(self, size: arb, rho: arb) -> tuple[arb, arb]:
        """(a, b) such that a + b l bounds what is left out of the loss, where d is at most `size` < 1."""
        most = (self.gamma * (1 + 3 * rho / 2).log()).exp() * size**self.terms / (1 - size)
        return (most * arb(2).log()).upper(), most.upper()


def shifted(polynomial: arb_poly, by: arb) -> list[arb]:
    """The coefficients of the polynomial at l = by + g, in g."""
    return polynomial(arb_poly([by, 1])).coeffs()


def dot(coefficients: list[arb], moments: list[arb]) -> arb:
    """The sum of coefficient times moment."""
    return sum((a * b for a, b in zip(coefficients, moments, strict=False)), ZERO)
