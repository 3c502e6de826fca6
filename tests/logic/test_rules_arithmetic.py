"""Rules of arithmetic: what each accepts, and what it must refuse."""

import pytest
from proving import refused, term, terms, theorem
from sympy import Abs, Rational, exp, log

from focal_symbolic.language import Eq, Every, Le, Lt, Ne, array, i, real, total
from focal_symbolic.logic.terms import MINUS, ONE, ZERO, add, eq, ipow, le, lt, mk, mul, rat, rpow

p, q = array("p"), array("q")
a, b, c, x, y = map(real, "abcxy")
X, C = mk("var", "x"), mk("var", "c")
HALF = Rational(1, 2)
ZERO_OVER_ZERO = mul(ZERO, ipow(ZERO, -1))


def below(left, right):
    return Lt(left, right, evaluate=False)


def at_most(left, right):
    return Le(left, right, evaluate=False)


def equal(left, right):
    return Eq(left, right, evaluate=False)


# -- identities and signs --------------------------------------------------------------------------------------------------


def test_identity():
    assert theorem("identity", equal(log(x * y), log(x) + log(y)), x > 0, y > 0).hypotheses == terms(x > 0, y > 0)
    assert theorem("identity", equal((x + 1) ** 2, x**2 + 2 * x + 1)).hypotheses == frozenset()
    refused("not shown to be equal", "identity", at_most(x, x))
    refused("not shown to be equal", "identity", equal(log(x * y), log(x) + log(y)), x > 0)
    refused("not shown to be equal", "identity", equal((x + 1) ** 2, x**2 + 2 * x))


def test_an_identity_of_undefined_numbers_is_none():
    for s in (eq(mul(X, ipow(X, -1)), ONE), eq(ZERO_OVER_ZERO, ZERO), eq(ipow(ipow(X, -1), 0), ONE)):
        refused("not shown to be equal", "identity", s)
    assert theorem("identity", eq(mul(X, ipow(X, -1)), ONE), Ne(x, 0)).hypotheses == terms(Ne(x, 0))


@pytest.mark.parametrize("zero", [add(X, mul(MINUS, X)), mul(ZERO, X), add(mul(X, X), mul(MINUS, ipow(X, 2)))])
def test_a_number_that_is_zero_is_not_inverted(zero):
    refused("not shown to be equal", "identity", eq(mul(zero, ipow(zero, -1)), ONE))
    refused("not shown to be equal", "identity", eq(ipow(zero, -1), ipow(zero, -1)), x > 0)


def test_sign():
    assert theorem("sign", below(0, x * y), x > 0, y > 0).hypotheses == terms(x > 0, y > 0)
    assert theorem("sign", Ne(x * y, 0), x < 0, y > 0).conclusion is term(Ne(x * y, 0))
    assert theorem("sign", equal(x, y), x <= y, y <= x).conclusion is term(equal(x, y))
    refused("the sign of x.y is not shown", "sign", below(0, x * y), x > 0, y >= 0)
    refused("the sign of 1/x.2 - -1|the sign of", "sign", below(-1, 1 / x**2))
    refused("not a relation", "sign", Every(p[i] > 0), p[i] > 0)


def test_the_sign_of_an_undefined_number_is_not_shown():
    """1/x^2 is positive, 0*(1/0) is zero, and (1/x)^0 is one wherever they are defined."""
    refused("the sign of 1/x.2 is not shown", "sign", lt(ZERO, ipow(X, -2)))
    refused("the sign of", "sign", le(ZERO, ZERO_OVER_ZERO))
    refused("the sign of", "sign", lt(ZERO, ipow(ipow(X, -1), 0)))
    refused("the sign of", "sign", lt(ZERO, rpow(X, ZERO)))
    refused("the sign of", "sign", lt(mk("log", X), add(mk("log", X), ONE)))
    assert theorem("sign", lt(ZERO, ipow(X, -2)), Ne(x, 0)).hypotheses == terms(Ne(x, 0))


def test_a_weak_inequality_follows_where_the_strict_one_does():
    assert theorem("sign", at_most(0, x**2 + 1)).hypotheses == frozenset()
    refused("the sign of x.2 is not shown", "sign", below(0, x**2))


# -- combinations ----------------------------------------------------------------------------------------------------------


def test_combination():
    made = theorem("combination", below(a + 2 * b, x + 2 * y), a < x, b <= y, weights=(1, 2))
    assert made.hypotheses == terms(a < x, b <= y)
    assert theorem("combination", equal(a + b, x + y), equal(a, x), equal(b, y), weights=(1, 1))
    assert theorem("combination", equal(a - b, x - y), equal(a, x), equal(b, y), weights=(1, -1))
    assert theorem("combination", below(a - b, x - y), a < x, equal(b, y), weights=(1, 1)).hypotheses
    assert theorem("combination", below(a, x), a < x, equal(b, y), weights=(1, 0)).hypotheses == terms(a < x, equal(b, y))
    assert theorem("combination", at_most(a, x), a < x, weights=(1,)).conclusion is term(at_most(a, x))
    refused("weight for each", "combination", below(a, x), a < x, weights=())
    refused("weight for each", "combination", below(a, x), a < x, weights=(1, 1))
    refused("weight for each", "combination", Ne(a, x), a < x, weights=(1,))
    refused("cannot be added", "combination", below(a, x), Ne(a, x), weights=(1,))
    refused("not a relation", "combination", below(a, x), Every(p[i] > 0), weights=(1,))
    refused("not a relation", "combination", Every(p[i] > 0), a < x, weights=(1,))
    refused("is not shown to be nonnegative", "combination", below(x, a), a < x, weights=(-1,))
    refused("cannot be added", "combination", equal(a + b, x + y), equal(a, x), at_most(b, y), weights=(1, 1))
    refused("do not give a strict", "combination", below(a, x), a <= x, weights=(1,))
    refused("do not give a strict", "combination", below(c**2 * a, c**2 * x), a < x, weights=(c**2,))
    refused("not this combination", "combination", below(a, x + 1), a < x, weights=(1,))
    refused("not this combination", "combination", below(2 * a, 2 * x), a < x, weights=(1,))


def test_weights_are_defined():
    """Without that, 0/0 as a weight makes 1 = 0 out of x = x."""
    refused("nothing shows c != 0|nonnegative", "combination", below(a / c**2, x / c**2), a < x, weights=(1 / c**2,))
    made = theorem("combination", below(a / c**2, x / c**2), a < x, Ne(c, 0), weights=(1 / c**2,))
    assert made.hypotheses == terms(a < x, Ne(c, 0))
    same = theorem("identity", equal(x, x))
    for weight in (ipow(ZERO, -1), ZERO_OVER_ZERO, ipow(C, -1), mk("log", C), rpow(C, mk("rat", 1, 2))):
        refused("not this combination|nothing shows", "combination", eq(ZERO, ZERO), same, weights=(weight,))
    refused("not this combination|nothing shows", "combination", eq(ONE, ZERO), same, weights=(ipow(ZERO, -1),))


def test_a_premise_beyond_the_weights_only_shows_what_is_defined():
    made = theorem("combination", below(a * c, x * c), a < x, c > 0, weights=(c,))
    assert made.hypotheses == terms(a < x, c > 0)
    refused("not this combination", "combination", below(a, x + c), a < x, c > 0, weights=(1,))


# -- monotone functions ----------------------------------------------------------------------------------------------------

APPLIED = [
    (below(log(x), log(y)), (x > 0, x < y), {"function": "log"}),
    (at_most(log(x), log(y)), (x > 0, x <= y), {"function": "log"}),
    (below(exp(x), exp(y)), (x < y,), {"function": "exp"}),
    (at_most(exp(x), exp(y)), (x <= y,), {"function": "exp"}),
    (below(x**a, y**a), (x >= 0, a > 0, x < y), {"function": "power", "parameter": a}),
    (at_most(x**a, y**a), (x >= 0, a >= 0, x < y), {"function": "power", "parameter": a}),
    (at_most(x**a, y**a), (x >= 0, a > 0, x <= y), {"function": "power", "parameter": a}),
    (below(y**a, x**a), (x > 0, a < 0, x < y), {"function": "power", "parameter": a}),
    (below(a**x, a**y), (a > 1, x < y), {"function": "base", "parameter": a}),
    (below(a**y, a**x), (a > 0, a < 1, x < y), {"function": "base", "parameter": a}),
    (at_most(a**x, a**y), (a >= 1, x < y), {"function": "base", "parameter": a}),
    (at_most(a**y, a**x), (a > 0, a <= 1, x < y), {"function": "base", "parameter": a}),
]


@pytest.mark.parametrize(("conclusion", "premises", "arguments"), APPLIED)
def test_apply(conclusion, premises, arguments):
    ordered = [premises[-1], *premises[:-1]]
    made = theorem("apply", conclusion, *ordered, **arguments)
    assert made.hypotheses == terms(*premises)
    assert (made.evidence, len(made.cited)) == ({"exact", "cited"}, 1)
    for missing in range(1, len(ordered)):
        refused("not shown|neither side of 1", "apply", conclusion, *ordered[:missing], *ordered[missing + 1 :], **arguments)
    other = (below if isinstance(conclusion, Le) else at_most)(*conclusion.args)
    refused("the premises give", "apply", other, *ordered, **arguments)
    refused("the premises give", "apply", conclusion.func(*conclusion.args[::-1], evaluate=False), *ordered, **arguments)


def test_apply_refuses():
    refused("no function sin", "apply", below(x, y), x < y, function="sin")
    refused("no function power", "apply", below(x, y), x < y, function="power")
    refused("no function base", "apply", below(x, y), x < y, function="base")
    refused("the base is not shown", "apply", below(exp(x), exp(y)), x < y, a < 0, function="exp", parameter=a)
    refused("not an inequality", "apply", equal(exp(x), exp(y)), equal(x, y), function="exp")
    refused("neither side of 1", "apply", below(a**x, a**y), x < y, a > 0, function="base", parameter=a)
    power = at_most(x ** (1 / c**2), y ** (1 / c**2))
    refused("not shown|nothing shows", "apply", power, x < y, x > 0, function="power", parameter=1 / c**2)
    refused("not shown|nothing shows", "apply", power, x <= y, x >= 0, function="power", parameter=1 / c**2)


def test_a_power_with_an_exponent_that_may_be_zero_is_not_strict():
    """0^0 = 1 = y^0."""
    given = (x < y, x >= 0, a >= 0)
    refused("the premises give", "apply", below(x**a, y**a), *given, function="power", parameter=a)


def test_the_parameter_is_defined():
    negative = mul(MINUS, ipow(ipow(C, -1), 2))  # -(1/c)^2 would be nonpositive, if it were a number
    power = le(rpow(mk("var", "y"), negative), rpow(X, negative))
    refused("not shown|nothing shows c != 0", "apply", power, x <= y, x > 0, function="power", parameter=negative)
    assert theorem("apply", lt(*power.args), x < y, x > 0, Ne(c, 0), function="power", parameter=negative).cited


# -- absolute values -------------------------------------------------------------------------------------------------------


def test_weaken():
    assert theorem("weaken", at_most(x, y), x < y).hypotheses == terms(x < y)
    assert theorem("weaken", at_most(x, y), x <= y).hypotheses == terms(x <= y)
    refused("the premises give", "weaken", at_most(y, x), x < y)
    refused("the premises give", "weaken", below(x, y), x < y)
    refused("not an inequality", "weaken", at_most(x, y), equal(x, y))


def test_weaken_adds_no_pole():
    hidden = le(ZERO, mul(X, add(ipow(X, -1), ONE)))  # 1 + x, and x is not 0
    refused("the premises give", "weaken", hidden, below(0, 1 + x))
    assert theorem("combination", hidden, below(0, 1 + x), Ne(x, 0), weights=(1,)).hypotheses == terms(1 + x > 0, Ne(x, 0))


def test_absolute():
    for pair in ((x <= b, -x <= b), (-x <= b, x <= b)):
        assert theorem("absolute", at_most(Abs(x), b), *pair).hypotheses == terms(x <= b, -x <= b)
    assert theorem("absolute", below(Abs(x), b), x < b, -x < b).hypotheses == terms(x < b, -x < b)
    refused("does not bound", "absolute", at_most(x, b), x <= b, -x <= b)
    refused("not an inequality", "absolute", equal(Abs(x), b), x <= b, -x <= b)
    refused("not the two bounds", "absolute", at_most(Abs(x), b), x <= b, x <= b)
    refused("not the two bounds", "absolute", at_most(Abs(x), b), -x <= b, -x <= b)
    refused("not the two bounds", "absolute", below(Abs(x), b), x <= b, -x <= b)
    refused("not the two bounds", "absolute", at_most(Abs(x), b), x <= b, -x <= c)
    refused("does not apply", "absolute", at_most(Abs(x), b), x <= b)


def test_absolute_value():
    assert theorem("absolute_value", at_most(x, Abs(x))).hypotheses == frozenset()
    assert theorem("absolute_value", at_most(-x, Abs(x))).hypotheses == frozenset()
    refused("is not x <=", "absolute_value", below(x, Abs(x)))
    refused("is not x <=", "absolute_value", at_most(Abs(x), x))
    refused("is not x <=", "absolute_value", at_most(x + 1, Abs(x)))
    refused("nothing shows 0 < x", "absolute_value", at_most(log(x), Abs(log(x))))
    assert theorem("absolute_value", at_most(log(x), Abs(log(x))), x > 0).hypotheses == terms(x > 0)
    refused("nothing shows x != 0", "absolute_value", le(mul(X, X, ipow(X, -1)), mk("abs", X)))


# -- numbers without variables ---------------------------------------------------------------------------------------------


def test_logarithms():
    assert theorem("logarithms", below(log(3), 2 * log(2))).hypotheses == frozenset()
    assert theorem("logarithms", below(log(2) / 2, log(Rational(3, 2)))).hypotheses == frozenset()
    refused("is false", "logarithms", below(2 * log(2), log(3)))
    refused("is false", "logarithms", lt(mk("log", rat(4)), mul(rat(2), mk("log", rat(2)))))
    refused("not a strict inequality", "logarithms", at_most(log(3), 2 * log(2)))
    refused("not logarithms of rationals", "logarithms", below(1, 2 * log(2)))
    refused("not logarithms of rationals", "logarithms", below(x * log(2), log(3)))
    refused("not logarithms of rationals", "logarithms", below(log(2) ** 2, log(3)))
    refused("not logarithms of rationals", "logarithms", below(log(x), log(3)))
    refused("does not apply", "logarithms", below(log(3), 2 * log(2)), x > 0)


def test_logarithms_of_what_is_not_positive():
    """What drops out of the difference is still a part of the statement."""
    hidden = mk("log", X)
    refused("nothing shows 0 < x", "logarithms", lt(add(mk("log", rat(2)), hidden), add(mk("log", rat(3)), hidden)))
    refused("the powers are too large", "logarithms", lt(mk("log", rat(-3)), mk("log", rat(-2))))
    refused("the powers are too large", "logarithms", lt(ZERO, mul(rat(2), mk("log", rat(-2)))))
    refused("the powers are too large", "logarithms", lt(mk("log", ZERO), mk("log", ONE)))


def test_logarithms_are_bounded():
    refused("the powers are too large", "logarithms", lt(ZERO, mul(rat(10**6), mk("log", rat(2)))))


def test_constant():
    made = theorem("constant", below(0, log(1 + Rational(1, 10**20))))
    assert (made.hypotheses, made.evidence) == (frozenset(), {"enclosed"})
    refused("balls do not show", "constant", below(log(1 + Rational(1, 10**20)), 0))
    refused("balls do not show", "constant", at_most(0, log(2)))
    refused("not part of a number without variables", "constant", below(0, x**2 + 1))
    refused("not part of a number without variables", "constant", below(0, total(p[i])))
    refused("balls do not show", "constant", below((HALF - 1) ** exp(1), (HALF - 1) ** exp(1) + 1))
    refused("balls do not show", "constant", lt(ZERO, ZERO))


@pytest.mark.parametrize(
    "number",
    [
        mk("log", add(mk("log", rat(2)), MINUS)),
        mk("log", ZERO),
        ipow(ZERO, -1),
        ZERO_OVER_ZERO,
        ipow(ipow(ZERO, -1), 0),
        rpow(MINUS, mk("rat", 1, 2)),
        rpow(ipow(ZERO, -1), ZERO),
    ],
)
def test_constants_that_are_no_numbers(number):
    refused("balls do not show|nothing shows", "constant", lt(number, add(number, ONE)))


def test_the_sides_of_a_rewritten_number_are_the_same_number():
    assert theorem("combination", below(2 * a, 2 * x), a < x, weights=(2,)).conclusion is term(below(2 * a, 2 * x))
    refused("not this combination", "combination", below(total(p[i]), total(q[i])), p[i] < q[i], weights=(1,))
