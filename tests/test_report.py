"""Numbers to the last digit, statements as Unicode mathematics."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction

import mpmath
import pytest
from atlas import sample_and_all
from sympy import Abs, Piecewise, Rational, Sum, diff, exp, log, oo, sqrt

from focal_symbolic import minimizer
from focal_symbolic.claims import library
from focal_symbolic.claims.printing import line, stated
from focal_symbolic.definitions import curvature, g, gamma, height, loss, multiplier, p, q, s, slope_inverse, x
from focal_symbolic.language import (
    And,
    Bijection,
    Eq,
    Equivalent,
    Every,
    ExistsUnique,
    Finite,
    Implies,
    Ne,
    array,
    i,
    j,
    letters,
    real,
    total,
)
from focal_symbolic.numbers.decimals import brief, digits, error_bound


def significant(text: str) -> int:
    return len(text.split("e", maxsplit=1)[0].lstrip("-").replace(".", "").lstrip("0"))


def test_digits_are_rounded_from_the_exact_value():
    draw = random.Random(1)
    for _ in range(2000):
        man, exponent, dps = draw.getrandbits(160) | 1, draw.randint(-900, 300), draw.randint(1, 45)
        with mpmath.workprec(200):
            value = mpmath.ldexp(mpmath.mpf(man), exponent)
        with localcontext(prec=2000):
            exact = Decimal(man) * Decimal(2) ** exponent
        text = digits(value, dps)
        assert Decimal(text) == Context(prec=dps, rounding=ROUND_HALF_UP).plus(exact)
        assert significant(text) == dps


@pytest.mark.parametrize(
    ("value", "dps", "text"),
    [
        (Fraction(7, 10), 50, "0.7"),
        (Fraction(100), 1, "100"),
        (Fraction(1, 3), 5, "0.33333"),
        (Fraction(2, 3), 5, "0.66667"),
        (Fraction(0), 5, "0"),
        (Fraction(1, 10**300), 5, "1e-300"),
        (mpmath.mpf(0), 5, "0"),
        (mpmath.mpf("inf"), 5, "inf"),
        (mpmath.mpf("-inf"), 5, "-inf"),
        (mpmath.mpf(-0.375), 2, "-0.38"),
        (mpmath.mpf(0.5), 10, "0.5000000000"),
        (mpmath.mpf(99.97), 3, "100"),
        (mpmath.ldexp(mpmath.mpf(3), -(10**7)), 12, "3.31498404713e-3010300"),
        (mpmath.ldexp(mpmath.mpf(1), 10**6), 8, "9.9006562e+301029"),
    ],
)
def test_digits(value, dps, text):
    assert digits(value, dps) == text


def test_many_digits():
    found = minimizer(["0.7", "0.2", "0.1"], 2, 6000)
    text = digits(found.q[0], 6000)
    assert significant(text) == 6000
    assert text.startswith("0.535168594133914246008094226352")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1/3", "1/3"),
        ("2/35981000000", "5.56e-11"),
        (f"{10**300 - 1}/{10**300}", "1 − 1e-300"),
        ("300000000001/300000000000", "1 + 3.33e-12"),
        (f"{'9' * 300}/(2*10^300)", "1/2 − 5e-301"),
        (f"{'3' * 40}/10^41", "0.0333"),
        ("1/10^300", "1/10^300"),
        (["1/2", f"1/{10**400}"], "(1/2, 1e-400)"),
        (f"1/{'9' * 5000}", "1e-5000"),
        ("x at the mode", "x at the mode"),
    ],
)
def test_brief(value, text):
    assert brief(value) == text


def test_error_bound_counts_the_rounding_to_decimals():
    assert error_bound(mpmath.mpf(0), 50) == "5e-50"
    assert Decimal(error_bound(mpmath.mpf("1e-60"), 50)) > Decimal("5e-50")


SIGMA = letters("sigma")


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (log(x) <= x - 1, "ln(x) ≤ x − 1"),
        (loss(x, gamma), "ℓ(x)"),
        (total(p[i] * loss(q[i], gamma)), "∑ᵢ (pᵢ·ℓ(qᵢ))"),
        (2 * total(p[i]) ** 2, "2·(∑ᵢ pᵢ)²"),
        (Sum(p[i], (i, 2, 3)), "∑[i = 2..3] pᵢ"),
        (x ** (gamma - 1) / 3, "x^(γ − 1)/3"),
        (1 / (x * (1 - x)), "1/(x·(1 − x))"),
        (x**2 / gamma**3, "x²/γ³"),
        (sqrt(x) + 1 / sqrt(1 - x), "√x + 1/√(1 − x)"),
        (Rational(-3, 7) * x, "−3·x/7"),
        (exp(-multiplier), "exp(−λ)"),
        (Abs(x - 1), "|x − 1|"),
        (slope_inverse(x, gamma), "φ⁻¹(x; γ)"),
        (p[SIGMA[i]], "p[σ(i)]"),
        (Every(q[j] > 0, j), "∀j: qⱼ > 0"),
        (Equivalent(Every(q[i] > 0), Finite(x)), "x is finite ⇔ (∀i: qᵢ > 0)"),
        (Implies(x > 0, Ne(x, 1)), "x > 0 ⇒ x ≠ 1"),
        (And(x > 0, x < 1), "x > 0 ∧ x < 1"),
        (ExistsUnique(Eq(x, gamma), (x, 0, 1)), "∃! x ∈ [0, 1]: x = γ"),
        (Bijection(SIGMA), "σ is a bijection of the alphabet"),
        (Piecewise((0, Eq(x, 0)), (oo, True)), "{0 if x = 0; ∞ otherwise}"),
    ],
)
def test_line(expression, text):
    assert line(expression) == text


@pytest.mark.parametrize("names", sample_and_all(library.results()))
def test_every_statement_prints_as_mathematics(names):
    for name, result in ((name, library.result(name)) for name in names):
        for statement in (
            result.claim.proposition,
            result.falsehood.proposition,
            *(stated(step.conclusion) for step in library.steps(name)),
        ):
            text = line(statement)
            assert "\n" not in text
            assert not any(word in text for word in ("*", "_", "Sum(", "log", "gamma", "lambda", "Every", "Indexed", "phi")), (
                text
            )


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (1 + gamma * s(x), "γ·s(x) + 1"),
        (s(1 - x) - s(x), "−s(x) + s(1 − x)"),
        (g(x) > 0, "g(x) > 0"),
        (height(x, gamma) / (1 - x), "h(x)/(1 − x)"),
        (height(p[i], x), "h(pᵢ; x)"),
        (multiplier - curvature(x, gamma), "λ − B(x)"),
        (Abs(g(p[j]) - g(p[i])), "|g(pᵢ) − g(pⱼ)|"),
        (x * log(x) / (x - 1), "s(x)"),
        (real("s") * s(x), "−s·x·ln(x)/(1 − x)"),
        (array("g")[i] + g(x), "s(x) + ln(1 − x) + gᵢ"),
        (s(x) / 2 + x * log(x), "x·ln(x) + s(x)/2"),
    ],
)
def test_a_formula_with_a_letter_for_a_name_has_it_where_nothing_else_has(expression, text):
    assert line(expression) == text


def test_formulas_are_shown_by_name_and_the_names_are_explained():
    from focal_symbolic.claims.printing import folded, legend
    from focal_symbolic.definitions import gain, loss, slope

    statement = p[i] * slope(p[i], gamma) - gain(x, multiplier) > 2 * loss(1 / x, gamma) + 1
    assert line(statement) == "pᵢ·φ(pᵢ) − ψ(x; λ) > 2·ℓ(1/x) + 1"
    assert folded(-slope(x, gamma)) == -folded(slope(x, gamma))
    assert line(p[i] * diff(slope(x, gamma), x) + slope(x, gamma)) == "φ(x) + pᵢ·φ′(x)"
    assert [*legend(["ℓ(x)"])] == ["ℓ(x) = −(1 − x)^γ·ln(x)"]
    assert [*legend(["x < h", "(1 − x)·h > 0"])] == []
    assert line(diff(loss(x, gamma), x, 2) > 0) == "ℓ″(x) > 0"
    assert [*legend(["ℓ″(x)"])] == ["ℓ″ is the second derivative of ℓ(x) = −(1 − x)^γ·ln(x)"]
    assert line(x + 1, fold=True) == line(x + 1, fold=False)
    assert line(-2 * slope(x, gamma) + gamma * 3) != line(-2 * slope(x, gamma) + gamma * 2)
