"""`focal-symbolic new`: a proof file to begin with."""

from __future__ import annotations

import re
from importlib import import_module, resources
from keyword import iskeyword
from pathlib import Path

import click

from focal_symbolic.commands.screen import plain

__all__ = ["command"]


@click.command("new", short_help="Start a proof file.")
@click.argument("name")
@click.option("--into", type=click.Path(path_type=Path), default="proofs", show_default=True, help="The directory of proofs.")
def command(name: str, into: Path) -> None:
    """Start a proof file: NAME.py in the directory of proofs, a small claim that verifies, to be changed into yours.

    \b
    Example:
      focal-symbolic new my_theorem
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,99}", name) or iskeyword(name):
        raise click.UsageError(
            f"{name!r} cannot name a proof file; use small letters, digits and underscores, and no word of Python."
        )
    if not into.is_dir():
        raise click.UsageError(f"there is no directory {into}; run this in a clone, or name one with --into.")
    target = into / f"{name}.py"
    text = resources.files("focal_symbolic.proofs").joinpath("_template.py").read_text(encoding="utf-8")
    try:
        with target.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise click.UsageError(f"{target} exists; choose another name.") from None
    except OSError as error:
        raise click.UsageError(f"{target} cannot be written ({(error.strerror or str(error)).lower()}).") from None
    click.echo(plain(f"wrote {target}"))
    where = [Path(place).resolve() for place in import_module("focal_symbolic.proofs").__path__]
    if into.resolve() not in where:
        click.echo(f"it is discovered only in {where[0]}", err=True)
