"""Data on infinitely many letters on the command line: the options that name a family, and what is printed of its minimizer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from focal_symbolic.commands.parameters import Number, Whole
from focal_symbolic.commands.screen import columns_of, table_width

if TYPE_CHECKING:
    from focal_symbolic.numbers.countable import Countable, CountableMinimizer

__all__ = ["LETTERS", "countable_of", "diagnosed", "families", "lines_of", "minimized"]

FAMILIES = (
    ("geometric", "A", "p_k = A (1 - A)^(k - 1), k >= 1"),
    ("poisson", "MEAN", "p_k = e^(-MEAN) MEAN^k/k!, k >= 0"),
    ("zeta", "S", "p_k = k^(-S)/zeta(S), k >= 1"),
    ("borderline", "A", "p_k proportional to 1/(k ln^A k), k >= 2; the entropy is infinite for A <= 2"),
)
LETTERS = click.option(
    "--letters", type=Whole(1), default=10, show_default=True, help="How many letters of an infinite alphabet to print."
)


def families(prefix: str = "", what: str = "Data") -> Callable[[Any], Any]:
    """The options that name a family, each with this before its name."""

    def decorate(command: Any) -> Any:
        for name, value, told in reversed(FAMILIES):
            shown = f"--{prefix}{name}"
            command = click.option(shown, type=Number(), metavar=value, help=f"{what} on infinitely many letters: {told}.")(
                command
            )
        return command

    return decorate


def countable_of(options: dict[str, str | None], prefix: str = "") -> Countable | None:
    """The distribution that the options name; None where they name none. They are taken out of `options`."""
    keys = [(name, f"{prefix}{name}".replace("-", "_")) for name, _, _ in FAMILIES]
    given = [(name, value) for name, key in keys if (value := options.pop(key, None)) is not None]
    if len(given) > 1:
        raise click.UsageError(f"give one of {' and '.join(f'--{prefix}{name}' for name, _ in given)}, not both.")
    if not given:
        return None
    from focal_symbolic.numbers.countable import Countable

    (name, value) = given[0]
    found: Countable = getattr(Countable, name)(value)
    return found


def minimized(data: Countable, gamma: str, dps: int, letters: int) -> tuple[dict[str, Any], CountableMinimizer]:
    """The document of a minimizer on infinitely many letters."""
    from focal_symbolic.numbers.decimals import digits

    found = data.minimizer(gamma, dps)
    indices = range(data.first, data.first + letters)
    document: dict[str, Any] = {
        "data": data.family.name,
        "gamma": digits(found.gamma, dps),
        "dps": dps,
        "first": data.first,
        "p": [digits(data.probability(k, dps), dps) for k in indices],
        "q": [digits(found.q(k), dps) for k in indices],
        "multiplier": digits(found.multiplier, dps),
        "log_multiplier": digits(found.log_multiplier, dps),
        "entropy": digits(found.entropy, dps),
    }
    return document, found


def lines_of(document: dict[str, Any]) -> list[str]:
    """A minimizer as text."""
    indices = range(document["first"], document["first"] + len(document["p"]))
    rows = list(zip(document["p"], document["q"], strict=True))
    lines = columns_of(["", *map(str, indices)], ("p", "q"), rows, table_width(sys.stdout))
    lines += ["..."] + [f"{name:<10}  {document[name]}" for name in ("multiplier", "entropy")]
    told = "; no model has a finite focal-entropy" if document["entropy"] == "inf" else ""
    return [*lines, f"{document['data']}, gamma = {document['gamma']}; entropy in nats{told}; every digit is certified"]


def diagnosed(data: Countable, gamma: str, dps: int, letters: int) -> tuple[list[str], dict[str, Any]]:
    """What the focal loss makes of data on infinitely many letters: the lines and the document."""
    from focal_symbolic.numbers.decimals import digits
    from focal_symbolic.numbers.rounding import rounded

    document, found = minimized(data, gamma, dps, letters)
    indices = range(data.first, data.first + letters)
    document["factor"] = [digits(found.ratio(k), dps) for k in indices]
    document["verdicts"] = [found.verdict(k) for k in indices]
    verdict, below = found.far_verdict()
    (bound,), _ = rounded(lambda _: [below.lower()], 3)
    document["far"] = {"verdict": verdict, "below": digits(bound, 3)}
    head = ("p", "q", "factor", "verdict")
    rows = list(zip(document["p"], document["q"], document["factor"], document["verdicts"], strict=True))
    least = document["far"]["below"]
    sentence = {
        "amplified": f"λ < 1: all but finitely many letters are amplified, those with p < {least} among them",
        "suppressed": f"λ > 1: all but finitely many letters are suppressed, those with p < {least} among them",
        "kept": "γ = 0: the model is the data",
    }[verdict]
    lines = [f"{data.family.name} at γ = {document['gamma']}. {sentence}.", "", f"λ        {document['multiplier']}"]
    lines += [f"entropy  {document['entropy']} nats at the optimum", ""]
    lines += columns_of(["letter", *map(str, indices)], head, rows, table_width(sys.stdout))
    return [*lines, "..."], document
