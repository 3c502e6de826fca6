"""The inference rules. Importing this package registers them with the kernel.

A rule says what follows from its premises; its docstring says exactly what it checks. Whether the stated conclusion is that,
and whether it is defined, the kernel asks.
"""

from focal_symbolic.logic.rules import analysis, arithmetic, connectives, extended, quantifiers, sums, suprema

__all__ = ["analysis", "arithmetic", "connectives", "extended", "quantifiers", "sums", "suprema"]
