"""Terms as one line of text, for messages. Nothing is judged by it.

It stands below the terms, which show themselves by it, and reads of one only what it holds: no term is made here.

Bound letters and reals are shown by names that the term does not hold: `sum over i of p[i]*log(q[i])`. What stands in a term is
shown as it stands, so that two terms that the kernel tells apart are not shown alike where that can be had: -1*2*x is not -2*x.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count
from typing import Any, NamedTuple, Protocol

__all__ = ["show"]

MOST = 2000
"""Larger parts are not spelled out."""
LETTERS, REALS = "ijklm", "xyzuvw"

# How tightly a text holds together.
LOOSE, IMPLIES, OR, AND, NOT, RELATION, SUM, PRODUCT, POWER, ATOM = range(10)
_RELATION = {"lt": "<", "le": "<=", "eq": "=", "ne": "!="}
_CONNECTIVE = {"and": (" and ", AND), "or": (" or ", OR), "implies": (" => ", IMPLIES), "iff": (" <=> ", IMPLIES)}

_NAMED = frozenset({"var", "letter", "entry", "image", "bijection", "decl"})
_CONSTANT = {"size": "n", "oo": "oo", "true": "true"}

Text = tuple[str, int]


class Term(Protocol):
    """What is read of a term (`terms.Term`)."""

    @property
    def op(self) -> str:
        """The operation."""

    @property
    def args(self) -> tuple[Any, ...]:
        """The arguments."""

    @property
    def terms(self) -> list[Any]:
        """The arguments that are terms."""

    @property
    def nodes(self) -> int:
        """The nodes, each as often as it occurs."""


class Bound(NamedTuple):
    """The names of what is bound around a part, the innermost last."""

    letters: tuple[str, ...] = ()
    reals: tuple[str, ...] = ()

    def letter(self, k: int) -> str:
        """The name of the letter bound k binders out; #0, #1, ... beyond the last binder."""
        return self.letters[-1 - k] if k < len(self.letters) else f"#{k - len(self.letters)}"

    def real(self, k: int) -> str:
        """The name of the real bound k binders out; $0, $1, ... beyond the last binder."""
        return self.reals[-1 - k] if k < len(self.reals) else f"${k - len(self.reals)}"


def show(t: Term) -> str:
    """The term on one line. Loose letters are #0, #1, ..., loose reals $0, $1, ..., letters of a checker '0, '1, ..."""
    return _Line({"n", *_names(t)}, Bound()).text(t)[0]


def _names(t: Term) -> set[str]:
    """The free names in a term, and those of declared functions."""
    stack, seen, found = [t], {t}, set()
    while stack:
        s = stack.pop()
        if s.op in _NAMED:
            found.add(s.args[0])
        new = [a for a in s.terms if a not in seen]
        seen.update(new)
        stack += new
    return found


class _Line:
    """Shows a term; `taken` are the names that a bound letter or real must not have, `around` those of the binders around."""

    def __init__(self, taken: set[str], around: Bound):
        self.taken, self.around = taken, around

    def bound(self, stems: str) -> str:
        """A name for what is bound."""
        names: Iterator[str] = (f"{stem}{k or ''}" for k in count() for stem in (stems if not k else stems[0]))
        return next(name for name in names if name not in self.taken)

    def held(self, t: Term, tightly: int) -> str:
        """The text of a part, in parentheses unless it holds together as tightly."""
        text, holds = self.text(t)
        return text if holds >= tightly else f"({text})"

    def text(self, t: Term) -> Text:
        """The text of a term, and how tightly it holds together."""
        a = t.args
        if t.nodes > MOST:
            return "...", ATOM
        match t.op:
            case "rat":
                return str(Fraction(*a)), SUM if a[0] < 0 else ATOM if a[1] == 1 else PRODUCT
            case "var" | "letter":
                return a[0], ATOM
            case "fresh":
                return f"'{a[0]}", ATOM
            case "bletter":
                return self.around.letter(a[0]), ATOM
            case "breal":
                return self.around.real(a[0]), ATOM
            case "size" | "oo" | "true":
                return _CONSTANT[t.op], ATOM
            case "entry" | "image":
                return f"{a[0]}[{self.text(a[1])[0]}]", ATOM
            case "add":
                return self.sum(t), SUM
            case "mul":
                return self.product(t)
            case "ipow" if _under(t):
                return self.product(t)
            case "ipow" | "rpow":
                return self.power(t)
            case "log" | "exp":
                return f"{t.op}({self.text(a[0])[0]})", ATOM
            case "abs":
                return f"|{self.text(a[0])[0]}|", ATOM
            case "decl":
                return f"{a[0]}({', '.join(self.text(s)[0] for s in a[1:])})", ATOM
            case "sum" | "esum" | "every" | "template" | "one":
                return self.binder(t), LOOSE
            case "cases":
                return self.by_cases(t), ATOM
            case "sup":
                return f"sup over n of ({self.text(a[0])[0]})", ATOM
            case "bounded":
                return f"sup over n of ({self.text(a[0])[0]}) is finite", RELATION
            case "parts":
                return f"for every n: {self.text(a[0])[0]}", LOOSE
            case "finite":
                return f"{self.held(a[0], SUM)} is finite", RELATION
            case "bijection":
                return f"{a[0]} is a bijection", RELATION
            case "not":
                return f"not {self.held(a[0], ATOM)}", NOT
        if t.op in _RELATION:
            return f"{self.held(a[0], SUM)} {_RELATION[t.op]} {self.held(a[1], SUM)}", RELATION
        word, level = _CONNECTIVE[t.op]
        return word.join(self.held(s, level + 1) for s in a), level

    # -- numbers

    def sum(self, t: Term) -> str:
        """Positive terms first, then negative ones; in each, numbers last and larger terms before smaller ones."""
        shown = [(_is_number(s), -_size(s), self.held(s, SUM)) for s in t.args]
        plus = sorted(part for part in shown if not part[2].startswith("-"))
        minus = sorted(part for part in shown if part[2].startswith("-"))
        first, *rest = [text for _, _, text in (*plus, *minus)]
        return first + "".join(f" - {text[1:]}" if text.startswith("-") else f" + {text}" for text in rest)

    def product(self, t: Term) -> Text:
        """A coefficient, the factors, and under a stroke those with a negative power."""
        factors = list(t.args) if t.op == "mul" else [t]
        numbers = [s for s in factors if s.op == "rat"]
        c = Fraction(*numbers[0].args) if len(numbers) == 1 else Fraction(1)
        over = [] if len(numbers) == 1 else [self.held(s, PRODUCT) for s in numbers]
        rest = [s for s in factors if s.op != "rat"]
        over += [text for _, text in sorted((s.nodes, self.held(s, PRODUCT)) for s in rest if not _under(s))]
        under = [text for _, text in sorted((s.nodes, self.inverted(s)) for s in rest if _under(s))]
        if abs(c.numerator) != 1 or (c == 1 and len(numbers) == 1):
            over.insert(0, str(abs(c.numerator)))
        if c.denominator != 1:
            under.insert(0, str(c.denominator))
        text = "*".join(over) or "1"
        if under:
            text += f"/{under[0]}" if len(under) == 1 else f"/({'*'.join(under)})"
        return ("-" if c < 0 else "") + text, SUM if c < 0 else PRODUCT

    def inverted(self, t: Term) -> str:
        """1/t of an integer power, as what stands under the stroke."""
        base, k = t.args
        return self.held(base, POWER) if k == -1 else f"{self.held(base, ATOM)}^{-k}"

    def power(self, t: Term) -> Text:
        """An integer power, or a real one, which is written as a function where its exponent is an integer."""
        base, exponent = t.args
        if t.op == "ipow":
            return f"{self.held(base, ATOM)}^{exponent}", POWER
        if exponent.op == "rat" and exponent.args[1] == 1:
            return f"pow({self.text(base)[0]}, {self.text(exponent)[0]})", ATOM
        return f"{self.held(base, ATOM)}^{self.held(exponent, ATOM)}", POWER

    # -- binders and values by cases

    def binder(self, t: Term) -> str:
        """What binds a letter or a real, with a name for it."""
        letters, reals = self.around
        if t.op == "one":
            name = self.bound(REALS)
            ends = [self.text(s)[0] for s in t.args[:2]]
            body = _Line(self.taken | {name}, Bound(letters, (*reals, name))).text(t.args[2])[0]
            return f"exactly one {name} in [{ends[0]}, {ends[1]}]: {body}"
        name = self.bound(LETTERS)
        below = _Line(self.taken | {name}, Bound((*letters, name), reals))
        body = below.held(t.args[0], PRODUCT if t.op in ("sum", "esum") else LOOSE)
        match t.op:
            case "every":
                return f"for every {name}: {body}"
            case "template":
                return f"{name} -> {body}"
        return f"sum over {name} of {body}"

    def by_cases(self, t: Term) -> str:
        """The values, each with its case."""
        parts = [self.text(s)[0] for s in t.args[:-1]]
        cases = [f"{v} if {c}; " for v, c in zip(parts[:-1:2], parts[1::2], strict=True)]
        return f"{{{''.join(cases)}{parts[-1]} otherwise}}"


def _is_number(t: Term) -> bool:
    return t.op == "rat"


def _size(t: Term) -> int:
    """The nodes of a number without its coefficient."""
    return sum(s.nodes for s in t.args if s.op != "rat") if t.op == "mul" else t.nodes


def _under(t: Term) -> bool:
    """Whether a factor stands under the stroke: a negative power of what is no number."""
    return t.op == "ipow" and t.args[1] < 0 and not _is_number(t.args[0])
