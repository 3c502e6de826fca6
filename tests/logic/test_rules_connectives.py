"""Rules of propositional logic: what each accepts, and what it must refuse."""

import pytest
from proving import refused, term, terms, theorem
from sympy import Abs, exp, log

from focal_symbolic.language import (
    And,
    Eq,
    Equivalent,
    Every,
    ExistsUnique,
    Gt,
    Implies,
    Le,
    Lt,
    Ne,
    Or,
    array,
    i,
    real,
)
from focal_symbolic.logic.terms import ONE, ZERO, eq, ipow, lt, mk, mul, ne

q = array("q")
a, b, c, u, x, y = map(real, "abcuxy")
X = mk("var", "x")
INVERSE = ipow(X, -1)


def below(left, right):
    return Lt(left, right, evaluate=False)


def at_most(left, right):
    return Le(left, right, evaluate=False)


def equal(left, right):
    return Eq(left, right, evaluate=False)


def test_hypothesis():
    made = theorem("hypothesis", x < 1)
    assert (made.hypotheses, made.conclusion, made.evidence) == (terms(x < 1), term(x < 1), {"exact"})
    refused("does not apply", "hypothesis", x < 1, x < 1)


def test_a_hypothesis_is_defined_by_assumption():
    undefined = eq(INVERSE, INVERSE)
    assert theorem("hypothesis", undefined).hypotheses == {undefined}


# -- cases -----------------------------------------------------------------------------------------------------------------


def absolute_under(case):
    """x <= |x| under a case that it does not need, but uses."""
    whole = theorem("absolute_value", at_most(x, Abs(x)))
    return theorem("combination", at_most(x, Abs(x)), whole, case, weights=(1, 0))


def test_cases():
    branches = [absolute_under(x >= 0), absolute_under(x < 0)]
    made = theorem("cases", at_most(x, Abs(x)), *branches, on=(x >= 0, x < 0))
    assert made.hypotheses == frozenset()
    for on, match in (
        ((x > 0, x < 0), "leave a gap"),
        ((x >= 0,), "does not compare the same two numbers"),
        ((), "each case needs one branch"),
        ((x >= 0, x < 0, x < 1), "each case needs one branch"),
        ((x >= 0, y < 0), "same two numbers"),
        ((x < 0, x >= 0), "does not use its case"),
        ((Every(q[i] > 0), x >= 0), "not a relation"),
    ):
        refused(match, "cases", at_most(x, Abs(x)), *branches, on=on)
    refused("a branch gives", "cases", at_most(-x, Abs(x)), *branches, on=(x >= 0, x < 0))


def test_cases_with_the_rest_excluded():
    branches = [absolute_under(x > 0), absolute_under(x < 0)]
    made = theorem("cases", at_most(x, Abs(x)), *branches, Ne(x, 0), on=(x > 0, x < 0))
    assert made.hypotheses == terms(Ne(x, 0))
    made = theorem("cases", at_most(x, Abs(x)), branches[0], x > 0, on=(x > 0,))
    assert made.hypotheses == terms(x > 0)
    refused("does not compare the same", "cases", at_most(x, Abs(x)), *branches, Ne(x, 1), on=(x > 0, x < 0))
    refused("leave a gap", "cases", at_most(x, Abs(x)), *branches, x >= 0, on=(x > 0, x < 0))
    refused("each case needs one branch", "cases", at_most(x, Abs(x)), *branches, x >= 0, x >= 0, on=(x > 0, x < 0))


def test_a_case_may_be_written_otherwise():
    branches = [absolute_under(x >= 0), absolute_under(x < 0)]
    on = (at_most(0, 2 * x - x), below(x, 0))
    assert theorem("cases", at_most(x, Abs(x)), *branches, on=on).hypotheses == frozenset()
    refused("does not use its case|same two numbers", "cases", at_most(x, Abs(x)), *branches, on=(2 * x >= 0, x < 0))


def test_cases_of_an_undefined_number_leave_a_gap():
    positive, other = lt(ZERO, INVERSE), mk("le", INVERSE, ZERO)
    stated = lt(ZERO, mk("add", INVERSE, mul(INVERSE, INVERSE), mul(INVERSE, INVERSE), ONE))
    branches = [theorem("sign", lt(ZERO, mk("add", mul(INVERSE, INVERSE), ONE)), case) for case in (positive, other)]
    refused("nothing shows x != 0", "cases", branches[0].conclusion, *branches, on=(positive, other))
    refused("a branch gives", "cases", stated, *branches, on=(positive, other))


def test_what_every_branch_has_shown_is_handed_on():
    """Both branches know that x is not 0; which of them holds does not matter."""
    stated = eq(INVERSE, INVERSE)
    branches = [theorem("identity", stated, case) for case in (x > 0, x < 0)]
    made = theorem("cases", stated, *branches, Ne(x, 0), on=(x > 0, x < 0))
    assert made.hypotheses == terms(Ne(x, 0))
    case = Or(x > 0, x < 0)
    assert theorem("either", stated, theorem("hypothesis", case), *branches).hypotheses == terms(case)


# -- trichotomy ------------------------------------------------------------------------------------------------------------

ORDERS = (below(x, 0), equal(x, 0), below(0, x))
TWICE = (below(2 * x, 0), equal(2 * x, 0), below(0, 2 * x))


def doubled():
    return [theorem("combination", two, one, weights=(2,)) for one, two in zip(ORDERS, TWICE, strict=True)]


def test_trichotomy():
    for of_two, of_one in ((2 * x > 0, x > 0), (2 * x >= 0, x >= 0), (2 * x < 0, x < 0), (equal(2 * x, 0), equal(x, 0))):
        for stated in (Equivalent(of_two, of_one), Equivalent(of_one, of_two)):
            assert theorem("trichotomy", stated, *doubled(), on=ORDERS).hypotheses == frozenset()
    right = Equivalent(2 * x > 0, x > 0)
    refused("do not give the equivalence", "trichotomy", Equivalent(2 * x > 0, x >= 0), *doubled(), on=ORDERS)
    refused("do not give the equivalence", "trichotomy", Equivalent(2 * x > 0, y > 0), *doubled(), on=ORDERS)
    refused("from three branches", "trichotomy", Implies(2 * x > 0, x > 0), *doubled(), on=ORDERS)
    refused("from three branches", "trichotomy", right, *doubled(), on=ORDERS[:2])
    refused("from three branches", "trichotomy", right, *doubled()[:2], on=ORDERS)
    refused("does not use its case", "trichotomy", right, *doubled(), on=ORDERS[::-1])
    refused("breaks the order", "trichotomy", right, *doubled(), on=(at_most(x, 0), *ORDERS[1:]))
    refused("leave a gap", "trichotomy", right, *doubled()[:2], doubled()[0], on=(*ORDERS[:2], ORDERS[0]))
    square = [theorem("combination", below(0, x**2), below(x, 0), below(x, 0), weights=(-x, 0))]
    square += [theorem("combination", equal(0, x**2), equal(x, 0), weights=(-x,))]
    square += [theorem("combination", below(0, x**2), below(0, x), weights=(x,))]
    refused("breaks the order", "trichotomy", Equivalent(below(0, x**2), x > 0), *square, on=ORDERS)


def test_trichotomy_of_undefined_numbers():
    """1/x has an order to 0 only where x is not 0."""
    on = [mk(op, *sides) for op, sides in (("lt", (INVERSE, ZERO)), ("eq", (INVERSE, ZERO)), ("lt", (ZERO, INVERSE)))]
    branches = [theorem("combination", case, case, weights=(1,)) for case in on]
    stated = mk("iff", on[0], on[0])
    refused("nothing shows x != 0", "trichotomy", stated, *branches, on=tuple(on))
    known = [theorem("combination", case, case, Ne(x, 0), weights=(1,)) for case in on]
    assert theorem("trichotomy", stated, *known, on=tuple(on)).hypotheses == terms(Ne(x, 0))


# -- implications and equivalences -----------------------------------------------------------------------------------------


def test_transfer():
    both = Equivalent(x > 0, y > 0)
    assert theorem("transfer", y > 0, both, x > 0).hypotheses == terms(both, x > 0)
    assert theorem("transfer", x > 0, both, y > 0).hypotheses == terms(both, y > 0)
    assert theorem("transfer", x > 0, both, below(0, y * 2 - y)).conclusion is term(x > 0)
    refused("not an equivalence", "transfer", y > 0, Implies(x > 0, y > 0), x > 0)
    refused("the premises give", "transfer", y >= 0, both, x > 0)
    refused("the premises give", "transfer", y > 0, both, x >= 0)
    refused("the premises give", "transfer", y > 0, both, y > 0)


def test_implication():
    made = theorem("sign", below(0, x + 1), x > 0)
    assert theorem("implication", Implies(x > 0, below(0, x + 1)), made).hypotheses == frozenset()
    refused("not an implication", "implication", below(0, x + 1), made)
    refused("does not use its case", "implication", Implies(y > 0, below(0, x + 1)), made)
    refused("the premises give", "implication", Implies(x > 0, below(0, x + 2)), made)


def test_an_implication_guards_its_right_side_and_not_its_left():
    """x > 0 makes 1/x defined behind it; nothing makes 1/x > 0 defined in front."""
    positive, inverse = term(x > 0), lt(ZERO, INVERSE)
    made = theorem("sign", inverse, positive)
    assert theorem("implication", mk("implies", positive, inverse), made).hypotheses == frozenset()
    supposed = theorem("sign", lt(ZERO, mk("add", INVERSE, ONE)), inverse)
    stated = mk("implies", inverse, supposed.conclusion)
    refused("nothing shows x != 0, without which 0 < 1/x is undefined", "implication", stated, supposed)
    known = theorem("sign", supposed.conclusion, inverse, Ne(x, 0))
    assert theorem("implication", stated, known).hypotheses == terms(Ne(x, 0))


def test_an_implication_from_a_case_that_says_more():
    """The hypothesis 0 < x*(1/x)*x says that x is not 0; the case 0 < x, written without the quotient, needs that shown."""
    hidden = lt(ZERO, mul(X, X, INVERSE))
    made = theorem("sign", lt(ZERO, mk("add", X, ONE)), theorem("rewrite", term(x > 0), equal_to_x(), hidden))
    stated = mk("implies", term(x > 0), made.conclusion)
    refused("nothing shows x != 0", "implication", stated, made)


def equal_to_x():
    """x*x*(1/x) = x where x is not 0, from a hypothesis that says so."""
    return theorem("identity", eq(mul(X, X, INVERSE), X), lt(ZERO, mul(X, X, INVERSE)))


# -- conjunctions and disjunctions -----------------------------------------------------------------------------------------


def test_conjunction():
    assert theorem("conjunction", And(x > 0, y > 0), x > 0, y > 0).hypotheses == terms(x > 0, y > 0)
    refused("is not the conjunction", "conjunction", x > 0, x > 0)
    refused("no premise says 0 < y", "conjunction", And(x > 0, y > 0), x > 0, y >= 0)
    refused("is not the conjunction", "conjunction", And(x > 0, y > 0), x > 0, y > 0, c > 0)
    refused("is not the conjunction", "conjunction", And(x > 0, y > 0), x > 0)


def test_part():
    both = And(x > 0, y > 0)
    assert theorem("part", y > 0, both).hypotheses == terms(both)
    assert theorem("part", x > 0, both).conclusion is term(x > 0)
    refused("the premises give", "part", y >= 0, both)
    refused("the premises give", "part", Gt(y + x, 0), both)
    refused("not a conjunction", "part", y > 0, Equivalent(x > 0, y > 0))
    refused("not a conjunction", "part", y > 0, Or(x > 0, y > 0))


def test_alternative():
    either = Or(x > 0, 1 / y > 0)
    assert theorem("alternative", either, x > 0, Ne(y, 0)).hypotheses == terms(x > 0, Ne(y, 0))
    refused("is not one of", "alternative", either, x > 1, Ne(y, 0))
    refused("is not one of", "alternative", either, Ne(y, 0), x > 0)
    refused("nothing shows y != 0", "alternative", either, x > 0)
    refused("not a disjunction", "alternative", And(x > 0, y > 0), x > 0)
    everywhere = Or(x > 0, Every(log(q[i]) > 0))
    refused(r"nothing shows for every i: 0 < q\[i\]", "alternative", everywhere, x > 0, q[i] > 0)
    assert theorem("alternative", everywhere, x > 0, Every(q[i] > 0)).conclusion is term(everywhere)


def test_either():
    both = Or(x > 0, y > 0)
    sums = [theorem("combination", below(0, c), below(0, case), at_most(case, c), weights=(1, 1)) for case in (x, y)]
    first, second = (theorem("weaken", at_most(0, c), one) for one in sums)
    for branches in ((first, second), (second, first)):
        assert theorem("either", at_most(0, c), both, *branches).hypotheses == terms(both, x <= c, y <= c)
    refused("needs one branch", "either", at_most(0, c), both, first)
    refused("needs one branch", "either", at_most(0, c), both, first, second, second)
    square = theorem("weaken", at_most(0, exp(x)), theorem("sign", below(0, exp(x))))
    refused("a branch uses no alternative", "either", at_most(0, exp(x)), both, square, square)
    refused("a branch uses no alternative", "either", at_most(0, c), both, first, first)
    refused("each alternative needs one branch", "either", at_most(0, c), And(x > 0, y > 0), first, second)
    refused("a branch gives", "either", at_most(0, b), both, first, second)


def test_either_with_alternatives_that_are_no_relations():
    """Each alternative is a statement of any kind; branches are found by what they assume."""
    unique = ExistsUnique(Eq(x, y), (x, a, b))
    alternatives = Or(Every(q[i] > 0), unique)
    branches = [theorem("combination", below(u, c), u < c, h, weights=(1,)) for h in alternatives.args]
    assert theorem("either", below(u, c), alternatives, *branches).hypotheses == terms(alternatives, u < c)


def test_absurd():
    never = theorem("combination", below(0, 0), below(x, y), at_most(y, x), weights=(1, 1))
    assert theorem("absurd", below(2, 1), never).hypotheses == terms(below(x, y), at_most(y, x))
    assert theorem("absurd", eq(INVERSE, INVERSE), never).hypotheses == terms(below(x, y), at_most(y, x))
    refused("is not absurd", "absurd", below(2, 1), below(x, y))
    refused("is not an inequality", "absurd", below(2, 1), equal(x, x))
    refused("is not absurd", "absurd", below(2, 1), at_most(x, x))
    refused("is not an inequality", "absurd", below(2, 1), ne(X, X))


@pytest.mark.parametrize("other", [at_most(x, x), at_most(2, 1)])
def test_only_a_strict_comparison_of_a_number_with_itself_is_absurd(other):
    refused("is not absurd", "absurd", below(2, 1), other)
