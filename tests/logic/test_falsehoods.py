"""Falsehoods that an earlier kernel accepted, by kind, each kind with relatives and with a true neighbour that is accepted.

Each attack is a derivation as proof files write them. The message says at which step it is refused, by which rule and why: a
derivation that fails for another reason, before it has come to the attack, is not refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest
from proving import build, claim, theorem
from proving import refused as refuses
from sympy import (
    ITE,
    Abs,
    Add,
    And,
    E,
    Equivalent,
    Float,
    Function,
    IndexedBase,
    Integer,
    Lambda,
    Piecewise,
    Pow,
    Rational,
    Sum,
    Symbol,
    Xor,
    exp,
    log,
    oo,
    sin,
)

from focal_symbolic.claims.claim import Claim
from focal_symbolic.claims.derivation import replay
from focal_symbolic.claims.derivation import terms as terms_of
from focal_symbolic.claims.variables.near import Near
from focal_symbolic.claims.variables.number import Number
from focal_symbolic.errors import Rejected
from focal_symbolic.language import (
    Bijection,
    Eq,
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
    index,
    j,
    k,
    letters,
    n,
    real,
    total,
)
from focal_symbolic.logic.kernel import Step, Theorem, conclude
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import INFINITY, TRUE, ZERO, add, close_real, mk, mul, neg, rat, substitute

p, q, r, z_, w_ = map(array, "pqrzw")
sigma, tau = letters("sigma"), letters("tau")
a, b, c, t, u, v, x, y, z = map(real, "abctuvxyz")
ONE = Integer(1)
NEVER = Eq(ONE, Integer(0), evaluate=False)


def lt(left, right):
    return Lt(left, right, evaluate=False)


def le(left, right):
    return Le(left, right, evaluate=False)


def gt(left, right):
    return Gt(left, right, evaluate=False)


def eq(left, right):
    return Eq(left, right, evaluate=False)


def power(base, exponent):
    return Pow(base, exponent, evaluate=False)


def no_lemma(name):
    raise KeyError(name)


ATTACKS, NEIGHBOURS = {}, {}


def attack(number, goal, *assumptions, refused, lemmas=no_lemma, **parts):
    """Register a derivation of a goal that does not follow; `refused`: what the message says; `parts`: of the claim."""

    def register(derivation):
        stated = replace(claim(goal, *assumptions), **parts)
        ATTACKS[derivation.__name__] = number, stated, derivation, refused, lemmas
        return derivation

    return register


def neighbour(number, goal, *assumptions, lemmas=no_lemma, **parts):
    """Register a derivation of a goal that is true and near to the falsehoods of the kind."""

    def register(derivation):
        NEIGHBOURS[derivation.__name__] = number, replace(claim(goal, *assumptions), **parts), derivation, lemmas
        return derivation

    return register


def proved(derivation, stated: Claim, lemmas=no_lemma) -> Theorem:
    return replay(stated, build(stated, derivation), lemmas)


# -- f01: two meanings of one node: x^0 is 1 and also as its base is -------------------------------------------------------

UNSHOWN = r"sign: .*the sign of .* is not shown"
NIL = power(Integer(0), Integer(0))


@attack("f01", NEVER, refused=rf"step 1 \({UNSHOWN}")
def zeroth_power_of_zero(d):
    zero = d("sign", eq(NIL, 0))
    d("combination", NEVER, zero, d("identity", eq(NIL, 1)), weights=(1, -1))


@attack("f01", NEVER, refused=rf"step 1 \({UNSHOWN}")
def zeroth_power_of_a_difference_that_is_zero(d):
    base = power(Add(x, -x, evaluate=False), Integer(0))
    zero = d("sign", eq(base, 0))
    d("combination", NEVER, zero, d("identity", eq(base, 1)), weights=(1, -1))


@attack("f01", NEVER, refused=rf"step 3 \({UNSHOWN}")
def zero_to_a_real_power(d):
    """0^x is 0 for x > 0 only."""
    nonnegative = d.suppose(Ge(x, 0))
    one = d("identity", eq(NIL, 1))
    zero = d("sign", eq(Integer(0) ** x, 0), nonnegative)
    zero = d("instance", eq(NIL, 0), zero, d("sign", Ge(Integer(0), 0, evaluate=False)), replace=((x, 0),))
    d("combination", NEVER, zero, one, weights=(1, -1))


POWERS = total(power(p[i], Integer(0)))


@attack("f01", eq(POWERS, 0), Every(Eq(p[i], 0)), refused=rf"step 3 \({UNSHOWN}")
def sum_of_zeroth_powers_of_zeros(d):
    d("sign", eq(POWERS, 0), d("each", Eq(p[i], 0), d.suppose(Every(Eq(p[i], 0))), at=i))


@attack("f01", eq(power(y, Integer(0)), 0), Eq(y, 0), refused=r"step 3 \(rewrite: .*does not turn")
def zero_rewritten_under_a_zeroth_power(d):
    d("rewrite", eq(power(y, Integer(0)), 0), d.suppose(Eq(y, 0)), d("identity", eq(Integer(0), 0)))


@neighbour("f01", lt(0, POWERS))
def sum_of_zeroth_powers_is_positive(d):
    d("sign", lt(0, POWERS))


@neighbour("f01", eq(NIL, 1))
def zeroth_power_of_zero_is_one(d):
    d("identity", d.goal)


# -- f02: a hypothesis at other values loses what it said of definedness ---------------------------------------------------


@attack("f02", NEVER, refused=r"the derivation needs what the claim does not assume: \[0\*0\^-1 <= 1\]")
def quotient_of_equals(d):
    nonzero, zero = d.suppose(Le(x / y, 1), Eq(y, 0))
    never = d("combination", NEVER, zero, nonzero, weights=(1 / y,))
    lost = d("instance", NEVER, never, replace=((x, y),))
    d("instance", NEVER, lost, replace=((y, 0),))


@attack("f02", NEVER, refused=r"the derivation needs what the claim does not assume: \[.*log\(0\).* <= 0\]")
def difference_of_logarithms_of_equals(d):
    ordered, zero = d.suppose(Le(log(x) - log(y), 0), Eq(y, 0))
    positive = d("sign", Gt(y, 0), ordered)
    never = d("absurd", NEVER, d("combination", lt(0, 0), positive, zero, weights=(1, -1)))
    lost = d("instance", NEVER, never, replace=((x, y),))
    d("instance", NEVER, lost, replace=((y, 0),))


@attack("f02", NEVER, refused=r"the derivation needs what the claim does not assume: \[0\*0\^-1 <= 1\]")
def discharged_by_what_sympy_makes_of_it(d):
    """SymPy's y/y <= 1 is 1 <= 1, which is shown."""
    nonzero, zero = d.suppose(Le(x / y, 1), Eq(y, 0))
    never = d("combination", NEVER, zero, nonzero, weights=(1 / y,))
    lost = d("instance", NEVER, never, d("sign", le(1, 1)), replace=((x, y),))
    d("instance", NEVER, lost, d("sign", eq(Integer(0), 0)), replace=((y, 0),))


@attack("f02", NEVER, Every(Eq(q[i], 0)), refused=r"needs what the claim does not assume: \[for every i: q\[i\]/q\[i\] <= 1\]")
def quotients_of_equal_families(d):
    bounded, zeros = d.suppose(Every(Le(p[i] / q[i], 1)), Every(Eq(q[i], 0)))
    one, zero = d("each", Le(p[j] / q[j], 1), bounded, at=j), d("each", Eq(q[j], 0), zeros, at=j)
    never = d("combination", NEVER, zero, one, weights=(1 / q[j],))
    d("instance", NEVER, never, zeros, replace=((p, (i, q[i])),))


def _never_where_a_quotient_is_bounded(name):
    def derivation(d):
        nonzero, zero = d.suppose(Le(x / y, 1), Eq(y, 0))
        d("combination", NEVER, zero, nonzero, weights=(1 / y,))

    return proved(derivation, claim(NEVER, Le(x / y, 1), Eq(y, 0), name=name))


@attack(
    "f02",
    NEVER,
    refused=r"the derivation needs what the claim does not assume: \[0\*0\^-1 <= 1\]",
    lemmas=_never_where_a_quotient_is_bounded,
)
def hypothesis_of_a_lemma_at_other_values(d):
    d.lemma("test/lemma", NEVER, d("sign", eq(Integer(0), 0)), replace={x: Integer(0), y: Integer(0)})


@neighbour("f02", le(1, 2), Ne(y, 0))
def quotient_of_equals_that_is_defined(d):
    bounded = d.suppose(Le(x / y, 1))
    double = d("combination", le(x / y, 2), bounded, d("sign", lt(0, 1)), weights=(1, 1))
    d("instance", d.goal, double, d.suppose(Ne(y, 0)), replace=((x, y),))


# -- f03: a family has one identity: its label is not renamed apart from its entries --------------------------------------

SUMS = Eq(total(p[sigma[i]]), total(p[i]))
MOVED = Eq(total(p[tau[i]]), total(p[i]))


@attack("f03", Implies(Bijection(tau), SUMS), refused=r"step 3 \(implication: .*does not use its case")
def label_of_a_bijection_renamed(d):
    moved = d("instance", SUMS, d("relabel", SUMS), replace=((sigma.label, tau.label),))
    d("implication", d.goal, moved)


@attack("f03", SUMS, Bijection(tau), refused=r"needs what the claim does not assume: \[sigma is a bijection\]")
def another_bijection_discharges(d):
    d("instance", SUMS, d("relabel", SUMS), d.suppose(Bijection(tau)), replace=((sigma.label, tau.label),))


@attack("f03", MOVED, Bijection(sigma), refused=r"step 2 \(instance: .*the premises give")
def entries_renamed_without_the_hypothesis(d):
    d("instance", MOVED, d("relabel", SUMS), replace=((sigma.label, tau.label),))


@attack("f03", SUMS, refused=r"step 2 \(instance\) is not of the language")
def bijection_replaced_by_a_constant_family(d):
    d("instance", SUMS, d("relabel", SUMS), replace=((sigma, (i, j)),))


@attack(
    "f03", Gt(total(p[i]), 0), Every(q[i] > 0), refused=r"needs what the claim does not assume: \[for every i: 0 < p\[i\]\]"
)
def label_of_a_family_of_numbers_renamed(d):
    positive = d("sign", Gt(total(p[i]), 0), d.suppose(Every(p[i] > 0)))
    d("instance", d.goal, positive, d.suppose(Every(q[i] > 0)), replace=((real("p"), real("q")),))


@neighbour("f03", Implies(Bijection(sigma), SUMS))
def relabelled_by_its_bijection(d):
    d("implication", d.goal, d("relabel", SUMS))


# -- f04: premises are steps, never arguments ------------------------------------------------------------------------------

FALSE = lt(Integer(0), 0)


@attack("f04", NEVER, refused=r"step 1 \(absurd\) is not of the language: .*SimpleNamespace")
def premise_as_a_keyword(d):
    d("absurd", NEVER, false=SimpleNamespace(conclusion=FALSE, hypotheses=frozenset()))


@attack("f04", NEVER, refused=r"step 1 \(absurd: .*it takes no argument \['false'\]")
def statement_as_a_premise(d):
    d("absurd", NEVER, false=FALSE)


@attack("f04", NEVER, refused=r"step 2 \(transfer: .*it takes no argument \['equivalence', 'known'\]")
def premises_by_their_names(d):
    d("transfer", NEVER, d("sign", lt(0, 1)), equivalence=Equivalent(lt(0, x), NEVER, evaluate=False), known=lt(0, x))


@attack("f04", NEVER, refused=r"step 1 leans on a step that does not come before it")
def object_in_the_place_of_a_premise(d):
    d("absurd", NEVER, SimpleNamespace(conclusion=FALSE, hypotheses=frozenset()))


@attack("f04", NEVER, refused=r"step 1 \(lemma: .*it takes no argument \['theorem'\]", lemmas=lambda name: None)
def theorem_of_a_lemma_by_its_name(d):
    d("lemma", NEVER, theorem=FALSE, name="test/lemma", replace=())


@attack(
    "f04",
    NEVER,
    refused=r"step 1 \(lemma: .*not a theorem of the kernel",
    lemmas=lambda name: SimpleNamespace(conclusion=NEVER),
)
def lemma_that_is_no_theorem(d):
    d("lemma", NEVER, name="test/lemma", replace=())


@neighbour("f04", NEVER, FALSE)
def absurd_from_a_premise(d):
    d("absurd", NEVER, d.suppose(FALSE))


# -- f05: a binder binds a letter ------------------------------------------------------------------------------------------

NO_LANGUAGE = r"is not of the language: Malformed"


@attack("f05", Eq(p[j], p[sigma[i]]), refused=rf"step 2 \(every\) {NO_LANGUAGE}")
def every_over_an_entry(d):
    one = d.suppose(Eq(p[sigma[i]], 0))
    all_ = d("every", Every(Eq(p[sigma[i]], 0), sigma[i]), one)
    other = d("each", Eq(p[j], 0), all_, at=j)
    moved = d("instance", Eq(p[j] - p[sigma[i]], 0), other, replace=((p, (k, p[k] - p[sigma[i]])),))
    d("combination", d.goal, moved, weights=(1,))


@attack("f05", Eq(p[j], p[sigma[i]]), refused=r"step 2 \(every: .*the premises give")
def every_over_a_letter_inside_of_an_image(d):
    """For every i p at sigma_i, and for every letter p, are two statements."""
    one = d.suppose(Eq(p[sigma[i]], 0))
    d("each", d.goal, d("every", Every(Eq(p[i], 0)), one), at=j)


@attack("f05", Every(Gt(x**2, 0), x), Gt(x, 0), refused=r"the claim is not of the language")
def every_over_a_real(d):
    d("every", d.goal, d("sign", Gt(x**2, 0), d.suppose(Gt(x, 0))))


@attack("f05", ExistsUnique(Eq(p[i], 0), (p[i], -1, 1)), refused=r"the claim is not of the language")
def exactly_one_over_an_entry(d):
    d("sign", lt(0, 1))


@attack("f05", Eq(total(p[i]), 0), Eq(p[sigma[i]], 0), refused=r"step 2 \(sum_terms: .*is not a letter to sum over")
def summed_over_an_entry(d):
    d("sum_terms", eq(total(p[i]), total(Integer(0))), d.suppose(Eq(p[sigma[i]], 0)), over=sigma[i])


@attack(
    "f05",
    Gt(Sum(p[i], (i, 1, n - 1)), 0),
    Every(p[i] > 0),
    refused=r"the claim is not of the language: .*not over the alphabet",
)
def sum_over_part_of_the_alphabet(d):
    d("sign", d.goal, d.suppose(Every(p[i] > 0)))


@neighbour("f05", Every(Eq(p[sigma[i]], 0)), Every(Eq(p[i], 0)))
def every_over_the_letter_of_an_image(d):
    d("every", d.goal, d("each", Eq(p[sigma[i]], 0), d.suppose(Every(Eq(p[i], 0))), at=sigma[i]))


# -- f06: what is defined at a free letter is not defined under a binder ---------------------------------------------------

PLAIN, HIDDEN = total(1 + p[j], j), total(p[j] * (1 / p[j] + 1), j)
F06 = Eq(p[j], 0), lt(0, PLAIN + 1 / p[k])
ELSEWHERE = r"step 2 \(weaken: .*the premises give"


@attack("f06", NEVER, *F06, refused=ELSEWHERE)
def pole_under_a_sum(d):
    weak = d("weaken", le(0, HIDDEN + 1 / p[j]), d.suppose(lt(0, PLAIN + 1 / p[j])))
    moved = d("instance", le(0, HIDDEN + 1 / p[k]), weak, replace=((j, k),))
    d("combination", NEVER, d.suppose(F06[0]), moved, weights=(1 / p[j],))


@attack(
    "f06",
    le(0, total(log(q[i]) * (1 / log(q[i]) + 1)) + log(q[j])),
    lt(0, total(1 + log(q[i])) + 1 / log(q[j])),
    refused=ELSEWHERE,
)
def pole_of_a_logarithm_under_a_sum(d):
    d(
        "weaken",
        le(0, total(log(q[i]) * (1 / log(q[i]) + 1)) + 1 / log(q[j])),
        d.suppose(lt(0, total(1 + log(q[i])) + 1 / log(q[j]))),
    )


@attack(
    "f06",
    Every(Gt(q[i] * (1 / q[i] + 1), 0)),
    Every(1 + q[i] > 0),
    Gt(1 / q[k], 0),
    refused=r"step 4 \(rewrite: .*does not turn",
)
def pole_under_every(d):
    known, pole = d.suppose(Every(1 + q[i] > 0), Gt(1 / q[k], 0))
    one = d("identity", eq(q[k] * (1 / q[k] + 1), 1 + q[k]), pole)
    d("rewrite", d.goal, one, known)


@attack("f06", total(total(p[i] * (1 / p[i] + 1), i), j) >= 0, total(total(1 + p[i], i), j) > 0, Ne(p[k], 0), refused=ELSEWHERE)
def pole_under_two_sums(d):
    d("weaken", d.goal, d.suppose(total(total(1 + p[i], i), j) > 0))


@attack("f06", NEVER, Eq(p[j], 0), Ne(p[i], 0), refused=r"step 2 \(sign: .*is not shown")
def nonzero_at_a_free_letter(d):
    """«p_i != 0» of one letter i, under the binder of the sum."""
    positive = d("sign", Gt(total(1 / p[i] ** 2), 0), d.suppose(Ne(p[i], 0)))
    d("combination", NEVER, d.suppose(Eq(p[j], 0)), positive, weights=(1 / p[j],))


@neighbour("f06", le(0, HIDDEN), Every(Ne(p[i], 0)), lt(0, PLAIN))
def pole_that_is_excluded_at_every_letter(d):
    weak = d("weaken", le(0, PLAIN), d.suppose(lt(0, PLAIN)))
    d("combination", d.goal, weak, d("sign", le(0, 1), d.suppose(Every(Ne(p[i], 0)))), weights=(1, 0))


@neighbour("f06", Gt(total(1 / p[i] ** 2), 0), Every(Ne(p[i], 0)))
def nonzero_at_every_letter(d):
    d("sign", d.goal, d.suppose(Every(Ne(p[i], 0))))


# -- f07: only the difference of the sides is looked at --------------------------------------------------------------------

UNDEFINED = r"nothing shows .*, without which .* is undefined"


@attack("f07", NEVER, refused=rf"step 1 \(logarithms: .*{UNDEFINED}")
def logarithms_that_cancel(d):
    undefined = d("logarithms", lt(log(y), log(y) + log(2)))
    double = d("apply", lt(y, 2 * y), undefined, function="exp")
    d("absurd", NEVER, d("instance", lt(0, 0), double, replace=((y, 0),)))


@attack("f07", lt(1 / x, 1 / x + 1), refused=rf"step 1 \({UNSHOWN}")
def poles_that_cancel(d):
    d("sign", d.goal)


@attack("f07", eq(log(x) + 1, log(x) + 1), refused=r"step 1 \(identity: .*not shown to be equal")
def identity_of_a_logarithm_with_itself(d):
    d("identity", d.goal)


@attack("f07", lt(log(x), log(x) + y), Gt(y, 0), refused=r"step 2 \(combination: .*is not this combination")
def logarithms_that_cancel_in_a_combination(d):
    d("combination", d.goal, d.suppose(Gt(y, 0)), weights=(1,))


@attack("f07", le(log(x), Abs(log(x))), refused=rf"step 1 \(absolute_value: .*{UNDEFINED}")
def absolute_value_of_a_logarithm(d):
    d("absolute_value", d.goal)


LOST = log(6) - log(2) - log(3)  # 0, but the signs do not see it


@attack("f07", lt(1 / LOST, 1 / LOST + 1), refused=r"step 1 \(constant: .*balls do not show")
def constant_that_is_undefined(d):
    d("constant", d.goal)


@neighbour("f07", lt(log(y), log(y) + log(2)), Gt(y, 0))
def logarithms_that_are_defined(d):
    d("sign", d.goal, d.suppose(Gt(y, 0)))


# -- f08: decided under a quantifier because it is at a free letter -------------------------------------------------------

ALL = Every(Ge(1 / p[i], 0))
IMPLIED = Implies(ALL, Ge(1 / p[k], 0))
F08 = Gt(p[i], 0), Eq(p[j], 0), Eq(y, 0), Gt(z, 0)
BARE, COVERED = Every(Gt(z, 0)), Every(Gt(z + y / p[i], 0))


@attack("f08", NEVER, *F08, refused=rf"step 8 \(implication: .*{UNDEFINED}")
def implication_from_an_undefined_universal(d):
    positive, zero, nothing, z_positive = d.suppose(*F08)
    one = d("each", Ge(1 / p[k], 0), d.suppose(ALL), at=k)
    one = d("combination", Ge(1 / p[k], 0), one, positive, weights=(1,))
    undefined = d("implication", IMPLIED, one)  # under p_i > 0, but 1/p_j is not defined
    both = d("conjunction", And(IMPLIED, BARE), undefined, d("every", BARE, z_positive))
    both = d("rewrite", And(IMPLIED, COVERED), nothing, both)
    at = d("each", Gt(z + y / p[j], 0), d("part", COVERED, both), at=j)
    d("combination", NEVER, zero, at, weights=(1 / p[j],))


@attack("f08", Implies(lt(0, 1 / x), lt(-1, 1 / x)), refused=rf"step 3 \(implication: .*{UNDEFINED}")
def implication_from_an_undefined_relation(d):
    d("implication", d.goal, d("sign", lt(-1, 1 / x), d.suppose(lt(0, 1 / x))))


@attack("f08", Or(Every(Ge(1 / p[i], 0)), Gt(p[j], 0)), Gt(p[j], 0), refused=rf"step 2 \(alternative: .*{UNDEFINED}")
def alternative_that_is_undefined(d):
    d("alternative", d.goal, d.suppose(Gt(p[j], 0)))


@attack("f08", Every(Ge(1 / p[i], 0)), Gt(p[i], 0), refused=r"step 3 \(every: .*the premises give")
def universal_of_a_letter_that_is_assumed_of(d):
    d("every", d.goal, d("sign", Ge(1 / p[i], 0), d.suppose(Gt(p[i], 0))))


@attack("f08", le(0, x**2), refused=rf"step 7 \(cases: .*{UNDEFINED}")
def cases_of_an_undefined_universal(d):
    on = lt(total(1 / p[i]), 0), le(0, total(1 / p[i]))
    branches = [d("combination", d.goal, d("sign", d.goal), d.suppose(case), weights=(1,)) for case in on]
    d("cases", d.goal, *branches, on=on)


@neighbour("f08", Implies(ALL, Ge(1 / p[k], 0)), Every(Ne(p[i], 0)))
def implication_from_a_universal_that_is_defined(d):
    one = d("each", Ge(1 / p[k], 0), d.suppose(ALL), at=k)
    nonzero = d.suppose(Every(Ne(p[i], 0)))
    d("implication", d.goal, d("combination", Ge(1 / p[k], 0), one, nonzero, weights=(1,)))


# -- f09: balls call a zeroth power 1 without a look at its base -----------------------------------------------------------

ZEROTH = power(1 / LOST, Integer(0))


@attack("f09", NEVER, refused=rf"step 2 \(constant: .*({UNDEFINED}|balls do not show)")
def zeroth_power_of_a_pole(d):
    zero = d("identity", eq(LOST, 0))
    defined = d("constant", lt(0, ZEROTH))
    d("combination", NEVER, zero, defined, weights=(1 / LOST,))


@attack("f09", lt(0, ZEROTH), refused=r"step 1 \(sign: .*is not shown")
def zeroth_power_of_a_pole_by_its_sign(d):
    d("sign", lt(0, ZEROTH))


@attack("f09", eq(ZEROTH, 1), refused=r"step 1 \(identity: .*not shown to be equal")
def zeroth_power_of_a_pole_by_identity(d):
    d("identity", eq(ZEROTH, 1))


@attack("f09", lt(0, power(log(LOST), Integer(0))), refused=rf"step 1 \(constant: .*({UNDEFINED}|balls do not show)")
def zeroth_power_of_a_logarithm_of_zero(d):
    d("constant", lt(0, power(log(LOST), Integer(0))))


@attack("f09", lt(-1, Abs(1 / LOST)), refused=r"step 1 \(constant: .*balls do not show")
def absolute_value_of_a_constant_pole(d):
    d("constant", d.goal)


@neighbour("f09", lt(0, power(1 / log(2), Integer(0))))
def zeroth_power_of_a_constant(d):
    d("constant", lt(0, power(1 / log(2), Integer(0))))


# -- g01: a normal form captures a bound letter ----------------------------------------------------------------------------


def _sides(t, inner=Abs):
    return total(total(inner(q[k] + r[i] + t), k) ** 2), n * total(inner(q[k] + r[k] + t), k) ** 2


PRODUCTS = total(log(a * (1 + z_[j] ** 2) * (1 + w_[j] ** 2)), j)


@attack("g01", eq(*_sides(total(log(2), j))), refused=r"step 5 \(identity: .*not shown to be equal")
def letter_captured_in_a_normal_form(d):
    double, diagonal = _sides(PRODUCTS)
    base, defined, positive = d.suppose(Gt(b, 0), Gt(PRODUCTS, 0), Gt(a, p[i] ** 2))
    right = d("identity", Eq(log(b**double), log(b) * double), base, defined)
    wrong = d("identity", Eq(log(b**double), log(b) * diagonal), base, defined, positive)
    equal = d("combination", Eq(log(b) * double, log(b) * diagonal), wrong, right, weights=(1, -1))
    constant = [(family, (j, Integer(value))) for family, value in ((p, 0), (z_, 1), (w_, 0))]
    d("instance", d.goal, equal, replace=((b, E), (a, 1), *constant))


@attack("g01", eq(*_sides(Integer(0), exp)), refused=r"step 1 \(identity: .*not shown to be equal")
def double_sum_of_exponentials_is_its_diagonal(d):
    d("identity", d.goal)


@attack("g01", eq(*_sides(log(a * b), exp)), Gt(a, 0), Gt(b, 0), refused=r"step 3 \(identity: .*not shown to be equal")
def double_sum_with_logarithms_taken_apart(d):
    d("identity", d.goal, *d.suppose(Gt(a, 0), Gt(b, 0)))


@attack(
    "g01",
    eq(total(total(exp(p[i] * q[j]), j)), total(total(exp(p[i] * q[i]), j))),
    refused=r"step 1 \(identity: .*not shown to be equal",
)
def inner_letter_taken_for_the_outer(d):
    d("identity", d.goal)


TWICE = gt(total(total(q[i] * p[j]), j), 0)


@attack("g01", gt(total(total(x * p[j]), j), 0), Eq(q[i], x), TWICE, refused=r"step 3 \(rewrite: .*does not turn")
def free_letter_named_like_a_bound_one(d):
    d("rewrite", d.goal, *d.suppose(Eq(q[i], x), TWICE))


@neighbour("g01", eq(total(total(exp(q[k] + r[i]), k)), total(total(exp(q[i] + r[k]), i), k)))
def bound_letters_have_no_names(d):
    d("identity", d.goal)


@neighbour("g01", eq(total(total(q[k] * r[i], k)), total(q[i]) * total(r[i])))
def double_sum_of_a_product(d):
    d("identity", d.goal)


# -- g03: what is defined behind a guard is not defined in front of it -----------------------------------------------------

GUARDED = Implies(Ne(x, 0), Gt(1 / x**2, 0))


@attack("g03", NEVER, refused=r"step 7 \(rewrite: .*does not turn")
def pole_leaves_its_guard(d):
    guarded = d("implication", GUARDED, d("sign", Gt(1 / x**2, 0), d.suppose(Ne(x, 0))))
    both = d("conjunction", And(GUARDED, Gt(z, 0)), guarded, d.suppose(Gt(z, 0)))
    hidden = d("rewrite", And(GUARDED, Gt(z + y / x**2, 0)), d.suppose(Eq(y, 0)), both)
    free = d("part", Gt(z + y / x**2, 0), hidden)
    never = d("combination", NEVER, d.suppose(Eq(x**2, 0)), free, weights=(1 / x**2,))
    d("instance", NEVER, never, replace=((x, 0), (y, 0), (z, 1)))


@attack("g03", Gt(1 / x**2, 0), GUARDED, refused=r"step 2 \(sign: .*is not shown")
def guarded_statement_taken_without_its_guard(d):
    d("sign", d.goal, d.suppose(GUARDED))


SQUARED = Implies(Gt(x, 0), Gt(log(x) ** 2, -1))


@attack(
    "g03", And(SQUARED, Gt(z + y * log(x), 0)), And(SQUARED, Gt(z, 0)), Eq(y, 0), refused=r"step 3 \(rewrite: .*does not turn"
)
def logarithm_leaves_its_guard(d):
    d("rewrite", d.goal, *d.suppose(Eq(y, 0), And(SQUARED, Gt(z, 0))))


@attack(
    "g03",
    eq(x * (1 / x), 1),
    Equivalent(Finite(Piecewise((1 / x, Ne(x, 0)), (oo, True))), Ne(x, 0)),
    refused=r"step 2 \(identity: .*not shown to be equal",
)
def value_of_a_case_leaves_its_case(d):
    at = d.suppose(Equivalent(Finite(Piecewise((1 / x, Ne(x, 0)), (oo, True))), Ne(x, 0)))
    d("identity", Eq(x * (1 / x + 1), 1 + x), at)


@attack(
    "g03",
    Implies(lt(0, 1), Ne(x, 0)),
    Finite(Piecewise((1, Eq(x, 0)), (log(y), gt(1 / x, 0)), (oo, True))),
    refused=r"needs what the claim does not assume",
)
def case_that_is_asked_later_leaves_its_guard(d):
    """1/x is asked for where x = 0 does not hold: a condition of a condition is behind the same guards."""
    known, goal = d.suppose(Finite(Piecewise((1, Eq(x, 0)), (log(y), gt(1 / x, 0)), (oo, True))), d.goal)
    d("instance", d.goal, goal, known, replace=())


@neighbour("g03", Gt(1 / x**2, 0), GUARDED, Ne(x, 0))
def pole_behind_a_guard_that_holds(d):
    d("sign", d.goal, d.suppose(Ne(x, 0)))


# -- g04: one name, two kinds ----------------------------------------------------------------------------------------------

of_i, of_j = letters("i"), letters("j")


@attack("g04", Eq(total(p[of_i[i]]), total(p[of_j[j]], j)), refused=r"step 1 \(identity: .*not shown to be equal")
def letter_named_like_a_family(d):
    d("identity", d.goal)


@attack("g04", Eq(p[of_j[j]], 0), Every(Eq(p[of_i[i]], 0)), refused=r"step 2 \(each: .*the premises give")
def family_instantiated_like_its_letter(d):
    d("each", d.goal, d.suppose(Every(Eq(p[of_i[i]], 0))), at=j)


@attack("g04", Eq(p[of_j[j]], 1), refused=r"step 2 \(instance: .*the premises give")
def family_renamed_with_a_letter(d):
    d("instance", d.goal, d.suppose(Eq(p[of_i[i]], 1)), replace=((i, j),))


@attack("g04", lt(y * total(p[i]), y * total(p[i]) + real("p")), Gt(y, 0), refused=r"step 2 \(sign: .*is not shown")
def variable_named_like_a_family(d):
    """The variable p is not the family p."""
    d("sign", d.goal, d.suppose(Every(Gt(p[i], 0))))


@attack("g04", Every(Gt(p[index("p")], 0), index("p")), Gt(p[index("p")], 0), refused=r"step 2 \(every: .*the premises give")
def letter_named_like_the_family_that_it_indexes(d):
    d("every", d.goal, d.suppose(Gt(p[index("p")], 0)))


@neighbour("g04", Eq(total(p[of_i[i]]), total(p[of_i[j]], j)))
def letter_bound_beside_a_family_of_its_name(d):
    d("identity", d.goal)


# -- g05: objects that lie -------------------------------------------------------------------------------------------------


class Liar(Symbol):
    """It computes as 0 and equals everything."""

    is_Rational, p, q = True, 0, 1  # noqa: N815

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash(ONE)


class Doubled(Rational):
    """A rational that says of itself another denominator than it has."""

    def __new__(cls):
        found = object.__new__(cls)
        found.p, found.q = 1, 2
        return found

    def __eq__(self, other):
        return other == 1

    def __hash__(self):
        return hash(ONE)


class Named(str):
    """A name that equals every other."""

    __slots__ = ()

    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


class Index(int):
    """A number of a step that is not what it seems."""

    __slots__ = ()

    def __lt__(self, other):
        return True


@attack("g05", NEVER, refused=rf"step 1 \(sign\) {NO_LANGUAGE}.*Liar")
def number_that_lies(d):
    d("sign", eq(Liar("one"), Integer(0)))


@attack("g05", NEVER, refused=rf"step 1 \(identity\) {NO_LANGUAGE}.*Doubled")
def rational_that_lies(d):
    d("combination", NEVER, d("identity", eq(ONE, Doubled())), weights=(2,))


@attack("g05", lt(0, 0), Gt(y, 0), refused=rf"step 2 \(apply\) {NO_LANGUAGE}.*Named")
def name_that_lies(d):
    d("apply", lt(log(1), log(y)), d.suppose(Gt(y, 0)), function=Named("log"))


@attack("g05", NEVER, refused=r"step 1 leans on a step that does not come before it")
def premise_that_lies(d):
    d("absurd", NEVER, Index(7))


@attack(
    "g05", Gt(Symbol("x", positive=True), 0, evaluate=False), refused=r"the claim is not of the language: .*no real variable"
)
def symbol_that_hides_an_assumption(d):
    d("sign", d.goal)


@attack("g05", gt(IndexedBase("p", shape=(n,), positive=True)[i], 0), refused=r"the claim is not of the language")
def family_that_hides_an_assumption(d):
    d("sign", d.goal)


@neighbour("g05", eq(Rational(1, 2) + Rational(1, 2), 1))
def rationals_that_are_what_they_seem(d):
    d("identity", d.goal)


# -- g06: inexact numbers, wherever they hide ------------------------------------------------------------------------------

ROUGH = Float("0.1", 1)
EXACT = Ge(x, Rational(1, 10), evaluate=False)


@attack("g06", EXACT, Ge(x, ROUGH, evaluate=False), refused=r"the claim is not of the language: .*Float")
def float_in_an_assumption(d):
    d.suppose(EXACT)


@attack("g06", Ge(x, ROUGH, evaluate=False), EXACT, refused=r"the claim is not of the language: .*Float")
def float_in_the_goal(d):
    d.suppose(EXACT)


@attack("g06", EXACT, variables=(Number(x, low=ROUGH),), refused=r"the claim is not of the language: .*Float")
def float_as_the_end_of_a_range(d):
    d.suppose(EXACT)


@attack("g06", Ge(2 * x, Rational(1, 5)), EXACT, refused=rf"step 2 \(combination\) {NO_LANGUAGE}.*Float")
def float_as_a_weight(d):
    d("combination", d.goal, d.suppose(EXACT), weights=(Float(2),))


@attack("g06", eq(x, x), refused=rf"step 2 \(instance\) {NO_LANGUAGE}.*Float")
def float_as_a_value(d):
    d("instance", d.goal, d("identity", eq(y, y)), replace=((y, x * Float(1)),))


@attack(
    "g06",
    Le(x, Rational(1, 10)),
    variables=(Near(x, ROUGH, 0),),
    kind="witness",
    refused=r"the claim is not of the language: .*Float",
)
def float_as_a_witness(d):
    d("sign", d.goal)


@neighbour("g06", EXACT, Ge(x, Rational(1, 10)))
def rational_in_an_assumption(d):
    d.suppose(EXACT)


# -- g08: Booleans that SymPy simplifies -----------------------------------------------------------------------------------


@attack(
    "g08",
    Equivalent(lt(y, x), gt(0, y), gt(z, 0)),
    Eq(x, 0),
    Gt(z, 0),
    refused=r"the claim is not of the language: iff takes another number",
)
def equivalence_of_three(d):
    d("rewrite", d.goal, *d.suppose(Eq(x, 0), Gt(z, 0)))


@attack("g08", Gt(z, 0), Eq(x, 0), refused=rf"step 3 \(rewrite\) {NO_LANGUAGE}.*iff takes another number")
def equivalence_of_three_on_the_way(d):
    three = d("rewrite", Equivalent(lt(y, x), gt(0, y), gt(z, 0)), d.suppose(Eq(x, 0)), d("sign", lt(0, 1)))
    d("transfer", d.goal, three)


@attack("g08", Equivalent(lt(y, x), Gt(z, 0)), Eq(x, 0), Gt(z, 0), refused=r"step 3 \(rewrite: .*does not turn")
def equivalence_of_statements_that_differ(d):
    d("rewrite", d.goal, *d.suppose(Eq(x, 0), Gt(z, 0)))


@attack("g08", Xor(lt(0, x), lt(0, y)), lt(0, x), refused=r"the claim is not of the language: .*Xor")
def exclusive_or(d):
    d("alternative", d.goal, d.suppose(lt(0, x)))


@attack("g08", ITE(lt(0, x), lt(0, y), lt(0, z)), lt(0, y), refused=r"the claim is not of the language: .*ITE")
def if_then_else(d):
    d("alternative", d.goal, d.suppose(lt(0, y)))


@attack(
    "g08", lt(1, 0), Or(lt(x, 0), lt(1, 0), evaluate=False), refused=r"step 3 \(either: .*each alternative needs one branch"
)
def one_branch_for_two_alternatives(d):
    d("either", d.goal, d.suppose(Or(lt(x, 0), lt(1, 0), evaluate=False)), d.suppose(lt(1, 0)))


@neighbour("g08", Equivalent(lt(y, 0), Gt(z, 0)), Eq(x, 0), Equivalent(lt(y, x), Gt(z, 0)))
def equivalence_with_an_equal_number_put_in(d):
    d("rewrite", d.goal, *d.suppose(Eq(x, 0), Equivalent(lt(y, x), Gt(z, 0))))


# -- g09: a witness is put in among terms ----------------------------------------------------------------------------------


@attack(
    "g09",
    Le(1 / log(x) ** 2, 0),
    variables=(Near(x, Integer(0), Integer(0)),),
    kind="witness",
    refused=r"the derivation ends in 0 <= 0, not in the goal",
)
def witness_where_the_goal_is_undefined(d):
    d("sign", d.goal)


@attack(
    "g09",
    Le(1 / Abs(log(x)), 0),
    variables=(Near(x, Integer(0), Integer(0)),),
    kind="witness",
    refused=r"the derivation ends in 0 <= 0, not in the goal",
)
def witness_at_which_a_quotient_vanishes(d):
    d("sign", d.goal)


@attack(
    "g09",
    Eq(x * log(x), 0, evaluate=False),
    variables=(Near(x, Integer(0), Integer(0)),),
    kind="witness",
    refused=r"the derivation ends in 0 = 0, not in the goal",
)
def witness_at_which_a_product_vanishes(d):
    d("identity", eq(Integer(0), 0))


@attack(
    "g09",
    Eq(y ** (x - x**2) - 1, 0, evaluate=False),
    variables=(Near(x, ONE, Integer(0)),),
    kind="witness",
    refused=r"the derivation ends in 0 = 0, not in the goal",
)
def witness_that_makes_an_exponent_zero(d):
    """y^0 as a real power is defined for y >= 0 only."""
    d("identity", eq(Integer(0), 0))


@neighbour("g09", Gt(1 / log(x) ** 2, 0), variables=(Near(x, Integer(2), Integer(0)),), kind="witness")
def witness_where_the_goal_is_defined(d):
    d("sign", d.goal, d("constant", lt(0, log(2))))


# -- g10: arguments are of the language ------------------------------------------------------------------------------------


class Flat(exp):
    """It says that its derivative is 0, and is -2x at every number but the variable t."""

    @classmethod
    def eval(cls, argument):
        return None if argument == t else -2 * argument

    def _eval_derivative(self, variable):
        return Integer(0)


def _grows(d, function, *more):
    rate = d("sign", lt(0, 1))
    return d("monotone", lt(-a, -b), rate, d.suppose(Lt(a, b)), *more, function=function, variable=t)


@attack("g10", lt(-a, -b), Lt(a, b), refused=rf"step 3 \(monotone\) {NO_LANGUAGE}.*Flat")
def function_with_a_derivative_of_its_own(d):
    _grows(d, t + Flat(t))


@attack("g10", lt(-a, -b), Lt(a, b), refused=r"step 3 \(monotone: .*no function f is declared")
def function_that_is_not_declared(d):
    _grows(d, t + Function("f")(t))


@attack("g10", lt(-a, -b), Lt(a, b), refused=rf"step 3 \(monotone\) {NO_LANGUAGE}.*sin")
def function_outside_of_the_language(d):
    _grows(d, t + sin(t))


@attack("g10", lt(-a, -b), Lt(a, b), refused=rf"step 3 \(monotone\) {NO_LANGUAGE}")
def function_that_is_a_lambda(d):
    _grows(d, Lambda(t, t))


@attack("g10", lt(-a, -b), Lt(a, b), refused=r"step 3 \(monotone: .*an argument is no number")
def function_by_cases(d):
    _grows(d, Piecewise((-t, t < 0), (t, True)))


@attack("g10", lt(-a, -b), Lt(a, b), refused=rf"step 3 \(monotone\) {NO_LANGUAGE}")
def function_that_is_python(d):
    _grows(d, lambda argument: argument)


@attack("g10", lt(-a, -b), Lt(a, b), refused=r"step 3 \(monotone: .*the premises give")
def function_that_falls(d):
    _grows(d, -t)


@neighbour("g10", lt(exp(a), exp(b)), Lt(a, b))
def function_of_the_language(d):
    d("monotone", d.goal, d("sign", lt(0, exp(t))), d.suppose(Lt(a, b)), function=exp(t), variable=t)


# -- g12: renaming a bound letter renames nothing else ---------------------------------------------------------------------

AT_SIGMA = Every(Eq(p[sigma[i]], 0), sigma.label)


@attack("g12", Eq(p[tau[i]], 0), AT_SIGMA, refused=r"step 2 \(instance: .*the premises give")
def family_renamed_with_the_letter_of_every(d):
    renamed = d("instance", Every(Eq(p[tau[i]], 0), tau.label), d.suppose(AT_SIGMA), replace=())
    d("each", d.goal, renamed, at=j)


@attack(
    "g12",
    Eq(total(p[sigma[i]], sigma.label), total(p[tau[i]], tau.label)),
    refused=r"step 1 \(identity: .*not shown to be equal",
)
def family_renamed_with_the_letter_of_a_sum(d):
    d("identity", d.goal)


@attack("g12", Every(Eq(p[tau[i]], 0), tau.label), Eq(p[sigma[i]], 0), refused=r"step 2 \(every: .*the premises give")
def family_renamed_where_it_is_generalised(d):
    d("every", d.goal, d.suppose(Eq(p[sigma[i]], 0)))


@attack("g12", Eq(p[tau[j]], 0), AT_SIGMA, refused=r"step 2 \(each: .*the premises give")
def family_put_in_for_the_letter_of_its_name(d):
    d("each", d.goal, d.suppose(AT_SIGMA), at=tau[j])


@neighbour("g12", Every(Eq(p[sigma[i]], 0), tau.label), AT_SIGMA)
def bound_letter_renamed(d):
    d("instance", d.goal, d.suppose(AT_SIGMA), replace=())


# -- g14: bound and free in `rewrite` --------------------------------------------------------------------------------------

G14 = Gt(1 / p[i], 0), Eq(p[j], 0), Eq(y, 0), Gt(z, 0)


@attack("g14", NEVER, *G14, refused=r"step 7 \(rewrite: .*does not turn")
def pole_rewritten_under_every(d):
    one, zero, nothing, positive = d.suppose(*G14)
    both = d("conjunction", And(G14[0], BARE), one, d("every", BARE, positive))
    hidden = d("part", COVERED, d("rewrite", And(G14[0], COVERED), nothing, both))
    d("combination", NEVER, zero, d("each", Gt(z + y / p[j], 0), hidden, at=j), weights=(1 / p[j],))


@attack("g14", Gt(total(z + y / p[i]), 0), *G14, refused=r"step 4 \(rewrite: .*does not turn")
def pole_rewritten_under_a_sum(d):
    one, nothing, positive = d.suppose(G14[0], Eq(y, 0), Gt(total(z), 0))
    d("rewrite", d.goal, nothing, positive, one)


@attack("g14", Eq(total(q[i]), total(r[i])), Eq(q[i], r[i]), refused=r"step 3 \(rewrite: .*does not turn")
def equation_at_one_letter_rewritten_under_a_sum(d):
    d("rewrite", d.goal, d.suppose(Eq(q[i], r[i])), d("identity", eq(total(q[i]), total(q[i]))))


@attack(
    "g14",
    Every(Gt(q[i] + y * log(p[i]), 0)),
    Every(Gt(q[i], 0)),
    Eq(y, 0),
    Gt(p[k], 0),
    refused=r"step 4 \(rewrite: .*does not turn",
)
def logarithm_rewritten_under_every(d):
    d("rewrite", d.goal, *d.suppose(Eq(y, 0), Every(Gt(q[i], 0)), Gt(p[k], 0)))


@attack("g14", Gt(z + y / p[j], 0), *G14, refused=r"step 4 \(rewrite: .*does not turn")
def pole_rewritten_at_another_letter(d):
    d("rewrite", d.goal, *d.suppose(Eq(y, 0), Gt(z, 0), G14[0]))


@neighbour("g14", Every(Gt(z + y / p[i], 0)), Every(Ne(p[i], 0)), Eq(y, 0), Gt(z, 0))
def pole_rewritten_that_is_excluded_at_every_letter(d):
    nothing, positive, nonzero = d.suppose(Eq(y, 0), Gt(z, 0), Every(Ne(p[i], 0)))
    d("rewrite", d.goal, nothing, d("every", BARE, positive), nonzero)


@neighbour("g14", Eq(total(q[i]), total(r[i])), Every(Eq(q[i], r[i])))
def equation_at_every_letter_rewritten_under_a_sum(d):
    at = d("each", Eq(q[i], r[i]), d.suppose(Every(Eq(q[i], r[i]))), at=i)
    d("rewrite", d.goal, at, d("identity", eq(total(q[i]), total(q[i]))))


# -- u1: weights of a combination are defined ------------------------------------------------------------------------------

UNCOMBINED = r"step 2 \(combination: .*is not this combination"


@attack("u1", NEVER, Eq(y, 0), refused=UNCOMBINED)
def weight_that_is_a_pole(d):
    d("combination", NEVER, d.suppose(Eq(y, 0)), weights=(1 / y,))


@attack("u1", lt(0, 0), Eq(y, 0), refused=r"step 3 \(combination: .*is not this combination")
def weight_that_is_a_pole_beside_a_strict_inequality(d):
    d("combination", lt(0, 0), d("sign", lt(0, 1)), d.suppose(Eq(y, 0)), weights=(1, -1 / y))


@attack("u1", lt(0, 1), Eq(total(p[i]), 0), refused=r"step 3 \(combination: .*is not this combination")
def weight_that_is_a_logarithm(d):
    """The weight is of no avail; but it is there."""
    d("combination", lt(0, 1), d("sign", lt(0, 1)), d("identity", eq(x, x)), weights=(1, log(y)))


@attack("u1", NEVER, Every(Eq(p[i], 0)), refused=r"step 3 \(combination: .*is not this combination")
def weight_that_is_a_pole_at_each_letter(d):
    d("combination", NEVER, d("each", Eq(p[j], 0), d.suppose(Every(Eq(p[i], 0))), at=j), weights=(1 / p[j],))


@neighbour("u1", Eq(y, 0), Eq(x * y, 0), Ne(x, 0))
def weight_that_is_defined(d):
    d("combination", Eq(y, 0), d.suppose(Eq(x * y, 0)), d.suppose(Ne(x, 0)), weights=(1 / x,))


# -- u2: != of a free letter says nothing of a bound one --------------------------------------------------------------------


@attack("u2", Every(Gt(1 / p[i] ** 2, 0)), Ne(p[i], 0), refused=r"step 3 \(every: .*the premises give")
def nonzero_at_one_letter_generalised(d):
    d("every", d.goal, d("sign", Gt(1 / p[i] ** 2, 0), d.suppose(Ne(p[i], 0))))


@attack("u2", Gt(total(p[i] ** 2), 0), Ne(p[i], 0), Ne(p[j], 0), refused=r"step 3 \(sign: .*is not shown")
def nonzero_at_two_letters_under_a_sum(d):
    d("sign", d.goal, *d.suppose(Ne(p[i], 0), Ne(p[j], 0)))


@attack("u2", eq(total(q[i] / p[i] * p[i]), total(q[i])), Ne(p[j], 0), refused=r"step 2 \(identity: .*not shown to be equal")
def nonzero_at_one_letter_cancels_under_a_sum(d):
    d("identity", Eq(total(q[i] * (1 / p[i] + 1) * p[i]), total(q[i] + q[i] * p[i])), d.suppose(Ne(p[j], 0)))


@attack(
    "u2", lt(total(Abs(p[i]) ** b), total(2 * Abs(p[i]) ** b)), Ne(p[i], 0), Ge(b, 0), refused=r"step 3 \(sign: .*is not shown"
)
def nonzero_at_one_letter_below_a_power(d):
    d("sign", d.goal, *d.suppose(Ne(p[i], 0), Ge(b, 0)))


@neighbour("u2", Gt(total(p[i] ** 2), 0), Every(Ne(p[i], 0)))
def nonzero_at_every_letter_under_a_sum(d):
    d("sign", d.goal, d.suppose(Every(Ne(p[i], 0))))


# -- u3: a root is of a continuous function, and cites the intermediate value theorem ---------------------------------------


def _one_root(f, *more):
    """∃! x in [0, 1]: f(x) = 0, for the function f of terms, which falls by its sign."""
    at = {name: substitute(f, {("var", "x"): to}) for name, to in (("low", X), ("high", U), ("0", ZERO), ("1", UNIT))}
    falls = theorem("sign", mk("lt", at["high"], at["low"]), mk("lt", X, U), mk("le", ZERO, X), *more)
    ends = [theorem("sign", s, *more) for s in (mk("le", ZERO, at["0"]), mk("le", at["1"], ZERO), mk("le", ZERO, UNIT))]
    return theorem("root", mk("one", ZERO, UNIT, close_real(mk("eq", f, ZERO), "x")), falls, *ends, *more)


UNIT, X, Y, U = rat(1), mk("var", "x"), mk("var", "y"), mk("var", "u")


@pytest.mark.parametrize(
    ("more", "assumed", "match"),
    [
        (mk("abs", X), (), "abs is not known to be continuous"),
        (mk("rpow", Y, X), (mk("le", ZERO, Y),), "may jump"),
        (mk("rpow", Y, mk("rpow", X, rat(2))), (mk("le", ZERO, Y),), "may jump"),
        (mk("sum", mk("abs", mul(X, mk("entry", "p", mk("bletter", 0))))), (), "abs is not known to be continuous"),
    ],
)
def test_root_of_a_function_that_is_not_known_to_be_continuous_is_refused(more, assumed, match):
    """What is added is 0 wherever it is defined, so that the function falls as its sign shows."""
    with pytest.raises(Rejected, match=match):
        _one_root(add(neg(X), mul(ZERO, more)), *assumed)


def test_root_cites_the_theorem_that_it_leans_on():
    theorem_ = _one_root(add(neg(X), mul(ZERO, mk("rpow", Y, X))), mk("lt", ZERO, Y))
    assert [c.name for c in theorem_.cited] == ["intermediate value theorem"]
    assert theorem_.evidence >= {"cited"}


# -- values and goals that are other than they seem -------------------------------------------------------------------------

NESTED = mk("cases", INFINITY, mk("lt", ZERO, X), UNIT, TRUE)
FOR_ALL = mk("esum", NESTED)


@pytest.mark.parametrize(
    "value",
    [
        mk("cases", NESTED, mk("lt", ZERO, UNIT), UNIT, TRUE),
        mk("cases", UNIT, mk("lt", X, ZERO), NESTED, TRUE),
        mk("cases", FOR_ALL, mk("lt", X, ZERO), FOR_ALL, TRUE),
        mk("cases", INFINITY, mk("lt", ZERO, X), mk("cases", NESTED, mk("lt", X, ZERO), NESTED, TRUE), TRUE),
    ],
    ids=str,
)
def test_value_by_cases_inside_of_a_value_by_cases_is_no_number(value):
    refuses("neither a number nor oo", "finite_value", mk("iff", mk("finite", value), mk("le", ZERO, UNIT)))


def test_value_by_cases_is_finite_where_its_value_is_a_number():
    theorem("finite_value", mk("iff", mk("finite", NESTED), mk("le", X, ZERO)))


def _exactly_one_of(t):
    """∃! x in [0, 1]: -x + 0 t = 0."""
    return mk("one", ZERO, UNIT, close_real(mk("eq", add(neg(X), mul(ZERO, t)), ZERO), "x"))


POLE = mk("ipow", ZERO, -1)
AT_I = mk("entry", "p", mk("letter", "i"))
FALSEHOOD = mk("lt", UNIT, ZERO)


def _false_where_there_is_exactly_one(t):
    """«∃! iff 1 < 0» gives 1 < 0: there is exactly one."""
    one = _one_root(add(neg(X), mul(ZERO, t)))
    return theorem("transfer", FALSEHOOD, mk("iff", _exactly_one_of(t), FALSEHOOD), one)


@pytest.mark.parametrize(
    ("of", "values"),
    [
        (Y, ((("var", "y"), POLE),)),
        (Y, ((("var", "y"), mk("log", ZERO)),)),
        (Y, ((("var", "y"), mk("rpow", rat(-1), rat(Fraction(1, 2)))),)),
        (AT_I, ((("entry", "p"), mk("template", POLE)),)),
        (mul(Y, AT_I), ((("entry", "p"), mk("template", mk("log", mul(ZERO, mk("entry", "q", mk("bletter", 0)))))),)),
    ],
)
def test_value_in_the_body_of_a_hypothesis_that_says_exactly_one_is_defined(of, values):
    """At an undefined value there is none, and what says that there is not exactly one holds, which holds at no number."""
    known = _false_where_there_is_exactly_one(of)
    step = Step("instance", FALSEHOOD, (), (("replace", values),))
    with pytest.raises(Rejected, match=r"nothing shows .*, without which .* is undefined"):
        conclude(step, [known], no_lemma, Search())
    with pytest.raises(Rejected, match=r"nothing shows .*, without which .* is undefined"):
        conclude(replace(step, rule="lemma", arguments=(("name", "known"), *step.arguments)), [], lambda _: known, Search())


def test_value_in_the_body_of_a_hypothesis_may_be_any_number():
    known = _false_where_there_is_exactly_one(Y)
    moved = conclude(Step("instance", FALSEHOOD, (), (("replace", ((("var", "y"), rat(7)),)),)), [known], no_lemma, Search())
    assert moved.hypotheses == {mk("iff", _exactly_one_of(rat(7)), FALSEHOOD)}


@pytest.mark.parametrize(
    ("goal", "assumed"),
    [
        (eq(log(y) - log(2 * y) + log(2), 0), Gt(y, 0)),
        (eq(x * (1 / x - 1) - 1 + x, 0), Ne(x, 0)),
        (eq(total(q[i] * (1 / q[i] - 1) - 1 + q[i]), 0), Every(Ne(q[i], 0))),
        (eq(log(y * x) - log(x) - log(y), 0), And(Gt(x, 0), Gt(y, 0))),
    ],
    ids=str,
)
def test_theorem_assumes_what_the_restatement_of_its_goal_needs(goal, assumed):
    stated = claim(goal, assumed)
    found = replay(stated, build(stated, lambda d: d("identity", eq(Integer(0), 0))), no_lemma)
    assert found.hypotheses == set(terms_of(stated)[0])


# -- what each kind has ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ATTACKS)
def test_falsehood_is_refused_where_it_goes_wrong(name):
    _, stated, derivation, match, lemmas = ATTACKS[name]
    with pytest.raises(Rejected, match=match):
        proved(derivation, stated, lemmas)


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_true_neighbour_is_proved(name):
    _, stated, derivation, lemmas = NEIGHBOURS[name]
    theorem = proved(derivation, stated, lemmas)
    assumed, goal = terms_of(stated)
    assert theorem.conclusion is goal
    assert theorem.hypotheses <= set(assumed)


def test_each_kind_has_three_relatives_and_a_neighbour():
    attacks = Counter(kind for kind, *_ in ATTACKS.values())
    neighbours = Counter(kind for kind, *_ in NEIGHBOURS.values())
    assert min(attacks.values()) >= 4
    assert attacks.keys() == neighbours.keys()
    assert len(attacks) == 21
