"""Lines that fit on a screen, names that cannot steer it, and sentences with the letters of mathematics."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len as cells

from focal_symbolic.commands.screen import PIPED, columns_of, padded, plain, together, width, wrapped
from focal_symbolic.prose import prose, sentence

WORDS = st.text(alphabet="abc·/;,)γ−大\u0301", min_size=1, max_size=60)


@given(st.lists(WORDS, min_size=1), st.integers(40, 120))
def test_no_line_is_wider_and_nothing_is_lost(words, columns):
    lines = wrapped(" ".join(words), columns, "  first ", "      ")
    assert all(cells(line) <= columns for line in lines)
    assert not any(line != line.rstrip() for line in lines)
    assert "".join("".join(lines).split()) == "first" + "".join("".join(words).split())


@given(st.lists(st.text(alphabet="abc-.,12", min_size=1, max_size=30), min_size=1), st.integers(40, 120))
def test_words_that_fit_are_not_broken(words, columns):
    lines = wrapped(" ".join(words), columns, later="  ")
    assert [word for line in lines for word in line.split()] == " ".join(words).split()


def test_a_formula_that_does_not_fit_is_broken_behind_a_sign():
    assert wrapped("a·bcd·efgh·ijkl", 10) == ["a·bcd·", "efgh·ijkl"]


def test_what_belongs_together_stays_together():
    assert wrapped(f"{together('a < b')} {together('c < d')}", 8) == ["a < b", "c < d"]
    assert together("a " * 40) == "a " * 40


@pytest.mark.parametrize("text", ["abc", "大鵬", "e\u0301", "ﾊﾝ", "🐯", "한국"])
def test_blanks_are_counted_as_a_terminal_does(text):
    assert cells(padded(text, 12)) == 12


def test_names_do_not_steer_the_terminal():
    assert plain("a\x1b[31mb\u202ec\n\u2028d") == r"a\x1b[31mb\u202ec\x0a\u2028d"
    assert plain("Größe 大 ✓ naïve") == "Größe 大 ✓ naïve"


def test_the_width_without_a_terminal():
    assert width(io.StringIO()) == PIPED == 80


def test_a_table_that_is_too_wide_comes_in_parts():
    rows = [[f"{row}{column}" * 10 for column in range(5)] for row in range(3)]
    lines = columns_of(["", "大", "b", "c"], [f"h{column}" for column in range(5)], rows, 60)
    assert max(map(cells, lines)) <= 60
    assert lines.count("") == 2
    assert "\n".join(lines).count("04" * 10) == 1
    assert [line.split()[0] for line in lines if line][:4] == ["h0", "大", "b", "c"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2^(-gamma) (H_0 - ln 2) <= H_gamma", "2^(−γ) (H₀ − ln 2) ≤ H_γ"),
        ("sum phi^(-1)(lambda/p_i) >= x^2", "∑ φ⁻¹(λ/pᵢ) ≥ x²"),
        ("the focal-entropy of 1/2", "the focal-entropy of 1/2"),
        ("p_max exceeds q_j/p_j up to 7 gamma^2 p_j", "p_max exceeds qⱼ/pⱼ up to 7 γ² pⱼ"),
        ("e^x at x = -1/2", "e^x at x = −1/2"),
        ("dq_i/dgamma and p_x", "dqᵢ/dγ and pₓ"),
        ("(c_j - kappa)/d_j for eta and delta, not zeta", "(cⱼ − κ)/dⱼ for η and δ, not zeta"),
    ],
)
def test_prose(typed, shown):
    assert prose(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("the slope falls", "The slope falls."),
        ("a letter gains.", "A letter gains."),
        ("ln x lies below x - 1", "ln x lies below x − 1."),
        ("psi rises", "ψ rises."),
        ("rho is convex", "ρ is convex."),
        ("h, which falls", "h, which falls."),
        ("q_j is p_j", "qⱼ is pⱼ."),
    ],
)
def test_sentence(typed, shown):
    assert sentence(typed) == shown
