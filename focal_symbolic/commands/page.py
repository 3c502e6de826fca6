"""The page of a claim: its statement in mathematics, its derivation with hypotheses where they are used, what is trusted."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sympy import oo

from focal_symbolic.claims import library
from focal_symbolic.claims.abbreviations import PLAIN, Letters, abbreviations, brief, definitions
from focal_symbolic.claims.claim import Boxes, Claim, HardSet, Result
from focal_symbolic.claims.lines import Line, Use, hypotheses, lines, module_of, replacements, sections
from focal_symbolic.claims.printing import legend, line, stated
from focal_symbolic.commands.screen import PIPED, together, wrapped
from focal_symbolic.logic.kernel import Citation, Step, Theorem
from focal_symbolic.logic.terms import Term
from focal_symbolic.prose import prose, sentence

__all__ = ["derivation", "page", "pages_of_file"]

TITLES = 13
"""Columns of the headings at the left."""


# -- the statement -----------------------------------------------------------------------------------------------------------


def _statement(result: Result, names: Letters, columns: int) -> Iterator[str]:
    claim = result.claim
    yield from wrapped(f"{claim.name}{' (the main theorem of its file)' if result.main else ''}", columns, later="  ")
    yield from _paragraph("Statement", [sentence(claim.statement)], columns)
    origin = "abstract of the paper" if claim.source == "paper" else "this project"
    yield from _paragraph("Source", [f"{origin}: {claim.reference}" if claim.reference else origin], columns)
    yield from _paragraph("Kind", [claim.kind], columns)
    yield from _paragraph("For all", hypotheses(claim), columns)
    yield from _paragraph("Goal", [brief(claim.proposition, names)], columns)
    if names:
        yield from _paragraph("where", [f"{letter} = {line(one, fold=False)}" for letter, one in definitions(names)], columns)
    if idea := inspect.getdoc(result.proof):
        yield from _paragraph("Idea", [prose(idea)], columns)


def _paragraph(title: str, texts: Iterable[str], columns: int) -> Iterator[str]:
    """Texts under a heading at the left, each on lines of its own."""
    for text in texts:
        first = f"  {title:<{TITLES}}"
        yield from wrapped(_glued(text), columns, first, " " * (len(first) + 2))
        title = ""


def _glued(text: str) -> str:
    """A text in which what stands in short brackets is not broken."""
    return re.sub(r"[(\[][^()\[\]]*[)\]]", lambda found: together(found[0]), text)


# -- the derivation ----------------------------------------------------------------------------------------------------------


class _Writer:
    """Writes the lines of a derivation; `names` are letters that stand for expressions."""

    def __init__(self, names: Letters) -> None:
        self.names = names

    def says(self, t: Term) -> str:
        """A statement or a number, with its letters."""
        return brief(stated(t), self.names)

    def argument(self, value: Any) -> str:
        """An argument of a rule: a term, a name, a tuple of them, or the pairs of a replacement."""
        if isinstance(value, Term):
            return self.says(value)
        if (pairs := replacements(value)) is not None:
            return ", ".join(together(f"{line(of)} := {self.says(to)}") for of, to in pairs)
        return ", ".join(map(self.argument, value)) if isinstance(value, tuple) else str(value)

    def _because(self, given: Line) -> str:
        """The rule of a line, the lines that it uses, its arguments, and the hypotheses that it uses."""
        name = f"lemma {given.lemma}" if given.lemma else given.rule
        if given.rule == "combination":
            name += f" of {', '.join(map(self._weighed, given.uses))}"
        elif given.uses:
            name += f" from {', '.join(map(self._used, given.uses))}"
        arguments = "; ".join(f"{key}: {self.argument(value)}" for key, value in given.arguments)
        told = [name + (f" ({arguments})" if arguments else "")]
        for word, said in (("since", given.since), ("supposing", given.supposing)):
            told += [f"{word} {', '.join(together(self.says(t)) for t in said)}"] if said else []
        return "; ".join(told)

    def _used(self, use: Use) -> str:
        """The number of a line, with the letters at which it is used; what has no line is said."""
        if use.line is None:
            return f"[{self.says(use.says)}]"
        return f"{use.line} at {', '.join(map(self.argument, use.at))}" if use.at else str(use.line)

    def _weighed(self, use: Use) -> str:
        """A premise of a combination with its weight."""
        said, times = self._used(use), self.argument(use.weight)
        return together(said if times == "1" else f"{said} times {times}")

    def lines(self, given: Iterable[Line], columns: int) -> Iterator[str]:
        """The lines, numbered; the reason beside the statement where both fit, else below it."""
        half = min(columns // 2, 48)
        for one in given:
            first = f"{one.number:>5}. "
            statement, reason = self.says(one.says), self._because(one)
            if len(first) + len(statement) < half and half + 1 + len(reason) <= columns:
                yield f"{first + statement:<{half}} {reason}"
            else:
                yield from wrapped(_glued(statement), columns, first, " " * (len(first) + 2))
                yield from wrapped(_glued(f"by {reason}"), columns, " " * (len(first) + 2), " " * (len(first) + 4))


def derivation(claim: Claim, steps: Sequence[Step], columns: int = PIPED) -> list[str]:
    """The lines of a derivation with the reason of each."""
    return [*_Writer(PLAIN).lines(lines(claim, steps), columns)]


def _derivation(claim: Claim, letters: Letters, columns: int) -> Iterator[str]:
    if claim.kind == "open":
        yield from _paragraph("Derivation", ["none: this is a conjecture, checked by numbers only"], columns)
        return
    steps = library.steps(claim.name)
    shown = lines(claim, steps)
    names = [*legend([line(claim.proposition), *(line(stated(step.conclusion)) for step in steps)])]
    if names:
        yield from _paragraph("Names", names, columns)
        yield ""
    count, judged = len(shown), len(steps)
    folded = f", {judged} steps for the judge" if judged > count else ""
    yield f"  Derivation ({count} line{'s' if count > 1 else ''}{folded})"
    yield from _Writer(letters).lines(shown, columns)
    theorem = library.theorem(claim.name)
    yield "       replayed by the kernel"
    yield ""
    yield from _paragraph("Rests on", _trust(theorem), columns)


# -- what is trusted, and the other legs -------------------------------------------------------------------------------------


def citation(cited: Citation) -> str:
    """A cited theorem with its statement and reference, on one line."""
    return f"{cited.name}: {cited.statement} [{cited.reference}]"


def _trust(theorem: Theorem) -> Iterator[str]:
    yield f"evidence: {', '.join(sorted(theorem.evidence))}"
    for cited in sorted(theorem.cited):
        yield f"cited: {prose(citation(cited))}"
    if theorem.lemmas:
        yield f"lemmas: {', '.join(sorted(theorem.lemmas))}"
    yield "and the kernel with its rules (focal-symbolic verify --trusted lists them)"


def _checks(result: Result) -> Iterator[str]:
    if isinstance(result.enclosure, Boxes):
        box = " × ".join(together(f"{line(s)} ∈ [{line(a)}, {line(b)}]") for s, a, b in result.enclosure.intervals)
        yield f"precision: the goal is enclosed by balls on the whole of {box}"
    elif isinstance(result.enclosure, HardSet):
        yield "precision: the goal is decided by balls, and again in floating point, on the hard cases"
    low, high = result.fuzz.gamma
    ends = f"{float(low):g} ≤ γ ≤ {float(high):g}" if high != oo else f"γ ≥ {float(low):g}"
    yield f"fuzz: cases drawn from the variables, up to {result.fuzz.letters} letters, {together(ends)}"


def page(result: Result, columns: int = PIPED) -> Iterator[str]:
    """The lines of the page of a result: statement, hypotheses, derivation, what is trusted, the false twin.

    Raises: Rejected if the derivation does not replay; the lines before it have been given by then.
    """
    names = abbreviations(result.claim.proposition)
    yield from _statement(result, names, columns)
    yield ""
    yield from _derivation(result.claim, names, columns)
    header = sections(module) if (module := module_of(result)) else {}
    if left := header.get("Not covered"):
        yield from _paragraph("Not covered", [f"by {result.name.split('/')[0]}.py: {prose(left)}"], columns)
    yield from _paragraph("Also checked", _checks(result), columns)
    twin = result.falsehood
    goal = brief(twin.proposition, names)
    changed = goal if result.twin.goal is not None else f"{goal} for {'; '.join(hypotheses(twin))}"
    yield from _paragraph("False twin", [sentence(result.twin.statement), changed], columns)


def pages_of_file(results: Sequence[Result], columns: int = PIPED) -> Iterator[str]:
    """The main theorem of a proof file in full, and the list of its claims."""
    main = next((result for result in results if result.main), None)
    if main is not None:
        yield from page(main, columns)
        yield ""
    file = results[0].name.split("/")[0]
    yield f"{file} has {len(results)} claim{'' if len(results) == 1 else 's'}; focal-symbolic show NAME prints each:"
    for result in results:
        yield from wrapped(f"{'★' if result is main else ' '} {result.name}", columns, first="  ")
        yield from wrapped(sentence(result.claim.statement), columns, first="      ")
