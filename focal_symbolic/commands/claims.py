"""`focal-symbolic claims`: the list of claims and their derivations, written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from focal_symbolic.commands.proofs import library

if TYPE_CHECKING:
    from focal_symbolic.claims.claim import Result

__all__ = ["command"]


@click.command("claims", short_help="Write the list of claims and their derivations.")
@click.option("--write", is_flag=True, help="Write names, statements, and the derivations with their certificates.")
@click.option("--anew", is_flag=True, help="With --write: search for every premise again, also of lines that have not changed.")
def command(write: bool, anew: bool) -> None:
    """The claims as the proof files define them, one a line; --write puts down their names, steps and certificates.

    To read about them, use list and show.

    \b
    Examples:
      focal-symbolic claims
      focal-symbolic claims --write
    """
    if anew and not write:
        raise click.UsageError("--anew goes with --write.")
    results: dict[str, Result] = library().results()
    if not write:
        columns = max(map(len, results), default=0)
        for name, result in results.items():
            click.echo(f"{name:<{columns}}  {result.claim.statement}")
        return
    import focal_symbolic

    package = Path(focal_symbolic.__file__).parent
    if not (package.parent / "pyproject.toml").is_file():
        raise click.UsageError("claims --write needs a clone of the repository that is installed editable.")
    _write(results, package / "claims", anew)


def _write(results: dict[str, Result], room: Path, anew: bool) -> None:
    """Write names, statements and the derivations of each proof file; what is left of files that are gone is removed."""
    from focal_symbolic.claims import judging, kept, statements

    files = dict.fromkeys(name.split("/")[0] for name in results)
    if anew:
        kept.forget()
    for file in files:
        target = room / kept.path_of(file)
        target.parent.mkdir(exist_ok=True)
        target.write_text(judging.written(file), encoding="utf-8")
    for old in {*(room / "derivations").glob("*.txt")} - {room / kept.path_of(file) for file in files}:
        old.unlink()
    (room / "claims.txt").write_text("".join(f"{name}\n" for name in results), encoding="utf-8")
    (room / "statements.txt").write_text(statements.text(), encoding="utf-8")
    click.echo(f"wrote {len(results)} names to {room / 'claims.txt'}, and what they state to {room / 'statements.txt'}")
    click.echo(f"wrote the derivations of {len(files)} files to {room / 'derivations'}")
