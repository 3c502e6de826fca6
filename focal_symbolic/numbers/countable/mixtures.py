"""Mixtures of families. Where one part outweighs the others far out, the tail is that of this part, up to a small factor."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

from flint import arb

from focal_symbolic.distribution import Distribution
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.balls import ZERO, ball
from focal_symbolic.numbers.countable.families import Family, Geometric, Poisson, Zeta

__all__ = ["Mixture"]

HEAVIEST = (Zeta, Geometric, Poisson)
"""Far out, p_k/p_(k + 1) falls in k for the first, is constant for the second and grows for the third."""
MOST_TERMS = 16


class Mixture(Family):
    """p_k = sum of w_i times p_k of part i."""

    def __init__(self, weights: Sequence[object], parts: Sequence[Family]) -> None:
        whole = Distribution(weights, name="weights")
        if len(whole) != len(parts):
            raise InputError(f"there are {len(whole)} weights and {len(parts)} parts; give a weight for each part.")
        for at, part in enumerate(parts):
            if not isinstance(part, HEAVIEST):
                raise InputError(f"parts[{at}] is {part.name}; mix geometric, zeta and Poisson distributions only.")
        self.parts = [(weight, part) for weight, part in zip(whole, parts, strict=True) if weight]
        self.parts.sort(key=lambda one: next(at for at, kind in enumerate(HEAVIEST) if isinstance(one[1], kind)))
        self.name = " + ".join(f"{weight} {part.name}" for weight, part in self.parts)
        self.first = min(part.first for _, part in self.parts)
        same = [one for one in self.parts if type(one[1]) is type(self.parts[0][1])]
        self.main = min(same, key=_heaviness)
        self.others = [one for one in self.parts if one is not self.main]
        self.most_terms = 1 if isinstance(self.main[1], Poisson) else MOST_TERMS

    def lost_bits(self) -> int:
        bits = max(weight.numerator.bit_length() + weight.denominator.bit_length() for weight, _ in self.parts)
        return 2 * bits + max(part.lost_bits() for _, part in self.parts)

    def probability(self, k: int) -> arb:
        return sum((ball(weight) * part.probability(k) for weight, part in self.parts if k >= part.first), ZERO)

    def tail(self, k: int) -> arb:
        return sum((ball(weight) * part.tail(max(k, part.first)) for weight, part in self.parts), ZERO)

    def largest(self, k: int) -> arb:
        return sum((ball(weight) * part.largest(max(k, part.first)) for weight, part in self.parts), ZERO).upper()

    def moments(self, k: int, power: int, count: int) -> list[arb]:
        """Those of the main part times [(1 - e/l)^i, (1 + e)^n], where the others are at most e times it and l <= ln(1/p)."""
        if isinstance(self.main[1], Poisson):
            return self._between(k, power, count)
        weight, part = self.main
        if k < max(one.first for _, one in self.parts):
            return [arb.nan()] * count
        of_part, shift = part.moments(k, power, count), -ball(weight).log()
        own = [
            ball(weight) ** power * sum((comb(i, j) * shift ** (i - j) * of_part[j] for j in range(i + 1)), ZERO)
            for i in range(count)
        ]
        excess = self._excess(k)
        least = -(part.largest(k) * ball(weight)).log()
        low, high = 1 - excess / least, (1 + excess) ** power
        if not (excess.is_finite() and low > 0 and least > 0):
            return [arb.nan()] * count
        return [one * (low**i).union(high) for i, one in enumerate(own)]

    def _excess(self, k: int) -> arb:
        """A bound of the others over the main part from k on: where each falls at least as fast at k, it goes on to do so."""
        weight, part = self.main
        here, after = part.probability(k), part.probability(k + 1)
        found = ZERO
        for share, other in self.others:
            mine, next_one = other.probability(k), other.probability(k + 1)
            alike = type(other) is type(part)  # the main part is the slowest of its kind
            if not (alike or next_one * here < mine * after):
                return arb.nan()
            found += ball(share) * mine / (ball(weight) * here)
        return found.upper() if self.others else ZERO

    def _between(self, k: int, power: int, count: int) -> list[arb]:
        """p ln(1/p) lies between p ln(1/largest) and the sum of w_i p_i ln(1/(w_i p_i)); for the first power only."""
        if power > 1 or count > 2:
            return [arb.nan()] * count
        mass, most = self.tail(k), ZERO
        for weight, part in self.parts:
            whole, information = part.moments(max(k, part.first), 1, 2)
            most += ball(weight) * (information - whole * ball(weight).log())
        least = -mass * self.largest(k).log()
        return [mass, least.union(most)][:count]


def _heaviness(one: tuple[object, Family]) -> object:
    part = one[1]
    if isinstance(part, Zeta):
        return part.exponent
    return part.chance if isinstance(part, Geometric) else -part.mean if isinstance(part, Poisson) else 0


