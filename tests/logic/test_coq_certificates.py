"""Certificates as Coq scripts: what they print, that Coq accepts honest ones of every kind, and refuses those that lie."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from coqtop import accepted, alone

from focal_symbolic.logic.certificates import GRAMMAR
from focal_symbolic.logic.checker import check
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.coq.certificates import Prover, Script, Unproved
from focal_symbolic.logic.coq.compiler import compiled
from focal_symbolic.logic.coq.identities import Raw
from focal_symbolic.logic.coq.project import library
from focal_symbolic.logic.coq.scope import taken_apart
from focal_symbolic.logic.coq.signs import SAYS
from focal_symbolic.logic.coq.statement import binders, number, truth
from focal_symbolic.logic.laws import LAWS
from focal_symbolic.logic.meaning import conditions, power_condition
from focal_symbolic.logic.signs import NEG, NIL, POS
from focal_symbolic.logic.terms import (
    MINUS,
    ONE,
    SIZE,
    ZERO,
    Term,
    add,
    eq,
    every,
    free,
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

X, Y, Z = (mk("var", name) for name in "xyz")
I_, AT, FRESH = mk("letter", "i"), mk("bletter", 0), mk("fresh", 7)
IMAGE = mk("image", "s", I_)


def p(letter, family="p"):
    return mk("entry", family, letter)


def ln(t):
    return mk("log", t)


def exp(t):
    return mk("exp", t)


def absolute(t):
    return mk("abs", t)


def both(*parts):
    return mk("and", *parts)


def either(*parts):
    return mk("or", *parts)


def implies(a, b):
    return mk("implies", a, b)


def no(s):
    return mk("not", s)


class NoAnswers:
    """Nothing is answered: certificates are at hand."""

    def answer(self, context, question):
        return None


class TheseAnswers:
    """Answers every question about equality: the sides are the same rational function."""

    def answer(self, context, question):
        return ("(same)", {}) if question[0] == "equal" else None


def in_order_of(kind, *pairs):
    """A certificate of a sum, product or conjunction: that of each part, in the order of the parts."""
    return lambda t: (kind, tuple(next(c for part, c in pairs if part is a) for a in t.args))


def at_part(part, how):
    """A proof of a disjunction by one of its parts."""
    return lambda s: ("or", s.args.index(part), how)


def by(k, ratio=1, at=(), rest=ZERO, how=("number",)):
    """A sign by one fact; the first that is given is source 2."""
    return ("facts", ((Fraction(ratio), k + 2, at),), rest, how)


def by_two(ratio=1):
    """A sign by the first two facts."""
    return ("facts", ((Fraction(ratio), 2, ()), (Fraction(1), 3, ())), ZERO, ("number",))


POSITIVE = ("sign", by(0))  # a proof of 0 < x where that is the first fact
TWO = rat(2)
HALF = rat(Fraction(1, 2))
SAME = ("same",)
UP = power_condition(X, Y)


def with_(*equations, then=SAME):
    return ("with", equations, then)


# -- honest certificates: name, facts, question, certificate ----------------------------------------------------------------

OTHER = mk("fresh", 8)
SQUARE = ipow(add(p(FRESH), p(OTHER)), 2)
IN_PAIR = in_order_of("product", (p(OTHER), by(0, at=(OTHER,))), (SQUARE, ("power", ("any",))))(mul(p(OTHER), SQUARE))

NOTHING = in_order_of("product", (ipow(X, 0), ("power", ("exp",))), (ipow(X, 2), ("power", ("log", ("any",), ("any",)))))
ROOT_OF_TWO = ("root", TWO, 2, ("sign", ("number",)))

SIGNS = {
    "number": ((), sub(HALF, rat(Fraction(1, 3))), POS, ("number",)),
    "number of atoms": ((), add(X, neg(X), MINUS), NEG, ("number",)),
    "size": ((), SIZE, POS, ("size",)),
    "exp": ((), exp(X), POS, ("exp",)),
    "sum": ((lt(ZERO, X), le(ZERO, Y)), add(X, Y), POS, in_order_of("sum", (X, by(0)), (Y, by(1)))),
    "product": ((lt(ZERO, X), lt(Y, ZERO)), mul(X, Y), NEG, in_order_of("product", (X, by(0)), (Y, by(1, -1)))),
    "power": ((lt(X, ZERO),), ipow(X, -3), NEG, ("power", by(0, -1))),
    "even power": ((), ipow(X, 4), NIL | POS, ("power", ("any",))),
    "no power": ((), ipow(X, 0), POS, ("power", ("any",))),
    "inverse": ((ne(X, ZERO),), ipow(X, -1), NEG | POS, ("power", ("any",))),
    "rpower": ((lt(ZERO, X),), rpow(X, Y), POS, ("rpower", by(0))),
    "rpower of anything": ((UP,), rpow(X, Y), NIL | POS, ("rpower", ("any",))),
    "abs": ((lt(X, ZERO),), absolute(X), POS, ("abs", by(0, -1))),
    "log": ((lt(ONE, X),), ln(X), POS, ("log", by(0, rest=ONE), by(0))),
    "log of a sum": ((lt(X, ZERO), lt(MINUS, X)), ln(add(X, ONE)), NEG, ("log", by(1), by(0, -1))),
    "total": ((every(lt(ZERO, p(AT))),), total(p(AT)), POS, ("total", 7, by(0, at=(FRESH,)))),
    "total in another order": (
        (every(lt(ZERO, mul(p(AT), p(AT, "q"), ipow(add(p(AT), p(AT, "q")), -1)))),),
        total(mul(p(AT), p(AT, "q"), ipow(add(p(AT), p(AT, "q")), -1))),
        POS,
        ("total", 7, by(0, at=(FRESH,))),
    ),
    "facts": (
        (lt(X, Y), le(Z, X)),
        sub(mul(TWO, Y), add(X, Z)),
        POS,
        ("facts", ((Fraction(2), 2, ()), (Fraction(1), 3, ())), ZERO, ("number",)),
    ),
    "factors": (
        (lt(Y, X), lt(ZERO, Y)),
        mul(sub(ipow(X, 2), ipow(Y, 2)), ipow(X, -1)),
        POS,
        (
            "factors",
            Fraction(1),
            (
                (sub(X, Y), 1, by(0)),
                (add(X, Y), 1, by(1, 2, rest=sub(X, Y), how=by(0))),
                (X, -1, by(1, rest=sub(X, Y), how=by(0))),
            ),
        ),
    ),
    "equals": ((lt(ZERO, X),), sub(mul(X, add(X, ONE)), ipow(X, 2)), POS, ("equals", X, by(0))),
    "both": ((le(ZERO, X), ne(X, ZERO)), X, POS, ("both", by(0), by(1))),
    "both, where there is no such number": ((lt(ZERO, X), lt(X, ZERO)), X, NIL, ("both", by(0), by(1, -1))),
    "total of what cannot be": (
        (every(lt(ZERO, p(AT))), every(lt(p(AT), ZERO))),
        total(p(AT)),
        NIL,
        ("total", 7, ("both", by(0, at=(FRESH,)), by(1, -1, at=(FRESH,)))),
    ),
    "total of a total": (
        (every(lt(ZERO, p(AT))),),
        total(total(mul(p(AT), ipow(add(p(mk("bletter", 1)), p(AT)), 2)))),
        NIL | POS,
        ("total", 7, ("total", 8, IN_PAIR)),
    ),
    "any": ((), X, 7, ("any",)),
    "with": (
        (lt(ZERO, X), lt(ZERO, Y)),
        sub(ln(mul(X, Y)), add(ln(X), ln(Y), MINUS)),
        POS,
        with_(
            ("ln_product", ln(mul(X, Y)), ((X, 1, POSITIVE), (Y, 1, ("sign", by(1))))),
            then=("equals", ONE, ("number",)),
        ),
    ),
    "shown": ((lt(ZERO, X),), ipow(X, 2), POS, ("shown", ((ne(X, ZERO), ("sign", by(0))),), ("power", by(0)))),
    "nothing of a part": ((), ipow(X, 0), POS, ("power", ("number",))),
    "nothing of a part, by another kind": ((), mul(ipow(X, 0), ipow(X, 2)), NIL | POS, NOTHING),
    "nothing of a sum": ((), ipow(total(p(AT)), 2), NIL | POS, ("power", ("total", 7, ("size",)))),
    "number, with an equation for it": ((), sub(TWO, ONE), POS, with_(ROOT_OF_TWO, then=("number",))),
    "facts, with an equation for a ratio": (
        (lt(ZERO, X),),
        mul(TWO, X),
        POS,
        with_(ROOT_OF_TWO, ("inside", exp(TWO), exp(TWO)), then=by(0, 2)),
    ),
    "factors, with an equation for their content": (
        (lt(ZERO, X),),
        mul(TWO, rpow(X, ONE)),
        POS,
        with_(ROOT_OF_TWO, ("power_integer", rpow(X, ONE), 1), then=("factors", Fraction(2), ((X, 1, by(0)),))),
    ),
}

EVERY = every(lt(mul(TWO, p(AT)), add(p(AT, "q"), p(AT))))
AGAIN = every(lt(mul(rat(4), p(AT)), add(p(AT, "q"), p(AT), p(AT, "q"), p(AT))))
WEAKLY = in_order_of("and", (le(ZERO, X), ("known", 2, ())), (le(ZERO, Y), ("known", 3, ())))(both(le(ZERO, X), le(ZERO, Y)))
PROOFS = {
    "asked": ((lt(ZERO, X),), ne(X, ZERO), ("shown", ((ne(X, ZERO), ("sign", by(0))),), ("asked",))),
    "known": ((lt(X, mul(TWO, Y)),), lt(mul(HALF, X), Y), ("known", 2, ())),
    "known at letters": ((EVERY,), lt(p(I_), p(I_, "q")), ("known", 2, (I_,))),
    "known at an image": (
        (EVERY,),
        lt(p(IMAGE), p(mk("image", "s", I_), "q")),
        ("known", 2, (mk("image", "s", I_),)),
    ),
    "an equation": ((eq(X, Y),), eq(mul(rat(-3), Y), mul(rat(-3), X)), ("known", 2, ())),
    "a difference": ((ne(X, Y),), ne(Y, X), ("known", 2, ())),
    "every": ((EVERY,), AGAIN, ("known", 2, ())),
    "not": ((no(both(lt(X, Y), lt(Y, Z))),), no(both(lt(mul(TWO, X), mul(TWO, Y)), lt(Y, Z))), ("known", 2, ())),
    "implies": ((implies(lt(X, Y), eq(Y, Z)),), implies(lt(mul(TWO, X), mul(TWO, Y)), eq(Z, Y)), ("known", 2, ())),
    "iff": (
        (mk("iff", lt(X, Y), eq(Y, Z)),),
        mk("iff", lt(mul(TWO, X), mul(TWO, Y)), eq(Z, Y)),
        ("known", 2, ()),
    ),
    "or, known": ((either(lt(X, Y), eq(Y, Z)),), either(lt(mul(TWO, X), mul(TWO, Y)), eq(Z, Y)), ("known", 2, ())),
    "a power": ((UP,), power_condition(mul(TWO, X), mul(HALF, Y)), ("known", 2, ())),
    "sign": ((lt(X, Y),), le(X, add(Y, ONE)), ("sign", by(0, rest=ONE))),
    "sign of a difference": ((lt(X, Y),), ne(X, Y), ("sign", by(0, -1))),
    "or": ((lt(X, Y),), either(eq(X, Z), lt(X, Y), lt(Y, ZERO)), at_part(lt(X, Y), ("known", 2, ()))),
    "or of a power": ((le(ZERO, X), le(ZERO, Y)), UP, at_part(both(le(ZERO, X), le(ZERO, Y)), WEAKLY)),
    "or of a power, strictly": ((lt(ZERO, X),), UP, at_part(lt(ZERO, X), POSITIVE)),
    "and": (
        (lt(X, Y),),
        both(lt(X, Y), le(X, Y)),
        in_order_of("and", (lt(X, Y), ("known", 2, ())), (le(X, Y), ("sign", by(0)))),
    ),
    "given": ((), implies(both(lt(X, Y), lt(Y, Z)), lt(X, Z)), ("given", ("sign", by_two()))),
    "given, with a condition": (
        (),
        implies(lt(ZERO, X), lt(ZERO, ipow(X, -1))),
        ("given", ("sign", ("power", by(0)))),
    ),
    "given a negation": ((), implies(no(lt(X, Y)), le(Y, X)), ("given", ("known", 2, ()))),
    "all": ((EVERY,), every(lt(p(AT), p(AT, "q"))), ("all", 7, ("known", 2, (FRESH,)))),
    "with": (
        (lt(ZERO, X),),
        lt(rpow(X, TWO), add(ipow(X, 2), ONE)),
        with_(("power_integer", rpow(X, TWO), 2), then=("sign", ("equals", ONE, ("number",)))),
    ),
    "shown": ((lt(ZERO, X),), le(ZERO, X), ("shown", ((ne(X, ZERO), ("sign", by(0))),), ("sign", by(0)))),
}

ROOT = rpow(X, HALF)
OVER = ipow(add(ONE, mul(X, ipow(Y, -1))), -1)


def one_more(t):
    """1/(1 + 1/t)."""
    return ipow(add(ONE, ipow(t, -1)), -1)


def again(t):
    """The same number, which has 1/t in it after what is below it in `one_more`."""
    return mul(t, ipow(add(t, ONE), -1), t, ipow(t, -1))


THREE, THIRD = rat(3), rat(Fraction(1, 3))
ROOT_OF_THREE = ("root", THREE, 3, ("sign", ("number",)))
CUBE = ipow(rpow(THREE, THIRD), 3)
BODY = mul(p(AT), ipow(add(p(AT), X), -1))
IDENTITIES = {
    "same": ((), mul(add(X, Y), sub(X, Y)), sub(ipow(X, 2), ipow(Y, 2)), SAME),
    "a compound denominator": ((), OVER, mul(Y, ipow(add(X, Y), -1)), SAME),
    "denominators in sums": ((), sub(ipow(X, -1), ipow(Y, -1)), mul(sub(Y, X), ipow(mul(X, Y), -1)), SAME),
    "one denominator, in two ways": ((), one_more(mul(X, ipow(Z, 0))), again(X), SAME),
    "one denominator, as a sum and as a product": ((), one_more(add(X, X)), again(mul(TWO, X)), SAME),
    "one denominator, in three ways": ((), add(one_more(mul(X, ipow(Z, 0))), one_more(mul(X, ONE))), mul(TWO, again(X)), SAME),
    "one denominator, by an equation": ((), one_more(ln(exp(X))), again(X), with_(("ln_exp", ln(exp(X))))),
    "one denominator, in two ways below a sum": (
        (),
        total(mul(X, one_more(mul(p(AT), ipow(Z, 0))))),
        mul(X, total(again(p(AT)))),
        with_(("sum_linear", total(mul(X, one_more(mul(p(AT), ipow(Z, 0))))), 7, (), ((X, again(p(FRESH))),))),
    ),
    "a denominator whose own equation is being followed": (
        (lt(ZERO, X),),
        add(ln(exp(Y)), ipow(X, -1), ROOT),
        add(Y, ipow(X, -1), ROOT),
        with_(
            ("ln_exp", ln(exp(Y))),
            ("power_sum", ROOT, ((ONE, -1), (rat(Fraction(3, 2)), 1)), POSITIVE),
            ("root", X, 2, POSITIVE),
        ),
    ),
    "an equation for a rational": ((), absolute(THREE), CUBE, with_(("absolute", absolute(THREE), THREE), ROOT_OF_THREE)),
    "an equation for a rational that is a coefficient": (
        (lt(ZERO, X),),
        ln(ipow(X, 3)),
        mul(CUBE, ln(X)),
        with_(("ln_product", ln(ipow(X, 3)), ((X, 3, POSITIVE),)), ROOT_OF_THREE),
    ),
    "an equation for a rational that is an exponent": (
        (lt(ZERO, X),),
        rpow(X, mul(rpow(THREE, THIRD), ipow(rpow(THREE, THIRD), 2))),
        ipow(X, 3),
        with_(ROOT_OF_THREE, ("power_integer", rpow(X, mul(rpow(THREE, THIRD), ipow(rpow(THREE, THIRD), 2))), 3)),
    ),
    "an equation for a rational that is a multiple of an exponent": (
        (lt(ZERO, X),),
        rpow(X, mul(CUBE, Y)),
        ipow(rpow(X, Y), 3),
        with_(ROOT_OF_THREE, ("power_sum", rpow(X, mul(CUBE, Y)), ((Y, 3),), POSITIVE)),
    ),
    "an equation for a rational, and a root": (
        (lt(ZERO, X),),
        mul(X, HALF),
        mul(ipow(ROOT, 2), ipow(rpow(HALF, HALF), 2)),
        with_(("root", HALF, 2, ("sign", ("number",))), ROOT_OF_TWO, ("root", X, 2, POSITIVE)),
    ),
    "shown": ((lt(ZERO, X),), X, X, ("shown", ((ne(X, ZERO), ("sign", by(0))),), SAME)),
    "ln_product": (
        (lt(ZERO, X), lt(ZERO, Y)),
        ln(mul(rat(4), X, ipow(Y, -2))),
        add(mul(TWO, ln(TWO)), ln(X), mul(rat(-2), ln(Y))),
        with_(
            (
                "ln_product",
                ln(mul(rat(4), X, ipow(Y, -2))),
                ((TWO, 2, ("sign", ("number",))), (X, 1, POSITIVE), (Y, -2, ("sign", by(1)))),
            )
        ),
    ),
    "ln_power": ((lt(ZERO, X),), ln(rpow(X, Y)), mul(Y, ln(X)), with_(("ln_power", ln(rpow(X, Y)), POSITIVE))),
    "ln_exp": ((), ln(exp(X)), X, with_(("ln_exp", ln(exp(X))))),
    "power_integer": ((), rpow(X, rat(3)), ipow(X, 3), with_(("power_integer", rpow(X, rat(3)), 3))),
    "power_integer, negative": ((), rpow(X, rat(-2)), ipow(X, -2), with_(("power_integer", rpow(X, rat(-2)), -2))),
    "power_integer, zero": ((), rpow(X, sub(Y, Y)), ONE, with_(("power_integer", rpow(X, sub(Y, Y)), 0))),
    "power_product": (
        (lt(ZERO, X), lt(ZERO, Y)),
        rpow(mul(X, ipow(Y, -2)), Z),
        mul(rpow(X, Z), rpow(Y, mul(rat(-2), Z))),
        with_(("power_product", rpow(mul(X, ipow(Y, -2)), Z), ((X, 1, POSITIVE), (Y, -2, ("sign", by(1)))), Z)),
    ),
    "power_sum": (
        (lt(ZERO, X),),
        rpow(X, sub(mul(TWO, Y), ONE)),
        mul(ipow(rpow(X, Y), 2), ipow(X, -1)),
        with_(("power_sum", rpow(X, sub(mul(TWO, Y), ONE)), ((Y, 2), (ONE, -1)), POSITIVE)),
    ),
    "power_power": (
        (lt(ZERO, X),),
        rpow(rpow(X, Y), Z),
        rpow(X, mul(Y, Z)),
        with_(("power_power", rpow(rpow(X, Y), Z), POSITIVE)),
    ),
    "power_exp": ((), rpow(exp(X), Y), exp(mul(X, Y)), with_(("power_exp", rpow(exp(X), Y)))),
    "exp_sum": (
        (),
        exp(sub(mul(TWO, X), Y)),
        mul(ipow(exp(X), 2), ipow(exp(Y), -1)),
        with_(("exp_sum", exp(sub(mul(TWO, X), Y)), ((X, 2), (Y, -1)))),
    ),
    "exp_ln": ((lt(ZERO, X),), exp(mul(ln(X), Y)), rpow(X, Y), with_(("exp_ln", exp(mul(ln(X), Y)), X, Y, POSITIVE))),
    "sum_linear": (
        (),
        total(sub(mul(X, p(AT)), ONE)),
        sub(mul(X, total(p(AT))), SIZE),
        with_(("sum_linear", total(sub(mul(X, p(AT)), ONE)), 7, (), ((X, p(FRESH)), (MINUS, ONE)))),
    ),
    "sum_linear, with denominators": (
        (),
        total(mul(Y, BODY)),
        mul(Y, total(BODY)),
        with_(("sum_linear", total(mul(Y, BODY)), 7, (), ((Y, mul(p(FRESH), ipow(add(p(FRESH), X), -1))),))),
    ),
    "sum_linear, with equations": (
        (every(lt(ZERO, p(AT))), lt(ZERO, X)),
        total(ln(mul(X, p(AT)))),
        add(mul(SIZE, ln(X)), total(ln(p(AT)))),
        with_(
            (
                "sum_linear",
                total(ln(mul(X, p(AT)))),
                7,
                (
                    (
                        "ln_product",
                        ln(mul(X, p(FRESH))),
                        ((X, 1, ("sign", by(1))), (p(FRESH), 1, ("sign", by(0, at=(FRESH,))))),
                    ),
                ),
                ((ln(X), ONE), (ONE, ln(p(FRESH)))),
            )
        ),
    ),
    "sum_linear of a sum": (
        (),
        total(mul(X, total(mul(p(AT), ipow(add(p(mk("bletter", 1)), p(AT)), -1))))),
        mul(total(total(mul(p(AT), ipow(add(p(mk("bletter", 1)), p(AT)), -1)))), X),
        with_(
            (
                "sum_linear",
                total(mul(X, total(mul(p(AT), ipow(add(p(mk("bletter", 1)), p(AT)), -1))))),
                7,
                (),
                ((X, total(mul(p(AT), ipow(add(p(FRESH), p(AT)), -1)))),),
            )
        ),
    ),
    "inside": ((), ln(add(X, Y, neg(X))), ln(Y), with_(("inside", ln(add(X, Y, neg(X))), ln(Y)))),
    "inside a power": (
        (),
        rpow(add(X, X), Y),
        rpow(mul(TWO, X), Y),
        with_(("inside", rpow(add(X, X), Y), rpow(mul(TWO, X), Y))),
    ),
    "absolute": ((), absolute(sub(X, Y)), absolute(sub(Y, X)), with_(("absolute", absolute(sub(X, Y)), absolute(sub(Y, X))))),
    "absolute, the same": (
        (),
        absolute(add(X, X)),
        absolute(mul(TWO, X)),
        with_(("absolute", absolute(add(X, X)), absolute(mul(TWO, X)))),
    ),
    "absolute of a rational": (
        (),
        absolute(sub(HALF, ONE)),
        HALF,
        with_(("absolute", absolute(sub(HALF, ONE)), HALF)),
    ),
    "root": ((lt(ZERO, X),), X, ipow(ROOT, 2), with_(("root", X, 2, POSITIVE))),
    "root of a sum, in a sum": (
        (every(lt(ZERO, add(p(AT), Y))),),
        total(mul(X, add(p(AT), Y))),
        mul(X, total(ipow(rpow(add(p(AT), Y), HALF), 2))),
        with_(
            (
                "sum_linear",
                total(mul(X, add(p(AT), Y))),
                7,
                (("root", add(p(FRESH), Y), 2, ("sign", by(0, at=(FRESH,)))),),
                ((X, ipow(rpow(add(p(FRESH), Y), HALF), 2)),),
            )
        ),
    ),
    "an equation that says nothing": (
        (lt(ZERO, X),),
        ln(exp(X)),
        X,
        with_(("ln_exp", ln(exp(X))), ("inside", ln(exp(X)), ln(exp(X)))),
    ),
    "root in a quotient": (
        (lt(ZERO, X),),
        mul(sub(ONE, X), ipow(sub(ONE, ROOT), -1)),
        add(ONE, ROOT),
        with_(("root", X, 2, POSITIVE)),
    ),
}


def asked(*kinds):
    """All honest certificates as (name, facts, question, certificate)."""
    for category, table in (("sign", SIGNS), ("prove", PROOFS), ("equal", IDENTITIES)):
        for name, (facts, *about, how) in table.items():
            yield f"{category}: {name}", facts, (category, *about), how(about[0]) if callable(how) else how


HONEST = [*asked()]

# -- lies ------------------------------------------------------------------------------------------------------------------

LIES = {
    "a sign that is another one": ((lt(ZERO, X),), ("sign", X, NEG), by(0)),
    "a number that is none": ((), ("sign", add(X, ONE), POS), ("number",)),
    "a ratio": ((lt(X, ZERO),), ("sign", X, POS), by(0)),
    "a rest": ((lt(ZERO, X),), ("sign", add(X, MINUS), POS), by(0, rest=ONE)),
    "a weak fact for a strict one": ((le(ZERO, X),), ("sign", X, POS), by(0)),
    "factors": ((lt(ZERO, X),), ("sign", ipow(X, 3), POS), ("factors", Fraction(1), ((X, 2, by(0)),))),
    "a content": ((lt(ZERO, X),), ("sign", mul(rat(-2), X), POS), ("factors", Fraction(2), ((X, 1, by(0)),))),
    "an inverse of what may be 0": (
        (),
        ("sign", X, NEG | POS),
        ("equals", ipow(ipow(X, -1), -1), ("power", ("power", ("any",)))),
    ),
    "e^(ln x) of any x": (
        (),
        ("sign", X, POS),
        with_(("exp_ln", exp(ln(X)), X, ONE, ("sign", ("any",))), then=("equals", exp(ln(X)), ("exp",))),
    ),
    "a real power of what may be negative": ((), ("sign", rpow(X, TWO), POS), ("rpower", ("any",))),
    "a logarithm of anything": ((), ("sign", ln(X), POS), ("log", ("any",), ("any",))),
    "a logarithm below 1": ((lt(ZERO, X),), ("sign", ln(X), POS), ("log", by(0), ("any",))),
    "a sum of what has no sign": ((), ("sign", total(p(AT)), POS), ("total", 7, ("any",))),
    "a sum by one letter": ((lt(ZERO, p(I_)),), ("sign", total(p(AT)), POS), ("total", 7, by(0))),
    "a statement at another letter": ((lt(ZERO, p(I_)),), ("prove", lt(ZERO, p(mk("letter", "j")))), ("known", 2, ())),
    "a weak relation for a strict one": ((le(X, Y),), ("prove", lt(X, Y)), ("known", 2, ())),
    "a negative multiple": ((lt(X, Y),), ("prove", lt(mul(rat(-2), X), mul(rat(-2), Y))), ("known", 2, ())),
    "an implication the other way": (
        (implies(lt(X, Y), lt(Y, Z)),),
        ("prove", implies(lt(Y, Z), lt(X, Y))),
        ("known", 2, ()),
    ),
    "a part of an or": (
        (lt(X, Y),),
        ("prove", either(lt(X, Y), lt(Y, X))),
        lambda s: ("or", s.args.index(lt(Y, X)), ("known", 2, ())),
    ),
    "what is not given": ((), ("prove", implies(lt(X, Y), lt(Y, X))), ("given", ("known", 2, ()))),
    "what is not known": ((), ("prove", ne(X, ZERO)), ("asked",)),
    "another rational function": ((), ("equal", mul(X, X), ipow(X, 3)), SAME),
    "a cancelled sum": ((), ("equal", mul(add(X, Y), ipow(X, -1)), Y), SAME),
    "ln_product": (
        (lt(ZERO, X),),
        ("equal", add(mul(ZERO, ln(mul(X, Y))), ln(exp(Z))), Z),  # an equation that is not needed is not looked at in Coq
        with_(("ln_exp", ln(exp(Z))), ("ln_product", ln(mul(X, Y)), ((X, 1, POSITIVE), (Y, 1, ("sign", ("any",)))))),
    ),
    "ln_power": (
        (),
        ("equal", add(mul(ZERO, ln(rpow(X, TWO))), ln(exp(Z))), Z),
        with_(("ln_exp", ln(exp(Z))), ("ln_power", ln(rpow(X, TWO)), ("sign", ("any",)))),
    ),
    "power_integer": ((), ("equal", rpow(X, rat(3)), ipow(X, 2)), with_(("power_integer", rpow(X, rat(3)), 2))),
    "power_product": (
        (lt(ZERO, X),),
        ("equal", rpow(ipow(X, 2), Y), rpow(X, Y)),
        with_(("power_product", rpow(ipow(X, 2), Y), ((X, 1, POSITIVE),), Y)),
    ),
    "power_sum": (
        (lt(ZERO, X),),
        ("equal", rpow(X, add(Y, Z)), ipow(rpow(X, Y), 2)),
        with_(("power_sum", rpow(X, add(Y, Z)), ((Y, 2),), POSITIVE)),
    ),
    "power_power": (
        (),
        ("equal", rpow(rpow(X, TWO), HALF), X),
        with_(("power_power", rpow(rpow(X, TWO), HALF), ("sign", ("any",))), ("power_integer", rpow(X, mul(TWO, HALF)), 1)),
    ),
    "exp_sum": ((), ("equal", exp(add(X, Y)), ipow(exp(X), 2)), with_(("exp_sum", exp(add(X, Y)), ((X, 2),)))),
    "exp_ln": ((lt(ZERO, X),), ("equal", exp(ln(X)), rpow(X, TWO)), with_(("exp_ln", exp(ln(X)), X, TWO, POSITIVE))),
    "sum_linear": (
        (),
        ("equal", total(mul(p(AT), p(AT, "q"))), mul(total(p(AT)), total(p(AT, "q")))),
        with_(("sum_linear", total(mul(p(AT), p(AT, "q"))), 7, (), ((total(p(AT, "q")), p(FRESH)),))),
    ),
    "inside": ((), ("equal", exp(X), exp(Y)), with_(("inside", exp(X), exp(Y)))),
    "absolute": ((), ("equal", absolute(X), absolute(add(X, ONE))), with_(("absolute", absolute(X), absolute(add(X, ONE))))),
    "root": ((), ("equal", X, ipow(ROOT, 2)), with_(("root", X, 2, ("sign", ("any",))))),
}


# -- a certificate as a lemma ----------------------------------------------------------------------------------------------


def prover_of(facts, question, known=()):
    """A prover of the context of the facts, and what each of its hypotheses says."""
    prover = Prover(Script(), Context(NoAnswers(), facts), NoAnswers())
    given = {f"F{k}": s for k, s in enumerate(prover.context.sources) if k >= 2}
    prover.sources = {int(name[1:]): name for name in given}
    terms = [t for t in question if type(t) is Term]
    for c in sorted({c for t in (*terms, *known) for c in conditions(t)}, key=lambda c: (c.nodes, c.digest)):
        if not prover.knows(c):
            given[f"D{len(given)}"], prover.known[c] = c, f"D{len(given)}"
    return prover, given


def lemma(name, facts, question, how):
    """The certificate as a lemma from what is known."""
    kind, *about = question
    prover, given = prover_of(facts, question)
    if kind == "sign":
        goal, proof = SAYS[about[1]].format(number(about[0])), prover.weakened(prover.signs(about[0], how), about[1])
    elif kind == "prove":
        goal, proof = truth(about[0]), prover.proved(about[0], how)
    else:
        goal, proof = f"{number(about[0])} = {number(about[1])}", prover.identified(about[0], about[1], how)
    return closed(name, given, [t for t in about if type(t) is Term], goal, f"{prover.script}\nexact {proof}.")


def closed(name, given, terms, goal, script):
    """A lemma over the names that are free in it."""
    keys = {key for t in (*terms, *given.values()) for key in free(t)} | {("letter", "j")}
    hypotheses = " ".join(f"({name} : {truth(s)})" for name, s in given.items())
    return f"Lemma {name} {' '.join(binders(keys))} {hypotheses} : {goal}.\nProof.\n{script}\nQed.\n"


HEAD = "From Coq Require Import Reals Lra.\nRequire Import Meaning Rational Sums Bridge Signs Laws.\nOpen Scope R_scope.\n"
NEEDED = ("Meaning", "Rational", "Sums", "Bridge", "Signs", "Laws")


@pytest.fixture(scope="module")
def build(coq, cache):
    """Compiles texts beside the library; what became of each."""
    files = {path: text for path, text in library().items() if Path(path).stem in NEEDED}
    return lambda texts: compiled({**files, **texts}, coq, cache=cache)


# -- without Coq -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "facts", "question", "how"), HONEST, ids=[name for name, *_ in HONEST])
def test_the_checker_accepts_what_is_honest(name, facts, question, how):
    assert check(Context(NoAnswers(), facts), question, how)


@pytest.mark.parametrize("name", LIES)
def test_the_checker_refuses_lies(name):
    facts, question, how = LIES[name]
    how = how(question[1]) if callable(how) else how
    assert not check(Context(NoAnswers(), facts), question, how)


def test_every_kind_of_certificate_is_tried():
    def kinds(part):
        if type(part) is tuple:
            if part and type(part[0]) is str:
                yield part[0]
            for a in part:
                yield from kinds(a)

    tried = {kind for *_, how in HONEST for kind in kinds(how)}
    assert {kind for category in GRAMMAR.values() for kind in category} <= tried
    assert {*LAWS} <= tried
    assert {*LAWS} - {"ln_exp", "power_exp"} <= {*LIES}  # these two have no data that could lie


def test_a_sign_is_a_proof_term():
    facts, *about, how = SIGNS["product"]
    prover, _ = prover_of(facts, ("sign", *about))
    name, mask = prover.check_sign(about[0], how(about[0]))
    assert (name, mask) == ("K3", NEG)
    assert len(prover.script.lines) == 3
    last = f"assert (K3 : {number(about[0])} < 0). {{ exact (sg_mul "
    assert prover.script.lines[2].startswith(last)
    assert re.fullmatch(r"M[14] M[14] _ _ K1 K2\)\. \}", prover.script.lines[2].removeprefix(last))


def test_an_identity_is_checked_by_computation():
    other = mul(Y, ipow(add(X, Y), -1))
    prover, given = prover_of((), ("equal", OVER, other))
    text = prover.identity(OVER, other)
    assert text.startswith("(identical (cons v_")
    assert text.count("(Base ") == len(given) == 3  # y, 1 + x/y and x + y, each by its condition
    assert all(name in text for name in given)


def test_no_base_is_taken_for_granted():
    prover = Prover(Script(), Context(NoAnswers(), ()), NoAnswers())
    with pytest.raises(Unproved):
        prover.identity(mul(X, ipow(X, -1)), ONE)


def test_an_equation_does_not_rewrite_its_own_atom():
    facts, *about, how = IDENTITIES["root"]
    prover, _ = prover_of(facts, ("equal", *about))
    text = prover.using(how[1]).identity(*about)
    assert text.count("(Def ") == 1


def test_conditions_are_found_under_binders_and_guards():
    known = [every(ne(p(AT), ZERO)), implies(lt(X, Y), ne(X, ZERO)), lt(X, Y)]
    prover, _ = prover_of(known, ())
    assert prover.condition(ne(p(I_), ZERO)) == "(F2 l_i Hl_i)"
    assert prover.condition(ne(p(IMAGE), ZERO)) == "(F2 (s_s l_i) (Hs_s _ Hl_i))"
    assert prover.condition(ne(X, ZERO)) == "(F3 F4)"


def test_an_unknown_condition_is_told():
    prover, _ = prover_of((), ())
    with pytest.raises(Unproved, match="nothing is known that gives"):
        prover.condition(ne(X, ZERO))


def test_names_in_nested_scripts_differ():
    script = Script()
    inner = script.nested()
    assert [script.have("True", "exact I"), inner.have("True", "exact I"), script.fresh("X")] == ["K1", "K2", "X3"]
    assert str(script) == "assert (K1 : True). { exact I. }"


def test_what_becomes_known_further_in_is_not_known_outside():
    prover, _ = prover_of((lt(ZERO, X),), ())
    inner = prover.within(prover.script.nested())
    inner.have(ne(X, ZERO), "(Rgt_not_eq _ _ F2)")
    assert inner.knows(ne(X, ZERO))
    assert not prover.knows(ne(X, ZERO))


def test_a_context_takes_statements_apart():
    found = dict(taken_apart(both(lt(X, Y), no(lt(Y, Z))), "H"))
    assert found == {lt(X, Y): "(proj1 H)", le(Z, Y): "(Rnot_lt_le _ _ (proj2 H))"} or found == {
        lt(X, Y): "(proj2 H)",
        le(Z, Y): "(Rnot_lt_le _ _ (proj1 H))",
    }


# -- with Coq --------------------------------------------------------------------------------------------------------------


@pytest.mark.coq
def test_coq_accepts_what_is_honest(build):
    lemmas = [lemma(f"c{k}", *rest) for k, (_, *rest) in enumerate(HONEST)]
    found = build({f"C{k}.v": HEAD + text for k, text in enumerate(_batched(lemmas, 20))})
    assert not {path: built.error for path, built in found.items() if built.status != "compiled"}


def _batched(texts, size):
    return ["".join(texts[k : k + size]) for k in range(0, len(texts), size)]


@pytest.mark.coq
def test_coq_refuses_lies(place):
    """Each lie by itself, and after each of them what is honest is accepted."""
    text, honest = HEAD, lemma("honest", *HONEST[0][1:])
    written = []
    for k, (name, (facts, question, how)) in enumerate(LIES.items()):
        try:
            lie = lemma(f"lie{k}", facts, question, how(question[1]) if callable(how) else how)
        except Unproved:
            assert name in {
                "an inverse of what may be 0",
                "a negative multiple",
                "an implication the other way",
                "what is not given",
                "what is not known",
                "a statement at another letter",
                "a part of an or",
            }
        else:
            text += alone(lie) + honest.replace("Lemma honest", f"Lemma honest{k}")
            written.append(k)
    assert len(written) > 15
    assert accepted(text, place) == [f"honest{k}" for k in written]


@pytest.mark.coq
def test_coq_follows_what_a_context_finds_alike(build):
    pairs = [
        (lt(X, Y), lt(add(X, X), add(Y, X))),
        (eq(X, Y), eq(Y, X)),
        (either(lt(X, Y), both(eq(X, Z), ne(X, Y))), either(lt(neg(Y), neg(X)), both(ne(Y, X), eq(Z, X)))),
        (EVERY, every(lt(p(AT), p(AT, "q")))),
        (UP, power_condition(add(X, Y, neg(Y)), Y)),
    ]
    texts = []
    for k, (known, stated) in enumerate(pairs):
        prover, given = prover_of((known,), ("prove", stated))
        prover.answers = TheseAnswers()
        prover.context.answers = TheseAnswers()
        assert prover.context.alike(known, stated)
        name = prover.alike(prover.fact(known) or "", known, stated)
        texts.append(closed(f"a{k}", given, [stated], truth(stated), f"{prover.script}\nexact {name}."))
    assert build({"A.v": HEAD + "".join(texts)})["A.v"].status == "compiled"


@pytest.mark.coq
def test_an_order_that_a_letter_changes_is_bridged(build):
    a, b = add(p(AT), X), mul(p(AT), p(AT, "q"), Y)
    inner = add(p(mk("bletter", 1)), mul(p(AT), X), b)
    sums = [total(inner), ln(total(mul(X, ipow(inner, 2))))]
    bodies = [a, b, ln(add(a, b)), exp(b), absolute(a), rpow(a, b), ipow(add(a, b), -2), *sums]
    texts, changed = [], 0
    for k, body in enumerate(bodies):
        for name in "ijklm":
            at = mk("letter", name)
            prover, given = prover_of((), ("prove", eq(Raw(body, (at,)).image, ZERO)))
            raw, image = prover.raw(body, (at,)), Raw(body, (at,)).image
            if raw != number(image):
                proof, changed = prover.ordered(body, (at,)), changed + 1
                script = f"{prover.script}\nexact {proof}."
                texts.append(closed(f"o{k}{name}", given, [image], f"{raw} = {number(image)}", script))
    assert changed > len(bodies)
    assert build({"O.v": HEAD + "".join(texts)})["O.v"].status == "compiled"


@pytest.mark.coq
def test_the_library_leans_on_the_axioms_of_the_reals_alone(build):
    text = HEAD + "Print Assumptions same.\nPrint Assumptions sum_linear.\nPrint Assumptions sg_ipow.\n"
    built = build({"P.v": text})["P.v"]
    assert built.status == "compiled"
    assert {*re.findall(r"^(?:\w+\.)*(\w+) :", built.output, re.MULTILINE)} <= {
        "sig_forall_dec",
        "sig_not_dec",
        "functional_extensionality_dep",
        "classic",
    }
