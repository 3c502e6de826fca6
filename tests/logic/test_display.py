"""Terms as one line: readable, with names that are free for what is bound, and not alike where the kernel tells them apart."""

import random

import pytest
from proving import term
from sympy import Abs, Piecewise, Rational, exp, log, oo, sqrt

from focal_symbolic.claims import library
from focal_symbolic.claims.derivation import stated
from focal_symbolic.definitions import gamma, slope_inverse
from focal_symbolic.language import (
    And,
    Bijection,
    Eq,
    Equivalent,
    Every,
    ExistsUnique,
    Finite,
    Implies,
    Ne,
    array,
    i,
    j,
    k,
    letters,
    n,
    real,
    total,
)
from focal_symbolic.logic.display import show
from focal_symbolic.logic.kernel import Step, conclude
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import INFINITY, ONE, SIZE, TRUE, ZERO, add, eq, ipow, le, lt, mk, mul, rat, rpow
from focal_symbolic.logic.terms import total as sum_of

p, q = array("p"), array("q")
sigma = letters("sigma")
a, b, x, y = map(real, "abxy")
X, Y, Z = (mk("var", name) for name in "xyz")
EITHER = ("x < x or true", "true or x < x")
B0, B1 = mk("bletter", 0), mk("bletter", 1)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (x - 1, "x - 1"),
        (1 - x, "1 - x"),
        (-x - 1, "-x - 1"),
        (x**2 + 2 * x + 1, "x^2 + 2*x + 1"),
        (-x * log(x) / (1 - x), "-x*log(x)/(1 - x)"),
        (Rational(-3, 7) * x, "-3*x/7"),
        (x * (y + 1) ** 2 / (2 * a * (b - 1) ** 3), "x*(y + 1)^2/(2*a*(b - 1)^3)"),
        (1 / x, "1/x"),
        (x ** (gamma - 1), "x^(gamma - 1)"),
        ((1 - x) ** a, "(1 - x)^a"),
        (sqrt(x), "x^(1/2)"),
        ((x**a) ** b, "(x^a)^b"),
        (x**-a, "x^(-a)"),
        (exp(-x), "exp(-x)"),
        (Abs(x - 1) * 2, "2*|x - 1|"),
        (slope_inverse(x, gamma), "phi_inverse(x, gamma)"),
        (p[sigma[i]], "p[sigma[i]]"),
        (n * x, "n*x"),
        (total(p[i] * log(q[i])), "sum over i of p[i]*log(q[i])"),
        (total(p[i] + q[i]), "sum over i of (p[i] + q[i])"),
        (2 * total(p[i]) ** 2 - 1, "2*(sum over i of p[i])^2 - 1"),
        (total(p[k] * q[i], k), "sum over j of p[j]*q[i]"),
        (total(total(p[i] * q[j], j)), "sum over i of (sum over j of p[i]*q[j])"),
        (x < y, "x < y"),
        (x >= y, "y <= x"),
        (Eq(total(p[i]), 1), "(sum over i of p[i]) = 1"),
        (Ne(x, y), "x != y"),
        (Every(p[i] > 0), "for every i: 0 < p[i]"),
        (Every(p[k] > q[i], k), "for every j: q[i] < p[j]"),
        (And(x > 0, Every(p[i] > 0)), {"0 < x and (for every i: 0 < p[i])", "(for every i: 0 < p[i]) and 0 < x"}),
        (Implies(x > 0, y > 0), "0 < x => 0 < y"),
        (Implies(Implies(x > 0, y > 0), a > 0), "(0 < x => 0 < y) => 0 < a"),
        (Equivalent(x > 0, y > 0), {"0 < x <=> 0 < y", "0 < y <=> 0 < x"}),
        (Bijection(sigma), "sigma is a bijection"),
        (Finite(Piecewise((0, x > 0), (oo, True))), "{0 if 0 < x; oo otherwise} is finite"),
        (ExistsUnique(Eq(x**2, y), (x, a, b)), "exactly one x in [a, b]: x^2 = y"),
        (ExistsUnique(Eq(b**2, x), (b, a, x)), "exactly one y in [a, x]: y^2 = x"),
    ],
)
def test_terms_from_sympy(expression, text):
    assert show(term(expression)) in (text if isinstance(text, set) else {text})
    assert repr(term(expression)) == f"{term(expression)}" == show(term(expression))


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (mul(rat(-1), rat(2), X), {"-1*2*x", "2*(-1)*x"}),
        (mul(rat(-2), X), {"-2*x"}),
        (mul(ONE, X), {"1*x"}),
        (mul(rat(-1), X), {"-x"}),
        (mul(ZERO, ipow(ZERO, -1)), {"0*0^-1"}),
        (ipow(rat(2), -1), {"2^-1"}),
        (mk("rat", 1, 2), {"1/2"}),
        (ipow(mk("rat", 1, 2), 2), {"(1/2)^2"}),
        (ipow(rat(-2), 2), {"(-2)^2"}),
        (ipow(ipow(X, 2), 3), {"(x^2)^3"}),
        (ipow(ipow(X, -1), -1), {"1/(1/x)"}),
        (rpow(X, rat(2)), {"pow(x, 2)"}),
        (ipow(X, 2), {"x^2"}),
        (ipow(X, 1), {"x^1"}),
        (ipow(X, 0), {"x^0"}),
        (add(X, rat(-1)), {"x - 1"}),
        (add(rat(-1), rat(-2)), {"-1 - 2", "-2 - 1"}),
        (mul(X, add(Y, Z)), {"x*(y + z)", "x*(z + y)"}),
        (mk("not", lt(X, Y)), {"not (x < y)"}),
        (mk("esum", mk("cases", INFINITY, TRUE, ONE, TRUE)), {"sum over i of {oo if true; 1 otherwise}"}),
        (mk("template", mk("entry", "p", B0)), {"i -> p[i]"}),
        (mk("entry", "p", B0), {"p[#0]"}),
        (mk("entry", "p", mk("fresh", 3)), {"p['3]"}),
        (mk("breal", 1), {"$1"}),
        (SIZE, {"n"}),
        (TRUE, {"true"}),
        (
            mk("or", lt(X, Y), mk("or", lt(X, X), TRUE)),
            {f"x < y or ({s})" for s in EITHER} | {f"({s}) or x < y" for s in EITHER},
        ),
    ],
)
def test_what_sympy_would_not_keep_apart(made, text):
    assert show(made) in text


def test_names_for_what_is_bound_are_free_in_the_whole_term():
    inner = sum_of(mul(mk("entry", "p", B0), mk("entry", "q", mk("letter", "i"))))
    assert show(inner) == "sum over j of p[j]*q[i]"
    taken = mul(*(mk("entry", "p", mk("letter", name)) for name in "ijklm"), mk("var", "i1"))
    assert "sum over i2 of q[i2]" in show(add(taken, sum_of(mk("entry", "q", B0))))
    assert show(sum_of(mk("decl", "j", mk("entry", "i", B0)))) == "sum over k of j(i[k])"
    assert show(mk("one", ZERO, X, eq(mk("breal", 0), Y))) == "exactly one z in [0, x]: z = y"
    nested = mk("every", mk("every", lt(mk("entry", "p", B0), mk("entry", "p", B1))))
    assert show(nested) == "for every i: for every j: p[j] < p[i]"
    assert show(mk("and", nested, nested)) == f"({show(nested)}) and ({show(nested)})"


def test_large_terms_are_cut():
    large = X
    while large.nodes < 5000:
        large = mul(add(large, ONE), add(large, X))
    assert show(large) == "..."
    assert show(lt(ZERO, large)) == "..."
    assert len(show(lt(ZERO, X))) == 5


def of_the_library():
    for name in library.results():
        assumptions, goal = stated(library.result(name).claim)
        yield from (*assumptions, goal)
        for step in library.steps(name):
            yield step.conclusion


def test_different_statements_of_the_library_are_shown_differently():
    found: dict[str, object] = {}
    for t in of_the_library():
        text = show(t)
        assert "\n" not in text
        assert not set("#$'") & set(text)
        assert found.setdefault(text, t) is t


def changed(t, draw):
    """A term with one rational, exponent or relation changed."""
    places = [place for place, part in enumerate(t.args) if hasattr(part, "op") and part.sort in ("number", "statement")]
    if t.op == "rat":
        return rat(t.args[0] + t.args[1])
    if t.op == "ipow" and draw.random() < 0.5:
        return ipow(t.args[0], t.args[1] + 1)
    if t.op in ("lt", "le"):
        return (le if t.op == "lt" else lt)(*t.args)
    if not places:
        return t
    place = draw.choice(places)
    return mk(t.op, *t.args[:place], changed(t.args[place], draw), *t.args[place + 1 :])


def test_a_changed_statement_is_shown_differently():
    draw = random.Random(5)
    for t in of_the_library():
        other = changed(t, draw)
        assert (show(other) == show(t)) == (other is t)


def test_messages_are_made_of_it():
    made = conclude(Step("hypothesis", lt(ZERO, X)), (), None, Search())
    assert repr(made) == "0 < x |- 0 < x"
