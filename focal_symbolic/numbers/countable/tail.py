"""What all letters from one on add to the mass and to the focal-entropy, as a function of lambda."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flint import arb, ctx

from focal_symbolic.numbers.balls import ONE, ZERO, precision
from focal_symbolic.numbers.countable.expansion import Expansion, Radii, best, dot, shifted
from focal_symbolic.numbers.countable.families import Family

__all__ = ["Tail"]

BITS = 64
"""A step of precision, and the least."""


@dataclass(frozen=True)
class Tail:
    """The letters k >= start, with the moments of their probabilities, for an expansion of so many terms."""

    start: int
    expansion: Expansion
    radii: list[Radii]
    largest: arb
    moments: list[list[arb]]

    @classmethod
    def of(cls, family: Family, start: int, expansion: Expansion, some: list[Radii], falling: float = 0) -> Tail:
        """The tail from a letter on; each power of t is smaller by `falling` bits than the one before, and may be rougher.

        The precision goes in steps, so that what is summed serves several gamma.
        """
        needed = [ctx.prec - n * int(falling) for n in range(expansion.terms)]
        moments = [_moments(family, start, n, max(bits + -bits % BITS, BITS)) for n, bits in enumerate(needed, start=1)]
        return cls(start, expansion, some, family.largest(start), moments)

    def mass(self, multiplier: arb) -> tuple[arb, arb]:
        """(the sum of q, how fast it falls in ln lambda), the latter not certified; NaN where undecided."""
        found = best(self.radii, (self.largest / multiplier).upper())
        if found is None:
            return arb.nan(), ONE
        log, total, rate, scale = multiplier.log(), ZERO, ZERO, 1 / multiplier
        for n, moments in enumerate(self.moments):
            at = shifted(self.expansion.y[n], log)
            slope = [k * one for k, one in enumerate(at)][1:]  # l grows with ln lambda
            total += scale * dot(at, moments)
            rate += scale * ((n + 1) * dot(at, moments) - dot(slope, moments))
            scale = scale / multiplier
        rest = self.moments[0][0].abs_upper() / multiplier * self.expansion.rest(found[1])
        return total + arb(0, rest.abs_upper()), rate

    def cost(self, multiplier: arb) -> arb:
        """The sum of p (1 - q)^gamma ln(1/q); NaN where undecided."""
        found = best(self.radii, (self.largest / multiplier).upper())
        if found is None:
            return arb.nan()
        log, total, scale = multiplier.log(), ZERO, ONE
        for n, moments in enumerate(self.moments):
            total += scale * dot(shifted(self.expansion.loss[n], log), moments)
            scale = scale / multiplier
        flat, sloping = self.expansion.rest_of_loss(found[1], found[0].rho)
        mass, information = self.moments[0]
        rest = flat * mass.abs_upper() + sloping * (information + mass * log).abs_upper()
        return total + arb(0, rest.abs_upper())


@lru_cache(maxsize=4096)
def _moments(family: Family, start: int, power: int, bits: int) -> list[arb]:
    """Those of one power, at a precision: none of them asks for gamma."""
    with precision(bits):
        return family.moments(start, power, power + 1)
