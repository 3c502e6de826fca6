"""The language of statements: what is of it and what is not, and replacement that evaluates no relation."""

import pytest
from sympy import Abs, Add, Float, Function, I, Mul, Piecewise, Pow, Sum, Symbol, Tuple, exp, latex, log, oo, pi, sin, zoo
from sympy.logic.boolalg import Xor

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
    Or,
    array,
    i,
    index,
    j,
    k,
    letters,
    n,
    real,
    substitute,
    total,
)
from focal_symbolic.logic.doors import read
from focal_symbolic.logic.terms import STATEMENT, Malformed, is_stated

p, q = array("p"), array("q")
sigma = letters("sigma")
a, b, u, x, y = map(real, "abuxy")


def is_of_the_language(statement):
    try:
        found = read(statement)
    except Malformed:
        return False
    return found.sort == STATEMENT and is_stated(found)


@pytest.mark.parametrize(
    "statement",
    [
        x < y,
        Every(p[i] > 0),
        p[sigma[i]] > 0,
        p[sigma[sigma[i]]] > 0,
        Bijection(sigma),
        Eq(total(p[i]), 1),
        Gt(exp(1) + n, x**a),
        And(x > 0, Implies(x > 1, Equivalent(y > 0, Abs(x) > 0))),
        Or(x > 0, ~Eq(total(total(p[i] * q[j]), j), 1)),
        ExistsUnique(Eq(log(x), y), (x, a, b)),
        ExistsUnique(Eq(log(x), y), (x, x, b)),  # the x of the end is another
        Finite(total(Piecewise((0, Eq(p[i], 0)), (oo, Eq(q[i], 0)), (log(q[i]), True)))),
        Finite(Piecewise((0, y > 0), (1, True))),
        Gt(slope_inverse(x, y), 0),
    ],
)
def test_statements_of_the_language(statement):
    assert is_of_the_language(statement)


class Log(log):
    """Looks like the logarithm."""


@pytest.mark.parametrize(
    "statement",
    [
        True,
        1,
        None,
        "x < y",
        Gt(1, 0) & Lt(1, 0),
        Lt(Float(1) * x, 0),
        Lt(oo, x, evaluate=False),
        Lt(-oo, x, evaluate=False),
        Lt(zoo, x, evaluate=False),
        Eq(x, I, evaluate=False),
        Lt(pi, x),
        Lt(sin(x), y),
        Symbol("x", positive=True) < y,
        Symbol("x") < y,
        Symbol("x", integer=True) < y,
        Symbol("n", integer=True) < y,
        real("_x") < y,
        real("x y") < y,
        real("é") < y,
        i < y,
        p[1] > 0,
        p[i + 1] > 0,
        p[n] > 0,
        p[x] > 0,
        p[p[i]] > 0,
        p[index("_x")] > 0,
        sigma[i] < x,
        Bijection(p),
        Bijection(x),
        Every(x > 0, x),
        Every(x > 0, n),
        Every(p[sigma[i]] > 0, sigma[i]),
        ExistsUnique(Eq(x, y), (i, a, b)),
        ExistsUnique(x, (x, a, b)),
        Gt(Sum(p[i], (i, 1, 3)), 0),
        Gt(Sum(p[i], (i, 2, n)), 0),
        Gt(Sum(p[i], (i, 0, n)), 0),
        Gt(Sum(x, (x, 1, n)), 0, evaluate=False),
        Gt(Piecewise((0, y > 0), (1, True)), x),
        Finite(Piecewise((-oo, x > 0), (0, True))),
        Finite(Piecewise((0, x > 0), (1, x < 0))),
        Finite(x + I),
        Finite(x),
        And(x > 0, Lt(Float(1) * x, 1)),
        Xor(x > 0, y > 0),
        Lt(Log(x), y),
        Lt(Function("f")(x), Float(2)),
        Equivalent(x > 0, y > 0, u > 0),
    ],
)
def test_statements_of_no_language(statement):
    assert not is_of_the_language(statement)


def test_nothing_is_evaluated_on_the_way():
    zero = Mul(0, Pow(0, -1, evaluate=False), evaluate=False)
    assert str(read(Eq(zero, 0, evaluate=False))) == "0*0^-1 = 0"
    assert str(read(Eq(Add(x, x, evaluate=False), Pow(x, 0, evaluate=False), evaluate=False))) == "x + x = x^0"


def test_substitution():
    assert substitute(x < y, {x: y, y: x}) == (y < x)
    assert substitute(total(p[i] * x), {p: (j, q[j] + y)}) == total((q[i] + y) * x)
    assert substitute(p[sigma[i]], {i: j}) == p[sigma[j]]
    assert substitute(Every(p[i] > x), {x: y, i: j}) == Every(p[i] > y)
    assert substitute(ExistsUnique(Eq(x, y), (x, a, b)), {x: u}) == ExistsUnique(Eq(x, y), (x, a, b))
    for relation in (Lt, Le, Gt, Ge, Eq, Ne):
        assert substitute(relation(x, 1), {x: 0}) == relation(0, 1, evaluate=False)  # not evaluated


@pytest.mark.parametrize(
    ("node", "mapping"),
    [
        (total(x * p[i]), {x: q[i]}),
        (total(p[i] * q[j]), {j: i}),
        (Every(p[i] > x), {x: p[i]}),
        (ExistsUnique(Eq(x, y), (x, a, b)), {y: x}),
        (total(p[j]), {p: (k, q[i])}),
        (p[k], {p: (i, total(q[k] * p[i], k))}),
    ],
)
def test_what_would_be_captured_is_refused(node, mapping):
    with pytest.raises(ValueError, match="captured"):
        substitute(node, mapping)


def test_every_over_a_tuple_of_limits():
    assert Every(x > 0, i).bound_symbols == {i}
    assert ExistsUnique(Eq(x, y), Tuple(x, a, b)).interval == (a, b)
    assert Every(p[i] > x).free_symbols == {p.label, n, x, p[i]} - {i}


def test_words_stand_upright_in_latex():
    assert latex(Bijection(sigma)) == r"\sigma\ \text{is a bijection}"
