"""The page of a claim: the statement, a derivation without lines for hypotheses, what is trusted; and it fits on a screen."""

from __future__ import annotations

import re

import pytest
from atlas import marked
from rich.cells import cell_len

from focal_symbolic.claims import library
from focal_symbolic.claims.derivation import terms as terms_of
from focal_symbolic.claims.lines import sections
from focal_symbolic.claims.printing import line, stated
from focal_symbolic.commands import page as pages


def text_of(name: str, columns: int = 80) -> str:
    return "\n".join(pages.page(library.result(name), columns))


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_page_tells_all():
    page = on_one_line(text_of("elementary/log_above"))
    for words in (
        "Statement ln x lies below x − 1 for 0 < x < 1.",
        "Goal ln(x) < x − 1",
        "Idea f(t) = t − 1 − ln t falls on (0, 1) and f(1) = 0.",
        "mean value theorem",
        "Rudin",
        "Not covered by elementary.py: The logarithm",
        "False twin ln x lies below (x − 1) 1001/1000.",
    ):
        assert words in page


def test_hypotheses_stand_where_they_are_used():
    page = text_of("elementary/log_above")
    assert "1 − 1/t < 0" in page
    assert re.search(r"sign; since x > 0; supposing t < 1, x < t$", page, re.MULTILINE)
    assert "by monotone from 1 (function: t − ln(t) − 1; variable: t); since x < 1" in on_one_line(page)
    assert "hypothesis" not in page


def test_premises_of_a_combination_stand_with_their_weights():
    page = on_one_line(text_of("uniqueness/strictly_optimal"))
    assert "combination of 1 times pᵢ, [pᵢ·φ(qᵢ) = λ] times qᵢ − rᵢ; since ∀i: pᵢ > 0" in page
    assert "each" not in page.split("Derivation")[1].split("Rests on")[0]


@pytest.mark.parametrize("name", marked([name for name, result in library.results().items() if result.main], 4))
def test_every_step_is_told_once(name):
    """Each step but the hypotheses and what they say at a letter has a line; what has none is told where it is used."""
    claim, steps = library.result(name).claim, library.steps(name)
    lines = pages.derivation(claim, steps, columns=10_000)
    numbered = [text for text in lines if re.match(r" *[0-9]+\. ", text)]
    assert [int(text.split(".")[0]) for text in numbered] == list(range(1, len(numbered) + 1))
    told = [step for step in steps[:-1] if step.rule not in ("hypothesis", "each")] + [steps[-1]]
    assert len(numbered) == len(told)
    for text, step in zip(numbered, told, strict=True):
        assert line(stated(step.conclusion)) in text
    reasons = "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")
    for step in told:
        used = [steps[k] for k in step.premises if steps[k].rule == "hypothesis"]
        assert all(line(stated(one.conclusion)) in reasons for one in used)


def test_what_is_supposed_is_told_apart_from_what_is_given():
    name = "uniqueness/strictly_optimal"
    given = {line(stated(assumption)) for assumption in terms_of(library.result(name).claim)[0]}
    page = on_one_line(text_of(name))
    for reason in re.findall(r"supposing ([^(;]*?)(?= [0-9]+\. | replayed)", page):
        assert reason not in given
    assert "supposing qᵢ < rᵢ" in page
    assert "since rⱼ ≠ qⱼ" in page


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("name", ["convexity/loss_is_convex", "corrections/raising_gamma", "uniqueness/exactly_one_minimizer"])
def test_a_page_fits(name, columns):
    lines = text_of(name, columns).splitlines()
    assert max(map(cell_len, lines)) <= columns
    assert not any(text != text.rstrip() for text in lines)


def test_formulas_have_their_names():
    page = on_one_line(text_of("convexity/loss_is_convex"))
    assert "Goal ℓ″(x) > 0" in page
    assert "Names ℓ″ is the second derivative of ℓ(x) = −(1 − x)^γ·ln(x)" in page


def test_a_long_goal_names_what_it_says_again_and_again():
    shown = text_of("class_count/rarest_suppressed").splitlines()
    goal = next(place for place, text in enumerate(shown) if text.startswith("  Goal"))
    where = next(place for place, text in enumerate(shown) if text.startswith("  where"))
    assert where - goal <= 3
    assert shown[where].split() == ["where", "A", "=", "1/(x/ψ(x)", "+", "(1", "−", "x)/ψ(y·(1", "−", "x)))"]
    assert not any(text.startswith("  where") for text in pages.page(library.result("convexity/loss_is_convex")))


def test_a_file_shows_its_main_theorem_and_the_list():
    text = "\n".join(pages.pages_of_file(library.select(("elementary",))))
    assert text.startswith("elementary/logarithm_between (the main theorem of its file)\n")
    assert text.count("Derivation (") == 1
    assert "  ★ elementary/logarithm_between\n" in text
    for name in library.results():
        assert (f" {name}\n" in text) == name.startswith("elementary/")


def test_sections_of_a_header():
    found = sections(library.modules()["elementary"])
    assert found[""].startswith("The bounds of the logarithm")
    assert found["Not covered"].startswith("The logarithm between its bounds for x > 1")
