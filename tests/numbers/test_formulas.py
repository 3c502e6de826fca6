"""The room of numbers: what is written is fresh, and nothing starts SymPy."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from fractions import Fraction

import pytest
import sympy
from flint import arb

from focal_symbolic import definitions
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import Probability, ball, precision
from focal_symbolic.numbers.formulas.compiler import compiled
from focal_symbolic.numbers.formulas.derived import WRITTEN, source


def test_what_is_written_is_what_the_definitions_give():
    assert WRITTEN.read_text(encoding="utf-8") == source()


@pytest.mark.parametrize(
    "gamma", [Fraction(1, 10**6), Fraction(1, 3), Fraction(1), Fraction(2), Fraction(23, 10), Fraction(300)]
)
@pytest.mark.parametrize("share", [Fraction(1, 10**30), Fraction(1, 500), Fraction(2, 5)])
def test_steps_are_what_the_definitions_give(gamma, share):
    """Of both shares, x and 1 - x, in balls by the odds against x, and in floats by its odds."""
    x, focus = definitions.x, definitions.gamma
    slope = definitions.slope(x, focus)
    elasticity = -x * sympy.diff(slope, x) / slope
    arc = (1 - x * sympy.diff(elasticity, x) / elasticity) / elasticity
    exact = compiled((slope, 1 / elasticity, arc), (x, focus))
    with precision(400):
        power, at = ball(gamma), [Probability.exact(share), Probability.exact(1 - share)]
        q, complement, logs = [one.q for one in at], [one.complement for one in at], [one.log for one in at]
        mass = [(one.log_complement * (power - 1)).exp() for one in at]
        against, drag, steep, excess = formulas.excesses((-power, arb(3)), mass, q, complement, logs)
        of_gamma, parts = formulas.of_gamma(power), (against, drag, steep)
        eases, (again, arcs) = formulas.eases(of_gamma, *parts), formulas.curves(of_gamma, *parts)
        both = formulas.residuals_and_eases((*of_gamma, -power, arb(3), 1 / arb(3)), mass, q, complement, logs)
        residual = [one / 3 for one in excess]
        assert all(
            one.overlaps(other) for two in zip(both, (residual, eases), strict=True) for one, other in zip(*two, strict=True)
        )
        in_floats = formulas.of_gamma(float(gamma))
        for place, one in enumerate(at):
            height, ease, bend = exact(one, power)
            assert (3 * (residual[place] + 1) - height).contains(0)
            assert eases[place].overlaps(ease)
            assert again[place].overlaps(ease)
            assert (arcs[place] - bend).contains(0)
            floats = [float(each) for each in (one.q, one.complement, one.log, one.log_complement)]
            near = formulas.slope_ease_and_arc(in_floats, *floats)
            assert near == pytest.approx([float(height.log()), float(ease), float(bend)], rel=1e-11, abs=1e-12)
        first = float(share)
        height, ease, bend = formulas.slope_ease_and_arc(in_floats, first, 1 - first, math.log(first), math.log1p(-first))
        found = formulas.levels_eases_and_arcs(in_floats, [math.log(0.5)], [first])
        assert [each for (each,) in found] == pytest.approx([math.log(0.5) + height, ease, bend], rel=1e-14, abs=1e-15)


@pytest.mark.parametrize(
    "statement",
    [
        "from focal_symbolic import arrays; arrays.minimizer([0.7, 0.2, 0.1], 2.0)",
        "from focal_symbolic import minimizer; minimizer(['0.7', '0.2', '0.1'], 2)",
        "from focal_symbolic import focal_entropy; focal_entropy(['0.7', '0.3'], ['0.6', '0.4'], 2)",
        "from focal_symbolic import jacobian; jacobian(['0.7', '0.3'], 2)",
        "from focal_symbolic.numbers.sweep import multiplier_roots; multiplier_roots(['0.7', '0.2', '0.1'], 1, 2)",
        "from focal_symbolic.numbers.diagnosis import diagnosis; diagnosis([5, 3, 1], 2)",
    ],
)
def test_numbers_need_no_sympy(statement):
    code = f"import sys, json\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = json.loads(done.stdout)
    assert "flint" in loaded
    assert "sympy" not in loaded
