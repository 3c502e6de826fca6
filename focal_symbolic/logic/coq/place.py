"""A place in a Coq proof: what is known there by which name, and how the next thing is shown from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from focal_symbolic.logic.context import NOT_EMPTY, Answers, Context
from focal_symbolic.logic.coq.bridge import Over, joined, opened, parts_of
from focal_symbolic.logic.coq.certificates import Prover
from focal_symbolic.logic.coq.facts import Argument, Facts, Sources, all_parts, arguments, in_hypothesis_order, unspoken
from focal_symbolic.logic.coq.scope import Unproved
from focal_symbolic.logic.coq.script import Script, within
from focal_symbolic.logic.coq.statement import Names, number, truth
from focal_symbolic.logic.kernel import Theorem
from focal_symbolic.logic.terms import RELATIONS, Key, Term, abstract, every, free, mk, negated

__all__ = ["File", "Head", "Place"]


@dataclass(frozen=True)
class Head:
    """A lemma that is there: its name, and the symbols that it is over."""

    name: str
    symbols: tuple[Key, ...]


class File(Protocol):
    """What a step asks of the file that it is written in, a `proof.ClaimWriter`."""

    uses: set[str]
    """Modules that the file requires."""
    inverses: set[str]
    """The declared functions of which the file says that they are continuous."""

    @property
    def answers(self) -> Answers:
        """Where the certificates come from."""

    def continuous(self, declared: str) -> str:
        """The lemma that says that a declared inverse is continuous."""


class Lemma(Protocol):
    """What a place asks of the lemma that it is in the proof of, a `step.StepWriter`."""

    symbols: tuple[Key, ...]
    premises: Sequence[Theorem]
    heads: Sequence[Head]
    claim: File


class Known:
    """A script and what is known in it."""

    def __init__(self, script: Script, facts: Facts, whole: dict[Term, str]):
        self.script, self.facts, self.whole = script, facts, whole
        for s, lemma in zip(NOT_EMPTY, ("size_ge", "sg_size"), strict=True):
            self.prove_later(s, partial("exact ({} n Hn)".format, lemma))

    def have(self, text: str, tactic: str) -> str:
        """The name of what the tactic proves."""
        return self.script.have(text, tactic)

    def assume(self, s: Term, name: str) -> None:
        """P(s) is proved under this name."""
        self.whole[s] = name
        for part, own in zip(parts_of(s), self.apart(name, len(parts_of(s))), strict=True):
            self.take(part, own)

    def later(self, s: Term, whole: Callable[[], str]) -> None:
        """P(s) will be proved under the name that is given when one of its parts is asked for."""

        def part_of(part: Term) -> Callable[[], str]:
            def make() -> str:
                self.assume(s, whole())
                return self.facts[part]

            return make

        for part in all_parts(s):
            self.facts.later.setdefault(part, part_of(part))

    def prove_later(self, s: Term, tactic: Callable[[], str]) -> None:
        """T(s) will be proved by this tactic when it is asked for."""
        self.facts.later.setdefault(s, lambda: self.have(truth(s), tactic()))

    def apart(self, name: str, of: int) -> list[str]:
        """The names of the parts of a conjunction."""
        if of == 1:
            return [name]
        copy = self.script.fresh("p")
        pattern, names = opened(copy, of)
        self.script.line(f"pose proof {name} as {copy}; destruct {copy} as {pattern}.")
        return names

    def take(self, s: Term, name: str) -> None:
        """T(s) is proved under this name; taken apart as a context does."""
        self.facts.learn(s, name)
        if s.op == "and":
            for a, own in zip(s.args, self.apart(name, len(s.args)), strict=True):
                self.take(a, own)
        elif s.op == "not" and s.args[0].op in RELATIONS:
            opposite = negated(s.args[0])
            self.take(opposite, self.have(truth(opposite), f"apply not_{s.args[0].op}; exact {name}"))
        elif s.op == "every" and s.args[0].op == "and":
            pattern, names = opened("p", len(s.args[0].args))
            for a, own in zip(s.args[0].args, names, strict=True):
                tactic = f"intros k0 Hk0; destruct ({name} k0 Hk0) as {pattern}; exact {own}"
                self.take(every(a), self.have(truth(every(a)), tactic))

    def find(self, s: Term) -> str:
        """The name of the proof of T(s)."""
        if s not in self.facts:
            raise Unproved(f"nothing in the proof is named for {s}.")
        return self.facts[s]

    def proof(self, s: Term) -> str:
        """A proof of P(s)."""
        return self.whole.get(s) or joined([self.find(part) for part in parts_of(s)])


class Place(Known):
    """Where a proof stands: what is known, the premises of its step, and the questions that the kernel asked there."""

    def __init__(self, step: Lemma, script: Script, facts: Facts, whole: dict[Term, str]):
        super().__init__(script, facts, whole)
        self.step = step
        self._provers: dict[Context, Prover] = {}
        self._equal: dict[tuple[Term, Term], str] = {}
        self._opened: frozenset[int] = frozenset()

    def inner(self) -> Place:
        """A place further in, with a script of its own."""
        place = Place(self.step, self.script.nested(), self.facts.copy(), dict(self.whole))
        place._equal, place._opened = dict(self._equal), self._opened
        return place

    def at_letter(self, letter: Term) -> Place:
        """The place further in at which a fresh letter stands for any."""
        place = self.inner()
        place.script.line(f"intros {number(letter)} {within(letter)}.")
        place._opened |= {letter.args[0]}
        return place

    # -- premises

    def applied(self, m: int, at: Mapping[Key, Argument] | None = None, also: Mapping[Term, str] | None = None) -> str:
        """The lemma of premise m, at the symbols of the claim or what is put for them, its hypotheses proved."""
        p = self.step.premises[m]
        proofs = [(also or {}).get(h) or self.proof(h) for h in in_hypothesis_order(p)]
        head = self.step.heads[m]
        put = unspoken(head.symbols, self.step.symbols) | dict(at or {})
        return f"({' '.join([head.name, *arguments(head.symbols, put), *proofs])})"

    def posed(self, m: int, also: Mapping[Term, str] | None = None) -> str:
        """The name of what premise m says."""
        name = self.script.fresh("q")
        self.script.line(f"pose proof {self.applied(m, None, also)} as {name}.")
        return name

    def facts_of(self, m: int) -> None:
        """What premise m says is known, also for every letter in which it is arbitrary; it is proved when it is asked for."""
        p = self.step.premises[m]
        self.later(p.conclusion, lambda: self.posed(m))
        fixed = {key for h in p.hypotheses for key in free(h)}
        letters = [mk(*key) for key in sorted(free(p.conclusion) - fixed) if key[0] == "letter"]
        for part in all_parts(p.conclusion):
            spoken = [a for a in letters if (a.op, a.args[0]) in free(part)]
            for a in spoken:
                self._later(m, part, (a,))
                for b in spoken:
                    if a is not b:
                        self._later(m, part, (a, b))

    def _later(self, m: int, part: Term, over: tuple[Term, ...]) -> None:
        s = part
        for a in over:
            s = every(abstract(s, a))
        self.facts.later.setdefault(s, partial(self.for_letters, m, part, over))

    def for_letters(self, m: int, part: Term, over: tuple[Term, ...]) -> str:
        """The name of: a part of what premise m says, for every letter (of the innermost binder first)."""
        s = part
        for a in over:
            s = every(abstract(s, a))
        names = tuple(f"k{k}" for k in range(len(over)))
        inner = Place(self.step, self.script.nested(), Facts(), self.whole)
        name = inner.script.fresh("q")
        at: dict[Key, Argument] = {("letter", a.args[0]): (k, f"H{k}") for a, k in zip(over, names[::-1], strict=True)}
        inner.script.line(f"intros {' '.join(f'{k} H{k}' for k in names)}.")
        inner.script.line(f"pose proof {self.applied(m, at)} as {name}.")
        inner.assume(self.step.premises[m].conclusion, name)
        inner.script.line(f"{Over(over, Names(names)).forth(part, inner.find(part))}.")
        return self.have(truth(s), str(inner.script))

    # -- questions

    def prover(self, context: Context) -> Prover:
        """The prover of what the context is asked here."""
        if context not in self._provers:
            prover = Prover(self.script, context, context.answers)
            prover.sources, prover.known, prover.opened = Sources(context, self.facts), self.facts, self._opened
            self._provers[context] = prover
        return self._provers[context]

    def defined(self, context: Context, *terms: Term) -> None:
        """Every condition of the terms is known from here on."""
        for t in terms:
            self.prover(context).defined(t)

    def sign(self, context: Context, e: Term, mask: int) -> str:
        """The name of: e has a sign among the mask."""
        self.defined(context, e)
        return self.prover(context).sign(e, mask)

    def shown(self, context: Context, s: Term) -> str:
        """The name of T(s), which the context shows; its conditions are known as well."""
        if s in context.place:
            return self.find(s)
        self.defined(context, s)
        if s not in self.facts:
            self.facts[s] = self.prover(context).prove(s)
        return self.facts[s]

    def equal(self, context: Context, a: Term, b: Term) -> str:
        """The name of a = b."""
        if (a, b) not in self._equal:
            self.defined(context, a, b)
            self._equal[a, b] = self.prover(context).equal(a, b)
        return self._equal[a, b]

    def same(self, context: Context, a: Term, b: Term) -> str:
        """The name of a = b, equal as rational functions; both are known to be defined."""
        if (a, b) not in self._equal:
            self._equal[a, b] = self.prover(context).check_identity(a, b, ("same",))
        return self._equal[a, b]

    # -- comparison

    def alike(self, context: Context, s: Term, t: Term) -> str:
        """The name of T(t), from T(s) and D of both, where the context finds them alike."""
        if t not in self.facts:
            self.facts[t] = self.prover(context).alike(self.find(s), s, t)
        return self.facts[t]

    def finish(self, context: Context, gives: Sequence[Term], conclusion: Term) -> None:
        """Close the proof of P(conclusion), which is alike to one of what follows."""
        found = next((s for s in gives if context.alike(s, conclusion)), None)
        if found is None:
            raise Unproved("nothing that follows is alike to the conclusion.")
        self.defined(context, conclusion)
        self.alike(context, found, conclusion)
        self.close(context, conclusion)

    def close(self, context: Context, conclusion: Term) -> None:
        """Close the proof of P(conclusion), whose truth is known."""
        self.defined(context, conclusion)
        self.script.line(f"exact {joined([self.find(part) for part in parts_of(conclusion)])}.")
