"""The room of numbers: what is written is fresh, and nothing starts SymPy."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from focal_symbolic.numbers.formulas.derived import WRITTEN, source


def test_what_is_written_is_what_the_definitions_give():
    assert WRITTEN.read_text(encoding="utf-8") == source()


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
