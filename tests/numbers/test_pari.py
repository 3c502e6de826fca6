"""Every digit agrees with PARI/GP, a program that has nothing in common with ours but the definitions."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pari
import pytest

from focal_symbolic import Distribution, minimizer

pytestmark = pytest.mark.skipif(not pari.installed(), reason="PARI/GP is not installed: apt-get install pari-gp")

TEN = Distribution.from_counts([10**6 // (k + 1) for k in range(9)] + [20])
SKEWED = Distribution.from_counts([90_000, 9000, 900, 90, 9, 1])


@pytest.mark.parametrize("gamma", [Fraction(1, 3), Fraction(1), Fraction(23, 10), Fraction(7)])
@pytest.mark.parametrize("p", [TEN, SKEWED], ids=["ten", "skewed"])
@pytest.mark.parametrize("dps", [15, 50, 200])
def test_every_digit_is_that_of_gp(p, gamma, dps):
    ours = minimizer(p, gamma, dps).q
    theirs = pari.minimizer(p, gamma, dps)
    assert len(theirs) == len(ours)
    with mpmath.workdps(dps + pari.GUARD):
        for value, other in zip(ours, theirs, strict=True):
            assert mpmath.nstr(value, dps) == mpmath.nstr(mpmath.mpf(other), dps)


def test_a_wrong_formula_would_be_noticed():
    """With another gamma the digits differ, so that they are not ours read back."""
    ours, theirs = minimizer(TEN, 2, 30).q, pari.minimizer(TEN, Fraction(2000001, 1000000), 30)
    with mpmath.workdps(45):
        assert all(
            abs(value / mpmath.mpf(other) - 1) > mpmath.mpf(10) ** -10 for value, other in zip(ours, theirs, strict=True)
        )
