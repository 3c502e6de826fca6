"""`focal-symbolic claims`: what is kept of the claims, compared with the proof files or written anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from focal_symbolic.commands.proofs import library

if TYPE_CHECKING:
    from focal_symbolic.claims.claim import Result

__all__ = ["command"]


@click.command("claims", short_help="Compare, or write, the kept statements and derivations.")
@click.option("--write", is_flag=True, help="Write names, statements, and the derivations with their certificates.")
@click.option("--anew", is_flag=True, help="Search for every premise again, also of lines that have not changed.")
def command(write: bool, anew: bool) -> None:
    """Compare what is kept of the claims (names, statements, derivations) with the proof files; --write mends it.

    The files lie in focal_symbolic/claims. Without --write nothing is changed, and a file that is behind its proof
    ends the command with 1. To read about claims, use list and show.

    \b
    Examples:
      focal-symbolic claims
      focal-symbolic claims --write
    """
    import focal_symbolic
    from focal_symbolic.claims import kept

    package = Path(focal_symbolic.__file__).parent
    if write and not (package.parent / "pyproject.toml").is_file():
        raise click.UsageError("claims --write needs a clone of the repository that is installed editable.")
    room = package / "claims"
    if anew:
        kept.forget()
    results: dict[str, Result] = library().results()
    fresh = _fresh(results, room)
    old = sorted({*(room / "derivations").glob("*.txt")} - fresh.keys())
    if write:
        _write(fresh, old)
        click.echo(f"wrote {len(results)} claims in {len(fresh)} files to {room}")
        return
    behind = [path for path, text in fresh.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in [*behind, *old]:
        click.echo(f"{path.relative_to(room)} is behind its proof file")
    if behind or old:
        click.echo("focal-symbolic claims --write writes them anew.")
        sys.exit(1)
    click.echo(f"{len(results)} claims: the {len(fresh)} kept files say what the proof files say")


def _fresh(results: dict[str, Result], room: Path) -> dict[Path, str]:
    """What the kept files have to say: names, statements and the derivations of each proof file."""
    from focal_symbolic.claims import judging, kept, statements

    files = dict.fromkeys(name.split("/")[0] for name in results)
    return {
        room / "claims.txt": "".join(f"{name}\n" for name in results),
        room / "statements.txt": statements.text(),
        **{room / kept.path_of(file): judging.written(file) for file in files},
    }


def _write(fresh: dict[Path, str], old: list[Path]) -> None:
    """Write the files anew; derivations of proof files that are gone are removed."""
    for path, text in fresh.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in old:
        path.unlink()
