"""Proofs of the rules of what is read at every size of the alphabet (`library/Suprema.v`)."""

from __future__ import annotations

from collections.abc import Iterable

from focal_symbolic.logic.coq.bridge import parts_of
from focal_symbolic.logic.coq.facts import arguments, in_hypothesis_order, unspoken
from focal_symbolic.logic.coq.place import Place
from focal_symbolic.logic.coq.script import projections
from focal_symbolic.logic.coq.statement import CLOSED, at_size, number, truth
from focal_symbolic.logic.coq.step import StepWriter, proves
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.rules.common import sides
from focal_symbolic.logic.terms import ZERO, Term, add, every, in_order, is_rigid, le, mk

__all__: list[str] = []

_BELOW = at_size(CLOSED)
SIZE = _BELOW.size
_ANY = {"letter": ("0%nat", f"H{SIZE}"), "image": ("(fun k => k)", "(fun k H => H)")}
"""What is put for the letters, of which the premise does not speak, at another size of the alphabet."""


def _of_size(t: Term) -> str:
    """A number as a function of the size of the alphabet."""
    return f"(fun {SIZE} : nat => {number(t, _BELOW)})"


def _read_at_every_size(step: StepWriter, place: Place) -> None:
    """What the first premise says is known at every size: each part of it, of what speaks of the alphabet."""
    premise, head = step.premises[0], step.heads[0]
    own = unspoken(head.symbols, step.symbols)
    proofs = [place.proof(h) for h in in_hypothesis_order(premise)]
    parts = parts_of(premise.conclusion)
    for size in ("n", SIZE):
        at = own if size == "n" else own | {key: _ANY[key[0]] for key in head.symbols if key[0] in _ANY}
        given = " ".join([head.name, size, f"H{size}", *arguments(head.symbols, at)[2:], *proofs])
        for part, proof in zip(parts, projections(f"({given})", len(parts)), strict=True):
            if size == "n":
                if is_rigid(part):
                    place.facts.learn(part, place.have(truth(part), f"exact {proof}"))
            else:
                whole = mk("parts", part)
                place.facts.learn(whole, place.have(truth(whole), f"intros {SIZE} H{SIZE}; exact {proof}"))


def _learn(place: Place, out: Iterable[Term], tactics: Iterable[str]) -> None:
    for s, tactic in zip(out, tactics, strict=True):
        place.facts.learn(s, place.have(truth(s), tactic))


@proves("on_parts")
def _on_parts(step: StepWriter, place: Place) -> None:
    _read_at_every_size(step, place)
    out = mk("parts", step.premises[0].conclusion)
    place.finish(step.here(shown=(out,)), [out], step.conclusion)


def _at_own_size(place: Place, parts: Iterable[Term]) -> None:
    """What is known at every size is known at the size of the alphabet."""
    for part in parts:
        if part not in place.facts:
            place.take(part, place.have(truth(part), f"exact ({place.find(mk('parts', part))} n Hn)"))


@proves("at_size")
def _at_size(step: StepWriter, place: Place) -> None:
    (body,) = step.premises[0].conclusion.args
    _at_own_size(place, parts_of(body))
    place.finish(step.here(shown=(body,)), [body], step.conclusion)


@proves("sup_upper")
def _sup_upper(step: StepWriter, place: Place) -> None:
    c, context = step.conclusion, step.here()
    b = c.args[0]
    finite = place.shown(context, mk("bounded", b))
    shown = in_order(conditions(b))
    _at_own_size(place, shown)
    _learn(place, [c], [f"exact (sup_above {_of_size(b)} n {finite} Hn)"])
    place.close(step.here(shown=shown), c)


def _bound(place: Place, relation: Term) -> str:
    """The name of: the weak inequality at every size of the alphabet."""
    a, strictly, b = sides(relation)
    name = place.find(mk("parts", relation))
    weak = f"exact ({name} {SIZE} H{SIZE})"
    text = truth(mk("parts", le(a, b)))
    return place.have(text, f"intros {SIZE} H{SIZE}; {'apply Rlt_le; ' if strictly else ''}{weak}")


@proves("sup_least")
def _sup_least(step: StepWriter, place: Place) -> None:
    _read_at_every_size(step, place)
    b, _, bound = sides(step.premises[0].conclusion)
    name = _bound(place, step.premises[0].conclusion)
    out = (mk("bounded", b), le(mk("sup", b), bound))
    given = f"{_of_size(b)} {number(bound)} {name}"
    _learn(place, out, [f"exact (bounded_by {given})", f"exact (sup_at_most {given})"])
    place.finish(step.here(shown=out), out, step.conclusion)


@proves("sup_together")
def _sup_together(step: StepWriter, place: Place) -> None:
    _read_at_every_size(step, place)
    whole, _, bound = sides(step.premises[0].conclusion)
    name = _bound(place, step.premises[0].conclusion)
    texts = [number(s, _BELOW) for s in whole.args]
    grow = [f"(rsum_grows {_terms(s)} {place.find(mk('parts', every(le(ZERO, s.args[0]))))})" for s in whole.args]
    first = f"{_of_size(whole)} {number(bound)} {name}"
    finite, least = place.script.fresh("F"), place.script.fresh("L")
    place.script.line(f"pose proof (bounded_by {first}) as {finite}. pose proof (sup_at_most {first}) as {least}.")
    used, facts = [least], dict[int, str]()
    for k in range(len(texts) - 1, 0, -1):
        before = f"(fun {SIZE} : nat => {' + '.join(texts[:k])})"
        grows = grow[0]
        for j in range(1, k):
            so_far = f"(fun {SIZE} : nat => {' + '.join(texts[:j])})"
            grows = f"(plus_grows {so_far} {_of_size(whole.args[j])} {grows} {grow[j]})"
        names = [place.script.fresh(stem) for stem in "ABC"]
        split = f"sup_plus {before} {_of_size(whole.args[k])} {grows} {grow[k]} {finite}"
        place.script.line(f"destruct ({split}) as ({' & '.join(names)}). cbv beta in {names[2]}.")
        finite, facts[k] = names[0], names[1]
        used.append(names[2])
    facts[0] = finite
    total = le(add(*(mk("sup", s) for s in whole.args)), bound)
    out = (*(mk("bounded", s) for s in whole.args), total)
    tactics = [f"exact {facts[k]}" for k in range(len(texts))]
    _learn(place, out, [*tactics, f"clear - {' '.join(used)}; cbv beta in {least}; lra"])
    place.finish(step.here(shown=out), out, step.conclusion)


def _terms(s: Term) -> str:
    """The terms of a sum as a function of the letter."""
    return f"(fun k0 : nat => {number(s.args[0], _BELOW._replace(letters=('k0',)))})"
