"""`focal-symbolic rules`: the rules of the kernel, with their arguments and an example each."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from focal_symbolic.commands.screen import width, wrapped

if TYPE_CHECKING:
    from focal_symbolic.logic.kernel import Rule

__all__ = ["command"]


@click.command("rules", short_help="The rules a proof may use, with arguments and an example each.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
def command(names: tuple[str, ...]) -> None:
    """The rules of the kernel: what each shows and its arguments; for those named a step of the library that uses it, too.

    In a proof each is proof.by("NAME", line, ..., argument=...).

    \b
    Examples:
      focal-symbolic rules
      focal-symbolic rules monotone root
    """
    from focal_symbolic.claims import rulebook
    from focal_symbolic.claims.trust import first_sentence
    from focal_symbolic.logic.kernel import rules
    from focal_symbolic.prose import prose

    for name in names:
        if name not in rules:
            near = difflib.get_close_matches(name, rules, n=1, cutoff=0)[0]
            raise click.UsageError(f"there is no rule «{name}»; did you mean {near}?")
    columns = width(sys.stdout)
    for name in names:
        for line in _page(rules[name], columns):
            click.echo(line)
    for rule in () if names else rules.values():
        given = f"({', '.join(rulebook.arguments(rule))})" if rule.schema else ""
        for line in [
            *wrapped(f"{rule.name}{given}", columns, later="    "),
            *wrapped(prose(first_sentence(rule.doc)), columns, first="    "),
        ]:
            click.echo(line)
    if not names:
        more = f"{len(rules)} rules; focal-symbolic rules NAME shows one with its arguments and an example"
        click.echo("\n".join(["", *wrapped(more, columns)]))


def _page(rule: Rule, columns: int) -> Iterator[str]:
    from focal_symbolic.claims import rulebook

    yield rule.name
    yield from wrapped(rulebook.said(rule), columns, first="  ")
    for name, what in rulebook.arguments(rule).items():
        yield from wrapped(f"{name}: {what}", columns, first="  ", later="    ")
    for cited in rule.cites:
        yield from wrapped(f"cites the {cited.name}: {cited.statement} [{cited.reference}]", columns, first="  ", later="    ")
    example = rulebook.examples()[rule.name]
    yield from wrapped(f"step {example.step} of {example.claim}:", columns, first="  ")
    for premise in example.premises:
        yield from wrapped(f"from {premise}", columns, first="    ", later="      ")
    for name, value in example.arguments.items():
        yield from wrapped(f"with {name} = {value}", columns, first="    ", later="      ")
    yield from wrapped(f"shows {example.shows}", columns, first="    ", later="      ")
