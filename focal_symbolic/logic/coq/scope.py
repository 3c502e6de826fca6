"""What is known at a place of a Coq proof, and how it is called there.

A `Scope` goes with a context of the kernel. It knows the names of the context's sources and of further statements, and opens
those that are for every letter.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from copy import copy
from typing import Any, Self

from focal_symbolic.logic.context import NOT_EMPTY, Answers, Context
from focal_symbolic.logic.coq.bridge import At, power
from focal_symbolic.logic.coq.script import Script, applied, projections, within
from focal_symbolic.logic.coq.statement import CLOSED, Names, number, truth
from focal_symbolic.logic.terms import RELATIONS, STATEMENT, Term, every, free, instantiate, mk, negated

__all__ = ["Certificate", "Scope", "Unproved", "taken_apart"]

Certificate = tuple[Any, ...]


class Unproved(ValueError):
    """No proof is known for a statement that a certificate leans on."""


_NEGATED = {"lt": "Rnot_lt_le _ _", "le": "Rnot_le_lt _ _", "eq": "", "ne": "not_ne _ _"}


def taken_apart(s: Term, proof: str) -> Iterator[tuple[Term, str]]:
    """The statements as which a context holds s, with proofs: parts of a conjunction, the opposite of a negated relation."""
    if s.op == "and":
        for part, p in zip(s.args, projections(proof, len(s.args)), strict=True):
            yield from taken_apart(part, p)
    elif s.op == "every" and s.args[0].op == "and":
        parts = s.args[0].args
        for part, p in zip(parts, projections(f"({proof} k_ H_)", len(parts)), strict=True):
            yield from taken_apart(every(part), f"(fun (k_ : nat) (H_ : (k_ < n)%nat) => {p})")
    elif s.op == "not" and s.args[0].op in RELATIONS:
        lemma = _NEGATED[s.args[0].op]
        yield negated(s.args[0]), applied(lemma, proof) if lemma else proof
    else:
        yield s, proof


class Scope:
    """Statements known by name in a Coq script.

    Attributes
    ----------
    sources
        The hypotheses that are the truth T of the context's sources, by number; those that no certificate uses may be left out.
    known
        Proofs of further statements that hold, by statement: the conditions D of everything at hand. Both may be worked
        out when they are asked for.
    opened
        The fresh letters that stand in the Coq context.
    outer
        Where the sources of a smaller context are named.
    """

    def __init__(self, script: Script, context: Context, answers: Answers, names: Names = CLOSED):
        self.script, self.context, self.answers, self.names = script, context, answers, names
        self.sources: Mapping[int, str] = {}
        self.known: MutableMapping[Term, str] = {}
        self.outer: Scope | None = None
        self.opened = frozenset(context.taken)
        self.last = -1
        self.memo: dict[Any, Any] = {}
        self._texts: dict[Term, str] = {}

    # -- places further in

    def within(self, script: Script) -> Self:
        """The same scope in a script of its own. What becomes known there is not known outside."""
        inner = copy(self)
        inner.script, inner.memo, inner.known = script, dict(self.memo), ChainMap({}, self.known)
        return inner

    def under(self, k: int, script: Script) -> Self:
        """The scope, in a script of its own, below a binder whose letter is the fresh letter k, which is new."""
        if k in self.opened:
            raise Unproved(f"the letter {k} is open already.")
        inner = self.within(script)
        inner.opened, inner.last = self.opened | {k}, k
        return inner

    def supposing(self, script: Script, *given: tuple[Term, str]) -> Self:
        """The scope, in a script of its own, in which more statements hold."""
        below = self.within(script)
        below.context, below.sources, below.outer = self.context.extended(*(s for s, _ in given)), {}, self
        for s, name in given:
            below.known.update({s: name, **dict(taken_apart(s, name))})
        return below

    def new_letter(self, *terms: Term) -> Term:
        """A fresh letter of which neither the terms nor what is open here speaks."""
        taken = self.opened | {k for t in terms for kind, k in free(t) if kind == "fresh"}
        k = next(k for k in range(len(taken) + 1) if k not in taken)
        return mk("fresh", k)

    # -- texts

    def text(self, t: Term) -> str:
        """A number or a statement as Coq prints it here."""
        found = self._texts.get(t)
        if found is None:
            found = self._texts[t] = truth(t, self.names) if t.sort == STATEMENT else number(t, self.names)
        return found

    def raw(self, s: Term, at: tuple[Term, ...]) -> str:
        """What has loose letters, at these (the innermost first), as Coq has it: sums and products in the order they had."""
        names = self.names._replace(letters=(*self.names.letters, *map(self.text, reversed(at))))
        return truth(s, names) if s.sort == STATEMENT else number(s, names)

    # -- what is known

    def have(self, s: Term, proof: str) -> str:
        """A name for the statement s, which a term proves; s is known from here on."""
        name = self.script.have(self.text(s), f"exact {proof}")
        self.known[s] = name
        return name

    def fact(self, s: Term) -> str | None:
        """A proof of a statement that is known literally."""
        if s in self.known:
            return self.known[s]
        k = self.context.place.get(s)
        if k is not None and k in self.sources:
            return self.sources[k]
        return self.outer.fact(s) if self.outer else _NOT_EMPTY.get(s)

    def knows(self, s: Term) -> bool:
        """Whether `fact` has a proof."""
        if s in self.known or s in _NOT_EMPTY or self.context.place.get(s) in self.sources:
            return True
        return self.outer is not None and self.outer.knows(s)

    def statements(self) -> Iterator[Term]:
        """Everything that is known; proofs are given by `fact`."""
        yield from list(self.known)
        yield from filter(self.knows, self.context.sources)

    def source(self, k: int, at: tuple[Term, ...] = ()) -> tuple[Term, str]:
        """A source of the context, its «every»s taken at letters, and a proof."""
        s = self.context.sources[k]
        proof = self.sources[k] if k in self.sources else self.fact(s)
        if proof is None:
            raise Unproved(f"source {k} has no name: {s}")
        for letter in at:
            s, proof = instantiate(s.args[0], letter), self.opened_at(s, proof, letter)
        return s, proof

    # -- Coq's order and ours

    def opened_at(self, s: Term, proof: str, at: Term) -> str:
        """A proof of the body of «every» at a letter, as it is printed, from one of «every»."""
        key = ("at", s, at)
        if key not in self.memo:
            self.memo[key] = self.turned(s.args[0], at, applied(proof, self.text(at), within(at)))
        return str(self.memo[key])

    def turned(self, body: Term, at: Term, proof: str, back: bool = False) -> str:
        """A proof of the body of «every» at a letter, as it is printed, from one in Coq's order; or back."""
        image, raw = instantiate(body, at), self.raw(body, (at,))
        if raw == self.text(image):
            return proof
        pair = power(body)
        if body.op in RELATIONS or pair:
            sides = [self.ordered(t, (at,)) for t in pair or body.args]
            head = f"{'pdef' if pair else body.op}_eq _ _ _ _"
            return applied(head, proof, [f"(eq_sym {e})" if back else e for e in sides])
        name = self.script.fresh("X")
        bridge = At(at, self.names._replace(letters=(*self.names.letters, self.text(at))))
        tactic = bridge.back(body, name) if back else bridge.forth(body, name)
        text = raw if back else self.text(image)
        return self.script.have(text, f"pose proof {proof} as {name}; cbv beta in {name}; {tactic}")

    def ordered(self, t: Term, at: tuple[Term, ...]) -> str:
        """A proof that a number at letters, as Coq has it, is the number that is printed for it."""
        raise NotImplementedError


_NOT_EMPTY = dict(zip(NOT_EMPTY, ("(size_ge n Hn)", "(sg_size n Hn)"), strict=True))
