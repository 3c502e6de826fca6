"""The lines of a page that bring branches together: cases, alternatives, contradictions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from focal_symbolic.claims.writer.desk import Desk, NotShown, Said
from focal_symbolic.claims.writer.known import names_in, says
from focal_symbolic.claims.writer.nodes import Node
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.arithmetic import same
from focal_symbolic.logic.rules.common import sign_set
from focal_symbolic.logic.search.tidy import canonical
from focal_symbolic.logic.signs import ANY
from focal_symbolic.logic.terms import Term, in_order, le, letters, mk, negated, slack

__all__ = ["Branches"]


class Branches(Desk):
    """Lines from branches."""

    def cases(self, branches: Mapping[Any, Any], shows: Any = None) -> Said:
        """One statement from a line for each case: `cases({x <= 0: line, x >= 0: line})`.

        A fact that excludes other cases is found. A line that says 0 < 0 shows whatever the others show.
        """
        s = None if shows is None else self.term(shows)
        on = tuple(map(self.term, branches))

        def find() -> Node:
            lines = [self.line(line, (case,)) for line, case in zip(branches.values(), on, strict=True)]
            said = s or self._weakest(lines)
            lines = [self._fitting(line, said, case) for line, case in zip(lines, on, strict=True)]
            return self._by_cases(said, [*lines, *self._excluded(on)], on)

        return self.say("cases", (branches, s), find)

    def refute(self, case: Any, never: Any) -> Said:
        """The opposite of a case under which a line says 0 < 0."""
        s = self.term(case)
        other = negated(s)

        def find() -> Node:
            absurd = self._fitting(self.line(never), other, s)
            return self._by_cases(other, [absurd, self.ledger.node("hypothesis", other)], (s, other))

        return self.say("refute", (s, never), find)

    def either(self, branches: Mapping[Any, Any], shows: Any = None) -> Said:
        """One statement from a line for each alternative of a known «A or B or …»."""
        s = None if shows is None else self.term(shows)
        on = tuple(map(self.term, branches))

        def find() -> Node:
            lines = [self.line(line, (case,)) for line, case in zip(branches.values(), on, strict=True)]
            said = s or self._weakest(lines)
            lines = [self._fitting(line, said, case) for line, case in zip(lines, on, strict=True)]
            known = self.known().find(mk("or", *on))
            if known is None:
                raise self.failed(f"nothing before this line says that one of {', '.join(map(str, on))} holds.")
            return self.exactly("either", said, [known, *lines])

        return self.say("either", (branches, s), find)

    def _by_cases(self, said: Term, lines: Sequence[Node], on: tuple[Term, ...]) -> Node:
        return self.widened(lines[0], (said, *on), lambda line: self.exactly("cases", said, [line, *lines[1:]], on=on))

    def widened(self, line: Node, spoken: tuple[Term, ...], made: Callable[[Node], Node]) -> Node:
        """What is made of a line; where that needs a hypothesis that the line does without, of the line under it."""
        try:
            return made(line)
        except NotShown as error:
            own = names_in(*spoken)
            more = [node for node in self.known().nodes if node.rule == "hypothesis" and names_in(node.conclusion) <= own]
            for extra in [*([node] for node in reversed(more)), more]:
                try:
                    return made(self._under(line, extra))
                except NotShown:
                    continue
            raise error

    def _under(self, line: Node, more: Sequence[Node]) -> Node:
        """A line with more premises than it needs."""
        if line.rule == "absurd":
            return self.exactly("absurd", line.conclusion, [self._under(line.premises[0], more)])
        return self.exactly("combination", line.conclusion, [line, *more], weights=(self.term(1),))

    def _weakest(self, lines: Sequence[Node]) -> Term:
        """What the lines of all cases may show: the first that is no absurdity, one that is not strict before others."""
        real = [line.conclusion for line in lines if not _absurd(line)]
        return min(real, key=lambda s: s.op == "lt")

    def _fitting(self, line: Node, said: Term, case: Term) -> Node:
        """The line of a case as the statement that all cases show."""
        if canonical(case) not in map(canonical, self.ledger.theorem(line).hypotheses):
            raise self.failed(f"the case «{case}» is not needed: without it «{line.conclusion}» holds.")
        if says(line.conclusion, said):
            return line
        if _absurd(line):
            return self.exactly("absurd", said, (line,))
        if line.conclusion.op == "lt" and says(le(*line.conclusion.args), said):
            return self.exactly("weaken", said, (line,))
        if said.op == "or":
            return self.infer("alternative", said, (line,), (case,))
        return self.infer("combination", said, (line,), (case,), weights=(self.term(1),))

    def _excluded(self, on: Sequence[Term]) -> list[Node]:
        """The fact that excludes what the cases leave open, if they do."""
        try:
            open_signs = ANY
            for case in on:
                open_signs &= ~sign_set(case, slack(on[0]))
        except (Rejected, ValueError) as error:
            raise self.failed(f"the cases must compare the same two numbers: {error}") from None
        if not open_signs:
            return []
        at = in_order(set[Term]().union(*map(letters, on)))
        found = self.known().excluding(at, lambda s: not open_signs & sign_set(s, slack(on[0])))
        if found is None:
            raise self.failed(f"the cases {', '.join(map(str, on))} leave a gap, and no fact here closes it.")
        return [found]


def _absurd(line: Node) -> bool:
    s = line.conclusion
    return s.op == "lt" and bool(same(*s.args))
