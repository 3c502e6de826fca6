"""Verification: the three legs of every claim, and the same three legs against its false twin.

The rules are few and strict. A claim holds if its derivation replays, every hard case (or the whole box) is decided in its
favour, and no random case speaks against it; and if each of the three refuses the false twin. Undecided is no pass, a run
of no cases is no pass, and an exception is a failure with its sentence, never a refutation.

A leg is a module with a function `both`: claim and twin go through it together. `run` sends them there, and
`outcomes` has what becomes of them.
"""

from focal_symbolic.claims.verify.outcomes import LEGS, ClaimOutcome, Derived, Fuzzed, Measured, Refusal, Report, Twinned
from focal_symbolic.claims.verify.run import check, verify, versions

__all__ = [
    "LEGS",
    "ClaimOutcome",
    "Derived",
    "Fuzzed",
    "Measured",
    "Refusal",
    "Report",
    "Twinned",
    "check",
    "verify",
    "versions",
]
