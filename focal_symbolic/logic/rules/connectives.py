"""Rules of propositional logic: hypotheses, cases, conjunctions, alternatives, equivalences."""

from __future__ import annotations

from collections.abc import Sequence

from focal_symbolic.errors import Rejected
from focal_symbolic.logic.arithmetic import same
from focal_symbolic.logic.context import Answers
from focal_symbolic.logic.kernel import Outcome, Theorem, demand, here, rule
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.rules.common import common_conditions, given, relation, sides, sign_set, union, without
from focal_symbolic.logic.signs import ANY, NEG, NIL, POS
from focal_symbolic.logic.terms import STATEMENT, Term, in_order, mk, slack

__all__: list[str] = []


@rule()
def hypothesis(_: Answers, c: Term) -> Outcome:
    """A statement under itself as hypothesis: defined and true by assumption."""
    return Outcome(frozenset({c}), (c,))


@rule(on="*" + STATEMENT)
def cases(answers: Answers, c: Term, *branches: Theorem, on: tuple[Term, ...]) -> Outcome:
    """The conclusion from branches, one for each case `on`, each under its case; a last premise may exclude the rest.

    The cases are relations that compare the same two numbers, together they leave no sign of the difference out. D known to
    every branch is handed on.
    """
    demand(0 < len(on) <= len(branches) <= len(on) + 1, "each case needs one branch.")
    difference, covered, left, needs = slack(relation(on[0])), 0, frozenset[Term](), list[Term]()
    for case in on:
        covered |= sign_set(case, difference)
    for excluded in branches[len(on) :]:
        covered |= ANY & ~sign_set(excluded.conclusion, difference)
        left |= excluded.hypotheses
    demand(covered == ANY, "the cases leave a gap.")
    for case, branch in zip(on, branches, strict=False):
        left |= without(answers, branch, case, needs)
    branches = branches[: len(on)]
    _same_everywhere(answers, c, branches)
    return Outcome(left, None, shown=common_conditions(branches), defined=tuple(on), needs=tuple(needs))


def _same_everywhere(answers: Answers, c: Term, branches: Sequence[Theorem]) -> None:
    for b in branches:
        known = b.conclusion is c or here(answers, b.hypotheses, [b]).alike(b.conclusion, c)
        demand(known, "a branch gives {}.", b.conclusion)


@rule(on="*" + STATEMENT)
def trichotomy(answers: Answers, c: Term, *branches: Theorem, on: tuple[Term, ...]) -> Outcome:
    """«A iff B» for two relations, from the order of A's numbers in each of the three orders `on` of B's numbers."""
    demand(c.op == "iff" and len(branches) == len(on) == 3, "a trichotomy is an equivalence from three branches.")
    of_b, of_a = slack(relation(on[0])), slack(relation(branches[0].conclusion))
    left, seen, needs = frozenset[Term](), list[int](), list[Term]()
    for case, branch in zip(on, branches, strict=True):
        m = sign_set(case, of_b)
        demand(m in (NEG, NIL, POS) and sign_set(branch.conclusion, of_a) == m, "a branch breaks the order.")
        left |= without(answers, branch, case, needs)
        seen.append(m)
    demand(sorted(seen) == [NEG, NIL, POS], "the cases leave a gap.")
    for a, b in (c.args, c.args[::-1]):
        if _follows_order(a, of_a, b, of_b):
            return Outcome(left, None, shown=common_conditions(branches), defined=tuple(on), needs=tuple(needs))
    raise Rejected("the branches do not give the equivalence.")


def _follows_order(a: Term, of_a: Term, b: Term, of_b: Term) -> bool:
    try:
        return sign_set(a, of_a) == sign_set(b, of_b)
    except Rejected:
        return False


@rule()
def transfer(answers: Answers, _: Term, equivalence: Theorem, known: Theorem, /) -> Outcome:
    """From «A iff B» and one side the other."""
    demand(equivalence.conclusion.op == "iff", "the first premise is not an equivalence.")
    context = given(answers, equivalence, known)
    a, b = equivalence.conclusion.args
    gives = tuple(y for x, y in ((a, b), (b, a)) if context.alike(known.conclusion, x))
    return Outcome(union(equivalence, known), gives)


@rule()
def implication(answers: Answers, c: Term, theorem: Theorem, /, *premises: Theorem) -> Outcome:
    """«A implies B» from B under A; A must be defined without B, as the other premises may show."""
    demand(c.op == "implies", "the conclusion is not an implication.")
    needs: list[Term] = []
    kept = without(answers, theorem, c.args[0], needs)
    shown = tuple(mk("implies", c.args[0], d) for d in in_order(conditions(theorem.conclusion)))
    gives = (mk("implies", c.args[0], theorem.conclusion),)
    return Outcome(kept | union(*premises), gives, shown=shown, needs=tuple(needs), defined=(c.args[0],))


@rule()
def conjunction(answers: Answers, c: Term, *parts: Theorem) -> Outcome:
    """All premises at once."""
    demand(c.op == "and" and len(parts) == len(c.args), "the conclusion is not the conjunction of the premises.")
    context = given(answers, *parts)
    for a in c.args:
        said = any(p.conclusion is a for p in parts) or any(context.alike(p.conclusion, a) for p in parts)
        demand(said, "no premise says {}.", a)
    return Outcome(union(*parts), None)


@rule()
def part(_: Answers, __: Term, whole: Theorem, /) -> Outcome:
    """One part of a conjunction."""
    demand(whole.conclusion.op == "and", "the premise is not a conjunction.")
    return Outcome(whole.hypotheses, whole.conclusion.args)


@rule()
def alternative(answers: Answers, c: Term, known: Theorem, /, *premises: Theorem) -> Outcome:
    """A disjunction from one of its alternatives; all of them must be defined."""
    demand(c.op == "or", "the conclusion is not a disjunction.")
    context = given(answers, known, *premises)
    demand(any(context.alike(known.conclusion, a) for a in c.args), "the premise is not one of the alternatives.")
    return Outcome(union(known, *premises), None)


@rule()
def either(answers: Answers, c: Term, disjunction: Theorem, /, *branches: Theorem) -> Outcome:
    """The conclusion from a disjunction and one branch under each alternative."""
    alternatives = list(disjunction.conclusion.args)
    demand(disjunction.conclusion.op == "or" and len(branches) == len(alternatives), "each alternative needs one branch.")
    left, needs = disjunction.hypotheses, list[Term]()
    for branch in branches:
        case = next((a for a in alternatives if _is_case(answers, a, branch)), None)
        if case is None:
            raise Rejected("a branch uses no alternative.")
        alternatives.remove(case)
        left |= without(answers, branch, case, needs)
    _same_everywhere(answers, c, branches)
    return Outcome(left, None, shown=common_conditions(branches), needs=tuple(needs))


def _is_case(answers: Answers, case: Term, branch: Theorem) -> bool:
    try:
        without(answers, branch, case, [])
    except Rejected:
        return False
    return True


@rule()
def absurd(_: Answers, c: Term, false: Theorem, /) -> Outcome:
    """Anything from x < x."""
    a, strictly, b = sides(false.conclusion)
    demand(strictly and same(a, b), "{} is not absurd.", false.conclusion)
    return Outcome(false.hypotheses, (c,), shown=tuple(in_order(conditions(c))))
