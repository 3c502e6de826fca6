"""Every step of every derivation of the library, with every small wrong change: the kernel refuses each mutant."""

from dataclasses import replace
from functools import cache

import mutations
import pytest

from focal_symbolic import library
from focal_symbolic.algebra import alike, same
from focal_symbolic.claim import Near
from focal_symbolic.errors import Rejected
from focal_symbolic.kernel import conclude, replay


def theorems(steps, known=(), changed=None):
    """The theorems of the steps; those that do not depend on the changed step are taken from `known`."""
    made, stale = list(known), set() if changed is None else {changed}
    for number, step in enumerate(steps):
        if known and number not in stale and stale.isdisjoint(step.premises):
            continue
        stale.add(number)
        theorem = conclude(step, [made[premise] for premise in step.premises], library.theorem)
        made[number:] = [theorem, *made[number + 1 :]]
    return made


@cache
def proof(name):
    """A claim of the library, the steps of its derivation and their theorems."""
    steps = library.steps(name)
    return library.result(name).claim, steps, theorems(steps)


def survives(claim, steps, known, number, mutant):
    """Whether a derivation with one step changed still proves the claim."""
    steps = (*steps[:number], mutant, *steps[number + 1 :])
    try:
        replay(claim, steps, library.theorem, known=theorems(steps, known, number))
    except Rejected:
        return False
    return True


def restated(step, mutant):
    """Whether the change is one of the conclusion only, and that still says the same."""
    return step.conclusion != mutant.conclusion and alike(step.conclusion, mutant.conclusion)


@pytest.mark.parametrize("name", library.results())
def test_every_mutant_is_refused(name):
    claim, steps, known = proof(name)
    survivors = [
        f"step {number + 1} ({mutant.rule}): {change}"
        for number, change, mutant in mutations.of_derivation(steps)
        if survives(claim, steps, known, number, mutant) and not restated(steps[number], mutant)
    ]
    assert survivors == []


@pytest.mark.parametrize("name", library.results())
def test_every_hypothesis_is_needed(name):
    """A claim that lacks a hypothesis which its theorem uses is not what the derivation proves."""
    claim, steps, known = proof(name)
    for assumption in claim.assumptions:
        if any(same(assumption, h) for h in known[-1].hypotheses):
            rest = tuple(a for a in claim.assumptions if not same(a, assumption))
            weaker = replace(claim, variables=tuple(claim.of(Near)), where=rest)
            with pytest.raises(Rejected, match="hypotheses that the claim does not have"):
                replay(weaker, steps, library.theorem, known=known)


@pytest.mark.parametrize("name", library.results())
def test_every_step_is_needed(name):
    """A derivation that stops before its end does not prove the claim."""
    claim, steps, known = proof(name)
    for end in range(len(steps)):
        with pytest.raises(Rejected):
            replay(claim, steps[:end], library.theorem, known=known[:end])


def test_mutants_are_many():
    """The generator has not dried up: each step has mutants of its conclusion, each premise and argument has its own."""
    for name in library.results():
        steps = library.steps(name)
        found = list(mutations.of_derivation(steps))
        assert {number for number, _, _ in found} == set(range(len(steps)))
        dropped = sum(change.endswith("dropped") and change.startswith("premise") for _, change, _ in found)
        assert dropped == sum(len(set(step.premises)) for step in steps)
