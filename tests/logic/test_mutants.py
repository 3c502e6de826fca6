"""The campaign against the tests of the logic: what a mutant is, which survivors are known, and the campaign itself."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import mutants
import pytest

SOURCE = '''
"""A module."""

__all__ = ["f"]
LIMIT: int = 3


def f(a: int, b: str = "b") -> bool:
    """Docstring."""
    if a < 1 and b:
        raise Malformed(f"no {a}.")
    need(a in {1, 2})
    return g(a, b)
'''


def test_each_mutant_is_one_small_change():
    made = mutants.mutants_of("m", SOURCE)
    assert [m.name for m in made] == [
        "module: 3 → 4",
        "module: 3 → 2",
        "f: 'b' → 'bX'",
        "f: if a < 1 and b → True",
        "f: if a < 1 and b → False",
        "f: a < 1 and b → a < 1 or b",
        "f: a < 1 and b → b",
        "f: a < 1 → a <= 1 in a < 1 and b",
        "f: a < 1 → a > 1 in a < 1 and b",
        "f: 1 → 2 in a < 1 and b",
        "f: 1 → 0 in a < 1 and b",
        "f: a < 1 and b → a < 1",
        "f: raise Malformed(f'no {a}.') → removed",
        "f: need(a in {1, 2}) → removed",
        "f: a in {1, 2} → a not in {1, 2} in need(a in {1, 2})",
        "f: {1, 2} → {2} in need(a in {1, 2})",
        "f: {1, 2} → {1} in need(a in {1, 2})",
        "f: 1 → 2 in need(a in {1, 2})",
        "f: 1 → 0 in need(a in {1, 2})",
        "f: 2 → 3 in need(a in {1, 2})",
        "f: 2 → 1 in need(a in {1, 2})",
        "f: return g(a, b) → None",
        "f: g(a, b) → g(b, a)",
        "f: g(a, b) → g(a)",
    ]
    assert len({m.source for m in made}) == len(made)
    assert all("Docstring." in m.source and "__all__ = ['f']" in m.source for m in made)
    assert {m.line for m in made} == {5, 8, 10, 11, 12, 13}


PLACES = """
@rule(
    at=1,
)
def f(a, b=2):
    if (
        a < b
    ):
        return g(
            3,
        )

    def inner():
        need(a)


class C:
    kept = 4

    def m(self):
        match a:
            case "x":
                need(b)
"""


def test_where_a_mutant_is():
    """Its statement, without what is inside, and the outermost function, by the name that Python gives to its code."""
    found = {(m.name.partition(": ")[2], m.span, m.function) for m in mutants.mutants_of("m", PLACES)}
    assert {
        ("1 → 2 in rule(at=1)", (5, 6), ""),
        ("2 → 3", (5, 6), ""),
        ("if a < b → True", (6, 9), "f"),
        ("return g(3) → None", (9, 12), "f"),
        ("need(a) → removed", (14, 15), "f"),
        ("4 → 5", (18, 19), ""),
        ("case 'x' → no such", (21, 23), "C.m"),
        ("need(b) → removed", (23, 24), "C.m"),
    } <= found
    names = {code.co_qualname for code in mutants.codes(compile(PLACES, "m", "exec"))}
    assert {function for _, _, function in found} <= {*names, ""}


def test_the_trusted_modules_have_mutants():
    assert len(mutants.mutants("signs")) > 100
    files = {mutants.file_of(module) for module in mutants.MODULES}
    every = {*mutants.LOGIC.glob("*.py"), *(mutants.LOGIC / "rules").glob("*.py")}
    assert {f.name for f in every - files} == {"__init__.py", "display.py"}
    assert all(f.exists() for f in files)


def test_known_survivors_are_mutants_and_have_a_reason():
    for module, listed in mutants.known().items():
        names = {m.name for m in mutants.mutants(module)}
        assert listed.keys() <= names, module
        assert all(len(reason.split()) > 2 and reason.endswith(".") for reason in listed.values()), module


@pytest.fixture
def long(request):
    """For what takes long: it runs only where it is asked for by its mark."""
    if "campaign" not in request.config.getoption("markexpr"):
        pytest.skip("a campaign of an hour: pytest -m campaign")


@pytest.mark.campaign
@pytest.mark.parametrize("module", mutants.MODULES)
def test_every_mutant_is_killed_or_known(module, long):
    done = subprocess.run([sys.executable, mutants.__file__, module], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]


@pytest.mark.campaign
def test_every_branch_of_the_trusted_modules_is_taken(long, tmp_path):
    """The commands of CONTRIBUTING.md; pyproject.toml says which modules, and that nothing may be left."""
    coverage = [sys.executable, "-m", "coverage"]
    data = f"--data-file={tmp_path / 'coverage'}"
    tests = ["-m", "pytest", "tests/logic", "-m", "not coq and not campaign and not atlas", "-p", "no:cacheprovider"]
    run = subprocess.run([*coverage, "run", data, *tests], cwd=mutants.ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-5000:]
    told = subprocess.run([*coverage, "report", data], cwd=mutants.ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_coverage_is_asked_of_the_modules_that_are_mutated():
    settings = tomllib.loads((mutants.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage"]
    assert settings["run"]["branch"] is True
    assert settings["report"]["fail_under"] == 100
    included = {p for pattern in settings["run"]["include"] for p in mutants.ROOT.glob(pattern)}
    left_out = {p for pattern in settings["run"]["omit"] for p in mutants.ROOT.glob(pattern)}
    assert {p for p in included - left_out if p.name != "__init__.py"} == {mutants.file_of(m) for m in mutants.MODULES}
