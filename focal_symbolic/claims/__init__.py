"""Claims as pages: a theorem is stated, and a proof of ideas below it is turned into steps for the kernel.

Nothing of this is trusted: what comes out are full steps, which the kernel and the judge check.
"""

from focal_symbolic.claims.theorem import (
    above,
    below,
    bijection,
    data,
    letter,
    levels,
    mixture,
    near,
    optimum,
    pmf,
    submass,
    theorem,
)

__all__ = [
    "above",
    "below",
    "bijection",
    "data",
    "letter",
    "levels",
    "mixture",
    "near",
    "optimum",
    "pmf",
    "submass",
    "theorem",
]
