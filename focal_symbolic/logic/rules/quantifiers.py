"""Rules of letters and variables: for every letter, at a letter, at other values, equals for equals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from focal_symbolic.errors import Rejected
from focal_symbolic.logic.context import Answers
from focal_symbolic.logic.kernel import Outcome, Theorem, arbitrary_in, demand, here, rule
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.rules.common import given, union
from focal_symbolic.logic.terms import (
    BINDS_SIZE,
    LETTER,
    Key,
    Term,
    abstract,
    free,
    in_order,
    instantiate,
    is_rigid,
    mk,
    rebuild,
    substitute,
    subterms,
)
from focal_symbolic.logic.terms import (
    every as for_every,
)

__all__: list[str] = []


@rule(at=LETTER)
def each(_: Answers, __: Term, family: Theorem, /, *, at: Term) -> Outcome:
    """What holds for every letter, at the letter `at`."""
    demand(family.conclusion.op == "every", "{} is not for every letter.", family.conclusion)
    return Outcome(family.hypotheses, (instantiate(family.conclusion.args[0], at),))


@rule()
def every(_: Answers, __: Term, body: Theorem, /) -> Outcome:
    """For every letter, what holds at a letter of which no hypothesis speaks (or which does not occur)."""
    return Outcome(body.hypotheses, (for_every(body.conclusion), *arbitrary_in(body)))


@rule(replace="mapping")
def instance(
    answers: Answers, _: Term, theorem: Theorem, /, *premises: Theorem, replace: tuple[tuple[Key, Term], ...]
) -> Outcome:
    """The first premise with other values for its variables, letters and families of numbers.

    Its hypotheses, at these values, are discharged where the other premises show them, and stay otherwise. The values must be
    defined whose names the conclusion speaks of, or the body of an ∃! in a hypothesis: it is false where it is undefined, so
    that it may say of a value outside of the numbers what it says of none. What is put for a family is defined at every size of
    the alphabet, if it is spoken of there.
    """
    mapping = dict(replace)
    demand(len(mapping) == len(replace), "a name is replaced twice.")
    known = given(answers, *premises)
    left = set()
    for h in in_order(theorem.hypotheses):
        s = substitute(h, mapping)
        if not (known.shows(s) or any(known.alike(p.conclusion, s) for p in premises)):
            left.add(s)
    moved = substitute(theorem.conclusion, mapping)
    bodies = [s.args[2] for h in theorem.hypotheses for s in subterms(h) if s.op == "one"]
    spoken = free(theorem.conclusion).union(*map(free, bodies))
    defined = tuple(v for k, v in mapping.items() if k in spoken)
    needs = everywhere_defined(mapping, theorem.conclusion, *bodies)
    return Outcome(union(*premises) | left, (moved,), shown=(moved,), needs=needs, defined=defined)


def everywhere_defined(mapping: Mapping[Key, Term], *spoken: Term) -> tuple[Term, ...]:
    """Where what is put for families is defined at every size of the alphabet, for those that are spoken of there."""
    beyond = frozenset[Key]().union(*(free(s) for t in spoken for s in subterms(t) if s.op in BINDS_SIZE))
    needed = (conditions(v) for k, v in mapping.items() if k in beyond)
    return tuple(in_order(c if is_rigid(c) else mk("parts", c) for c in frozenset[Term]().union(*needed)))


@rule(name="name", replace="mapping")
def lemma(answers: Answers, c: Term, theorem: Theorem, /, *premises: Theorem, replace: tuple[tuple[Key, Term], ...]) -> Outcome:
    """The claim `name` at other values, as by `instance`."""
    return instance(answers, c, theorem, *premises, replace=replace)


@rule()
def rewrite(answers: Answers, c: Term, equation: Theorem, theorem: Theorem, /, *premises: Theorem) -> Outcome:
    """The second premise with one side of an equation, or of an equivalence, put for the other, anywhere.

    Where no hypothesis of the equation speaks of a letter, it may be used at any letter, bound ones included. Bodies of ∃!,
    values by cases and what is read at other sizes of the alphabet are not entered.
    """
    e = equation.conclusion
    demand(e.op in ("eq", "iff"), "{} is neither an equation nor an equivalence.", e)
    fixed = {key for h in equation.hypotheses for key in free(h)}
    names = [mk(*key) for key in sorted(free(e) - fixed) if key[0] == "letter"]
    for old, new in (e.args, e.args[::-1]):
        before, after = _swapped(theorem.conclusion, old, new, names), _swapped(c, old, new, names)
        # Equal numbers are defined together: what the premise needs, the rewritten premise has.
        facts = in_order({before, *conditions(before)})
        used = (equation, theorem, *premises)
        known = here(answers, union(*used), used, facts)
        if known.alike(before, after):
            return Outcome(union(*used), None)
    raise Rejected(f"{e} does not turn {theorem.conclusion} into the conclusion.")


def _swapped(t: Term, old: Term, new: Term, names: Sequence[Term]) -> Term:
    """`old` replaced by `new`, and at every letter for the names in which the equation is arbitrary."""
    patterns = [(abstract(old, a), abstract(new, a)) for a in names if (a.op, a.args[0]) in free(old)]
    memo: dict[Term, Term] = {}

    def go(s: Term, *_: int) -> Term:
        if s is old:
            return new
        if s.op in ("one", "finite") or s.op in BINDS_SIZE:
            return s
        found = memo.get(s)
        if found is None:
            found = rebuild(s, go)
            if found.sort == old.sort and found.op == old.op:
                found = next((body for body in map_patterns(found) if body is not None), found)
            memo[s] = found
        return found

    def map_patterns(s: Term) -> list[Term | None]:
        at = in_order(x for x in subterms(s) if x.sort == LETTER)
        return [instantiate(body, x) for pattern, body in patterns for x in at if instantiate(pattern, x) is s]

    return go(t)
