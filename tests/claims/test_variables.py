"""The kinds of variables: a new one is one file and a line in the registry, and nothing else knows the kinds apart."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import find, settings
from sympy import Expr, Interval, Symbol

from focal_symbolic import claims
from focal_symbolic.claims import (
    at_least,
    at_most,
    cases,
    ceiling,
    commonest,
    countable,
    countable_data,
    countable_unit,
    letter,
    library,
    pmf,
    rarest,
    strategies,
    theorem,
    variables,
    verify,
)
from focal_symbolic.claims.claim import Claim, Draws, HardSet
from focal_symbolic.claims.lines import hypotheses
from focal_symbolic.claims.variables.kind import Case, Variable, rational
from focal_symbolic.definitions import p, q, x
from focal_symbolic.language import Eq, array, index, j, k, real
from focal_symbolic.numbers.balls import ball, precision, to_fraction

PACKAGE = Path(claims.__file__).parents[1]
CONTRIBUTING = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
y = real("y")
HERE = settings(derandomize=True, database=None)


@dataclass(frozen=True)
class Value(Variable):
    """The value of a formula in one number."""

    symbol: Symbol
    formula: Expr
    of: Symbol

    @property
    def names(self):
        return (self.symbol.name,)

    @property
    def needs(self):
        return frozenset({self.of.name})

    @property
    def assumptions(self):
        return (Eq(self.symbol, self.formula),)

    def options(self, case: Case) -> Sequence[Fraction]:
        return [to_fraction(self.formula.subs(self.of, rational(case.environment.numbers[self.of.name])))]

    def drawn(self, chance, case: Case) -> Fraction:
        return chance.one_of(self.options(case))

    def put(self, environment, value: Fraction) -> None:
        environment.numbers[self.symbol.name] = value


def value(formula, of):
    return lambda symbol: Value(symbol, formula, of)


@theorem(
    "One more than the square of a number in (0, 1) lies below 2",
    over={y: value(x**2 + 1, x), x: Interval.open(0, 1)},
    shows=y < 2,
    false="It lies below 3/2",
    but=y < Fraction(3, 2),
)
def of_a_kind_defined_here(proof):
    """2 - y = 1 - x^2 = (1 - x)(1 + x)."""
    proof.combine({x < 1: 1 + x, Eq(y, x**2 + 1): 1})


def test_a_kind_that_is_defined_here_is_verified_on_every_leg():
    outcome = verify.check(of_a_kind_defined_here, 50, 30)
    assert outcome.verified, outcome.reasons
    assert outcome.precision.checks > 10
    assert outcome.fuzz.examples == 50
    assert of_a_kind_defined_here.enclosure == HardSet()
    assert hypotheses(of_a_kind_defined_here.claim) == ["y = x² + 1", "x ∈ (0, 1)"]


def test_a_rarest_and_a_commonest_letter_are_so_in_every_case():
    """A case is rearranged until its hypotheses hold, but these letters stay where they are."""
    other = index("l")
    over = pmf(p), rarest(p)(j), commonest(p)(k), letter(other)
    between = Claim("file/part", "a sentence", "own", "", over, p[j] < p[k], where=(p[j] < p[other], p[other] < p[k]))
    drawn = strategies.environments(between, Draws())
    made = [*cases.environments(between), find(drawn, lambda _: True, settings=HERE)]
    assert len(made) > 10
    for one in made:
        masses = one.families["p"]
        rare, middle, common = (masses[one.letters[name] - 1] for name in "jlk")
        assert min(masses) == rare < middle < common == max(masses)


def test_no_entry_exceeds_a_ceiling():
    """Neither of the first letters nor of those that are not looked at: Poisson's most likely may be among these."""
    over = countable(p), ceiling(p)(y)
    drawn = strategies.environments(Claim("file/part", "a sentence", "own", "", over, y > 0), Draws(letters=2))
    kinds = ("poisson", "geometric")
    made = [find(drawn, lambda one, k=k: one.endless["p"].name.startswith(k), settings=HERE) for k in kinds]
    made += cases.environments(Claim("file/part", "a sentence", "own", "", over, y > 0))
    assert any(one.entries for one in made)
    with precision(128):
        for one in made:
            most = to_fraction(max((one.endless["p"].entry(letter).q.lower() for letter in range(1, 30)), key=float))
            assert most <= (to_fraction(one.view(128, 30).numbers["y"].q.upper()) if one.entries else one.numbers["y"])


def test_data_without_end_may_vanish_and_numbers_that_are_put_there_do_not():
    one, other = (
        Claim("a/b", "", "own", "", (countable_data(p),), x < 2),
        Claim("a/b", "", "own", "", (countable_unit(p),), x < 2),
    )
    with precision(128):
        for claim, least, odd in ((one, -1, 0), (other, 0, 1)):
            entries = [
                [to_fraction(made.endless["p"].entry(k).q.mid()) for k in (1, 2, 3)] for made in cases.environments(claim)
            ]
            assert all(least < entry <= 1 for first in entries for entry in first)
            assert sum(odd in first for first in entries) > 2
            assert sum(odd not in first for first in entries) > 2


def test_what_another_bounds_is_within_the_factor_at_every_letter():
    """Of letters that are not looked at, too; and not all are the family that bounds them, or the same but for few letters."""
    s, r, most, least = array("s"), array("r"), real("C"), real("c")
    over = countable(p), countable(q), at_most(p)((s, most)), at_least(q)((r, least))
    claim = Claim("a/b", "a sentence", "own", "", over, x < 2)
    drawn = strategies.environments(claim, Draws())
    geometric = find(drawn, lambda one: one.endless["r"].family.name != one.endless["q"].family.name, settings=HERE)
    found, moved = [*cases.environments(claim), geometric], 0
    with precision(256):
        for one in found:
            c, most_of = one.numbers["c"], ball(one.numbers["C"])
            assert 0 < c <= 1
            for letter in range(1, 40):
                of_p, of_q, of_s, of_r = (one.endless[name].entry(letter).q for name in "pqsr")
                assert not of_s > most_of * of_p
                assert 0 < ball(c) * of_q < of_r < 1
                moved += not of_s.overlaps(of_p)
    assert moved > 5


def test_a_kind_that_says_too_little_of_itself_is_none():
    class Silent(Variable):
        names = ("x",)

    with pytest.raises(TypeError, match="assumptions"):
        Silent()


def test_the_registry_is_what_pages_import_and_contributing_tells():
    files = {path.stem for path in Path(variables.__file__).parent.glob("*.py")} - {"__init__", "kind", "chance", "number"}
    registered = {name: getattr(variables, name) for name in variables.__all__}
    assert {kind.__module__.rsplit(".", 1)[1] for kind in registered.values()} == files
    for name, kind in registered.items():
        assert getattr(claims, name) is kind
        assert name in claims.__all__
        assert f"`{name}" in CONTRIBUTING or f"{name}(" in CONTRIBUTING, f"CONTRIBUTING.md does not tell of {name}"


def test_nothing_else_knows_the_kinds_apart():
    general = {"kind", "chance", "number"}  # an interval is a number, and hard cases share its extremes
    kinds = {path.stem for path in Path(variables.__file__).parent.glob("*.py")} - general
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name == "variables":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if module.startswith("focal_symbolic.claims.variables."):
                assert module.rsplit(".", 1)[1] not in kinds, f"{path} imports {module}"


def test_a_commonest_letter_of_a_minimizer_stands_where_that_of_its_data_does():
    """Of a minimizer that is known by its equations alone, too; and there are cases in which even that letter is rare."""
    found = [*cases.environments(library.result("confidence/top_lowered").claim)]
    assert len(found) >= 20
    for environment in found:
        masses = environment.families["p"] if "p" in environment.families else environment.families["q"]
        assert masses[environment.letters["j"] - 1] == max(masses) < Fraction(1, 8)
