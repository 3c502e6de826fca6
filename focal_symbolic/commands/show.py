"""`focal-symbolic show`: the page of a claim."""

from __future__ import annotations

import click

from focal_symbolic.commands.proofs import library

__all__ = ["command"]


@click.command("show", short_help="Print a claim line by line, with all that it rests on.")
@click.argument("name")
def command(name: str) -> None:
    """The page of a claim: statement, hypotheses, derivation step by step, what is trusted, the false twin.

    NAME is a claim, or a proof file for all its claims.

    \b
    Examples:
      focal-symbolic show elementary/log_above
      focal-symbolic show convexity
    """
    from focal_symbolic.commands import page as pages

    for place, result in enumerate(library().select((name,))):
        if place:
            click.echo()
        for text in pages.page(result):
            click.echo(text)
