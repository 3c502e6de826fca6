"""Where the lines of one proof are written: what is in force, what has been said, and what was found for it before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sympy import Basic, SympifyError, sympify
from sympy.logic.boolalg import BooleanAtom

from focal_symbolic.claims.writer.failures import explained
from focal_symbolic.claims.writer.inference import Line, Missing, infer
from focal_symbolic.claims.writer.known import Known, says
from focal_symbolic.claims.writer.nodes import Ledger, Node, digest_of
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.doors import read, read_argument, read_replacements, write
from focal_symbolic.logic.terms import RELATIONS, Key, Malformed, Term

__all__ = ["Desk", "NotShown", "Said", "tidied"]


class NotShown(Rejected):
    """A line of a page for which no premises are found; the message says what is missing."""


class Said:
    """A line that has been written: what `proof.…` gives back, to be named as a premise of later lines."""

    def __init__(self, node: Node):
        self.node = node

    @property
    def statement(self) -> Any:
        """What the line says, in SymPy."""
        return write(self.node.conclusion)

    @property
    def lhs(self) -> Any:
        """The left side of what it says."""
        return self.statement.lhs

    @property
    def rhs(self) -> Any:
        """The right side of what it says."""
        return self.statement.rhs

    @property
    def parts(self) -> tuple[Any, ...]:
        """The parts of a conjunction, the sides of an equivalence."""
        return tuple(self.statement.args)

    def __repr__(self) -> str:
        return f"<{self.node.conclusion}>"


class Page:
    """The claim of a page, and what its author says as terms."""

    def __init__(self, name: str, goal: Term, assumptions: Sequence[Term]):
        self.name, self.aim, self.assumptions = name, goal, tuple(assumptions)

    @property
    def goal(self) -> Any:
        """The goal of the page, in SymPy."""
        return write(self.aim)

    def term(self, e: Any) -> Term:
        """The term of a statement or number that the author wrote; the statement of a line."""
        if isinstance(e, Term):
            return e
        if isinstance(e, Said):
            return e.node.conclusion
        if isinstance(e, BooleanAtom | bool):
            raise self.failed(f"a statement became {e} when it was written; write Lt(…, evaluate=False) or its like.")
        try:
            return read(sympify(e, strict=True))
        except (Malformed, SympifyError) as error:
            raise self.failed(f"«{e}» is not of the language: {error}") from None

    def terms(self, where: Any) -> tuple[Term, ...]:
        """One hypothesis, or several, as terms."""
        return tuple(map(self.term, where if isinstance(where, tuple | list) else (where,)))

    def stated(self, statement: Any = None) -> Term:
        """What a line is to show: the goal, unless something else is said."""
        return self.aim if statement is None else self.term(statement)

    def argument(self, value: Any) -> Any:
        """An argument of a rule, as terms and names."""
        try:
            if isinstance(value, dict):
                pairs = [(a, b if isinstance(b, tuple) else sympify(b, strict=True)) for a, b in value.items() if a is not b]
                return read_replacements(pairs)
            return value if isinstance(value, str | Term) else read_argument(sympify(value, strict=True))
        except (Malformed, TypeError, ValueError, AttributeError) as error:
            raise self.failed(f"«{value}» is not of the language: {error}") from None

    def failed(self, told: str) -> NotShown:
        """The error, with the name of the claim."""
        return NotShown(f"{self.name}: {told}")


class Desk(Page):
    """The state of a proof that is being written, and the ways to a line that all methods share.

    Parameters
    ----------
    name, goal, assumptions
        The claim.
    ledger
        Makes the steps.
    kept
        By the key of a line: the step that was found for it before.
    """

    def __init__(self, name: str, goal: Term, assumptions: Sequence[Term], ledger: Ledger, kept: Mapping[bytes, Node]):
        super().__init__(name, goal, assumptions)
        self.ledger, self.kept = ledger, kept
        self.scope: list[Term] = []
        self.lines: list[Node] = []
        self.keys: dict[bytes, Node] = {}
        self.searched = 0
        self._method = ""
        self._known: dict[Any, Known] = {}
        self._lined = set(kept.values())

    @contextmanager
    def suppose(self, *statements: Any) -> Iterator[None]:
        """Within it the statements hold."""
        more = [self.term(s) for s in statements]
        self.scope += more
        try:
            yield
        finally:
            del self.scope[len(self.scope) - len(more) :]

    # -- what is known

    def known(self, where: tuple[Term, ...] = ()) -> Known:
        """What holds here, and under more hypotheses."""
        key = (tuple(self.scope), where, len(self.lines))
        if key not in self._known:
            self._known = {k: found for k, found in self._known.items() if k[2] == len(self.lines)}
            self._known[key] = Known(self.ledger, (*self.scope, *where, *self.assumptions), self.lines[::-1])
        return self._known[key]

    def line(self, e: Any, where: tuple[Term, ...] = (), like: Callable[[Term, Term], bool] = says) -> Node:
        """The step for a statement: a line itself, something known, or its sign. `like`: what is taken for the statement."""
        if isinstance(e, Said):
            return e.node
        s = self.term(e)
        return self.known(where).find(s, like) or self._shown(s, where)

    def _shown(self, s: Term, where: tuple[Term, ...]) -> Node:
        """A statement that is not known but follows at once."""
        if s.op == "and":
            return self.exactly("conjunction", s, [self.line(a, where) for a in s.args])
        if s.op == "le" and s.args[1].op == "abs":
            try:
                return infer(self.known(where), Line("absolute_value", s))
            except Missing:
                pass
        if s.op in RELATIONS:
            return self.infer("sign", s, (), where)
        raise self.failed(f"nothing before this line shows «{s}».")

    # -- lines

    def say(self, method: str, parts: tuple[Any, ...], find: Callable[[], Node], where: tuple[Term, ...] = ()) -> Said:
        """Write a line: as it was found before if the author says the same, else as it is found now."""
        key = digest_of(method, self._spelled(parts), where, tuple(self.scope))
        node = self.keys.get(key)
        if node is None:
            node = self.kept.get(key)
            if node is None or not self._rests_on_lines(node):
                node = self._found(method, find)
            self.keys[key] = node
        if node not in self.lines:
            self.lines.append(node)
        return Said(node)

    def _found(self, method: str, find: Callable[[], Node]) -> Node:
        """What is found for a line now. Raises NotShown, whatever goes wrong."""
        self.searched += 1
        self._method = method
        try:
            return find()
        except NotShown:
            raise
        except (Rejected, ValueError, TypeError, AttributeError, LookupError) as error:
            raise self.failed(f"proof.{method}: {error}") from error

    def _spelled(self, part: Any) -> Any:
        """What the author says in a line, as terms and names."""
        if isinstance(part, Said):
            return part.node
        if isinstance(part, dict):
            return tuple((self._spelled(a), self._spelled(b)) for a, b in part.items())
        if isinstance(part, tuple | list):
            return tuple(map(self._spelled, part))
        return self.argument(part) if isinstance(part, Basic) else part

    def _rests_on_lines(self, node: Node) -> bool:
        """Whether the lines that a kept step rests on have been written on this page too."""
        stack, said = list(node.premises), set(self.lines)
        while stack:
            n = stack.pop()
            if n not in said:
                if n in self._lined:
                    return False
                stack += n.premises
        return True

    def infer(self, rule: str, s: Term, fixed: Sequence[Node] = (), where: tuple[Term, ...] = (), **arguments: Any) -> Node:
        """The step with the premises named and those that are found; `bound` as in Line. Raises NotShown."""
        bound: frozenset[Key] = arguments.pop("bound", frozenset())
        line = Line(rule, s, tuple(fixed), tuple(sorted(arguments.items())), bound)
        known = self.known(where)
        try:
            return infer(known, line)
        except Missing as error:
            raise self.failed(explained(known, line, error, self._method)) from None

    def exactly(self, rule: str, s: Term, premises: Sequence[Node] = (), **arguments: Any) -> Node:
        """The step with these premises and no others. Raises NotShown."""
        try:
            return self.ledger.checked(rule, s, premises, tuple(sorted(arguments.items())))
        except Rejected as error:
            raise self.failed(f"{rule} does not give «{s}»: {error}") from None

    def first(
        self, rule: str, ways: Sequence[Term], fixed: Sequence[Node], where: tuple[Term, ...] = (), **arguments: Any
    ) -> Node:
        """The step with the first of these conclusions that holds; the goal, where they say the same. Raises NotShown."""
        failed: NotShown | None = None
        for s in dict.fromkeys([self.aim, *ways] if any(says(s, self.aim) for s in ways) else ways):
            try:
                return self.infer(rule, s, fixed, where, **arguments)
            except NotShown as error:
                failed = failed or error
        raise failed or self.failed(f"{rule} gives nothing.")


def tidied(t: Term) -> Term:
    """A term as SymPy would write it; itself where SymPy has no such term."""
    try:
        return read(write(t))
    except (Malformed, TypeError, ValueError):
        return t
