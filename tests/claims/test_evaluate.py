"""Three-valued evaluation: what is proved, what is refuted, and what must stay undecided."""

from fractions import Fraction

import flint
import gmpy2
import mpmath
import pytest
from gmpy2 import mpfr, mpz
from sympy import Abs, Max, Min, Ne, Not, Or, Piecewise, Rational, S, exp, log, oo, pi, sqrt

from focal_symbolic import definitions as d
from focal_symbolic.claims.evaluate import Environment, Undefined, Unsupported, cross_check, decide, enclose_box, exact_text
from focal_symbolic.claims.variables.optimum import Optimum
from focal_symbolic.language import (
    And,
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
    i,
    j,
    n,
    real,
    total,
)

x, gamma, p, q = d.x, d.gamma, d.p, d.q
y = real("y")
HALF = Fraction(1, 2)


def at(**numbers):
    return Environment({name: Fraction(value) for name, value in numbers.items()})


def family(gamma=2, **families):
    made = {name: tuple(map(Fraction, values)) for name, values in families.items()}
    return Environment({"gamma": Fraction(gamma)}, made, size=len(next(iter(made.values()))))


@pytest.mark.parametrize(
    ("goal", "value"),
    [
        (Lt(log(x), x - 1), 1),
        (Gt(log(x), x - 1), -1),
        (Le(x, HALF), 1),
        (Lt(x, HALF), -1),
        (Eq(2 * x, 1), 1),
        (Ne(x, HALF), -1),
        (Eq(log(x), -log(1 / x)), 1),
        (Eq(log(x), -log(2) + Rational(1, 10**40)), -1),
        (Implies(Gt(x, 1), Gt(0, log(2 * x - 5, evaluate=False))), 1),
        (Or(Gt(x, 1), Lt(x, 1)), 1),
        (And(Gt(x, 0), Gt(x, 1)), -1),
        (Not(Gt(x, 1)), 1),
        (Equivalent(Gt(x, 0), Lt(x, 1)), 1),
        (Equivalent(Gt(x, 0), Lt(1, x)), -1),
        (Lt(Abs(-x), Max(x, 1)), 1),
        (Gt(Min(x, 1), pi / 8), 1),
        (Gt(exp(x), sqrt(x)), 1),
        (S.true, 1),
        (S.false, -1),
    ],
)
def test_each_connective_is_decided(goal, value):
    assert decide(goal, at(x=HALF)).value == value


SOFTPLUS = log(1 + exp(x)) - log(1 + exp(-x))
"""Equal to x, by an identity that no normal form here knows."""


@pytest.mark.parametrize("relation", [Lt, Le, Gt, Ge])
def test_what_only_touches_stays_undecided(relation):
    decision = decide(relation(SOFTPLUS, x), at(x=Fraction(1, 3)), ceiling=4)
    assert decision.value == 0
    assert "log(1 + exp(-x))" in decision.where.replace("exp(-x) + 1", "1 + exp(-x)")


@pytest.mark.parametrize("strict", [False, True])
def test_equality_by_algebra_decides_touching_cases(strict):
    relation = Lt if strict else Le
    goal = relation(total(p[i] * d.loss(q[i], gamma)), total(-p[i] * log(q[i])))
    decision = decide(goal, family(0, p=("1/2", "1/3", "1/6"), q=("1/7", "2/7", "4/7")))
    assert decision.value == (-1 if strict else 1)


def test_equality_by_algebra_knows_whole_powers():
    base = 1 + exp(y)
    assert decide(Le(log(base**gamma), gamma * log(base)), at(y="1/3", gamma=3)).value == 1


def test_equality_by_algebra_knows_powers_of_zero():
    zero = log(y) - log(x)
    for power in (2, 3, Rational(3, 2), gamma):
        assert decide(Le(zero**power, 0), at(x="1/3", y="1/3", gamma=2), ceiling=4).value == 1
        assert decide(Lt(zero**power, 0), at(x="1/3", y="1/3", gamma=2), ceiling=4).value == -1
    assert decide(Le(1 / zero, 0), at(x="1/3", y="1/3"), ceiling=4).value == 0


def test_equality_of_balls_agrees_to_digits_and_its_negation_is_undecided():
    goal = Eq(exp(log(x) * y), x**y)
    decision = decide(goal, at(x="1/3", y="2/7"))
    assert decision.value == 1
    assert decision.agreed_digits is None or decision.agreed_digits >= 50
    sums = Eq(exp(x) * exp(y, evaluate=False) - 1, exp(x + y) - 1)
    assert decide(sums, at(x="1/3", y="2/7")).agreed_digits >= 50
    assert decide(Not(sums), at(x="1/3", y="2/7"), ceiling=1).value == 0


def test_nan_is_never_a_pass():
    nan = Piecewise((exp(x), SOFTPLUS < x), (x, True))
    for goal in (Lt(nan, 5), Ge(nan, -5), Eq(nan, 2), Ne(nan, 7), Finite(nan), Every(Lt(nan, 5)), Not(Gt(nan, 5))):
        environment = Environment({"x": Fraction(1, 3)}, {}, size=2)
        assert decide(goal, environment, ceiling=4).value == 0


def test_outside_the_domain_is_loud():
    with pytest.raises(Undefined, match="logarithm"):
        decide(Lt(log(x - 1), 5), at(x=HALF))
    with pytest.raises(Undefined, match="divided"):
        decide(Lt(1 / (x - HALF), 5), at(x=HALF))
    with pytest.raises(Unsupported):
        decide(Lt(x.diff(x, evaluate=False), 5), at(x=HALF))


def test_powers_of_zero():
    assert decide(Eq((1 - x) ** gamma, 1), at(x=1, gamma=0)).value == 1
    assert decide(Eq((1 - x) ** gamma, 0), at(x=1, gamma="1/3")).value == 1


def test_probabilities_near_the_ends_keep_their_digits():
    goal = Lt(log(x), x - 1)
    assert decide(goal, at(x=1 - Fraction(1, 10**300))).value == 1
    assert decide(Gt(d.loss(x, gamma), 0), at(x=1 - Fraction(1, 10**300), gamma="1e4")).value == 1


def test_extended_values():
    infinite = d.extended_focal_entropy(p, q, gamma)
    assert decide(Finite(infinite), family(p=("1/2", "1/2"), q=("1", "0"))).value == -1
    assert decide(Finite(infinite), family(p=("1", "0"), q=("1", "0"))).value == 1
    assert decide(Gt(infinite, 5), family(p=("1/2", "1/2"), q=("1", "0"))).value == 1
    assert decide(Le(infinite, 5), family(p=("1/2", "1/2"), q=("1", "0"))).value == -1
    assert decide(Eq(infinite, oo), family("1/3", p=("1/3", "1/3", "1/3"), q=("1/7", "6/7", "0"))).value == 1


def test_letters_sums_and_index_arithmetic():
    environment = Environment({}, {"p": (Fraction(1, 4), Fraction(3, 4))}, {"i": 1, "j": 2}, size=2)
    assert decide(Lt(p[i], p[j]), environment).value == 1
    assert decide(Eq(p[i + 1], p[j]), environment).value == 1
    assert decide(Eq(total(p[i]), 1), environment).value == 1
    assert decide(Every(p[i] < 1), environment).value == 1
    assert decide(Every(p[i] < Rational(1, 2)), environment).value == -1
    assert decide(Eq(j - i, n - 1), environment).value == 1
    with pytest.raises(Undefined, match="outside"):
        decide(Gt(p[j + 1], 0), environment)


@pytest.mark.parametrize("tied", [True, False])
def test_letters_with_the_same_entries_add_the_same(tied):
    """Of many letters, in runs and one by one; what speaks of the letter itself is another term at each."""
    weights = [2] * 30 + [1] * 40 + [2] * 30
    one = {weight: Fraction(weight, 160) for weight in (1, 2)}
    masses = [one[weight] if tied else Fraction(weight, 160) for weight in weights]
    environment = Environment({}, {"p": tuple(masses)}, size=len(weights))
    exact = {total(p[i]): 1, total(p[i] ** 2): Rational(280, 160**2), total(i * p[i]): Rational(101, 2)}
    for number, value in exact.items():
        assert decide(Eq(number, value), environment).value == 1
        assert decide(Eq(number, value + Rational(1, 10**30)), environment).value == -1
    assert decide(Lt(total(p[i] * log(p[i])), -Rational(455, 100)), environment).value == 1
    assert decide(Lt(total(p[i] * log(p[i])), -Rational(456, 100)), environment).value == -1


@pytest.mark.parametrize(
    ("goal", "value"),
    [
        (ExistsUnique(Eq(d.slope(x, gamma), 3), (x, Rational(1, 100), Rational(99, 100))), 1),
        (ExistsUnique(Eq(d.slope(x, gamma), 300), (x, Rational(1, 100), Rational(99, 100))), -1),
        (ExistsUnique(Eq(d.gain(x, gamma), Rational(11, 10)), (x, Rational(1, 100), Rational(99, 100))), -1),
        (ExistsUnique(Eq(x**2, y), (x, 1, 1)), 1),
        (ExistsUnique(Eq(x**2, y), (x, 0, 1)), 1),
        (ExistsUnique(Eq(x**2, y), (x, -1, 1)), -1),
        (ExistsUnique(Eq(x**2, y), (x, 2, 0)), -1),
    ],
)
def test_exactly_one_solution(goal, value):
    assert decide(goal, at(gamma=2, y=1)).value == value


def test_slope_inverse_is_solved_and_agrees_with_mpfr():
    goal = Eq(d.slope(d.slope_inverse(y, gamma), gamma), y)
    environment = at(y="1/7", gamma="5/2")
    assert decide(goal, environment).value == 1
    assert cross_check(goal, environment) is None


def test_minimizer_in_a_goal():
    optimum = Optimum(q, d.multiplier, p, gamma)
    masses = (Fraction(7, 10), Fraction(2, 10), Fraction(1, 10))
    environment = Environment({"gamma": Fraction(2)}, {"p": masses}, size=3)
    optimum.put(environment, False)
    goal = Every(Eq(q[i] / p[i], d.gain(q[i], gamma) / d.multiplier))
    decision = decide(goal, environment)
    assert decision.value == 1
    assert decision.agreed_digits >= 50
    assert cross_check(goal, environment) is None
    assert decide(Every(q[i] < p[i]), environment).value == -1


def test_a_power_of_an_exact_zero_is_exact_in_both_ways():
    """Else what is exactly 0 by Arb is a rounding error the other way."""
    goal = Le((x + y**2 + 1) ** 3 - (x + 1) ** 3, 0)
    environment = at(x="1/7", y=0)
    assert decide(goal, environment).value == 1
    assert cross_check(goal, environment) is None


def test_disagreement_of_mpfr_is_reported(monkeypatch):
    from focal_symbolic.claims.evaluate import crosscheck

    monkeypatch.setattr(crosscheck.FloatView, "log", lambda self, value: crosscheck.BallView.widen(self, value) * 0 + 1)
    monkeypatch.setattr(crosscheck.FloatView, "widen", lambda self, value: mpfr(1))
    assert "MPFR" in cross_check(Lt(log(x), x - 1), at(x=HALF))


@pytest.mark.parametrize("way", [1, -1])
def test_beyond_the_exponents_of_mpfr_mpmath_is_asked(monkeypatch, way):
    from focal_symbolic.claims.evaluate import libraries

    environment = at(y=way * 10**12)
    assert decide(Gt(exp(y), y), environment).value == 1
    assert cross_check(Gt(exp(y), y), environment) is None
    monkeypatch.setattr(libraries.MPMATH, "exp", lambda value: 2 * libraries.MPMATH.context.exp(value))
    assert "mpmath" in cross_check(Gt(exp(y), y), environment)


def test_no_global_precision_is_changed():
    before = mpmath.mp.prec, flint.ctx.prec, gmpy2.get_context().precision
    decide(Lt(log(x), x - 1), at(x=HALF), dps=200)
    cross_check(Lt(log(x), x - 1), at(x=HALF), dps=200)
    enclose_box(Lt(log(x), x - 1), ((x, Rational(1, 4), Rational(1, 2)),))
    assert (mpmath.mp.prec, flint.ctx.prec, gmpy2.get_context().precision) == before


def test_boxes_are_covered_refuted_or_left_undecided():
    box = ((x, Rational(1, 2**40), 1 - Rational(1, 2**40)),)
    assert enclose_box(Lt(log(x), x - 1), box).value == 1
    refuted = enclose_box(Lt(log(x), (x - 1) * Rational(1001, 1000)), box)
    assert refuted.value == -1
    assert "x" in refuted.where
    touching = enclose_box(Lt(x**2, x), ((x, 0, 1),), limit=200)
    assert touching.value <= 0
    stuck = enclose_box(Gt((x - Rational(1, 3)) ** 2, 0), ((x, Rational(1, 4), Rational(1, 2)),), limit=200)
    assert stuck.value == 0
    assert "undecided on x" in stuck.where


def test_a_box_that_touches_the_end_of_the_domain():
    box = ((x, Rational(1, 10**6), 1), (gamma, 0, 40))
    assert enclose_box(Ge(d.loss(x, gamma) + 1, Rational(1, 2)), box).value == 1


def test_a_false_point_inside_a_box_is_found():
    goal = Gt((x - Rational(1, 3)) ** 2, Rational(1, 10**4))
    assert enclose_box(goal, ((x, 0, 1),)).value == -1


def test_exact_text_keeps_the_number():
    assert exact_text(1 - Fraction(1, 10**300)) == "1 - 1/10^300"
    assert exact_text(Fraction(7, 10**30)) == "7/10^30"
    assert exact_text(Fraction(2, 3)) == "2/3"
    assert exact_text(Fraction(-3, 2**40000)) == "-3/(1*2^40000)"
    assert exact_text(Fraction(1, 3**20000)) == f"1/{mpz(3) ** 20000}"
    assert exact_text(1 - Fraction(1, 2**40000)) == "1 - 1/(1*2^40000)"
