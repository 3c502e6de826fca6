"""The focal-entropy against mpmath, at its ends, and to every digit."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from flint import ctx

from focal_symbolic.errors import InputError
from focal_symbolic.numbers.entropy import cross_entropy, entropy, focal_entropy

P, Q = ["0.7", "0.2", "0.1"], ["0.5", "0.3", "0.2"]


def independent(p, q, gamma, dps):
    with mpmath.workdps(dps):
        number = lambda value: mpmath.mpf(Fraction(value).numerator) / Fraction(value).denominator  # noqa: E731
        terms = [number(a) * (1 - number(b)) ** number(gamma) * -mpmath.log(number(b)) for a, b in zip(p, q, strict=True)]
        return mpmath.fsum(terms)


@pytest.mark.parametrize("gamma", ["0", "1e-8", "0.3", "1", "1.7", "2", "5", "100", "1e4"])
@pytest.mark.parametrize("dps", [15, 50, 200])
def test_every_digit(gamma, dps):
    value = focal_entropy(P, Q, gamma, dps=dps)
    assert mpmath.nstr(value, dps) == mpmath.nstr(independent(P, Q, gamma, 2 * dps + 30), dps)


def test_known_values():
    with mpmath.workdps(60):
        half_entropy = entropy([0.5, 0.5], 60) / 2
    assert mpmath.nstr(focal_entropy(["1/2", "1/2"], [0.5, 0.5], 1, dps=40), 40) == mpmath.nstr(half_entropy, 40)
    assert mpmath.nstr(entropy(["1/2", "1/2"], 30), 30) == "0.693147180559945309417232121458"
    assert cross_entropy(P, Q, 50) == focal_entropy(P, Q, 0, 50)


@pytest.mark.parametrize("gamma", [0, "0.3", 2])
def test_ends(gamma):
    assert focal_entropy([1, 0], [0, 1], gamma) == mpmath.inf
    assert focal_entropy([0, 1], [0, 1], gamma) == 0
    assert focal_entropy(["0.5", "0.5", 0], ["0.5", "0.5", 0], gamma) > 0
    assert focal_entropy(["0.5", "0.5"], [1, 0], gamma) == mpmath.inf


def test_small_numbers_keep_their_digits():
    tiny = Fraction(1, 10**300)
    p = [1 - tiny, tiny]
    for gamma in ("0.3", "2"):
        value = focal_entropy(p, p, gamma, dps=40)
        assert mpmath.nstr(value, 40) == mpmath.nstr(independent(p, p, gamma, 1500), 40)


def test_no_global_precision_is_used_or_changed():
    before = ctx.prec, mpmath.mp.prec
    value = focal_entropy(P, Q, 2, dps=300)
    assert (ctx.prec, mpmath.mp.prec) == before
    assert value._mpf_[3] > 300 * 3
    with mpmath.workdps(5):
        assert focal_entropy(P, Q, 2, dps=300) == value


def test_bad_input():
    with pytest.raises(InputError, match="p has 3 entries and q has 2"):
        focal_entropy(P, [0.5, 0.5], 1)
    with pytest.raises(InputError, match="gamma = -1 is negative"):
        focal_entropy(P, Q, -1)
    with pytest.raises(InputError, match="dps"):
        focal_entropy(P, Q, 1, dps=0)
    with pytest.raises(InputError, match=r"q\[1\]"):
        cross_entropy(P, ["0.5", "-0.3", "0.2"])
