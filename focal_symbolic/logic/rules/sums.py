"""Rules of sums over the alphabet, which is not empty."""

from __future__ import annotations

from focal_symbolic.errors import Rejected
from focal_symbolic.logic.context import Answers
from focal_symbolic.logic.kernel import Outcome, Theorem, demand, rule
from focal_symbolic.logic.rules.common import arbitrary, given, relation, sides, union
from focal_symbolic.logic.terms import (
    LETTER,
    ZERO,
    Term,
    abstract,
    add,
    in_order,
    instantiate,
    le,
    letters,
    lt,
    mk,
    substitute,
    subterms,
    total,
)

__all__: list[str] = []


def _summed(terms: Theorem, over: Term) -> tuple[Term, Term]:
    """The sums of both sides of a relation over a letter of which no hypothesis speaks."""
    demand(over.op == "letter", "{} is not a letter to sum over.", over)
    demand(relation(terms.conclusion).op != "ne", "numbers that differ may have equal sums.")
    arbitrary(("letter", over.args[0]), terms)
    left, right = (total(abstract(s, over)) for s in terms.conclusion.args)
    return left, right


@rule(over=LETTER)
def sum_terms(_: Answers, __: Term, terms: Theorem, /, *, over: Term) -> Outcome:
    """A relation between terms, for an arbitrary letter, summed over the alphabet."""
    return Outcome(terms.hypotheses, (mk(terms.conclusion.op, *_summed(terms, over)),))


@rule(over=LETTER)
def sum_strictly(answers: Answers, _: Term, terms: Theorem, strict: Theorem, /, *, over: Term) -> Outcome:
    """A weak inequality between terms, strict at one letter, summed over the alphabet: strict."""
    left, right = _summed(terms, over)
    sides(terms.conclusion)
    _, strictly, _ = sides(strict.conclusion)
    known, key = given(answers, terms, strict), ("letter", over.args[0])
    at = in_order(letters(strict.conclusion))
    found = any(known.alike(strict.conclusion, lt(*(substitute(s, {key: x}) for s in terms.conclusion.args))) for x in at)
    demand(strictly and found, "{} is not the strict inequality of one term.", strict.conclusion)
    return Outcome(union(terms, strict), (lt(left, right),))


@rule(over=LETTER)
def sum_term(_: Answers, c: Term, terms: Theorem, /, *, over: Term) -> Outcome:
    """One term of a sum of nonnegative terms is at most the sum."""
    zero, _strictly, term = sides(terms.conclusion)
    demand(zero is ZERO, "{} does not say that the terms are nonnegative.", terms.conclusion)
    whole = _summed(terms, over)[1]
    at = in_order(letters(c))
    return Outcome(terms.hypotheses, tuple(le(substitute(term, {("letter", over.args[0]): x}), whole) for x in at))


@rule(over=LETTER)
def sum_pair(_: Answers, __: Term, terms: Theorem, apart: Theorem, /, *, over: Term) -> Outcome:
    """Two terms of a sum of nonnegative terms, at letters with different terms, are together at most the sum."""
    zero, _strictly, term = sides(terms.conclusion)
    demand(
        zero is ZERO and relation(apart.conclusion).op in ("lt", "ne"), "nonnegative terms and two that differ are asked for."
    )
    whole = _summed(terms, over)[1]
    at = [substitute(term, {("letter", over.args[0]): x}) for x in letters(apart.conclusion)]
    x, y = apart.conclusion.args
    demand(x in at and y in at, "{} does not compare two terms of the sum.", apart.conclusion)
    return Outcome(union(terms, apart), (le(add(x, y), whole),))


@rule()
def relabel(_: Answers, c: Term, *premises: Theorem) -> Outcome:
    """A sum over relabelled letters is the sum, under the hypothesis that the relabelling is a bijection."""
    demand(c.op == "eq" and all(s.op == "sum" for s in c.args), "{} is not an equation of two sums.", c)
    at = mk("fresh", 0)
    for plain, moved in (c.args, c.args[::-1]):
        body = instantiate(moved.args[0], at)
        for s in in_order(subterms(body)):
            if s.op == "image" and s.args[1] is at and instantiate(plain.args[0], s) is body:
                return Outcome(union(*premises) | {mk("bijection", s.args[0])}, None)
    raise Rejected(f"the sums of {c} do not differ by a relabelling.")
