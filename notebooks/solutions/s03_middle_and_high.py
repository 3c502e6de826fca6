"""Solutions to 3, amplify the middle, suppress the high."""

from mpmath import findroot, mpf, nstr
from sympy import Rational, diff, lambdify, solve, symbols

from focal_symbolic import arrays, minimizer, thresholds
from focal_symbolic.definitions import gain, gamma, x


def exercise_1():
    """At γ = 1 the gain is 1 - x - x ln x, with derivative -2 - ln x: the top is at e^-2, between e^-4 and 1/3.

    >>> exercise_1()
    [exp(-2)]
    """
    y = symbols("y", positive=True)
    return solve(diff(gain(y, 1), y), y)


def exercise_2():
    """From γ = 1.9572 on: there p₀ = 0.3, and p₀ falls; `threshold/gamma_exists` says that there is one such γ.

    >>> exercise_2()
    ('1.9572', '0.3')
    """
    curve = lambdify((x, gamma), gain(x, gamma), "mpmath")
    focus = findroot(lambda at: curve(mpf(3) / 10, at) - 1, (1, 3), solver="anderson")
    return nstr(focus, 5), nstr(thresholds.p0(focus, 15), 6)


def exercise_3():
    """λ = 0.8744, and ψ at the three shares is 0.60, 1.00 and 1.15: the first is suppressed, the others are amplified.

    >>> multiplier, gains, ratios = exercise_3()
    >>> round(multiplier, 4), gains, ratios
    (0.8744, [0.597, 0.996, 1.155], [0.853, 1.084, 1.241])
    """
    shares = [Rational(1, 2), Rational(3, 10), Rational(1, 5)]
    found = minimizer(shares, 2, dps=15)
    gains = arrays.gain([float(share) for share in shares], 2)
    return (
        float(found.multiplier),
        [round(float(one), 3) for one in gains],
        [round(float(q / float(p)), 3) for q, p in zip(found.q, shares, strict=True)],
    )
