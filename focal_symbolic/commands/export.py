"""`focal-symbolic export`: the claims for another program."""

from __future__ import annotations

from pathlib import Path

import click

from focal_symbolic.commands.proofs import library
from focal_symbolic.commands.screen import plain
from focal_symbolic.commands.writing import folder

__all__ = ["command"]


@click.group("export", short_help="Write the claims out for another program.")
def command() -> None:
    """Write the claims out for another program."""


@command.command("coq", short_help="Write the claims and their derivations as a Coq project.")
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("names", nargs=-1, metavar="[NAME]...")
def export_coq(directory: Path, names: tuple[str, ...]) -> int:
    """Write every claim, or those named and what they rest on, as a Coq project to DIR, which is new or empty.

    Read DIR/README.md; «make» in DIR compiles the project. Exit code 1 if a derivation could not be written.

    \b
    Examples:
      focal-symbolic export coq focal-coq
      focal-symbolic export coq loss-coq convexity/loss_is_convex
    """
    names = tuple(result.name for result in library().select(names))
    from focal_symbolic.claims import coq

    project = coq.project(names)
    folder(project.files, directory)
    for name, reason in project.unwritten.items():
        click.echo(f"focal-symbolic: {name}: {reason}.", err=True)
    count = len(project.texts)
    click.echo(plain(f"wrote {count} claim{'' if count == 1 else 's'} to {directory}"))
    return 1 if project.unwritten else 0
