"""The kernel: the only maker of theorems, and the one place where definedness is asked for.

A derivation is data: steps, each with a rule, the statement it claims, the earlier steps it leans on and its arguments. A rule
says what follows from the premises, under which hypotheses (`Outcome`). The kernel compares that with what is stated,
and asks for every condition of D(stated). A premise whose hypotheses are not all hypotheses of the conclusion is no fact.

**A theorem h1, ..., hk |- c says: for all reals, letters, families and alphabets, P(h1), ..., P(hk) imply P(c)** (meaning.py).

What enters is rebuilt from exact types; anything but success is `Rejected`. One thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from focal_symbolic.errors import Rejected
from focal_symbolic.logic import meaning
from focal_symbolic.logic.context import Answers, Context
from focal_symbolic.logic.fuel import metered
from focal_symbolic.logic.terms import (
    LETTER,
    NUMBER,
    STATEMENT,
    TEMPLATE,
    Key,
    Term,
    abstract,
    every,
    free,
    in_order,
    is_stated,
    mk,
)

__all__ = [
    "NOTHING",
    "Answers",
    "Citation",
    "Outcome",
    "Rule",
    "Step",
    "Theorem",
    "arbitrary_in",
    "conclude",
    "demand",
    "freeze",
    "here",
    "replay",
    "rule",
    "rules",
]

MOST_STEPS, MOST_PREMISES = 2000, 60


def demand(condition: bool, message: str, *about: Any) -> None:
    """Raise Rejected with the message, its {} filled with what it is about, unless the condition is True itself."""
    if condition is not True:
        raise Rejected(message.format(*about))


@dataclass(frozen=True, order=True)
class Citation:
    """A classical theorem that a rule leans on, after checking its hypotheses."""

    name: str
    statement: str
    reference: str


@dataclass(frozen=True)
class Step:
    """One line of a derivation: the statement, the rule that gives it, the steps it uses and the rule's arguments.

    Arguments are (name, value) pairs; a value is a term, a name, an integer, or a tuple of these.
    """

    rule: str
    conclusion: Term
    premises: tuple[int, ...] = ()
    arguments: tuple[tuple[str, Any], ...] = ()


_SEAL = object()


class Theorem:
    """What the kernel has checked. Only the kernel makes one."""

    __slots__ = ("cited", "conclusion", "evidence", "hypotheses", "lemmas")
    cited: frozenset[Citation]
    conclusion: Term
    evidence: frozenset[str]
    hypotheses: frozenset[Term]
    lemmas: frozenset[str]

    def __init__(
        self,
        seal: object,
        hypotheses: frozenset[Term],
        conclusion: Term,
        evidence: frozenset[str],
        cited: frozenset[Citation],
        lemmas: frozenset[str],
    ):
        if seal is not _SEAL:
            raise Rejected("a Theorem is made by the kernel alone; write a derivation and replay it.")
        for name, to in zip(self.__slots__, (cited, conclusion, evidence, hypotheses, lemmas), strict=True):
            object.__setattr__(self, name, to)

    def __setattr__(self, name: str, to: object) -> None:
        raise Rejected("a Theorem does not change; write a derivation and replay it.")

    def __reduce__(self) -> Any:
        raise Rejected("a Theorem is made by the kernel alone; replay its derivation instead of copying it.")

    def __repr__(self) -> str:
        return f"{', '.join(sorted(map(str, self.hypotheses)))} |- {self.conclusion}"


# -- rules -----------------------------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """What a rule says of a step.

    hypotheses: under which the conclusion holds. gives: statements that follow, each of them P; the stated conclusion must
    say what one of them says; None where the rule has compared. needs: statements that must be shown before. defined: terms
    that must be shown to be defined before. shown: what the rule has shown on the way (P), a fact only after that.
    """

    hypotheses: frozenset[Term]
    gives: tuple[Term, ...] | None
    shown: tuple[Term, ...] = ()
    needs: tuple[Term, ...] = ()
    defined: tuple[Term, ...] = ()


NOTHING: frozenset[Term] = frozenset()


@dataclass(frozen=True)
class Rule:
    """An inference: `check(reasoning, conclusion, *premises, **arguments)` returns an Outcome or raises Rejected."""

    name: str
    check: Callable[..., Outcome]
    schema: Mapping[str, str]
    cites: tuple[Citation, ...]
    evidence: str
    doc: str


_rules: dict[str, Rule] = {}
rules: Mapping[str, Rule] = MappingProxyType(_rules)
"""Every rule that the kernel knows, by name."""


def rule(
    *cites: Citation, evidence: str = "exact", **schema: str
) -> Callable[[Callable[..., Outcome]], Callable[..., Outcome]]:
    """Register a function as an inference rule under its own name, once.

    schema: the arguments with their kinds: the sorts NUMBER, LETTER, STATEMENT, "name" or "mapping"; "*" before a kind stands
    for a tuple of them, "?" for an argument that may be left out.
    """

    def register(check: Callable[..., Outcome]) -> Callable[..., Outcome]:
        name = check.__name__.rstrip("_")
        demand(not _frozen, "the rules are frozen.")
        demand(name not in _rules, "there is a rule «{}» already.", name)
        kind = "cited" if cites else evidence
        _rules[name] = Rule(name, check, MappingProxyType(dict(schema)), cites, kind, (check.__doc__ or "").strip())
        return check

    return register


_frozen: list[bool] = []


def freeze() -> None:
    """No rule is added, and no function declared, from here on in this process."""
    _frozen.append(True)
    meaning.freeze()


_SORT_OF_KEY = {"var": NUMBER, "letter": LETTER, "entry": TEMPLATE}


def rebuilt(kind: str, given: Any) -> Any:
    """An argument made anew from exact types. Raises Rejected where it is not of its kind."""
    if kind.startswith("*"):
        demand(type(given) is tuple, "an argument is no tuple of {}s.", kind[1:])
        return tuple(rebuilt(kind[1:], a) for a in given)
    if kind == "name":
        demand(type(given) is str, "an argument is no name.")
        return given
    if kind == "mapping":
        demand(
            type(given) is tuple and all(type(pair) is tuple and len(pair) == 2 for pair in given), "an argument is no mapping."
        )
        return tuple(_replacement(*pair) for pair in given)
    demand(type(given) is Term and given.sort == kind and is_stated(given), "an argument is no {}.", kind)
    return given


def _replacement(key: Any, to: Any) -> tuple[Key, Term]:
    demand(
        type(key) is tuple and len(key) == 2 and type(key[0]) is str and type(key[1]) is str, "what is replaced has no name."
    )
    demand(key[0] in _SORT_OF_KEY, "a {} is not replaced.", key[0])
    return (key[0], key[1]), rebuilt(_SORT_OF_KEY[key[0]], to)


# -- what is known ---------------------------------------------------------------------------------------------------------


def arbitrary_in(theorem: Theorem) -> Iterator[Term]:
    """The conclusion for every letter, for the letters of which no hypothesis speaks, and for every two of them."""
    fixed = {key for h in theorem.hypotheses for key in free(h)}
    names = [mk(*key) for key in sorted(free(theorem.conclusion) - fixed) if key[0] == "letter"]
    for a in names:
        one = every(abstract(theorem.conclusion, a))
        yield one
        for b in names:
            if b is not a:
                yield every(abstract(one, b))


def here(answers: Answers, hypotheses: frozenset[Term], premises: Iterable[Theorem], shown: Iterable[Term] = ()) -> Context:
    """What is known under the hypotheses: premises that need no others, at every letter in which they are arbitrary."""
    facts = in_order(shown)
    for p in premises:
        if p.hypotheses <= hypotheses:
            facts.append(p.conclusion)
            facts += arbitrary_in(p)
    return Context(answers, facts, in_order(hypotheses))


# -- steps -----------------------------------------------------------------------------------------------------------------

Lemmas = Callable[[str], Theorem]


def conclude(step: Step, premises: Sequence[Theorem], lemmas: Lemmas, answers: Answers) -> Theorem:
    """Check one step and make its theorem.

    `lemmas` gives the theorem of a claim by its name; `answers` the certificates, none of which is believed unchecked.
    Raises Rejected whatever goes wrong.
    """
    try:
        with metered():
            return _conclude(step, premises, lemmas, answers)
    except Rejected:
        raise
    except Exception as error:
        raise Rejected(f"rule {step.rule} does not apply: {type(error).__name__}: {error}") from error


def _conclude(step: Step, premises: Sequence[Theorem], lemmas: Lemmas, answers: Answers) -> Theorem:
    known = rules.get(step.rule)
    if known is None:
        raise Rejected(f"there is no rule «{step.rule}»; the rules are {', '.join(sorted(rules))}.")
    stated = rebuilt(STATEMENT, step.conclusion)
    arguments = _arguments(known, step.arguments)
    used = list(premises)
    name = arguments.pop("name", None)
    if step.rule == "lemma":
        used.insert(0, lemmas(name))
    demand(all(type(p) is Theorem for p in used), "a premise is not a theorem of the kernel.")
    demand(len(used) <= MOST_PREMISES, f"a step has more than {MOST_PREMISES} premises.")
    outcome = known.check(answers, stated, *used, **arguments)
    _compare(stated, outcome, used, answers)
    below = frozenset[str]().union(*(p.lemmas for p in used)) | ({name} if step.rule == "lemma" else set())
    evidence = frozenset({known.evidence}).union(*(p.evidence for p in used))
    cited = frozenset(known.cites).union(*(p.cited for p in used))
    return Theorem(_SEAL, outcome.hypotheses, stated, evidence, cited, below)


def _arguments(known: Rule, given: Any) -> dict[str, Any]:
    demand(
        type(given) is tuple and all(type(pair) is tuple and len(pair) == 2 for pair in given), "the arguments are no pairs."
    )
    names = [name for name, _ in given]
    demand(all(type(name) is str for name in names) and len({*names}) == len(names), "an argument is given twice.")
    demand({*names} <= known.schema.keys(), "it takes no argument {}.", sorted({*names} - known.schema.keys()))
    missing = [name for name, kind in known.schema.items() if name not in names and not kind.startswith("?")]
    demand(not missing, "it asks for {}.", missing)
    return {name: rebuilt(known.schema[name].removeprefix("?"), a) for name, a in given}


def _compare(stated: Term, outcome: Outcome, premises: Sequence[Theorem], answers: Answers) -> None:
    """What follows is what is stated, and what is stated is defined."""
    demand(all(is_stated(h) for h in outcome.hypotheses), "a hypothesis speaks of a letter of the checker's own.")
    known = here(answers, outcome.hypotheses, premises)
    for s in outcome.needs:
        demand(known.shows(s), "nothing shows {}.", s)
    for t in outcome.defined:
        _define(known, t)
    if outcome.shown:  # only now: what a rule has shown may be undefined without the above
        known = here(answers, outcome.hypotheses, premises, outcome.shown)
    if outcome.gives is not None:
        gives = outcome.gives
        demand(
            any(s is stated for s in gives) or any(known.alike(s, stated) for s in gives),
            "the premises give {}, not {}.",
            list(gives[:3]),
            stated,
        )
    _define(known, stated)


def _define(known: Context, t: Term) -> None:
    missing = known.undefined(t)
    demand(missing is None, "nothing shows {}, without which {} is undefined.", missing, t)


# -- derivations -----------------------------------------------------------------------------------------------------------


def replay(
    name: str, goal: Term, assumptions: Sequence[Term], steps: Sequence[Step], lemmas: Lemmas, answers: Answers
) -> Theorem:
    """Replay a derivation; the theorem is the claim.

    The last step must state the goal, under no hypotheses beyond the assumptions. It is policy, not soundness, that every
    step is used. Raises Rejected otherwise, with claim, step and rule.
    """
    demand(type(steps) in (list, tuple) and type(assumptions) in (list, tuple), "{}: steps and assumptions are lists.", name)
    demand(0 < len(steps) <= MOST_STEPS, "{}: a derivation has at least one step and at most {}.", name, MOST_STEPS)
    goal, taken = rebuilt(STATEMENT, goal), tuple(rebuilt(STATEMENT, a) for a in assumptions)
    theorems: list[Theorem] = []
    for number, step in enumerate(steps):
        demand(type(step) is Step and type(step.rule) is str, "{}: step {} is no step.", name, number + 1)
        before = type(step.premises) is tuple and all(type(k) is int and 0 <= k < number for k in step.premises)
        demand(before, "{}: step {} leans on a step that does not come before it.", name, number + 1)
        try:
            theorems.append(conclude(step, [theorems[k] for k in step.premises], lemmas, answers))
        except Rejected as error:
            raise Rejected(f"{name}: step {number + 1} ({step.rule}: {step.conclusion}): {error}") from error
    idle = sorted(set(range(len(steps) - 1)) - {k for step in steps for k in step.premises})
    demand(not idle, "{}: step {} is never used.", name, idle[0] + 1 if idle else 0)
    try:
        with metered():
            return _finished(name, goal, taken, theorems[-1], answers)
    except Rejected:
        raise
    except Exception as error:
        raise Rejected(f"{name}: the goal is not compared: {type(error).__name__}: {error}") from error


def _finished(name: str, goal: Term, assumptions: tuple[Term, ...], last: Theorem, answers: Answers) -> Theorem:
    """The last theorem, restated as the goal, under the assumptions that it and the restatement use."""
    whole = frozenset(assumptions)
    matched = {h: _assumed(h, whole, answers) for h in in_order(last.hypotheses)}
    extra = [h for h, a in matched.items() if a is None]
    demand(not extra, "{}: the derivation needs what the claim does not assume: {}.", name, extra)
    # Restated under what is used; where that needs more of the assumptions, the theorem assumes all of them.
    for kept in (frozenset(a for a in matched.values() if a), whole):
        known = Context(answers, [last.conclusion], in_order(kept))
        if all(_assumed(h, kept, answers) for h in matched) and known.is_defined(goal) and known.alike(last.conclusion, goal):
            return Theorem(_SEAL, kept, goal, last.evidence, last.cited, last.lemmas)
    raise Rejected(f"{name}: the derivation ends in {last.conclusion}, not in the goal.")


def _assumed(h: Term, assumptions: frozenset[Term], answers: Answers) -> Term | None:
    """The assumption that says what a hypothesis says, where all of them hold."""
    if h in assumptions:
        return h
    given = Context(answers, in_order(assumptions))
    return next((a for a in in_order(assumptions) if given.alike(a, h)), None)
