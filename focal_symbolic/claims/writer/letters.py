"""The lines of a page about letters: sums over the alphabet, and what holds for every letter."""

from __future__ import annotations

from typing import Any

from focal_symbolic.claims.writer.desk import Desk, Said
from focal_symbolic.claims.writer.nodes import Node
from focal_symbolic.language import i
from focal_symbolic.logic.terms import abstract, add, every, le, mk, substitute, total

__all__ = ["Letters"]


class Letters(Desk):
    """Lines about letters."""

    def every(self, line: Any, over: Any = i) -> Said:
        """For every letter, what holds at an arbitrary one."""
        at = self.argument(over)

        def find() -> Node:
            body = self.line(line)
            return self.exactly("every", every(abstract(body.conclusion, at)), (body,))

        return self.say("every", (line, at), find)

    def sum(self, terms: Any, over: Any = i, strict: Any = None) -> Said:
        """The sum of a line about an arbitrary letter; `strict`: the same line, strict at one letter."""
        at = self.argument(over)

        def find() -> Node:
            line = self.line(terms)
            s = line.conclusion
            left, right = (total(abstract(side, at)) for side in s.args)
            if strict is None:
                return self.exactly("sum_terms", mk(s.op, left, right), (line,), over=at)
            return self.exactly("sum_strictly", mk("lt", left, right), (line, self.line(strict)), over=at)

        return self.say("sum", (terms, at, strict), find)

    def one_term(self, terms: Any, at: Any, over: Any = i) -> Said:
        """One term of a sum of nonnegative terms is at most the sum."""
        place, letter = self.argument(over), self.argument(at)

        def find() -> Node:
            line = self.line(terms)
            term = line.conclusion.args[-1]
            one = substitute(term, {("letter", place.args[0]): letter})
            return self.exactly("sum_term", le(one, total(abstract(term, place))), (line,), over=place)

        return self.say("one_term", (terms, letter, place), find)

    def two_terms(self, terms: Any, apart: Any, over: Any = i) -> Said:
        """Two terms of a sum of nonnegative terms, which differ by the line `apart`, are together at most the sum."""
        place = self.argument(over)

        def find() -> Node:
            line, differ = self.line(terms), self.line(apart)
            whole = total(abstract(line.conclusion.args[-1], place))
            return self.exactly("sum_pair", le(add(*differ.conclusion.args), whole), (line, differ), over=place)

        return self.say("two_terms", (terms, apart, place), find)
