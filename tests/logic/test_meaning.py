"""D: under which conditions each kind of term is defined, and what a declaration holds."""

from __future__ import annotations

import random
from dataclasses import FrozenInstanceError

import pytest
from oracle import Unclear, term, worlds
from speech import B0, B1, F0, II, R0, C, X, Y, Z, exp, log, p, q, s

from focal_symbolic.logic import fuel, meaning
from focal_symbolic.logic.meaning import conditions, declaration, declarations, declare, freeze, power_condition
from focal_symbolic.logic.terms import (
    EXTENDED,
    INFINITY,
    NUMBER,
    ONE,
    SIZE,
    STATEMENT,
    TRUE,
    ZERO,
    Malformed,
    add,
    eq,
    every,
    ipow,
    le,
    lt,
    mk,
    mul,
    ne,
    rat,
    rpow,
    total,
)

POSITIVE, NOT_ZERO = lt(ZERO, X), ne(X, ZERO)
INVERSE = ipow(X, -1)


@pytest.mark.parametrize(
    "t",
    [
        *(X, SIZE, rat(2), p(II), p(s(II)), add(X, Y), mul(X, Y, ZERO), ipow(X, 0), ipow(X, 2), exp(X), mk("abs", X)),
        *(total(p(B0)), INFINITY, TRUE, mk("bijection", "s"), lt(X, Y), le(X, Y), eq(X, Y), ne(X, Y)),
        *(mk("and", lt(X, Y), TRUE), mk("not", lt(X, Y)), mk("implies", lt(X, Y), TRUE), every(lt(ZERO, p(B0)))),
        *(mk("one", X, Y, lt(log(R0), ZERO)), mk("finite", mk("cases", X, lt(X, Y), INFINITY, TRUE))),
        mk("esum", mk("cases", X, lt(X, p(B0)), INFINITY, TRUE)),
    ],
)
def test_what_is_defined_everywhere(t):
    assert conditions(t) == frozenset()


@pytest.mark.parametrize(
    ("t", "expected"),
    [
        (INVERSE, {NOT_ZERO}),
        (ipow(X, -3), {NOT_ZERO}),
        (log(X), {POSITIVE}),
        (rpow(X, Y), {mk("or", POSITIVE, mk("and", le(ZERO, X), le(ZERO, Y)))}),
        (log(INVERSE), {NOT_ZERO, lt(ZERO, INVERSE)}),
        (ipow(log(X), -1), {POSITIVE, ne(log(X), ZERO)}),
        (rpow(log(X), INVERSE), {POSITIVE, NOT_ZERO, power_condition(log(X), INVERSE)}),
        (add(log(X), INVERSE), {POSITIVE, NOT_ZERO}),
        (mul(ZERO, log(X)), {POSITIVE}),
        (ipow(log(X), 0), {POSITIVE}),
        (lt(log(X), Y), {POSITIVE}),
        (eq(Y, INVERSE), {NOT_ZERO}),
        (mk("not", eq(Y, INVERSE)), {NOT_ZERO}),
        (mk("and", lt(X, INVERSE), lt(ZERO, log(X))), {NOT_ZERO, POSITIVE}),
        (mk("or", lt(X, INVERSE), lt(ZERO, log(X))), {NOT_ZERO, POSITIVE}),
        (mk("iff", lt(X, INVERSE), lt(ZERO, log(X))), {NOT_ZERO, POSITIVE}),
        (mk("exp", mk("abs", log(X))), {POSITIVE}),
        (mk("one", log(X), INVERSE, lt(log(Y), R0)), {POSITIVE, NOT_ZERO}),
        (mk("parts", lt(log(X), Y)), {POSITIVE}),
        (mk("parts", lt(log(SIZE), Y)), {mk("parts", lt(ZERO, SIZE))}),
        (mk("bounded", total(log(p(B0)))), {mk("parts", every(lt(ZERO, p(B0))))}),
        (mk("sup", total(log(p(B0)))), {mk("parts", every(lt(ZERO, p(B0)))), mk("bounded", total(log(p(B0))))}),
        (mk("sup", X), {mk("bounded", X)}),
        (mk("sup", INVERSE), {mk("bounded", INVERSE), NOT_ZERO}),
    ],
)
def test_what_each_operation_asks_for(t, expected):
    assert conditions(t) == expected


def test_what_stands_under_a_binder_of_letters_is_asked_at_each_letter():
    at_each = every(lt(ZERO, p(B0)))
    assert conditions(total(log(p(B0)))) == {at_each}
    assert conditions(every(lt(ZERO, log(p(B0))))) == {at_each}
    assert conditions(mk("template", log(p(B0)))) == {at_each}
    assert conditions(mk("esum", mk("cases", log(p(B0)), TRUE, ZERO, TRUE))) == {
        every(mk("implies", TRUE, lt(ZERO, p(B0)))),
    }
    assert conditions(total(total(log(add(p(B0), q(B1)))))) == {every(every(lt(ZERO, add(p(B0), q(B1)))))}


def test_what_does_not_speak_of_the_letter_is_asked_once():
    assert conditions(total(mul(log(X), p(B0)))) == {POSITIVE}
    assert conditions(total(total(log(p(B1))))) == {every(lt(ZERO, p(B0)))}
    assert conditions(total(total(mul(log(p(B0)), log(q(B1)))))) == {every(lt(ZERO, p(B0))), every(lt(ZERO, q(B0)))}
    assert conditions(total(log(total(p(B1))))) == {every(lt(ZERO, total(p(B1))))}
    assert conditions(total(log(total(p(B0))))) == {lt(ZERO, total(p(B0)))}
    assert conditions(total(log(total(mul(p(B0), q(F0)))))) == {lt(ZERO, total(mul(p(B0), q(F0))))}


def test_what_follows_is_asked_where_the_premise_holds_and_the_premise_always():
    assert conditions(mk("implies", NOT_ZERO, lt(ZERO, INVERSE))) == {mk("implies", NOT_ZERO, NOT_ZERO)}
    premise = lt(ZERO, INVERSE)
    assert conditions(mk("implies", premise, lt(INVERSE, log(X)))) == {NOT_ZERO, mk("implies", premise, POSITIVE)}
    assert conditions(mk("implies", premise, lt(INVERSE, Y))) == {NOT_ZERO}


def test_each_case_is_asked_where_no_earlier_one_holds_and_its_value_where_it_is_the_first():
    a, b = lt(X, log(Y)), lt(ZERO, INVERSE)
    value = mk("cases", log(X), a, log(Z), b, log(C), TRUE)
    on, off = mk("not", a), mk("not", b)
    assert conditions(value) == {
        lt(ZERO, Y),
        mk("implies", a, POSITIVE),
        mk("implies", on, NOT_ZERO),
        mk("implies", on, mk("implies", b, lt(ZERO, Z))),
        mk("implies", on, mk("implies", off, mk("implies", TRUE, lt(ZERO, C)))),
    }
    assert conditions(mk("finite", value)) == conditions(value)


def test_what_a_value_by_cases_asks_of_a_later_case_is_asked_where_no_earlier_one_holds():
    """1/x > 0 is not defined at x = 0, where the first case holds: D is true there, and so is each of its conditions."""
    value = mk("cases", ZERO, eq(X, ZERO), mk("log", Y), lt(ZERO, ipow(X, -1)), ONE, TRUE)
    otherwise = mk("not", eq(X, ZERO))
    assert conditions(value) == {
        mk("implies", otherwise, mk("ne", X, ZERO)),
        mk("implies", otherwise, mk("implies", lt(ZERO, ipow(X, -1)), lt(ZERO, Y))),
    }


@pytest.mark.parametrize("sort", [NUMBER, EXTENDED, STATEMENT])
def test_conditions_say_where_a_term_is_defined_and_are_defined_themselves(sort):
    """Random terms in random worlds, against another reading of the page."""
    draw = random.Random(f"meaning {sort}")
    seen = {True: 0, False: 0}
    for _ in range(150):
        t = term(draw, sort, draw.randint(2, 9))
        found = conditions(t)
        assert all(conditions(c) <= found for c in found)
        for world in worlds(draw, 6):
            try:
                defined = world.defined(t)
                assert defined == (False not in [world.true(c) for c in found])
            except (Unclear, OverflowError):
                continue
            seen[defined] += 1
    assert min(seen.values()) > 100


def test_asking_for_conditions_again_costs_the_same():
    t = lt(log(add(X, Y, rat(987))), Z)
    costs = []
    for _ in range(2):
        before = fuel.spent()
        assert conditions(t) == {lt(ZERO, add(X, Y, rat(987)))}
        costs.append(fuel.spent() - before)
    assert costs[0] == costs[1] > 7


def test_conditions_cost_what_is_made_and_what_is_found():
    """One for the variable, which has none, and one with two arguments for the logarithm."""
    t = log(mk("var", "of_a_new_name"))
    before = fuel.spent()
    assert len(conditions(t)) == 1
    assert fuel.spent() - before == 1 + (1 + 2) + (1 + 1)


# -- declared functions ----------------------------------------------------------------------------------------------------


def clean(monkeypatch):
    """No function is declared, and the declarations are not frozen."""
    monkeypatch.setattr(meaning, "_declared", {})
    monkeypatch.setattr(meaning, "_frozen", [])


def test_a_declared_function_is_kept_with_what_it_inverts(monkeypatch):
    clean(monkeypatch)
    d = declare("root_a", add(X, mul(C, log(X))), "x", ("c",))
    assert (d.name, d.function, d.x, d.parameters) == ("root_a", add(X, mul(C, log(X))), "x", ("c",))
    assert declaration("root_a") is d
    assert d.at(Y, X) is add(Y, mul(X, log(Y)))
    other = declare("root_b", X, "x")
    assert other.parameters == ()
    assert declarations() == (d, other)
    assert declare("root_a", add(X, mul(C, log(X))), "x", ("c",)) == d
    assert declarations() == (d, other)
    with pytest.raises(ValueError, match="shorter"):
        d.at(Y)
    with pytest.raises(FrozenInstanceError):
        d.name = "root_b"


def test_a_declared_function_is_asked_for_at_positive_numbers(monkeypatch):
    clean(monkeypatch)
    d = declare("root_c", mul(X, C), "x", ("c",))
    assert d.domain(Y, Z) == {lt(ZERO, Y), lt(ZERO, Z)}
    assert conditions(mk("decl", "root_c", log(Y), Z)) == {lt(ZERO, Y), lt(ZERO, log(Y)), lt(ZERO, Z)}
    for arguments in ((Y,), (Y, Z, X)):
        with pytest.raises(Malformed, match="root_c takes 2 arguments"):
            conditions(mk("decl", "root_c", *arguments))


def test_what_is_not_declared_has_no_meaning(monkeypatch):
    clean(monkeypatch)
    with pytest.raises(Malformed, match="no function nowhere is declared"):
        declaration("nowhere")
    with pytest.raises(Malformed):
        conditions(mk("decl", "nowhere", X))
    declare("nowhere", X, "x")
    assert conditions(mk("decl", "nowhere", X)) == {POSITIVE}


@pytest.mark.parametrize(
    ("name", "function", "names"),
    [
        ("1f", X, ("x",)),
        ("f", X, ("x", "y z")),
        ("f", ONE, ("1x",)),
        ("f", lt(X, Y), ("x", "y")),
        ("f", "x", ("x",)),
        ("f", R0, ("x",)),
        ("f", p(B0), ("x",)),
        ("f", p(F0), ("x",)),
        ("f", p(II), ("x",)),
        ("f", X, ("y",)),
        ("f", add(X, Y), ("x",)),
        ("f", add(X, Y), ("x", "x")),
        ("f", add(X, Y), ("x", "y", "y")),
    ],
)
def test_a_function_is_declared_by_a_closed_number_in_its_variables(name, function, names, monkeypatch):
    clean(monkeypatch)
    with pytest.raises(Malformed):
        declare(name, function, names[0], names[1:])
    assert declarations() == ()


def test_a_name_is_declared_once(monkeypatch):
    clean(monkeypatch)
    declare("once", add(X, C), "x", ("c",))
    for function, x, parameters in ((X, "x", ("c",)), (add(X, C), "c", ("x",)), (add(X, C), "x", ("c", "y"))):
        with pytest.raises(Malformed, match="declared already"):
            declare("once", function, x, parameters)


def test_after_freezing_nothing_is_declared_but_what_was(monkeypatch):
    clean(monkeypatch)
    d = declare("early", X, "x")
    freeze()
    assert declare("early", X, "x") is not None
    with pytest.raises(Malformed, match="too late"):
        declare("late", X, "x")
    assert declarations() == (d,)


def test_a_declared_function_is_the_same_at_every_size(monkeypatch):
    clean(monkeypatch)
    for function in (add(SIZE, X), total(X), mul(SIZE, mk("sup", mul(SIZE, X)))):
        with pytest.raises(Malformed, match="wide inverts speaks of the alphabet"):
            declare("wide", function, "x")
    assert declarations() == ()
    assert declare("wide", mk("sup", mul(SIZE, X)), "x").at(Y) is mk("sup", mul(SIZE, Y))


def test_a_function_may_speak_of_those_declared_before_it(monkeypatch):
    """With their number of arguments, and never of itself: x = f(x) + 1 would be an inverse of nothing."""
    clean(monkeypatch)
    for name in ("outer", "inner"):
        with pytest.raises(Malformed, match="no function inner is declared"):
            declare(name, add(ONE, mk("decl", "inner", X)), "x")
    inner = declare("inner", X, "x")
    with pytest.raises(Malformed, match="inner takes 1 arguments"):
        declare("outer", add(ONE, mk("decl", "inner", X, X)), "x")
    assert declarations() == (inner,)
    outer = declare("outer", add(ONE, mk("decl", "inner", X)), "x")
    assert declarations() == (inner, outer)
    assert outer.at(Y) is add(ONE, mk("decl", "inner", Y))
