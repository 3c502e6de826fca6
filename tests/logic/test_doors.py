"""The doors between SymPy and terms: what each object is read as, what is written, and what does not come through."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy as sp
from oracle import term
from speech import B0, B1, II, JJ, R0, X, Y, Z, exp, log, p, q, s

from focal_symbolic.language import (
    Bijection,
    Every,
    ExistsUnique,
    Finite,
    array,
    i,
    index,
    j,
    letters,
    n,
    real,
)
from focal_symbolic.language import (
    total as summed,
)
from focal_symbolic.logic.doors import read, read_argument, read_family, read_letter, read_replacements, shown, write
from focal_symbolic.logic.terms import (
    EXTENDED,
    INFINITY,
    NUMBER,
    ONE,
    SIZE,
    STATEMENT,
    TRUE,
    ZERO,
    Malformed,
    add,
    eq,
    every,
    ipow,
    le,
    lt,
    mk,
    mul,
    ne,
    rat,
    rpow,
    total,
)

x, y, z = map(real, "xyz")
P, Q, S = array("p"), array("q"), letters("s")
HALF = rat(Fraction(1, 2))


def raw(kind, *args):
    """A SymPy object that is not evaluated."""
    return kind(*args, evaluate=False)


PAIRS = [
    (sp.Integer(7), rat(7)),
    (sp.Integer(0), ZERO),
    (sp.Integer(-1), rat(-1)),
    (sp.Rational(1, 2), HALF),
    (sp.Rational(-3, 4), rat(Fraction(-3, 4))),
    (x, X),
    (n, SIZE),
    (P[i], p(II)),
    (P[S[i]], p(s(II))),
    (P[S[S[j]]], p(s(s(JJ)))),
    (x + y, add(X, Y)),
    (2 * x, mul(rat(2), X)),
    (x**2, ipow(X, 2)),
    (1 / x, ipow(X, -1)),
    (sp.sqrt(x), rpow(X, HALF)),
    (x**y, rpow(X, Y)),
    (2**x, rpow(rat(2), X)),
    (sp.log(x), log(X)),
    (sp.exp(x), exp(X)),
    (sp.E, exp(ONE)),
    (sp.Abs(x), mk("abs", X)),
    (summed(P[i]), total(p(B0))),
    (sp.Sum(sp.Sum(P[i] * Q[j], (i, 1, n)), (j, 1, n)), total(total(mul(p(B0), q(B1))))),
    (sp.Sum(P[i] * Q[j], (i, 1, n), (j, 1, n)), total(total(mul(p(B0), q(B1))))),
    (summed(x * P[i]), total(mul(X, p(B0)))),
    (sp.Function("f")(x, y), mk("decl", "f", X, Y)),
    (x < y, lt(X, Y)),
    (x <= y, le(X, Y)),
    (raw(sp.Gt, x, y), lt(Y, X)),
    (raw(sp.Ge, x, y), le(Y, X)),
    (sp.Eq(x, y), eq(X, Y)),
    (sp.Ne(x, y), ne(X, Y)),
    (raw(sp.Eq, y, x), eq(Y, X)),
    (sp.true, TRUE),
    (sp.And(x < y, sp.Eq(x, y)), mk("and", lt(X, Y), eq(X, Y))),
    (sp.Or(x < y, sp.Eq(x, y)), mk("or", lt(X, Y), eq(X, Y))),
    (raw(sp.Not, x < y), mk("not", lt(X, Y))),
    (sp.Implies(x < y, sp.Eq(x, y)), mk("implies", lt(X, Y), eq(X, Y))),
    (sp.Equivalent(x < y, sp.Eq(x, y)), mk("iff", lt(X, Y), eq(X, Y))),
    (Every(0 < P[j], j), every(lt(ZERO, p(B0)))),
    (Every(raw(sp.Lt, P[i], Q[j]), j), every(lt(p(II), q(B0)))),
    (ExistsUnique(sp.Eq(x * z, y), (z, x, y)), mk("one", X, Y, eq(mul(X, R0), Y))),
    (ExistsUnique(sp.Eq(x, y), (x, x, y)), mk("one", X, Y, eq(R0, Y))),
    (Bijection(S), mk("bijection", "s")),
    (sp.oo, INFINITY),
    (Finite(sp.Piecewise((x, x < y), (sp.oo, True))), mk("finite", mk("cases", X, lt(X, Y), INFINITY, TRUE))),
    (
        Finite(summed(sp.Piecewise((P[i], x < P[i]), (sp.oo, True)))),
        mk("finite", mk("esum", mk("cases", p(B0), lt(X, p(B0)), INFINITY, TRUE))),
    ),
]


@pytest.mark.parametrize(("e", "t"), PAIRS, ids=lambda v: str(v)[:40] if isinstance(v, sp.Basic) else "")
def test_each_kind_of_object_is_read_and_written_back(e, t):
    assert read(e) is t
    again = write(t)
    assert read(again) is t
    if e.func is not sp.Function("f"):
        assert again.func in (e.func, *({sp.Gt: (sp.Lt,), sp.Ge: (sp.Le,)}.get(e.func, ())))


def test_nothing_is_evaluated_when_it_is_read():
    assert read(raw(sp.Add, x, x)) is add(X, X)
    assert read(raw(sp.Mul, 0, x)) is mul(ZERO, X)
    assert read(raw(sp.Pow, x, 0)) is ipow(X, 0)
    assert read(raw(sp.Pow, x, 1)) is ipow(X, 1)
    assert read(raw(sp.Eq, x, x)) is eq(X, X)
    assert read(raw(sp.Add, x, raw(sp.Add, y, z))) is add(X, Y, Z)
    assert read(raw(sp.Pow, sp.Integer(2), sp.Rational(1, 2))) is rpow(rat(2), HALF)


def test_letters():
    assert read_letter(i) is II
    assert read_letter(S[j]) is s(JJ)
    for e in (x, n, P[i], S[1], S, sp.Integer(1), sp.Symbol("i"), "i", None, S[x]):
        with pytest.raises(Malformed):
            read_letter(e)


def test_families():
    assert read_family(P) == ("entry", "p")
    assert read_family(S) == ("image", "s")
    others = [
        *(sp.IndexedBase("p"), sp.IndexedBase("p", shape=(3,), real=True), sp.IndexedBase("p", shape=(n, n), real=True)),
        *(sp.IndexedBase("p", shape=(n,)), sp.IndexedBase("p", shape=(n,), positive=True), x, "p", P[i]),
    ]
    for base in others:
        with pytest.raises(Malformed, match="no family"):
            read_family(base)


@pytest.mark.parametrize(
    "e",
    [
        *(1, 0.5, True, None, "x", sp.Float(1), sp.I, sp.pi, sp.zoo, sp.nan, -sp.oo, sp.false, sp.sin(x), sp.Tuple(x)),
        *(
            sp.Symbol("x"),
            sp.Symbol("x", positive=True),
            sp.Symbol("n", integer=True),
            sp.Symbol("n", real=True, positive=True),
        ),
        *(i, index("k"), P, S, S[i], P[1], P[x], P[n], P[i + 1], sp.IndexedBase("p", shape=(n,))[i]),
        *(sp.IndexedBase("p", shape=(n, n), real=True)[i, j], sp.Sum(P[i], (i, 0, n)), sp.Sum(P[i], (i, 1, 5))),
        *(
            sp.Sum(P[i], (i, 1, sp.Symbol("n"))),
            sp.Sum(x, (x, 1, n)),
            sp.Sum(P[i], (i, 1, n + 1)),
            sp.Sum(P[i], (i, 1, n), (j, 2, n)),
        ),
        *(Every(x < y, x), Every(x < y, n), ExistsUnique(sp.Eq(x, y), (i, x, y)), Bijection(P), Finite(x)),
        *(sp.Piecewise((x, x < y), (y, x > y)), sp.Xor(x < y, sp.Eq(x, y)), sp.Max(x, y), x + sp.pi, sp.log(x) + sp.Float(2)),
        real("a b"),
        sp.Function("f g")(x),
        sp.Derivative(x**2, x),
    ],
    ids=str,
)
def test_what_is_not_of_the_language_does_not_come_through(e):
    with pytest.raises((Malformed, ValueError)):
        read(e)


def test_subclasses_do_not_come_through():
    class Log(sp.log):
        """Looks like the logarithm."""

    class Sum(sp.Sum):
        """Looks like a sum."""

    class Letter(sp.Symbol):
        """Looks like a letter."""

    for e in (Log(x), Sum(P[i], (i, 1, n))):
        with pytest.raises(Malformed, match="not of the language"):
            read(e)
    with pytest.raises(Malformed):
        read_letter(Letter("i", integer=True))


def test_messages_say_what_does_not_come_through():
    for e, why in (
        (sp.Symbol("t"), "t is no real variable"),
        (P[1], "1 is no letter"),
        (S[i], "no entry of a family of numbers"),
        (sp.Sum(P[i], (i, 0, n)), "not over the alphabet"),
        (sp.sin(x), "of kind sin is not of the language"),
    ):
        with pytest.raises(Malformed, match=why):
            read(e)


# -- arguments of rules ----------------------------------------------------------------------------------------------------


def test_arguments():
    assert read_argument(x) is X
    assert read_argument(i) is II
    assert read_argument(S[i]) is s(II)
    assert read_argument(P[i]) is p(II)
    assert read_argument(x < y) is lt(X, Y)
    assert read_argument("name") == "name"
    assert read_argument(3) == 3
    assert read_argument((x, (i, "a"), sp.Tuple(y, P[j]))) == (X, (II, "a"), (Y, p(JJ)))
    assert read_argument(()) == ()
    for a in (True, None, 0.5, [x], {x}, sp.Float(1), sp.IndexedBase("r", shape=(3,))[i]):
        with pytest.raises(Malformed):
            read_argument(a)


def test_replacements():
    found = read_replacements([(y, x + 1), (i, S[j]), (x, sp.Integer(2)), (P, (j, Q[j] * Q[i])), (j, i)])
    assert found == (
        (("entry", "p"), mk("template", mul(q(B0), q(II)))),
        (("letter", "i"), s(JJ)),
        (("letter", "j"), II),
        (("var", "x"), rat(2)),
        (("var", "y"), add(X, ONE)),
    )
    assert read_replacements([]) == ()
    for pair in (
        (x, sp.Float(1)),
        (i, x),
        (sp.Symbol("t"), x),
        (P, (x, Q[i])),
        (sp.IndexedBase("p"), (i, x)),
        (P, (i, i)),
        (x + y, x),
    ):
        with pytest.raises((Malformed, AttributeError)):
            read_replacements([pair])


# -- writing ---------------------------------------------------------------------------------------------------------------


def test_bound_names_are_not_free_in_what_is_written():
    taken = mk("letter", "i0")
    t = lt(ZERO, add(p(II), p(taken), total(mul(p(II), q(B0)))))
    assert read(write(t)) is t
    assert write(total(mul(p(II), q(B0)))).limits[0][0] == sp.Symbol("i0", integer=True)
    assert write(total(mul(p(II), q(taken), q(B0)))).limits[0][0] == sp.Symbol("i1", integer=True)
    assert write(total(q(B0))).limits[0][0] == i
    one = mk("one", ZERO, ONE, eq(R0, X))
    assert write(one).unknown == real("x0")
    assert write(mk("one", ZERO, X, eq(R0, Y))).unknown == real("x0")
    assert write(mk("one", ZERO, ONE, eq(R0, Y))).unknown == x
    assert read(write(one)) is one


def test_a_family_or_a_size_is_a_name_that_is_taken_too():
    i_family = mk("sum", mul(mk("entry", "i", B0), mk("entry", "i0", B0)))
    assert write(i_family).limits[0][0] == sp.Symbol("i1", integer=True)
    assert read(write(i_family)) is i_family


def test_names_of_binders_are_given_back_and_differ_below_one_another():
    nested = total(total(mul(p(B0), q(B1))))
    assert [str(limit[0]) for limit in write(nested).limits] == ["i0", "i"]
    assert read(write(nested)) is nested
    beside = add(total(p(B0)), total(q(B0)))
    assert {str(e.limits[0][0]) for e in write(beside).args} == {"i"}
    ones = mk("and", mk("one", ZERO, ONE, eq(R0, Y)), mk("one", ZERO, ONE, eq(mul(R0, R0), Y)))
    assert {str(e.unknown) for e in write(ones).args} == {"x"}
    deep = mk("one", ZERO, ONE, mk("one", ZERO, ONE, eq(mk("breal", 1), R0)))
    assert read(write(deep)) is deep


def test_the_size_is_never_a_bound_name():
    assert str(write(total(SIZE)).limits[0][0]) == "i"
    assert read(write(mk("one", SIZE, SIZE, eq(R0, SIZE)))) is mk("one", SIZE, SIZE, eq(R0, SIZE))


@pytest.mark.parametrize("sort", [NUMBER, STATEMENT, EXTENDED])
def test_random_terms_are_shown_as_they_are_or_not_at_all(sort):
    draw = random.Random(f"doors {sort}")
    seen = 0
    for _ in range(60):
        t = term(draw, sort, draw.randint(1, 7))
        try:
            e = shown(t)
        except (Malformed, TypeError, ValueError, AttributeError, RecursionError):
            continue
        assert read(e) is t
        seen += 1
    assert seen > 10


def test_what_sympy_would_change_is_not_shown():
    for t in (lt(ZERO, add(X, X)), lt(ZERO, mul(ZERO, X)), lt(ZERO, ipow(X, 0)), lt(X, add(ONE, ONE))):
        with pytest.raises(Malformed, match="for another statement"):
            shown(t)
    assert shown(lt(ZERO, X)) == raw(sp.Lt, 0, x)
    assert shown(eq(X, X)) == raw(sp.Eq, x, x)
