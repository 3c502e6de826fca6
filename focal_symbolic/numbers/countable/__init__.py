"""Distributions on infinitely many letters: families, their focal-entropy, minimizer and multiplier, certified.

`families` has the pmfs with sums over their tails, `mixtures`, `given` and `borderline` more of them; `expansion` is the inverse
of the slope far out, `tail` its sum, `solver` finds and certifies the multiplier, `cost` is H of two, `countable` rounds.
"""

from focal_symbolic.numbers.countable.countable import Countable, CountableMinimizer

__all__ = ["Countable", "CountableMinimizer"]
