"""The command `focal-symbolic`. Each refusal of bad usage is one sentence on stderr and exit code 2."""

# ruff: noqa: PLC0415  (a command imports what it needs, so that --help does not wait for SymPy)

from __future__ import annotations

import csv
import json as jsonlib
import os
import re
import stat
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any

import click

from focal_symbolic.errors import FocalError, InputError, UnknownClaim

if TYPE_CHECKING:
    from fractions import Fraction

    from focal_symbolic.claims.claim import Result
    from focal_symbolic.distribution import Distribution

__all__ = ["main", "read_counts"]


# -- how arguments are read ------------------------------------------------------------------------------------------------


class _Whole(click.ParamType):
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


class _Number(click.ParamType):
    """A number as it was written; the package reads it exactly, and says what is wrong with it."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value).strip()


class _Numbers(click.Command):
    """A command in which negative numbers are no options, and in which «--p 1 2 3» is three values of --p."""

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
            while rest and (_is_number(rest[0]) or not rest[0].startswith("-")):
                values.append(rest.pop(0))
            if not values:
                raise click.UsageError(f"{name} is empty; give at least one number, such as {name} 0.7 0.3.", ctx)
            for value in values:
                rewritten += [name, _hidden(value)]
        return super().parse_args(ctx, rewritten)


def _is_number(text: str) -> bool:
    return re.match(r"[+-]?(\.?[0-9]|inf|nan)", text, re.IGNORECASE) is not None


def _hidden(text: str) -> str:
    """A negative number behind a space, which `_Number` takes off: click would read it as an option."""
    return f" {text}" if text.startswith("-") and _is_number(text) else text


class _Group(click.Group):
    """The commands; errors are one sentence, exit code 2 for bad usage and 1 for the rest."""

    # narrower than in click: `standalone_mode`, by which its overloads differ, is always off here
    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]
        extra["standalone_mode"] = False
        try:
            code = super().main(args, prog_name or "focal-symbolic", **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else error.format_message(), err=True)
            code = 2
        except click.ClickException as error:
            code = _refuse(error.format_message(), 2)
        except (InputError, UnknownClaim) as error:
            code = _refuse(str(error), 2)
        except FocalError as error:
            code = _refuse(str(error), 1)
        except (click.Abort, KeyboardInterrupt):
            code = _refuse("interrupted.", 130)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 1
        sys.exit(code if isinstance(code, int) else 0)


def _refuse(message: str, code: int) -> int:
    """Print one sentence on stderr; the exit code."""
    click.echo(f"focal-symbolic: {' '.join(message.split())}", err=True)
    return code


# -- files -----------------------------------------------------------------------------------------------------------------


def read_counts(path: Path) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The classes and their counts from a CSV file with the columns class and count, in UTF-8 with or without a BOM.

    Raises: InputError that names the file and the line.
    """
    names, cells, places = _read_column(path, "count")
    for count, place in zip(cells, places, strict=True):
        if not re.fullmatch(r"[+-]?[0-9]{1,1000}", count):
            raise InputError(f"{place} has the count «{count[:40]}», which is not an integer; give a whole number.")
        if int(count) < 0:
            raise InputError(f"{place} has the count {count}, which is negative; counts must be at least 0.")
    return names, tuple(map(int, cells))


def _read_weights(path: Path, labels: tuple[str, ...]) -> tuple[Fraction, ...]:
    """The weights of the labels from a CSV file with the columns class and weight.

    Raises: InputError that names the file and the line.
    """
    from focal_symbolic.distribution import exact_number

    names, cells, places = _read_column(path, "weight")
    known, found = set(labels), {}
    for name, cell, place in zip(names, cells, places, strict=True):
        if name not in known:
            raise InputError(
                f"{place} has a weight for the class «{name[:40]}», which has no count; mend one of the two files."
            )
        found[name] = exact_number(cell, f"{place}: the weight")
        if found[name] < 0:
            raise InputError(f"{place} has the weight {cell[:40]}, which is negative; weights must be at least 0.")
    for label in labels:
        if label not in found:
            raise InputError(f"{path} has no weight for the class «{label[:40]}»; give one for each class.")
    return tuple(found[label] for label in labels)


def _read_column(path: Path, column: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(classes, cells of a column, places for messages) of a CSV file with the columns class and `column`.

    Raises: InputError that names the file and the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror}); give a CSV file with the columns class,{column}."
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}, line {number} is not UTF-8 text; save the file as UTF-8.") from None
    if "\0" in text:
        number = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(f"{path}, line {number} holds a NUL byte, so this is binary data; give a CSV file of text.")
    rows = csv.reader(text.splitlines(keepends=True), strict=True)
    seen: dict[str, int] = {}
    cells, places = [], []
    try:
        header = [cell.strip() for cell in next(rows, [])]
        for name in ("class", column):
            if header.count(name) != 1:
                found = "no column" if name not in header else "more than one column"
                raise InputError(f"{path}, line 1 has {found} «{name}»; the header must name class and {column} once each.")
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            place = f"{path}, line {rows.line_num}"
            if len(row) != len(header):
                raise InputError(f"{place} has {len(row)} fields and the header has {len(header)}; give one for each column.")
            name, cell = (row[header.index(one)].strip() for one in ("class", column))
            if name in seen:
                raise InputError(f"{place} repeats the class «{name}» of line {seen[name]}; give each class once.")
            seen[name] = rows.line_num
            cells.append(cell)
            places.append(place)
    except csv.Error as error:
        raise InputError(f"{path}, line {rows.line_num} is not well-formed CSV ({error}); mend its quotes.") from None
    if not cells:
        raise InputError(f"{path} has a header and no class; give at least one line class,{column}.")
    return tuple(seen), tuple(cells), tuple(places)


@contextmanager
def _output(name: str | None, option: str = "--json", mode: str = "w") -> Iterator[Any]:
    """A stream that becomes the file `name` when the block ends well; until then the old file is as it was.

    None gives None, and «-» stdout.
    Raises: click.UsageError at once if the file cannot be written.
    """
    if name is None or name == "-":
        yield sys.stdout if name else None
        return
    target = Path(os.path.realpath(name))
    try:
        stream, beside = _opened(Path(name), target, mode)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.UsageError(f"{option} {name} cannot be written ({reason}); give another file.") from None
    try:
        yield stream
        try:
            stream.close()
            if beside is not None:
                os.replace(beside, target)
        except OSError as error:
            raise FocalError(f"{option} {name} could not be written ({(error.strerror or str(error)).lower()}).") from None
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _opened(given: Path, target: Path, mode: str) -> tuple[IO[Any], Path | None]:
    """A stream and the file beside the target that it fills, to be renamed; None for a device or a pipe."""
    if target.is_dir():
        raise IsADirectoryError(None, "it is a directory")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(None, "permission denied")
    encoding = None if "b" in mode else "utf-8"
    if given.exists() and not given.is_file():
        return given.open(mode, encoding=encoding), None
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:32]}.")
    os.chmod(beside, stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
    return open(handle, mode, encoding=encoding), Path(beside)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _library() -> ModuleType:
    """The library with every proof file imported.

    Raises: FocalError that names the file and the line, if a proof file is not good Python or cannot be imported.
    """
    from focal_symbolic.claims import library

    try:
        library.results()
    except FocalError:
        raise
    except Exception as error:
        places = [f"{frame.filename}, line {frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        place = f"{error.filename}, line {error.lineno}" if isinstance(error, SyntaxError) else places[-1]
        raise FocalError(f"{place}: the proof file cannot be imported ({type(error).__name__}: {error}).") from None
    return library


def _dump(document: dict[str, Any], stream: Any) -> None:
    jsonlib.dump(document, stream, ensure_ascii=False, indent=1)
    stream.write("\n")


# -- the commands ----------------------------------------------------------------------------------------------------------


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Each command has its own help: focal-symbolic verify --help",
)
@click.version_option(package_name="focal-symbolic")
def main() -> None:
    """Theorems of the focal-entropy, each derived step by step, enclosed by balls and fuzzed; its minimizer to any precision.

    \b
    Examples:
      focal-symbolic verify
      focal-symbolic show convexity
      focal-symbolic minimize 0.7 0.2 0.1 --gamma 2 --dps 50
    """


@main.command(short_help="Derive, enclose and fuzz every claim, and refute every false twin.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--examples", type=_Whole(1), default=200, show_default=True, help="Random cases for the fuzz of each claim.")
@click.option("--dps", type=_Whole(1), default=50, show_default=True, help="Decimal digits of the precision leg.")
@click.option("--seed", type=_Whole(0), default=0, show_default=True, help="Seed of the random cases.")
@click.option("--json", "json_file", metavar="FILE", help="Write the report as JSON to FILE, or to stdout for «-».")
@click.option("--trusted", is_flag=True, help="List what is trusted: rules, cited theorems and who uses them, libraries.")
@click.option("--jobs", type=_Whole(1), help="Claims checked at a time, each in its own process.  [default: one a core]")
@click.option("--coq", is_flag=True, help="Have Coq judge every derivation as well; what it compiled is kept for the next run.")
def verify(names: tuple[str, ...], json_file: str | None, trusted: bool, jobs: int | None, coq: bool, **given: int) -> int:
    """Replay every claim, or those named, on its three legs, and show that each leg refuses the false twin.

    NAME is a claim (convexity/loss_is_convex) or a proof file (convexity). Exit code 0: every leg of every claim holds, every
    twin was refuted, and without NAME no claim is missing; 1: anything else; 2: bad usage. With --coq there is a fourth leg;
    where Coq is not installed, the exit code is 1.

    \b
    Examples:
      focal-symbolic verify
      focal-symbolic verify --coq
      focal-symbolic verify finiteness convexity/loss_is_convex --examples 1000 --dps 100 --json report.json
    """
    with _output(json_file) as stream:
        from rich.console import Console

        from focal_symbolic.claims import trust
        from focal_symbolic.commands import report
        from focal_symbolic.distribution import digits_of

        digits_of(given["dps"])
        results = _library().select(names)
        console = Console(stderr=stream is sys.stdout)
        if not console.is_terminal:
            console = Console(stderr=stream is sys.stdout, width=report.PIPED_WIDTH)
        found = report.run(console, results, not names, jobs=jobs or os.cpu_count() or 1, coq=coq, **given)
        if trusted:
            for text in trust.trusted(tuple(result.name for result in results if result.claim.kind != "open")):
                console.print(text, markup=False, highlight=False, soft_wrap=True)
        if stream is not None:
            _dump(found.to_json(), stream)
    return found.exit_code


@main.command(short_help="Print a claim line by line, with all that it rests on.")
@click.argument("name")
def show(name: str) -> None:
    """The page of a claim: statement, hypotheses, derivation step by step, what is trusted, the false twin.

    NAME is a claim, or a proof file for all its claims.

    \b
    Examples:
      focal-symbolic show elementary/log_above
      focal-symbolic show convexity
    """
    from focal_symbolic.commands import show as pages

    for place, result in enumerate(_library().select((name,))):
        if place:
            click.echo()
        for text in pages.page(result):
            click.echo(text)


GAMMA = click.option("--gamma", type=_Number(), required=True, help="The focusing parameter, at least 0: 2, 0.5 or 1/3.")
DPS = click.option("--dps", type=_Whole(1), default=50, show_default=True, help="Decimal digits to print, each certified.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON; numbers that carry precision are decimal strings.")


@main.command(cls=_Numbers, short_help="The minimizer of the focal-entropy, its multiplier and the minimum.")
@click.argument("p", nargs=-1, type=_Number(), metavar="[P]...")
@click.option("--counts", type=click.Path(path_type=Path), metavar="FILE", help="Read a CSV file with the columns class,count.")
@GAMMA
@DPS
@JSON
def minimize(p: tuple[str, ...], counts: Path | None, gamma: str, dps: int, as_json: bool) -> None:
    """The distribution q that minimizes the focal-entropy of the data P, its multiplier and the minimum, in nats.

    P are probabilities that sum to 1 exactly, as decimals or fractions.

    \b
    Examples:
      focal-symbolic minimize 0.7 0.2 0.1 --gamma 2 --dps 50
      focal-symbolic minimize 1/3 1/3 1/3 --gamma 1.5 --json
      focal-symbolic minimize --counts classes.csv --gamma 2 --dps 10
    """
    if counts is not None and p:
        raise click.UsageError("give either probabilities or --counts FILE, not both.")
    labels, data = _data(p, counts)
    from focal_symbolic.numbers.decimals import digits, error_bound
    from focal_symbolic.numbers.minimizer import minimizer

    found = minimizer(data, gamma, dps)
    document: dict[str, Any] = {
        "gamma": digits(found.gamma, dps),
        "dps": dps,
        "p": [digits(value, dps) for value in found.p],
        "q": [digits(value, dps) for value in found.q],
        "multiplier": digits(found.multiplier, dps),
        "log_multiplier": digits(found.log_multiplier, dps),
        "entropy": digits(found.entropy, dps),
        "radius": error_bound(found.radius, dps),
    }
    if as_json:
        _dump(document, sys.stdout)
        return
    rows = [("p", "q"), *zip(document["p"], document["q"], strict=True)]
    left = max(len(label) for label in labels)
    middle = max(len(first) for first, _ in rows)
    for label, (first, second) in zip(("", *labels), rows, strict=True):
        click.echo(f"{label:<{left}}  {first:<{middle}}  {second}")
    for name in ("multiplier", "entropy"):
        click.echo(f"{name:<10}  {document[name]}")
    click.echo(f"gamma = {document['gamma']}; entropy in nats; relative error of each number at most {document['radius']}")


def _data(p: tuple[str, ...], counts: Path | None) -> tuple[tuple[str, ...], Distribution | tuple[str, ...]]:
    """Labels and data distribution, from the command line or from a file of counts."""
    if counts is None:
        return tuple(str(place) for place in range(1, len(p) + 1)), p
    labels, numbers = read_counts(counts)
    from focal_symbolic.distribution import Distribution

    return labels, Distribution.from_counts(numbers, name=f"the counts of {counts}")


@main.command(cls=_Numbers, short_help="The focal-entropy of two distributions.")
@click.option("--p", type=_Number(), multiple=True, metavar="P...", help="The data distribution: --p 0.7 0.2 0.1")
@click.option("--q", type=_Number(), multiple=True, metavar="Q...", help="The model distribution: --q 0.5 0.3 0.2")
@GAMMA
@DPS
@JSON
def entropy(p: tuple[str, ...], q: tuple[str, ...], gamma: str, dps: int, as_json: bool) -> None:
    """The focal-entropy of the data P and the model Q in nats; inf where it is infinite.

    P and Q are probabilities that sum to 1 exactly, as decimals or fractions, over the same outcomes.

    \b
    Example:
      focal-symbolic entropy --p 0.7 0.2 0.1 --q 0.5 0.3 0.2 --gamma 2 --dps 50
    """
    from focal_symbolic.distribution import distribution_of, gamma_of
    from focal_symbolic.numbers.decimals import digits
    from focal_symbolic.numbers.entropy import focal_entropy

    data, model, focus = distribution_of(p, "p"), distribution_of(q, "q"), gamma_of(gamma)
    value = digits(focal_entropy(data, model, focus, dps), dps)
    if not as_json:
        click.echo(value)
        return
    shown = {name: [digits(one, dps) for one in values] for name, values in (("p", data), ("q", model))}
    _dump({"gamma": digits(focus, dps), "dps": dps, **shown, "entropy": value}, sys.stdout)


@main.command(short_help="Which classes the focal loss amplifies and which it over-suppresses.")
@click.argument("counts", type=click.Path(path_type=Path), metavar="COUNTS.csv")
@GAMMA
@click.option(
    "--head",
    type=click.Choice(["softmax", "sigmoid"]),
    default="softmax",
    show_default=True,
    help="softmax: the outputs sum to 1 over the classes. sigmoid: one output a class, so that each class is a problem of "
    "two, the class against the rest of all counts; none is ever over-suppressed.",
)
@click.option(
    "--weights",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV file with the columns class,weight: the α of the α-balanced loss. A softmax sees the counts times the "
    "weights, so weights that are all the same change nothing; a sigmoid has its positives weighted.",
)
@click.option("--all", "every", is_flag=True, help="Print every class of a long table.")
@click.option(
    "--prove",
    is_flag=True,
    help="Prove that no interval of γ up to 1000 is missing, instead of a scan: seconds for ten classes, minutes for eighty.",
)
@click.option("--plot", metavar="FILE", help="Draw q against p and λ against γ, as .svg, .png or .pdf; needs matplotlib.")
@JSON
def diagnose(
    counts: Path, gamma: str, head: str, weights: Path | None, every: bool, prove: bool, plot: str | None, as_json: bool
) -> None:
    """Which classes the focal loss amplifies, suppresses or buries (over-suppresses) at γ, and which γ bury none.

    COUNTS.csv has the columns class,count. Printed are the shares p of the data and q of a model trained to the optimum,
    the factor q/p of each class, and the intervals of γ with λ > 1 and with a class over-suppressed: one that loses
    although it is rare. The γ are found by a scan of 0.01 to 1000 (or proved, with --prove), their ends are certified.

    \b
    Examples:
      focal-symbolic diagnose classes.csv --gamma 2
      focal-symbolic diagnose classes.csv --gamma 2 --head sigmoid
      focal-symbolic diagnose classes.csv --gamma 0.5 --weights alpha.csv --plot classes.svg
    """
    form = Path(plot).suffix[1:].lower() if plot else "svg"
    if form not in ("svg", "png", "pdf"):
        raise click.UsageError(f"--plot {plot} is of no known kind; give a file .svg, .png or .pdf.")
    labels, numbers = read_counts(counts)
    if not any(numbers):
        raise InputError(f"the counts of {counts} are all zero; at least one count must be positive.")
    tilt = None if weights is None else _read_weights(weights, labels)
    with _output(plot, "--plot", "wb") as stream:
        from focal_symbolic.numbers import diagnosis as tool

        if stream is not None:
            from focal_symbolic.commands import plots

            plots.available()
        found = tool.diagnosis(numbers, gamma, head, tilt, prove=prove)
        if stream is not None:
            plots.draw_diagnosis(found, stream, form)
    if as_json:
        _dump(tool.document(found, labels), sys.stdout)
        return
    for text in tool.lines(found, labels, every):
        click.echo(text)


@main.group(short_help="Write the claims out for another program.")
def export() -> None:
    """Write the claims out for another program."""


@export.command(name="coq", short_help="Write the claims and their derivations as a Coq project.")
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
    names = tuple(result.name for result in _library().select(names))
    from focal_symbolic.claims import coq

    count, missing = coq.export(names, directory)
    for reason in missing:
        click.echo(f"focal-symbolic: {reason}", err=True)
    click.echo(f"wrote {count} claim{'' if count == 1 else 's'} to {directory}")
    return 1 if missing else 0


@main.command(short_help="Start a proof file.")
@click.argument("name")
@click.option("--into", type=click.Path(path_type=Path), default="proofs", show_default=True, help="The directory of proofs.")
def new(name: str, into: Path) -> None:
    """Start a proof file: NAME.py in the directory of proofs, a small claim that verifies, to be changed into yours.

    \b
    Example:
      focal-symbolic new my_theorem
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise click.UsageError(f"{name!r} cannot name a proof file; use small letters, digits and underscores.")
    from importlib import import_module, resources

    if not into.is_dir():
        raise click.UsageError(f"there is no directory {into}; run this in a clone, or name one with --into.")
    target = into / f"{name}.py"
    text = resources.files("focal_symbolic.proofs").joinpath("_template.py").read_text(encoding="utf-8")
    try:
        with target.open("x", encoding="utf-8") as stream:
            stream.write(text.replace('"template/', f'"{name}/'))
    except FileExistsError:
        raise click.UsageError(f"{target} exists; choose another name.") from None
    except OSError as error:
        raise click.UsageError(f"{target} cannot be written ({(error.strerror or str(error)).lower()}).") from None
    click.echo(f"wrote {target}")
    where = [Path(place).resolve() for place in import_module("focal_symbolic.proofs").__path__]
    if into.resolve() not in where:
        click.echo(f"it is discovered only in {where[0]}", err=True)


@main.command(short_help="List the claims.")
@click.option(
    "--write", is_flag=True, help="Write names and statements to two texts, and the derivations with their certificates."
)
@click.option("--anew", is_flag=True, help="With --write: search for every premise again, also of lines that have not changed.")
def claims(write: bool, anew: bool) -> None:
    """List the claims that were discovered, file by file.

    \b
    Examples:
      focal-symbolic claims
      focal-symbolic claims --write
    """
    import focal_symbolic

    results: dict[str, Result] = _library().results()
    if not write:
        width = max(map(len, results), default=0)
        for name, result in results.items():
            click.echo(f"{name:<{width}}  {result.claim.statement}")
        return
    package = Path(focal_symbolic.__file__).parent
    room = package / "claims"
    if not (package.parent / "pyproject.toml").is_file():
        raise click.UsageError("claims --write needs a clone of the repository that is installed editable.")
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
