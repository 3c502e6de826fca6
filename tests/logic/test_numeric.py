"""The oracle, and what agrees with it at random points: conditions, substitution, binders, derivatives, arithmetic, laws."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from flint import arb
from forging import Draws
from numeric import Place, Point, Vague, ball, both, defined, dual, holds, nearly, number, precision, truth
from random_points import aimed, drawn, names_of, where
from random_terms import B0, HALF, LI, LJ, Terms, X, Y, Z, p, q
from series import SIZE as AT_THE_END
from series import series

from focal_symbolic.claims import derivation as _derivation  # noqa: F401  (importing it declares the inverse of the slope)
from focal_symbolic.definitions import slope_inverse
from focal_symbolic.logic.arithmetic import Excess, Field, Wide, collect, expand, proportion
from focal_symbolic.logic.certificates import read_certificate
from focal_symbolic.logic.checker import Situation
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.laws import LAWS, Invalid
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import (
    INFINITY,
    MINUS,
    ONE,
    SIZE,
    STATEMENT,
    TRUE,
    ZERO,
    Malformed,
    Term,
    abstract,
    add,
    close_real,
    derivative,
    eq,
    every,
    in_order,
    instantiate,
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
    substitute,
    total,
)

AT = Point(
    2,
    {"x": Fraction(-2), "y": Fraction(0), "z": Fraction(3)},
    {"i": 0, "j": 1},
    {"p": [Fraction(1), Fraction(4)], "q": [Fraction(0), Fraction(-1)]},
    {"s": [1, 0]},
)
HERE = Place(AT)
UNDEFINED = "undefined"


def log(t):
    return mk("log", t)


@pytest.mark.parametrize(
    ("t", "expected"),
    [
        (rat(Fraction(1, 3)), Fraction(1, 3)),
        (SIZE, 2),
        (p(LJ), 4),
        (p(mk("image", "s", LJ)), 1),
        (add(X, Z, ONE), 2),
        (mul(X, Z, Y), 0),
        (ipow(Y, 0), 1),
        (ipow(X, -3), Fraction(-1, 8)),
        (ipow(Y, -1), UNDEFINED),
        (ipow(ipow(Y, -1), 0), UNDEFINED),
        (rpow(Y, ZERO), 1),
        (rpow(Y, HALF), 0),
        (rpow(Y, MINUS), UNDEFINED),
        (rpow(p(LJ), HALF), 2),
        (rpow(p(LJ), rat(Fraction(-3, 2))), Fraction(1, 8)),
        (rpow(X, rat(2)), UNDEFINED),
        (rpow(X, ZERO), UNDEFINED),
        (log(ONE), 0),
        (log(Y), UNDEFINED),
        (log(X), UNDEFINED),
        (mul(ZERO, log(Y)), UNDEFINED),
        (mk("abs", X), 2),
        (mk("exp", Y), 1),
        (total(p(B0)), 5),
        (total(mul(p(B0), p(LI))), 5),
        (total(ONE), 2),
        (total(total(mul(p(B0), p(mk("bletter", 1))))), 25),
        (total(ipow(q(B0), -1)), UNDEFINED),
        (total(ipow(p(B0), -1)), Fraction(5, 4)),
    ],
    ids=str,
)
def test_number_is_what_the_page_says(t, expected):
    assert defined(t, HERE) is (expected is not UNDEFINED)
    if expected is not UNDEFINED:
        assert number(t, HERE) == expected


@pytest.mark.parametrize(
    ("s", "is_defined", "is_true"),
    [
        (lt(X, Y), True, True),
        (le(Y, ZERO), True, True),
        (ne(Y, ZERO), True, False),
        (eq(mul(Z, ipow(Z, -1)), ONE), True, True),
        (eq(mul(Y, ipow(Y, -1)), ONE), False, None),
        (mk("and", lt(X, Y), lt(Y, X)), True, False),
        (mk("or", lt(X, Y), lt(ZERO, ipow(Y, -1))), False, None),
        (mk("implies", ne(Y, ZERO), lt(ZERO, ipow(Y, -1))), True, True),
        (mk("implies", eq(Y, ZERO), lt(ZERO, ipow(Y, -1))), False, None),
        (mk("implies", lt(ZERO, ipow(Y, -1)), TRUE), False, None),
        (mk("not", lt(ZERO, log(Y))), False, None),
        (mk("iff", lt(X, Y), lt(X, Z)), True, True),
        (every(lt(ZERO, p(B0))), True, True),
        (every(le(q(LI), q(B0))), True, False),
        (every(lt(ZERO, ipow(q(B0), -1))), False, None),
        (mk("bijection", "s"), True, True),
        (mk("one", ZERO, ONE, eq(mk("breal", 0), HALF)), True, True),
        (mk("one", ZERO, ONE, eq(mk("breal", 0), Z)), True, False),
        (mk("one", MINUS, ONE, eq(ipow(mk("breal", 0), 2), rat(Fraction(1, 4)))), True, False),
        (mk("one", MINUS, ONE, eq(ipow(mk("breal", 0), 2), Y)), True, None),
        (mk("one", Z, X, eq(mk("breal", 0), ONE)), True, False),
        (mk("one", ZERO, ONE, eq(mul(mk("breal", 0), ipow(Y, -1)), ZERO)), True, False),
        (mk("one", log(Y), ONE, eq(mk("breal", 0), ONE)), False, None),
        (mk("one", Z, Z, eq(mk("breal", 0), rat(3))), True, True),
        (mk("finite", mk("cases", ONE, lt(X, Y), INFINITY, TRUE)), True, True),
        (mk("finite", mk("cases", INFINITY, lt(X, Y), ONE, TRUE)), True, False),
        (mk("finite", mk("cases", ONE, eq(Y, ZERO), ipow(Y, -1), TRUE)), True, True),
        (mk("finite", mk("cases", ONE, eq(Y, ZERO), INFINITY, lt(ZERO, ipow(Y, -1)), INFINITY, TRUE)), True, True),
        (mk("finite", mk("cases", ONE, ne(Y, ZERO), ipow(Y, -1), TRUE)), False, None),
        (mk("finite", mk("cases", ONE, lt(ZERO, ipow(Y, -1)), ONE, TRUE)), False, None),
        (mk("finite", mk("cases", mk("cases", INFINITY, TRUE, ONE, TRUE), lt(X, Y), ONE, TRUE)), True, False),
        (mk("finite", mk("esum", mk("cases", INFINITY, lt(q(B0), ZERO), ONE, TRUE))), True, False),
        (mk("finite", mk("esum", mk("cases", INFINITY, lt(p(B0), ZERO), ONE, TRUE))), True, True),
    ],
    ids=str,
)
def test_statement_is_what_the_page_says(s, is_defined, is_true):
    assert defined(s, HERE) is is_defined
    if is_defined:
        assert truth(s, HERE) is is_true
        assert holds(s, AT) is is_true
    else:
        assert holds(s, AT) is False


def test_precision_is_raised_until_it_tells():
    root = mk("rpow", rat(2), HALF)
    near = rat(Fraction(14142135623730950488016887242097, 10**31))
    with precision(64):
        assert truth(lt(root, near), HERE) is None
    assert holds(lt(root, near), AT) is True
    assert holds(eq(ipow(root, 2), rat(2)), AT) is None
    assert nearly(eq(ipow(root, 2), rat(2)), AT) is True
    assert nearly(ne(ipow(root, 2), rat(2)), AT) is None


def test_declared_inverse_is_where_the_function_has_the_value():
    inverse = mk("decl", slope_inverse.__name__, Z, ONE)
    with precision(128):
        x = number(inverse, HERE)
        assert 0 < x < 1
        value = (1 - x) / x - x.log()  # the slope of the loss at gamma = 1
        assert (value - 3).contains(0)
        assert value.rad() < arb(2) ** -100
    assert defined(mk("decl", slope_inverse.__name__, Y, ONE), HERE) is False


# -- random terms ----------------------------------------------------------------------------------------------------------

NUMBERS, POINTS = 120, 5


def agree(a, b) -> bool:
    """Whether two values may be equal; of rationals, whether they are."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a == b
    return bool(ball(a).overlaps(ball(b)))


def at_points(rng: Random, *terms: Term, points: int = POINTS):
    """Random points for the free names of terms, at a precision of 128 bits."""
    for _ in range(points):
        at = drawn(rng, names_of(terms))
        with precision(128):
            yield Place(at)


def values(t: Term, place: Place):
    """The value where the term is defined; None where it is not, or it is not told."""
    try:
        return number(t, place) if defined(t, place) is True else None
    except Vague:
        return None


def terms_of(rng: Random) -> Term:
    """A number or a statement, often one that is undefined somewhere."""
    draw = Terms(rng)
    forms = (
        *(lambda: draw.number(3), lambda: draw.statement(2), lambda: mk("finite", draw.by_cases()), draw.fact),
        *(lambda: log(draw.number(2)), lambda: rpow(draw.number(2), draw.number(1)), lambda: ipow(draw.simple(), -1)),
        *(lambda: draw.relation(2), lambda: mk("implies", draw.plain_relation(), lt(ZERO, log(draw.simple())))),
    )
    return draw.one_of(forms)()


@pytest.mark.parametrize("seed", range(4))
def test_conditions_are_the_definedness_of_the_page(seed):
    """D holds exactly where all conditions are true, as total operations read them and as P; then each of them is defined."""
    rng, told = Random(f"conditions {seed}"), Counter()
    for _ in range(NUMBERS * 3 // 2):
        t = terms_of(rng)
        found = in_order(conditions(t))
        for place in at_points(rng, t):
            d = defined(t, place)
            by_conditions = both(truth(c, place) for c in found)
            as_p = both(both((defined(c, place), truth(c, place))) for c in found)
            told[d] += 1
            if None not in (d, by_conditions):
                assert by_conditions == d, (t, place.point)
            if None not in (d, as_p):
                assert as_p == d, (t, place.point)
            if d:
                assert all(defined(c, place) is not False for c in found), (t, place.point)
    assert min(told[True], told[False]) > 40


def test_conditions_of_conditions_are_conditions():
    rng = Random("conditions of conditions")
    for _ in range(2 * NUMBERS):
        t = terms_of(rng)
        assert all(conditions(c) <= conditions(t) for c in conditions(t)), t


@pytest.mark.parametrize("seed", range(3))
def test_substitution_puts_values_in(seed):
    """The value of t with v put for x is that of t where x has the value of v; so for letters, and families at each letter."""
    rng, told = Random(f"substitute {seed}"), 0
    draw = Terms(rng)
    for _ in range(NUMBERS):
        t, v, at = draw.number(3), draw.number(2), draw.letter()
        letter = mk("letter", "b0")
        template = draw.number(2, (letter,))
        mapping = {("var", "x"): v, ("letter", "i"): at, ("entry", "p"): mk("template", abstract(template, letter))}
        mapping = {key: to for key, to in mapping.items() if draw.chance(0.6)}
        moved = substitute(t, mapping)
        for place in at_points(rng, t, v, p(at), template, moved):
            point = place.point
            point.letters["b0"] = 0
            try:
                there = Point(point.n, dict(point.reals), dict(point.letters), dict(point.families), point.images)
                if ("var", "x") in mapping:
                    there.reals["x"] = number(v, place)
                if ("letter", "i") in mapping:
                    there.letters["i"] = (
                        point.images["s"][point.letters[at.args[1].args[0]]] if at.op == "image" else point.letters[at.args[0]]
                    )
                if ("entry", "p") in mapping:
                    with_letter = [
                        Place(Point(point.n, point.reals, {**point.letters, "b0": k}, point.families, point.images))
                        for k in range(point.n)
                    ]
                    there.families["p"] = [number(template, one) for one in with_letter]
                left, right = number(moved, place), number(t, Place(there))
            except Vague:
                continue
            told += 1
            assert agree(left, right), (t, mapping, point)
    assert told > NUMBERS


@pytest.mark.parametrize("seed", range(3))
def test_binding_a_letter_and_putting_one_in_are_what_they_say(seed):
    rng, told = Random(f"binders {seed}"), 0
    draw = Terms(rng)
    for _ in range(NUMBERS):
        t = draw.number(3) if draw.chance(0.6) else draw.statement(2)
        body = abstract(t, LI)
        assert instantiate(body, LI) is t
        there = draw.letter()
        moved = instantiate(body, there)
        for place in at_points(rng, t, moved, p(LI), p(there)):
            k = (
                place.point.images["s"][place.point.letters[there.args[1].args[0]]]
                if there.op == "image"
                else place.point.letters[there.args[0]]
            )
            inside = place.at_letter(k)
            assert defined(moved, place) == defined(body, inside)
            try:
                if t.sort == STATEMENT:
                    assert truth(moved, place) == truth(body, inside)
                else:
                    assert agree(number(moved, place), number(body, inside)), (t, place.point)
                    assert agree(number(t, place), number(body, place.at_letter(place.point.letters["i"])))
                told += 1
            except Vague:
                continue
    assert told > NUMBERS


@pytest.mark.parametrize("seed", range(3))
def test_derivative_is_the_slope(seed):
    """Where a number and its derivative are defined, and the slope exists."""
    rng, told = Random(f"derivative {seed}"), 0
    draw = Terms(rng)
    for _ in range(2 * NUMBERS):
        t = draw.number(3)
        try:
            exact = derivative(t, "x")
        except Malformed:
            continue
        for place in at_points(rng, t, exact, X, points=3):
            found = values(exact, place)
            if found is None or ("var", "x") not in names_of([t]) or defined(t, place) is not True:
                continue
            try:
                value, slope = dual(t, place, "x")
            except Vague:
                continue
            assert agree(value, number(t, place))
            assert agree(slope, found), (t, place.point)
            told += 1
    assert told > 100


@pytest.mark.parametrize("seed", range(3))
def test_expanded_number_is_the_number_where_that_is_defined(seed):
    rng, told = Random(f"expand {seed}"), 0
    draw = Terms(rng)
    for _ in range(NUMBERS):
        t = draw.number(4)
        try:
            again = collect(expand(t))
        except Excess:
            continue
        for place in at_points(rng, t):
            found = values(t, place)
            if found is not None:
                assert agree(number(again, place), found), (t, again, place.point)
                told += 1
    assert told > NUMBERS


@pytest.mark.parametrize("seed", range(3))
def test_rational_function_is_the_number_where_both_are_defined(seed):
    rng, told = Random(f"field {seed}"), 0
    draw = Terms(rng)
    for _ in range(NUMBERS):
        t = draw.number(4)
        field = Field(48)
        try:
            top, bottom = map(field.term, field.of(t))
        except (Excess, Wide, ZeroDivisionError):
            continue
        for place in at_points(rng, t):
            found, below = values(t, place), number(bottom, place)
            if found is not None and not (isinstance(below, Fraction) and not below):
                assert agree(
                    number(top, place),
                    ball(found) * ball(below)
                    if not (isinstance(found, Fraction) and isinstance(below, Fraction))
                    else found * below,
                )
                told += 1
    assert told > NUMBERS


def test_numbers_that_are_proportional_are_so_at_points():
    rng, told = Random("proportion"), 0
    draw = Terms(rng)
    for _ in range(2 * NUMBERS):
        t = draw.number(3)
        other = mul(rat(draw.one_of((2, -1, Fraction(1, 3)))), draw.law(t))
        try:
            c = proportion(t, other)
        except Excess:
            continue
        for place in at_points(rng, t, other) if c is not None else ():
            a, b = values(t, place), values(other, place)
            if a is not None and b is not None:
                assert agree(a, b * Fraction(int(c.p), int(c.q)) if isinstance(b, Fraction) else b * arb(c)), (t, other)
                told += 1
    assert told > NUMBERS // 2


# -- laws ------------------------------------------------------------------------------------------------------------------


class Honest(Draws):
    """Equations with proofs, where there are some, that bases are positive."""

    def positive(self, f: Term, depth: int) -> tuple:
        """A proof of 0 < f that is searched for."""
        found = self.context.answers.answer(self.context, ("prove", lt(ZERO, f)))
        return ("asked",) if found is None else read_certificate(*found, category="proof")


def _sources(draw: Terms) -> list[Term]:
    bounds = (lt(ZERO, X), lt(ZERO, Y), lt(ZERO, p(LI)), every(lt(ZERO, p(B0))), le(ZERO, Z), every(lt(q(B0), ONE)), lt(ONE, Z))
    return draw.some(bounds, 0.6)


def _subject(draw: Terms, law: str) -> Term:
    """A number to which the law may apply."""
    a, b, w = draw.atom(), draw.number(1), draw.one_of((HALF, rat(2), Y, add(Y, ONE), mul(rat(3), Z), sub(Z, Y)))
    forms = {
        "ln_product": (log(mul(X, Y)), log(ipow(X, 3)), log(mul(ipow(Y, -2), p(LI))), log(mul(a, X))),
        "ln_power": (log(rpow(X, w)), log(rpow(p(LI), b))),
        "ln_exp": (log(mk("exp", b)),),
        "power_integer": (rpow(X, rat(2)), rpow(Y, sub(w, w)), rpow(X, MINUS), rpow(ipow(a, 2), ONE)),
        "power_product": (rpow(mul(X, Y), w), rpow(ipow(X, 2), HALF), rpow(mul(X, ipow(Y, -1)), b)),
        "power_sum": (rpow(X, add(w, b)), rpow(Y, add(Z, mul(rat(2), w))), rpow(p(LI), sub(ONE, w))),
        "power_power": (rpow(rpow(X, w), b), rpow(rpow(p(LI), HALF), w)),
        "power_exp": (rpow(mk("exp", b), w),),
        "exp_sum": (mk("exp", add(a, mul(rat(2), b))), mk("exp", sub(a, b))),
        "exp_ln": (mk("exp", mul(w, log(X))), mk("exp", log(Y))),
        "sum_linear": (total(mul(p(B0), b)), total(add(p(B0), mul(rat(2), q(B0)))), total(mul(X, ipow(p(B0), -1)))),
        "inside": (
            log(mul(X, add(Y, ONE))),
            mk("exp", mul(a, add(X, Y))),
            mk("abs", mul(X, sub(a, b))),
            rpow(X, mul(Y, add(Z, ONE))),
        ),
        "absolute": (mk("abs", sub(a, b)), mk("abs", rat(-3))),
        "root": (X, mul(X, Y), log(add(ONE, X))),
    }
    return draw.one_of(forms[law])


@pytest.mark.parametrize("law", LAWS)
def test_law_gives_an_equal_number(law):
    """Equations that the checker believes hold at random points where what is known holds."""
    rng, met = Random(f"law {law}"), 0
    draw = Terms(rng)
    for _ in range(NUMBERS):
        t = _subject(draw, law)
        context = Context(Search(), _sources(draw))
        if not context.is_defined(t):
            continue
        draws = Honest(rng, context, ("equal", t, t))
        drawn_ = (draws.equation(t, 2) for _ in range(30))
        equation = ("root", t, 2, draws.positive(t, 1)) if law == "root" else next((e for e in drawn_ if e[0] == law), None)
        try:
            there = Situation(context, conditions(t), {}, frozenset()).using((equation,)) if equation else None
        except (Invalid, Excess):
            continue
        for left, right in there.equations.items() if there else ():
            for at in where(rng, context.sources, names_of([left, right, *context.sources]), 4):
                with precision(128):
                    a, b = values(left, Place(at)), values(right, Place(at))
                    if a is not None:
                        assert defined(right, Place(at)) is not False, (equation, at)
                        assert b is None or agree(a, b), (equation, at)
                        met += 1
    assert met > 5


# -- points ----------------------------------------------------------------------------------------------------------------


def test_points_are_drawn_where_simple_hypotheses_hold():
    rng = Random("points")
    hypotheses = [
        every(lt(ZERO, p(B0))),
        every(le(p(B0), ONE)),
        eq(total(p(B0)), ONE),
        lt(ZERO, X),
        lt(X, ONE),
        le(X, Y),
        eq(Z, add(X, Y)),
    ]
    points = list(where(rng, hypotheses, names_of(hypotheses), 40))
    assert len(points) > 20
    assert all(holds(h, at) for at in points for h in hypotheses)
    assert len({at.n for at in points}) > 2
    assert len({at.reals["x"] for at in points}) > 3


def test_points_are_the_same_for_a_seed():
    def drawn_twice():
        return repr([aimed(Random(7), names_of([p(LI), X]), [lt(ZERO, X)]) for _ in range(3)])

    assert drawn_twice() == drawn_twice()


# -- an alphabet without end -----------------------------------------------------------------------------------------------

SHARE = ipow(SIZE, -1)


def endless(**families):
    """A point whose families go on for ever with their last entries."""
    return Point(2, {"x": Fraction(1, 2)}, {}, {name: list(map(Fraction, to)) for name, to in families.items()}, {}, True)


ENTRY = p(B0)
JUMP = sub(sub(rat(2), X), ipow(add(ONE, mul(SIZE, ipow(sub(ONE, X), 2))), -1))


@pytest.mark.parametrize(
    ("number_", "least"),
    [
        (neg(SHARE), 0),
        (SHARE, 1),
        (sub(ONE, ipow(SIZE, -2)), 1),
        (total(ENTRY), 3),
        (total(neg(ENTRY)), -1),
        (total(mul(SHARE, ENTRY)), Fraction(3, 2)),
        (total(total(mul(SHARE, ENTRY))), 3),
        (mul(SIZE, ipow(add(SIZE, rat(3)), -1)), 1),
        (mul(mk("abs", sub(ONE, SIZE)), SHARE), 1),
        (JUMP, Fraction(3, 2)),
        (SIZE, None),
        (total(ONE), None),
        (total(mul(SIZE, ENTRY)), None),
        (mul(SIZE, sub(ONE, mul(SIZE, ipow(add(SIZE, ONE), -1)))), 1),
        (neg(SIZE), -1),
    ],
)
def test_suprema_without_end_are_limits(number_, least):
    at = Place(endless(p=(1, 2, 0, 0)))
    supremum = mk("sup", number_)
    assert defined(supremum, at) is (least is not None)
    assert holds(mk("bounded", number_), at.point) is (least is not None)
    if least is not None:
        assert number(supremum, at) == least


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (mk("parts", lt(SIZE, rat(10**9))), False),
        (mk("parts", lt(ZERO, SHARE)), True),
        (mk("parts", lt(rat(Fraction(1, 10**9)), SHARE)), False),
        (mk("parts", every(le(ZERO, ENTRY))), True),
        (mk("parts", every(lt(ZERO, ENTRY))), False),
        (mk("parts", lt(ZERO, ipow(sub(SIZE, rat(7)), -2))), False),
        (mk("parts", eq(mul(SIZE, SHARE), ONE)), True),
        (mk("parts", le(mk("log", SIZE), SIZE)), None),
        (every(lt(ZERO, ENTRY)), True),
    ],
)
def test_what_is_said_at_every_size_is_tried_in_the_end_too(statement, expected):
    assert holds(statement, endless(p=(1, 2, 0, 0))) is expected


def test_a_supremum_that_jumps_over_a_value_takes_it_nowhere():
    for value_, expected in ((Fraction(1, 2), False), (0, None), (Fraction(7, 4), None)):
        one = mk("one", ZERO, ONE, close_real(eq(mk("sup", JUMP), rat(value_)), "x"))
        assert holds(one, endless()) is expected


def test_series_are_what_they_are_of_in_the_end():
    rng = Random("series")
    size = 10**9
    for _ in range(200):
        exact, found = Fraction(size), AT_THE_END
        for _ in range(rng.randrange(1, 7)):
            c = Fraction(rng.randrange(-3, 4), rng.randrange(1, 4))
            kind = rng.randrange(4)
            if kind == 0:
                exact, found = exact + c, found + series(c)
            elif kind == 1:
                exact, found = exact * size, found * AT_THE_END
            elif kind == 2 and exact:
                exact, found = 1 / exact, found.inverse()
            else:
                exact, found = exact + size, found + AT_THE_END
        kept = sum((c * Fraction(size) ** (found.top - k) for k, c in enumerate(found.terms)), Fraction(0))
        assert kept == exact if found.exact else abs(kept - exact) < abs(exact) / Fraction(size) ** 5
        assert found.sign() == (exact > 0) - (exact < 0)


def test_series_know_what_they_do_not_tell():
    little = (AT_THE_END + series(Fraction(1))).inverse()
    for vague in ((little + -little).sign, AT_THE_END.constant, (little * AT_THE_END).constant):
        with pytest.raises(Vague):
            vague()
    with pytest.raises(ZeroDivisionError):
        series(Fraction(0)).inverse()
    assert series(Fraction(3)).constant() == 3
    assert AT_THE_END.limit() is None
    assert little.limit() == 0
