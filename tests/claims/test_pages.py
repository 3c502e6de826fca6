"""Pages of the library: their form, the names, what is kept of them, and that it is fresh."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from atlas import marked
from focal_symbolic.proofs.convexity import tangent_ahead, u, w
from focal_symbolic.proofs.finiteness import HALF, loss_at_least
from sympy import log

from focal_symbolic.claims import kept, library
from focal_symbolic.claims.derivation import replay, stated
from focal_symbolic.claims.kept import lines_of
from focal_symbolic.claims.pages import for_twin, write
from focal_symbolic.claims.renamed import RENAMED
from focal_symbolic.claims.writer.desk import NotShown
from focal_symbolic.definitions import gamma, p, q, x
from focal_symbolic.errors import Rejected, UnknownClaim
from focal_symbolic.language import i, mass
from focal_symbolic.logic.search import Search

ORDER = ["answers", "reference", "over", "where", "shows", "kind", "precision", "fuzz", "false", "but", "but_over", "main"]
"""In which order a theorem says what it says."""


def theorems(file: str) -> list[ast.FunctionDef]:
    """The functions of a proof file that prove a theorem."""
    tree = ast.parse(Path(library.modules()[file].__file__).read_text(encoding="utf-8"))
    return [f for f in tree.body if isinstance(f, ast.FunctionDef) and f.decorator_list]


@pytest.mark.parametrize("file", library.modules())
def test_theorems_state_in_one_order_and_prove_below(file):
    for function in theorems(file):
        (decorator,) = function.decorator_list
        assert decorator.func.id == "theorem"
        said = [keyword.arg for keyword in decorator.keywords]
        assert said == [name for name in ORDER if name in said], function.name
        assert ast.get_docstring(function), function.name
        assert [argument.arg for argument in function.args.args] == ["proof"], function.name


@pytest.mark.parametrize("file", library.modules())
def test_a_claim_is_named_for_its_function(file):
    names = [f"{file}/{function.name}" for function in theorems(file)]
    assert names == [name for name in library.results() if name.split("/")[0] == file]


@pytest.mark.parametrize("file", library.modules())
def test_a_file_ends_in_its_main_theorem(file):
    *others, last = (library.result(f"{file}/{function.name}") for function in theorems(file))
    assert last.main
    assert not any(result.main for result in others)


def test_old_names_find_the_claims():
    assert set(RENAMED.values()) <= library.results().keys()
    assert not RENAMED.keys() & library.results().keys()
    assert library.result("convexity/loss") is library.result("convexity/loss_is_convex")
    assert library.select(("uniqueness/strict", "uniqueness/strictly_optimal")) == (library.result("uniqueness/strict"),)
    with pytest.raises(UnknownClaim, match="convexity/loss_is_convex"):
        library.result("convexity/loss_convex")


# -- what is kept ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", library.results())
def test_what_is_kept_is_fresh(name):
    """Nothing is searched for: `focal-symbolic claims --write` has kept these very steps."""
    file = name.split("/")[0]
    written, (assumptions, goal) = library.written(name), stated(library.result(name).claim)
    found = kept.kept(file)[name]
    assert written.searched == 0
    assert (found.assumptions, found.goal, found.steps) == (assumptions, goal, written.steps)
    assert written.lines == lines_of(file)[name]


@pytest.mark.parametrize("name", ["convexity/slope_falls", "ordering/order", "high_suppression/at_two"])
def test_a_page_written_anew_is_what_is_kept(name):
    again = write(library.result(name), library.theorem, Search(), anew=True)
    assert again.searched > 0
    assert (again.steps, again.lines) == (library.written(name).steps, library.written(name).lines)


def changed(name, proof):
    """The page with another proof."""
    return write(replace(library.result(name), proof=proof), library.theorem)


def test_a_changed_line_and_what_rests_on_it_is_searched_for():
    def proof(proof):
        bound = proof.use(loss_at_least, {x: q[i]})
        term = proof.combine(2 * p[i] * bound.lhs <= 2 * p[i] * bound.rhs, {bound: 2 * p[i]})
        proof.combine({proof.sum(term): HALF, mass(p): HALF**gamma * log(2)})

    name = "finiteness/at_least_cross_entropy"
    claim, found = library.result(name).claim, changed(name, proof)
    assert found.searched == 3
    assert replay(claim, found.steps, library.theorem).conclusion is stated(claim)[1]


def test_a_line_that_a_kept_line_rests_on_must_be_on_the_page():
    """Two tangents at z, without the line y <= 1, on which the first of them rests."""
    y, z = x + u * (1 - x), x + w * u * (1 - x)

    def proof(proof):
        proof.sign(z < y)
        proof.use(tangent_ahead, {x: z, u: (y - z) / (1 - z)})

    with pytest.raises(NotShown, match=r"to use convexity/tangent_ahead, .* must hold"):
        changed("convexity/below_chord", proof)


def test_a_claim_that_assumes_something_else_is_searched_for():
    result = library.result("finiteness/nonnegative")
    *variables, model = result.claim.variables
    claim = replace(result.claim, variables=tuple(variables), where=model.assumptions[::-1])
    assert write(replace(result, claim=claim), library.theorem).searched == 1


def test_what_is_kept_wrongly_is_only_searched_for_again(monkeypatch):
    """Keys that lead to other steps, whatever these are."""
    name = "elementary/log_square"
    lines = dict(lines_of("elementary")[name])
    for other in range(1, len(lines)):
        steps = [*lines.values()]
        turned = dict(zip(lines, steps[other:] + steps[:other], strict=True))
        monkeypatch.setattr("focal_symbolic.claims.pages.lines_of", lambda _, turned=turned: {name: turned})
        found = write(library.result(name), library.theorem)
        assert found.searched > 0
        assert replay(library.result(name).claim, found.steps, library.theorem).conclusion is library.theorem(name).conclusion


# -- twins -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", marked(library.results(), 8))
def test_the_steps_do_not_give_the_twin(name):
    result = library.result(name)
    steps = for_twin(result, library.steps(name))
    assert (steps != library.steps(name)) == (result.twin.goal is not None)
    with pytest.raises(Rejected):
        replay(result.falsehood, steps, library.theorem)
