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
    """The minimizer of the focal-entropy of p, every number rounded from a certified enclosure.

    Attributes
    ----------
    p : Distribution
        The data, n outcomes.
    gamma : Fraction
        The focusing parameter.
    alpha : tuple of Fraction, optional
        The weight of each outcome, if any were given; lambda and the minimum are those of the weighted loss.
    dps : int
        How many digits are right.
    q : tuple of n mpmath.mpf
        The minimizer.
    complement : tuple of n mpmath.mpf
        What q leaves of 1, to the same relative accuracy.
    multiplier : mpmath.mpf
        Lagrange's lambda, p_x phi(q_x) on the support.
    log_multiplier : mpmath.mpf
        Its logarithm; -inf where one outcome has it all and gamma is positive.
    entropy : mpmath.mpf
        The minimum H_gamma(p, q), with the weights of the loss, in nats.
    log_entropy : mpmath.mpf
        Its logarithm.
    radius : mpmath.mpf
        A bound of the relative error of every number here.
    """

    p: Distribution
    gamma: Fraction
    alpha: tuple[Fraction, ...] | None
    dps: int
    q: tuple[mpmath.mpf, ...]
    complement: tuple[mpmath.mpf, ...]
    multiplier: mpmath.mpf
    log_multiplier: mpmath.mpf
    entropy: mpmath.mpf
    log_entropy: mpmath.mpf
    radius: mpmath.mpf


def minimizer(p: Iterable[object], gamma: object, dps: int = 50, alpha: object = None) -> Minimizer:
    """The unique q that minimizes the focal-entropy of p.

    On the support p_x phi(q_x) = lambda, with phi the slope of the loss, so q_x = phi^-1(lambda/p_x), and q_x = 0 elsewhere;
    q = p if gamma = 0 or p is degenerate. Each of the `dps` digits is right. With weights alpha it is the minimizer of the
    distribution proportional to alpha p.

    Parameters
    ----------
    p : Distribution, or sequence of n numbers
        The data, with sum 1.
    gamma : number
        The focusing parameter, at least 0.
    dps : int
        Decimal digits, from 1 to 100000.
    alpha : sequence of n numbers, optional
        The weights of the loss, at least 0; for n = 2 also one number, alpha for the first outcome, the positives, and
        1 - alpha for the second.

    Returns
    -------
    Minimizer
        The minimizer q with 1 - q, the multiplier and the minimum in nats.

    Raises
    ------
    InputError
        For an argument that breaks a rule.
    Undecided
        If the digits could not be certified.

    Notes
    -----
    The claims `uniqueness/strictly_optimal` and `existence/attained`, after [shah2026].

    Examples
    --------
    >>> from mpmath import nstr
    >>> from focal_symbolic import minimizer
    >>> [nstr(q, 20) for q in minimizer(["0.7", "0.2", "0.1"], 2, dps=20).q]
    ['0.53516859413391424601', '0.2926926493124146284', '0.17213875655367112559']
    """
    data, power, digits = distribution_of(p), gamma_of(gamma), digits_of(dps)
    given = weights_of(alpha, len(data), labels=data.labels)
    seen, scale = tilted(data, given)
    support: Sequence[int] = range(len(seen))
    weights = Weights(seen.probabilities)
    if not min(weights.keys)[0]:  # outcomes of probability 0 are left out
        support = seen.support
        weights = Weights(tuple(seen[x] for x in support))
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
                    numbers[place] *= ball(scale)
                    if numbers[place + 1].is_finite():  # ln 0 stays
                        numbers[place + 1] += log_scale
        return [*numbers, *q, *complement]

    (multiplier, log_multiplier, entropy, log_entropy, *parts), radius = rounded(enclose, digits)
    q, complement = parts[: len(firsts)], parts[len(firsts) :]
    if len(firsts) < len(data):  # else they are in the order of p
        found, q, complement = (q, complement), [mpmath.mpf(0)] * len(data), [mpmath.mpf(1)] * len(data)
        for one, other, indices in zip(*found, weights.places.values(), strict=True):
            for x in indices:
                q[support[x]], complement[support[x]] = one, other
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
    """The data distribution of which q is the minimizer.

    p_x = (1/phi(q_x)) / sum_y 1/phi(q_y), with p_x = 0 where q_x = 0; p = q if gamma = 0 or q is degenerate. With weights
    alpha, p_x is proportional to 1/(alpha_x phi(q_x)). Each of the `dps` digits is right.

    Parameters
    ----------
    q : Distribution, or sequence of n numbers
        The model, with sum 1.
    gamma : number
        The focusing parameter, at least 0.
    dps : int
        Decimal digits, from 1 to 100000.
    alpha : sequence of n numbers, optional
        The weights of the loss, above 0; for n = 2 also one number, alpha for the first outcome, the positives, and
        1 - alpha for the second.

    Returns
    -------
    tuple of n mpmath.mpf
        The data p.

    Raises
    ------
    InputError
        For an argument that breaks a rule.
    Undecided
        If the digits could not be certified.

    Notes
    -----
    The inverse map of [charoenphakdee2021]; the claim `class_count/every_pmf_is_a_minimizer`.

    Examples
    --------
    >>> from mpmath import nstr
    >>> from focal_symbolic import data_distribution
    >>> [nstr(p, 10) for p in data_distribution(["0.5", "0.3", "0.2"], 2, dps=10)]
    ['0.6385274933', '0.2295514678', '0.1319210388']
    """
    model, power, digits = distribution_of(q, "q"), gamma_of(gamma), digits_of(dps)
    weights = tuple(model[x] for x in model.support)
    given = weights_of(alpha, len(model), positive=True, labels=model.labels)
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
