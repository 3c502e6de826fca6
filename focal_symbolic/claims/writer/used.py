"""What a step has leaned on: read off the certificates with which the kernel was content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from focal_symbolic.logic.certificates import read_certificate
from focal_symbolic.logic.context import CATEGORY, Answers, Context, Question
from focal_symbolic.logic.kernel import Theorem, arbitrary_in
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.search.tidy import canonical
from focal_symbolic.logic.terms import LETTER, RELATIONS, Term, every, instantiate, letters, mk, negated

__all__ = ["Recording", "cover", "leaned_on", "parts_of"]

Asked = tuple[Context, Question, str, Mapping[str, Term]]


class Recording:
    """Answers from another source; what was asked and answered is noted."""

    def __init__(self, answers: Answers):
        self.answers = answers
        self.asked: list[Asked] = []

    def answer(self, context: Context, question: Question) -> tuple[str, Mapping[str, Term]] | None:
        """The answer of the other source."""
        found = self.answers.answer(context, question)
        if found is not None:
            self.asked.append((context, question, *found))
        return found


def leaned_on(asked: Iterable[Asked]) -> set[Term]:
    """The statements that hold in the contexts and that the answers used."""
    found: set[Term] = set()
    for context, question, text, table in asked:
        kind, *about = question
        for t in about:
            if type(t) is Term:
                found |= conditions(t) & context.place.keys()
        tree = read_certificate(text, table, CATEGORY[kind])
        if kind == "prove":
            found.update(_of_proof(context, about[0], tree))
        else:
            found.update(_of(context, tree))
    return found


def _of_proof(context: Context, s: Term | None, tree: tuple[Any, ...]) -> Iterator[Term]:
    """What a proof of s uses; the kinds that open s are followed into it."""
    a = s.args if s is not None else ()
    match tree:
        case ("all", k, p):
            yield from _of_proof(context, s and instantiate(a[0], mk("fresh", k)), p)
        case ("or", k, p):
            yield from _of_proof(context, s and a[k], p)
        case ("and", ps):
            for part, p in zip(a, ps, strict=True):
                yield from _of_proof(context, part, p)
        case ("given", p) if s is not None:
            given = context.extended(a[0])
            more = _of_proof(given, a[1], p)
            yield from (t for t in more if t in context.place)
        case ("with" | "shown", inner, p):
            yield from _of(context, inner)
            yield from _of_proof(context, s, p)
        case _:
            yield from _of(context, tree)


def _of(context: Context, tree: Any) -> Iterator[Term]:
    """What a certificate uses: its sources, and what makes the terms that it brings defined."""
    match tree:
        case ("known", int(k), _):
            yield context.sources[k]
        case ("facts", parts, rest, inner):
            for _, k, _ in parts:
                yield context.sources[k]
            yield from _of(context, rest)
            yield from _of(context, inner)
        case tuple():
            for part in tree:
                yield from _of(context, part)
        case Term() if tree.sort != LETTER:
            for c in conditions(tree):
                yield from _covering(context, c)


def _covering(context: Context, c: Term) -> Iterator[Term]:
    """The source that says a condition, itself or at a letter."""
    if c in context.place:
        yield c
        return
    wanted, at = canonical(c), letters(c)
    for s in context.sources:
        forms = [instantiate(s.args[0], letter) for letter in at] if s.op == "every" and c.op != "every" else [s]
        if any(t.op == c.op and canonical(t) is wanted for t in forms):
            yield s
            return


def parts_of(s: Term) -> Iterator[Term]:
    """A statement as a context takes it: conjunctions apart, the negation of a relation as the opposite relation."""
    if s.op == "and":
        for a in s.args:
            yield from parts_of(a)
    elif s.op == "every" and s.args[0].op == "and":
        for a in s.args[0].args:
            yield from parts_of(every(a))
    elif s.op == "not" and s.args[0].op in RELATIONS:
        yield negated(s.args[0])
    else:
        yield s


def _said_by(p: Theorem) -> set[Term]:
    """What a premise says, at every letter in which it is arbitrary."""
    return {t for s in (p.conclusion, *arbitrary_in(p)) for t in parts_of(s)}


def _with_conditions(said: set[Term]) -> set[Term]:
    return said.union(*map(conditions, said))


def cover(needed: set[Term], fixed: Iterable[Theorem], more: Sequence[Theorem]) -> list[int]:
    """Places of premises among `more` that say all that is needed and that `fixed` do not give; few, and early ones.

    A premise brings its hypotheses too, but nothing is taken for granted because a line happens to assume it.
    """
    left = set(needed)
    for f in fixed:
        left -= _with_conditions(_said_by(f).union(*map(parts_of, f.hypotheses)))
    says = [_said_by(p) for p in more]
    gives = [_with_conditions(said) for said in says]
    left &= set[Term]().union(*gives)
    chosen: list[int] = []
    while left:
        hardest = min(left, key=lambda s: (sum(s in g for g in gives), s.digest))
        ways = [k for k, g in enumerate(gives) if hardest in g]
        best = max(ways, key=lambda k: (hardest in says[k], len(gives[k] & left), -len(more[k].hypotheses), -k))
        chosen.append(best)
        left -= gives[best]
    return sorted(chosen)
