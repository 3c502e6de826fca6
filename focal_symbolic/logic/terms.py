"""Terms: the numbers, letters and statements that the kernel speaks of. They are never evaluated.

A term is an operation and its arguments. Equal terms are one object, so `is` compares them, and nothing is dropped, merged
or worked out when one is made: a factor 0 stays, and so does what it multiplies. Sums and products are flattened and, like
«and», «or» and «iff», sorted by a digest of their parts; that is all.

Bound letters and bound reals are de Bruijn indices (`bletter`, `breal`), each kind with an index space of its own, so that
nothing can be captured. A `fresh` letter is one that a checker chose; statements and arguments of rules never hold one.

What `sup`, `bounded` and `parts` hold is read at every size of the alphabet, not at the size in force around them. It speaks of
no letter from outside, and nothing is put into it that speaks of the alphabet (`is_rigid`).

What each operation means, and where it is defined, is told in `meaning.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from hashlib import blake2b
from math import gcd
from operator import attrgetter
from typing import Any

from focal_symbolic.logic.fuel import spend

__all__ = [
    "EXTENDED",
    "INFINITY",
    "LETTER",
    "MINUS",
    "NUMBER",
    "ONE",
    "RELATIONS",
    "SIGNATURE",
    "SIZE",
    "STATEMENT",
    "TEMPLATE",
    "TRUE",
    "ZERO",
    "Key",
    "Malformed",
    "Term",
    "abstract",
    "add",
    "close_real",
    "derivative",
    "eq",
    "every",
    "free",
    "in_order",
    "instantiate",
    "ipow",
    "is_rigid",
    "is_stated",
    "le",
    "letters",
    "lt",
    "mk",
    "mul",
    "ne",
    "neg",
    "negated",
    "open_real",
    "rat",
    "rebuild",
    "rpow",
    "slack",
    "sub",
    "substitute",
    "subterms",
    "total",
    "value",
]

NUMBER, EXTENDED, LETTER, STATEMENT, TEMPLATE = "number", "extended", "letter", "statement", "template"
"""The sorts. EXTENDED: a value in (-oo, +oo], which only `finite` and sums take. TEMPLATE: a number with one letter open."""

Sort = str
_ANY_VALUE = "value"  # NUMBER or EXTENDED

SIGNATURE: dict[str, tuple[Sort, tuple[Any, ...]]] = {
    "rat": (NUMBER, (int, int)),
    "var": (NUMBER, (str,)),
    "size": (NUMBER, ()),
    "breal": (NUMBER, (int,)),
    "letter": (LETTER, (str,)),
    "fresh": (LETTER, (int,)),
    "bletter": (LETTER, (int,)),
    "image": (LETTER, (str, LETTER)),
    "entry": (NUMBER, (str, LETTER)),
    "add": (NUMBER, (NUMBER, NUMBER, "*")),
    "mul": (NUMBER, (NUMBER, NUMBER, "*")),
    "ipow": (NUMBER, (NUMBER, int)),
    "rpow": (NUMBER, (NUMBER, NUMBER)),
    "log": (NUMBER, (NUMBER,)),
    "exp": (NUMBER, (NUMBER,)),
    "abs": (NUMBER, (NUMBER,)),
    "sum": (NUMBER, (NUMBER,)),
    "decl": (NUMBER, (str, NUMBER, "*")),
    "sup": (NUMBER, (NUMBER,)),
    "oo": (EXTENDED, ()),
    "cases": (EXTENDED, (_ANY_VALUE, STATEMENT, _ANY_VALUE, STATEMENT, "**")),
    "esum": (EXTENDED, (EXTENDED,)),
    "lt": (STATEMENT, (NUMBER, NUMBER)),
    "le": (STATEMENT, (NUMBER, NUMBER)),
    "eq": (STATEMENT, (NUMBER, NUMBER)),
    "ne": (STATEMENT, (NUMBER, NUMBER)),
    "and": (STATEMENT, (STATEMENT, STATEMENT, "*")),
    "or": (STATEMENT, (STATEMENT, STATEMENT, "*")),
    "not": (STATEMENT, (STATEMENT,)),
    "implies": (STATEMENT, (STATEMENT, STATEMENT)),
    "iff": (STATEMENT, (STATEMENT, STATEMENT)),
    "every": (STATEMENT, (STATEMENT,)),
    "one": (STATEMENT, (NUMBER, NUMBER, STATEMENT)),
    "bijection": (STATEMENT, (str,)),
    "finite": (STATEMENT, (EXTENDED,)),
    "bounded": (STATEMENT, (NUMBER,)),
    "parts": (STATEMENT, (STATEMENT,)),
    "true": (STATEMENT, ()),
    "template": (TEMPLATE, (NUMBER,)),
}
"""Operation: its sort and the sorts of its arguments; "*" repeats the sort before it, "**" the last two. int, str: literal."""

BINDS_LETTER = frozenset({"sum", "esum", "every", "template"})
BINDS_REAL = {"one": 2}  # the place of the argument that the binder reaches
BINDS_SIZE = frozenset({"sup", "bounded", "parts"})
RELATIONS = frozenset({"lt", "le", "eq", "ne"})
_FLAT, _UNORDERED = frozenset({"add", "mul"}), frozenset({"add", "mul", "and", "or", "iff"})
_LITERAL = frozenset(op for op, (_, sorts) in SIGNATURE.items() if int in sorts or str in sorts)
_NAMED = frozenset({"var", "letter", "image", "entry", "decl", "bijection"})
_OF_ALPHABET = frozenset({"size", "sum", "esum", "every", "letter", "fresh", "image", "bijection"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")

DEPTH, NODES, BITS, EXPONENT = 100, 10**5, 8192, 10**5
"""What a term may be at the most: levels, nodes (each as often as it occurs), bits of a rational, an integer exponent."""

Key = tuple[str, str]
"""A free name with its kind: var, letter, entry (a family of numbers), image (a family of letters)."""


class Malformed(ValueError):
    """What was to be made is no term."""


class Term:
    """A number, letter, statement or template; made by `mk` alone, and the same object whenever it is made again."""

    __slots__ = ("_free", "args", "depth", "digest", "loose", "nodes", "op", "sort")
    op: str
    args: tuple[Any, ...]
    sort: Sort
    digest: bytes
    loose: tuple[int, int]
    depth: int
    nodes: int
    _free: frozenset[tuple[str, Any]] | None

    def __new__(cls, *_: object) -> Term:
        raise Malformed("a term is made by mk.")

    def __setattr__(self, name: str, to: object) -> None:
        raise Malformed("a term does not change.")

    def __reduce__(self) -> tuple[Any, ...]:
        return mk, (self.op, *self.args)

    def __copy__(self) -> Term:
        return self

    def __deepcopy__(self, _: object) -> Term:
        return self

    def __repr__(self) -> str:
        from focal_symbolic.logic.display import show  # noqa: PLC0415  (for messages only: a judge loads it where it refuses)

        return show(self)

    @property
    def terms(self) -> list[Term]:
        """The arguments that are terms."""
        return [a for a in self.args if type(a) is Term]


_TABLE: dict[tuple[Any, ...], Term] = {}


_digest = attrgetter("digest")


def mk(op: str, *args: Any) -> Term:
    """The term of this operation and these arguments.

    Raises Malformed if there is no such operation, an argument is of another sort or type, a name does not match
    `[A-Za-z][A-Za-z0-9_]*`, a fraction is not in lowest terms, or the term is beyond DEPTH, NODES, BITS or EXPONENT.
    """
    if op in _FLAT:
        flat: list[Any] = []
        for a in args:
            if type(a) is Term and a.op == op:
                flat += a.args
            else:
                flat.append(a)
        args = tuple(flat)
    spend(1 + len(args))
    try:
        if op in _UNORDERED:
            args = tuple(sorted(args, key=_digest))
        key = (op, *args)
        found = _TABLE.get(key)
    except (TypeError, AttributeError):
        raise Malformed(f"{op} takes other arguments.") from None
    # True == 1 as a key: where there are literals, a hit counts only if the types are the same as well.
    if found is not None and (op not in _LITERAL or [*map(type, found.args)] == [*map(type, args)]):
        return found
    return _make(op, args, key)


def _make(op: str, args: tuple[Any, ...], key: tuple[Any, ...]) -> Term:
    if type(op) is not str or op not in SIGNATURE:
        raise Malformed("there is no such operation.")
    sort, sorts = SIGNATURE[op]
    _fit(op, args, sorts)
    h = blake2b(op.encode(), digest_size=8)
    letters_, reals, depth, nodes = 0, 0, 0, 1
    for place, a in enumerate(args):
        if type(a) is Term:
            h.update(a.digest)
            letters_ = max(letters_, a.loose[0] - (op in BINDS_LETTER))
            reals = max(reals, a.loose[1] - (BINDS_REAL.get(op) == place))
            depth, nodes = max(depth, a.depth), nodes + a.nodes
        else:
            h.update(repr(a).encode())
        h.update(b"|")
    if depth >= DEPTH or nodes > NODES:
        raise Malformed(f"a term has at most {DEPTH} levels and {NODES} nodes.")
    if op == "bletter":
        letters_ = args[0] + 1
    elif op == "breal":
        reals = args[0] + 1
    t = object.__new__(Term)
    for name, to in zip(Term.__slots__, (None, args, depth + 1, h.digest(), (letters_, reals), nodes, op, sort), strict=True):
        object.__setattr__(t, name, to)
    _TABLE[key] = t
    return t


def _fit(op: str, args: tuple[Any, ...], sorts: tuple[Any, ...]) -> None:
    """Raise Malformed unless the arguments are of these sorts and within bounds."""
    if sorts and sorts[-1] in ("*", "**"):
        width = len(sorts[-1])
        head = sorts[:-1]
        sorts = head + head[-width:] * ((len(args) - len(head)) // width)
    if len(sorts) != len(args):
        raise Malformed(f"{op} takes another number of arguments.")
    for a, s in zip(args, sorts, strict=True):
        if isinstance(s, type):
            fits = type(a) is s
        else:
            fits = type(a) is Term and (a.sort == s or (s == _ANY_VALUE and a.sort in (NUMBER, EXTENDED)))
        if not fits:
            raise Malformed(f"{op} takes other arguments: {s} is asked for.")
    if op in _NAMED and not _NAME.fullmatch(args[0]):
        raise Malformed(f"«{args[0]}» is no name; names are letters, digits and _, and begin with a letter.")
    if op in ("fresh", "bletter", "breal") and not 0 <= args[0] < NODES:
        raise Malformed(f"{op} takes another number.")
    if op == "rat":
        if args[1] < 1 or max(abs(args[0]), args[1]).bit_length() > BITS:
            raise Malformed(f"a rational has a positive denominator and at most {BITS} bits.")
        if gcd(*args) != 1:
            raise Malformed("a rational is in lowest terms.")
    if op == "ipow" and abs(args[1]) > EXPONENT:
        raise Malformed(f"an exponent is at most {EXPONENT}.")
    if op in BINDS_SIZE and (args[0].loose[0] or any(kind in _OF_ALPHABET for kind, _ in free(args[0]))):
        raise Malformed(f"{op} speaks of no letter from outside.")
    if op == "cases" and args[-1].op != "true":
        raise Malformed("the last case of a value by cases is «true».")


# -- constructors ----------------------------------------------------------------------------------------------------------


def rat(number: int | Fraction) -> Term:
    """The rational number as a term."""
    return mk("rat", *number.as_integer_ratio())


ZERO, ONE, MINUS, SIZE, TRUE, INFINITY = rat(0), rat(1), rat(-1), mk("size"), mk("true"), mk("oo")


def value(t: Term) -> Fraction | None:
    """The number of a rational term."""
    return Fraction(*t.args) if t.op == "rat" else None


def add(*terms: Term) -> Term:
    """The sum; that of one term is the term, that of none 0."""
    return mk("add", *terms) if len(terms) > 1 else terms[0] if terms else ZERO


def mul(*terms: Term) -> Term:
    """The product; that of one term is the term, that of none 1."""
    return mk("mul", *terms) if len(terms) > 1 else terms[0] if terms else ONE


def neg(t: Term) -> Term:
    """-t, as a rational or a product with -1."""
    return rat(-Fraction(*t.args)) if t.op == "rat" else mul(MINUS, t)


def sub(a: Term, b: Term) -> Term:
    """a - b; a where b is the term 0, and -b where a is."""
    return a if b is ZERO else neg(b) if a is ZERO else add(a, neg(b))


def ipow(base: Term, exponent: int) -> Term:
    """The integer power base^exponent."""
    return mk("ipow", base, exponent)


def rpow(base: Term, exponent: Term) -> Term:
    """The real power base^exponent."""
    return mk("rpow", base, exponent)


def total(body: Term) -> Term:
    """The sum of `body`, whose letter 0 is open, over the alphabet."""
    return mk("sum", body)


def lt(a: Term, b: Term) -> Term:
    """a < b."""
    return mk("lt", a, b)


def le(a: Term, b: Term) -> Term:
    """a <= b."""
    return mk("le", a, b)


def eq(a: Term, b: Term) -> Term:
    """a = b."""
    return mk("eq", a, b)


def ne(a: Term, b: Term) -> Term:
    """a != b."""
    return mk("ne", a, b)


def every(body: Term) -> Term:
    """`body`, whose letter 0 is open, holds at each letter of the alphabet."""
    return mk("every", body)


def slack(relation: Term) -> Term:
    """What the relation says is > 0 or >= 0 (larger - smaller), = 0 or != 0 (left - right)."""
    a, b = relation.args
    return sub(b, a) if relation.op in ("lt", "le") else sub(a, b)


def negated(relation: Term) -> Term:
    """The relation that holds exactly where this one, defined, does not."""
    a, b = relation.args
    return {"lt": le(b, a), "le": lt(b, a), "eq": ne(a, b), "ne": eq(a, b)}[relation.op]


# -- free names ------------------------------------------------------------------------------------------------------------

_NOTHING: frozenset[tuple[str, Any]] = frozenset()


def free(t: Term) -> frozenset[tuple[str, Any]]:
    """The free names, each with its kind: var, letter, fresh, entry (a family of numbers), image (a family of letters)."""
    found = t._free
    if found is None:
        found = _NOTHING.union(*(free(a) for a in t.args if type(a) is Term))
        if t.op in ("var", "letter", "fresh", "entry", "image"):
            found |= {(t.op, t.args[0])}
        elif t.op == "bijection":
            found |= {("image", t.args[0])}
        object.__setattr__(t, "_free", found)
    return found


def letters(t: Term) -> frozenset[Term]:
    """The letters that t speaks of, images included, bound ones not."""
    return frozenset(s for s in subterms(t) if s.sort == LETTER and not s.loose[0])


def is_stated(t: Term) -> bool:
    """Whether t may stand in a statement or an argument: nothing loose, and no letter of a checker's own."""
    return t.loose == (0, 0) and all(kind != "fresh" for kind, _ in free(t))


def is_rigid(t: Term) -> bool:
    """Whether t says the same at every size of the alphabet: outside of what is read at every size it does not speak of it."""
    spend(1)
    return t.op in BINDS_SIZE or (t.op not in _OF_ALPHABET and all(map(is_rigid, t.terms)))


def subterms(t: Term) -> Iterator[Term]:
    """t and its parts, each once, bodies of binders as they stand."""
    stack, seen = [t], set[Term]()
    while stack:
        s = stack.pop()
        spend(1)
        yield s
        for a in s.args:
            if type(a) is Term and a not in seen:
                seen.add(a)
                stack.append(a)


# -- substitution ----------------------------------------------------------------------------------------------------------


def rebuild(t: Term, part: Callable[[Term, int, int], Term]) -> Term:
    """t with part(child, letters bound, reals bound) for each child: how many more binders the child is under than t."""
    letter, real = t.op in BINDS_LETTER, BINDS_REAL.get(t.op)
    out = tuple([part(a, letter, real == place) if type(a) is Term else a for place, a in enumerate(t.args)])
    return t if out == t.args else mk(t.op, *out)


def shift(t: Term, by: int, depth: int = 0) -> Term:
    """The loose letters from `depth` on moved by `by`."""
    if t.loose[0] <= depth:
        return t
    if t.op == "bletter":
        return mk("bletter", t.args[0] + by)
    return rebuild(t, lambda a, bound, _: shift(a, by, depth + bound))


def instantiate(body: Term, at: Term, depth: int = 0) -> Term:
    """The body of a binder with its letter replaced by `at`; letters bound further out come one closer."""
    if body.loose[0] <= depth:
        return body
    if body.op == "bletter":
        index = body.args[0]
        return shift(at, depth) if index == depth else mk("bletter", index - 1)
    return rebuild(body, lambda a, bound, _: instantiate(a, at, depth + bound))


def abstract(t: Term, at: Term) -> Term:
    """The body that binds the letter `at`, free or fresh, in the closed term t. Raises Malformed where t is not closed."""
    if t.loose[0] or at.op not in ("letter", "fresh"):
        raise Malformed("only a free letter of a closed term is bound.")
    return _abstract(t, at, 0)


def _abstract(t: Term, at: Term, depth: int) -> Term:
    if (at.op, at.args[0]) not in free(t):
        return t
    return mk("bletter", depth) if t is at else rebuild(t, lambda a, bound, _: _abstract(a, at, depth + bound))


def open_real(body: Term, at: Term, depth: int = 0) -> Term:
    """The body of a binder of a real with its number replaced by the closed number `at`."""
    if at.loose != (0, 0):
        raise Malformed("only a closed number is put in for a bound real.")
    if body.loose[1] <= depth:
        return body
    if body.op == "breal":
        return at if body.args[0] == depth else mk("breal", body.args[0] - 1)
    _enter(body, at)
    return rebuild(body, lambda a, _, bound: open_real(a, at, depth + bound))


def _enter(t: Term, *put: Term) -> None:
    """Raise Malformed where what is put into t would be read at other sizes of the alphabet than its own."""
    if t.op in BINDS_SIZE and not all(map(is_rigid, put)):
        raise Malformed("what speaks of the alphabet is not put into what is read at every size of it.")


def close_real(t: Term, name: str) -> Term:
    """The body that binds the variable `name` in the closed term t. Raises Malformed where t is not closed."""
    if t.loose[1]:
        raise Malformed("only a variable of a closed term is bound.")
    return _close_real(t, ("var", name), 0)


def _close_real(t: Term, key: Key, depth: int) -> Term:
    if key not in free(t):
        return t
    return mk("breal", depth) if t.op == "var" else rebuild(t, lambda a, _, bound: _close_real(a, key, depth + bound))


def substitute(t: Term, mapping: Mapping[Key, Term]) -> Term:
    """Free names replaced: ('var', x) by a number, ('letter', i) by a letter, ('entry', p) by a template; all closed.

    A family of letters has one identity and is not replaced.
    """
    if any(to.loose != (0, 0) for to in mapping.values()):
        raise Malformed("only closed terms are put in.")
    keys = mapping.keys()
    memo: dict[Term, Term] = {}

    def go(s: Term, *_: int) -> Term:
        if keys.isdisjoint(free(s)):
            return s
        found = memo.get(s)
        if found is None:
            if s.op in ("var", "letter"):
                found = mapping[s.op, s.args[0]]
            elif s.op == "entry" and (s.op, s.args[0]) in mapping:
                found = instantiate(mapping[s.op, s.args[0]].args[0], go(s.args[1]))
            else:
                _enter(s, *(to for key, to in mapping.items() if key in free(s)))
                found = rebuild(s, go)
            memo[s] = found
        return found

    return go(t)


# -- calculus --------------------------------------------------------------------------------------------------------------


def derivative(t: Term, x: str) -> Term:
    """d t / d x, where t is differentiable in x. Raises Malformed at an operation that is not differentiated."""
    key = ("var", x)
    if key not in free(t):
        return ZERO
    a = t.args
    match t.op:
        case "var":
            return ONE
        case "add":
            return add(*(derivative(s, x) for s in a if key in free(s)))
        case "mul":
            return add(*(mul(derivative(s, x), *a[:k], *a[k + 1 :]) for k, s in enumerate(a) if key in free(s)))
        case "ipow":
            return mul(rat(a[1]), ipow(a[0], a[1] - 1), derivative(a[0], x))
        case "rpow":
            below = mul(a[1], rpow(a[0], sub(a[1], ONE)), derivative(a[0], x)) if key in free(a[0]) else ZERO
            above = mul(t, mk("log", a[0]), derivative(a[1], x)) if key in free(a[1]) else ZERO
            return add(below, above)
        case "log":
            return mul(ipow(a[0], -1), derivative(a[0], x))
        case "exp":
            return mul(t, derivative(a[0], x))
        case "sum":
            return total(derivative(a[0], x))
    raise Malformed(f"{t.op} is not differentiated.")


def in_order(terms: Iterable[Term]) -> list[Term]:
    """Terms in the order of their digests: that of a set of them differs between processes."""
    return sorted(terms, key=_digest)
