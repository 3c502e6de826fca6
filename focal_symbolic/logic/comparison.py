"""When two statements say the same: one shape, and the same numbers compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, Self, TypeVar

from focal_symbolic.logic.fuel import spend
from focal_symbolic.logic.terms import RELATIONS, Term, instantiate, mk, slack, sub

__all__ = ["Equality", "Known", "similar"]


class Known(Protocol):
    """What a comparison asks of the place where it stands, a `context.Context`."""

    def fresh(self, t: Term) -> Term:
        """A letter of which neither t nor the place speaks."""

    def extended(self, *given: Term) -> Self:
        """The place in which more statements are given."""


Place = TypeVar("Place", bound=Known)
Equality = Callable[[Place, Term, Term], bool]


def similar(context: Place, s: Term, t: Term, equal: Equality[Place]) -> bool:
    """Whether s and t are equivalent, as statements of one shape whose relations compare the same two numbers.

    `equal(context, a, b)` compares slacks. Bodies of ∃! and finite values are compared literally: they are P, not T, inside.
    """
    spend(1)
    if s is t:
        return True
    if s.op != t.op:
        return False
    if s.op in RELATIONS:
        a, b = slack(s), slack(t)
        return equal(context, a, b) or (s.op in ("eq", "ne") and equal(context, a, sub(t.args[1], t.args[0])))
    match s.op:
        case "every":
            at = context.fresh(mk("and", s, t))
            return similar(context, instantiate(s.args[0], at), instantiate(t.args[0], at), equal)
        case "not":
            return similar(context, s.args[0], t.args[0], equal)
        case "and" | "or" | "iff":
            return len(s.args) == len(t.args) and _matched(context, list(s.args), list(t.args), equal)
        case "implies":
            first = similar(context, s.args[0], t.args[0], equal)
            return first and similar(context.extended(s.args[0], t.args[0]), s.args[1], t.args[1], equal)
    return False


def _matched(context: Place, left: list[Term], right: list[Term], equal: Equality[Place]) -> bool:
    """Whether each on the left has a similar one of its own on the right."""
    for s in left:
        spend(len(right))
        found = next((t for t in right if t is s), None) or next((t for t in right if similar(context, s, t, equal)), None)
        if found is None:
            return False
        right.remove(found)
    return True
