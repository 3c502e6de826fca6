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

from sympy import Interval, Rational, exp, log, oo

from focal_symbolic.claims import theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import x
from focal_symbolic.language import And, real

t = real("t")
HALF = Rational(1, 2)
AWAY = {x: (Rational(1, 10**9), 1 - Rational(1, 10**6))}


@theorem(
    "ln x lies below x - 1 for 0 < x < 1",
    reference="DLMF 4.5.1",
    over={x: Interval.open(0, 1)},
    shows=log(x) < x - 1,
    precision=AWAY,
    false="ln x lies below (x - 1) 1001/1000",
    but=log(x) < (x - 1) * Rational(1001, 1000),
)
def log_above(proof):
    """f(t) = t - 1 - ln t falls on (0, 1) and f(1) = 0."""
    proof.monotone(t - 1 - log(t), along=t, start=x, end=1)


@theorem(
    "ln x lies above 1 - 1/x for 0 < x < 1",
    reference="DLMF 4.5.2",
    over={x: Interval.open(0, 1)},
    shows=log(x) > 1 - 1 / x,
    precision=AWAY,
    false="ln x lies above (1 - 1/x) 999/1000",
    but=log(x) > (1 - 1 / x) * Rational(999, 1000),
)
def log_below(proof):
    """f(t) = ln t - 1 + 1/t falls on (0, 1) and f(1) = 0."""
    proof.monotone(log(t) - 1 + 1 / t, along=t, start=x, end=1)


@theorem(
    "e^x is at least 1 + x",
    reference="DLMF 4.5.7",
    over={x: Interval(-oo, oo)},
    shows=1 + x <= exp(x),
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(100))),
    false="e^x is at least 1 + 1001/1000 x",
    but=1 + Rational(1001, 1000) * x <= exp(x),
)
def exp_above(proof):
    """f(t) = e^t - 1 - t falls up to 0 and rises from 0 on."""
    proof.apply(exp, t < 0, where=t < 0)
    proof.apply(exp, t > 0, where=t > 0)
    left = proof.monotone(exp(t) - 1 - t, along=t, start=x, end=0, where=x <= 0)
    right = proof.monotone(exp(t) - 1 - t, along=t, start=0, end=x, where=x >= 0)
    proof.cases({x <= 0: left, x >= 0: right})


@theorem(
    "ln(1 + x) is at least x - x^2 for x >= -1/2",
    over={x: Interval(-HALF, oo)},
    shows=x - x**2 <= log(1 + x),
    false="ln(1 + x) is at least x - x^2/2 for x >= -1/2",
    but=x - x**2 / 2 <= log(1 + x),
)
def log_square(proof):
    """f(t) = ln(1 + t) - t + t^2 has the derivative t (1 + 2 t)/(1 + t)."""
    curve = log(1 + t) - t + t**2
    left = proof.monotone(curve, along=t, start=x, end=0, where=x <= 0)
    right = proof.monotone(curve, along=t, start=0, end=x, where=x >= 0)
    proof.cases({x <= 0: left, x >= 0: right})


@theorem(
    "for 0 < x < 1 the logarithm lies between 1 - 1/x and x - 1",
    reference="DLMF 4.5.1 and 4.5.2",
    over={x: Interval.open(0, 1)},
    shows=And(log(x) > 1 - 1 / x, log(x) < x - 1),
    false="for 0 < x < 1 the logarithm lies between 1 - 1/x and (x - 1) 1001/1000",
    but=And(log(x) > 1 - 1 / x, log(x) < (x - 1) * Rational(1001, 1000)),
    main=True,
)
def logarithm_between(proof):
    """The two bounds above."""
    proof.use(log_below)
    proof.use(log_above)
