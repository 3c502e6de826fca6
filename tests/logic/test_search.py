"""What is found of numbers and statements where some facts are known, and what must not be found.

Whatever the search finds the checker has checked, so the second half tests both.
"""

import pytest
from proving import term
from sympy import Abs, Integer, Pow, Rational, exp, log, sqrt

from focal_symbolic.definitions import slope_inverse
from focal_symbolic.language import (
    And,
    Bijection,
    Eq,
    Equivalent,
    Every,
    ExistsUnique,
    Implies,
    Lt,
    Ne,
    Or,
    array,
    i,
    j,
    k,
    letters,
    n,
    real,
    total,
)
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.meaning import power_condition
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.signs import ANY, NEG, NIL, POS
from focal_symbolic.logic.terms import ONE, ZERO, add, eq, ipow, le, lt, mk, mul, rpow

p, q = array("p"), array("q")
sigma = letters("sigma")
a, b, u, x, y = map(real, "abuxy")
X = mk("var", "x")
INSIDE = (x > 0, x < 1)
MASKS = (NEG, NIL, POS, NEG | NIL, POS | NIL, NEG | POS)


def known(*facts):
    """What is known where these hold."""
    return Context(Search(), map(term, facts))


def signs(facts, number):
    """The fewest signs that are shown."""
    context = known(*facts)
    return next((mask for mask in MASKS if context.sign(term(number), mask)), ANY)


# -- signs -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "number", "expected"),
    [
        ((), Rational(-1, 2), NEG),
        ((), Rational(0), NIL),
        ((), x, ANY),
        ((), x**2, POS | NIL),
        ((), x**3, ANY),
        ((), x**2 + 1, POS),
        ((), exp(x), POS),
        ((), n, POS),
        ((), n - 1, POS | NIL),
        ((), Abs(x), POS | NIL),
        ((Ne(x, 0),), x, NEG | POS),
        ((Ne(x, 0),), x**2, POS),
        ((Ne(x, 0),), Abs(x), POS),
        ((Ne(x, 0),), 1 / x, NEG | POS),
        ((Eq(x, y),), x - y, NIL),
        (INSIDE, x * (1 - x), POS),
        (INSIDE, log(x), NEG),
        (INSIDE, 1 / x - 1, POS),
        (INSIDE, x - 2, NEG),
        (INSIDE, x - Rational(1, 2), ANY),
        (INSIDE, 1 / x - 1 / x**2, NEG),
        ((x >= 0, a >= 0), x**a, POS | NIL),
        ((x > 0,), x**a, POS),
        ((x > 1,), log(x), POS),
        ((x >= 1,), log(x), POS | NIL),
        ((x < y, y < u), u - x, POS),
        ((x <= y, y < u), u - x, POS),
        ((x <= y, y <= u), u - x, POS | NIL),
        ((x < 0, y < 0), x * y, POS),
        ((x <= 0, y < 0), x + y, NEG),
        ((total(p[i]) > 0,), total(p[i]), POS),
        ((And(x > 0, y > 0),), x + y, POS),
    ],
)
def test_signs(facts, number, expected):
    assert signs(facts, number) == expected


@pytest.mark.parametrize(
    ("facts", "number"),
    [
        ((), log(x)),
        ((), x**a),
        ((x >= 0,), x**a),
        ((), 1 / x**2),
        ((), slope_inverse(x, y)),
        ((x > 0,), slope_inverse(x, y)),
        ((x > 0, y > 0), slope_inverse(x, y)),  # its sign is a theorem, and no part of the language
        ((p[i] > 0,), total(p[i])),
        ((p[i] > 0,), p[j]),
        ((Or(x > 0, y > 0),), x),
        ((Implies(x > 0, y > 0),), y),
        ((Every(q[i] > 0),), total(p[i])),
    ],
)
def test_signs_that_are_not_known(facts, number):
    assert signs(facts, number) == ANY


def test_a_fact_holds_of_a_bound_letter_only_if_it_holds_of_all():
    for statement, expected in (
        (p[i] > 0, POS),
        (p[i] >= 0, POS | NIL),
        (p[i] < 0, NEG),
        (Ne(p[i], 0), ANY),
        (p[i] <= 0, NEG | NIL),
    ):
        assert signs([Every(statement)], total(p[i])) == expected
        assert signs([Every(statement)], total(p[j], j)) == expected
        assert signs([statement], total(p[i])) == ANY
    assert signs([Every(p[i] > 0)], p[sigma[k]]) == POS


# -- definedness -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "number", "missing"),
    [
        ((), x**2 + 1, None),
        ((), 1 / x, Ne(x, 0)),
        ((x > 0,), 1 / x, None),
        ((), 1 / (x**2 + 1), None),
        ((x >= 0,), log(x), x > 0),
        ((x > 0,), log(x), None),
        ((x >= 0,), x**a, power_condition(term(x), term(a))),
        ((x >= 0, a >= 0), x**a, None),
        ((x > 0,), x**a, None),
        ((), sqrt(x), power_condition(term(x), term(Rational(1, 2)))),
        ((x >= 0,), sqrt(x), None),
        ((1 / x > y,), 2 / x, None),
        ((Or(1 / x > y, y > 0),), 2 / x, None),
        ((Implies(y > 0, 1 / x > y),), 2 / x, Ne(x, 0)),
        ((Implies(y > 0, 1 / x > y), y > 0), 2 / x, Ne(x, 0)),
        ((ExistsUnique(Eq(1 / x, u), (u, 0, 1)),), 2 / x, Ne(x, 0)),
        ((ExistsUnique(Eq(u, y), (u, 0, 1 / x)),), 2 / x, None),
        ((x > 0,), slope_inverse(x, y), y > 0),
        ((x > 0, y > 0), slope_inverse(x, y), None),
        ((q[i] > 0,), total(log(q[i])), Every(q[i] > 0)),
        ((Every(q[i] > 0),), total(log(q[i])), None),
        ((total(log(q[i])) > 0,), total(log(q[i])), None),
        ((Every(q[i] > 0),), log(q[sigma[k]]), None),
    ],
)
def test_definedness(facts, number, missing):
    assert known(*facts).undefined(term(number)) is (None if missing is None else term(missing))


# -- equal numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "left", "right"),
    [
        ((), (x + 1) ** 2, x**2 + 2 * x + 1),
        ((x > 0, y > 0), log(x * y), log(x) + log(y)),
        ((x > 0,), log(x**2), 2 * log(x)),
        ((x > 0,), log(1 / x), -log(x)),
        ((), log(Rational(1, 2)), -log(2)),
        ((), log(12), 2 * log(2) + log(3)),
        ((x > 0,), x**a * x, Pow(x, a + 1)),
        ((x > 0, y > 0), (x * y) ** a, x**a * y**a),
        ((x > 0,), exp(a * log(x)), x**a),
        ((x > 0,), log(x**a), a * log(x)),
        ((x > 0,), (x**a) ** b, x ** (a * b)),
        ((), exp(x + y), exp(x) * exp(y)),
        ((), log(exp(x)), x),
        ((x < 1,), (2 - 2 * x) ** a, 2**a * (1 - x) ** a),
        ((), total(2 * p[i] + x), 2 * total(p[j], j) + n * x),
        ((), total(x * p[i]), x * total(p[i])),
        ((), total(Integer(1)), n),
        ((), Abs(x - y), Abs(y - x)),
        ((Every(p[i] < 1),), total(q[i] / (p[i] - 1)), -total(q[i] / (1 - p[i]))),
        ((Every(p[i] < 1),), total(q[i] / (p[i] - 1) ** 2), total(q[i] / (1 - p[i]) ** 2)),
        ((), sqrt(2) * sqrt(2) * x, 2 * x),
        ((), total(total(p[i] * q[j], j)), total(total(p[j] * q[i], j))),
        ((Every(p[i] > 0),), total(log(p[i] ** 2)), 2 * total(log(p[i]))),
    ],
)
def test_equal_numbers(facts, left, right):
    assert known(*facts).equal(term(left), term(right))


@pytest.mark.parametrize(
    ("facts", "left", "right"),
    [
        ((), (x + 1) ** 2, x**2 + 2 * x),
        ((), log(x * y), log(x) + log(y)),
        ((x < 0, y < 0), log(x * y), log(x) + log(y)),
        ((x * y > 0,), log(x * y), log(x) + log(y)),
        ((Ne(x, 0),), log(x**2), 2 * log(x)),
        ((), (x * y) ** a, x**a * y**a),
        ((x < 0, y < 0), (x * y) ** a, x**a * y**a),
        ((x >= 0, y >= 0), (x * y) ** a, x**a * y**a),
        ((x > 0,), x**a, x**b),
        ((x >= 0, a > 0), exp(a * log(x)), x**a),
        ((Ne(x, 0),), sqrt(x**2), x),
        ((), Abs(x), x),
        ((), total(p[i] * q[i]), total(p[i]) * total(q[i])),
        ((), total(p[i]) ** 2, total(p[i] ** 2)),
        ((), total(p[i]), p[i]),
        ((), total(p[i]), n * p[i]),
        ((), total(Abs(p[i] + q[j])), total(Abs(p[i] + q[i]))),
        ((), total(exp(total(Abs(p[i] + q[j]), j))), total(exp(total(Abs(p[j] + q[j]), j)))),
        ((), n, x),
        ((), x / x, 1 + 0 * x),
        ((Every(p[i] < 1),), total(q[i] / (p[i] - 1)), total(q[i] / (1 - p[i]))),
        ((), total(total(p[i] * q[j], j)), total(p[i] * q[j], j)),
        ((p[i] > 0,), total(log(p[i] ** 2)), 2 * total(log(p[i]))),
        ((), p[sigma[i]], p[i]),
        ((Bijection(sigma),), total(p[sigma[i]]), total(p[i])),  # a rule of its own
    ],
)
def test_numbers_that_are_not_equal(facts, left, right):
    if left == right:
        left = mul(X, ipow(X, -1))
    assert not known(*facts).equal(term(left), term(right))


@pytest.mark.parametrize(
    "pair",
    [
        (mul(X, ipow(X, -1)), ONE),
        (mul(ZERO, ipow(X, -1)), ZERO),
        (mul(ZERO, ipow(ZERO, -1)), ZERO),
        (add(ipow(X, -1), mul(mk("rat", -1, 1), ipow(X, -1))), ZERO),
        (ipow(ipow(X, -1), 0), ONE),
        (rpow(X, ZERO), ONE),
        (mul(ZERO, mk("log", X)), ZERO),
        (ipow(ipow(X, -1), -1), X),
    ],
)
def test_numbers_that_are_equal_only_where_they_are_defined(pair):
    left, right = pair
    assert not known().equal(left, right)
    assert not known(eq(ONE, ONE)).shows(eq(left, right))
    assert known(x > 0).equal(left, right) == ("x" in str(left))


# -- statements ------------------------------------------------------------------------------------------------------------


def alike(first, second, *facts):
    """Whether the second says what the first, a fact, says."""
    return known(first, *facts).alike(term(first), term(second))


def test_statements_that_say_the_same():
    assert alike(x > y, y < x)
    assert alike(x - y > 0, y < x)
    assert alike(Eq(x, y), Eq(y, x))
    assert alike(Ne(x, y), Ne(y, x))
    assert alike(Every(p[i] > 0), Every(0 < p[j], j))
    assert alike(And(x > 0, y > 0), And(0 < y, 0 < x))
    assert alike(Or(x > 0, y > x), Or(y - x > 0, x > 0))
    assert alike(Implies(x > 0, y > x), Implies(0 < x, y - x > 0))
    assert alike(Equivalent(x > 0, y > x), Equivalent(y - x > 0, x > 0))
    assert alike(mk("not", term(x > y)), mk("not", term(x - y > 0)))
    assert alike(Every(Every(p[i] > q[j], i), j), Every(Every(p[k] - q[i] > 0, k), i))


def test_statements_that_do_not_say_the_same():
    for other in (
        x < y,
        x >= y,
        Eq(x, y),
        Ne(x, y),
        2 * x > 2 * y,
        x > y + 1,
        Every(p[i] > 0),
        And(x > y, x > 0),
        Or(x > y, x > 0),
    ):
        assert not alike(x > y, other)
    assert not alike(Every(q[j] > p[i], j), Every(q[i] > p[i]))
    assert not alike(Every(q[i] > p[i]), Every(q[j] > p[i], j))
    assert not alike(Equivalent(x > 0, y > 0), Implies(x > 0, y > 0))
    assert not alike(And(x > 0, y > 0), And(x > 0, y > 0, u > 0))
    assert not alike(mk("and", term(x > 0), term(y > 0)), mk("and", term(x > 0), term(x > 0)))
    assert not alike(Bijection(sigma), Bijection(letters("rho")))
    unique = ExistsUnique(Eq(x, y), (x, 0, 1))
    assert alike(unique, ExistsUnique(Eq(u, y), (u, 0, 1)))
    assert not alike(unique, ExistsUnique(Eq(x, y), (x, 0, 2)))
    assert not alike(unique, ExistsUnique(Eq(y, x), (x, 0, 1)))  # not entered


def test_what_says_the_same_gives_nothing_undefined():
    hidden = lt(ZERO, mul(X, add(ipow(X, -1), ONE)))
    assert not alike(1 + x > 0, hidden)
    assert alike(1 + x > 0, hidden, Ne(x, 0))
    assert alike(hidden, 1 + x > 0)
    assert alike(log(x * (y + 1)) > 0, log(x * y + x) > 0)
    infinite = ipow(ZERO, -1)
    assert not alike(lt(ZERO, ONE), lt(infinite, add(infinite, ONE)))
    assert not alike(Lt(0, 1, evaluate=False), le(infinite, infinite))
    assert not alike(mk("implies", term(x > 0), term(y > 0)), mk("implies", hidden, term(y > 0)))


def test_what_holds_behind_a_guard_is_used_there():
    inverse, positive = lt(ZERO, ipow(X, -1)), lt(ZERO, mul(X, ipow(X, -2)))
    assert alike(mk("implies", term(x > 0), inverse), mk("implies", term(x > 0), positive))
    assert not alike(
        mk("implies", term(y > 0), term(x > 0)), mk("implies", term(y > 0), lt(ZERO, mul(X, X, ipow(X, -1)))), x >= 0
    )


def test_facts_taken_apart():
    context = known(And(x > 0, Every(p[i] > 0)), Every(And(q[i] > 0, q[i] < 1)), mk("not", term(y <= 0)))
    for statement in (x > 0, Every(p[i] > 0), Every(q[i] > 0), Every(q[i] < 1), y > 0):
        assert context.shows(term(statement)), statement
    for statement in (And(x > 0, Every(p[i] > 0)), p[k] > 0, Or(x > 0, y < 0)):
        assert context.shows(term(statement)), statement
    for statement in (x > 1, Or(x > 1, y < 0), Every(p[i] > 1), Implies(y > 0, x > 1)):
        assert not context.shows(term(statement)), statement
