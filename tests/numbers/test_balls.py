"""Balls: exact conversion, one precision, three values, compiled formulas, certified rounding."""

from __future__ import annotations

import pickle
from fractions import Fraction

import mpmath
import pytest
import sympy
from flint import arb, ctx, fmpq, fmpz

from focal_symbolic import definitions
from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers import balls
from focal_symbolic.numbers.balls import Probability, ball, compare, pack, precision, relative_radius, sign
from focal_symbolic.numbers.formulas.compiler import compiled
from focal_symbolic.numbers.rounding import rounded

x, gamma = definitions.x, definitions.gamma


def test_precision_is_restored():
    before = ctx.prec
    with precision(300):
        assert ctx.prec == 300
        with precision(64):
            assert ctx.prec == 64
        assert ctx.prec == 300
    with pytest.raises(ZeroDivisionError), precision(99):
        raise ZeroDivisionError
    assert ctx.prec == before


def test_conversion_is_exact_or_tight():
    big = 2**300 + 1
    with precision(64):
        for value in (big, fmpz(big), sympy.Integer(big), (big, 0)):
            assert ball(value).man_exp() == (big, 0)
        with mpmath.workprec(400):
            assert ball(mpmath.mpf(-big)).man_exp() == (-big, 0)
        for third in (Fraction(1, 3), sympy.Rational(1, 3), fmpq(1, 3)):
            assert not ball(third).is_exact()
            assert relative_radius(ball(third)) < arb((1, -60))
            assert (3 * ball(third)).contains(1)
        assert ball((3, -2)) == ball(Fraction(3, 4))


@pytest.mark.parametrize("value", [0.5, "0.5", None, True, 1j, mpmath.inf, x, sympy.pi, [1], (1, True)])
def test_no_implicit_conversion(value):
    with pytest.raises(InputError):
        ball(value)


def test_comparison_has_three_values():
    nan = arb.nan()
    assert (compare(2, 1), compare(Fraction(1, 3), Fraction(1, 2)), compare(1, 1)) == (1, -1, 0)
    assert compare(arb(1, 1), arb(2, 1)) == 0
    assert sign(arb(1, 2)) == sign(nan) == sign(arb.pos_inf()) == compare(nan, nan) == 0
    assert (sign(arb(3, 1)), sign(arb(-3, 1))) == (1, -1)


def test_mpf_and_pickle_are_exact():
    with precision(500):
        third = ball(Fraction(1, 3))
        man, exponent = third.mid().man_exp()
        assert balls.to_mpf(third)._mpf_[1:3] == (int(man), int(exponent))
        assert mpmath.mp.prec == 53
        again = balls.unpack(pickle.loads(pickle.dumps(pack(third))))
        assert again.mid() == third.mid()
        assert again.rad() == third.rad()
    assert pack(arb.nan()) is None
    assert balls.unpack(None).is_nan()
    assert balls.to_mpf(arb.neg_inf()) == -mpmath.inf
    with pytest.raises(Undecided):
        balls.to_mpf(arb.nan())


@pytest.mark.parametrize("q", [Fraction(1, 10**300), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), 1 - Fraction(1, 10**300)])
@pytest.mark.parametrize("power", [Fraction(0), Fraction(1, 10**8), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(5)])
@pytest.mark.parametrize("formula", [definitions.loss, definitions.slope, definitions.gain])
def test_compiled_formulas_agree_with_mpmath_and_are_tight(formula, power, q):
    with precision(200):
        value = compiled(formula(x, gamma), (x, gamma))(Probability.exact(q), ball(power))
        assert relative_radius(value) < arb((1, -180))
        with mpmath.workdps(700):
            at = {"x": mpmath.mpf(q.numerator) / q.denominator, "gamma": mpmath.mpf(power.numerator) / power.denominator}
            plain = sympy.lambdify((x, gamma), formula(x, gamma), "mpmath")(at["x"], at["gamma"])
            error = abs(balls.to_mpf(value) / plain - 1)
        assert error < mpmath.mpf(2) ** -180


def test_compiled_at_the_ends():
    loss = compiled(definitions.loss(x, gamma), (x, gamma))
    one, half = Probability.exact(Fraction(1)), ball(Fraction(1, 2))
    assert loss(one, half).is_zero()
    assert loss(one, arb(0)).is_zero()
    assert not loss(Probability.exact(Fraction(0)), half).is_finite()
    power = compiled((1 - x) ** gamma, (x, gamma))
    assert power(one, arb(0)) == 1
    assert power(one, half).is_zero()
    assert power(one, arb(-1)).is_nan()
    assert power(Probability(arb(1, 0.25), arb(0, 0.25)), half).is_nan()


def test_compiled_expressions():
    y = sympy.Symbol("y", real=True)
    expression = sympy.Max(sympy.Abs(x - y), sympy.Rational(1, 3)) + sympy.exp(-y) * sympy.sqrt(x) + sympy.pi * x**-3
    with precision(100):
        value = compiled(expression, (x, y))(ball(Fraction(1, 2)), ball(2))
        expected = sympy.N(expression.subs({x: sympy.Rational(1, 2), y: 2}), 25)
        assert value.overlaps(arb(str(expected), "1e-22"))
        assert compiled((x, sympy.Integer(2), sympy.Rational(1, 2)), (x,))(arb(3)) == (arb(3), arb(2), arb((1, -1)))
        assert compiled(x**2, (x,))(arb(0, 1)).is_finite()
    assert compiled(expression, (x, y)) is compiled(expression, (x, y))
    for wrong in (sympy.sin(x), sympy.Float(0.5) * x, y + x):
        with pytest.raises(InputError, match="cannot be compiled"):
            compiled(wrong, (x,))


def test_logarithms_follow_the_precision():
    with precision(300):
        at = Probability.exact(Fraction(1, 3))
    with precision(64):
        assert relative_radius(at.log) > arb((1, -80))
    with precision(300):
        assert relative_radius(at.log) < arb((1, -280))


def test_rounding_to_the_right_digits():
    def enclose(bits):
        with precision(bits):
            return [
                arb.pi(),
                ball(Fraction(2, 3)) * arb(10) ** -400,
                arb(0),
                arb.neg_inf(),
                Fraction(1, 3),
                -arb.pi(),
                ball(Fraction(1, 2)),
            ]

    values, radius = rounded(enclose, 30)
    assert mpmath.nstr(values[0], 30) == "3.14159265358979323846264338328"
    assert mpmath.nstr(values[1], 30) == "6.66666666666666666666666666667e-401"
    assert values[2:4] == (0, -mpmath.inf)
    assert mpmath.nstr(values[4], 30) == "0." + "3" * 30
    with mpmath.workdps(50):
        assert values[5] == -values[0]
    assert values[6] == 0.5
    assert 0 < radius < mpmath.mpf(10) ** -30


def test_rounding_raises_the_precision_at_a_hard_case():
    used = []

    def enclose(bits):
        used.append(bits)
        with precision(bits):
            return [1 + arb(10) ** -15 * ball(Fraction(1, 2)) + arb(10) ** -60 * arb.pi()]

    (value,), _ = rounded(enclose, 15)
    assert len(used) > 1
    assert value > 1 + mpmath.mpf(10) ** -16


@pytest.mark.parametrize("lead", [1, 13, 2, 3, 5, 77, 8, 99])
@pytest.mark.parametrize("sign", [1, -1])
def test_next_to_a_tie_of_any_leading_digit_the_decimal_is_the_right_one(lead, sign):
    """The quick way looks at one digit more for some; next to a tie, on either side, it is right or nothing is told."""
    digits = 20
    whole = lead * 10 ** (digits - len(str(lead))) + 7
    for off in (2, 4, 6, 8, 9, 12, 20):
        exact = sign * (whole + Fraction(1, 2) - Fraction(1, 10**off)) / 10 ** (digits + 3)
        over = sign * (whole + Fraction(1, 2) + Fraction(1, 10**off)) / 10 ** (digits + 3)

        def enclose(bits, numbers=(exact, over)):
            with precision(bits):
                return [ball(number) + arb(0, abs(ball(number)).upper() / 2 ** (bits - 1)) for number in numbers]

        try:
            (below, above), _ = rounded(enclose, digits, most_bits=300)
        except Undecided:  # the returned mpf has 32 bits beyond its decimals, and is not to round otherwise than the number
            assert off > 9
            continue
        with mpmath.workdps(60):
            found = [mpmath.nstr(value * mpmath.mpf(10) ** (digits + 3), digits) for value in (below, above)]
        assert [Fraction(text) for text in found] == [sign * whole, sign * (whole + 1)]


@pytest.mark.parametrize(("top", "under"), [(2, 1), (1, 2), (1, 3), (23, 10), (37, 16), (7, 12), (0, 3), (200, 9)])
def test_fractional_powers_are_powers(top, under):
    with precision(200):
        bases = [ball(Fraction(1, 7)), ball(Fraction(9, 10)), arb(1)]
        found = balls.fractional_powers(bases, top, under)
        assert len(found) == len(bases)
        for base, power in zip(bases, found, strict=True):
            assert power.overlaps((ball(Fraction(top, under)) * base.log()).exp())
            assert relative_radius(power) < arb((1, -180))


def test_rounding_gives_up_on_what_no_precision_decides():
    with pytest.raises(Undecided, match="does not round"):
        rounded(lambda bits: [arb(0, 1) / 2**bits], 10, most_bits=500)
    with pytest.raises(Undecided):
        rounded(lambda bits: [arb.nan()], 10, most_bits=500)


@pytest.mark.parametrize("gamma", [10**7, 5 * 10**9, 10**40])
def test_a_number_with_a_long_exponent_is_written(gamma):
    from focal_symbolic import minimizer

    found = minimizer([Fraction(1, 5)] * 5, gamma, 15).entropy
    with mpmath.workdps(80):
        right = mpmath.exp(gamma * mpmath.log(mpmath.mpf(4) / 5)) * mpmath.log(5)
        assert abs(found / right - 1) < mpmath.mpf(10) ** -14


def test_fractions_from_every_kind_of_exact_number():
    third = Fraction(1, 3)
    assert balls.to_fraction(balls.to_fmpq(third)) == balls.to_fraction(sympy.Rational(1, 3)) == third
    assert balls.to_fraction(arb((5, -3))) == Fraction(5, 8)
    assert balls.to_fraction(arb(3, 1)) == 3
