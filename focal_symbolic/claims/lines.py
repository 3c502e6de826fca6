"""A claim as a reader follows it: its hypotheses, the lines of its derivation, and what its proof file says of itself."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from sympy import Expr, Symbol

from focal_symbolic.claims import library
from focal_symbolic.claims.claim import Claim, Result
from focal_symbolic.claims.derivation import stated as terms_of
from focal_symbolic.claims.printing import line
from focal_symbolic.language import array, i
from focal_symbolic.logic.kernel import Step
from focal_symbolic.logic.terms import Term, instantiate, mk

__all__ = ["Line", "Use", "hypotheses", "lines", "module_of", "replacements", "sections"]

FOLDED = ("hypothesis", "each")
"""Steps that have no line of their own: what they say stands where it is used."""


class Use(NamedTuple):
    """What a line is made from: another line, at letters where that holds for every letter; or a statement without a line."""

    line: int | None
    at: tuple[Term, ...]
    says: Term
    weight: Term | None = None


class Line(NamedTuple):
    """A line of a derivation: what it says, the rule that gives it, and what it uses.

    lemma: the claim that is used, where the rule is that. since: hypotheses of the claim; supposing: such as hold for some
    lines only.
    """

    number: int
    says: Term
    rule: str
    lemma: str
    uses: tuple[Use, ...]
    arguments: tuple[tuple[str, Any], ...]
    since: tuple[Term, ...]
    supposing: tuple[Term, ...]


def replacements(argument: Any) -> list[tuple[Expr, Term]] | None:
    """(a variable, or a family's entry at the letter i; what is put for it) of an argument that replaces; None for another."""
    pairs = isinstance(argument, tuple) and argument and all(isinstance(one, tuple) for one in argument)
    if not (pairs and all(isinstance(one[0], tuple) for one in argument)):
        return None
    letter = mk("letter", i.name)
    return [
        (Symbol(name), to) if to.op != "template" else (array(name)[i], instantiate(to.args[0], letter))
        for (_, name), to in argument
    ]


def lines(claim: Claim, steps: Sequence[Step]) -> list[Line]:
    """The lines of a derivation: its steps without those that are folded into the lines that use them."""
    return [*_Lines(claim, steps).all()]


class _Lines:
    """Numbers the steps that have a line, and finds what the others say where they are used."""

    def __init__(self, claim: Claim, steps: Sequence[Step]) -> None:
        self.steps = steps
        self.assumed = set(terms_of(claim)[0])
        shown = [k for k, step in enumerate(steps) if step.rule not in FOLDED or k == len(steps) - 1]
        self.numbers = {k: number for number, k in enumerate(shown, start=1)}

    def all(self) -> Iterator[Line]:
        for k, number in self.numbers.items():
            step = self.steps[k]
            arguments = dict(step.arguments)
            lemma = arguments.pop("name") if step.rule == "lemma" else ""
            weights = arguments.pop("weights") if step.rule == "combination" else ()
            uses = [self._use(k)._replace(weight=weight) for k, weight in zip(step.premises, weights, strict=False)]
            rest = step.premises[len(weights) :]
            if step.rule != "combination":
                uses += dict.fromkeys(use for k in rest if (use := self._use(k)).line is not None)
            given = tuple((key, value) for key, value in arguments.items() if value != ())
            said = [_once(term for k in rest if (term := self._hypothesis(k, supposed))) for supposed in (False, True)]
            yield Line(number, step.conclusion, step.rule, lemma, tuple(uses), given, *said)

    def _use(self, k: int) -> Use:
        """A premise: the line that it is; for one at a letter, the line that holds at every letter."""
        says = self.steps[k].conclusion
        if k in self.numbers:
            return Use(self.numbers[k], (), says)
        at, source = self._source(k)
        return Use(self.numbers.get(source), at if source in self.numbers else (), says)

    def _hypothesis(self, k: int, supposed: bool) -> Term | None:
        """What a hypothesis says that has no line; `supposed`: it is none of the claim, and holds for some lines only."""
        _, source = self._source(k)
        if k in self.numbers or source in self.numbers:
            return None
        asked = self.steps[source].conclusion not in self.assumed
        return self.steps[k].conclusion if asked is supposed else None

    def _source(self, k: int) -> tuple[tuple[Term, ...], int]:
        """Behind a step that is an instance: at which letters it is, and of which step."""
        at: list[Term] = []
        while self.steps[k].rule == "each" and k not in self.numbers:
            at.append(dict(self.steps[k].arguments)["at"])
            (k,) = self.steps[k].premises[:1]
        return tuple(reversed(at)), k


def _once(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


# -- the statement and the file ----------------------------------------------------------------------------------------------


def hypotheses(claim: Claim) -> list[str]:
    """The hypotheses of a claim, one line for each variable; a bounded number as one interval."""
    return [words for variable in claim.variables if (words := variable.words)] + [*map(line, claim.where)]


def sections(module: ModuleType) -> dict[str, str]:
    """The header of a proof file by its headings; the first paragraph has the heading ``""``."""
    title, *blocks = re.split(r"\n\s*\n|\n(?=\S)", inspect.getdoc(module) or "")
    found = {"": title}
    for block in blocks:
        heading, *texts = block.strip("\n").splitlines()
        found[heading.strip()] = " ".join(text.strip() for text in texts)
    return found


def module_of(result: Result) -> ModuleType | None:
    """The proof file that defines a result."""
    module = library.modules().get(result.name.split("/")[0])
    return module if module and any(value is result for value in vars(module).values()) else None
