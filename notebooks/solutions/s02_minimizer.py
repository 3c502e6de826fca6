"""Solutions to 2, the minimizer."""

from mpmath import findroot, mpf, nstr
from sympy import Integer, Rational

from focal_symbolic import data_distribution, minimizer
from focal_symbolic.claims import library
from focal_symbolic.definitions import slope


def exercise_1():
    """The inverse map takes Q = (0.6, 0.4) to the P of which it is the minimizer; look for the γ at which that is (0.9, 0.1).

    >>> exercise_1()
    ('4.8484', '0.6')
    """
    gamma = findroot(
        lambda at: data_distribution(["0.6", "0.4"], at, dps=20)[0] - mpf("0.9"),
        (4, 6),
        solver="anderson",
    )
    return nstr(gamma, 5), nstr(minimizer(["0.9", "0.1"], gamma, dps=15).q[0], 5)


def exercise_2():
    """Equal p have the same curve, which falls strictly, so the level λ cuts it once: `ordering/order` says it with «exactly».

    >>> exercise_2()
    'one letter is likelier than another under Q* exactly when it is under P, and as likely exactly when it is'
    """
    return library.result("ordering/order").claim.statement


def exercise_3():
    """`uniqueness/multiplier_exists`: all entries would be below 1/3, or all above it, if λ lay outside.

    >>> [round(end, 4) for end in exercise_3()]
    [0.2798, 0.6895, 1.9587]
    """
    level = slope(Rational(1, 3), Integer(2)).evalf(20)
    return (
        float(level / 10),
        float(minimizer(["0.7", "0.2", "0.1"], 2, dps=15).multiplier),
        float(7 * level / 10),
    )
