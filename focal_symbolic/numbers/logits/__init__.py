"""The focal loss by the logits, in float64: value, gradient and Hessian of softmax and sigmoid, and an objective for boosting.

The loss is convex in the logits exactly where the true class has at least `inflection(gamma)`.
"""

from focal_symbolic.numbers.logits.inflection import inflection
from focal_symbolic.numbers.logits.losses import gradient, hessian, loss
from focal_symbolic.numbers.logits.objective import Objective, objective

__all__ = ["Objective", "gradient", "hessian", "inflection", "loss", "objective"]
