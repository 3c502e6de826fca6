"""Definitions that statements are shown with, so that they read as the paper does: `loss x gamma`.

Where a number is a definition at some arguments is found by matching, and counts only if the definition's term at these
arguments, joined with what is left over, is literally the number, one interned term. Where SymPy has evaluated an instance
further, it stays as it is. Nothing here is trusted: Coq proves that what is shown says the same as the claim (`readable.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from focal_symbolic.logic.terms import BINDS_LETTER, Key, Malformed, Term, instantiate, mk, rebuild, shift

__all__ = ["Call", "Definition", "Vocabulary", "instance"]

Binding = Mapping[Key, Term]


class Call(NamedTuple):
    """A definition at arguments (numbers; templates for families), and the operation that joins it with a further part."""

    definition: Definition
    arguments: tuple[Term, ...]
    op: str
    rest: tuple[Term, ...]


@dataclass(frozen=True)
class Definition:
    """A named number: a closed term in its parameters, ('var', x) or ('entry', p)."""

    name: str
    parameters: tuple[Key, ...]
    term: Term


def instance(t: Term, binding: Binding, depth: int = 0) -> Term:
    """t with its parameters replaced by numbers and templates; these may speak of letters that are bound outside of t."""
    if t.op in ("var", "entry") and (t.op, t.args[0]) in binding:
        value = shift(binding[t.op, t.args[0]], depth)
        return value if t.op == "var" else instantiate(value.args[0], t.args[1])
    return rebuild(t, lambda a, bound, _: instance(a, binding, depth + bound))


@dataclass(frozen=True)
class Vocabulary:
    """Definitions in an order in which each is said with those before it."""

    definitions: tuple[Definition, ...] = ()
    _found: dict[Term, Call | None] = field(default_factory=dict, compare=False, repr=False)

    def before(self, name: str) -> Vocabulary:
        """The definitions that come before this one."""
        names = [d.name for d in self.definitions]
        return Vocabulary(self.definitions[: names.index(name)])

    def fold(self, t: Term) -> Call | None:
        """The number t as a definition at arguments, joined with a further part; None where it is none."""
        if t not in self._found:
            larger_first = sorted(self.definitions, key=lambda d: -d.term.nodes)
            self._found[t] = next((call for d in larger_first for call in _calls(d, t)), None)
        return self._found[t]


def _calls(definition: Definition, t: Term) -> Iterator[Call]:
    """The calls of one definition that are literally t."""
    op = definition.term.op
    for binding, rest in _matches(definition, t):
        at = instance(definition.term, binding)
        if t is (mk(op, at, *rest) if rest else at):
            yield Call(definition, tuple(binding[key] for key in definition.parameters), op, rest)


def _matches(definition: Definition, t: Term) -> Iterator[tuple[Binding, tuple[Term, ...]]]:
    """Bindings of the parameters that may make t, with the part, or none, that is left over of a sum or product."""
    p, match = definition.term, _Matcher(frozenset(definition.parameters))
    if p.op not in ("add", "mul"):
        yield from ((binding, ()) for binding in match.whole(p, t, {}, 0))
    elif t.op == p.op:
        for binding, rest in match.parts(p, t.args, {}, 0):
            yield binding, (mk(p.op, *rest),) if len(rest) > 1 else rest


@dataclass(frozen=True)
class _Matcher:
    """Matches a definition's parts, `depth` binders inside of it, with parts of a number, for these parameters."""

    keys: frozenset[Key]

    def key(self, p: Term) -> Key | None:
        """The parameter that p is, or None."""
        return (p.op, p.args[0]) if p.op in ("var", "entry") and (p.op, p.args[0]) in self.keys else None

    def whole(self, p: Term, t: Term, binding: Binding, depth: int) -> Iterator[Binding]:
        """Bindings that may make p the term t."""
        key = self.key(p)
        if key is not None:
            value = _value(p, t, depth)
            if value is not None and binding.get(key, value) is value:
                yield {**binding, key: value}
        elif p.op != t.op:
            return
        elif p.op in ("add", "mul"):
            yield from (found for found, rest in self.parts(p, t.args, binding, depth) if not rest)
        elif len(p.args) == len(t.args):
            found = [binding]
            for a, b in zip(p.args, t.args, strict=True):
                inside = depth + (p.op in BINDS_LETTER)
                found = [
                    new for old in found for new in (self.whole(a, b, old, inside) if type(a) is Term else [old] * (a == b))
                ]
            yield from found

    def parts(self, p: Term, ts: tuple[Term, ...], binding: Binding, depth: int) -> Iterator[tuple[Binding, tuple[Term, ...]]]:
        """Each part of the sum or product p with one of ts, parameters last, and what is left over."""
        ps = sorted(p.args, key=lambda s: (self.key(s) is not None, -s.nodes))
        yield from self._parts(p.op, ps, ts, binding, depth)

    def _parts(
        self, op: str, ps: list[Term], ts: tuple[Term, ...], binding: Binding, depth: int
    ) -> Iterator[tuple[Binding, tuple[Term, ...]]]:
        if not ps:
            yield binding, ts
            return
        if len(ps) == 1 and len(ts) > 1 and self.key(ps[0]):  # it may take all that is left
            yield from ((found, ()) for found in self.whole(ps[0], mk(op, *ts), binding, depth))
        for k, t in enumerate(ts):
            for found in self.whole(ps[0], t, binding, depth):
                yield from self._parts(op, ps[1:], ts[:k] + ts[k + 1 :], found, depth)


def _value(p: Term, t: Term, depth: int) -> Term | None:
    """What the parameter p stands for, `depth` binders inside the definition, if it is t there."""
    if p.op == "entry":
        return mk("template", t) if depth == 1 and p.args[1] is mk("bletter", 0) else None
    try:
        return shift(t, -depth)
    except Malformed:  # t speaks of a letter that the definition binds
        return None
