"""The minimizer and its relatives in float64, for arrays of shape (..., n) with the classes along the last axis.

Accurate to about 1e-13 in every class, down to p = 1e-300, checked against the certified solver in the tests. NumPy's
functions are compiled from the definitions. Rows are worked in blocks that fit the cache. The heaviest class of a row
is held out: what the others leave of 1 is its complement, known to full relative accuracy.

Newton starts from a table of the inverse slope in (gamma, ln phi) and so needs few steps, at most `MAX_STEPS` a row. What it
has in common with the start of the certified solver is in `floats`.
"""

from focal_symbolic.numbers.arrays.along_gamma import along
from focal_symbolic.numbers.arrays.band import amplification_band
from focal_symbolic.numbers.arrays.points import data_distribution, focal_entropy, gain
from focal_symbolic.numbers.arrays.rows import ArrayMinimizer, minimizer
from focal_symbolic.numbers.floats.rows import MAX_STEPS

__all__ = [
    "MAX_STEPS",
    "ArrayMinimizer",
    "along",
    "amplification_band",
    "data_distribution",
    "focal_entropy",
    "gain",
    "minimizer",
]
