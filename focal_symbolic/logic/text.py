"""Derivations as text: what is stored, shown in a diff, and handed to the judge.

    claim convexity/slope
    term 5d2ae10c (mul -1 (var x))
    assume #0c7f33b1
    goal #77f0a2c9
    step sign #77f0a2c9 (1 2)
      9f01ccd2 sign #41aa90e7 4: (sum ((number) (facts ((1 2 ())) 0 (number))))
    end

A line a term, named by the first eight digits of its digest; a line a step, with its premises (counted from 1) and arguments;
below it the certificates, each behind the question that it answers in a context. Reading makes everything anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from focal_symbolic.logic.certificates import named, parse, rational
from focal_symbolic.logic.kernel import Step
from focal_symbolic.logic.meaning import Declaration
from focal_symbolic.logic.terms import SIGNATURE, SIZE, Malformed, Term, mk, rat, subterms

__all__ = ["Derivation", "declared_text", "read_declarations", "read_derivations", "term_lines", "text_of"]

INLINE = 3


@dataclass
class Derivation:
    """A claim with the steps of its derivation and their certificates, by question."""

    name: str
    assumptions: tuple[Term, ...]
    goal: Term
    steps: tuple[Step, ...]
    answers: dict[str, str] = field(default_factory=dict)
    table: dict[str, Term] = field(default_factory=dict)


# -- writing ---------------------------------------------------------------------------------------------------------------


def _inline(t: Term) -> str:
    """A term in full, or by its name where it is larger."""
    short = named(t)
    return short if not short.startswith("#") or t.nodes > INLINE else _spelled(t)


def _spelled(t: Term) -> str:
    return f"({' '.join([t.op, *(_inline(a) if type(a) is Term else str(a) for a in t.args)])})"


def term_lines(terms: Iterable[Term]) -> Iterator[str]:
    """The lines that name these terms and their larger parts, parts first."""
    found: dict[Term, None] = {}
    roots = dict.fromkeys(terms)
    for root in roots:
        found |= dict.fromkeys(s for s in subterms(root) if s.nodes > INLINE or s in roots)
    for t in sorted(found, key=lambda t: (t.nodes, t.digest)):
        if named(t).startswith("#"):
            yield f"term {named(t)[1:]} {_spelled(t)}"


def _value(a: Any) -> str:
    if type(a) is tuple:
        return f"({' '.join(map(_value, a))})"
    return named(a) if type(a) is Term else f"'{a}"


def _terms(a: Any) -> Iterator[Term]:
    if type(a) is tuple:
        for part in a:
            yield from _terms(part)
    elif type(a) is Term:
        yield a


def text_of(d: Derivation, keys: Iterable[Iterable[str]] = ()) -> str:
    """The text of a derivation; `keys`: the questions of each step, whose certificates are put below it."""
    spoken = [*d.assumptions, d.goal, *(t for s in d.steps for t in (s.conclusion, *_terms(s.arguments))), *d.table.values()]
    lines = [f"claim {d.name}", *term_lines(spoken)]
    lines += [f"assume {named(a)}" for a in d.assumptions]
    lines.append(f"goal {named(d.goal)}")
    told: set[str] = set()
    for step, questions in zip(d.steps, [*keys, *([()] * len(d.steps))], strict=False):
        premises = " ".join(str(k + 1) for k in step.premises)
        arguments = "".join(f" ({name} {_value(a)})" for name, a in step.arguments)
        lines.append(f"step {step.rule} {named(step.conclusion)} ({premises}){arguments}")
        for key in questions:
            if key not in told and key in d.answers:
                lines.append(f"  {key}: {d.answers[key]}")
                told.add(key)
    lines += [f"  {key}: {d.answers[key]}" for key in d.answers if key not in told]
    return "\n".join([*lines, "end", ""])


def declared_text(declarations: Iterable[Declaration]) -> str:
    """The text of declarations."""
    lines = []
    for d in declarations:
        lines += [*term_lines([d.function]), f"declare {d.name} {named(d.function)} {' '.join([d.x, *d.parameters])}"]
    return "\n".join([*lines, ""])


# -- reading ---------------------------------------------------------------------------------------------------------------


class _Reader:
    """Reads lines; `table` holds the terms named so far."""

    def __init__(self) -> None:
        self.table: dict[str, Term] = {}

    def term(self, tree: Any) -> Term:
        """A term from words."""
        if type(tree) is tuple:
            if not tree or type(tree[0]) is not str or tree[0] not in SIGNATURE:
                raise Malformed(f"«{str(tree)[:60]}» is no term.")
            sorts = SIGNATURE[tree[0]][1]
            return mk(tree[0], *(self._part(a, sorts[k] if k < len(sorts) else None) for k, a in enumerate(tree[1:])))
        if tree.startswith("#"):
            found = self.table.get(tree)
            if found is None:
                raise Malformed(f"there is no term {tree[:60]}.")
            return found
        return SIZE if tree == "n" else rat(rational(tree))

    def _part(self, tree: Any, sort: Any) -> Any:
        """An argument of an operation: a term, a name or an integer."""
        if sort is str:
            return tree
        if sort is not int or type(tree) is not str:
            return self.term(tree)
        c = rational(tree)
        if c.denominator != 1:
            raise Malformed(f"«{tree[:60]}» is no integer.")
        return int(c)

    def value(self, tree: Any) -> Any:
        """An argument of a step."""
        if type(tree) is tuple:
            return tuple(map(self.value, tree))
        return tree[1:] if tree.startswith("'") else self.term(tree)

    def line(self, line: str) -> tuple[str, list[Any]]:
        """The first word of a line, and its other words and expressions."""
        word, _, rest = line.partition(" ")
        return word, list(parse(f"({rest})"))

    def define(self, words: list[Any]) -> None:
        """A line «term name expression»."""
        name, tree = words
        t = self.term(tree)
        if self.table.setdefault("#" + name, t) is not t:
            raise Malformed(f"two terms are named {name[:60]}.")


def read_declarations(text: str) -> Iterator[tuple[str, Term, str, tuple[str, ...]]]:
    """What is declared in a text: name, function, variable and parameters. Raises Malformed."""
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), start=1):
        with _placed(number):
            word, words = reader.line(line)
            if word == "term":
                reader.define(words)
            elif word == "declare":
                name, function, x, *parameters = words
                yield name, reader.term(function), x, tuple(parameters)
            elif word:
                raise Malformed(f"«{word[:60]}» is no line of a declaration.")


def read_derivations(text: str) -> Iterator[Derivation]:
    """The derivations of a text, one after the other. Raises Malformed that names the line."""
    reader, current = _Reader(), None
    for number, line in enumerate(text.splitlines(), start=1):
        with _placed(number):
            if current is not None and line.startswith("  "):
                key, _, certificate = line.strip().partition(": ")
                current.answers[key] = certificate
                continue
            if not line or line.startswith("//"):
                continue
            word, words = reader.line(line)
            if word == "claim" and current is None:
                reader = _Reader()
                current = _Open(words[0])
            elif current is None:
                raise Malformed(f"«{word[:60]}» stands outside of a claim.")
            elif word == "end":
                yield current.closed(reader.table)
                current = None
            else:
                _take(current, reader, word, words)
    if current is not None:
        raise Malformed(f"the text ends in the middle of {current.name}.")


@dataclass
class _Open:
    """A derivation that is being read."""

    name: str
    assumptions: list[Term] = field(default_factory=list)
    goal: Term | None = None
    steps: list[Step] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    def closed(self, table: dict[str, Term]) -> Derivation:
        if self.goal is None:
            raise Malformed(f"{self.name} has no goal.")
        return Derivation(self.name, tuple(self.assumptions), self.goal, tuple(self.steps), self.answers, table)


def _take(current: _Open, reader: _Reader, word: str, words: list[Any]) -> None:
    """A line inside of a claim."""
    match word:
        case "term":
            reader.define(words)
        case "assume":
            (tree,) = words
            current.assumptions.append(reader.term(tree))
        case "goal":
            (tree,) = words
            current.goal = reader.term(tree)
        case "step":
            rule, conclusion, premises, *arguments = words
            pairs = tuple((name, reader.value(tree)) for name, tree in arguments)
            current.steps.append(Step(rule, reader.term(conclusion), tuple(int(k) - 1 for k in premises), pairs))
        case _:
            raise Malformed(f"«{word[:60]}» is no line of a derivation.")


@contextmanager
def _placed(number: int) -> Iterator[None]:
    """Errors of a line, told with its number."""
    try:
        yield
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise Malformed(f"line {number}: {error}") from error
