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
    """The minimizer of the focal-entropy of p, every number rounded from a certified enclosure.

    Attributes
    ----------
    p : Distribution
        The data, n outcomes.
    gamma : Fraction
        The focusing parameter.
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
        The minimum H_gamma(p, q), in nats.
    log_entropy : mpmath.mpf
        Its logarithm.
    radius : mpmath.mpf
        A bound of the relative error of every number here.
    """

    p: Distribution
    gamma: Fraction
    dps: int
    q: tuple[mpmath.mpf, ...]
    complement: tuple[mpmath.mpf, ...]
    multiplier: mpmath.mpf
    log_multiplier: mpmath.mpf
    entropy: mpmath.mpf
    log_entropy: mpmath.mpf
    radius: mpmath.mpf


def minimizer(p: Iterable[object], gamma: object, dps: int = 50) -> Minimizer:
    """The unique q that minimizes the focal-entropy of p.

    On the support p_x phi(q_x) = lambda, with phi the slope of the loss, so q_x = phi^-1(lambda/p_x), and q_x = 0 elsewhere;
    q = p if gamma = 0 or p is degenerate. Each of the `dps` digits is right.

    Parameters
    ----------
    p : Distribution, or sequence of n numbers
        The data, with sum 1.
    gamma : number
        The focusing parameter, at least 0.
    dps : int
        Decimal digits, from 1 to 100000.

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
    support = range(len(data)) if all(data.probabilities) else data.support
    weights = Weights(data.probabilities if len(support) == len(data) else tuple(data[x] for x in support))
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
    pairs = list(zip(parts, parts[len(firsts) :], strict=False))
    if len(firsts) < len(data):  # else they are in the order of p
        found, pairs = pairs, [(mpmath.mpf(0), mpmath.mpf(1))] * len(data)
        for pair, indices in zip(found, weights.places.values(), strict=True):
            for x in indices:
                pairs[support[x]] = pair
    q, complement = zip(*pairs, strict=True)
    return Minimizer(
        p=data,
        gamma=power,
        dps=digits,
        q=q,
        complement=complement,
        multiplier=multiplier,
        log_multiplier=log_multiplier,
        entropy=entropy,
        log_entropy=log_entropy,
        radius=radius,
    )


def data_distribution(q: Iterable[object], gamma: object, dps: int = 50) -> tuple[mpmath.mpf, ...]:
    """The data distribution of which q is the minimizer.

    p_x = (1/phi(q_x)) / sum_y 1/phi(q_y), with p_x = 0 where q_x = 0; p = q if gamma = 0 or q is degenerate. Each of the `dps`
    digits is right.

    Parameters
    ----------
    q : Distribution, or sequence of n numbers
        The model, with sum 1.
    gamma : number
        The focusing parameter, at least 0.
    dps : int
        Decimal digits, from 1 to 100000.

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

    def enclose(bits: int) -> Sequence[arb | Fraction]:
        if power == 0 or len(set(weights)) == 1:
            return weights
        with precision(bits + guard_bits(max(weights), min(weights), len(weights), power)):
            return inverse_map([Probability.exact(weight) for weight in weights], power)

    values, _ = rounded(enclose, digits)
    of_index = dict(zip(model.support, values, strict=True))
    return tuple(of_index.get(x, mpmath.mpf(0)) for x in range(len(model)))
