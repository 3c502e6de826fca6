"""One line that says what this file shows.

Source
    Which phrase of the paper's abstract it answers to, or where else it is known; "own" if nowhere.
Statement
    For 0 < x < 1:  s(x) > 0, where s(x) = x ln(1/x)/(1 - x).
Idea
    ln x < ln 1 = 0 for x < 1; the rest is the signs of x and of 1 - x.
Trusted
    Nothing beyond the kernel.
Not covered
    The ends, x = 0 and x = 1.
"""

from sympy import Interval, Rational

from focal_symbolic.claims import theorem
from focal_symbolic.definitions import s, x


@theorem(
    "s is positive on (0, 1)",
    over={x: Interval.open(0, 1)},
    shows=s(x) > 0,
    false="s exceeds 1/100 on (0, 1)",
    but=s(x) > Rational(1, 100),
    main=True,
)
def s_is_positive(proof):
    """ln x is negative, and so s(x) = -x ln x/(1 - x) is positive."""
    proof.sign()
