"""The room of numbers: what is written is fresh, modules stand in a line, nothing starts SymPy, nothing is long."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import focal_symbolic
from focal_symbolic.numbers.formulas.derived import WRITTEN, source

PACKAGE = Path(focal_symbolic.__file__).parent
ROOM = PACKAGE / "numbers"
MODULES = sorted(path for path in ROOM.rglob("*.py") if path != WRITTEN)


def name_of(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path, names):
    """The modules of the package that a module imports by name, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inside & names) or {node.module}
    return found


def test_what_is_written_is_what_the_definitions_give():
    assert WRITTEN.read_text(encoding="utf-8") == source()


def test_no_import_circle():
    """Neither between modules nor between the packages of the room, and functions import nothing late."""
    modules = {name_of(path): path for path in [*ROOM.rglob("*.py"), *PACKAGE.glob("*.py")]}
    room = {name: path for name, path in modules.items() if name.startswith("focal_symbolic.numbers.")}
    arrows = {name: (imported(path, {*modules}) & {*room}) - {name} for name, path in room.items()}
    assert sum(map(len, arrows.values())) > 60
    order = list(TopologicalSorter(arrows).static_order())  # raises for a circle
    assert order.index("focal_symbolic.numbers.minimizer") < order.index("focal_symbolic.numbers.arrays")
    of_packages = {}
    for name, others in arrows.items():
        of_packages.setdefault(name.split(".")[2], set()).update(other.split(".")[2] for other in others)
    list(TopologicalSorter({name: others - {name} for name, others in of_packages.items()}).static_order())


def test_arrows_point_down():
    allowed = {"numbers", "definitions", "distribution", "errors", "language"}
    for path in MODULES:
        for name in imported(path, set()):
            parts = name.split(".")
            assert parts[0] != "focal_symbolic" or (len(parts) > 1 and parts[1] in allowed) or name == "focal_symbolic", name


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


def test_nothing_is_long():
    """Functions of at most 60 lines, classes of at most 150."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            size = {ast.FunctionDef: 60, ast.ClassDef: 150}.get(type(node))
            if size is not None:
                assert node.end_lineno - node.lineno < size, f"{path.name}: {node.name}"
