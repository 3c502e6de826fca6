"""Every step of every derivation of the library, with every small wrong change: none says more than the step did.

A mutant is refused where its own rule refuses it, a later step no longer follows, the claim is not what comes out, or a step is
left over. One that is accepted must be a restatement: its theorem is the same, or follows from what the step said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import mutations
import pytest
from atlas import EVERY, marked

from focal_symbolic.claims import library
from focal_symbolic.claims.derivation import stated
from focal_symbolic.claims.kept import answers
from focal_symbolic.errors import Rejected
from focal_symbolic.logic import context, kernel
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.kernel import Answers, Step, Theorem, conclude, here, replay
from focal_symbolic.logic.terms import Term, in_order, substitute


@dataclass(frozen=True)
class Proof:
    """A claim of the library as terms, the steps of its derivation and their theorems; stored certificates come first."""

    name: str
    assumptions: tuple[Term, ...]
    goal: Term
    steps: tuple[Step, ...]
    theorems: tuple[Theorem, ...]
    answers: Answers

    def with_step(self, number: int, mutant: Step) -> tuple[Step, ...]:
        return (*self.steps[:number], mutant, *self.steps[number + 1 :])


@cache
def proof(name: str) -> Proof:
    assumptions, goal = stated(library.result(name).claim)
    steps, found = library.steps(name), answers(name)
    made: list[Theorem] = []
    for step in steps:
        made.append(conclude(step, [made[k] for k in step.premises], library.theorem, found))
    return Proof(name, assumptions, goal, steps, tuple(made), found)


def changed(given: Proof, number: int, mutant: Step) -> Theorem | None:
    """The theorem of the mutant, if the derivation with it in place of the step still proves the claim.

    Theorems of steps that do not lean on it are not concluded anew.
    """
    steps = given.with_step(number, mutant)
    if {k for step in steps for k in step.premises} < set(range(len(steps) - 1)):
        return None  # a step is left over
    made, stale = list(given.theorems), set()
    for place, step in enumerate(steps):
        if place == number or not stale.isdisjoint(step.premises):
            try:
                made[place] = conclude(step, [made[k] for k in step.premises], library.theorem, given.answers)
            except Rejected:
                return None
            stale.add(place)
    last, before = made[-1], given.theorems[-1]
    if (last.conclusion, last.hypotheses) != (before.conclusion, before.hypotheses):
        try:
            replay(given.name, given.goal, given.assumptions, steps, library.theorem, given.answers)
        except Rejected:
            return None
    return made[number]


def says_no_more(given: Proof, number: int, mutant: Theorem) -> bool:
    """Whether the theorem of a mutant follows from what the step said, at a glance: by shape, or by a sign.

    Its conclusion is the same or weaker, and it assumes as much, perhaps written otherwise, or as much as a lemma does
    whose hypotheses the premises of the step showed. A hypothesis may be weaker where it is used.
    """
    step, line = given.theorems[number], given.steps[number]
    if line.rule == "hypothesis":
        used = [t for t, by in zip(given.theorems, given.steps, strict=True) if number in by.premises]
        return all(follows(given, step, mutant, {*given.assumptions, *t.hypotheses}) for t in used)
    by_lemma = line.rule == "lemma" and assumes_what_the_lemma_does(given, line, mutant)
    return (by_lemma or assumes_as_much(given, mutant, step)) and follows(given, step, mutant, step.hypotheses)


def follows(given: Proof, step: Theorem, mutant: Theorem, hypotheses: Iterable[Term]) -> bool:
    """Whether under the hypotheses the conclusion of the step shows that of the mutant."""
    known = Context(given.answers, [step.conclusion], in_order(hypotheses))
    return known.alike(step.conclusion, mutant.conclusion) or known.shows(mutant.conclusion)


def assumes_as_much(given: Proof, mutant: Theorem, step: Theorem) -> bool:
    """Whether each hypothesis of the step is one of the mutant's."""
    left = step.hypotheses - mutant.hypotheses
    known = Context(given.answers, in_order(mutant.hypotheses))
    return all(any(known.alike(h, one) for h in in_order(mutant.hypotheses)) for one in left)


def assumes_what_the_lemma_does(given: Proof, line: Step, mutant: Theorem) -> bool:
    """Whether a mutant assumes, or shows by the premises of the line, each hypothesis of the lemma at its values."""
    arguments = dict(line.arguments)
    known = here(given.answers, mutant.hypotheses, [given.theorems[k] for k in line.premises])
    wanted = (substitute(h, dict(arguments["replace"])) for h in library.theorem(arguments["name"]).hypotheses)
    return all(known.shows(h) for h in wanted)


def accepted(given: Proof, only: int | None = None) -> list[tuple[str, int, Theorem]]:
    """The mutants, of all steps or of one, with which the claim is still proved: the change, number and theorem of the step."""
    found = (
        (change, number, changed(given, number, mutant))
        for number, change, mutant in mutations.of_derivation(given.steps)
        if only is None or number == only
    )
    return [(change, number, theorem) for change, number, theorem in found if theorem is not None]


def wrong(given: Proof, found: list[tuple[str, int, Theorem]]) -> list[str]:
    """Those of the mutants that say more than the step did."""
    return [
        f"step {number + 1} ({given.steps[number].rule}): {change}: {theorem}"
        for change, number, theorem in found
        if not says_no_more(given, number, theorem)
    ]


@pytest.mark.parametrize("name", marked(library.results(), EVERY))
def test_no_mutant_says_more(name):
    assert wrong(proof(name), accepted(proof(name))) == []


@pytest.mark.parametrize("name", library.results())
def test_every_hypothesis_is_needed(name):
    """A claim that lacks a hypothesis which its theorem uses is not what the derivation proves."""
    found, (assumptions, goal) = library.theorem(name), stated(library.result(name).claim)
    whole = Step("lemma", goal, (), (("name", name), ("replace", ())))
    assert replay(name, goal, assumptions, (whole,), library.theorem, answers(name)).hypotheses == found.hypotheses
    for hypothesis in found.hypotheses:
        rest = tuple(a for a in assumptions if a is not hypothesis)
        with pytest.raises(Rejected, match="the derivation needs what the claim does not assume"):
            replay(name, goal, rest, (whole,), library.theorem, answers(name))


@pytest.mark.parametrize("name", marked(library.results(), 8))
def test_no_earlier_step_proves_the_claim(name):
    """But for one before a last step that restates it for the reader."""
    given = proof(name)
    for theorem in given.theorems[:-2]:
        whole = Step("lemma", theorem.conclusion, (), (("name", name), ("replace", ())))
        with pytest.raises(Rejected):
            replay(name, given.goal, given.assumptions, (whole,), lambda _, theorem=theorem: theorem, given.answers)


def test_mutants_are_many():
    """The generator has not dried up: each step has mutants of its conclusion, each premise and argument has its own."""
    for name in library.results():
        steps = library.steps(name)
        found = list(mutations.of_derivation(steps))
        assert {number for number, _, _ in found} == set(range(len(steps)))
        dropped = sum(change.endswith("dropped") and change.startswith("premise") for _, change, _ in found)
        assert dropped == sum(len(set(step.premises)) for step in steps)
        for number, step in enumerate(steps):
            arguments = sum(change.startswith("argument") for at, change, _ in found if at == number)
            assert arguments >= sum(bool(value) and key != "name" for key, value in step.arguments)


# -- controls: a kernel with a hole in it is found out ------------------------------------------------------------------------

SMALL = tuple(
    (name, None)
    for name in ("finiteness/at_most_cross_entropy", "elementary/log_square", "uniqueness/onto", "ordering/relabel")
)
HOLES = {
    "the conclusion is defined": (kernel, "_define", lambda *_: None, (("cross_entropy_limit/first_order", 4),)),
    "every number has every sign": (Context, "sign", lambda *_: True, SMALL),
    "all numbers are equal": (Context, "equal", lambda *_: True, SMALL),
    "statements of one kind say the same": (context, "similar", lambda _, s, t, __: s.op == t.op, SMALL),
    "what is stated follows": (kernel, "_compare", lambda *_: None, SMALL),
}


@pytest.mark.parametrize("hole", HOLES)
def test_a_kernel_with_a_hole_is_found_out(hole, monkeypatch):
    """A kernel that takes one thing for granted accepts mutants that say more than the step did."""
    where, name, instead, claims = HOLES[hole]
    given = [(proof(claim), only) for claim, only in claims]
    with monkeypatch.context() as patch:
        patch.setattr(where, name, instead)
        found = [(one, accepted(one, only)) for one, only in given]
    assert any(wrong(*pair) for pair in found)
