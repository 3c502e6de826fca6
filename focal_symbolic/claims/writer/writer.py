"""The writer of a page: `proof` in the function below a theorem. Each method adds a line with the premises that it needs."""

from __future__ import annotations

from typing import Any

from focal_symbolic.claims.writer.arithmetic import Arithmetic
from focal_symbolic.claims.writer.connectives import Connectives
from focal_symbolic.claims.writer.desk import NotShown, Said
from focal_symbolic.claims.writer.known import says
from focal_symbolic.claims.writer.letters import Letters
from focal_symbolic.claims.writer.nodes import Node, in_sequence
from focal_symbolic.logic.kernel import Step
from focal_symbolic.logic.terms import RELATIONS, free

__all__ = ["Writer"]


class Writer(Arithmetic, Connectives, Letters):
    """Writes the steps of one proof; see the classes that it is made of for the lines that there are."""

    def by(self, rule: str, *lines: Any, shows: Any = None, where: Any = (), **arguments: Any) -> Said:
        """Any rule of the kernel: the premises named, then those that are found. Without `shows`: the goal."""
        s, under = self.stated(shows), self.terms(where)
        more = {name: self.argument(value) for name, value in arguments.items()}

        def find() -> Node:
            fixed = [self.line(line, under) for line in lines]
            bound = free(fixed[0].conclusion) - free(s) if rule in ("root", "root_of_sup") else frozenset()
            return self.infer(rule, s, fixed, under, bound=frozenset(bound), **more)

        return self.say(f"by {rule}", (s, lines, more), find, under)

    def finish(self) -> tuple[Node, tuple[Step, ...]]:
        """The last step, and all steps of the page, which end in its goal. Raises NotShown if they do not, or one is idle."""
        if not self.lines:
            raise self.failed("the proof says nothing.")
        last = self.lines[-1]
        if not says(last.conclusion, self.aim):
            last = self.say("finish", (last,), lambda: self._closed(last)).node
        nodes, steps = in_sequence(last)
        idle = [f"«{line.conclusion}»" for line in self.lines if line not in nodes]
        if idle:
            raise self.failed(f"not used, so leave it out: {', '.join(idle)}.")
        return last, steps

    def _closed(self, last: Node) -> Node:
        """The goal from the last line, by an identity or a weakening; or from all lines, if it is a conjunction."""
        if self.aim.op == "and":
            return self.line(self.aim)
        if self.aim.op in RELATIONS and last.conclusion.op in RELATIONS:
            try:
                return self.infer("combination", self.aim, (last,), weights=(self.term(1),))
            except NotShown as error:
                rest = str(error).partition("\n")[2]
                raise self.failed(f"the proof ends in «{last.conclusion}», not in «{self.aim}».\n{rest}".strip()) from None
        raise self.failed(f"the proof ends in «{last.conclusion}», not in «{self.aim}».")
