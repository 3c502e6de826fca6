"""Rules of arithmetic: identities, signs, combinations of relations, monotone functions, absolute values, constants."""

from __future__ import annotations

from math import lcm

from flint import fmpq

from focal_symbolic.logic.arithmetic import bits, expand, same
from focal_symbolic.logic.constants import is_less
from focal_symbolic.logic.context import Answers
from focal_symbolic.logic.fuel import spend
from focal_symbolic.logic.kernel import NOTHING, Outcome, Theorem, demand, rule
from focal_symbolic.logic.rules.common import ELEMENTARY, given, inequality, relation, sides, union
from focal_symbolic.logic.signs import MASK, NEG, NIL, POS
from focal_symbolic.logic.terms import BITS, NUMBER, ONE, Term, add, le, mk, mul, neg, rpow, slack, sub

__all__: list[str] = []


@rule()
def identity(answers: Answers, c: Term, *premises: Theorem) -> Outcome:
    """An equation between numbers that are equal by exact algebra and the laws of logarithms, powers and sums."""
    demand(c.op == "eq" and given(answers, *premises).equal(*c.args), "the sides of {} are not shown to be equal.", c)
    return Outcome(union(*premises), None)


@rule()
def sign(answers: Answers, c: Term, *premises: Theorem) -> Outcome:
    """A relation, from the sign of the difference of its sides."""
    difference = slack(relation(c))
    known = given(answers, *premises).sign(difference, MASK[c.op])
    demand(known, "the sign of {} is not shown.", difference)
    return Outcome(union(*premises), None)


@rule(weights="*" + NUMBER)
def combination(answers: Answers, c: Term, *premises: Theorem, weights: tuple[Term, ...]) -> Outcome:
    """A combination of the first premises with weights, nonnegative ones for inequalities.

    An equation follows from equations; a strict inequality needs a strict premise with a positive weight.
    """
    demand(0 < len(weights) <= len(premises) and relation(c).op != "ne", "there is a weight for each of the first premises.")
    known, strictly, terms = given(answers, *premises), False, list[Term]()
    for w, p in zip(weights, premises, strict=False):
        r = relation(p.conclusion)
        demand(r.op != "ne" and (r.op == "eq" or c.op != "eq"), "{} cannot be added up.", r)
        if r.op != "eq":
            positive = known.sign(w, POS)
            demand(positive or known.sign(w, POS | NIL), "the weight {} is not shown to be nonnegative.", w)
            strictly = strictly or (positive and r.op == "lt")
        terms.append(slack(r) if w is ONE else mul(w, slack(r)))
    demand(c.op != "lt" or strictly, "the premises do not give a strict inequality.")
    demand(known.equal(slack(c), add(*terms)), "{} is not this combination of the premises.", c)
    return Outcome(union(*premises), None, defined=weights)


@rule(ELEMENTARY, function="name", parameter="?" + NUMBER)
def apply(
    answers: Answers, _: Term, ordered: Theorem, /, *premises: Theorem, function: str, parameter: Term | None = None
) -> Outcome:
    """A monotone function on both sides of an inequality: log, exp, power (x^parameter) or base (parameter^x)."""
    a, strictly, b = sides(ordered.conclusion)
    known = given(answers, ordered, *premises)
    if parameter is None:
        demand(function in ("log", "exp"), "there is no function {} without a parameter.", function)
        demand(function == "exp" or known.sign(a, POS), "{} is not shown to be positive.", a)
        return Outcome(union(ordered, *premises), (inequality(mk(function, a), strictly, mk(function, b)),))
    match function:
        case "power":
            x, y = rpow(a, parameter), rpow(b, parameter)
            if known.sign(parameter, POS | NIL):
                demand(known.sign(a, POS | NIL), "{} is not shown to be nonnegative.", a)
                out = inequality(x, strictly and known.sign(parameter, POS), y)
            else:
                demand(
                    known.sign(parameter, NEG) and known.sign(a, POS), "the sign of the exponent or of the base is not shown."
                )
                out = inequality(y, strictly, x)
        case _:
            demand(function == "base" and known.sign(parameter, POS), "the base is not shown to be positive.")
            x, y, beyond = rpow(parameter, a), rpow(parameter, b), sub(parameter, ONE)
            if known.sign(beyond, POS | NIL):
                out = inequality(x, strictly and known.sign(beyond, POS), y)
            else:
                demand(known.sign(beyond, NEG | NIL), "the base is on neither side of 1.")
                out = inequality(y, strictly and known.sign(beyond, NEG), x)
    return Outcome(union(ordered, *premises), (out,), defined=(parameter,))


@rule()
def weaken(_: Answers, __: Term, strict: Theorem, /) -> Outcome:
    """x <= y from x < y."""
    a, _strictly, b = sides(strict.conclusion)
    return Outcome(strict.hypotheses, (le(a, b),))


@rule()
def absolute(answers: Answers, c: Term, one: Theorem, other: Theorem, /) -> Outcome:
    """|x| below b from x and -x below b."""
    a, strictly, b = sides(c)
    demand(a.op == "abs", "{} does not bound an absolute value.", c)
    x, known = a.args[0], given(answers, one, other)
    up, down = inequality(x, strictly, b), inequality(neg(x), strictly, b)
    pairs = ((one, other), (other, one))
    demand(
        any(known.alike(p.conclusion, up) and known.alike(q.conclusion, down) for p, q in pairs),
        "these are not the two bounds.",
    )
    return Outcome(union(one, other), None)


@rule()
def absolute_value(_: Answers, c: Term, *premises: Theorem) -> Outcome:
    """x <= |x| and -x <= |x|."""
    demand(c.op == "le" and c.args[1].op == "abs", "{} is not x <= |x|.", c)
    x = c.args[1].args[0]
    demand(same(c.args[0], x) or same(c.args[0], neg(x)), "{} is not x <= |x|.", c)
    return Outcome(union(*premises), None)


@rule()
def logarithms(_: Answers, c: Term) -> Outcome:
    """A strict inequality between rational combinations of logarithms of rationals, by comparing products of powers."""
    demand(c.op == "lt", "{} is not a strict inequality.", c)
    terms = []
    for m, w in expand(slack(c)).items():
        atom = m[0][0] if len(m) == 1 and m[0][1] == 1 else c
        demand(atom.op == "log" and atom.args[0].op == "rat", "these are not logarithms of rationals.")
        terms.append((w, fmpq(*atom.args[0].args)))
    scale, product = 1, fmpq(1)
    for w, _x in terms:
        scale = lcm(scale, int(w.q))
        demand(scale.bit_length() <= BITS, "the powers are too large.")
    for w, x in terms:
        k = int(w * scale)
        demand(x > 0 and abs(k) * bits(x) <= BITS, "the powers are too large.")
        product *= x**k
        demand(bits(product) <= BITS, "the powers are too large.")
        spend(BITS // 32)
    demand(product > 1, "{} is false.", c)
    return Outcome(NOTHING, None)


@rule(evidence="enclosed")
def constant(_: Answers, c: Term) -> Outcome:
    """A strict inequality between numbers without variables, by balls (Arb) at 256 bits."""
    demand(c.op == "lt" and is_less(*c.args), "balls do not show {}.", c)
    return Outcome(NOTHING, None)
