"""What is known at a line of a page: hypotheses, and earlier lines that need no more than these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from focal_symbolic.claims.writer.nodes import Ledger, Node
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.arithmetic import same
from focal_symbolic.logic.search.tidy import canonical
from focal_symbolic.logic.terms import RELATIONS, Term, free, in_order, instantiate, letters, neg, slack

__all__ = ["Known", "literally", "names_in", "says"]

Names = frozenset[tuple[str, str]]


def says(known: Term, wanted: Term) -> bool:
    """Whether two statements say the same of the same numbers, as far as that can be seen."""
    if known is wanted:
        return True
    if known.op != wanted.op:
        return False
    if known.op in RELATIONS:
        a, b = slack(known), slack(wanted)
        return same(a, b) or (known.op in ("eq", "ne") and same(a, neg(b)))
    return canonical(known) is canonical(wanted)


def literally(known: Term, wanted: Term) -> bool:
    """Whether two relations have the same sides; as `says` for other statements."""
    if known.op in RELATIONS:
        return known.op == wanted.op and all(map(same, known.args, wanted.args))
    return says(known, wanted)


def names_in(*terms: Term) -> Names:
    """The variables and families that terms speak of."""
    found = set[tuple[str, str]]().union(*(free(t) for t in terms))
    return frozenset(key for key in found if key[0] in ("var", "entry", "image"))


class Known:
    """The hypotheses and lines that are in force at one place of a page."""

    def __init__(self, ledger: Ledger, hypotheses: Sequence[Term], lines: Iterable[Node]):
        self.ledger = ledger
        self.assumed = frozenset(hypotheses)
        self.allowed = {canonical(h) for h in hypotheses}
        nodes = [ledger.node("hypothesis", h) for h in hypotheses]
        nodes += [line for line in lines if self.holds(line)]
        self.nodes = list({node.conclusion: node for node in reversed(nodes)}.values())[::-1]

    def holds(self, node: Node) -> bool:
        """Whether a step needs nothing that is not assumed here."""
        return all(canonical(h) in self.allowed for h in self.ledger.theorem(node).hypotheses)

    def find(self, wanted: Term, like: Callable[[Term, Term], bool] = says) -> Node | None:
        """The step that says a statement: a line, one letter of «for every letter», a part of a conjunction."""
        at = in_order(letters(wanted))
        return next((node for node in self.each(at) if like(node.conclusion, wanted)), None)

    def each(self, at: Sequence[Term]) -> Iterator[Node]:
        """Every line, what is said for every letter also at these letters, conjunctions also part by part."""
        for node in self.nodes:
            yield from _taken_apart(node, at, self.ledger.node)

    def without(self, keys: Names) -> list[Node]:
        """The lines under no hypothesis that speaks of these names."""
        return [node for node in self.nodes if not any(keys & free(h) for h in self.ledger.theorem(node).hypotheses)]

    def related(self, nodes: Sequence[Node], own: Names) -> list[Node]:
        """Those that speak of nothing but these names first, then those that share most."""

        def place(node: Node) -> tuple[int, int]:
            names = names_in(node.conclusion)
            return len(names - own), -len(names & own)

        return sorted(nodes, key=place)

    def excluding(self, at: Sequence[Term], closes: Callable[[Term], bool]) -> Node | None:
        """A known relation that closes what cases leave open."""
        for node in self.each(at):
            if node.conclusion.op in RELATIONS:
                try:
                    if closes(node.conclusion):
                        return node
                except Rejected:
                    continue
        return None


def _taken_apart(node: Node, at: Sequence[Term], make: Callable[..., Node]) -> Iterator[Node]:
    yield node
    s = node.conclusion
    if s.op == "and":
        for part in s.args:
            yield from _taken_apart(make("part", part, (node,)), at, make)
    elif s.op == "every":
        for letter in at:
            yield from _taken_apart(make("each", instantiate(s.args[0], letter), (node,), (("at", letter),)), at, make)
