"""The diagnosis of class counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import mpmath

from focal_symbolic.distribution import Distribution, digits_of, exact_number, gamma_of, in_order, named
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.alpha import pairs_of
from focal_symbolic.numbers.alpha import weights_of as alpha_of_classes
from focal_symbolic.numbers.diagnosis.band import band
from focal_symbolic.numbers.diagnosis.certified import certified_pairs, certified_softmax
from focal_symbolic.numbers.diagnosis.in_floats import float_pairs, float_softmax
from focal_symbolic.numbers.diagnosis.result import HEADS, Diagnosis, Found
from focal_symbolic.numbers.diagnosis.shares import Problem, tilted, verdicts_against, verdicts_of, weights_of
from focal_symbolic.numbers.diagnosis.windows import windows

__all__ = ["diagnosis"]

MOST_GAMMA = 10**300
"""What scans and pictures take in float64 as well."""


def diagnosis(
    counts: Iterable[object],
    gamma: object,
    head: str = "softmax",
    weights: Iterable[object] | None = None,
    dps: int = 15,
    prove: bool = False,
    alpha: object = None,
) -> Diagnosis:
    """What training with the focal loss makes of class counts.

    For a softmax, q is the minimizer for P proportional to weight * count. For a sigmoid a class, each is a problem of two:
    p = w c/(w c + N - c) and 1 - p, with N all counts and w the weight of the positives alone. The windows of gamma come from a
    scan of a geometric grid from 0.01 to 1000 and gamma itself: one narrower than the grid may be missed. Their ends are
    certified, unless there are more than `MOST_CERTIFIED` classes.

    Parameters
    ----------
    counts : sequence of n int, or dict, Counter or Series of them by name
        The counts of the classes, at least 0, one of them positive; their names are `data.labels` of what is found.
    gamma : number
        The focusing parameter, at least 0.
    head : {'softmax', 'sigmoid'}
        The head of the classifier.
    weights : sequence of n numbers, optional
        A weight for each class, at least 0; for a sigmoid, of its positives alone.
    dps : int
        Decimal digits, from 1 to 100000.
    prove : bool
        Whether the windows come from boxes that cover all gamma up to 1000, which shows that there are no others (seconds for
        twenty classes, minutes for eighty); for a sigmoid there is nothing to prove.
    alpha : number or sequence, optional
        The other way to give weights: one a class for a softmax; for a sigmoid a number, alpha for positives and 1 - alpha for
        negatives, or one such number or a pair of weights a class.

    Returns
    -------
    Diagnosis
        Who gains, who loses, who is buried, and for which gamma.

    Raises
    ------
    InputError
        For an argument that breaks a rule.
    Undecided
        If digits could not be certified.

    Notes
    -----
    The verdicts are of the claims `amplification/criterion`, `high_suppression/suppressed` and `over_suppression/suppressed`,
    after [shah2026].

    Examples
    --------
    >>> from focal_symbolic.numbers.diagnosis import diagnosis
    >>> diagnosis([333, 333, 333, 1], 1).verdicts
    ('amplified', 'amplified', 'amplified', 'over-suppressed')
    """
    power, precise = _gamma(gamma), digits_of(dps)
    if head not in HEADS:
        raise InputError(f"head = {head!r} is not a head of a classifier; give 'softmax' or 'sigmoid'.")
    data, by_name = Distribution.from_counts(counts), named(counts)
    given = tuple(counts) if by_name is None else by_name.values
    integers = tuple(exact_number(value).numerator for value in given)
    tilt = None if weights is None else weights_of(tuple(in_order(weights, data.labels, "weights")), len(given))  # type: ignore[arg-type]  # a sequence
    negatives = None
    if alpha is not None:
        if tilt is not None:
            raise InputError("weights and alpha are two ways to give the weights of the loss; give one of them.")
        tilt, negatives = _alpha(in_order(alpha, data.labels, "alpha"), len(given), head)
    shares = tilted(integers, tilt, head, negatives)
    problem = Problem.of(shares, power, precise, head)
    if prove and not problem.certified:
        raise InputError(f"prove is for up to {problem.most} classes, and here are {problem.size}; leave it out.")
    found, softmax = _optimum(problem), head == "softmax"
    multiplier_windows, burying_windows, scan = windows(problem, prove) if softmax else ((), (), ())
    at, verdicts = problem.places(shares), verdicts_of(found.signs)
    diagnosed = Diagnosis(
        counts=integers,
        weights=tilt,
        negatives=negatives,
        gamma=power,
        head=head,
        dps=precise,
        certified=problem.certified,
        data=data,
        p=shares,
        q=tuple((mpmath.mpf(0) if problem.certified else 0.0) if x is None else found.q[x] for x in at),
        ratio=tuple(None if x is None else found.ratio[x] for x in at),
        verdicts=tuple("absent" if x is None else verdicts[x] for x in at),
        multiplier=found.multipliers[0] if softmax else None,
        log_multiplier=found.log_multiplier,
        multipliers=None if softmax else tuple(None if x is None else found.multipliers[x] for x in at),
        band=band(problem, found),
        entropy_before=found.entropies[0],
        entropy_after=found.entropies[1],
        multiplier_windows=multiplier_windows,
        burying_windows=burying_windows,
        scan=scan,
        proved=prove,
        error=found.error,
    )
    if not diagnosed.tilted:
        return diagnosed
    against = verdicts_against(data.probabilities, diagnosed.factor, [not share for share in shares], head)
    return replace(diagnosed, verdicts=against)


def _gamma(gamma: object) -> Fraction:
    """The focusing parameter, up to where float64 goes."""
    power = gamma_of(gamma)
    if power > MOST_GAMMA:
        raise InputError(f"gamma is beyond {float(MOST_GAMMA):g}, where all classes are as good as equal; give a smaller one.")
    return power


def _alpha(alpha: object, size: int, head: str) -> tuple[tuple[Fraction, ...] | None, tuple[Fraction, ...] | None]:
    """(weights of the classes, for a sigmoid of their positives; weights of the negatives)."""
    if head == "softmax":
        return alpha_of_classes(alpha, size), None
    pairs = pairs_of(alpha, size) or ()
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)


def _optimum(problem: Problem) -> Found:
    """The optimum at gamma."""
    if problem.head == "sigmoid":
        return certified_pairs(problem) if problem.certified else float_pairs(problem)
    return certified_softmax(problem) if problem.certified else float_softmax(problem)
