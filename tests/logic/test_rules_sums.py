"""Rules of sums over the alphabet: what each accepts, and what it must refuse."""

from proving import refused, term, terms, theorem
from sympy import log

from focal_symbolic.language import Bijection, Eq, Every, Le, Lt, Ne, array, i, j, k, letters, real, total
from focal_symbolic.logic.terms import ONE, ZERO, eq, mk

p, q, r = array("p"), array("q"), array("r")
sigma, rho = letters("sigma"), letters("rho")
x, c = real("x"), real("c")


def below(left, right):
    return Lt(left, right, evaluate=False)


def equal(left, right):
    return Eq(left, right, evaluate=False)


def at_each(statement, at=i):
    """A relation at a letter, from the same for every letter."""
    return theorem("each", statement, Every(statement, at), at=at)


# -- relations summed ------------------------------------------------------------------------------------------------------


def test_sum_terms():
    for kind in (Lt, Le, Eq):
        made = theorem("sum_terms", kind(total(p[i]), total(q[i])), at_each(kind(p[i], q[i])), over=i)
        assert made.hypotheses == terms(Every(kind(p[i], q[i])))
    goal = total(p[i]) < total(q[i])
    refused("i is not arbitrary", "sum_terms", goal, p[i] < q[i], over=i)
    refused("is no letter", "sum_terms", goal, at_each(p[i] < q[i]), over=x)
    refused("the premises give", "sum_terms", total(p[i]) <= total(q[i]), at_each(p[i] < q[i]), over=i)
    refused("the premises give", "sum_terms", goal, at_each(p[i] < q[i]), over=j)
    refused("the premises give", "sum_terms", total(q[i]) < total(p[i]), at_each(p[i] < q[i]), over=i)
    refused("may have equal sums", "sum_terms", Ne(total(p[i]), total(q[i])), at_each(Ne(p[i], q[i])), over=i)
    refused("not a relation", "sum_terms", goal, Every(p[i] < q[i]), over=i)


def test_terms_are_summed_over_a_letter_of_its_own():
    image = theorem("each", p[sigma[i]] < q[i], Every(p[sigma[i]] < q[i]), at=i)
    assert theorem("sum_terms", total(p[sigma[i]]) < total(q[i]), image, over=i).hypotheses
    refused("is not a letter to sum over", "sum_terms", total(p[i]) < total(q[i]), image, over=sigma[i])


def test_what_does_not_speak_of_the_letter_is_summed_too():
    """The sum of x over the alphabet is n x."""
    assert theorem("sum_terms", below(total(x), total(c)), x < c, over=i).hypotheses == terms(x < c)
    other = theorem("sum_terms", total(p[i] * q[k]) < total(r[i]), at_each(p[i] * q[k] < r[i]), over=i)
    assert other.conclusion is term(total(p[j] * q[k], j) < total(r[j], j))
    refused("the premises give", "sum_terms", total(p[i] * q[i]) < total(r[i]), at_each(p[i] * q[k] < r[i]), over=i)


# -- strictness and single terms -------------------------------------------------------------------------------------------

WHOLE = total(p[i])


def test_sum_strictly():
    goal, weak = WHOLE < total(q[i]), at_each(p[i] <= q[i])
    made = theorem("sum_strictly", goal, weak, p[j] < q[j], over=i)
    assert made.hypotheses == terms(Every(p[i] <= q[i]), p[j] < q[j])
    assert theorem("sum_strictly", goal, weak, p[sigma[j]] < q[sigma[j]], over=i).conclusion is term(goal)
    assert theorem("sum_strictly", goal, at_each(p[i] < q[i]), p[j] < q[j], over=i).conclusion is term(goal)
    refused("not the strict inequality", "sum_strictly", goal, weak, p[j] <= q[j], over=i)
    refused("not the strict inequality", "sum_strictly", goal, weak, p[j] < q[i], over=i)
    refused("not the strict inequality", "sum_strictly", goal, weak, p[j] < q[k], over=i)
    refused("not the strict inequality", "sum_strictly", goal, weak, x < c, over=i)
    refused("not an inequality", "sum_strictly", goal, weak, Ne(p[j], q[j]), over=i)
    refused("not an inequality", "sum_strictly", goal, at_each(equal(p[i], q[i])), p[j] < q[j], over=i)
    refused("i is not arbitrary", "sum_strictly", goal, p[i] <= q[i], p[j] < q[j], over=i)
    refused("the premises give", "sum_strictly", WHOLE <= total(q[i]), weak, p[j] < q[j], over=i)


def test_the_strict_term_is_compared_where_both_premises_hold():
    """p_j is p_j*x*(1/x) where x is not 0: either premise may be the one that says so."""
    long = p[i] * (x * (1 / x + 1) - x)  # SymPy would cancel x*(1/x)
    for weak, strict in ((long <= q[i], p[j] < q[j]), (p[i] <= q[i], (long < q[i]).subs(i, j))):
        left, right = weak.args
        made = theorem("sum_strictly", below(total(left), total(right)), at_each(weak), strict, over=i)
        assert made.hypotheses == terms(Every(weak), strict)


def test_sum_term():
    terms_ = at_each(p[i] >= 0)
    for at in (j, i, sigma[j]):
        assert theorem("sum_term", p[at] <= WHOLE, terms_, over=i).hypotheses == terms(Every(p[i] >= 0))
    assert theorem("sum_term", p[j] <= WHOLE, at_each(p[i] > 0), over=i).conclusion is term(p[j] <= WHOLE)
    refused("terms are nonnegative", "sum_term", p[j] <= WHOLE, at_each(p[i] >= -1), over=i)
    refused("terms are nonnegative", "sum_term", p[j] <= WHOLE, at_each(p[i] <= 0), over=i)
    refused("not an inequality", "sum_term", p[j] <= WHOLE, at_each(equal(0, p[i])), over=i)
    refused("the premises give", "sum_term", q[j] <= WHOLE, terms_, over=i)
    refused("the premises give", "sum_term", p[j] < WHOLE, terms_, over=i)
    refused("the premises give", "sum_term", WHOLE <= p[j], terms_, over=i)
    refused("i is not arbitrary", "sum_term", p[j] <= WHOLE, p[i] >= 0, over=i)


def test_sum_pair():
    terms_, apart = at_each(p[i] >= 0), p[i] < p[j]
    goal = p[i] + p[j] <= WHOLE
    assert theorem("sum_pair", goal, terms_, apart, over=i).hypotheses == terms(Every(p[i] >= 0), apart)
    assert theorem("sum_pair", goal, terms_, Ne(p[i], p[j]), over=i).conclusion is term(goal)
    assert theorem("sum_pair", p[j] + p[sigma[k]] <= WHOLE, terms_, Ne(p[sigma[k]], p[j]), over=i).hypotheses
    refused("two that differ", "sum_pair", goal, terms_, p[i] <= p[j], over=i)
    refused("two that differ", "sum_pair", goal, terms_, equal(p[i], p[j]), over=i)
    refused("does not compare two terms", "sum_pair", goal, terms_, p[i] < q[j], over=i)
    refused("does not compare two terms", "sum_pair", goal, terms_, q[i] < p[j], over=i)
    refused("does not compare two terms", "sum_pair", goal, terms_, p[i] < 2 * p[j], over=i)
    refused("nonnegative terms", "sum_pair", goal, at_each(p[i] >= q[i]), apart, over=i)
    refused("not arbitrary", "sum_pair", goal, p[i] >= 0, apart, over=i)
    refused("the premises give", "sum_pair", p[i] + 2 * p[j] <= WHOLE, terms_, apart, over=i)
    refused("the premises give", "sum_pair", 2 * p[i] <= WHOLE, terms_, apart, over=i)
    refused("not a relation", "sum_pair", goal, terms_, Every(apart), over=i)


# -- relabelling -----------------------------------------------------------------------------------------------------------


def test_relabel():
    for goal in (equal(total(p[sigma[i]]), WHOLE), equal(WHOLE, total(p[sigma[i]]))):
        assert theorem("relabel", goal).hypotheses == terms(Bijection(sigma))
    pair = equal(total(p[sigma[i]] * q[sigma[i]]), total(p[i] * q[i]))
    assert theorem("relabel", pair).hypotheses == terms(Bijection(sigma))
    outer = equal(total(p[sigma[i]] * r[k]), total(p[i] * r[k]))
    assert theorem("relabel", outer).hypotheses == terms(Bijection(sigma))
    refused("not an equation of two sums", "relabel", equal(total(p[sigma[i]]), 1))
    refused("not an equation of two sums", "relabel", total(p[sigma[i]]) <= WHOLE)
    refused("do not differ by a relabelling", "relabel", equal(total(p[sigma[i]]), total(q[i])))
    refused("do not differ by a relabelling", "relabel", equal(total(p[sigma[i]] * q[i]), total(p[i] * q[i])))
    refused("do not differ by a relabelling", "relabel", equal(total(p[sigma[i]] * q[rho[i]]), total(p[i] * q[i])))
    refused("do not differ by a relabelling", "relabel", equal(total(p[sigma[k]]), total(p[k])))
    refused("do not differ by a relabelling", "relabel", equal(total(p[i] * r[k]), total(p[sigma[i]] * r[i])))
    refused("do not differ by a relabelling", "relabel", eq(mk("sum", ONE), mk("sum", ZERO)))


def test_a_relabelled_sum_is_defined():
    logs = equal(total(log(p[sigma[i]])), total(log(p[i])))
    refused(r"nothing shows for every i: 0 < p\[", "relabel", logs)
    assert theorem("relabel", logs, Every(p[i] > 0)).hypotheses == terms(Every(p[i] > 0), Bijection(sigma))


def test_relabelling_by_what_is_no_bijection_is_under_a_false_hypothesis():
    """Nothing shows that a family of letters is a bijection, so what assumes it keeps the hypothesis."""
    moved = theorem("relabel", equal(total(p[sigma[i]]), WHOLE))
    other = theorem("instance", equal(total(q[sigma[i]]), total(q[i])), moved, replace={p: (i, q[i])})
    assert other.hypotheses == terms(Bijection(sigma))
