"""README and CONTRIBUTING do what they say: their commands and Python blocks are run, their outputs compared."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from focal_symbolic.claims import library, verify
from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.pages import write
from focal_symbolic.claims.writer.desk import NotShown

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def console() -> list[tuple[str, str]]:
    """(command, output) of every command in the console blocks of README and the guides."""
    guides = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))]
    text = "\n".join(block for page in (README, *guides) for block in blocks(page, "console"))
    return re.findall(r"^\$ (focal-symbolic .*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)


@pytest.mark.parametrize(("command", "output"), console(), ids=[command for command, _ in console()])
def test_console(command, output):
    words = [sys.executable, "-m", "focal_symbolic", *command.split()[1:]]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False, timeout=120)
    got = done.stdout + done.stderr
    assert doctest.OutputChecker().check_output(output, got, FLAGS), got


def test_there_are_console_examples():
    assert len(console()) >= 4


def test_python_blocks():
    space: dict[str, object] = {}
    for source in blocks(README, "python"):
        test = doctest.DocTestParser().get_doctest(source, space, "README", None, 0)
        runner = doctest.DocTestRunner(optionflags=FLAGS)
        assert test.examples
        assert runner.run(test, clear_globs=False).failed == 0
        space |= test.globs


def test_two_commands_each_complete():
    commands = [line for block in blocks(README, "sh") for line in block.splitlines()]
    assert len(commands) == 2
    for command in commands:
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert commands[0].endswith(".venv/bin/focal-symbolic verify")
    assert "-m pytest" in commands[1]


def test_links_lead_somewhere():
    for text in (README, CONTRIBUTING):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (ROOT / target).exists(), target


def worked_example(old: str = "", new: str = "") -> Result:
    (source,) = blocks(CONTRIBUTING, "python")
    assert old in source
    space: dict[str, Any] = {}
    exec(compile(source.replace(old, new) if old else source, "s_below.py", "exec"), space)
    return space["s_below_one"]


def test_worked_example_verifies():
    outcome = verify.check(worked_example(), examples=50)
    assert outcome.verified, outcome.reasons
    assert outcome.derivation.lemmas == ("elementary/log_below",)


def test_worked_example_broken_is_refused_by_every_leg():
    message, _ = blocks(CONTRIBUTING, "text")
    outcome = verify.check(worked_example("shows=s(x) < 1,", "shows=s(x) < Rational(99, 100),"), examples=200)
    assert outcome.derivation.reason == f"NotShown: {' '.join(message.split())}"
    assert outcome.derivation.verdict == outcome.precision.verdict == outcome.fuzz.verdict == "failed"


def test_worked_example_with_a_hypothesis_too_few_says_which():
    _, message = blocks(CONTRIBUTING, "text")
    with pytest.raises(NotShown) as refusal:
        write(worked_example("Interval.open(0, 1)", "Interval.Lopen(0, 1)"), library.theorem)
    assert str(refusal.value) == message.strip()


@pytest.mark.parametrize("guide", ["calibration", "check_your_implementation", "compute", "diagnose", "logits", "verify"])
def test_a_guide_does_what_it_says(guide):
    found = doctest.testfile(str(ROOT / "docs" / f"{guide}.md"), module_relative=False, optionflags=FLAGS, encoding="utf-8")
    assert found.attempted > 2
    assert found.failed == 0


def test_every_page_of_the_documentation_is_in_its_contents():
    pages = {path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    contents = blocks((ROOT / "docs" / "index.md").read_text(encoding="utf-8"), r"\{toctree\}")
    listed = {line for tree in contents for line in tree.splitlines() if line and not line.startswith(":")}
    made = {"references", "rules"}  # by docs/conf.py
    assert {page for page in pages if not page.startswith("course/")} | made == {"index"} | listed - {"course/*"}
