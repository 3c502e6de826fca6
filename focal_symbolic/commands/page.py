"""The page of a claim: its statement in mathematics, its derivation with hypotheses where they are used, what is trusted."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import Any

from sympy import Symbol, oo

from focal_symbolic.claims import library
from focal_symbolic.claims.claim import Boxes, Claim, HardSet, Result
from focal_symbolic.claims.derivation import stated as terms_of
from focal_symbolic.claims.printing import legend, line, stated
from focal_symbolic.commands.prose import prose, sentence
from focal_symbolic.commands.screen import PIPED, together, wrapped
from focal_symbolic.language import array, i
from focal_symbolic.logic.kernel import Citation, Step, Theorem
from focal_symbolic.logic.terms import Term, instantiate, mk

__all__ = ["derivation", "hypotheses", "page", "pages_of_file", "sections"]

TITLES = 13
"""Columns of the headings at the left."""
FOLDED = ("hypothesis", "each")
"""Steps that have no line of their own: what they say stands where it is used."""


# -- the statement -----------------------------------------------------------------------------------------------------------


def hypotheses(claim: Claim) -> list[str]:
    """The hypotheses of a claim, one line for each variable; a bounded number as one interval."""
    return [words for variable in claim.variables if (words := variable.words)] + [*map(line, claim.where)]


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


def _statement(result: Result, columns: int) -> Iterator[str]:
    claim = result.claim
    yield from wrapped(f"{claim.name}{' (the main theorem of its file)' if result.main else ''}", columns, later="  ")
    yield from _paragraph("Statement", [sentence(claim.statement)], columns)
    origin = "abstract of the paper" if claim.source == "paper" else "this project"
    yield from _paragraph("Source", [f"{origin}: {claim.reference}" if claim.reference else origin], columns)
    yield from _paragraph("Kind", [claim.kind], columns)
    yield from _paragraph("For all", hypotheses(claim), columns)
    yield from _paragraph("Goal", [line(claim.proposition)], columns)
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
        return together(f"{line(Symbol(name))} := {argument(to)}")
    return together(f"{line(array(name)[i])} := {argument(instantiate(to.args[0], mk('letter', i.name)))}")


class _Lines:
    """The lines of a derivation: its steps without those that are folded into the lines that use them."""

    def __init__(self, claim: Claim, steps: Sequence[Step]) -> None:
        self.steps = steps
        self.assumed = set(terms_of(claim)[0])
        shown = [k for k, step in enumerate(steps) if step.rule not in FOLDED or k == len(steps) - 1]
        self.numbers = {k: number for number, k in enumerate(shown, start=1)}

    def because(self, step: Step) -> str:
        """The rule of a step, the lines that it uses, its arguments, and the hypotheses that it uses."""
        arguments = dict(step.arguments)
        name = f"lemma {arguments.pop('name')}" if step.rule == "lemma" else step.rule
        if step.rule == "combination":
            weights = arguments.pop("weights")
            name += f" of {', '.join(self._weighed(k, w) for k, w in zip(step.premises, weights, strict=False))}"
            rest = step.premises[len(weights) :]
        else:
            rest = step.premises
            used = dict.fromkeys(text for k in rest if (text := self._line_of(k)))
            name += f" from {', '.join(used)}" if used else ""
        given = "; ".join(f"{key}: {argument(value)}" for key, value in arguments.items() if value != ())
        told = [name + (f" ({given})" if given else "")]
        for word, supposed in (("since", False), ("supposing", True)):
            said = dict.fromkeys(text for k in rest if (text := self._hypothesis_of(k, supposed)))
            told += [f"{word} {', '.join(map(together, said))}"] if said else []
        return "; ".join(told)

    def _weighed(self, k: int, weight: Any) -> str:
        """A premise of a combination with its weight."""
        said = self._line_of(k) or f"[{line(stated(self.steps[k].conclusion))}]"
        times = argument(weight)
        return together(said if times == "1" else f"{said} times {times}")

    def _line_of(self, k: int) -> str:
        """The number of the line that a step is; of one at a letter, the number of what holds at every letter."""
        if k in self.numbers:
            return str(self.numbers[k])
        at, source = self._source(k)
        return f"{self.numbers[source]} at {at}" if source in self.numbers else ""

    def _hypothesis_of(self, k: int, supposed: bool) -> str:
        """What a hypothesis says that has no line; `supposed`: it is none of the claim, and holds for some lines only."""
        _, source = self._source(k)
        if k in self.numbers or source in self.numbers:
            return ""
        asked = self.steps[source].conclusion not in self.assumed
        return line(stated(self.steps[k].conclusion)) if asked is supposed else ""

    def _source(self, k: int) -> tuple[str, int]:
        """Behind a step that is an instance: at which letter it is, and of which step."""
        at: list[str] = []
        while self.steps[k].rule == "each" and k not in self.numbers:
            at.append(argument(dict(self.steps[k].arguments)["at"]))
            (k,) = self.steps[k].premises[:1]
        return ", ".join(reversed(at)), k

    def told(self, columns: int) -> Iterator[str]:
        """The lines, numbered; the reason beside the statement where both fit, else below it."""
        half = min(columns // 2, 48)
        for k, number in self.numbers.items():
            step = self.steps[k]
            first = f"{number:>5}. "
            statement, reason = line(stated(step.conclusion)), self.because(step)
            if len(first) + len(statement) < half and half + 1 + len(reason) <= columns:
                yield f"{first + statement:<{half}} {reason}"
            else:
                yield from wrapped(_glued(statement), columns, first, " " * (len(first) + 2))
                yield from wrapped(_glued(f"by {reason}"), columns, " " * (len(first) + 2), " " * (len(first) + 4))


def derivation(claim: Claim, steps: Sequence[Step], columns: int = PIPED) -> list[str]:
    """The lines of a derivation with the reason of each."""
    return [*_Lines(claim, steps).told(columns)]


def _derivation(claim: Claim, columns: int) -> Iterator[str]:
    if claim.kind == "open":
        yield from _paragraph("Derivation", ["none: this is a conjecture, checked by numbers only"], columns)
        return
    steps = library.steps(claim.name)
    lines = _Lines(claim, steps)
    told = [*lines.told(columns)]
    names = [*legend([line(claim.proposition), *(line(stated(step.conclusion)) for step in steps)])]
    if names:
        yield from _paragraph("Names", names, columns)
        yield ""
    count, judged = len(lines.numbers), len(steps)
    folded = f", {judged} steps for the judge" if judged > count else ""
    yield f"  Derivation ({count} line{'s' if count > 1 else ''}{folded})"
    yield from told
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
    yield from _statement(result, columns)
    yield ""
    yield from _derivation(result.claim, columns)
    header = sections(module) if (module := module_of(result)) else {}
    if left := header.get("Not covered"):
        yield from _paragraph("Not covered", [f"by {result.name.split('/')[0]}.py: {prose(left)}"], columns)
    yield from _paragraph("Also checked", _checks(result), columns)
    twin = result.falsehood
    goal = line(twin.proposition)
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
