"""Solutions to 8, the experiment."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(
    0, str(Path(__file__).resolve().parents[2])
)  # experiments are run from a clone, not installed
from experiments import landing, tables
from focal_symbolic.errors import InputError

RESULTS = Path(landing.__file__).parent / "results"


def exercise_1():
    """Its square is the square of the distance of Q* to P plus, nearly, that of the noise: the two are hardly correlated.

    At γ = 2 and N = 1000 the first is 0.1065² and the second 0.0664²; the root of the sum is close to what was measured.

    >>> measured, pythagoras = exercise_1()
    >>> abs(measured - pythagoras) / measured < 0.05
    True
    """
    rows = tables.read(RESULTS / "landing.csv")
    row = next(row for row in rows if row["gamma"] == "2" and row["cases"] == "1000")
    parts = float(row["minimizer_to_data"]), float(row["predicted_to_minimizer"])
    return float(row["to_data"]), float(np.hypot(*parts))


def exercise_2():
    """The trace at γ = 1, over N: some 0.0087. Eight seeds give as much, up to some percent.

    >>> predicted, trained = exercise_2()
    >>> round(predicted, 4), abs(trained / predicted - 1) < 0.15
    (0.0087, True)
    """
    (row,) = landing.run(sizes=(64_000,), seeds=8, gammas=(1.0,))
    return row["predicted_to_minimizer"], row["to_minimizer"]


def exercise_3():
    """`jacobian` refuses it: on the edge the derivative in that direction is another matter. Leave the class out.

    >>> exercise_3()
    'p[2] = 0, where the minimizer has no derivative in both directions; leave that outcome out.'
    """
    try:
        landing.predicted(np.array([[0.5, 0.5, 0.0]]), 2.0)
    except InputError as error:
        return str(error)
    return ""
