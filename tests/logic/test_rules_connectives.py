"""Rules of propositional logic: what each accepts, and what it must refuse."""

import pytest
from proving import refused, term, terms, theorem
from speech import Told
from sympy import Abs, Rational, exp, log

from focal_symbolic.claims import library
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
from focal_symbolic.logic.kernel import Step, conclude
from focal_symbolic.logic.terms import ONE, ZERO, eq, ipow, le, lt, mk, mul, ne, negated

q = array("q")
a, b, c, u, x, y = map(real, "abcuxy")
X, Y = mk("var", "x"), mk("var", "y")
INVERSE = ipow(X, -1)
HIDDEN = mul(X, X, INVERSE)
"""x, written so that it says that x is not 0."""


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


def unasked(rule, conclusion, *premises, **arguments):
    """The theorem of a step of which no certificate is asked for."""
    answers = Told()
    made = conclude(Step(rule, conclusion, (), tuple(arguments.items())), premises, library.theorem, answers)
    assert answers.asked == []
    return made


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


def test_there_are_cases():
    refused("each case needs one branch", "cases", at_most(x, Abs(x)), on=())
    refused("each case needs one branch", "cases", at_most(x, Abs(x)), absolute_under(x >= 0), on=())


def test_no_sign_is_left_out():
    for on in ((x > 0, equal(x, 0)), (x < 0, equal(x, 0)), (x < 0, x > 0)):
        refused("leave a gap", "cases", at_most(x, Abs(x)), *map(known_under, on), on=on)


def known_under(case):
    """x <= |x| where a case is among what is known."""
    whole = theorem("absolute_value", at_most(x, Abs(x)))
    return theorem("combination", at_most(x, Abs(x)), whole, case, weights=(1,))


def test_a_case_may_have_its_sides_swapped():
    """0 != x leaves out what x = 0 says, and nothing else, whichever of them comes first."""
    on = (eq(X, ZERO), ne(ZERO, X))
    for cases in (on, on[::-1], (eq(ZERO, X), ne(X, ZERO))):
        made = theorem("cases", at_most(x, Abs(x)), *map(known_under, cases), on=cases)
        assert made.hypotheses == frozenset()


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


def test_a_case_says_the_hypothesis_of_its_branch_and_not_the_other_way():
    """x is the root of x^2 where x > 0, and -x is where that root alone is positive."""
    root = mk("rpow", ipow(X, 2), term(Rational(1, 2)))
    for of_x, of_root in ((lt(ZERO, X), lt(ZERO, root)), (le(ONE, X), le(ONE, root))):
        on, other = (of_x, negated(of_x)), (of_root, negated(of_root))
        branches = known_under(of_root), known_under(on[1])
        assert theorem("cases", at_most(x, Abs(x)), *branches, on=on).hypotheses == frozenset()
        branches = known_under(of_x), known_under(other[1])
        refused("does not use its case", "cases", at_most(x, Abs(x)), *branches, on=other)
        refused("does not use its case", "implication", mk("implies", of_root, branches[0].conclusion), branches[0])


def test_what_a_case_written_otherwise_says_beyond_it_is_asked_for():
    """Under 0 <= x*x*(1/x), as under x < 0, x is not 0; the cases 0 <= x and x < 0 do not tell it."""
    stated, on = ne(X, ZERO), (le(ZERO, X), lt(X, ZERO))
    branches = [theorem("sign", stated, case) for case in (le(ZERO, HIDDEN), on[1])]
    refused("nothing shows x != 0", "cases", stated, *branches, on=on)
    positive = lt(ZERO, ipow(X, 2))
    known = [theorem("sign", positive, le(ZERO, HIDDEN)), theorem("sign", positive, on[1], stated)]
    assert theorem("cases", positive, *known, on=on).hypotheses == {stated}
    both = mk("or", *on)
    refused("nothing shows x != 0", "either", stated, both, *branches)
    assert theorem("either", positive, both, *known).hypotheses == {stated, both}


def test_a_branch_may_state_the_conclusion_otherwise():
    on = (x >= 0, x < 0)
    branches = list(map(absolute_under, on))
    assert theorem("cases", at_most(0, Abs(x) - x), *branches, on=on).hypotheses == frozenset()
    assert theorem("cases", at_most(2 * x - x, Abs(x)), *branches, on=on).hypotheses == frozenset()


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
    refused("from three branches", "trichotomy", right, *doubled()[:2], on=ORDERS[:2])
    refused("from three branches", "trichotomy", right, *doubled(), doubled()[0], on=(*ORDERS, ORDERS[0]))
    weak = theorem("combination", at_most(2 * x, 0), at_most(x, 0), weights=(2,))
    refused("breaks the order", "trichotomy", right, weak, *doubled()[1:], on=(at_most(x, 0), *ORDERS[1:]))
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


def test_trichotomy_with_a_case_that_says_more():
    """Under 0 < x*x*(1/x) x is not 0; the case 0 < x, written without the quotient, needs that shown."""
    first, second, _ = doubled()
    hidden = theorem("combination", below(0, 2 * x), lt(ZERO, HIDDEN), weights=(2,))
    right = Equivalent(2 * x > 0, x > 0)
    refused("nothing shows x != 0", "trichotomy", right, first, second, hidden, on=ORDERS)
    known = theorem("combination", below(2 * x, 0), ORDERS[0], Ne(x, 0), weights=(2,))
    assert theorem("trichotomy", right, known, second, hidden, on=ORDERS).hypotheses == terms(Ne(x, 0))


def test_trichotomy_hands_on_what_its_branches_have_shown():
    """Each branch knows that x^2 + 1, by which it divides, is not 0; that is not asked for again."""
    on = tuple(map(term, ORDERS))
    weight = ipow(mk("add", ipow(X, 2), ONE), -1)
    divided = [mk(case.op, *(mul(side, weight) if side is X else side for side in case.args)) for case in on]
    branches = [theorem("combination", s, case, weights=(weight,)) for s, case in zip(divided, on, strict=True)]
    assert unasked("trichotomy", mk("iff", divided[2], on[2]), *branches, on=on).hypotheses == frozenset()


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


def test_transfer_compares_where_both_premises_hold():
    """y is y*x*(1/x) where x is not 0: either premise may be the one that says so."""
    long = lt(ZERO, mul(Y, X, INVERSE))
    for side, known in ((long, term(y > 0)), (term(y > 0), long)):
        both = mk("iff", side, term(c > 0))
        assert theorem("transfer", c > 0, theorem("hypothesis", both), theorem("hypothesis", known)).hypotheses == {both, known}
    refused("the premises give", "transfer", c > 0, Equivalent(y > 0, c > 0), lt(ZERO, mul(Y, X)))


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


def test_an_implication_hands_on_what_is_shown_behind_it():
    """That x is not 0 where x > 0 is known from the premise and not asked for again."""
    positive, inverse = term(x > 0), lt(ZERO, INVERSE)
    made = theorem("sign", inverse, positive)
    assert unasked("implication", mk("implies", positive, inverse), made).hypotheses == frozenset()


def test_an_implication_from_a_case_that_says_more():
    """The hypothesis 0 < x*(1/x)*x says that x is not 0; the case 0 < x, written without the quotient, needs that shown."""
    hidden = lt(ZERO, HIDDEN)
    made = theorem("sign", lt(ZERO, mk("add", X, ONE)), theorem("rewrite", term(x > 0), equal_to_x(), hidden))
    stated = mk("implies", term(x > 0), made.conclusion)
    refused("nothing shows x != 0", "implication", stated, made)


def equal_to_x():
    """x*x*(1/x) = x where x is not 0, from a hypothesis that says so."""
    return theorem("identity", eq(HIDDEN, X), lt(ZERO, HIDDEN))


# -- conjunctions and disjunctions -----------------------------------------------------------------------------------------


def test_conjunction():
    assert theorem("conjunction", And(x > 0, y > 0), x > 0, y > 0).hypotheses == terms(x > 0, y > 0)
    refused("is not the conjunction", "conjunction", x > 0, x > 0)
    refused("no premise says 0 < y", "conjunction", And(x > 0, y > 0), x > 0, y >= 0)
    refused("is not the conjunction", "conjunction", And(x > 0, y > 0), x > 0, y > 0, c > 0)
    refused("is not the conjunction", "conjunction", And(x > 0, y > 0), x > 0)


def test_nothing_but_a_conjunction_is_concluded_from_all_its_parts():
    for op in ("or", "iff", "implies"):
        refused("is not the conjunction", "conjunction", mk(op, term(x > 0), term(y > 0)), x > 0, y > 0)
    refused("is not the conjunction", "conjunction", mk("not", term(x > 0)), x > 0)


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


def test_an_alternative_is_compared_where_all_premises_hold():
    """y is y*x*(1/x) where x is not 0: the premise says so itself, or another one does."""
    long = lt(ZERO, mul(Y, X, INVERSE))
    assert theorem("alternative", Or(y > 0, c > 0), theorem("hypothesis", long)).hypotheses == {long}
    stated = mk("or", long, term(c > 0))
    assert theorem("alternative", stated, y > 0, Ne(x, 0)).hypotheses == terms(y > 0, Ne(x, 0))
    refused("is not one of", "alternative", stated, y > 0)


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
