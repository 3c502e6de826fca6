"""Steps that would not end: each is refused by a bound of its own, or when it has spent its fuel.

The bounds are counted, so the tests lower the fuel of a step and still see the same refusals, sooner.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from speech import B0, II, Told, X, Y, Z, exp, log, p

from focal_symbolic.errors import Rejected
from focal_symbolic.logic import fuel
from focal_symbolic.logic import rules as _rules  # noqa: F401  (importing the rules registers them)
from focal_symbolic.logic.kernel import Step, replay
from focal_symbolic.logic.terms import (
    BITS,
    INFINITY,
    ONE,
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
    neg,
    rat,
    sub,
    total,
)

FUEL = 200_000
TOO_MUCH = "Exhausted: a step does at most"
MANY = [mk("var", f"v{k}") for k in range(3000)]
SUM = add(X, Y, ONE)
BIG = [rat(Fraction(random.Random(k).getrandbits(BITS - 2) | 1)) for k in range(40)]
SMALL = [rat(Fraction(1, random.Random(k).getrandbits(BITS - 2) | 1)) for k in range(40)]


def refused(match, *steps, says=lambda *_: None):
    """The last of the steps is refused, by name."""
    with pytest.raises(Rejected, match=match):
        replay("bomb", steps[-1].conclusion, (), steps, None, Told(says))


def rational(_, question):
    """«It is a rational», whatever the question."""
    return {"sign": ("number",), "prove": ("sign", ("number",)), "equal": ("same",)}[question[0]]


def nested(t, times, k):
    for _ in range(times):
        t = ipow(t, k)
    return t


BOMBS = {
    "a large power of a number": (Step("sign", le(ZERO, ipow(rat(3), 100_000))), "power of a rational is too large"),
    "a power of a power of a number": (Step("sign", le(ZERO, nested(rat(3), 9, 5000))), "power of a rational is too large"),
    "a product of large numbers": (Step("sign", le(ZERO, mul(*BIG))), "coefficient is too large"),
    "a sum of fractions without a common denominator": (Step("sign", le(ZERO, add(*SMALL))), "coefficient is too large"),
    "the same, as rational functions": (Step("identity", eq(add(X, *SMALL), add(Y, *SMALL))), "coefficient is too large"),
    "a number in each coefficient": (Step("identity", eq(ipow(add(X, BIG[0]), 30), X)), "too large"),
    "a power of a sum": (Step("identity", eq(mul(ipow(SUM, 100_000), SUM), ipow(SUM, 99_999))), "too high a degree"),
    "a power of a power of a sum": (
        Step("identity", eq(nested(SUM, 4, 8), add(nested(SUM, 4, 8), ONE))),
        "too high|too many|Exhausted",
    ),
    "a power of a sum of many": (Step("identity", eq(ipow(add(*MANY[:12]), 33), X)), "too many terms"),
    "a product of different sums": (
        Step("identity", eq(mul(*(add(MANY[k], MANY[k + 24]) for k in range(24))), X)),
        f"too many terms|{TOO_MUCH}",
    ),
    "more atoms than a ring has": (Step("identity", eq(ipow(add(*MANY[:300]), 9), X)), "more atoms|too many"),
    "a product of many atoms": (Step("sign", le(ZERO, mul(*MANY))), TOO_MUCH),
    "an equation that is none of two products": (Step("identity", eq(mul(*MANY), mul(*MANY[1:], MANY[0], ONE))), TOO_MUCH),
    "the derivative of a product of many factors": (
        Step("monotone", lt(X, Z), (0, 1), (("function", mul(*(ipow(mul(Z, Z), k) for k in range(3000)))), ("variable", Z))),
        TOO_MUCH,
    ),
    "signs of many numbers that are compared": (
        Step(
            "finite_value",
            mk(
                "iff",
                mk("finite", mk("cases", ONE, mk("and", *(le(ZERO, v) for v in MANY[:16])), INFINITY, TRUE)),
                mk("and", *(le(ZERO, v) for v in MANY[:16])),
            ),
        ),
        "too many numbers",
    ),
    "a power in balls": (Step("constant", lt(nested(exp(rat(3)), 60, 100_000), ZERO)), "balls do not show"),
    "an exponential of exponentials in balls": (
        Step("constant", lt(exp(exp(exp(exp(exp(rat(9)))))), ONE)),
        "balls do not show",
    ),
    "logarithms with a large weight": (
        Step("logarithms", lt(ZERO, sub(mul(rat(10**9), log(rat(3))), log(rat(2))))),
        "powers are too large",
    ),
    "many logarithms": (
        Step("logarithms", lt(ZERO, add(*(mul(rat(700), log(rat(k))) for k in range(2, 40))))),
        "powers are too large",
    ),
    "logarithms with many denominators": (
        Step("logarithms", lt(ZERO, add(*(mul(SMALL[k], log(rat(k + 2))) for k in range(3))))),
        "powers are too large",
    ),
}


def fractions(*terms):
    """An equation of a sum of inverses under the hypotheses by which it is defined: the steps before it, and the step."""
    before = [Step("hypothesis", ne(t, ZERO)) for t in terms]
    return before, Step("identity", eq(add(*(ipow(t, -1) for t in terms)), Y), tuple(range(len(terms))))


@pytest.mark.parametrize(
    ("terms", "match"),
    [
        ([add(ipow(X, 90_000), ONE), add(ipow(X, 89_999), ONE)], "too high a degree"),
        ([add(MANY[k], ONE) for k in range(20)], f"too many terms|{TOO_MUCH}"),
        ([add(ipow(MANY[k], 30), ONE) for k in range(10)], f"too many terms|too high a degree|{TOO_MUCH}"),
    ],
)
def test_a_sum_of_fractions_is_refused_in_time(terms, match, monkeypatch):
    monkeypatch.setattr(fuel, "MOST", FUEL)
    before, step = fractions(*terms)
    conditions = {ne(t, ZERO): ("known", k + 2, ()) for k, t in enumerate(terms)}
    refused(match, *before, step, says=lambda _, question: ("same",) if question[0] == "equal" else conditions.get(question[1]))


@pytest.mark.parametrize("what", BOMBS)
def test_it_is_refused_in_time(what, monkeypatch):
    monkeypatch.setattr(fuel, "MOST", FUEL)
    step, match = BOMBS[what]
    before = [Step("hypothesis", lt(ZERO, ONE)), Step("hypothesis", lt(X, Y))] if step.premises else []
    refused(match, *before, step, says=rational)


def many(texts):
    """A certificate that nests a text in itself, so often."""
    text = "(number)"
    for _ in range(texts):
        text = f"(both {text} {text})"
    return text


def test_a_certificate_that_repeats_itself(monkeypatch):
    monkeypatch.setattr(fuel, "MOST", FUEL)
    step = Step("sign", lt(ZERO, ONE))
    refused("a certificate is too large", step, says=lambda *_: many(14))
    refused(TOO_MUCH, step, says=lambda *_: many(10) + " " * 10**6)


def test_a_certificate_that_asks_for_the_same_work_again_and_again(monkeypatch):
    """Each node is cheap to write, and brings a comparison that is within all other bounds."""
    monkeypatch.setattr(fuel, "MOST", FUEL)
    wide = mul(*(add(MANY[k], MANY[k + 6]) for k in range(6)))
    leaf = ("equals", add(wide, X, neg(X)), ("any",))
    refused(TOO_MUCH, Step("sign", le(ZERO, wide)), says=lambda *_: doubled(leaf, 7))
    refused("is not shown", Step("sign", le(ZERO, wide)), says=lambda *_: doubled(leaf, 2))


def doubled(node, times):
    for _ in range(times):
        node = ("both", node, node)
    return node


def test_conditions_that_multiply(monkeypatch):
    monkeypatch.setattr(fuel, "MOST", FUEL)
    pairs = [t for k in range(120) for t in (log(add(X, rat(k))), lt(ZERO, log(add(Y, rat(k)))))]
    refused(f"{TOO_MUCH}|nodes", Step("hypothesis", mk("finite", mk("cases", *pairs, ZERO, TRUE))))


def test_statements_that_match_only_in_the_worst_order(monkeypatch):
    monkeypatch.setattr(fuel, "MOST", FUEL)
    one = mk("or", *(lt(X, add(Y, rat(k))) for k in range(200)))
    other = mk("or", *(lt(ZERO, sub(add(Y, rat(k)), X)) for k in range(200)))
    steps = (
        Step("hypothesis", mk("iff", one, lt(ZERO, ONE))),
        Step("hypothesis", other),
        Step("transfer", lt(ZERO, ONE), (0, 1)),
    )
    refused(f"{TOO_MUCH}", *steps, says=lambda _, question: ("same",) if question[0] == "equal" else None)


def test_facts_at_all_pairs_of_letters(monkeypatch):
    monkeypatch.setattr(fuel, "MOST", FUEL)
    letters = [mk("letter", f"l{k}") for k in range(120)]
    wide = eq(add(*(p(at) for at in letters)), add(*(p(at) for at in letters)))
    refused(TOO_MUCH, Step("identity", wide), Step("identity", eq(ZERO, ZERO), (0,)))


def test_a_term_of_terms_that_grow():
    t = add(p(II), X)
    while t.nodes < 40_000:
        t = add(exp(t), log(t))
    with pytest.raises(Malformed, match="levels and"):
        add(exp(t), log(t), t)


def test_honest_steps_have_fuel_enough():
    """What a hundred ordinary comparisons spend is far from the bound."""
    before = fuel.spent()
    steps = [Step("hypothesis", every(lt(ZERO, p(B0)))), Step("sign", lt(ZERO, total(p(B0))), (0,))]
    says = {"sign": ("total", 0, ("facts", ((1, 2, (mk("fresh", 0),)),), ZERO, ("number",)))}
    for _ in range(100):
        replay("honest", steps[1].conclusion, (steps[0].conclusion,), steps, None, Told(lambda _, q: says.get(q[0])))
    assert fuel.spent() - before < fuel.MOST // 10
