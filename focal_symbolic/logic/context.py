"""Contexts: what is known at a place of a derivation, and the questions that rules ask there.

A context holds statements that are defined and true (each is P, never only T): its sources. A rule asks it for a sign, an
equation or a statement; the context first shows that what is asked for is defined, then looks for a certificate among its
answers, and has the checker check it. Where the answers come from is of no concern here: an answer is text, read through
one door, and a wrong one is no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import blake2b
from types import MappingProxyType
from typing import Protocol

from focal_symbolic.logic import checker
from focal_symbolic.logic.certificates import read_certificate
from focal_symbolic.logic.checker import Question
from focal_symbolic.logic.comparison import similar
from focal_symbolic.logic.fuel import spend, unmetered
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.terms import ONE, RELATIONS, SIZE, ZERO, Malformed, Term, every, free, in_order, le, lt, mk, negated

__all__ = ["Answers", "Context", "Question"]

NOT_EMPTY = (le(ONE, SIZE), lt(ZERO, SIZE))
MOST_SOURCES = 4000
CATEGORY = {"sign": "sign", "prove": "proof", "equal": "identity"}


class Answers(Protocol):
    """Where certificates come from: looked up in what is stored, or searched for. Nothing of it is trusted."""

    def answer(self, context: Context, question: Question) -> tuple[str, Mapping[str, Term]] | None:
        """The text of a certificate for the question, and the terms that it names; or None."""


class Context:
    """Statements that are defined and true here.

    `facts` are those of the premises; `more` are hypotheses. The conditions of both hold as well. Conjunctions are taken apart,
    the negation of a relation is the opposite relation. `sources` has each once; `weights` tells a search where it comes
    from (0 facts, 1 hypotheses, 2 conditions). `taken` are the fresh letters that are spoken of here.
    """

    def __init__(self, answers: Answers, facts: Iterable[Term], more: Iterable[Term] = (), taken: frozenset[int] = frozenset()):
        self.answers = answers
        self._sources: list[Term] = []
        self._weights: list[int] = []
        self._place: dict[Term, int] = {}
        for weight, group in ((0, NOT_EMPTY), (0, facts), (1, more)):
            for s in group:
                self._take(s, weight)
        for s in list(self._sources):
            for c in in_order(conditions(s)):  # the order of a set of terms differs between processes
                self._take(c, 2)
        # Whoever is asked for certificates sees these and must not change them.
        self.sources, self.weights, self.place = tuple(self._sources), tuple(self._weights), MappingProxyType(self._place)
        if len(self.sources) > MOST_SOURCES:
            raise Malformed("there are too many facts.")
        self.taken = taken | {k for s in self.sources for kind, k in free(s) if kind == "fresh"}
        self._shown: dict[Term, bool] = {}

    def _take(self, s: Term, weight: int) -> None:
        spend(1)
        if s.op == "and":
            for a in s.args:
                self._take(a, weight)
        elif s.op == "every" and s.args[0].op == "and":
            for a in s.args[0].args:
                self._take(every(a), weight)
        elif s.op == "not" and s.args[0].op in RELATIONS:
            self._take(negated(s.args[0]), weight)
        elif s in self._place:
            self._weights[self._place[s]] = min(weight, self._weights[self._place[s]])
        else:
            self._place[s] = len(self._sources)
            self._sources.append(s)
            self._weights.append(weight)

    @cached_property
    def serial(self) -> bytes:
        """Names the context by what it holds."""
        return blake2b(b"".join(s.digest for s in self.sources), digest_size=8).digest()

    def extended(self, *given: Term) -> Context:
        """The context in which more statements are given."""
        facts = [s for s, w in zip(self.sources, self.weights, strict=True) if w == 0]
        more = [s for s, w in zip(self.sources, self.weights, strict=True) if w]
        return Context(self.answers, [*facts, *given], more, self.taken)

    def fresh(self, t: Term) -> Term:
        """A letter of which neither t nor the context speaks."""
        k = 0
        while ("fresh", k) in free(t) or k in self.taken:
            k += 1
        return mk("fresh", k)

    # -- questions

    def sign(self, e: Term, mask: int) -> bool:
        """Whether e is shown to be defined, with a sign among `mask`."""
        return self.is_defined(e) and self._holds(("sign", e, mask))

    def equal(self, a: Term, b: Term) -> bool:
        """Whether a and b are shown to be defined and equal."""
        return self.is_defined(a) and self.is_defined(b) and (a is b or self._holds(("equal", a, b)))

    def shows(self, s: Term) -> bool:
        """Whether s is shown to be defined and true."""
        return s in self.place or (self.is_defined(s) and self._shows(s))

    def is_defined(self, t: Term) -> bool:
        """Whether every condition of t is shown. Each is proved where its own conditions, which are among them, hold."""
        return all(map(self._shows, in_order(conditions(t) - self.place.keys())))

    def undefined(self, t: Term) -> Term | None:
        """A condition of t that is not shown."""
        return next((c for c in in_order(conditions(t)) if not self._shows(c)), None)

    def _shows(self, s: Term) -> bool:
        """Whether s is shown, given that it is defined."""
        if s in self.place:
            return True
        found = self._shown.get(s)
        if found is None:
            found = self._shown[s] = self._holds(("prove", s))
        return found

    def _holds(self, question: Question) -> bool:
        with unmetered():
            found = self.answers.answer(self, question)
        if type(found) is not tuple or len(found) != 2:
            return False
        text, table = found
        certificate = read_certificate(text, table, CATEGORY[question[0]])
        return checker.check(self, question, certificate)

    # -- comparison

    def alike(self, known: Term, stated: Term) -> bool:
        """Whether `stated` says what `known`, which holds, says: the same shape, equal numbers. D of both is shown."""
        return known is stated or similar(self, known, stated, _equal)


def _equal(context: Context, a: Term, b: Term) -> bool:
    return context.equal(a, b)
