"""`Countable`: a distribution on infinitely many letters, with its focal-entropy and minimizer, certified."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

import mpmath
from flint import arb

from focal_symbolic.distribution import digits_of, gamma_of
from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers.balls import ONE, Probability, ball, precision, sign
from focal_symbolic.numbers.countable.borderline import Borderline
from focal_symbolic.numbers.countable.cost import cost
from focal_symbolic.numbers.countable.families import Family, Geometric, Poisson, Zeta
from focal_symbolic.numbers.countable.given import Given
from focal_symbolic.numbers.countable.mixtures import Mixture
from focal_symbolic.numbers.countable.solver import Solved, solve
from focal_symbolic.numbers.minimizer import slope_inverse_ball
from focal_symbolic.numbers.rounding import rounded

__all__ = ["Countable", "CountableMinimizer"]

MOST_LETTER = 10**9


@dataclass(frozen=True, repr=False)
class Countable:
    """A distribution on the letters first, first + 1, ..., every one of them possible.

    Made by `geometric`, `poisson`, `zeta`, `borderline`, `mixture` and `from_pmf`.

    Examples
    --------
    >>> from mpmath import nstr
    >>> from focal_symbolic import Countable
    >>> found = Countable.geometric("1/2").minimizer(gamma=2, dps=30)
    >>> nstr(found.multiplier, 30)
    '0.944606808529989087804154237432'
    >>> [nstr(q, 15) for q in found.entries(3)]
    ['0.411241587471831', '0.275242420482958', '0.158705120019827']

    Source: existence on infinite alphabets is in the paper; the computation is our own.
    """

    family: Family

    @classmethod
    def geometric(cls, chance: object) -> Countable:
        """p_k = a (1 - a)^(k - 1), k >= 1, for 0 < a < 1."""
        return cls(Geometric(chance))

    @classmethod
    def poisson(cls, mean: object) -> Countable:
        """p_k = e^(-mu) mu^k/k!, k >= 0, for mu > 0."""
        return cls(Poisson(mean))

    @classmethod
    def zeta(cls, exponent: object) -> Countable:
        """p_k = k^(-s)/zeta(s), k >= 1, for s > 1."""
        return cls(Zeta(exponent))

    @classmethod
    def borderline(cls, exponent: object) -> Countable:
        """p_k = 1/(c k ln^a k), k >= 2, for a > 1: the entropy is infinite for a <= 2, and so is every focal-entropy."""
        return cls(Borderline(exponent))

    @classmethod
    def mixture(cls, weights: Sequence[object], parts: Sequence[Countable]) -> Countable:
        """p = the sum of w_i times part i, of geometric, zeta and Poisson distributions; the weights sum to 1."""
        for at, part in enumerate(parts):
            if not isinstance(part, Countable):
                raise InputError(f"parts[{at}] = {part!r} is no Countable; give one such as Countable.zeta(2).")
        return cls(Mixture(weights, [part.family for part in parts]))

    @classmethod
    def from_pmf(
        cls,
        pmf: Callable[[int], object],
        tail: Callable[[int], object],
        information_tail: Callable[[int], object] | None = None,
        first: int = 1,
        name: str = "the pmf",
    ) -> Countable:
        """A pmf of your own: p_k = pmf(k) > 0 for k >= first, an exact number (or an arb at the present precision).

        tail(k) bounds the sum of p_j over j >= k, information_tail(k) that of p_j ln(1/p_j); without the latter nothing is
        known of any focal-entropy. A bound that the letters looked at contradict is refused; one that is false beyond them
        cannot be found out.
        """
        return cls(Given(pmf, tail, information_tail, first, name))

    @property
    def first(self) -> int:
        """The first letter."""
        return self.family.first

    def probability(self, k: int, dps: int = 50) -> mpmath.mpf:
        """p_k; 0 before the first letter."""
        if k < self.first:
            return mpmath.mpf(0)
        return self._rounded(lambda: self.family.probability(k), dps)

    def focal_entropy(self, model: Countable, gamma: object, dps: int = 50) -> mpmath.mpf:
        """The focal-entropy of this and a model, in nats; inf where it is infinite, which is proved, not guessed.

        Raises
        ------
        Undecided
            Where what is known of the tails does not decide it, or not to so many digits.
        """
        focus, digits = gamma_of(gamma), digits_of(dps)
        (value,), _ = rounded(lambda bits: [cost(self.family, model.family, focus, bits)], digits)
        return value

    def entropy(self, dps: int = 50) -> mpmath.mpf:
        """Shannon's entropy in nats."""
        return self.focal_entropy(self, 0, dps)

    def minimizer(self, gamma: object, dps: int = 50) -> CountableMinimizer:
        """The model at the optimum, to so many digits, each of them right.

        Statement: q_k = phi^-1(lambda/p_k) with the one lambda at which they sum to 1. It is the only minimizer where the
        minimum is finite; where the entropy is infinite, so is the focal-entropy of every model.

        Raises
        ------
        InputError
            For an argument that breaks a rule, and for a bound of a pmf that is found false.
        Undecided
            Where so many digits are out of reach.
        """
        focus, digits = gamma_of(gamma), digits_of(dps)
        return CountableMinimizer(self, focus, digits)

    def _rounded(self, of: Callable[[], arb], dps: int) -> mpmath.mpf:
        def enclose(bits: int) -> list[arb]:
            with precision(bits + self.family.lost_bits()):
                return [of()]

        (value,), _ = rounded(enclose, digits_of(dps))
        return value

    def __repr__(self) -> str:
        return f"Countable({self.family.name})"


@dataclass(frozen=True)
class CountableMinimizer:
    """The minimizer on infinitely many letters; every number is rounded from a certified enclosure."""

    p: Countable
    gamma: Fraction
    dps: int
    multiplier: mpmath.mpf = field(init=False)
    log_multiplier: mpmath.mpf = field(init=False)

    def __post_init__(self) -> None:
        def enclose(bits: int) -> list[arb]:
            found = self._solved(bits).multiplier
            with precision(bits + 64):
                return [found, found.log()]

        values = rounded(enclose, self.dps)[0] if self.gamma else (mpmath.mpf(1), mpmath.mpf(0))
        object.__setattr__(self, "multiplier", values[0])
        object.__setattr__(self, "log_multiplier", values[1])

    def _solved(self, bits: int) -> Solved:
        return _solve(self.p.family, self.gamma, bits)

    @property
    def entropy(self) -> mpmath.mpf:
        """The minimum of the focal-entropy; inf where that of every model is infinite.

        Raises
        ------
        Undecided
            Where nothing is known of the tail of p ln(1/p).
        """
        family = self.p.family
        if family.entropy_is_finite is None:
            raise Undecided(f"whether the entropy of {family.name} is finite is not decided by its tail; give information_tail.")
        if not family.entropy_is_finite:
            return mpmath.mpf("inf")
        if not self.gamma:
            return self.p.entropy(self.dps)
        (value,), _ = rounded(lambda bits: [self._solved(bits).entropy], self.dps)
        return value

    def q(self, k: int) -> mpmath.mpf:
        """q_k; 0 before the first letter."""
        if k < self.p.first:
            return mpmath.mpf(0)
        (value,), _ = rounded(lambda bits: [self._entry(k, bits).q], self.dps)
        return value

    def complement(self, k: int) -> mpmath.mpf:
        """1 - q_k, to the same relative accuracy."""
        if k < self.p.first:
            return mpmath.mpf(1)
        (value,), _ = rounded(lambda bits: [self._entry(k, bits).complement], self.dps)
        return value

    def ratio(self, k: int) -> mpmath.mpf:
        """q_k/p_k, the factor that the letter gains or loses."""

        def enclose(bits: int) -> list[arb]:
            entry = self._entry(k, bits)
            with precision(bits + self.p.family.lost_bits()):
                return [entry.q / self.p.family.probability(k) if self.gamma else ONE]

        (value,), _ = rounded(enclose, self.dps)
        return value

    def entries(self, count: int) -> tuple[mpmath.mpf, ...]:
        """q of so many letters, from the first on."""
        return tuple(self.q(self.p.first + k) for k in range(count))

    def verdict(self, k: int) -> str:
        """Whether q_k is more or less than p_k: «amplified», «suppressed», or «kept» at gamma = 0, decided by balls."""
        if not self.gamma:
            return "kept"
        for bits in (128, 512, 2048):
            with precision(bits + self.p.family.lost_bits()):
                found = sign(self._entry(k, bits).q - self.p.family.probability(k))
            if found:
                return "amplified" if found > 0 else "suppressed"
        raise Undecided(f"whether letter {k} of {self.p.family.name} gains is undecided; give another gamma.")

    def far_verdict(self) -> tuple[str, arb]:
        """(what becomes of every letter of probability below a bound, that bound).

        lambda > 1: suppressed where 2 gamma sqrt(p) <= lambda - 1; lambda < 1: amplified where p < 1/8, 2 (1 + gamma) p <= 1.
        """
        if not self.gamma:
            return "kept", ONE
        for bits in (128, 512, 2048):
            found = self._solved(bits).multiplier
            with precision(bits):
                side, focus = sign(found - 1), ball(self.gamma)
                if side > 0:
                    return "suppressed", ((found - 1) / (2 * focus)) ** 2
                if side < 0:
                    return "amplified", (1 / (2 * (1 + focus))).min(ONE / 8)
        raise Undecided(f"on which side of 1 the multiplier of {self.p.family.name} lies is undecided; give another gamma.")

    def _entry(self, k: int, bits: int) -> Probability:
        family = self.p.family
        if not 0 <= k <= MOST_LETTER:
            raise InputError(f"letter {k} is not between 0 and {MOST_LETTER}; ask for another.")
        with precision(bits + family.lost_bits()):
            if not self.gamma:
                return Probability(family.probability(k))
            found = self._solved(bits)
            at = k - family.first
            return found.q[at] if at < len(found.q) else slope_inverse_ball(found.multiplier / family.probability(k), self.gamma)


@lru_cache(maxsize=8)
def _solve(family: Family, gamma: Fraction, bits: int) -> Solved:
    return solve(family, gamma, bits)


