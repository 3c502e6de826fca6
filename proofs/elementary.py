"""The bounds of the logarithm and of the exponential function that everything else leans on.

Source
    Classical (NIST DLMF 4.5.1, 4.5.2 and 4.5.7); proved here so that it need not be cited.
Statement
    For 0 < x < 1:  1 - 1/x < ln x < x - 1. For every x:  e^x >= 1 + x. For x >= -1/2:  ln(1 + x) >= x - x^2.
Idea
    Each difference vanishes at one point and has a derivative of one sign on each side of it.
Trusted
    The mean value theorem (cited by the rule `monotone`), monotonicity of exp (rule `apply`).
Not covered
    The logarithm between its bounds for x > 1: ln x < x - 1 there is e^t >= 1 + t at t = ln x.
"""

from sympy import Rational, exp, log

from focal_symbolic.claim import Boxes, Claim, Draws, HardSet, Number, Result, Twin
from focal_symbolic.definitions import x
from focal_symbolic.language import real

UNIT = Number(x, 0, 1, low_open=True, high_open=True)
AWAY = Boxes(((x, Rational(1, 10**9), 1 - Rational(1, 10**6)),))
t = real("t")
HALF = Rational(1, 2)


def below_line(d):
    """f(t) = t - 1 - ln t falls on (0, 1) and f(1) = 0."""
    positive, less = d.suppose(t > 0, t < 1)
    falls = d("sign", 1 - 1 / t < 0, positive, less)
    x_positive, x_less = d.suppose(x > 0, x < 1)
    d("monotone", d.goal, falls, x_less, x_positive, function=t - 1 - log(t), variable=t)


LOG_ABOVE = Result(
    claim=Claim(
        name="elementary/log-above",
        statement="ln x lies below x - 1 for 0 < x < 1",
        source="own",
        reference="DLMF 4.5.1",
        variables=(UNIT,),
        goal=log(x) < x - 1,
    ),
    derivation=below_line,
    enclosure=AWAY,
    fuzz=Draws(),
    twin=Twin("ln x lies below (x - 1) 1001/1000", log(x) < (x - 1) * Rational(1001, 1000)),
)


def above_hyperbola(d):
    """f(t) = ln t - 1 + 1/t falls on (0, 1) and f(1) = 0."""
    positive, less = d.suppose(t > 0, t < 1)
    falls = d("sign", 1 / t - 1 / t**2 < 0, positive, less)
    x_positive, x_less = d.suppose(x > 0, x < 1)
    d("monotone", d.goal, falls, x_less, x_positive, function=log(t) - 1 + 1 / t, variable=t)


LOG_BELOW = Result(
    claim=Claim(
        name="elementary/log-below",
        statement="ln x lies above 1 - 1/x for 0 < x < 1",
        source="own",
        reference="DLMF 4.5.2",
        variables=(UNIT,),
        goal=log(x) > 1 - 1 / x,
    ),
    derivation=above_hyperbola,
    enclosure=AWAY,
    fuzz=Draws(),
    twin=Twin("ln x lies above (1 - 1/x) 999/1000", log(x) > (1 - 1 / x) * Rational(999, 1000)),
)


def two_sides(d, slopes, curve):
    """curve >= 0 from the sign of its derivative below 0 and above 0, where it vanishes."""
    sides = [
        d("monotone", d.goal, slope, d.suppose(side), *known, function=curve, variable=t)
        for slope, side, known in zip(slopes[0], (x <= 0, 0 <= x), slopes[1], strict=True)
    ]
    d("cases", d.goal, *sides, on=(x <= 0, 0 <= x))


def exponential_above(d):
    """f(t) = e^t - 1 - t falls up to 0 and rises from 0 on."""
    below, above = d.suppose(t < 0, t > 0)
    falls = d("combination", exp(t) - 1 < 0, d("apply", exp(t) < 1, below, function="exp"), weights=(1,))
    rises = d("combination", exp(t) - 1 > 0, d("apply", exp(t) > 1, above, function="exp"), weights=(1,))
    two_sides(d, ((falls, rises), ((), ())), exp(t) - 1 - t)


EXP_ABOVE = Result(
    claim=Claim(
        name="elementary/exp-above",
        statement="e^x is at least 1 + x",
        source="own",
        reference="DLMF 4.5.7",
        variables=(Number(x),),
        goal=1 + x <= exp(x),
    ),
    derivation=exponential_above,
    enclosure=HardSet(),
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(100))),
    twin=Twin("e^x is at least 1 + 1001/1000 x", 1 + Rational(1001, 1000) * x <= exp(x)),
)


def above_parabola(d):
    """f(t) = ln(1 + t) - t + t^2 has the derivative t (1 + 2 t)/(1 + t)."""
    start, below, above = d.suppose(t > -HALF, t < 0, t > 0)
    rate = 1 / (1 + t) - 1 + 2 * t
    falls, rises = d("sign", rate < 0, start, below), d("sign", rate > 0, above)
    two_sides(d, ((falls, rises), ((d.suppose(x >= -HALF),), ())), log(1 + t) - t + t**2)


LOG_SQUARE = Result(
    claim=Claim(
        name="elementary/log-square",
        statement="ln(1 + x) is at least x - x^2 for x >= -1/2",
        source="own",
        reference="",
        variables=(Number(x, -HALF),),
        goal=x - x**2 <= log(1 + x),
    ),
    derivation=above_parabola,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("ln(1 + x) is at least x - x^2/2 for x >= -1/2", x - x**2 / 2 <= log(1 + x)),
)
