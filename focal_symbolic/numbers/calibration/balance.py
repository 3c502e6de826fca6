"""The class weights with which the optimum is a wished distribution, and the constant output that is the optimum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import mpmath
from flint import arb

from focal_symbolic.distribution import Distribution, digits_of, distribution_of, gamma_of, in_order
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.alpha import pairs_of, tilted, weights_of
from focal_symbolic.numbers.balls import Probability, precision
from focal_symbolic.numbers.minimizer import inverse_map, solve
from focal_symbolic.numbers.minimizer.problem import guard_bits
from focal_symbolic.numbers.rounding import rounded

__all__ = ["balance", "initial_bias"]

HEADS = ("softmax", "sigmoid")
HALF = Fraction(1, 2)


def balance(
    counts: Iterable[object], gamma: object, target: object = "data", head: str = "softmax", dps: int = 15
) -> tuple[mpmath.mpf, ...]:
    """The class weights alpha with which the optimum of the focal loss is the target; they sum to 1.

    alpha_x is proportional to 1/(phi(t_x) p_x), with t the target and p the shares of the counts: 1/psi(p_x) for the target
    "data", 1/p_x for "uniform".

    Parameters
    ----------
    counts : sequence of n int, or dict, Counter or Series of them by name
        How often each class occurs, at least 0.
    gamma : number
        The focusing parameter, at least 0.
    target : {'data', 'uniform'} or sequence of n numbers
        What the model is to report: the shares of the data, the uniform, or a pmf over the classes. A target of 0 has the
        weight 0, and so has an absent class.
    head : {'softmax', 'sigmoid'}
        The head of the classifier. For a sigmoid each class has the number alpha that weighs its positives, with 1 - alpha for
        its negatives.
    dps : int
        Decimal digits, from 1 to 100000.

    Returns
    -------
    tuple of n mpmath.mpf
        The weights, each of the `dps` digits right.

    Raises
    ------
    InputError
        For an argument that breaks a rule, and where a class without a count is to have a share.

    Notes
    -----
    The inverse map with weights, as `data_distribution`; the claim `class_count/every_pmf_is_a_minimizer`.

    Examples
    --------
    >>> from focal_symbolic import balance
    >>> [round(float(alpha), 6) for alpha in balance([25, 75], 2)]
    [0.136006, 0.863994]
    """
    data, power, digits = Distribution.from_counts(counts), gamma_of(gamma), digits_of(dps)
    wished = _target(target, data)
    if _head(head) == "softmax":
        return _weights(data, wished, power, digits)
    return tuple(
        _weights(Distribution([share, 1 - share]), Distribution([aim, 1 - aim]), power, digits)[0] if share else mpmath.mpf(0)
        for share, aim in zip(data, wished, strict=True)
    )


def initial_bias(
    counts: Iterable[object], gamma: object, alpha: object = None, head: str = "softmax", dps: int = 15
) -> tuple[mpmath.mpf, ...] | mpmath.mpf:
    """The constant output that is the optimum: biases of a last layer, or the initial score of boosting, as logits.

    Parameters
    ----------
    counts : sequence of n int, or dict, Counter or Series of them by name
        How often each class occurs, at least 0; for one sigmoid those of the positives and of the negatives.
    gamma : number
        The focusing parameter, at least 0.
    alpha : number or sequence, optional
        The class weights of the loss: for a softmax one a class; for a sigmoid a number, alpha for positives and 1 - alpha for
        negatives, or one such number a class.
    head : {'softmax', 'sigmoid'}
        For a softmax the biases are ln q of each class, logits up to a constant; for a sigmoid ln(q/(1 - q)) of each class
        against the rest, and of two counts that of the first alone.
    dps : int
        Decimal digits, from 1 to 100000.

    Returns
    -------
    mpmath.mpf or tuple of mpmath.mpf
        Logits in nats, -inf for a class that does not occur, each of the `dps` digits right.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The logits of `minimizer`. The prior pi of a detector in [lin2017] is set by hand.

    Examples
    --------
    >>> from focal_symbolic import initial_bias
    >>> round(float(initial_bias([492, 284315], 2, head="sigmoid")), 6)
    -2.348319
    """
    data, power, digits = Distribution.from_counts(counts), gamma_of(gamma), digits_of(dps)
    if _head(head) == "softmax":
        seen, _ = tilted(data, weights_of(alpha, len(data), labels=data.labels))
        return _log_shares(seen, power, digits)
    one = len(data) == 2
    shares = data.probabilities[:1] if one else data.probabilities
    pairs = pairs_of(alpha, len(shares), labels=None if one else data.labels)
    found = []
    for place, share in enumerate(shares):
        seen, _ = tilted(Distribution([share, 1 - share]), None if pairs is None else pairs[place])
        found.append(_logit(seen, power, digits))
    return found[0] if one else tuple(found)


def _head(head: object) -> str:
    if head not in HEADS:
        raise InputError(f"head = {head!r} is not a head of a classifier; give 'softmax' or 'sigmoid'.")
    return str(head)


def _target(target: object, data: Distribution) -> Distribution:
    if isinstance(target, str):
        if target not in ("data", "uniform"):
            raise InputError(f"target = {target!r} is no target; give 'data', 'uniform' or a pmf over the classes.")
        wished = data if target == "data" else Distribution([Fraction(1, len(data))] * len(data))
    else:
        wished = distribution_of(in_order(target, data.labels, "target"), "target")
    if len(wished) != len(data):
        raise InputError(f"target has {len(wished)} entries and there are {len(data)} counts; give one a class.")
    for place, (aim, share) in enumerate(zip(wished, data, strict=True)):
        if aim and not share:
            raise InputError(
                f"counts[{place}] = 0, and no weight makes a model report a class it never saw; leave that class out."
            )
    return wished


def _weights(data: Distribution, wished: Distribution, gamma: Fraction, digits: int) -> tuple[mpmath.mpf, ...]:
    """The weights of a softmax."""
    support = wished.support
    aims, factors = [wished[x] for x in support], [1 / data[x] for x in support]

    def enclose(bits: int) -> Sequence[arb | Fraction]:
        if gamma == 0 or len(set(aims)) == 1:
            masses = [aim * factor for aim, factor in zip(aims, factors, strict=True)]
            return [mass / sum(masses, Fraction(0)) for mass in masses]
        with precision(bits + guard_bits(max(aims), min(aims), len(aims), gamma)):
            return inverse_map([Probability.exact(aim) for aim in aims], gamma, factors)

    found = dict(zip(support, rounded(enclose, digits)[0], strict=True))
    return tuple(found.get(x, mpmath.mpf(0)) for x in range(len(data)))


def _log_shares(seen: Distribution, gamma: Fraction, digits: int) -> tuple[mpmath.mpf, ...]:
    """ln q of each outcome."""
    support = seen.support
    weights = tuple(seen[x] for x in support)

    def enclose(bits: int) -> Sequence[arb | Fraction]:
        if len(weights) == 1:
            return [Fraction(0)]
        solved = solve(weights, gamma, bits + 32)
        with precision(bits + 32):
            return [at.log for at in solved.q]

    found = dict(zip(support, rounded(enclose, digits)[0], strict=True))
    return tuple(found.get(x, mpmath.mpf("-inf")) for x in range(len(seen)))


def _logit(seen: Distribution, gamma: Fraction, digits: int) -> mpmath.mpf:
    """ln(q/(1 - q)) of the first of two outcomes."""
    share = seen[0]
    if share in (0, 1):
        return mpmath.mpf("inf" if share else "-inf")
    if share == HALF:
        return mpmath.mpf(0)

    def enclose(bits: int) -> Sequence[arb | Fraction]:
        q = solve((share, 1 - share), gamma, bits + 32).q[0]
        with precision(bits + 32):
            return [(q.q / q.complement).log()]

    (value,), _ = rounded(enclose, digits)
    return value
