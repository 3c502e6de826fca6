"""The shares that are diagnosed: as the weighted loss sees them, distinct, and how often each occurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from flint import arb

from focal_symbolic.distribution import Distribution, exact_number
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.balls import Probability
from focal_symbolic.numbers.decimals import digits
from focal_symbolic.numbers.entropy import focal_entropy_ball

__all__ = ["MOST_CERTIFIED", "Problem", "float_of", "tilted", "verdicts_against", "verdicts_of", "weights_of"]

ALIKE = 1e-12
"""A factor so near 1 is taken for 1: weights that are to keep the shares of the data have so many digits."""
MOST_CERTIFIED = 4096
"""Beyond so many classes with a share, float64."""


def weights_of(values: tuple[object, ...], size: int) -> tuple[Fraction, ...]:
    """The weights of so many classes as exact rationals, each at least 0."""
    if len(values) != size:
        raise InputError(f"there are {len(values)} weights and {size} counts; give one weight a class.")
    exact = tuple(exact_number(value, f"weights[{index}]") for index, value in enumerate(values))
    for index, value in enumerate(exact):
        if value < 0:
            raise InputError(f"weights[{index}] = {digits(value, 6)} is negative; a weight must be at least 0.")
    return exact


def tilted(
    counts: tuple[int, ...], weights: tuple[Fraction, ...] | None, head: str, negatives: tuple[Fraction, ...] | None = None
) -> tuple[Fraction, ...]:
    """The share of each class as the weighted loss sees it; negatives are the weights of a sigmoid's others, 1 without them."""
    total = sum(counts)
    if weights is None:
        return tuple(Fraction(count, total) for count in counts)
    masses = [weight * count for weight, count in zip(weights, counts, strict=True)]
    if head == "sigmoid":
        others: list[Fraction | int] = [total - count for count in counts]
        if negatives is not None:
            others = [weight * other for weight, other in zip(negatives, others, strict=True)]
        return tuple(mass / (mass + other) if mass else mass for mass, other in zip(masses, others, strict=True))
    if not (whole := sum(masses, Fraction(0))):
        raise InputError("the weights leave no class with a count above 0; give one of those a positive weight.")
    return tuple(mass / whole for mass in masses)


def verdicts_of(signs: Sequence[int]) -> tuple[str, ...]:
    """Verdicts of the distinct shares, commonest first: what loses beyond one that gains lies below the band, else above.

    For a sigmoid each class has its own band, of which the lower end is 0: there is nothing below it to call.
    """
    verdicts, rare = [], False
    for one in signs:
        verdicts.append("kept" if not one else "amplified" if one > 0 else "over-suppressed" if rare else "suppressed")
        rare = rare or one > 0
    return tuple(verdicts)


def verdicts_against(
    shares: Sequence[Fraction], factors: Sequence[object], absent: Sequence[bool], head: str
) -> tuple[str, ...]:
    """Verdicts of all classes by their factors against the shares of the data; within `ALIKE` of 1 a class keeps its share."""
    gained: Fraction | None = None
    verdicts = ["absent"] * len(shares)
    for at in sorted(range(len(shares)), key=lambda at: -shares[at]):
        if absent[at]:
            continue
        off = float(factors[at]) - 1  # type: ignore[arg-type]  # a number, as the class is there
        if abs(off) <= ALIKE:
            verdicts[at] = "kept"
        elif off > 0:
            verdicts[at], gained = "amplified", shares[at] if gained is None else gained
        else:
            rare = gained is not None and shares[at] < gained and head == "softmax"
            verdicts[at] = "over-suppressed" if rare else "suppressed"
    return tuple(verdicts)


def float_of(value: Fraction) -> float:
    """The float next to a rational."""
    return value.numerator / value.denominator


class Problem:
    """Distinct shares, commonest first, and how often each occurs."""

    def __init__(self, distinct: tuple[Fraction, ...], times: tuple[int, ...], gamma: Fraction, dps: int, head: str) -> None:
        self.distinct, self.times, self.gamma, self.dps, self.head = distinct, times, gamma, dps, head
        self.size = sum(times)
        self.most = MOST_CERTIFIED
        self.certified = self.size <= self.most
        self.float_shares = [float_of(share) for share in distinct]

    @classmethod
    def of(cls, shares: tuple[Fraction, ...], gamma: Fraction, dps: int, head: str) -> Problem:
        """Of the shares of all classes, those of 0 left out."""
        present = Counter(share for share in shares if share)
        distinct = tuple(sorted(present, key=lambda share: (float_of(share), share), reverse=True))
        return cls(distinct, tuple(present[share] for share in distinct), gamma, dps, head)

    def places(self, shares: tuple[Fraction, ...]) -> list[int | None]:
        """Where each share stands among the distinct ones; None for 0."""
        place = {share: at for at, share in enumerate(self.distinct)}
        return [place[share] if share else None for share in shares]

    @property
    def whole(self) -> tuple[Fraction, ...]:
        """The shares with their repetitions."""
        return tuple(share for share, count in zip(self.distinct, self.times, strict=True) for _ in range(count))

    @property
    def lost_bits(self) -> int:
        """How many bits cancel in q - p and in ln psi - ln lambda, which are of the order of gamma where that is small."""
        return max(0, self.gamma.denominator.bit_length() - self.gamma.numerator.bit_length())

    @cached_property
    def distribution(self) -> Distribution:
        """The same, as a distribution."""
        return Distribution(self.whole)

    def entropy(self, at: Sequence[Probability]) -> arb:
        """Shannon's: the cross-entropy with itself, at the present precision."""
        some = [(one, count) for one, count in zip(at, self.times, strict=True) if not one.q.is_zero()]
        masses = [one.q * count for one, count in some]
        return focal_entropy_ball(masses, [one for one, _ in some], Fraction(0))
