"""Calibration of models trained with the focal loss: from their outputs to class-posterior probabilities.

A model trained to the optimum reports Q, the minimizer, and not the class-posterior probability P that it was trained on; the
map back, p proportional to 1/(alpha phi(q)), acts on each output row. `balance` has the class weights alpha with which the
optimum is what is wanted, `initial_bias` the constant output that is the optimum.
"""

from focal_symbolic.numbers.calibration.balance import balance, initial_bias
from focal_symbolic.numbers.calibration.calibrate import calibrate
from focal_symbolic.numbers.calibration.calibrator import FocalCalibrator

__all__ = ["FocalCalibrator", "balance", "calibrate", "initial_bias"]
