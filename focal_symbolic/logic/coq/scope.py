"""What is known at a place of a Coq proof, and how it is called there.

A `Scope` goes with a context of the kernel. It knows the names of the context's sources and of further statements, opens those
that are for every letter, and finds proofs of the conditions under which numbers are defined.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any, Self

from focal_symbolic.logic.arithmetic import Excess, proportion
from focal_symbolic.logic.comparison import similar
from focal_symbolic.logic.context import NOT_EMPTY, Answers, Context
from focal_symbolic.logic.coq.bridge import At, power
from focal_symbolic.logic.coq.script import Script, applied, rational, within
from focal_symbolic.logic.coq.statement import CLOSED, Names, number, truth
from focal_symbolic.logic.terms import RELATIONS, STATEMENT, ZERO, Term, free, instantiate, letters, lt, mk, ne, value

__all__ = ["Certificate", "Scope", "Unproved", "proportional"]

Certificate = tuple[Any, ...]


class Unproved(ValueError):
    """No proof is known for a statement that a certificate leans on."""


class Scope:
    """Statements known by name in a Coq script.

    Attributes
    ----------
    sources
        The hypotheses that are the truth T of the context's sources, by number; those that no certificate uses may be left out.
    known
        Proofs of further statements that hold, by statement: the conditions D of everything at hand.
    """

    def __init__(self, script: Script, context: Context, answers: Answers, names: Names = CLOSED):
        self.script, self.context, self.answers, self.names = script, context, answers, names
        self.sources: dict[int, str] = {}
        self.known: dict[Term, str] = dict(zip(NOT_EMPTY, ("(size_ge n Hn)", "(sg_size n Hn)"), strict=True))
        self.memo: dict[Any, Any] = {}
        self.opened: frozenset[int] = frozenset()
        self.last = -1
        self._texts: dict[Term, str] = {}

    # -- places further down

    def under(self, k: int, script: Script) -> Self:
        """The scope below a binder whose letter is the fresh letter k; its script is another one.

        What was called by the same letter further out is out of sight.
        """
        inner = copy(self)
        hidden = ("fresh", k) if k in self.opened else None
        inner.script, inner.opened, inner.last = script, self.opened | {k}, k
        inner.memo = dict(self.memo) if hidden is None else {}
        inner.known = {s: name for s, name in self.known.items() if hidden not in free(s)}
        return inner

    def within(self, script: Script) -> Self:
        """The same scope in a script of its own, in which more may become known."""
        inner = copy(self)
        inner.script, inner.memo, inner.known = script, dict(self.memo), dict(self.known)
        return inner

    # -- texts

    def text(self, t: Term) -> str:
        """A number or a statement as Coq prints it here."""
        found = self._texts.get(t)
        if found is None:
            found = self._texts[t] = truth(t, self.names) if t.sort == STATEMENT else number(t, self.names)
        return found

    def have(self, s: Term, proof: str) -> str:
        """A name for the statement s, which a term proves; s is known from here on."""
        name = self.script.have(self.text(s), f"exact {proof}")
        self.known[s] = name
        return name

    def raw(self, s: Term, at: tuple[Term, ...]) -> str:
        """What has loose letters, at these (the innermost first), as Coq has it: sums and products in the order they had."""
        names = self.names._replace(letters=(*self.names.letters, *map(self.text, reversed(at))))
        return truth(s, names) if s.sort == STATEMENT else number(s, names)

    def opened_at(self, s: Term, proof: str, at: Term) -> str:
        """A proof of the body of «every» at a letter, as it is printed, from one of «every»."""
        return self.turned(s.args[0], at, applied(proof, self.text(at), within(at)))

    def turned(self, body: Term, at: Term, proof: str, back: bool = False) -> str:
        """A proof of the body of «every» at a letter, as it is printed, from one in Coq's order; or back."""
        image, raw = instantiate(body, at), self.raw(body, (at,))
        if raw == self.text(image):
            return proof
        pair = power(body)
        if body.op in RELATIONS or pair:
            sides = [self.ordered(t, (at,)) for t in pair or body.args]
            return applied(f"{'pdef' if pair else body.op}_eq _ _ _ _", proof, [f"(eq_sym {e})" if back else e for e in sides])
        name, bridge = self.script.fresh("X"), At(at, self.names._replace(letters=(*self.names.letters, self.text(at))))
        tactic = bridge.back(body, name) if back else bridge.forth(body, name)
        return self.script.have(raw if back else self.text(image), f"pose proof {proof} as {name}; cbv beta in {name}; {tactic}")

    def ordered(self, t: Term, at: tuple[Term, ...]) -> str:
        """A proof that a number at letters, as Coq has it, is the number that is printed for it."""
        raise NotImplementedError

    # -- what is known

    def source(self, k: int, at: tuple[Term, ...] = ()) -> tuple[Term, str]:
        """A source of the context, its «every»s taken at letters, and a proof."""
        s = self.context.sources[k]
        proof = self.fact(s) if k not in self.sources else self.sources[k]
        if proof is None:
            raise Unproved(f"source {k} has no name: {s}")
        for letter in at:
            key = ("at", s, letter)
            if key not in self.memo:
                self.memo[key] = self.opened_at(s, proof, letter)
            s, proof = instantiate(s.args[0], letter), self.memo[key]
        return s, proof

    def fact(self, s: Term) -> str | None:
        """A proof of a statement that is known literally."""
        found = self.known.get(s)
        if found is None and (k := self.context.place.get(s)) is not None:
            found = self.sources.get(k)
        return found

    def facts(self) -> Iterator[tuple[Term, str]]:
        """Everything that is known."""
        yield from list(self.known.items())
        for k, name in self.sources.items():
            yield self.context.sources[k], name

    def condition(self, c: Term) -> str:
        """A proof of a statement that is known, at letters, behind a guard that holds, in other words, or for a plain reason.

        Raises Unproved where there is none.
        """
        found = self.fact(c) or self.memo.get(("condition", c))
        if found is None:
            found = self.memo["condition", c] = self._instance(c) or self._plain(c) or self._alike(c)
        if found is None:
            raise Unproved(f"nothing is known that gives {c}")
        return str(found)

    def _instance(self, c: Term) -> str | None:
        at = sorted(letters(c), key=lambda t: t.digest)
        for s, proof in self.facts():
            if (found := self._taken(s, proof, c, at)) is not None:
                return found
        return None

    def _taken(self, s: Term, proof: str, c: Term, at: list[Term]) -> str | None:
        """A proof of c from one of s: s itself, a right side whose guard holds, or one of these at a letter."""
        if s is c:
            return proof
        if s.op == "implies" and s.args[1] is c:
            guard = self.fact(s.args[0])
            return None if guard is None else applied(proof, guard)
        if s.op == "every" and (c.op != "every" or s.nodes > c.nodes):
            for letter in at:
                inner = instantiate(s.args[0], letter)
                if not _may_give(inner, c):
                    return None
                if _gives(inner, c, at) and (found := self._taken(inner, self.opened_at(s, proof, letter), c, at)):
                    return found
        return None

    def _plain(self, c: Term) -> str | None:
        """A proof for a reason that lies in the number itself: a rational, a power of a positive number, a product."""
        try:
            if pair := power(c):
                return applied("or_introl", self.condition(lt(ZERO, pair[0])))
            if c.op in ("ne", "lt") and c.args[c.op == "ne"] is ZERO:
                return self._nonzero(c.args[0]) if c.op == "ne" else self._positive(c.args[1])
            if c.op == "every":
                return self._at_each_letter(c)
        except Unproved:
            pass
        return None

    def nonzero(self, t: Term) -> tuple[Term, tuple[Term, ...], str]:
        """A number at letters (as Coq has it) that is t, and a proof that it is not 0."""
        c = ne(t, ZERO)
        if self.fact(c) is None:
            at = sorted(letters(t), key=lambda t: t.digest)
            for s, proof in self.facts():
                if s.op == "every" and s.args[0].op == "ne":
                    for letter in at:
                        if instantiate(s.args[0], letter) is c:
                            return s.args[0].args[0], (letter,), applied(proof, self.text(letter), within(letter))
        return t, (), self.condition(c)

    def _nonzero(self, t: Term) -> str:
        if (c := value(t)) is not None and c:
            return f"(sg_weak M{4 if c > 0 else 1} M5 _ eq_refl (sg_rat {rational(c)}))"
        if t.op == "mul":
            proof = self.condition(ne(t.args[0], ZERO))
            for s in t.args[1:]:
                proof = applied("Rmult_integral_contrapositive_currified _ _", proof, self.condition(ne(s, ZERO)))
            return proof
        if t.op == "ipow" and t.args[1] > 0:
            return applied("pow_nonzero _ _", self.condition(ne(t.args[0], ZERO)))
        return applied("Rgt_not_eq _ _", self.condition(lt(ZERO, t)))

    def _positive(self, t: Term) -> str:
        match t.op:
            case "size":
                return "(sg_size n Hn)"
            case "exp":
                return "(exp_pos _)"
            case "rpow":
                return applied("sg_rpow _ _", self.condition(lt(ZERO, t.args[0])))
            case "rat" if t.args[0] > 0:
                return f"(sg_rat {t.args[0]} {t.args[1]})"
        raise Unproved(f"{t} is not plainly positive")

    def _at_each_letter(self, c: Term) -> str:
        k = next(k for k in range(len(self.opened) + 1) if k not in self.opened and ("fresh", k) not in free(c))
        at, script = mk("fresh", k), self.script.nested()
        below = self.under(k, script)
        proof = below.turned(c.args[0], at, below.condition(instantiate(c.args[0], at)), back=True)
        return self.script.have(self.text(c), f"intros {self.text(at)} {within(at)}.\n{script}\nexact {proof}")

    def _alike(self, c: Term) -> str | None:
        """A proof from a known statement that says the same of proportional numbers."""
        at = sorted(letters(c), key=lambda t: t.digest)
        for s, proof in self.facts():
            if s.op == c.op and similar(self.context, s, c, proportional):
                return self.restated(s, proof, c)
            if s.op == "every" and c.op != "every":
                for letter in at:
                    t = instantiate(s.args[0], letter)
                    if t.op == c.op and similar(self.context, t, c, proportional):
                        return self.restated(t, self.opened_at(s, proof, letter), c)
        return None

    def restated(self, s: Term, proof: str, t: Term) -> str:
        """A proof of t from one of s, which says the same."""
        raise NotImplementedError


def _gives(s: Term, c: Term, at: list[Term]) -> bool:
    if s.op == "every" and c.op != "every":
        return any(_gives(instantiate(s.args[0], letter), c, at) for letter in at)
    return s is c or (s.op == "implies" and s.args[1] is c)


def _may_give(s: Term, c: Term) -> bool:
    return s.op in ("every", "implies") or s.op == c.op


def proportional(_: Context, a: Term, b: Term) -> bool:
    """Whether one number is a positive multiple of the other."""
    try:
        ratio = proportion(a, b)
    except Excess:
        return False
    return ratio is not None and ratio > 0
