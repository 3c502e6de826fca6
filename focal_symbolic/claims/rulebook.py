"""The rules of the kernel for somebody who writes a proof: what each shows, its arguments, and a step that uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from focal_symbolic.claims.kept import kept
from focal_symbolic.claims.statements import shown
from focal_symbolic.logic import rules as _rules  # noqa: F401  (importing the rules registers them)
from focal_symbolic.logic.kernel import Rule, Step, rules
from focal_symbolic.logic.terms import Term
from focal_symbolic.logic.text import Derivation
from focal_symbolic.prose import prose

__all__ = ["Example", "arguments", "examples", "markdown", "said"]

KINDS = {
    "number": "a number",
    "letter": "a letter",
    "statement": "a statement",
    "name": "a name",
    "mapping": "a mapping of names to what stands for them",
}
MANY = {"number": "numbers, one for each premise that it weighs", "letter": "letters", "statement": "statements"}


@dataclass(frozen=True)
class Example:
    """The least step of the library that uses a rule."""

    claim: str
    step: int
    """From 1."""
    premises: tuple[str, ...]
    arguments: dict[str, str]
    shows: str


def said(rule: Rule) -> str:
    """What a rule shows, in all its sentences."""
    return prose(" ".join(rule.doc.split()))


def arguments(rule: Rule) -> dict[str, str]:
    """By argument what it is."""
    found = {}
    for name, kind in rule.schema.items():
        bare = kind.lstrip("*?")
        found[name] = (MANY[bare] if "*" in kind else KINDS[bare]) + ("; may be left out" if "?" in kind else "")
    return found


@cache
def examples() -> dict[str, Example]:
    """By rule the least step of the library that uses it, by what its premises and its conclusion have in them."""
    least: dict[str, tuple[tuple[int, int, str, int], Derivation, Step]] = {}
    for derivation in _derivations():
        for at, step in enumerate(derivation.steps):
            terms = [step.conclusion, *(derivation.steps[k].conclusion for k in step.premises)]
            nodes = sum(t.nodes for t in terms) + sum(map(_size, dict(step.arguments).values()))
            size = (len(terms) - len({*terms}), nodes, derivation.name, at + 1)  # such as say the same twice tell little
            if step.rule not in least or size < least[step.rule][0]:
                least[step.rule] = size, derivation, step
    return {name: _example(size[3], derivation, step) for name, (size, derivation, step) in least.items()}


def _derivations() -> Iterator[Derivation]:
    for file in sorted(resources.files("focal_symbolic.claims").joinpath("derivations").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".txt"):
            yield from kept(file.name.removesuffix(".txt")).values()


def _example(at: int, derivation: Derivation, step: Step) -> Example:
    premises = tuple(_told(derivation.steps[k].conclusion) for k in step.premises)
    return Example(
        derivation.name, at, premises, {name: _told(value) for name, value in step.arguments}, _told(step.conclusion)
    )


def _size(value: object) -> int:
    return sum(map(_size, value)) if isinstance(value, tuple) else value.nodes if isinstance(value, Term) else 0


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_told, value))})"
    if not isinstance(value, Term):
        return str(value)
    try:
        return shown(value)
    except Exception:  # a letter, or what is no statement of the language
        return str(value)


def markdown() -> str:
    """All rules as a page of the documentation."""
    lines = [
        "# The rules",
        "",
        "A line of a proof is one of `proof.sign`, `proof.combine` and [so on](prove.md), or any rule by its name:",
        '`proof.by("root", line, ...)`, with the lines it needs in their order and its arguments by name. This page is made',
        "from the rules themselves; `focal-symbolic rules NAME` prints one. The example is the least step of the library that",
        "uses it.",
    ]
    for name, rule in rules.items():
        example = examples()[name]
        lines += ["", f"## {name}", "", said(rule), ""]
        lines += [f"- `{argument}`: {what}" for argument, what in arguments(rule).items()] or ["No arguments."]
        lines += ["", f"Rests on the {', the '.join(cited.name for cited in rule.cites)}."] if rule.cites else []
        lines += ["", f"Step {example.step} of {example.claim}:", "", "```text"]
        lines += [*(f"from   {premise}" for premise in example.premises)]
        lines += [*(f"with   {argument} = {value}" for argument, value in example.arguments.items())]
        lines += [f"shows  {example.shows}", "```"]
    return "\n".join([*lines, ""])
