"""Statements that are false, or undefined somewhere, and derivations of them that the kernel must refuse."""

import pytest
from proving import prove
from sympy import Abs, Float, I, Mul, Piecewise, Pow, Rational, Sum, Symbol, exp, log, oo, pi, sqrt, zoo
from sympy.logic.boolalg import Or

from focal_symbolic.definitions import gamma
from focal_symbolic.errors import Rejected
from focal_symbolic.language import (
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
    j,
    k,
    letters,
    n,
    real,
    total,
)

p, q, r = array("p"), array("q"), array("r")
sigma = letters("sigma")
a, b, c, t, u, x, y = map(real, "abctuxy")


def lt(left, right):
    return Lt(left, right, evaluate=False)


def ge(left, right):
    return Ge(left, right, evaluate=False)


ATTACKS = {}


def attack(goal, *assumptions):
    """Register a derivation of a goal that does not follow from the assumptions."""

    def register(derivation):
        ATTACKS[derivation.__name__] = (derivation, goal, assumptions)
        return derivation

    return register


# -- undefined statements --------------------------------------------------------------------------------------------------


@attack(x * (1 / x + 1) >= 0, 1 + x > 0)
def expansion_hides_a_pole(d):
    """x (1/x + 1) expands to 1 + x, but is undefined at x = 0."""
    d("weaken", d.goal, d.suppose(1 + x > 0))


@attack(Ne(1 / x, 0))
def cases_of_an_undefined_number(d):
    """1/x <= 0 and 1/x > 0 leave out x = 0."""
    branches = [d("sign", d.goal, d.suppose(h)) for h in (1 / x <= 0, 1 / x > 0)]
    d("cases", d.goal, *branches, on=(1 / x <= 0, 1 / x > 0))


@attack(Equivalent(1 / x + 1 / x**3 > 0, 1 / x > 0))
def trichotomy_of_an_undefined_number(d):
    goal = 1 / x + 1 / x**3
    branches = []
    for kind in (Lt, Eq, Gt):
        one = d.suppose(kind(1 / x, 0, evaluate=False))
        cube = d("sign", kind(1 / x**3, 0, evaluate=False), one)
        branches.append(d("sign", kind(goal, 0, evaluate=False), one, cube))
    d("trichotomy", d.goal, *branches, on=tuple(kind(1 / x, 0, evaluate=False) for kind in (Lt, Eq, Gt)))


@attack(Ne(1 / y, 0))
def discharge_of_an_undefined_hypothesis(d):
    """1/y^2 > 0 has the right sign wherever it is defined."""
    theorem = d("sign", d.goal, d.suppose(Gt(1 / y**2, 0), Ne(1 / y, 0))[1])
    d("instance", d.goal, theorem, replace=())


@attack(Ne(1 / y, 0))
def discharge_by_sign_alone(d):
    given = d.suppose(1 / y**2 + 1 > 0)
    theorem = d("sign", d.goal, given)
    d("instance", d.goal, theorem, replace=())


@attack(Equivalent(Finite(Piecewise((0, 1 / x > 0), (oo, True))), 1 / x > 0))
def finite_value_of_undefined_conditions(d):
    d("finite_value", d.goal)


@attack(Equivalent(Finite(Piecewise((-oo, x > 0), (0, True))), y > 0), y > 0)
def minus_infinity_is_finite(d):
    d("finite_value", d.goal, d.suppose(y > 0))


@attack(lt((1 + 1 / x**2) ** a, (1 + 1 / x**2) ** b), a < b)
def undefined_base(d):
    d("apply", d.goal, d.suppose(a < b), function="base", parameter=1 + 1 / x**2)


@attack(lt(0, 1 / c**2))
def bound_of_the_derivative_is_undefined(d):
    """The derivative is known for t > -1/c^2 only, which says that c is not 0."""
    rate = d("sign", lt(0, 1 / c**2), d.suppose(t > -1 / c**2))
    d("monotone", d.goal, rate, d("sign", lt(0, 1)), function=t / c**2, variable=t)


@attack(lt(Mul(Rational(1, 10), Float(10), evaluate=False), 2))
def floats(d):
    d("sign", d.goal)


@attack(lt(I, I + 1))
def complex_numbers(d):
    d("sign", d.goal)


@attack(ge(-1, 0))
def square_of_the_imaginary_unit(d):
    d("instance", d.goal, d("sign", ge(x**2, 0)), replace=((x, I),))


@attack(lt(oo, oo))
def infinity_below_itself(d):
    d("instance", d.goal, d("sign", lt(x, x + 1)), replace=((x, oo),))


@attack(lt(zoo, zoo))
def pole_below_itself(d):
    d("instance", d.goal, d("sign", lt(x, x + 1)), replace=((x, zoo),))


@attack(lt(Pow(-2, sqrt(2)), Pow(-2, sqrt(2)) + 1))
def constant_that_is_not_real(d):
    d("constant", d.goal)


@attack(lt(log(log(2) - 1), log(log(2) - 1) + 1))
def constant_with_the_logarithm_of_a_negative_number(d):
    d("constant", d.goal)


@attack(lt(I * pi, I * pi + 1))
def complex_constant(d):
    d("constant", d.goal)


@attack(Gt(Sum(exp(x), (i, 1, 0)), 0))
def sum_over_nothing(d):
    d("sign", d.goal)


@attack(Gt(Symbol("z", positive=True), 0, evaluate=False))
def assumption_hidden_in_a_symbol(d):
    d("sign", d.goal)


@attack(Eq(Abs(Symbol("z", positive=True)), Symbol("z", positive=True), evaluate=False))
def absolute_value_of_a_positive_symbol(d):
    d("identity", d.goal)


@attack(ge(total(log(q[i]) ** 2), 0), q[i] > 0)
def template_defined_at_one_letter(d):
    squares = d("sign", ge(total(p[i] ** 2), 0))
    d("instance", d.goal, squares, d.suppose(q[i] > 0), replace=((p, (i, log(q[i]))),))


@attack(p[2] > 0, Every(p[i] > 0))
def letter_beyond_the_alphabet(d):
    d("each", d.goal, d.suppose(Every(p[i] > 0)), at=2)


# -- captured variables ----------------------------------------------------------------------------------------------------


@attack(q[j] > p[i], Every(q[i] > p[i]))
def renamed_letter_is_captured(d):
    d("each", d.goal, d.suppose(Every(q[j] > p[i], j)), at=j)


@attack(Gt(total(p[i] * q[j]), 0), Every(Gt(total(p[i] * q[i]), 0), k))
def renamed_letter_is_captured_by_a_sum(d):
    d("each", d.goal, d.suppose(Every(Gt(total(p[i] * q[j]), 0), j)), at=j)


@attack(Every(Gt(total(p[i] * q[i]), 0), i), Every(Gt(total(p[i] * q[j]), 0), j))
def renaming_into_a_sum(d):
    given = d.suppose(Every(Gt(total(p[i] * q[i]), 0), i))
    d("each", Gt(total(p[i] * q[i]), 0), given, at=k)
    d("every", d.goal, 1)


@attack(ge(total(q[k] * r[k], k) ** 2, 0))
def template_of_a_family_captures(d):
    """Not false, but reached by capture: the next one is."""
    d("instance", d.goal, d("sign", ge(p[k] ** 2, 0)), replace=((p, (i, total(q[k] * r[i], k))),))


@attack(Eq(total(q[k] * r[k], k), y), Eq(total(q[k], k) * r[k], y))
def template_captures(d):
    equal = d("instance", Eq(p[k], p[k], evaluate=False), d("identity", Eq(x, x, evaluate=False)), replace=((x, p[k]),))
    mixed = Eq(total(q[k] * r[k], k), total(q[k], k) * r[k])
    wrong = d("instance", mixed, equal, replace=((p, (i, total(q[k] * r[i], k))),))
    d("rewrite", d.goal, wrong, d.suppose(Eq(total(q[k], k) * r[k], y)))


@attack(Eq(total(p[i] * r[k]), total(p[sigma[k]] * r[k], k)), Bijection(sigma))
def relabelled_with_a_free_letter(d):
    d("relabel", d.goal)


@attack(
    Eq(
        total(total(Abs(p[i] + q[j] + r[j]), j)),
        total(total(Abs(p[i] + q[i] + r[j]), j)),
    )
)
def nested_sums_share_a_bound_name(d):
    d("identity", d.goal)


@attack(Eq(total(Abs(p[i] + q[Symbol("_x", integer=True)])), total(Abs(p[i] + q[i]))))
def free_letter_named_like_the_bound_one(d):
    d("identity", d.goal)


@attack(lt(total(p[i] * q[i]), total(p[i] * q[j])), Every(p[i] > 0), q[i] < q[j])
def end_of_the_interval_is_captured(d):
    at = d("each", p[i] > 0, d.suppose(Every(p[i] > 0)), at=i)
    rate = d("sign", Gt(total(p[i]), 0), at)
    d("monotone", d.goal, rate, d.suppose(q[i] < q[j]), function=total(p[i] * t), variable=t)


@attack(
    lt(total(total(p[k] * q[i], k)), total(total(r[k] * q[i], k))),
    Every(Every(Le(total(p[k] * q[i], k), total(r[k] * q[i], k)))),
    lt(total(p[k] * q[k], k), total(r[k] * q[k], k)),
)
def strict_letter_is_captured(d):
    weak = d.suppose(Every(Every(Le(total(p[k] * q[i], k), total(r[k] * q[i], k)))))
    inner = d("each", Every(Le(total(p[k] * q[i], k), total(r[k] * q[i], k))), weak, at=j)
    at = d("each", Le(total(p[k] * q[i], k), total(r[k] * q[i], k)), inner, at=i)
    strict = d.suppose(lt(total(p[k] * q[k], k) + 0 * p[k], total(r[k] * q[k], k)))
    d("sum_strictly", d.goal, at, strict, over=i)


@attack(
    ExistsUnique(Eq(total(x * q[i]), c), (x, q[i], b)),
    Every(q[i] > 0),
    ge(total(q[i] * q[i]), c),
    Le(total(b * q[i]), c),
    q[i] <= b,
)
def end_of_the_root_is_captured(d):
    """f(q_i) is not the sum of q_i q_i."""
    positive = d("each", q[i] > 0, d.suppose(Every(q[i] > 0)), at=i)
    pair = d.suppose(x < u)
    falls = d("combination", lt(total(u * q[i]), total(x * q[i])), pair, positive, weights=(-total(q[i]),))
    ends = [d.suppose(h) for h in d_assumed]
    d("root", d.goal, falls, *ends, positive)


d_assumed = (ge(total(q[i] * q[i]), c), Le(total(b * q[i]), c), q[i] <= b)


# -- what holds at one letter, or at one number ----------------------------------------------------------------------------


@attack(Ne(total(p[i]), 0), Every(Ne(p[i], 0)))
def sum_of_unequal_terms(d):
    d("sum_terms", d.goal, d("each", Ne(p[i], 0), d.suppose(Every(Ne(p[i], 0))), at=i), over=i)


@attack(Eq(total(p[j]), total(p[i])), Bijection(sigma))
def bijection_replaced_by_a_constant(d):
    equal = d("relabel", Eq(total(p[sigma[i]]), total(p[i])))
    d("instance", d.goal, equal, replace=((sigma, (i, j)),))


@attack(lt(-1 / a, -1), a >= 0, a < 1)
def continuity_from_a_premise_about_the_variable(d):
    rate = d("sign", 1 / t**2 > 0, d.suppose(t > 0))
    ordered, low = d.suppose(a < 1, a >= 0)
    grows = d("monotone", lt(-1 / a, -1), rate, ordered, low, d.suppose(t > 0), function=-1 / t, variable=t)
    d("instance", d.goal, grows, replace=((t, 1),))


@attack(lt(a**2, b**2), a < b, Every(q[i] > 0))
def derivative_in_a_letter_of_a_family(d):
    """2 q_j > 0 is not known of every number."""
    rate = d("each", q[j] > 0, d.suppose(Every(q[i] > 0)), at=j)
    rate = d("combination", 2 * q[j] > 0, rate, weights=(2,))
    d("monotone", d.goal, rate, d.suppose(a < b), function=q[j] ** 2, variable=q[j])


@attack(lt(a, b), a < b)
def derivative_in_an_index(d):
    """True here; but an index takes whole values only."""
    d("monotone", d.goal, d("sign", lt(0, 1)), d.suppose(a < b), function=i, variable=i)


@attack(ExistsUnique(Eq((x - u) ** 2, 1), (x, u - 1, u + 1)), u > 1)
def parameter_that_is_the_second_variable(d):
    """(u - u)^2 < (x - u)^2 for x < u does not say that the square falls."""
    first, bound = d.suppose(lt(x, u), u > 1)
    falls = d("sign", lt((u - u) ** 2, (x - u) ** 2), first)
    above = d("sign", ge(Mul(1, 1), 1))
    below = d("sign", Le(1, 1, evaluate=False))
    ordered = d("weaken", Le(u - 1, u + 1, evaluate=False), d("sign", lt(u - 1, u + 1)))
    d("root", d.goal, falls, above, below, ordered, bound)


@attack(Ne(Sum(Abs(q[i]) ** 0, (i, 1, n)), 0), Ne(q[i], 0))
def always_true(d):
    d("sign", d.goal)


@attack(Gt(total(q[i] ** 2), 0), q[j] > 0)
def fact_about_one_letter_under_a_sum(d):
    d("sign", d.goal, d.suppose(q[j] > 0))


@attack(Gt(total(q[i]), 0), q[i] > 0)
def fact_about_the_letter_of_the_same_name(d):
    d("sign", d.goal, d.suppose(q[i] > 0))


@attack(Every(q[i] > 0), q[i] > 0)
def generalised_hypothesis(d):
    d("every", d.goal, d.suppose(q[i] > 0))


@attack(Gt(x, 0), Or(x > 0, y > 0))
def disjunction(d):
    d("sign", d.goal, d.suppose(Or(x > 0, y > 0)))


@attack(Implies(1 / x**2 > -1, x**2 > 0))
def implication_from_an_undefined_statement(d):
    given = d.suppose(1 / x**2 > -1)
    d("implication", d.goal, d("sign", x**2 > 0, given))


@attack(Gt(x**gamma, 0), x >= 0, gamma >= 0)
def power_of_zero(d):
    d("sign", d.goal, d.suppose(x >= 0), d.suppose(gamma >= 0))


@attack(Eq(log(x * y), log(x) + log(y)), x * y > 0)
def logarithm_of_a_product(d):
    d("identity", d.goal, d.suppose(x * y > 0))


@attack(Eq(sqrt(x**2), x))
def root_of_a_square(d):
    d("identity", d.goal)


@attack(lt(2, log(1 + Rational(1, 10**20))))
def wrong_sign_of_a_tiny_constant(d):
    d("constant", d.goal)


@attack(lt(0, log(1 - Rational(1, 10**200))))
def constant_below_the_precision(d):
    d("constant", d.goal)


@attack(lt(1, 0), lt(x, 0), lt(0, x), Every(x > 0))
def not_a_contradiction_in_the_claim(d):
    """Contradictory hypotheses may prove anything, but only under themselves."""
    d("combination", d.goal, d.suppose(lt(x, 0)), d.suppose(lt(0, x)), weights=(1, 1))


@pytest.mark.parametrize("name", ATTACKS)
def test_refused(name):
    derivation, goal, assumptions = ATTACKS[name]
    with pytest.raises(Rejected):
        prove(derivation, goal, *assumptions)
