"""`minimize`, `entropy` and `diagnose` of data on infinitely many letters."""

import json

import pytest
from click.testing import CliRunner

from focal_symbolic.commands.cli import main


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def test_minimize():
    done = run("minimize", "--geometric", "1/2", "--gamma", "2", "--dps", "30", "--letters", "2")
    assert done.exit_code == 0
    assert "multiplier  0.944606808529989087804154237432" in done.output
    document = json.loads(run("minimize", "--zeta", "2", "--gamma", "2", "--dps", "15", "--letters", "3", "--json").output)
    assert document["q"] == ["0.471162561770285", "0.206332655716358", "0.0978942312304986"]
    assert document["multiplier"] == "0.844731567288857"
    assert (document["data"], document["first"]) == ("zeta(2)", 1)


def test_minimize_says_that_nothing_is_finite():
    done = run("minimize", "--borderline", "2", "--gamma", "2", "--dps", "5", "--letters", "1")
    assert "entropy     inf" in done.output
    assert "no model has a finite focal-entropy" in done.output


def test_entropy():
    assert run("entropy", "--geometric", "1/2", "--gamma", "0", "--dps", "10").output == "1.386294361\n"
    assert run("entropy", "--zeta", "2", "--q-geometric", "1/2", "--gamma", "2").output == "inf\n"
    document = json.loads(run("entropy", "--zeta", "3", "--q-zeta", "2", "--gamma", "2", "--dps", "10", "--json").output)
    assert (document["p"], document["q"]) == ("zeta(3)", "zeta(2)")


def test_diagnose():
    done = run("diagnose", "--poisson", "3", "--gamma", "2", "--letters", "4")
    assert "λ > 1: all but finitely many letters are suppressed" in done.output
    document = json.loads(run("diagnose", "--zeta", "2", "--gamma", "2", "--letters", "2", "--json").output)
    assert document["verdicts"] == ["suppressed", "amplified"]
    assert document["far"] == {"verdict": "amplified", "below": "0.125"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("minimize", "--zeta", "1"), "above 1"),
        (("minimize", "--poisson", "-1"), "poisson = -1"),
        (("minimize", "--geometric", "2"), "between 0 and 1"),
        (("minimize", "--geometric", "x"), "geometric = 'x'"),
        (("minimize", "--zeta", "2", "--poisson", "3"), "not both"),
        (("minimize", "1", "--zeta", "2"), "not two of them"),
        (("entropy", "--q-zeta", "2"), "give both P and Q"),
        (("entropy", "--p", "1", "--q", "1", "--zeta", "2"), "give both P and Q"),
        (("diagnose",), "give a CSV file"),
        (("diagnose", "--zeta", "2", "--head", "sigmoid"), "goes with"),
        (("diagnose", "classes.csv", "--dps", "9"), "--dps is for families"),
    ],
)
def test_bad_usage_is_told_in_one_sentence(arguments, told):
    done = run(*arguments, "--gamma", "2")
    assert (done.exit_code, "Traceback" in done.output) == (2, False)
    assert told in done.output


def test_what_is_out_of_reach_is_no_bad_usage():
    done = run("minimize", "--zeta", "2", "--gamma", "1e9")
    assert done.exit_code == 1
    assert "lower gamma" in done.output
