"""What the tests of single modules of the logic speak of, and certificates that are said beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from focal_symbolic.logic.certificates import named, written
from focal_symbolic.logic.context import Context, Question
from focal_symbolic.logic.terms import Term, mk

X, Y, Z, C = (mk("var", name) for name in "xyzc")
II, JJ = (mk("letter", name) for name in "ij")
B0, B1 = mk("bletter", 0), mk("bletter", 1)
R0, R1 = mk("breal", 0), mk("breal", 1)
F0, F1 = mk("fresh", 0), mk("fresh", 1)


def p(at: Term) -> Term:
    """An entry of the family p."""
    return mk("entry", "p", at)


def q(at: Term) -> Term:
    """An entry of the family q."""
    return mk("entry", "q", at)


def s(at: Term) -> Term:
    """An entry of the family s of letters."""
    return mk("image", "s", at)


def log(t: Term) -> Term:
    return mk("log", t)


def exp(t: Term) -> Term:
    return mk("exp", t)


def parts(tree: Any) -> Iterator[Term]:
    """The terms of a certificate."""
    if type(tree) is tuple:
        for part in tree:
            yield from parts(part)
    elif type(tree) is Term:
        yield tree


class Told:
    """Answers that were said beforehand: `says(context, question)` is a certificate as a tree, its text, or None.

    `asked` keeps the questions in the order in which they came, `known` what was known where they were asked.
    """

    def __init__(self, says: Callable[[Context, Question], Any] | None = None):
        self.says = says or (lambda _, __: None)
        self.asked: list[Question] = []
        self.known: set[Term] = set()
        self.table: dict[str, Term] = {}

    def answer(self, context: Context, question: Question) -> tuple[str, Mapping[str, Term]] | None:
        self.asked.append(question)
        self.known.update(context.sources)
        tree = self.says(context, question)
        if tree is None or type(tree) is str:
            return None if tree is None else (tree, self.table)
        self.table |= {named(t): t for t in parts(tree)}
        return written(tree), self.table
