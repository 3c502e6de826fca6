"""From what Coq says to what is printed: a lemma at other arguments speaks of the same numbers in another order.

Where a lemma is applied to other arguments, or a statement for every letter to a letter, Coq puts them in and leaves the order
of sums and products alone. The term that is printed for it has been sorted again. A `Bridge` knows the image of a term (what is
printed) and writes the tactics that lead from one form to the other. They follow the term, and so never ask how Coq's form is
printed: each operation has one lemma (`library/Bridge.v`), and an order is changed by `ring`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from focal_symbolic.logic.coq.statement import CLOSED, Names, at_size, number
from focal_symbolic.logic.meaning import conditions, power_condition
from focal_symbolic.logic.terms import (
    EXTENDED,
    RELATIONS,
    ZERO,
    Key,
    Term,
    close_real,
    free,
    instantiate,
    mk,
    rebuild,
    substitute,
)

__all__ = ["At", "Bridge", "Closed", "Over", "Put", "Unbridged", "chosen", "joined", "opened", "parts_of", "power"]

_JOIN = {"add": ("Rplus", " + "), "mul": ("Rmult", " * ")}
_FUNCTION = {"rpow": "rpow", "log": "ln", "exp": "exp", "abs": "Rabs"}


class Unbridged(ValueError):
    """There are no tactics for this pair of forms."""


def parts_of(s: Term) -> list[Term]:
    """The parts of P(s), in the order in which they are printed: conditions, then s."""
    return [*sorted(conditions(s), key=lambda c: (c.nodes, c.digest)), s]


def joined(names: Sequence[str]) -> str:
    """A proof of the conjunction of what these prove, nested to the right."""
    out = names[-1]
    for name in reversed(names[:-1]):
        out = f"(conj {name} {out})"
    return out


def chosen(place: int, of: int) -> str:
    """The tactic that goes for one part of a disjunction, nested to the right."""
    return "right; " * place + ("left; " if place < of - 1 else "")


def power(s: Term) -> tuple[Term, Term] | None:
    """Base and exponent, where s says that the power is defined: it is printed as one word."""
    bounds = (
        [r.args[1] for part in s.args if part.op == "and" for r in part.args if r.op == "le" and r.args[0] is ZERO]
        if s.op == "or"
        else []
    )
    return next(((b, e) for b in bounds for e in bounds if power_condition(b, e) is s), None)


def opened(name: str, of: int, between: str = " & ") -> tuple[str, list[str]]:
    """The pattern that takes a conjunction (or, with ` | `, a disjunction) apart, and the names in it."""
    names = [f"{name}_{k}" for k in range(of)]
    if between == " & ":
        return f"({between.join(names)})", names
    pattern = names[-1]
    for part in reversed(names[:-1]):
        pattern = f"[{part} | {pattern}]"
    return pattern, names


class Numbers:
    """Tactics between the form of a number that Coq has, and its image as printed."""

    def __init__(self, names: Names = CLOSED):
        self.names = names
        self._images: dict[tuple[Term, int], Term] = {}

    # -- what a kind of bridge says

    def _image(self, t: Term, depth: int) -> Term:
        raise NotImplementedError

    def _leaf(self, t: Term, names: Names, depth: int) -> str | None:
        """The tactic for a number that is replaced by another one, or None."""
        return None

    def image(self, t: Term, depth: int = 0) -> Term:
        """What is printed for t, which stands below `depth` letters that are bound on the way."""
        found = self._images.get((t, depth))
        if found is None:
            found = self._images[t, depth] = self._image(t, depth)
        return found

    # -- numbers

    def number(self, t: Term, names: Names | None = None, depth: int = 0) -> str:
        """The tactic for «t as Coq has it = its image»."""
        names = names or self.names
        image = self.image(t, depth)
        if image is t:
            return "reflexivity"
        leaf = self._leaf(t, names, depth)
        return self.structure(t, image, names, depth) if leaf is None else leaf

    def structure(self, t: Term, image: Term, names: Names, depth: int) -> str:
        """The tactic for «t as Coq has it = image», whose parts are the images of those of t."""
        a = t.args
        if t.op in _JOIN:
            return self._join(t, image, names, depth)
        if t.op == "ipow":
            power_ = f"{'' if a[1] == -1 else 'apply pow_eq; '}{self.number(a[0], names, depth)}"
            return power_ if a[1] >= 0 else f"apply inv_eq; {power_}"
        if t.op in ("rpow", "log", "exp", "abs", "decl"):
            inside = [self.number(s, names, depth) for s in t.terms]
            head = a[0] if t.op == "decl" else _FUNCTION[t.op]
            return f"apply (cong{len(inside) if len(inside) > 1 else ''} (f := {head})); [{' | '.join(inside)}]"
        if t.op == "sum":
            name, below = _under(names)
            return f"apply rsum_ext; intros {name} H{name}; cbv beta; {self.number(a[0], below, depth + 1)}"
        if t.op == "esum":
            name, below = _under(names)
            return f"apply esum_ext; intros {name} H{name}; cbv beta; {self.value(a[0], below, depth + 1)}"
        if t.op == "cases":
            return self._cases(t, names, depth)
        if t.op == "sup":
            return f"apply sup_eq; {self.at_sizes(t, names, depth)}"
        if t.op in ("var", "entry"):
            return "reflexivity"
        raise Unbridged(f"{t.op} in another form.")

    def at_sizes(self, t: Term, names: Names, depth: int) -> str:
        """The tactic for the same number at every size of the alphabet."""
        below = at_size(names)
        return f"intros {below.size} H{below.size}; cbv beta; {self.number(t.args[0], below, depth)}"

    def _join(self, t: Term, image: Term, names: Names, depth: int) -> str:
        head, sign = _JOIN[t.op]
        images = [self.image(s, depth) for s in t.args]
        inside = [self.number(s, names, depth) for s in t.args]
        chain, plain = inside[0], images[0] is t.args[0]
        for s, tactic, changed in zip(t.args[1:], inside[1:], images[1:], strict=True):
            plain = plain and s is changed
            chain = "reflexivity" if plain else f"apply (cong2 (f := {head})); [{chain} | {tactic}]"
        if image.op == t.op and image.args == tuple(images):
            return chain
        middle = sign.join(number(s, names) for s in images)
        return f"transitivity ({middle}); [{chain} | ring]"

    def value(self, t: Term, names: Names, depth: int) -> str:
        """The same for a value that may be +oo."""
        tactic = self.number(t, names, depth)
        return tactic if t.sort == EXTENDED else f"apply (f_equal Finite); {tactic}"

    def _cases(self, t: Term, names: Names, depth: int) -> str:
        tactic = self.value(t.args[-2], names, depth)
        for value, case in reversed([*zip(t.args[:-2:2], t.args[1:-2:2], strict=True)]):
            parts = [*(self.number(s, names, depth) for s in case.args), self.value(value, names, depth), tactic]
            tactic = f"refine (case_{case.op} _ _ _ _ _ _ _ _ _ _ _ _); [{' | '.join(parts)}]"
        return tactic


class Bridge(Numbers):
    """Tactics between the form of a term that Coq has, and its image as printed.

    `known` names the proofs of conditions that the image has beyond those of the term: those of the values put in.
    """

    known: Callable[[Term], str] | None = None

    def _known(self, condition: Term) -> str:
        if self.known is None:
            raise Unbridged("a condition that the other form does not have.")
        return self.known(condition)

    def forth(self, s: Term, have: str, names: Names | None = None, depth: int = 0) -> str:
        """The tactic for T(image), from a hypothesis that is T(s) as Coq has it."""
        return self._turn(s, have, names or self.names, depth, True)

    def back(self, s: Term, have: str, names: Names | None = None, depth: int = 0) -> str:
        """The tactic for T(s) as Coq has it, from a hypothesis that is T(image)."""
        return self._turn(s, have, names or self.names, depth, False)

    def _turn(self, s: Term, have: str, names: Names, depth: int, forth: bool) -> str:
        image = self.image(s, depth)
        if image is s or s.op in ("true", "bijection"):
            return f"exact {have}"
        pair = power(s)
        if s.op in RELATIONS or pair:
            turn = "" if forth else "symmetry; "
            sides = [turn + self.number(t, names, depth) for t in (pair or s.args)]
            return f"refine ({'pdef' if pair else s.op}_eq _ _ _ _ {have} _ _); [{' | '.join(sides)}]"
        if s.op in ("and", "or"):
            return self._parts(list(s.args), list(image.args), have, names, depth, forth, s.op)
        if s.op == "every":
            name, below = _under(names)
            inside = self._turn(s.args[0], f"{have}_", below, depth + 1, forth)
            return f"intros {name} H{name}; pose proof ({have} {name} H{name}) as {have}_; {inside}"
        if s.op == "not":
            return f"intro {have}_; apply {have}; {self._turn(s.args[0], f'{have}_', names, depth, not forth)}"
        if s.op == "implies":
            a, b = s.args
            return self._through(a, b, have, have, names, depth, forth)
        if s.op == "iff":
            pattern, both = opened(have, 2)
            a, b = s.args
            turned = image.args[0] is not self.image(a, depth)
            there, back = both if forth or not turned else both[::-1]
            ways = [self._through(a, b, there, have, names, depth, forth), self._through(b, a, back, have, names, depth, forth)]
            return f"destruct {have} as {pattern}; split; [{' | '.join(ways[::-1] if turned and forth else ways)}]"
        if s.op == "finite":
            return f"refine (finite_eq _ _ {have} _); {'' if forth else 'symmetry; '}{self.number(s.args[0], names, depth)}"
        if s.op == "bounded":
            turn = "" if forth else "symmetry; "
            return f"refine (finite_eq _ _ {have} _); {turn}apply bound_ext; {self.at_sizes(s, names, depth)}"
        if s.op == "parts":
            below = at_size(names)
            inside = self._turn(s.args[0], f"{have}_", below, depth, forth)
            return f"intros {below.size} H{below.size}; pose proof ({have} {below.size} H{below.size}) as {have}_; {inside}"
        if s.op == "one":
            return self._one(s, image, have, names, depth, forth)
        raise Unbridged(f"{s.op} in another form.")

    def _through(self, a: Term, b: Term, have: str, stem: str, names: Names, depth: int, forth: bool) -> str:
        """An implication of a and b."""
        inside = self._turn(a, f"{stem}_a", names, depth, not forth)
        after = self._turn(b, f"{stem}_b", names, depth, forth)
        return f"intro {stem}_a; pose proof ({have} ltac:({inside})) as {stem}_b; {after}"

    def _parts(self, parts: list[Term], images: list[Term], have: str, names: Names, depth: int, forth: bool, op: str) -> str:
        """A conjunction or a disjunction, the parts of the image in another order."""
        own, other = (parts, images) if forth else (images, parts)
        pattern, found = opened(have, len(own), " & " if op == "and" else " | ")
        of = {self.image(s, depth): s for s in parts}
        if op == "and":
            place = {self.image(s, depth) if forth else s: name for s, name in zip(own, found, strict=True)}
            inside = []
            for s in other:
                source = of.get(s) if forth else s
                tactic = f"exact {self._known(s)}" if source is None else ""
                inside.append(tactic or self._turn(source or s, place[self.image(source or s, depth)], names, depth, forth))
            return f"destruct {have} as {pattern}; refine {joined(['_'] * len(inside))}; [{' | '.join(inside)}]"
        branches = []
        for s, name in zip(own, found, strict=True):
            source = s if forth else of[s]
            at = other.index(self.image(s, depth) if forth else source)
            branches.append(chosen(at, len(other)) + self._turn(source, name, names, depth, forth))
        return f"destruct {have} as {pattern}; [{' | '.join(branches)}]"

    def _one(self, s: Term, image: Term, have: str, names: Names, depth: int, forth: bool) -> str:
        name = f"t{len(names.reals)}"
        own, other = _inside_one(s), _inside_one(image)
        below, below_ = (names._replace(reals=(*names.reals, at)) for at in (name, f"{name}_"))
        there = self._parts(own, other, f"{have}_p", below, depth, forth, "and")
        back = self._parts(own, other, f"{have}_q", below_, depth, not forth, "and")
        return (
            f"destruct {have} as ({name} & {have}_p & {have}_u); exists {name}; split; "
            f"[cbv beta; {there} | intros {name}_ {have}_q; cbv beta in {have}_q; apply {have}_u; {back}]"
        )


def _inside_one(s: Term) -> list[Term]:
    low, high, body = s.args
    at = mk("breal", 0)
    return [mk("le", low, at), mk("le", at, high), *parts_of(body)]


def _under(names: Names) -> tuple[str, Names]:
    name = f"k{len(names.letters)}"
    return name, names._replace(letters=(*names.letters, name))


class At(Bridge):
    """The body of a binder at a letter, or of several at letters, the innermost first."""

    def __init__(self, at: Term | tuple[Term, ...], names: Names = CLOSED):
        super().__init__(names)
        self.at = at if isinstance(at, tuple) else (at,)

    def _image(self, t: Term, depth: int) -> Term:
        for letter in self.at:
            t = instantiate(t, letter, depth)
        return t


class Closed(Bridge):
    """A closed statement with one of its variables bound; the names say what it is called below the binder."""

    def __init__(self, variable: str, names: Names):
        super().__init__(names)
        self.variable = variable

    def _image(self, t: Term, depth: int) -> Term:
        return close_real(t, self.variable)


class Over(Bridge):
    """A closed statement with letters of it bound, the innermost first; the names say what they are called below."""

    def __init__(self, over: tuple[Term, ...], names: Names):
        super().__init__(names)
        self.over = over

    def _image(self, t: Term, depth: int) -> Term:
        if t in self.over:
            return mk("bletter", depth + self.over.index(t))
        if free(t).isdisjoint((a.op, a.args[0]) for a in self.over):
            return t
        return rebuild(t, lambda s, bound, _: self.image(s, depth + bound))


class Put(Bridge):
    """Free names replaced: numbers, letters, and families of numbers by templates."""

    def __init__(self, mapping: dict[Key, Term], names: Names = CLOSED):
        super().__init__(names)
        self.mapping = mapping

    def _image(self, t: Term, depth: int) -> Term:
        return substitute(t, self.mapping)

    def _leaf(self, t: Term, names: Names, depth: int) -> str | None:
        if t.op == "entry" and (template := self.mapping.get(("entry", t.args[0]))) is not None:
            return At(substitute(t.args[1], self.mapping), names).number(template.args[0])
        return None
