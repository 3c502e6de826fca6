"""Numbers without variables, as balls: the one place where the logic computes with anything but exact rationals."""

from __future__ import annotations

from flint import arb, ctx, fmpq

from focal_symbolic.logic.fuel import spend
from focal_symbolic.logic.terms import Malformed, Term

__all__ = ["enclosure", "is_less"]

BITS = 256
WORK = 20  # of one operation


def is_less(a: Term, b: Term) -> bool:
    """Whether balls show a < b. Raises Malformed where a part is not a number without variables."""
    before = ctx.prec
    ctx.prec = BITS
    try:
        gap = enclosure(b) - enclosure(a)
        return bool(gap.is_finite()) and bool(gap > 0)
    finally:
        ctx.prec = before


def enclosure(t: Term) -> arb:
    """A ball around the number, at the precision in force; not finite where it is not known to be defined."""
    spend(WORK)
    a = t.args
    match t.op:
        case "rat":
            return arb(fmpq(*a))
        case "add" | "mul":
            out = enclosure(a[0])
            for s in a[1:]:
                out = out + enclosure(s) if t.op == "add" else out * enclosure(s)
            return out
        case "ipow":
            base = enclosure(a[0])
            return base ** a[1] if base.is_finite() else base  # and not 1 where the exponent is 0
        case "rpow":
            return (enclosure(a[1]) * enclosure(a[0]).log()).exp()  # no number unless the base is positive
        case "log":
            return enclosure(a[0]).log()
        case "exp":
            return enclosure(a[0]).exp()
        case "abs":
            return abs(enclosure(a[0]))
    raise Malformed(f"{t.op} is not part of a number without variables.")
