"""`list` and `verify` with a page that only states: it stands apart, with its evidence, and is counted among no claims."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from sympy import Interval, Rational

from focal_symbolic import proofs
from focal_symbolic.claims import library, theorem
from focal_symbolic.claims.verify import verify
from focal_symbolic.commands.cli import main
from focal_symbolic.commands.tree import tree
from focal_symbolic.definitions import s, x

PAGE = '''"""A guess."""


@theorem("s lies below (1 + x)/2", over={x: Interval.open(0, 1)}, shows=s(x) < (1 + x) / 2, kind="open", false="", but=False)
def share_below_middle(proof):
    """A bound of ln x on (0, 1) is missing."""
'''


@theorem(
    "s is less than 1",
    over={x: Interval.open(0, 1)},
    shows=s(x) < 1,
    kind="open",
    precision={x: (Rational(1, 10), Rational(9, 10))},
    false="s is less than 9/10",
    but=s(x) < Rational(9, 10),
)
def guess(proof):
    """Not proved here."""


def listed(*words: str) -> str:
    found = CliRunner().invoke(main, ["list", *words])
    assert found.exit_code == 0, found.output
    return found.output


@pytest.fixture
def guessed(monkeypatch, tmp_path):
    (tmp_path / "a_guess.py").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(proofs, "__path__", [*proofs.__path__, str(tmp_path)])


def test_the_list_has_no_open_statement():
    assert listed().splitlines()[-1] == f"{len(library.results())} claims in {len(library.modules())} files"
    assert json.loads(listed("--json"))["open"] == []


@pytest.mark.usefixtures("guessed")
def test_an_open_statement_is_listed_last_and_not_counted():
    lines = listed().splitlines()
    assert lines[-1] == f"{len(library.results())} claims in {len(library.modules())} files; 1 open"
    at = lines.index("open: stated and not proved; verify shows the evidence")
    assert lines[at + 1 : at + 3] == ["  ○ a_guess/share_below_middle", "      s lies below (1 + x)/2."]
    assert not any("a_guess" in line for line in lines[:at])
    told = json.loads(listed("--json"))
    assert [one["name"] for one in told["open"]] == ["a_guess/share_below_middle"]
    assert "a_guess" not in {file["file"] for file in told["files"]}


@pytest.mark.usefixtures("guessed")
def test_words_find_an_open_statement_too():
    assert listed("share_below_middle").splitlines()[-1] == "0 claims in 0 files; 1 open"
    assert "a_guess" not in listed("--main")


def test_a_run_shows_the_evidence_of_an_open_statement():
    (known,) = library.select(("elementary/log_above",))
    report = verify([known, guess], examples=20, dps=30)
    text = "\n".join(line.text for line in tree(report, [known, guess], (), 80))
    assert report.verdict == "verified"
    assert "1 of 1 claims" in report.sentence
    assert "; 1 open (" in report.sentence
    told = text[text.index("○ open") :]
    assert "1 statement   enclosed · fuzzed · refuted 1 twin" in told
    assert f"○ {guess.name}" in told
    assert "20 examples" in told
    assert "proved ·" not in told
