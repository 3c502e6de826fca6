"""Proofs of the rules of letters and variables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from focal_symbolic.logic.coq.bridge import At, Bridge, Put, joined, parts_of
from focal_symbolic.logic.coq.facts import Argument, arguments, in_hypothesis_order, unspoken
from focal_symbolic.logic.coq.place import Place
from focal_symbolic.logic.coq.script import within
from focal_symbolic.logic.coq.statement import CLOSED, Names, number, truth
from focal_symbolic.logic.coq.step import StepWriter, proves
from focal_symbolic.logic.kernel import arbitrary_in
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.rules.quantifiers import everywhere_defined
from focal_symbolic.logic.terms import (
    LETTER,
    NUMBER,
    Key,
    Term,
    abstract,
    every,
    free,
    in_order,
    instantiate,
    mk,
    rebuild,
    subterms,
)

__all__: list[str] = []


@proves("each")
def _each(step: StepWriter, place: Place) -> None:
    family, at = step.premises[0].conclusion, step.arguments["at"]

    def put_in(s: Term) -> None:
        got = place.script.fresh("q")
        place.script.line(f"pose proof ({place.find(every(s))} {number(at)} {within(at)}) as {got}.")
        image = instantiate(s, at)
        place.take(image, place.have(truth(image), At(at).forth(s, got)))

    body = family.args[0]
    put_in(body)
    for d in in_order(conditions(body)):
        if every(d) in conditions(family):
            put_in(d)
    place.finish(step.here(), [instantiate(body, at)], step.conclusion)


@proves("every")
def _every(step: StepWriter, place: Place) -> None:
    body = step.premises[0]
    constant = every(body.conclusion)
    place.prove_later(constant, lambda: f"intros k0 Hk0; exact {place.find(body.conclusion)}")
    place.finish(step.here(), [constant, *arbitrary_in(body)], step.conclusion)


# -- other values ----------------------------------------------------------------------------------------------------------


@proves("instance", "lemma")
def _instance(step: StepWriter, place: Place) -> None:
    mapping: dict[Key, Term] = dict(step.arguments["replace"])
    theorem = step.premises[0]
    bridge, final = Put(mapping), step.here()
    bridge.known = place.find
    spoken = free(theorem.conclusion)
    proofs = [_discharged(place, step, bridge, h) for h in in_hypothesis_order(theorem)]
    bodies = [s.args[2] for h in theorem.hypotheses for s in subterms(h) if s.op == "one"]
    for s in everywhere_defined(mapping, theorem.conclusion, *bodies):
        place.shown(final, s)
    place.defined(final, *(v for k, v in mapping.items() if k in spoken))
    name, head = place.script.fresh("q"), step.heads[0]
    at = unspoken(head.symbols, step.symbols) | {key: _argument(to) for key, to in mapping.items()}
    applied = " ".join([head.name, *arguments(head.symbols, at), *proofs])
    place.script.line(f"pose proof ({applied}) as {name}. cbv beta in {name}.")
    moved = bridge.image(theorem.conclusion)
    parts = parts_of(theorem.conclusion)
    for part, own in zip(parts, place.apart(name, len(parts)), strict=True):
        image = bridge.image(part)
        place.prove_later(image, partial(bridge.forth, part, own))
        if (less := _without_idle(image)) is not image:  # a value without the letter was put in
            place.prove_later(less, partial(_less_of, place, image))
    place.take(moved, place.find(moved))
    place.finish(step.here(shown=(moved,)), [moved], step.conclusion)


def _without_idle(s: Term) -> Term:
    """A condition without those «every» whose letter does not occur."""
    if s.op != "every":
        return s
    body = _without_idle(s.args[0])
    return every(body) if _speaks(body) else instantiate(body, mk("fresh", 0))


def _speaks(body: Term) -> bool:
    return ("fresh", 0) in free(instantiate(body, mk("fresh", 0)))


def _less(s: Term, have: str, depth: int = 0) -> str:
    """The tactic for the condition without idle letters, from the name of the condition."""
    if s.op != "every":
        return f"exact {have}"
    k = f"k{depth}"
    if _speaks(_without_idle(s.args[0])):
        return f"intros {k} H{k}; pose proof ({have} {k} H{k}) as {have}_; {_less(s.args[0], f'{have}_', depth + 1)}"
    return f"pose proof ({have} 0%nat Hn) as {have}_; {_less(s.args[0], f'{have}_', depth)}"


def _less_of(place: Place, s: Term) -> str:
    return _less(s, place.find(s))


def _argument(to: Term) -> Argument:
    return (number(to), within(to)) if to.sort == LETTER else (number(to),)


def _discharged(place: Place, step: StepWriter, bridge: Put, h: Term) -> str:
    """The proof of a hypothesis of the theorem as it is with the values put in."""
    s = bridge.image(h)
    context = step.given(*step.premises[1:])
    if s not in step.theorem.hypotheses:
        if context.shows(s):
            place.shown(context, s)
        else:
            found = next(p.conclusion for p in step.premises[1:] if context.alike(p.conclusion, s))
            place.defined(context, s)
            place.alike(context, found, s)
    tactics = [bridge.back(part, place.find(bridge.image(part))) for part in parts_of(h)]
    goal = joined(["_"] * len(tactics))
    return f"ltac:(cbv beta; refine {goal}; [{' | '.join(tactics)}])" if len(tactics) > 1 else f"ltac:(cbv beta; {tactics[0]})"


# -- equals for equals -----------------------------------------------------------------------------------------------------


def _within(at: Term, names: Names) -> str:
    """The proof that a letter is one of the alphabet, bound ones included."""
    return f"(Hs_{at.args[0]} _ {_within(at.args[1], names)})" if at.op == "image" else f"H{number(at, names)}"


class _Swap(Bridge):
    """One side of an equation or equivalence put for the other, at the letters in which it is arbitrary as well."""

    def __init__(self, place: Place, old: Term, new: Term, names: Sequence[Term], turned: bool):
        super().__init__(CLOSED)
        self.place, self.old, self.new, self.turned = place, old, new, turned
        self.patterns = [(a, abstract(old, a), abstract(new, a)) for a in names if (a.op, a.args[0]) in free(old)]

    def _image(self, t: Term, depth: int) -> Term:
        if t is self.old:
            return self.new
        if t.op in ("one", "finite"):
            return t
        inside = self._inside(t)
        found = next(self._matches(inside), None)
        return inside if found is None else found[2]

    def _inside(self, t: Term) -> Term:
        return rebuild(t, lambda s, *_: self.image(s))  # the depth does not matter: what is put in is closed

    def _matches(self, s: Term) -> Iterator[tuple[Term, Term, Term]]:
        """The letter of a pattern, where it is taken, and what is put there."""
        if s.sort == self.old.sort and s.op == self.old.op:
            at = in_order(x for x in subterms(s) if x.sort == LETTER)
            for a, pattern, body in self.patterns:
                for x in at:
                    if instantiate(pattern, x) is s:
                        yield a, x, instantiate(body, x)

    def _equation(self, a: Term | None = None) -> str:
        """The name of: the old is the new, or for every letter."""
        sides = (self.new, self.old) if self.turned else (self.old, self.new)
        e = mk("eq" if self.old.sort == NUMBER else "iff", *sides)
        return self.place.find(e if a is None else every(abstract(e, a)))

    def _leaf(self, t: Term, names: Names, depth: int) -> str | None:
        if t is self.old:
            return f"{'symmetry; ' if self.turned else ''}exact {self._equation()}"
        inside = self._inside(t)
        found = next(self._matches(inside), None)
        if found is None:
            return None
        a, x, _ = found
        old, new = (At(x, names).number(abstract(s, a)) for s in (self.old, self.new))
        equation = f"({self._equation(a)} {number(x, names)} {_within(x, names)})"
        turn = "eq_sym " if self.turned else ""
        last = f"refine (eq_eq _ _ _ _ ({turn}{equation}) _ _); [{old} | {new}]"
        if inside is t:
            return last
        return f"transitivity {number(inside, names)}; [{self.structure(t, inside, names, depth)} | {last}]"

    def _turn(self, s: Term, have: str, names: Names, depth: int, forth: bool) -> str:
        if s is self.old and s.sort != NUMBER:
            way = "proj1" if forth != self.turned else "proj2"
            return f"exact ({way} {self._equation()} {have})"
        return super()._turn(s, have, names, depth, forth)


@proves("rewrite")
def _rewrite(step: StepWriter, place: Place) -> None:
    equation, theorem = step.premises[:2]
    e, c = equation.conclusion, step.conclusion
    fixed = {key for h in equation.hypotheses for key in free(h)}
    names = [mk(*key) for key in sorted(free(e) - fixed) if key[0] == "letter"]
    for old, new, turned in ((*e.args, False), (*e.args[::-1], True)):
        swap = _Swap(place, old, new, names, turned)
        before, after = swap.image(theorem.conclusion), swap.image(c)
        context = step.here(shown=in_order({before, *conditions(before)}))
        if context.alike(before, after):
            break
    for part in parts_of(theorem.conclusion):
        image = swap.image(part)
        place.prove_later(image, partial(_swapped, place, swap, part))
    place.defined(step.here(), c)
    got = place.alike(context, before, after)
    place.facts.learn(c, place.have(truth(c), swap.back(c, got)))
    place.close(step.here(), c)


def _swapped(place: Place, swap: _Swap, part: Term) -> str:
    return swap.forth(part, place.find(part))
