"""Statements that are false, or undefined somewhere, and derivations of them that the kernel must refuse."""

import re

import pytest
from proving import prove
from sympy import Abs, Float, I, Mul, Piecewise, Pow, Rational, Sum, Symbol, exp, log, oo, pi, sqrt, zoo
from sympy.logic.boolalg import Or

from focal_symbolic.claims.variables.levels import Levels
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


def attack(goal, *assumptions, because):
    """Register a derivation of a goal that does not follow from the assumptions, and why it is refused."""

    def register(derivation):
        ATTACKS[derivation.__name__] = (derivation, goal, assumptions, because)
        return derivation

    return register


# -- undefined statements --------------------------------------------------------------------------------------------------


@attack(x * (1 / x + 1) >= 0, 1 + x > 0, because="the premises give")
def expansion_hides_a_pole(d):
    """x (1/x + 1) expands to 1 + x, but is undefined at x = 0."""
    d("weaken", d.goal, d.suppose(1 + x > 0))


@attack(lt(1 / x, 1 / x + 1), because="nothing shows x != 0, without which 1/x <= 0 is undefined")
def cases_of_an_undefined_number(d):
    """1/x <= 0 and 1/x > 0 leave out x = 0."""
    branches = [d("sign", d.goal, d.suppose(h)) for h in (1 / x <= 0, 1 / x > 0)]
    d("cases", d.goal, *branches, on=(1 / x <= 0, 1 / x > 0))


@attack(
    Equivalent(Gt(1 / x + y, y, evaluate=False), 1 / x > 0), because="nothing shows x != 0, without which 1/x < 0 is undefined"
)
def trichotomy_of_an_undefined_number(d):
    on = [kind(1 / x, 0, evaluate=False) for kind in (Lt, Eq, Gt)]
    branches = [d("combination", case.func(1 / x + y, y, evaluate=False), d.suppose(case), weights=(1,)) for case in on]
    d("trichotomy", d.goal, *branches, on=tuple(on))


@attack(Equivalent(x * (1 / x + 1) > 0, 1 + x > 0), because="nothing shows x != 0")
def trichotomy_with_an_undefined_conclusion(d):
    on = [kind(1 + x, 0, evaluate=False) for kind in (Lt, Eq, Gt)]
    d("trichotomy", d.goal, *(d.suppose(case) for case in on), on=tuple(on))


@attack(lt(1 / y, 1 / y + 1), because="the sign of")
def discharge_by_sign_alone(d):
    """1/y^2 > -1 has the right sign wherever it is defined."""
    given = d.suppose(lt(-1, 1 / y**2), lt(-1, Abs(1 / y)))[1]
    theorem = d("sign", d.goal, given)
    d("instance", d.goal, theorem, replace=())


@attack(Equivalent(Finite(Piecewise((0, 1 / x > 0), (oo, True))), 1 / x > 0), because="nothing shows x != 0")
def finite_value_of_undefined_conditions(d):
    d("finite_value", d.goal)


@attack(Equivalent(Finite(Piecewise((-oo, x > 0), (0, True))), y > 0), y > 0, because="-oo")
def minus_infinity_is_finite(d):
    d("finite_value", d.goal, d.suppose(y > 0))


@attack(lt((1 + 1 / x**2) ** a, (1 + 1 / x**2) ** b), a < b, because="the base is not shown to be positive")
def undefined_base(d):
    d("apply", d.goal, d.suppose(a < b), function="base", parameter=1 + 1 / x**2)


@attack(lt(0, 1 / c**2), because="is not shown to be nonnegative")
def bound_of_the_derivative_is_undefined(d):
    """The derivative is known for t > -1/c^2 only, which says that c is not 0."""
    rate = d("sign", lt(0, 1 / c**2), d.suppose(t > -1 / c**2))
    d("monotone", d.goal, rate, d("sign", lt(0, 1)), function=t / c**2, variable=t)


@attack(lt(Mul(Rational(1, 10), Float(10), evaluate=False), 2), because="kind Float")
def floats(d):
    d("sign", d.goal)


@attack(lt(I, I + 1), because="kind ImaginaryUnit")
def complex_numbers(d):
    d("sign", d.goal)


@attack(ge(-1, 0), because="kind ImaginaryUnit")
def square_of_the_imaginary_unit(d):
    d("instance", d.goal, d("sign", ge(x**2, 0)), replace=((x, I),))


@attack(lt(oo, oo), because="number is asked for")
def infinity_below_itself(d):
    d("instance", d.goal, d("sign", lt(x, x + 1)), replace=((x, oo),))


@attack(lt(zoo, zoo), because="kind ComplexInfinity")
def pole_below_itself(d):
    d("instance", d.goal, d("sign", lt(x, x + 1)), replace=((x, zoo),))


@attack(lt(Pow(-2, sqrt(2)), Pow(-2, sqrt(2)) + 1), because="balls do not show")
def constant_that_is_not_real(d):
    d("constant", d.goal)


@attack(lt(log(log(2) - 1), log(log(2) - 1) + 1), because="kind Pi")
def constant_with_the_logarithm_of_a_negative_number(d):
    d("constant", d.goal)


@attack(lt(I * pi, I * pi + 1), because="kind Pi")
def complex_constant(d):
    d("constant", d.goal)


@attack(Gt(Sum(exp(x), (i, 1, 0)), 0, evaluate=False), because="not over the alphabet")
def sum_over_nothing(d):
    d("sign", d.goal)


@attack(Gt(Symbol("z", positive=True), 0, evaluate=False), because="no real variable")
def assumption_hidden_in_a_symbol(d):
    d("sign", d.goal)


@attack(Eq(Abs(Symbol("z", positive=True)), Symbol("z", positive=True), evaluate=False), because="no real variable")
def absolute_value_of_a_positive_symbol(d):
    d("identity", d.goal)


@attack(ge(total(log(q[i]) ** 2), 0), q[i] > 0, because="nothing shows for every i: 0 < q[i]")
def template_defined_at_one_letter(d):
    squares = d("sign", ge(total(p[i] ** 2), 0))
    d("instance", d.goal, squares, d.suppose(q[i] > 0), replace=((p, (i, log(q[i]))),))


@attack(p[2] > 0, Every(p[i] > 0), because="2 is no letter")
def letter_beyond_the_alphabet(d):
    d("each", d.goal, d.suppose(Every(p[i] > 0)), at=2)


# -- captured variables ----------------------------------------------------------------------------------------------------


@attack(q[k] > p[k], Every(q[j] > p[i], j), because="the claim does not assume")
def renamed_letter_is_captured(d):
    """The hypothesis compares every q_j with one p_i."""
    d("each", d.goal, d.suppose(Every(q[i] > p[i], i)), at=k)


@attack(Gt(total(p[i] * q[i]), 0), Every(Gt(total(p[i] * q[j]), 0), j), because="the claim does not assume")
def renamed_letter_is_captured_by_a_sum(d):
    d("each", d.goal, d.suppose(Every(Gt(total(p[i] * q[i]), 0), i)), at=k)


@attack(ge(total(q[k] * r[k], k) ** 2, 0), because="the premises give")
def template_of_a_family_captures(d):
    """Not false, but reached by capture: the next one is."""
    d("instance", d.goal, d("sign", ge(p[k] ** 2, 0)), replace=((p, (i, total(q[k] * r[i], k))),))


@attack(Gt(total(q[k] * r[k], k), y), Every(Gt(total(q[k] * r[i], k), y)), because="the premises give")
def template_captures(d):
    one = d("each", Gt(p[k], y), d.suppose(Every(Gt(p[i], y))), at=k)
    d("instance", d.goal, one, replace=((p, (i, total(q[k] * r[i], k))),))


@attack(Eq(total(p[i] * r[k]), total(p[sigma[k]] * r[k], k)), Bijection(sigma), because="do not differ by a relabelling")
def relabelled_with_a_free_letter(d):
    d("relabel", d.goal)


@attack(
    Eq(total(exp(total(Abs(p[i] + q[j] + r[j]), j))), total(exp(total(Abs(p[i] + q[i] + r[j]), j)))),
    because="not shown to be equal",
)
def nested_sums_share_a_bound_name(d):
    d("identity", d.goal)


@attack(Eq(total(total(p[i] * q[j], j)), total(p[i] * q[j], j)), because="not shown to be equal")
def outer_sum_is_forgotten(d):
    d("identity", d.goal)


@attack(Eq(total(Abs(p[i] + q[Symbol("_x", integer=True)])), total(Abs(p[i] + q[i]))), because="is no name")
def free_letter_named_like_the_bound_one(d):
    d("identity", d.goal)


@attack(lt(total(p[i] * q[i]), total(p[i] * q[j])), Every(p[i] > 0), q[i] < q[j], because="the premises give")
def end_of_the_interval_is_captured(d):
    at = d("each", p[i] > 0, d.suppose(Every(p[i] > 0)), at=i)
    rate = d("sign", Gt(total(p[i]), 0), at)
    d("monotone", d.goal, rate, d.suppose(q[i] < q[j]), function=total(p[i] * t), variable=t)


@attack(
    lt(total(total(p[k], k) * q[i] + r[i]), total(total(p[k], k) * q[i] + r[i])),
    lt(total(p[k] * q[k], k) + r[k], total(p[k], k) * q[k] + r[k]),
    because="not the strict inequality",
)
def strict_letter_is_captured(d):
    """q_i sum p_k, written with q_i inside of the sum on one side, becomes another number at the letter k."""
    weak = d("identity", Eq(total(p[k] * q[i], k) + r[i], total(p[k], k) * q[i] + r[i]))
    weak = d("combination", Le(total(p[k] * q[i], k) + r[i], total(p[k], k) * q[i] + r[i]), weak, weights=(-1,))
    strict = d.suppose(lt(total(p[k] * q[k], k) + r[k], total(p[k], k) * q[k] + r[k]))
    strict = d(
        "sum_strictly", lt(total(total(p[k] * q[i], k) + r[i]), total(total(p[k], k) * q[i] + r[i])), weak, strict, over=i
    )


CAPTURED = (ge(total(-q[i] * q[i]), c), Le(total(-q[i] * q[j]), c, evaluate=False), q[i] <= q[j])
ENDS = (ge(total(-q[i] * r[i]), c), Le(total(-b * r[i]), c), q[i] <= b)


@attack(ExistsUnique(Eq(total(-x * r[i]), c), (x, q[i], b)), Every(r[i] > 0), q[i] > 0, *ENDS, because="falls continuously")
def end_of_the_root_is_captured(d):
    """The value at q_i is not the sum of -q_i r_i."""
    positive = d("each", r[j] > 0, d.suppose(Every(r[i] > 0)), at=j)
    weight = d("sign", lt(0, total(r[j], j)), positive)
    falls = d("combination", lt(total(-u * r[i]), total(-x * r[i])), d.suppose(x < u), weight, weights=(total(r[j], j),))
    d("root", d.goal, falls, *(d.suppose(end) for end in ENDS), d.suppose(q[i] > 0))


# -- what holds at one letter, or at one number ----------------------------------------------------------------------------


@attack(Ne(total(p[i]), total(q[i])), Every(Ne(p[i], q[i])), because="numbers that differ may have equal sums")
def sum_of_unequal_terms(d):
    d("sum_terms", d.goal, d("each", Ne(p[i], q[i]), d.suppose(Every(Ne(p[i], q[i]))), at=i), over=i)


@attack(Eq(total(q[i]), total(r[i])), Eq(q[i], r[i]), because="does not turn")
def equation_at_one_letter_under_a_sum(d):
    d("rewrite", d.goal, d.suppose(Eq(q[i], r[i])), d("sign", Eq(0, 0, evaluate=False)))


@attack(Eq(1 / x, 1 / y), Eq(x, y), because="does not turn")
def equation_of_undefined_numbers(d):
    d("rewrite", d.goal, d.suppose(Eq(x, y)), d("sign", Eq(0, 0, evaluate=False)))


@attack(Every(Eq(p[i] + 1 / x - 1 / y, p[i])), Eq(x, y), because="does not turn")
def undefined_number_under_a_quantifier(d):
    trivial = d("every", Every(Eq(p[i], p[i], evaluate=False)), d("identity", Eq(p[i], p[i], evaluate=False)))
    d("rewrite", d.goal, d.suppose(Eq(x, y)), trivial)


@attack(lt(total(Abs(q[i]) ** b), total(2 * Abs(q[i]) ** b)), Ne(q[i], 0), b >= 0, because="the sign of")
def power_at_another_letter(d):
    d("sign", d.goal, d.suppose(Ne(q[i], 0)), d.suppose(b >= 0))


@attack(Eq(total(p[j]), total(p[i])), Bijection(sigma), because="no real variable")
def bijection_replaced_by_a_constant(d):
    equal = d("relabel", Eq(total(p[sigma[i]]), total(p[i])))
    d("instance", d.goal, equal, replace=((sigma, (i, j)),))


@attack(lt(-1 / a, -1), a >= 0, a < 1, because="t is not arbitrary")
def continuity_from_a_premise_about_the_variable(d):
    rate = d("sign", 1 / t**2 > 0, d.suppose(t > 0))
    ordered, low = d.suppose(a < 1, a >= 0)
    grows = d("monotone", lt(-1 / a, -1), rate, ordered, low, d.suppose(t > 0), function=-1 / t, variable=t)
    d("instance", d.goal, grows, replace=((t, 1),))


@attack(lt(a**2, b**2), a < b, Every(q[i] > 0), because="not a variable")
def derivative_in_a_letter_of_a_family(d):
    """2 q_j > 0 is not known of every number."""
    rate = d("each", q[j] > 0, d.suppose(Every(q[i] > 0)), at=j)
    rate = d("combination", 2 * q[j] > 0, rate, weights=(2,))
    d("monotone", d.goal, rate, d.suppose(a < b), function=q[j] ** 2, variable=q[j])


@attack(lt(a, b), a < b, because="an argument is no number")
def derivative_in_an_index(d):
    """True here; but an index takes whole values only."""
    d("monotone", d.goal, d("sign", lt(0, 1)), d.suppose(a < b), function=i, variable=i)


@attack(ExistsUnique(Eq((x - u) ** 2, 1), (x, u - 1, u + 1)), u > 1, because="at two variables")
def parameter_that_is_the_second_variable(d):
    """(u - u)^2 < (x - u)^2 for x < u does not say that the square falls."""
    first, bound = d.suppose(lt(x, u), u > 1)
    falls = d("sign", lt((u - u) ** 2, (x - u) ** 2), first)
    above = d("sign", ge(Mul(1, 1), 1))
    below = d("sign", Le(1, 1, evaluate=False))
    ordered = d("weaken", Le(u - 1, u + 1, evaluate=False), d("sign", lt(u - 1, u + 1)))
    d("root", d.goal, falls, above, below, ordered, bound)


def root_of(d, f, c, a, b, *known, falls):
    """The last step: exactly one root of f = c in [a, b], with the values at the ends supposed."""
    above, below, ordered = ge(f.subs(x, a), c), Le(f.subs(x, b), c, evaluate=False), Le(a, b, evaluate=False)
    d("root", d.goal, falls, *d.suppose(above, below, ordered), *known)


@attack(ExistsUnique(Eq(1 / x, c), (x, a, b)), ge(1 / a, c), Le(1 / b, c, evaluate=False), a <= b, because="falls continuously")
def root_of_a_function_that_is_supposed_to_fall(d):
    """From 1/a to 1/b, 1/x jumps at 0 if a < 0 < b."""
    root_of(d, 1 / x, c, a, b, falls=d.suppose(lt(1 / u, 1 / x)))


@attack(ExistsUnique(Eq(-x, c), (x, a, b)), ge(-a, c), Le(-b, c, evaluate=False), a <= b, because="falls continuously")
def root_of_a_function_that_falls_in_steps(d):
    """The comparison is known at points 1 apart only."""
    near, far = d.suppose(lt(x, u), lt(x + 1, u))
    root_of(d, -x, c, a, b, falls=d("combination", lt(-u, -x), near, far, weights=(1, 0)))


@attack(ExistsUnique(Eq(total(-x * q[i]), c), (x, q[i], q[j])), Every(q[i] > 0), *CAPTURED, because="falls continuously")
def root_at_a_captured_letter(d):
    weight = d("sign", lt(0, total(q[k], k)), d("each", q[k] > 0, d.suppose(Every(q[i] > 0)), at=k))
    falls = lt(total(-u * q[i]), total(-x * q[i]))
    falls = d("combination", falls, d.suppose(lt(x, u)), weight, weights=(total(q[k], k),))
    d("root", d.goal, falls, *d.suppose(*CAPTURED))


@attack(Eq(1 / (x - 1), -1 / (1 - x)), because="not shown to be equal")
def pole_written_the_other_way(d):
    d("identity", d.goal)


@attack(Eq((x - 1) ** -3, (1 - x) ** -3), x > 1, because="not shown to be equal")
def odd_power_of_the_other_difference(d):
    d("identity", d.goal, d.suppose(x > 1))


@attack(
    Eq(total(1 / (p[i] - q[j])), total(1 / (p[j] - q[i]))), Every(p[i] > 2), Every(q[i] < 1), because="not shown to be equal"
)
def bound_letters_exchanged(d):
    letters = [
        d("each", part.xreplace({i: at}), d.suppose(Every(part)), at=at) for part in (p[i] > 2, q[i] < 1) for at in (i, j)
    ]
    d("identity", d.goal, *letters)


@attack(Eq(1 / (1 + 1 / ((x + 1) ** 2 - x**2 - 2 * x - 1)), 0), because="not shown to be equal")
def denominator_that_is_zero(d):
    """1/(1 + 1/0) is not 1/oo."""
    d("identity", d.goal)


LEVELS = Levels(p, ((3, 333), (1, 1)), (j, k)).assumptions


@attack(Eq(p[i], Rational(333, 1000)), *LEVELS, because="the premises give")
def level_of_any_letter(d):
    d("each", d.goal, d.suppose(LEVELS[4]), at=i)


@attack(lt(1, 0), *LEVELS, because="the claim does not assume")
def one_letter_of_both_levels(d):
    """The letters j and k of the hypotheses are not one letter."""
    equal = d("combination", Eq(p[j] - p[k], Rational(332, 1000)), *d.suppose(*LEVELS[5:]), weights=(1, -1))
    equal = d("instance", Eq(p[k] - p[k], Rational(332, 1000), evaluate=False), equal, replace=((j, k),))
    never = d("combination", lt(0, 0), equal, d("sign", lt(0, Rational(332, 1000))), weights=(1, 1))
    d("absurd", d.goal, never)


@attack(lt(y, 0), Or(lt(y, 1), lt(y, 0)), because="a branch uses no alternative")
def one_branch_for_both_parts(d):
    negative = d.suppose(lt(y, 0))
    d("either", d.goal, d.suppose(Or(lt(y, 1), lt(y, 0))), negative, negative)


@attack(Gt(total(q[i] ** 2), 0), q[j] > 0, because="the sign of")
def fact_about_one_letter_under_a_sum(d):
    d("sign", d.goal, d.suppose(q[j] > 0))


@attack(Gt(total(q[i]), 0), q[i] > 0, because="the sign of")
def fact_about_the_letter_of_the_same_name(d):
    d("sign", d.goal, d.suppose(q[i] > 0))


@attack(Every(q[i] > 0), q[i] > 0, because="the premises give")
def generalised_hypothesis(d):
    d("every", d.goal, d.suppose(q[i] > 0))


@attack(Gt(x, 0), Or(x > 0, y > 0), because="the sign of")
def disjunction(d):
    d("sign", d.goal, d.suppose(Or(x > 0, y > 0)))


@attack(Implies(1 / x > y, lt(1 / x, 1 / x + 1)), because="nothing shows x != 0")
def implication_from_an_undefined_statement(d):
    d("implication", d.goal, d("sign", lt(1 / x, 1 / x + 1), d.suppose(1 / x > y)))


@attack(Gt(x**gamma, 0), x >= 0, gamma >= 0, because="the sign of")
def power_of_zero(d):
    d("sign", d.goal, d.suppose(x >= 0), d.suppose(gamma >= 0))


@attack(Eq(log(x * y), log(x) + log(y)), x * y > 0, because="not shown to be equal")
def logarithm_of_a_product(d):
    d("identity", d.goal, d.suppose(x * y > 0))


@attack(Eq(sqrt(x**2), x), because="not shown to be equal")
def root_of_a_square(d):
    d("identity", d.goal)


@attack(lt(2, log(1 + Rational(1, 10**20))), because="balls do not show")
def wrong_sign_of_a_tiny_constant(d):
    d("constant", d.goal)


@attack(lt(0, log(1 - Rational(1, 10**200))), because="balls do not show")
def constant_below_the_precision(d):
    d("constant", d.goal)


@attack(lt(1, 0), lt(x, 0), lt(0, x), Every(x > 0), because="not this combination")
def not_a_contradiction_in_the_claim(d):
    """Contradictory hypotheses may prove anything, but only under themselves."""
    d("combination", d.goal, d.suppose(lt(x, 0)), d.suppose(lt(0, x)), weights=(1, 1))


@pytest.mark.parametrize("name", ATTACKS)
def test_refused(name):
    derivation, goal, assumptions, because = ATTACKS[name]
    with pytest.raises(Rejected, match=re.escape(because)):
        prove(derivation, goal, *assumptions)
