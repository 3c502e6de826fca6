"""`focal-symbolic thresholds`."""

import json

import pytest
from click.testing import CliRunner

from focal_symbolic.commands.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["thresholds", *arguments])


def test_gamma_star_of_so_many_classes():
    done = run("--classes", "80", "--dps", "15")
    assert done.exit_code == 0
    assert done.output.splitlines()[0] == "gamma*(80)  194.304294547351"
    assert json.loads(run("--classes", "80", "--dps", "15", "--json").output)["gamma"] == "194.304294547351"


def test_three_classes_never_do():
    done = run("--classes", "3")
    assert (done.exit_code, done.output) == (0, "3 classes never suppress their rarest, whatever gamma is.\n")


def test_the_number_of_classes_at_a_gamma():
    document = json.loads(run("--gamma", "2", "--dps", "10", "--json").output)
    assert document == {"gamma": "2", "dps": 10, "p0": "0.2976365550", "classes": "5"}
    assert "classes  5" in run("--gamma", "2").output


def test_numbers_of_any_length():
    document = json.loads(run("--gamma", "1e5000", "--dps", "5", "--json").output)
    assert len(document["classes"]) > 4300


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "give one of --classes and --gamma"),
        (("--classes", "4", "--gamma", "2"), "give one of --classes and --gamma"),
        (("--gamma", "0"), "give gamma > 0"),
        (("--gamma", "-1"), "negative"),
        (("--classes", "0"), "below 1"),
        (("--gamma", "nan"), "gamma"),
    ],
)
def test_bad_usage_is_told_in_one_sentence(arguments, told):
    done = run(*arguments)
    assert done.exit_code == 2
    assert told in done.output
    assert "Traceback" not in done.output
