"""Rules of analysis: what each accepts, and each hypothesis of the theorem that it leans on, without which it refuses."""

import pytest
from proving import refused, term, terms, theorem
from sympy import Abs, Function, Rational, log

from focal_symbolic.claims import library
from focal_symbolic.definitions import gamma, slope_inverse
from focal_symbolic.language import Eq, Every, ExistsUnique, Lt, array, i, index, j, k, real, total
from focal_symbolic.language import Le as WeakRelation
from focal_symbolic.logic import meaning
from focal_symbolic.logic.terms import MINUS, ZERO, add, eq, ipow, le, lt, mk, mul, rat

INVERSE = "uniqueness/inverse"
q = array("q")
a, b, c, t, u, w, x, y = map(real, "abctuwxy")
X, ENTRY = mk("var", "x"), mk("entry", "q", mk("bletter", 0))


def below(left, right):
    return Lt(left, right, evaluate=False)


def at_most(left, right):
    return WeakRelation(left, right, evaluate=False)


# -- monotone --------------------------------------------------------------------------------------------------------------


def rate_under(*bounds, rate=2 * t):
    """The sign of the derivative, under bounds of t."""
    return theorem("sign", below(0, rate), *bounds)


@pytest.mark.parametrize(
    ("match", "function", "bounds", "ends", "extra", "goal"),
    [
        (None, t**2, (t > 0,), a < b, (a >= 0,), below(a**2, b**2)),
        (None, t**2, (t > 0,), a < b, (a > 0,), below(a**2, b**2)),
        (None, t**2, (t > 0,), a <= b, (a >= 0,), at_most(a**2, b**2)),
        (None, t**2, (t > 0, t < c), a < b, (a >= 0, b <= c), below(a**2, b**2)),
        (None, t**2 + x, (t > 0,), a < b, (a >= 0,), below(a**2 + x, b**2 + x)),
        ("a is not shown to be nonnegative", t**2, (t > 0,), a < b, (), below(a**2, b**2)),
        ("c - b is not shown to be nonnegative", t**2, (t > 0, t < c), a < b, (a >= 0,), below(a**2, b**2)),
        ("not about the derivative", t**3, (t > 0,), a < b, (a >= 0,), below(a**3, b**3)),
        ("the premises give", t**2, (t > 0,), a < b, (a >= 0,), at_most(a**2, b**2)),
        ("the premises give", t**2, (t > 0,), a < b, (a >= 0,), below(b**2, a**2)),
        ("the premises give", t**2, (t > 0,), a <= b, (a >= 0,), below(a**2, b**2)),
        ("strictly between", t**2, (t >= 1,), a < b, (a >= 1,), below(a**2, b**2)),
        ("speak of t", t**2, (t > 0,), a < t, (a >= 0,), below(a**2, t**2)),
        ("speak of t", t**2, (t > 0,), t < b, (t >= 0,), below(t**2, b**2)),
        ("t is not arbitrary", t**2, (t > 0,), a < b, (a >= 0, t > 1), below(a**2, b**2)),
        ("is not a bound of t", t**2, (t > 0, 2 * t < c), a < b, (a >= 0,), below(a**2, b**2)),
        ("is not a bound of t", t**2, (t > 0, t < 2 * t), a < b, (a >= 0,), below(a**2, b**2)),
        ("not an inequality", t**2, (t > 0,), Eq(a, b), (a >= 0,), below(a**2, b**2)),
        ("abs is not known to be continuous", t**2 + Abs(t) - Abs(t - 1), (t > 0,), a < b, (a >= 0,), below(a**2, b**2)),
        ("nothing shows 0 < t - 1", t**2 + log(t - 1), (t > 0,), a < b, (a >= 0,), below(a**2 + log(a - 1), b**2 + log(b - 1))),
    ],
)
def test_monotone(match, function, bounds, ends, extra, goal):
    rate = rate_under(*bounds)
    if match is None:
        made = theorem("monotone", goal, rate, ends, *extra, function=function, variable=t)
        assert made.hypotheses == terms(ends, *extra)
        assert {citation.name for citation in made.cited} == {"mean value theorem"}
    else:
        refused(match, "monotone", goal, rate, ends, *extra, function=function, variable=t)


def test_monotone_of_a_falling_function():
    rate = theorem("sign", below(-2 * t, 0), t > 0)
    assert theorem("monotone", below(-(b**2), -(a**2)), rate, a < b, a >= 0, function=-(t**2), variable=t).cited
    rate = theorem("sign", below(1 - 1 / t, 0), t > 0, t < 1)
    made = theorem("monotone", log(x) < x - 1, rate, x < 1, x > 0, function=t - log(t) - 1, variable=t)
    assert made.hypotheses == terms(x > 0, x < 1)
    weak = theorem("weaken", at_most(0, 2 * t), rate_under(t > 0))
    assert theorem("monotone", at_most(a**2, b**2), weak, a < b, a >= 0, function=t**2, variable=t).cited
    refused("the premises give", "monotone", below(a**2, b**2), weak, a < b, a >= 0, function=t**2, variable=t)


def test_other_hypotheses_of_the_derivative_stay():
    rate = theorem("combination", below(0, 2 * t * c), c > 0, t > 0, weights=(2 * t,))
    made = theorem("monotone", below(c * a**2, c * b**2), rate, a < b, a >= 0, function=c * t**2, variable=t)
    assert made.hypotheses == terms(c > 0, a < b, a >= 0)


def test_monotone_at_a_jump():
    """0^t is 1 at t = 0 and 0 after."""
    rate = theorem("sign", below(0, 1))
    goal = below(a + c**a, b + c**b)
    refused("c.t may jump", "monotone", goal, rate, a < b, a >= 0, c >= 0, function=t + c**t, variable=t)
    rate = theorem("sign", below(0, c**t * log(c)), c > 1)
    assert theorem("monotone", below(c**a, c**b), rate, a < b, c > 1, function=c**t, variable=t).hypotheses


def test_monotone_where_the_function_is_not_differentiable():
    """The root of t has no derivative at 0, which may be an end but not inside."""
    root, rate = t ** Rational(1, 2), theorem("sign", below(0, t ** Rational(-1, 2) / 2), t > 0)
    assert theorem(
        "monotone", below(a ** Rational(1, 2), b ** Rational(1, 2)), rate, a < b, a >= 0, function=root, variable=t
    ).cited
    rate = rate_under(t > 0, rate=t)
    goal = below(slope_inverse(a, gamma), slope_inverse(b, gamma))
    inverse = theorem("lemma", library.result(INVERSE).claim.goal, name=INVERSE, replace={})
    given = (a < b, a > 0, gamma > 0, inverse)
    refused("is not differentiated", "monotone", goal, rate, *given, function=slope_inverse(t, gamma), variable=t)
    goal = below(slope_inverse(y, a), slope_inverse(y, b))
    given = (a < b, a > 0, y > 0, inverse)
    refused("is inverted in one argument only", "monotone", goal, rate, *given, function=slope_inverse(y, t), variable=t)


def test_a_power_is_differentiated_where_its_base_is_positive():
    """(0 t)^2 is 0 everywhere; that the rule has no reason to say so is no matter, but it looks at the base."""

    def value(v):
        return add(v, mk("rpow", mul(ZERO, v), rat(2)))

    v, low, high = (mk("var", name) for name in "tab")
    rate = theorem("sign", below(0, 1))
    goal = lt(value(low), value(high))
    refused("is not known to be differentiable", "monotone", goal, rate, a < b, function=value(v), variable=v)
    constant = lt(add(low, mk("rpow", term(x), rat(2))), add(high, mk("rpow", term(x), rat(2))))
    function = add(v, mk("rpow", term(x), rat(2)))
    assert theorem("monotone", constant, rate, a < b, x >= 0, function=function, variable=v).hypotheses == terms(a < b, x >= 0)


def test_only_a_variable_is_varied():
    rate = theorem("sign", below(0, 1))
    refused("is not a variable", "monotone", below(a, b), rate, a < b, function=q[j], variable=q[j])
    refused("is no number", "monotone", below(a, b), rate, a < b, function=t, variable=index("i"))
    refused("is not a variable", "monotone", below(a, b), rate, a < b, function=t, variable=t + 1)


def test_monotone_under_a_sum():
    positive = Every(q[i] > 0)
    rate = theorem("sign", below(0, total(q[i])), theorem("each", q[k] > 0, positive, at=k))
    made = theorem("monotone", below(total(q[i] * a), total(q[i] * b)), rate, a < b, function=total(q[i] * t), variable=t)
    assert made.hypotheses == terms(positive, a < b)
    ends = theorem("combination", below(q[i], q[j]), q[i] < q[j], weights=(1,))
    captured = below(total(q[i] * q[i]), total(q[i] * q[j]))
    refused("the premises give", "monotone", captured, rate, ends, function=total(q[i] * t), variable=t)


def test_a_power_under_a_sum_is_continuous_at_each_letter():
    root = (q[i] * t) ** Rational(1, 2)
    rate = total(q[i] / (2 * root))
    entry = theorem("each", q[i] > 0, Every(q[i] > 0), at=i)
    scaled = theorem("combination", below(0, q[i] * t), entry, t > 0, weights=(t, 0))
    each = theorem("every", Every(q[i] * t > 0), scaled)
    slope = theorem("sign", below(0, rate), each, Every(q[i] > 0), t > 0)
    goal = below(total((q[i] * a) ** Rational(1, 2)), total((q[i] * b) ** Rational(1, 2)))
    made = theorem("monotone", goal, slope, a < b, a > 0, Every(q[i] > 0), function=total(root), variable=t)
    assert made.hypotheses == terms(a < b, a > 0, Every(q[i] > 0))
    at_0 = theorem("monotone", at_most(*goal.args), slope, a <= b, a > 0, function=total(root), variable=t)
    assert at_0.hypotheses == terms(a <= b, a > 0, Every(q[i] > 0))
    flat = total((q[i] * a) ** x)
    refused("is not about the derivative|undefined", "monotone", goal, slope, a < b, a > 0, function=flat, variable=t)


def test_a_bound_of_the_derivative_is_shown_to_be_defined():
    """That t > -1/c^2 is assumed says that c is not 0."""
    bound = lt(mul(MINUS, ipow(mk("var", "c"), -2)), mk("var", "t"))
    rate = theorem("combination", below(0, 1), theorem("sign", below(0, 1)), bound, weights=(1, 0))
    goal = below(a, b)
    refused("is not shown to be nonnegative", "monotone", goal, rate, a < b, a > 0, function=t, variable=t)


# -- root ------------------------------------------------------------------------------------------------------------------

ROOT = ExistsUnique(Eq(-x, c), (x, a, b))
ENDS = (-a >= c, -b <= c, a <= b)


def falling(*extra, at=x, then=u):
    return theorem("combination", below(-then, -at), at < then, *extra, weights=(1,))


def refuse_root(match, *known, goal=ROOT, ends=ENDS, falls=None):
    refused(match, "root", goal, falls or falling(), *ends, *known)


def test_root():
    made = theorem("root", ROOT, falling(), *ENDS)
    assert made.hypotheses == terms(*ENDS)
    assert {citation.name for citation in made.cited} == {"intermediate value theorem"}
    assert theorem("root", ROOT, falling(at=u, then=x), *ENDS).hypotheses == terms(*ENDS)
    assert theorem("root", ExistsUnique(Eq(-t, c), (t, a, b)), falling(), *ENDS).hypotheses == terms(*ENDS)
    refuse_root("falls continuously", ends=(-b <= c, -a >= c, a <= b))
    refuse_root("falls continuously", ends=(-a >= c, -b <= c, b <= a))
    refuse_root("falls continuously", ends=(-a > c, -b <= c, a <= b))
    refuse_root("falls continuously", ends=(-a >= c, -b >= c, a <= b))
    refuse_root("falls continuously", goal=ExistsUnique(Eq(-2 * x, c), (x, a, b)))
    refuse_root("falls continuously", goal=ExistsUnique(Eq(-x, c + 1), (x, a, b)))
    refuse_root("falls continuously", goal=ExistsUnique(Eq(-x, c), (x, a, b + 1)))
    refuse_root("falls continuously", goal=ExistsUnique(below(-x, c), (x, a, b)))
    refuse_root("falls continuously", goal=ExistsUnique(Eq(-x, c + x), (x, a, b)))
    refuse_root("not arbitrary", x > 1)
    refuse_root("not arbitrary", u > 1)
    refuse_root("does not say that there is exactly one", goal=-x <= c)
    refused("does not apply", "root", ROOT, falling(), *ENDS[:2])


def test_root_at_ends_that_speak_of_the_second_point():
    for low, high in ((u - 1, b), (a, u + 1)):
        ends = (-low >= c, -high <= c, low <= high)
        refuse_root("at two variables", goal=ExistsUnique(Eq(-x, c), (x, low, high)), ends=ends)


def test_root_of_a_function_that_falls_in_part():
    """The comparison must hold for all x < u in the interval: each hypothesis on them follows from a <= x < u <= b."""

    def accepted(extra, *known):
        assert theorem("root", ROOT, falling(*extra), *ENDS, *known).hypotheses == terms(*ENDS, *known)

    accepted((x > 1, u < 5), a > 1, b < 5)
    accepted((x >= 1, u <= 5), a >= 1, b <= 5)
    for extra, known in (
        ((x > 1,), ()),
        ((x > 1,), (a >= 1,)),
        ((x > 1,), (b > 1,)),
        ((u < 5,), (b <= 5,)),
        ((u < 5,), (a < 5,)),
        ((x > 1, u < 5), (a > 1,)),
        ((below(u, 2 * x),), (a > 1,)),
        ((below(x, 5), below(u, 2 * x)), (a > 1, b < 5)),
        ((below(x + 1, u),), ()),
    ):
        refuse_root("falls continuously", *known, falls=falling(*extra))


def test_hypotheses_on_neither_point_stay():
    made = theorem("root", ROOT, falling(w > 0), *ENDS)
    assert made.hypotheses == terms(*ENDS, w > 0)


def test_root_of_a_comparison_at_other_points():
    refuse_root("at two variables", falls=theorem("sign", below(-x - 1, -x)))
    refuse_root("at two variables", falls=theorem("combination", below(-u - t, -x - t), x < u, weights=(1,)))
    refuse_root("at two variables", falls=theorem("each", q[i] < q[j], Every(q[i] < q[j]), at=i))
    refuse_root("falls continuously", falls=theorem("combination", below(-2 * u, -2 * x), x < u, weights=(2,)))
    refuse_root("falls continuously", falls=theorem("combination", at_most(-u, -x), x < u, weights=(1,)))
    refuse_root("falls continuously", falls=theorem("combination", below(-x, -u), u < x, x < u, weights=(1, 0)))


INVERSE_ENDS = (1 / a >= c, 1 / b <= c, a <= b)


def test_root_where_the_function_is_not_continuous():
    """1/x falls on each side of its pole."""
    positive, ahead = x > 0, x < u
    falls = theorem("combination", below(1 / u, 1 / x), ahead, positive, weights=(1 / (x * u),))
    goal = ExistsUnique(Eq(1 / x, c), (x, a, b))
    assert theorem("root", goal, falls, *INVERSE_ENDS, a > 0).hypotheses == terms(*INVERSE_ENDS, a > 0)
    refuse_root("falls continuously", goal=goal, ends=INVERSE_ENDS, falls=falls)
    supposed = theorem("hypothesis", below(1 / u, 1 / x))
    refused("falls continuously|nothing shows", "root", goal, supposed, *INVERSE_ENDS)


@pytest.mark.parametrize("part", [lambda v: mk("abs", v), lambda v: mk("sum", mk("abs", mul(v, ENTRY)))])
def test_a_function_that_falls_and_is_not_known_to_be_continuous(part):
    """-x + 0*|x| falls; that |x| is continuous is not known. A constant |w| may be whatever it is."""

    def value(v):
        return add(mul(MINUS, v), mul(ZERO, part(v)))

    first, second, low, high = (mk("var", name) for name in "xuab")
    falls = theorem("combination", lt(value(second), value(first)), x < u, weights=(1,))
    goal = mk("one", low, high, eq(value(mk("breal", 0)), mk("var", "c")))
    ends = (le(mk("var", "c"), value(low)), le(value(high), mk("var", "c")), a <= b)
    refused("abs is not known to be continuous", "root", goal, falls, *ends)
    constant = ExistsUnique(Eq(-x + Abs(w), c), (x, a, b))
    moved = theorem("combination", below(-u + Abs(w), -x + Abs(w)), x < u, weights=(1,))
    assert theorem("root", constant, moved, -a + Abs(w) >= c, -b + Abs(w) <= c, a <= b).conclusion is term(constant)


# -- declared inverses -----------------------------------------------------------------------------------------------------

RECIPROCAL = Function("reciprocal", real=True)
HIGH, LOW = 1 / (2 + 2 * y), 1 / (1 + y / 2)
Y = terms(y > 0)


def declare(monkeypatch):  # no fixture: the campaign of mutants runs tests that ask for nothing but monkeypatch
    """The inverse of 1/x - 1 on (0, 1), by the name `reciprocal`, in place of what the project declares."""
    monkeypatch.setattr(meaning, "_declared", {})
    meaning.declare("reciprocal", add(ipow(X, -1), MINUS), "x")
    return RECIPROCAL(y)


def falls_on(*bounds, rate=-1 / x**2):
    return theorem("sign", below(rate, 0), x > 0, *bounds)


def ends(known=y > 0):
    above = theorem("sign", below(y, 1 / HIGH - 1), known)
    under = theorem("sign", below(1 / LOW - 1, y), known)
    return above, under


def test_inverse(monkeypatch):
    declared = declare(monkeypatch)
    above, under = ends()
    falls = falls_on(x < 1)
    for goal in (declared > 0, declared < 1, Eq(1 / declared - 1, y)):
        made = theorem("inverse", goal, falls, above, under, y > 0, high=HIGH, low=LOW)
        assert made.hypotheses == Y
        assert {one.name for one in made.cited} == {"intermediate value theorem", "continuous inverse theorem"}
    arguments = {"high": HIGH, "low": LOW}
    other = RECIPROCAL(t)
    for goal in (declared < 0, Eq(1 / declared, y), declared >= 0, other > 0, below(0, RECIPROCAL(2 * y))):
        refused("the premises give", "inverse", goal, falls, above, under, y > 0, **arguments)


@pytest.mark.parametrize(
    "falls",
    [
        lambda: theorem("sign", below(-1 / x**2, 0), x > 0),
        lambda: falls_on(x < Rational(1, 2)),
        lambda: falls_on(x < 1, x > Rational(1, 2)),
        lambda: falls_on(at_most(x, 1)),
        lambda: falls_on(x < 1, y > 1),
        lambda: falls_on(x < 1, rate=-2 / x**2),
        lambda: theorem("weaken", at_most(-1 / x**2, 0), falls_on(x < 1)),
        lambda: theorem("combination", below(-1 / x**2 - t**2 / x**2, 0), falls_on(x < 1), x < 1, weights=(1 + t**2, 0)),
        lambda: theorem("sign", below(-1, 0)),
    ],
)
def test_inverse_of_what_does_not_fall_on_the_whole_of_its_interval(monkeypatch, falls):
    declared = declare(monkeypatch)
    above, under = ends()
    refused(
        "do not show that a declared function has the inverse",
        "inverse",
        declared > 0,
        falls(),
        above,
        under,
        y > 0,
        high=HIGH,
        low=LOW,
    )


def test_inverse_of_what_is_not_onto(monkeypatch):
    declared = declare(monkeypatch)
    falls = falls_on(x < 1)
    above, under = ends()
    later = ends(y > 1)
    for first, second, more, points in (
        (under, above, (), (HIGH, LOW)),
        (above, above, (), (HIGH, HIGH)),
        (above, under, (), (LOW, HIGH)),
        (*later, (), (HIGH, LOW)),
        (above, under, (y > 1,), (HIGH, LOW)),
        (above, under, (t > 1,), (HIGH, LOW)),
    ):
        high, low = points
        refused("do not show|not shown", "inverse", declared > 0, falls, first, second, y > 0, *more, high=high, low=low)
    outside = theorem("sign", below(1 / (1 + y) - 1, y), y > 0)
    refused("do not show", "inverse", declared > 0, falls, above, outside, y > 0, high=HIGH, low=1 + y)


@pytest.mark.parametrize("part", [mul(ZERO, mk("abs", X)), mk("log", mk("var", "c"))])
def test_inverse_of_a_function_that_is_not_shown_to_be_continuous(monkeypatch, part):
    """|x| is not differentiated; ln c is, as a constant, but is not defined where nothing is assumed of c."""
    monkeypatch.setattr(meaning, "_declared", {})
    meaning.declare("odd", add(ipow(X, -1), MINUS, part), "x", ("c",))
    goal, points = Function("odd", real=True)(y, c) > 0, {"high": HIGH, "low": LOW}
    refused("does not apply|do not show", "inverse", goal, falls_on(x < 1), *ends(), y > 0, **points)


def test_an_inverse_is_continuous_only_by_its_theorem(monkeypatch):
    """The premise says f(f^-1(y)) = y on the whole domain and assumes nothing else."""
    declared = declare(monkeypatch)
    above, under = ends()
    theorem_ = theorem("inverse", Eq(1 / declared - 1, y), falls_on(x < 1), above, under, y > 0, high=HIGH, low=LOW)
    compared = below(RECIPROCAL(u), RECIPROCAL(t))
    falls = theorem("combination", compared, compared, t < u, t > 0, weights=(1, 0, 0))
    points = (RECIPROCAL(a) >= c, RECIPROCAL(b) <= c, a <= b)
    goal = ExistsUnique(Eq(RECIPROCAL(t), c), (t, a, b))
    refused("falls continuously", "root", goal, falls, *points, a > 0, theorem_)  # the comparison is only supposed
    whole = theorem("rewrite", compared, *reciprocals(theorem_))
    made = theorem("root", goal, whole, *points, a > 0, theorem_)
    assert made.hypotheses == terms(*points, a > 0)
    refused("no premise shows that reciprocal is an inverse", "root", goal, whole, *points, a > 0)
    narrower = theorem("combination", Eq(1 / declared - 1, y), theorem_, y < 1, weights=(1,))
    refused("not arbitrary|no premise shows", "root", goal, whole, *points, a > 0, narrower)


def reciprocals(theorem_):
    """reciprocal(u) < reciprocal(t) for 0 < t < u, from the equation that both satisfy: as 1/(1 + u) < 1/(1 + t)."""
    at = []
    for v in (t, u):
        positive = theorem("combination", below(0, v), t > 0, t < u, weights=(1, 0 if v is t else 1))
        moved = theorem("instance", Eq(1 / RECIPROCAL(v) - 1, v), theorem_, positive, replace={y: v})
        inside = inverse_is_positive(v, positive)
        at.append(
            theorem("combination", Eq(RECIPROCAL(v), 1 / (1 + v)), moved, inside, positive, weights=(-RECIPROCAL(v) / (1 + v),))
        )
    compared = theorem("sign", below(1 / (1 + u), 1 / (1 + t)), t > 0, t < u)
    half = theorem("rewrite", below(RECIPROCAL(u), 1 / (1 + t)), at[1], compared)
    return at[0], half


def inverse_is_positive(v, positive):
    above, under = ends()
    whole = theorem("inverse", RECIPROCAL(y) > 0, falls_on(x < 1), above, under, y > 0, high=HIGH, low=LOW)
    return theorem("instance", RECIPROCAL(v) > 0, whole, positive, replace={y: v})


def test_inverse_is_not_given_away():
    """The rule wants the fall of the slope and its values at two points."""
    value = slope_inverse(y, gamma)
    half = Rational(1, 2)
    for goal in (below(0, value), below(value, 1)):
        refused("do not show", "inverse", goal, x > 0, y > 0, y > 0, high=half, low=half)
        refused("do not show", "inverse", goal, below(x, 0), y > 0, y > 0, high=half, low=half)
