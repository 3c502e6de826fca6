"""Certificates, claims, declarations and texts are input: forged ones are refused, each kind with its relatives.

The numbers h01 to h19 are those of the kinds by which a first kernel over terms was fooled. Each forged certificate is a text
that comes through `Answers`; the tests say what the checker found wrong with it, so that one that is merely misspelled does not
count, and an honest certificate of the same form is believed.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from forging import table_of
from sympy import Symbol

from focal_symbolic.claims import derivation as _derivation  # noqa: F401  (importing it declares the inverse of the slope)
from focal_symbolic.definitions import slope_inverse
from focal_symbolic.errors import Rejected
from focal_symbolic.language import real
from focal_symbolic.logic import arithmetic, checker, kernel, meaning
from focal_symbolic.logic import rules as _rules  # noqa: F401  (importing the rules registers them)
from focal_symbolic.logic.certificates import NODES, read_certificate, written
from focal_symbolic.logic.context import CATEGORY, Context, Question
from focal_symbolic.logic.doors import read, shown, write
from focal_symbolic.logic.kernel import Step, Theorem, replay
from focal_symbolic.logic.laws import Invalid
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.signs import MASK
from focal_symbolic.logic.terms import (
    DEPTH,
    INFINITY,
    MINUS,
    ONE,
    RELATIONS,
    SIZE,
    TRUE,
    ZERO,
    Malformed,
    Term,
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
    slack,
    sub,
    substitute,
    subterms,
    total,
)
from focal_symbolic.logic.text import Derivation, declared_text, read_declarations, read_derivations, text_of

X, Y, Z, S = (mk("var", name) for name in "xyzs")
AT_I, AT_J = mk("letter", "i"), mk("letter", "j")
B0, B1 = mk("bletter", 0), mk("bletter", 1)
F0, F1 = mk("fresh", 0), mk("fresh", 1)
HALF, TWO = rat(Fraction(1, 2)), rat(2)
NEVER, FALSE, TRIVIAL = eq(ONE, ZERO), lt(ZERO, ZERO), lt(ZERO, ONE)


def p(at):
    return mk("entry", "p", at)


def q(at):
    return mk("entry", "q", at)


def log(t):
    return mk("log", t)


def exp(t):
    return mk("exp", t)


def put(**values):
    return (("replace", tuple((("var", name), to) for name, to in values.items())),)


def no_lemma(name):
    raise KeyError(name)


# -- forged answers --------------------------------------------------------------------------------------------------------

Forgery = Any
"""A certificate as a tree, as (text, table), or a function that makes one of a context."""


@dataclass
class Forged:
    """Forged certificates for some questions, honest ones for the others."""

    forged: Mapping[Question, Forgery]

    def __post_init__(self) -> None:
        self.search, self.asked = Search(), list[tuple[Context, Question, Any]]()

    def answer(self, context: Context, question: Question) -> Any:
        """The forged certificate, or one that is searched for."""
        if question not in self.forged:
            return self.search.answer(context, question)
        forged = self.forged[question]
        forged = forged(context) if callable(forged) else forged
        found = (written(forged), table_of(forged)) if forged and type(forged[0]) is str and forged[0][0] != "(" else forged
        self.asked.append((context, question, found))
        return found

    def verdicts(self) -> list[str]:
        """What the checker says of each forged certificate: why it is not believed, or «believed»."""
        return [self._verdict(*one) for one in self.asked]

    @staticmethod
    def _verdict(context: Context, question: Question, found: Any) -> str:
        try:
            tree = read_certificate(*found, category=CATEGORY[question[0]])
            return "believed" if checker.checked(context, question, tree) else "shows something else"
        except Invalid as error:
            return f"invalid: {error} {error.missing}"
        except Exception as error:
            return f"{type(error).__name__}: {error}"


def of(c: Term) -> Question:
    """What the rule `sign` or `identity` asks for a relation."""
    return ("sign", slack(c), MASK[c.op])


def same(c: Term) -> Question:
    return ("equal", *c.args)


def derive(goal, steps, assumptions=(), answers: Any = None) -> Theorem:
    return replay("attack", goal, assumptions, [Step(*s) for s in steps], no_lemma, answers or Search())


def source(s: Term) -> Callable[[Context], tuple[Any, ...]]:
    """The certificate of 0 < t by the source 0 < t itself, as a fact."""
    return lambda context: ("facts", ((Fraction(1), context.place[s], ()),), ZERO, ("number",))


@dataclass(frozen=True)
class Attack:
    """Steps with a forged certificate for one question; `why` is what the checker must say of it."""

    goal: Term
    steps: list[tuple[Any, ...]]
    question: Question
    forged: Forgery
    why: str
    assumptions: tuple[Term, ...] = ()


ATTACKS: dict[str, Attack] = {}
HONEST: dict[str, tuple[Term, list[tuple[Any, ...]], tuple[Term, ...], Question, Forgery]] = {}

SHOWS_NOTHING = r"invalid: a certificate does not show what it is for"
UNDEFINED = r"invalid: a term that a certificate brings is not known to be defined"
ELSE = r"shows something else"


def by_sign(what, c, forged, why, assumptions=()):
    """The rule `sign` of a relation that does not hold, under assumptions."""
    steps = [*(("hypothesis", a) for a in assumptions), ("sign", c, tuple(range(len(assumptions))))]
    ATTACKS[what] = Attack(c, steps, of(c), forged, why, tuple(assumptions))


def by_identity(what, c, forged, why, assumptions=()):
    """The rule `identity` of an equation that does not hold, under assumptions."""
    steps = [*(("hypothesis", a) for a in assumptions), ("identity", c, tuple(range(len(assumptions))))]
    ATTACKS[what] = Attack(c, steps, same(c), forged, why, tuple(assumptions))


def honest(what, c, forged, assumptions=()):
    """A certificate of the same form that is believed."""
    rule = "identity" if forged_is_identity(c) else "sign"
    steps = [*(("hypothesis", a) for a in assumptions), (rule, c, tuple(range(len(assumptions))))]
    HONEST[what] = c, steps, tuple(assumptions), same(c) if rule == "identity" else of(c), forged


def forged_is_identity(c: Term) -> bool:
    return c.op == "eq"


# -- h01: the checker computes, and believes nothing that a certificate says of itself -------------------------------------

ROOT = eq(rpow(ipow(X, 2), HALF), X)
PLAUSIBLE = [
    ("any sign", ("sign", ("any",))),
    ("it is among what is asked", ("asked",)),
    ("another fact", ("known", 0, ())),
    ("a rational", ("sign", ("number",))),
    ("an exponential", ("sign", ("exp",))),
    ("twice any sign", ("sign", ("both", ("any",), ("any",)))),
    ("no statement at all", ("and", ())),
]


def root_by(proof):
    r, inner = rpow(ipow(X, 2), HALF), rpow(X, mul(TWO, HALF))
    return ("with", (("power_product", r, ((X, 2, proof),), HALF), ("power_integer", inner, 1)), ("same",))


for words, proof in PLAUSIBLE:
    by_identity(f"h01 a base is positive: {words}", ROOT, root_by(proof), SHOWS_NOTHING)
honest("h01 a base is positive: it is assumed", ROOT, lambda c: root_by(("sign", source(lt(ZERO, X))(c))), (lt(ZERO, X),))

EVEN = log(ipow(X, 2))
POWER = rpow(rpow(ipow(X, 2), HALF), TWO)
NO_PROOF = ("sign", ("any",))
by_identity(
    "h01 ln of a product",
    eq(mul(ZERO, EVEN), EVEN),
    ("with", (("ln_product", EVEN, ((X, 2, NO_PROOF),)),), ("same",)),
    SHOWS_NOTHING,
    (ne(X, ZERO),),
)
by_identity(
    "h01 power of a power",
    eq(rpow(rpow(ipow(X, 2), HALF), TWO), X),
    ("with", (("power_power", POWER, NO_PROOF),), ("same",)),
    SHOWS_NOTHING,
)
by_identity(
    "h01 a root that is an even power",
    eq(X, mk("abs", X)),
    ("with", (("root", X, 2, NO_PROOF),), ("same",)),
    SHOWS_NOTHING,
)
SUMS = rpow(ipow(X, 2), add(HALF, HALF))
by_identity(
    "h01 power with a sum in its exponent",
    eq(SUMS, X),
    ("with", (("power_sum", SUMS, ((HALF, 2),), NO_PROOF),), ("same",)),
    SHOWS_NOTHING,
)
by_sign("h01 a sign that is said", lt(ZERO, X), ("factors", Fraction(1), ((X, 1, ("any",)),)), ELSE)
by_sign("h01 a square that is said to be positive", lt(ZERO, ipow(X, 2)), ("power", ("any",)), ELSE)
by_sign("h01 a product of signs that is said", lt(ZERO, mul(X, Y)), ("product", (("any",), ("any",))), ELSE)

# -- h02: no undefined number stands in the middle -------------------------------------------------------------------------

POSITIVE, NONNEGATIVE = lt(ZERO, X), le(ZERO, X)
THERE_AND_BACK = ipow(ipow(X, -1), -1)
AGAIN = ("power", ("power", ("facts", (), X, ("any",))))


def nonzero_powers(context):
    return ("power", ("power", source(NONNEGATIVE)(context)))


by_sign("h02 x = e^(ln x)", POSITIVE, ("equals", exp(log(X)), ("exp",)), UNDEFINED)
by_sign(
    "h02 x = 1/(1/x), as another writing",
    POSITIVE,
    lambda c: ("equals", THERE_AND_BACK, nonzero_powers(c)),
    UNDEFINED,
    (NONNEGATIVE,),
)
by_sign(
    "h02 x = 1/(1/x), as a rest",
    POSITIVE,
    lambda c: ("facts", (), THERE_AND_BACK, nonzero_powers(c)),
    UNDEFINED,
    (NONNEGATIVE,),
)
by_sign(
    "h02 x = 1/(1/x), as a factor",
    POSITIVE,
    lambda c: ("factors", Fraction(1), ((ipow(X, -1), -1, ("power", source(NONNEGATIVE)(c))),)),
    UNDEFINED,
    (NONNEGATIVE,),
)
by_sign(
    "h02 x = (x^1/2)^2, as a factor", POSITIVE, ("factors", Fraction(1), ((rpow(X, HALF), 2, ("rpower", ("any",))),)), UNDEFINED
)
by_sign(
    "h02 a statement shown on the way",
    POSITIVE,
    ("shown", ((lt(ZERO, exp(log(X))), ("sign", ("exp",))),), ("equals", exp(log(X)), ("exp",))),
    UNDEFINED,
)
by_sign(
    "h02 an equation for an undefined number",
    POSITIVE,
    ("with", (("inside", exp(log(X)), exp(log(X))),), ("equals", exp(log(X)), ("exp",))),
    UNDEFINED,
)
by_identity(
    "h02 an exponent that is undefined",
    eq(rpow(TWO, X), ONE),
    ("with", (("power_product", rpow(TWO, X), ((TWO, 1, ("sign", ("number",))),), THERE_AND_BACK),), ("same",)),
    UNDEFINED,
)
by_identity(
    "h02 an argument that is undefined",
    eq(exp(X), ONE),
    ("with", (("inside", exp(X), exp(THERE_AND_BACK)),), ("same",)),
    UNDEFINED,
)
by_identity(
    "h02 an absolute value that is undefined",
    eq(mk("abs", X), ONE),
    ("with", (("absolute", mk("abs", X), mk("abs", THERE_AND_BACK)),), ("same",)),
    UNDEFINED,
)
by_identity(
    "h02 an addend that is undefined",
    eq(exp(X), ONE),
    ("with", (("exp_sum", exp(X), ((THERE_AND_BACK, 1),)),), ("same",)),
    UNDEFINED,
)


def there_and_back(context):
    nonzero = ("facts", ((Fraction(1), context.place[ne(X, ZERO)], ()),), ZERO, ("number",))
    known = ((ne(ipow(X, -1), ZERO), ("sign", ("power", nonzero))),)
    return ("shown", known, ("equals", THERE_AND_BACK, ("power", ("power", ("both", source(NONNEGATIVE)(context), nonzero)))))


honest("h02 x = 1/(1/x) where x is not 0", POSITIVE, there_and_back, (NONNEGATIVE, ne(X, ZERO)))

# -- h03: numbers are exact ------------------------------------------------------------------------------------------------

BIG = 10**30
NARROW = lt(rat(BIG), X), lt(X, rat(BIG + Fraction(1, 2)))
WRONG = lt(ZERO, MINUS)
RATIOS = [
    "1.0",
    "1e0",
    "0x1",
    "1_0",
    "+1",
    "1/0",
    "1/-1",
    "1//2",
    "1/2/3",
    "inf",
    "nan",
    "١",
    "½",
    "1j",
    "True",
    "",
    "--1",
    "9" * 9000,
]


def ratios(ratio):
    return lambda c: (f"(facts (({ratio} {c.place[NARROW[0]]} ()) ({ratio} {c.place[NARROW[1]]} ())) 0 (number))", {})


for ratio in RATIOS:
    why = r"Malformed: .*is no (rational number|list of this length)"
    by_sign(f"h03 ratio {ratio[:8]!r}", WRONG, ratios(ratio), why, NARROW)
by_sign("h03 ratios that are exact", WRONG, ratios("1"), SHOWS_NOTHING, NARROW)
for word in ("1.0", "1e3", "0.5"):
    by_sign(f"h03 number {word!r}", WRONG, (f"(equals {word} (number))", {}), r"Malformed: .*is no rational number")
    by_sign(f"h03 content {word!r}", WRONG, (f"(factors {word} ())", {}), r"Malformed: .*is no rational number")
    by_sign(f"h03 power {word!r}", WRONG, (f"(factors 1 ((1 {word} (number))))", {}), r"Malformed: .*is no rational number")
by_sign("h03 power that is no integer", WRONG, ("(factors 1 ((1 1/2 (number))))", {}), r"Malformed: .*is no integer")
by_sign("h03 source that is negative", WRONG, ("(facts ((1 -1 ())) 0 (number))", {}), r"Malformed: .*is no index")
by_sign("h03 source that is none", WRONG, ("(facts ((1 999 ())) 0 (number))", {}), SHOWS_NOTHING)
honest("h03 ratios that are exact", lt(ZERO, ONE), ratios("2"), NARROW)

# -- h07: terms are closed, and speak of letters that are opened -----------------------------------------------------------

DIAGONAL = lt(S, total(exp(mul(p(B0), q(B0)))))
EACH = every(lt(S, total(exp(mul(p(B1), q(B0))))))
LOOSE = sub(total(exp(mul(p(B1), q(B0)))), S)


def each_at(letter, context):
    return ("facts", ((Fraction(1), context.place[EACH], (letter,)),), ZERO, ("number",))


by_sign("h07 a fact at a loose letter", DIAGONAL, lambda c: each_at(B0, c), SHOWS_NOTHING, (EACH,))
by_sign(
    "h07 another writing with a loose letter", DIAGONAL, lambda c: ("equals", LOOSE, each_at(B0, c)), SHOWS_NOTHING, (EACH,)
)
by_sign("h07 a rest with a loose letter", DIAGONAL, ("facts", (), LOOSE, ("any",)), SHOWS_NOTHING, (EACH,))
by_sign("h07 a factor with a loose letter", DIAGONAL, ("factors", Fraction(1), ((LOOSE, 1, ("any",)),)), SHOWS_NOTHING, (EACH,))
by_sign("h07 a fact at a letter that nobody opened", DIAGONAL, lambda c: each_at(F0, c), SHOWS_NOTHING, (EACH,))
by_sign("h07 another writing with such a letter", DIAGONAL, ("equals", sub(p(F0), p(F0)), ("any",)), SHOWS_NOTHING, (EACH,))
by_sign(
    "h07 a statement with such a letter",
    DIAGONAL,
    ("shown", ((eq(p(F0), p(F0)), ("asked",)),), ("any",)),
    SHOWS_NOTHING,
    (EACH,),
)
by_sign(
    "h07 a fact at more letters than it speaks of",
    DIAGONAL,
    lambda c: ("facts", ((Fraction(1), c.place[EACH], (AT_I, AT_I)),), ZERO, ("number",)),
    SHOWS_NOTHING,
    (EACH,),
)
honest("h07 a fact at a letter", lt(S, total(exp(mul(p(AT_I), q(B0))))), lambda c: each_at(AT_I, c), (EACH,))

# -- h08: a certificate inside of a certificate does not change what is around it ------------------------------------------

ROOTS = eq(add(X, rpow(Y, HALF)), add(Y, rpow(Y, HALF)))
FACTORS = eq(log(mul(X, Y)), add(log(X), log(Y)))
APART = ("ln_product", log(mul(X, Y)), ((X, 1, ("asked",)), (Y, 1, ("asked",))))
BOTH = (POSITIVE, lt(ZERO, Y))
inner = ("sign", ("with", (("exp_sum", exp(Y), ((Y, 1),)),), ("equals", Z, ("any",))))

by_identity(
    "h08 an identity inside of a proof inside of an identity",
    ROOTS,
    ("with", (("power_sum", rpow(Y, HALF), ((HALF, 1),), inner),), ("same",)),
    SHOWS_NOTHING,
    (lt(ZERO, Y),),
)
by_identity(
    "h08 an equation of a proof is in force outside of it",
    FACTORS,
    ("shown", ((eq(log(mul(X, Y)), add(log(X), log(Y))), ("with", (APART,), ("sign", ("number",)))),), ("same",)),
    SHOWS_NOTHING + "|" + ELSE,
    BOTH,
)
by_identity(
    "h08 an equation of one statement is in force in the next",
    FACTORS,
    ("shown", ((TRIVIAL, ("with", (APART,), ("sign", ("number",)))),), ("same",)),
    ELSE,
    BOTH,
)
by_sign(
    "h08 a letter of one sum is open in the next",
    lt(ZERO, add(total(ipow(p(B0), 2)), p(AT_I))),
    ("sum", (("total", 0, ("power", ("any",))), ("equals", add(p(AT_I), sub(p(F0), p(F0))), ("any",)))),
    SHOWS_NOTHING,
)
by_sign(
    "h08 a letter is opened twice",
    lt(ZERO, total(total(mul(p(B0), p(B1))))),
    ("total", 0, ("total", 0, ("power", ("any",)))),
    SHOWS_NOTHING,
)
by_sign(
    "h08 a statement of one part is known in the next",
    lt(ZERO, add(X, Y)),
    ("sum", (("shown", ((lt(ZERO, ONE), ("sign", ("number",))),), ("any",)), ("facts", (), Y, ("any",)))),
    ELSE,
)
honest("h08 an equation in force where it is wanted", FACTORS, ("with", (APART,), ("same",)), BOTH)

# -- h18: pieces of a sum are closed but for the letter of the sum ---------------------------------------------------------

NIL = total(ZERO)
SPLIT = eq(total(total(ZERO)), sub(mul(total(p(B0)), total(q(B0))), mul(SIZE, total(mul(p(B0), q(B0))))))


def linear(t, *pieces, k=0):
    return ("with", (("sum_linear", t, k, (), pieces),), ("same",))


by_identity("h18 pieces with loose letters", SPLIT, linear(NIL, (p(B0), q(B0)), (MINUS, mul(p(B0), q(B0)))), SHOWS_NOTHING)
by_identity(
    "h18 an outer piece that speaks of the letter",
    SPLIT,
    linear(NIL, (p(F0), q(F0)), (MINUS, mul(p(F0), q(F0)))),
    SHOWS_NOTHING,
)
by_identity("h18 an inner piece with another open letter", SPLIT, linear(NIL, (ONE, sub(p(F1), p(F1)))), SHOWS_NOTHING)
by_identity("h18 an inner piece that is undefined", SPLIT, linear(NIL, (ONE, sub(log(p(F0)), log(p(F0))))), UNDEFINED)
by_identity("h18 an outer piece that is undefined", SPLIT, linear(NIL, (sub(log(X), log(X)), ONE)), UNDEFINED)
by_identity("h18 pieces that are another sum", SPLIT, linear(NIL, (ONE, p(F0))), SHOWS_NOTHING)
by_identity(
    "h18 the letter of the sum counts as closed afterwards",
    SPLIT,
    ("with", (("sum_linear", NIL, 0, (), ((ONE, ZERO),)), ("inside", exp(p(F0)), exp(p(F0)))), ("same",)),
    SHOWS_NOTHING,
)
LINEAR = eq(total(mul(X, p(B0))), mul(X, total(p(B0))))
honest("h18 pieces of the letter of the sum", LINEAR, linear(total(mul(X, p(B0))), (X, p(F0))))

# -- h19: «defined» means: among the conditions, not: somewhere inside -----------------------------------------------------

GUARDED = mk("implies", POSITIVE, lt(MINUS, log(X)))
BY_CASES = mk("finite", mk("cases", log(X), POSITIVE, ONE, TRUE))
CLEARED = mk("implies", ne(X, ZERO), lt(ZERO, ipow(X, -2)))
for statement, wanted in (
    (GUARDED, POSITIVE),
    (BY_CASES, POSITIVE),
    (CLEARED, ne(X, ZERO)),
    (every(mk("implies", lt(ZERO, p(B0)), lt(MINUS, log(p(B0))))), lt(ZERO, p(AT_I))),
):
    by_sign(
        f"h19 defined behind a guard: {statement}",
        wanted,
        ("shown", ((wanted, ("asked",)),), ("any",)),
        SHOWS_NOTHING,
        (statement,),
    )
    by_sign(
        f"h19 as a positive number that is known: {statement}",
        wanted,
        lambda c, wanted=wanted: ("shown", ((wanted, ("known", len(c.sources) - 1, ())),), ("any",)),
        SHOWS_NOTHING,
        (statement,),
    )
by_identity(
    "h19 the root of a square beside a guarded logarithm",
    ROOT,
    root_by(("asked",)),
    SHOWS_NOTHING,
    (BY_CASES,),
)
honest("h19 defined as a condition", POSITIVE, source(POSITIVE), (lt(MINUS, log(X)),))


@pytest.mark.parametrize("what", ATTACKS)
def test_forged_certificate_is_refused(what):
    attack = ATTACKS[what]
    answers = Forged({attack.question: attack.forged})
    with pytest.raises(Rejected):
        derive(attack.goal, attack.steps, attack.assumptions, answers)
    verdicts = answers.verdicts()
    assert verdicts, "the forged certificate was not asked for"
    with pytest.raises(Rejected, match=attack.why):
        raise Rejected(verdicts[0])


@pytest.mark.parametrize("what", HONEST)
def test_honest_certificate_of_the_same_form_is_believed(what):
    goal, steps, assumptions, question, certificate = HONEST[what]
    answers = Forged({question: certificate})
    derive(goal, steps, assumptions, answers)
    assert answers.verdicts() == ["believed"]


def test_each_kind_of_forged_certificate_has_three_relatives():
    kinds = {what[:3] for what in ATTACKS}
    assert kinds == {"h01", "h02", "h03", "h07", "h08", "h18", "h19"}
    assert all(sum(what.startswith(kind) for what in ATTACKS) >= 4 for kind in kinds)
    assert {what[:3] for what in HONEST} == kinds


def test_a_refused_certificate_leaves_nothing_behind():
    """The checker has no state: an honest identity is believed before, between and after forged ones."""
    for _ in range(2):
        for what in ("h08 an identity inside of a proof inside of an identity", "h18 pieces with loose letters"):
            attack = ATTACKS[what]
            with pytest.raises(Rejected):
                derive(attack.goal, attack.steps, attack.assumptions, Forged({attack.question: attack.forged}))
            goal, steps, assumptions, question, certificate = HONEST["h08 an equation in force where it is wanted"]
            derive(goal, steps, assumptions, Forged({question: certificate}))


# -- h04: the sign of a number is asked where it is defined ----------------------------------------------------------------


def _first_read(make):
    """A variable for which the guarded relation is met before the other: the order of parts is that of their digests."""
    for k in range(200):
        v = mk("var", f"x{k}")
        guarded, whole = make(v)
        if next(s for s in subterms(whole) if s.op in RELATIONS) is guarded:
            return v, whole
    raise AssertionError("no name is read in this order")


GUARDS = {
    "1/(1/x)": lambda v: ipow(ipow(v, -1), -1),
    "x^2/x": lambda v: mul(ipow(v, 2), ipow(v, -1)),
    "x + x/x - 1": lambda v: add(v, mul(v, ipow(v, -1)), MINUS),
    "1/(1/x + 1/x - 1/x)": lambda v: ipow(add(ipow(v, -1), sub(ipow(v, -1), ipow(v, -1))), -1),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_h04_sign_of_a_number_behind_a_guard(guard):
    """Where x = 0 the guarded number is undefined, and no sign of it is known that x would not have."""

    def make(v):
        guarded = lt(ZERO, GUARDS[guard](v))
        return guarded, mk("and", lt(ZERO, v), mk("implies", ne(v, ZERO), guarded))

    v, whole = _first_read(make)
    finite = mk("iff", mk("finite", mk("cases", ONE, le(ZERO, ONE), ONE, TRUE)), whole)
    with pytest.raises(Rejected, match="fails for some signs"):
        derive(finite, [("hypothesis", le(ZERO, v)), ("finite_value", finite, (0,))], (le(ZERO, v),))
    derive(finite, [("hypothesis", lt(ZERO, v)), ("finite_value", finite, (0,))], (lt(ZERO, v),))


# -- h05, h06: values by cases ---------------------------------------------------------------------------------------------

OPEN = mk("cases", INFINITY, POSITIVE, ONE, TRUE)


@pytest.mark.parametrize(
    "make",
    [
        lambda: add(ONE, OPEN),
        lambda: sub(OPEN, OPEN),
        lambda: eq(OPEN, OPEN),
        lambda: total(OPEN),
        lambda: mk("abs", OPEN),
        lambda: mk("finite", ONE),
        lambda: mk("finite", add(ONE, INFINITY)),
        lambda: mk("template", OPEN),
    ],
)
def test_h05_infinity_is_no_number(make):
    with pytest.raises(Malformed, match=r"takes other arguments: (number|extended) is asked for|takes numbers"):
        make()


@pytest.mark.parametrize(
    "value",
    [
        mk("cases", OPEN, POSITIVE, ONE, TRUE),
        mk("cases", ONE, lt(X, ZERO), OPEN, TRUE),
        mk("cases", mk("esum", OPEN), POSITIVE, ONE, TRUE),
    ],
    ids=str,
)
def test_h05_infinity_inside_of_a_value_is_seen(value):
    finite = mk("iff", mk("finite", value), le(ZERO, ONE))
    with pytest.raises(Rejected, match="neither a number nor oo"):
        derive(finite, [("finite_value", finite)])


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        (ONE,),
        (ONE, lt(ZERO, ZERO)),
        (ONE, TRUE),
        (ONE, POSITIVE, TWO, lt(X, ZERO)),
        (ONE, POSITIVE, TWO),
        (ONE, POSITIVE, TWO, mk("and", TRUE, TRUE)),
    ],
    ids=str,
)
def test_h06_one_case_of_a_value_holds(arguments):
    with pytest.raises(Malformed, match=r"cases takes another number of arguments|the last case"):
        mk("cases", *arguments)


# -- h09: a certificate is text --------------------------------------------------------------------------------------------


class Changing:
    """One thing at the first look, another at the next."""

    def __init__(self, *values):
        self.values, self.looks = values, 0

    def __getitem__(self, k):
        self.looks += 1
        return self.values[self.looks % len(self.values)]

    def get(self, _):
        return self[0]


class Text(str):
    """A text that is not what it seems."""

    __slots__ = ()

    def __len__(self):
        return 8


@pytest.mark.parametrize(
    ("answer", "match"),
    [
        ((("number",), {}), "a certificate is text"),
        ((Text("(number)"), {}), "a certificate is text"),
        ((Changing("(number)", "(any)"), {}), "a certificate is text"),
        ((b"(number)", {}), "a certificate is text"),
        (("(number)",), "the sign of"),
        (("(number)", {}, "sign"), "the sign of"),
        (Changing("(number)", {}), "the sign of"),
        (("(number", {}), "not one expression"),
        (("(number) (number)", {}), "not one expression"),
        (("number", {}), "is no sign"),
        (("(NUMBER)", {}), "is no sign"),
        (("(proof)", {}), "is no sign"),
        (("(asked)", {}), "is no sign"),
        (("(number (number))", {}), "another number of parts"),
        (("(sum (number))", {}), "is no sign"),
        (("(equals #00000000 (number))", {}), "is no rational number"),
        (("(equals #00000000 (number))", {"#00000000": AT_I}), "is no number"),
        (("(equals #00000000 (number))", {"#00000000": "x"}), "is no number"),
        (("(equals n (number))", {"n": ZERO}), "the sign of"),
        (("(equals #0 (number))", Changing(MINUS, ONE)), "the sign of"),
        ((f"{'(both (any) ' * 70}(any){')' * 70}", {}), "too large"),
        ((f"(sum ({'(any) ' * NODES}))", {}), "too large"),
    ],
)
def test_h09_answer_that_is_no_text_of_a_certificate(answer, match):
    """0 < -1, whatever is given as its certificate."""

    class Given:
        def answer(self, context, question):
            return answer

    with pytest.raises(Rejected, match=match):
        derive(WRONG, [("sign", WRONG)], (), Given())


# -- h10: a claim is input -------------------------------------------------------------------------------------------------


class Everything(tuple):
    """Assumptions that contain whatever is looked for."""

    __slots__ = ()

    def __contains__(self, _):
        return True


FRESH = lt(ZERO, p(F0))


@pytest.mark.parametrize(
    ("goal", "assumptions", "match"),
    [
        (NEVER, Everything(), "steps and assumptions are lists"),
        (NEVER, (lt(ZERO, p(F0)),), "an argument is no statement"),
        (NEVER, (lt(ZERO, p(B0)),), "an argument is no statement"),
        (NEVER, (ZERO,), "an argument is no statement"),
        (NEVER, ("1 = 0",), "an argument is no statement"),
        (lt(ZERO, exp(p(F0))), (), "an argument is no statement"),
        (lt(ZERO, exp(p(B0))), (), "an argument is no statement"),
        (ZERO, (), "an argument is no statement"),
        ("1 = 0", (), "an argument is no statement"),
        (NEVER, (), "needs what the claim does not assume"),
    ],
)
def test_h10_goal_and_assumptions_are_looked_at(goal, assumptions, match):
    with pytest.raises(Rejected, match=match):
        derive(goal, [("hypothesis", FALSE), ("absurd", NEVER, (0,))], assumptions)


def test_h10_binder_of_the_goal_is_opened_with_a_letter_of_its_own():
    """For every i the root of p_i^2 is p_i: not by the root of p_i^2 being itself."""

    def root(at):
        return rpow(ipow(p(at), 2), HALF)

    with pytest.raises(Rejected, match="not in the goal"):
        derive(
            every(eq(root(B0), p(B0))),
            [("identity", eq(root(AT_I), root(AT_I))), ("every", every(eq(root(B0), root(B0))), (0,))],
        )


# -- h11: arguments are rebuilt from exact types ---------------------------------------------------------------------------


class Kind(str):
    """A kind of name that equals «var» now and then."""

    __slots__ = ()

    def __hash__(self):
        return hash("var")

    def __eq__(self, other):
        return sys._getframe(1).f_code.co_name != "instance" and str.__eq__(self, other)


class Pair(tuple):
    """A pair that is not what it seems."""

    __slots__ = ()


POLE = ipow(ZERO, -1)


@pytest.mark.parametrize(
    ("mapping", "match"),
    [
        (((((Kind("var"), "x")), POLE),), "what is replaced has no name"),
        (((("var", Kind("x")), POLE),), "what is replaced has no name"),
        ((Pair((("var", "x"), POLE)),), "an argument is no mapping"),
        ([(("var", "x"), POLE)], "an argument is no mapping"),
        (((Pair(("var", "x")), POLE),), "what is replaced has no name"),
        (((("var", "x"), 0),), "an argument is no number"),
        (((("var", "x"), AT_I),), "an argument is no number"),
        (((("letter", "x"), X),), "an argument is no letter"),
        (((("entry", "p"), X),), "an argument is no template"),
        (((("image", "s"), AT_I),), "a image is not replaced"),
        (((("fresh", 0), AT_I),), "what is replaced has no name"),
        (((("var", "x"), p(F0)),), "an argument is no number"),
        (((("var", "x"), p(B0)),), "an argument is no number"),
        (((("var", "x"), ZERO), (("var", "x"), ONE)), "a name is replaced twice"),
        (((("var", "x"), POLE),), "nothing shows 0 != 0, without which .* is undefined"),
    ],
)
def test_h11_replacements_are_rebuilt(mapping, match):
    steps = [("sign", le(ZERO, mk("abs", X))), ("instance", le(ZERO, mk("abs", POLE)), (0,), (("replace", mapping),))]
    with pytest.raises(Rejected, match=match):
        derive(le(ZERO, mk("abs", POLE)), steps)


# -- h12: nothing is taken for granted of a declared function --------------------------------------------------------------

INVERSE = slope_inverse.__name__


@pytest.mark.parametrize(
    ("c", "assumptions", "match"),
    [
        (lt(ZERO, mk("decl", INVERSE, X, Y)), (), "the sign of .* is not shown"),
        (lt(ZERO, mk("decl", INVERSE, X, Y)), (lt(ZERO, X), lt(ZERO, Y)), "the sign of .* is not shown"),
        (lt(mk("decl", INVERSE, X, Y), ONE), (lt(ZERO, X), lt(ZERO, Y)), "the sign of .* is not shown"),
        (lt(ZERO, exp(mk("decl", "floor", X))), (), "no function floor is declared"),
        (lt(ZERO, exp(mk("decl", INVERSE, X))), (), "takes 2 arguments"),
        (lt(ZERO, exp(mk("decl", INVERSE, X, Y, Z))), (), "takes 2 arguments"),
        (lt(ZERO, exp(mk("decl", INVERSE, X, Y))), (), "the sign of .* is not shown"),
    ],
)
def test_h12_sign_of_a_declared_function_is_not_known(c, assumptions, match):
    steps = [*(("hypothesis", a) for a in assumptions), ("sign", c, tuple(range(len(assumptions))))]
    with pytest.raises(Rejected, match=match):
        derive(c, steps, assumptions)


def test_h12_declared_function_is_not_monotone_by_itself():
    d = mk("decl", INVERSE, X, Y)
    ordered = lt(ONE, TWO)
    steps = [("hypothesis", lt(ZERO, Y)), ("sign", ordered), ("sign", lt(ZERO, ONE))]
    goal = lt(*(substitute(add(X, mul(ZERO, d)), {("var", "x"): t}) for t in (ONE, TWO)))
    steps.append(("monotone", goal, (2, 1, 0), (("function", add(X, mul(ZERO, d))), ("variable", X))))
    with pytest.raises(Rejected, match="no premise shows that phi_inverse is an inverse"):
        derive(goal, steps, (lt(ZERO, Y),))


@pytest.mark.parametrize(
    ("name", "function", "x", "parameters", "match"),
    [
        (INVERSE, X, "x", (), "is declared already"),
        (INVERSE, mul(TWO, meaning.declaration(INVERSE).function), "x", ("gamma",), "is declared already"),
        ("other_inverse", add(X, Y), "x", (), "speaks of more than x"),
        ("other_inverse", p(AT_I), "x", (), "speaks of more than x"),
        ("other_inverse", X, "x", ("x",), "different variables"),
        ("other_inverse", lt(ZERO, X), "x", (), "closed number"),
        ("other_inverse", p(F0), "x", (), "closed number"),
        ("other inverse", X, "x", (), "is no name"),
        ("f) : True. (*", X, "x", (), "is no name"),
    ],
)
def test_h12_function_is_declared_once_and_by_a_number(name, function, x, parameters, match):
    before = meaning.declarations()
    with pytest.raises(Malformed, match=match):
        meaning.declare(name, function, x, parameters)
    assert meaning.declarations() == before


# -- h13: what is shown is what was proved ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "t",
    [
        eq(total(p(mk("letter", "i0"))), mul(SIZE, p(mk("letter", "i0")))),
        eq(total(mul(p(B0), p(mk("letter", "i0")), p(mk("letter", "i1")))), ZERO),
        every(lt(p(mk("letter", "i0")), p(B0))),
        every(eq(mk("entry", "i0", B0), ZERO)),
        mk("one", ZERO, ONE, eq(mul(mk("breal", 0), mk("var", "x0")), mk("var", "x1"))),
        total(total(mul(p(B0), q(B1), mk("var", "i0")))),
        every(mk("implies", lt(ZERO, p(B0)), mk("bijection", "i0"))),
        eq(mk("entry", "p", mk("image", "i0", mk("letter", "i0"))), ZERO),
        lt(mk("var", "n0"), SIZE),
    ],
    ids=str,
)
def test_h13_bound_letters_are_shown_under_names_that_are_not_free(t):
    assert read(write(t)) is t


@pytest.mark.parametrize(
    "t",
    [
        eq(ipow(X, 0), ONE),
        eq(mul(ZERO, log(X)), ZERO),
        eq(mul(X, ipow(X, -1)), ONE),
        mk("and", lt(X, Y), lt(X, Y)),
        lt(rpow(X, TWO), ONE),
    ],
    ids=str,
)
def test_h13_statement_that_sympy_would_show_as_another_is_not_shown(t):
    with pytest.raises(Malformed, match="SymPy would show"):
        shown(t)


# -- h14: names are names --------------------------------------------------------------------------------------------------

NAMES = [
    "x) & (1 = 0",
    "",
    " x",
    "x\n",
    "x y",
    "0",
    "1x",
    "_x",
    "é",
    "x'",
    "#0",
    "$0",
    "x.y",
    "𝑥",
    "x\u200b",
    "1 = 0) : True. Proof. exact I. Qed. (*",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("op", ["var", "letter"])
def test_h14_name_is_letters_digits_and_underscores(op, name):
    with pytest.raises(Malformed, match="is no name"):
        mk(op, name)
    for make in (
        lambda: mk("image", name, AT_I),
        lambda: mk("entry", name, AT_I),
        lambda: mk("bijection", name),
        lambda: mk("decl", name, X),
    ):
        with pytest.raises(Malformed, match="is no name"):
            make()


@pytest.mark.parametrize("name", NAMES)
def test_h14_name_of_a_symbol_is_a_name(name):
    with pytest.raises(Malformed, match="is no name"):
        read(real(name) if name else Symbol(name, real=True))


# -- h15: small steps end --------------------------------------------------------------------------------------------------

BIGGEST = 10**5
BINOMIALS = mul(*(add(mk("var", f"a{k}"), mk("var", f"b{k}")) for k in range(24)))
MANY = [mk("var", f"v{k}") for k in range(16)]
PRIMES = rat((10**20 + 39) * (10**20 + 129))


def nested(t, k):
    for _ in range(k):
        t = ipow(t, 8)
    return t


def table(k):
    condition = mk("and", *(le(ZERO, v) for v in MANY[:k]))
    return mk("iff", mk("finite", mk("cases", ONE, condition, INFINITY, TRUE)), condition)


def bomb(depth):
    tree = ("number",)
    for _ in range(depth):
        tree = ("both", tree, tree)
    return tree


BOMBS = {
    "power of a number": ("sign", lt(ZERO, ipow(rat(3), BIGGEST))),
    "power of a power of a number": ("sign", lt(ZERO, ipow(ipow(rat(3), BIGGEST), BIGGEST))),
    "large numbers to be factored": ("identity", eq(mul(rpow(PRIMES, X), rpow(PRIMES, X)), rpow(PRIMES, mul(TWO, Y)))),
    "logarithms with large weights": ("logarithms", lt(ZERO, sub(mul(rat(10**9), log(rat(3))), log(TWO)))),
    "nested powers of a sum": ("sign", lt(nested(add(X, Y, ONE), 4), ZERO)),
    "power of a sum": ("identity", eq(mul(ipow(add(X, Y, ONE), BIGGEST), add(X, Y)), ipow(add(X, Y, ONE), BIGGEST))),
    "product of binomials": ("sign", lt(ipow(BINOMIALS, 3), ZERO)),
    "two products of binomials": ("identity", eq(BINOMIALS, add(BINOMIALS, X))),
    "table of signs": ("finite_value", table(16)),
    "balls of a large power": ("constant", lt(ZERO, rpow(rat(3), rat(-(10**9))))),
    "balls of a tower": ("constant", lt(exp(exp(exp(exp(rat(9))))), ZERO)),
    "many atoms": ("identity", eq(ipow(add(*(exp(v) for v in MANY)), 8), ipow(add(*(exp(mul(v, X)) for v in MANY)), 8))),
    "monomials of a huge degree": ("identity", eq(add(nested(mul(X, Y), 30), ONE), add(nested(mul(X, Y), 30), nested(X, 29)))),
}


@pytest.fixture
def soon():
    """Less than a minute on any machine."""

    def stop(*_):
        raise TimeoutError("a step does not end")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(240)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


class Plain:
    """The shortest certificate of each kind, so that the work is the checker's."""

    def answer(self, context, question):
        return {"sign": "(number)", "equal": "(same)", "prove": "(asked)"}[question[0]], {}


@pytest.mark.parametrize("what", BOMBS)
def test_h15_small_step_ends(what, soon):
    rule, c = BOMBS[what]
    start = time.process_time()
    with pytest.raises(Rejected):
        derive(c, [(rule, c)], (), Plain())
    assert time.process_time() - start < 30


@pytest.mark.parametrize(("depth", "match"), [(16, "too large"), (18, "not too long")])
def test_h15_certificate_that_shares_its_parts_is_counted_with_repetition(depth, match, soon):
    tree = bomb(depth)

    class Shared:
        def answer(self, context, question):
            return written_shared(tree), {}

    with pytest.raises(Rejected, match=match):
        derive(TRIVIAL, [("sign", TRIVIAL)], (), Shared())


def written_shared(tree, memo=None):
    """The text of a tree whose parts are shared."""
    memo = {} if memo is None else memo
    if id(tree) not in memo:
        memo[id(tree)] = tree if type(tree) is str else f"({' '.join(written_shared(t, memo) for t in tree)})"
    return memo[id(tree)]


# -- h16: the judge is a process that loads data only ----------------------------------------------------------------------


def judge(*derivations: Derivation, head: str = "") -> list[dict[str, Any]]:
    """The verdicts of the judge on derivations, from their texts."""
    source = f"{head}\nderivations\n{''.join(map(text_of, derivations))}"
    command = [sys.executable, "-m", "focal_symbolic.logic.judge"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


FORGED = Derivation("a/false", (), NEVER, (Step("hypothesis", FALSE), Step("absurd", NEVER, (0,))))
LEANING = Derivation(
    "b/false", (), NEVER, (Step("lemma", FALSE, (), (("name", "a/lemma"), ("replace", ()))), Step("absurd", NEVER, (0,)))
)
IDENTITY = Derivation("c/false", (), NEVER, (Step("identity", NEVER),))


def test_h16_what_is_changed_in_this_process_is_not_changed_in_the_judge(monkeypatch):
    forged = object.__new__(Theorem)
    for name, to in (("conclusion", FALSE), *((name, frozenset()) for name in ("hypotheses", "evidence", "cited", "lemmas"))):
        object.__setattr__(forged, name, to)
    steps = [Step("lemma", FALSE, (), (("name", "a/lemma"), ("replace", ()))), Step("absurd", NEVER, (0,))]
    assert replay("b/false", NEVER, (), steps, lambda _: forged, Search()).conclusion is NEVER  # beside the kernel all is lost
    monkeypatch.setattr(kernel, "_define", lambda known, t: None)
    monkeypatch.setattr(arithmetic, "same", lambda a, b, equations=None: True)
    verdicts = judge(FORGED, LEANING, IDENTITY)
    assert [v["verdict"] for v in verdicts] == ["failed"] * 3
    assert "does not assume" in verdicts[0]["reason"]
    assert "a/lemma is not proved before it is used" in verdicts[1]["reason"]
    assert "not shown to be equal" in verdicts[2]["reason"]


def test_h16_rules_are_registered_once():
    before = dict(kernel.rules)
    with pytest.raises(Rejected, match="there is a rule «identity» already"):

        @kernel.rule()
        def identity(answers, c):
            return kernel.Outcome(frozenset(), None)

    with pytest.raises(TypeError):
        kernel.rules["identity"] = kernel.rules["sign"]  # type: ignore[index]
    with pytest.raises(TypeError):
        kernel.rules["sign"].schema["weights"] = "number"  # type: ignore[index]
    assert dict(kernel.rules) == before


def test_h16_rules_and_declarations_are_frozen_in_the_judge():
    late = "import focal_symbolic.logic.judge as judge, io\n"
    late += "judge.main(io.StringIO('\\nderivations\\n'), io.StringIO())\n"
    late += "from focal_symbolic.logic import kernel, meaning, terms\n"
    late += (
        "for make in (lambda: kernel.rule()(lambda a, c: None), lambda: meaning.declare('late', terms.mk('var', 'x'), 'x')):\n"
    )
    late += "    try:\n        make()\n    except Exception as error:\n        print(type(error).__name__, error)\n"
    done = subprocess.run([sys.executable, "-c", late], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [
        "Rejected the rules are frozen.",
        "Malformed late is declared too late: the declarations are frozen.",
    ]


def test_h16_second_claim_of_a_name_is_refused():
    trivial = Derivation("a/lemma", (), TRIVIAL, (Step("constant", TRIVIAL),))
    verdicts = judge(trivial, Derivation("a/lemma", (), NEVER, (Step("identity", NEVER),)), LEANING)
    assert [v["verdict"] for v in verdicts] == ["proved", "failed", "failed"]
    assert "there is a claim of this name already" in verdicts[1]["reason"]


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("claim a\nterm 00000000 (__import__ os)\nend\n", "is no term"),
        ("claim a\nterm 00000000 (lt 0 (var x))\nterm 00000000 (lt 0 1)\ngoal #00000000\nend\n", "line 3"),
        ("claim a\ngoal (lt 0 #11111111)\nend\n", "there is no term #11111111"),
        ("claim a\ngoal (lt 0 1.0)\nend\n", "is no rational number"),
        ("claim a\ngoal (lt 0 (var x)) & (1 = 0)\nend\n", "line 2"),
        ("claim a\ngoal (lt 0 1)\nend\nimport os\n", "stands outside of a claim"),
        ("claim a\nexec print\nend\n", "is no line of a derivation"),
        ("claim a\nend\n", "has no goal"),
        ("claim a\ngoal (lt 0 1)\n", "ends in the middle"),
        ("claim a\ngoal (lt 0 1)\nclaim b\ngoal (lt 0 1)\nend\n", "is no line of a derivation"),
        ("claim a\ngoal (ipow 2 (rat 1 1))\nend\n", "line 2"),
        ("claim a\ngoal (lt 0 (var (x)))\nend\n", "line 2"),
        ("claim a\nstep sign (lt 0 1) (x)\ngoal (lt 0 1)\nend\n", "line 2"),
    ],
)
def test_h16_text_is_read_as_data(text, match):
    with pytest.raises(Malformed, match=match):
        list(read_derivations(text))


def test_h16_declarations_are_read_as_data():
    text = declared_text(meaning.declarations())
    assert [name for name, *_ in read_declarations(text)] == [d.name for d in meaning.declarations()]
    for wrong in ("import os\n", "declare f (lt 0 1) x\n", "declare f (var x)\n"):
        with pytest.raises((Malformed, ValueError)):
            [meaning.declare(name, function, x, parameters) for name, function, x, parameters in read_declarations(wrong)]


# -- h17: whatever is wrong is refused -------------------------------------------------------------------------------------


class Loud(Exception):
    """An error of nobody's."""


class Angry:
    """Answers that fail."""

    def answer(self, context, question):
        raise Loud("no answer")


def _raises(name):
    raise Loud(name)


MALFORMED: dict[str, list[Any]] = {
    "a lemma without a name": [Step("lemma", TRIVIAL)],
    "a lemma that nobody knows": [Step("lemma", TRIVIAL, (), (("name", "none"), ("replace", ())))],
    "no steps": [],
    "a step that is none": ["sign"],
    "a tuple for a step": [("sign", TRIVIAL)],
    "arguments that are no pairs": [Step("sign", TRIVIAL, (), (1, 2))],
    "a name that is a list": [Step("sign", TRIVIAL, (), (([], 2),))],
    "a rule that is a list": [Step([], TRIVIAL)],
    "a rule that nobody knows": [Step("admit", TRIVIAL)],
    "premises that are a list": [Step("sign", TRIVIAL, [])],
    "a premise that is True": [Step("sign", TRIVIAL), Step("weaken", le(ZERO, ONE), (False,))],
    "a premise that is a float": [Step("sign", TRIVIAL), Step("weaken", le(ZERO, ONE), (0.0,))],
    "a conclusion that is None": [Step("sign", None)],
    "a conclusion that is a number": [Step("sign", ZERO)],
    "too many premises": [Step("sign", TRIVIAL), Step("sign", TRIVIAL, (0,) * 100)],
    "too few premises": [Step("weaken", TRIVIAL)],
    "a premise too many": [Step("sign", TRIVIAL), Step("part", TRIVIAL, (0, 0))],
    "a step that is never used": [Step("sign", TRIVIAL), Step("sign", TRIVIAL)],
    "too many steps": [Step("sign", TRIVIAL)] * 3000,
    "weights that are numbers of Python": [Step("sign", TRIVIAL), Step("combination", TRIVIAL, (0,), (("weights", (1,)),))],
}


@pytest.mark.parametrize("what", MALFORMED)
def test_h17_malformed_steps_are_refused_and_nothing_escapes(what):
    with pytest.raises(Rejected):
        replay("attack", TRIVIAL, (), MALFORMED[what], no_lemma, Search())


def test_h17_errors_of_answers_and_lemmas_are_refusals():
    with pytest.raises(Rejected, match="Loud: no answer"):
        derive(TRIVIAL, [("sign", TRIVIAL)], (), Angry())
    with pytest.raises(Rejected, match="Loud: none"):
        replay("attack", TRIVIAL, (), MALFORMED["a lemma that nobody knows"], _raises, Search())


def test_h17_deep_terms_are_not_made():
    t = X
    while t.depth < DEPTH:
        t = exp(t)
    with pytest.raises(Malformed, match="levels"):
        exp(t)
