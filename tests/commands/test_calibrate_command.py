"""`calibrate` at the command line: numbers, tables, and one sentence for each refusal."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from click.testing import CliRunner

from focal_symbolic import calibrate
from focal_symbolic.commands.cli import main


def run(*words: object):
    return CliRunner().invoke(main, ["calibrate", *map(str, words)])


def refused(*words: object) -> str:
    found = run(*words)
    assert found.exit_code == 2, found.output
    assert found.stdout == ""
    assert found.stderr.startswith("focal-symbolic: ")
    assert found.stderr.count("\n") == 1
    return found.stderr


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "probs.csv"
    path.write_text("id,cat,dog,cow\nx1,0.5,0.3,0.2\nx2,0.1,0.1,0.8\n", encoding="utf-8")
    return path


def test_numbers():
    assert "0.0198848480382126" in run("0.19", "0.81", "--gamma", "2").stdout
    assert "0.750000000000000" in run("0.5", "--gamma", "1.5", "--alpha", "0.25").stdout
    shown = json.loads(run("0.4", "0.7", "--gamma", "1.5", "--head", "sigmoid", "--json", "--dps", "20").stdout)
    assert shown["p"] == ["0.28927965416409184815", "0.86775688653466083869"]


def test_a_table(table, tmp_path):
    target = tmp_path / "out.csv"
    found = run(table, "--gamma", "2", "--alpha", "1", "2", "3", "--out", target)
    assert found.exit_code == 0, found.output
    assert "2 rows of 3 outputs" in found.stdout
    rows = list(csv.reader(target.open(encoding="utf-8")))
    assert [row[0] for row in rows] == ["id", "x1", "x2"]
    exact = calibrate([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]], 2, alpha=[1, 2, 3])
    assert np.allclose([list(map(float, row[1:])) for row in rows[1:]], exact, rtol=1e-14)
    assert run(table, "--gamma", "2").stdout.startswith("id,cat,dog,cow\nx1,0.638527")


def test_a_workbook(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="the extra «tables» is not installed")
    book = openpyxl.Workbook()
    for row in (("cat", "dog"), (0.75, 0.25), (0.5, 0.5)):
        book.active.append(row)
    book.create_sheet("notes").append(["none"])
    book.save(tmp_path / "probs.xlsx")
    assert "say which by --sheet" in refused(tmp_path / "probs.xlsx", "--gamma", "2")
    done = run(tmp_path / "probs.xlsx", "--gamma", "2", "--sheet", "Sheet", "--out", tmp_path / "out.tsv")
    assert done.exit_code == 0, done.output
    rows = list(csv.reader((tmp_path / "out.tsv").open(encoding="utf-8"), delimiter="\t"))
    assert rows[0] == ["cat", "dog"]
    assert np.allclose(np.array(rows[1:], float), calibrate([[0.75, 0.25], [0.5, 0.5]], 2), rtol=1e-14)


def test_a_file_of_a_kind_that_is_not_written(table, tmp_path):
    told = refused(table, "--gamma", "2", "--out", tmp_path / "out.xlsx")
    assert "is of no known kind; give a file .csv, .tsv, .txt, .npy or .parquet" in told
    assert not (tmp_path / "out.xlsx").exists()


def test_columns(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("y,score\n1,0.4\n0,0.7\n", encoding="utf-8")
    rows = list(csv.reader(run(path, "--gamma", "1.5", "--columns", "score").stdout.splitlines()))
    assert [row[0] for row in rows] == ["y", "1", "0"]
    assert np.allclose([float(row[1]) for row in rows[1:]], calibrate([0.4, 0.7], 1.5))
    assert "sums to 1.4 over the columns y, score" in refused(path, "--gamma", "1.5")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["0.4", "0.7"], "q sums to 1.1, but the outputs of a softmax sum to 1"),
        (["0.4", "0.6", "--alpha", "0.25"], "give one weight for each, such as --alpha 0.25 0.75"),
        (["1.5"], "is no probability"),
        (["0.5", "--alpha", "-1"], "not between 0 and 1"),
        (["0.5", "--out", "x.csv"], "--out is for a table"),
        (["missing.csv"], "give the path of a table, or - for standard input"),
        ([], "no outputs are given"),
    ],
)
def test_refusals(words, sentence):
    assert sentence in refused(*words, "--gamma", "2")


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("a,b\n", [], "has no row of outputs"),
        ("a,b\nx,y\n", [], "no column of numbers from 0 to 1"),
        ("a,b\n0.5\n", [], "line 2 has 1 fields"),
        ("0.5,0.5\n0.3,0.7\n", [], "numbers where a header"),
        ("a,b\n0.5,0.5\n", ["--columns", "c"], "no single column «c»"),
        ("a,b\n0.5,x\n", ["--columns", "a,b"], "«x» in the column «b»"),
        ("a\n0.5\n", ["--head", "softmax"], "one column of outputs"),
    ],
)
def test_tables_that_are_none(tmp_path, text, options, sentence):
    path = tmp_path / "probs.csv"
    path.write_text(text, encoding="utf-8")
    assert sentence in refused(path, "--gamma", "2", *options)
