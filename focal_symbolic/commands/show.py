"""`focal-symbolic show`: the page of a claim."""

from __future__ import annotations

import sys

import click

from focal_symbolic.commands.proofs import library
from focal_symbolic.commands.screen import width

__all__ = ["command"]


@click.command("show", short_help="Print a claim line by line, with all that it rests on.")
@click.argument("name")
@click.option("--all", "every", is_flag=True, help="With a proof file: the pages of all its claims.")
def command(name: str, every: bool) -> None:
    """The page of a claim: statement, hypotheses, derivation line by line, what is trusted, the false twin.

    NAME is a claim, or a proof file for its main theorem and the list of its claims.

    \b
    Examples:
      focal-symbolic show elementary/log_above
      focal-symbolic show convexity
    """
    found = library((name,)).select((name,))
    from focal_symbolic.commands import page

    columns = width(sys.stdout)
    if found[0].name.split("/")[0] == name and not every:
        for text in page.pages_of_file(found, columns):
            click.echo(text)
        return
    for place, result in enumerate(found):
        if place:
            click.echo()
        for text in page.page(result, columns):
            click.echo(text)
