"""Random points at which hypotheses hold: drawn at random, then moved to where simple hypotheses hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from numeric import SIZES, Place, Point, Vague, holds, number, precision

from focal_symbolic.logic.terms import ONE, Key, Term, free, in_order

POOL = tuple(map(Fraction, ("0", "1", "-1", "2", "3", "-2", "1/2", "1/3", "1/10", "3/4", "4", "1/4")))
SIMPLE = frozenset({"lt", "le", "eq", "ne"})


def _real(rng: Random) -> Fraction:
    kind = rng.random()
    if kind < 0.45:
        return rng.choice(POOL)
    return Fraction(rng.randrange(1, 24), 24) if kind < 0.75 else Fraction(rng.randrange(-36, 72), 12)


def drawn(rng: Random, names: Iterable[Key]) -> Point:
    """A point for these names."""
    n = rng.choice((1, 2, 2, 2, 3, 4))
    at = Point(n, endless=rng.random() < 0.4)
    for kind, name in sorted(names):
        match kind:
            case "var":
                at.reals[name] = _real(rng)
            case "letter":
                at.letters[name] = rng.randrange(n)
            case "entry":
                at.families[name] = [_real(rng) for _ in range(SIZES)]
                if at.endless and rng.random() < 0.6:  # else most sums without end are infinite
                    at.families[name][-1] = Fraction(0)
            case "image":
                at.images[name] = rng.sample(range(n), n) if rng.random() < 0.5 else [rng.randrange(n) for _ in range(n)]
    return at


def names_of(terms: Iterable[Term]) -> frozenset[Key]:
    """The free names of terms."""
    return frozenset[Key]().union(*map(free, terms))


def aimed(rng: Random, names: Iterable[Key], hypotheses: Sequence[Term]) -> Point:
    """A random point, moved to where hypotheses hold that say something simple of a name."""
    at = drawn(rng, names)
    for h in hypotheses:
        if h.op == "eq" and h.args[0].op == "size" and h.args[1].op == "rat" and 0 < h.args[1].args[0] < 9:
            at = _resized(rng, at, h.args[1].args[0])
    for h in sorted(hypotheses, key=lambda h: (h.op == "eq") + (h.op == "eq" and h.args[1] is ONE)):
        if rng.random() < 0.97:
            try:
                _move(rng, at, h)
            except (Vague, ZeroDivisionError):
                continue
    return at


def _resized(rng: Random, at: Point, n: int) -> Point:
    at.n = n
    at.letters = {name: rng.randrange(n) for name in at.letters}
    at.families = {name: [_real(rng) for _ in range(max(n, SIZES))] for name in at.families}
    at.images = {name: rng.sample(range(n), n) for name in at.images}
    return at


def _move(rng: Random, at: Point, h: Term) -> None:
    if h.op in ("and",):
        for part in h.args:
            _move(rng, at, part)
    elif h.op == "every" and h.args[0].op in SIMPLE:
        for place in Place(at).each_letter():
            _move_relation(rng, at, h.args[0], place)
    elif h.op == "parts":
        largest = replace(at, n=SIZES)
        _move(rng, largest, h.args[0])
        at.reals, at.families = largest.reals, largest.families
    elif h.op == "bijection":
        at.images[h.args[0]] = rng.sample(range(at.n), at.n)
    elif h.op in SIMPLE:
        _move_relation(rng, at, h, Place(at))


def _move_relation(rng: Random, at: Point, h: Term, place: Place) -> None:
    """Move a name that stands on one side to where the relation with the other side holds."""
    for side, (name, other) in enumerate((h.args, h.args[::-1])):
        if name.op == "sum" and h.op == "eq" and other is ONE and name.args[0].op == "entry":
            family = at.families[name.args[0].args[0]]
            whole = sum(family[: at.n])
            if whole:
                at.families[name.args[0].args[0]] = [f / whole for f in family]
            return
        if name.op not in ("var", "entry") or (name.op, name.args[0]) in free(other):
            continue
        with precision(64):
            goal = number(other, place)
        if not isinstance(goal, Fraction) or _stands(h.op, *((number(name, place), goal)[:: 1 - 2 * side])):
            if isinstance(goal, Fraction):
                return
            continue
        up = (h.op in ("lt", "le")) == (side == 1)
        gap = rng.choice((Fraction(1, 12), Fraction(1, 2), Fraction(1, 4), Fraction(1), abs(goal) / 2 or Fraction(1)))
        if h.op == "le" and rng.random() < 0.2:
            gap = Fraction(0)
        _assign(at, name, place, goal if h.op == "eq" else goal + gap if up else goal - gap)
        return


def _stands(op: str, a: object, b: object) -> bool:
    if not isinstance(a, Fraction) or not isinstance(b, Fraction):
        return False
    return {"lt": a < b, "le": a <= b, "eq": a == b, "ne": a != b}[op]


def _assign(at: Point, name: Term, place: Place, to: Fraction) -> None:
    if name.op == "var":
        at.reals[name.args[0]] = to
        return
    letter = name.args[1]
    k = (
        place.letters[letter.args[0]]
        if letter.op == "bletter"
        else at.letters.get(letter.args[0])
        if letter.op == "letter"
        else None
    )
    if k is not None:
        family = list(at.families[name.args[0]])
        family[k] = to
        at.families[name.args[0]] = family


def where(rng: Random, hypotheses: Iterable[Term], names: Iterable[Key], tries: int) -> Iterator[Point]:
    """Points at which all hypotheses hold, among so many that are tried."""
    names = frozenset(names)
    ordered = sorted(in_order(hypotheses), key=lambda h: h.nodes)
    for _ in range(tries):
        at = aimed(rng, names, ordered)
        if all(holds(h, at) is True for h in ordered):
            yield at
