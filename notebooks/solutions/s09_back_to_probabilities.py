"""Solutions to 9, from a trained model back to probabilities."""

from mpmath import nstr

from focal_symbolic import balance, calibrate, minimizer
from focal_symbolic.numbers.diagnosis import diagnosis


def exercise_1():
    """p is proportional to 1/φ(q): (0.714, 0.189, 0.097); the third class has more than doubled.

    >>> exercise_1()
    ([0.714, 0.189, 0.097], [0.7, 1.59, 2.06])
    """
    output = [0.5, 0.3, 0.2]
    (p,) = calibrate([output], gamma=3)
    return [round(float(one), 3) for one in p], [
        round(float(q / one), 2) for q, one in zip(output, p, strict=True)
    ]


def exercise_2():
    """The model says 0.6942; with the wrong γ that comes back as 0.811, and with the right one as 0.9.

    >>> exercise_2()
    (0.6942, 0.811, 0.9)
    """
    said = [float(q) for q in minimizer(["0.9", "0.1"], 2, dps=15).q]
    return (
        round(said[0], 4),
        round(float(calibrate([said], gamma=1)[0, 0]), 4),
        round(float(calibrate([said], gamma=2)[0, 0]), 4),
    )


def exercise_3():
    """1/p up to a factor: at the uniform distribution φ is the same for all classes, whatever γ is.

    >>> exercise_3()
    (['0.00900901', '0.0900901', '0.900901'], ['0.333333', '0.333333', '0.333333'])
    """
    alpha = balance([5000, 500, 50], 2, target="uniform")
    return [nstr(one, 6) for one in alpha], [
        nstr(q, 6) for q in diagnosis([5000, 500, 50], 2, weights=alpha).q
    ]
