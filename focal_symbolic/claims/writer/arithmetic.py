"""The lines of a page about numbers: signs, combinations, monotone functions, identities."""

from __future__ import annotations

from typing import Any

from sympy import diff

from focal_symbolic.claims.writer.desk import Said, tidied
from focal_symbolic.claims.writer.known import literally
from focal_symbolic.claims.writer.nodes import Node
from focal_symbolic.claims.writer.reckoning import Reckoning, applied, replaced
from focal_symbolic.logic.terms import ZERO, lt, mk, substitute

__all__ = ["Arithmetic"]


class Arithmetic(Reckoning):
    """Lines about numbers."""

    def sign(self, statement: Any = None, where: Any = ()) -> Said:
        """The sign of a difference, from the signs of its parts. Without a statement: the goal."""
        s, under = self.stated(statement), self.terms(where)
        return self.say("sign", (s,), lambda: self.infer("sign", s, (), under), under)

    def combine(self, *stated: Any, where: Any = ()) -> Said:
        """`combine(statement, {line: weight, …})`: larger less smaller is the sum of weight times line.

        Keys are lines or bare statements. Without a statement: the goal. The weight of an equation may have either sign.
        """
        *statement, pieces = stated
        s, under = self.stated(*statement), self.terms(where)
        weights = {line: self.term(w) for line, w in (pieces if isinstance(pieces, dict) else {pieces: 1}).items()}

        def find() -> Node:
            fixed = [self.line(line, under) for line in weights]
            balanced = self.balanced(s, fixed, list(weights.values()), under)
            return self.infer("combination", s, fixed, under, weights=balanced)

        return self.say("combine", (s, weights), find, under)

    def monotone(self, function: Any, along: Any, start: Any, end: Any, rate: Any = None, where: Any = ()) -> Said:
        """f(start) < f(end) where f' > 0 between, or the reverse. The sign of f' is found unless the line `rate` says it."""
        under = self.terms(where)
        f, x, a, b = map(self.term, (function, along, start, end))

        def find() -> Node:
            if rate is None:
                known = self.strongest(tidied(self.term(diff(function, along))), (*under, lt(a, x), lt(x, b)))
            else:
                known = self.line(rate, under)
            order = self.ordered(a, b, under)
            low, high = (substitute(f, {("var", x.args[0]): e}) for e in ((a, b) if self.rises(known, f, x, under) else (b, a)))
            op = "lt" if known.conclusion.op == order.conclusion.op == "lt" else "le"
            ways = [mk(op, tidied(low), tidied(high)), mk(op, low, high)]
            bound = frozenset({("var", x.args[0])})
            return self.first("monotone", ways, (known, order), under, function=f, variable=x, bound=bound)

        return self.say("monotone", (f, x, a, b, rate), find, under)

    def apply(self, function: Any, ordered: Any, parameter: Any = None, where: Any = ()) -> Said:
        """A monotone function on both sides: log or exp; "power" or "base" with the exponent or the base as parameter."""
        under = self.terms(where)
        name = function if isinstance(function, str) else function.__name__
        more = {} if parameter is None else {"parameter": self.term(parameter)}

        def find() -> Node:
            line = self.line(ordered, under, literally)
            ways = list(applied(name, line.conclusion, more.get("parameter")))
            return self.first("apply", ways, (line,), under, function=name, **more)

        return self.say("apply", (name, ordered, more), find, under)

    def identity(self, statement: Any = None, where: Any = ()) -> Said:
        """An equation, by algebra and the laws of logarithms, powers and sums. Without a statement: the goal."""
        s, under = self.stated(statement), self.terms(where)
        return self.say("identity", (s,), lambda: self.infer("identity", s, (), under), under)

    def rewrite(self, line: Any = None, *, by: Any, shows: Any = None, where: Any = ()) -> Said:
        """Put one side of an equation for the other. Without `shows`, the left side becomes the right side everywhere.

        Without a line: what `shows` says holds where the sides of the equation are one number.
        """
        under = self.terms(where)
        s = None if shows is None else self.term(shows)

        def find() -> Node:
            equation = self.line(by, under, literally)
            if line is None and s is not None:
                return self.infer("rewrite", s, (equation, self.infer("sign", mk(s.op, ZERO, ZERO))), under)
            start = self.line(line, under, literally)
            return self.infer("rewrite", s or replaced(start.conclusion, *self.term(by).args), (equation, start), under)

        return self.say("rewrite", (line, by, s), find, under)

    def absolute(self, up: Any, down: Any, shows: Any = None) -> Said:
        """|x| below b from x below b and -x below b. Without `shows`: the goal."""
        s = self.stated(shows)
        return self.say("absolute", (up, down, s), lambda: self.exactly("absolute", s, (self.line(up), self.line(down))))

    def constant(self, statement: Any) -> Said:
        """An inequality between numbers without variables, by balls: strictly, whether it is stated so or not."""
        s = self.term(statement)

        def find() -> Node:
            node = self.exactly("constant", mk("lt", *s.args))
            return node if s.op == "lt" else self.exactly("weaken", s, (node,))

        return self.say("constant", (s,), find)
