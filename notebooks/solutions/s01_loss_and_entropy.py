"""Solutions to 1, the focal loss and the focal-entropy."""

from sympy import Integer, Rational, Symbol, diff, nsolve, solve

from focal_symbolic import focal_entropy
from focal_symbolic.claims import library
from focal_symbolic.definitions import gamma, loss, x


def exercise_1():
    """The quotient of the losses is a power of 1 - x, so γ = ln 100/ln(1/(1 - x)): some 6.64 at 1/2, and just 2 at 9/10.

    >>> exercise_1()
    [2*log(10)/log(2), 2]
    """
    y = Symbol("y", positive=True)
    return [
        solve((loss(at, y) / loss(at, Integer(0))).simplify() - Rational(1, 100), y)[0].simplify()
        for at in (Rational(1, 2), Rational(9, 10))
    ]


def exercise_2():
    """Each letter has probability 1/n, so it is the loss at 1/n: (1 - 1/n)^γ ln n, which grows in n. So there is no largest.

    Both factors grow: the more letters, the more there is to know. The numbers for n = 2, 10, 100, 1000 at γ = 2:

    >>> [round(value, 4) for value in exercise_2()]
    [0.1733, 1.8651, 4.5135, 6.8939]
    """
    found = [
        focal_entropy([Rational(1, n)] * n, [Rational(1, n)] * n, 2, dps=15)
        for n in (2, 10, 100, 1000)
    ]
    closed = [loss(Rational(1, n), 2).evalf(15) for n in (2, 10, 100, 1000)]
    assert all(abs(a - b) < 1e-12 for a, b in zip(found, closed, strict=True))
    return [float(value) for value in found]


def exercise_3():
    """`continuity/lipschitz_in_gamma`, with (ln 2)²; near γ = 0 the rate at which the loss falls is largest at x = 1/2.

    >>> name, rate, place = exercise_3()
    >>> name
    'raising gamma by h lowers the loss by less than (ln 2)^2 h'
    >>> rate, round(place, 12)
    (log(2)**2, 0.5)
    """
    rate = -diff(loss(x, gamma), gamma).subs(gamma, 0)
    place = float(nsolve(diff(rate, x), x, 0.4))
    return (
        library.result("continuity/loss_is_lipschitz").claim.statement,
        rate.subs(x, Rational(1, 2)),
        place,
    )
