"""Numbers told apart at a point: never such as are equal by algebra or the laws, wherever they are defined."""

import pytest
from proving import term
from sympy import Abs, Pow, Rational, exp, log, sqrt

from focal_symbolic.definitions import slope_inverse
from focal_symbolic.language import array, i, j, letters, n, real, total
from focal_symbolic.logic.search.unequal import unequal
from focal_symbolic.logic.terms import ONE, ZERO, add, ipow, mk, mul, neg, rat, rpow, sub

p, q = array("p"), array("q")
sigma = letters("sigma")
a, b, x, y = map(real, "abxy")
X, Y = mk("var", "x"), mk("var", "y")
MINUS_X = neg(X)

EQUAL = (
    ((x + y) ** 2, x**2 + 2 * x * y + y**2),
    (1 / (1 - x), (1 + x) / (1 - x**2)),
    (log(x * y), log(x) + log(y)),
    (log(x / 4), log(x) - 2 * log(2)),
    (Pow(x, a + b), Pow(x, a) * Pow(x, b)),
    (Pow(Pow(x, a), b), Pow(x, a * b)),
    (exp(a * log(x)), Pow(x, a)),
    (sqrt(x) ** 2, x),
    (exp(x + y), exp(x) * exp(y)),
    (Abs(x - y), Abs(y - x)),
    (log((1 - x) / (1 - y)), log(1 - x) - log(1 - y)),
    (total(x * p[i] + 1, i), x * total(p[j], j) + n),
    (total(total(p[i] * q[j], i), j), total(p[i], i) * total(q[i], i)),
    (p[sigma[i]] * 2, p[sigma[i]] + p[sigma[i]]),
    (slope_inverse(x + y, a), slope_inverse(y + x, a)),
)
DIFFERENT = (
    (x, y),
    (x + Rational(1, 10**6), x),
    (log(x * y), log(x) * log(y)),
    (Pow(x, a), Pow(x, b)),
    (Abs(x), -Abs(x)),
    (exp(x), exp(y)),
    (p[i], q[i]),
    (p[i], p[j]),
    (p[sigma[i]], q[sigma[i]]),
    (total(p[i], i), p[i]),
    (total(p[i] ** 2, i), total(p[i], i) ** 2),
    (total(total(p[i] * q[j], i), j), total(p[i] * q[i], i)),
    (n, x),
    (n, 3 * x),
    (slope_inverse(x, a), slope_inverse(y, a)),
    (slope_inverse(x, a), slope_inverse(x, b)),
)


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal_numbers_are_not_told_apart(one, other):
    assert not unequal(term(one), term(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_numbers_are_told_apart(one, other):
    assert unequal(term(one), term(other))
    assert unequal(term(other), term(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mk("log", MINUS_X), ONE),
        (rpow(MINUS_X, X), ONE),
        (ipow(ZERO, -1), ONE),
        (ipow(ipow(ZERO, -1), 0), ZERO),
        (mul(ZERO, mk("log", ZERO)), ONE),
        (mk("log", sub(X, X)), ZERO),
    ],
)
def test_nothing_is_told_of_numbers_that_are_defined_at_no_point(one, other):
    assert not unequal(one, other)
    assert not unequal(other, one)


def test_where_they_are_undefined_another_point_is_tried():
    """At each point one of x - y and y - x has no logarithm."""
    assert unequal(mk("log", sub(X, Y)), ZERO)
    assert unequal(mk("log", sub(Y, X)), ZERO)
    beyond = mk("log", add(X, rat(-1)))
    assert unequal(beyond, add(beyond, ONE))
