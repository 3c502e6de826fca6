"""Claims as pages: a theorem is stated, and a proof of ideas below it is turned into steps for the kernel.

Nothing of this is trusted: what comes out are full steps, which the kernel and the judge check.
"""

from focal_symbolic.claims import variables
from focal_symbolic.claims.theorem import theorem
from focal_symbolic.claims.variables import *  # noqa: F403  (the registry is the list)

__all__ = ["theorem"]
__all__ += variables.__all__
