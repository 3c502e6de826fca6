"""Rules of values in (-oo, +oo]: what each accepts, and what it must refuse."""

import pytest
from proving import refused, term, terms, theorem
from sympy import Piecewise, log, oo

from focal_symbolic.language import And, Eq, Equivalent, Every, Finite, Implies, Ne, Or, array, i, j, k, real, total
from focal_symbolic.logic.terms import INFINITY, ONE, TRUE, ZERO, eq, ipow, le, lt, mk, mul, ne, rat

p, q = array("p"), array("q")
c, x, y = map(real, "cxy")
X = mk("var", "x")
VALUE = Piecewise((0, Eq(x, 0)), (oo, Eq(y, 0)), (x * log(y), True))
INVERSE = ipow(X, -1)


def by_cases(*parts):
    """A value by cases of terms: number, case, ..., and the number where none of the cases holds."""
    return mk("cases", *parts, TRUE)


def iff(value, condition):
    return mk("iff", mk("finite", value), condition)


# -- finite_value ----------------------------------------------------------------------------------------------------------


def test_finite_value():
    goal = Equivalent(Finite(VALUE), Implies(x > 0, y > 0))
    assert theorem("finite_value", goal, x >= 0, y >= 0).hypotheses == terms(x >= 0, y >= 0)
    assert theorem("finite_value", Equivalent(Finite(VALUE), Or(y > 0, x <= 0)), x >= 0, y >= 0).conclusion
    refused("nothing shows|fails for some signs", "finite_value", goal, x >= 0)
    refused("fails for some signs", "finite_value", goal, y >= 0)
    refused("fails for some signs", "finite_value", Equivalent(Finite(VALUE), y > 0), x >= 0, y >= 0)
    refused("does not say when a value is finite", "finite_value", Implies(Finite(VALUE), y > 0), x >= 0, y >= 0)
    refused("does not say when a value is finite", "finite_value", Equivalent(x > 0, y > 0), x >= 0, y >= 0)
    refused("not a Boolean of comparisons", "finite_value", Equivalent(Finite(VALUE), Every(q[i] > 0)), x >= 0, y >= 0)


def test_the_sides_of_a_finite_value_may_be_exchanged():
    value = by_cases(INFINITY, lt(X, ZERO), ZERO)
    condition = le(ZERO, X)
    assert theorem("finite_value", iff(value, condition)).hypotheses == frozenset()
    assert theorem("finite_value", mk("iff", condition, mk("finite", value))).hypotheses == frozenset()


@pytest.mark.parametrize(
    "condition",
    [
        And(x >= 0, Ne(x, 0)),
        Or(x > 0, And(x > 0, x < 0)),
        Implies(x <= 0, x > 0),
        term(x > 0),
        mk("not", le(X, ZERO)),
        mk("and", TRUE, lt(ZERO, X)),
        mk("or", mk("not", TRUE), lt(ZERO, X)),
    ],
)
def test_conditions_are_read_as_booleans_of_comparisons(condition):
    value = by_cases(INFINITY, le(X, ZERO), ZERO)
    assert theorem("finite_value", iff(value, term(condition))).hypotheses == frozenset()
    refused("fails for some signs", "finite_value", iff(by_cases(INFINITY, lt(X, ZERO), ZERO), term(condition)))
    refused("fails for some signs", "finite_value", iff(by_cases(ZERO, le(X, ZERO), INFINITY), term(condition)))


def test_signs_are_narrowed_by_what_is_known():
    value = by_cases(INFINITY, lt(X, ZERO), ZERO)
    assert theorem("finite_value", iff(value, TRUE), x >= 0).hypotheses == terms(x >= 0)
    assert theorem("finite_value", iff(value, le(ZERO, ONE)), x > 0).hypotheses == terms(x > 0)
    assert theorem("finite_value", iff(value, mk("not", TRUE)), x < 0).hypotheses == terms(x < 0)
    refused("fails for some signs", "finite_value", iff(value, TRUE))
    refused("fails for some signs", "finite_value", iff(value, TRUE), c >= 0)
    refused("fails for some signs", "finite_value", iff(value, TRUE), x <= 0)


@pytest.mark.parametrize(("known", "finite"), [(x < 0, TRUE), (x > 0, TRUE), (Ne(x, 0), TRUE), (Eq(x, 0), mk("not", TRUE))])
def test_each_set_of_signs_is_told_from_those_that_hold_it(known, finite):
    value = by_cases(INFINITY, eq(X, ZERO), ZERO)
    assert theorem("finite_value", iff(value, finite), known).hypotheses == terms(known)
    refused("fails for some signs", "finite_value", iff(value, finite))


def test_numbers_that_are_compared_both_ways_are_counted_once():
    numbers = [mk("var", name) for name in "abcdef"]
    value = by_cases(INFINITY, mk("or", *(lt(v, ZERO) for v in numbers)), ZERO)
    assert theorem("finite_value", iff(value, mk("and", *(le(ZERO, v) for v in numbers)))).hypotheses == frozenset()


def test_numbers_that_are_one_up_to_the_sign_have_one_sign():
    value = by_cases(INFINITY, lt(X, ONE), ZERO)
    assert theorem("finite_value", iff(value, le(ONE, X))).hypotheses == frozenset()
    assert theorem("finite_value", iff(value, mk("not", lt(mul(rat(1), X), ONE)))).hypotheses == frozenset()
    refused("fails for some signs", "finite_value", iff(value, le(rat(2), mul(rat(2), X))))  # twice the number is another


def test_the_first_case_that_holds_counts():
    value = by_cases(ZERO, lt(ZERO, X), INFINITY, le(ZERO, X), ONE)
    assert theorem("finite_value", iff(value, ne(X, ZERO))).hypotheses == frozenset()
    refused("fails for some signs", "finite_value", iff(value, lt(X, ZERO)))
    other = by_cases(INFINITY, le(ZERO, X), ZERO, lt(ZERO, X), ONE)
    assert theorem("finite_value", iff(other, lt(X, ZERO))).hypotheses == frozenset()
    refused("fails for some signs", "finite_value", iff(other, ne(X, ZERO)))


def test_a_sign_of_an_undefined_number_is_not_narrowed():
    """Nothing shows that 1/x is a number, so neither that it is not negative."""
    square = ipow(INVERSE, 2)
    value = by_cases(INFINITY, lt(square, ZERO), ZERO)
    refused("nothing shows x != 0|fails", "finite_value", iff(value, TRUE))
    assert theorem("finite_value", iff(value, TRUE), Ne(x, 0)).hypotheses == terms(Ne(x, 0))
    hidden = by_cases(INFINITY, eq(mul(ZERO, ipow(ZERO, -1)), ONE), ZERO)
    refused("nothing shows 0 != 0|fails", "finite_value", iff(hidden, TRUE))


def test_cases_are_defined_where_they_count():
    """A later case, and a number, need to be defined only where no earlier case holds; the condition everywhere."""
    guarded = by_cases(INFINITY, eq(X, ZERO), mk("log", ipow(X, 2)))
    assert theorem("finite_value", iff(guarded, ne(X, ZERO))).hypotheses == frozenset()
    refused("nothing shows x = 0 => 0 < x", "finite_value", iff(by_cases(mk("log", X), eq(X, ZERO), INFINITY), eq(X, ZERO)))
    later = by_cases(ZERO, eq(X, ZERO), ZERO, lt(ZERO, ipow(INVERSE, 2)), INFINITY)
    assert theorem("finite_value", iff(later, TRUE), Ne(x, 0)).hypotheses == terms(Ne(x, 0))
    undefined = mk("or", eq(X, ZERO), lt(ZERO, INVERSE), le(INVERSE, ZERO))
    refused("nothing shows x != 0", "finite_value", iff(by_cases(ZERO, eq(X, ZERO), ONE), undefined))


def test_at_most_so_many_numbers_are_compared():
    seven = [lt(ZERO, mk("var", f"x{k}")) for k in range(7)]
    value = by_cases(INFINITY, mk("and", *seven), ZERO)
    refused("too many numbers", "finite_value", iff(value, mk("not", mk("and", *seven))))
    value = by_cases(INFINITY, mk("and", *seven[:6]), ZERO)
    assert theorem("finite_value", iff(value, mk("not", mk("and", *seven[:6])))).hypotheses == frozenset()


def test_what_is_not_by_cases_is_no_value_by_cases():
    """A sum of values by cases is finite by another rule, and oo by none."""
    whole = mk("esum", by_cases(INFINITY, lt(mk("entry", "p", mk("bletter", 0)), ZERO), ZERO))
    refused("is not a value by cases", "finite_value", iff(whole, TRUE))
    refused("is not a value by cases", "finite_value", iff(INFINITY, mk("not", TRUE)))


def test_each_value_is_a_number_or_oo():
    """A value by cases, or a sum of them, in the place of a value may be oo itself."""
    nested = by_cases(INFINITY, lt(ZERO, ONE), INFINITY)
    for inner in (nested, mk("esum", nested)):
        value = by_cases(inner, lt(ZERO, ONE), ZERO)
        for condition in (lt(ZERO, ONE), TRUE, mk("not", TRUE)):
            refused("number or oo|neither", "finite_value", iff(value, condition))


# -- finite_sum ------------------------------------------------------------------------------------------------------------


def test_finite_sum():
    value = VALUE.xreplace({x: p[i], y: q[i]})
    one = Equivalent(Finite(value), q[i] > 0)
    at_each = theorem("each", one, Every(one), at=i)
    goal = Equivalent(Finite(total(value)), Every(q[i] > 0))
    assert theorem("finite_sum", goal, at_each).hypotheses == terms(Every(one))
    turned = mk("iff", term(goal).args[1], term(goal).args[0])
    assert theorem("finite_sum", turned, at_each).hypotheses == terms(Every(one))
    refused("the premises give", "finite_sum", goal, one)  # i is not arbitrary
    refused("does not say when a value is finite", "finite_sum", goal, Every(q[i] > 0))
    refused("does not say when a value is finite", "finite_sum", goal, Equivalent(q[i] > 0, p[i] > 0))
    refused("the premises give", "finite_sum", Implies(Finite(total(value)), Every(q[i] > 0)), at_each)
    refused("the premises give", "finite_sum", Equivalent(Finite(total(value)), x > 0), at_each)
    refused("the premises give", "finite_sum", Equivalent(Finite(total(value)), Every(q[i] >= 0)), at_each)
    refused("the premises give", "finite_sum", Equivalent(Finite(total(value)), q[i] > 0), at_each)


def test_finite_sum_over_the_letter_that_is_arbitrary():
    value = Piecewise((oo, p[i] < q[j]), (0, True))
    one = Equivalent(Finite(value), q[j] <= p[i])
    over_i = theorem("finite_value", one)
    for at, other in ((i, j), (j, i)):
        goal = Equivalent(Finite(total(value, at)), Every(q[j] <= p[i], at))
        assert theorem("finite_sum", goal, over_i).hypotheses == frozenset(), other
    mixed = Equivalent(Finite(total(value, i)), Every(q[k] <= p[i], i))
    refused("the premises give", "finite_sum", mixed, over_i)
