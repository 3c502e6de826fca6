"""Steps while they are written: each knows its premises as objects, and its theorem once it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from focal_symbolic.logic.context import Answers
from focal_symbolic.logic.kernel import Step, Theorem, conclude
from focal_symbolic.logic.terms import Term

__all__ = ["Arguments", "Ledger", "Node", "digest_of", "in_sequence"]

Arguments = tuple[tuple[str, Any], ...]


@dataclass(eq=False, frozen=True)
class Node:
    """A step with its premises; `digest` names it and all that it rests on."""

    rule: str
    conclusion: Term
    premises: tuple[Node, ...]
    arguments: Arguments
    digest: bytes = field(repr=False)

    def __repr__(self) -> str:
        return f"<{self.conclusion}>"


def digest_of(*parts: Any) -> bytes:
    """One name for terms, nodes, texts and tuples of these."""
    h = blake2b(digest_size=8)
    for part in parts:
        if isinstance(part, tuple | list):
            h.update(b"(" + digest_of(*part) + b")")
        elif isinstance(part, Term | Node):
            h.update(part.digest)
        elif isinstance(part, bytes):
            h.update(part)
        else:
            h.update(repr(part).encode())
        h.update(b"|")
    return h.digest()


class Ledger:
    """The nodes of one derivation, each once, and their theorems."""

    def __init__(self, lemmas: Callable[[str], Theorem], answers: Answers):
        self.lemmas, self.answers = lemmas, answers
        self._nodes: dict[bytes, Node] = {}
        self._theorems: dict[bytes, Theorem] = {}

    def node(self, rule: str, conclusion: Term, premises: Sequence[Node] = (), arguments: Arguments = ()) -> Node:
        """The step, unchecked."""
        digest = digest_of(rule, conclusion, tuple(premises), arguments)
        return self._nodes.setdefault(digest, Node(rule, conclusion, tuple(premises), arguments, digest))

    def stored(self, steps: Iterable[Step]) -> list[Node]:
        """The nodes of steps that are kept."""
        found: list[Node] = []
        for step in steps:
            found.append(self.node(step.rule, step.conclusion, [found[k] for k in step.premises], step.arguments))
        return found

    def theorem(self, node: Node, answers: Answers | None = None) -> Theorem:
        """The theorem of a node, from the kernel. Raises Rejected."""
        found = self._theorems.get(node.digest)
        if found is None:
            step = Step(node.rule, node.conclusion, (), node.arguments)
            premises = [self.theorem(p) for p in node.premises]
            found = self._theorems[node.digest] = conclude(step, premises, self.lemmas, answers or self.answers)
        return found

    def checked(self, rule: str, conclusion: Term, premises: Sequence[Node], arguments: Arguments = ()) -> Node:
        """The step, which the kernel accepts. Raises Rejected."""
        node = self.node(rule, conclusion, premises, arguments)
        self.theorem(node)
        return node


def in_sequence(last: Node) -> tuple[list[Node], tuple[Step, ...]]:
    """The nodes that one rests on, each after its premises, and the steps that they are."""
    place: dict[bytes, int] = {}
    order: list[Node] = []
    for node in _after_premises(last, set()):
        place[node.digest] = len(order)
        order.append(node)
    steps = tuple(Step(n.rule, n.conclusion, tuple(place[p.digest] for p in n.premises), n.arguments) for n in order)
    return order, steps


def _after_premises(node: Node, seen: set[bytes]) -> Iterator[Node]:
    if node.digest not in seen:
        seen.add(node.digest)
        for p in node.premises:
            yield from _after_premises(p, seen)
        yield node


Kept = Mapping[bytes, int]
"""By the key of a line of a page: the step that it is."""
