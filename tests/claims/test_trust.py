"""What has to be believed: the lists are complete, the figures are counted, and README tells the same."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from focal_symbolic.claims import library, trust
from focal_symbolic.logic.coq.judgement import ALLOWED
from focal_symbolic.logic.kernel import rules

ROOT = Path(__file__).parents[2]
LOGIC = ROOT / "focal_symbolic" / "logic"


@pytest.fixture(scope="module")
def told():
    return "\n".join(trust.trusted(("elementary/log_above", "elementary/log_below")))


def test_every_rule_is_listed_and_who_uses_what(told):
    for name in rules:
        assert f"\n    {name} " in told
    assert "used by 2 of 2 claims: elementary/log_above, elementary/log_below" in told
    assert "mean value theorem: f continuous on [a, b]" in told


def test_every_rule_has_a_sentence():
    for known in rules.values():
        sentence = trust.first_sentence(known.doc)
        assert 10 < len(sentence) < 160, known.name


def test_libraries_axioms_and_what_is_not_trusted_are_listed(told):
    for words in ("python-flint", "sympy", "logic/search and the certificates", "logic/display.py", *ALLOWED):
        assert words in told


def test_every_file_of_the_judge_is_listed_with_its_lines(told):
    for path, text in trust.judge().items():
        assert re.search(rf"^    {path} +{text.count(chr(10))} ", told, re.MULTILINE), path
    files = {
        f.relative_to(LOGIC.parent).as_posix()
        for f in (*LOGIC.glob("*.py"), *(LOGIC / "rules").glob("*.py"))
        if f.stat().st_size
    }
    assert files - trust.judge().keys() == {"logic/display.py"}


LOADED = """
import json, sys, types
package = types.ModuleType("focal_symbolic")
package.__path__ = [sys.argv[1]]
sys.modules["focal_symbolic"] = package
import focal_symbolic.logic.judge
print(*sorted(name for name in sys.modules if name.split(".")[0] in ("focal_symbolic", "sympy")))
"""


def test_the_judge_loads_nothing_but_what_is_listed():
    """Its own files, errors.py, FLINT: no claims, no formulas, no search, and no SymPy."""
    command = [sys.executable, "-c", LOADED, str(LOGIC.parent)]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    modules = {path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in trust.judge()}
    listed = {f"focal_symbolic.{name}" for name in modules}
    assert set(loaded) <= listed | {"focal_symbolic", "focal_symbolic.errors", "focal_symbolic.logic"}


def test_code_is_counted_without_comments_docstrings_and_blank_lines():
    source = '"""A docstring\n\nof three lines."""\n\n# a comment\nx = (\n    1,  # one\n\n    2,\n)\n"""About x."""\n'
    assert trust.code_lines(source) == 4
    assert trust.code_lines("") == 0


def figures(text):
    """The numbers of lines that a text tells of the judge, and of the statements: all of them, and those of code."""
    words = r"([0-9,]+) lines \(([0-9,]+) of them code\).* the ([0-9,]+) \(([0-9,]+)\) in which the statements"
    (found,) = re.findall(words, " ".join(text.split()))
    return [int(number.replace(",", "")) for number in found]


def test_readme_tells_how_much_there_is_to_read():
    sources = trust.judge().values(), trust.statements().values()
    counted = [sum(map(of, texts)) for texts in sources for of in (lambda text: text.count("\n"), trust.code_lines)]
    for said, count in zip(figures((ROOT / "README.md").read_text(encoding="utf-8")), counted, strict=True):
        assert abs(said - count) <= 50, counted


def test_a_claim_that_is_not_proved_is_told(monkeypatch):
    def refuse(name):
        raise library.Rejected(f"{name}: no")

    monkeypatch.setattr(library, "theorem", refuse)
    assert next(trust.trusted(("elementary/log_above",))) == "not proved: elementary/log_above: no"
