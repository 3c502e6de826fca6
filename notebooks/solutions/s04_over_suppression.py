"""Solutions to 4, over-suppression."""

from mpmath import nstr

from focal_symbolic import Distribution, sweep, thresholds
from focal_symbolic.numbers.diagnosis import diagnosis


def exercise_1():
    """With 5 classes nothing from γ*(5) on; at γ = 2 it takes 5 classes, so with 20 some counts have their rarest suppressed.

    >>> exercise_1()
    ('3.07', 5)
    """
    return nstr(thresholds.class_threshold(5, 15), 3), thresholds.classes(2)


def exercise_2():
    """Not at γ = 1, though one class has half of the mass; but the rarest is, for γ below 0.3538.

    >>> verdicts, windows = exercise_2()
    >>> verdicts, windows
    (['suppressed', 'amplified', 'amplified', 'amplified', 'amplified'], [('0.0', '0.353814')])
    """
    found = diagnosis([500, 300, 150, 40, 10], 1)
    return [*found.verdicts], [
        (nstr(one.low, 6), nstr(one.high, 6)) for one in found.burying_windows
    ]


def exercise_3():
    """Up to 0.1003 and from 32.58 to 135.6: two intervals. The roots of λ = 1 are certified, with no others from 1/100 to 1000.

    >>> exercise_3()
    (['0.1003490395', '32.576627', '135.6040674'], ())
    """
    data = Distribution.from_counts([100] + [1] * 100)
    found = sweep.multiplier_roots(data, "1/100", 1000, dps=12)
    return [nstr(root, 10) for root in found.gammas], found.unresolved
