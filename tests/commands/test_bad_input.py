"""Whatever is typed, a command that cannot do it says so in one sentence, with exit code 2 and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from focal_symbolic.commands.cli import main

GAMMA = ("--gamma", "2")


def refused(*words: str, code: int = 2) -> str:
    """The one sentence on stderr of a command that is refused."""
    found = CliRunner().invoke(main, [*words])
    assert found.exit_code == code, found.output
    assert found.stdout == ""
    assert found.stderr.startswith("focal-symbolic: ")
    assert found.stderr.count("\n") == 1
    assert found.exception is None or isinstance(found.exception, SystemExit)
    return found.stderr


ODD = ["", " ", "nope", "a/b", "convexity/", "/", "../..", "-", "é", "\x1b[31m", "\udcff", "γ" * 300, "a\nb"]


@pytest.mark.parametrize("word", ODD, ids=ascii)
@pytest.mark.parametrize("words", [("verify",), ("show",), ("export", "coq", "nowhere")], ids=" ".join)
def test_odd_names(words, word, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = refused(*words, "--", word)
    assert "there is no claim «" in told
    assert "did you mean " in told
    assert told.rstrip("\n").isprintable()
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    "word", [*ODD, "1/0", "1_0", "٣", "0x1", "1e", "nan", "inf", "True", "1,5", "1 2", "1e99999"], ids=ascii
)
@pytest.mark.parametrize(
    "words",
    [
        ("minimize", "0.5", "0.5", "--gamma"),
        ("minimize", *GAMMA, "--", "0.5"),
        ("jacobian", "0.5", "0.5", "--gamma"),
        ("entropy", *GAMMA, "--p", "1", "0", "--q", "1"),
        ("entropy", "--p", "0.5", "0.5", "--q", "0.5", "0.5", "--gamma"),
        ("minimize", "0.5", "0.5", *GAMMA, "--dps"),
        ("verify", "elementary", "--examples"),
    ],
    ids=" ".join,
)
def test_odd_numbers(words, word):
    refused(*words, word)


@pytest.mark.parametrize(
    "word", [*(word for word in ODD if word not in ("nope", "-")), "Upper", "1a", "class", "a" * 300], ids=ascii
)
def test_odd_names_of_files(word, tmp_path):
    assert "cannot name a proof file" in refused("new", "--into", str(tmp_path), "--", word)
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("word", ["", "no/such/file.json", ".", "\udcff/x", "x" * 300], ids=ascii)
@pytest.mark.parametrize(
    ("words", "option"),
    [(("verify", "elementary"), "--json"), (("diagnose", "counts.csv", *GAMMA), "--plot")],
    ids=["report", "picture"],
)
def test_odd_files_to_write(words, option, word, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "counts.csv").write_text("class,count\na,1\nb,2\n")
    target = f"{word}.svg" if option == "--plot" and word not in ("", ".") else word
    told = refused(*words, option, target) if not (option == "--plot" and not target) else "cannot be written"
    assert "cannot be written" in told or "of no known kind" in told
    assert [path.name for path in tmp_path.iterdir()] == ["counts.csv"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("entropy", "--p", "0.7", "0.3", *GAMMA), "give it by --q"),
        (("entropy", *GAMMA), "give it by --p"),
        (("minimize", "0.5", "0.6", *GAMMA), "give counts by --counts FILE"),
        (("jacobian", "1", *GAMMA), "give two outcomes at least"),
        (("jacobian", "0.5", "0.5", "0", *GAMMA), "leave that outcome out"),
        (("jacobian", "0.5", "0.5", "--counts", "x", *GAMMA), "not both"),
        (("minimize", "0.5", "0.5", "--counts", "x", *GAMMA), "not both"),
        (("diagnose", "nowhere.csv", *GAMMA), "cannot be read"),
        (("diagnose", *GAMMA), "give a CSV file of class counts, or a family"),
        (("list", "nothing", "like", "this"), "no claim speaks of «nothing like this»"),
        (("show",), "Missing argument 'NAME'"),
        (("show", "convexity", "finiteness"), "unexpected extra argument"),
        (("export", "nope"), "No such command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_sentence_says_what_helps(words, sentence):
    assert sentence in refused(*words)


def test_numbers_that_are_too_large(tmp_path):
    outputs, counts = tmp_path / "outputs.csv", tmp_path / "counts.csv"
    outputs.write_text("a,b\n0.5,0.5\n")
    counts.write_text("class,count\na,1\nb,2\n")
    assert "beyond float64" in refused("calibrate", str(outputs), "--gamma", "1e400")
    assert "zeta = 1e+400 is above 10000" in refused("minimize", "--zeta", "1e400", *GAMMA)
    assert len(refused("diagnose", str(counts), *GAMMA, "--at-most", "1e400")) < 200
    assert "the greatest loss = -1 is no part of a share" in refused("diagnose", str(counts), *GAMMA, "--at-most", "-1")
    assert "entry 1 of q = ''" in refused("calibrate", "", *GAMMA)


# -- the end of the line ---------------------------------------------------------------------------------------------------


def run(*words: str, **more) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "focal_symbolic", *words]
    return subprocess.run(command, capture_output=True, check=False, timeout=60, **more)


def test_a_terminal_without_the_letters():
    done = run("list", "--main", env=os.environ | {"PYTHONIOENCODING": "latin-1"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"? elementary/logarithm_between" in done.stdout


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_an_output_that_is_full():
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "focal_symbolic", "list"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"focal-symbolic: the output cannot be used (no space left on device).\n")


def test_a_reader_that_has_gone():
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "focal_symbolic", "list"], stdout=gone, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"")
