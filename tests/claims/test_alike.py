"""A claim that the library states already is told of, whatever its letters are called."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner
from sympy import Interval, Symbol, log

from focal_symbolic.claims import library, theorem
from focal_symbolic.claims.alike import alike
from focal_symbolic.claims.verify import check
from focal_symbolic.commands.cli import main
from focal_symbolic.definitions import x
from focal_symbolic.language import real

h = real("h")


def page(letter, shows, over=None):
    made = theorem("s", over={letter: Interval.open(0, 1)} if over is None else over, shows=shows, false="f", but=letter < 0)

    @made
    def own(proof):
        proof.sign()

    return own


@pytest.mark.parametrize(
    ("found", "names"),
    [
        (page(x, log(x) > 1 - 1 / x), ("elementary/log_below",)),
        (page(h, log(h) > 1 - 1 / h), ("elementary/log_below",)),
        (page(x, log(x) > 2 - 1 / x), ()),
        (page(x, log(x) > 1 - 1 / x, {x: Interval.Lopen(0, 1)}), ()),
    ],
    ids=["same", "renamed", "other goal", "other hypotheses"],
)
def test_alike(found, names):
    assert alike(found) == names


def test_no_claim_of_the_library_states_what_another_does():
    assert [result.name for result in library.select(("elementary", "finiteness")) if alike(result)] == []


def test_verify_says_so(monkeypatch):
    own = page(h, log(h) > 1 - 1 / h)
    monkeypatch.setitem(library.results(), own.name, own)
    told = CliRunner().invoke(main, ["verify", own.name, "--examples", "5", "--dps", "20", "--jobs", "1"])
    assert f"note: {own.name} states what elementary/log_below states; use that by proof.use" in " ".join(told.stdout.split())


@pytest.mark.parametrize(
    ("shows", "sentence"),
    [
        (x < 1.5, "write it as a Rational"),
        (h < 1, "the statement speaks of h, of which nothing is said; name it in over"),
        (Symbol("g") < 1, "make it by real('g') of focal_symbolic.language"),
    ],
    ids=["float", "not in over", "symbol"],
)
def test_a_statement_that_cannot_be_said(shows, sentence):
    assert any(sentence in reason for reason in check(page(x, shows), 5, 20).reasons)


def test_one_claim_imports_no_other_page():
    """A message on a page that somebody writes does not wait for all others."""
    told = "import sys; from focal_symbolic.claims import library as l; l.select(('elementary/log_below',))"
    told += "; print(*(name for name in sys.modules if name.startswith('focal_symbolic.proofs.')))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["focal_symbolic.proofs.elementary"]
