"""The laws of logarithms, exponentials, powers and sums: what each gives, and what it asks for."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from oracle import Unclear, worlds
from speech import B0, B1, F0, F1, II, C, Told, X, Y, Z, exp, log, p, q

from focal_symbolic.logic import meaning
from focal_symbolic.logic.checker import Situation
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.laws import LAWS, Invalid, need
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.terms import (
    MINUS,
    ONE,
    SIZE,
    ZERO,
    add,
    every,
    ipow,
    lt,
    mk,
    mul,
    neg,
    rat,
    rpow,
    total,
)

HALF, TWO = rat(Fraction(1, 2)), rat(2)
FACTS = (lt(ZERO, X), lt(ZERO, Y), every(lt(ZERO, p(B0))))
XP, YP = (("known", k, ()) for k in (2, 3))
"""Proofs of 0 < x and 0 < y."""
P0 = ("known", 4, (F0,))
LOST = mul(log(Z), ipow(log(Z), -1))
"""The rational function 1, which is not known to be defined."""
E_LOST = exp(log(Z))
"""Positive wherever it is defined, which is not known."""
EP = ("sign", ("exp",))


def situation(facts=FACTS, equations=None, opened=(), asked=()):
    return Situation(Context(Told(), facts), frozenset(asked), equations or {}, frozenset(opened))


def law(name, t, *data, **kwargs):
    """What a law gives for t, whose conditions are known."""
    now = situation(**kwargs)
    return LAWS[name](Situation(now.context, now.asked | conditions(t), now.equations, now.opened), t, *data)


LN_PRODUCT = log(mul(X, ipow(Y, -2)))
POWER_PRODUCT = rpow(mul(X, ipow(Y, -2)), C)
POWER_SUM = rpow(X, add(ONE, mul(rat(-3), C), mul(TWO, HALF, Z)))
EXP_SUM = exp(add(X, mul(rat(-3), C)))
LINEAR = total(add(mul(X, p(B0)), Y, mul(TWO, q(B0))))
GIVEN = [
    ("ln_product", LN_PRODUCT, ((X, 1, XP), (Y, -2, YP)), add(mul(ONE, log(X)), mul(rat(-2), log(Y)))),
    ("ln_product", log(mul(X, ipow(X, -1))), (), ZERO),
    ("ln_product", log(ipow(X, 3)), ((X, 3, XP),), mul(rat(3), log(X))),
    ("ln_power", log(rpow(X, C)), XP, mul(C, log(X))),
    ("ln_exp", log(exp(Z)), Z),
    ("power_integer", rpow(Z, TWO), 2, ipow(Z, 2)),
    ("power_integer", rpow(Z, add(ONE, rat(-3))), -2, ipow(Z, -2)),
    ("power_integer", rpow(Z, ZERO), 0, ipow(Z, 0)),
    ("power_product", POWER_PRODUCT, ((X, 1, XP), (Y, -2, YP)), C, mul(rpow(X, C), rpow(Y, mul(rat(-2), C)))),
    ("power_product", rpow(X, add(C, C)), ((X, 1, XP),), mul(TWO, C), rpow(X, mul(TWO, C))),
    ("power_sum", POWER_SUM, ((ONE, 1), (C, -3), (Z, 1)), XP, mul(ipow(X, 1), ipow(rpow(X, C), -3), ipow(rpow(X, Z), 1))),
    ("power_power", rpow(rpow(X, C), Z), XP, rpow(X, mul(C, Z))),
    ("power_exp", rpow(exp(Z), C), exp(mul(Z, C))),
    ("exp_sum", EXP_SUM, ((X, 1), (C, -3)), mul(ipow(exp(X), 1), ipow(exp(C), -3))),
    ("exp_ln", exp(mul(C, log(X))), X, C, XP, rpow(X, C)),
    (
        "sum_linear",
        LINEAR,
        0,
        (),
        ((X, p(F0)), (Y, ONE), (TWO, q(F0))),
        add(mul(X, total(p(B0))), mul(Y, SIZE), mul(TWO, total(q(B0)))),
    ),
    ("sum_linear", total(mul(ZERO, p(B0))), 0, (), (), ZERO),
    ("inside", log(add(X, X)), log(mul(TWO, X)), log(mul(TWO, X))),
    ("inside", exp(add(X, X)), exp(mul(TWO, X)), exp(mul(TWO, X))),
    ("inside", mk("abs", add(X, X)), mk("abs", mul(TWO, X)), mk("abs", mul(TWO, X))),
    ("inside", rpow(add(X, X), add(C, C)), rpow(mul(TWO, X), mul(TWO, C)), rpow(mul(TWO, X), mul(TWO, C))),
    ("absolute", mk("abs", add(X, neg(Y))), mk("abs", add(Y, neg(X))), mk("abs", add(Y, neg(X)))),
    ("absolute", mk("abs", add(X, Y)), mk("abs", add(Y, X, ZERO)), mk("abs", add(Y, X, ZERO))),
    ("absolute", mk("abs", add(ONE, rat(-4))), rat(3), rat(3)),
    ("absolute", mk("abs", add(ONE, rat(-4))), rat(-3), rat(3)),
    ("root", X, 3, XP, ipow(rpow(X, rat(Fraction(1, 3))), 3)),
    ("root", X, 1, XP, ipow(rpow(X, ONE), 1)),
]


def test_all_laws_are_tried():
    assert {name for name, *_ in GIVEN} == LAWS.keys()


@pytest.mark.parametrize("given", GIVEN, ids=lambda given: given[0])
def test_a_law_gives_its_equation(given):
    name, t, *data, right = given
    assert law(name, t, *data) is right


@pytest.mark.parametrize("given", GIVEN, ids=lambda given: given[0])
def test_both_sides_have_one_value_where_the_left_is_defined_and_the_facts_hold(given):
    name, t, *_, right = given
    draw, compared = random.Random(f"laws {name}"), 0
    for world in worlds(draw, 400):
        world.vars["c"] = draw.choice([Fraction(k, 2) for k in range(-4, 5)])
        try:
            if not (all(world.true(f) for f in FACTS[:2]) and world.defined(t)):
                continue
            assert world.defined(right)
            a, b = world.value(t), world.value(right)
        except (Unclear, OverflowError):
            continue
        assert abs(a - b) <= 1e-9 * (1 + abs(a))
        compared += 1
    assert compared > 20


REFUSED = {
    # another operation
    "ln_product of an exponential": ("ln_product", exp(X), ((exp(X), 1, EP),)),
    "ln_power of an exponential": ("ln_power", exp(rpow(X, C)), XP),
    "ln_power of an integer power": ("ln_power", log(ipow(X, 2)), XP),
    "ln_exp of an exponential": ("ln_exp", exp(exp(X))),
    "ln_exp of a logarithm": ("ln_exp", log(log(X))),
    "power_integer of an integer power": ("power_integer", ipow(X, 2), 2),
    "power_product of an integer power": ("power_product", ipow(mul(X, Y), 2), ((X, 1, XP), (Y, 1, YP)), TWO),
    "power_sum of an integer power": ("power_sum", ipow(X, 2), ((ONE, 2),), XP),
    "power_power of a power of an exponential": ("power_power", rpow(exp(X), C), EP),
    "power_power of an exponential": ("power_power", exp(rpow(X, C)), XP),
    "power_exp of a power": ("power_exp", rpow(rpow(X, C), Z)),
    "power_exp of an exponential": ("power_exp", exp(exp(X))),
    "exp_sum of a logarithm": ("exp_sum", log(X), ((X, 1),)),
    "exp_ln of a logarithm": ("exp_ln", log(mul(C, log(X))), X, C, XP),
    "sum_linear of every": ("sum_linear", mk("template", p(B0)), 0, (), ((ONE, p(F0)),)),
    "inside of another operation": ("inside", log(X), exp(X)),
    "inside of a product": ("inside", mul(X, Y), mul(Y, X, ONE)),
    "inside of an integer power": ("inside", ipow(X, 2), ipow(X, 2)),
    "inside of a sum over letters": ("inside", total(p(B0)), total(p(B0))),
    "inside of a variable": ("inside", X, X),
    "absolute of another operation": ("absolute", exp(X), mk("abs", X)),
    "absolute is no other operation": ("absolute", mk("abs", X), exp(X)),
    # another number
    "ln_product with another power": ("ln_product", LN_PRODUCT, ((X, 1, XP), (Y, 2, YP))),
    "ln_product with a factor too few": ("ln_product", LN_PRODUCT, ((X, 1, XP),)),
    "ln_product of nothing": ("ln_product", log(X), ()),
    "power_integer with another exponent": ("power_integer", rpow(X, TWO), 3),
    "power_integer that is none": ("power_integer", rpow(X, HALF), 0),
    "power_product with another power": ("power_product", POWER_PRODUCT, ((X, 1, XP), (Y, 2, YP)), C),
    "power_product with another exponent": ("power_product", POWER_PRODUCT, ((X, 1, XP), (Y, -2, YP)), Z),
    "power_sum with another sum": ("power_sum", POWER_SUM, ((ONE, 1), (C, 3), (Z, 1)), XP),
    "exp_sum with another sum": ("exp_sum", EXP_SUM, ((X, 1), (C, 3))),
    "exp_ln with another base": ("exp_ln", exp(mul(C, log(X))), Y, C, YP),
    "exp_ln with another exponent": ("exp_ln", exp(mul(C, log(X))), X, Z, XP),
    "sum_linear with another body": ("sum_linear", LINEAR, 0, (), ((X, p(F0)), (Y, ONE))),
    "inside with another argument": ("inside", log(X), log(Y)),
    "inside with another exponent": ("inside", rpow(X, C), rpow(X, Z)),
    "inside with another base": ("inside", rpow(X, C), rpow(Y, C)),
    "absolute of another number": ("absolute", mk("abs", X), mk("abs", Y)),
    "absolute of another rational": ("absolute", mk("abs", rat(3)), rat(2)),
    "root of no degree": ("root", X, 0, XP),
    # a base that is not known to be positive
    "ln_product of a square": ("ln_product", log(ipow(Z, 2)), ((Z, 2, ("asked",)),)),
    "ln_product with one proof that is none": ("ln_product", log(mul(X, ipow(Z, 2))), ((X, 1, XP), (Z, 2, XP))),
    "ln_power": ("ln_power", log(rpow(Z, C)), XP),
    "power_product": ("power_product", rpow(ipow(Z, 2), C), ((Z, 2, XP),), C),
    "power_sum": ("power_sum", rpow(Z, add(C, C)), ((C, 2),), XP),
    "power_power": ("power_power", rpow(rpow(Z, TWO), HALF), XP),
    "exp_ln": ("exp_ln", exp(mul(C, log(X))), X, C, YP),
    "root": ("root", Z, 2, XP),
    # a letter that is taken, or of which the outer factor speaks
    "sum_linear at a letter in force": ("sum_linear", LINEAR, 0, (), ((X, p(F0)), (Y, ONE), (TWO, q(F0)))),
    "sum_linear with the letter outside": ("sum_linear", LINEAR, 0, (), ((p(F0), X), (Y, ONE), (TWO, q(F0)))),
}
"""What is refused where all that is brought is defined."""


@pytest.mark.parametrize("what", REFUSED)
def test_what_a_law_does_not_say_is_refused(what):
    name, t, *data = REFUSED[what]
    with pytest.raises(Invalid) as found:
        law(name, t, *data, opened={0} if "in force" in what else {})
    assert found.value.missing is None


UNDEFINED = {
    "ln_product": (log(E_LOST), ((E_LOST, 1, EP),)),
    "power_product": (rpow(X, C), ((X, 1, XP),), mul(C, LOST)),
    "power_product, its base": (rpow(mul(X, E_LOST, ipow(E_LOST, -1)), C), ((X, 1, XP), (E_LOST, 1, EP), (E_LOST, -1, EP)), C),
    "power_sum": (rpow(X, C), ((mul(C, LOST), 1),), XP),
    "exp_sum": (exp(C), ((mul(C, LOST), 1),)),
    "exp_ln": (exp(mul(C, log(E_LOST))), E_LOST, C, EP),
    "exp_ln, its exponent": (exp(mul(C, log(X))), X, mul(C, LOST), XP),
    "sum_linear, outside": (total(p(B0)), 0, (), ((LOST, p(F0)),)),
    "sum_linear, inside": (total(p(B0)), 0, (), ((ONE, mul(LOST, p(F0))),)),
    "inside": (log(X), log(mul(X, LOST))),
    "inside, its exponent": (rpow(X, C), rpow(X, mul(C, LOST))),
    "absolute": (mk("abs", X), mk("abs", mul(X, LOST))),
}


@pytest.mark.parametrize("what", UNDEFINED)
def test_every_number_that_is_brought_is_known_to_be_defined(what):
    t, *data = UNDEFINED[what]
    name = what.split(",")[0]
    now = situation()
    with pytest.raises(Invalid, match="not known to be defined") as found:
        LAWS[name](now, t, *data)
    assert found.value.missing in conditions(LOST) | conditions(E_LOST)
    positive = (*FACTS, lt(ZERO, Z), mk("ne", log(Z), ZERO))
    assert LAWS[name](situation(positive, asked=conditions(t)), t, *data) is not None


def test_equations_in_force_are_used_for_what_is_compared():
    equal = {Z: mul(X, Y)}
    assert law("ln_product", log(Z), ((X, 1, XP), (Y, 1, YP)), equations=equal) is add(mul(ONE, log(X)), mul(ONE, log(Y)))
    assert law("power_integer", rpow(X, C), 2, equations={C: TWO}) is ipow(X, 2)
    assert law("exp_sum", exp(C), ((X, 2),), equations={C: add(X, X)}) is ipow(exp(X), 2)
    assert law("exp_ln", exp(C), X, Y, XP, equations={C: mul(Y, log(X))}) is rpow(X, Y)
    assert law("inside", log(Z), log(mul(X, Y)), equations=equal) is log(mul(X, Y))
    assert law("absolute", mk("abs", Z), mk("abs", mul(X, Y)), equations=equal) is mk("abs", mul(X, Y))
    with pytest.raises(Invalid):
        law("inside", log(Z), log(mul(X, Y)), equations={C: mul(X, Y)})


def test_a_declared_function_has_equal_values_at_equal_arguments(monkeypatch):
    monkeypatch.setattr(meaning, "_declared", {})
    for name in ("law_f", "law_g"):
        meaning.declare(name, add(X, C), "x", ("c",))
    t = mk("decl", "law_f", add(X, X), Y)
    other = mk("decl", "law_f", mul(TWO, X), Y)
    assert law("inside", t, other) is other
    for name, arguments in (
        ("law_g", (mul(TWO, X), Y)),
        ("law_f", (mul(TWO, X),)),
        ("law_f", (X, Y)),
        ("law_f", (mul(TWO, X), X)),
    ):
        with pytest.raises(Invalid):
            law("inside", t, mk("decl", name, *arguments))


# -- sums ------------------------------------------------------------------------------------------------------------------


def test_equations_of_a_sum_are_in_force_in_its_body_and_may_speak_of_its_letter():
    t = total(log(mul(X, p(B0))))
    split = ("ln_product", log(mul(X, p(F0))), ((X, 1, XP), (p(F0), 1, P0)))
    right = add(mul(log(X), SIZE), mul(ONE, total(log(p(B0)))))
    assert law("sum_linear", t, 0, (split,), ((log(X), ONE), (ONE, log(p(F0))))) is right
    with pytest.raises(Invalid):
        law("sum_linear", t, 0, (), ((log(X), ONE), (ONE, log(p(F0)))))
    with pytest.raises(Invalid):
        law("sum_linear", t, 1, (split,), ((log(X), ONE), (ONE, log(p(F1)))))


def test_a_sum_in_a_sum_takes_another_letter():
    t = total(mul(X, total(mul(p(B0), q(B1)))))
    assert law("sum_linear", t, 0, (), ((X, total(mul(p(B0), q(F0)))),)) is mul(X, total(total(mul(p(B0), q(B1)))))
    t = total(total(mul(X, p(B0), q(B1))))
    inner = ("sum_linear", total(mul(X, p(B0), q(F0))), 1, (), ((mul(X, q(F0)), p(F1)),))
    right = mul(mul(X, total(p(B0))), total(q(B0)))
    assert law("sum_linear", t, 0, (inner,), ((mul(X, total(p(B0))), q(F0)),)) is right
    same_letter = ("sum_linear", total(mul(X, p(B0), q(F0))), 0, (), ((mul(X, q(F0)), p(F0)),))
    with pytest.raises(Invalid):
        law("sum_linear", t, 0, (same_letter,), ((mul(X, total(p(B0))), q(F0)),))


def test_pieces_speak_of_letters_that_are_opened():
    with pytest.raises(Invalid):
        law("sum_linear", total(p(B0)), 0, (), ((ONE, add(p(F0), mul(ZERO, p(F1)))),))
    assert law("sum_linear", total(p(B0)), 0, (), ((ONE, add(p(F0), mul(ZERO, p(F1)))),), opened={1}) is not None
    with pytest.raises(Invalid):
        law("sum_linear", total(p(B0)), 0, (), ((ONE, add(p(F0), mul(ZERO, p(B0)))),))


def test_what_the_body_asks_for_is_known_of_the_letter():
    t = total(mul(X, log(q(B0))))
    assert law("sum_linear", t, 0, (), ((X, log(q(F0))),)) is mul(X, total(log(q(B0))))
    with pytest.raises(Invalid, match="not known to be defined"):
        law("sum_linear", total(mul(X, q(B0))), 0, (), ((X, add(q(F0), mul(ZERO, log(q(F0))))),))


# -- what is needed --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("condition", [False, None, 1, "true", [True], 0])
def test_only_true_itself_will_do(condition):
    with pytest.raises(Invalid, match="does not show"):
        need(condition)
    assert need(True) is None


def test_what_is_missing_is_told():
    assert Invalid("because").missing is None
    assert Invalid("because", lt(ZERO, p(II))).missing is lt(ZERO, p(II))
    assert str(Invalid("because", X)) == "because"
    assert neg(MINUS) is ONE
