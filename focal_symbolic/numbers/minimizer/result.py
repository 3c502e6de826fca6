"""What is handed out: the minimizer and the data distribution, rounded from certified enclosures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import mpmath
from flint import arb

from focal_symbolic.distribution import Distribution, digits_of, distribution_of, gamma_of
from focal_symbolic.numbers.alpha import tilted, weights_of
from focal_symbolic.numbers.balls import Probability, ball, precision
from focal_symbolic.numbers.minimizer.inverse import inverse_map
from focal_symbolic.numbers.minimizer.problem import Weights, guard_bits
from focal_symbolic.numbers.minimizer.solver import solve_weights
from focal_symbolic.numbers.rounding import rounded

__all__ = ["Minimizer", "data_distribution", "minimizer"]

SCALE_BITS = 64
"""What a number may lose when it is multiplied by the sum of weights."""


@dataclass(frozen=True)
class Minimizer:
    """The minimizer of the focal-entropy of p, every number rounded from a certified enclosure."""

    p: Distribution
    gamma: Fraction
    alpha: tuple[Fraction, ...] | None
    """The weight of each outcome, if any were given; lambda and the minimum are those of the weighted loss."""
    dps: int
    q: tuple[mpmath.mpf, ...]
    complement: tuple[mpmath.mpf, ...]
    """1 - q, to the same relative accuracy."""
    multiplier: mpmath.mpf
    log_multiplier: mpmath.mpf
    entropy: mpmath.mpf
    """The minimum, H_gamma(p, q) with its weights."""
    log_entropy: mpmath.mpf
    radius: mpmath.mpf
    """A bound of the relative error of every number here."""


def minimizer(p: Iterable[object], gamma: object, dps: int = 50, alpha: object = None) -> Minimizer:
    """The unique q that minimizes the focal-entropy of p, to `dps` digits, each of them right.

    Statement: q_x = phi^-1(lambda/(alpha_x p_x)) where alpha_x p_x > 0, q_x = 0 elsewhere: the minimizer of the distribution
        proportional to alpha p. It is this distribution itself if gamma = 0, or if there is only one outcome.
    Args: p is a Distribution or a sequence of numbers; gamma is a number at least 0; alpha is a weight for each outcome, or for
        two outcomes one number: alpha for the first, the positives, and 1 - alpha for the second.
    Raises: InputError for an argument that breaks a rule; Undecided if the digits could not be certified.
    """
    data, power, digits = distribution_of(p), gamma_of(gamma), digits_of(dps)
    given = weights_of(alpha, len(data))
    seen, scale = tilted(data, given)
    support = seen.support
    whole = len(support) == len(seen)
    weights = Weights(seen.probabilities if whole else tuple(seen[x] for x in support))
    firsts = [indices[0] for indices in weights.places.values()]  # equal p once

    def enclose(bits: int) -> list[arb | Fraction]:
        found = solve_weights(weights, power, bits)
        at = [found.q[x] for x in firsts]
        q: list[arb | Fraction] = [one.q for one in at]
        complement: list[arb | Fraction] = [one.complement for one in at]
        if power == 0 or len(firsts) == 1:
            q = [weights.values[x] for x in firsts]
            complement = [1 - weight for weight in q]
        numbers = [found.multiplier, found.log_multiplier, found.entropy, found.log_entropy]
        if scale != 1:
            with precision(bits + SCALE_BITS):
                log_scale = ball(scale).log()
                for place in (0, 2):
                    numbers[place], numbers[place + 1] = numbers[place] * ball(scale), numbers[place + 1] + log_scale
        return [*numbers, *q, *complement]

    (multiplier, log_multiplier, entropy, log_entropy, *parts), radius = rounded(enclose, digits)
    q, complement = [mpmath.mpf(0)] * len(data), [mpmath.mpf(1)] * len(data)
    for indices, value, other in zip(weights.places.values(), parts, parts[len(firsts) :], strict=False):
        for x in indices:
            q[support[x]], complement[support[x]] = value, other
    return Minimizer(
        p=data,
        gamma=power,
        alpha=given,
        dps=digits,
        q=tuple(q),
        complement=tuple(complement),
        multiplier=multiplier,
        log_multiplier=log_multiplier,
        entropy=entropy,
        log_entropy=log_entropy,
        radius=radius,
    )


def data_distribution(q: Iterable[object], gamma: object, dps: int = 50, alpha: object = None) -> tuple[mpmath.mpf, ...]:
    """The data distribution whose minimizer is q, to `dps` digits, each of them right.

    Statement: p_x is proportional to 1/(alpha_x phi(q_x)), with p_x = 0 where q_x = 0. Without alpha p = q if gamma = 0,
        or if q is uniform on its support.
    Args: q is a Distribution or a sequence of numbers; gamma is a number at least 0; alpha as for `minimizer`, all above 0.
    Raises: InputError; Undecided.
    """
    model, power, digits = distribution_of(q, "q"), gamma_of(gamma), digits_of(dps)
    weights = tuple(model[x] for x in model.support)
    given = weights_of(alpha, len(model), positive=True)
    factors = None if given is None else tuple(1 / given[x] for x in model.support)

    def enclose(bits: int) -> Sequence[arb | Fraction]:
        if power == 0 or len(set(weights)) == 1:
            return _shared(weights, factors)
        with precision(bits + guard_bits(max(weights), min(weights), len(weights), power)):
            return inverse_map([Probability.exact(weight) for weight in weights], power, factors)

    values, _ = rounded(enclose, digits)
    of_index = dict(zip(model.support, values, strict=True))
    return tuple(of_index.get(x, mpmath.mpf(0)) for x in range(len(model)))


def _shared(weights: tuple[Fraction, ...], factors: tuple[Fraction, ...] | None) -> tuple[Fraction, ...]:
    """The distribution proportional to weights times factors."""
    if factors is None:
        return weights
    masses = [weight * factor for weight, factor in zip(weights, factors, strict=True)]
    total = sum(masses, Fraction(0))
    return tuple(mass / total for mass in masses)
