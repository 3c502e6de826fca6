"""`rules`: every rule of the kernel with its arguments and an example, on the screen and in the documentation."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from focal_symbolic.claims import library, rulebook
from focal_symbolic.commands.cli import main
from focal_symbolic.logic.kernel import rules


def run(*words: str):
    return CliRunner().invoke(main, ["rules", *words], env={"COLUMNS": "80"})


def test_all_are_listed():
    told = run().stdout.splitlines()
    assert [line.partition("(")[0] for line in told if line[:1].isalpha()] == [*rules]
    assert "combination(weights)" in told
    assert max(map(len, told)) <= 80


@pytest.mark.parametrize("name", rules)
def test_each_has_its_arguments_and_an_example(name):
    told = run(name).stdout
    rule, example = rules[name], rulebook.examples()[name]
    assert [*rulebook.arguments(rule)] == [*rule.schema]
    assert all(f"\n  {argument}: " in told for argument in rule.schema)
    assert {*example.arguments} <= {*rule.schema}
    assert f"\n  step {example.step} of {example.claim}:" in told
    assert "\n    shows " in told
    assert told.count("\n    from ") == len(example.premises)
    assert max(map(len, told.splitlines())) <= 80


def test_an_example_is_a_step_of_the_library():
    for name in ("combination", "weaken"):
        example = rulebook.examples()[name]
        step = library.steps(example.claim)[example.step - 1]
        assert (step.rule, len(step.premises)) == (name, len(example.premises))


def test_the_page_of_the_documentation_has_them_all():
    text = rulebook.markdown()
    assert [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")] == [*rules]
    assert text.count("\nshows  ") == len(rules)


def test_a_rule_that_is_none():
    told = run("monotony")
    assert (told.exit_code, told.stderr) == (2, "focal-symbolic: there is no rule «monotony»; did you mean monotone?\n")
