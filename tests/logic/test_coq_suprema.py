"""What is written in Coq of the rules of suprema: each step leans on the lemma of the library that is its rule."""

import re
from types import SimpleNamespace

import pytest

from focal_symbolic.claims import coq as second
from focal_symbolic.claims import library
from focal_symbolic.logic.coq.limits import Limit
from focal_symbolic.logic.coq.scope import Unproved
from focal_symbolic.logic.terms import ONE, ZERO, eq, every, le, mk, total

LEMMAS = {
    "sup_upper": {"sup_above"},
    "sup_least": {"bounded_by", "sup_at_most"},
    "sup_together": {"rsum_grows", "sup_plus", "bounded_by", "sup_at_most"},
    "root_of_sup": {"dominated_finite", "one_root_of_limit"},
}
EVERY_SIZE = r"forall n1 : nat, \(0 < n1\)%nat ->"


def lemmas(name):
    """The text of each step of a claim, with its rule; one step may be several lemmas."""
    _, *pieces = re.split(r"\n\(\* (\d+: \w+)", second._text(name))
    steps = dict.fromkeys(pieces[::2], "")
    for step, text in zip(pieces[::2], pieces[1::2], strict=True):
        steps[step] += text
    return [(step.split()[1], text) for step, text in steps.items()]


def words(text):
    """The lemmas of suprema that a text speaks of."""
    return {lemma for used in LEMMAS.values() for lemma in used if re.search(rf"\b{lemma}\b", text)}


@pytest.mark.parametrize("name", ["infinite/truncation", "infinite/lipschitz_in_gamma", "infinite_minimizer/multiplier_exists"])
def test_each_step_leans_on_the_lemma_of_its_rule(name):
    written = lemmas(name)
    assert [rule for rule, _ in written] == [step.rule for step in library.steps(name)]
    assert {rule for rule, _ in written} & {*LEMMAS}
    for rule, text in written:
        assert {lemma for used in LEMMAS.values() for lemma in used if re.search(rf"\b{lemma}\b", text)} == LEMMAS.get(
            rule, set()
        )
        if rule in ("on_parts", "at_size"):
            assert re.search(EVERY_SIZE, text)


def test_sums_are_taken_apart_one_by_one():
    """Three suprema: two are split off, and each sum grows."""
    (together, *_) = [text for rule, text in lemmas("infinite_minimizer/strictly_optimal") if rule == "sup_together"]
    assert together.count("sup_plus") == 2
    assert together.count("plus_grows") == 1


def test_what_is_not_dominated_is_not_written():
    """The kernel has refused it before."""
    terms = mk("entry", "p", mk("bletter", 0))
    equation = eq(mk("sup", total(terms)), ZERO)
    said = mk("parts", every(le(ZERO, terms)))
    step = SimpleNamespace(premises=[SimpleNamespace(conclusion=said)] * 5)
    with pytest.raises(Unproved, match="nothing dominates the sums"):
        Limit(step, None, equation, (ZERO, ONE), "x", None, "O")
