"""Families of distributions on infinitely many letters: their probabilities, and sums over all letters from one on, in balls.

Everything is at the present precision.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction

from flint import acb_series, arb, arb_series, ctx

from focal_symbolic.distribution import exact_number
from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers.balls import ONE, ZERO, ball
from focal_symbolic.numbers.decimals import digits

__all__ = ["Family", "Geometric", "Poisson", "Zeta"]

MOST_MEAN = MOST_EXPONENT = 10_000
GUARD_STEP = 32
"""Guard bits come in steps, so that what is summed of a tail serves several gamma."""


class Family(ABC):
    """A pmf on the letters first, first + 1, ..., all of positive probability."""

    name: str
    first: int = 1
    entropy_is_finite: bool | None = True
    """Whether Shannon's entropy is finite, which decides whether the minimum is; None where it is not known."""
    expands: bool = False
    """Whether `moments` are known to full accuracy for every power, wherever the tail begins."""
    most_terms: int = 1
    """Else, how many powers are of use."""

    @abstractmethod
    def probability(self, k: int) -> arb:
        """p_k."""

    def information(self, k: int) -> arb:
        """ln(1/p_k)."""
        return -self.probability(k).log()

    def tied(self, k: int) -> int:
        """The first letter that is known to be exactly as likely as k."""
        return k

    @abstractmethod
    def tail(self, k: int) -> arb:
        """The sum of p_j over j >= k."""

    @abstractmethod
    def largest(self, k: int) -> arb:
        """An upper bound of p_j over j >= k."""

    @abstractmethod
    def moments(self, k: int, power: int, count: int) -> list[arb]:
        """The sums of p_j^power ln(1/p_j)^i over j >= k, for i < count."""

    def earliest(self) -> int:
        """From where on `moments` have the present precision."""
        return self.first

    def lost_bits(self) -> int:
        """Bits that are lost where a parameter is extreme."""
        return 64

    def check(self, k: int) -> None:  # noqa: B027 - of a family nothing needs to be checked
        """Raise InputError where what was said of the pmf is found false on the letters before k."""


class length:  # noqa: N801 - used like a function
    """Power series have so many coefficients inside the block; FLINT keeps 10 otherwise. Within a block of `precision` only."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __enter__(self) -> None:
        self.before, ctx.cap = ctx.cap, self.count

    def __exit__(self, *_: object) -> None:
        ctx.cap = self.before


def of_generating(series: arb_series, count: int) -> list[arb]:
    """The sums of p^n ln(1/p)^i from the power series of the sum of p^(n + h) in h."""
    coefficients = series.coeffs()
    if len(coefficients) != count:
        raise Undecided(f"a power series has {len(coefficients)} coefficients where {count} are needed; ask for fewer digits.")
    found, factorial = [], ONE
    for i, coefficient in enumerate(coefficients):
        factorial = factorial * i if i else ONE
        found.append(coefficient * factorial * (-1) ** i)
    return found


class Geometric(Family):
    """p_k = a (1 - a)^(k - 1), k >= 1: when a coin of chance a first shows heads."""

    expands = True
    most_terms = 4

    def __init__(self, chance: object) -> None:
        self.chance = exact_number(chance, "geometric")
        if not 0 < self.chance < 1:
            raise InputError(f"geometric = {self.chance} is not between 0 and 1; give the chance of each trial, such as 1/2.")
        self.name = f"geometric({self.chance})"

    def lost_bits(self) -> int:
        return 64 + 2 * (self.chance.numerator.bit_length() + self.chance.denominator.bit_length())

    def log_ratio(self) -> arb:
        return ball(1 - self.chance).log() if self.chance > Fraction(1, 2) else (-ball(self.chance)).log1p()

    def probability(self, k: int) -> arb:
        return ball(self.chance) * ball(1 - self.chance) ** (k - 1)

    def information(self, k: int) -> arb:
        return -ball(self.chance).log() - (k - 1) * self.log_ratio()

    def tail(self, k: int) -> arb:
        return ball(1 - self.chance) ** (k - 1)

    def largest(self, k: int) -> arb:
        return self.probability(k).upper()

    def moments(self, k: int, power: int, count: int) -> list[arb]:
        with length(count):
            exponent = arb_series([power, 1], count)
            fall = (exponent * self.log_ratio()).exp()
            whole = (exponent * (ball(self.chance).log() + (k - 1) * self.log_ratio())).exp() / (1 - fall)
            return of_generating(whole, count)


class Zeta(Family):
    """p_k = k^(-s)/zeta(s), k >= 1."""

    expands = True
    most_terms = 4

    def __init__(self, exponent: object) -> None:
        self.exponent = exact_number(exponent, "zeta")
        if not self.exponent > 1:
            raise InputError(
                f"zeta = {self.exponent} is not above 1, and k^(-s) has a sum for s > 1 only; give s > 1, such as 2."
            )
        if self.exponent > MOST_EXPONENT:
            raise InputError(f"zeta = {digits(self.exponent, 6)} is above {MOST_EXPONENT}; give a smaller one, such as 2.")
        self.name = f"zeta({self.exponent})"
        self._whole: tuple[int, arb] = (0, ZERO)

    def lost_bits(self) -> int:
        near = self.exponent - 1
        return 64 + 2 * (near.numerator.bit_length() + near.denominator.bit_length())

    def whole(self) -> arb:
        """zeta(s)."""
        if self._whole[0] < ctx.prec:
            self._whole = ctx.prec, ball(self.exponent).zeta()
        return self._whole[1]

    def probability(self, k: int) -> arb:
        return (-ball(self.exponent) * arb(k).log()).exp() / self.whole()

    def information(self, k: int) -> arb:
        return ball(self.exponent) * arb(k).log() + self.whole().log()

    def tail(self, k: int) -> arb:
        return ball(self.exponent).zeta(k) / self.whole()

    def largest(self, k: int) -> arb:
        return self.probability(k).upper()

    def moments(self, k: int, power: int, count: int) -> list[arb]:
        s = ball(self.exponent)
        with length(count):
            along = acb_series([s * power, s], count).zeta(arb(k)).coeffs()
            weight = (arb_series([power, 1], count) * -self.whole().log()).exp()
            return of_generating(arb_series([one.real for one in along], count) * weight, count)


class Poisson(Family):
    """p_k = e^(-mu) mu^k/k!, k >= 0."""

    first = 0

    def __init__(self, mean: object) -> None:
        self.mean = exact_number(mean, "poisson")
        if not 0 < self.mean <= MOST_MEAN:
            raise InputError(f"poisson = {self.mean} is not between 0 and {MOST_MEAN}; give a mean in this range, such as 3.")
        self.name = f"poisson({self.mean})"

    def lost_bits(self) -> int:
        return (
            96 + 4 * int(self.mean).bit_length() + 2 * (self.mean.numerator.bit_length() + self.mean.denominator.bit_length())
        )

    def probability(self, k: int) -> arb:
        return (-self.information(k)).exp()

    def information(self, k: int) -> arb:
        return ball(self.mean) - k * ball(self.mean).log() + arb(k + 1).lgamma()

    def tied(self, k: int) -> int:
        """p_(k - 1) = p_k where the mean is k, and no others tie: two or more of 1, 2, 3, ... in a row multiply to no power."""
        return k - 1 if k == self.mean else k

    def tail(self, k: int) -> arb:
        return self.moments(k, 1, 1)[0]

    def largest(self, k: int) -> arb:
        """p falls from the mean on."""
        at = max(k, int(self.mean))
        return self.probability(at).upper()

    def moments(self, k: int, power: int, count: int) -> list[arb]:
        """Beyond twice the mean p falls at least by half each time.

        With l_j = ln(1/p_j) >= i, l_(j+1)/l_j = 1 + ln((j + 1)/mu)/l_j, so the terms p^n l^i fall from u = (k + 1)/mu on by the
        factor u^(-n) (1 + ln u/l_k)^i or less, which falls in u.
        """
        found = []
        mass, information, u = self.probability(k), self.information(k), arb(k + 1) / ball(self.mean)
        for i in range(count):
            first = mass**power * information**i
            fall = (1 + u.log() / information) ** i / u**power
            if not (u > 2 and information > i + 1 and fall < 1):
                found.append(arb.nan())
                continue
            found.append(first.union((first / (1 - fall)).upper()))
        return found
