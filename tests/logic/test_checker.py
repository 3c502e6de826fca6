"""The checker: what each node of a certificate shows, what it does not, and that nothing undefined comes in by it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from fractions import Fraction
from itertools import product

import pytest
from speech import B0, B1, F0, F1, II, JJ, R0, C, Told, X, Y, Z, exp, log, p, q, s

from focal_symbolic.logic import fuel
from focal_symbolic.logic.checker import Situation, at_letters, check, checked
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.laws import Invalid
from focal_symbolic.logic.meaning import conditions, power_condition
from focal_symbolic.logic.signs import ANY, MASK, NEG, NIL, PLUS, POS, TIMES, absolute, of_power
from focal_symbolic.logic.terms import (
    ONE,
    RELATIONS,
    SIZE,
    TRUE,
    ZERO,
    add,
    eq,
    every,
    ipow,
    le,
    lt,
    mk,
    mul,
    ne,
    neg,
    rat,
    rpow,
    sub,
    total,
)

HALF, TWO = rat(Fraction(1, 2)), rat(2)
POSITIVE, NOT_ZERO = lt(ZERO, X), ne(X, ZERO)
NOTHING, RATIONAL, ASKED, SAME = ("any",), ("number",), ("asked",), ("same",)
FIRST = 2
"""The place of the first fact: before it stand 1 <= n and 0 < n."""
UNKNOWN = log(Z)
LOST = mul(UNKNOWN, ipow(UNKNOWN, -1))
"""The rational function 1, not known to be defined."""


def fact(k=0, *at, ratio=1):
    """A row of a certificate: the fact number k at letters."""
    return (Fraction(ratio), FIRST + k, at)


def by_facts(*rows, rest=ZERO, how=RATIONAL):
    return ("facts", rows, rest, how)


def known(k=0, *at):
    return ("known", FIRST + k, at)


def situation(*facts, asked=(), equations=None, opened=()):
    return Situation(Context(Told(), facts), frozenset(asked), equations or {}, frozenset(opened))


def signs(e, how, *facts, **kwargs):
    """The signs that a certificate leaves of e, whose conditions are known."""
    asked = {*conditions(e), *kwargs.pop("asked", ())}
    return situation(*facts, asked=asked, **kwargs).sign(e, how)


def proves(statement, how, *facts, **kwargs):
    """Whether a certificate proves a statement, whose conditions are known."""
    asked = {*conditions(statement), *kwargs.pop("asked", ())}
    return situation(*facts, asked=asked, **kwargs).proves(statement, how)


def invalid(work, missing=None):
    """The certificate is invalid, for want of this condition."""
    with pytest.raises(Invalid) as found:
        work()
    assert found.value.missing is missing


MASKS = (POS, NIL, NEG, POS | NIL, NEG | NIL, POS | NEG, ANY)
LEFT, RIGHT = (tuple(mk("var", f"{stem}{mask}") for mask in MASKS) for stem in "ab")
SIGNED = [
    fact_
    for pos, nil, neg_, not_neg, not_pos, not_nil, _ in (LEFT, RIGHT)
    for fact_ in (lt(ZERO, pos), eq(nil, ZERO), lt(neg_, ZERO), le(ZERO, not_neg), le(not_pos, ZERO), ne(not_nil, ZERO))
]
"""What is known of two variables of each sign; the last ones are any numbers."""
HOW = {
    x: by_facts((Fraction(-1 if MASKS[k] in (NEG, NEG | NIL) else 1), FIRST + k + 6 * side, ()))
    for side in (0, 1)
    for k, x in enumerate((LEFT, RIGHT)[side][:6])
}


def signed(e, how):
    """The signs of a number of these variables that a certificate leaves."""
    return signs(e, how, *SIGNED)


# -- signs -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("x", "mask"), [*zip(LEFT, MASKS, strict=True), *zip(RIGHT, MASKS, strict=True)])
def test_signs_of_the_variables(x, mask):
    assert signed(x, HOW.get(x, NOTHING)) == mask


@pytest.mark.parametrize(
    ("e", "sign"),
    [(rat(-2), NEG), (ZERO, NIL), (HALF, POS), (add(X, neg(X)), NIL), (add(X, ONE, neg(X)), POS), (X, ANY), (SIZE, ANY)],
)
def test_a_rational_has_its_sign(e, sign):
    assert signs(e, RATIONAL) == sign


def test_the_size_of_the_alphabet_and_exponentials_are_positive():
    assert signs(SIZE, ("size",)) == POS
    assert signs(exp(X), ("exp",)) == POS
    for e in (X, log(X), ONE, neg(exp(X))):
        assert signs(e, ("size",)) == ANY
        assert signs(e, ("exp",)) == ANY
    assert signs(SIZE, ("exp",)) == ANY
    assert signs(exp(X), ("size",)) == ANY


@pytest.mark.parametrize(("a", "b"), list(product(range(7), range(7))))
def test_sums_and_products_have_the_signs_that_those_of_their_parts_allow(a, b):
    for op, kind, other, table in (("add", "sum", "product", PLUS), ("mul", "product", "sum", TIMES)):
        e = mk(op, LEFT[a], RIGHT[b])
        hows = tuple(HOW.get(t, NOTHING) for t in e.args)
        assert signed(e, (kind, hows)) == table[MASKS[a]][MASKS[b]]
        assert signed(e, (other, hows)) == ANY


def test_a_certificate_has_one_sign_for_each_part_in_their_order():
    e = add(exp(X), exp(Y), ONE)
    right = tuple(("exp",) if t.op == "exp" else RATIONAL for t in e.args)
    assert signs(e, ("sum", right)) == POS
    for wrong in (right[:-1], (*right, RATIONAL), ()):
        invalid(lambda wrong=wrong: signs(e, ("sum", wrong)))
    e = mul(exp(X), rat(-1))
    turned = tuple(RATIONAL if t.op == "exp" else ("exp",) for t in e.args)
    assert signs(e, ("product", turned)) == ANY
    invalid(lambda: signs(e, ("product", turned[:1])))


@pytest.mark.parametrize(("x", "mask"), list(zip(LEFT, MASKS, strict=True)))
def test_powers_and_absolute_values_have_the_signs_that_those_of_the_base_allow(x, mask):
    how = HOW.get(x, NOTHING)
    for k in range(-3, 4):
        assert signed(ipow(x, k), ("power", how)) == of_power(mask, k)
    assert signed(rpow(x, C), ("rpower", how)) == (POS if mask == POS else POS | NIL)
    assert signed(mk("abs", x), ("abs", how)) == absolute(mask)


def test_a_certificate_is_of_the_operation_of_its_number():
    for e in (exp(X), ipow(exp(X), 2), rpow(exp(X), C), mk("abs", exp(X)), log(exp(X)), add(exp(X), ONE), total(exp(X))):
        for how in (
            ("power", ("exp",)),
            ("rpower", ("exp",)),
            ("abs", ("exp",)),
            ("log", ("exp",), RATIONAL),
            ("total", 0, ("exp",)),
        ):
            op = {"power": "ipow", "rpower": "rpow", "total": "sum"}.get(how[0], how[0])
            if op != e.op:
                assert signs(e, how) == ANY


@pytest.mark.parametrize(("c", "sign"), [(Fraction(1, 2), NEG), (Fraction(1), NIL), (Fraction(2), POS)])
def test_a_logarithm_has_the_sign_of_its_argument_less_one(c, sign):
    assert signs(log(rat(c)), ("log", RATIONAL, RATIONAL)) == sign
    e = mul(rat(c), exp(X))
    how = ("product", tuple(RATIONAL if t.op == "rat" else ("exp",) for t in e.args))
    assert signs(log(e), ("log", how, NOTHING)) == ANY


def test_a_logarithm_has_a_certificate_for_its_argument_and_another_for_that_less_one():
    e = add(ONE, exp(Y))
    positive = ("sum", tuple(RATIONAL if t is ONE else ("exp",) for t in e.args))
    assert signs(log(e), ("log", positive, ("equals", exp(Y), ("exp",)))) == POS
    invalid(lambda: signs(log(e), ("log", positive, positive)))
    invalid(lambda: signs(log(e), ("log", ("equals", exp(Y), ("exp",)), positive)))


def test_the_argument_of_a_logarithm_is_shown_to_be_positive():
    for how in (NOTHING, ("abs", NOTHING)):
        invalid(lambda how=how: signs(log(mk("abs", X)), ("log", how, RATIONAL)))
    invalid(lambda: signs(log(rat(-1)), ("log", RATIONAL, RATIONAL)))


def test_a_sum_over_letters_has_a_sign_that_all_its_terms_have():
    for x, mask in zip(LEFT, MASKS, strict=True):
        assert signed(total(x), ("total", 0, HOW.get(x, NOTHING))) == (ANY if mask == POS | NEG else mask)
    assert signs(total(p(B0)), ("total", 0, by_facts(fact(0, F0))), every(lt(ZERO, p(B0)))) == POS
    assert signs(total(p(B0)), ("total", 0, by_facts(fact(0, F0))), every(ne(p(B0), ZERO))) == ANY


def test_a_sum_is_opened_at_a_letter_that_is_not_spoken_of():
    facts = (lt(ZERO, p(F0)),)
    invalid(lambda: signs(total(p(B0)), ("total", 0, by_facts(fact())), *facts, opened={0}))
    assert signs(p(F0), by_facts(fact()), *facts, opened={0}) == POS
    invalid(lambda: signs(total(p(B0)), ("total", 1, by_facts(fact())), *facts, opened={0}))
    nested = total(total(mul(p(B0), p(B1))))
    each = tuple(by_facts(fact(0, at)) for at in ((F1, F0) if mul(p(F1), p(F0)).args == (p(F1), p(F0)) else (F0, F1)))
    how = ("total", 0, ("total", 1, ("product", each)))
    assert signs(nested, how, every(lt(ZERO, p(B0)))) == POS
    invalid(lambda: signs(nested, ("total", 0, ("total", 0, ("product", each))), every(lt(ZERO, p(B0)))))


def test_under_a_sum_its_conditions_hold_of_the_letter():
    e = total(log(add(p(B0), ONE)))
    positive = lt(ZERO, add(p(F0), ONE))
    assert signs(e, ("total", 0, ("equals", add(log(add(p(F0), ONE)), ZERO), NOTHING))) == ANY
    assert signs(e, ("total", 0, ("shown", ((positive, ASKED),), NOTHING))) == ANY
    invalid(lambda: signs(e, ("total", 1, ("shown", ((positive, ASKED),), NOTHING))))


@pytest.mark.parametrize("op", sorted(RELATIONS))
@pytest.mark.parametrize("ratio", [Fraction(2), Fraction(-1, 3)])
def test_a_multiple_of_a_fact_and_a_rest(op, ratio):
    relation = mk(op, X, Y)
    slack = sub(X, Y) if op in ("eq", "ne") else sub(Y, X)
    e = add(mul(rat(ratio), slack), exp(C))
    allowed = TIMES[POS if ratio > 0 else NEG][MASK[op]]
    how = by_facts((ratio, FIRST, ()), rest=exp(C), how=("exp",))
    assert signs(e, how, relation) == PLUS[allowed][POS]
    assert signs(mul(rat(ratio), slack), by_facts((ratio, FIRST, ())), relation) == allowed
    for wrong in (
        by_facts((ratio + 1, FIRST, ()), rest=exp(C), how=("exp",)),
        by_facts((-ratio, FIRST, ()), rest=exp(C), how=("exp",)),
        by_facts((ratio, FIRST - 1, ()), rest=exp(C), how=("exp",)),
        by_facts((ratio, FIRST, ()), rest=exp(X), how=("exp",)),
        by_facts((ratio, FIRST, ())),
        by_facts(rest=exp(C), how=("exp",)),
        by_facts((ratio, FIRST, ()), (ratio, FIRST, ()), rest=exp(C), how=("exp",)),
    ):
        invalid(lambda wrong=wrong: signs(e, wrong, relation))


def test_several_facts_add_up():
    facts = (lt(X, Y), le(Y, Z), eq(Z, C))
    assert signs(sub(C, X), by_facts(fact(0), fact(1), fact(2, ratio=-1)), *facts) == POS
    assert signs(sub(Z, Y), by_facts(fact(1)), *facts) == POS | NIL
    assert signs(sub(Z, X), by_facts(fact(0), fact(1)), *facts) == POS
    assert signs(sub(add(Y, Y), add(X, Z)), by_facts(fact(0), fact(1, ratio=-1)), *facts) == ANY
    assert signs(ZERO, by_facts()) == NIL
    assert signs(add(SIZE, neg(ONE)), by_facts((Fraction(1), 0, ()))) == POS | NIL
    assert signs(SIZE, by_facts((Fraction(1), 1, ()))) == POS


@pytest.mark.parametrize(
    ("e", "ratio", "rest", "how"),
    [
        (ZERO, 1, ZERO, RATIONAL),
        (exp(Y), 1, exp(Y), ("exp",)),
        (neg(X), 1, ZERO, RATIONAL),
        (mul(HALF, X), 2, ZERO, RATIONAL),
        (X, Fraction(1, 2), ZERO, RATIONAL),
        (X, 1, exp(Y), ("exp",)),
        (sub(X, exp(Y)), 1, exp(Y), ("exp",)),
        (sub(exp(Y), X), 1, exp(Y), ("exp",)),
    ],
)
def test_what_facts_do_not_add_up_to_is_not_shown_by_them(e, ratio, rest, how):
    invalid(lambda: signs(e, by_facts(fact(ratio=ratio), rest=rest, how=how), POSITIVE))


def test_a_fact_is_a_source_of_the_context_and_a_relation():
    invalid(lambda: signs(X, by_facts(fact(1)), POSITIVE))
    invalid(lambda: signs(X, by_facts(fact()), mk("or", POSITIVE, TRUE)))
    invalid(lambda: signs(p(II), by_facts(fact()), every(lt(ZERO, p(B0)))))


def test_a_fact_for_every_letter_is_taken_at_letters_that_may_be_spoken_of():
    facts = (every(every(lt(p(B0), q(B1)))),)
    assert signs(sub(q(II), p(s(JJ))), by_facts(fact(0, II, s(JJ))), *facts) == POS
    invalid(lambda: signs(sub(q(II), p(s(JJ))), by_facts(fact(0, s(JJ), II)), *facts))
    for at in ((II,), (II, JJ, II), (), (F0, II), (II, F0), (B0, II), (s(F0), II)):
        invalid(lambda at=at: signs(sub(q(II), p(s(JJ))), by_facts(fact(0, *at)), *facts))
    assert signs(sub(q(F0), p(II)), by_facts(fact(0, F0, II)), *facts, opened={0}) == POS


def test_the_rest_is_known_to_be_defined():
    rest = add(ONE, mul(ZERO, UNKNOWN))
    invalid(lambda: signs(add(X, ONE), by_facts(fact(), rest=rest, how=RATIONAL), POSITIVE), lt(ZERO, Z))
    assert signs(add(X, ONE), by_facts(fact(), rest=rest, how=RATIONAL), POSITIVE, lt(ZERO, Z)) == POS


def test_facts_are_compared_as_expanded_numbers_or_as_rational_functions():
    e = mul(add(ipow(X, 2), neg(ONE)), ipow(add(X, neg(ONE)), -1))
    assert signs(e, by_facts(fact()), lt(neg(ONE), X)) == POS
    assert signs(UNKNOWN, by_facts(fact()), POSITIVE, equations={UNKNOWN: X}) == POS
    invalid(lambda: signs(UNKNOWN, by_facts(fact()), POSITIVE))


def test_a_product_of_factors_has_the_signs_that_theirs_allow():
    e = add(mul(X, Y), neg(X))
    facts = (lt(X, ZERO), lt(Y, ONE))
    negative, below = by_facts(fact(0, ratio=-1)), by_facts(fact(1, ratio=-1))
    factors = ("factors", Fraction(1), ((X, 1, negative), (add(Y, neg(ONE)), 1, below)))
    assert signs(e, factors, *facts) == POS
    assert signs(neg(e), ("factors", Fraction(-1), factors[2]), *facts) == NEG
    assert signs(mul(X, X), ("factors", Fraction(1), ((X, 2, NOTHING),))) == POS | NIL
    assert signs(mul(X, X), ("factors", Fraction(1), ((X, 2, negative),)), *facts) == POS
    assert signs(mul(HALF, ipow(X, -3)), ("factors", Fraction(1, 2), ((X, -3, negative),)), *facts) == NEG
    assert signs(ZERO, ("factors", Fraction(0), ())) == NIL
    assert signs(HALF, ("factors", Fraction(1, 2), ())) == POS
    for content, parts in ((Fraction(2), factors[2]), (Fraction(-1), factors[2]), (Fraction(1), factors[2][:1])):
        invalid(lambda content=content, parts=parts: signs(e, ("factors", content, parts), *facts))
    invalid(lambda: signs(mul(X, X), ("factors", Fraction(1), ((X, 3, NOTHING),))))


def test_a_factor_is_known_to_be_defined_and_not_zero_where_its_power_is_negative():
    invalid(lambda: signs(X, ("factors", Fraction(1), ((mul(X, LOST), 1, NOTHING),))), first_missing(LOST))
    e = mul(X, add(ONE, mul(ZERO, Y)))
    hidden = ("factors", Fraction(1), ((X, 1, by_facts(fact())), (Y, 1, NOTHING), (Y, -1, NOTHING)))
    invalid(lambda: signs(e, hidden, POSITIVE), ne(Y, ZERO))
    assert signs(e, hidden, POSITIVE, ne(Y, ZERO)) == ANY
    squared = ("factors", Fraction(1), ((X, 1, by_facts(fact())), (Y, 2, NOTHING), (Y, -2, NOTHING)))
    invalid(lambda: signs(e, squared, POSITIVE), ne(Y, ZERO))
    assert signs(e, squared, POSITIVE, ne(Y, ZERO)) == POS | NIL
    shown = ("factors", Fraction(1), ((X, 1, by_facts(fact())), (Y, 2, by_facts(fact(1))), (Y, -2, by_facts(fact(1)))))
    assert signs(e, shown, POSITIVE, lt(ZERO, Y)) == POS


def first_missing(t):
    """The condition that is told where none is known."""
    return min(conditions(t), key=lambda c: c.digest)


def test_a_number_has_the_signs_of_one_that_is_the_same_and_known_to_be_defined():
    e = add(mul(X, exp(X)), mul(exp(X), neg(X)), exp(Y))
    assert signs(e, ("equals", exp(Y), ("exp",))) == POS
    invalid(lambda: signs(e, ("equals", exp(X), ("exp",))))
    invalid(lambda: signs(ONE, ("equals", LOST, NOTHING)), first_missing(LOST))
    assert signs(Z, ("equals", exp(Y), ("exp",)), equations={Z: exp(Y)}) == POS


def test_x_is_not_the_exponential_of_its_logarithm():
    invalid(
        lambda: signs(X, ("with", (("exp_ln", exp(mul(ONE, log(X))), X, ONE, ASKED),), ("equals", exp(log(X)), ("exp",)))),
        POSITIVE,
    )


def test_both_of_two_certificates_hold():
    facts = (le(ZERO, X), ne(X, ZERO))
    assert signs(X, ("both", by_facts(fact(0)), by_facts(fact(1))), *facts) == POS
    assert signs(X, ("both", NOTHING, by_facts(fact(1))), *facts) == POS | NEG
    assert signs(X, ("both", by_facts(fact(0)), NOTHING), *facts) == POS | NIL
    assert (
        signs(X, ("both", by_facts(fact(0)), by_facts(fact(1, ratio=-1), rest=mul(TWO, X), how=NOTHING)), *facts) == POS | NIL
    )


def test_nothing_is_shown_by_nothing():
    for e in (X, ONE, exp(X)):
        assert signs(e, NOTHING) == ANY


# -- equations and statements shown on the way -----------------------------------------------------------------------------


def test_equations_are_in_force_inside():
    split = ("ln_product", log(mul(X, X)), ((X, 2, known()),))
    e = sub(log(mul(X, X)), mul(TWO, log(X)))
    assert signs(e, ("with", (split,), ("equals", ZERO, RATIONAL)), POSITIVE) == NIL
    invalid(lambda: signs(e, ("equals", ZERO, RATIONAL), POSITIVE))
    invalid(lambda: signs(e, ("both", ("with", (split,), NOTHING), ("equals", ZERO, RATIONAL)), POSITIVE))
    assert proves(eq(e, ZERO), ("with", (split,), ("sign", ("equals", ZERO, RATIONAL))), POSITIVE)
    here = situation(POSITIVE, asked=conditions(e))
    assert here.identifies(e, ZERO, ("with", (split,), SAME))
    assert not here.identifies(e, ZERO, SAME)


def test_all_equations_are_in_force_at_once():
    e = add(log(exp(X)), log(exp(Y)))
    both = (("ln_exp", log(exp(X))), ("ln_exp", log(exp(Y))))
    here = situation(asked=conditions(e))
    for equations in (both, both[::-1]):
        assert here.identifies(e, add(X, Y), ("with", equations, SAME))
        assert here.identifies(e, add(X, Y), ("with", equations[:1], ("with", equations[1:], SAME)))
        assert not here.identifies(e, add(X, Y), ("with", equations[:1], SAME))


def test_each_equation_may_use_those_before_it():
    """e^(2 ln e^x) is e^(2x) only where ln e^x is x."""
    first, t = ("ln_exp", log(exp(X))), exp(mul(TWO, log(exp(X))))
    second = ("inside", t, exp(mul(TWO, X)))
    here = situation(asked=conditions(t))
    assert here.identifies(t, exp(mul(TWO, X)), ("with", (first, second), SAME))
    invalid(lambda: here.identifies(t, exp(mul(TWO, X)), ("with", (second, first), SAME)))
    assert not here.identifies(t, exp(mul(TWO, X)), ("with", (first,), SAME))


def test_what_an_equation_is_of_is_known_to_be_defined():
    invalid(lambda: signs(ONE, ("with", (("ln_exp", log(exp(UNKNOWN))),), NOTHING)), lt(ZERO, Z))
    invalid(lambda: signs(ONE, ("with", (("inside", p(B0), p(B0)),), NOTHING)))
    invalid(lambda: signs(ONE, ("with", (("inside", p(F0), p(F0)),), NOTHING)))


def test_what_the_right_side_of_an_equation_needs_is_known_inside():
    """x^c with x > 0 is e^(c ln x): what it is made of is defined there."""
    t = exp(mul(C, log(X)))
    step = ("exp_ln", t, X, C, known())
    power = rpow(X, C)
    assert power_condition(X, C) not in conditions(t)
    inside = (
        "equals",
        mul(power, ONE),
        ("product", tuple(RATIONAL if u.op == "rat" else ("rpower", by_facts(fact())) for u in mul(power, ONE).args)),
    )
    assert signs(t, ("with", (step,), inside), POSITIVE) == POS
    invalid(lambda: signs(t, inside, POSITIVE), power_condition(X, C))


def test_an_equation_that_says_nothing_is_none():
    t = exp(X)
    now = situation()
    assert now.using((("inside", t, t),)).equations == {}
    assert now.using((("inside", t, exp(add(X, ZERO))),)).equations == {t: exp(add(X, ZERO))}
    assert now.equations == {}


def test_statements_shown_on_the_way_are_known_inside_and_each_after_those_before_it():
    two = lt(ONE, TWO)
    assert proves(two, ("shown", ((two, ("sign", RATIONAL)),), ASKED))
    assert not proves(two, ASKED)
    logs = lt(ZERO, add(ONE, mul(ZERO, UNKNOWN)))
    positive = lt(ZERO, Z)
    chain = ((positive, known()), (logs, ("sign", RATIONAL)))
    assert signs(ONE, ("shown", chain, ("equals", logs.args[1], RATIONAL)), lt(ZERO, mul(TWO, Z))) == POS
    invalid(lambda: signs(ONE, ("shown", chain[::-1], NOTHING), lt(ZERO, mul(rat(-2), Z))), positive)
    invalid(lambda: signs(ONE, ("shown", ((two, ASKED),), NOTHING)))
    invalid(lambda: signs(ONE, ("shown", ((lt(TWO, ONE), ("sign", RATIONAL)),), NOTHING)))
    here = situation()
    assert here.identifies(ONE, add(ONE, ZERO), ("shown", ((two, ("sign", RATIONAL)),), SAME))
    invalid(lambda: here.identifies(ONE, ONE, ("shown", ((two, ASKED),), SAME)))


def test_what_is_shown_on_the_way_is_closed_and_speaks_of_opened_letters():
    for statement in (le(p(B0), p(B0)), le(p(F0), p(F0)), le(R0, R0)):
        invalid(lambda statement=statement: signs(ONE, ("shown", ((statement, ("sign", RATIONAL)),), NOTHING)))
    assert signs(ONE, ("shown", ((le(p(F0), p(F0)), ("sign", RATIONAL)),), RATIONAL), opened={0}) == POS


# -- proofs ----------------------------------------------------------------------------------------------------------------


def test_what_is_asked_is_known_literally():
    assert proves(NOT_ZERO, ASKED, asked=(NOT_ZERO,))
    assert not proves(NOT_ZERO, ASKED)
    assert not proves(ne(ZERO, X), ASKED, asked=(NOT_ZERO,))
    assert not proves(NOT_ZERO, ASKED, NOT_ZERO)


def test_a_source_says_what_it_says_and_what_is_proportional_to_it():
    assert proves(POSITIVE, known(), POSITIVE)
    assert proves(lt(ZERO, mul(TWO, X)), known(), POSITIVE)
    assert proves(lt(neg(X), ZERO), known(), POSITIVE)
    for c in (-1, -2, Fraction(-1, 2), 0):
        assert not proves(lt(ZERO, mul(rat(c), X)), known(), POSITIVE)
        assert not proves(lt(ZERO, X), known(), lt(ZERO, mul(rat(c), X)))
    assert not proves(lt(X, ZERO), known(), POSITIVE)
    assert not proves(le(ZERO, X), known(), POSITIVE)
    assert not proves(lt(ONE, X), known(), POSITIVE)
    assert not proves(lt(ZERO, X), known(), lt(ONE, X))
    assert not proves(POSITIVE, known(), lt(ZERO, ZERO))
    assert proves(eq(X, Y), known(), eq(mul(rat(-2), X), mul(rat(-2), Y)))
    assert proves(ne(Y, X), known(), ne(X, Y))
    assert proves(mk("or", POSITIVE, eq(X, Y)), known(), mk("or", eq(Y, X), lt(ZERO, add(X, X))))
    assert proves(every(lt(ZERO, p(B0))), known(), every(lt(ZERO, add(p(B0), p(B0)))))
    invalid(lambda: proves(POSITIVE, known(1), POSITIVE))


def test_a_source_for_every_letter_is_known_at_letters():
    facts = (every(lt(ZERO, p(B0))),)
    assert proves(lt(ZERO, p(s(II))), known(0, s(II)), *facts)
    assert not proves(lt(ZERO, p(II)), known(0, JJ), *facts)
    invalid(lambda: proves(lt(ZERO, p(II)), known(0, II, II), *facts))
    invalid(lambda: proves(lt(ZERO, p(F0)), known(0, F0), *facts))
    assert proves(lt(ZERO, p(F0)), known(0, F0), *facts, opened={0})
    assert not proves(lt(ZERO, p(II)), known(0), *facts)


@pytest.mark.parametrize("op", sorted(RELATIONS))
@pytest.mark.parametrize("c", [-1, 0, 1])
def test_a_relation_holds_where_the_sign_of_its_slack_says_so(op, c):
    holds = {"lt": c > 0, "le": c >= 0, "eq": c == 0, "ne": c != 0}[op]
    relation = mk(op, ZERO, rat(c)) if op in ("lt", "le") else mk(op, rat(c), ZERO)
    assert proves(relation, ("sign", RATIONAL)) is holds
    assert not proves(mk("not", mk("not", relation)), ("sign", RATIONAL))
    assert proves(relation, ("sign", NOTHING)) is False


def test_a_disjunction_holds_by_one_alternative():
    one, other = lt(ZERO, ONE), lt(ONE, ZERO)
    either = mk("or", one, other)
    right, wrong = (0, 1) if either.args[0] is one else (1, 0)
    assert proves(either, ("or", right, ("sign", RATIONAL)))
    assert not proves(either, ("or", wrong, ("sign", RATIONAL)))
    assert not proves(either, ("or", 2, ("sign", RATIONAL)))
    assert not proves(mk("and", one, other), ("or", right, ("sign", RATIONAL)))


def test_a_conjunction_holds_by_all_of_its_parts():
    one, other, wrong = lt(ZERO, ONE), lt(ONE, TWO), lt(ONE, ZERO)
    how = ("sign", RATIONAL)
    assert proves(mk("and", one, other), ("and", (how, how)))
    assert not proves(mk("and", one, wrong), ("and", (how, how)))
    for hows in ((how,), (how, how, how), ()):
        assert not proves(mk("and", one, other), ("and", hows))
    assert not proves(mk("or", one, other), ("and", (how, how)))
    both = mk("and", POSITIVE, one)
    hows = tuple(known() if t is POSITIVE else how for t in both.args)
    assert proves(both, ("and", hows), POSITIVE)
    assert not proves(both, ("and", hows[::-1]), POSITIVE)


def test_an_implication_holds_where_its_left_side_is_given():
    follows = mk("implies", POSITIVE, lt(ZERO, mul(TWO, X)))
    assert proves(follows, ("given", known()))
    assert proves(follows, ("given", known(1)), lt(Y, Z))
    invalid(lambda: proves(follows, ("given", known(1))))
    assert not proves(mk("implies", lt(X, ZERO), lt(ZERO, X)), ("given", known()))
    assert not proves(mk("and", POSITIVE, lt(ZERO, mul(TWO, X))), ("given", known()))


def test_what_the_right_side_needs_is_known_where_the_left_side_is_given():
    follows = mk("implies", lt(ONE, X), lt(ZERO, add(ONE, mul(ZERO, log(X)))))
    used = ("sign", ("equals", add(ONE, mul(ZERO, log(X)), ZERO), RATIONAL))
    here = situation()
    assert here.proves(follows, ("given", used))
    assert not proves(follows, ("given", ("sign", NOTHING)))
    undefined = mk("implies", lt(ONE, X), lt(ZERO, ONE))
    invalid(lambda: here.proves(undefined, ("given", used)), POSITIVE)


def test_what_is_known_outside_is_known_within():
    """Below a sum, below «for every letter» and where something is given."""
    used = ("shown", ((NOT_ZERO, ASKED),), ("sign", RATIONAL))
    for statement, how in (
        (every(le(p(B0), p(B0))), ("all", 0, used)),
        (mk("implies", POSITIVE, lt(ZERO, ONE)), ("given", used)),
    ):
        assert proves(statement, how, asked=(NOT_ZERO,))
        invalid(lambda statement=statement, how=how: proves(statement, how))
    e = total(exp(p(B0)))
    inside = ("total", 0, ("shown", ((NOT_ZERO, ASKED),), ("exp",)))
    assert signs(e, inside, asked=(NOT_ZERO,)) == POS
    invalid(lambda: signs(e, inside))


def test_the_conditions_of_what_is_given_are_known():
    given = lt(ZERO, UNKNOWN)
    assert proves(mk("implies", given, lt(ZERO, mul(TWO, Z))), ("given", known(1)))


def test_a_statement_for_every_letter_is_proved_at_a_new_one():
    facts = (every(lt(ZERO, p(B0))),)
    statement = every(lt(ZERO, mul(TWO, p(B0))))
    assert proves(statement, ("all", 0, known(0, F0)), *facts)
    assert proves(statement, ("all", 5, known(0, mk("fresh", 5))), *facts)
    invalid(lambda: proves(statement, ("all", 0, known(0, F1)), *facts))
    invalid(lambda: proves(statement, ("all", 0, known(0, F0)), *facts, opened={0}))
    assert not proves(statement, ("all", 0, known(0, II)), *facts)
    assert not proves(lt(ZERO, p(II)), ("all", 0, known(0, F0)), *facts)
    assert not proves(every(lt(ZERO, p(B0))), ("all", 0, known()), lt(ZERO, p(II)))


def test_under_every_the_conditions_hold_of_the_letter():
    statement = every(le(log(p(B0)), log(p(B0))))
    used = ("sign", ("equals", mul(ZERO, log(p(F0))), RATIONAL))
    assert proves(statement, ("all", 0, used))
    invalid(lambda: proves(every(le(p(B0), p(B0))), ("all", 0, used)), lt(ZERO, p(F0)))


@pytest.mark.parametrize("how", [("sign", RATIONAL), ("or", 0, ASKED), ("and", (ASKED,)), ("given", ASKED), ("all", 0, ASKED)])
def test_a_proof_is_of_the_kind_of_its_statement(how):
    fits = {"sign": lt(ZERO, ONE), "or": mk("or", TRUE, TRUE), "and": mk("and", TRUE, TRUE), "given": mk("implies", TRUE, TRUE)}
    fits["all"] = every(TRUE)
    others = [*fits.values(), TRUE, mk("not", TRUE), mk("iff", TRUE, TRUE), mk("bijection", "s")]
    for statement in others:
        if statement is not fits[how[0]]:
            assert proves(statement, how, asked=(TRUE,)) is False


def test_an_identity_is_one_of_rational_functions():
    here = situation()
    assert here.identifies(mul(add(X, ONE), X), add(mul(X, X), X), SAME)
    assert not here.identifies(X, Y, SAME)
    assert here.identifies(X, Y, ("any",)) is False


# -- what may be brought ---------------------------------------------------------------------------------------------------


def test_what_is_brought_is_closed_and_speaks_of_opened_letters():
    here = situation(opened={0})
    assert here.brought() is None
    assert here.brought(X, p(F0), total(p(B0)), mk("one", ZERO, ONE, eq(R0, X))) is None
    for t in (p(B0), R0, p(F1), add(p(F0), p(F1)), p(s(F1))):
        invalid(lambda t=t: here.brought(X, t))


def test_what_is_brought_has_its_conditions_asked_held_or_covered():
    assert situation(asked=(POSITIVE,)).brought(log(X)) is None
    assert situation(POSITIVE).brought(log(X)) is None
    assert situation(lt(ZERO, mul(TWO, X))).brought(log(X)) is None
    assert situation(asked=(lt(ZERO, mul(TWO, X)),)).brought(log(X)) is None
    assert situation(every(lt(ZERO, p(B0)))).brought(log(p(II))) is None
    assert situation(asked=(every(lt(ZERO, p(B0))),)).brought(log(p(s(II)))) is None
    assert situation(every(lt(ZERO, mul(TWO, p(B0))))).brought(log(p(II))) is None
    assert situation(every(lt(ZERO, p(B0)))).brought(total(log(p(B0)))) is None
    assert situation(every(lt(ZERO, mul(TWO, p(B0))))).brought(total(log(p(B0)))) is None
    assert situation(every(lt(ZERO, p(B0))), opened={0}).brought(log(p(F0))) is None
    assert situation(every(lt(p(B0), q(II)))).brought(log(sub(q(II), p(JJ)))) is None


def test_a_condition_that_another_statement_does_not_say_is_missing():
    for facts in ((), (le(ZERO, X),), (lt(X, ZERO),), (ne(X, ZERO),), (lt(ZERO, Y),), (mk("or", POSITIVE, TRUE),)):
        invalid(lambda facts=facts: situation(*facts).brought(log(X)), POSITIVE)
    invalid(lambda: situation(lt(ZERO, p(JJ))).brought(log(p(II))), lt(ZERO, p(II)))
    invalid(lambda: situation(lt(ZERO, p(II))).brought(total(log(p(B0)))), every(lt(ZERO, p(B0))))
    invalid(lambda: situation(every(every(lt(p(B0), p(B1))))).brought(log(sub(p(JJ), p(II)))), lt(ZERO, sub(p(JJ), p(II))))


def test_of_several_conditions_the_first_is_told():
    t = add(*(log(mk("var", f"v{k}")) for k in range(7)))
    invalid(lambda: situation().brought(t), first_missing(t))
    invalid(lambda: situation().brought(X, t, log(X)), first_missing(t))


def test_terms_of_a_question_may_speak_of_the_letters_of_checkers_in_it_and_in_the_context():
    here = Context(Told(), (every(lt(ZERO, p(B0))), lt(ZERO, q(F1))))
    assert check(here, ("sign", p(F0), POS), by_facts(fact(0, F0)))
    assert check(here, ("sign", q(F1), POS), by_facts(fact(1)))
    assert not check(
        here,
        ("sign", p(F0), POS),
        ("both", by_facts(fact(0, F0)), ("equals", add(p(F0), mul(ZERO, p(mk("fresh", 2)))), NOTHING)),
    )
    assert check(here, ("sign", total(p(B0)), POS), ("total", 0, by_facts(fact(0, F0))))
    assert not check(here, ("sign", total(p(B0)), POS), ("total", 1, by_facts(fact(0, F1))))
    assert not check(
        here, ("sign", add(p(F0), total(p(B0))), POS), ("sum", (by_facts(fact(0, F0)), ("total", 0, by_facts(fact(0, F0)))))
    )


# -- letters of a source ---------------------------------------------------------------------------------------------------


def test_a_source_is_taken_at_letters_from_the_outside():
    statement = every(every(lt(p(B1), q(B0))))
    assert at_letters(statement, ()) is statement
    assert at_letters(statement, (II,)) is every(lt(p(II), q(B0)))
    assert at_letters(statement, (II, JJ)) is lt(p(II), q(JJ))
    invalid(lambda: at_letters(statement, (II, JJ, II)))
    invalid(lambda: at_letters(POSITIVE, (II,)))


# -- questions -------------------------------------------------------------------------------------------------------------


def test_a_question_of_a_sign_is_answered_where_no_other_sign_is_left():
    here = Context(Told(), (POSITIVE,))
    how = by_facts(fact())
    for mask in range(8):
        assert check(here, ("sign", X, mask), how) == bool(mask & POS)
        assert checked(here, ("sign", X, mask), how) == bool(mask & POS)
    assert check(here, ("sign", X, ANY), NOTHING)
    assert not check(here, ("sign", X, POS | NEG), NOTHING)


def test_questions_of_statements_and_equations():
    here = Context(Told(), (POSITIVE,))
    assert check(here, ("prove", POSITIVE), known())
    assert not check(here, ("prove", lt(X, ZERO)), known())
    assert check(here, ("equal", add(X, X), mul(TWO, X)), SAME)
    assert not check(here, ("equal", X, Y), SAME)
    assert check(here, ("equal", X, add(X, ZERO)), ("shown", ((POSITIVE, known()),), SAME))


def test_what_is_asked_about_is_taken_to_be_defined():
    here = Context(Told(), ())
    assert check(here, ("sign", add(UNKNOWN, neg(UNKNOWN)), NIL), ("shown", ((lt(ZERO, Z), ASKED),), RATIONAL))
    assert check(
        here, ("equal", UNKNOWN, add(log(X), UNKNOWN, neg(log(X)))), ("shown", ((lt(ZERO, Z), ASKED), (POSITIVE, ASKED)), SAME)
    )
    assert check(here, ("prove", le(UNKNOWN, UNKNOWN)), ("shown", ((lt(ZERO, Z), ASKED),), ("sign", RATIONAL)))
    assert not check(here, ("sign", ONE, POS), ("shown", ((lt(ZERO, Z), ASKED),), RATIONAL))


def test_an_invalid_certificate_is_no_answer_and_says_why_when_it_is_asked():
    here = Context(Told(), ())
    how = ("equals", add(ONE, mul(ZERO, UNKNOWN)), RATIONAL)
    assert check(here, ("sign", ONE, POS), how) is False
    with pytest.raises(Invalid) as found:
        checked(here, ("sign", ONE, POS), how)
    assert found.value.missing is lt(ZERO, Z)


def test_a_situation_does_not_change():
    here = situation(POSITIVE)
    with pytest.raises(FrozenInstanceError):
        here.asked = frozenset()
    more = here.opened_at(0, frozenset({NOT_ZERO}))
    assert (here.asked, here.opened) == (frozenset(), frozenset())
    assert (more.asked, more.opened) == ({NOT_ZERO}, {0})
    assert more.context is here.context


def test_what_a_situation_does_costs_fuel():
    def cost(work):
        before = fuel.spent()
        work()
        return fuel.spent() - before

    few, many = situation(), situation(asked=[lt(rat(k), X) for k in range(100)])
    assert cost(lambda: many.opened_at(0, frozenset())) == cost(lambda: few.opened_at(0, frozenset())) + 100
    assert cost(lambda: few.opened_at(0, frozenset({POSITIVE}))) == 1
    step = (("inside", exp(X), exp(X)),)
    assert cost(lambda: many.using(step)) == cost(lambda: few.using(step)) + 100
    shown = ((lt(ZERO, ONE), ("sign", RATIONAL)),)
    assert cost(lambda: many.showing(shown)) == cost(lambda: few.showing(shown)) + 100
    t = add(X, Y, Z)
    assert cost(lambda: few.brought(t)) == 3 + cost(lambda: conditions(t))
    assert cost(lambda: few.sign(X, NOTHING)) == 1
    assert cost(lambda: few.proves(POSITIVE, ASKED)) == 1
    assert cost(lambda: few.identifies(X, X, SAME)) == 1
    equations = {exp(rat(k)): X for k in range(50)}
    more = situation(equations=equations)
    assert cost(lambda: more.using(step)) == cost(lambda: few.using(step)) + 50


def test_looking_for_what_covers_a_condition_costs_fuel_and_the_same_in_every_process():
    def cost(here):
        before = fuel.spent()
        invalid(lambda: here.brought(t), lt(ZERO, X))
        return fuel.spent() - before

    t = log(X)
    facts = [mk("bijection", f"s{k}") for k in range(60)]
    base = cost(situation())
    assert cost(situation(*facts)) == base + 120
    assert cost(situation(asked=facts)) == base + 120
