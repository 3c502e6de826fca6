"""The writer: it turns a proof of ideas into full steps, finding premises, signs and where things are defined.

Nothing of it is trusted: the kernel and the judge check each step.
"""

from focal_symbolic.claims.writer.writer import Writer

__all__ = ["Writer"]
