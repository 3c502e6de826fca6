"""Attacks on terms that no kernel of ours has accepted: binders, generality, definedness, powers, analysis, doors.

Each names the step at which it is refused and why. Neighbours show that it is not the shape of the step that is refused.
"""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest

from focal_symbolic.errors import Rejected
from focal_symbolic.logic import rules as _rules  # noqa: F401  (importing the rules registers them)
from focal_symbolic.logic.kernel import Step, Theorem, replay
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import (
    INFINITY,
    MINUS,
    ONE,
    SIZE,
    ZERO,
    Malformed,
    Term,
    add,
    eq,
    every,
    ipow,
    le,
    lt,
    mk,
    mul,
    ne,
    neg,
    rat,
    rpow,
    sub,
    substitute,
    total,
)

X, Y, Z = (mk("var", name) for name in "xyz")
AT_I, AT_J = mk("letter", "i"), mk("letter", "j")
B0, B1 = mk("bletter", 0), mk("bletter", 1)
HALF, TWO, THREE = rat(Fraction(1, 2)), rat(2), rat(3)


def p(at):
    return mk("entry", "p", at)


def q(at):
    return mk("entry", "q", at)


def log(t):
    return mk("log", t)


def image(at):
    return mk("image", "s", at)


def implies(a, b):
    return mk("implies", a, b)


def proved(goal, assumptions, steps) -> Theorem:
    def no_lemma(name):
        raise KeyError(name)

    return replay("attack", goal, assumptions, [Step(*s) for s in steps], no_lemma, Search())


def given(*statements):
    return [("hypothesis", s) for s in statements]


ATTACKS, NEIGHBOURS = {}, {}


def attack(what, refused, goal, steps, assumptions=()):
    ATTACKS[what] = refused, goal, tuple(assumptions), steps


def neighbour(what, goal, steps, assumptions=()):
    NEIGHBOURS[what] = goal, tuple(assumptions), steps


UNSHOWN = r"the sign of .* is not shown"
UNEQUAL = r"are not shown to be equal"
UNDEFINED = r"nothing shows .*, without which .* is undefined"
OTHER = r"the premises give"

# -- generality and binders ------------------------------------------------------------------------------------------------

AT_ONE = lt(ZERO, p(AT_I))
GENERAL = every(lt(ZERO, p(B0)))
attack(
    "every over a letter of a hypothesis",
    rf"step 2 \(every: .*{OTHER}",
    GENERAL,
    [*given(AT_ONE), ("every", GENERAL, (0,))],
    [AT_ONE],
)
neighbour(
    "every over a letter that is arbitrary",
    every(le(ZERO, ipow(p(B0), 2))),
    [("sign", le(ZERO, ipow(p(AT_I), 2))), ("every", every(le(ZERO, ipow(p(B0), 2))), (0,))],
)

SUMMED = lt(total(ZERO), total(p(B0)))
attack(
    "sum over a letter of a hypothesis",
    r"step 2 \(sum_terms: .*i is not arbitrary",
    SUMMED,
    [*given(AT_ONE), ("sum_terms", SUMMED, (0,), (("over", AT_I),))],
    [AT_ONE],
)
HIDDEN = lt(ZERO, p(image(AT_I)))
SUMMED_IMAGES = lt(total(ZERO), total(p(image(B0))))
attack(
    "sum over a letter hidden in an image",
    r"step 2 \(sum_terms: .*i is not arbitrary",
    SUMMED_IMAGES,
    [*given(HIDDEN), ("sum_terms", SUMMED_IMAGES, (0,), (("over", AT_I),))],
    [HIDDEN],
)
SQUARES = le(ZERO, ipow(p(AT_I), 2))
neighbour(
    "sum over a letter that is arbitrary",
    le(total(ZERO), total(ipow(p(B0), 2))),
    [("sign", SQUARES), ("sum_terms", le(total(ZERO), total(ipow(p(B0), 2))), (0,), (("over", AT_I),))],
)
CUBE = le(ZERO, ipow(mul(q(AT_J), p(AT_I)), 3))
attack(
    "value of a family is of an odd power",
    rf"step 2 \(instance: .*{OTHER}",
    every(every(le(ZERO, ipow(mul(q(B0), p(B1)), 3)))),
    [("sign", SQUARES), ("instance", CUBE, (0,), (("replace", ((("entry", "p"), mk("template", mul(q(AT_J), p(B0)))),)),))],
)
SQUARE = le(ZERO, ipow(mul(q(AT_J), p(AT_I)), 2))
BOTH_WAYS = every(every(le(ZERO, ipow(mul(q(B0), p(B1)), 2))))
neighbour(
    "value of a family speaks of a free letter, which is generalised with the other",
    BOTH_WAYS,
    [
        ("sign", SQUARES),
        ("instance", SQUARE, (0,), (("replace", ((("entry", "p"), mk("template", mul(q(AT_J), p(B0)))),)),)),
        ("every", BOTH_WAYS, (1,)),
    ],
)
DOUBLE, DIAGONAL = (total(total(mk("exp", mul(p(B0), q(at))))) for at in (B1, B0))
attack("double sum is its diagonal", UNEQUAL, eq(DOUBLE, DIAGONAL), [("identity", eq(DOUBLE, DIAGONAL))])
TIMES = mul(SIZE, total(mk("exp", mul(p(B0), q(B0)))))
attack("double sum is n times its diagonal", UNEQUAL, eq(DOUBLE, TIMES), [("identity", eq(DOUBLE, TIMES))])
neighbour("double sum of a product", eq(total(total(mul(p(B0), q(B1)))), mul(total(p(B0)), total(q(B0)))), [
    ("identity", eq(total(total(mul(p(B0), q(B1)))), mul(total(p(B0)), total(q(B0)))))
])  # fmt: skip
WITH_FREE, WITH_BOUND = every(lt(ZERO, add(p(B0), p(AT_I)))), every(lt(ZERO, add(p(B0), p(B0))))
attack(
    "free letter bound by the wrong binder",
    rf"step 2 \(every: .*{OTHER}",
    WITH_BOUND,
    [*given(WITH_FREE), ("every", WITH_BOUND, (0,))],
    [WITH_FREE],
)
EQUAL = eq(p(AT_I), q(AT_I))
SAME, MOVED = eq(total(p(B0)), total(p(B0))), eq(total(p(B0)), total(q(B0)))
attack(
    "rewrite under a binder with a letter of a hypothesis",
    r"step 3 \(rewrite: .*does not turn",
    MOVED,
    [*given(EQUAL), ("identity", SAME), ("rewrite", MOVED, (0, 1))],
    [EQUAL],
)
neighbour(
    "rewrite under a binder with an equation at every letter",
    MOVED,
    [
        *given(every(eq(p(B0), q(B0)))),
        ("each", EQUAL, (0,), (("at", AT_I),)),
        ("identity", SAME),
        ("rewrite", MOVED, (1, 2)),
    ],
    [every(eq(p(B0), q(B0)))],
)
RELABELLED = eq(total(p(B0)), total(p(image(B0))))
attack(
    "relabel without the bijection",
    r"needs what the claim does not assume: \[s is a bijection\]",
    RELABELLED,
    [("relabel", RELABELLED)],
)
TWICE = eq(total(p(B0)), total(p(image(image(B0)))))
attack(
    "relabel twice at once",
    r"step 1 \(relabel: .*do not differ by a relabelling",
    TWICE,
    [("relabel", TWICE)],
    [mk("bijection", "s")],
)
MIXED = eq(total(mul(p(B0), q(B0))), total(mul(p(image(B0)), q(B0))))
attack("relabel one of two families", r"step 1 \(relabel: .*do not differ", MIXED, [("relabel", MIXED)], [mk("bijection", "s")])
neighbour("relabel under the bijection", RELABELLED, [("relabel", RELABELLED)], [mk("bijection", "s")])
NONNEGATIVE = every(le(ZERO, p(B0)))
PAIR = le(add(p(AT_I), p(AT_I)), total(p(B0)))
attack(
    "one term of a sum taken twice",
    r"step 4 \(sum_pair: .*does not compare two terms",
    PAIR,
    [
        *given(NONNEGATIVE, ne(X, Y)),
        ("each", le(ZERO, p(AT_J)), (0,), (("at", AT_J),)),
        ("sum_pair", PAIR, (2, 1), (("over", AT_J),)),
    ],
    [NONNEGATIVE, ne(X, Y)],
)
TWO_TERMS = le(add(p(AT_I), p(AT_J)), total(p(B0)))
neighbour(
    "two terms of a sum at letters with different terms",
    TWO_TERMS,
    [
        *given(NONNEGATIVE, ne(p(AT_I), p(AT_J))),
        ("each", le(ZERO, p(mk("letter", "k"))), (0,), (("at", mk("letter", "k")),)),
        ("sum_pair", TWO_TERMS, (2, 1), (("over", mk("letter", "k")),)),
    ],
    [NONNEGATIVE, ne(p(AT_I), p(AT_J))],
)
STRICT = lt(total(p(B0)), total(q(B0)))
attack(
    "sum that is strict at no letter",
    r"step 3 \(sum_strictly: .*is not the strict inequality of one term",
    STRICT,
    [
        ("sign", le(p(AT_I), p(AT_I))),
        ("sign", lt(ZERO, ONE)),
        ("sum_strictly", lt(total(p(B0)), total(p(B0))), (0, 1), (("over", AT_I),)),
    ],
)

# -- definedness -----------------------------------------------------------------------------------------------------------

attack("0 ln x dropped", UNEQUAL, eq(mul(ZERO, log(X)), ZERO), [("identity", eq(mul(ZERO, log(X)), ZERO))])
neighbour(
    "0 ln x where x > 0",
    eq(mul(ZERO, log(X)), ZERO),
    [*given(lt(ZERO, X)), ("identity", eq(mul(ZERO, log(X)), ZERO), (0,))],
    [lt(ZERO, X)],
)
attack("x/x is 1", UNEQUAL, eq(mul(X, ipow(X, -1)), ONE), [("identity", eq(mul(X, ipow(X, -1)), ONE))])
attack("1/0 is itself", UNEQUAL, eq(ipow(ZERO, -1), ipow(ZERO, -1)), [("identity", eq(ipow(ZERO, -1), ipow(ZERO, -1)))])
AT_OTHERS = le(ZERO, ipow(ipow(p(AT_J), -1), 2))
attack(
    "value of a family is defined at one letter",
    rf"step 3 \(instance: .*{UNDEFINED}",
    AT_OTHERS,
    [
        *given(ne(p(AT_I), ZERO)),
        ("sign", le(ZERO, ipow(q(AT_I), 2))),
        (
            "instance",
            AT_OTHERS,
            (1, 0),
            (("replace", ((("entry", "q"), mk("template", ipow(p(B0), -1))), (("letter", "i"), AT_J))),),
        ),
    ],
    [ne(p(AT_I), ZERO)],
)
AT_POLE = le(ZERO, ipow(ipow(Y, -1), 2))
attack(
    "instance at an undefined value",
    rf"step 2 \(instance: .*{UNDEFINED}",
    AT_POLE,
    [("sign", le(ZERO, ipow(X, 2))), ("instance", AT_POLE, (0,), (("replace", ((("var", "x"), ipow(Y, -1)),)),))],
)
neighbour(
    "instance at a value that is defined",
    AT_POLE,
    [
        *given(ne(Y, ZERO)),
        ("sign", le(ZERO, ipow(X, 2))),
        ("instance", AT_POLE, (1, 0), (("replace", ((("var", "x"), ipow(Y, -1)),)),)),
    ],
    [ne(Y, ZERO)],
)
HALF_LINE = lt(ZERO, ipow(X, -1))
attack(
    "implication hides D of its case",
    rf"step 2 \(implication: .*{UNDEFINED}",
    implies(HALF_LINE, HALF_LINE),
    [*given(HALF_LINE), ("implication", implies(HALF_LINE, HALF_LINE), (0,))],
)
UNDEFINED_CASE = mul(ZERO, log(X))
attack(
    "cases of an undefined number",
    rf"step 5 \(cases: .*{UNDEFINED}",
    le(ZERO, ipow(Y, 2)),
    [
        *given(lt(UNDEFINED_CASE, ONE), le(ONE, UNDEFINED_CASE)),
        ("sign", le(ZERO, ipow(Y, 2)), (0,)),
        ("sign", le(ZERO, ipow(Y, 2)), (1,)),
        ("cases", le(ZERO, ipow(Y, 2)), (2, 3), (("on", (lt(UNDEFINED_CASE, ONE), le(ONE, UNDEFINED_CASE))),)),
    ],
)
GUARDED = implies(ne(X, ZERO), lt(ZERO, ipow(X, -2)))
attack(
    "guarded D leaves its guard",
    rf"step 2 \(sign: .*{UNSHOWN}",
    lt(ZERO, ipow(X, -2)),
    [*given(GUARDED), ("sign", lt(ZERO, ipow(X, -2)), (0,))],
    [GUARDED],
)
BODY = mk("one", ZERO, ONE, eq(mul(mk("breal", 0), ipow(mk("breal", 0), -1)), ONE))
attack(
    "exactly one hides its body",
    r"not in the goal",
    BODY,
    given(mk("one", ZERO, ONE, eq(mk("breal", 0), ONE))),
    [mk("one", ZERO, ONE, eq(mk("breal", 0), ONE))],
)

# -- powers and logarithms -------------------------------------------------------------------------------------------------

attack(
    "the root of a square is its base", UNEQUAL, eq(rpow(ipow(X, 2), HALF), X), [("identity", eq(rpow(ipow(X, 2), HALF), X))]
)
ROOT = eq(rpow(ipow(X, 2), HALF), X)
neighbour("the root of a square of a positive number", ROOT, [*given(lt(ZERO, X)), ("identity", ROOT, (0,))], [lt(ZERO, X)])
attack(
    "the square of a root is its argument",
    UNEQUAL,
    eq(ipow(rpow(X, HALF), 2), X),
    [("identity", eq(ipow(rpow(X, HALF), 2), X))],
)
PRODUCT = eq(rpow(mul(X, Y), Z), mul(rpow(X, Z), rpow(Y, Z)))
attack(
    "power of a product of negative numbers",
    UNEQUAL,
    PRODUCT,
    [*given(lt(ZERO, mul(X, Y))), ("identity", PRODUCT, (0,))],
    [lt(ZERO, mul(X, Y))],
)
neighbour(
    "power of a product of positive numbers",
    PRODUCT,
    [*given(lt(ZERO, X), lt(ZERO, Y)), ("identity", PRODUCT, (0, 1))],
    [lt(ZERO, X), lt(ZERO, Y)],
)
INVERSE = eq(mul(rpow(X, Z), rpow(X, neg(Z))), ONE)
attack(
    "0^z 0^-z is 1",
    UNEQUAL,
    INVERSE,
    [*given(le(ZERO, X), le(ZERO, Z)), ("identity", INVERSE, (0, 1))],
    [le(ZERO, X), le(ZERO, Z)],
)
attack("zeroth power of a pole", UNEQUAL, eq(ipow(ipow(X, -1), 0), ONE), [("identity", eq(ipow(ipow(X, -1), 0), ONE))])
CUBE_ROOT = rpow(rat(-8), rat(Fraction(1, 3)))
attack("real root of a negative number", UNSHOWN, le(ZERO, CUBE_ROOT), [("sign", le(ZERO, CUBE_ROOT))])
SQUARED = eq(log(ipow(X, 2)), mul(TWO, log(X)))
attack("logarithm of a square", UNEQUAL, SQUARED, [*given(ne(X, ZERO)), ("identity", SQUARED, (0,))], [ne(X, ZERO)])
FACTORS = eq(log(mul(X, Y)), add(log(X), log(Y)))
attack(
    "logarithm of a product of negative numbers",
    UNEQUAL,
    FACTORS,
    [*given(lt(ZERO, mul(X, Y))), ("identity", FACTORS, (0,))],
    [lt(ZERO, mul(X, Y))],
)
neighbour(
    "logarithm of a product of positive numbers",
    FACTORS,
    [*given(lt(ZERO, X), lt(ZERO, Y)), ("identity", FACTORS, (0, 1))],
    [lt(ZERO, X), lt(ZERO, Y)],
)
POWERS = lt(rpow(X, TWO), rpow(Y, TWO))
APPLIED = (("function", "power"), ("parameter", TWO))
attack(
    "power with a negative base",
    r"step 2 \(apply: .*is not shown to be nonnegative",
    POWERS,
    [*given(lt(X, Y)), ("apply", POWERS, (0,), APPLIED)],
    [lt(X, Y)],
)
BASES = lt(rpow(ONE, X), rpow(ONE, Y))
attack(
    "base 1 strictly",
    rf"step 2 \(apply: .*{OTHER}",
    BASES,
    [*given(lt(X, Y)), ("apply", BASES, (0,), (("function", "base"), ("parameter", ONE)))],
    [lt(X, Y)],
)
neighbour(
    "base 2 strictly",
    lt(rpow(TWO, X), rpow(TWO, Y)),
    [*given(lt(X, Y)), ("apply", lt(rpow(TWO, X), rpow(TWO, Y)), (0,), (("function", "base"), ("parameter", TWO)))],
    [lt(X, Y)],
)
attack(
    "logarithms of a negative and a positive number",
    r"step 2 \(apply: .*is not shown to be positive",
    lt(log(X), log(Y)),
    [*given(lt(X, Y)), ("apply", lt(log(X), log(Y)), (0,), (("function", "log"),))],
    [lt(X, Y)],
)
attack("absolute value is its argument", UNEQUAL, eq(mk("abs", X), X), [("identity", eq(mk("abs", X), X))])
OF_OTHER = le(Y, mk("abs", X))
attack("absolute value is above another number", r"is not x <= \|x\|", OF_OTHER, [("absolute_value", OF_OTHER)])

# -- analysis --------------------------------------------------------------------------------------------------------------


def monotone(what, refused, f, hypotheses, rate, ends, goal, more=()):
    """The rate of f under hypotheses, then f at the ends."""
    steps = [*given(*hypotheses), ("sign", rate, tuple(range(len(hypotheses)))), *given(ends, *more)]
    first = len(hypotheses)
    premises = tuple(range(first, first + 2 + len(more)))
    steps.append(("monotone", goal, premises, (("function", f), ("variable", X))))
    assumptions = (ends, *more)
    if refused is None:
        neighbour(what, goal, steps, assumptions)
    else:
        attack(what, refused, goal, steps, assumptions)


def at(f, t):
    return substitute(f, {("var", "x"): t})


POLE = neg(ipow(X, -1))
monotone(
    "-1/x over 0",
    r"is not a bound|is not an inequality",
    POLE,
    [ne(X, ZERO)],
    lt(ZERO, ipow(X, -2)),
    lt(MINUS, ONE),
    lt(at(POLE, MINUS), at(POLE, ONE)),
)
monotone(
    "x^2 below 0",
    r"is not shown to be nonnegative",
    ipow(X, 2),
    [lt(ZERO, X)],
    lt(ZERO, mul(TWO, X)),
    lt(MINUS, ONE),
    lt(ipow(MINUS, 2), ipow(ONE, 2)),
)
monotone("x^2 above 0", None, ipow(X, 2), [lt(ZERO, X)], lt(ZERO, mul(TWO, X)), lt(ONE, TWO), lt(ipow(ONE, 2), ipow(TWO, 2)))
monotone(
    "ln at the end 0",
    r"nothing shows 0 < x, without which log\(x\) is undefined",
    log(X),
    [lt(ZERO, X)],
    lt(ZERO, ipow(X, -1)),
    lt(ZERO, ONE),
    lt(log(ZERO), log(ONE)),
)
monotone(
    "ends that speak of the variable",
    r"the ends speak of x",
    ipow(X, 3),
    [],
    le(ZERO, mul(THREE, ipow(X, 2))),
    lt(X, Y),
    lt(ipow(X, 3), ipow(Y, 3)),
)
monotone(
    "y^x at y = 0",
    r"needs what the claim does not assume: \[0 < y\]",
    rpow(Y, X),
    [lt(Y, ONE), lt(ZERO, Y)],
    lt(mul(rpow(Y, X), log(Y)), ZERO),
    lt(ZERO, ONE),
    lt(rpow(Y, ONE), rpow(Y, ZERO)),
    (lt(Y, ONE), le(ZERO, Y)),
)
monotone(
    "a hypothesis on the variable that is no bound",
    r"is not a bound of x",
    neg(ipow(X, 2)),
    [lt(ipow(X, 3), ZERO), lt(X, ZERO)],
    lt(ZERO, mul(rat(-2), X)),
    lt(MINUS, ONE),
    lt(neg(ipow(MINUS, 2)), neg(ipow(ONE, 2))),
)
monotone(
    "strict from equal ends",
    rf"step 4 \(monotone: .*{OTHER}",
    ipow(X, 3),
    [lt(ZERO, X)],
    lt(ZERO, mul(THREE, ipow(X, 2))),
    le(ONE, ONE),
    lt(ipow(ONE, 3), ipow(ONE, 3)),
)
monotone(
    "a rate that is another function's",
    r"is not about the derivative",
    ipow(X, 3),
    [lt(ZERO, X)],
    lt(ZERO, mul(TWO, X)),
    lt(ONE, TWO),
    lt(ipow(ONE, 3), ipow(TWO, 3)),
)
NO_ROOT = mk("one", MINUS, ONE, eq(neg(ipow(mk("breal", 0), -1)), ZERO))
attack(
    "a root of -1/x from no contradiction",
    r"step 2 \(absurd: .*is not absurd",
    NO_ROOT,
    [*given(lt(X, Y)), ("absurd", NO_ROOT, (0,))],
    [lt(X, Y)],
)
FALLS = lt(neg(Y), neg(X))
ONE_ROOT = mk("one", ZERO, ONE, eq(neg(mk("breal", 0)), ZERO))


def of_falling(low, one):
    """The steps to ∃! x in [low, 1]: -x = 0."""
    return [
        *given(lt(X, Y)),
        ("sign", FALLS, (0,)),
        ("sign", le(neg(low), ZERO) if low is HALF else le(ZERO, neg(low))),
        ("sign", le(MINUS, ZERO)),
        ("sign", le(low, ONE)),
        ("root", one, (1, 2, 3, 4)),
    ]


neighbour("a root of -x", ONE_ROOT, of_falling(ZERO, ONE_ROOT))
ROOTLESS = mk("one", HALF, ONE, eq(neg(mk("breal", 0)), ZERO))
attack(
    "a root of -x beyond 1/2",
    r"do not show that the function falls continuously through the value",
    ROOTLESS,
    of_falling(HALF, ROOTLESS),
)

# -- doors -----------------------------------------------------------------------------------------------------------------

LOOSE = lt(ZERO, mk("exp", p(B0)))
attack(
    "conclusion with a loose letter",
    r"an argument is no statement",
    lt(ZERO, ONE),
    [("sign", LOOSE), ("sign", lt(ZERO, ONE), (0,))],
)
FRESH = lt(ZERO, mk("exp", p(mk("fresh", 0))))
attack(
    "conclusion with a letter of the checker's own",
    r"an argument is no statement",
    lt(ZERO, ONE),
    [("sign", FRESH), ("sign", lt(ZERO, ONE), (0,))],
)
attack(
    "a later step as a premise",
    r"leans on a step that does not come before it",
    lt(ZERO, ONE),
    [("weaken", le(ZERO, ONE), (1,)), ("sign", lt(ZERO, ONE))],
)
attack(
    "a negative step as a premise",
    r"leans on a step that does not come before it",
    lt(ZERO, ONE),
    [("sign", lt(ZERO, ONE)), ("weaken", le(ZERO, ONE), (-1,))],
)
attack(
    "an argument that is a function",
    r"an argument is no letter",
    lt(ZERO, ONE),
    [("sign", lt(ZERO, ONE)), ("each", lt(ZERO, ONE), (0,), (("at", lambda: AT_I),))],
)
attack(
    "an argument given twice",
    r"an argument is given twice",
    lt(ZERO, ONE),
    [("sign", lt(ZERO, ONE)), ("each", lt(ZERO, ONE), (0,), (("at", AT_I), ("at", AT_J)))],
)
attack(
    "an argument of another sort",
    r"an argument is no letter",
    lt(ZERO, ONE),
    [("sign", lt(ZERO, ONE)), ("each", lt(ZERO, ONE), (0,), (("at", X),))],
)


@pytest.mark.parametrize("what", ATTACKS)
def test_attack_is_refused_where_it_goes_wrong(what):
    refused, goal, assumptions, steps = ATTACKS[what]
    with pytest.raises(Rejected, match=refused):
        proved(goal, assumptions, steps)


@pytest.mark.parametrize("what", NEIGHBOURS)
def test_neighbour_is_proved(what):
    goal, assumptions, steps = NEIGHBOURS[what]
    found = proved(goal, assumptions, steps)
    assert found.conclusion is goal
    assert found.hypotheses == set(assumptions)


# -- terms -----------------------------------------------------------------------------------------------------------------


class Name(str):
    """Not a str."""

    __slots__ = ()


@pytest.mark.parametrize(
    "make",
    [
        lambda: mk("var", Name("x")),
        lambda: mk("var", "x) & (1 = 0"),
        lambda: mk("var", ""),
        lambda: mk("var", "é"),
        lambda: mk("ipow", X, True),
        lambda: mk("ipow", X, 2.0),
        lambda: mk("rat", 1.0, 1),
        lambda: mk("rat", True, 1),
        lambda: mk("rat", 2, 2),
        lambda: mk("rat", 1, -1),
        lambda: mk("rat", 1, 0),
        type("Other", (Term,), {}),
        lambda: mk("add", X),
        lambda: mk("mul"),
        lambda: mk("and", lt(X, Y)),
        lambda: mk("cases", ONE, mk("true")),
        lambda: mk("cases", ONE, lt(X, Y), ONE, lt(Y, X)),
        lambda: lt(ZERO, AT_I),
        lambda: lt(ZERO, lt(ZERO, X)),
        lambda: sub(INFINITY, INFINITY),
        lambda: mk("abs", INFINITY),
        lambda: lt(ZERO, INFINITY),
        lambda: mk("sum", mk("cases", INFINITY, lt(ZERO, X), ONE, mk("true"))),
        lambda: mk("entry", "p", X),
        lambda: mk("image", "s", p(AT_I)),
        lambda: mk("fresh", -1),
        lambda: mk("bletter", True),
    ],
)  # fmt: skip
def test_no_term_is_made_of(make):
    with pytest.raises(Malformed):
        make()


def test_a_term_is_one_object_however_it_is_copied():
    t = lt(ZERO, total(p(B0)))
    assert copy.copy(t) is t
    assert copy.deepcopy(t) is t
    assert pickle.loads(pickle.dumps(t)) is t


def test_a_true_in_the_place_of_a_number_finds_no_other_term():
    assert mk("ipow", X, 1).args[1] == 1
    with pytest.raises(Malformed):
        mk("ipow", X, True)
    assert type(mk("ipow", X, 1).args[1]) is int


def test_a_term_does_not_change():
    t = mk("var", "x")
    with pytest.raises(Malformed):
        t.args = ("y",)
    with pytest.raises(Malformed):
        Term("var", "x")


def test_a_theorem_is_made_and_copied_by_nobody():
    found = proved(lt(ZERO, ONE), (), [("sign", lt(ZERO, ONE))])
    for make in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(Rejected, match="replay its derivation"):
            make(found)
    with pytest.raises(Rejected, match="made by the kernel alone"):
        Theorem(object(), frozenset(), eq(ONE, ZERO), frozenset(), frozenset(), frozenset())
    with pytest.raises(Rejected, match="does not change"):
        found.conclusion = eq(ONE, ZERO)
