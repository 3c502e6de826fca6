"""The options by which a user says how a table is to be read."""

from __future__ import annotations

from typing import Any

import click

from focal_symbolic.commands.reading.sheet import Ways

__all__ = ["COUNTS_HELP", "reading_options", "ways_of"]

COUNTS_HELP = "Read the counts of classes from a file, as `diagnose` does; - is standard input."

_OPTIONS = (
    click.option(
        "--label-column", metavar="NAME", help="The column of a table that names the classes, where it does not tell."
    ),
    click.option("--count-column", metavar="NAME", help="The column of a table that has the counts, where it does not tell."),
    click.option("--sep", metavar="SIGN", help="What separates the cells of a text: , or ; or tab. It is found without."),
    click.option("--encoding", metavar="NAME", help="The encoding of a text that is not UTF-8, such as latin-1."),
    click.option("--sheet", metavar="NAME", help="The sheet of a workbook of Excel, where more than one has cells."),
    click.option(
        "--holds",
        type=click.Choice(["counts", "labels"]),
        help="Whether a table has the counts of classes, or a label a row; where both are possible.",
    ),
)


def reading_options(command: Any) -> Any:
    """Add the options to a command, which gets them as `ways`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def ways_of(options: dict[str, Any]) -> Ways:
    """The options of `reading_options`, taken out of all others."""
    return Ways(**{name: options.pop(name) for name in Ways._fields})
