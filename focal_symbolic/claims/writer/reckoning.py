"""What the lines about numbers work out before a step is made: weights, signs, orders, conclusions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from focal_symbolic.claims.writer.desk import Desk, tidied
from focal_symbolic.claims.writer.known import Known, literally
from focal_symbolic.claims.writer.nodes import Node
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.arithmetic import same
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.kernel import MOST_PREMISES
from focal_symbolic.logic.rules.common import given
from focal_symbolic.logic.search.finder import Finder
from focal_symbolic.logic.signs import NEG, NIL, POS
from focal_symbolic.logic.terms import ZERO, Term, add, derivative, le, lt, mk, mul, neg, rebuild, rpow, slack

__all__ = ["Reckoning", "applied", "replaced"]


class Reckoning(Desk):
    """A desk that reckons."""

    def context(self, known: Known, more: Sequence[Node] = ()) -> Context:
        """A context in which all that is known holds, as far as a step may have premises."""
        nodes = [*more, *(node for node in known.nodes if node not in more)][: MOST_PREMISES - 1]
        return given(self.ledger.answers, *map(self.ledger.theorem, nodes))

    def balanced(self, s: Term, fixed: Sequence[Node], weights: Sequence[Term], where: tuple[Term, ...]) -> tuple[Term, ...]:
        """The weights, those of equations with the sign that makes the combination right, if one does."""
        turned = [k for k, f in enumerate(fixed) if f.conclusion.op == "eq"]
        if turned and s.op in ("lt", "le", "eq"):
            normal, aim = Finder(self.context(self.known(where), fixed)).normal, slack(s)
            for signs in product((False, True), repeat=len(turned)):
                tried = list(weights)
                for k, other in zip(turned, signs, strict=True):
                    tried[k] = tidied(neg(weights[k])) if other else weights[k]
                terms = [mul(w, slack(f.conclusion)) for w, f in zip(tried, fixed, strict=True)]
                if normal.equal(aim, add(*terms)) is not None:
                    return tuple(tried)
        return tuple(weights)

    def strongest(self, e: Term, where: tuple[Term, ...]) -> Node:
        """The step that says as much as can be shown of the sign of a number. Raises NotShown."""
        context = self.context(self.known(where))
        for s, mask in ((lt(ZERO, e), POS), (lt(e, ZERO), NEG), (le(ZERO, e), POS | NIL), (le(e, ZERO), NEG | NIL)):
            if context.sign(e, mask):
                return self.infer("sign", s, (), where)
        return self.infer("sign", lt(ZERO, e), (), where)

    def ordered(self, a: Term, b: Term, where: tuple[Term, ...]) -> Node:
        """The step that says a < b, or a <= b. Raises NotShown."""
        known, ways = self.known(where), (lt(a, b), le(a, b))
        found = (known.find(s, literally) for s in ways)
        return next((node for node in found if node is not None), None) or self.first("sign", ways, (), where)

    def rises(self, rate: Node, f: Term, x: Term, where: tuple[Term, ...]) -> bool:
        """Whether the rate says that the derivative of f is positive, not negative."""
        said, exact = slack(rate.conclusion), derivative(f, x.args[0])
        if same(said, exact) or same(said, neg(exact)):
            return bool(same(said, exact))
        hypotheses = (*where, *self.ledger.theorem(rate).hypotheses)
        return self.context(self.known(hypotheses), [rate]).equal(said, exact)


def applied(name: str, s: Term, parameter: Term | None) -> Iterator[Term]:
    """What a monotone function may make of an inequality, the strongest first."""

    def at(t: Term) -> Term:
        if parameter is None:
            return mk(name, t)
        return rpow(t, parameter) if name == "power" else rpow(parameter, t)

    if s.op not in ("lt", "le") or (parameter is None and name not in ("log", "exp")):
        raise Rejected(f"{name} is not applied to both sides of «{s}».")
    low, high = map(at, s.args)
    for op in ("lt", "le") if s.op == "lt" else ("le",):
        for a, b in ((low, high), (high, low)) if parameter is not None else ((low, high),):
            yield mk(op, tidied(a), tidied(b))
            yield mk(op, a, b)


def replaced(t: Term, old: Term, new: Term) -> Term:
    """t with one term for another, everywhere."""

    def go(s: Term, *_: Any) -> Term:
        return new if s is old else rebuild(s, go)

    return go(t)
