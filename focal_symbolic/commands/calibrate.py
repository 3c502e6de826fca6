"""`focal-symbolic calibrate`: class-posterior probabilities from the outputs of a model trained with the focal loss."""

from __future__ import annotations

import csv
import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import click

from focal_symbolic.commands.parameters import GAMMA, JSON, Number, NumbersCommand, Whole
from focal_symbolic.commands.reading import Ways, array_of
from focal_symbolic.commands.screen import columns_of, plain, table_width
from focal_symbolic.commands.tables import read_outputs
from focal_symbolic.commands.writing import dump, output
from focal_symbolic.errors import InputError

__all__ = ["command"]

FORMS = ("", ".csv", ".tsv", ".txt", ".npy", ".parquet")
"""Of files that are written."""


@click.command(
    "calibrate", cls=NumbersCommand, short_help="Class-posterior probabilities from outputs of a focal-trained model."
)
@click.argument("q", nargs=-1, type=Number(), metavar="Q... | OUTPUTS")
@GAMMA
@click.option(
    "--alpha",
    multiple=True,
    type=Number(),
    metavar="A...",
    help="The class weights of the loss: one a class, or for a sigmoid one number, α for positives and 1 − α for negatives.",
)
@click.option(
    "--head",
    type=click.Choice(["softmax", "sigmoid"]),
    help="softmax: the outputs of a row sum to 1. sigmoid: each output is the probability of a class against its absence. "
    "Without it one output is a sigmoid, and more are a softmax.",
)
@click.option("--logits", is_flag=True, help="The table has logits, before the softmax or the sigmoid.")
@click.option(
    "--columns", metavar="A,B,...", help="The columns of the outputs; without it all whose cells are numbers that fit."
)
@click.option("--sep", metavar="SIGN", help="What separates the cells of a text: , or ; or tab. It is found without.")
@click.option("--encoding", metavar="NAME", help="The encoding of a text that is not UTF-8, such as latin-1.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook of Excel, where more than one has cells.")
@click.option(
    "--out",
    metavar="FILE",
    help="Write the table to a file, .csv, .tsv, .npy or .parquet, with the outputs calibrated and all else as it was.",
)
@click.option(
    "--dps", type=Whole(1), default=15, show_default=True, help="Decimal digits of numbers that are given one by one."
)
@JSON
def command(
    q: tuple[str, ...],
    gamma: str,
    alpha: tuple[str, ...],
    head: str | None,
    logits: bool,
    columns: str | None,
    sep: str | None,
    encoding: str | None,
    sheet: str | None,
    out: str | None,
    dps: int,
    as_json: bool,
) -> None:
    """The class-posterior probabilities p behind the outputs Q of a model that was trained with the focal loss.

    Q are probabilities, one output of the model, or a file with a row for each: CSV and its kin, .xlsx, Parquet or an
    array of NumPy, or - for standard input; a column that is no output is kept. p is proportional to 1/(α φ(q)), and
    a sigmoid is a softmax of two.

    \b
    Examples:
      focal-symbolic calibrate 0.19 0.81 --gamma 2
      focal-symbolic calibrate 0.5 --gamma 1.5 --alpha 0.25
      focal-symbolic calibrate probs.csv --gamma 2 --out calibrated.csv
    """
    if not q:
        raise click.UsageError("no outputs are given; give probabilities, such as 0.19 0.81, or a CSV file.")
    if len(q) == 1 and q[0] and not re.fullmatch(r"[+-]?[0-9./]+([eE][+-]?[0-9]+)?|nan|[+-]?inf", q[0]):
        names = None if columns is None else columns.split(",")
        ways = Ways(sep=sep, encoding=encoding, sheet=sheet)
        _of_table(_Asked(Path(q[0]), gamma, alpha, head, logits, names, ways, out, as_json))
        return
    of_tables = {"logits": logits, "columns": columns, "out": out, "sep": sep, "encoding": encoding, "sheet": sheet}
    for name, given in of_tables.items():
        if given:
            raise click.UsageError(f"--{name} is for a table; give a CSV file of outputs, or leave it out.")
    _of_numbers(q, gamma, alpha, head or ("sigmoid" if len(q) == 1 else "softmax"), dps, as_json)


def _of_numbers(q: tuple[str, ...], gamma: str, alpha: tuple[str, ...], head: str, dps: int, as_json: bool) -> None:
    """Print one output, certified."""
    from focal_symbolic.distribution import exact_number, gamma_of
    from focal_symbolic.numbers.alpha import pairs_of
    from focal_symbolic.numbers.decimals import digits
    from focal_symbolic.numbers.minimizer import data_distribution

    exact = [exact_number(value, f"q[{place}]") for place, value in enumerate(q)]
    focus = gamma_of(gamma)
    for place, value in enumerate(exact):
        if not 0 <= value <= 1:
            raise InputError(f"q[{place}] = {q[place]} is no probability; every output must be from 0 to 1.")
    if head == "sigmoid":
        pairs = pairs_of(_alpha(alpha, head), len(q), positive=True)
        each = [None if pairs is None else pairs[place] for place in range(len(q))]
        found = [data_distribution([value, 1 - value], focus, dps, one)[0] for value, one in zip(exact, each, strict=True)]
    else:
        if sum(exact, Fraction(0)) != 1:
            total = digits(sum(exact, Fraction(0)), 6)
            raise InputError(f"q sums to {total}, but the outputs of a softmax sum to 1; mend one, or say --head sigmoid.")
        if len(alpha) == 1 and len(q) == 2:
            raise InputError(
                f"--alpha {alpha[0]} is one number, and either output may be the positives; give one weight for each, such as "
                f"--alpha {alpha[0]} {digits(1 - exact_number(alpha[0], 'alpha'), 6)}, or one output."
            )
        found = list(data_distribution(exact, focus, dps, _alpha(alpha, head)))
    shown = [digits(value, dps) for value in found]
    if as_json:
        dump(
            {"gamma": digits(focus, dps), "head": head, "dps": dps, "q": [digits(one, dps) for one in exact], "p": shown},
            sys.stdout,
        )
        return
    rows = [(text, value) for text, value in zip(q, shown, strict=True)]
    names = ["", *(str(place) for place in range(1, len(q) + 1))]
    for line in columns_of(names, ("q", "p"), rows, table_width(sys.stdout)):
        click.echo(line)


class _Asked(NamedTuple):
    """What is asked of a table."""

    path: Path
    gamma: str
    alpha: tuple[str, ...]
    head: str | None
    logits: bool
    columns: list[str] | None
    ways: Ways
    out: str | None
    as_json: bool


def _of_table(asked: _Asked) -> None:
    """Write a table with its outputs calibrated."""
    form = Path(asked.out or "").suffix.lower()
    if form not in FORMS:
        raise InputError(
            f"--out {plain(asked.out or '')} is of no known kind; give a file {', '.join(FORMS[1:-1])} or {FORMS[-1]}."
        )
    array = array_of(asked.path)
    if array is not None:
        return _of_array(asked, array)
    if form == ".npy":
        raise click.UsageError(f"--out {asked.out} is for an array; give a file .csv or .parquet.")
    header, rows, places, outputs = read_outputs(asked.path, asked.columns, asked.logits, asked.ways)
    import numpy as np

    found, kind = _calibrated(asked, np.array(outputs), [header[at] for at in places])
    if asked.as_json:
        names = [header[at] for at in places]
        dump({"gamma": asked.gamma, "head": kind, "columns": names, "p": found.tolist()}, sys.stdout)
        return None
    if form == ".parquet":
        cells: list[Any] = [[row[at] for row in rows] for at in range(len(header))]
        for at, column in zip(places, found.T, strict=True):
            cells[at] = column
        return _write_parquet(asked, header, cells, len(rows), len(places))
    for row, values_of_row in zip(rows, found.tolist(), strict=True):
        for at, value in zip(places, values_of_row, strict=True):
            row[at] = repr(value)
    return _write_csv(asked, header, rows, len(places))


def _of_array(asked: _Asked, array: Any) -> None:
    """Write an array of outputs calibrated."""
    if asked.columns is not None:
        raise click.UsageError(f"--columns is for a table with names, and {asked.path} is an array; leave it out.")
    if array.dtype.kind not in "fiu" or array.ndim not in (1, 2) or not array.size:
        raise InputError(f"{asked.path} has shape {array.shape} and dtype {array.dtype}; give an array of N rows of C outputs.")
    width = 1 if array.ndim == 1 else array.shape[1]
    names = [str(at) for at in range(width)]
    found, kind = _calibrated(asked, array.reshape(len(array), width), names)
    if asked.as_json:
        return dump({"gamma": asked.gamma, "head": kind, "columns": names, "p": found.tolist()}, sys.stdout)
    if Path(asked.out or "").suffix.lower() == ".npy":
        import numpy as np

        with output(asked.out, "--out", "wb") as stream:
            np.save(stream, found.reshape(array.shape))
        return _told(asked, len(found), width)
    if Path(asked.out or "").suffix.lower() == ".parquet":
        return _write_parquet(asked, names, list(found.T), len(found), width)
    return _write_csv(asked, names, [[*map(repr, row)] for row in found.tolist()], width)


def _calibrated(asked: _Asked, values: Any, names: list[str]) -> tuple[Any, str]:
    """(the outputs calibrated, the head)."""
    from focal_symbolic.numbers.calibration import calibrate

    kind = asked.head or ("sigmoid" if len(names) == 1 else "softmax")
    if kind == "softmax":
        values = _rows_of_1(asked.path, values, names, asked.logits)
    alpha = _alpha(asked.alpha, kind)
    return calibrate(values, asked.gamma, alpha, from_logits=asked.logits, multilabel=kind == "sigmoid"), kind


def _write_csv(asked: _Asked, header: list[str], rows: list[list[str]], width: int) -> None:
    safe = (asked.out in (None, "-")) and sys.stdout.isatty()
    with output(asked.out or "-", "--out") as stream:
        sep = "\t" if Path(asked.out or "").suffix.lower() == ".tsv" else ","
        writer = csv.writer(stream, delimiter=sep, lineterminator="\n")
        for row in (header, *rows):
            writer.writerow(map(plain, row) if safe else row)
    _told(asked, len(rows), width)


def _write_parquet(asked: _Asked, header: list[str], columns: list[Any], rows: int, width: int) -> None:
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise InputError(
            f"--out {asked.out} needs pyarrow; install the extra tables (pip install 'focal-symbolic[tables]') or give a .csv."
        ) from None
    if len(set(header)) < len(header):
        raise InputError(f"{asked.path} has two columns of one name, which Parquet has not; give --out a .csv.")
    with output(asked.out, "--out", "wb") as stream:
        parquet.write_table(arrow.table(dict(zip(header, columns, strict=True))), stream)
    _told(asked, rows, width)


def _told(asked: _Asked, rows: int, width: int) -> None:
    if asked.out and asked.out != "-":
        click.echo(f"{rows} rows of {width} {'output' if width == 1 else 'outputs'} calibrated, in {plain(asked.out)}")


def _rows_of_1(path: Path, values: Any, names: list[str], logits: bool) -> Any:
    """Rows that sum to 1 to the digits of a text, divided by their sum in float64."""
    import numpy as np

    if len(names) == 1:
        raise InputError(f"{path} has one column of outputs, which no softmax has; say --head sigmoid, or name more --columns.")
    if logits:
        return values
    total = values.sum(-1, dtype=np.float64)
    if (off := ~(np.abs(total - 1) <= len(names) * 2.0**-18)).any():
        row, named = int(np.argmax(off)), ", ".join(map(plain, names[:4]))
        raise InputError(
            f"{path}, row {row + 1} sums to {total[row]:.6g} over the columns {named}{', ...' if len(names) > 4 else ''}; "
            "a softmax sums to 1, so name the outputs by --columns, or say --head sigmoid or --logits."
        )
    return values / total[:, None]


def _alpha(alpha: tuple[str, ...], head: str) -> Any:
    """The option --alpha as the package takes it."""
    return None if not alpha else alpha[0] if len(alpha) == 1 else alpha
