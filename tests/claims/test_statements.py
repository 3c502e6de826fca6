"""What the claims state: nothing that is not used, each name printed as no other, and all of it in a committed text."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

import pytest
from atlas import sample_and_all
from sympy import Eq

from focal_symbolic.claims import library, statements
from focal_symbolic.claims.claim import Claim
from focal_symbolic.claims.derivation import stated
from focal_symbolic.claims.variables.number import Number
from focal_symbolic.definitions import gamma, p
from focal_symbolic.errors import Rejected
from focal_symbolic.language import array, i, index, letters, n, real
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.doors import read
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import free, in_order


def conjuncts(statement):
    """The parts of a conjunction."""
    return [s for part in statement.args for s in conjuncts(part)] if statement.op == "and" else [statement]


@pytest.mark.parametrize("name", library.results())
def test_no_hypothesis_beyond_the_variables_is_idle(name):
    """The theorem that the kernel made of the derivation assumes each of them: without it the claim would be stronger."""
    claim, theorem = library.result(name).claim, library.theorem(name)
    assumed = {s for h in theorem.hypotheses for s in conjuncts(h)}
    assert [w for w in claim.where if not {*conjuncts(read(w))} <= assumed] == []


@pytest.mark.parametrize("name", library.results())
def test_no_range_is_narrower_than_it_has_to_be(name):
    """Each end of an interval is assumed, or follows from what is; but a focusing parameter is at least 0, needed or not."""
    claim, theorem = library.result(name).claim, library.theorem(name)
    numbers = [v for v in claim.variables if isinstance(v, Number)]
    assumed = Context(Search(), in_order(theorem.hypotheses))
    idle = [a for v in numbers for a in v.assumptions if not assumed.shows(read(a))]
    assert [a for a in idle if a.args[1] != 0 or a.args[0].name not in ("gamma", "delta", "eta")] == []


@pytest.mark.parametrize("name", library.results())
def test_every_variable_is_spoken_of(name):
    claim, theorem = library.result(name).claim, library.theorem(name)
    spoken = {key for s in (theorem.conclusion, *theorem.hypotheses) for _, key in free(s)}
    assert [v for v in claim.variables if not spoken & set(v.names) and not v.witness] == []


def test_the_committed_text_says_what_the_claims_say():
    """If this fails, run «focal-symbolic claims --write», and look at what has changed."""
    kept = resources.files("focal_symbolic.claims").joinpath("statements.txt").read_text(encoding="utf-8")
    assert statements.text() == kept


def test_a_weaker_claim_shows_in_the_text():
    result = library.result("uniqueness/multiplier_positive")
    assert "⊢ λ > 0\n" in statements.told(result)
    weaker = replace(result, claim=replace(result.claim, where=(gamma > 1,)))
    assert statements.told(weaker) == statements.told(result).replace("  ⊢", "    γ > 1\n  ⊢")


# -- names -------------------------------------------------------------------------------------------------------------------

AMBIGUOUS = {
    "i": real("i") > 0,
    "n": real("n") > n,
    "p": real("p") > p[i],
    "q_i": real("q_i") > array("q")[index("l")],
    "x_1": real("x1") > real("x_1"),
    "p_k": Eq(p[letters("sigma")[i]], real("p_k")),
    "alpha": real("alpha") > p[index("alpha")],
}


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_name_that_is_printed_like_another_is_refused(name):
    claim = Claim("file/part", "a sentence", "own", "", (), AMBIGUOUS[name])
    with pytest.raises(Rejected, match=r"the variable \w+ is printed like a letter, an entry or another name"):
        stated(claim)


@pytest.mark.parametrize("names", sample_and_all(library.results()))
def test_different_statements_are_printed_differently(names):
    """All hypotheses and goals of claims, and of their twins."""
    seen = {}
    for name in names:
        result = library.result(name)
        for claim in (result.claim, result.falsehood):
            assumptions, goal = stated(claim)
            for term in (*assumptions, goal):
                assert seen.setdefault(statements.shown(term), term) is term
    assert len(seen) > len(names)
