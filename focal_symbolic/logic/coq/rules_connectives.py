"""Proofs of the rules of propositional logic."""

from __future__ import annotations

from collections.abc import Sequence

from focal_symbolic.logic.arithmetic import same
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.coq.bridge import chosen, joined, opened, parts_of, power
from focal_symbolic.logic.coq.place import Place
from focal_symbolic.logic.coq.scope import Unproved
from focal_symbolic.logic.coq.statement import number, proposition, truth
from focal_symbolic.logic.coq.step import StepWriter, proves
from focal_symbolic.logic.kernel import Theorem
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.rules.common import _says, common_conditions
from focal_symbolic.logic.terms import Term, in_order, mk, neg, slack

__all__ = ["alternatives"]


@proves("hypothesis")
def _hypothesis(step: StepWriter, place: Place) -> None:
    place.script.line(f"exact {place.proof(step.conclusion)}.")


# -- branches --------------------------------------------------------------------------------------------------------------


def _used(step: StepWriter, branch: Theorem, case: Term) -> list[Term]:
    """The hypotheses of a branch that say what its case says."""
    return [h for h in in_order(branch.hypotheses) if h is case or (h.op == case.op and _says(step.answers, case, h))]


def _under(step: StepWriter, place: Place, context: Context, m: int, case: Term, name: str) -> Place:
    """The place further in at which a case is known by this name, and what branch m says."""
    inner = place.inner()
    for d in in_order(conditions(case)):
        inner.facts.learn(d, place.find(d))
    inner.take(case, name)
    also = {}
    for h in _used(step, step.premises[m], case):
        for d in in_order(conditions(h) - conditions(case)):
            inner.shown(context, d)
        inner.alike(Context(step.answers, [case, *in_order(conditions(h))]), case, h)
        also[h] = joined([inner.find(part) for part in parts_of(h)])
        inner.whole[h] = also[h]
    inner.assume(step.premises[m].conclusion, inner.posed(m, also))
    return inner


def _conclude_branch(step: StepWriter, inner: Place, m: int, shown: Sequence[Term]) -> None:
    """Close P(conclusion) where branch m says it."""
    branch = step.premises[m]
    inner.defined(step.here(shown=shown), step.conclusion)
    if branch.conclusion is not step.conclusion:
        inner.alike(step.given(branch), branch.conclusion, step.conclusion)
    inner.close(step.here(shown=shown), step.conclusion)


@proves("cases")
def _cases(step: StepWriter, place: Place) -> None:
    on: tuple[Term, ...] = step.arguments["on"]
    context, zero = step.here(), slack(on[0])
    place.defined(context, *on)
    shown = common_conditions(step.premises[: len(on)])
    names = []
    for m, case in enumerate(on):
        name = place.script.fresh("t")
        inner = _under(step, place, context, m, case, name)
        _conclude_branch(step, inner, m, shown)
        goal = proposition(step.conclusion)
        names.append(place.have(f"{truth(case)} -> {goal}", f"intro {name}. {inner.script}"))
    excluded = [place.find(p.conclusion) for p in step.premises[len(on) :]]
    relations = [*on, *(p.conclusion for p in step.premises[len(on) :])]
    equations = _same_numbers(place, context, relations, zero)
    keep = " ".join([*names, *excluded, *equations])
    tries = " | ".join(f"apply {name}; by_sign" for name in names)
    place.script.line(
        f"clear - {keep}. destruct (sign_of {number(zero)}) as [T | [T | T]]; first [ {tries} | exfalso; by_sign ]."
    )


def _same_numbers(place: Place, context: Context, relations: Sequence[Term], of: Term) -> list[str]:
    """The names of equations: the slack of each relation is the number, or its negation."""
    out = []
    for r in relations:
        if slack(r) is not of:
            out.append(place.same(context, slack(r), of if same(slack(r), of) else neg(of)))
    return out


@proves("trichotomy")
def _trichotomy(step: StepWriter, place: Place) -> None:
    on: tuple[Term, ...] = step.arguments["on"]
    context, zero = step.here(), slack(on[0])
    place.defined(context, *on)
    shown = common_conditions(step.premises)
    goal = proposition(step.conclusion)
    equations, names = _same_numbers(place, context, on, zero), []
    for m, case in enumerate(on):
        name = place.script.fresh("t")
        inner = _under(step, place, context, m, case, name)
        inner.defined(step.here(shown=shown), step.conclusion)
        branch = step.premises[m].conclusion
        pairs = _two_numbers(inner, step.here(shown=shown), step.conclusion, zero, slack(branch))
        keep = " ".join([name, inner.find(branch), *_same_numbers(inner, context, [case], zero), *pairs])
        inner.facts[step.conclusion] = inner.have(truth(step.conclusion), f"clear - {keep}; split; intro; by_sign")
        inner.close(step.here(shown=shown), step.conclusion)
        names.append(place.have(f"{truth(case)} -> {goal}", f"intro {name}. {inner.script}"))
    tries = " | ".join(f"apply {name}; by_sign" for name in names)
    place.script.line(
        f"clear - {' '.join([*names, *equations])}. destruct (sign_of {number(zero)}) as [T | [T | T]]; first [ {tries} ]."
    )


def _two_numbers(place: Place, context: Context, c: Term, one: Term, other: Term) -> list[str]:
    """Each side of the equivalence compares one of the two numbers: the equations that say so."""
    out = []
    for r in c.args:
        for of in (one, other):
            s = slack(r)
            if same(s, of) or same(s, neg(of)):
                out += _same_numbers(place, context, [r], of)
                break
    return out


def alternatives(s: Term) -> list[Term]:
    """The alternatives of a disjunction, in the order in which Coq has them."""
    pair = power(s)
    if pair is None:
        return [*s.args]
    return sorted(s.args, key=lambda a: a.op == "and")


@proves("either")
def _either(step: StepWriter, place: Place) -> None:
    disjunction = step.premises[0].conclusion
    context, left = step.here(), list(disjunction.args)
    shown = common_conditions(step.premises[1:])
    goal = proposition(step.conclusion)
    names: dict[Term, str] = {}
    for m, branch in enumerate(step.premises[1:], 1):
        case = next(a for a in left if _used(step, branch, a))
        left.remove(case)
        name = place.script.fresh("t")
        inner = _under(step, place, context, m, case, name)
        _conclude_branch(step, inner, m, shown)
        names[case] = place.have(f"{truth(case)} -> {goal}", f"intro {name}. {inner.script}")
    found, copy = alternatives(disjunction), place.script.fresh("p")
    pattern, own = opened(copy, len(found), " | ")
    of = place.find(disjunction)
    closing = [f"apply {names[a]}; {'tauto' if power(disjunction) else f'exact {x}'}" for a, x in zip(found, own, strict=True)]
    unfold = f"unfold pdef in {copy}; " if power(disjunction) else ""
    place.script.line(f"pose proof {of} as {copy}. {unfold}destruct {copy} as {pattern}; [ {' | '.join(closing)} ].")


# -- the others ------------------------------------------------------------------------------------------------------------


@proves("transfer")
def _transfer(step: StepWriter, place: Place) -> None:
    equivalence, known = (p.conclusion for p in step.premises)
    context = step.given(*step.premises)
    a, b = equivalence.args
    gives = []
    for x, y, way in ((a, b, "proj1"), (b, a, "proj2")):
        if context.alike(known, x):
            place.facts.learn(
                y, place.have(truth(y), f"exact ({way} {place.find(equivalence)} {place.alike(context, known, x)})")
            )
            gives.append(y)
    place.finish(step.here(), gives, step.conclusion)


@proves("implication")
def _implication(step: StepWriter, place: Place) -> None:
    case, theorem = step.conclusion.args[0], step.premises[0]
    context = step.here()
    place.defined(context, case)
    name = place.script.fresh("t")
    inner = _under(step, place, context, 0, case, name)
    inner.script.line(f"exact {joined([inner.find(part) for part in parts_of(theorem.conclusion)])}.")
    parts = parts_of(theorem.conclusion)
    whole = place.have(f"{truth(case)} -> {proposition(theorem.conclusion)}", f"intro {name}. {inner.script}")
    for part in parts:
        s = mk("implies", case, part)
        pattern, own = opened("p", len(parts))
        tactic = (
            f"intro {name}; destruct ({whole} {name}) as {pattern}; exact {own[parts.index(part)]}"
            if len(parts) > 1
            else f"exact {whole}"
        )
        place.facts.learn(s, place.have(truth(s), tactic))
    shown = tuple(mk("implies", case, d) for d in in_order(conditions(theorem.conclusion)))
    place.finish(step.here(shown=shown), [mk("implies", case, theorem.conclusion)], step.conclusion)


@proves("conjunction")
def _conjunction(step: StepWriter, place: Place) -> None:
    context = step.given(*step.premises)
    place.defined(step.here(), step.conclusion)
    names = []
    for a in step.conclusion.args:
        found = next(p.conclusion for p in step.premises if context.alike(p.conclusion, a))
        names.append(place.alike(context, found, a))
    place.facts.learn(step.conclusion, place.have(truth(step.conclusion), f"exact {joined(names)}"))
    place.close(step.here(), step.conclusion)


@proves("part")
def _part(step: StepWriter, place: Place) -> None:
    place.finish(step.here(), step.premises[0].conclusion.args, step.conclusion)


@proves("alternative")
def _alternative(step: StepWriter, place: Place) -> None:
    context, c, known = step.given(*step.premises), step.conclusion, step.premises[0].conclusion
    place.defined(step.here(), c)
    found = alternatives(c)
    k = next((k for k, a in enumerate(found) if context.alike(known, a)), None)
    if k is None:
        raise Unproved("none of the alternatives is known.")
    name = place.alike(context, known, found[k])
    close = "tauto" if power(c) else f"exact {name}"
    unfold = "unfold pdef; " if power(c) else ""
    place.facts.learn(c, place.have(truth(c), f"{unfold}{chosen(k, len(found))}{close}"))
    place.close(step.here(), c)


@proves("absurd")
def _absurd(step: StepWriter, place: Place) -> None:
    false = step.premises[0].conclusion
    a, b = false.args
    names = [place.find(false)]
    if a is not b:
        names.append(place.same(step.here(), a, b))
    place.script.line(f"exfalso. clear - {' '.join(names)}. lra.")
