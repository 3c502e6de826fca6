"""Who speaks to whom: the logic knows no claim and no formula of the focal loss, and the judge knows no search."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import focal_symbolic

PACKAGE = Path(focal_symbolic.__file__).parent
LOGIC = PACKAGE / "logic"
TRUSTED = [*sorted(LOGIC.glob("*.py")), *sorted((LOGIC / "rules").glob("*.py"))]
OUTSIDE = {"focal_symbolic.errors", "focal_symbolic.language"}
"""What the logic may take from the rest of the package."""
LIBRARIES = {"flint"}
"""What the trusted modules may take from outside of the package and of Python; SymPy stands at the doors only."""


def imported(file):
    """The modules that a file imports anywhere, in functions and for type checkers too, and names that may be modules."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            assert name not in {"__import__", "import_module", "exec", "eval"}, f"{file.name} imports by name"


def within(name, modules):
    """Whether a module or a name in it is among modules, or in one of them."""
    return any(name == m or name.startswith(f"{m}.") for m in modules)


@pytest.mark.parametrize("file", sorted(LOGIC.rglob("*.py")), ids=lambda f: str(f.relative_to(LOGIC)))
def test_the_logic_imports_errors_and_language_from_the_package_and_nothing_else(file):
    for name in imported(file):
        if name.split(".")[0] == "focal_symbolic":
            assert within(name, {"focal_symbolic.logic", *OUTSIDE}), name


@pytest.mark.parametrize("file", TRUSTED, ids=lambda f: str(f.relative_to(LOGIC)))
def test_trusted_modules_import_neither_search_nor_coq(file):
    for name in imported(file):
        assert not within(name, {"focal_symbolic.logic.search", "focal_symbolic.logic.coq"}), name


@pytest.mark.parametrize("file", [f for f in TRUSTED if f.name != "doors.py"], ids=lambda f: str(f.relative_to(LOGIC)))
def test_trusted_modules_import_no_other_library_and_sympy_stands_at_the_doors_only(file):
    for name in imported(file):
        root = name.split(".")[0]
        assert root in {"focal_symbolic", *LIBRARIES} or root in sys.stdlib_module_names, name
        assert not within(name, {"focal_symbolic.language", "focal_symbolic.logic.doors"}), name


def test_what_shows_terms_is_imported_by_nothing_but_where_a_term_shows_itself():
    found = {f.name for f in TRUSTED if any(within(name, {"focal_symbolic.logic.display"}) for name in imported(f))}
    assert found == {"terms.py"}


LOADED = (
    "import sys, focal_symbolic.logic.judge; print(*sorted(name for name in sys.modules if name.startswith('focal_symbolic')))"
)


def test_the_judges_process_imports_no_proof_and_no_claim_and_no_search():
    loaded = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True).stdout.split()
    assert "focal_symbolic.logic.kernel" in loaded
    unwanted = ("proofs", "library", "claim", "cases", "derivation", "verify", "logic.search", "logic.coq", "logic.doors")
    assert [name for name in loaded if within(name, {f"focal_symbolic.{u}" for u in unwanted})] == []
