"""What is handed out: the minimizer and the data distribution, rounded from certified enclosures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import mpmath
from flint import arb

from focal_symbolic.distribution import Distribution, digits_of, distribution_of, gamma_of
from focal_symbolic.numbers.balls import Probability, precision
from focal_symbolic.numbers.minimizer.inverse import inverse_map
from focal_symbolic.numbers.minimizer.problem import Weights, guard_bits
from focal_symbolic.numbers.minimizer.solver import solve_weights
from focal_symbolic.numbers.rounding import rounded

__all__ = ["Minimizer", "data_distribution", "minimizer"]


@dataclass(frozen=True)
class Minimizer:
    """The minimizer of the focal-entropy of p, every number rounded from a certified enclosure."""

    p: Distribution
    gamma: Fraction
    dps: int
    q: tuple[mpmath.mpf, ...]
    complement: tuple[mpmath.mpf, ...]
    """1 - q, to the same relative accuracy."""
    multiplier: mpmath.mpf
    log_multiplier: mpmath.mpf
    entropy: mpmath.mpf
    """The minimum, H_gamma(p, q)."""
    log_entropy: mpmath.mpf
    radius: mpmath.mpf
    """A bound of the relative error of every number here."""


def minimizer(p: Iterable[object], gamma: object, dps: int = 50) -> Minimizer:
    """The unique q that minimizes the focal-entropy of p, to `dps` digits, each of them right.

    Statement: q_x = phi^-1(lambda/p_x) where p_x > 0, q_x = 0 elsewhere; q = p if gamma = 0 or p is degenerate.
    Args: p is a Distribution or a sequence of numbers; gamma is a number at least 0.
    Raises: InputError for an argument that breaks a rule; Undecided if the digits could not be certified.
    """
    data, power, digits = distribution_of(p), gamma_of(gamma), digits_of(dps)
    support = data.support
    whole = len(support) == len(data)
    weights = Weights(data.probabilities if whole else tuple(data[x] for x in support))
    firsts = [indices[0] for indices in weights.places.values()]  # equal p once

    def enclose(bits: int) -> list[arb | Fraction]:
        found = solve_weights(weights, power, bits)
        at = [found.q[x] for x in firsts]
        q: list[arb | Fraction] = [one.q for one in at]
        complement: list[arb | Fraction] = [one.complement for one in at]
        if power == 0 or len(firsts) == 1:
            q = [weights.values[x] for x in firsts]
            complement = [1 - weight for weight in q]
        return [found.multiplier, found.log_multiplier, found.entropy, found.log_entropy, *q, *complement]

    (multiplier, log_multiplier, entropy, log_entropy, *parts), radius = rounded(enclose, digits)
    q, complement = [mpmath.mpf(0)] * len(data), [mpmath.mpf(1)] * len(data)
    for indices, value, other in zip(weights.places.values(), parts, parts[len(firsts) :], strict=False):
        for x in indices:
            q[support[x]], complement[support[x]] = value, other
    return Minimizer(
        p=data,
        gamma=power,
        dps=digits,
        q=tuple(q),
        complement=tuple(complement),
        multiplier=multiplier,
        log_multiplier=log_multiplier,
        entropy=entropy,
        log_entropy=log_entropy,
        radius=radius,
    )


def data_distribution(q: Iterable[object], gamma: object, dps: int = 50) -> tuple[mpmath.mpf, ...]:
    """The data distribution whose minimizer is q, to `dps` digits, each of them right.

    Statement: p_x = (1/phi(q_x)) / sum_y 1/phi(q_y), with p_x = 0 where q_x = 0; p = q if gamma = 0 or q is degenerate.
    Args: q is a Distribution or a sequence of numbers; gamma is a number at least 0.
    Raises: InputError; Undecided.
    """
    model, power, digits = distribution_of(q, "q"), gamma_of(gamma), digits_of(dps)
    weights = tuple(model[x] for x in model.support)

    def enclose(bits: int) -> Sequence[arb | Fraction]:
        if power == 0 or len(set(weights)) == 1:
            return weights
        with precision(bits + guard_bits(max(weights), min(weights), len(weights), power)):
            return inverse_map([Probability.exact(weight) for weight in weights], power)

    values, _ = rounded(enclose, digits)
    of_index = dict(zip(model.support, values, strict=True))
    return tuple(of_index.get(x, mpmath.mpf(0)) for x in range(len(model)))
