"""Signs, definedness, the normal form and the sameness of statements: what they know, and what they must not claim."""

import pytest
from sympy import Abs, Float, I, Piecewise, Pow, Rational, Sum, Symbol, exp, log, oo, pi, sqrt, zoo

from focal_symbolic.algebra import (
    NEGATIVE,
    NONNEGATIVE,
    POSITIVE,
    ZERO,
    Facts,
    alike,
    free,
    oriented,
    same,
    slack,
    substitute,
    well_formed,
)
from focal_symbolic.definitions import slope_inverse
from focal_symbolic.language import (
    And,
    Bijection,
    Eq,
    Equivalent,
    Every,
    ExistsUnique,
    Finite,
    Ge,
    Gt,
    Implies,
    Le,
    Lt,
    Ne,
    array,
    i,
    index,
    j,
    k,
    letters,
    n,
    real,
    total,
)

p, q = array("p"), array("q")
sigma = letters("sigma")
a, b, u, x, y = map(real, "abuxy")
ANY, NONPOSITIVE, NONZERO = frozenset({-1, 0, 1}), frozenset({-1, 0}), frozenset({-1, 1})
INSIDE = (x > 0, x < 1)


@pytest.mark.parametrize(
    ("facts", "expression", "signs"),
    [
        ((), Rational(-1, 2), NEGATIVE),
        ((), x, ANY),
        ((), x**2, NONNEGATIVE),
        ((), x**2 + 1, POSITIVE),
        ((), exp(x), POSITIVE),
        ((), n, POSITIVE),
        ((), n - 1, NONNEGATIVE),
        ((), Abs(x), NONNEGATIVE),
        ((Ne(x, 0),), x, NONZERO),
        ((Ne(x, 0),), x**2, POSITIVE),
        ((Ne(x, 0),), Abs(x), POSITIVE),
        ((Eq(x, y),), x - y, ZERO),
        (INSIDE, x * (1 - x), POSITIVE),
        (INSIDE, log(x), NEGATIVE),
        (INSIDE, 1 / x - 1, POSITIVE),
        (INSIDE, x - 2, NEGATIVE),
        (INSIDE, x - Rational(1, 2), ANY),
        (INSIDE, 1 / x - 1 / x**2, NEGATIVE),
        ((x >= 0,), x**a, NONNEGATIVE),
        ((x > 0,), x**a, POSITIVE),
        ((), x**a, ANY),
        ((), log(x), ANY),
        ((x > 1,), log(x), POSITIVE),
        ((x < y, y < u), u - x, POSITIVE),
        ((x <= y, y < u), u - x, POSITIVE),
        ((x <= y, y <= u), u - x, NONNEGATIVE),
        ((x < 0, x > 0), x, ANY),
        ((x < 0, y < 0), x * y, POSITIVE),
        ((x <= 0, y < 0), x + y, NEGATIVE),
        ((p[i] > 0,), total(p[i]), ANY),
        ((total(p[i]) > 0,), total(p[i]), POSITIVE),
        ((x > 0, y > 0), slope_inverse(x, y), POSITIVE),
        ((x > 0,), slope_inverse(x, y), ANY),
    ],
)
def test_signs(facts, expression, signs):
    assert Facts(facts).signs(expression) == signs


def test_a_fact_holds_of_a_bound_letter_only_if_it_holds_of_all():
    for statement, sign in ((p[i] > 0, POSITIVE), (p[i] >= 0, NONNEGATIVE), (p[i] < 0, NEGATIVE), (Ne(p[i], 0), ANY)):
        assert Facts([statement], {i}).signs(total(p[i])) == sign
        assert Facts([statement]).signs(total(p[i])) == ANY
    assert Facts([p[i] > 0], {i}).signs(total(p[j], j)) == ANY  # the fact is about the name i
    assert Facts([p[i] <= 0], {i}).signs(total(p[i])) == NONPOSITIVE


@pytest.mark.parametrize(
    ("facts", "expression", "part"),
    [
        ((), x**2 + 1, None),
        ((), 1 / x, 1 / x),
        ((x > 0,), 1 / x, None),
        ((), 1 / (x**2 + 1), None),
        ((x >= 0,), log(x), log(x)),
        ((x > 0,), log(x), None),
        ((x >= 0,), x**a, x**a),
        ((x >= 0, a >= 0), x**a, None),
        ((x > 0,), x**a, None),
        ((), sqrt(x), sqrt(x)),
        ((x >= 0,), sqrt(x), None),
        ((1 / x > y,), 2 / x, None),
        ((x > 0,), slope_inverse(x, y), slope_inverse(x, y)),
        ((), I, I),
        ((), oo, oo),
        ((), zoo, zoo),
        ((), pi, pi),
        ((), Float(1), Float(1)),
    ],
)
def test_definedness(facts, expression, part):
    assert Facts(facts).undefined(expression) == part


def test_definedness_under_a_sum():
    assert Facts([q[i] > 0]).undefined(total(log(q[i]))) == log(q[i])
    assert Facts([q[i] > 0], {i}).undefined(total(log(q[i]))) is None
    assert Facts([Gt(total(log(q[i])), 0)]).undefined(total(log(q[i]))) is None


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
        ((), exp(x + y), exp(x) * exp(y)),
        ((x < 1,), (2 - 2 * x) ** a, 2**a * (1 - x) ** a),
        ((), total(2 * p[i] + x), 2 * total(p[j], j) + n * x),
        ((), total(x * p[i]), x * total(p[i])),
        ((), Abs(x - y), Abs(y - x)),
        ((), total(q[i] / (p[i] - 1)), -total(q[i] / (1 - p[i]))),
        ((), total(q[i] / (p[i] - 1) ** 2), total(q[i] / (1 - p[i]) ** 2)),
    ],
)
def test_normal_form_agrees(facts, left, right):
    assert Facts(facts).vanishes(left - right)


@pytest.mark.parametrize(
    ("facts", "left", "right"),
    [
        ((), (x + 1) ** 2, x**2 + 2 * x),
        ((), log(x * y), log(x) + log(y)),
        ((x < 0, y < 0), log(x * y), log(x) + log(y)),
        ((), (x * y) ** a, x**a * y**a),
        ((x > 0,), x**a, x**b),
        ((), Abs(x), x),
        ((), total(p[i] * q[i]), total(p[i]) * total(q[i])),
        ((), total(p[i]) ** 2, total(p[i] ** 2)),
        ((), total(p[i]), p[i]),
        ((), total(p[i]), n * p[i]),
        ((), total(Abs(p[i] + q[j])), total(Abs(p[i] + q[i]))),
        ((), total(exp(total(Abs(p[i] + q[j]), j))), total(exp(total(Abs(p[j] + q[j]), j)))),
        ((), n, x),
        ((), total(q[i] / (p[i] - 1)), total(q[i] / (1 - p[i]))),
    ],
)
def test_normal_form_tells_apart(facts, left, right):
    assert not Facts(facts).vanishes(left - right)


def test_sameness():
    assert same(x > y, y < x)
    assert same(x - y > 0, y < x)
    assert same(Eq(x, y), Eq(y, x))
    assert same(Every(p[i] > 0), Every(0 < p[j], j))
    assert same(And(x > 0, y > 0), And(0 < y, 0 < x))
    for other in (x < y, x >= y, Eq(x, y), 2 * x > 2 * y, x > y + 1, Every(p[i] > 0), And(x > y, x > 0)):
        assert not same(x > y, other)
    assert not same(Every(q[j] > p[i], j), Every(q[i] > p[i]))
    assert not same(Every(q[i] > p[i]), Every(q[j] > p[i], j))
    assert not same(Equivalent(x > 0, y > 0), Implies(x > 0, y > 0))


def test_sameness_gives_nothing_undefined():
    assert alike(1 + x > 0, x * (1 / x + 1) > 0)
    assert not same(1 + x > 0, x * (1 / x + 1) > 0)
    assert same(x * (1 / x + 1) > 0, 1 + x > 0)
    assert same(log(x * (y + 1)) > 0, log(x * y + x) > 0)
    assert not same(Lt(0, 1, evaluate=False), Lt(zoo, zoo + 1, evaluate=False))


def test_orientation_and_slack():
    assert oriented(x > y) == (y < x)
    assert oriented(Every(x >= p[i])) == Every(p[i] <= x)
    assert oriented(Implies(x > y, y > 0)) == Implies(y < x, Lt(0, y, evaluate=False))
    assert slack(x <= y) == slack(oriented(y >= x)) == y - x
    assert free(Every(p[i] > x)) == {p.label, n, x}


def test_substitution():
    assert substitute(x < y, {x: y, y: x}) == (y < x)
    assert substitute(total(p[i] * x), {p: (j, q[j] + y)}) == total((q[i] + y) * x)
    assert substitute(p[sigma[i]], {i: j}) == p[sigma[j]]
    assert substitute(Lt(x, 1), {x: 0}) == Lt(0, 1, evaluate=False)  # not evaluated
    for node, mapping in (
        (total(x * p[i]), {x: q[i]}),
        (total(p[i] * q[j]), {j: i}),
        (Every(p[i] > x), {x: p[i]}),
        (ExistsUnique(Eq(x, y), (x, a, b)), {y: x}),
        (total(p[j]), {p: (k, q[i])}),
        (p[k], {p: (i, total(q[k] * p[i], k))}),
    ):
        with pytest.raises(ValueError, match="captured"):
            substitute(node, mapping)


@pytest.mark.parametrize(
    "statement",
    [
        x < y,
        Every(p[i] > 0),
        p[sigma[i]] > 0,
        Bijection(sigma),
        Eq(total(p[i]), 1),
        Gt(exp(1) + n, x**a),
        And(x > 0, Implies(x > 1, Equivalent(y > 0, Abs(x) > 0))),
        ExistsUnique(Eq(log(x), y), (x, a, b)),
        Finite(total(Piecewise((0, Eq(p[i], 0)), (oo, Eq(q[i], 0)), (log(q[i]), True)))),
        Finite(x),
        Gt(slope_inverse(x, y), 0),
    ],
)
def test_statements_of_the_language(statement):
    well_formed(statement)


@pytest.mark.parametrize(
    "statement",
    [
        True,
        x,
        Gt(1, 0),
        Lt(Float(1) * x, 0),
        Lt(oo, x, evaluate=False),
        Lt(zoo, x, evaluate=False),
        Eq(x, I, evaluate=False),
        Lt(pi, x),
        Symbol("x", positive=True) < y,
        Symbol("x") < y,
        Symbol("x", integer=True) < y,
        real("_x") < y,
        i < y,
        p[1] > 0,
        p[i + 1] > 0,
        p[n] > 0,
        p[x] > 0,
        p[p[i]] > 0,
        p[index("_x")] > 0,
        Bijection(p),
        Every(x > 0, x),
        Every(x > 0, n),
        ExistsUnique(Eq(x, y), (i, a, b)),
        ExistsUnique(x, (x, a, b)),
        ExistsUnique(Eq(x, y), (x, x, b)),
        Gt(Sum(p[i], (i, 1, 3)), 0),
        Gt(Sum(p[i], (i, 2, n)), 0),
        Gt(Sum(p[i] * q[j], (i, 1, n), (j, 1, n)), 0),
        Gt(Sum(x, (x, 1, n)), 0, evaluate=False),
        Gt(Piecewise((0, y > 0), (1, True)), x),
        Finite(Piecewise((-oo, x > 0), (0, True))),
        Finite(x + I),
        And(x > 0, Lt(Float(1) * x, 1)),
    ],
)
def test_statements_of_no_language(statement):
    with pytest.raises((ValueError, AttributeError)):
        well_formed(statement)


def test_relations_of_other_facts_are_ignored():
    assert Facts([Implies(x > 0, y > 0), Every(p[i] > 0), Ge(x, 1)]).relations == [Le(1, x)]
