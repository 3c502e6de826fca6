"""focal-symbolic: a symbolic-numeric proof companion to «Functional Properties of the Focal-Entropy»."""

from focal_symbolic.distribution import Distribution
from focal_symbolic.entropy import focal_entropy
from focal_symbolic.jacobian import Jacobian, jacobian
from focal_symbolic.minimizer import Minimizer, data_distribution, minimizer

__all__ = ["Distribution", "Jacobian", "Minimizer", "data_distribution", "focal_entropy", "jacobian", "minimizer"]
__version__ = "0.1.0"
