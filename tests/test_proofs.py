"""The library as a whole: the form of its pages, the committed list of its claims, and every claim with every leg."""

from __future__ import annotations

import re

import pytest
from atlas import marked

from focal_symbolic.claims import library, verify

SECTIONS = ["Source", "Statement", "Idea", "Trusted", "Not covered"]
CI_EXAMPLES = 10
"""Few: the campaigns are for `focal-symbolic verify`."""


@pytest.mark.parametrize("name", library.modules())
def test_every_page_has_the_header_in_its_order(name):
    text = library.modules()[name].__doc__ or ""
    title, *rest = text.splitlines()
    assert title.endswith(".")
    assert [line for line in rest if re.fullmatch(r"\S.*", line)] == SECTIONS
    for section in re.split("\n(?=\\S)", text.strip())[1:]:
        heading, *body = section.splitlines()
        assert "".join(body).strip(), f"{heading} is empty"


@pytest.mark.parametrize("name", library.modules())
def test_every_page_proves_something_under_its_own_name(name):
    assert [key for key in library.results() if key.startswith(f"{name}/")]


def test_the_committed_list_names_every_claim():
    assert sorted(library.expected_names()) == sorted(library.results())


@pytest.mark.parametrize("name", marked(library.results(), 8))
def test_every_leg_holds_and_every_twin_is_refuted(name):
    outcome = verify.check(library.result(name), examples=CI_EXAMPLES, dps=30, seed=1)
    assert outcome.reasons == ()
    assert outcome.twin.refuted_by == ("derivation", "precision", "fuzz")


@pytest.mark.parametrize("name", library.results())
def test_what_is_cited_travels_upward(name):
    theorem = library.theorem(name)
    for lemma in theorem.lemmas:
        below = library.theorem(lemma)
        assert below.cited <= theorem.cited
        assert below.evidence <= theorem.evidence
        assert below.lemmas <= theorem.lemmas
