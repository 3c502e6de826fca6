"""The file of a claim: a lemma for each step, and the claim as a theorem."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from focal_symbolic.logic.context import Answers, Context
from focal_symbolic.logic.coq import (
    rules_analysis,
    rules_arithmetic,
    rules_connectives,
    rules_extended,
    rules_inverse,
    rules_quantifiers,
    rules_sums,
    rules_suprema,
)
from focal_symbolic.logic.coq.bridge import At
from focal_symbolic.logic.coq.facts import arguments, in_hypothesis_order, unspoken
from focal_symbolic.logic.coq.place import Head, Place
from focal_symbolic.logic.coq.scope import Unproved
from focal_symbolic.logic.coq.statement import PREFIX, proposition, theorem, truth
from focal_symbolic.logic.coq.step import StepWriter, modules_for
from focal_symbolic.logic.kernel import Theorem, conclude, replay
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.stored import Stored
from focal_symbolic.logic.terms import Key, Term, free, in_order, instantiate, mk, subterms
from focal_symbolic.logic.text import Derivation

__all__ = ["ClaimWriter", "Replayed", "header", "module", "names_of", "ordered", "replayed", "spoken"]

_WRITERS = (
    *(rules_analysis, rules_arithmetic, rules_connectives, rules_extended, rules_inverse, rules_quantifiers, rules_sums),
    rules_suprema,
)
LIBRARY = (
    *("Meaning", "Rational", "Sums", "Bridge", "Signs", "Laws", "Cases", "Monotone", "Calculus", "Inverse", "Extended"),
    "Suprema",
)


def module(claim: str) -> str:
    """The name of a claim's file and module."""
    return "C_" + "".join(a if a.isalnum() else "_" for a in claim)


@dataclass(frozen=True)
class Replayed:
    """A derivation, what each of its steps has shown, and the claim as a theorem."""

    of: Derivation
    theorems: tuple[Theorem, ...]
    result: Theorem
    answers: Answers


def replayed(of: Derivation, lemma: Callable[[str], Theorem]) -> Replayed:
    """Replay a derivation with the certificates that it brings. Raises Rejected where it is refused."""
    answers = Stored(of.answers, of.table)
    result = replay(of.name, of.goal, of.assumptions, of.steps, lemma, answers)
    theorems: list[Theorem] = []
    for step in of.steps:
        theorems.append(conclude(step, [theorems[k] for k in step.premises], lemma, answers))
    return Replayed(of, tuple(theorems), result, answers)


class ClaimWriter:
    """Writes the file of one claim. `lemmas` gives other claims by name."""

    def __init__(self, claim: Replayed, lemmas: Callable[[str], Replayed]):
        self.claim, self.of, self.lemmas = claim, claim.of, lemmas
        self.requires: list[str] = []
        self.uses: set[str] = set()
        self.inverses: set[str] = set()
        """The declared functions of which the file says that they are continuous."""
        self.symbols = ordered(_names_in(claim, lemmas))

    @property
    def answers(self) -> Answers:
        """Where the certificates come from."""
        return self.claim.answers

    def step(self, k: int) -> StepWriter:
        """The writer of step k, counted from 0."""
        step = self.of.steps[k]
        premises = [self.claim.theorems[p] for p in step.premises]
        heads = [Head(f"s{p + 1}", self.symbols) for p in step.premises]
        if step.rule == "lemma":
            name = dict(step.arguments)["name"]
            premises.insert(0, self.lemmas(name).result)
            heads.insert(0, self._lemma(name))
        leans = ", ".join(str(p + 1) for p in step.premises)
        remark = f"(* {k + 1}: {step.rule}{f' from {leans}' if leans else ''} *)\n"
        return StepWriter(f"s{k + 1}", self.symbols, step, self.claim.theorems[k], premises, heads, self, remark)

    def _lemma(self, name: str) -> Head:
        self._require(name)
        theorem_ = self.lemmas(name).result
        return Head(f"{module(name)}.used", ordered(names_of(theorem_)))

    def _require(self, name: str) -> None:
        if name not in self.requires:
            self.requires.append(name)

    def continuous(self, declared: str) -> str:
        """The lemma that says that a declared inverse is continuous: that of the claim with a step `inverse` for it."""
        for name in [self.of.name, *sorted(self.claim.result.lemmas)]:
            of = self.of if name == self.of.name else self.lemmas(name).of
            for s in of.steps:
                if s.rule == "inverse" and any(t.op == "decl" and t.args[0] == declared for t in subterms(s.conclusion)):
                    if of is not self.of:
                        self._require(name)
                    return f"{module(name) + '.' if of is not self.of else ''}{declared}_continuous"
        raise Unproved(f"no claim that is used shows that {declared} is an inverse.")

    def lemma(self, k: int) -> str:
        """The text of step k."""
        return self.step(k).text()

    def used(self) -> str:
        """The claim under the assumptions that it needs, over the names that it speaks of."""
        result, last = self.claim.result, self.claim.theorems[-1]
        symbols = ordered(names_of(result))
        head = Head(f"s{len(self.of.steps)}", self.symbols)
        writer = StepWriter("used", symbols, self.of.steps[-1], result, [], [], self)
        hypotheses = in_hypothesis_order(result)
        place = writer.place(hypotheses)
        kept = in_order(result.hypotheses)
        given, known = Context(self.answers, kept), Context(self.answers, [last.conclusion], kept)
        for h in in_hypothesis_order(last):
            if h not in result.hypotheses:
                found = next(a for a in kept if given.alike(a, h))
                _define_each(place, given, found, h)
                place.alike(given, found, h)
        proofs = [place.proof(h) for h in in_hypothesis_order(last)]
        name = place.script.fresh("q")
        applied = " ".join([head.name, *arguments(head.symbols, unspoken(head.symbols, symbols)), *proofs])
        place.script.line(f"pose proof ({applied}) as {name}.")
        place.assume(last.conclusion, name)
        place.finish(known, [last.conclusion], result.conclusion)
        return writer.lemma("used", hypotheses, proposition(result.conclusion), place.script)

    def plain(self) -> str:
        """The claim under all of its assumptions."""
        result, assumptions = self.claim.result, self.of.assumptions
        self.uses |= modules_for((*assumptions, self.of.goal))
        symbols = ordered(key for t in (*assumptions, self.of.goal) for key in free(t))
        names = arguments(symbols, {})
        own = {a: f"h{k}" for k, a in enumerate(assumptions)}
        applied = " ".join(["used", *arguments(ordered(names_of(result)), {}), *(own[h] for h in in_hypothesis_order(result))])
        return (
            f"Theorem plain : {theorem(assumptions, self.of.goal)}.\n"
            f"Proof.\n  intros {' '.join([*names, *own.values()])}.\n  exact ({applied}).\nQed.\n"
        )

    def text(self) -> str:
        """The file, up to the theorem `plain`."""
        body = [self.lemma(k) for k in range(len(self.of.steps))] + [self.used(), self.plain()]
        return "\n".join([header(self.uses, self.requires), *body])


def header(uses: Collection[str], requires: Iterable[str] = ()) -> str:
    """The first lines of a file: what it uses of Coq and of the library, and the claims that it requires."""
    lines = ["From Coq Require Import Reals Lra."]
    lines += ["From Coquelicot Require Import Coquelicot."] if "Coquelicot" in uses else []
    lines += ["From Interval Require Import Tactic."] if "Interval" in uses else []
    lines += [f"Require Import {' '.join(LIBRARY)}."]
    lines += [f"Require Import {name}." for name in ("Constants", "Definitions") if name in uses]
    lines += [f"Require {module(name)}." for name in requires]
    return "\n".join([*lines, "Open Scope R_scope.", ""])


def _define_each(place: Place, context: Context, a: Term, h: Term) -> None:
    """The conditions of a hypothesis, at a fresh letter where it is for every letter, as the kernel compares it with a."""
    at = context.fresh(mk("and", a, h))
    for d in in_order(conditions(h)):
        if d.op == "every" and d not in place.facts:
            inner = place.at_letter(at)
            name = inner.shown(context, instantiate(d.args[0], at))
            inner.script.line(f"{At(at).back(d.args[0], name)}.")
            place.facts.learn(d, place.have(truth(d), str(inner.script)))
        else:
            place.shown(context, d)


def ordered(keys: Iterable[Key]) -> tuple[Key, ...]:
    """Names in the order of `binders`."""
    kinds = list(PREFIX)
    return tuple(sorted({*keys}, key=lambda key: (kinds.index(key[0]), str(key[1]))))


def names_of(t: Theorem) -> set[Key]:
    """The free names of a theorem."""
    return {key for s in (t.conclusion, *t.hypotheses) for key in free(s)}


def spoken(values: Iterable[Any]) -> set[Key]:
    """The free names of arguments of rules."""
    found: set[Key] = set()
    for value in values:
        found |= free(value) if type(value) is Term else spoken(value) if type(value) is tuple else set()
    return found


def _names_in(claim: Replayed, lemmas: Callable[[str], Replayed]) -> set[Key]:
    """All names of a derivation, also those that only an argument of a rule, or a claim that is used, speaks of."""
    found = {key for t in claim.theorems for key in names_of(t)}
    for step in claim.of.steps:
        found |= spoken(value for _, value in step.arguments)
        if step.rule == "lemma":
            found |= names_of(lemmas(dict(step.arguments)["name"]).result)
    return found
