"""Numbers without variables as balls: what they show, and what they must not show."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, ctx
from speech import II, X, exp, log, p

from focal_symbolic.logic import fuel
from focal_symbolic.logic.constants import BITS, enclosure, is_less
from focal_symbolic.logic.terms import INFINITY, MINUS, ONE, SIZE, ZERO, Malformed, add, ipow, mk, mul, neg, rat, rpow

HALF, TWO, THREE = rat(Fraction(1, 2)), rat(2), rat(3)


def near(t, x):
    """Whether the ball around t is narrow and holds x."""
    found = enclosure(t)
    return bool(found.is_finite()) and bool(abs(found - arb(x)) < arb("1e-12"))


@pytest.mark.parametrize(
    ("t", "x"),
    [
        (rat(Fraction(-3, 4)), -0.75),
        (add(ONE, TWO, HALF), 3.5),
        (mul(TWO, THREE, HALF, MINUS), -3),
        (ipow(TWO, 5), 32),
        (ipow(TWO, -1), 0.5),
        (ipow(THREE, 0), 1),
        (ipow(ZERO, 0), 1),
        (ipow(neg(TWO), 3), -8),
        (rpow(rat(4), HALF), 2),
        (rpow(TWO, rat(3)), 8),
        (log(ONE), 0),
        (log(rat(100)), 4.605170185988091),
        (exp(TWO), 7.38905609893065),
        (mk("abs", rat(-2)), 2),
        (mk("abs", TWO), 2),
    ],
)
def test_balls_hold_the_number(t, x):
    assert near(t, x)


@pytest.mark.parametrize(
    "t",
    [
        *(log(ZERO), log(MINUS), log(neg(THREE)), ipow(ZERO, -1), rpow(ZERO, HALF), rpow(MINUS, HALF), rpow(ZERO, ZERO)),
        *(mul(ZERO, log(ZERO)), ipow(log(MINUS), 0), rpow(neg(TWO), TWO), add(ONE, log(MINUS)), mk("abs", log(ZERO))),
        *(exp(log(ZERO)), ipow(add(ONE, MINUS), -2), rpow(TWO, log(ZERO)), log(log(ONE)), log(add(log(TWO), neg(log(TWO))))),
    ],
)
def test_what_is_not_known_to_be_defined_has_no_finite_ball_and_is_less_than_nothing(t):
    assert not enclosure(t).is_finite()
    for other in (rat(10**9), rat(-(10**9)), t):
        assert not is_less(t, other)
        assert not is_less(other, t)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (ONE, TWO),
        (neg(TWO), neg(ONE)),
        (log(TWO), ONE),
        (log(THREE), exp(HALF)),
        (rat(Fraction(314, 100)), mul(TWO, exp(HALF))),
    ],
)
def test_less_is_shown_and_not_its_opposite(a, b):
    assert is_less(a, b)
    assert not is_less(b, a)
    assert not is_less(a, a)


def test_balls_tell_apart_what_differs_by_more_than_their_precision():
    assert BITS == 256
    tiny = rat(Fraction(1, 2**240))
    assert is_less(log(TWO), add(log(TWO), tiny))
    assert not is_less(log(TWO), add(log(TWO), rat(Fraction(1, 2**300))))
    assert not is_less(log(TWO), log(TWO))


@pytest.mark.parametrize("t", [X, SIZE, p(II), mk("sum", ONE), mk("decl", "f", ONE), INFINITY, add(ONE, X), log(X)])
def test_what_is_no_number_without_variables_is_refused(t):
    with pytest.raises(Malformed, match="not part of a number without variables"):
        is_less(ZERO, t)


@pytest.mark.parametrize("broken", [False, True])
def test_the_precision_in_force_is_left_as_it_was(broken):
    before = ctx.prec
    ctx.prec = 77
    try:
        if broken:
            with pytest.raises(Malformed):
                is_less(ZERO, X)
        else:
            assert is_less(ZERO, log(TWO))
        assert ctx.prec == 77
    finally:
        ctx.prec = before


def test_each_operation_costs_fuel():
    t = add(ONE, log(TWO))
    before = fuel.spent()
    enclosure(t)
    assert fuel.spent() - before == 4 * 20
