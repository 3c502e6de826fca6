"""The kernel: the only maker of theorems.

A derivation is data: a list of steps, each with the name of a rule, the statement that it claims, the earlier steps that it
leans on and its arguments. `replay` hands each step to its rule; the rule re-checks everything and either gives back the
hypotheses under which the statement holds, or raises `Rejected`. A theorem carries the union of what was used: its
hypotheses, the kinds of its evidence, the classical theorems cited and the claims used as lemmas.

A theorem says: for all real values of its free variables, all families and all letters for its free indices, if the
hypotheses hold (and so are defined), then the conclusion is defined and holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sympy import Integer, Symbol
from sympy.logic.boolalg import Boolean
from sympy.polys.polyerrors import BasePolynomialError

from focal_symbolic.algebra import same, well_formed
from focal_symbolic.claim import Claim
from focal_symbolic.errors import Rejected
from focal_symbolic.language import Every, i

__all__ = ["Citation", "Derivation", "Evidence", "Rule", "Step", "Theorem", "build", "conclude", "replay", "rule", "rules"]


class Evidence(Enum):
    """How a statement is known. Kinds add up and never upgrade."""

    EXACT = "exact"
    ENCLOSED = "enclosed"
    CITED = "cited"


@dataclass(frozen=True, order=True)
class Citation:
    """A classical theorem that a rule leans on, after checking its hypotheses."""

    name: str
    statement: str
    reference: str


@dataclass(frozen=True)
class Step:
    """One line of a derivation: the statement, the rule that gives it, the steps it uses and the rule's arguments."""

    rule: str
    conclusion: Boolean
    premises: tuple[int, ...] = ()
    arguments: tuple[tuple[str, Any], ...] = ()


def _exact(value: Any) -> Any:
    """Python integers in the arguments of a rule as SymPy integers; nothing is parsed."""
    if isinstance(value, tuple):
        return tuple(map(_exact, value))
    return Integer(value) if type(value) is int else value


class Derivation:
    """Collects steps; checks nothing. Calling it adds a step and returns its number."""

    def __init__(self, claim: Claim):
        self.goal: Boolean = claim.proposition
        self.steps: list[Step] = []

    def __call__(self, rule: str, conclusion: Boolean, *premises: int, **arguments: Any) -> int:
        """Add the step «conclusion, by rule, from premises»."""
        exact = tuple((name, _exact(value)) for name, value in sorted(arguments.items()))
        self.steps.append(Step(rule, conclusion, premises, exact))
        return len(self.steps) - 1

    def suppose(self, *hypotheses: Boolean) -> Any:
        """Add hypotheses, each a step; they are discharged later or stay as hypotheses of the theorem."""
        steps = tuple(self("hypothesis", hypothesis) for hypothesis in hypotheses)
        return steps[0] if len(steps) == 1 else steps

    def letters(self, at: Symbol, *bounds: Boolean) -> Any:
        """Suppose statements about the letter i for every letter, and take each at the letter `at`."""
        steps = tuple(self("each", bound.xreplace({i: at}), self.suppose(Every(bound)), at=at) for bound in bounds)
        return steps[0] if len(steps) == 1 else steps

    def lemma(self, name: str, conclusion: Boolean, *premises: int, replace: dict | None = None) -> int:
        """Add the instance of the claim `name` at the replacements, its hypotheses discharged by the premises."""
        return self("lemma", conclusion, *premises, name=name, replace=tuple((replace or {}).items()))


_SEAL = object()


class Theorem:
    """What the kernel has checked. Only the kernel makes one."""

    __slots__ = ("cited", "conclusion", "evidence", "hypotheses", "lemmas")
    cited: frozenset[Citation]
    conclusion: Boolean
    evidence: frozenset[Evidence]
    hypotheses: frozenset[Boolean]
    lemmas: frozenset[str]

    def __init__(
        self,
        seal: object,
        hypotheses: frozenset[Boolean],
        conclusion: Boolean,
        evidence: frozenset[Evidence],
        cited: frozenset[Citation],
        lemmas: frozenset[str],
    ):
        if seal is not _SEAL:
            raise Rejected("a Theorem is made by the kernel alone; write a derivation and replay it.")
        for name, value in zip(sorted(self.__slots__), (cited, conclusion, evidence, hypotheses, lemmas), strict=True):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise Rejected("a Theorem does not change; write a derivation and replay it.")

    def __repr__(self) -> str:
        return f"{', '.join(sorted(map(str, self.hypotheses)))} |- {self.conclusion}"


@dataclass(frozen=True)
class Rule:
    """A named inference: `check(conclusion, premises, **arguments)` returns the hypotheses or raises `Rejected`."""

    name: str
    check: Callable[..., Iterable[Boolean]]
    evidence: Evidence
    cites: tuple[Citation, ...] = ()
    doc: str = field(default="", compare=False)


rules: dict[str, Rule] = {}
"""Every rule that the kernel knows, by name."""


def rule(evidence: Evidence = Evidence.EXACT, *cites: Citation) -> Callable:
    """Register a function as an inference rule under its own name."""

    def register(check: Callable) -> Callable:
        name = check.__name__.rstrip("_")
        rules[name] = Rule(name, check, evidence, cites, (check.__doc__ or "").strip())
        return check

    return register


Lemmas = Callable[[str], Theorem]

_MISFIT = (
    *(TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError, NotImplementedError),
    BasePolynomialError,  # of SymPy: an expression that is 0 as a polynomial
)
"""What a rule raises on arguments or statements that are not of the kind that it takes, UnknownClaim included."""


def conclude(step: Step, premises: list[Theorem], lemmas: Lemmas) -> Theorem:
    """Check one step and make its theorem.

    Raises Rejected if there is no such rule, or the rule does not give the stated conclusion from these premises.
    """
    known = rules.get(step.rule)
    if known is None:
        raise Rejected(f"there is no rule «{step.rule}»; the rules are {', '.join(sorted(rules))}.")
    arguments = dict(step.arguments)
    used = list(premises)
    try:
        if step.rule == "lemma":
            used = [lemmas(arguments.pop("name")), *premises]
        if not all(type(theorem) is Theorem for theorem in used):
            raise Rejected("a premise is not a theorem of the kernel.")
        well_formed(step.conclusion)
        hypotheses = frozenset(known.check(step.conclusion, *used, **arguments))
        for statement in hypotheses:
            well_formed(statement)
    except _MISFIT as error:
        raise Rejected(f"rule {step.rule} does not apply: {type(error).__name__}: {error}") from error
    evidence, cited = frozenset({known.evidence}), frozenset(known.cites)
    below: frozenset[str] = frozenset()
    for theorem in used:
        evidence, cited, below = evidence | theorem.evidence, cited | theorem.cited, below | theorem.lemmas
    if step.rule == "lemma":
        below |= {dict(step.arguments)["name"]}
    return Theorem(_SEAL, hypotheses, step.conclusion, evidence, cited, below)


def build(claim: Claim, derivation: Callable[[Derivation], None]) -> tuple[Step, ...]:
    """The steps of a derivation towards the goal of `claim`, unchecked."""
    steps = Derivation(claim)
    derivation(steps)
    return tuple(steps.steps)


def replay(claim: Claim, steps: tuple[Step, ...], lemmas: Lemmas, known: Iterable[Theorem] = ()) -> Theorem:
    """Replay a derivation; the theorem is the claim.

    `known`: theorems for the first steps, if the caller has replayed them before. Every step must be used, the last must
    state the goal of the claim, and no hypothesis may be left beyond those of the claim. Raises Rejected otherwise, with
    claim, step and rule.
    """
    theorems = list(known)
    if any(type(a) is not Theorem or a.conclusion != b.conclusion for a, b in zip(theorems, steps, strict=False)):
        raise Rejected(f"{claim.name}: what is given as known are not the theorems of the first steps.")
    for number, step in enumerate(steps[len(theorems) :], start=len(theorems)):
        if any(not 0 <= premise < number for premise in step.premises):
            raise Rejected(f"{claim.name}: step {number + 1} leans on a step that does not come before it.")
        try:
            theorems.append(conclude(step, [theorems[premise] for premise in step.premises], lemmas))
        except Rejected as error:
            raise Rejected(f"{claim.name}: step {number + 1} ({step.rule}: {step.conclusion}): {error}") from error
    if not theorems:
        raise Rejected(f"{claim.name}: the derivation has no step.")
    idle = sorted(set(range(len(steps) - 1)) - {premise for step in steps for premise in step.premises})
    if idle:
        raise Rejected(f"{claim.name}: step {idle[0] + 1} ({steps[idle[0]].conclusion}) is never used.")
    try:
        well_formed(claim.proposition)
    except ValueError as error:
        raise Rejected(f"{claim.name}: the goal is not a statement of the language: {error}.") from error
    last = theorems[-1]
    if not same(last.conclusion, claim.proposition):
        raise Rejected(f"{claim.name}: the derivation ends in {last.conclusion}, not in the goal {claim.proposition}.")
    assumptions = claim.assumptions
    extra = [h for h in last.hypotheses if h not in assumptions and not any(same(a, h) for a in assumptions)]
    if extra:
        names = "; ".join(sorted(map(str, extra)))
        raise Rejected(f"{claim.name}: the derivation needs hypotheses that the claim does not have: {names}.")
    return last
