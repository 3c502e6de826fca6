"""`focal-symbolic list`: the claims, file by file, and apart from them what is stated and not proved."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from focal_symbolic.commands.contents import Entry, File, contents
from focal_symbolic.commands.screen import width, wrapped
from focal_symbolic.commands.writing import dump
from focal_symbolic.prose import prose, sentence

__all__ = ["command"]


@click.command("list", short_help="List the claims by file, the main theorems marked.")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--main", "main_only", is_flag=True, help="The main theorems alone, one of each file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(words: tuple[str, ...], main_only: bool, as_json: bool) -> None:
    """List the claims by file, in the order of their pages; the main theorem of a file is marked with a star.

    What is stated and not proved comes last, apart, and is not counted among the claims.

    With WORDs only those claims in whose name, sentence or file's title every WORD occurs, in capitals or not.

    \b
    Examples:
      focal-symbolic list
      focal-symbolic list uniform limit
      focal-symbolic list --main
    """
    fitting = [(file, [one for one in file.entries if _fits(file, one, words, main_only)]) for file in contents()]
    found = [(file, claims) for file, some in fitting if (claims := [one for one in some if one.kind != "open"])]
    conjectures = [one for _, some in fitting for one in some if one.kind == "open"]
    if not found and not conjectures:
        raise click.UsageError(f"no claim speaks of «{' '.join(words)}»; focal-symbolic list prints all of them.")
    if as_json:
        files = [{"file": file.name, "title": file.title, "claims": [_told(one) for one in claims]} for file, claims in found]
        dump({"files": files, "open": [_told(one) for one in conjectures]}, sys.stdout)
        return
    columns = width(sys.stdout)
    for file, claims in found:
        click.echo("\n".join(wrapped(f"{file.name}: {prose(file.title)}", columns, later="  ")))
        _print(claims, columns)
    if conjectures:
        click.echo("\n".join(wrapped("open: stated and not proved; verify shows the evidence", columns, later="  ")))
        _print(conjectures, columns)
    count = sum(len(claims) for _, claims in found)
    counted = f"{count} claim{'' if count == 1 else 's'} in {len(found)} file{'' if len(found) == 1 else 's'}"
    click.echo(counted + (f"; {len(conjectures)} open" if conjectures else ""))


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "statement": entry.sentence,
        "source": entry.source,
        "kind": entry.kind,
        "main": entry.main,
    }


def _print(entries: Sequence[Entry], columns: int) -> None:
    """Each claim with its sentence, and an empty line."""
    for one in entries:
        lines = wrapped(f"{'★' if one.main else '○' if one.kind == 'open' else ' '} {one.name}", columns, first="  ")
        click.echo("\n".join([*lines, *wrapped(sentence(one.sentence), columns, first="      ")]))
    click.echo("")


def _fits(file: File, entry: Entry, words: tuple[str, ...], main_only: bool) -> bool:
    text = f"{entry.name} {entry.sentence} {file.title}".casefold()
    return (entry.main or not main_only) and all(word.casefold() in text for word in words)
