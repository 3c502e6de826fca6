"""Rules of what is read at every size of the alphabet: suprema of finite sums, which sums without end are."""

from __future__ import annotations

from focal_symbolic.logic.context import Answers
from focal_symbolic.logic.kernel import Outcome, Theorem, demand, rule
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.rules.analysis import falls_once
from focal_symbolic.logic.rules.common import INTERMEDIATE_VALUE, UNIFORM_LIMIT, sides, union
from focal_symbolic.logic.terms import ZERO, Term, add, every, in_order, is_rigid, le, mk

__all__: list[str] = []


def _at_every_size(theorem: Theorem, *more: Term) -> None:
    """Refuse unless the theorem holds at every size of the alphabet if it does at one, and the numbers are the same there."""
    for t in (*in_order(theorem.hypotheses), *more):
        demand(is_rigid(t), "{} speaks of the alphabet, of which every size is taken.", t)


@rule()
def on_parts(_: Answers, __: Term, theorem: Theorem, /) -> Outcome:
    """At every size of the alphabet, what holds under hypotheses that do not speak of it."""
    _at_every_size(theorem)
    out = mk("parts", theorem.conclusion)
    return Outcome(theorem.hypotheses, (out,), shown=(out,))


@rule()
def at_size(_: Answers, __: Term, family: Theorem, /) -> Outcome:
    """What holds at every size of the alphabet, at its own."""
    demand(family.conclusion.op == "parts", "{} is not said at every size of the alphabet.", family.conclusion)
    (body,) = family.conclusion.args
    return Outcome(family.hypotheses, (body,), shown=(body,))


@rule()
def sup_upper(_: Answers, c: Term, *premises: Theorem) -> Outcome:
    """A number that is bounded over the sizes of the alphabet is at most its supremum over them."""
    demand(c.op == "le" and c.args[1] is mk("sup", c.args[0]), "{} does not bound a number by its supremum.", c)
    b = c.args[0]
    return Outcome(union(*premises), None, needs=(mk("bounded", b),), shown=tuple(in_order(conditions(b))))


@rule()
def sup_least(_: Answers, __: Term, theorem: Theorem, /) -> Outcome:
    """What bounds a number at every size of the alphabet bounds its supremum, which is a real number."""
    b, _strictly, bound = sides(theorem.conclusion)
    _at_every_size(theorem, bound)
    out = (mk("bounded", b), le(mk("sup", b), bound))
    return Outcome(theorem.hypotheses, out, shown=out)


@rule()
def sup_together(_: Answers, __: Term, theorem: Theorem, /, *nonnegative: Theorem) -> Outcome:
    """What bounds the sum of several sums of nonnegative terms at every size bounds the sum of their suprema.

    The other premises say of each sum that its terms are nonnegative at every size. They do not change with the alphabet: such
    a sum grows with it.
    """
    whole, _strictly, bound = sides(theorem.conclusion)
    demand(whole.op == "add" and all(s.op == "sum" for s in whole.args), "{} is not a sum of sums.", whole)
    _at_every_size(theorem, bound, *(s.args[0] for s in whole.args))
    for s in whole.args:
        grows = mk("parts", every(le(ZERO, s.args[0])))
        demand(any(p.conclusion is grows for p in nonnegative), "no premise says {}.", grows)
    out = (*(mk("bounded", s) for s in whole.args), le(add(*(mk("sup", s) for s in whole.args)), bound))
    return Outcome(union(theorem, *nonnegative), out, shown=out)


@rule(INTERMEDIATE_VALUE, UNIFORM_LIMIT)
def root_of_sup(
    answers: Answers,
    c: Term,
    falling: Theorem,
    above: Theorem,
    below: Theorem,
    ordered: Theorem,
    dominated: Theorem,
    /,
    *premises: Theorem,
) -> Outcome:
    """As `root`, of the supremum f of sums over all sizes of the alphabet.

    The fifth premise says at every size that the terms at x are at least 0 and at most numbers that do not speak of x, whose
    sums are shown to be bounded; the premises show its hypotheses for a <= x <= b. The terms, and these numbers, are the same
    at every size. So f is defined there, and is the uniform limit of the sums, which are continuous.
    """
    return falls_once(answers, c, falling, (above, below, ordered), premises, (dominated,))
