"""Each rule: one clean use that it accepts, and one that breaks each of its checks."""

from pathlib import Path

import pytest
from proving import prove
from sympy import Abs, Piecewise, Rational, exp, log, oo

from focal_symbolic.definitions import gamma, slope_inverse
from focal_symbolic.errors import Rejected
from focal_symbolic.kernel import rules
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
    j,
    letters,
    n,
    real,
    total,
)

p, q = array("p"), array("q")
sigma = letters("sigma")
a, b, c, t, u, x, y = map(real, "abctuxy")
HALF = Rational(1, 2)


def lt(left, right):
    return Lt(left, right, evaluate=False)


def le(left, right):
    return Le(left, right, evaluate=False)


def eq(left, right):
    return Eq(left, right, evaluate=False)


def derive(tree):
    """A derivation from nested (rule, conclusion, premises, arguments); a bare statement is a hypothesis."""

    def add(d, node):
        if not isinstance(node, tuple):
            return d.suppose(node)
        rule, conclusion, premises, arguments = node
        return d(rule, conclusion, *(add(d, premise) for premise in premises), **arguments)

    return lambda d: add(d, tree)


def accepted(rule, conclusion, *premises, **arguments):
    """The theorem of one rule; every premise that is a bare statement is an assumption of the claim."""
    tree = (rule, conclusion, premises, arguments)
    assumptions = [conclusion] if rule == "hypothesis" else []

    def collect(node):
        if isinstance(node, tuple):
            for premise in node[2]:
                collect(premise)
        else:
            assumptions.append(node)

    collect(tree)
    return prove(derive(tree), conclusion, *assumptions)


def refused(match, rule, conclusion, *premises, **arguments):
    with pytest.raises(Rejected, match=match):
        accepted(rule, conclusion, *premises, **arguments)


def test_hypothesis():
    assert accepted("hypothesis", x < 1).hypotheses == {x < 1}


def test_each():
    assert accepted("each", p[j] > 0, Every(p[i] > 0), at=j).hypotheses == {Every(p[i] > 0)}

    goal, given = p[sigma[j]] > 0, Every(p[i] > 0)
    theorem = prove(derive(("each", goal, (given,), {"at": sigma[j]})), goal, given, Bijection(sigma))
    assert theorem.hypotheses == {given, Bijection(sigma)}
    refused("not a statement for every letter", "each", p[j] > 0, p[i] > 0, at=j)
    refused("the premises give", "each", p[j] > 1, Every(p[i] > 0), at=j)
    refused("not an index", "each", x > 0, Every(x > 0), at=n)
    refused("captured", "each", total(p[j] * q[i]) > 0, Every(total(p[i] * q[j], j) > 0), at=j)


def test_every():
    generic = ("sign", lt(0, p[i] ** 2 + 1), (), {})
    assert accepted("every", Every(lt(0, p[i] ** 2 + 1)), generic).hypotheses == set()
    refused("is not arbitrary", "every", Every(p[i] > 0), p[i] > 0)
    refused("not a statement for every letter", "every", lt(0, p[i] ** 2 + 1), generic)
    refused("the premises give", "every", Every(lt(0, p[i] ** 2 + 2)), generic)


def test_instance():
    square = ("sign", lt(-1, x**2), (), {})
    assert accepted("instance", lt(-1, (y + 1) ** 2), square, replace=((x, y + 1),)).hypotheses == set()
    refused("the premises give", "instance", lt(-1, y**3), square, replace=((x, y),))
    refused("is not a variable", "instance", lt(-1, x**2), square, replace=((n, y),))
    refused("is defined", "instance", lt(-1, 1 / y**2), square, replace=((x, 1 / y),))
    family = ("sign", lt(-1, p[j] ** 2), (), {})
    assert accepted("instance", lt(-1, (q[j] + 1) ** 2), family, replace=((p, (i, q[i] + 1)),)).hypotheses == set()
    refused("is defined", "instance", lt(-1, log(q[j]) ** 2), family, replace=((p, (i, log(q[i]))),))
    refused("not a family of numbers", "instance", lt(-1, p[j] ** 2), family, replace=((sigma, (i, i)),))
    refused("not an index|not an expression", "instance", lt(-1, p[y] ** 2), family, replace=((j, y),))
    square_of_p = ("sign", lt(-1, x**2), (), {})
    refused("not an index", "instance", lt(-1, x**2), square_of_p, replace=((j, y),))


def test_instance_discharges_hypotheses():
    reciprocal = ("sign", lt(0, 1 / x), (x > 0,), {})

    def derivation(d):
        theorem = d("sign", lt(0, 1 / x), d.suppose(x > 0))
        d("instance", d.goal, theorem, *(d.suppose(h) for h in known), replace=((x, value),))

    known, value = (y > 0,), y
    assert prove(derivation, lt(0, 1 / y), y > 0).hypotheses == {y > 0}
    known, value = (y > 0,), y + 1
    assert prove(derivation, lt(0, 1 / (y + 1)), y > 0).hypotheses == {y > 0}
    known, value = (y >= 0,), y
    with pytest.raises(Rejected, match="does not have: y > 0"):
        prove(derivation, lt(0, 1 / y), y >= 0)
    assert accepted("instance", lt(0, 1 / x), reciprocal, replace=()).hypotheses == {x > 0}


def test_cases():
    def derivation(d, on=(x >= 0, x < 0)):
        weights = (0, 1)
        first = d("combination", le(x, Abs(x)), d.suppose(x >= 0), d("absolute_value", le(x, Abs(x))), weights=weights)
        second = d("combination", le(x, Abs(x)), d.suppose(x < 0), d("absolute_value", le(x, Abs(x))), weights=weights)
        d("cases", d.goal, first, second, on=on)

    assert prove(derivation, le(x, Abs(x))).hypotheses == set()
    for other, match in (
        ((x > 0, x < 0), "leave a gap"),
        ((x >= 0,), "leave a gap|one branch|same two numbers"),
        ((), "one branch"),
        ((x >= 0, y < 0), "same two numbers"),
        ((x < 0, x >= 0), "does not use its case"),
    ):
        with pytest.raises(Rejected, match=match):
            prove(lambda d, on=other: derivation(d, on), le(x, Abs(x)))


def by_sign_of(number, conclusions):
    """Branches that compare `number` with 0, each as a hypothesis, with a combination that moves it by y."""

    def derivation(d):
        cases = (lt(number, 0), eq(number, 0), lt(0, number))
        branches = []
        for case, conclusion in zip(cases, conclusions, strict=True):
            branches.append(d("combination", conclusion, d.suppose(case), weights=(2,)))
        d("trichotomy", d.goal, *branches, on=cases)

    return derivation


def test_trichotomy():
    twice = (lt(2 * x, 0), eq(2 * x, 0), lt(0, 2 * x))
    assert prove(by_sign_of(x, twice), Equivalent(2 * x > 0, x > 0)).hypotheses == set()
    assert prove(by_sign_of(x, twice), Equivalent(2 * x >= 0, x >= 0)).hypotheses == set()
    with pytest.raises(Rejected, match="the branches do not give"):
        prove(by_sign_of(x, twice), Equivalent(2 * x > 0, x >= 0))
    with pytest.raises(Rejected, match="not an equivalence"):
        prove(by_sign_of(x, twice), Implies(2 * x > 0, x > 0))

    def wrong(d, on, order=(0, 1, 2)):
        cases = (lt(x, 0), eq(x, 0), lt(0, x))
        branches = [d("combination", c, d.suppose(h), weights=(2,)) for c, h in zip(twice, cases, strict=True)]
        d("trichotomy", d.goal, *(branches[place] for place in order), on=on)

    for on, order, match in (
        ((lt(x, 0), eq(x, 0)), (0, 1, 2), "three branches"),
        ((lt(x, 0), eq(x, 0), lt(0, x)), (2, 1, 0), "breaks the order|does not use"),
        ((le(x, 0), eq(x, 0), lt(0, x)), (0, 1, 2), "breaks the order"),
    ):
        with pytest.raises(Rejected, match=match):
            prove(lambda d, on=on, order=order: wrong(d, on, order), Equivalent(2 * x > 0, x > 0))


def test_transfer():
    both = Equivalent(x > 0, y > 0)
    assert accepted("transfer", y > 0, both, x > 0).hypotheses == {both, x > 0}
    assert accepted("transfer", x > 0, both, y > 0).hypotheses == {both, y > 0}
    refused("not an equivalence", "transfer", y > 0, Implies(x > 0, y > 0), x > 0)
    refused("do not give", "transfer", y >= 0, both, x > 0)
    refused("do not give", "transfer", y > 0, both, x >= 0)


def test_implication():
    theorem = ("sign", lt(0, x + 1), (x > 0,), {})
    assert prove(derive(("implication", Implies(x > 0, lt(0, x + 1)), (theorem,), {})), Implies(x > 0, lt(0, x + 1)))
    refused("not an implication", "implication", lt(0, x + 1), theorem)
    refused("not a hypothesis", "implication", Implies(y > 0, lt(0, x + 1)), theorem)
    refused("the premises give", "implication", Implies(x > 0, lt(0, x + 2)), theorem)


def test_conjunction():
    assert accepted("conjunction", And(x > 0, y > 0), x > 0, y > 0).hypotheses == {x > 0, y > 0}
    refused("not a conjunction", "conjunction", x > 0, x > 0)
    refused("nothing shows", "conjunction", And(x > 0, y > 0), x > 0, y >= 0)
    refused("one premise for each", "conjunction", And(x > 0, y > 0), x > 0, y > 0, c > 0)


def test_part():
    both = And(x > 0, y > 0)
    assert accepted("part", y > 0, both).hypotheses == {both}
    refused("not a part", "part", y >= 0, both)
    refused("not a conjunction", "part", y > 0, Equivalent(x > 0, y > 0))


def test_alternative():
    either = Or(x > 0, 1 / y > 0)
    assert accepted("alternative", either, x > 0, Ne(y, 0)).hypotheses == {x > 0, Ne(y, 0)}
    refused("is not one of", "alternative", either, x > 1, Ne(y, 0))
    refused("nothing shows that 1/y is defined", "alternative", either, x > 0)
    refused("not a disjunction", "alternative", And(x > 0, y > 0), x > 0)
    refused("not a relation between numbers", "alternative", Or(x > 0, Every(log(q[i]) > 0)), x > 0, q[i] > 0)


def test_rewrite():
    assert accepted("rewrite", lt(0, y), eq(x, y), lt(0, x)).hypotheses == {eq(x, y), lt(0, x)}
    swapped = Equivalent(y > 0, c > 0)
    assert accepted("rewrite", swapped, Equivalent(x > 0, y > 0), Equivalent(x > 0, c > 0)).conclusion == swapped
    refused("neither equation nor equivalence", "rewrite", lt(0, y), le(x, y), lt(0, x))
    refused("does not turn", "rewrite", lt(0, c), eq(x, y), lt(0, x))
    refused("not known for every letter", "rewrite", lt(0, total(q[i])), eq(p[i], q[i]), lt(0, total(p[i])))
    unique = ExistsUnique(eq(x**2, y), (x, a, b))
    square = ("identity", eq(x**2, (x + 1) ** 2 - 2 * x - 1), (), {})
    refused("would be captured", "rewrite", ExistsUnique(eq((x + 1) ** 2 - 2 * x - 1, y), (x, a, b)), square, unique)
    refused("is defined", "rewrite", eq(1 / x, 1 / y), eq(x, y), ("sign", eq(0, 0), (), {}))


def test_identity():
    assert accepted("identity", eq(log(x * y), log(x) + log(y)), x > 0, y > 0).hypotheses == {x > 0, y > 0}
    assert accepted("identity", eq((x + 1) ** 2, x**2 + 2 * x + 1)).hypotheses == set()
    refused("not an equation", "identity", le(x, x))
    refused("is defined", "identity", eq(log(x * y), log(x) + log(y)), x > 0)
    refused("different normal forms", "identity", eq((x + 1) ** 2, x**2 + 2 * x))


def test_sign():
    assert accepted("sign", lt(0, x * y), x > 0, y > 0).hypotheses == {x > 0, y > 0}
    refused("has a sign in", "sign", lt(0, x * y), x > 0, y >= 0)
    refused("has a sign in", "sign", le(0, x * y), x > 0, y > 0)
    refused("is defined", "sign", lt(-1, 1 / x**2))


def test_combination():
    assert accepted("combination", lt(a + 2 * b, x + 2 * y), a < x, b <= y, weights=(1, 2)).hypotheses == {a < x, b <= y}
    assert accepted("combination", eq(a + b, x + y), eq(a, x), eq(b, y), weights=(1, 1))
    assert accepted("combination", eq(a - b, x - y), eq(a, x), eq(b, y), weights=(1, -1))
    refused("weight for each", "combination", lt(a, x), a < x, weights=())
    refused("weight for each", "combination", lt(a, x), a < x, weights=(1, 1))
    refused("cannot be added", "combination", Ne(a, x), Ne(a, x), weights=(1,))
    refused("not known to be nonnegative", "combination", lt(x, a), a < x, weights=(-1,))
    refused("is defined", "combination", lt(a / c**2, x / c**2), a < x, weights=(1 / c**2,))
    refused("an equation needs equations", "combination", eq(a + b, x + y), eq(a, x), le(b, y), weights=(1, 1))
    refused("the premises give <=", "combination", lt(a, x), a <= x, weights=(1,))
    refused("the premises give <,", "combination", le(a, x), a < x, weights=(1,))
    refused("the premises give <=", "combination", lt(c**2 * a, c**2 * x), a < x, weights=(c**2,))
    refused("not this combination", "combination", lt(a, x + 1), a < x, weights=(1,))


@pytest.mark.parametrize(
    ("conclusion", "premises", "arguments"),
    [
        (lt(log(x), log(y)), (x > 0, x < y), {"function": "log"}),
        (lt(exp(x), exp(y)), (x < y,), {"function": "exp"}),
        (lt(x**a, y**a), (x >= 0, a > 0, x < y), {"function": "power", "parameter": a}),
        (le(x**a, y**a), (x >= 0, a >= 0, x < y), {"function": "power", "parameter": a}),
        (lt(y**a, x**a), (x > 0, a < 0, x < y), {"function": "power", "parameter": a}),
        (lt(a**x, a**y), (a > 1, x < y), {"function": "base", "parameter": a}),
        (lt(a**y, a**x), (a > 0, a < 1, x < y), {"function": "base", "parameter": a}),
        (le(a**x, a**y), (a >= 1, x < y), {"function": "base", "parameter": a}),
    ],
)
def test_apply(conclusion, premises, arguments):
    ordered = [premises[-1], *premises[:-1]]
    assert accepted("apply", conclusion, *ordered, **arguments).hypotheses == set(premises)
    for missing in range(1, len(ordered)):
        refused("not known|is defined", "apply", conclusion, *ordered[:missing], *ordered[missing + 1 :], **arguments)
    stronger = (Lt if isinstance(conclusion, Le) else Le)(*conclusion.args, evaluate=False)
    refused("the premises give", "apply", stronger, *ordered, **arguments)
    refused("the premises give", "apply", conclusion.func(*conclusion.args[::-1], evaluate=False), *ordered, **arguments)


def test_apply_refuses():
    refused("no monotone function", "apply", lt(x, y), x < y, function="sin")
    refused("not an inequality", "apply", eq(exp(x), exp(y)), eq(x, y), function="exp")
    refused("is defined", "apply", le(x ** (1 / c**2), y ** (1 / c**2)), x < y, x > 0, function="power", parameter=1 / c**2)


def test_weaken():
    assert accepted("weaken", le(x, y), x < y).hypotheses == {x < y}
    refused("weak already", "weaken", le(x, y), x <= y)
    refused("the premises give", "weaken", le(y, x), x < y)


def test_absolute():
    assert accepted("absolute", le(Abs(x), b), x <= b, -x <= b).hypotheses == {x <= b, -x <= b}
    refused("does not bound", "absolute", le(x, b), x <= b, -x <= b)
    refused("the premises give", "absolute", le(Abs(x), b), x <= b, x <= b)
    refused("the premises give", "absolute", le(Abs(x), b), -x <= b, -x <= b)
    refused("the premises give", "absolute", lt(Abs(x), b), x <= b, -x <= b)


def test_absolute_value():
    assert accepted("absolute_value", le(x, Abs(x))).hypotheses == set()
    assert accepted("absolute_value", le(-x, Abs(x))).hypotheses == set()
    refused("is not x", "absolute_value", lt(x, Abs(x)))
    refused("neither", "absolute_value", le(x + 1, Abs(x)))
    refused("is defined", "absolute_value", le(log(x), Abs(log(x))))


def test_logarithms():
    assert accepted("logarithms", lt(log(3), 2 * log(2))).hypotheses == set()
    refused("is false", "logarithms", lt(2 * log(2), log(3)))
    refused("is strict", "logarithms", le(log(3), 2 * log(2)))
    refused("not a multiple", "logarithms", lt(1, 2 * log(2)))
    refused("not rational", "logarithms", lt(x * log(2), log(3)))


def test_constant():
    assert accepted("constant", lt(0, log(1 + Rational(1, 10**20)))).hypotheses == set()
    refused("leaves it open", "constant", lt(log(1 + Rational(1, 10**20)), 0))
    refused("strict inequality of constants", "constant", le(0, log(2)))
    refused("strict inequality of constants", "constant", lt(0, x**2 + 1))
    refused("leaves it open", "constant", lt((HALF - 1) ** exp(1), (HALF - 1) ** exp(1) + 1))


def at_each(statement):
    """A relation at the letter i, from the same for every letter."""
    return ("each", statement, (Every(statement),), {"at": i})


def test_sum_terms():
    assert accepted("sum_terms", total(p[i]) < total(q[i]), at_each(p[i] < q[i]), over=i).hypotheses == {Every(p[i] < q[i])}
    refused("is not arbitrary", "sum_terms", total(p[i]) < total(q[i]), p[i] < q[i], over=i)
    refused("is not an index", "sum_terms", total(p[i]) < total(q[i]), at_each(p[i] < q[i]), over=x)
    refused("the premises give", "sum_terms", total(p[i]) <= total(q[i]), at_each(p[i] < q[i]), over=i)


def test_sum_strictly():
    weak = at_each(p[i] <= q[i])
    assert accepted("sum_strictly", total(p[i]) < total(q[i]), weak, p[j] < q[j], over=i)
    refused("strictly ordered already", "sum_strictly", total(p[i]) < total(q[i]), at_each(p[i] < q[i]), p[j] < q[j], over=i)
    refused("not the strict inequality", "sum_strictly", total(p[i]) < total(q[i]), weak, p[j] <= q[j], over=i)
    refused("not the strict inequality", "sum_strictly", total(p[i]) < total(q[i]), weak, p[j] < q[i], over=i)
    refused("is not arbitrary", "sum_strictly", total(p[i]) < total(q[i]), p[i] <= q[i], p[j] < q[j], over=i)
    refused("the premises give", "sum_strictly", total(p[i]) <= total(q[i]), weak, p[j] < q[j], over=i)


def test_sum_term():
    terms = at_each(p[i] >= 0)
    assert accepted("sum_term", p[j] <= total(p[i]), terms, over=i).hypotheses == {Every(p[i] >= 0)}
    refused("are nonnegative", "sum_term", p[j] <= total(p[i]), at_each(p[i] >= -1), over=i)
    refused("not a term", "sum_term", q[j] <= total(p[i]), terms, over=i)
    refused("the premises give", "sum_term", p[j] < total(p[i]), terms, over=i)
    refused("is not arbitrary", "sum_term", p[j] <= total(p[i]), p[i] >= 0, over=i)


def test_relabel():
    goal = eq(total(p[sigma[i]]), total(p[i]))
    assert prove(derive(("relabel", goal, (), {})), goal, Bijection(sigma)).hypotheses == {Bijection(sigma)}
    refused("not of two sums", "relabel", eq(total(p[sigma[i]]), 1))
    refused("does not relabel", "relabel", eq(total(p[sigma[i]]), total(q[i])))
    refused("is defined", "relabel", eq(total(log(p[sigma[i]])), total(log(p[i]))))
    with pytest.raises(Rejected, match="does not have: sigma is a bijection"):
        prove(derive(("relabel", goal, (), {})), goal)


VALUE = Piecewise((0, eq(x, 0)), (oo, eq(y, 0)), (x * log(y), True))


def test_finite_value():
    goal = Equivalent(Finite(VALUE), Implies(x > 0, y > 0))
    assert accepted("finite_value", goal, x >= 0, y >= 0).hypotheses == {x >= 0, y >= 0}
    refused("is defined|fails where", "finite_value", goal, x >= 0)
    refused("fails where", "finite_value", Equivalent(Finite(VALUE), y > 0), x >= 0, y >= 0)
    refused("not an equivalence", "finite_value", Implies(Finite(VALUE), y > 0), x >= 0, y >= 0)
    refused("not of a value by cases", "finite_value", Equivalent(Finite(x), y > 0), y >= 0)
    refused("no case applies", "finite_value", Equivalent(Finite(Piecewise((0, x > 0), (oo, x < 0))), x > 0))
    refused("compare with 0", "finite_value", Equivalent(Finite(Piecewise((0, x > 1), (oo, True))), x > 1))


def test_finite_sum():
    value = VALUE.xreplace({x: p[i], y: q[i]})
    term = ("each", Equivalent(Finite(value), q[i] > 0), (Every(Equivalent(Finite(value), q[i] > 0)),), {"at": i})
    goal = Equivalent(Finite(total(value)), Every(q[i] > 0))
    assert accepted("finite_sum", goal, term).hypotheses == {Every(Equivalent(Finite(value), q[i] > 0))}
    refused("is not arbitrary", "finite_sum", goal, Equivalent(Finite(value), q[i] > 0))
    refused("does not say where", "finite_sum", goal, Every(q[i] > 0))
    refused("not of a value by cases", "finite_sum", goal, Equivalent(q[i] > 0, p[i] > 0))
    refused("not an equivalence", "finite_sum", Implies(Finite(total(value)), Every(q[i] > 0)), term)
    refused("every letter", "finite_sum", Equivalent(Finite(total(value)), x > 0), term)
    refused("the premise gives", "finite_sum", Equivalent(Finite(total(value)), Every(q[i] >= 0)), term)


def grows(d, goal_function, *bounds, ends, extra=()):
    derivative = d("sign", lt(0, 2 * t), *(d.suppose(h) for h in bounds))
    d(
        "monotone",
        d.goal,
        derivative,
        d.suppose(ends),
        *(d.suppose(h) for h in extra),
        function=goal_function,
        variable=t,
    )


@pytest.mark.parametrize(
    ("match", "function", "bounds", "ends", "extra", "goal"),
    [
        (None, t**2, (t > 0,), a < b, (a >= 0,), lt(a**2, b**2)),
        (None, t**2, (t > 0,), a <= b, (a >= 0,), le(a**2, b**2)),
        ("is not known to be at least", t**2, (t > 0,), a < b, (), lt(a**2, b**2)),
        ("is not known to be at most", t**2, (t > 0, t < c), a < b, (a >= 0,), lt(a**2, b**2)),
        ("not about the derivative", t**3, (t > 0,), a < b, (a >= 0,), lt(a**3, b**3)),
        ("the premises give", t**2, (t > 0,), a < b, (a >= 0,), le(a**2, b**2)),
        ("the premises give", t**2, (t > 0,), a <= b, (a >= 0,), lt(a**2, b**2)),
        ("strictly between", t**2, (t >= 1,), a < b, (a >= 1,), lt(a**2, b**2)),
        ("speak of t", t**2, (t > 0,), a < t, (a >= 0,), lt(a**2, t**2)),
        ("is not arbitrary", t**2, (t > 0,), a < b, (a >= 0, t > 1), lt(a**2, b**2)),
        ("is not a bound", t**2, (t > 0, 2 * t < c), a < b, (a >= 0,), lt(a**2, b**2)),
        ("not known to be continuous", t**2 + Abs(t) - Abs(t - 1), (t > 0,), a < b, (a >= 0,), lt(a**2, b**2)),
        ("is defined", t**2 + log(t - 1), (t > 0,), a < b, (a >= 0,), lt(a**2 + log(a - 1), b**2 + log(b - 1))),
    ],
)
def test_monotone(match, function, bounds, ends, extra, goal):
    def derivation(d):
        grows(d, function, *bounds, ends=ends, extra=extra)

    if match is None:
        assert prove(derivation, goal, ends, *extra).hypotheses == {ends, *extra}
    else:
        with pytest.raises(Rejected, match=match):
            prove(derivation, goal, ends, *extra, *bounds)


def test_monotone_at_a_jump():
    """0^t is 1 at t = 0 and 0 after."""

    def derivation(d):
        rate = d("sign", lt(0, 1))
        d("monotone", d.goal, rate, d.suppose(a < b), d.suppose(a >= 0), d.suppose(c >= 0), function=t + c**t, variable=t)

    with pytest.raises(Rejected, match="may jump"):
        prove(derivation, lt(a + c**a, b + c**b), a < b, a >= 0, c >= 0)


def falling(d, at=x, then=u):
    return d("combination", lt(-then, -at), d.suppose(at < then), weights=(1,))


ROOT = ExistsUnique(Eq(-x, c), (x, a, b))
ENDS = (-a >= c, -b <= c, a <= b)


def root(d, ends=ENDS, known=(), falls=falling):
    d("root", d.goal, falls(d), *(d.suppose(h) for h in ends), *(d.suppose(h) for h in known))


def refuse_root(match, *known, goal=ROOT, ends=ENDS, falls=falling, more=()):
    with pytest.raises(Rejected, match=match):
        prove(lambda d: root(d, ends, known, falls), goal, *ends, *known, *more)


def test_root():
    assert prove(root, ROOT, *ENDS).hypotheses == {*ENDS}
    refuse_root("the premises give", ends=(-b <= c, -a >= c, a <= b))
    refuse_root("the premises give", ends=(-a >= c, -b <= c, b <= a))
    refuse_root("the premises give", goal=ExistsUnique(Eq(-2 * x, c), (x, a, b)))
    refuse_root("is not arbitrary", x > 1)
    refuse_root("is not arbitrary", u > 1)
    refuse_root("does not state a unique root", goal=-x <= c)
    refuse_root("is not f", goal=ExistsUnique(Eq(-x, c + x), (x, a, b)))


def test_root_at_ends_that_speak_of_the_second_point():
    for low, high in ((u - 1, b), (a, u + 1)):
        ends = (-low >= c, -high <= c, low <= high)
        refuse_root("the ends of the interval speak of u", goal=ExistsUnique(Eq(-x, c), (x, low, high)), ends=ends)


def test_root_of_a_function_that_falls_in_part():
    """The comparison must hold for all x < u in the interval: each hypothesis on them follows from a <= x < u <= b."""

    def falls_where(*extra):
        return lambda d: d("combination", lt(-u, -x), *d.suppose(x < u, *extra), weights=(1, *(0 for _ in extra)))

    def accepted_root(extra, *known):
        return prove(lambda d: root(d, ENDS, known, falls_where(*extra)), ROOT, *ENDS, *known).hypotheses == {*ENDS, *known}

    assert accepted_root((x > 1, u < 5), a > 1, b < 5)
    assert accepted_root((x >= 1, u <= 5), a >= 1, b <= 5)
    for extra, known in (
        ((x > 1,), ()),
        ((x > 1,), (a >= 1,)),
        ((x > 1,), (b > 1,)),
        ((u < 5,), (b <= 5,)),
        ((u < 5,), (a < 5,)),
        ((x > 1, u < 5), (a > 1,)),
        ((lt(u, 2 * x),), (a > 1,)),
        ((lt(x, 5), lt(u, 2 * x)), (a > 1, b < 5)),
    ):
        refuse_root("not known to fall on the whole", *known, falls=falls_where(*extra), more=extra)


def test_root_of_a_comparison_at_other_points():
    refuse_root("at two variables", falls=lambda d: d("sign", lt(-x - 1, -x)))
    refuse_root("at two variables", falls=lambda d: d("combination", lt(-u - t, -x - t), d.suppose(x < u), weights=(1,)))
    refuse_root("the premises give", falls=lambda d: d("combination", lt(-2 * u, -x * 2), d.suppose(x < u), weights=(2,)))


def test_root_where_the_function_is_not_continuous():
    """1/x falls on each side of its pole."""

    def falls(d):
        positive, ahead = d.suppose(x > 0, x < u)
        return d("combination", lt(1 / u, 1 / x), ahead, positive, weights=(1 / (x * u),))

    goal, ends = ExistsUnique(Eq(1 / x, c), (x, a, b)), (1 / a >= c, 1 / b <= c, a <= b)
    assert prove(lambda d: root(d, ends, (a > 0,), falls), goal, *ends, a > 0).hypotheses == {*ends, a > 0}
    refuse_root("not known to fall on the whole", goal=goal, ends=ends, falls=falls, more=(x > 0,))


def test_inverse_is_not_given_away():
    """The rule `inverse` wants the fall of the slope and its values at two points."""
    value = slope_inverse(y, gamma)

    def derivation(d):
        d("inverse", d.goal, d.suppose(x > 0), d.suppose(y > 0), d.suppose(y > 0), high=HALF, low=HALF)

    for goal in (lt(0, value), lt(value, 1)):
        with pytest.raises(Rejected):
            prove(derivation, goal, y > 0, gamma > 0, x > 0)


def test_every_rule_is_tested():
    text = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in rules if f'"{name}"' not in text] == []  # of "lemma", test_kernel.py has more


def test_the_strongest_form_only():
    """A strict inequality is not accepted in its weak form, so that no derivation gives away what it has."""
    refused("has a sign in", "sign", Ge(x**2 + 1, 0, evaluate=False))
    refused("has a sign in", "sign", Gt(x**2, 0, evaluate=False))


def test_sum_pair():
    positive, apart = Every(p[i] >= 0), p[i] < p[j]
    terms = ("each", p[i] >= 0, (positive,), {"at": i})
    whole = total(p[i])
    assert accepted("sum_pair", p[i] + p[j] <= whole, terms, apart, over=i).hypotheses == {positive, apart}
    assert accepted("sum_pair", p[i] + p[j] <= whole, terms, Ne(p[i], p[j]), over=i).conclusion == (p[i] + p[j] <= whole)
    refused("does not say that two terms differ", "sum_pair", p[i] + p[j] <= whole, terms, p[i] <= p[j], over=i)
    refused("does not compare two terms", "sum_pair", p[i] + p[j] <= whole, terms, p[i] < q[j], over=i)
    refused("nonnegative", "sum_pair", p[i] + p[j] <= whole, p[i] >= q[i], apart, over=i)
    refused("not arbitrary", "sum_pair", p[i] + p[j] <= whole, p[i] >= 0, apart, over=i)
    refused("the premises give", "sum_pair", p[i] + 2 * p[j] <= whole, terms, apart, over=i)


def test_absurd():
    never = ("combination", lt(0, 0), (lt(x, y), le(y, x)), {"weights": (1, 1)})
    assert accepted("absurd", lt(2, 1), never).hypotheses == {lt(x, y), le(y, x)}
    refused("is not absurd", "absurd", lt(2, 1), le(x, y))
    refused("is not absurd", "absurd", lt(2, 1), lt(x, y))


def test_either():
    both = Or(x > 0, y > 0)
    sums = [("combination", lt(0, c), (lt(0, case), le(case, c)), {"weights": (1, 1)}) for case in (x, y)]
    first, second = (("weaken", le(0, c), (one,), {}) for one in sums)
    assert accepted("either", le(0, c), both, first, second).hypotheses == {both, le(x, c), le(y, c)}
    refused("needs one branch", "either", le(0, c), both, first)
    square = ("weaken", le(0, exp(x)), (("sign", lt(0, exp(x)), (), {}),), {})
    refused("must use one part", "either", le(0, exp(x)), both, square, square)
    refused("has no branch", "either", le(0, c), both, first, first)
    refused("is not a disjunction", "either", le(0, c), And(x > 0, y > 0), first, second)
