"""Solutions to 5, both ends."""

from mpmath import log, nstr

from focal_symbolic import Countable, Distribution, jacobian, minimizer, sweep

DATA = Distribution.from_counts([50, 30, 15, 5])


def exercise_1():
    """At small γ the sign of dq/dγ tells, at large γ all below 1/4 gain: 0.3 gains first and loses from γ = 5.5616 on.

    >>> exercise_1()
    (['loses', 'gains', 'gains', 'gains'], ['loses', 'loses', 'gains', 'gains'], ['5.5616'])
    """
    first = ["gains" if rate > 0 else "loses" for rate in jacobian(DATA, 0, dps=15).by_gamma]
    last = [
        "gains" if q > float(p) else "loses"
        for p, q in zip(DATA, minimizer(DATA, 1000, dps=15).q, strict=True)
    ]
    return (
        first,
        last,
        [nstr(root, 5) for root in sweep.crossings(DATA, 1, "1/100", 1000, dps=10).gammas],
    )


def exercise_2():
    """ln(M/m)/(γ - 1) ≤ 1/100 from γ = 1 + 100 ln 10 = 231.3 on; in truth from 97 on, among whole numbers.

    >>> exercise_2()
    ('231.26', 97)
    """
    proved = 1 + 100 * log(10)

    def apart(gamma):
        return max(abs(q - 0.25) for q in minimizer(DATA, gamma, dps=15).q)

    true = next(gamma for gamma in range(2, 300) if apart(gamma) <= 0.01)
    return nstr(proved, 5), true


def exercise_3():
    """λ decides: it is below 1 here, since one letter has half of the mass, so far letters gain, by the factor 1/λ.

    >>> exercise_3()
    ('0.94', 'amplified')
    """
    found = Countable.geometric("1/2").minimizer(2, dps=15)
    return nstr(found.multiplier, 2), found.far_verdict()[0]
