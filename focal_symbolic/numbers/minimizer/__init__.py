"""The minimizer Q* of the focal-entropy H_gamma(P, .), its multiplier, and the inverse map from Q* to P.

On the support of P, p_x phi(q_x) = lambda (phi the slope of the loss) and the q_x sum to 1. The heaviest outcomes are
held out: their q is what the others leave of 1, so that it and its complement are both known to full relative accuracy
even when it is 1 - 1e-300.

Joint Newton on lambda and q, each step O(n): a start in float64, steps of order 3 on rising precision that nobody needs to
trust, and one Newton step at full precision, which is the certificate. It evaluates three transcendental functions a
class, and H* is had from the same three, so that to many digits all costs little more than H itself.

`problem` says what is solved, `start` where from, `newton` and `certificate` are the steps, `solver` takes them, `result`
rounds, `inverse` goes the other way.
"""

from focal_symbolic.numbers.minimizer.certificate import certified_moves, certified_step
from focal_symbolic.numbers.minimizer.inverse import inverse_map, slope_inverse_ball
from focal_symbolic.numbers.minimizer.problem import Problem
from focal_symbolic.numbers.minimizer.result import Minimizer, data_distribution, minimizer
from focal_symbolic.numbers.minimizer.solver import Solution, solve

__all__ = [
    "Minimizer",
    "Problem",
    "Solution",
    "certified_moves",
    "certified_step",
    "data_distribution",
    "inverse_map",
    "minimizer",
    "slope_inverse_ball",
    "solve",
]
