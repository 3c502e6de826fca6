"""What the focal loss makes of class counts: who gains, who loses, who is buried, and for which gamma.

Trained to the optimum on data P, the model outputs Q*, the minimizer of the focal-entropy. A class gains if p_low < p < p_high.
It is suppressed if p >= p_high, as common classes are, and over-suppressed if p <= p_low: then it loses although it is rare.

Up to `MOST_CERTIFIED` classes every number is enclosed by balls before it is rounded; beyond, float64.
Words for it are in `commands`.
"""

from focal_symbolic.numbers.diagnosis.diagnose import diagnosis
from focal_symbolic.numbers.diagnosis.levels import gammas_at_most, gammas_of_gain
from focal_symbolic.numbers.diagnosis.result import FLOAT_ERROR, HEADS, SCAN, STEPS, VERDICTS, Diagnosis, Number, Window
from focal_symbolic.numbers.diagnosis.shares import MOST_CERTIFIED

__all__ = [
    "FLOAT_ERROR",
    "HEADS",
    "MOST_CERTIFIED",
    "SCAN",
    "STEPS",
    "VERDICTS",
    "Diagnosis",
    "Number",
    "Window",
    "diagnosis",
    "gammas_at_most",
    "gammas_of_gain",
]
