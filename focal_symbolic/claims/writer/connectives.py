"""The lines of a page about statements: cases, equivalences, implications, other theorems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from focal_symbolic.claims.derivation import stated
from focal_symbolic.claims.writer.branches import Branches
from focal_symbolic.claims.writer.desk import NotShown, Said, tidied
from focal_symbolic.claims.writer.known import says
from focal_symbolic.claims.writer.nodes import Node, digest_of
from focal_symbolic.logic.terms import mk, substitute

__all__ = ["Connectives"]


class Connectives(Branches):
    """Lines about statements."""

    def use(self, other: Any, replace: Mapping[Any, Any] | None = None, shows: Any = None, where: Any = ()) -> Said:
        """Another theorem at other values of its variables; what it assumes is shown from what is known here."""
        under = self.terms(where)
        values = self.argument(dict(replace or {}))
        s = None if shows is None else self.term(shows)
        claim = stated(other.claim)

        def find() -> Node:
            moved = substitute(self.ledger.lemmas(other.name).conclusion, dict(values))
            ways = [tidied(moved), moved] if s is None else [s]
            try:
                return self.first("lemma", ways, (), under, name=other.name, replace=values)
            except NotShown:
                if s is None:
                    raise
            line = self.first("lemma", [tidied(moved), moved], (), under, name=other.name, replace=values)
            return self.infer("combination", s, (line,), under, weights=(self.term(1),))

        return self.say("use", (other.name, digest_of(*claim), values, s), find, under)

    def instance(self, line: Any, replace: Mapping[Any, Any], where: Any = ()) -> Said:
        """A line at other values of its variables; what it assumes is shown from what is known here."""
        under, values = self.terms(where), self.argument(dict(replace))

        def find() -> Node:
            moved = substitute(self.line(line).conclusion, dict(values))
            return self.first("instance", [tidied(moved), moved], (self.line(line),), under, replace=values)

        return self.say("instance", (line, values), find, under)

    def given(self, case: Any) -> Said:
        """A hypothesis as a line of its own."""
        s = self.term(case)
        return self.say("given", (s,), lambda: self.ledger.node("hypothesis", s))

    def trichotomy(self, branches: Mapping[Any, Any], shows: Any = None) -> Said:
        """«A if and only if B», or several of these, from a line for each order of B's numbers. Without `shows`: the goal."""
        s, on = self.stated(shows), tuple(map(self.term, branches))

        def find() -> Node:
            lines = [self.line(line) for line in branches.values()]
            parts = s.args if s.op == "and" else (s,)
            found = [self.exactly("trichotomy", part, lines, on=on) for part in parts]
            return self.exactly("conjunction", s, found) if s.op == "and" else found[0]

        return self.say("trichotomy", (s, branches), find)

    def transfer(self, equivalence: Any, known: Any, where: Any = ()) -> Said:
        """The other side of an equivalence, which may be a part of a conjunction."""
        under = self.terms(where)

        def find() -> Node:
            whole, line = self.line(equivalence, under), self.line(known, under)
            for part in whole.conclusion.args if whole.conclusion.op == "and" else (whole.conclusion,):
                for a, b in (part.args, part.args[::-1]) if part.op == "iff" else ():
                    if says(line.conclusion, a):
                        iff = whole if part is whole.conclusion else self.ledger.node("part", part, (whole,))
                        return self.exactly("transfer", b, (iff, line))
            raise self.failed(f"«{line.conclusion}» is no side of «{whole.conclusion}».")

        return self.say("transfer", (equivalence, known), find, under)

    def implication(self, case: Any, line: Any) -> Said:
        """«A implies B» from a line that says B under the case A."""
        s = self.term(case)

        def find() -> Node:
            node = self.line(line)
            whole = mk("implies", s, node.conclusion)
            try:
                return self.widened(node, (whole,), lambda one: self.exactly("implication", whole, (one,)))
            except NotShown:
                return self.infer("implication", whole, (node,))

        return self.say("implication", (s, line), find)
