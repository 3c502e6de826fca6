"""One line that says what this file shows.

Source
    Which phrase of the paper's abstract it answers to, or where else it is known; "own" if nowhere.
Statement
    For 0 < x < 1:  s(x) > 0, where s(x) = x ln(1/x)/(1 - x).
Idea
    ln x < ln 1 = 0 for x < 1; the rest is the signs of x and of 1 - x.
Trusted
    The monotonicity of ln (cited by the rule `apply`).
Not covered
    The ends, x = 0 and x = 1.
"""

from sympy import Rational, log

from focal_symbolic.claim import Boxes, Claim, Draws, Number, Result, Twin
from focal_symbolic.definitions import s, x


def derivation(d):
    """ln x is negative, and so s(x) = -x ln x/(1 - x) is positive."""
    positive, less = d.suppose(x > 0, x < 1)
    negative = d("apply", log(x) < 0, less, positive, function="log")
    d("sign", d.goal, positive, less, negative)


POSITIVE = Result(
    claim=Claim(
        name="template/positive",
        statement="s is positive on (0, 1)",
        source="own",
        reference="",
        variables=(Number(x, 0, 1, low_open=True, high_open=True),),
        goal=s(x) > 0,
    ),
    derivation=derivation,
    enclosure=Boxes(((x, Rational(1, 10**6), 1 - Rational(1, 10**6)),)),
    fuzz=Draws(),
    twin=Twin("s exceeds 1/100 on (0, 1)", s(x) > Rational(1, 100)),
)
