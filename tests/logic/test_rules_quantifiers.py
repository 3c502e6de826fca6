"""Rules of letters and variables: what each accepts, and what it must refuse."""

import pytest
from proving import refused, term, terms, theorem
from speech import Told
from sympy import Piecewise, Rational, log, oo

from focal_symbolic.errors import Rejected
from focal_symbolic.language import (
    Bijection,
    Eq,
    Equivalent,
    Every,
    ExistsUnique,
    Finite,
    Gt,
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
from focal_symbolic.logic.kernel import Step, conclude
from focal_symbolic.logic.terms import ONE, ZERO, eq, ipow, le, lt, mk, mul, ne

p, q, r = array("p"), array("q"), array("r")
sigma, rho = letters("sigma"), letters("rho")
a, b, c, t, x, y = map(real, "abctxy")
X, Y = mk("var", "x"), mk("var", "y")


def below(left, right):
    return Lt(left, right, evaluate=False)


def at_most(left, right):
    return Le(left, right, evaluate=False)


def equal(left, right):
    return Eq(left, right, evaluate=False)


POSITIVE = below(0, p[i] ** 2 + 1)


# -- each and every --------------------------------------------------------------------------------------------------------


def test_each():
    assert theorem("each", p[j] > 0, Every(p[i] > 0), at=j).hypotheses == terms(Every(p[i] > 0))
    assert theorem("each", p[sigma[j]] > 0, Every(p[i] > 0), at=sigma[j]).hypotheses == terms(Every(p[i] > 0))
    refused("is not for every letter", "each", p[j] > 0, p[i] > 0, at=j)
    refused("the premises give", "each", p[j] > 1, Every(p[i] > 0), at=j)
    refused("the premises give", "each", p[k] > 0, Every(p[i] > 0), at=j)
    refused("is no letter", "each", x > 0, Every(x > 0), at=x)
    refused("does not apply", "each", p[j] > 0, Every(p[i] > 0), Every(p[i] > 0), at=j)


def test_each_does_not_capture():
    """A letter goes below the binder of a sum without being bound by it."""
    whole = Every(total(p[i] * q[j]) > 0, j)
    assert theorem("each", total(p[j] * q[i], j) > 0, whole, at=i).conclusion is term(total(p[k] * q[i], k) > 0)
    refused("the premises give", "each", total(p[i] * q[i]) > 0, whole, at=i)


def test_every():
    generic = theorem("sign", POSITIVE)
    assert theorem("every", Every(POSITIVE), generic).hypotheses == frozenset()
    assert theorem("every", Every(below(0, p[j] ** 2 + 1), j), generic).hypotheses == frozenset()
    refused("the premises give", "every", Every(p[i] > 0), p[i] > 0)
    refused("the premises give", "every", POSITIVE, generic)
    refused("the premises give", "every", Every(below(0, p[i] ** 2 + 2)), generic)


def test_every_of_what_does_not_speak_of_the_letter():
    assert theorem("every", Every(x > 0), x > 0).hypotheses == terms(x > 0)
    assert theorem("every", Every(p[i] > 0, j), p[i] > 0).hypotheses == terms(p[i] > 0)


def test_every_over_two_letters():
    generic = theorem("sign", below(0, p[i] ** 2 + q[j] ** 2 + 1))
    assert theorem("every", Every(Every(generic_of(i, j), i), j), generic).hypotheses == frozenset()
    assert theorem("every", Every(Every(generic_of(i, j), j), i), generic).hypotheses == frozenset()
    refused("the premises give", "every", Every(Every(generic_of(i, i), i), j), generic)


def generic_of(first, second):
    return below(0, p[first] ** 2 + q[second] ** 2 + 1)


# -- instance and lemma ----------------------------------------------------------------------------------------------------

SQUARE = below(-1, x**2)


def test_instance():
    square = theorem("sign", SQUARE)
    assert theorem("instance", below(-1, (y + 1) ** 2), square, replace={x: y + 1}).hypotheses == frozenset()
    refused("the premises give", "instance", below(-1, y**3), square, replace={x: y})
    refused("the premises give", "instance", below(-1, y**2), square, replace={y: y})
    refused("nothing shows y != 0, without which 1/y is undefined", "instance", below(-1, 1 / y**2), square, replace={x: 1 / y})
    known = theorem("instance", below(-1, 1 / y**2), square, Ne(y, 0), replace={x: 1 / y})
    assert known.hypotheses == terms(Ne(y, 0))
    assert theorem("instance", SQUARE, square, replace={y: 1 / y}).hypotheses == frozenset()  # no y in it
    both = theorem("sign", below(-1, x**2 + y**2))
    swapped = theorem("instance", below(-1, y**2 + (x + 1) ** 2), both, replace={x: y, y: x + 1})  # at once
    assert swapped.conclusion is term(below(-1, y**2 + (x + 1) ** 2))


def test_a_name_has_one_value():
    square = theorem("sign", SQUARE)
    one, other = (("var", "x"), term(y + 1)), (("var", "x"), term(y))
    for twice in ((one, other), (other, one), (one, one)):
        refused("a name is replaced twice", "instance", below(-1, (y + 1) ** 2), square, replace=twice)


def test_instance_of_a_letter():
    family = theorem("sign", below(-1, p[j] ** 2))
    for at in (k, sigma[j], sigma[sigma[k]]):
        assert theorem("instance", below(-1, p[at] ** 2), family, replace={j: at}).hypotheses == frozenset()
    refused("the premises give", "instance", below(-1, p[i] ** 2), family, replace={j: k})
    at_i = theorem("each", p[i] > 0, Every(p[i] > 0), at=i)
    assert theorem("instance", p[j] > 0, at_i, replace={i: j}).hypotheses == terms(Every(p[i] > 0))
    fixed = theorem("weaken", Le(0, p[i]), p[i] > 0)
    assert theorem("instance", Le(0, p[j]), fixed, replace={i: j}).hypotheses == terms(p[j] > 0)


def test_instance_of_a_family():
    family = theorem("sign", below(-1, p[j] ** 2))
    made = theorem("instance", below(-1, (q[j] + 1) ** 2), family, replace={p: (i, q[i] + 1)})
    assert made.hypotheses == frozenset()
    logs = below(-1, log(q[j]) ** 2)
    refused("nothing shows for every i: 0 < q", "instance", logs, family, replace={p: (i, log(q[i]))})
    refused("nothing shows for every i: 0 < q", "instance", logs, family, q[j] > 0, replace={p: (i, log(q[i]))})
    assert theorem("instance", logs, family, Every(q[i] > 0), replace={p: (i, log(q[i]))}).hypotheses == terms(Every(q[i] > 0))
    sums = theorem("sign", at_most(0, total(p[i] ** 2)))
    moved = theorem("instance", at_most(0, total(q[sigma[i]] ** 2)), sums, replace={p: (i, q[sigma[i]])})
    assert moved.hypotheses == frozenset()


def test_instance_does_not_capture():
    """q_k inside of the sum over k is another letter than the k that is put in."""
    family = theorem("sign", at_most(0, p[k] ** 2))
    inner = total(q[k] * r[i], k)
    made = theorem("instance", at_most(0, total(q[j] * r[k], j) ** 2), family, replace={p: (i, inner)})
    assert made.hypotheses == frozenset()
    refused("the premises give", "instance", at_most(0, total(q[k] * r[k], k) ** 2), family, replace={p: (i, inner)})


def test_instance_discharges_hypotheses():
    reciprocal = theorem("sign", below(0, 1 / x), x > 0)
    assert theorem("instance", below(0, 1 / y), reciprocal, y > 0, replace={x: y}).hypotheses == terms(y > 0)
    assert theorem("instance", below(0, 1 / (y + 1)), reciprocal, y > 0, replace={x: y + 1}).hypotheses == terms(y > 0)
    assert theorem("instance", below(0, 1 / y), reciprocal, y >= 0, replace={x: y}).hypotheses == terms(y >= 0, y > 0)
    assert theorem("instance", below(0, 1 / x), reciprocal, replace={}).hypotheses == terms(x > 0)
    assert theorem("instance", below(0, Rational(1, 2)), reciprocal, replace={x: Rational(2)}).hypotheses == frozenset()


def test_a_hypothesis_is_not_discharged_where_it_is_undefined():
    """0 < 1/y^2 has the right sign wherever it is defined, and says that it is."""
    positive = theorem("sign", below(0, x + 1), x > 0)
    moved = lt(ZERO, mk("add", ipow(Y, -2), ONE))
    made = theorem("instance", moved, positive, replace={x: 1 / y**2})
    assert made.hypotheses == terms(below(0, 1 / y**2))
    made = theorem("instance", moved, positive, Ne(y, 0), replace={x: 1 / y**2})
    assert made.hypotheses == terms(Ne(y, 0))


def test_a_statement_that_a_premise_makes_is_discharged_whatever_its_kind():
    unique = ExistsUnique(Eq(t**2, x), (t, 0, b))
    at_y = ExistsUnique(Eq(t**2, y), (t, 0, b))
    theorem_ = theorem("combination", below(a, c), a < c, unique, weights=(1,))
    made = theorem("instance", below(a, c), theorem_, at_y, replace={x: y})
    assert made.hypotheses == terms(a < c, at_y)
    kept = theorem("instance", below(a, c), theorem_, replace={x: y})
    assert kept.hypotheses == terms(a < c, at_y)


def test_a_hypothesis_that_a_premise_says_otherwise_is_discharged():
    """A premise says it of y for ln e^y."""
    made = theorem("combination", below(a, c), a < c, Equivalent(x > 0, t > 0), weights=(1,))
    long = mk("log", mk("exp", Y))
    of_y, of_c = Equivalent(y > 0, t > 0), Equivalent(c > 0, t > 0)
    replace = ((("var", "x"), long),)
    assert theorem("instance", below(a, c), made, of_y, replace=replace).hypotheses == terms(a < c, of_y)
    kept = mk("iff", lt(ZERO, long), term(t > 0))
    assert theorem("instance", below(a, c), made, of_c, replace=replace).hypotheses == {*terms(a < c, of_c), kept}


def test_a_family_of_letters_is_not_replaced():
    """It has one identity: a bijection with other entries need not be one."""
    moved = theorem("relabel", equal(total(p[sigma[i]]), total(p[i])))
    assert moved.hypotheses == terms(Bijection(sigma))
    other = ((("image", "sigma"), mk("letter", "j")),)
    refused("a image is not replaced", "instance", equal(total(p[rho[i]]), total(p[i])), moved, replace=other)
    refused("the premises give", "instance", equal(total(p[rho[i]]), total(p[i])), moved, replace={})


def test_lemma():
    found = theorem("lemma", log(y) < y - 1, y > 0, y < 1, name="elementary/log_above", replace={x: y})
    assert found.hypotheses == terms(y > 0, y < 1)
    assert found.lemmas == {"elementary/log_above"}
    assert found.cited
    half = below(log(Rational(1, 2)), Rational(-1, 2))
    assert theorem("lemma", half, name="elementary/log_above", replace={x: Rational(1, 2)}).hypotheses == frozenset()
    refused("the premises give", "lemma", log(y) < y, name="elementary/log_above", replace={x: y})
    refused("there is no claim", "lemma", log(y) < y, name="elementary/none", replace={x: y})


def test_the_hypotheses_of_a_lemma_are_shown_by_premises():
    """y < 1 from y < c and c < 1."""
    made = theorem("lemma", log(y) < y - 1, y > 0, y < c, c < 1, name="elementary/log_above", replace={x: y})
    assert made.hypotheses == terms(y > 0, y < c, c < 1)


# -- rewriting -------------------------------------------------------------------------------------------------------------


def test_rewrite():
    for equation in (equal(x, y), equal(y, x)):
        assert theorem("rewrite", below(0, y), equation, below(0, x)).hypotheses == terms(equation, below(0, x))
    swapped = Equivalent(y > 0, c > 0)
    assert theorem("rewrite", swapped, Equivalent(x > 0, y > 0), Equivalent(x > 0, c > 0)).conclusion is term(swapped)
    refused("neither an equation nor an equivalence", "rewrite", below(0, y), x <= y, below(0, x))
    refused("does not turn", "rewrite", below(0, c), equal(x, y), below(0, x))
    refused("does not turn", "rewrite", below(y, 0), equal(x, y), below(0, x))


def test_what_is_rewritten_is_known_where_it_is_compared():
    seen = Told()
    product = mul(Y, term(t))
    premises = [theorem("hypothesis", s) for s in (Eq(x, y), x * t > 0)]
    with pytest.raises(Rejected, match="does not turn"):
        conclude(Step("rewrite", lt(ZERO, mk("exp", product))), premises, None, seen)
    assert ("equal", product, mk("exp", product)) in seen.asked
    assert lt(ZERO, product) in seen.known


def test_rewrite_below_a_binder_wants_the_equation_for_every_letter():
    sums = below(0, total(p[i]))
    refused("does not turn", "rewrite", below(0, total(q[i])), equal(p[i], q[i]), sums)
    whole = Every(equal(p[i], q[i]))
    at_i = theorem("each", equal(p[i], q[i]), whole, at=i)
    assert theorem("rewrite", below(0, total(q[j], j)), at_i, sums).hypotheses == terms(whole, sums)
    assert theorem("rewrite", q[sigma[k]] > 0, at_i, p[sigma[k]] > 0).conclusion is term(q[sigma[k]] > 0)
    assert theorem("rewrite", Every(q[i] > x), at_i, Every(p[i] > x)).conclusion is term(Every(q[i] > x))


def test_rewrite_uses_either_side_at_any_letter():
    """p at any letter is c: that side is the one to look for, whichever it is."""
    for equation in (equal(p[i], c), equal(c, p[i])):
        at_i = theorem("each", equation, Every(equation), at=i)
        assert theorem("rewrite", c > 0, at_i, p[j] > 0).hypotheses == terms(Every(equation), p[j] > 0)
        assert theorem("rewrite", p[sigma[k]] > 0, at_i, c > 0).conclusion is term(p[sigma[k]] > 0)


def test_rewrite_replaces_nothing_but_the_sides_of_the_equation():
    at_i = theorem("each", equal(p[i], q[i]), Every(equal(p[i], q[i])), at=i)
    for other in (r[j], p[k], q[k]):
        refused("does not turn", "rewrite", q[j] > 0, at_i, other > 0)
        refused("does not turn", "rewrite", p[j] > 0, at_i, other > 0)


def test_the_conclusion_is_compared_where_the_rewritten_premise_holds():
    """x*t + y*c is its square by itself where it is positive: then, rewritten, so it is with x for y and y for x."""
    mixed = mk("add", mul(X, mk("var", "t")), mul(Y, mk("var", "c")))
    quotient, positive = lt(ZERO, mul(mixed, mixed, ipow(mixed, -1))), lt(ZERO, mixed)
    assert theorem("rewrite", quotient, equal(x, y), positive).hypotheses == {term(equal(x, y)), positive}
    refused("does not turn", "rewrite", quotient, equal(x, y), le(ZERO, mixed))


def test_rewrite_does_not_capture():
    """An equation at one letter i says nothing of the i that a sum binds."""
    equation = equal(q[i], r[i])
    refused("does not turn", "rewrite", equal(total(q[i]), total(r[i])), equation, equal(0, 0))
    refused("does not turn", "rewrite", Every(Gt(r[i], 0)), equation, Every(q[i] > 0))
    assert theorem("rewrite", total(p[j] * r[i], j) > 0, equation, total(p[j] * q[i], j) > 0).hypotheses


def test_rewrite_does_not_enter_what_is_p_inside():
    """Bodies of ∃! and finite values hold only where they are defined."""
    square = theorem("identity", equal(x**2, (x + 1) ** 2 - 2 * x - 1))
    unique = ExistsUnique(equal(x**2, y), (x, a, b))
    other = ExistsUnique(equal((x + 1) ** 2 - 2 * x - 1, y), (x, a, b))
    refused("does not turn", "rewrite", other, square, unique)
    refused(
        "does not turn",
        "rewrite",
        ExistsUnique(equal(t**2, b), (t, a, b)),
        equal(y, b),
        ExistsUnique(equal(t**2, y), (t, a, b)),
    )
    value, other = (Finite(Piecewise((0, at > 0), (oo, True))) for at in (x, y))
    refused("does not turn", "rewrite", Equivalent(other, a > 0), equal(x, y), Equivalent(value, a > 0))


def test_rewriting_shows_nothing_to_be_defined():
    assert theorem("rewrite", below(0, 1 / y), equal(x, y), below(0, 1 / x)).hypotheses == terms(equal(x, y), below(0, 1 / x))
    refused("does not turn", "rewrite", equal(1 / x, 1 / y), equal(x, y), equal(0, 0))
    inverse = eq(mul(X, ipow(X, -1)), mul(Y, ipow(Y, -1)))
    refused("nothing shows|does not turn", "rewrite", inverse, equal(x, y), equal(1, 1))
    assert theorem("rewrite", inverse, equal(x, y), equal(1, 1), Ne(x, 0)).hypotheses == terms(
        equal(x, y), equal(1, 1), Ne(x, 0)
    )
    assert ne(X, ZERO) in theorem("rewrite", inverse, equal(x, y), equal(1, 1), Ne(x, 0)).hypotheses
