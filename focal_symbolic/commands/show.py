"""Statements and derivations as text for a reader: Unicode mathematics, one line a step."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from sympy import Symbol, oo

from focal_symbolic.claims import library
from focal_symbolic.claims.claim import Boxes, Claim, HardSet, Result
from focal_symbolic.claims.printing import legend, line, stated
from focal_symbolic.language import array, i
from focal_symbolic.logic.kernel import Citation, Step, Theorem
from focal_symbolic.logic.terms import Term, instantiate, mk

__all__ = ["hypotheses", "page", "sections"]

WIDTH = 110


def hypotheses(claim: Claim) -> list[str]:
    """The hypotheses of a claim, one line for each variable; a bounded number as one interval."""
    return [words for variable in claim.variables if (words := variable.words)] + [*map(line, claim.where)]


def argument(value: Any) -> str:
    """An argument of a rule: a term, a name, a tuple of them, or the pairs of a replacement."""
    if isinstance(value, Term):
        return line(stated(value))
    if isinstance(value, tuple):
        if value and all(isinstance(pair, tuple) and isinstance(pair[0], tuple) for pair in value):
            return ", ".join(_replaced(name, to) for (_, name), to in value)
        return ", ".join(map(argument, value))
    return str(value)


def _replaced(name: str, to: Term) -> str:
    """What is put in for a variable; for a family, its entry at the letter i."""
    if to.op != "template":
        return f"{line(Symbol(name))} := {argument(to)}"
    return f"{line(array(name)[i])} := {argument(instantiate(to.args[0], mk('letter', i.name)))}"


def sections(module: ModuleType) -> dict[str, str]:
    """The header of a proof file by its headings; the first paragraph has the heading ``""``."""
    title, *blocks = re.split(r"\n\s*\n|\n(?=\S)", inspect.getdoc(module) or "")
    found = {"": title}
    for block in blocks:
        heading, *lines = block.strip("\n").splitlines()
        found[heading.strip()] = " ".join(text.strip() for text in lines)
    return found


def module_of(result: Result) -> ModuleType | None:
    """The proof file that defines a result."""
    module = library.modules().get(result.name.split("/")[0])
    return module if module and any(value is result for value in vars(module).values()) else None


def because(step: Step) -> str:
    """The rule of a step, the steps that it uses and its arguments."""
    arguments = dict(step.arguments)
    name = f"lemma {arguments.pop('name')}" if step.rule == "lemma" else step.rule
    used = f" from {', '.join(str(premise + 1) for premise in step.premises)}" if step.premises else ""
    given = "; ".join(f"{key}: {argument(value)}" for key, value in arguments.items() if value != ())
    return f"{name}{used}" + (f" ({given})" if given else "")


def derivation(steps: Iterable[Step]) -> Iterator[str]:
    """The steps, numbered; the reason beside the statement where both fit on a line, else below it."""
    for number, step in enumerate(steps, start=1):
        statement, reason = f"{number:>4}. {line(stated(step.conclusion))}", because(step)
        if len(statement) <= 58 and len(reason) <= WIDTH - 60:
            yield f"{statement:<60}{reason}"
        else:
            yield statement
            yield f"      by {reason}"


def citation(cited: Citation) -> str:
    """A cited theorem with its statement and reference, on one line."""
    return f"{cited.name}: {cited.statement} [{cited.reference}]"


def _paragraph(title: str, lines: Iterable[str], wrap: bool = True) -> Iterator[str]:
    for text in lines:
        for part in textwrap.wrap(text, WIDTH - 15, subsequent_indent="  ", break_long_words=False) if wrap else [text]:
            yield f"  {title:<13}{part}"
            title = ""


def _checks(result: Result) -> Iterator[str]:
    if isinstance(result.enclosure, Boxes):
        box = " × ".join(f"{line(s)} ∈ [{line(a)}, {line(b)}]" for s, a, b in result.enclosure.intervals)
        yield f"precision: the goal is enclosed by balls on the whole of {box}"
    elif isinstance(result.enclosure, HardSet):
        yield "precision: the goal is decided by balls, and again by mpmath, on the hard cases"
    low, high = result.fuzz.gamma
    ends = f"{float(low):g} ≤ γ ≤ {float(high):g}" if high != oo else f"γ ≥ {float(low):g}"
    yield f"fuzz: cases drawn from the variables, up to {result.fuzz.letters} letters, {ends}"


def _trust(theorem: Theorem) -> Iterator[str]:
    yield f"evidence: {', '.join(sorted(theorem.evidence))}"
    for cited in sorted(theorem.cited):
        yield f"cited: {citation(cited)}"
    for name in sorted(theorem.lemmas):
        yield f"lemma: {name}"
    yield "and the kernel with its rules (focal-symbolic verify --trusted lists them)"


def page(result: Result) -> Iterator[str]:
    """The page of a result: statement, hypotheses, derivation step by step, what is trusted, the false twin.

    Raises: Rejected if the derivation does not replay; the lines before it have been given by then.
    """
    claim = result.claim
    header = sections(module) if (module := module_of(result)) else {}
    goal = line(claim.proposition)
    yield claim.name
    yield from _paragraph("Statement", [f"{claim.statement}."])
    origin = "abstract of the paper" if claim.source == "paper" else "this project"
    yield from _paragraph("Source", [f"{origin}: {claim.reference}" if claim.reference else origin])
    yield from _paragraph("Kind", [claim.kind])
    yield from _paragraph("For all", hypotheses(claim), wrap=False)
    yield from _paragraph("Goal", [goal], wrap=False)
    if idea := inspect.getdoc(result.proof) or header.get("Idea"):
        yield from _paragraph("Idea", [idea])
    yield ""
    if claim.kind == "open":
        yield from _paragraph("Derivation", ["none: this is a conjecture, checked by numbers only"])
    else:
        steps = library.steps(claim.name)
        told = [*derivation(steps)]
        if names := [*legend([goal, *told])]:
            yield from _paragraph("Names", names, wrap=False)
            yield ""
        yield f"  Derivation ({len(steps)} step{'s' if len(steps) > 1 else ''})"
        yield from (f"  {text}" for text in told)
        theorem = library.theorem(claim.name)
        yield "      replayed by the kernel"
        yield ""
        yield from _paragraph("Rests on", _trust(theorem))
    if left := header.get("Not covered"):
        yield from _paragraph("Not covered", [left])
    yield from _paragraph("Also checked", _checks(result))
    twin = result.falsehood
    changed = line(twin.proposition) if result.twin.goal is not None else f"{goal} for {'; '.join(hypotheses(twin))}"
    yield from _paragraph("False twin", [result.twin.statement])
    yield from _paragraph("", [changed], wrap=False)
