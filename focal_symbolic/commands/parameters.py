"""How arguments are read: whole numbers, exact numbers, lists of numbers; and the options that several commands have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

__all__ = ["DPS", "GAMMA", "JSON", "Number", "NumbersCommand", "Whole"]


if TYPE_CHECKING:  # generic in newer versions of click only
    _Integer = click.ParamType[int]
    _Text = click.ParamType[str]
else:
    _Integer = _Text = click.ParamType


class Whole(_Integer):
    """A whole number in ASCII digits; Python's own int also reads «1_0» and other scripts."""

    name = "integer"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        value = value.strip()
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            self.fail(f"{value!r} is not an integer.", param, ctx)
        if int(value) < self.least:
            self.fail(f"{value} is below {self.least}.", param, ctx)
        return int(value)


class Number(_Text):
    """A number as it was written; the package reads it exactly, and says what is wrong with it."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value).strip()


class NumbersCommand(click.Command):
    """A command in which negative numbers are no options, and in which «--p 1 2 3» is three values of --p."""

    ends_at_words = False
    """Whether such a list ends at what reads as no number, for a command with an argument beside it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        lists = {name for option in self.params if option.multiple for name in option.opts}
        rewritten: list[str] = []
        rest = list(args)
        while rest:
            name, sign, first = rest.pop(0).partition("=")
            if name not in lists:
                rewritten.append(_hidden(name + sign + first))
                continue
            values = [first] if sign else []
            while rest and self._goes_on(rest[0], bool(values)):
                values.append(rest.pop(0))
            if not values:
                raise click.UsageError(f"{name} is empty; give at least one number, such as {name} 0.7 0.3.", ctx)
            for value in values:
                rewritten += [name, _hidden(value)]
        return super().parse_args(ctx, rewritten)

    def _goes_on(self, word: str, begun: bool) -> bool:
        """Whether a word is one more value of a list."""
        if self.ends_at_words and begun:
            return _reads_as_number(word)
        return _is_number(word) or not word.startswith("-")


def _reads_as_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?[0-9./]+([eE][+-]?[0-9]+)?", text) is not None


def _is_number(text: str) -> bool:
    return re.match(r"[+-]?(\.?[0-9]|inf|nan)", text, re.IGNORECASE) is not None


def _hidden(text: str) -> str:
    """A negative number behind a space, which `Number` takes off: click would read it as an option."""
    return f" {text}" if text.startswith("-") and _is_number(text) else text


GAMMA = click.option("--gamma", type=Number(), required=True, help="The focusing parameter, at least 0: 2, 0.5 or 1/3.")
DPS = click.option("--dps", type=Whole(1), default=50, show_default=True, help="Decimal digits to print, each certified.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON; numbers that carry precision are decimal strings.")
