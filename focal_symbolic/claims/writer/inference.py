"""The search for the premises of one step.

The rule itself is run on all that is known; the certificates tell what it has leaned on; it is run again on that alone, and
each premise that can be spared is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from inspect import signature

from focal_symbolic.claims.writer.known import Known, Names, names_in
from focal_symbolic.claims.writer.nodes import Arguments, Ledger, Node
from focal_symbolic.claims.writer.used import Recording, cover, leaned_on
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.kernel import MOST_PREMISES, Step, Theorem, conclude, rules
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.search.needed import terms_of
from focal_symbolic.logic.terms import Term, in_order, le, neg, substitute, subterms

__all__ = ["Line", "Missing", "infer"]


class Missing(Rejected):
    """A step that nothing known gives; `hypothesis` is one that it needs and that is not shown."""

    def __init__(self, told: str, hypothesis: Term | None = None):
        super().__init__(told)
        self.hypothesis = hypothesis


@dataclass(frozen=True)
class Line:
    """What a step is to be: its rule, its conclusion, the premises that are named and the arguments.

    `bound`: names of which no hypothesis of another premise may speak.
    """

    rule: str
    conclusion: Term
    fixed: tuple[Node, ...] = ()
    arguments: Arguments = ()
    bound: Names = frozenset()

    @property
    def names(self) -> Names:
        """The variables and families that it speaks of."""
        return names_in(self.conclusion, *(f.conclusion for f in self.fixed), *terms_of(self.arguments))

    def node(self, ledger: Ledger, premises: Sequence[Node]) -> Node:
        """The step with more premises. Raises Rejected."""
        return ledger.checked(self.rule, self.conclusion, (*self.fixed, *premises), self.arguments)


def infer(known: Known, line: Line) -> Node:
    """The step with as few of what is known as it needs. Raises Missing."""
    failed = Missing("nothing is known.")
    for some in _stages(known, line):
        try:
            return _attempt(known, line, some)
        except Missing as error:
            failed = error
        except Rejected as error:
            failed = Missing(str(error))
    raise failed


def _takes_more(rule: str) -> bool:
    """Whether a rule takes any number of premises."""
    return any(p.kind is p.VAR_POSITIONAL for p in signature(rules[rule].check).parameters.values())


def _stages(known: Known, line: Line) -> Iterator[list[Node]]:
    """Hypotheses about what the line speaks of; lines about it too; then all, as many as a step may have.

    Where that is not enough, what is known of the absolute values in it as well. Tried sooner, such a line would be taken for
    what it assumes, in place of the hypotheses themselves.
    """
    if line.rule not in rules or not _takes_more(line.rule):
        yield []
        return
    most, own = MOST_PREMISES - len(line.fixed) - 1, line.names
    rest = known.without(line.bound) if line.bound else known.nodes
    ranked = [node for node in known.related(rest, own) if node not in line.fixed]
    near = [node for node in ranked if names_in(node.conclusion) <= own][:most]
    yield [node for node in near if node.rule == "hypothesis"]
    yield near
    if len(near) < min(len(ranked), most):
        yield ranked[:most]
    if sizes := [*_absolute_values(known, line)]:
        for some in (near, ranked):
            yield [*some[: most - len(sizes)], *sizes][:most]


def _absolute_values(known: Known, line: Line) -> Iterator[Node]:
    """x <= |x| and -x <= |x| for the absolute values that a line speaks of."""
    spoken = (line.conclusion, *terms_of(line.arguments)) if line.rule != "absolute_value" else ()
    for size in in_order({s for t in spoken for s in subterms(t) if s.op == "abs" and s.loose == (0, 0)}):
        for x in (size.args[0], neg(size.args[0])):
            try:
                yield infer(known, Line("absolute_value", le(x, size)))
            except Missing:
                continue


def _attempt(known: Known, line: Line, some: list[Node]) -> Node:
    ledger = known.ledger
    given, more = [ledger.theorem(f) for f in line.fixed], [ledger.theorem(s) for s in some]
    noted = Recording(ledger.answers)
    theorem = conclude(Step(line.rule, line.conclusion, (), line.arguments), [*given, *more], ledger.lemmas, noted)
    beyond = _beyond(known, theorem, given)
    if beyond is not None:
        raise Missing(f"nothing shows {beyond}.", beyond)
    spoken = (line.conclusion, *terms_of(line.arguments))
    needed = leaned_on(noted.asked).union(_discharged(ledger, line, given), *map(conditions, spoken))
    chosen = [some[k] for k in cover(needed, given, more)]
    for premises in (chosen, some):
        if _gives(known, line, premises, given):
            return line.node(ledger, _spared(known, line, premises, given))
    raise Missing("the step holds only once.")


def _beyond(known: Known, theorem: Theorem, fixed: Sequence[Theorem]) -> Term | None:
    """A hypothesis that is neither assumed here nor by the premises that are named."""
    own = frozenset[Term]().union(*(f.hypotheses for f in fixed))
    return next((h for h in in_order(theorem.hypotheses - own) if h not in known.assumed), None)


def _discharged(ledger: Ledger, line: Line, given: Sequence[Theorem]) -> set[Term]:
    """The hypotheses of a theorem at the values put in for its variables."""
    if line.rule not in ("lemma", "instance"):
        return set()
    arguments = dict(line.arguments)
    theorem = ledger.lemmas(arguments["name"]) if line.rule == "lemma" else given[0]
    return {substitute(h, dict(arguments["replace"])) for h in theorem.hypotheses}


def _gives(known: Known, line: Line, premises: Sequence[Node], given: Sequence[Theorem]) -> bool:
    try:
        theorem = known.ledger.theorem(line.node(known.ledger, premises))
    except Rejected:
        return False
    return _beyond(known, theorem, given) is None


def _spared(known: Known, line: Line, premises: Sequence[Node], given: Sequence[Theorem]) -> list[Node]:
    """The premises without those that are not needed, lines before hypotheses; of many, several at a time at first."""
    left, size = sorted(premises, key=lambda node: node.rule == "hypothesis"), max(1, len(premises) // 8)
    while True:
        start, before = 0, len(left)
        while start < len(left):
            fewer = left[:start] + left[start + size :]
            if _gives(known, line, fewer, given):
                left = fewer
            else:
                start += size
        if size == 1 and len(left) == before:
            return [node for node in premises if node in left]
        size = max(1, size // 2)
