"""The problem that is solved: the distinct probabilities of a support, how often each occurs, and gamma."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import mul, truediv
from typing import Any, NamedTuple

from flint import arb, ctx

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import ONE, ZERO, Probability, ball, fractional_powers

__all__ = ["Points", "Problem", "Weights", "guard_bits", "size_of"]

ROOT_BITS = 600
"""From here on roots of 1 - q up to the 16th are cheaper than exp and ln; square roots always are."""


class Weights:
    """Probabilities that hash and compare fast, with the places at which each distinct one stands."""

    __slots__ = ("hash", "keys", "places", "values")

    def __init__(self, values: tuple[Fraction, ...]) -> None:
        self.values = values
        self.keys = [value.as_integer_ratio() for value in values]
        self.hash = hash(tuple(self.keys))
        self.places: dict[tuple[int, int], list[int]] = {}
        for index, key in enumerate(self.keys):
            self.places.setdefault(key, []).append(index)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Weights) and self.keys == other.keys


def guard_bits(heaviest: Fraction, rarest: Fraction, n: int, gamma: Fraction) -> int:
    """Bits lost to the sizes of gamma, of n, and of the logarithms of p."""
    sizes = max(heaviest.denominator.bit_length(), rarest.denominator.bit_length())
    return 12 + 2 * size_of(gamma) + n.bit_length() + sizes.bit_length()


def size_of(gamma: Fraction) -> int:
    """How many bits gamma has before the point."""
    return max(gamma.numerator.bit_length() - gamma.denominator.bit_length() + 1, 0)


class Points(NamedTuple):
    """lambda; of each class q, 1 - q, p (1 - q)^(gamma - 1), against, drag and steep as in `formulas`, p phi(q) - lambda."""

    multiplier: arb
    q: list[arb]
    complement: list[arb]
    mass: list[arb]
    against: list[arb]
    drag: list[arb]
    steep: list[arb]
    excess: list[arb]

    def residuals(self) -> list[arb]:
        """p phi(q)/lambda - 1, for which half the precision will do: the difference has been taken."""
        inverse = ONE / self.multiplier
        return [one * inverse for one in self.excess]

    def eases(self, gamma: arb) -> list[arb]:
        """1/elasticity."""
        found: list[arb] = formulas.eases(formulas.of_gamma(gamma), self.against, self.drag, self.steep)
        return found

    def curves(self, gamma: arb) -> tuple[list[arb], list[arb]]:
        """(eases, arcs)."""
        found: tuple[list[arb], list[arb]] = formulas.curves(formulas.of_gamma(gamma), self.against, self.drag, self.steep)
        return found


@dataclass(frozen=True)
class Problem:
    """The distinct probabilities, heaviest first, how often each occurs, and gamma > 0.

    The unknowns are lambda and the q of all but the heaviest; those q are below 1/2.
    """

    weights: tuple[Fraction, ...]
    counts: tuple[int, ...]
    gamma: Any  # a Fraction; a ball only for `newton`
    order: tuple[int, ...] = field(compare=False)
    """Where each outcome's probability stands in `weights`."""
    ratios: tuple[tuple[int, int], ...] = field(compare=False)
    """The weights as numerators and denominators."""
    floats: tuple[float, ...] = field(compare=False)
    """The weights in float64."""
    known: dict[int, tuple[list[arb], arb]] = field(compare=False, default_factory=dict)
    """The weights and gamma as balls, by precision."""

    @classmethod
    def of(cls, p: Sequence[Fraction] | Weights, gamma: Fraction) -> Problem:
        given = p if isinstance(p, Weights) else Weights(tuple(p))
        keys, places = list(given.places), list(given.places.values())
        rough = [top / under for top, under in keys]
        # floats sort faster than rationals; where they tie, only the rationals will do
        sizes: Sequence[Any] = rough if len(set(rough)) == len(rough) else [given.values[indices[0]] for indices in places]
        ranked = sorted(range(len(places)), key=sizes.__getitem__, reverse=True)
        order = [0] * len(given.values)
        for rank, place in enumerate(ranked):
            for index in places[place]:
                order[index] = rank
        plain = len(places) == len(order)
        return cls(
            tuple([given.values[x] for x in ranked] if plain else [given.values[places[x][0]] for x in ranked]),
            (1,) * len(order) if plain else tuple([len(places[x]) for x in ranked]),
            gamma,
            tuple(order),
            tuple([keys[x] for x in ranked]),
            tuple([rough[x] for x in ranked]),
        )

    @property
    def plain(self) -> bool:
        """Whether each occurs once."""
        return len(self.order) == len(self.weights)

    @property
    def guard(self) -> int:
        return guard_bits(self.weights[0], self.weights[-1], sum(self.counts), self.gamma)

    @property
    def start_bits(self) -> int:
        return 64 + 3 * size_of(self.gamma)

    @property
    def root(self) -> tuple[int, int] | None:
        """gamma as a small fraction, where powers of a root of 1 - q are cheaper than exp and ln."""
        if isinstance(self.gamma, arb):
            return None
        top, under = self.gamma.numerator, self.gamma.denominator
        return (top, under) if top <= 256 and under <= (16 if ctx.prec > ROOT_BITS else 2) else None

    def in_balls(self) -> tuple[list[arb], arb]:
        """(the weights, gamma), at the present precision or a higher one."""
        best = max(self.known, default=0)
        if best < ctx.prec:
            best = ctx.prec
            self.known[best] = [arb(top) / under for top, under in self.ratios], ball(self.gamma)
        return self.known[best]

    @property
    def power(self) -> arb:
        """gamma as a ball."""
        return self.in_balls()[1]

    def log_weights(self) -> list[arb]:
        return [Probability.exact(weight).log for weight in self.weights]

    def head(self, q: Sequence[arb]) -> Probability:
        """What the others leave of 1, shared by the heaviest."""
        if self.plain:
            rest = sum(q, ZERO)
            return Probability(ONE - rest, rest)
        rest, k = sum(map(mul, q, self.counts[1:]), ZERO), self.counts[0]
        return Probability((1 - rest) / k, (k - 1 + rest) / k)

    def points(self, multiplier: arb, q: Sequence[arb]) -> Points:
        """All that is needed of each class."""
        q, complement, mass, logs = self.parts(q)
        found = formulas.excesses((-self.power, multiplier), mass, q, complement, logs)
        return Points(multiplier, q, complement, mass, *found)

    def parts(self, q: Sequence[arb]) -> tuple[list[arb], list[arb], list[arb], list[arb]]:
        """q, 1 - q, p (1 - q)^(gamma - 1) and ln q of each class, by three transcendental functions a class."""
        (weights, gamma), head, root = self.in_balls(), self.head(q), self.root
        complement = [head.complement, *[ONE - at for at in q]]
        logs = [head.log, *map(arb.log, q)]
        if root is None:
            # the absolute error is what counts in ln(1 - q), so that log1p is not needed below 1/2; the heaviest's may be large
            less = gamma - ONE
            first = (less * head.log_complement).exp() if gamma > ONE else (gamma * head.log_complement).exp() / head.complement
            powers = [first, *map(arb.exp, [less * one for one in map(arb.log, complement[1:])])]
        elif root[0] < root[1]:
            powers = list(map(truediv, fractional_powers(complement, *root), complement))
        else:
            powers = fractional_powers(complement, root[0] - root[1], root[1])
        return [head.q, *q], complement, list(map(mul, weights, powers)), logs

    def counted(self, values: Iterable[Any]) -> Iterable[Any]:
        """Each value times how often its class occurs."""
        return values if self.plain else map(mul, values, self.counts)
