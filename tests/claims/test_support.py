"""Kinds of variables for data that vanish somewhere: what they put into a case meets their own hypotheses."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from sympy import Eq, oo

from focal_symbolic.claims import cases, data, library, minimum, multiplier_of, pmf, price_on, support, supported, unit
from focal_symbolic.claims.claim import Claim
from focal_symbolic.claims.closed import hypotheses
from focal_symbolic.claims.evaluate import decide
from focal_symbolic.claims.variables.number import Number
from focal_symbolic.definitions import gamma, multiplier, p, q
from focal_symbolic.language import array

r, s, t, v, f = map(array, "rstvf")
FOCUS, DATA = Number(gamma, 0, oo), data(p)
KINDS = {
    "unit": (pmf(p), unit(t)),
    "supported": (DATA, data(r), supported(r, p)(v)),
    "minimum": (FOCUS, DATA, minimum(p, gamma)((q, t, multiplier))),
    "support": (DATA, support(p)((s, f))),
    "multiplier": (FOCUS, pmf(p), multiplier_of(p, gamma)(multiplier)),
    "multiplier on the support": (FOCUS, DATA, data(r), price_on(p, gamma, r)(multiplier)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_hard_case_meets_the_hypotheses_of_the_kind(kind):
    claim = Claim("file/part", "a sentence", "own", "", KINDS[kind], Eq(p, p))
    found = [case for case in cases.environments(claim) if case.size <= 6]
    assert len(found) > 3
    for case in found[::7]:
        assert decide(hypotheses(claim, everything=True), case).value == 1, case.describe()


def family(kind, name, masses, **numbers):
    """A family of the hard cases of a kind on data with these masses."""
    claim = Claim("file/part", "a sentence", "own", "", KINDS[kind], Eq(p, p))
    for case in cases.environments(claim):
        if case.families["p"] == masses and all(case.numbers[key] == value for key, value in numbers.items()):
            return case.families[name]
    raise LookupError(masses)


def test_zeros_of_the_data():
    half = Fraction(1, 2)
    masses = (half, Fraction(0), half)
    assert family("support", "s", masses) == (1, 0, 1)
    assert family("support", "f", masses) == (half, 1, half)
    assert family("minimum", "q", masses) == masses  # uniform on its support
    assert family("minimum", "t", masses) == (half, half, half)


def test_a_model_that_vanishes_on_the_support_has_no_case():
    claim = Claim("file/part", "a sentence", "own", "", KINDS["supported"], Eq(p, p))
    for case in cases.environments(claim):
        assert all(there > 0 for here, there in zip(case.families["p"], case.families["r"], strict=True) if here > 0)


def test_a_number_whose_end_is_undefined_has_no_case():
    """1 - 1/n is 0 on one letter, and it is divided by."""
    result = library.result("uniqueness/no_other_multiplier")
    claim = replace(result.claim, where=())
    assert all(case.size > 1 for case in cases.environments(claim))
