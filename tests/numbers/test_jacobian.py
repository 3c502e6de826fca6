"""The derivatives of the minimizer against differences of certified minimizers, and their exact relations."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest

from focal_symbolic import Distribution, jacobian, minimizer
from focal_symbolic.errors import InputError

STEP = Fraction(1, 10**40)
"""The step of the differences; the error of a central one is about its square."""
PMFS = {
    "three": (7, 2, 1),
    "four, one rare": (333, 333, 333, 1),
    "two, a tail of 1e-30": (10**30, 1),
    "ties": (1, 4, 2, 4, 2),
    "powers": (1, 10**3, 10**6, 10**9),
}
GAMMAS = [Fraction(1, 100), Fraction(1, 2), Fraction(2), Fraction(30)]


def near(value, other, digits):
    scale = max(abs(value), abs(other))
    return scale == 0 or abs(value - other) <= scale * mpmath.mpf(10) ** -digits


def central(low, high):
    """(high - low)/(2 step), number by number."""
    with mpmath.workdps(120):
        return [(b - a) / (2 * mpmath.mpf(STEP.numerator) / STEP.denominator) for a, b in zip(low, high, strict=True)]


@pytest.mark.parametrize("gamma", GAMMAS)
@pytest.mark.parametrize("name", PMFS)
def test_the_derivative_in_gamma_is_that_of_certified_differences(name, gamma):
    p = Distribution.from_counts(PMFS[name])
    found = jacobian(p, gamma, 30)
    low, high = (minimizer(p, gamma + side * STEP, 110) for side in (-1, 1))
    with mpmath.workdps(60):
        for value, difference in zip(found.by_gamma, central(low.q, high.q), strict=True):
            assert near(value, difference, 28)
        (rate,) = central([low.log_multiplier], [high.log_multiplier])
        assert near(found.log_multiplier_by_gamma, rate, 28)


@pytest.mark.parametrize("gamma", GAMMAS)
@pytest.mark.parametrize("name", PMFS)
def test_the_derivative_in_the_data_is_that_of_certified_differences(name, gamma):
    """Along the segment from p to the reversed p, whose direction sums to 0."""
    p = Distribution.from_counts(PMFS[name]).probabilities
    direction = [b - a for a, b in zip(p, p[::-1], strict=True)]
    found = jacobian(p, gamma, 60)
    low, high = (
        minimizer([a + side * STEP * min(p) * e for a, e in zip(p, direction, strict=True)], gamma, 150) for side in (-1, 1)
    )
    with mpmath.workdps(150):
        exact = [mpmath.mpf(e.numerator) / e.denominator for e in direction]
        scale = mpmath.mpf(min(p).numerator) / min(p).denominator
        for row, difference in zip(found.by_p, central(low.q, high.q), strict=True):
            assert near(mpmath.fdot(row, exact), difference / scale, 25)
        (rate,) = central([low.log_multiplier], [high.log_multiplier])
        assert near(mpmath.fdot(found.log_multiplier_by_p, exact), rate / scale, 25)


@pytest.mark.parametrize("name", PMFS)
def test_relations_between_the_entries(name):
    p = Distribution.from_counts(PMFS[name])
    found = jacobian(p, 2, 40)
    with mpmath.workdps(60):
        weights = [mpmath.mpf(x.numerator) / x.denominator for x in p.probabilities]
        largest = max(abs(entry) for row in found.by_p for entry in row)
        for i, row in enumerate(found.by_p):
            assert abs(mpmath.fdot(row, weights)) < mpmath.mpf(10) ** -38  # q does not change when p is scaled
            assert row[i] > 0
            assert all(entry < 0 for j, entry in enumerate(row) if j != i)
        for column in zip(*found.by_p, strict=True):
            assert abs(mpmath.fsum(column)) < largest * mpmath.mpf(10) ** -38
        assert abs(mpmath.fsum(found.by_gamma)) < mpmath.mpf(10) ** -38
        assert near(mpmath.fdot(found.log_multiplier_by_p, weights), 1, 38)  # lambda is homogeneous in p, of degree 1


def test_at_gamma_zero_the_rates_are_the_first_order_term():
    p = Distribution.from_counts((7, 2, 1))
    found = jacobian(p, 0, 40)
    with mpmath.workdps(60):
        weights = [mpmath.mpf(x.numerator) / x.denominator for x in p.probabilities]
        g = [mpmath.log(1 - x) - x * mpmath.log(x) / (1 - x) for x in weights]
        mean = mpmath.fdot(weights, g)
        for value, x, own in zip(found.by_gamma, weights, g, strict=True):
            assert near(value, x * (own - mean), 38)
        for i, row in enumerate(found.by_p):
            for j, entry in enumerate(row):
                assert near(entry, (1 if i == j else 0) - weights[i], 38)


def test_a_uniform_pmf_does_not_move_with_gamma():
    found = jacobian(["1/3"] * 3, 2, 20)
    assert found.by_gamma == (0, 0, 0)
    assert found.log_multiplier_by_gamma < 0


@pytest.mark.parametrize(
    ("p", "message"),
    [([1], "give two outcomes at least"), ([1, 0], r"p\[1\] = 0"), (["0.5", "0.6"], "sum")],
)
def test_bad_input(p, message):
    with pytest.raises(InputError, match=message):
        jacobian(p, 2)
