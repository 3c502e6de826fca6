"""`focal-symbolic list`: the claims, file by file."""

from __future__ import annotations

import sys

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

    With WORDs only those claims in whose name, sentence or file's title every WORD occurs, in capitals or not.

    \b
    Examples:
      focal-symbolic list
      focal-symbolic list uniform limit
      focal-symbolic list --main
    """
    found = [(file, [one for one in file.entries if _fits(file, one, words, main_only)]) for file in contents()]
    found = [(file, entries) for file, entries in found if entries]
    if not found:
        raise click.UsageError(f"no claim speaks of «{' '.join(words)}»; focal-symbolic list prints all of them.")
    if as_json:
        document = [
            {
                "file": file.name,
                "title": file.title,
                "claims": [
                    {"name": one.name, "statement": one.sentence, "source": one.source, "kind": one.kind, "main": one.main}
                    for one in entries
                ],
            }
            for file, entries in found
        ]
        dump({"files": document}, sys.stdout)
        return
    columns = width(sys.stdout)
    for place, (file, entries) in enumerate(found):
        lines = [*([""] if place else []), *wrapped(f"{file.name}: {prose(file.title)}", columns, later="  ")]
        for one in entries:
            lines += wrapped(f"{'★' if one.main else ' '} {one.name}", columns, first="  ")
            lines += wrapped(sentence(one.sentence), columns, first="      ")
        click.echo("\n".join(lines))
    count = sum(len(entries) for _, entries in found)
    click.echo(f"\n{count} claim{'' if count == 1 else 's'} in {len(found)} file{'' if len(found) == 1 else 's'}")


def _fits(file: File, entry: Entry, words: tuple[str, ...], main_only: bool) -> bool:
    text = f"{entry.name} {entry.sentence} {file.title}".casefold()
    return (entry.main or not main_only) and all(word.casefold() in text for word in words)
