"""The two bounds of the logarithm that everything else leans on.

Source
    Classical (NIST DLMF 4.5.1 and 4.5.2); proved here so that it need not be cited.
Statement
    For 0 < x < 1:  1 - 1/x < ln x < x - 1.
Idea
    Each difference vanishes at x = 1 and has a derivative of one sign on (0, 1).
Trusted
    The mean value theorem (cited by the rule `monotone`).
Not covered
    x > 1, which nothing needs.
"""

from sympy import Rational, log

from focal_symbolic.claim import Boxes, Claim, Draws, Number, Result, Twin
from focal_symbolic.definitions import x
from focal_symbolic.language import real

UNIT = Number(x, 0, 1, low_open=True, high_open=True)
AWAY = Boxes(((x, Rational(1, 10**9), 1 - Rational(1, 10**6)),))
t = real("t")


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
